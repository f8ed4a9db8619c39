//! `employees.csv`: who there is.

use std::collections::BTreeMap;
use std::path::Path;

use super::PersonRow;
use super::columns::ColumnMap;
use super::problem::{Problems, suggestion};
use super::table::{self, Row, Table};

/// The people of a file, and where each id stands.
pub(super) struct Roster {
    pub(super) people: Vec<PersonRow>,
    pub(super) place_of: BTreeMap<String, usize>,
    pub(super) attribute_columns: Vec<String>,
    /// Whether a row may be missing because it was wrong itself: an id that is not here may then
    /// still be in the file.
    pub(super) is_complete: bool,
}

/// Place in the file of each column we know.
struct Places {
    id: usize,
    by_name: BTreeMap<&'static str, usize>,
}

/// Reads the people; none when the file is no table or has no ids.
pub(super) fn read(path: &Path, columns: &ColumnMap, problems: &mut Problems) -> Option<Roster> {
    let table = table::read(path, "employees", problems)?;
    let places = places(&table, columns, problems)?;
    let mut roster = Roster {
        people: Vec::with_capacity(table.rows.len()),
        place_of: BTreeMap::new(),
        attribute_columns: attribute_columns(&table, places.id),
        is_complete: true,
    };
    let mut lines = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let Some(id) = row.cell(places.id) else {
            let help = "give every person an id, any text that occurs once";
            problems.add(
                Some(row.line),
                Some(&table.header[places.id]),
                "no id",
                help,
            );
            roster.is_complete = false;
            continue;
        };
        if let Some(&first) = roster.place_of.get(id) {
            let first_line: u64 = lines[first];
            let message = format!("the id \"{id}\" already stands in line {first_line}");
            let help = "every id must occur once: remove a row or give one person another id";
            problems.add(
                Some(row.line),
                Some(&table.header[places.id]),
                message,
                help,
            );
            continue;
        }
        roster.place_of.insert(id.to_owned(), roster.people.len());
        lines.push(row.line);
        roster
            .people
            .push(person(&table, row, &places, id, problems));
    }
    if let Some(&column) = places.by_name.get("manager_id") {
        let header = table.header[column].clone();
        find_managers(&table, column, places.id, &mut roster, problems);
        find_cycles(&roster, &lines, &header, problems);
    }
    Some(roster)
}

fn attribute_columns(table: &Table, id: usize) -> Vec<String> {
    let named = table.header.iter().enumerate();
    named
        .filter(|(place, _)| *place != id)
        .map(|(_, name)| name.clone())
        .collect()
}

fn places(table: &Table, columns: &ColumnMap, problems: &mut Problems) -> Option<Places> {
    let place = |name: &str| table.header.iter().position(|column| column == name);
    let mut by_name = BTreeMap::new();
    for (ours, theirs) in columns.entries() {
        if theirs == Some("") && ours != "id" {
            continue;
        }
        let wanted = theirs.unwrap_or(ours);
        if let Some(place) = place(wanted) {
            by_name.insert(ours, place);
        } else if ours == "id" || theirs.is_some() {
            let near = suggestion(wanted, table.header.iter().map(String::as_str));
            let message = match theirs {
                None => format!("there is no column \"{wanted}\"{near}"),
                Some(_) => {
                    format!("there is no column \"{wanted}\", which is to be the {ours}{near}")
                }
            };
            let there = table.header.join(", ");
            let help = format!("the columns are {there}; name one with map.{ours}");
            problems.add(Some(1), Some(wanted), message, help);
        }
    }
    let id = by_name.get("id").copied()?;
    Some(Places { id, by_name })
}

