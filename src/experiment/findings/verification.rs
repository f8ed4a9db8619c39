//! Verification: runs of an experiment are repeated, each by itself from its beginning, and compared bit by bit.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::calibration_tables::CONCLUSIONS;
use super::conclusion::ExperimentManifest;
use crate::analysis::statistics::Streams;
use crate::experiment::planning::Plan;
use crate::experiment::results::{Kept, Results};
use crate::experiment::running::{
    CalibrationError, CampaignError, Open, Unit, calibrate, read_round, runner, standing,
};
use crate::experiment::storage::{Keeper, PLAN, Part, Store, StoreError, kept};
use crate::records::manifest::hash_file;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Runs of the experiment that are done, in all rounds.
    pub runs: usize,
    /// Of these, repeated.
    pub repeated: usize,
    /// Rounds that are done or begun: more than one in a calibration, whose check counts as the last.
    pub rounds: usize,
    /// What is to be run yet: the first round that lacks parts. Only looked for where no difference is found.
    pub open: Option<Open>,
    /// Machines that the repeated runs had been computed on.
    pub hosts: usize,
    /// The first difference, in words; none when there is none.
    pub difference: Option<String>,
}

/// The runs of one folder: the experiment itself, or a further round of a calibration.
struct Batch {
    root: PathBuf,
    plan: Plan,
    parts: Vec<Part>,
    /// Machine of each part that is done.
    hosts: BTreeMap<String, String>,
    known: Results,
}

/// Place of the batch, arm, replicate.
type Place = (usize, usize, u32);

/// Repeats a random sample of the runs of a folder, or all. The sample takes the machines that computed the runs in turn.
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
    let mut batches = vec![Batch::read(root, plan)?];
    let mut difference = files(root, &batches[0].parts)?;
    if difference.is_none() {
        difference = further(root, plan, &mut batches)?;
    }
    let places = places(&batches);
    let mut verified = Verified {
        runs: places.len(),
        repeated: 0,
        rounds: batches.len(),
        open: None,
        hosts: 0,
        difference,
    };
    if verified.difference.is_some() {
        return Ok(verified);
    }
    verified.open = match standing(plan, &[], root) {
        Ok(open) => open,
        Err(CalibrationError::Campaign(error)) => return Err(error),
        // a calibration that nothing can follow from: nothing is to be run
        Err(_) => None,
    };
    let mut drawn = match sample.filter(|&sample| sample < places.len()) {
        Some(sample) => {
            let streams = Streams::new(plan.file.seed, "verification");
            let order = streams.stream(0).order(places.len());
            let mixed = order.into_iter().map(|at| places[at]);
            in_turn(mixed, |place| batches[place.0].host(place), sample)
        }
        None => places,
    };
    drawn.sort_unstable();
    let mut hosts: Vec<&str> = drawn
        .iter()
        .map(|place| batches[place.0].host(place))
        .collect();
    hosts.sort_unstable();
    hosts.dedup();
    verified.hosts = hosts.len();
    verified.repeated = drawn.len();
    for (number, batch) in batches.iter().enumerate() {
        let own = drawn.iter().filter(|place| place.0 == number);
        let runs: Vec<(usize, u32)> = own.map(|&(_, arm, replicate)| (arm, replicate)).collect();
        if let Some(found) = batch.repeat(&runs, threads, stop)? {
            verified.difference = Some(match number {
                0 => found,
                _ => format!("round {}: {found}", number + 1),
            });
            break;
        }
    }
    Ok(verified)
}

/// All runs that are done.
fn places(batches: &[Batch]) -> Vec<Place> {
    let of = |(number, batch): (usize, &Batch)| -> Vec<Place> {
        let known = &batch.known;
        (0..batch.plan.arms.len())
            .flat_map(|arm| (1..=known.replicates()).map(move |replicate| (number, arm, replicate)))
            .filter(|&(_, arm, replicate)| known.run(arm, replicate).is_some())
            .collect()
    };
    batches.iter().enumerate().flat_map(of).collect()
}

/// The first so many, where the groups take turns.
fn in_turn<'a, T>(
    items: impl Iterator<Item = T>,
    group: impl Fn(&T) -> &'a str,
    count: usize,
) -> Vec<T> {
    let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, T)> = items
        .map(|item| {
            let turn = turns.entry(group(&item)).or_default();
            *turn += 1;
            (*turn, item)
        })
        .collect();
    // stable: within a turn, the order is that of the items
    ranked.sort_by_key(|(turn, _)| *turn);
    ranked.truncate(count);
    ranked.into_iter().map(|(_, item)| item).collect()
}

