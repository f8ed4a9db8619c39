//! `allies experiment`: many runs, paired by their luck, from an experiment file to a table of differences.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use anyhow::Context;

use super::experiment_arguments::ExperimentArguments;
use super::experiment_progress::Watch;
use super::experiment_text::told;
use super::interrupt;
use super::kind::{Kind, kind};
use super::output::{FAILED, FINE, WRONG_INPUT, print, print_error, print_problems};
use super::refusals::{broken_off, refused};
use super::shard;
use super::study::{further_rounds, tell};
use super::threads::cores_or;
use crate::experiment::{
    CannotPlan, Changes, Circumstances, Mode, Plan, Round, Store, finish, forecast, plan,
    run_campaign, run_round,
};

/// Runs the experiment; the exit code.
///
/// # Errors
/// When the folder cannot be written, or it was interrupted.
pub(super) fn run(arguments: &ExperimentArguments) -> anyhow::Result<u8> {
    let changes = Changes {
        sets: arguments.sets.clone(),
        replicates: arguments.replicates,
        seed: arguments.seed,
    };
    let Some(plan) = planned(&arguments.experiment, &changes, arguments.showing.quiet)? else {
        return Ok(WRONG_INPUT);
    };
    let threads = cores_or(arguments.threads);
    let stop = interrupt::flag();
    if let Some(code) = weighed(arguments, &plan, threads, &stop)? {
        return Ok(code);
    }
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("output/experiments").join(&plan.file.name));
    if arguments.plan_only {
        return shard::plan_only(arguments, &plan, &out);
    }
    if let Some(own) = arguments.shard {
        return shard::run(arguments, (&plan, own), &out, threads, &stop);
    }
    let mode = Mode {
        resume: arguments.resume,
        shard: false,
        other_build: arguments.other_build,
    };
    let store = match Store::open(&out, &plan, mode) {
        Ok(store) => store,
        Err(error) => return refused(&error),
    };
    let clock = Instant::now();
    let mut watch = Watch::new(arguments.showing.quiet);
    let ended = run_campaign(&plan, &store, threads, &stop, &mut |progress| {
        watch.tell(progress);
    });
    watch.done();
    let ended = match ended {
        Ok(ended) => ended,
        Err(error) => return broken_off(&error),
    };
    let circumstances = Circumstances {
        command: arguments.command(),
        duration_seconds: clock.elapsed().as_secs_f64(),
        doubles: 0,
        csv: arguments.showing.csv,
    };
    if let Err(error) = finish(&plan, &store, &ended, circumstances) {
        return broken_off(&error);
    }
    let mut watch = Watch::new(arguments.showing.quiet);
    let how = (threads, arguments.other_build);
    let mut batch = |round: &Round| {
        run_round(round, &out, how, &stop, &mut |progress| {
            watch.tell(progress);
        })
    };
    let sets = &arguments.sets;
    let found = further_rounds((&plan, &ended, sets), &out, &mut batch)?;
    watch.done();
    let said = match found {
        Ok(said) => said,
        Err(code) => return Ok(code),
    };
    tell(&plan, &ended, &out, arguments.showing, (&said, clock))?;
    Ok(if arguments.strict && ended.failed > 0 {
        FAILED
    } else {
        FINE
    })
}

/// Says what it would cost, where that was asked for; the exit code where nothing is to be run.
fn weighed(
    arguments: &ExperimentArguments,
    plan: &Plan,
    threads: usize,
    stop: &AtomicBool,
) -> anyhow::Result<Option<u8>> {
    if !arguments.dry_run && arguments.budget.is_none() {
        return Ok(None);
    }
    let expected = forecast(plan, threads, stop).context("cannot run a pilot")?;
    let within = arguments
        .budget
        .is_none_or(|minutes| expected.wall_seconds <= 60.0 * minutes);
    let verdict = told(plan, &expected, threads, arguments.budget);
    if !within {
        print_error(&verdict)?;
        return Ok(Some(WRONG_INPUT));
    }
    if !arguments.showing.quiet {
        print(&verdict)?;
    }
    Ok(arguments.dry_run.then_some(FINE))
}

/// Reads and checks an experiment; none when it is wrong, which is then printed.
pub(super) fn planned(file: &Path, changes: &Changes, quiet: bool) -> anyhow::Result<Option<Plan>> {
    match plan(file, changes) {
        Ok(plan) => {
            if !plan.warnings.is_empty() && !quiet {
                print_problems(&plan.warnings)?;
            }
            Ok(Some(plan))
        }
        Err(CannotPlan::Problems(problems)) => {
            print_problems(&problems)?;
            if kind(file) == Some(Kind::Scenario) {
                let file = super::quoting::quoted(&file.display().to_string());
                print_error(&format!(
                    "this is a scenario: allies run {file}, or name it as `scenario` of an experiment\n"
                ))?;
            }
            Ok(None)
        }
        Err(CannotPlan::Files(problems)) => {
            print_error(&problems)?;
            Ok(None)
        }
    }
}
