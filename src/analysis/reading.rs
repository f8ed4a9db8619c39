//! From a results folder to the rows that the statistics read.

use super::focus::{self, Focus};
use super::reader::{ReadError, each};
use super::rows::{
    Definitions, EmployeeYear, Event, Outcome, Placement, Position, ProgrammeRow, Provenance, Rows,
    TieRow, WeekRow,
};
use super::snapshots;
use crate::records::{Results, Table, columns};

/// The tables that the statistics need, as a run holds them before they are written.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'t> {
    /// Table `events`.
    pub events: &'t Table,
    /// Table `placements`.
    pub placements: &'t Table,
    /// Table `employees`.
    pub employees: &'t Table,
    /// Table `positions`.
    pub positions: &'t Table,
    /// Table `ties`.
    pub ties: &'t Table,
    /// Table `weekly`.
    pub weekly: &'t Table,
    /// Table `programmes`.
    pub programmes: &'t Table,
}

impl Provenance {
    /// Where the tables of a finished run come from, by its manifest.
    pub(super) fn of(results: &Results) -> Self {
        let manifest = results.manifest();
        Self {
            scenario: manifest.scenario.name.clone(),
            scenario_hash: manifest.scenario.hash.clone(),
            seed: manifest.seed,
            version: manifest.version.clone(),
            command: Some(manifest.command.clone()).filter(|words| !words.is_empty()),
        }
    }
}

impl Rows {
    /// Reads the tables of a finished run.
    pub fn read(results: &Results) -> Result<Self, ReadError> {
        Self::read_with(results, &Focus::default())
    }

    /// Reads the tables of a finished run, for charts of a person.
    pub fn read_with(results: &Results, focus: &Focus) -> Result<Self, ReadError> {
        let provenance = Provenance::of(results);
        let tables = Tables {
            events: &results.table(&columns::EVENTS)?,
            placements: &results.table(&columns::PLACEMENTS)?,
            employees: &results.table(&columns::EMPLOYEES)?,
            positions: &results.table(&columns::POSITIONS)?,
            ties: &results.table(&columns::TIES)?,
            weekly: &results.table(&columns::WEEKLY)?,
            programmes: &results.table(&columns::PROGRAMMES)?,
        };
        let definitions = focus::definitions(results.root());
        Self::with(provenance, tables, definitions, focus)
    }

    /// Takes from the tables what the statistics need.
    pub fn of(provenance: Provenance, tables: Tables<'_>) -> Result<Self, ReadError> {
        Self::with(
            provenance,
            tables,
            Definitions::default(),
            &Focus::default(),
        )
    }

    /// Takes from the tables what the statistics need, for charts of a person.
    ///
    /// Of `ties`, only the two snapshots that are compared are kept, and those of the person in focus: in a large
    /// firm, all of them would fill the memory for nothing.
    pub fn with(
        provenance: Provenance,
        tables: Tables<'_>,
        definitions: Definitions,
        focus: &Focus,
    ) -> Result<Self, ReadError> {
        let mut rows = Self {
            provenance,
            events: events(tables.events)?,
            placements: placements(tables.placements)?,
            employees: employees(tables.employees)?,
            positions: positions(tables.positions)?,
            ties: Vec::new(),
            weekly: weekly(tables.weekly)?,
            programmes: programmes(tables.programmes)?,
            focus: None,
            snapshot: None,
            definitions,
        };
        rows.focus = focus::person(&rows, focus.employee.as_deref())?;
        rows.snapshot = focus::snapshot(&rows, focus.snapshot.as_deref())?;
        let pair = snapshots::choose(&rows).ok();
        let compared: Vec<&str> = pair
            .iter()
            .flat_map(|pair| [pair.before.as_str(), pair.after.as_str()])
            .collect();
        rows.ties = ties(tables.ties, &compared, rows.focus)?;
        Ok(rows)
    }
}

fn events(table: &Table) -> Result<Vec<Event>, ReadError> {
    each(table, |row| {
        Ok(Some(Event {
            week: row.needed("week")?,
            kind: row.needed_text("kind")?,
            employee: row.whole("employee")?,
            strategy: row.owned("strategy")?,
            from_department: row.owned("from_department")?,
            to_department: row.owned("to_department")?,
            from_level: row.owned("from_level")?,
            to_level: row.owned("to_level")?,
            restructuring: row.whole::<i64>("restructuring")?.map(|id| id.to_string()),
        }))
    })
}

fn placements(table: &Table) -> Result<Vec<Placement>, ReadError> {
    each(table, |row| {
        let word = row.needed_text("outcome")?;
        Ok(Some(Placement {
            restructuring: row.needed::<i64>("restructuring")?.to_string(),
            week: row.needed("week")?,
            employee: row.needed("employee")?,
            strategy: row.needed_text("strategy")?,
            from_department: row.owned("from_department")?,
            to_department: row.owned("to_department")?,
            outcome: Outcome::from_word(&word)
                .ok_or_else(|| row.wrong(format!("`outcome` is `{word}`, which is none")))?,
            displaced: row.newer_truth("displaced"),
        }))
    })
}

