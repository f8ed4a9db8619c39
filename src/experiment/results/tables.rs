//! The tables of an experiment, with units and meanings.

use crate::records::{ColumnSpec, Kind, TableSpec};

macro_rules! columns {
    ($($name:literal $kind:ident $unit:literal: $meaning:literal;)*) => {
        &[$(ColumnSpec { name: $name, kind: Kind::$kind, unit: $unit, meaning: $meaning }),*]
    };
}

/// One row a run that is planned.
pub static PLANNED: TableSpec = TableSpec {
    name: "plan",
    meaning: "`plan`: one row a run that is planned, by part; in `plan.parquet`, beside `plan.json`.",
    columns: columns! {
        "part" Text "part": "Part that it belongs to: what is finished at once. Shard K of N does part K, N + K, 2 N + K …";
        "arm" Text "arm": "Arm of the experiment.";
        "replicate" Integer "replicate": "Replicate, from 1; the same number is the same luck in every arm, but for the particles of a calibration.";
        "seed" Integer "seed": "Seed of the run.";
        "run" Text "run id": "What the run is known by wherever it runs: scenario, root seed and replicate.";
        "estimate" Real "seconds": "CPU time by an estimate from people and weeks, the same on every machine.";
    },
};

/// One row a run and outcome.
pub static OUTCOMES: TableSpec = TableSpec {
    name: "outcomes",
    meaning: "`outcomes`: one row a run and outcome, by arm and replicate.",
    columns: columns! {
        "arm" Text "arm": "Arm of the experiment.";
        "replicate" Integer "replicate": "Replicate, from 1; the same number is the same luck in every arm, but for the particles of a calibration.";
        "seed" Integer "seed": "Seed of the run: `allies run --seed` repeats it.";
        "outcome" Text "outcome": "What was read off the run.";
        "value" Real "unit of the outcome": "Its value; missing where it is not defined, or the run failed.";
    },
};

/// One row a run.
pub static RUNS: TableSpec = TableSpec {
    name: "runs",
    meaning: "`runs`: one row a run, by arm and replicate.",
    columns: columns! {
        "arm" Text "arm": "Arm of the experiment.";
        "replicate" Integer "replicate": "Replicate, from 1.";
        "seed" Integer "seed": "Seed of the run.";
        "run" Text "run id": "What the run is known by wherever it runs: scenario, root seed and replicate.";
        "status" Text "one of": "done or failed.";
        "cause" Text "text": "Why it failed; missing for the others.";
        "repeat" Text "command": "Command that repeats it alone; given for failed runs.";
    },
};

/// One row an arm and factor.
pub static ARMS: TableSpec = TableSpec {
    name: "arms",
    meaning: "`arms`: one row an arm and what it sets.",
    columns: columns! {
        "arm" Text "arm": "Arm of the experiment.";
        "factor" Text "factor": "Factor of the design, or key of the scenario that the arm sets; missing for an arm that sets nothing.";
        "value" Text "text": "Its value in this arm.";
        "number" Real "unit of the key": "The value as a number; missing where it is none.";
    },
};

/// One row a contrast (or arm) and outcome.
pub static SUMMARY: TableSpec = TableSpec {
    name: "summary",
    meaning: "`summary`: one row an arm or contrast, and outcome.",
    columns: columns! {
        "kind" Text "one of": "arm: the mean of one arm. contrast: the paired difference of two.";
        "name" Text "name": "Name of the arm or contrast.";
        "outcome" Text "outcome": "What was read off the runs.";
        "arm" Text "arm": "The arm.";
        "reference" Text "arm": "What it is compared with; missing for an arm alone.";
        "runs" Integer "runs or pairs": "Runs with a value, or pairs with both.";
        "missing" Integer "runs or pairs": "Runs or pairs without: not defined there, or failed.";
        "estimate" Real "unit of the outcome": "Mean over the runs, or mean of the paired differences.";
        "lower" Real "unit of the outcome": "Lower end of its interval (Student's t).";
        "upper" Real "unit of the outcome": "Upper end of its interval.";
        "deviation" Real "unit of the outcome": "Standard deviation between runs, or of the differences.";
        "effect" Real "standard deviations": "Hedges' g: the difference in standard deviations of the outcome; missing where nothing varies.";
        "effect_paired" Real "standard deviations": "d_z: the difference in its own standard deviations.";
        "variance_reduction" Real "factor": "How many times smaller pairing by the same luck made the variance of the difference; missing where it does not vary.";
        "p" Real "probability": "Two-sided p of no difference (t test of the pairs), not corrected for several comparisons.";
        "p_holm" Real "probability": "The same, corrected over all contrasts and outcomes (Holm 1979).";
    },
};

