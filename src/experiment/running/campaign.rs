//! The campaign: runs what is missing, commits part by part, looks now and then whether to stop, and writes the results.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::error::CampaignError;
use super::looks::{Look, first_look, look};
use super::runner::{self, Done, Ran, Unit};
use crate::experiment::planning::Plan;
use crate::experiment::results::Results;
use crate::experiment::storage::{
    Effort, Entry, JOURNAL, Journal, Keeper, Part, Store, journal, kept,
};
use crate::records::Error;

/// How far a campaign is.
#[derive(Debug)]
pub struct Progress<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Results so far.
    pub results: &'a Results,
    /// Runs done, with those of earlier.
    pub done: usize,
    /// Runs to be done as far as is known now.
    pub runs: usize,
    /// Runs that failed.
    pub failed: usize,
    /// Runs done now, and how long they took [seconds]: for the time left.
    pub now: (usize, f64),
}

/// What a campaign came to.
#[derive(Debug)]
pub struct Outcome {
    /// All runs.
    pub results: Results,
    /// Replicates that count: all, or those up to the stop.
    pub replicates: u32,
    /// Why it ended, in a sentence; none when all replicates were run without a rule.
    pub stopped: Option<String>,
    /// Runs that failed.
    pub failed: usize,
    /// Parts that this process computed.
    pub parts: usize,
}

/// Runs everything that a folder lacks.
///
/// # Errors
/// Where the folder cannot be written, or someone asked it to stop.
pub fn run(
    plan: &Plan,
    store: &Store,
    threads: usize,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress<'_>),
) -> Result<Outcome, CampaignError> {
    run_with(plan, store, threads, &runner::run_arm, stop, tell)
}

/// As [`run`], with another way to make one run.
pub(in crate::experiment) fn run_with(
    plan: &Plan,
    store: &Store,
    threads: usize,
    run_arm: runner::RunArm<'_>,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress<'_>),
) -> Result<Outcome, CampaignError> {
    let mut campaign = Campaign::open(plan, store, None)?;
    let mut until = first_look(plan);
    loop {
        campaign.advance(until, threads, run_arm, stop, tell)?;
        match look(plan, &campaign.results, until) {
            Look::GoOn { until: next } => until = next,
            Look::Ended { stopped } => return Ok(campaign.outcome(until, stopped)),
        }
    }
}

/// Runs what a folder lacks of one shard's parts (which, of how many, from 1), up to a replicate.
///
/// # Errors
/// As [`run`].
pub(super) fn run_shard(
    (plan, store): (&Plan, &Store),
    shard: (usize, usize),
    until: u32,
    threads: usize,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress<'_>),
) -> Result<Outcome, CampaignError> {
    let mut campaign = Campaign::open(plan, store, Some(shard))?;
    campaign.advance(until, threads, &runner::run_arm, stop, tell)?;
    Ok(campaign.outcome(until, None))
}

/// A campaign under way.
struct Campaign<'a> {
    plan: &'a Plan,
    store: &'a Store,
    parts: Vec<Part>,
    /// Whether each part is this process's to do.
    own: Vec<bool>,
    finished: Vec<bool>,
    results: Results,
    journal: Journal,
    /// Runs that were there at the start.
    before: usize,
    /// Parts that this process computed.
    computed: usize,
    /// What the runs of parts took that are not committed yet.
    efforts: BTreeMap<usize, Effort>,
    clock: Instant,
}

impl<'a> Campaign<'a> {
    /// Reads what is there: finished parts, and the runs of open ones from the journals.
    fn open(
        plan: &'a Plan,
        store: &'a Store,
        shard: Option<(usize, usize)>,
    ) -> Result<Self, CampaignError> {
        let parts = store.parts();
        let own = |number: usize| shard.is_none_or(|(k, n)| number % n == k - 1);
        let own: Vec<bool> = (0..parts.len()).map(own).collect();
        let mut results = Results::new(plan.arms.len(), plan.file.replicates);
        let mut finished = vec![false; parts.len()];
        for (number, part) in parts.iter().enumerate() {
            if own[number] && Store::mark(store.root(), part)?.is_some() {
                store.load(plan, part, &mut results)?;
                finished[number] = true;
            }
        }
        let open: Vec<(usize, &Part)> = parts
            .iter()
            .enumerate()
            .filter(|(number, _)| own[*number] && !finished[*number])
            .collect();
        let efforts = recover(plan, store, &open, &mut results)?;
        let journals = store.root().join(JOURNAL);
        Ok(Self {
            plan,
            store,
            before: results.done(),
            journal: Journal::start(&journals).map_err(|source| Error::write(&journals, source))?,
            parts,
            own,
            finished,
            results,
            computed: 0,
            efforts,
            clock: Instant::now(),
        })
    }

