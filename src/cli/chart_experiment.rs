//! `allies chart` of an experiment: its charts again, from the runs in its folder.

use std::path::Path;

use super::chart_run::failed;
use super::experiment::planned;
use super::output::WRONG_INPUT;
use crate::charts::{self, Drawn, Options, draw_all_experiment};
use crate::experiment::{Changes, calibrated, finished, study, told_in};

/// Draws the charts; on failure the exit code and what to say.
pub(super) fn draw(root: &Path, options: &Options, folder: &Path) -> Result<Drawn, (u8, String)> {
    let file = root.join("experiment.toml");
    let wrong = |error: &dyn std::fmt::Display| (WRONG_INPUT, error.to_string());
    let plan = planned(&file, &Changes::default(), true).map_err(|error| wrong(&error))?;
    let Some(plan) = plan else {
        let reason = "cannot be read; restore it, or run the experiment again";
        return Err((WRONG_INPUT, format!("{}: {reason}", file.display())));
    };
    let (results, replicates) = finished(&plan, root).map_err(|error| wrong(&error))?;
    let mut study = study(&plan, &results, replicates);
    study.calibration = calibrated(&plan, root).map_err(|error| wrong(&error))?;
    let study = told_in(&plan, study, options.language);
    draw_all_experiment(&study, options, folder).map_err(|error| match error {
        charts::Error::UnknownExperimentChart { .. } => wrong(&error),
        error => failed(&error),
    })
}
