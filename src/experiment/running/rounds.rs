//! Rounds: what is run next, where that depends on what was found, decided from finished parts alone.
//!
//! A rule that stops and the generations of a calibration look at all runs of a round before they plan the next. A look
//! is a pure function of the runs in their fixed order, so that every machine that finds a round complete plans the
//! same next one, and a part of it that two machines compute is the same. Nobody leads and nobody waits: a shard does what
//! its parts of the first incomplete round lack, and ends.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::calibration::{CalibrationError, Round, calibrate};
use super::campaign::{Outcome, Progress, run, run_shard};
use super::error::CampaignError;
use super::looks::{Look, first_look, look};
use crate::experiment::planning::Plan;
use crate::experiment::results::Results;
use crate::experiment::storage::{Mode, PLAN, Record, Store, StoreError};

/// A round that lacks parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its number, from 1.
    pub number: u32,
    /// Its folder, below that of the experiment; empty for the experiment itself.
    pub folder: PathBuf,
    /// Last replicate.
    pub until: u32,
    /// Parts up to its end.
    pub parts: usize,
    /// Of these, those that are missing: place in the plan and name.
    pub missing: Vec<(usize, String)>,
}

impl Open {
    /// The shards of so many, from 1, that have something to do.
    pub fn shards(&self, of: usize) -> Vec<usize> {
        let mut shards: Vec<usize> = self.missing.iter().map(|(part, _)| part % of + 1).collect();
        shards.sort_unstable();
        shards.dedup();
        shards
    }
}

/// What a shard did.
#[derive(Debug)]
pub struct Worked {
    /// The round, and what came of it; none where this shard had nothing to do.
    pub done: Option<(u32, Outcome)>,
    /// Whether there are rounds after the first.
    pub in_rounds: bool,
    /// The first round that lacks parts now; none where nothing is left. Only looked for in an experiment in rounds.
    pub next: Option<Open>,
}

/// Why a shard did not do its part.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// A round.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// A round was asked for whose premises are not there.
    #[error(
        "round {asked} cannot begin: {} of {} parts of round {} are missing; finish it first", .open.missing.len(), .open.parts, .open.number
    )]
    NotYet {
        /// The round that was asked for.
        asked: u32,
        /// The first that is not complete.
        open: Open,
    },
}

impl From<CampaignError> for RoundError {
    fn from(error: CampaignError) -> Self {
        Self::Calibration(error.into())
    }
}

impl From<StoreError> for RoundError {
    fn from(error: StoreError) -> Self {
        CampaignError::from(error).into()
    }
}

/// How shards work.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// Which of how many shards, from 1.
    pub shard: (usize, usize),
    /// The round that must be on; the first incomplete one when none.
    pub round: Option<u32>,
    /// Threads.
    pub threads: usize,
    /// Whether another build may go on.
    pub other_build: bool,
}

/// Does what a shard's parts of the first incomplete round lack.
///
/// # Errors
/// Where the folder cannot be written, the round that was asked for cannot begin, or someone asked it to stop.
pub fn work(
    (plan, sets): (&Plan, &[String]),
    root: &Path,
    work: Work,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress<'_>),
) -> Result<Worked, RoundError> {
    let mode = Mode {
        resume: false,
        shard: true,
        other_build: work.other_build,
    };
    let store = Store::open(root, plan, mode)?;
    let shard = |plan: &Plan, store: &Store, until, tell: &mut dyn FnMut(&Progress<'_>)| {
        run_shard((plan, store), work.shard, until, work.threads, stop, tell)
    };
    let in_rounds = plan.file.stop.is_some() || plan.file.calibration.is_some();
    if !in_rounds {
        // nothing depends on what the others found, so their parts need not be read
        let asked = work.round.filter(|&round| round > 1);
        let done = match asked {
            Some(_) => None,
            None => Some((1, shard(plan, &store, plan.file.replicates, tell)?)),
        };
        return Ok(Worked {
            done,
            in_rounds,
            next: None,
        });
    }
    let Some((plan_of_round, open)) = first_open(plan, sets, root)? else {
        return Ok(Worked {
            done: None,
            in_rounds,
            next: None,
        });
    };
    match work.round {
        Some(asked) if asked > open.number => return Err(RoundError::NotYet { asked, open }),
        Some(asked) if asked < open.number => {
            return Ok(Worked {
                done: None,
                in_rounds,
                next: Some(open),
            });
        }
        _ => {}
    }
    let done = if open.folder.as_os_str().is_empty() {
        shard(plan, &store, open.until, tell)?
    } else {
        let store = Store::open(&root.join(&open.folder), &plan_of_round, mode)?;
        shard(&plan_of_round, &store, open.until, tell)?
    };
    Ok(Worked {
        done: Some((open.number, done)),
        in_rounds,
        next: first_open(plan, sets, root)?.map(|(_, open)| open),
    })
}

