//! What an experiment found beyond differences: shares of mechanisms, sensitivity, responses, a calibration.

use std::path::Path;
use std::time::Instant;

use anyhow::Context;

use super::experiment_text::closing;
use super::output::print;
use super::refusals::{refused, uncalibrated};
use super::showing::Showing;
use crate::analysis::study::{Study, findings};
use crate::charts::{Options as ChartOptions, draw_all_experiment};
use crate::experiment::{
    CampaignError, Ended, Plan, Results, Round, calibrate, calibrated, study, tidy, told_in,
};
use crate::language::Language;
use crate::report;

/// Draws the charts of an experiment into its folder, and writes its report. The command in
/// them runs what lies in the folder, so that they repeat byte for byte however the results came together.
///
/// # Errors
/// Where a chart cannot be drawn, or a file cannot be written.
fn draw(study: &Study, out: &Path, language: Language) -> anyhow::Result<()> {
    let options = ChartOptions {
        language,
        ..ChartOptions::default()
    };
    draw_all_experiment(study, &options, &out.join("charts")).context("cannot draw the charts")?;
    let page = report::experiment::page(study, language)?;
    let file = out.join("report.html");
    std::fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))
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

/// Draws what an experiment found and tells it: what the rounds of a calibration said, findings, differences.
///
/// # Errors
/// When something cannot be drawn or printed.
pub(super) fn tell(
    plan: &Plan,
    ended: &Ended,
    out: &Path,
    showing: Showing,
    (said, clock): (&str, Instant),
) -> anyhow::Result<()> {
    let mut study = study(plan, &ended.results, ended.replicates);
    study.calibration = calibrated(plan, out)?;
    let study = told_in(plan, study, showing.language);
    if !showing.no_charts {
        draw(&study, out, showing.language)?;
    }
    if !showing.quiet {
        let found: String = findings(&study, showing.language)
            .into_iter()
            .map(|sentence| sentence + "\n")
            .collect();
        let closing = closing(plan, ended, out, clock.elapsed().as_secs_f64());
        let question = match study.question.as_str() {
            "" => String::new(),
            question => format!("{question}\n"),
        };
        print(&format!("{question}{said}{found}{closing}"))?;
    }
    Ok(())
}
