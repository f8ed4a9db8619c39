//! Intervals that stay honest with few people: exact or Wilson, never the normal short cut.

use super::statistics::distributions::normal_quantile;
use serde::Serialize;

/// An estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The estimate.
    pub estimate: f64,
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl Interval {
    /// This less the other, with limits recovered from those of the two (MOVER), which for two shares with Wilson
    /// limits are Newcombe's. The two are taken as independent: where they rise and fall together, the limits err on
    /// the wide side. `looks` is how many such differences were looked at when this one was picked: the limits
    /// widen so that all of them hold together in 95 of 100 cases (Bonferroni, as for normal errors).
    ///
    /// Sources: Newcombe 1998, Stat. Med. 17:873 (method 10); Zou and Donner 2008, Stat. Med. 27:1693.
    #[must_use]
    pub fn minus(&self, other: &Self, looks: usize) -> Self {
        let wider = normal_quantile(1.0 - 0.025 / looks.max(1) as f64) / Z;
        let half = |one: f64, two: f64| wider * libm::hypot(one, two);
        let estimate = self.estimate - other.estimate;
        let down = half(self.estimate - self.lower, other.upper - other.estimate);
        let up = half(self.upper - self.estimate, other.estimate - other.lower);
        Self {
            estimate,
            lower: estimate - down,
            upper: estimate + up,
        }
    }

    /// Whether the two differ clearly, picked from `looks` pairs: zero is not in the interval of their difference.
    pub fn differs(&self, other: &Self, looks: usize) -> bool {
        !self.minus(other, looks).holds_zero()
    }

    /// Whether zero is in it, its ends included.
    pub fn holds_zero(&self) -> bool {
        self.lower <= 0.0 && self.upper >= 0.0
    }

    /// The same interval in another unit.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            estimate: self.estimate * factor,
            lower: self.lower * factor,
            upper: self.upper * factor,
        }
    }
}

/// Two-sided 95 % normal quantile.
const Z: f64 = 1.959_963_984_540_054;

/// Share of `part` in `whole` with its Wilson interval; none of an empty whole.
///
/// Source: Wilson 1927, J. Am. Stat. Assoc. 22:209.
pub fn wilson(part: usize, whole: usize) -> Option<Interval> {
    if whole == 0 || part > whole {
        return None;
    }
    let share = part as f64 / whole as f64;
    Some(wilson_of(share, whole as f64))
}

/// A share with the Wilson interval that it has among so many cases, which need not be a whole number.
pub(super) fn wilson_of(share: f64, n: f64) -> Interval {
    let centre = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    Interval {
        estimate: share,
        // The ends are exactly 0 and 1 there; rounding would leave a trace.
        lower: if share == 0.0 {
            0.0
        } else {
            (centre - half).max(0.0)
        },
        upper: if share == 1.0 {
            1.0
        } else {
            (centre + half).min(1.0)
        },
    }
}

/// Exact (Garwood) 95 % interval for the mean of a Poisson count.
///
/// Source: Garwood 1936, Biometrika 28:437.
pub fn poisson(count: usize) -> Interval {
    let n = count as f64;
    // Both tails are monotone in the mean, so halving finds them; 100 halvings reach the last bit.
    let solve = |target: f64, at_most: usize| {
        let (mut low, mut high) = (0.0, 2.0 * n + 20.0);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if poisson_at_most(at_most, middle) > target {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    };
    Interval {
        estimate: n,
        lower: if count == 0 {
            0.0
        } else {
            solve(0.975, count - 1)
        },
        upper: solve(0.025, count),
    }
}

/// P(X ≤ count) of a Poisson variable with this mean, summed downwards from the largest term.
fn poisson_at_most(count: usize, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 1.0;
    }
    // Start at the largest term not above `count`, and add both sides of it.
    let top = count.min(mean as usize);
    let start = libm::exp(top as f64 * libm::log(mean) - mean - libm::lgamma(top as f64 + 1.0));
    let mut sum = start;
    let mut term = start;
    for k in (1..=top).rev() {
        term *= k as f64 / mean;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    term = start;
    for k in top + 1..=count {
        term *= mean / k as f64;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum.min(1.0)
}

/// How many pairs can be made of so many groups.
pub fn pairs(groups: usize) -> usize {
    groups * groups.saturating_sub(1) / 2
}

/// Of groups that are compared each with each, those two that differ most among the pairs that differ clearly: the higher
/// one first. `sets` is how many such comparisons the caller looks at. The highest and the lowest of all need not
/// be that pair: of a few people, an estimate can be extreme and say nothing.
pub fn furthest<T: Copy>(
    groups: &[(T, Interval)],
    sets: usize,
) -> Option<((T, Interval), (T, Interval))> {
    let looks = sets * pairs(groups.len());
    let each = |(i, one): (usize, &(T, Interval))| {
        let one = *one;
        groups[i + 1..].iter().map(move |other| (one, *other))
    };
    let distance =
        |(one, other): &((T, Interval), (T, Interval))| (one.1.estimate - other.1.estimate).abs();
    let (one, other) = groups
        .iter()
        .enumerate()
        .flat_map(each)
        .filter(|(one, other)| one.1.differs(&other.1, looks))
        .max_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    Some(if one.1.estimate < other.1.estimate {
        (other, one)
    } else {
        (one, other)
    })
}

/// Median of the values; none of nothing. Undefined numbers (NaN) must not be among them.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    if n == 0 {
        None
    } else if n % 2 == 1 {
        Some(sorted[n / 2])
    } else {
        Some(f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]))
    }
}

