//! Twins: one person lives differently, all luck the same. Where the two worlds part, and what becomes of everyone.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::career::{Step, career};
use super::cells::integer;
use super::others::{Others, others};
use crate::experiment::one_run::{RunError, recording};
use crate::initialization::Imported;
use crate::model::{Model, build};
use crate::records::recorder::Recorder;
use crate::records::wanted::Wanted;
use crate::records::{Cell, Table};
use crate::scenario::Scenario;
use crate::units::WEEKS_PER_YEAR;
use crate::world::{NOBODY, World};

/// Two lives of one person.
pub struct Twin {
    /// The person's id in both worlds.
    pub id: u32,
    /// Where the worlds part, in the order of the weeks: the person's own first step, somebody else's, the first event.
    pub partings: Vec<Parting>,
    /// The career as it is, and the other one.
    pub careers: [Vec<Step>; 2],
    /// The person in the yearly panel at the end, column by column, in both lives.
    pub ends: Vec<(String, [String; 2])>,
    /// What changed for others.
    pub others: Others,
}

/// A week in which the two worlds first differ in some way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// Week; burn-in weeks are negative.
    pub week: i32,
    /// What differs, in a sentence.
    pub what: String,
}

/// One of the two worlds.
struct Life {
    model: Model,
    world: World,
    recorder: Recorder,
}

impl Life {
    fn new(scenario: Scenario, import: Option<&Imported>) -> Self {
        let wanted = Wanted {
            events: true,
            decisions: true,
            employees: crate::records::wanted::Few::All,
            ..Wanted::NOTHING
        };
        let recorder = Recorder::new(recording(&scenario, wanted));
        let (model, world, _) = build(scenario, import);
        Self {
            model,
            world,
            recorder,
        }
    }

    fn week(&mut self) -> Result<(), RunError> {
        let Self {
            model,
            world,
            recorder,
        } = self;
        let week = world.week;
        if week == 0 {
            let changes = model.change_weeks().collect();
            let now = |tie: &crate::world::Tie| model.fading().now(tie, week);
            recorder.start(world, changes, &now)?;
        }
        let mut observed = Ok(());
        model.advance(world, &mut |world: &World, model: &Model| {
            if week >= 0 {
                let changes: Vec<i32> = model.change_weeks().collect();
                let now = |tie: &crate::world::Tie| model.fading().now(tie, week);
                observed = recorder.week(world, &changes, &now);
            }
        });
        Ok(observed?)
    }

    /// Whom everyone called this week: (caller's id, called ids), by slot.
    fn calls(&self, slot: u32) -> BTreeSet<u32> {
        let letters = self.model.office().letters_of(slot).iter();
        letters
            .filter(|letter| letter.target != NOBODY)
            .map(|letter| self.world.employees.profiles[letter.target as usize].id)
            .collect()
    }

    fn name(&self, id: u32) -> String {
        let persona = self.world.personas.iter().find(|p| p.id == id);
        let named = persona
            .map(|p| p.name.clone())
            .or_else(|| self.world.names.get(id as usize).cloned())
            .filter(|name| !name.is_empty());
        named.unwrap_or_else(|| format!("employee {id}"))
    }

    fn listed(&self, ids: &BTreeSet<u32>) -> String {
        if ids.is_empty() {
            return "nobody".to_owned();
        }
        let names: Vec<String> = ids.iter().map(|&id| self.name(id)).collect();
        names.join(", ")
    }
}

