//! `allies chart` of one run: its charts again, from its tables.

use std::path::Path;

use super::output::{FAILED, WRONG_INPUT};
use crate::analysis::{Analysis, Focus, ReadError, Rows};
use crate::charts::{self, Drawn, Options};
use crate::records::{Fault, Results};

/// Draws the charts; on failure the exit code and what to say.
pub(super) fn draw(
    results: &Path,
    focus: &Focus,
    options: &Options,
    folder: &Path,
) -> Result<Drawn, (u8, String)> {
    options
        .check()
        .map_err(|error| (WRONG_INPUT, error.to_string()))?;
    let rows = read(results, focus)?;
    charts::draw_all(&Analysis::of(&rows), options, folder).map_err(|error| failed(&error))
}

/// The tables of a run; on failure the exit code and what to say.
pub(super) fn read(results: &Path, focus: &Focus) -> Result<Rows, (u8, String)> {
    Results::open(results)
        .map_err(ReadError::from)
        .and_then(|results| Rows::read_with(&results, focus))
        .map_err(|error| {
            let code = match &error {
                ReadError::Records(records) if records.fault() == Fault::Failed => FAILED,
                _ => WRONG_INPUT,
            };
            (code, error.to_string())
        })
}

/// Exit code and message of a picture that cannot be written, with the cause.
pub(super) fn failed(error: &charts::Error) -> (u8, String) {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    let advice = match error {
        charts::Error::Write { .. } => "; choose another --out",
        _ => "",
    };
    let cause = cause.unwrap_or_default();
    (FAILED, format!("{error}{cause}{advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::samples;

    #[test]
    fn what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let draw = |results: &Path, options: &Options| {
            draw(results, &Focus::default(), options, folder.path()).unwrap_err()
        };
        let options = Options::default();
        let (code, message) = draw(&folder.path().join("nowhere"), &options);
        assert_eq!(code, WRONG_INPUT);
        assert!(
            message.contains("nowhere") && message.contains("no such folder"),
            "{message}"
        );

        let results = folder.path().join("results");
        samples::write(&samples::firm(21), &results);
        let misspelt = Options {
            only: vec!["promotion".into()],
            ..Options::default()
        };
        let (code, message) = draw(&results, &misspelt);
        assert_eq!(code, WRONG_INPUT);
        assert!(message.contains("did you mean `promotions`"), "{message}");

        std::fs::remove_file(results.join("tables/placements.csv")).unwrap();
        let (code, message) = draw(&results, &options);
        assert_eq!(code, WRONG_INPUT);
        assert!(message.contains("placements"), "{message}");
    }
}
