//! What an experiment found beyond differences: shares of mechanisms, sensitivity, responses, a calibration.

use std::path::Path;
use std::time::Instant;

use anyhow::Context;

use super::FAILED;
use super::experiment::{broken_off, refused};
use super::experiment_text::closing;
use super::output::{WRONG_INPUT, print, print_error};
use crate::analysis::study::{
    Study, attribution_finding, difference_finding, response_finding, sensitivity_finding,
    unattributed,
};
use crate::charts::{Options as ChartOptions, draw_all_experiment};
use crate::experiment::{
    CalibrationError, CampaignError, Ended, Plan, Results, Round, calibrate, calibrated, study,
    tidy,
};
use crate::language::Language;

/// Draws the charts of an experiment into its folder. The command that ran it is left out of them, so that they repeat
/// byte for byte however the results came together.
///
/// # Errors
/// Where a chart cannot be drawn or written.
fn draw(study: &Study, out: &Path) -> anyhow::Result<()> {
    draw_all_experiment(study, &ChartOptions::default(), &out.join("charts"))
        .context("cannot draw the charts")?;
    Ok(())
}

/// Contrasts that are told in a sentence.
const ANSWERS: usize = 4;

/// Findings, a line each.
fn findings(study: &Study) -> String {
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
        // along a factor, the whole line is the finding, not its single steps
        match response_finding(study, study.primary, Language::ENGLISH) {
            Some(found) => lines.push(found),
            None if study.attributions.is_empty() => {
                let contrasts = 0..study.contrasts.len().min(ANSWERS);
                lines.extend(contrasts.map(|contrast| {
                    difference_finding(study, study.primary, contrast, Language::ENGLISH)
                }));
            }
            None => {}
        }
    }
    if study.contrasts.len() * study.outcomes.len() <= 24 {
        lines.extend(study.note_on_many(Language::ENGLISH));
    }
    lines.join("\n") + if lines.is_empty() { "" } else { "\n" }
}

/// Goes through the further rounds of a calibration, where the experiment is one, and writes what it found: that, in
/// lines, or the exit code if it did not reach its end.
///
/// # Errors
/// When nothing can be printed.
pub(super) fn further_rounds(
    (plan, ended, sets): (&Plan, &Ended, &[String]),
    out: &Path,
    batch: &mut dyn FnMut(&Round) -> Result<Option<Results>, CampaignError>,
) -> anyhow::Result<Result<String, u8>> {
    let found = calibrate(plan, sets, &ended.results, batch);
    let sentences = match found {
        Ok(Some(calibrated)) => calibrated.write(plan, out),
        Ok(None) => return Ok(Ok(String::new())),
        Err(error) => Err(error),
    };
    match sentences {
        Ok(sentences) => {
            if let Err(error) = tidy(out) {
                return Ok(Err(refused(&error)?));
            }
            Ok(Ok(sentences.join("\n") + "\n"))
        }
        Err(error) => uncalibrated(&error).map(Err),
    }
}

/// Says why a calibration did not reach its end; the exit code.
pub(super) fn uncalibrated(error: &CalibrationError) -> anyhow::Result<u8> {
    if let CalibrationError::Campaign(error) = error {
        return broken_off(error);
    }
    print_error(&format!("error: {error}\n"))?;
    Ok(match error {
        CalibrationError::Refused { .. } | CalibrationError::NoValues => WRONG_INPUT,
        CalibrationError::Table(_) | CalibrationError::Campaign(_) => FAILED,
    })
}

/// Draws what an experiment found and tells it: what the rounds of a calibration said, findings, differences.
///
/// # Errors
/// When something cannot be drawn or printed.
pub(super) fn tell(
    plan: &Plan,
    ended: &Ended,
    out: &Path,
    (charts, quiet): (bool, bool),
    (said, clock): (&str, Instant),
) -> anyhow::Result<()> {
    let mut study = study(plan, &ended.results, ended.replicates);
    study.calibration = calibrated(plan, out)?;
    if charts {
        draw(&study, out)?;
    }
    if !quiet {
        let found = findings(&study);
        let closing = closing(plan, ended, out, clock.elapsed().as_secs_f64());
        let question = match plan.file.question.as_str() {
            "" => String::new(),
            question => format!("{question}\n"),
        };
        print(&format!("{question}{said}{found}{closing}"))?;
    }
    Ok(())
}
