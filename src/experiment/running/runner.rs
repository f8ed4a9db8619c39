//! Runs beside each other: each worker takes the next unit, whose arms share a burn-in, and hands over every run as
//! it ends. A very large firm has all threads to itself instead.
//!
//! Each worker has a pool of one thread for what is parallel inside a run. In a common pool, a run that waits for
//! a part of its own work would be given another whole run to do in the meantime, and hold both in memory.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::error::CampaignError;
use crate::experiment::machine::cpu_seconds;
use crate::experiment::one_run::{Finished, How, RunError, Start, burn_in, run_how};
use crate::experiment::outcomes::{evaluate, wanted};
use crate::experiment::planning::Plan;
use crate::experiment::results::{Results, RunResult};
use crate::experiment::storage::Keeper;
use crate::model::State;
use crate::records::Error;

/// Runs that one worker does after each other: one replicate of arms that share their burn-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::experiment) struct Unit {
    /// Part that they belong to.
    pub part: usize,
    /// Replicate, from 1.
    pub replicate: u32,
    /// Arms.
    pub arms: Vec<usize>,
}

/// What came of a run: a run that failed is a result; only what cannot be kept ends the campaign.
pub(in crate::experiment) type Ran = Result<RunResult, Error>;

/// A run that has ended.
#[derive(Debug)]
pub(in crate::experiment) struct Done {
    /// Part that it belongs to.
    pub part: usize,
    /// Arm.
    pub arm: usize,
    /// Replicate, from 1.
    pub replicate: u32,
    /// What it gave.
    pub run: Ran,
    /// CPU time that it took, with its burn-in if it was the first after it [seconds].
    pub cpu_seconds: Option<f64>,
}

/// How a unit is run: the runs that ended go to the listener, one by one.
pub(in crate::experiment) type Execute<'a> =
    &'a (dyn Fn(&Unit, &AtomicBool, &mut dyn FnMut(usize, Ran)) + Sync);

/// Runs all units on so many threads (all at once inside one run when `large`). The listener runs on the calling
/// thread; its first error ends everything.
///
/// # Errors
/// That of the listener, or that no threads can be started.
pub(in crate::experiment) fn run_units<E: From<std::io::Error>>(
    units: &[Unit],
    execute: Execute<'_>,
    threads: usize,
    large: bool,
    stop: &AtomicBool,
    listen: &mut dyn FnMut(Done) -> Result<(), E>,
) -> Result<(), E> {
    let (workers, inside) = if large {
        (1, threads)
    } else {
        (threads.clamp(1, units.len().max(1)), 1)
    };
    let next = AtomicUsize::new(0);
    let halt = AtomicBool::new(false);
    let pools: Vec<rayon::ThreadPool> = (0..workers)
        .map(|_| rayon::ThreadPoolBuilder::new().num_threads(inside).build())
        .collect::<Result<_, _>>()
        .map_err(std::io::Error::other)?;
    thread::scope(|scope| {
        // bounded: workers wait when results cannot be written as fast as they come
        let (tell, hear) = mpsc::sync_channel::<Done>(64);
        for pool in &pools {
            let tell = tell.clone();
            let (next, halt) = (&next, &halt);
            scope.spawn(move || {
                pool.install(|| {
                    while !stop.load(Ordering::Relaxed) && !halt.load(Ordering::Relaxed) {
                        let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) else {
                            break;
                        };
                        let mut before = cpu_seconds(inside > 1);
                        execute(unit, stop, &mut |arm, run| {
                            let now = cpu_seconds(inside > 1);
                            let done = Done {
                                part: unit.part,
                                arm,
                                replicate: unit.replicate,
                                run,
                                cpu_seconds: now.zip(before).map(|(now, before)| now - before),
                            };
                            before = now;
                            // nobody hears when the listener gave up: the flag ends the loop
                            drop(tell.send(done));
                        });
                    }
                });
            });
        }
        drop(tell);
        let mut outcome = Ok(());
        for done in hear {
            if outcome.is_ok() {
                outcome = listen(done);
                if outcome.is_err() {
                    halt.store(true, Ordering::Relaxed);
                }
            }
        }
        outcome
    })
}

/// How one run is made: the arm with a seed, from a burn-in that it shares or from its beginning.
pub(in crate::experiment) type RunArm<'a> =
    &'a (dyn Fn(&Plan, usize, u64, Option<State>, &AtomicBool) -> Result<Read, RunError> + Sync);

/// The outcomes of a run, and its tables.
pub(in crate::experiment) type Read = (Vec<Option<f64>>, Finished);

