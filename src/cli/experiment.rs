//! `allies experiment`: many runs, paired by their luck, from an experiment file to a table of differences.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Args;

use super::experiment_progress::Watch;
use super::interrupt;
use super::output::{FINE, WRONG_INPUT, print, print_error, print_problems};
use super::study::{draw, findings, further_rounds};
use super::{FAILED, INTERRUPTED};
use crate::experiment::{
    CampaignError, CannotPlan, Changes, Circumstances, Ended, Forecast, Mode, Options, Plan, Store,
    StoreError, calibrated, difference, finish, forecast, plan, run_campaign, study,
};

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
    /// Do only part K of N, for `allies collect` to put together
    #[arg(long, value_name = "K/N", value_parser = shard, conflicts_with = "resume")]
    pub shard: Option<(usize, usize)>,
    /// Go on with results that another build of allies began
    #[arg(long)]
    pub other_build: bool,
    /// Fail if a single run failed
    #[arg(long)]
    pub strict: bool,
    /// Draw no charts
    #[arg(long)]
    pub no_charts: bool,
    /// Print errors only
    #[arg(long)]
    pub quiet: bool,
}

/// Reads "3/64".
fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/');
    let numbers = parts.and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    match numbers {
        Some((k, n)) if k >= 1 && k <= n => Ok((k, n)),
        _ => Err("expected K/N with K from 1 to N, such as 3/64".to_owned()),
    }
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
    if arguments.shard.is_some() && plan.file.calibration.is_some() {
        print_error(
            "error: a calibration cannot be done in shards: each round needs the results of the one before; run it on \
             one machine\n",
        )?;
        return Ok(WRONG_INPUT);
    }
    if arguments.shard.is_some() && plan.file.stop.is_some() {
        print_error(
            "error: an experiment that stops by itself cannot be done in shards: no shard knows what the others found; \
             remove `stop`, or run it on one machine\n",
        )?;
        return Ok(WRONG_INPUT);
    }
    let threads = arguments.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let stop = interrupt::flag();
    if arguments.dry_run || arguments.budget.is_some() {
        let expected = forecast(&plan, threads, &stop).context("cannot run a pilot")?;
        let within = arguments
            .budget
            .is_none_or(|minutes| expected.wall_seconds <= 60.0 * minutes);
        let verdict = told(&plan, &expected, threads, arguments.budget);
        if !within {
            print_error(&verdict)?;
            return Ok(WRONG_INPUT);
        }
        if !arguments.quiet {
            print(&verdict)?;
        }
        if arguments.dry_run {
            return Ok(FINE);
        }
    }
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("output/experiments").join(&plan.file.name));
    let mode = Mode {
        resume: arguments.resume,
        shard: arguments.shard.is_some(),
        other_build: arguments.other_build,
    };
    let store = match Store::open(&out, &plan, mode) {
        Ok(store) => store,
        Err(error) => return refused(&error),
    };
    let clock = Instant::now();
    let options = Options {
        threads,
        shard: arguments.shard,
    };
    let mut watch = Watch::new(arguments.quiet);
    let ended = run_campaign(&plan, &store, options, &stop, &mut |progress| {
        watch.tell(progress);
    });
    watch.done();
    let ended = match ended {
        Ok(ended) => ended,
        Err(error @ CampaignError::Interrupted { .. }) => {
            print_error(&format!("error: {error}\n"))?;
            return Ok(INTERRUPTED);
        }
        Err(CampaignError::Store(error)) => return broken_off(&error),
    };
    if arguments.shard.is_none() {
        let circumstances = Circumstances {
            command: command(arguments),
            duration_seconds: clock.elapsed().as_secs_f64(),
            doubles: 0,
        };
        match finish(&plan, &store, &ended, circumstances) {
            Ok(_) => {}
            Err(CampaignError::Store(error)) => return broken_off(&error),
            Err(error) => return Err(error.into()),
        }
    }
    if arguments.shard.is_none() {
        let mut watch = Watch::new(arguments.quiet);
        let more = further_rounds(
            (&plan, &ended, &arguments.sets),
            &out,
            options,
            &stop,
            &mut |progress| watch.tell(progress),
            arguments.quiet,
        )?;
        watch.done();
        if let Some(code) = more {
            return Ok(code);
        }
    }
    let mut said = String::new();
    if arguments.shard.is_none() {
        let mut study = study(&plan, &ended.results, ended.replicates);
        study.calibration = calibrated(&plan, &out)?;
        if !arguments.no_charts {
            draw(&study, &out)?;
        }
        said = findings(&study);
    }
    if !arguments.quiet {
        let seconds = clock.elapsed().as_secs_f64();
        said += &closing(&plan, &ended, arguments.shard, &out, seconds);
        print(&said)?;
    }
    Ok(if arguments.strict && ended.failed > 0 {
        FAILED
    } else {
        FINE
    })
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
            Ok(None)
        }
        Err(CannotPlan::Files(problems)) => {
            print_error(&problems)?;
            Ok(None)
        }
    }
}

/// Says why a campaign broke off, and that what is done is kept.
fn broken_off(error: &StoreError) -> anyhow::Result<u8> {
    let code = refused(error)?;
    if code == FAILED {
        print_error("every finished run is kept: go on with --resume\n")?;
    }
    Ok(code)
}

