//! Verification: runs of an experiment are repeated, each by itself from its beginning, and compared bit by bit.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::campaign::CampaignError;
use super::conclusion::{ExperimentManifest, MANIFEST};
use super::plan::Plan;
use super::results::{Results, RunResult};
use super::runner::{self, Done, Unit};
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
    let mut known = Results::new(plan.arms.len(), plan.file.replicates);
    for part in store.parts() {
        if Store::mark(root, &part)?.is_some() {
            store.load(plan, &part, &mut known)?;
        }
    }
    let mut runs: Vec<(usize, u32)> = (0..plan.arms.len())
        .flat_map(|arm| (1..=plan.file.replicates).map(move |replicate| (arm, replicate)))
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
    if let Some(difference) = files(root)? {
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
    let execute = |unit: &Unit, stop: &AtomicBool, tell: &mut dyn FnMut(usize, RunResult)| {
        runner::execute(plan, unit, stop, tell);
    };
    let mut again = Results::new(plan.arms.len(), plan.file.replicates);
    let mut listen = |done: Done| -> Result<(), CampaignError> {
        again.enter(done.arm, done.replicate, done.run);
        Ok(())
    };
    runner::run_units(
        &units,
        &execute,
        threads,
        plan.is_large(),
        stop,
        &mut listen,
    )?;
    if stop.load(Ordering::Relaxed) {
        return Err(CampaignError::Interrupted {
            done: again.done(),
            runs: repeated,
        });
    }
    runs.sort_unstable();
    let difference = runs.iter().find_map(|&(arm, replicate)| {
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
    Ok(Verified {
        runs: done,
        repeated,
        difference,
    })
}

fn shown(value: Option<f64>) -> String {
    value.map_or("nothing".to_owned(), |value| value.to_string())
}

/// The first file that is not as the manifest says, if there is a manifest.
fn files(root: &Path) -> Result<Option<String>, CampaignError> {
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
    Ok(changed.map(|file| format!("{} is not as it was written", file.path)))
}
