//! `allies run`: one firm, from scenario to tables, networks, charts and report.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::imports::{folder_of, read_import};
use super::interrupt;
use super::kind::{Kind, kind};
use super::output::{FINE, WRONG_INPUT, print, print_error, print_problems};
use super::progress::Progress;
use super::quoting::{quoted, sets_quoted};
use super::results::{Timing, describe, write_scenario, write_tables};
use super::threads::pool;
use crate::experiment::{
    CheckpointError, Finished, How, RunError, Start, read_checkpoint, run_how, write_checkpoint,
};
use crate::language::Language;
use crate::records::wanted::Wanted;
use crate::records::{ResultsFolder, TableFormat, moment};
use crate::scenario::{Loaded, Problems, Scenario, load};
use crate::units::Years;

/// Run a scenario and write its results
#[derive(Debug, Args)]
pub(super) struct Run {
    /// Scenario file
    pub scenario: PathBuf,
    /// Seed in place of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Length of the run in place of the scenario's [years]
    #[arg(long, value_name = "N")]
    pub years: Option<u32>,
    /// Folder of the results [default: output/<scenario name>/seed-<seed>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Change one value: path.to.key=value; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Form of the tables
    #[arg(long, value_enum, default_value = "both")]
    pub tables: Tables,
    /// Language of charts, report and sentences: en, de
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = Language::of_code)]
    pub language: Language,
    /// Keep the state before this week, in checkpoints/ of the results, to go on or branch from; burn-in weeks are negative
    #[arg(long, value_name = "WEEK", allow_negative_numbers = true)]
    pub checkpoint_at: Option<i32>,
    /// Start from a state that --checkpoint-at kept
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Write no charts and no report
    #[arg(long)]
    pub no_charts: bool,
    /// Replace results that are there already
    #[arg(long)]
    pub force: bool,
    /// Print errors only
    #[arg(long)]
    pub quiet: bool,
}

/// Form of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Tables {
    /// Parquet files
    Parquet,
    /// CSV files
    Csv,
    /// Both
    Both,
}

/// Runs and writes; the exit code.
///
/// # Errors
/// When the results cannot be written, or the run was interrupted.
pub(super) fn run(arguments: &Run) -> anyhow::Result<u8> {
    let mut sets = arguments.sets.clone();
    sets.extend(arguments.seed.map(|seed| format!("seed={seed}")));
    let (loaded, left_out) = match load_for_years(&arguments.scenario, &sets, arguments.years) {
        Ok(loaded) => loaded,
        Err(problems) => {
            print_problems(&problems)?;
            if kind(&arguments.scenario) == Some(Kind::Experiment) {
                let file = quoted(&arguments.scenario.display().to_string());
                print_error(&format!(
                    "this is an experiment: allies experiment {file}\n"
                ))?;
            }
            return Ok(WRONG_INPUT);
        }
    };
    if !loaded.warnings.is_empty() && !arguments.quiet {
        print_problems(&loaded.warnings)?;
    }
    let base = folder_of(&arguments.scenario);
    let Some(import) = read_import(&loaded, &base)? else {
        return Ok(WRONG_INPUT);
    };
    let mut scenario = loaded.value;
    scenario.complete();
    let start = match start_of(arguments, &scenario)? {
        Ok(start) => start,
        Err(wrong) => {
            print_error(&format!("error: {wrong}\n"))?;
            return Ok(WRONG_INPUT);
        }
    };
    let target = arguments.out.clone().unwrap_or_else(|| {
        Path::new("output")
            .join(&scenario.name)
            .join(format!("seed-{}", scenario.seed))
    });
    // the place is claimed before the run, so that hours of work are not lost to a taken name
    let folder = ResultsFolder::create(&target, arguments.force)?;
    let pool = pool(arguments.threads)?;
    let started = moment::now();
    let clock = Instant::now();
    let stop = interrupt::flag();
    let person_years =
        u64::from(scenario.organisation.employees.get()) * u64::from(scenario.years.get());
    let mut progress = Progress::new(arguments.quiet, "week", person_years > 50_000);
    let mut finished = pool.install(|| {
        let how = How {
            import: import.as_ref(),
            start,
            wanted: Wanted::EVERYTHING,
            checkpoint_at: arguments.checkpoint_at,
        };
        run_how(
            scenario.clone(),
            how,
            &mut |week, weeks| progress.tell(week, weeks),
            &stop,
        )
    })?;
    keep_states(arguments, &folder, &scenario, &finished)?;
    finished.notes.splice(0..0, left_out);
    let simulated = clock.elapsed().as_secs_f64();
    progress.done();
    let hash = write_scenario(&folder, &scenario, &base)?;
    let format = match arguments.tables {
        Tables::Parquet => TableFormat::Parquet,
        Tables::Csv => TableFormat::Csv,
        Tables::Both => TableFormat::Both,
    };
    let entries = pool.install(|| write_tables(&folder, &finished, format))?;
    stopped(&stop)?;
    let command = command(arguments, &scenario);
    let summary = pool.install(|| {
        super::presentation::write(
            &folder,
            &finished,
            &scenario,
            &hash,
            &command,
            !arguments.no_charts,
            arguments.language,
        )
    })?;
    stopped(&stop)?;
    let timing = Timing {
        started,
        clock,
        threads: pool.current_num_threads(),
    };
    let description = describe(&scenario, hash, command, timing, &finished.notes);
    let place = folder.finish(description, entries)?;
    if !arguments.quiet {
        let mut text = String::new();
        for note in &finished.notes {
            text += &format!("note: {note}\n");
        }
        text += &format!("{}\n", summary.join("\n"));
        text += &format!(
            "{} in {simulated:.2} s of simulation, {:.1} s in all: {}\n",
            scenario.name,
            clock.elapsed().as_secs_f64(),
            shown(&target, &place)
        );
        print(&text)?;
    }
    Ok(FINE)
}