/// Says why a folder cannot be used; the exit code tells the user's mistakes from the machine's.
pub(super) fn refused(error: &StoreError) -> anyhow::Result<u8> {
    print_error(&format!("error: {error}\n"))?;
    Ok(match error {
        StoreError::Exists(_)
        | StoreError::Foreign(_)
        | StoreError::Other { .. }
        | StoreError::OtherBuild { .. }
        | StoreError::Locked(_)
        | StoreError::Garbled { .. } => WRONG_INPUT,
        StoreError::Records(error) => match error.fault() {
            crate::records::Fault::WrongInput => WRONG_INPUT,
            crate::records::Fault::Failed => FAILED,
        },
        StoreError::Disagree { .. } | StoreError::Incomplete { .. } | StoreError::Machine(_) => {
            FAILED
        }
    })
}

/// A forecast in lines.
fn told(plan: &Plan, expected: &Forecast, threads: usize, budget: Option<f64>) -> String {
    let mut text = format!(
        "{}: {} arms x {} replicates = {} runs{}\n",
        plan.file.name,
        plan.arms.len(),
        plan.file.replicates,
        expected.runs,
        if expected.runs < plan.arms.len() * plan.file.replicates as usize {
            " (each replicate runs the subsets that it samples)"
        } else {
            ""
        }
    );
    text += &format!(
        "time     {} on {threads} threads ({} of CPU time; from {} runs)\n",
        spent(expected.wall_seconds),
        spent(expected.cpu_seconds),
        expected.pilot
    );
    if let Some(memory) = expected.memory {
        text += &format!("memory   {}\n", bytes(memory));
    }
    text += &format!("disk     {}\n", bytes(expected.disk));
    if let Some((deviation, half_width)) = expected.difference {
        text += &format!(
            "half-width of {:?} in {}: about ±{half_width:.4} at the end (standard deviation of the difference {deviation:.4}, roughly, from a few pairs)\n",
            plan.contrasts[0].0, plan.outcomes[0].name
        );
    }
    if let Some(cause) = &expected.failed {
        text += &format!("warning: a run failed: {cause}\n");
    }
    if let Some(minutes) = budget {
        let word = if expected.wall_seconds <= 60.0 * minutes {
            "within"
        } else {
            "error: above"
        };
        text += &format!("{word} the budget of {minutes} minutes\n");
    }
    text
}

/// What came out, in lines.
pub(super) fn closing(
    plan: &Plan,
    ended: &Ended,
    shard: Option<(usize, usize)>,
    out: &Path,
    seconds: f64,
) -> String {
    const SHOWN: usize = 24;
    let mut text = String::new();
    if let Some((k, n)) = shard {
        text += &format!(
            "shard {k} of {n}: {} parts computed, {} runs, {} failed: {}\n",
            ended.parts,
            ended.results.done(),
            ended.failed,
            out.display()
        );
        return text;
    }
    if !plan.file.question.is_empty() {
        text += &format!("{}\n", plan.file.question);
    }
    let mut shown = 0;
    for (o, outcome) in plan.outcomes.iter().enumerate() {
        for (c, (name, _, _)) in plan.contrasts.iter().enumerate() {
            if shown == SHOWN {
                text += "… and more in summary.csv\n";
            }
            shown += 1;
            if shown > SHOWN {
                continue;
            }
            text += &match difference(plan, &ended.results, c, o, ended.replicates) {
                None => format!("{}: {name}: too few runs with a value\n", outcome.title),
                Some(d) => {
                    let paired = d.variance_reduction.map_or(String::new(), |factor| {
                        format!(", pairing shrank the variance {factor:.1} times")
                    });
                    let effect = d.effect.map_or(String::new(), |g| format!(", g = {g:.2}"));
                    format!(
                        "{}: {name}: {:.4} [{:.4} to {:.4}], {} pairs{effect}{paired}\n",
                        outcome.title,
                        d.difference.estimate,
                        d.difference.lower,
                        d.difference.upper,
                        d.pairs
                    )
                }
            };
        }
    }
    if let Some(why) = &ended.stopped {
        text += &format!("{why}\n");
    }
    if ended.failed > 0 {
        text += &format!(
            "{} runs failed; causes and commands that repeat them are in tables/runs.parquet\n",
            ended.failed
        );
    }
    text += &format!(
        "{} in {}: {}\n",
        plan.file.name,
        spent(seconds),
        out.display()
    );
    text
}

/// The command that gives the results again.
fn command(arguments: &ExperimentArguments) -> String {
    let mut command = format!(
        "allies experiment {}",
        super::run::quoted(&arguments.experiment.display().to_string())
    );
    if let Some(replicates) = arguments.replicates {
        command += &format!(" --replicates {replicates}");
    }
    if let Some(seed) = arguments.seed {
        command += &format!(" --seed {seed}");
    }
    for set in &arguments.sets {
        command += &format!(" --set {}", super::run::quoted(set));
    }
    command
}

/// A time in words.
pub(super) fn spent(seconds: f64) -> String {
    match seconds {
        s if s < 100.0 => format!("{s:.1} s"),
        s if s < 6000.0 => format!("{:.1} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

fn bytes(bytes: f64) -> String {
    match bytes {
        b if b < 1e6 => format!("{:.0} kB", b / 1e3),
        b if b < 1e9 => format!("{:.0} MB", b / 1e6),
        b => format!("{:.1} GB", b / 1e9),
    }
}