/// One row an outcome, contrast and mechanism.
pub static ATTRIBUTION: TableSpec = TableSpec {
    name: "attribution",
    meaning: "`attribution`: one row an outcome, contrast and mechanism of an ablation.",
    columns: columns! {
        "outcome" Text "outcome": "What was read off the runs.";
        "of" Text "contrast or arm": "What is attributed: a contrast, or an outcome of one arm.";
        "kind" Text "one of": "mechanism. remainder: what is there with all mechanisms off. whole: with all on.";
        "mechanism" Text "mechanism": "The mechanism.";
        "value" Real "unit of the outcome": "Shapley value: what it adds, averaged over all orders of switching on.";
        "lower" Real "unit of the outcome": "Lower end of its interval over replicates (Student's t).";
        "upper" Real "unit of the outcome": "Upper end of its interval.";
        "share" Real "share": "Value over the whole contrast; missing where the whole may be zero.";
        "share_lower" Real "share": "Lower end of its interval (bootstrap over replicates).";
        "share_upper" Real "share": "Upper end of its interval.";
        "replicates" Integer "replicates": "Replicates all of whose runs have a value.";
        "missing" Integer "replicates": "Replicates without.";
        "sampling_error" Real "unit of the outcome": "Standard error of the value that comes from sampling orders, part of what its interval shows; missing where every subset was run, or with one pair of orders a replicate.";
    },
};

/// One row an outcome, factor and measure.
pub static SENSITIVITY: TableSpec = TableSpec {
    name: "sensitivity",
    meaning: "`sensitivity`: one row an outcome, factor and measure.",
    columns: columns! {
        "outcome" Text "outcome": "What was read off the runs.";
        "factor" Text "factor": "Factor of the design.";
        "measure" Text "one of": "mu_star, mu, sigma (Morris: mean absolute effect, mean effect, spread of effects over the whole range); first, total (Sobol: share of the variance alone, with interactions).";
        "estimate" Real "unit of the outcome, or share": "Its estimate.";
        "lower" Real "as the estimate": "Lower end of its interval (bootstrap over trajectories or rows); missing where there is none.";
        "upper" Real "as the estimate": "Upper end of its interval.";
        "noise" Real "as the estimate": "What luck makes: the mu_star of pure luck, the standard error of one effect (mu, sigma), or the standard deviation between replicates analysed alone; missing with one replicate a point.";
        "used" Integer "effects or rows": "Effects or rows used.";
        "missing" Integer "effects or rows": "Effects or rows lost to failed runs.";
    },
};

/// One row a calibrated key.
pub static POSTERIOR: TableSpec = TableSpec {
    name: "posterior",
    meaning: "`posterior`: one row a calibrated key.",
    columns: columns! {
        "key" Text "key": "Key of the scenario.";
        "from" Real "unit of the key": "Lower end of the prior.";
        "to" Real "unit of the key": "Upper end of the prior.";
        "mean" Real "unit of the key": "Weighted mean of the posterior.";
        "deviation" Real "unit of the key": "Weighted standard deviation of the posterior.";
        "lower" Real "unit of the key": "Lower end of the posterior's interval.";
        "upper" Real "unit of the key": "Upper end of it.";
        "rounds" Integer "rounds": "Rounds that were run.";
        "tolerance" Real "scales of the targets": "Largest distance kept.";
        "effective" Real "particles": "Effective number of particles.";
    },
};

/// One row a particle and key.
pub static PARTICLES: TableSpec = TableSpec {
    name: "particles",
    meaning: "`particles`: one row a particle of the posterior and key, best fit first.",
    columns: columns! {
        "particle" Integer "number": "The particle.";
        "key" Text "key": "Key of the scenario.";
        "value" Real "unit of the key": "Its value.";
        "weight" Real "relative": "Weight of the particle.";
        "distance" Real "scales of the targets": "Distance of its outcomes from the targets.";
    },
};

/// One row a target.
pub static PREDICTIVE: TableSpec = TableSpec {
    name: "predictive",
    meaning: "`predictive`: one row a target of a calibration: draws from the posterior, each run with luck of its own.",
    columns: columns! {
        "outcome" Text "outcome": "What was observed.";
        "target" Real "unit of the outcome": "Its observed value.";
        "scale" Real "unit of the outcome": "Size of a bad fit.";
        "runs" Integer "runs": "Draws with a value.";
        "mean" Real "unit of the outcome": "Their mean.";
        "lower" Real "unit of the outcome": "Lower end of the range that holds most of them.";
        "upper" Real "unit of the outcome": "Upper end of it.";
        "below" Real "share": "Share of draws below the target: near 0 or 1, the model does not do what was observed.";
    },
};

/// One row a target and run of the posterior-predictive check.
pub static PREDICTED: TableSpec = TableSpec {
    name: "predicted",
    meaning: "`predicted`: one row a target of a calibration and draw from the posterior, run with luck of its own.",
    columns: columns! {
        "outcome" Text "outcome": "What was observed.";
        "run" Integer "number": "The draw.";
        "value" Real "unit of the outcome": "What it gave, the mean over the replicates.";
    },
};
