//! Paired differences: replicate r has the same luck in both arms, so what luck does to both cancels.
//!
//! The difference d of each pair has mean, t interval and p like any mean. Two effect sizes stand beside it:
//! g, the difference in standard deviations of the outcome (Cohen's d with the average of both arms' variances,
//! times Hedges' small-sample correction), and d_z, in standard deviations of the difference, which pairing makes
//! larger and which must not be compared between studies.
//!
//! Pairing divides the variance of the estimate by (s_a² + s_b²) / s_d², against two independent groups of as many
//! runs: that many times fewer runs give the same interval.
//!
//! Sources: Student 1908; Hedges 1981, J. Educ. Stat. 6:107; Cumming 2012 (d_av); Lakens 2013, Front. Psychol.
//! 4:863; Law 2015, Simulation Modeling and Analysis, section on common random numbers.

use serde::Serialize;

use super::super::Interval;
use super::bootstrap::{Bootstrap, bootstrap};
use super::distributions::t_two_sided;
use super::means::{mean, mean_interval, variance};

/// A difference between two arms, first minus second.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairedDifference {
    /// Pairs with both values.
    pub pairs: usize,
    /// Pairs with a value missing, which count in nothing here.
    pub incomplete: usize,
    /// First arm, over the complete pairs.
    pub first: Interval,
    /// Second arm, over the complete pairs.
    pub second: Interval,
    /// Mean of first − second.
    pub difference: Interval,
    /// Standard deviation of the difference.
    pub deviation: f64,
    /// Two-sided p of no difference; none when all differences are equal.
    pub p: Option<f64>,
    /// g: in standard deviations of the outcome; none when no arm varies.
    pub effect: Option<f64>,
    /// d_z: in standard deviations of the difference; none when it does not vary.
    pub effect_paired: Option<f64>,
    /// Factor by which pairing shrank the variance; none when the difference does not vary.
    pub variance_reduction: Option<f64>,
}

impl PairedDifference {
    /// Whether the interval of the difference leaves out zero. Identical arms do not.
    pub fn is_clear(&self) -> bool {
        self.difference.lower > 0.0 || self.difference.upper < 0.0
    }
}

/// Pairs that have both values, and the number of those that have not.
pub fn complete(pairs: &[(Option<f64>, Option<f64>)]) -> (Vec<(f64, f64)>, usize) {
    let both: Vec<(f64, f64)> = pairs
        .iter()
        .filter_map(|pair| Some((pair.0?, pair.1?)))
        .filter(|pair| pair.0.is_finite() && pair.1.is_finite())
        .collect();
    let incomplete = pairs.len() - both.len();
    (both, incomplete)
}

/// The difference of two arms; none below two complete pairs.
pub fn paired(pairs: &[(Option<f64>, Option<f64>)], confidence: f64) -> Option<PairedDifference> {
    let (both, incomplete) = complete(pairs);
    let first: Vec<f64> = both.iter().map(|pair| pair.0).collect();
    let second: Vec<f64> = both.iter().map(|pair| pair.1).collect();
    let differences: Vec<f64> = both.iter().map(|pair| pair.0 - pair.1).collect();
    let difference = mean_interval(&differences, confidence)?;
    let of_difference = variance(&differences)?;
    let of_arms = variance(&first)? + variance(&second)?;
    let deviation = of_difference.sqrt();
    let n = both.len() as f64;
    Some(PairedDifference {
        pairs: both.len(),
        incomplete,
        first: mean_interval(&first, confidence)?,
        second: mean_interval(&second, confidence)?,
        difference,
        deviation,
        p: (of_difference > 0.0)
            .then(|| t_two_sided(difference.estimate / (deviation / n.sqrt()), n - 1.0)),
        effect: effect(&both),
        effect_paired: (of_difference > 0.0).then(|| difference.estimate / deviation),
        variance_reduction: (of_difference > 0.0).then(|| of_arms / of_difference),
    })
}

/// Hedges' g of pairs: mean difference over the root of the arms' average variance, corrected for few pairs.
pub fn effect(pairs: &[(f64, f64)]) -> Option<f64> {
    let first: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
    let second: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let average = f64::midpoint(variance(&first)?, variance(&second)?);
    if average <= 0.0 {
        return None;
    }
    let freedom = 2.0 * (pairs.len() - 1) as f64;
    let correction = 1.0 - 3.0 / (4.0 * freedom - 1.0);
    Some((mean(&first)? - mean(&second)?) / average.sqrt() * correction)
}