fn employees(table: &Table) -> Result<Vec<EmployeeYear>, ReadError> {
    each(table, |row| {
        if row.has_left()? {
            return Ok(None);
        }
        Ok(Some(EmployeeYear {
            year: row.needed("year")?,
            employee: row.needed("employee")?,
            name: row.owned("name")?,
            persona: row.truth("persona")? == Some(true),
            strategy: row.needed_text("strategy")?,
            department: row.owned("department")?,
            level: row.owned("level")?,
            level_rank: row.newer("level_rank"),
            competence: row.real("competence")?,
            reputation: row.real("reputation")?,
            known_by: row.whole("known_by")?,
            influence: row.real("influence")?,
            promotions: row.whole("promotions")?,
            presence_days: row.real("presence_days")?,
        }))
    })
}

fn positions(table: &Table) -> Result<Vec<Position>, ReadError> {
    each(table, |row| {
        if row.text("layer")? != Some("union") {
            return Ok(None);
        }
        Ok(Some(Position {
            snapshot: row.needed_text("snapshot")?,
            week: row.needed("week")?,
            employee: row.needed("employee")?,
            strategy: row.needed_text("strategy")?,
            department: row.owned("department")?,
            betweenness: row.real("betweenness")?,
            constraint: row.real("constraint")?,
            degree: row.whole("out_degree")?.map(|ties: u32| f64::from(ties)),
            effective_size: row.real("effective_size")?,
        }))
    })
}

fn weekly(table: &Table) -> Result<Vec<WeekRow>, ReadError> {
    each(table, |row| {
        Ok(Some(WeekRow {
            week: row.needed("week")?,
            headcount: row.needed("headcount")?,
            output: row.real("output")?,
            exits: row.whole("exits")?.unwrap_or(0),
        }))
    })
}

fn programmes(table: &Table) -> Result<Vec<ProgrammeRow>, ReadError> {
    each(table, |row| {
        Ok(Some(ProgrammeRow {
            programme: row.needed_text("programme")?,
            kind: row.needed_text("kind")?,
            week: row.needed("week")?,
            employee: row.needed("employee")?,
            assigned: row.truth("assigned")? == Some(true),
        }))
    })
}

/// All ties of the snapshots compared; at every snapshot, those of the person in focus.
fn ties(table: &Table, snapshots: &[&str], focus: Option<u32>) -> Result<Vec<TieRow>, ReadError> {
    each(table, |row| {
        let snapshot = row.text("snapshot")?.unwrap_or_default();
        let (source, target) = (row.needed("source")?, row.needed("target")?);
        let own = focus.is_some_and(|focus| focus == source || focus == target);
        if !own && !snapshots.contains(&snapshot) {
            return Ok(None);
        }
        let mut layers = [0.0; 3];
        let names = ["collaboration", "friendship", "career_support"];
        for (strength, layer) in layers.iter_mut().zip(names) {
            *strength = row.real(layer)?.unwrap_or(0.0) as f32;
        }
        Ok(Some(TieRow {
            snapshot: snapshot.to_owned(),
            source,
            target,
            strength: layers.iter().sum(),
            week: row.whole("week")?.unwrap_or(0),
            layers,
            trust: row.real("trust")?.unwrap_or(0.0) as f32,
            last_contact: row.whole("last_contact")?,
            informs: row.newer_truth("informs"),
        }))
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::records::Cell;

    #[test]
    fn what_a_run_writes_is_read_back() {
        let rows = samples::firm(21);
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        samples::write(&rows, &target);
        let read = Rows::read(&Results::open(&target).unwrap()).unwrap();
        assert_eq!(read.provenance.seed, 7);
        assert_eq!(read.events, rows.events);
        assert_eq!(read.placements, rows.placements);
        assert_eq!(read.employees, rows.employees);
        assert_eq!(read.positions, rows.positions);
        let whole = super::super::Analysis::of(&rows);
        let again = super::super::Analysis::of(&read);
        assert_eq!(again.networks, whole.networks, "the ties needed were kept");
    }

    #[test]
    fn an_outcome_that_is_none_is_refused_with_its_row() {
        let mut table = Table::new(&columns::PLACEMENTS);
        let row: Vec<Cell<'_>> = columns::PLACEMENTS
            .columns
            .iter()
            .map(|column| match column.name {
                "outcome" | "strategy" => Cell::Text("promoted"),
                "restructuring" | "week" | "employee" => Cell::Integer(1),
                _ => Cell::Missing,
            })
            .collect();
        table.push(&row).unwrap();
        let error = placements(&table).unwrap_err().to_string();
        assert_eq!(
            error,
            "table `placements`, row 1: `outcome` is `promoted`, which is none"
        );
    }
}
