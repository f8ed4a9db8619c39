//! `allies chart` of several runs: one picture with all of them side by side.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::chart_run::{failed, read};
use super::output::WRONG_INPUT;
use super::quoting::quoted;
use crate::analysis::{Analysis, Focus, Side};
use crate::charts::{Drawn, Options, SIDE_BY_SIDE, draw_side_by_side};
use crate::experiment::is_experiment;

/// Most runs in one picture: more rows would not be read.
const MOST: usize = 9;

/// Draws the picture; on failure the exit code and what to say.
pub(super) fn draw(
    folders: &[PathBuf],
    focus: &Focus,
    options: &Options,
    folder: &Path,
) -> Result<Drawn, (u8, String)> {
    let wrong = |message: String| Err((WRONG_INPUT, message));
    if let Some(other) = options.only.iter().find(|name| *name != SIDE_BY_SIDE) {
        return wrong(format!(
            "of several folders only `{SIDE_BY_SIDE}` is drawn, not `{other}`; give one folder for it"
        ));
    }
    if *focus != Focus::default() {
        return wrong(
            "--employee and --snapshot are for the charts of one run; give one folder".to_owned(),
        );
    }
    if folders.len() > MOST {
        return wrong(format!(
            "{} folders are too many for one picture; give {MOST} at most, or run an experiment",
            folders.len()
        ));
    }
    if let Some(other) = folders.iter().find(|folder| is_experiment(folder)) {
        return wrong(format!(
            "{} is an experiment; only runs are drawn side by side",
            other.display()
        ));
    }
    let mut sides = Vec::with_capacity(folders.len());
    for folder in folders {
        let rows = read(folder, focus)?;
        sides.push(Side::of(&rows, &Analysis::of(&rows)));
    }
    for (side, label) in sides.iter_mut().zip(labels(folders)) {
        side.label = label;
    }
    let words: Vec<String> = folders
        .iter()
        .map(|folder| quoted(&folder.display().to_string()))
        .collect();
    let command = format!("allies chart {}", words.join(" "));
    draw_side_by_side(&sides, &command, options, folder).map_err(|error| failed(&error))
}

/// What to call the runs: the last part of their paths in which all differ, else the whole paths.
fn labels(folders: &[PathBuf]) -> Vec<String> {
    let parts: Vec<Vec<String>> = folders
        .iter()
        .map(|folder| {
            let parts = folder.components().rev();
            parts
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect()
        })
        .collect();
    let deepest = parts.iter().map(Vec::len).min().unwrap_or(0);
    (0..deepest)
        .map(|depth| {
            parts
                .iter()
                .map(|own| own[depth].clone())
                .collect::<Vec<_>>()
        })
        .find(|names| names.iter().collect::<BTreeSet<_>>().len() == names.len())
        .unwrap_or_else(|| {
            let whole = folders.iter().enumerate();
            whole
                .map(|(n, folder)| format!("{} {}", n + 1, folder.display()))
                .collect()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_called_by_what_tells_their_paths_apart() {
        let of = |paths: &[&str]| labels(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(
            of(&["out/office/seed-7", "out/remote/seed-7"]),
            ["office", "remote"]
        );
        assert_eq!(of(&["a/seed-7", "a/seed-8"]), ["seed-7", "seed-8"]);
        assert_eq!(of(&["a", "a"]), ["1 a", "2 a"]);
    }
}
