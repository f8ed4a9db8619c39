//! What an experiment found beyond differences: shares of mechanisms, sensitivity, responses, a calibration.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Context;

use super::experiment::refused;
use super::output::{WRONG_INPUT, print, print_error};
use super::{FAILED, INTERRUPTED};
use crate::analysis::study::{
    Study, attribution_finding, response_finding, sensitivity_finding, unattributed,
};
use crate::charts::{Options as ChartOptions, draw_all_experiment};
use crate::experiment::{
    CalibrationError, CampaignError, Ended, Options, Plan, Progress, calibrate,
};
use crate::language::Language;

/// Draws the charts of an experiment into its folder. The command that ran it is left out of them, so that they repeat
/// byte for byte however the results came together.
///
/// # Errors
/// Where a chart cannot be drawn or written.
pub(super) fn draw(study: &Study, out: &Path) -> anyhow::Result<()> {
    draw_all_experiment(study, &ChartOptions::default(), &out.join("charts"))
        .context("cannot draw the charts")?;
    Ok(())
}

/// Findings, a line each.
pub(super) fn findings(study: &Study) -> String {
    let mut lines = Vec::new();
    lines.extend(
        study
            .attributions
            .iter()
            .map(|found| attribution_finding(study, found, Language::ENGLISH)),
    );
    lines.extend(unattributed(study, Language::ENGLISH));
    lines.extend(
        study
            .sensitivities
            .iter()
            .map(|found| sensitivity_finding(study, found, Language::ENGLISH)),
    );
    if study.sensitivities.is_empty() {
        lines.extend(response_finding(study, study.primary, Language::ENGLISH));
    }
    if study.contrasts.len() * study.outcomes.len() <= 24 {
        lines.extend(study.note_on_many(Language::ENGLISH));
    }
    lines.join("\n") + "\n"
}

/// Runs the further rounds of a calibration, where the experiment is one; the exit code if it did not reach its end.
///
/// # Errors
/// When nothing can be printed.
pub(super) fn further_rounds(
    (plan, ended, sets): (&Plan, &Ended, &[String]),
    out: &Path,
    options: Options,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress<'_>),
    quiet: bool,
) -> anyhow::Result<Option<u8>> {
    let found = calibrate(plan, sets, &ended.results, out, options, stop, tell);
    let sentences = match found {
        Ok(Some(calibrated)) => calibrated.write(plan, out),
        Ok(None) => return Ok(None),
        Err(error) => Err(error),
    };
    match sentences {
        Ok(sentences) => {
            if !quiet {
                print(&(sentences.join("\n") + "\n"))?;
            }
            Ok(None)
        }
        Err(CalibrationError::Campaign(CampaignError::Store(error))) => refused(&error).map(Some),
        Err(error) => {
            print_error(&format!("error: {error}\n"))?;
            Ok(Some(match error {
                CalibrationError::Campaign(_) => INTERRUPTED,
                CalibrationError::Refused { .. } | CalibrationError::NoValues => WRONG_INPUT,
                CalibrationError::Table(_) => FAILED,
            }))
        }
    }
}
