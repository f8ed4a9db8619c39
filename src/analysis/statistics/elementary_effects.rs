//! Morris screening: which parameters matter at all, from few runs.
//!
//! An elementary effect is the change of the outcome when one parameter moves, over the length of the move on
//! the unit scale of its range. Over the trajectories: μ* (mean of the absolute effects: strength), μ (mean: direction),
//! σ (spread: interactions or curvature).
//!
//! A stochastic model gives effects of pure luck, and absolute values do not average them out: μ* of a dead parameter
//! is not 0 but about 0.8 times the noise. All points of a trajectory share their luck (replicate r), which removes most
//! of it, and the noise that is left stands beside μ*: the standard error of one effect, root mean square over
//! trajectories, from the spread between replicates. It needs at least two replicates a point.
//!
//! Sources: Morris 1991, Technometrics 33:161; Campolongo, Cariboni and Saltelli 2007, Environ. Model. Softw. 22:1509
//! (μ*).

use serde::Serialize;

use super::super::Interval;
use super::bootstrap::{Bootstrap, bootstrap};
use super::means::{mean, variance};

/// What one parameter does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screened {
    /// μ*: mean absolute effect over the whole range, in the outcome's unit.
    pub strength: Interval,
    /// μ: mean effect.
    pub mean: f64,
    /// σ: standard deviation of the effects over trajectories; none of a single one.
    pub spread: Option<f64>,
    /// Standard error of one effect due to luck; none with one replicate a point.
    pub noise: Option<f64>,
    /// Effects used.
    pub effects: usize,
    /// Effects lost to missing runs.
    pub missing: usize,
}

impl Screened {
    /// μ* that luck alone would show: the mean of an absolute normal value with this noise.
    pub fn expected_of_noise(&self) -> Option<f64> {
        self.noise
            .map(|noise| noise * libm::sqrt(core::f64::consts::FRAC_2_PI))
    }

    /// Whether the parameter shows more than luck would.
    pub fn is_clear(&self) -> bool {
        self.strength.lower > self.expected_of_noise().unwrap_or(0.0)
    }
}

/// One parameter from its effects, `effects[trajectory][replicate]`; none without any.
/// Below the bootstrap's least number of trajectories the interval is the whole line from 0.
pub fn screen(effects: &[Vec<Option<f64>>], how: &Bootstrap) -> Option<Screened> {
    let present: Vec<Vec<f64>> = effects
        .iter()
        .map(|luck| luck.iter().copied().flatten().collect())
        .collect();
    let means: Vec<f64> = present.iter().filter_map(|luck| mean(luck)).collect();
    let strength = |means: &[f64]| {
        let absolute: Vec<f64> = means.iter().map(|effect| effect.abs()).collect();
        mean(&absolute)
    };
    let estimate = strength(&means)?;
    let errors: Vec<f64> = present
        .iter()
        .filter_map(|luck| Some(variance(luck)? / luck.len() as f64))
        .collect();
    Some(Screened {
        strength: bootstrap(&means, how, strength).unwrap_or(Interval {
            estimate,
            lower: 0.0,
            upper: f64::INFINITY,
        }),
        mean: mean(&means)?,
        spread: variance(&means).map(f64::sqrt),
        noise: mean(&errors).map(f64::sqrt),
        effects: present.iter().map(Vec::len).sum(),
        missing: effects.iter().flatten().filter(|e| e.is_none()).count(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Streams;
    use super::*;

    fn how() -> Bootstrap {
        Bootstrap {
            resamples: 500,
            ..Bootstrap::new(Streams::new(1, "screening"))
        }
    }

    #[test]
    fn by_hand_with_a_missing_run() {
        // means of trajectories 2, -1, 3 (the second replicate of the last is missing)
        let effects = [
            vec![Some(1.0), Some(3.0)],
            vec![Some(-1.0), Some(-1.0)],
            vec![Some(3.0), None],
            vec![None, None],
        ];
        let found = screen(&effects, &how()).unwrap();
        assert_eq!(found.strength.estimate, 2.0);
        assert!((found.mean - 4.0 / 3.0).abs() < 1e-12);
        // variance of 2, -1, 3 is 13/3
        assert!((found.spread.unwrap() - (13.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        // variances of the mean: 2 / 2 and 0; the third has one replicate only
        assert!((found.noise.unwrap() - 0.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!((found.effects, found.missing), (5, 3));
        assert!(!found.is_clear(), "three trajectories are too few");
    }

    #[test]
    fn a_dead_parameter_is_not_told_from_its_noise() {
        let streams = Streams::new(2, "noise");
        let effects = |strength: f64| -> Vec<Vec<Option<f64>>> {
            (0..20)
                .map(|t| {
                    let mut stream = streams.stream(t);
                    (0..4).map(|_| Some(strength + stream.normal())).collect()
                })
                .collect()
        };
        let dead = screen(&effects(0.0), &how()).unwrap();
        // noise sqrt(1 / 4); μ* near 0.5 * 0.798
        assert!((dead.noise.unwrap() - 0.5).abs() < 0.1, "{dead:?}");
        assert!(
            (dead.strength.estimate - 0.4).abs() < 0.2 && !dead.is_clear(),
            "{dead:?}"
        );
        assert!(screen(&effects(2.0), &how()).unwrap().is_clear());
        assert!(screen(&[vec![None]], &how()).is_none());
    }
}
