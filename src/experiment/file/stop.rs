//! When an experiment stops before all replicates are run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::check_outcome;
use crate::scenario::Findings;

/// When to stop: as soon as the half-width of the difference of the first contrast (or of all) is small enough.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Stop {
    /// Outcome that is watched; the first when left out [name of an outcome].
    pub outcome: Option<String>,
    /// Half-width of the difference's interval at which it stops, in the unit of the outcome.
    pub half_width: f64,
    /// Replicates before the first look [count].
    pub least: u32,
    /// Replicates between two looks [count].
    pub step: u32,
}

impl Default for Stop {
    fn default() -> Self {
        Self {
            outcome: None,
            half_width: 0.0,
            // the number from which the coverage that docs/how-to/read-intervals.md states was measured
            least: 30,
            step: 10,
        }
    }
}

pub(in crate::experiment) fn check_stop(
    stop: &Stop,
    replicates: u32,
    outcomes: &[&String],
    findings: &mut Findings,
) {
    if !(stop.half_width > 0.0 && stop.half_width.is_finite()) {
        findings.problem(
            "stop.half_width",
            format!("a half-width of {} is never reached", stop.half_width),
            "give the half-width of the difference that is small enough, in the outcome's unit",
        );
    }
    if stop.least < 2 {
        findings.problem(
            "stop.least",
            format!("{} replicates have no half-width", stop.least),
            "use 2 or more; coverage was measured from 30 on",
        );
    }
    if stop.least > replicates && replicates > 0 {
        findings.problem(
            "stop.least",
            format!(
                "the first look comes after {} replicates, and there are {replicates} at most",
                stop.least
            ),
            "make `replicates`, the most that are run, larger, or `least` smaller",
        );
    }
    if stop.step == 0 {
        findings.problem("stop.step", "there is never a second look", "use 1 or more");
    }
    if let Some(name) = &stop.outcome {
        check_outcome("stop.outcome", name, outcomes, findings);
    }
}
