//! A fact: what is known, how it is measured on runs, and the band in which it should lie.

use super::conditions::Condition;
use super::observed::Observed;
use super::published::Efficiencies;

/// What a band is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Defaults are tuned to it.
    Calibrated,
    /// Never tuned to; the share of these in their band is the grade.
    HeldOut,
    /// Only the sign or order counts.
    Direction,
    /// An identity that must hold.
    Identity,
    /// No evidence: what the model says, as a hypothesis.
    Hypothesis,
}

impl Kind {
    /// As the tables write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Calibrated => "CAL",
            Self::HeldOut => "HOLD",
            Self::Direction => "DIR",
            Self::Identity => "ID",
            Self::Hypothesis => "hypothesis",
        }
    }
}

/// What one run, or one pair of runs, adds to a measure.
pub type Sums = [f64; 4];

/// How sums over runs become a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combine {
    /// s0 / s1: a rate, or a mean when each run adds (value, 1).
    Ratio,
    /// (s0 / s1) / (s2 / s3): a rate against another.
    RatioOfRatios,
    /// s0 / s1 - s2 / s3: a difference of rates.
    Difference,
}

impl Combine {
    /// The value of some sums; none where it is not defined.
    pub fn value(self, s: Sums) -> Option<f64> {
        let value = match self {
            Self::Ratio => s[0] / s[1],
            Self::RatioOfRatios => (s[0] / s[1]) / (s[2] / s[3]),
            Self::Difference => s[0] / s[1] - s[2] / s[3],
        };
        value.is_finite().then_some(value)
    }
}

/// How a fact is measured.
#[derive(Clone, Copy)]
pub enum Measure {
    /// On the default firm, at every size of the suite.
    Firm(fn(&Observed) -> Option<Sums>),
    /// On two runs with the same seed, the first under the treatment.
    Contrast(
        Condition,
        Condition,
        fn(&Observed, &Observed) -> Option<Sums>,
    ),
    /// On the default firm over fifty years.
    Long(fn(&Observed) -> Option<Sums>),
    /// On a published model of promotions, under several rules.
    Published(fn(&Efficiencies) -> Option<Sums>),
    /// Not yet, and why.
    Not(&'static str),
}

/// A fact of the list of evidence.
#[derive(Clone, Copy)]
pub struct Fact {
    /// Id in the list of evidence.
    pub id: &'static str,
    /// What is measured, with its unit.
    pub what: &'static str,
    /// Lower and upper end, both inside.
    pub band: (f64, f64),
    /// What the band is for.
    pub kind: Kind,
    /// Strength of the evidence, in the words of the list.
    pub evidence: &'static str,
    /// How it is measured.
    pub measure: Measure,
    /// How sums become the value.
    pub combine: Combine,
    /// People in the firm on which the band is judged, when it is a firm of the suite.
    pub size: u32,
}

/// Size of the firm on which a band is judged when the fact names no other [people].
pub const USUAL: u32 = 500;

/// A fact with a band from `low` to `high`.
pub const fn fact(
    id: &'static str,
    what: &'static str,
    kind: Kind,
    evidence: &'static str,
    band: (f64, f64),
    measure: Measure,
) -> Fact {
    Fact {
        id,
        what,
        band,
        kind,
        evidence,
        measure,
        combine: Combine::Ratio,
        size: USUAL,
    }
}

impl Fact {
    /// The same, combined in another way.
    #[must_use]
    pub const fn combined(mut self, combine: Combine) -> Self {
        self.combine = combine;
        self
    }

    /// The same, judged on a firm of another size.
    #[must_use]
    pub const fn at(mut self, size: u32) -> Self {
        self.size = size;
        self
    }

    /// Whether a value lies in the band.
    pub fn holds(&self, value: f64) -> bool {
        (self.band.0..=self.band.1).contains(&value)
    }
}

/// One value of one run.
#[allow(clippy::unnecessary_wraps)] // so that facts read alike
pub fn once(value: f64) -> Option<Sums> {
    value.is_finite().then_some([value, 1.0, 0.0, 0.0])
}

/// A value with its interval over seeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Value over all runs together.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// Runs.
    pub runs: usize,
}

/// Value over all runs, with an interval from leaving out one run at a time (Quenouille and Tukey's jackknife).
///
/// None without a value; without an interval (infinitely wide) from a single run.
pub fn estimate(combine: Combine, runs: &[Sums]) -> Option<Estimate> {
    let total = runs.iter().fold([0.0; 4], |mut t, run| {
        for (t, x) in t.iter_mut().zip(run) {
            *t += x;
        }
        t
    });
    let value = combine.value(total)?;
    let n = runs.len() as f64;
    let without: Vec<f64> = runs
        .iter()
        .filter_map(|run| {
            let mut rest = total;
            for (t, x) in rest.iter_mut().zip(run) {
                *t -= x;
            }
            combine.value(rest)
        })
        .collect();
    if without.len() < 2 {
        return Some(Estimate {
            value,
            lower: f64::NEG_INFINITY,
            upper: f64::INFINITY,
            runs: runs.len(),
        });
    }
    let mean = without.iter().sum::<f64>() / without.len() as f64;
    let spread: f64 = without.iter().map(|w| (w - mean) * (w - mean)).sum();
    let error = ((n - 1.0) / n * spread).sqrt();
    // Student's quantile, near enough: 1.96 + 2.4 / degrees of freedom (2.57 for 2.57 at 5, 2.23 for 2.20 at 10)
    let half = (1.96 + 2.4 / (n - 1.0)) * error;
    Some(Estimate {
        value,
        lower: value - half,
        upper: value + half,
        runs: runs.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_runs_has_the_interval_of_its_standard_error() {
        let runs: Vec<Sums> = [1.0, 2.0, 3.0, 4.0, 5.0]
            .iter()
            .map(|&x| [x, 1.0, 0.0, 0.0])
            .collect();
        let found = estimate(Combine::Ratio, &runs).unwrap();
        // standard error: sqrt(2.5 / 5); quantile at 4 degrees of freedom taken as 2.56
        let half = (1.96 + 2.4 / 4.0) * (2.5_f64 / 5.0).sqrt();
        assert!((found.value - 3.0).abs() < 1e-12);
        assert!((found.upper - 3.0 - half).abs() < 1e-12);
        assert_eq!(found.runs, 5);
    }

    #[test]
    fn rates_are_pooled_not_averaged() {
        // 1 of 10 and 9 of 30: 10 of 40
        let runs = [[1.0, 10.0, 0.0, 0.0], [9.0, 30.0, 0.0, 0.0]];
        assert_eq!(estimate(Combine::Ratio, &runs).unwrap().value, 0.25);
        assert_eq!(
            Combine::RatioOfRatios.value([1.0, 10.0, 2.0, 10.0]),
            Some(0.5)
        );
        assert_eq!(Combine::Difference.value([1.0, 2.0, 1.0, 4.0]), Some(0.25));
        assert_eq!(Combine::Ratio.value([1.0, 0.0, 0.0, 0.0]), None);
        assert!(estimate(Combine::Ratio, &[]).is_none());
    }
}
