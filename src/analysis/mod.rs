//! Statistics of the records, and of nothing else: rates, shares, intervals, and what to say of them.
//!
//! [`Analysis::of`] is a pure function of one run's [`Rows`]. Everything here describes that run;
//! intervals say how far its own chance events reach, not how another firm would do.

mod changes;
mod contacts;
mod ego;
mod flows;
mod focus;
mod frames;
mod headline;
mod incidence;
mod intervals;
mod lives;
mod networks;
mod panel;
mod personas;
mod positions;
mod programmes;
mod promotions;
mod reader;
mod reading;
mod restructurings;
pub mod rows;
#[cfg(test)]
pub(crate) mod samples;
mod sentences;
mod sides;
mod snapshots;
mod standing;
pub mod statistics;
pub mod story;
pub mod study;
mod tied;

pub use changes::{MeanChange, Measure};
pub use contacts::{Contacts, Matrix};
pub use ego::{Closeness, Contact, Ego, EgoSnapshot, Portfolio};
pub use flows::{Destination, Flows};
pub use focus::{Focus, near};
pub use frames::{Frame, FramePerson, Frames};
pub use headline::{Contrast, Count, Headline, HeadlineTables, contrasts, headline};
pub use incidence::{IncidenceCurve, LevelRate};
pub use intervals::{Interval, furthest, median, median_interval, pairs, poisson, wilson};
pub use lives::Life;
pub use networks::{NetworkPerson, NetworkTie, Networks, Survival};
pub use panel::{Course, Organisation, Presence, PresenceGroup};
pub use personas::{Career, CareerStep};
pub use positions::{Change, PersonPosition, Place, Positions};
pub use programmes::{Effect, Trial};
pub use promotions::{CumulativePoint, PromotionRecord, Promotions};
pub use reader::ReadError;
pub use reading::Tables;
pub use restructurings::{OutcomeCounts, Restructuring, Restructurings};
pub use rows::{Definitions, Outcome, Provenance, Rows};
pub use sentences::{
    constraint_finding, occasion, outcome_finding, people_of, promotion_finding, survival_finding,
};
pub use sides::Side;
pub use snapshots::SnapshotPair;
pub use standing::{PersonaStanding, Standing};
pub use statistics::mean_interval;

use std::collections::BTreeSet;

use crate::language::Language;
use crate::units::WEEKS_PER_YEAR;

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
    pub positions: Result<Positions, &'static str>,
    /// The network in two snapshots, or why there is none.
    pub networks: Result<Networks, &'static str>,
    /// Careers of the personas.
    pub personas: Vec<Career>,
    /// Cumulative incidence of the first promotion by strategy.
    pub incidence: Vec<IncidenceCurve>,
    /// Promotion rates by level and strategy.
    pub level_rates: Vec<LevelRate>,
    /// Where displaced people went.
    pub flows: Flows,
    /// Mean changes of network positions.
    pub changes: Vec<MeanChange>,
    /// Contact between departments, or why there is none.
    pub contacts: Result<Contacts, &'static str>,
    /// Alliances of the person in focus, or why there are none.
    pub ego: Result<Ego, &'static str>,
    /// Everybody's working life, by person.
    pub lives: Vec<Life>,
    /// All levels, from the lowest up.
    pub ladder: Vec<String>,
    /// Reputation and acquaintance by strategy.
    pub standing: Vec<Standing>,
    /// Reputation and acquaintance of the personas.
    pub persona_standing: Vec<PersonaStanding>,
    /// The organisation year by year.
    pub organisation: Organisation,
    /// Office, hybrid and remote.
    pub presence: Vec<PresenceGroup>,
    /// HR programmes as trials.
    pub trials: Vec<Trial>,
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
        let positions = positions::summarise(rows, &strategies, &names);
        let networks = networks::summarise(rows, &strategies, &names);
        Self {
            provenance: rows.provenance.clone(),
            headcount_start: Some(headcount(0)).filter(|people| *people > 0),
            headcount_end: last_year.map(headcount),
            promotions: promotions::summarise(rows, &strategies),
            restructurings: restructurings::summarise(&rows.placements, &strategies),
            incidence: incidence::curves(rows, &strategies),
            level_rates: incidence::by_level(rows, &strategies),
            flows: flows::summarise(&rows.placements),
            changes: positions.as_ref().map_or_else(
                |_| Vec::new(),
                |found| changes::summarise(found, strategies.len()),
            ),
            contacts: networks
                .as_ref()
                .map_err(|reason| *reason)
                .and_then(|networks| contacts::summarise(rows, networks)),
            ego: ego::summarise(rows, &strategies),
            lives: lives::all(rows).0.into_values().collect(),
            ladder: lives::ladder(rows),
            standing: standing::standing(rows, &strategies),
            persona_standing: standing::personas(rows),
            organisation: panel::organisation(rows),
            presence: panel::presence(rows),
            trials: programmes::summarise(rows),
            positions,
            networks,
            personas: careers,
            strategies,
        }
    }

    /// When restructurings took effect [years since the start].
    pub fn restructuring_years(&self) -> Vec<f64> {
        let weeks = self.organisation.restructurings.iter();
        weeks
            .map(|week| f64::from(*week) / f64::from(WEEKS_PER_YEAR))
            .collect()
    }

    /// What happened, with numbers: promotions, restructurings, personas.
    pub fn sentences(&self, language: Language) -> [String; 3] {
        sentences::three(self, language)
    }
}
