//! `allies new`: a commented scenario to start from.

use std::io;
use std::path::Path;

use clap::Args;

use super::output::{FAILED, FINE, WRONG_INPUT, print, print_error};
use crate::scenario::{NewError, write_new};

/// Write a commented scenario to start from
#[derive(Debug, Args)]
pub(super) struct New {
    /// Name of the scenario; the file is NAME.toml in this folder
    #[arg(default_value = "scenario")]
    pub name: String,
}

/// Writes the file and says what comes next; the exit code.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn run(arguments: &New) -> io::Result<u8> {
    match write_new(Path::new(""), &arguments.name) {
        Ok(path) => {
            let path = path.display();
            print(&format!(
                "wrote {path}; next: allies check {path}, then allies run {path}\n"
            ))?;
            Ok(FINE)
        }
        Err(error) => {
            print_error(&format!("error: {error}\n"))?;
            let is_wrong = matches!(error, NewError::Name(_) | NewError::Exists(_));
            Ok(if is_wrong { WRONG_INPUT } else { FAILED })
        }
    }
}
