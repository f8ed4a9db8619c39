//! What a run must record: everything, or only what somebody will read.

/// Which rows are recorded. Observing less never changes the run; it only saves time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Events.
    pub events: bool,
    /// Decisions.
    pub decisions: bool,
    /// The placements of restructurings.
    pub placements: bool,
    /// The weekly table.
    pub weekly: bool,
    /// The yearly panel.
    pub employees: Few<i64>,
    /// Snapshots of the network positions, by name.
    pub positions: Few<String>,
    /// Layers of the network positions, by name.
    pub layers: Few<String>,
    /// Snapshots of the ties, by name.
    pub ties: Few<String>,
    /// The survey and the trace.
    pub observers: bool,
}

/// All of them, or only some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Few<T> {
    /// All.
    All,
    /// Only these, perhaps none.
    Only(Vec<T>),
}

impl<T: PartialEq> Few<T> {
    /// Whether there are none at all.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Only(some) if some.is_empty())
    }

    /// Adds one.
    pub fn add(&mut self, one: T) {
        if let Self::Only(some) = self
            && !some.contains(&one)
        {
            some.push(one);
        }
    }
}

impl Few<String> {
    /// Whether this one is among them.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(some) => some.iter().any(|one| one == name),
        }
    }
}

impl Few<i64> {
    /// Whether this one is among them.
    pub fn has_number(&self, number: i64) -> bool {
        match self {
            Self::All => true,
            Self::Only(some) => some.contains(&number),
        }
    }
}

impl Wanted {
    /// Every table, as a single run records them.
    pub const EVERYTHING: Self = Self {
        events: true,
        decisions: true,
        placements: true,
        weekly: true,
        employees: Few::All,
        positions: Few::All,
        layers: Few::All,
        ties: Few::All,
        observers: true,
    };

    /// Nothing, to add to.
    pub const NOTHING: Self = Self {
        events: false,
        decisions: false,
        placements: false,
        weekly: false,
        employees: Few::Only(Vec::new()),
        positions: Few::Only(Vec::new()),
        layers: Few::Only(Vec::new()),
        ties: Few::Only(Vec::new()),
        observers: false,
    };
}