fn person(
    table: &Table,
    row: &Row,
    places: &Places,
    id: &str,
    problems: &mut Problems,
) -> PersonRow {
    let cell = |name: &str| {
        places
            .by_name
            .get(name)
            .and_then(|&column| row.cell(column))
    };
    let text = |name: &str| cell(name).map(str::to_owned);
    let mut wrong = |name: &str, found: &str, what: &str, wanted: &str| {
        let column = places
            .by_name
            .get(name)
            .map(|&place| table.header[place].as_str());
        let help = format!(
            "{wanted}, or an empty cell if it is not known; map.{name} = \"\" leaves the column out"
        );
        problems.add(
            Some(row.line),
            column,
            format!("\"{found}\" is not {what}"),
            help,
        );
    };
    let mut years = |name: &'static str, what: &str, most: f64| {
        let found = cell(name)?;
        let number = found
            .parse::<f64>()
            .ok()
            .filter(|years| (0.0..=most).contains(years));
        if number.is_none() {
            wrong(
                name,
                found,
                what,
                &format!("write a number of years from 0 to {most}"),
            );
        }
        number
    };
    let tenure_years = years("tenure_years", "a tenure in years", 100.0);
    let age = years("age", "an age in years", 150.0);
    let level_rank = cell("level_rank").and_then(|found| {
        let rank = found.parse::<u32>().ok().filter(|rank| *rank >= 1);
        if rank.is_none() {
            wrong(
                "level_rank",
                found,
                "a rank",
                "write a whole number, 1 at the top of the hierarchy",
            );
        }
        rank
    });
    let attributes = table
        .header
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != places.id);
    PersonRow {
        source_id: id.to_owned(),
        attributes: attributes
            .filter_map(|(place, name)| Some((name.clone(), row.cell(place)?.to_owned())))
            .collect(),
        name: text("name"),
        department: text("department"),
        level: text("level"),
        level_rank,
        manager: None,
        tenure_years,
        age,
        site: text("site"),
        function: text("function"),
    }
}

fn find_managers(
    table: &Table,
    column: usize,
    id_column: usize,
    roster: &mut Roster,
    problems: &mut Problems,
) {
    let mut has_row = vec![false; roster.people.len()];
    for row in &table.rows {
        let Some(&place) = row.cell(id_column).and_then(|id| roster.place_of.get(id)) else {
            continue;
        };
        // Of two rows with one id only the first counts.
        if std::mem::replace(&mut has_row[place], true) {
            continue;
        }
        let Some(manager) = row.cell(column) else {
            continue;
        };
        if let Some(&found) = roster.place_of.get(manager) {
            roster.people[place].manager = Some(found);
        } else if problems.is_full() {
            problems.count();
        } else {
            let near = suggestion(manager, roster.place_of.keys().map(String::as_str));
            let message = format!("nobody has the id \"{manager}\"{near}");
            let help = "name the manager by an id of this file, or leave the cell empty";
            problems.add(Some(row.line), Some(&table.header[column]), message, help);
        }
    }
}

/// Follows everyone upwards once; whoever is met again on the same way closes a cycle.
fn find_cycles(roster: &Roster, lines: &[u64], column: &str, problems: &mut Problems) {
    const NOT_SEEN: usize = usize::MAX;
    let mut seen_on_way = vec![NOT_SEEN; roster.people.len()];
    for start in 0..roster.people.len() {
        let mut at = Some(start);
        while let Some(person) = at.filter(|&person| seen_on_way[person] == NOT_SEEN) {
            seen_on_way[person] = start;
            at = roster.people[person].manager;
        }
        let Some(first) = at.filter(|&person| seen_on_way[person] == start) else {
            continue;
        };
        let mut names = vec![roster.people[first].source_id.as_str()];
        let mut next = roster.people[first].manager;
        while let Some(person) = next {
            // A cycle of thousands would fill the screen.
            if person == first || names.len() >= 20 {
                break;
            }
            names.push(&roster.people[person].source_id);
            next = roster.people[person].manager;
        }
        let message = if names.len() == 1 {
            format!("\"{}\" is their own manager", names[0])
        } else {
            let rest = if next == Some(first) { names[0] } else { "…" };
            format!("a cycle of managers: {} → {rest}", names.join(" → "))
        };
        let help = "somebody must be at the top: leave one manager empty or name another";
        problems.add(Some(lines[first]), Some(column), message, help);
    }
}
