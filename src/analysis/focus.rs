//! Whom and when the charts of one person show, and by which definitions.

use super::reader::ReadError;
use super::rows::{Definitions, Rows};

/// Whom and when the charts of one person show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Focus {
    /// Name or number of the person; the persona with most moves if none.
    pub employee: Option<String>,
    /// Name of the snapshot.
    pub snapshot: Option<String>,
}

/// The nearest of some names, as a question, if one is near.
pub fn near<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    known
        .map(|known| {
            (
                strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase()),
                known,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or_else(String::new, |(_, known)| {
            format!(" (did you mean `{known}`?)")
        })
}

/// The person asked for, else the persona whom the run moved most, else of those who stayed whoever most people knew.
pub(super) fn person(rows: &Rows, asked: Option<&str>) -> Result<Option<u32>, ReadError> {
    let Some(name) = asked else {
        let moves = |employee: u32| {
            let own = rows
                .events
                .iter()
                .filter(|event| event.employee == Some(employee));
            own.filter(|e| matches!(e.kind.as_str(), "reassigned" | "promoted" | "laid_off"))
                .count()
        };
        let persona = rows
            .employees
            .iter()
            .filter(|row| row.persona && row.year == 0)
            .max_by_key(|row| (moves(row.employee), std::cmp::Reverse(row.employee)));
        let last = rows.employees.iter().map(|row| row.year).max();
        let stayed: std::collections::BTreeSet<u32> = rows
            .employees
            .iter()
            .filter(|row| Some(row.year) == last)
            .map(|row| row.employee)
            .collect();
        let known = rows
            .employees
            .iter()
            .filter(|row| row.year == 0 && stayed.contains(&row.employee))
            .max_by_key(|row| (row.known_by, std::cmp::Reverse(row.employee)));
        return Ok(persona.or(known).map(|row| row.employee));
    };
    let by_name = rows.employees.iter().find(|row| {
        row.name
            .as_ref()
            .is_some_and(|n| n.to_lowercase() == name.to_lowercase())
    });
    let by_number = || {
        let number: u32 = name.parse().ok()?;
        rows.employees.iter().find(|row| row.employee == number)
    };
    let found = by_name.or_else(by_number);
    found
        .map(|row| Some(row.employee))
        .ok_or_else(|| ReadError::NoPerson {
            name: name.to_owned(),
            near: near(
                name,
                rows.employees.iter().filter_map(|row| row.name.as_deref()),
            ),
        })
}

/// The snapshot asked for, if there is one of this name.
pub(super) fn snapshot(rows: &Rows, asked: Option<&str>) -> Result<Option<String>, ReadError> {
    let Some(name) = asked else { return Ok(None) };
    let mut known: Vec<(i32, &str)> = Vec::new();
    for row in &rows.positions {
        if known.iter().all(|(_, snapshot)| *snapshot != row.snapshot) {
            known.push((row.week, &row.snapshot));
        }
    }
    known.sort_by_key(|(week, _)| *week);
    let names: Vec<&str> = known.into_iter().map(|(_, snapshot)| snapshot).collect();
    if names.contains(&name) {
        return Ok(Some(name.to_owned()));
    }
    Err(ReadError::NoSnapshot {
        name: name.to_owned(),
        near: near(name, names.iter().copied()),
        known: names.join(", "),
    })
}

/// The definitions of the resolved scenario in a results folder; the usual ones where it says nothing.
pub(super) fn definitions(folder: &std::path::Path) -> Definitions {
    let mut found = Definitions::default();
    let scenario: Option<toml::Table> = std::fs::read_to_string(folder.join("scenario.toml"))
        .ok()
        .and_then(|text| text.parse().ok());
    let speaks_up = scenario
        .as_ref()
        .and_then(|table| table.get("review")?.get("speaks_up")?.as_float());
    if let Some(speaks_up) = speaks_up {
        found.speaks_up = speaks_up as f32;
    }
    found
}
