//! The rows that stories are told from.

use std::collections::{BTreeMap, BTreeSet};

use super::super::reader::{ReadError, Reader, each};
use super::super::rows::Provenance;
use crate::records::{Results, Table, columns};

/// The tables that stories need, as a run holds them before they are written.
#[derive(Debug, Clone, Copy)]
pub struct StoryTables<'t> {
    /// Table `events`.
    pub events: &'t Table,
    /// Table `decisions`.
    pub decisions: &'t Table,
    /// Table `placements`.
    pub placements: &'t Table,
    /// Table `employees`.
    pub employees: &'t Table,
}

/// The rows of all people from which any story can be told.
#[derive(Debug, Clone, Default)]
pub struct Chronicle {
    /// Where the tables come from.
    pub provenance: Provenance,
    pub(super) events: Vec<EventRow>,
    pub(super) decisions: BTreeMap<u32, Vec<CandidateRow>>,
    pub(super) placements: Vec<PlacementRow>,
    pub(super) people: Vec<PersonYear>,
    /// Partners of those of whom ties were read, by snapshot and person.
    pub(super) partners: BTreeMap<(String, u32), BTreeSet<u32>>,
}

/// A row of `events`.
#[derive(Debug, Clone, Default)]
pub(super) struct EventRow {
    pub(super) week: i32,
    pub(super) kind: String,
    pub(super) employee: Option<u32>,
    pub(super) strategy: Option<String>,
    pub(super) from_department: Option<String>,
    pub(super) to_department: Option<String>,
    pub(super) from_level: Option<String>,
    pub(super) to_level: Option<String>,
    pub(super) cause: Option<String>,
    pub(super) restructuring: Option<i64>,
    pub(super) detail: Option<String>,
    pub(super) decision: Option<u32>,
    pub(super) present: Option<u32>,
    pub(super) counted_on: Option<u32>,
    pub(super) defenders: Option<u32>,
    pub(super) harm: Option<f64>,
}

/// A row of `decisions`.
#[derive(Debug, Clone, Default)]
pub(super) struct CandidateRow {
    pub(super) week: i32,
    pub(super) kind: String,
    pub(super) department: Option<String>,
    pub(super) level: Option<String>,
    pub(super) candidate: u32,
    pub(super) rank: u32,
    pub(super) chosen: bool,
    pub(super) score: Option<f64>,
    pub(super) performance: Option<f64>,
    pub(super) luck: Option<f64>,
    pub(super) panel_size: Option<u32>,
    pub(super) advocates: Option<u32>,
    pub(super) known_to: Option<u32>,
    pub(super) restructuring: Option<i64>,
}

/// A row of `placements`.
#[derive(Debug, Clone, Default)]
pub(super) struct PlacementRow {
    pub(super) restructuring: i64,
    pub(super) week: i32,
    pub(super) employee: u32,
    pub(super) from_department: Option<String>,
    pub(super) to_department: Option<String>,
    pub(super) from_level: Option<String>,
    pub(super) to_level: Option<String>,
    pub(super) outcome: String,
    pub(super) displaced: bool,
}

/// A row of `employees`: a person at the end of a year, 0 for the start.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)] // the columns of the table, by their names
pub struct PersonYear {
    pub year: u32,
    pub employee: u32,
    pub name: Option<String>,
    pub source_id: Option<String>,
    pub strategy: String,
    pub persona: bool,
    pub department: Option<String>,
    pub level: Option<String>,
    pub tenure_weeks: Option<i64>,
    pub age: Option<f64>,
    pub rating: Option<f64>,
    pub reputation: Option<f64>,
    pub known_by: Option<u32>,
    pub ties_active: Option<u32>,
    pub ties_multiplex: Option<u32>,
    pub ties_hollow: Option<u32>,
    pub advocates: Option<u32>,
    pub informants: Option<u32>,
    pub collaborators: Option<u32>,
}

impl Chronicle {
    /// Reads the tables of a finished run, without ties ([`read_ties`](Self::read_ties)).
    ///
    /// # Errors
    /// When a table is missing or cannot be read.
    pub fn read(results: &Results) -> Result<Self, ReadError> {
        let provenance = Provenance::of(results);
        let tables = StoryTables {
            events: &results.table(&columns::EVENTS)?,
            decisions: &results.table(&columns::DECISIONS)?,
            placements: &results.table(&columns::PLACEMENTS)?,
            employees: &results.table(&columns::EMPLOYEES)?,
        };
        Self::of(provenance, tables)
    }

    /// Takes from the tables what stories need.
    ///
    /// # Errors
    /// When a table lacks a column or has a cell that no version of the program writes.
    pub fn of(provenance: Provenance, tables: StoryTables<'_>) -> Result<Self, ReadError> {
        let mut decisions: BTreeMap<u32, Vec<CandidateRow>> = BTreeMap::new();
        for (number, row) in candidates(tables.decisions)? {
            decisions.entry(number).or_default().push(row);
        }
        Ok(Self {
            provenance,
            events: events(tables.events)?,
            decisions,
            placements: placements(tables.placements)?,
            people: people(tables.employees)?,
            partners: BTreeMap::new(),
        })
    }

    /// Reads the ties of these people, where the run recorded any.
    ///
    /// # Errors
    /// When the table is missing or cannot be read.
    pub fn read_ties(&mut self, results: &Results, of: &BTreeSet<u32>) -> Result<(), ReadError> {
        self.take_ties(&results.table(&columns::TIES)?, of)
    }

