//! `allies verify` of an experiment: repeats some runs, or all, and compares.

use super::FAILED;
use super::experiment::{planned, refused};
use super::interrupt;
use super::output::{FINE, WRONG_INPUT, print};
use super::verify::Verify;
use crate::experiment::{CampaignError, Changes, verify};

/// Repeats runs of an experiment; the exit code is 1 when anything differs.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn run(arguments: &Verify) -> anyhow::Result<u8> {
    let root = &arguments.results;
    let file = root.join("experiment.toml");
    let Some(plan) = planned(&file, &Changes::default(), true)? else {
        return Ok(WRONG_INPUT);
    };
    let threads = arguments.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let sample = (!arguments.all).then_some(arguments.sample);
    let stop = interrupt::flag();
    let verified = match verify(root, &plan, sample, threads, &stop) {
        Ok(verified) => verified,
        Err(CampaignError::Store(error)) => return refused(&error),
        Err(error) => return Err(error.into()),
    };
    if let Some(difference) = &verified.difference {
        print(&format!("different: {difference}\n"))?;
        return Ok(FAILED);
    }
    print(&format!(
        "identical: {} of {} runs repeated\n",
        verified.repeated, verified.runs
    ))?;
    Ok(FINE)
}