/// Bootstrap interval of g, pairs resampled together.
pub fn effect_interval(pairs: &[(f64, f64)], how: &Bootstrap) -> Option<Interval> {
    bootstrap(pairs, how, effect)
}

/// Bootstrap interval of the factor by which pairing shrank the variance.
pub fn variance_reduction_interval(pairs: &[(f64, f64)], how: &Bootstrap) -> Option<Interval> {
    bootstrap(pairs, how, |pairs| {
        let first: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
        let second: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
        let differences: Vec<f64> = pairs.iter().map(|pair| pair.0 - pair.1).collect();
        let of_difference = variance(&differences)?;
        (of_difference > 0.0).then_some((variance(&first)? + variance(&second)?) / of_difference)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Streams;
    use super::*;

    fn both(first: &[f64], second: &[f64]) -> Vec<(Option<f64>, Option<f64>)> {
        first
            .iter()
            .zip(second)
            .map(|(a, b)| (Some(*a), Some(*b)))
            .collect()
    }

    #[test]
    fn by_hand() {
        // differences 1, 2, 3: mean 2, variance 1; arms 4 6 8 (variance 4) and 3 4 5 (variance 1)
        let found = paired(&both(&[4.0, 6.0, 8.0], &[3.0, 4.0, 5.0]), 0.95).unwrap();
        assert_eq!(found.difference.estimate, 2.0);
        // t(0.975, 2) = 4.302653; 4.302653 / sqrt(3) = 2.484138
        assert!((found.difference.upper - 4.484_138).abs() < 1e-5);
        assert_eq!(found.variance_reduction, Some(5.0));
        assert_eq!(found.effect_paired, Some(2.0));
        // 2 / sqrt(2.5) * (1 - 3 / 15)
        assert!((found.effect.unwrap() - 2.0 / 2.5_f64.sqrt() * 0.8).abs() < 1e-12);
        assert!(!found.is_clear());
    }

    #[test]
    fn identical_arms_differ_by_exactly_zero() {
        let values = [0.1, 0.7, 0.3, 0.9];
        let found = paired(&both(&values, &values), 0.95).unwrap();
        let zero = found.difference;
        assert_eq!((zero.lower, zero.estimate, zero.upper), (0.0, 0.0, 0.0));
        assert_eq!((found.p, found.variance_reduction), (None, None));
        assert!(!found.is_clear());
    }

    #[test]
    fn incomplete_pairs_are_left_out_and_counted() {
        let mut pairs = both(&[4.0, 6.0, 8.0], &[3.0, 4.0, 5.0]);
        let whole = paired(&pairs, 0.95).unwrap();
        pairs.insert(1, (Some(99.0), None));
        pairs.push((None, None));
        pairs.push((Some(f64::NAN), Some(1.0)));
        let found = paired(&pairs, 0.95).unwrap();
        assert_eq!((found.pairs, found.incomplete), (3, 3));
        assert_eq!(found.difference, whole.difference);
        assert!(paired(&pairs[..1], 0.95).is_none());
    }

    #[test]
    fn shared_luck_shrinks_the_variance_by_what_it_explains() {
        // a = L + e, b = L + f, var L = 9, var e = var f = 1: (10 + 10) / 2 = 10
        let streams = Streams::new(2, "shared luck");
        let pairs: Vec<(f64, f64)> = (0..2000)
            .map(|r| {
                let mut stream = streams.stream(r);
                let luck = 3.0 * stream.normal();
                (luck + 0.5 + stream.normal(), luck + stream.normal())
            })
            .collect();
        let how = Bootstrap {
            resamples: 300,
            ..Bootstrap::new(Streams::new(2, "interval"))
        };
        let reduction = variance_reduction_interval(&pairs, &how).unwrap();
        // the log of a ratio of two dependent variances has a standard error of about 2 / sqrt(n) = 4.5 %
        assert!((reduction.estimate - 10.0).abs() < 1.8, "{reduction:?}");
        assert!(
            reduction.lower < 10.0 && 10.0 < reduction.upper,
            "{reduction:?}"
        );
        let size = effect_interval(&pairs, &how).unwrap();
        // 0.5 / sqrt(10) = 0.158
        assert!(size.lower < 0.158 && 0.158 < size.upper, "{size:?}");
    }
}
