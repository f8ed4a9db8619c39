//! Outcomes: numbers read off the tables of one run, in memory, before the tables are dropped.

use super::criterion::{Criterion, words};
use super::exposure;
use super::incidence::Incidence;
use crate::experiment::file::Summary;
use crate::measures::inequality::gini;
use crate::records::columns;
use crate::records::wanted::{Few, Wanted};
use crate::records::{Cell, Table, TableSpec};
use crate::units::WEEKS_PER_YEAR;

/// An outcome, ready to be read off tables.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Name.
    pub name: String,
    /// What it is, for charts; the name when nobody said.
    pub title: String,
    /// Title, year and key of the curve that it belongs to, for an incidence.
    pub curve: Option<(String, f64, String)>,
    pub(super) reading: Reading,
}

/// How it is read.
#[derive(Debug, Clone)]
pub(super) enum Reading {
    /// Rows of a table.
    Rows {
        table: usize,
        column: Option<usize>,
        filter: Vec<Criterion>,
        at: Option<String>,
        summary: Summary,
        which: Vec<Criterion>,
        among: Vec<Criterion>,
    },
    /// People, by what has happened to them.
    Incidence(Incidence),
    /// Two outcomes before this one.
    Two {
        first: usize,
        second: usize,
        by: bool,
    },
}

impl Outcome {
    /// Texts that the outcome asks a column for, with the column's name: for checks against a scenario.
    pub fn asked(&self) -> Vec<(&'static str, &str)> {
        if let Reading::Incidence(incidence) = &self.reading {
            return incidence.asked();
        }
        let Reading::Rows {
            table,
            filter,
            which,
            among,
            ..
        } = &self.reading
        else {
            return Vec::new();
        };
        let own = words(columns::ALL[*table], filter.iter().chain(which));
        own.chain(words(&columns::EMPLOYEES, among.iter()))
            .collect()
    }

    /// Adds what must be recorded for it.
    pub fn want(&self, wanted: &mut Wanted, years: u32) {
        if let Reading::Incidence(_) = self.reading {
            wanted.events = true;
            wanted.employees.add(0);
        }
        let Reading::Rows {
            table,
            filter,
            at,
            summary,
            ..
        } = &self.reading
        else {
            return;
        };
        let spec = columns::ALL[*table];
        let texts = |name: &str| {
            let column = spec.column_index(name);
            filter
                .iter()
                .find(|test| Some(test.column()) == column)
                .and_then(Criterion::only_texts)
        };
        let snapshots = at
            .as_ref()
            .map(|at| vec![at.clone()])
            .or_else(|| texts("snapshot"));
        let add = |few: &mut Few<String>, names: Option<Vec<String>>| match names {
            Some(names) => names.into_iter().for_each(|name| few.add(name)),
            None => *few = Few::All,
        };
        match spec.name {
            "positions" => {
                add(&mut wanted.positions, snapshots);
                add(&mut wanted.layers, texts("layer"));
            }
            "ties" => add(&mut wanted.ties, snapshots),
            "employees" => match at.as_deref().and_then(|at| year_of(at, years)) {
                Some(year) => wanted.employees.add(year),
                None => wanted.employees = Few::All,
            },
            other => want_table(other, wanted),
        }
        if *summary == Summary::Rate {
            wanted.employees.add(0);
        }
    }
}

fn year_of(at: &str, years: u32) -> Option<i64> {
    match at {
        "start" => Some(0),
        "end" => Some(i64::from(years)),
        _ => at.strip_prefix("year-")?.parse().ok(),
    }
}

/// Adds all of a table.
fn want_table(name: &str, wanted: &mut Wanted) {
    match name {
        "events" => wanted.events = true,
        "decisions" => wanted.decisions = true,
        "placements" => wanted.placements = true,
        "weekly" => wanted.weekly = true,
        "employees" => wanted.employees = Few::All,
        "positions" => (wanted.positions, wanted.layers) = (Few::All, Few::All),
        "ties" => wanted.ties = Few::All,
        // always recorded: a row for each participant
        "programmes" => {}
        _ => wanted.observers = true,
    }
}

