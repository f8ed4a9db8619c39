//! Twins: one person lives differently, all luck the same. Where the two worlds part, and what becomes of everyone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use super::single_run::{RunError, recording};
use super::twin_others::others;
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

/// A step of a career: something that happened, or a decision that passed the person over.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Week.
    pub week: i64,
    /// What happened, in words.
    pub what: String,
    /// The decision behind it.
    pub verdict: Option<Verdict>,
}

/// How a panel saw the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Place among the candidates.
    pub rank: i64,
    /// Candidates.
    pub candidates: usize,
    /// Score.
    pub score: f64,
    /// The parts of the score, as in [`PARTS`].
    pub parts: [f64; 8],
    /// Score that had to be beaten: of the best who was not chosen, or of the one who was.
    pub threshold: Option<f64>,
    /// How many spoke for the person.
    pub advocates: i64,
}

/// Names of the parts of a score.
pub const PARTS: [&str; 8] = [
    "performance",
    "reputation",
    "advocacy",
    "acquaintance",
    "luck",
    "breadth",
    "potential",
    "pace",
];

/// What the person's other life changed for everybody else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others {
    /// Colleagues to whom something happened in only one of the worlds, or at another time.
    pub people: usize,
    /// Events of others in each world.
    pub events: [usize; 2],
    /// Of these, in both worlds, the same in the same week.
    pub common: usize,
    /// Promotions of others in each world.
    pub promotions: [usize; 2],
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

pub(super) fn text(table: &Table, row: usize, column: &str) -> String {
    let column = table.column_index(column).unwrap_or(usize::MAX);
    table.text(row, column).unwrap_or("").to_owned()
}

pub(super) fn integer(table: &Table, row: usize, column: &str) -> Option<i64> {
    table.integer(row, table.column_index(column)?)
}

fn real(table: &Table, row: usize, column: &str) -> f64 {
    let column = table.column_index(column).unwrap_or(usize::MAX);
    table.real(row, column).unwrap_or(0.0)
}

/// The person's events, each with the decision behind it, and the decisions that passed the person over.
fn career(events: &Table, decisions: &Table, id: u32) -> Vec<Step> {
    let id = i64::from(id);
    let mut by_number: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for row in 0..decisions.len() {
        if let Some(number) = integer(decisions, row, "decision") {
            by_number.entry(number).or_default().push(row);
        }
    }
    let mut steps = Vec::new();
    let mut led = BTreeSet::new();
    for row in 0..events.len() {
        if integer(events, row, "employee") != Some(id) {
            continue;
        }
        let part = |column: &str| text(events, row, column);
        let (department, level) = (part("to_department"), part("to_level"));
        let moves =
            (part("from_department"), part("from_level")) != (department.clone(), level.clone());
        let cause = part("cause");
        let to = match (department.as_str(), level.as_str()) {
            // what leaves one in place is told by its cause
            _ if !moves && !cause.is_empty() => format!(" ({})", cause.replace('_', " ")),
            _ if !moves => String::new(),
            ("", "") => String::new(),
            (department, "") => format!(" to {department}"),
            ("", level) => format!(" to {level}"),
            (department, level) => format!(" to {level} in {department}"),
        };
        let decision = integer(events, row, "decision");
        led.extend(decision);
        let verdict = decision.and_then(|number| verdict(decisions, by_number.get(&number)?, id));
        steps.push(Step {
            week: integer(events, row, "week").unwrap_or(0),
            what: format!("{}{to}", part("kind").replace('_', " ")),
            verdict,
        });
    }
    for (number, rows) in &by_number {
        let kind = rows.first().map(|&row| text(decisions, row, "kind"));
        let Some(own) = verdict(decisions, rows, id) else {
            continue;
        };
        if led.contains(number) || kind.as_deref() != Some("promotion") {
            continue;
        }
        let row = rows[0];
        steps.push(Step {
            week: integer(decisions, row, "week").unwrap_or(0),
            what: format!(
                "passed over for {} in {}",
                text(decisions, row, "level"),
                text(decisions, row, "department")
            ),
            verdict: Some(own),
        });
    }
    steps.sort_by_key(|step| step.week);
    steps
}

fn verdict(decisions: &Table, rows: &[usize], id: i64) -> Option<Verdict> {
    let own = *rows
        .iter()
        .find(|&&row| integer(decisions, row, "candidate") == Some(id))?;
    let chosen = |row: usize| {
        let column = decisions.column_index("chosen").unwrap_or(usize::MAX);
        decisions.boolean(row, column) == Some(true)
    };
    // one who was chosen had to beat the best of the rest; one who was not, the last of the chosen
    let scores = |wanted: bool| {
        let rows = rows.iter().filter(move |&&row| chosen(row) == wanted);
        rows.map(|&row| real(decisions, row, "score"))
    };
    let threshold = if chosen(own) {
        scores(false).reduce(f64::max)
    } else {
        scores(true).reduce(f64::min)
    };
    Some(Verdict {
        rank: integer(decisions, own, "rank").unwrap_or(0),
        candidates: rows.len(),
        score: real(decisions, own, "score"),
        parts: PARTS.map(|part| real(decisions, own, part)),
        threshold,
        advocates: integer(decisions, own, "advocates").unwrap_or(0),
    })
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
