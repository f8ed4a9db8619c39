//! One part of an experiment among several: which it is, what it did, what comes next.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::FAILED;
use super::experiment::ExperimentArguments;
use super::experiment_progress::Watch;
use super::experiment_text::divided;
use super::output::{FINE, WRONG_INPUT, print, print_error};
use super::refusals::{refused, uncalibrated};
use crate::experiment::{Mode, Open, Plan, RoundError, Store, Work, Worked, work};

/// Which part of an experiment a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShardArgument {
    /// This one of so many, from 1.
    Of(usize, usize),
    /// The one that the engine of a cluster says.
    Auto,
}

/// Variables in which engines say the number of a task, from 0. Who works inside another engine's job comes first.
const INDEX: [&str; 4] = [
    "HQ_TASK_ID",
    "JOB_COMPLETION_INDEX",
    "AWS_BATCH_JOB_ARRAY_INDEX",
    "SLURM_ARRAY_TASK_ID",
];

/// Reads "3/64" or "auto".
pub(super) fn parse(text: &str) -> Result<ShardArgument, String> {
    if text == "auto" {
        return Ok(ShardArgument::Auto);
    }
    let parts = text.split_once('/');
    let numbers = parts.and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    match numbers {
        Some((k, n)) if k >= 1 && k <= n => Ok(ShardArgument::Of(k, n)),
        _ => Err("expected K/N with K from 1 to N, such as 3/64, or auto".to_owned()),
    }
}

/// Which shard of how many, from 1; or what is wrong with what was said of it.
fn number(argument: ShardArgument, shards: Option<u32>) -> Result<(usize, usize), String> {
    let n = shards.map(|n| n as usize);
    match (argument, n) {
        (ShardArgument::Of(k, of), None) => Ok((k, of)),
        (ShardArgument::Of(_, of), Some(_)) => Err(format!(
            "--shards belongs to `--shard auto`; `--shard K/{of}` says it already"
        )),
        (ShardArgument::Auto, None) => Err(
            "`--shard auto` needs the number of shards: add --shards N, the same in every task"
                .to_owned(),
        ),
        (ShardArgument::Auto, Some(n)) => {
            let said = INDEX
                .into_iter()
                .find_map(|name| Some((name, std::env::var(name).ok()?)));
            let Some((name, value)) = said else {
                return Err(format!(
                    "`--shard auto` finds none of the variables {}; outside such an engine, say --shard K/{n}",
                    INDEX.join(", ")
                ));
            };
            match value.parse::<usize>() {
                Ok(index) if index < n => Ok((index + 1, n)),
                _ => Err(format!(
                    "{name} is {value:?}, and of {n} shards it must be a number from 0 to {}",
                    n - 1
                )),
            }
        }
    }
}

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
    let mut watch = Watch::new(arguments.quiet);
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
    if !arguments.quiet {
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
            if !arguments.quiet {
                let file = super::quoting::quoted(&arguments.experiment.display().to_string());
                print(&divided(plan, &store, &file))?;
            }
            Ok(FINE)
        }
        Err(error) => refused(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_a_number_of_so_many() {
        assert_eq!(parse("3/64"), Ok(ShardArgument::Of(3, 64)));
        assert_eq!(parse("auto"), Ok(ShardArgument::Auto));
        for wrong in ["0/4", "5/4", "3", "/", "1/0", "a/b", "-1/4"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(number(ShardArgument::Of(3, 64), None), Ok((3, 64)));
        assert!(number(ShardArgument::Of(3, 64), Some(64)).is_err());
        assert!(number(ShardArgument::Auto, None).is_err());
    }
}
