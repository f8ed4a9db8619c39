//! One run of one scenario, observed from start to end.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::initialization::Imported;
use crate::measures::Options;
use crate::model::{Model, State, build};
use crate::records::TableError;
use crate::records::recorder::{Plan, Recorder};
use crate::records::roles::Definitions;
use crate::records::survey::SurveyPlan;
use crate::records::trace::TracePlan;
use crate::records::wanted::Wanted;
use crate::scenario::Scenario;
use crate::units::WEEKS_PER_YEAR;
use crate::world::World;

/// Strength from which a layer of a tie is called strong in the tables: the rhythm of monthly contact.
const STRONG: f32 = 0.2;

/// A run that reached its end.
pub struct Finished {
    /// The tables.
    pub recorder: Recorder,
    /// What was drawn or left out while building, in sentences.
    pub notes: Vec<String>,
    /// The state at the week that was asked for.
    pub checkpoint: Option<State>,
}

/// Why a run did not reach its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Someone asked it to stop.
    #[error("interrupted in week {week} of {weeks}")]
    Interrupted {
        /// Week reached.
        week: i32,
        /// Weeks of the run.
        weeks: i32,
    },
    /// Someone asked it to stop after its last week.
    #[error("interrupted while the results were written")]
    InterruptedWriting,
    /// A row did not fit its table.
    #[error("this is a mistake of the program: {0}")]
    Table(#[from] TableError),
}

/// Where a run starts.
#[derive(Clone, Default)]
pub enum Start {
    /// At the beginning, with the burn-in.
    #[default]
    Beginning,
    /// At the end of a burn-in that is shared with other scenarios.
    Branch(State),
    /// In the state that a run of the same scenario had.
    Resume(State),
}

/// How a run is started and observed.
pub struct How<'a> {
    /// The real organisation, if there is one.
    pub import: Option<&'a Imported>,
    /// Where it starts.
    pub start: Start,
    /// What is recorded.
    pub wanted: Wanted,
    /// Week before which the state is kept.
    pub checkpoint_at: Option<i32>,
}

/// Definitions of strong ties and advocates for the tables of a scenario.
pub fn definitions(scenario: &Scenario) -> Definitions {
    Definitions {
        active: scenario.decay.active.single(),
        strong: STRONG,
        hostile: if scenario.sincerity.enabled {
            scenario.sincerity.hostile.single()
        } else {
            0.0
        },
        speaks_up: scenario.review.speaks_up.single(),
        looks_up: scenario.evolution.looks_up.single(),
        looks_after: scenario.evolution.looks_after.single(),
        ahead: scenario.evolution.ahead.get() as i32,
    }
}

/// Runs a scenario. `progress` hears each week reached and the number of the last; `stop` ends the run early.
///
/// # Errors
/// When it was stopped.
pub fn run_once(
    scenario: Scenario,
    import: Option<&Imported>,
    progress: &mut dyn FnMut(i32, i32),
    stop: &AtomicBool,
) -> Result<Finished, RunError> {
    let how = How {
        import,
        start: Start::Beginning,
        wanted: Wanted::EVERYTHING,
        checkpoint_at: None,
    };
    run_how(scenario, how, progress, stop)
}

/// As [`run_once`], started and observed in a given way.
///
/// # Errors
/// When it was stopped.
pub fn run_how(
    scenario: Scenario,
    how: How<'_>,
    progress: &mut dyn FnMut(i32, i32),
    stop: &AtomicBool,
) -> Result<Finished, RunError> {
    let How {
        import,
        start,
        wanted,
        checkpoint_at,
    } = how;
    let weeks = scenario.years.get() as i32 * WEEKS_PER_YEAR;
    let records = scenario.records.clone();
    let observers = wanted.observers;
    let mut plan = recording(&scenario, wanted);
    let (mut model, mut world, notes) = build(scenario, import);
    match start {
        Start::Beginning => {}
        Start::Branch(state) => world = model.branch(state),
        Start::Resume(state) => world = model.resume(state),
    }
    if observers && world.employees.headcount() <= records.observed_hundreds.get() * 100 {
        plan.survey = SurveyPlan::of(&records);
        plan.trace = TracePlan::of(&records, weeks);
    }
    let mut recorder = Recorder::new(plan);
    let mut checkpoint = None;
    while world.week < weeks {
        if stop.load(Ordering::Relaxed) {
            return Err(RunError::Interrupted {
                week: world.week,
                weeks,
            });
        }
        let week = world.week;
        progress(week, weeks);
        if checkpoint_at == Some(week) {
            checkpoint = Some(model.state(&world));
        }
        if week == 0 {
            let changes = model.change_weeks().collect();
            let now = |tie: &crate::world::Tie| model.fading().now(tie, week);
            recorder.start(&world, changes, &now)?;
        }
        let mut observed = Ok(());
        model.advance(&mut world, &mut |world: &World, model: &Model| {
            if week >= 0 {
                let changes: Vec<i32> = model.change_weeks().collect();
                let now = |tie: &crate::world::Tie| model.fading().now(tie, week);
                observed = recorder
                    .contacts(world, model.office())
                    .and_then(|()| recorder.week(world, &changes, &now));
            }
        });
        observed?;
    }
    if checkpoint_at == Some(weeks) {
        checkpoint = Some(model.state(&world));
    }
    Ok(Finished {
        recorder,
        notes,
        checkpoint,
    })
}

/// The state at the end of a scenario's burn-in, from which several runs can branch.
///
/// # Errors
/// When it was stopped.
pub fn burn_in(scenario: Scenario, stop: &AtomicBool) -> Result<State, RunError> {
    let (mut model, mut world, _) = build(scenario, None);
    while world.week < 0 {
        if stop.load(Ordering::Relaxed) {
            return Err(RunError::Interrupted {
                week: world.week,
                weeks: 0,
            });
        }
        model.advance(&mut world, &mut |_, _| {});
    }
    Ok(model.into_state(world))
}

/// What the recorder does in a run of a scenario.
pub(in crate::experiment) fn recording(scenario: &Scenario, wanted: Wanted) -> Plan {
    let records = &scenario.records;
    Plan {
        weeks: scenario.years.get() as i32 * WEEKS_PER_YEAR,
        ties: records.ties,
        positions: records.positions,
        yearly: records.yearly_snapshots,
        ties_every: records.ties_every.get() as i32,
        measures: Options {
            exact_up_to: records.exact_hundreds.get() as usize * 100,
            pivots: records.pivot_tens.get() as usize * 10,
            ..Options::for_snapshots()
        },
        definitions: definitions(scenario),
        wanted,
        survey: None,
        trace: None,
        seed: scenario.seed,
    }
}
