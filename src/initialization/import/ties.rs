//! `ties.csv`: who is tied to whom.

use std::path::Path;

use super::TieRow;
use super::employees::Roster;
use super::problem::{Problems, suggestion};
use super::table::{self, Row, Table};

/// The ties of a file.
pub(super) struct Ties {
    pub(super) rows: Vec<TieRow>,
    pub(super) layers: Vec<String>,
    pub(super) has_weights: bool,
}

struct Places {
    source: usize,
    target: usize,
    layer: usize,
    weight: Option<usize>,
}

/// Reads the ties; none when the file is no table or lacks a column, or nobody is known.
pub(super) fn read(path: &Path, roster: Option<&Roster>, problems: &mut Problems) -> Option<Ties> {
    let table = table::read(path, "ties", problems)?;
    let places = places(&table, problems)?;
    // Without a roster every id would be unknown: one problem told in the other file is enough.
    let roster = roster?;
    let mut ties = Ties {
        rows: Vec::with_capacity(table.rows.len()),
        layers: Vec::new(),
        has_weights: places.weight.is_some(),
    };
    let mut lines = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let source = person(&table, row, places.source, roster, problems);
        let target = person(&table, row, places.target, roster, problems);
        let layer = row.cell(places.layer);
        if layer.is_none() {
            let help = "name the layer of every tie, such as advice or friendship";
            problems.add(Some(row.line), Some("layer"), "no layer", help);
        }
        let weight = weight(row, places.weight, problems);
        if source.is_some() && source == target {
            let id = row.cell(places.source).unwrap_or_default();
            let message = format!("\"{id}\" is tied to themselves");
            problems.add(
                Some(row.line),
                None,
                message,
                "remove the row: nobody is their own alter",
            );
            continue;
        }
        let (Some(source), Some(target), Some(layer), Some(weight)) =
            (source, target, layer, weight)
        else {
            continue;
        };
        if !ties.layers.iter().any(|known| known == layer) {
            ties.layers.push(layer.to_owned());
        }
        ties.rows.push(TieRow {
            source,
            target,
            layer: layer.to_owned(),
            weight,
        });
        lines.push(row.line);
    }
    find_repeats(&ties.rows, &lines, roster, problems);
    Some(ties)
}

fn places(table: &Table, problems: &mut Problems) -> Option<Places> {
    let mut place = |name: &str| {
        let found = table.header.iter().position(|column| column == name);
        if found.is_none() {
            let near = suggestion(name, table.header.iter().map(String::as_str));
            let there = table.header.join(", ");
            let message = format!("there is no column \"{name}\"{near}");
            let help = format!(
                "the columns are {there}; ties need source, target, layer and may have weight"
            );
            problems.add(Some(1), Some(name), message, help);
        }
        found
    };
    let (source, target, layer) = (place("source"), place("target"), place("layer"));
    let weight = table.header.iter().position(|column| column == "weight");
    Some(Places {
        source: source?,
        target: target?,
        layer: layer?,
        weight,
    })
}

fn person(
    table: &Table,
    row: &Row,
    column: usize,
    roster: &Roster,
    problems: &mut Problems,
) -> Option<usize> {
    let header = table.header[column].as_str();
    let Some(id) = row.cell(column) else {
        let help = "name both ends of the tie by the ids of the employees";
        problems.add(Some(row.line), Some(header), "no id", help);
        return None;
    };
    let found = roster.place_of.get(id).copied();
    if found.is_none() && problems.is_full() {
        problems.count();
    } else if found.is_none() {
        let near = suggestion(id, roster.place_of.keys().map(String::as_str));
        let message = format!("nobody among the employees has the id \"{id}\"{near}");
        let help = if roster.is_complete {
            "add this person to the employees, or remove the row"
        } else {
            "mend the employees first; if the id is still unknown, add this person or remove the row"
        };
        problems.add(Some(row.line), Some(header), message, help);
    }
    found
}

fn weight(row: &Row, column: Option<usize>, problems: &mut Problems) -> Option<f64> {
    let Some(column) = column else {
        return Some(1.0);
    };
    let help = "write a finite number such as 1 or 2.5; larger is stronger, below 0 is a dislike";
    let Some(found) = row.cell(column) else {
        problems.add(Some(row.line), Some("weight"), "no weight", help);
        return None;
    };
    let number = found.parse::<f64>().ok();
    let finite = number.filter(|number| number.is_finite());
    if finite.is_none() {
        let what = if number.is_some() {
            "a finite number"
        } else {
            "a number"
        };
        problems.add(
            Some(row.line),
            Some("weight"),
            format!("\"{found}\" is not {what}"),
            help,
        );
    }
    finite
}

fn find_repeats(ties: &[TieRow], lines: &[u64], roster: &Roster, problems: &mut Problems) {
    let mut order: Vec<usize> = (0..ties.len()).collect();
    let key = |place: usize| {
        let tie: &TieRow = &ties[place];
        (tie.source, tie.target, tie.layer.as_str())
    };
    // Stable, so that of equal ties the first in the file comes first.
    order.sort_by(|&a, &b| key(a).cmp(&key(b)));
    let mut repeats: Vec<(usize, usize)> = Vec::new();
    let mut first = 0;
    for place in 1..order.len() {
        if key(order[place]) == key(order[first]) {
            repeats.push((order[place], order[first]));
        } else {
            first = place;
        }
    }
    repeats.sort_unstable();
    for (repeat, first) in repeats {
        let tie = &ties[repeat];
        let name = |place: usize| roster.people[place].source_id.as_str();
        let message = format!(
            "the tie from \"{}\" to \"{}\" in the layer \"{}\" already stands in line {}",
            name(tie.source),
            name(tie.target),
            tie.layer,
            lines[first]
        );
        let help = "one row a tie and layer: remove one, or add up their weights";
        problems.add(Some(lines[repeat]), None, message, help);
    }
}
