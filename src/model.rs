//! The page: what happens in a week, in order, one line each with the reason for its place.

mod build;
mod career;
mod evolving;
mod insight;
mod programmes;
mod relating;
mod start;
mod state;

pub use build::{Notes, build};
pub use start::{CannotStart, read as read_import, start};
pub use state::State;

use crate::engine::{PostOffice, Step};
use crate::mechanisms::Change;
use crate::mechanisms::choice::Rhythm;
use crate::mechanisms::decay::Fading;
use crate::mechanisms::liking::Attraction;
use crate::random::{Randomness, Shapes};
use crate::scenario::Scenario;
use crate::units::WEEKS_PER_YEAR;
use crate::world::{COLLABORATION, World, YearNews};

/// The rules of a scenario, ready to run, with what they prepare once.
pub struct Model {
    scenario: Scenario,
    randomness: Randomness,
    shapes: Shapes,
    fading: Fading,
    rhythm: Rhythm,
    attraction: Attraction,
    sources: [f32; 7],
    assignment: build::AssignmentTable,
    /// Restructurings, scheduled and random, in the order of their numbers.
    changes: Vec<Change>,
    office: PostOffice,
}

/// A phase of the week: its name, why it stands where it does, and what it runs.
pub struct Phase {
    /// Name.
    pub name: &'static str,
    /// Mechanisms that it runs.
    pub mechanisms: &'static str,
    /// Reason for its place.
    pub reason: &'static str,
    /// The phase.
    pub run: fn(&mut Model, &mut World),
}

/// The week, in order.
pub const PHASES: [Phase; 15] = [
    // 1. Calendar
    phase(
        "leave",
        "M16",
        "first those who go, so that nobody plans with someone who has left",
        Model::leave,
    ),
    phase(
        "programmes",
        "M19",
        "the week's meetings, hours and promises stand before anyone plans or decides",
        Model::run_programmes,
    ),
    phase(
        "restructure",
        "M17",
        "posts are redrawn before anyone is put on them",
        Model::restructure,
    ),
    phase(
        "fill vacancies",
        "M15, M16",
        "panels and hires on what is vacant now",
        Model::fill_vacancies,
    ),
    phase(
        "projects",
        "M13",
        "staffed from those who are there",
        Model::run_projects,
    ),
    // 2. and 3. Opportunities, attention and choice, over the same state for everyone
    phase(
        "choose",
        "M1, M2, M3, M5, M6, M7",
        "whom to contact, with what offer",
        Model::choose,
    ),
    phase(
        "deliver",
        "engine",
        "letters reach their inboxes",
        Model::deliver,
    ),
    // 4. Acceptance
    phase(
        "accept",
        "M4, M5, M6, M7",
        "each receiver over the calls that came",
        Model::accept,
    ),
    // 5. Exchange
    phase(
        "exchange",
        "M5 to M9",
        "each writes both sides' outcome into the own records",
        Model::exchange,
    ),
    // 6. Talk
    phase(
        "talk",
        "M10",
        "opinions travel along the ties as they now are",
        Model::talk,
    ),
    phase(
        "tell news",
        "M12",
        "along the week's contacts, as everyone had it in mind before",
        Model::tell_news,
    ),
    phase(
        "incidents",
        "M14",
        "hit the reputation that the talk has left; defenders are read from their own records",
        Model::strike,
    ),
    // 7. Work
    phase(
        "work",
        "M11, M13",
        "with the hours left and the help received; influence is seen next week",
        Model::work,
    ),
    // 8. Review, on its own calendar; 9. the observer reads the world after it
    phase("review", "M15", "on the output so far", Model::review),
    phase(
        "learn",
        "M20",
        "from what the week and its decisions have brought",
        Model::learn,
    ),
];

const fn phase(
    name: &'static str,
    mechanisms: &'static str,
    reason: &'static str,
    run: fn(&mut Model, &mut World),
) -> Phase {
    Phase {
        name,
        mechanisms,
        reason,
        run,
    }
}

impl Model {
    /// One week of the firm.
    pub fn week(&mut self, world: &mut World) {
        self.clear(world);
        for phase in &PHASES {
            (phase.run)(self, world);
        }
    }

    /// Runs one week and moves the clock on. The observer reads the world in between, see `run`.
    pub fn advance(&mut self, world: &mut World, observe: &mut dyn FnMut(&World, &Self)) {
        self.week(world);
        observe(world, self);
        world.week += 1;
    }

    /// The scenario, completed.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The closed form of fading, for observers.
    pub fn fading(&self) -> &Fading {
        &self.fading
    }

    /// The week's letters, for observers.
    pub fn office(&self) -> &PostOffice {
        &self.office
    }

    /// Restructurings so far and to come, by number.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Weeks of the restructurings that are known, by number, for snapshots around them.
    pub fn change_weeks(&self) -> impl Iterator<Item = i32> + '_ {
        let on = self.scenario.restructuring.enabled;
        self.changes
            .iter()
            .filter(move |_| on)
            .map(|c| c.week.get() as i32)
    }

    fn step<'a>(&'a self, world: &World) -> Step<'a> {
        Step {
            week: world.week,
            randomness: &self.randomness,
            shapes: &self.shapes,
        }
    }

    fn clear(&self, world: &mut World) {
        let decisions_made = world.happenings.decisions_made;
        world.happenings = crate::world::Happenings {
            decisions_made,
            ..Default::default()
        };
        if world.week.rem_euclid(WEEKS_PER_YEAR) == 0 {
            // before the projects of the week, whose gains belong to the new year
            for standing in &mut world.employees.standings {
                standing.year_output = 0.0;
                standing.year_news = YearNews::default();
                standing.year_incidents = (0, 0);
            }
        }
    }

    fn deliver(&mut self, _: &mut World) {
        self.office.deliver();
    }

    fn run_projects(&mut self, world: &mut World) {
        let step = self.step(world);
        self.scenario.projects.run(world, step, |tie, week| {
            self.fading.now(tie, week)[COLLABORATION]
        });
    }

    fn review(&mut self, world: &mut World) {
        let week = world.week;
        if (week + 1).rem_euclid(WEEKS_PER_YEAR) == 0 {
            self.scenario.pay.yearly(&mut world.employees);
            let greatest = self.scenario.hiring.bounds().1;
            world.happenings.efficiency = self.scenario.fit.efficiency(world, greatest);
        }
        if self.scenario.review.is_due(week) {
            let step = self.step(world);
            self.scenario
                .review
                .rate(world, step, &|tie| self.fading.now(tie, week));
        }
    }
}