/// Loads a scenario for a length given on the command line. A shorter run than the scenario's is a shorter look at the
/// same firm: what is scheduled beyond its end is left out, and said.
fn load_for_years(
    file: &Path,
    sets: &[String],
    years: Option<u32>,
) -> Result<(Loaded<Scenario>, Vec<String>), Problems> {
    let Some(years) = years else {
        return Ok((load(file, sets)?, Vec::new()));
    };
    let with_years = [sets, &[format!("years={years}")]].concat();
    load(file, &with_years)
        .map(|loaded| (loaded, Vec::new()))
        .or_else(|problems| match load::<Scenario>(file, sets) {
            Ok(mut loaded) if (1..loaded.value.years.get()).contains(&years) => {
                let left_out = loaded.value.shorten(Years::new(years));
                Ok((loaded, left_out))
            }
            _ => Err(problems),
        })
}

/// The place of the results as a user would type it.
fn shown(target: &Path, place: &Path) -> String {
    if target.exists() {
        target.display().to_string()
    } else {
        place.display().to_string()
    }
}

/// The error of an interrupted run, if it was.
pub(super) fn stopped(stop: &AtomicBool) -> anyhow::Result<()> {
    if stop.load(Ordering::Relaxed) {
        return Err(RunError::InterruptedWriting.into());
    }
    Ok(())
}

/// Where the run starts, or what is wrong with where it should start or be kept.
fn start_of(arguments: &Run, scenario: &Scenario) -> anyhow::Result<Result<Start, String>> {
    let last = scenario.years.get() as i32 * crate::units::WEEKS_PER_YEAR;
    let imported = scenario.organisation.import.is_some();
    let first = if imported {
        0
    } else {
        -(scenario.burn_in.get() as i32)
    };
    if let Some(week) = arguments.checkpoint_at
        && !(first..=last).contains(&week)
    {
        return Ok(Err(format!(
            "--checkpoint-at {week}: the run goes from week {first} to week {last}"
        )));
    }
    let Some(file) = &arguments.from else {
        return Ok(Ok(Start::Beginning));
    };
    match read_checkpoint(file, scenario) {
        Ok(start) => Ok(Ok(start)),
        Err(CheckpointError::Records(error)) => Err(error.into()),
        Err(wrong) => Ok(Err(wrong.to_string())),
    }
}

/// Where the state that a run started from is copied to, so that it can be verified.
pub(super) const STARTED_FROM: &str = "inputs/start.checkpoint";

/// Writes the state that was asked for, and copies the one that the run started from.
fn keep_states(
    arguments: &Run,
    folder: &ResultsFolder,
    scenario: &Scenario,
    finished: &Finished,
) -> anyhow::Result<()> {
    if let Some(state) = &finished.checkpoint {
        let name = format!("checkpoints/week-{}.checkpoint", state.world.week);
        write_checkpoint(&folder.path().join(name), scenario, state)?;
    }
    if let Some(file) = &arguments.from {
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        folder.write_file(STARTED_FROM, |to| std::io::Write::write_all(to, &bytes))?;
    }
    Ok(())
}

/// The command that repeats the run.
fn command(arguments: &Run, scenario: &Scenario) -> String {
    let mut command = format!(
        "allies run {} --seed {}",
        quoted(&arguments.scenario.display().to_string()),
        scenario.seed
    );
    if let Some(years) = arguments.years {
        command += &format!(" --years {years}");
    }
    if let Some(file) = &arguments.from {
        command += &format!(" --from {}", quoted(&file.display().to_string()));
    }
    command + &sets_quoted(&arguments.sets)
}