    /// Takes the ties of these people.
    ///
    /// # Errors
    /// When the table has a cell that no version of the program writes.
    pub fn take_ties(&mut self, table: &Table, of: &BTreeSet<u32>) -> Result<(), ReadError> {
        self.partners = partners(table, of)?;
        Ok(())
    }

    pub(super) fn events_of(&self, employee: u32) -> impl Iterator<Item = &EventRow> {
        self.events
            .iter()
            .filter(move |event| event.employee == Some(employee))
    }

    /// The rows of a person, by year.
    pub(super) fn years(&self, employee: u32) -> Vec<PersonYear> {
        let mut years: Vec<PersonYear> = self
            .people
            .iter()
            .filter(|row| row.employee == employee)
            .cloned()
            .collect();
        years.sort_by_key(|row| row.year);
        years
    }

    pub(super) fn last_year(&self) -> Option<u32> {
        self.people.iter().map(|row| row.year).max()
    }

    /// The people whom the scenario fixed by name.
    pub fn persona_ids(&self) -> BTreeSet<u32> {
        self.people
            .iter()
            .filter(|row| row.persona)
            .map(|row| row.employee)
            .collect()
    }

    /// What a person is called: the name, or none where the tables have none.
    pub fn name_of(&self, employee: u32) -> Option<&str> {
        self.people
            .iter()
            .find(|row| row.employee == employee && row.name.is_some())
            .and_then(|row| row.name.as_deref())
    }
}

fn events(table: &Table) -> Result<Vec<EventRow>, ReadError> {
    each(table, |row| {
        Ok(Some(EventRow {
            week: row.needed("week")?,
            kind: row.needed_text("kind")?,
            employee: row.whole("employee")?,
            strategy: row.owned("strategy")?,
            from_department: row.owned("from_department")?,
            to_department: row.owned("to_department")?,
            from_level: row.owned("from_level")?,
            to_level: row.owned("to_level")?,
            cause: row.owned("cause")?,
            restructuring: row.whole("restructuring")?,
            detail: row.owned("detail")?,
            decision: row.whole("decision")?,
            present: row.whole("present")?,
            counted_on: row.whole("counted_on")?,
            defenders: row.whole("defenders")?,
            harm: row.real("harm")?,
        }))
    })
}

fn candidates(table: &Table) -> Result<Vec<(u32, CandidateRow)>, ReadError> {
    each(table, |row| {
        let candidate = CandidateRow {
            week: row.needed("week")?,
            kind: row.needed_text("kind")?,
            department: row.owned("department")?,
            level: row.owned("level")?,
            candidate: row.needed("candidate")?,
            rank: row.needed("rank")?,
            chosen: row.truth("chosen")? == Some(true),
            score: row.real("score")?,
            performance: row.real("performance")?,
            luck: row.real("luck")?,
            panel_size: row.whole("panel_size")?,
            advocates: row.whole("advocates")?,
            known_to: row.whole("known_to")?,
            restructuring: row.whole("restructuring")?,
        };
        Ok(Some((row.needed("decision")?, candidate)))
    })
}

fn placements(table: &Table) -> Result<Vec<PlacementRow>, ReadError> {
    each(table, |row| {
        Ok(Some(PlacementRow {
            restructuring: row.needed("restructuring")?,
            week: row.needed("week")?,
            employee: row.needed("employee")?,
            from_department: row.owned("from_department")?,
            to_department: row.owned("to_department")?,
            from_level: row.owned("from_level")?,
            to_level: row.owned("to_level")?,
            outcome: row.needed_text("outcome")?,
            displaced: row.truth("displaced")? == Some(true),
        }))
    })
}

fn people(table: &Table) -> Result<Vec<PersonYear>, ReadError> {
    each(table, |row| {
        if row.has_left()? {
            return Ok(None);
        }
        Ok(Some(PersonYear {
            year: row.needed("year")?,
            employee: row.needed("employee")?,
            name: row.owned("name")?,
            source_id: row.owned("source_id")?,
            strategy: row.needed_text("strategy")?,
            persona: row.truth("persona")? == Some(true),
            department: row.owned("department")?,
            level: row.owned("level")?,
            tenure_weeks: row.whole("tenure_weeks")?,
            age: row.real("age")?,
            rating: row.real("rating")?,
            reputation: row.real("reputation")?,
            known_by: row.whole("known_by")?,
            ties_active: row.whole("ties_active")?,
            ties_multiplex: row.whole("ties_multiplex")?,
            ties_hollow: row.whole("ties_hollow")?,
            advocates: row.whole("advocates")?,
            informants: row.whole("informants")?,
            collaborators: row.whole("collaborators")?,
        }))
    })
}

/// Whom each of these people held an active tie to, at the snapshots around restructurings.
fn partners(
    table: &Table,
    of: &BTreeSet<u32>,
) -> Result<BTreeMap<(String, u32), BTreeSet<u32>>, ReadError> {
    let mut partners: BTreeMap<(String, u32), BTreeSet<u32>> = BTreeMap::new();
    let rows = each(table, |row: &Reader<'_>| {
        let source: u32 = row.needed("source")?;
        if !of.contains(&source) {
            return Ok(None);
        }
        let snapshot = row.needed_text("snapshot")?;
        let target: u32 = row.needed("target")?;
        Ok(snapshot
            .starts_with("restructuring-")
            .then_some(((snapshot, source), target)))
    })?;
    for (key, target) in rows {
        partners.entry(key).or_default().insert(target);
    }
    Ok(partners)
}
