//! To how many something has happened by a year, when something else can come before: competing risks within one run.
//!
//! Everybody who was there at the start, or was hired later (and counts from then on), is at risk until the first of
//! their events, until one of those that come before it, or until they leave or the run ends. The share is that of Aalen
//! and Johansen ([`crate::analysis::statistics::competing_risks`]). One run gives one number a year; intervals come
//! from the replicates, not from the people, who are not independent within a firm.

use std::collections::BTreeMap;

use super::criterion::{Criterion, words};
use super::exposure::{Standing, at_start, dated, is_end, passes, place, standing_columns};
use crate::analysis::statistics::competing_risks::{Spell, aalen_johansen};
use crate::records::{Table, columns};
use crate::units::WEEKS_PER_YEAR;

/// What happens, what can come before, and to whom.
#[derive(Debug, Clone)]
pub(super) struct Incidence {
    /// Tests of events: the first that passes is the end that counts.
    pub event: Vec<Criterion>,
    /// Tests of events: who has one of these first is no longer at risk.
    pub against: Vec<Criterion>,
    /// Who is at risk, by their strategy, department and level when they come to be.
    pub among: Vec<Criterion>,
    /// The year, counted from the start.
    pub year: f64,
}

/// The event, and what comes before it.
const EVENT: usize = 0;
const AGAINST: usize = 1;

impl Incidence {
    /// Texts that it asks a column for, with the column's name.
    pub(super) fn asked(&self) -> Vec<(&'static str, &str)> {
        let events = words(&columns::EVENTS, self.event.iter().chain(&self.against));
        events
            .chain(words(&columns::EMPLOYEES, self.among.iter()))
            .collect()
    }

    /// The share to whom it has happened by the year; none where nobody was at risk, or the run is shorter.
    pub(super) fn read(&self, tables: &[&Table], years: u32) -> Option<f64> {
        let table = |name: &str| tables.iter().find(|table| table.spec().name == name);
        let (panel, events) = (table("employees")?, table("events")?);
        let weeks = i64::from(years) * i64::from(WEEKS_PER_YEAR);
        let spells = self.spells(panel, events, weeks);
        let at_risk = spells.iter().any(|spell| spell.exit > spell.entry);
        if !at_risk || self.year > f64::from(years) {
            return None;
        }
        let found = aalen_johansen(&spells, 2);
        let week = self.year * f64::from(WEEKS_PER_YEAR);
        let ended = found.times.partition_point(|time| *time <= week);
        // before the first end of any kind it has happened to nobody
        Some(
            ended
                .checked_sub(1)
                .map_or(0.0, |last| found.causes[EVENT].share[last]),
        )
    }

    fn spells(&self, panel: &Table, events: &Table, weeks: i64) -> Vec<Spell> {
        let mut entries: BTreeMap<i64, i64> = at_start(panel)
            .into_iter()
            .filter(|(_, standing)| passes(standing, &self.among))
            .map(|(employee, _)| (employee, 0))
            .collect();
        let kind = place(events, "kind");
        let columns = standing_columns(events);
        let (event, against) = (
            Criterion::all(&self.event, events),
            Criterion::all(&self.against, events),
        );
        let mut spells = Vec::new();
        for (row, week, employee) in dated(events) {
            let kind = events.text(row, kind);
            if kind == Some("hired") {
                let hired = Standing::of(events, row, columns, week);
                if passes(&hired, &self.among) {
                    entries.insert(employee, week);
                }
            }
            let cause = if event(row) {
                Some(EVENT)
            } else if against(row) {
                Some(AGAINST)
            } else {
                None
            };
            if (cause.is_some() || is_end(kind))
                && let Some(entry) = entries.remove(&employee)
            {
                // a week is over when its events have happened
                spells.push(spell(entry, week + 1, cause));
            }
        }
        spells.extend(entries.into_values().map(|entry| spell(entry, weeks, None)));
        spells
    }
}

fn spell(entry: i64, exit: i64, cause: Option<usize>) -> Spell {
    Spell {
        entry: entry as f64,
        exit: exit as f64,
        cause,
    }
}

#[cfg(test)]
mod tests {
    use super::super::criterion::compile_criterion;
    use super::*;
    use crate::records::Cell;

    fn test(column: &str, values: &[&str]) -> Criterion {
        let place = columns::EVENTS.column_index(column).unwrap();
        let values = values
            .iter()
            .map(|v| toml::Value::String((*v).to_owned()))
            .collect();
        compile_criterion(
            place,
            &columns::EVENTS.columns[place],
            &toml::Value::Array(values),
        )
        .unwrap()
    }

    /// A table with some of its columns filled.
    fn table(spec: &'static crate::records::TableSpec, rows: &[&[(&str, Cell<'_>)]]) -> Table {
        let mut table = Table::new(spec);
        for row in rows {
            let mut cells = vec![Cell::Missing; spec.columns.len()];
            for (name, cell) in *row {
                cells[spec.column_index(name).unwrap()] = *cell;
            }
            table.push(&cells).unwrap();
        }
        table
    }

    #[test]
    fn who_leaves_first_is_no_longer_promoted_and_who_comes_later_is_at_risk_from_then_on() {
        let person = |id: i64| {
            [
                ("year", Cell::Integer(0)),
                ("employee", Cell::Integer(id)),
                ("strategy", Cell::Text("isolated")),
            ]
        };
        let panel = table(
            &columns::EMPLOYEES,
            &[&person(0), &person(1), &person(2), &person(3)],
        );
        let event = |week: i64, kind: &'static str, id: i64| {
            [
                ("week", Cell::Integer(week)),
                ("kind", Cell::Text(kind)),
                ("employee", Cell::Integer(id)),
                ("strategy", Cell::Text("isolated")),
            ]
        };
        let events = table(
            &columns::EVENTS,
            &[
                &event(-3, "promoted", 1), // in the burn-in: no matter
                &event(9, "left", 0),
                &event(19, "promoted", 1),
                &event(29, "hired", 9),
                &event(51, "promoted", 2),
                &event(60, "promoted", 1), // the second time
            ],
        );
        let of = |year: f64, event: &[&str], against: &[&str]| {
            Incidence {
                event: vec![test("kind", event)],
                against: vec![test("kind", against)],
                among: Vec::new(),
                year,
            }
            .read(&[&panel, &events], 2)
        };
        let out = ["left", "laid_off", "retired"];
        assert_eq!(of(0.1, &["promoted"], &out), Some(0.0));
        // 4 at risk, one leaves: 3/4 are free; one of three is promoted; then one of 3 (a hire has come): 1/2 * 1/3
        let close = |a: Option<f64>, b: f64| (a.unwrap() - b).abs() < 1e-12;
        assert!(close(of(0.5, &["promoted"], &out), 0.25));
        assert!(close(of(1.0, &["promoted"], &out), 0.25 + 1.0 / 6.0));
        assert!(close(of(2.0, &out, &["promoted"]), 0.25));
        assert_eq!(of(3.0, &["promoted"], &out), None, "the run is shorter");
    }
}
