//! How network positions changed, by strategy, with the number of ties held equal.
//!
//! Constraint falls, betweenness and effective size rise with the number of ties alone. Each change is
//! therefore also shown at an unchanged number of ties: change less slope times change in ties, with one
//! slope within strategies (analysis of covariance). Limits are those of the mean of the corrected
//! changes; the slope's own error is left out.

use super::intervals::Interval;
use super::positions::{Place, Positions};
use super::statistics::mean_interval;

/// A measure of position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Burt's constraint.
    Constraint,
    /// Betweenness.
    Betweenness,
    /// Burt's effective size.
    EffectiveSize,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Constraint, Self::Betweenness, Self::EffectiveSize];

    /// Word in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Constraint => "constraint",
            Self::Betweenness => "betweenness",
            Self::EffectiveSize => "effective_size",
        }
    }

    fn of(self, place: &Place) -> Option<f64> {
        match self {
            Self::Constraint => Some(place.constraint),
            Self::Betweenness => Some(place.betweenness),
            Self::EffectiveSize => place.effective_size,
        }
    }
}

/// Mean change of a measure among the people of a strategy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanChange {
    /// The measure.
    pub measure: Measure,
    /// Index into the analysis' strategies.
    pub strategy: usize,
    /// People in both snapshots.
    pub people: usize,
    /// Mean change [standard deviations of the measure before].
    pub change: Interval,
    /// The same at an unchanged number of ties; none where the table has no degrees.
    pub at_equal_ties: Option<Interval>,
}

/// Mean changes by measure and strategy; strategies with fewer than two people are left out.
pub(super) fn summarise(positions: &Positions, strategies: usize) -> Vec<MeanChange> {
    let mut found = Vec::new();
    for measure in Measure::ALL {
        let both: Vec<(usize, f64, f64, Option<f64>)> = positions
            .people
            .iter()
            .filter_map(|person| {
                let (before, after) = (person.before.as_ref()?, person.after.as_ref()?);
                let ties = before.degree.zip(after.degree).map(|(a, b)| b - a);
                let (a, b) = (measure.of(before)?, measure.of(after)?);
                Some((person.strategy, a, b - a, ties))
            })
            .collect();
        let Some(spread) = deviation(both.iter().map(|(_, before, _, _)| *before)) else {
            continue;
        };
        let slope = slope(&both, strategies);
        for strategy in 0..strategies {
            let own = || both.iter().filter(|(own, ..)| *own == strategy);
            let raw: Vec<f64> = own().map(|(_, _, change, _)| change / spread).collect();
            let Some(change) = mean_interval(&raw, 0.95) else {
                continue;
            };
            let corrected: Option<Vec<f64>> = own()
                .map(|(_, _, change, ties)| Some((change - slope? * (*ties)?) / spread))
                .collect();
            found.push(MeanChange {
                measure,
                strategy,
                people: raw.len(),
                change,
                at_equal_ties: corrected.and_then(|values| mean_interval(&values, 0.95)),
            });
        }
    }
    found
}

fn deviation(values: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let n = values.clone().count() as f64;
    if n < 2.0 {
        return None;
    }
    let mean = values.clone().sum::<f64>() / n;
    let squares: f64 = values.map(|v| (v - mean) * (v - mean)).sum();
    Some((squares / (n - 1.0)).sqrt()).filter(|spread| *spread > 0.0)
}

/// Slope of the change on the change in ties within strategies; none without degrees or spread.
fn slope(both: &[(usize, f64, f64, Option<f64>)], strategies: usize) -> Option<f64> {
    let (mut xx, mut xy) = (0.0, 0.0);
    for strategy in 0..strategies {
        let own: Vec<(f64, f64)> = both
            .iter()
            .filter(|(s, ..)| *s == strategy)
            .filter_map(|(_, _, change, ties)| Some(((*ties)?, *change)))
            .collect();
        let n = own.len().max(1) as f64;
        let (mean_x, mean_y) = (
            own.iter().map(|p| p.0).sum::<f64>() / n,
            own.iter().map(|p| p.1).sum::<f64>() / n,
        );
        for (x, y) in own {
            xx += (x - mean_x) * (x - mean_x);
            xy += (x - mean_x) * (y - mean_y);
        }
    }
    (xx > 0.0).then(|| xy / xx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_ties_explain_is_none_at_equal_ties() {
        // Change = −0.1 a tie for everybody, whatever the strategy.
        let both: Vec<(usize, f64, f64, Option<f64>)> = [(0, 1.0), (0, 3.0), (1, 0.0), (1, 5.0)]
            .iter()
            .enumerate()
            .map(|(i, (s, ties))| (*s, i as f64, -0.1 * ties, Some(*ties)))
            .collect();
        assert!((slope(&both, 2).unwrap() + 0.1).abs() < 1e-12);
        assert!(deviation([2.0, 2.0].into_iter()).is_none());
    }
}
