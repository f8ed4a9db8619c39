//! One part of an experiment among several: what it did, what comes next.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::experiment_arguments::ExperimentArguments;
use super::experiment_progress::Watch;
use super::experiment_text::divided;
use super::output::{FAILED, FINE, WRONG_INPUT, print, print_error};
use super::quoting::quoted;
use super::refusals::{refused, uncalibrated};
use super::shard_number::{ShardArgument, number};
use crate::experiment::{Mode, Open, Plan, RoundError, Store, Work, Worked, work};

/// Does what the shard's parts lack; the exit code.
///
/// # Errors
/// When nothing can be printed.
pub(super) fn run(
    arguments: &ExperimentArguments,
    (plan, own): (&Plan, ShardArgument),
    out: &Path,
    threads: usize,
    stop: &AtomicBool,
) -> anyhow::Result<u8> {
    let (k, n) = match number(own, arguments.shards) {
        Ok(shard) => shard,
        Err(wrong) => {
            print_error(&format!("error: {wrong}\n"))?;
            return Ok(WRONG_INPUT);
        }
    };
    let how = Work {
        shard: (k, n),
        round: arguments.round,
        threads,
        other_build: arguments.other_build,
    };
    let mut watch = Watch::new(arguments.showing.quiet);
    let worked = work((plan, &arguments.sets), out, how, stop, &mut |progress| {
        watch.tell(progress);
    });
    watch.done();
    let worked = match worked {
        Ok(worked) => worked,
        Err(RoundError::Calibration(error)) => return uncalibrated(&error),
        Err(error @ RoundError::NotYet { .. }) => {
            print_error(&format!("error: {error}\n"))?;
            return Ok(FAILED);
        }
    };
    if !arguments.showing.quiet {
        print(&told((k, n), &worked, out))?;
    }
    let failed = worked.done.as_ref().map_or(0, |(_, done)| done.failed);
    Ok(if arguments.strict && failed > 0 {
        FAILED
    } else {
        FINE
    })
}

/// What a shard did and what comes next, in lines.
fn told((k, n): (usize, usize), worked: &Worked, out: &Path) -> String {
    let out = out.display();
    let round = |number: u32| {
        if worked.in_rounds {
            format!(", round {number}")
        } else {
            String::new()
        }
    };
    let mut text = match &worked.done {
        Some((number, done)) => format!(
            "shard {k} of {n}{}: {} parts computed, {} runs, {} failed: {out}\n",
            round(*number),
            done.parts,
            done.results.done(),
            done.failed
        ),
        None => format!("shard {k} of {n}: nothing to do: {out}\n"),
    };
    let number = worked.done.as_ref().map(|(number, _)| *number);
    text += &match &worked.next {
        _ if !worked.in_rounds => String::new(),
        None => format!("all rounds are done: allies collect {out}\n"),
        Some(open) if Some(open.number) == number => format!(
            "{}; when other shards have done these, run all shards again\n",
            lacking(open)
        ),
        Some(open) => format!("{}: run all shards again\n", lacking(open)),
    };
    text
}

/// What a round lacks, in words.
pub(super) fn lacking(open: &Open) -> String {
    format!(
        "round {} lacks {} of {} parts",
        open.number,
        open.missing.len(),
        open.parts
    )
}

/// Writes the plan and says what it comes to; the exit code.
///
/// # Errors
/// When nothing can be printed.
pub(super) fn plan_only(
    arguments: &ExperimentArguments,
    plan: &Plan,
    out: &Path,
) -> anyhow::Result<u8> {
    let mode = Mode {
        resume: false,
        shard: true,
        other_build: arguments.other_build,
    };
    match Store::open(out, plan, mode) {
        Ok(store) => {
            if !arguments.showing.quiet {
                let file = quoted(&arguments.experiment.display().to_string());
                print(&divided(plan, &store, &file))?;
            }
            Ok(FINE)
        }
        Err(error) => refused(&error),
    }
}