/// Runs both worlds side by side and compares them.
///
/// # Errors
/// When it was stopped; none is handed out where the person is in neither world.
pub fn twin(
    scenarios: [Scenario; 2],
    import: Option<&Imported>,
    person: &str,
    stop: &AtomicBool,
) -> Result<Option<Twin>, RunError> {
    let weeks = scenarios[0].years.get() as i32 * WEEKS_PER_YEAR;
    let mut lives = scenarios.map(|scenario| Life::new(scenario, import));
    let found = lives[0].world.personas.iter().find(|p| p.name == person);
    let Some(id) = found.map(|p| p.id) else {
        return Ok(None);
    };
    let mut partings: [Option<Parting>; 3] = [None, None, None];
    while lives[0].world.week < weeks {
        let week = lives[0].world.week;
        if stop.load(Ordering::Relaxed) {
            return Err(RunError::Interrupted { week, weeks });
        }
        for life in &mut lives {
            // the observer sees a week before the clock moves on
            life.week()?;
        }
        if partings.iter().any(Option::is_none) {
            compare(&lives, id, week, &mut partings);
        }
    }
    let tables = |life: &Life| {
        let all = life.recorder.tables();
        let of = |name: &str| all.iter().position(|table| table.spec().name == name);
        (of("events"), of("decisions"), of("employees"))
    };
    let (Some(events), Some(decisions), Some(panel)) = tables(&lives[0]) else {
        return Ok(None);
    };
    let table = |life: usize, place: usize| lives[life].recorder.tables()[place];
    let careers = [0, 1].map(|life| career(table(life, events), table(life, decisions), id));
    let ends = ends([table(0, panel), table(1, panel)], id, weeks);
    let others = others([table(0, events), table(1, events)], id);
    let mut partings: Vec<Parting> = partings.into_iter().flatten().collect();
    partings.sort_by_key(|parting| parting.week);
    Ok(Some(Twin {
        id,
        partings,
        careers,
        ends,
        others,
    }))
}

/// An event as it is compared: kind, person, department and level after it.
type Happening = (&'static str, Option<u32>, Option<u16>, Option<u8>);

/// Looks for the first week in which the person calls others, somebody else calls others, something else happens.
fn compare(lives: &[Life; 2], id: u32, week: i32, partings: &mut [Option<Parting>; 3]) {
    let [as_is, otherwise] = lives;
    let slots = as_is
        .world
        .employees
        .slots()
        .min(otherwise.world.employees.slots());
    for slot in 0..slots as u32 {
        let who = as_is.world.employees.profiles[slot as usize].id;
        if who == NOBODY || otherwise.world.employees.profiles[slot as usize].id != who {
            continue;
        }
        let place = usize::from(who != id);
        if partings[place].is_some() {
            continue;
        }
        let calls = [as_is.calls(slot), otherwise.calls(slot)];
        if calls[0] != calls[1] {
            let what = format!(
                "{} sought out {}; in the other life {}",
                as_is.name(who),
                as_is.listed(&calls[0]),
                otherwise.listed(&calls[1])
            );
            partings[place] = Some(Parting { week, what });
        }
    }
    let happened = |life: &Life| {
        let events = life.world.happenings.events.iter();
        events
            .map(|e| (e.kind.word(), e.employee, e.to_department, e.to_level))
            .collect::<Vec<_>>()
    };
    if partings[2].is_none() {
        let (a, b) = (happened(as_is), happened(otherwise));
        let only = |own: &[Happening], other: &[Happening], life: &Life| {
            let &(kind, who, _, _) = own.iter().find(|event| !other.contains(event))?;
            let who = who.map_or("the firm".to_owned(), |id| life.name(id));
            Some(format!("{who}: {}", kind.replace('_', " ")))
        };
        let (first, second) = (only(&a, &b, as_is), only(&b, &a, otherwise));
        if first.is_some() || second.is_some() {
            let word = |what: Option<String>| what.unwrap_or_else(|| "nothing".to_owned());
            let what = format!(
                "the first event that differs: {}; in the other life {}",
                word(first),
                word(second)
            );
            partings[2] = Some(Parting { week, what });
        }
    }
}

/// The person in the last panel, in both lives; empty where the person had gone.
fn ends(panels: [&Table; 2], id: u32, weeks: i32) -> Vec<(String, [String; 2])> {
    let year = i64::from(weeks / WEEKS_PER_YEAR);
    let row_of = |panel: &Table| {
        (0..panel.len()).find(|&row| {
            integer(panel, row, "year") == Some(year)
                && integer(panel, row, "employee") == Some(i64::from(id))
        })
    };
    let rows = panels.map(row_of);
    let skipped = ["year", "employee", "name", "source_id", "persona", "status"];
    panels[0]
        .spec()
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !skipped.contains(&column.name))
        .map(|(place, column)| {
            let shown = |life: usize| match rows[life].map(|row| panels[life].cell(row, place)) {
                Some(Cell::Integer(value)) => value.to_string(),
                Some(Cell::Real(value)) => format!("{value:.2}"),
                Some(Cell::Text(value)) => value.to_owned(),
                Some(Cell::Boolean(value)) => value.to_string(),
                Some(Cell::Missing) | None => String::new(),
            };
            (column.name.to_owned(), [shown(0), shown(1)])
        })
        .collect()
}
