//! `allies verify` of an experiment: repeats some runs, or all, and compares.

use std::path::Path;

use super::experiment::planned;
use super::interrupt;
use super::output::{FAILED, FINE, WRONG_INPUT, print};
use super::refusals::refused;
use super::threads::cores_or;
use crate::experiment::{CampaignError, Changes, Verified, verify};

/// Repeats so many runs of an experiment, or all; the exit code is 1 when anything differs.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn run(root: &Path, sample: Option<usize>, threads: Option<u16>) -> anyhow::Result<u8> {
    let file = root.join("experiment.toml");
    let Some(plan) = planned(&file, &Changes::default(), true)? else {
        return Ok(WRONG_INPUT);
    };
    let stop = interrupt::flag();
    let verified = match verify(root, &plan, sample, cores_or(threads), &stop) {
        Ok(verified) => verified,
        Err(CampaignError::Store(error)) => return refused(&error),
        Err(error) => return Err(error.into()),
    };
    let (said, same) = told(&verified);
    print(&said)?;
    Ok(if same { FINE } else { FAILED })
}

/// What a verification found, in a line, and whether all is the same.
pub(super) fn told(verified: &Verified) -> (String, bool) {
    if let Some(difference) = &verified.difference {
        return (format!("different: {difference}\n"), false);
    }
    let mut said = format!(
        "identical: {} of {} runs repeated",
        verified.repeated, verified.runs
    );
    if verified.rounds > 1 {
        said += &format!(", of {} rounds", verified.rounds);
    }
    if verified.hosts > 1 {
        said += &format!(", from {} machines", verified.hosts);
    }
    if let Some(open) = &verified.open {
        let mut of = format!("{} of {} parts", open.missing.len(), open.parts);
        if open.number > 1 {
            of += &format!(" of round {}", open.number);
        }
        said +=
            &format!("; not finished: {of} are missing, `allies experiment … --resume` goes on");
    }
    (said + "\n", true)
}
