//! The campaign: runs what is missing, commits part by part, looks now and then whether to stop, and writes the results.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::journal::{self, Entry, Journal};
use super::kept::{self, Keeper};
use super::plan::Plan;
use super::record::Part;
use super::results::Results;
use super::runner::{self, Done, Ran, Unit};
use super::store::{Store, StoreError};
use crate::analysis::statistics::{Decision, PairedDifference, Rule, paired};
use crate::records::Error;

/// Folder of the journals.
pub(super) const JOURNAL: &str = "journal";

/// How a campaign is run.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Threads.
    pub threads: usize,
    /// Which of how many shards, from 1; all parts when none.
    pub shard: Option<(usize, usize)>,
}

/// Why a campaign did not reach its end.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// The folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Someone asked it to stop; what is done is kept.
    #[error("interrupted after {done} of {runs} runs; go on with --resume")]
    Interrupted {
        /// Runs done.
        done: usize,
        /// Runs in all.
        runs: usize,
    },
}

impl From<io::Error> for CampaignError {
    fn from(problem: io::Error) -> Self {
        Self::Store(problem.into())
    }
}

impl From<Error> for CampaignError {
    fn from(problem: Error) -> Self {
        Self::Store(problem.into())
    }
}

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

/// Runs everything that a folder lacks, or a shard's part of it.
///
/// # Errors
/// Where the folder cannot be written, or someone asked it to stop.
pub fn run(
    plan: &Plan,
    store: &Store,
    options: Options,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress<'_>),
) -> Result<Outcome, CampaignError> {
    run_with(plan, store, options, &runner::run_arm, stop, tell)
}

/// As [`run`], with another way to make one run.
pub(super) fn run_with(
    plan: &Plan,
    store: &Store,
    options: Options,
    run_arm: runner::RunArm<'_>,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress<'_>),
) -> Result<Outcome, CampaignError> {
    let parts = store.parts();
    let own = |number: usize| options.shard.is_none_or(|(k, n)| number % n == k - 1);
    let mut results = Results::new(plan.arms.len(), plan.file.replicates);
    let mut finished = vec![false; parts.len()];
    for (number, part) in parts.iter().enumerate() {
        if own(number) && Store::mark(store.root(), part)?.is_some() {
            store.load(plan, part, &mut results)?;
            finished[number] = true;
        }
    }
    recover(plan, store, &parts, &finished, &own, &mut results)?;
    let mut journal = Journal::start(&store.root().join(JOURNAL))?;
    let keeper = Keeper::of(plan, &store.root().join(JOURNAL), &journal.stem());
    let execute = |unit: &Unit, stop: &AtomicBool, tell: &mut dyn FnMut(usize, Ran)| {
        runner::execute(plan, unit, (run_arm, keeper.as_ref()), stop, tell);
    };
    let clock = Instant::now();
    let before = results.done();
    let mut computed = 0;
    let rule = rule(plan).filter(|_| options.shard.is_none());
    let mut until = match &rule {
        Some((rule, _)) => rule.least.max(2).min(rule.most) as u32,
        None => plan.file.replicates,
    };
    loop {
        let todo: Vec<usize> = (0..parts.len())
            .filter(|&number| own(number) && !finished[number] && parts[number].first <= until)
            .collect();
        let mut units = Vec::new();
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        for &number in &todo {
            let part = &parts[number];
            for replicate in part.first..=part.last {
                let lacks = |arm: &&usize| results.run(**arm, replicate).is_none();
                let arms: Vec<usize> = part.arms.iter().filter(lacks).copied().collect();
                *open.entry(number).or_default() += arms.len();
                units.extend(runner::units(plan, number, replicate, &arms));
            }
            if open.get(&number) == Some(&0) {
                store.commit(plan, part, &results)?;
                kept::release(part, &mut results, keeper.as_ref());
                finished[number] = true;
                computed += 1;
            }
        }
        let planned = results.done() + units.iter().map(|unit| unit.arms.len()).sum::<usize>();
        let mut listen = |done: Done| -> Result<(), CampaignError> {
            let Done {
                part,
                arm,
                replicate,
                run,
            } = done;
            let run = run?;
            let entry = Entry::new(store.build(), plan.run_id(arm, replicate), &run);
            journal
                .add(&entry)
                .map_err(|source| Error::write(journal.path(), source))?;
            results.enter(arm, replicate, run);
            if let Some(left) = open.get_mut(&part) {
                *left -= 1;
                if *left == 0 {
                    store.commit(plan, &parts[part], &results)?;
                    kept::release(&parts[part], &mut results, keeper.as_ref());
                    finished[part] = true;
                    computed += 1;
                }
            }
            let done = results.done();
            tell(&Progress {
                plan,
                results: &results,
                done,
                runs: planned,
                failed: results.failed(),
                now: (done - before, clock.elapsed().as_secs_f64()),
            });
            Ok(())
        };
        runner::run_units(
            &units,
            &execute,
            options.threads,
            plan.is_large(),
            stop,
            &mut listen,
        )?;
        if stop.load(Ordering::Relaxed) && results.done() < planned {
            return Err(CampaignError::Interrupted {
                done: results.done(),
                runs: planned,
            });
        }
        let (replicates, stopped) = match &rule {
            None => (plan.file.replicates, None),
            Some((rule, outcome)) => match decide(plan, &results, rule, *outcome, until) {
                Decision::Continue { until: next } => {
                    until = next as u32;
                    continue;
                }
                ended => (until, Some(sentence(&ended, rule, until))),
            },
        };
        drop(fs::remove_file(journal.path()));
        return Ok(Outcome {
            failed: results.failed(),
            results,
            replicates,
            stopped,
            parts: computed,
        });
    }
}

