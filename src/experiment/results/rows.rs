//! The rows of one run, and the command that repeats it.

use super::values::Results;
use crate::experiment::planning::Plan;
use crate::records::{Table, TableError};

/// Adds the rows of one run, if it is done.
pub(in crate::experiment) fn enter(
    plan: &Plan,
    results: &Results,
    (arm, replicate): (usize, u32),
    outcomes: &mut Table,
    runs: &mut Table,
) -> Result<(), TableError> {
    let Some(run) = results.run(arm, replicate) else {
        return Ok(());
    };
    let name = plan.arms[arm].name.as_str();
    let seed = plan.seed(arm, replicate) as i64;
    for (outcome, value) in plan.outcomes.iter().zip(&run.values) {
        outcomes.push(&[
            name.into(),
            i64::from(replicate).into(),
            seed.into(),
            outcome.name.as_str().into(),
            (*value).into(),
        ])?;
    }
    let id = plan.run_id(arm, replicate);
    let repeat = run.failure.as_ref().map(|_| repeat(plan, arm, replicate));
    let status = if run.failure.is_some() {
        "failed"
    } else {
        "done"
    };
    runs.push(&[
        name.into(),
        i64::from(replicate).into(),
        seed.into(),
        id.as_str().into(),
        status.into(),
        run.failure.as_deref().into(),
        repeat.as_deref().into(),
    ])
}

/// The command that repeats one run alone, from within the results folder.
pub fn repeat(plan: &Plan, arm: usize, replicate: u32) -> String {
    let seed = plan.seed(arm, replicate);
    let mut command = format!("allies run scenario.toml --seed {seed}");
    for setting in &plan.arms[arm].settings {
        let argument = setting.argument().replace('\'', "'\\''");
        command += &format!(" --set '{argument}'");
    }
    command
}
