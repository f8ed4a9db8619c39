//! Who may import whom, and how long a file may be.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{fail_with, is_word, leading_word, sources};

/// Rooms and the rooms that each may import; every room may import itself.
const TABLE: &[(&str, &str)] = &[
    ("units", ""),
    ("random", ""),
    ("world", "units"),
    ("engine", "world random units"),
    ("measures", "world units"),
    ("mechanisms", "engine world random units"),
    ("interventions", "engine world random units"),
    ("initialization", "engine world random units"),
    // the parameter types of the rules, which are its sections
    (
        "scenario",
        "mechanisms interventions initialization world units",
    ),
    // a survey's respondents forget by draws of their own
    ("records", "engine measures random world scenario units"),
    (
        "model",
        "units random world engine measures mechanisms interventions initialization scenario records",
    ),
    // a run hands the world that it holds, or reads from files, to the recorder; an author's words are in languages
    (
        "experiment",
        "model scenario records measures initialization world units analysis language",
    ),
    // holds runs against the evidence and real organisations: reads these, builds scenarios, watches the world as the
    // recorder does, and measures
    (
        "validation",
        "experiment model mechanisms interventions initialization scenario records measures random world units",
    ),
    // words for readers, from catalogues
    ("language", ""),
    // statistics of numbers are needed where stopping is decided; what is measured there is measured once
    ("analysis", "records measures language units"),
    ("charts", "analysis language units"),
    ("report", "charts analysis records language units"),
    // the only room that may print, and the only one that knows all others
    (
        "cli",
        "report charts analysis language validation experiment model records scenario initialization measures world units",
    ),
];

/// Folders of the room of experiments; each may import itself and those before it.
const EXPERIMENT: &[&str] = &[
    "machine", "designs", "one_run", "file", "outcomes", "planning", "results", "storage",
    "running", "findings", "twins",
];

/// Lines of a file that are not tests, at most: about 400, and what formatting adds.
const LONGEST: usize = 440;

/// What follows `start` in a path or a list of paths: the first words of each.
pub(crate) fn imported(code: &str, start: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(start) {
        if code[..at]
            .chars()
            .next_back()
            .is_some_and(|c| is_word(c) || c == '$')
        {
            continue;
        }
        let rest = &code[at + start.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.insert(leading_word(rest).to_owned());
            continue;
        };
        // a list: the words that stand at its outermost depth
        let (mut depth, mut first) = (0, true);
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                c if first && is_word(c) => {
                    found.insert(leading_word(&list[i..]).to_owned());
                    first = false;
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn imports_are_read_from_paths_and_from_lists() {
    let code = "use crate::{units::{A, b}, world};\nlet x = crate::random::Draws; mycrate::no";
    let found: Vec<String> = imported(code, "crate::").into_iter().collect();
    assert_eq!(found, ["random", "units", "world"]);
}

#[test]
fn every_room_imports_only_what_stands_below_it() {
    let table: BTreeMap<&str, &str> = TABLE.iter().copied().collect();
    let mut problems = Vec::new();
    for source in sources() {
        let room = source.room();
        if room == "lib" || room == "main" {
            continue;
        }
        let Some(allowed) = table.get(room) else {
            problems.push(format!(
                "src/{}: the room `{room}` is not in the table",
                source.path
            ));
            continue;
        };
        for other in imported(&source.code, "crate::") {
            if other != room && !allowed.split(' ').any(|a| a == other) {
                problems.push(format!(
                    "src/{}: `{room}` must not import `{other}`",
                    source.path
                ));
            }
        }
    }
    fail_with(&problems);
}

#[test]
fn the_table_of_rooms_has_no_circle() {
    let table: BTreeMap<&str, &str> = TABLE.iter().copied().collect();
    for (room, _) in TABLE {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = table[room].split_whitespace().collect();
        while let Some(other) = next.pop() {
            assert_ne!(other, *room, "{room} comes round to itself");
            if reached.insert(other) {
                next.extend(table[other].split_whitespace());
            }
        }
    }
}

#[test]
fn every_folder_of_the_experiment_imports_only_those_before_it() {
    let place = |name: &str| EXPERIMENT.iter().position(|folder| *folder == name);
    let mut problems = Vec::new();
    for source in sources() {
        let Some((folder, _)) = source
            .path
            .strip_prefix("experiment/")
            .and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        let Some(own) = place(folder) else {
            problems.push(format!(
                "src/{}: the folder `{folder}` is not in the list",
                source.path
            ));
            continue;
        };
        for other in imported(&source.code, "crate::experiment::") {
            if place(&other).is_none_or(|other| other > own) {
                problems.push(format!(
                    "src/{}: `{folder}` must not import `{other}` of the experiment",
                    source.path
                ));
            }
        }
        if source.code.contains("super::super::") {
            problems.push(format!(
                "src/{}: say `crate::experiment::` for what is in another folder",
                source.path
            ));
        }
    }
    fail_with(&problems);
}

#[test]
fn files_stay_short() {
    let mut problems = Vec::new();
    for source in sources() {
        if source.lines > LONGEST {
            problems.push(format!(
                "src/{}: {} lines before its tests, at most {LONGEST}",
                source.path, source.lines
            ));
        }
    }
    fail_with(&problems);
}