/// Enters the runs of open parts that the journals hold.
fn recover(
    plan: &Plan,
    store: &Store,
    parts: &[Part],
    finished: &[bool],
    own: &dyn Fn(usize) -> bool,
    results: &mut Results,
) -> Result<(), CampaignError> {
    let folder = store.root().join(JOURNAL);
    let entries = journal::read(&folder)?;
    let known: BTreeMap<&str, &Entry> = entries
        .iter()
        .filter(|entry| store.record().builds.contains(&entry.build))
        .map(|entry| (entry.run.as_str(), entry))
        .collect();
    if known.is_empty() {
        return Ok(());
    }
    let open = parts
        .iter()
        .enumerate()
        .filter(|(i, _)| own(*i) && !finished[*i]);
    for (_, part) in open {
        for replicate in part.first..=part.last {
            for &arm in &part.arms {
                let run = known.get(plan.run_id(arm, replicate).as_str());
                if let Some(run) = run.and_then(|entry| entry.result())
                    && run.values.len() == plan.outcomes.len()
                    && kept::is_whole(&folder, &plan.file.tables, &run)
                {
                    results.enter(arm, replicate, run);
                }
            }
        }
    }
    Ok(())
}

/// The rule of the file and the outcome that it watches.
fn rule(plan: &Plan) -> Option<(Rule, usize)> {
    let stop = plan.file.stop.as_ref()?;
    let named = |name: &String| {
        plan.outcomes
            .iter()
            .position(|outcome| outcome.name == *name)
    };
    let outcome = stop.outcome.as_ref().and_then(named).unwrap_or(0);
    let rule = Rule {
        half_width: stop.half_width,
        confidence: plan.file.confidence.get(),
        least: stop.least as usize,
        step: stop.step as usize,
        most: plan.file.replicates as usize,
    };
    Some((rule, outcome))
}

fn decide(plan: &Plan, results: &Results, rule: &Rule, outcome: usize, until: u32) -> Decision {
    let differences = |(_, arm, reference): &(String, usize, usize)| -> Vec<f64> {
        let pairs = results.pairs((*arm, *reference), outcome, until);
        pairs
            .iter()
            .filter_map(|pair| Some(pair.0? - pair.1?))
            .collect()
    };
    let contrasts: Vec<Vec<f64>> = plan.contrasts.iter().map(differences).collect();
    rule.decide(until as usize, &contrasts)
}

fn sentence(decision: &Decision, rule: &Rule, until: u32) -> String {
    let looked = format!(
        "the first look was after {} replicates, then every {}; the interval after stopping covers a little less than it says",
        rule.least, rule.step
    );
    match decision {
        Decision::Reached { half_width } => {
            format!(
                "stopped after {until} replicates: the widest half-width of a difference is {half_width:.4}, {} was asked for; {looked}",
                rule.half_width
            )
        }
        Decision::AllEqual { hidden_at_most } => format!(
            "stopped after {until} replicates: no pair differed; in up to {:.1} % of all pairs a difference may still hide",
            100.0 * hidden_at_most
        ),
        Decision::Exhausted {
            half_width: Some(width),
        } => {
            format!(
                "all {until} replicates were run: the widest half-width of a difference is {width:.4}, {} was asked for",
                rule.half_width
            )
        }
        Decision::Exhausted { half_width: None } | Decision::Continue { .. } => {
            format!("all {until} replicates were run, and a difference has too few values")
        }
    }
}

/// The difference of a contrast in an outcome, over the replicates so far.
pub fn difference(
    plan: &Plan,
    results: &Results,
    contrast: usize,
    outcome: usize,
    replicates: u32,
) -> Option<PairedDifference> {
    let (_, arm, reference) = plan.contrasts.get(contrast)?;
    let pairs = results.pairs((*arm, *reference), outcome, replicates);
    paired(&pairs, plan.file.confidence.get())
}

#[cfg(test)]
#[path = "campaign_tests.rs"]
mod tests;
