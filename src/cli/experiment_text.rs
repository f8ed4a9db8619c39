//! What is said of an experiment: what it will cost, how it is divided, what came out.

use std::path::Path;

use crate::analysis::statistics::{PairedDifference, mean_interval};
use crate::experiment::{Ended, Forecast, Plan, Store, difference};

/// A forecast in lines.
pub(super) fn told(
    plan: &Plan,
    expected: &Forecast,
    threads: usize,
    budget: Option<f64>,
) -> String {
    let first = expected.runs - expected.further;
    let mut text = format!(
        "{}: {} arms x {} replicates = {first} runs{}\n",
        plan.file.name,
        plan.arms.len(),
        plan.file.replicates,
        if first < plan.arms.len() * plan.file.replicates as usize {
            " (each replicate runs the subsets that it samples)"
        } else {
            ""
        }
    );
    if expected.further > 0 {
        text += &format!(
            "         and up to {} in further rounds and the check\n",
            expected.further
        );
    }
    if let Some(replicates) = expected.stops_at {
        text += &format!(
            "         at most; the rule is likely to stop it after some {replicates} replicates, roughly, from a few pairs\n"
        );
    }
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

/// CPU time below which a cluster is not worth the trouble [seconds].
const WORTH: f64 = 3600.0;

/// How an experiment is divided, in lines.
pub(super) fn divided(plan: &Plan, store: &Store, file: &str) -> String {
    let parts = store.parts();
    let runs: usize = parts
        .iter()
        .map(|part| part.arms.len() * (part.last - part.first + 1) as usize)
        .sum();
    let seconds = plan.estimated_seconds() * runs as f64;
    let mut text = format!(
        "{}: {} arms x {} replicates = {runs} runs in {} parts\n",
        plan.file.name,
        plan.arms.len(),
        plan.file.replicates,
        parts.len()
    );
    if plan.file.stop.is_some() {
        text += "rounds   at most that: after each round, the rule looks whether it is enough\n";
    }
    if let Some(calibration) = &plan.file.calibration {
        text += &format!(
            "rounds   up to {} further ones, each of up to {} runs, and the check\n",
            calibration.rounds - 1,
            calibration.particles * plan.file.replicates
        );
    }
    text += &format!(
        "CPU      about {}, by an estimate from people and weeks; --dry-run measures it\n",
        spent(seconds)
    );
    text += &format!(
        "disk     {} and the tables that are kept\n",
        bytes(plan.bytes(runs))
    );
    if seconds < WORTH {
        text += "shards   less than an hour of work: one machine is enough\n";
    } else {
        let shards =
            |each: f64, most: usize| ((seconds / each) as usize).clamp(1, most.min(parts.len()));
        text += &format!(
            "shards   {} on Slurm (half an hour each), {} on Kubernetes or AWS Batch (five minutes each), {} on \
             HyperQueue or Ray (one a part)\n",
            shards(1800.0, 1000),
            shards(300.0, 10_000),
            parts.len()
        );
    }
    let out = super::quoting::quoted(&store.root().display().to_string());
    text += &format!(
        "plan.json and plan.parquet are in {out}; go on with\n  allies experiment {file} --out {out} --shard K/N\n"
    );
    text
}

/// What came out, in lines.
pub(super) fn closing(plan: &Plan, ended: &Ended, out: &Path, seconds: f64) -> String {
    let mut text = String::new();
    text += &differences(plan, ended);
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

/// The arms and their paired differences, outcome by outcome.
fn differences(plan: &Plan, ended: &Ended) -> String {
    const LINES: usize = 40;
    const ARMS: usize = 8;
    let mut text = String::new();
    let mut left = LINES;
    let arms = plan.file.compared(plan.arms.len());
    let arms = if arms > ARMS { 0 } else { arms };
    for (o, outcome) in plan.outcomes.iter().enumerate() {
        if plan.contrasts.is_empty() {
            break;
        }
        if left == 0 {
            text += "… and more in summary.csv\n";
            break;
        }
        text += &format!("{}\n", outcome.title);
        for a in 0..arms {
            text += &format!("  {}: {}\n", plan.arms[a].name, mean_of(plan, ended, a, o));
        }
        for (c, (name, arm, reference)) in plan.contrasts.iter().enumerate().take(left) {
            let found = difference(plan, &ended.results, c, o, ended.replicates);
            let nowhere = |arm: &&usize| values(ended, **arm, o).is_empty();
            let found = match (found, [arm, reference].into_iter().find(nowhere)) {
                (Some(found), _) => shown(&found),
                (None, Some(arm)) => {
                    format!(
                        "not defined, since no run of {} has a value",
                        plan.arms[*arm].name
                    )
                }
                (None, None) => "too few pairs of runs with a value".to_owned(),
            };
            text += &format!("  {name}: {found}\n");
        }
        left = left.saturating_sub(plan.contrasts.len() + arms);
    }
    text
}

/// The values of an outcome in an arm.
fn values(ended: &Ended, arm: usize, outcome: usize) -> Vec<f64> {
    let column = ended.results.column(arm, outcome, ended.replicates);
    column.into_iter().flatten().collect()
}

/// The mean of an outcome in an arm, with its interval.
fn mean_of(plan: &Plan, ended: &Ended, arm: usize, outcome: usize) -> String {
    let values = values(ended, arm, outcome);
    match mean_interval(&values, plan.file.confidence.get()) {
        Some(mean) => format!(
            "{:.4} [{:.4} to {:.4}], {} runs",
            mean.estimate,
            mean.lower,
            mean.upper,
            values.len()
        ),
        None => format!("{} runs with a value", values.len()),
    }
}

/// A paired difference in a line: the most likely value, its interval, and what pairing did for it.
fn shown(d: &PairedDifference) -> String {
    let paired = match d.variance_reduction {
        Some(factor) if factor >= 1.05 => {
            format!(", pairing made the variance {factor:.1} times smaller")
        }
        Some(_) => ", pairing did not make the variance smaller".to_owned(),
        None => String::new(),
    };
    let effect = d.effect.map_or(String::new(), |g| format!(", g = {g:.2}"));
    format!(
        "{:.4} [{:.4} to {:.4}], {} pairs{effect}{paired}",
        d.difference.estimate, d.difference.lower, d.difference.upper, d.pairs
    )
}

/// A time in words.
pub(super) fn spent(seconds: f64) -> String {
    match seconds {
        s if s < 100.0 => format!("{s:.1} s"),
        s if s < 6000.0 => format!("{:.1} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

pub(super) fn bytes(bytes: f64) -> String {
    match bytes {
        b if b < 1e6 => format!("{:.0} kB", b / 1e3),
        b if b < 1e9 => format!("{:.0} MB", b / 1e6),
        b => format!("{:.1} GB", b / 1e9),
    }
}
