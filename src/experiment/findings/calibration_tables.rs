//! What a calibration concludes, as tables and sentences.

use std::path::Path;

use crate::analysis::statistics::{mean, quantile};
use crate::experiment::machine::write_bytes;
use crate::experiment::planning::{Plan, value_at};
use crate::experiment::results::{PARTICLES, POSTERIOR, PREDICTED, PREDICTIVE};
use crate::experiment::running::{Calibrated, CalibrationError, CampaignError};
use crate::records::{Table, csv_file};

/// Files of what a calibration concludes.
pub(super) const CONCLUSIONS: [&str; 4] = [
    "posterior.csv",
    "particles.csv",
    "predictive.csv",
    "predicted.csv",
];

impl Calibrated {
    /// Writes posterior, particles and the check into the folder, as CSV; finding in sentences.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn write(&self, plan: &Plan, root: &Path) -> Result<Vec<String>, CalibrationError> {
        let Some(calibration) = &plan.file.calibration else {
            return Ok(Vec::new());
        };
        let mut sentences = Vec::new();
        let outside = 0.5 - 0.5 * plan.file.confidence.get();
        let mut posterior = Table::new(&POSTERIOR);
        let mut particles = Table::new(&PARTICLES);
        for (i, factor) in calibration.vary.iter().enumerate() {
            let (from, to) = (factor.from.unwrap_or(0.0), factor.to.unwrap_or(1.0));
            let value = |unit: f64| value_at(factor, unit);
            let (middle, spread) = self.posterior.moments(i);
            let lower = self.posterior.quantile(i, outside).map_or(from, value);
            let upper = self.posterior.quantile(i, 1.0 - outside).map_or(to, value);
            let estimate = value(middle);
            posterior.push(&[
                factor.key.as_str().into(),
                from.into(),
                to.into(),
                estimate.into(),
                (spread * (to - from)).into(),
                lower.into(),
                upper.into(),
                i64::from(self.rounds).into(),
                self.posterior.tolerance.into(),
                self.posterior.effective().into(),
            ])?;
            // a uniform prior has a standard deviation of 0.289 of its range
            let narrowed = 100.0 * spread * 12.0_f64.sqrt();
            sentences.push(format!(
                "{}: {estimate:.3} ({lower:.3} to {upper:.3}), from a prior of {from} to {to}; {}",
                factor.key,
                if narrowed > 80.0 {
                    "the targets hardly tell its value".to_owned()
                } else {
                    format!("its spread is {narrowed:.0} % of the prior's")
                }
            ));
            for (number, particle) in self.posterior.particles.iter().enumerate() {
                particles.push(&[
                    (number as i64 + 1).into(),
                    factor.key.as_str().into(),
                    value(particle.at[i]).into(),
                    particle.weight.into(),
                    particle.distance.into(),
                ])?;
            }
        }
        let mut predictive = Table::new(&PREDICTIVE);
        let mut runs = Table::new(&PREDICTED);
        let mut held = 0;
        for (target, predicted) in calibration.targets.iter().zip(&self.predicted) {
            for (number, value) in predicted.iter().enumerate() {
                let number = number as i64 + 1;
                runs.push(&[
                    target.outcome.as_str().into(),
                    number.into(),
                    (*value).into(),
                ])?;
            }
            let mut sorted = predicted.clone();
            sorted.sort_by(f64::total_cmp);
            let (lower, upper) = (quantile(&sorted, outside), quantile(&sorted, 1.0 - outside));
            let inside = lower.is_some_and(|l| l <= target.value)
                && upper.is_some_and(|u| target.value <= u);
            held += usize::from(inside);
            let below = sorted.iter().filter(|value| **value < target.value).count();
            let share = (!sorted.is_empty()).then(|| below as f64 / sorted.len() as f64);
            predictive.push(&[
                target.outcome.as_str().into(),
                target.value.into(),
                target.scale.into(),
                (sorted.len() as i64).into(),
                mean(predicted).into(),
                lower.into(),
                upper.into(),
                share.into(),
            ])?;
        }
        sentences.push(format!(
            "{held} of {} targets lie inside the {:.0} % range of draws from the posterior, each run with luck of its own; tolerance {:.3} after {} rounds",
            self.predicted.len(),
            100.0 * plan.file.confidence.get(),
            self.posterior.tolerance,
            self.rounds
        ));
        let tables = [&posterior, &particles, &predictive, &runs];
        for (name, table) in CONCLUSIONS.into_iter().zip(tables) {
            let mut bytes = Vec::new();
            csv_file::write(table, &mut bytes).map_err(CampaignError::from)?;
            write_bytes(&root.join(name), &bytes).map_err(CampaignError::from)?;
        }
        Ok(sentences)
    }
}