/// Adds the further rounds of a calibration that are done, planned again from the ones before; the first difference in
/// what was planned or concluded, in words.
fn further(
    root: &Path,
    plan: &Plan,
    batches: &mut Vec<Batch>,
) -> Result<Option<String>, CampaignError> {
    let first = batches[0].known.clone();
    let found = calibrate(plan, &[], &first, &mut |round| {
        let folder = root.join(&round.folder);
        let results = read_round(round, root)?;
        if folder.join(PLAN).exists() {
            batches.push(Batch::read(&folder, &round.plan)?);
        }
        Ok(results)
    });
    let calibrated = match found {
        Ok(Some(calibrated)) => calibrated,
        // no calibration, or one that is under way
        Ok(None) => return Ok(None),
        Err(CalibrationError::Campaign(CampaignError::Store(StoreError::Other {
            path,
            what,
            ..
        }))) => return Ok(Some(format!("{}: {what}", path.display()))),
        Err(CalibrationError::Campaign(error)) => return Err(error),
        Err(error) => return Ok(Some(error.to_string())),
    };
    let again = tempfile::tempdir()?;
    if let Err(error) = calibrated.write(plan, again.path()) {
        return match error {
            CalibrationError::Campaign(error) => Err(error),
            error => Ok(Some(error.to_string())),
        };
    }
    for name in CONCLUSIONS {
        let was = fs::read(root.join(name)).ok();
        if was.is_some() && was != fs::read(again.path().join(name)).ok() {
            return Ok(Some(format!("{name} does not follow from the runs")));
        }
    }
    Ok(None)
}

impl Batch {
    fn read(root: &Path, plan: &Plan) -> Result<Self, CampaignError> {
        let store = Store::reading(root, plan)?;
        let parts = store.parts();
        let mut hosts = BTreeMap::new();
        for part in &parts {
            if let Some(mark) = Store::mark(root, part)? {
                hosts.insert(part.name.clone(), mark.host);
            }
        }
        Ok(Self {
            known: store.load_all(plan)?,
            root: root.to_owned(),
            plan: plan.clone(),
            parts,
            hosts,
        })
    }

    /// The part that holds a run.
    fn part(&self, (arm, replicate): (usize, u32)) -> Option<&Part> {
        let own = |part: &&Part| {
            part.arms.contains(&arm) && (part.first..=part.last).contains(&replicate)
        };
        self.parts.iter().find(own)
    }

    /// The machine that computed a run.
    fn host(&self, &(_, arm, replicate): &Place) -> &str {
        let part = self.part((arm, replicate));
        part.and_then(|part| self.hosts.get(&part.name))
            .map_or("", String::as_str)
    }

    /// Repeats some runs; the first difference, in words.
    fn repeat(
        &self,
        runs: &[(usize, u32)],
        threads: usize,
        stop: &AtomicBool,
    ) -> Result<Option<String>, CampaignError> {
        let (plan, known) = (&self.plan, &self.known);
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
        let differs = |&(arm, replicate): &(usize, u32)| {
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
        };
        if let Some(difference) = runs.iter().find_map(differs) {
            return Ok(Some(difference));
        }
        for &(arm, replicate) in runs {
            let kept = again.run(arm, replicate).map_or(&[][..], |run| &run.kept);
            let found = self.other_table((arm, replicate), (kept, folder.path()))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The first kept table of a run that is another than before.
    fn other_table(
        &self,
        (arm, replicate): (usize, u32),
        (again, folder): (&[Kept], &Path),
    ) -> Result<Option<String>, CampaignError> {
        let plan = &self.plan;
        let Some(part) = self.part((arm, replicate)) else {
            return Ok(None);
        };
        for again in again {
            let was = kept::of_run(&self.root, part, (plan, arm, replicate), &again.table)?;
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
}

fn shown(value: Option<f64>) -> String {
    value.map_or("nothing".to_owned(), |value| value.to_string())
}

/// The first file that is not as the manifest and the marks of the parts say, if there is a manifest.
fn files(root: &Path, parts: &[Part]) -> Result<Option<String>, CampaignError> {
    let Some(manifest) = ExperimentManifest::read(root)? else {
        return Ok(None);
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_takes_the_machines_in_turn() {
        let items = ["a1", "a2", "a3", "b1", "a4", "c1", "b2"];
        let found = in_turn(items.into_iter(), |item| &item[..1], 5);
        assert_eq!(found, ["a1", "b1", "c1", "a2", "b2"]);
        let alone = in_turn(items.into_iter(), |_| "one", 3);
        assert_eq!(alone, ["a1", "a2", "a3"]);
    }
}
