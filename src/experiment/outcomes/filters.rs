//! From the filters of an outcome to tests of rows, or what is wrong with them.

use std::collections::BTreeMap;

use super::complaints::Complaints;
use super::criterion::{Criterion, compile_criterion};
use crate::experiment::file::{Free, OutcomePlan, near};
use crate::records::{ColumnSpec, TableSpec, columns};

/// Columns of the yearly panel that exposure is known by.
const AMONG: [&str; 3] = ["strategy", "department", "level"];

/// Tests of those who are exposed, by the names of the yearly panel.
pub(super) fn among(plan: &OutcomePlan, complaints: &mut Complaints<'_, '_>) -> Vec<Criterion> {
    let plans = if plan.among.is_empty() {
        implied(&plan.filter)
    } else {
        plan.among.clone()
    };
    for key in plans.keys().filter(|key| !AMONG.contains(&key.as_str())) {
        complaints.say(
            &format!("among.{key}"),
            format!("exposure is not known by {key:?}"),
            format!("use {}", AMONG.join(", ")),
        );
    }
    if complaints.wrong {
        return Vec::new();
    }
    tests(&plans, &columns::EMPLOYEES, "among", complaints)
}

/// Tests of all columns of a filter.
pub(super) fn tests(
    filter: &BTreeMap<String, Free>,
    spec: &'static TableSpec,
    what: &str,
    complaints: &mut Complaints<'_, '_>,
) -> Vec<Criterion> {
    let mut tests = Vec::new();
    for (name, Free(value)) in filter {
        let key = format!("{what}.{name}");
        let Some(column) = spec.column_index(name) else {
            let names: Vec<String> = spec.columns.iter().map(|c| c.name.to_owned()).collect();
            complaints.say(
                &key,
                format!("table {} has no column {name:?}", spec.name),
                near(name, &names),
            );
            continue;
        };
        match compile_criterion(column, &spec.columns[column], value) {
            Ok(test) => {
                for text in test.texts() {
                    doubtful_word(&spec.columns[column], text, &key, complaints);
                }
                tests.push(test);
            }
            Err((message, help)) => complaints.say(&key, message, help),
        }
    }
    tests
}

/// Refuses a word that the dictionary of the tables does not list, where it lists the words.
fn doubtful_word(column: &ColumnSpec, text: &str, key: &str, complaints: &mut Complaints<'_, '_>) {
    if column.unit != "one of" || column.name == "cause" || column.name == "chain" {
        return;
    }
    let listed = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    let words: Vec<String> = column
        .meaning
        .split(listed)
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    if !words.iter().any(|word| word == text) {
        let help = match crate::scenario::nearest(text, words.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => column.meaning.to_owned(),
        };
        complaints.say(
            key,
            format!("{:?} never stands in column {}", text, column.name),
            help,
        );
    }
}

/// The exposure that a filter on events implies: the same strategy, and where the person came from.
fn implied(filter: &BTreeMap<String, Free>) -> BTreeMap<String, Free> {
    let names = [
        ("strategy", "strategy"),
        ("from_department", "department"),
        ("from_level", "level"),
    ];
    names
        .iter()
        .filter_map(|(from, to)| Some(((*to).to_owned(), filter.get(*from)?.clone())))
        .collect()
}
