//! The observer: turns the firm, week by week, into rows. It reads the world and never changes it.

mod happenings;
mod people;
mod weekly;

use super::layers::Now;
use super::roles::Definitions;
use super::survey::{self, SurveyPlan, survey};
use super::trace::{TracePlan, Tracer};
use super::wanted::Wanted;
use super::{Table, TableError, columns};
use crate::engine::PostOffice;
use crate::measures::Options;
use crate::random::{Randomness, Shapes};
use crate::units::WEEKS_PER_YEAR;
use crate::world::{StrategyKey, World};

/// What is recorded, and when.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Length of the recorded run [weeks].
    pub weeks: i32,
    /// Whether ties are recorded at snapshots.
    pub ties: bool,
    /// Whether network positions are recorded at snapshots.
    pub positions: bool,
    /// Whether a snapshot is taken at each year's end.
    pub yearly: bool,
    /// Weeks between counts of the active ties.
    pub ties_every: i32,
    /// How exact the network measures are.
    pub measures: Options,
    /// When a tie is strong, an ally an advocate, and so on.
    pub definitions: Definitions,
    /// Which rows anybody will read.
    pub wanted: Wanted,
    /// How the survey is taken, if it is.
    pub survey: Option<SurveyPlan>,
    /// When contacts are traced, if they are.
    pub trace: Option<TracePlan>,
    /// Seed of the run, for the observers' own draws.
    pub seed: u64,
}

/// The tables of a run in the making.
pub struct Recorder {
    plan: Plan,
    /// Weeks of the restructurings known so far, by number.
    changes: Vec<i32>,
    events: Table,
    decisions: Table,
    employees: Table,
    positions: Table,
    ties: Table,
    weekly: Table,
    placements: Table,
    programmes: Table,
    survey: Table,
    trace: Table,
    tracer: Option<Tracer>,
    luck: (Randomness, Shapes),
}

impl Recorder {
    /// Empty tables.
    pub fn new(plan: Plan) -> Self {
        Self {
            tracer: plan.trace.map(Tracer::new),
            luck: (Randomness::new(plan.seed), Shapes::default()),
            plan,
            changes: Vec::new(),
            events: Table::new(&columns::EVENTS),
            decisions: Table::new(&columns::DECISIONS),
            employees: Table::new(&columns::EMPLOYEES),
            positions: Table::new(&columns::POSITIONS),
            ties: Table::new(&columns::TIES),
            weekly: Table::new(&columns::WEEKLY),
            placements: Table::new(&columns::PLACEMENTS),
            programmes: Table::new(&columns::PROGRAMMES),
            survey: Table::new(&columns::SURVEY),
            trace: Table::new(&columns::TRACE),
        }
    }

    /// All tables, in the order of the dictionary.
    pub fn tables(&self) -> [&Table; 10] {
        [
            &self.events,
            &self.decisions,
            &self.employees,
            &self.positions,
            &self.ties,
            &self.weekly,
            &self.placements,
            &self.programmes,
            &self.survey,
            &self.trace,
        ]
    }

    /// The start of the recorded run, before its first week.
    ///
    /// # Errors
    /// Only if a row does not fit its table, which would be a mistake of this program.
    pub fn start(
        &mut self,
        world: &World,
        changes: Vec<i32>,
        now: Now<'_>,
    ) -> Result<(), TableError> {
        self.changes = changes;
        self.year(world, 0, now)?;
        self.ask(world, "start", now)?;
        self.snapshot(world, "start", now)
    }

    /// The contacts of the week that has just been simulated.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn contacts(&mut self, world: &World, office: &PostOffice) -> Result<(), TableError> {
        match &mut self.tracer {
            Some(tracer) => tracer.week(&mut self.trace, world, office),
            None => Ok(()),
        }
    }

    /// A survey under the name of a snapshot.
    fn ask(&mut self, world: &World, name: &str, now: Now<'_>) -> Result<(), TableError> {
        let Some(plan) = &self.plan.survey else {
            return Ok(());
        };
        let (randomness, shapes) = &self.luck;
        let names = survey(world, now, plan, randomness, shapes);
        survey::record(&mut self.survey, world, name, &names)
    }

    /// The week that has just been simulated.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn week(&mut self, world: &World, changes: &[i32], now: Now<'_>) -> Result<(), TableError> {
        if self.changes.len() < changes.len() {
            self.changes
                .extend_from_slice(&changes[self.changes.len()..]);
        }
        if self.plan.wanted.events {
            for event in &world.happenings.events {
                self.event(world, event)?;
            }
            self.incidents(world)?;
        }
        if self.plan.wanted.decisions {
            self.decisions(world)?;
        }
        if self.plan.wanted.placements {
            self.placements(world)?;
        }
        self.enrolments(world)?;
        if self.plan.wanted.weekly {
            self.weekly(world)?;
        }
        let week = world.week;
        let last = week == self.plan.weeks - 1;
        let year_ends = (week + 1) % WEEKS_PER_YEAR == 0;
        if year_ends {
            self.year(world, i64::from((week + 1) / WEEKS_PER_YEAR), now)?;
        }
        let mut names = Vec::new();
        if last {
            names.push("end".to_owned());
        } else if year_ends && self.plan.yearly {
            names.push(format!("year-{}", (week + 1) / WEEKS_PER_YEAR));
        }
        for (i, &due) in self.changes.iter().enumerate() {
            if week == due - 1 {
                names.push(format!("restructuring-{}-before", i + 1));
            }
            for after in [4, 13, 52] {
                if week == due + after {
                    names.push(format!("restructuring-{}-after-{after}", i + 1));
                }
            }
        }
        // a survey is taken once a year, not around every restructuring
        if let Some(name) = names
            .first()
            .filter(|_| last || year_ends && self.plan.yearly)
        {
            self.ask(world, name, now)?;
        }
        for name in names {
            self.snapshot(world, &name, now)?;
        }
        Ok(())
    }
}

/// Name of a person's strategy, for records and analysis.
pub fn strategy_of(world: &World, slot: u32) -> &str {
    label(world, world.employees.characters[slot as usize].strategy)
}

fn label(world: &World, key: StrategyKey) -> &str {
    world.strategies.label_for_records(key)
}

fn department(world: &World, d: u16) -> &str {
    &world.organisation.departments[d as usize].name
}

fn level(world: &World, l: u8) -> &str {
    &world.organisation.levels[l as usize].name
}
