//! The rows that the statistics read, each the part of a results table that they need.

use crate::units::WEEKS_PER_YEAR;

/// Where the rows come from: enough to repeat the run, printed under every chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Name of the scenario.
    pub scenario: String,
    /// Hash of the resolved scenario, hexadecimal; charts show its first eight characters.
    pub scenario_hash: String,
    /// Seed of the run.
    pub seed: u64,
    /// Version of the program that made the tables.
    pub version: String,
    /// Command that repeats the run, where the manifest has one.
    pub command: Option<String>,
}

/// One run's tables, as far as the statistics need them. A missing table is an empty vector.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// Where the rows come from.
    pub provenance: Provenance,
    /// Table `events`.
    pub events: Vec<Event>,
    /// Table `placements`.
    pub placements: Vec<Placement>,
    /// Table `employees`.
    pub employees: Vec<EmployeeYear>,
    /// Table `positions`, layer `union` only.
    pub positions: Vec<Position>,
    /// Table `ties`: the two snapshots compared, and at all snapshots the ties of the person in focus.
    pub ties: Vec<TieRow>,
    /// Table `weekly`.
    pub weekly: Vec<WeekRow>,
    /// Table `programmes`.
    pub programmes: Vec<ProgrammeRow>,
    /// The person that charts of one person show.
    pub focus: Option<u32>,
    /// The snapshot asked for; none for the usual one.
    pub snapshot: Option<String>,
    /// When a tie is strong, and when an ally speaks up.
    pub definitions: Definitions,
}

/// When a tie is strong, and when an ally speaks up, as the recorder of the run had it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Definitions {
    /// Strength from which a layer is strong [0 to 1].
    pub strong: f32,
    /// Support from which a colleague speaks up [0 to 1].
    pub speaks_up: f32,
}

impl Default for Definitions {
    /// Those of the baseline scenario.
    fn default() -> Self {
        Self {
            strong: 0.2,
            speaks_up: 0.12,
        }
    }
}

/// A row of `programmes`: one employee to whom a programme was open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProgrammeRow {
    /// Name of the programme, or its number.
    pub programme: String,
    /// Its kind.
    pub kind: String,
    /// Week of the draw.
    pub week: i32,
    /// The employee.
    pub employee: u32,
    /// Whether they were drawn to take part.
    pub assigned: bool,
}

/// A row of `weekly`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WeekRow {
    /// The week.
    pub week: i32,
    /// Employees at its end.
    pub headcount: u32,
    /// Output of all employees.
    pub output: Option<f64>,
    /// People who left.
    pub exits: u32,
}

/// A row of `events`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event {
    /// Week, 0 at the start of the recorded run; burn-in is negative.
    pub week: i32,
    /// What happened: hired, promoted, reassigned, moved, left, laid_off, retired, …
    pub kind: String,
    /// To whom; none for events of the whole firm.
    pub employee: Option<u32>,
    /// Their strategy.
    pub strategy: Option<String>,
    /// Department before.
    pub from_department: Option<String>,
    /// Department after.
    pub to_department: Option<String>,
    /// Level before, as written in the table.
    pub from_level: Option<String>,
    /// Level after, as written in the table.
    pub to_level: Option<String>,
    /// Name of the restructuring that caused it.
    pub restructuring: Option<String>,
}

/// What a restructuring did to one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A better post.
    Better,
    /// The same post as before.
    Kept,
    /// A post of the same worth.
    Lateral,
    /// A worse post.
    LessDesirable,
    /// No post: dismissed.
    Dismissed,
    /// Left of their own accord.
    Left,
}

impl Outcome {
    /// All outcomes, from good to bad; leaving stands last since it may be either.
    pub const ALL: [Self; 6] = [
        Self::Better,
        Self::Kept,
        Self::Lateral,
        Self::LessDesirable,
        Self::Dismissed,
        Self::Left,
    ];

    /// The outcome of a table's word, none if there is no such outcome.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// The word used in the table `placements`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Kept => "kept",
            Self::Lateral => "lateral",
            Self::LessDesirable => "less_desirable",
            Self::Dismissed => "dismissed",
            Self::Left => "left",
        }
    }

    /// Whether the person ended worse off: a less desirable post or none.
    pub fn is_worse(self) -> bool {
        matches!(self, Self::LessDesirable | Self::Dismissed)
    }
}

/// A row of `placements`: one member of an affected department in one restructuring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Name of the restructuring.
    pub restructuring: String,
    /// Week of the placement round.
    pub week: i32,
    /// The person.
    pub employee: u32,
    /// Their strategy.
    pub strategy: String,
    /// Department before.
    pub from_department: Option<String>,
    /// Department after; none for those who are gone.
    pub to_department: Option<String>,
    /// What happened.
    pub outcome: Outcome,
    /// Whether the person's own post was abolished; none if the table does not say.
    pub displaced: Option<bool>,
}

/// A row of `employees`: one person at the end of one year (year 0: the start).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EmployeeYear {
    /// Years since the start.
    pub year: u32,
    /// The person.
    pub employee: u32,
    /// Name, where they have one.
    pub name: Option<String>,
    /// Whether the scenario fixed this person by name.
    pub persona: bool,
    /// Strategy.
    pub strategy: String,
    /// Department.
    pub department: Option<String>,
    /// Level, as written in the table.
    pub level: Option<String>,
    /// Rank of the level, 1 the lowest.
    pub level_rank: Option<i32>,
    /// True competence [standard deviations].
    pub competence: Option<f64>,
    /// Reputation [0 to 1].
    pub reputation: Option<f64>,
    /// Colleagues who hold an active tie to the person.
    pub known_by: Option<u32>,
    /// Influence [0 to 1].
    pub influence: Option<f64>,
    /// Promotions since the start of the recorded run.
    pub promotions: Option<u32>,
    /// Days a week in the office.
    pub presence_days: Option<f64>,
}

impl EmployeeYear {
    /// The first week in which the person can have been there: without a dated entry, somebody first seen at a year's
    /// end came within that year.
    pub(super) fn earliest(&self) -> i32 {
        self.year.saturating_sub(1) as i32 * WEEKS_PER_YEAR
    }
}

/// A row of `positions`: one person's place in the network of one snapshot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Position {
    /// Name of the snapshot.
    pub snapshot: String,
    /// Week of the snapshot.
    pub week: i32,
    /// The person.
    pub employee: u32,
    /// Strategy.
    pub strategy: String,
    /// Department.
    pub department: Option<String>,
    /// Betweenness, as the table defines it; at least 0.
    pub betweenness: Option<f64>,
    /// Burt's constraint; none for people without ties.
    pub constraint: Option<f64>,
    /// Ties held.
    pub degree: Option<f64>,
    /// Burt's effective size; none for people without ties.
    pub effective_size: Option<f64>,
}

/// A row of `ties`: what source holds about target.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TieRow {
    /// Name of the snapshot.
    pub snapshot: String,
    /// Ego.
    pub source: u32,
    /// Alter.
    pub target: u32,
    /// Sum of the layers' strengths [0 to 3].
    pub strength: f32,
    /// Week of the snapshot.
    pub week: i32,
    /// Strength of collaboration, friendship and career support [0 to 1].
    pub layers: [f32; 3],
    /// How sincere the source believes the target to be [0 to 1].
    pub trust: f32,
    /// Week of the last contact.
    pub last_contact: Option<i32>,
    /// Whether the source informs the target by habit; none if the table does not say.
    pub informs: Option<bool>,
}
