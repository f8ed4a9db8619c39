//! One run of one scenario, observed from start to end.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::initialization::Imported;
use crate::measures::Options;
use crate::model::{Model, build};
use crate::records::TableError;
use crate::records::recorder::{Plan, Recorder};
use crate::records::roles::Definitions;
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
    /// A row did not fit its table.
    #[error("this is a mistake of the program: {0}")]
    Table(#[from] TableError),
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
    let weeks = scenario.years.get() as i32 * WEEKS_PER_YEAR;
    let records = scenario.records.clone();
    let plan = Plan {
        weeks,
        ties: records.ties,
        positions: records.positions,
        yearly: records.yearly_snapshots,
        ties_every: records.ties_every.get() as i32,
        measures: Options {
            exact_up_to: records.exact_hundreds.get() as usize * 100,
            pivots: records.pivot_tens.get() as usize * 10,
            ..Options::for_snapshots()
        },
        definitions: definitions(&scenario),
    };
    let (mut model, mut world, notes) = build(scenario, import);
    let mut recorder = Recorder::new(plan);
    while world.week < weeks {
        if stop.load(Ordering::Relaxed) {
            return Err(RunError::Interrupted {
                week: world.week,
                weeks,
            });
        }
        let week = world.week;
        progress(week, weeks);
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
                observed = recorder.week(world, &changes, &now);
            }
        });
        observed?;
    }
    Ok(Finished { recorder, notes })
}
