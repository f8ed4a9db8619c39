//! Statistics of the records, and of nothing else: rates, shares, intervals, and what to say of them.
//!
//! [`Analysis::of`] is a pure function of one run's [`Rows`]. Everything here describes that run;
//! intervals say how far its own chance events reach, not how another firm would do.

mod intervals;
mod networks;
mod personas;
mod positions;
mod promotions;
mod reading;
mod restructurings;
pub mod rows;
#[cfg(test)]
pub(crate) mod samples;
mod sentences;
mod snapshots;
pub mod statistics;
pub mod story;
pub mod study;

pub use intervals::{Interval, median, median_interval, poisson, wilson};
pub use networks::{NetworkPerson, NetworkTie, Networks, Survival};
pub use personas::{Career, CareerStep};
pub use positions::{Change, PersonPosition, Place, Positions};
pub use promotions::{CumulativePoint, PromotionRecord, Promotions};
pub use reading::{ReadError, Tables};
pub use restructurings::{OutcomeCounts, Restructuring, Restructurings};
pub use rows::{Outcome, Provenance, Rows};
pub use sentences::{
    constraint_finding, counted, occasion, outcome_finding, promotion_finding, survival_finding,
};
pub use snapshots::SnapshotPair;

use std::collections::BTreeSet;

use crate::language::Language;

/// Everything that charts and report say about one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Where the tables come from.
    pub provenance: Provenance,
    /// Names of the strategies, sorted.
    pub strategies: Vec<String>,
    /// People at the start; none if the panel has no year 0.
    pub headcount_start: Option<usize>,
    /// People at the end; none without a panel.
    pub headcount_end: Option<usize>,
    /// Promotions by strategy.
    pub promotions: Promotions,
    /// Outcomes of restructurings by strategy.
    pub restructurings: Restructurings,
    /// Network positions in two snapshots, or why there are none.
    pub positions: Result<Positions, String>,
    /// The network in two snapshots, or why there is none.
    pub networks: Result<Networks, String>,
    /// Careers of the personas.
    pub personas: Vec<Career>,
}

impl Analysis {
    /// Computes all statistics of one run.
    pub fn of(rows: &Rows) -> Self {
        let strategies: Vec<String> = rows
            .employees
            .iter()
            .map(|row| &row.strategy)
            .chain(rows.placements.iter().map(|row| &row.strategy))
            .chain(rows.positions.iter().map(|row| &row.strategy))
            .chain(rows.events.iter().filter_map(|row| row.strategy.as_ref()))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .cloned()
            .collect();
        let careers = personas::summarise(rows);
        let names: Vec<(u32, String)> = careers
            .iter()
            .map(|career| (career.employee, career.name.clone()))
            .collect();
        let headcount = |year: u32| rows.employees.iter().filter(|row| row.year == year).count();
        let last_year = rows.employees.iter().map(|row| row.year).max();
        Self {
            provenance: rows.provenance.clone(),
            headcount_start: Some(headcount(0)).filter(|people| *people > 0),
            headcount_end: last_year.map(headcount),
            promotions: promotions::summarise(rows, &strategies),
            restructurings: restructurings::summarise(&rows.placements, &strategies),
            positions: positions::summarise(rows, &strategies, &names),
            networks: networks::summarise(rows, &strategies, &names),
            personas: careers,
            strategies,
        }
    }

    /// What happened, with numbers: promotions, restructurings, personas.
    pub fn sentences(&self, language: Language) -> [String; 3] {
        sentences::three(self, language)
    }
}
