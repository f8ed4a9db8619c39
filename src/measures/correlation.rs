//! Correlation of two columns.

/// Pearson's correlation of pairs; none below two pairs and when either side does not vary.
pub fn pearson(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    // Shifted by the first pair: a constant column then varies by exactly 0, not by rounding.
    let (shift_x, shift_y) = pairs.clone().next()?;
    let shifted = pairs.map(|(x, y)| (x - shift_x, y - shift_y));
    let (mut n, mut sum_x, mut sum_y) = (0_u64, 0.0, 0.0);
    for (x, y) in shifted.clone() {
        n += 1;
        sum_x += x;
        sum_y += y;
    }
    let (mean_x, mean_y) = (sum_x / n as f64, sum_y / n as f64);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in shifted {
        let (dx, dy) = (x - mean_x, y - mean_y);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    let correlation = xy / (xx.sqrt() * yy.sqrt());
    (n > 1 && xx > 0.0 && yy > 0.0 && correlation.is_finite()).then(|| correlation.clamp(-1.0, 1.0))
}

/// Spearman's rank correlation: Pearson's of the ranks, equal values sharing their mean rank.
///
/// None below two pairs, when a side does not vary, when lengths differ or a value is NaN.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.iter().chain(y).any(|value| value.is_nan()) {
        return None;
    }
    let (x, y) = (ranks(x), ranks(y));
    pearson(x.iter().copied().zip(y.iter().copied()))
}

/// Ranks from 1, equal values sharing the mean of theirs.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let value = values[order[start]];
        let equal = order[start..]
            .iter()
            .take_while(|&&place| values[place] == value)
            .count();
        // At least itself, so that a NaN, which equals nothing, still gets a rank.
        let equal = equal.max(1);
        let rank = start as f64 + 0.5 * (equal as f64 + 1.0);
        for &place in &order[start..start + equal] {
            ranks[place] = rank;
        }
        start += equal;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let pairs = [(1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 3.0)];
        assert!((pearson(pairs.into_iter()).unwrap() - 0.6).abs() < 1e-15);
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 9.0]), [2.5, 1.0, 2.5, 4.0]);
        let cubes = spearman(&[1.0, 2.0, 3.0], &[1.0, 8.0, 27.0]).unwrap();
        assert!((cubes - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_constant_correlates_with_nothing() {
        let tenths = [(0.1, 1.0), (0.1, 2.0), (0.1, 3.0)];
        assert_eq!(pearson(tenths.into_iter()), None);
        assert_eq!(pearson([(1.0, 1.0)].into_iter()), None);
        assert_eq!(spearman(&[1.0], &[1.0, 2.0]), None);
    }
}