/// Runs the arms of a unit: the burn-in once, then each arm from there.
pub(in crate::experiment) fn execute(
    plan: &Plan,
    unit: &Unit,
    (run_arm, keeper): (RunArm<'_>, Option<&Keeper>),
    stop: &AtomicBool,
    tell: &mut dyn FnMut(usize, Ran),
) {
    let seed = |arm| plan.seed(arm, unit.replicate);
    let shared = match unit.arms.as_slice() {
        [first, _, ..] if plan.arms[*first].import.is_none() => {
            let scenario = plan.arms[*first].scenario.clone();
            let seed = seed(*first);
            match guarded(|| burn_in(scenario.with_seed(seed), stop)) {
                Ok(Ok(state)) => Some(state),
                Ok(Err(RunError::Interrupted { .. })) => return,
                // each arm then fails, or does not, by itself
                Ok(Err(_)) | Err(_) => None,
            }
        }
        _ => None,
    };
    for &arm in &unit.arms {
        let state = shared.clone();
        let run = match guarded(|| run_arm(plan, arm, seed(arm), state, stop)) {
            Ok(Ok((values, finished))) => {
                let tables = finished.recorder.tables();
                let kept = keeper.map(|keeper| keeper.keep(plan, (arm, unit.replicate), &tables));
                kept.transpose().map(|kept| RunResult {
                    values,
                    failure: None,
                    kept: kept.unwrap_or_default(),
                })
            }
            Ok(Err(RunError::Interrupted { .. })) => return,
            Ok(Err(error)) => Ok(failed(plan, error.to_string())),
            Err(cause) => Ok(failed(plan, cause)),
        };
        tell(arm, run);
    }
}

fn failed(plan: &Plan, cause: String) -> RunResult {
    RunResult {
        values: vec![None; plan.outcomes.len()],
        failure: Some(cause),
        kept: Vec::new(),
    }
}

/// One run, to its outcomes.
pub(in crate::experiment) fn run_arm(
    plan: &Plan,
    arm: usize,
    seed: u64,
    state: Option<State>,
    stop: &AtomicBool,
) -> Result<Read, RunError> {
    let arm = &plan.arms[arm];
    let years = arm.scenario.years.get();
    let how = How {
        import: arm.import.as_deref(),
        start: state.map_or(Start::Beginning, Start::Branch),
        wanted: wanted(&plan.outcomes, &plan.file.tables, years),
        checkpoint_at: None,
    };
    let scenario = arm.scenario.clone().with_seed(seed);
    let finished = run_how(scenario, how, &mut |_, _| {}, stop)?;
    let values = evaluate(&plan.outcomes, &finished.recorder.tables(), years);
    Ok((values, finished))
}

/// Runs all of some units and holds what they give, with no folder: for what is not written.
///
/// # Errors
/// When it was stopped, or no threads can be started.
pub(in crate::experiment) fn run_all(
    plan: &Plan,
    units: &[Unit],
    keeper: Option<&Keeper>,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Results, CampaignError> {
    let execute = |unit: &Unit, stop: &AtomicBool, tell: &mut dyn FnMut(usize, Ran)| {
        execute(plan, unit, (&run_arm, keeper), stop, tell);
    };
    let mut results = Results::new(plan.arms.len(), plan.file.replicates);
    let mut listen = |done: Done| -> Result<(), CampaignError> {
        results.enter(done.arm, done.replicate, done.run?);
        Ok(())
    };
    run_units(units, &execute, threads, plan.is_large(), stop, &mut listen)?;
    if stop.load(Ordering::Relaxed) {
        return Err(CampaignError::Interrupted {
            done: results.done(),
            runs: units.iter().map(|unit| unit.arms.len()).sum(),
        });
    }
    Ok(results)
}

/// Runs something that may panic; a panic gives its message, and nothing is printed.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if GUARDED.get() {
                let place = panic.location().map(|place| format!(" at {place}"));
                PLACE.replace(place.unwrap_or_default());
            } else {
                before(panic);
            }
        }));
    });
    GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    GUARDED.set(false);
    result.map_err(|panic| format!("panic{}: {}", PLACE.take(), message(&*panic)))
}

thread_local! {
    static GUARDED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    static PLACE: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "without a message".to_owned())
}

/// The units of some arms and one replicate: arms with the same burn-in and seed together.
pub(in crate::experiment) fn units(
    plan: &Plan,
    part: usize,
    replicate: u32,
    arms: &[usize],
) -> Vec<Unit> {
    let mut groups: Vec<((&str, u64), Vec<usize>)> = Vec::new();
    for &arm in arms {
        let key = (plan.arms[arm].burn_in.as_str(), plan.seed(arm, replicate));
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(arm),
            None => groups.push((key, vec![arm])),
        }
    }
    let unit = |(_, arms)| Unit {
        part,
        replicate,
        arms,
    };
    groups.into_iter().map(unit).collect()
}
