//! `allies new`: a short commented scenario to start from.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// The text of a new scenario; `{name}` stands for its name.
const TEMPLATE: &str = include_str!("new_scenario.toml");

/// Why no scenario was written.
#[derive(Debug, thiserror::Error)]
pub enum NewError {
    /// The name cannot be the name of a scenario and of its results folder.
    #[error(
        "`{0}` cannot be the name of a scenario: use 1 to 80 letters, digits, `-`, `_` and `.`, \
         and begin with a letter or a digit"
    )]
    Name(String),
    /// There is a file already.
    #[error("`{}` exists already; it is left as it is", .0.display())]
    Exists(PathBuf),
    /// The file could not be written.
    #[error("cannot write `{}`: {cause}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// The text of a new scenario.
pub fn new_text(name: &str) -> String {
    TEMPLATE.replace("{name}", name)
}

/// Writes `NAME.toml` into `folder`; a name that ends in `.toml` is taken without that end.
///
/// # Errors
/// When the name is no name, the file exists, or it cannot be written.
pub fn write_new(folder: &Path, name: &str) -> Result<PathBuf, NewError> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    let is_allowed = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let begins_well = name.chars().next().is_some_and(char::is_alphanumeric);
    if !begins_well || name.len() > 80 || !name.chars().all(is_allowed) {
        return Err(NewError::Name(name.to_owned()));
    }
    let path = folder.join(format!("{name}.toml"));
    // `create_new` refuses what exists without a moment between the question and the deed.
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => match file.write_all(new_text(name).as_bytes()) {
            Ok(()) => Ok(path),
            Err(error) => Err(NewError::Write { path, cause: error }),
        },
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(NewError::Exists(path)),
        Err(error) => Err(NewError::Write { path, cause: error }),
    }
}
