//! The rows that the statistics read, each the part of a results table that they need.

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
    /// Table `ties`.
    pub ties: Vec<TieRow>,
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

    /// The words shown to readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Better => "better post",
            Self::Kept => "kept post",
            Self::Lateral => "lateral move",
            Self::LessDesirable => "less desirable post",
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
}

/// A row of `employees`: one person at the end of one year (year 0: the start).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
}
