//! Choosing the best few of a short list.

/// Moves the `k` entries with the highest scores to the front, best first; equal scores keep their order.
/// Selection by passes: lists are short (a dozen) and `k` is small.
#[inline]
pub fn top_by_score<T: Copy>(items: &mut [(f32, T)], k: usize) {
    let n = items.len();
    for i in 0..k.min(n) {
        // the best score is kept apart, so that the comparison moves values and not the program's path
        let (mut best, mut score) = (i, items[i].0);
        for (j, &(other, _)) in items.iter().enumerate().skip(i + 1) {
            let better = other > score;
            best = if better { j } else { best };
            score = if better { other } else { score };
        }
        items.swap(i, best);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_few_come_first() {
        let mut items = [(0.5, 'a'), (2.0, 'b'), (-1.0, 'c'), (1.0, 'd')];
        top_by_score(&mut items, 2);
        assert_eq!(items[0].1, 'b');
        assert_eq!(items[1].1, 'd');
        top_by_score(&mut items, 9);
        assert_eq!(items[3].1, 'c');
    }

    #[test]
    fn of_equal_scores_the_one_that_stands_first_comes_first() {
        for n in 0..20 {
            // few different scores, so that many are equal; some as low as can be
            let scores = (0..n).map(|i| [0.5, f32::NEG_INFINITY, 2.0, -1.0, 2.0][i * 7 % 5]);
            let items: Vec<(f32, usize)> = scores.zip(0..).collect();
            for k in 0..=n {
                let mut expected = items.clone();
                for i in 0..k {
                    let rest = &expected[i..];
                    let highest = rest.iter().map(|item| item.0).fold(f32::MIN, f32::max);
                    let found = rest.iter().position(|item| item.0 >= highest);
                    expected.swap(i, i + found.unwrap_or(0));
                }
                let mut found = items.clone();
                top_by_score(&mut found, k);
                assert_eq!(found, expected, "{k} of {n}");
            }
        }
    }
}
