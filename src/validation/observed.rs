//! What was seen of one run: the material of the facts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::records::trace::Window;
use crate::units::WEEKS_PER_YEAR;
use crate::world::{Decision, Event, EventKind, LAYERS, Placement};

/// Weeks of a quarter.
pub const QUARTER: i32 = 13;

/// A person at the end of a year.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// Identity.
    pub id: u32,
    /// Level on the ladder, 0 at the bottom.
    pub level: u8,
    /// Department.
    pub department: u16,
    /// Function of the department.
    pub function: u8,
    /// Site.
    pub site: u8,
    /// Post to which the own post reports, `NOBODY` for the head: the same for a team.
    pub team: u32,
    /// Identity of the manager, if there is one.
    pub manager: Option<u32>,
    /// Index of the strategy in [`Observed::strategies`]; recorded for analysis.
    pub strategy: usize,
    /// Competence at the work [standard deviations].
    pub competence: f64,
    /// Interpersonal skill [standard deviations].
    pub skill: f64,
    /// How warm the person comes across [0 to 1].
    pub warmth: f64,
    /// Days in the office [days a week].
    pub days: u32,
    /// Time in the firm [years].
    pub tenure: f64,
    /// Last rating, if there is one [standard deviations].
    pub rating: Option<f64>,
    /// Mean weekly output over the year [weeks' worth].
    pub output: f64,
    /// Reputation [0 to 1].
    pub reputation: f64,
    /// Perceived influence [0 to 1].
    pub influence: f64,
    /// Promotions in the recorded run [count].
    pub promotions: f64,
    /// Hours a week spent on contacts over the year [hours].
    pub hours: f64,
    /// Contacts a week over the year, sought by either side [contacts].
    pub contacts: f64,
    /// Contacts with the own manager in the year [contacts].
    pub with_manager: f64,
    /// Contacts in the year that others' work required with the person, beyond team and line [contacts].
    pub asked: f64,
    /// Summed strength of friendships [strength].
    pub friendship: f64,
    /// Active ties that the person holds [ties].
    pub ties: f64,
    /// Of these, strong on two layers or more [ties].
    pub multiplex: f64,
    /// Mean value given less received over the active ties [contacts' worth].
    pub given: f64,
    /// Colleagues who would speak up for the person [people].
    pub advocates: f64,
    /// Burt's constraint in the network of active ties, undirected; none without ties.
    pub constraint: Option<f64>,
    /// Mean trust in the partners of active ties [0 to 1].
    pub trust: f64,
    /// Skill at managing [standard deviations].
    pub managing: f64,
    /// Pay, if it is kept [pay of an average post at the bottom].
    pub pay: Option<f64>,
    /// True performance in the last reviewed period [standard deviations].
    pub performed: Option<f64>,
    /// Friends who left, faded to the panel's week [count].
    pub friends_left: f64,
    /// Of the active ties, those that lead to another department [ties].
    pub across: f64,
    /// Of the active ties, those with so little trust that they are negative [ties].
    pub negative: f64,
    /// Of the active ties, those that lead to a higher level [ties].
    pub above: f64,
    /// Mentors: seniors to whom the person looks up and who look after the person (M18) [people].
    pub mentors: f64,
    /// Calls of the year, of one's own choice, to colleagues known before [contacts].
    pub upkeep: f64,
    /// Practical value received in the contacts of the year [weeks' worth].
    pub help: f64,
}

/// Contacts of a quarter.
#[derive(Debug, Clone, Default)]
pub struct Quarter {
    /// First week.
    pub from: i32,
    /// By caller and called.
    pub window: Window,
}

/// A tie at a quarter's end, and whether it was still active a quarter later.
#[derive(Debug, Clone, Copy)]
pub struct Spell {
    /// Age [weeks].
    pub age: i32,
    /// Strongest layer [0 to 1].
    pub strength: f64,
    /// Partners whom both sides have.
    pub mutual: u32,
    /// Whether there was a contact in the quarter.
    pub contacted: bool,
    /// Whether both were still there and the tie was still active.
    pub kept: bool,
    /// Strongest layer a quarter later, 0 when the tie is gone.
    pub later: f64,
    /// What ego owes the other and would still owe a quarter later if nothing passed between them, at least 0 [contacts' worth].
    pub owes: f64,
    /// What ego owes a quarter later; negative when the other owes ego by then [contacts' worth].
    pub owes_later: f64,
    /// Whether friendship is strong.
    pub friends: bool,
    /// Perceived influence of the other [0 to 1].
    pub influence: f64,
}

/// A tie that was strong at its last contact, three years ago or more.
#[derive(Debug, Clone, Copy)]
pub struct Lapsed {
    /// Strongest layer at the last contact [0 to 1].
    pub before: f64,
    /// Strongest layer from which the next contact would take it up [0 to 1].
    pub revived: f64,
    /// Trust at the last contact [0 to 1].
    pub trust_before: f64,
    /// Trust from which the next contact would take it up [0 to 1].
    pub trust_revived: f64,
}

