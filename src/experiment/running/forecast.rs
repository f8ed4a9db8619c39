//! What an experiment will cost and how sure it will be, from a few runs made to find out.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::looks::rule;
use super::runner;
use crate::analysis::statistics::means::half_width;
use crate::experiment::machine::{peak_memory, process_seconds};
use crate::experiment::planning::Plan;
use crate::experiment::results::{Results, difference};
use crate::experiment::storage::Keeper;

/// Replicates of the pilot.
const PILOT: u32 = 4;

/// Bytes of a row in the parts and the tables together, measured on Parquet files of some thousand rows; a bound.
const ROW: f64 = 60.0;

/// What is to be expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Runs at most.
    pub runs: usize,
    /// Of these, in rounds of a calibration after the first.
    pub further: usize,
    /// Replicates at which a rule is likely to stop it, by the arms of the pilot.
    pub stops_at: Option<usize>,
    /// Runs of the pilot.
    pub pilot: usize,
    /// Of these, failed, with the first cause.
    pub failed: Option<String>,
    /// CPU time of all runs [seconds].
    pub cpu_seconds: f64,
    /// Time until all are done [seconds].
    pub wall_seconds: f64,
    /// Memory, where the system tells [bytes].
    pub memory: Option<f64>,
    /// Disk [bytes].
    pub disk: f64,
    /// Of the first contrast in the first outcome: standard deviation of the difference, half-width at the end.
    pub difference: Option<(f64, f64)>,
}

impl Plan {
    /// Runs at most in the rounds of a calibration after the first, with its check.
    pub(super) fn further_runs(&self) -> usize {
        self.file.calibration.as_ref().map_or(0, |calibration| {
            let points = calibration.further_points() + calibration.checked();
            points * self.file.replicates as usize
        })
    }

    /// Disk that so many runs need, without the tables that are kept [bytes].
    pub fn bytes(&self, runs: usize) -> f64 {
        ROW * (runs * (self.outcomes.len() + 1)) as f64
    }
}

/// Runs a pilot on one thread and extrapolates.
///
/// # Errors
/// When no threads can be started.
pub fn forecast(plan: &Plan, threads: usize, stop: &AtomicBool) -> std::io::Result<Forecast> {
    let arms: Vec<usize> = if let Some((_, arm, reference)) = plan.contrasts.first() {
        vec![*reference, *arm]
    } else {
        // points of a design may cost more or less than others: some from all over it
        let few = plan.arms.len().min(PILOT as usize);
        (0..few).map(|i| i * plan.arms.len() / few).collect()
    };
    let replicates = PILOT.min(plan.file.replicates);
    let inside = if plan.is_large() { threads } else { 1 };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(inside)
        .build()
        .map_err(std::io::Error::other)?;
    let kept = tempfile::tempdir()?;
    let keeper = Keeper::of(plan, kept.path(), "pilot");
    let mut results = Results::new(plan.arms.len(), plan.file.replicates);
    let before = peak_memory();
    let (clock, spent) = (Instant::now(), process_seconds());
    for replicate in 1..=replicates {
        for unit in runner::units(plan, 0, replicate, &arms) {
            let mut failed = Ok(());
            let mut enter = |arm, run: runner::Ran| match run {
                Ok(run) => results.enter(arm, replicate, run),
                Err(error) => failed = Err(std::io::Error::other(error)),
            };
            let how = (&runner::run_arm as runner::RunArm<'_>, keeper.as_ref());
            pool.install(|| runner::execute(plan, &unit, how, stop, &mut enter));
            failed?;
        }
    }
    let pilot = results.done();
    let each = clock.elapsed().as_secs_f64() / pilot.max(1) as f64;
    // beside other work, the time that passes is more than the time that is used
    let used = spent
        .zip(process_seconds())
        .map(|(before, after)| after - before);
    let cpu = used.map_or(each * inside as f64, |used| used / pilot.max(1) as f64);
    let deviation = difference(plan, &results, 0, 0, replicates).map(|d| d.deviation);
    let further = plan.further_runs();
    let runs = plan.runs() + further;
    let wall = each * runs as f64 / if inside > 1 { 1.0 } else { threads as f64 };
    let failed = arms
        .iter()
        .find_map(|&arm| (1..=replicates).find_map(|r| results.run(arm, r)?.failure.clone()));
    let watched = rule(plan);
    // the widest difference decides
    let spread = watched.and_then(|(_, outcome)| {
        let of = |c: usize| Some(difference(plan, &results, c, outcome, replicates)?.deviation);
        (0..plan.contrasts.len()).filter_map(of).reduce(f64::max)
    });
    let confidence = plan.file.confidence.get();
    let held = runs as f64 * plan.outcomes.len() as f64 * 16.0;
    Ok(Forecast {
        runs,
        further,
        stops_at: watched.and_then(|(rule, _)| spread.map(|spread| rule.expected(spread))),
        pilot,
        failed,
        cpu_seconds: cpu * runs as f64,
        wall_seconds: wall,
        memory: before.zip(peak_memory()).map(|(before, after)| {
            let (before, after) = (before as f64, after as f64);
            let workers = if inside > 1 { 1 } else { threads };
            before + (after - before) * workers as f64 + held
        }),
        disk: plan.bytes(runs)
            // once in the parts and once in the tables
            + 2.0 * size(kept.path())? / pilot.max(1) as f64 * runs as f64,
        difference: deviation.and_then(|deviation| {
            let n = plan.file.replicates as usize;
            Some((deviation, half_width(deviation, n, confidence)?))
        }),
    })
}

/// Bytes of the files in a folder.
fn size(folder: &Path) -> std::io::Result<f64> {
    let mut size = 0.0;
    for entry in std::fs::read_dir(folder)? {
        size += entry?.metadata()?.len() as f64;
    }
    Ok(size)
}
