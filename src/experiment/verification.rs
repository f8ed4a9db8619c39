//! Verification: runs of an experiment are repeated, each by itself from its beginning, and compared bit by bit.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::campaign::CampaignError;
use super::conclusion::{ExperimentManifest, MANIFEST};
use super::kept::{self, Keeper};
use super::plan::Plan;
use super::record::Part;
use super::results::Kept;
use super::runner::{self, Unit};
use super::store::Store;
use crate::analysis::statistics::Streams;
use crate::records::Error;
use crate::records::manifest::hash_file;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Runs of the experiment that are done.
    pub runs: usize,
    /// Of these, repeated.
    pub repeated: usize,
    /// The first difference, in words; none when there is none.
    pub difference: Option<String>,
}

/// Repeats a random sample of the runs of a folder, or all.
///
/// # Errors
/// Where the folder cannot be read, or someone asked it to stop.
pub fn verify(
    root: &Path,
    plan: &Plan,
    sample: Option<usize>,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Verified, CampaignError> {
    let store = Store::reading(root)?;
    let parts = store.parts();
    let known = store.load_all(plan)?;
    let mut runs: Vec<(usize, u32)> = (0..plan.arms.len())
        .flat_map(|arm| (1..=known.replicates()).map(move |replicate| (arm, replicate)))
        .filter(|&(arm, replicate)| known.run(arm, replicate).is_some())
        .collect();
    let done = runs.len();
    if let Some(sample) = sample.filter(|&sample| sample < done) {
        let order = Streams::new(plan.file.seed, "verification")
            .stream(0)
            .order(done);
        runs = order[..sample].iter().map(|&place| runs[place]).collect();
    }
    let repeated = runs.len();
    if let Some(difference) = files(root, &parts)? {
        return Ok(Verified {
            runs: done,
            repeated: 0,
            difference: Some(difference),
        });
    }
    // one arm a unit: a run that branched off a shared burn-in is repeated without sharing it
    let unit = |&(arm, replicate): &(usize, u32)| Unit {
        part: 0,
        replicate,
        arms: vec![arm],
    };
    let units: Vec<Unit> = runs.iter().map(unit).collect();
    let folder = tempfile::tempdir()?;
    let keeper = Keeper::of(plan, folder.path(), "again");
    let again = runner::run_all(plan, &units, keeper.as_ref(), threads, stop)?;
    runs.sort_unstable();
    let mut difference = runs.iter().find_map(|&(arm, replicate)| {
        let (was, is) = (known.run(arm, replicate)?, again.run(arm, replicate)?);
        let place = format!("arm {:?}, replicate {replicate}", plan.arms[arm].name);
        if was.failure != is.failure {
            return Some(format!("{place}: one of the two failed"));
        }
        let bits = |value: &Option<f64>| value.map(f64::to_bits);
        let differ = |o: &usize| bits(&was.values[*o]) != bits(&is.values[*o]);
        let outcome = (0..plan.outcomes.len()).find(differ)?;
        Some(format!(
            "{place}, outcome {:?}: {} was recorded, it is {}",
            plan.outcomes[outcome].name,
            shown(was.values[outcome]),
            shown(is.values[outcome])
        ))
    });
    for &(arm, replicate) in &runs {
        if difference.is_some() {
            break;
        }
        let kept = again.run(arm, replicate).map_or(&[][..], |run| &run.kept);
        difference = other_table(
            root,
            (plan, &parts),
            (arm, replicate),
            (kept, folder.path()),
        )?;
    }
    Ok(Verified {
        runs: done,
        repeated,
        difference,
    })
}

/// The first kept table of a run that is another than before.
fn other_table(
    root: &Path,
    (plan, parts): (&Plan, &[Part]),
    (arm, replicate): (usize, u32),
    (again, folder): (&[Kept], &Path),
) -> Result<Option<String>, CampaignError> {
    let own =
        |part: &&Part| part.arms.contains(&arm) && (part.first..=part.last).contains(&replicate);
    let Some(part) = parts.iter().find(own) else {
        return Ok(None);
    };
    for again in again {
        let was = kept::of_run(root, part, (plan, arm, replicate), &again.table)?;
        let file = folder.join(&again.file);
        let is = kept::of_file(&file, plan, (arm, replicate), &again.table)?;
        // a run without rows has no group in the file of its part
        if was.map_or(!is.is_empty(), |was| was != is) {
            return Ok(Some(format!(
                "arm {:?}, replicate {replicate}: table {} is another",
                plan.arms[arm].name, again.table
            )));
        }
    }
    Ok(None)
}

fn shown(value: Option<f64>) -> String {
    value.map_or("nothing".to_owned(), |value| value.to_string())
}

/// The first file that is not as the manifest and the marks of the parts say, if there is a manifest.
fn files(root: &Path, parts: &[Part]) -> Result<Option<String>, CampaignError> {
    let path = root.join(MANIFEST);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(problem) => return Err(Error::read(&path, problem).into()),
    };
    let manifest: ExperimentManifest = serde_json::from_slice(&bytes).map_err(io::Error::other)?;
    let changed = manifest
        .files
        .iter()
        .find(|file| hash_file(&root.join(&file.path)).ok().as_ref() != Some(&file.hash));
    if let Some(file) = changed {
        return Ok(Some(format!("{} is not as it was written", file.path)));
    }
    for part in parts.iter().filter(|p| p.first <= manifest.replicates) {
        if Store::mark(root, part)?.is_none() {
            return Ok(Some(format!(
                "{} is missing or not as it was written; `allies experiment … --resume` computes it again",
                part.name
            )));
        }
    }
    Ok(None)
}
