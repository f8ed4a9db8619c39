//! The files of an organisation that a scenario imports.

use std::path::{Path, PathBuf};

use super::output::print_error;
use crate::initialization::Imported;
use crate::scenario::{Loaded, Scenario};

/// The folder that paths in a scenario start from.
pub(super) fn folder_of(scenario: &Path) -> PathBuf {
    scenario.parent().unwrap_or(Path::new(".")).to_owned()
}

/// The imported organisation of a scenario: Some(None) when it has none, None when the files are wrong (the problems are printed).
#[allow(clippy::option_option)] // three outcomes, used twice, right here
pub(super) fn read_import(
    loaded: &Loaded<Scenario>,
    base: &Path,
) -> anyhow::Result<Option<Option<Imported>>> {
    match crate::model::read_import(loaded, base) {
        Ok(import) => Ok(Some(import)),
        Err(problems) => {
            print_error(&problems.to_string())?;
            Ok(None)
        }
    }
}