/// Median with the interval of the sign test (order statistics, no assumption about the shape);
/// none below six values, where no such interval reaches 95 %.
///
/// Source: Conover, Practical Nonparametric Statistics, section on quantiles.
pub fn median_interval(values: &[f64]) -> Option<Interval> {
    let estimate = median(values)?;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    // Largest k with P(Binomial(n, 1/2) < k) ≤ 2.5 %: the k-th smallest and largest are the ends.
    let mut below = 0.0;
    let mut k = 0;
    while k < n {
        let log_term = libm::lgamma(n as f64 + 1.0)
            - libm::lgamma(k as f64 + 1.0)
            - libm::lgamma((n - k) as f64 + 1.0)
            - n as f64 * core::f64::consts::LN_2;
        below += libm::exp(log_term);
        if below > 0.025 {
            break;
        }
        k += 1;
    }
    if k == 0 {
        return None;
    }
    Some(Interval {
        estimate,
        lower: sorted[k - 1],
        upper: sorted[n - k],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 5e-4, "{a} is not {b}");
    }

    #[test]
    fn wilson_agrees_with_values_worked_by_hand() {
        let half = wilson(5, 10).unwrap();
        close(half.lower, 0.2366);
        close(half.upper, 0.7634);
        let none = wilson(0, 10).unwrap();
        close(none.lower, 0.0);
        close(none.upper, 0.2775);
        assert_eq!(wilson(10, 10).unwrap().upper, 1.0);
        assert!(wilson(0, 0).is_none());
    }

    #[test]
    fn poisson_agrees_with_garwoods_table() {
        close(poisson(0).upper, 3.6889);
        assert_eq!(poisson(0).lower, 0.0);
        close(poisson(1).lower, 0.0253);
        close(poisson(1).upper, 5.5716);
        close(poisson(10).lower, 4.7954);
        close(poisson(10).upper, 18.3904);
    }

    #[test]
    fn a_large_poisson_count_approaches_the_normal_interval() {
        let many = poisson(10_000);
        assert!((many.lower - (10_000.0 - 196.0)).abs() < 5.0);
        assert!((many.upper - (10_000.0 + 196.0)).abs() < 5.0);
    }

    #[test]
    fn the_interval_of_a_median_comes_from_order_statistics() {
        // n = 6: P(X = 0) = 1/64 ≤ 2.5 % and P(X ≤ 1) = 7/64 > 2.5 %, so the extremes are the ends.
        let values = [3.0, 1.0, 2.0, 6.0, 5.0, 4.0];
        let interval = median_interval(&values).unwrap();
        assert_eq!(
            (interval.lower, interval.estimate, interval.upper),
            (1.0, 3.5, 6.0)
        );
        assert!(
            median_interval(&values[..5]).is_none(),
            "2/32 is more than 5 %"
        );
        // n = 9: P(X ≤ 1) = 10/512 ≤ 2.5 %, P(X ≤ 2) = 46/512: the second from each end.
        let nine: Vec<f64> = (1..=9).map(f64::from).collect();
        let interval = median_interval(&nine).unwrap();
        assert_eq!((interval.lower, interval.upper), (2.0, 8.0));
    }

    /// Newcombe's first example: 56 of 70 against 48 of 80, method 10.
    #[test]
    fn a_difference_of_shares_agrees_with_newcombes_table() {
        let (one, other) = (wilson(56, 70).unwrap(), wilson(48, 80).unwrap());
        let difference = one.minus(&other, 1);
        close(difference.estimate, 0.2);
        close(difference.lower, 0.0524);
        close(difference.upper, 0.3339);
        let back = other.minus(&one, 1);
        close(back.lower, -0.3339);
        close(back.upper, -0.0524);
    }

    #[test]
    fn intervals_that_overlap_may_still_differ() {
        // Half-widths of 1: the difference has one of √2, for three pairs one of √2 * 2.394 / 1.960 = 1.727.
        let at = |estimate: f64| Interval {
            estimate,
            lower: estimate - 1.0,
            upper: estimate + 1.0,
        };
        assert!(at(0.0).differs(&at(1.5), 1));
        assert!(!at(0.0).differs(&at(1.4), 1));
        assert!(at(0.0).differs(&at(-1.73), pairs(3)));
        assert!(!at(0.0).differs(&at(-1.72), pairs(3)));
        assert_eq!([0, 1, 2, 4].map(pairs), [0, 0, 1, 6]);
    }

    #[test]
    fn a_wide_interval_at_the_end_does_not_hide_a_clear_pair() {
        let interval = |estimate: f64, lower: f64, upper: f64| Interval {
            estimate,
            lower,
            upper,
        };
        let office = ("office", interval(6.0, 5.0, 7.0));
        let hybrid = ("hybrid", interval(2.0, 1.0, 3.0));
        let remote = ("remote", interval(0.0, 0.0, 14.0));
        let found = furthest(&[hybrid, remote, office], 1).unwrap();
        assert_eq!((found.0.0, found.1.0), ("office", "hybrid"));
        assert!(furthest(&[remote, office], 1).is_none());
        // 4 apart with half-widths of 1 is z = 4 / √2 * 1.96 = 5.5: too little for the best of a million and more
        assert!(furthest(&[office, hybrid], 1).is_some());
        assert!(furthest(&[office, hybrid], 10_000_000).is_none());
    }
}