/// What was seen of one run.
#[derive(Default)]
pub struct Observed {
    /// Length of the recorded run [weeks].
    pub weeks: i32,
    /// For each level: whether it manages, and its posts at the end.
    pub levels: Vec<(bool, f64)>,
    /// Names of the strategies.
    pub strategies: Vec<String>,
    /// Reports of each post that has any, at the end.
    pub spans: Vec<f64>,
    /// Reports of the head, at the end.
    pub head_reports: f64,
    /// Events of the recorded run.
    pub events: Vec<Event>,
    /// Decisions of the recorded run.
    pub decisions: Vec<Decision>,
    /// Placements of the recorded run.
    pub placements: Vec<Placement>,
    /// Whom programmes have drawn and whom not: (week, identity, drawn).
    pub enrolled: Vec<(i32, u32, bool)>,
    /// Week in which each person was hired, by identity.
    pub hired: BTreeMap<u32, i32>,
    /// Everyone at the start (0) and at each year's end.
    pub years: Vec<Vec<Person>>,
    /// Contacts of the traced quarters, in order.
    pub quarters: Vec<Quarter>,
    /// Ties followed from quarter to quarter.
    pub spells: Vec<Spell>,
    /// Ties at the end that were strong once and have been silent for years.
    pub lapsed: Vec<Lapsed>,
    /// Meetings that programmes put into the calendar: (week, identity, identity).
    pub met: Vec<(i32, u32, u32)>,
    /// The last survey: names by layer, as (asked, named) identities.
    pub named: [Vec<(u32, u32)>; LAYERS],
    /// Sites and departments by identity at the end, for the last survey.
    pub people: Vec<Person>,
}

impl Observed {
    /// First level that manages.
    pub fn first_manager(&self) -> u8 {
        self.levels
            .iter()
            .position(|(manages, _)| *manages)
            .unwrap_or(self.levels.len()) as u8
    }

    /// Who quit in these weeks, by identity.
    pub fn quit_in(&self, weeks: Range<i32>) -> BTreeSet<u32> {
        self.events
            .iter()
            .filter(|e| e.kind == EventKind::Left && weeks.contains(&e.week))
            .filter_map(|e| e.employee)
            .collect()
    }

    /// Length of the recorded run [years].
    pub fn length(&self) -> f64 {
        f64::from(self.weeks) / f64::from(WEEKS_PER_YEAR)
    }

    /// Person-years, from the panel.
    pub fn person_years(&self) -> f64 {
        self.years[1..].iter().map(|year| year.len() as f64).sum()
    }

    /// Events of a kind.
    pub fn count(&self, kind: EventKind) -> f64 {
        self.events.iter().filter(|e| e.kind == kind).count() as f64
    }

    /// Index of a strategy by name.
    pub fn strategy(&self, name: &str) -> Option<usize> {
        self.strategies.iter().position(|s| s == name)
    }

    /// Promotions and employee-years of a strategy over the recorded run.
    pub fn promotions_of(&self, strategy: Option<usize>) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for years in self.years.windows(2) {
            let before: BTreeMap<u32, f64> =
                years[0].iter().map(|p| (p.id, p.promotions)).collect();
            for p in years[1].iter().filter(|p| Some(p.strategy) == strategy) {
                sums.0 += p.promotions - before.get(&p.id).copied().unwrap_or(0.0);
                sums.1 += 1.0;
            }
        }
        sums
    }

    /// Everyone at every third year's end who has been here for a year: careers that hardly overlap.
    pub fn settled(&self) -> impl Iterator<Item = &Person> {
        self.years[1..]
            .iter()
            .step_by(3)
            .flatten()
            .filter(|p| p.tenure >= 1.0)
    }

    /// Contacts of some quarters by unordered pair.
    pub fn pairs(&self, quarters: std::ops::Range<usize>) -> BTreeMap<(u32, u32), u32> {
        let mut pairs = BTreeMap::new();
        for quarter in &self.quarters[quarters] {
            for (&(a, b), seen) in &quarter.window {
                *pairs.entry((a.min(b), a.max(b))).or_default() += seen.contacts;
            }
        }
        pairs
    }

    /// Names of the last survey on a layer, or on all (the union), as places in [`Observed::people`].
    pub fn names(&self, layer: Option<usize>) -> Vec<(u32, u32)> {
        let place: BTreeMap<u32, u32> = self
            .people
            .iter()
            .zip(0..)
            .map(|(person, i)| (person.id, i))
            .collect();
        let mut arcs: Vec<(u32, u32)> = match layer {
            Some(layer) => self.named[layer].clone(),
            None => self.named.concat(),
        }
        .iter()
        .filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?)))
        .collect();
        arcs.sort_unstable();
        arcs.dedup();
        arcs
    }
}