    /// Runs what is lacking up to a replicate.
    fn advance(
        &mut self,
        until: u32,
        threads: usize,
        run_arm: runner::RunArm<'_>,
        stop: &AtomicBool,
        tell: &mut dyn FnMut(&Progress<'_>),
    ) -> Result<(), CampaignError> {
        let plan = self.plan;
        let keeper = Keeper::of(plan, &self.store.root().join(JOURNAL), &self.journal.stem());
        let execute = |unit: &Unit, stop: &AtomicBool, tell: &mut dyn FnMut(usize, Ran)| {
            runner::execute(plan, unit, (run_arm, keeper.as_ref()), stop, tell);
        };
        let (units, mut open) = self.lacking(until, keeper.as_ref())?;
        let planned = self.results.done() + units.iter().map(|unit| unit.arms.len()).sum::<usize>();
        let mut listen = |done: Done| -> Result<(), CampaignError> {
            let part = done.part;
            self.enter(done)?;
            if let Some(left) = open.get_mut(&part) {
                *left -= 1;
                if *left == 0 {
                    self.commit(part, keeper.as_ref())?;
                }
            }
            let done = self.results.done();
            tell(&Progress {
                plan,
                results: &self.results,
                done,
                runs: planned,
                failed: self.results.failed(),
                now: (done - self.before, self.clock.elapsed().as_secs_f64()),
            });
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
        if stop.load(Ordering::Relaxed) && self.results.done() < planned {
            return Err(CampaignError::Interrupted {
                done: self.results.done(),
                runs: planned,
            });
        }
        Ok(())
    }

    /// What is to be run up to a replicate, and how many runs each part lacks. Parts whose runs are all in the journals
    /// are committed at once.
    fn lacking(
        &mut self,
        until: u32,
        keeper: Option<&Keeper>,
    ) -> Result<(Vec<Unit>, BTreeMap<usize, usize>), CampaignError> {
        let mut units = Vec::new();
        let mut open = BTreeMap::new();
        for number in 0..self.parts.len() {
            let part = &self.parts[number];
            if !self.own[number] || self.finished[number] || part.first > until {
                continue;
            }
            let mut runs = 0;
            for replicate in part.first..=part.last {
                let lacks = |arm: &&usize| self.results.run(**arm, replicate).is_none();
                let arms: Vec<usize> = part.arms.iter().filter(lacks).copied().collect();
                runs += arms.len();
                units.extend(runner::units(self.plan, number, replicate, &arms));
            }
            if runs == 0 {
                self.commit(number, keeper)?;
            } else {
                open.insert(number, runs);
            }
        }
        Ok((units, open))
    }

    /// Enters a run that has ended, in the journal first.
    fn enter(&mut self, done: Done) -> Result<(), CampaignError> {
        let run = done.run?;
        let effort = self.efforts.entry(done.part).or_default();
        if let Some(took) = done.cpu_seconds {
            *effort.cpu_seconds.get_or_insert(0.0) += took;
        }
        let id = self.plan.run_id(done.arm, done.replicate);
        let entry = Entry::new(self.store.build(), id, &run);
        self.journal
            .add(&entry)
            .map_err(|source| Error::write(self.journal.path(), source))?;
        self.results.enter(done.arm, done.replicate, run);
        Ok(())
    }

    fn commit(&mut self, number: usize, keeper: Option<&Keeper>) -> Result<(), CampaignError> {
        let part = &self.parts[number];
        let effort = self.efforts.remove(&number).unwrap_or_default();
        self.store
            .commit((self.plan, part), &self.results, effort)?;
        kept::release(part, &mut self.results, keeper);
        self.finished[number] = true;
        self.computed += 1;
        Ok(())
    }

    /// The end: everything up to a replicate is in the parts.
    fn outcome(self, replicates: u32, stopped: Option<String>) -> Outcome {
        drop(fs::remove_file(self.journal.path()));
        Outcome {
            failed: self.results.failed(),
            results: self.results,
            replicates,
            stopped,
            parts: self.computed,
        }
    }
}

/// Enters the runs of open parts that the journals hold; how many processes left runs of each part.
fn recover(
    plan: &Plan,
    store: &Store,
    open: &[(usize, &Part)],
    results: &mut Results,
) -> Result<BTreeMap<usize, Effort>, CampaignError> {
    let folder = store.root().join(JOURNAL);
    let journals = journal::read(&folder).map_err(|source| Error::read(&folder, source))?;
    let mut known: BTreeMap<&str, (usize, &Entry)> = BTreeMap::new();
    for (number, entries) in journals.iter().enumerate() {
        let usable = |entry: &&Entry| store.record().builds.contains(&entry.build);
        let usable = entries.iter().filter(usable);
        known.extend(usable.map(|entry| (entry.run.as_str(), (number, entry))));
    }
    let mut efforts = BTreeMap::new();
    if known.is_empty() {
        return Ok(efforts);
    }
    for (number, part) in open {
        let mut writers = BTreeSet::new();
        for replicate in part.first..=part.last {
            for &arm in &part.arms {
                let run = known.get(plan.run_id(arm, replicate).as_str());
                if let Some((writer, entry)) = run
                    && let Some(run) = entry.result()
                    && run.values.len() == plan.outcomes.len()
                    && kept::is_whole(&folder, &plan.file.tables, &run)
                {
                    results.enter(arm, replicate, run);
                    writers.insert(writer);
                }
            }
        }
        let effort = Effort {
            cpu_seconds: None,
            before: writers.len() as u32,
        };
        efforts.insert(*number, effort);
    }
    Ok(efforts)
}
