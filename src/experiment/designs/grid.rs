//! Grids (every level of one factor with every level of the others) and lists (levels side by side).

/// Levels of each factor by point, the last factor changing fastest; none if a factor has no levels or the number
/// of points does not fit.
pub fn grid(levels: &[usize]) -> Option<Vec<Vec<usize>>> {
    let mut points: usize = 1;
    for count in levels {
        points = points.checked_mul(*count)?;
    }
    if points == 0 {
        return None;
    }
    let point = |mut number: usize| {
        let mut place = vec![0; levels.len()];
        for (level, count) in place.iter_mut().zip(levels).rev() {
            *level = number % count;
            number /= count;
        }
        place
    };
    Some((0..points).map(point).collect())
}

/// The first levels of all factors together, then the second, and so on; none unless all have as many.
pub fn paired(levels: &[usize]) -> Option<Vec<Vec<usize>>> {
    let (first, rest) = levels.split_first()?;
    rest.iter()
        .all(|count| count == first)
        .then(|| (0..*first).map(|level| vec![level; levels.len()]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_every_combination_once() {
        let points = grid(&[2, 3]).unwrap();
        assert_eq!(
            points,
            [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]].map(|point| point.to_vec())
        );
        assert!(grid(&[2, 0]).is_none());
        assert!(grid(&[usize::MAX, 2]).is_none());
    }

    #[test]
    fn a_list_goes_along_all_factors_together() {
        assert_eq!(paired(&[2, 2]).unwrap(), [vec![0, 0], vec![1, 1]]);
        assert!(paired(&[2, 3]).is_none());
        assert!(paired(&[]).is_none());
    }
}
