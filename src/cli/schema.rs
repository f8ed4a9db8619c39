//! `allies schema`: the JSON Schema of scenario files, for editors.

use std::io;

use clap::Args;

use super::output::{FINE, print};
use crate::scenario::{Scenario, schema};

/// Print the JSON Schema of scenario files
#[derive(Debug, Args)]
pub(super) struct Schema {}

/// Prints the schema; the exit code.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn run(_: &Schema) -> io::Result<u8> {
    print(&schema::<Scenario>())?;
    Ok(FINE)
}
