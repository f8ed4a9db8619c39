//! The tables of an experiment, with units and meanings.

use crate::records::{ColumnSpec, Kind, TableSpec};

macro_rules! columns {
    ($($name:literal $kind:ident $unit:literal: $meaning:literal;)*) => {
        &[$(ColumnSpec { name: $name, kind: Kind::$kind, unit: $unit, meaning: $meaning }),*]
    };
}

/// One row a run and outcome.
pub static OUTCOMES: TableSpec = TableSpec {
    name: "outcomes",
    meaning: "`outcomes`: one row a run and outcome, by arm and replicate.",
    columns: columns! {
        "arm" Text "arm": "Arm of the experiment.";
        "replicate" Integer "replicate": "Replicate, from 1; the same number is the same luck in every arm.";
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