/// What is recorded for these outcomes, and for tables that are kept whole.
pub fn wanted(outcomes: &[Outcome], tables: &[String], years: u32) -> Wanted {
    let mut wanted = Wanted::NOTHING;
    for table in tables {
        want_table(table, &mut wanted);
    }
    for outcome in outcomes {
        outcome.want(&mut wanted, years);
    }
    if !wanted.positions.is_none() && wanted.layers.is_none() {
        wanted.layers = Few::All;
    }
    wanted
}

/// Reads all outcomes off the tables of a run of so many years; missing where one is not defined.
pub fn evaluate(outcomes: &[Outcome], tables: &[&Table], years: u32) -> Vec<Option<f64>> {
    let mut values: Vec<Option<f64>> = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        let value = match &outcome.reading {
            Reading::Two { first, second, by } => match (values[*first], values[*second]) {
                (Some(_), Some(0.0)) if *by => None,
                (Some(first), Some(second)) if *by => Some(first / second),
                (Some(first), Some(second)) => Some(first - second),
                _ => None,
            },
            Reading::Incidence(incidence) => incidence.read(tables, years),
            rows @ Reading::Rows { .. } => rows.read(tables, years),
        };
        values.push(value.filter(|value| value.is_finite()));
    }
    values
}

impl Reading {
    fn read(&self, tables: &[&Table], years: u32) -> Option<f64> {
        let Self::Rows {
            table,
            column,
            filter,
            at,
            summary,
            which,
            among,
        } = self
        else {
            return None;
        };
        let spec = columns::ALL[*table];
        let table = tables.iter().find(|t| t.spec().name == spec.name)?;
        let mut tests = filter.clone();
        if let Some(at) = at {
            tests.push(moment(spec, at, years)?);
        }
        let rows: Vec<usize> = Criterion::matching(&tests, table).collect();
        let numbers = || -> Vec<f64> {
            let column = column.unwrap_or(0);
            rows.iter()
                .filter_map(|&row| number(table.cell(row, column)))
                .collect()
        };
        match summary {
            Summary::Count => Some(rows.len() as f64),
            Summary::Sum => Some(numbers().iter().sum()),
            Summary::Mean => {
                let numbers = numbers();
                (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
            }
            Summary::Median => median(numbers()),
            Summary::Gini => gini(&numbers()),
            Summary::Minimum => numbers().into_iter().reduce(f64::min),
            Summary::Maximum => numbers().into_iter().reduce(f64::max),
            Summary::Share => {
                let counted = Criterion::all(which, table);
                let part = rows.iter().filter(|&&row| counted(row)).count();
                (!rows.is_empty()).then(|| part as f64 / rows.len() as f64)
            }
            Summary::Rate => {
                let weeks = spec.column_index("week");
                let window = filter.iter().find(|test| Some(test.column()) == weeks);
                let exposed = exposure::employee_years(tables, among, window, years);
                (exposed > 0.0).then(|| 100.0 * rows.len() as f64 / exposed)
            }
            Summary::Incidence | Summary::Difference | Summary::Ratio => None,
        }
    }
}

/// The rows of one moment.
fn moment(spec: &'static TableSpec, at: &str, years: u32) -> Option<Criterion> {
    match spec.name {
        "employees" => Some(Criterion::number(
            spec.column_index("year")?,
            year_of(at, years)? as f64,
        )),
        "weekly" => {
            let week = if at == "start" {
                0
            } else {
                i64::from(years) * i64::from(WEEKS_PER_YEAR) - 1
            };
            Some(Criterion::number(spec.column_index("week")?, week as f64))
        }
        _ => Some(Criterion::text(spec.column_index("snapshot")?, at)),
    }
}

/// The number in a cell: yes counts 1 and no 0.
fn number(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Integer(value) => Some(value as f64),
        Cell::Real(value) => Some(value),
        Cell::Boolean(value) => Some(f64::from(u8::from(value))),
        Cell::Text(_) | Cell::Missing => None,
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    match n {
        0 => None,
        _ if n % 2 == 1 => Some(values[n / 2]),
        _ => Some(f64::midpoint(values[n / 2 - 1], values[n / 2])),
    }
}
