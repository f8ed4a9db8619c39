//! A finished calibration, read again from the tables in its folder.

use std::path::Path;

use crate::analysis::Interval;
use crate::analysis::study::{Calibrated, CalibratedKey, CalibrationTarget};
use crate::experiment::planning::{Plan, title};
use crate::experiment::results::{PARTICLES, POSTERIOR, PREDICTED, PREDICTIVE};
use crate::records::{Error, Table, csv_file};

/// What a calibration found; none where the experiment is no calibration, or its rounds are not done.
///
/// # Errors
/// Where a table is damaged.
pub fn calibrated(plan: &Plan, root: &Path) -> Result<Option<Calibrated>, Error> {
    let Some(calibration) = &plan.file.calibration else {
        return Ok(None);
    };
    if !root.join("predicted.csv").exists() {
        return Ok(None);
    }
    let posterior = csv_file::read_file(&root.join("posterior.csv"), &POSTERIOR)?;
    let particles = csv_file::read_file(&root.join("particles.csv"), &PARTICLES)?;
    let predictive = csv_file::read_file(&root.join("predictive.csv"), &PREDICTIVE)?;
    let predicted = csv_file::read_file(&root.join("predicted.csv"), &PREDICTED)?;
    let real = |table: &Table, row, name| table.real(row, table.column_index(name)?);
    let interval = |table: &Table, row| {
        Some(Interval {
            estimate: real(table, row, "mean")?,
            lower: real(table, row, "lower")?,
            upper: real(table, row, "upper")?,
        })
    };
    // rows of another table that belong to the same key or outcome
    let values = |table: &Table, name: &str, of: usize| -> Vec<f64> {
        let own = (0..table.len()).filter(|row| table.text(*row, of) == Some(name));
        own.filter_map(|row| real(table, row, "value")).collect()
    };
    let key = |row: usize| {
        let key = posterior.text(row, 0)?;
        let factor = calibration.vary.iter().find(|factor| factor.key == key)?;
        let prior = (real(&posterior, row, "from")?, real(&posterior, row, "to")?);
        let spread = real(&posterior, row, "deviation")?;
        Some(CalibratedKey {
            name: title(factor),
            prior,
            found: interval(&posterior, row)?,
            // a uniform prior has a standard deviation of its range by the root of 12
            narrowed: spread * 12.0_f64.sqrt() / (prior.1 - prior.0),
            particles: values(&particles, key, 1),
        })
    };
    let target = |row: usize| {
        let name = predictive.text(row, 0)?;
        let outcome = plan.outcomes.iter().find(|outcome| outcome.name == name)?;
        Some(CalibrationTarget {
            title: outcome.title.clone(),
            value: real(&predictive, row, "target")?,
            scale: real(&predictive, row, "scale")?,
            runs: values(&predicted, name, 0),
            found: interval(&predictive, row),
        })
    };
    let rounds = posterior.column_index("rounds");
    Ok(Some(Calibrated {
        rounds: rounds
            .and_then(|column| posterior.integer(0, column))
            .unwrap_or(0) as u32,
        keys: (0..posterior.len()).filter_map(key).collect(),
        targets: (0..predictive.len()).filter_map(target).collect(),
    }))
}