/// The first round that lacks parts; none where nothing is left to run.
///
/// # Errors
/// Where the folder cannot be read, or a round of a calibration cannot be planned.
pub fn standing(
    plan: &Plan,
    sets: &[String],
    root: &Path,
) -> Result<Option<Open>, CalibrationError> {
    Ok(first_open(plan, sets, root)?.map(|(_, open)| open))
}

/// Runs a further round of a calibration on this machine.
///
/// # Errors
/// As [`run`].
pub fn run_round(
    round: &Round,
    root: &Path,
    (threads, other_build): (usize, bool),
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress<'_>),
) -> Result<Option<Results>, CampaignError> {
    let mode = Mode {
        resume: true,
        shard: false,
        other_build,
    };
    let store = Store::open(&root.join(&round.folder), &round.plan, mode)?;
    Ok(Some(run(&round.plan, &store, threads, stop, tell)?.results))
}

/// The results of a further round of a calibration, if all its parts are there.
///
/// # Errors
/// Where they cannot be read.
pub fn read_round(round: &Round, root: &Path) -> Result<Option<Results>, CampaignError> {
    let (results, open) = read(&round.plan, root, (&round.folder, round.number))?;
    Ok(open.is_none().then_some(results))
}

fn first_open(
    plan: &Plan,
    sets: &[String],
    root: &Path,
) -> Result<Option<(Plan, Open)>, CalibrationError> {
    let (results, open) = read(plan, root, (Path::new(""), 1))?;
    if let Some(open) = open {
        return Ok(Some((plan.clone(), open)));
    }
    let mut found = None;
    calibrate(plan, sets, &results, &mut |round| {
        let (results, open) = read(&round.plan, root, (&round.folder, round.number))?;
        found = open.map(|open| (round.plan.clone(), open));
        Ok(found.is_none().then_some(results))
    })?;
    Ok(found)
}

/// Reads the runs of a folder, look by look, up to the first that lacks parts.
fn read(
    plan: &Plan,
    root: &Path,
    (folder, first): (&Path, u32),
) -> Result<(Results, Option<Open>), CampaignError> {
    let root = root.join(folder);
    let store = if root.join(PLAN).exists() {
        let store = Store::reading(&root, plan)?;
        if first > 1 && store.record().id() != Record::of(plan)?.id() {
            return Err(StoreError::Other {
                path: root,
                what: "it was planned from other results of the rounds before".to_owned(),
            }
            .into());
        }
        store
    } else {
        Store::ahead(&root, plan)?
    };
    let parts = store.parts();
    let mut results = Results::new(plan.arms.len(), plan.file.replicates);
    let (mut number, mut until) = (first, first_look(plan));
    let mut known = vec![false; parts.len()];
    loop {
        let needed = || (0..parts.len()).filter(|&place| parts[place].first <= until);
        let mut missing = Vec::new();
        for place in needed().filter(|&place| !known[place]).collect::<Vec<_>>() {
            let part = &parts[place];
            if Store::mark(store.root(), part)?.is_some() {
                store.load(plan, part, &mut results)?;
                known[place] = true;
            } else {
                missing.push((place, part.name.clone()));
            }
        }
        if !missing.is_empty() {
            let open = Open {
                number,
                folder: folder.to_owned(),
                until,
                parts: needed().count(),
                missing,
            };
            return Ok((results, Some(open)));
        }
        match look(plan, &results, until) {
            Look::GoOn { until: next } => until = next,
            Look::Ended { .. } => return Ok((results, None)),
        }
        number += 1;
    }
}
