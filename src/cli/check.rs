//! `allies check`: every problem of a scenario, or of an experiment, at once.

use std::path::PathBuf;

use clap::Args;

use super::experiment::planned;
use super::imports::folder_of;
use super::kind::{Kind, kind};
use super::output::{FINE, WRONG_INPUT, print, print_error, print_problems};
use crate::experiment::Changes;
use crate::scenario::{Scenario, load};

/// Check a scenario or an experiment: all problems at once, each with its place
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Scenario file, or experiment file
    pub scenario: PathBuf,
    /// Change one value: path.to.key=value; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
}

/// Prints `ok` or the problems; the exit code.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn run(arguments: &Check) -> anyhow::Result<u8> {
    if kind(&arguments.scenario) == Some(Kind::Experiment) {
        return experiment(arguments);
    }
    match load::<Scenario>(&arguments.scenario, &arguments.sets) {
        Ok(loaded) => {
            if !loaded.warnings.is_empty() {
                print_problems(&loaded.warnings)?;
            }
            let base = folder_of(&arguments.scenario);
            if let Err(problems) = crate::model::read_import(&loaded, &base) {
                print_error(&problems.to_string())?;
                return Ok(WRONG_INPUT);
            }
            let short = loaded.hash.get(..12).unwrap_or(&loaded.hash);
            let name = arguments.scenario.display();
            print(&format!("ok: {name} (resolved scenario {short})\n"))?;
            Ok(FINE)
        }
        Err(problems) => {
            print_problems(&problems)?;
            Ok(WRONG_INPUT)
        }
    }
}

/// Checks an experiment, its scenario and what every arm makes of it; the exit code.
fn experiment(arguments: &Check) -> anyhow::Result<u8> {
    let changes = Changes {
        sets: arguments.sets.clone(),
        ..Changes::default()
    };
    let Some(plan) = planned(&arguments.scenario, &changes, false)? else {
        return Ok(WRONG_INPUT);
    };
    print(&format!(
        "ok: {} (experiment: {} arms, {} runs)\n",
        arguments.scenario.display(),
        plan.arms.len(),
        plan.runs()
    ))?;
    Ok(FINE)
}
