//! `allies check`: every problem of a scenario at once.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::output::{FINE, WRONG_INPUT, print, print_error, print_problems};
use crate::scenario::{Scenario, load};

/// Check a scenario: all problems at once, each with its place
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Scenario file
    pub scenario: PathBuf,
    /// Change one value: path.to.key=value; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
}

/// Prints `ok` or the problems; the exit code.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn run(arguments: &Check) -> io::Result<u8> {
    match load::<Scenario>(&arguments.scenario, &arguments.sets) {
        Ok(loaded) => {
            if !loaded.warnings.is_empty() {
                print_problems(&loaded.warnings)?;
            }
            let base = arguments.scenario.parent().unwrap_or(Path::new("."));
            if let Err(problems) = crate::model::read_import(&loaded, base) {
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
