//! `allies experiment`: many runs, paired by their luck, from an experiment file to a table of differences.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use anyhow::Context;
use clap::Args;

use super::FAILED;
use super::experiment_progress::Watch;
use super::experiment_text::told;
use super::interrupt;
use super::kind::{Kind, kind};
use super::output::{FINE, WRONG_INPUT, print, print_error, print_problems};
use super::refusals::{broken_off, refused};
use super::shard::{self, ShardArgument};
use super::study::{Showing, further_rounds, tell};
use crate::experiment::{
    CannotPlan, Changes, Circumstances, Mode, Plan, Round, Store, finish, forecast, plan,
    run_campaign, run_round,
};
use crate::language::Language;

/// Run an experiment: arms, replicates, outcomes, differences
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct ExperimentArguments {
    /// Experiment file
    pub experiment: PathBuf,
    /// Folder of the results [default: output/experiments/<name>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with what is there, perhaps with more replicates or arms than before
    #[arg(long)]
    pub resume: bool,
    /// Runs of each arm in place of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub replicates: Option<u32>,
    /// Root of all seeds in place of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=9_223_372_036_854_775_807))]
    pub seed: Option<u64>,
    /// Change one value of the base scenario: path.to.key=value; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Say what it would cost and how sure it would be, from a few runs, and stop
    #[arg(long)]
    pub dry_run: bool,
    /// Refuse if it is likely to take longer than this [minutes]
    #[arg(long, value_name = "MINUTES")]
    pub budget: Option<f64>,
    /// Write the plan of the runs and how they are divided, say what it comes to, and run nothing
    #[arg(long, conflicts_with_all = ["resume", "dry_run", "budget", "shard"])]
    pub plan_only: bool,
    /// Do only part K of N, for `allies collect` to put together; `auto`: the part that Slurm, HyperQueue, Kubernetes or
    /// AWS Batch says by its variable, of --shards
    #[arg(long, value_name = "K/N", value_parser = shard::parse, conflicts_with = "resume")]
    pub shard: Option<ShardArgument>,
    /// Number of shards, for `--shard auto`
    #[arg(long, value_name = "N", requires = "shard", value_parser = clap::value_parser!(u32).range(1..))]
    pub shards: Option<u32>,
    /// With --shard, in an experiment with `stop` or `calibration`: do this round only, which must be on [default: the first
    /// that is not complete]
    #[arg(long, value_name = "R", requires = "shard", value_parser = clap::value_parser!(u32).range(1..))]
    pub round: Option<u32>,
    /// Go on with results that another build of allies began
    #[arg(long)]
    pub other_build: bool,
    /// Fail if a single run failed
    #[arg(long)]
    pub strict: bool,
    /// Write outcomes, runs, arms and summary as CSV too, for programs that read no Parquet
    #[arg(long)]
    pub csv: bool,
    /// Language of charts, report and findings: en, de
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = Language::of_code)]
    pub language: Language,
    /// Draw no charts
    #[arg(long)]
    pub no_charts: bool,
    /// Print errors only
    #[arg(long)]
    pub quiet: bool,
}

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
    let Some(plan) = planned(&arguments.experiment, &changes, arguments.quiet)? else {
        return Ok(WRONG_INPUT);
    };
    let threads = arguments.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
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
    let mut watch = Watch::new(arguments.quiet);
    let ended = run_campaign(&plan, &store, threads, &stop, &mut |progress| {
        watch.tell(progress);
    });
    watch.done();
    let ended = match ended {
        Ok(ended) => ended,
        Err(error) => return broken_off(&error),
    };
    let circumstances = Circumstances {
        command: command(arguments),
        duration_seconds: clock.elapsed().as_secs_f64(),
        doubles: 0,
        csv: arguments.csv,
    };
    if let Err(error) = finish(&plan, &store, &ended, circumstances) {
        return broken_off(&error);
    }
    let mut watch = Watch::new(arguments.quiet);
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
    let showing = Showing {
        charts: !arguments.no_charts,
        quiet: arguments.quiet,
        language: arguments.language,
    };
    tell(&plan, &ended, &out, showing, (&said, clock))?;
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
    if !arguments.quiet {
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

/// The command that gives the results again.
fn command(arguments: &ExperimentArguments) -> String {
    let mut command = format!(
        "allies experiment {}",
        super::quoting::quoted(&arguments.experiment.display().to_string())
    );
    if let Some(replicates) = arguments.replicates {
        command += &format!(" --replicates {replicates}");
    }
    if let Some(seed) = arguments.seed {
        command += &format!(" --seed {seed}");
    }
    for set in &arguments.sets {
        command += &format!(" --set {}", super::quoting::quoted(set));
    }
    command
}
