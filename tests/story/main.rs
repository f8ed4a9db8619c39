//! `allies story`: each sentence of each story is taken apart and its numbers are counted again from the CSV
//! tables, by other means than the program's. A sentence of an unknown form is a failure too.

#![allow(clippy::unwrap_used)]

mod claims;
mod headlines;
mod moment;
mod panels;
mod sentences;
mod tables;
mod tally;
mod whereabouts;

use std::collections::{BTreeMap, BTreeSet};

use assert_cmd::Command;

use claims::check;
use tables::{Row, Tables, tell};

#[test]
fn every_claim_of_a_story_is_rebuilt_from_the_tables() {
    let place = tempfile::tempdir().unwrap();
    let results = place.path().join("run");
    let mut run = Command::cargo_bin("allies").unwrap();
    run.args([
        "run",
        "scenarios/consulting-firm.toml",
        // a seed with which somebody is dismissed in a restructuring
        "--seed",
        "4",
        "--quiet",
        "--no-charts",
        "--out",
    ]);
    run.arg(&results).assert().success();
    let tables = Tables::read(&results);
    let mut people: BTreeSet<String> = BTreeSet::new();
    let id = |row: &&Row| row["employee"].clone();
    people.extend(
        tables
            .of("employees", &[("persona", "true"), ("year", "0")])
            .iter()
            .map(id),
    );
    people.extend(
        tables
            .of("placements", &[("displaced", "true")])
            .iter()
            .map(id),
    );
    people.extend(
        tables
            .of("events", &[("kind", "hired")])
            .iter()
            .map(id)
            .step_by(20),
    );
    // whoever moves or rises again and again: their stories have most that could contradict itself
    let mut moves: BTreeMap<String, usize> = BTreeMap::new();
    for kind in ["moved", "reassigned", "promoted"] {
        for row in tables.of("events", &[("kind", kind)]) {
            if !row["week"].starts_with('-') {
                *moves.entry(row["employee"].clone()).or_default() += 1;
            }
        }
    }
    let often: Vec<&String> = moves.iter().filter(|(_, n)| **n > 2).map(|p| p.0).collect();
    let twice: Vec<&String> = moves
        .iter()
        .filter(|(_, n)| **n == 2)
        .map(|p| p.0)
        .collect();
    assert!(!often.is_empty() && twice.len() > 5, "{moves:?}");
    people.extend(often.into_iter().chain(twice).cloned());
    let mut seen = BTreeSet::new();
    for id in &people {
        check(&tables, id, &tell(&results, id), &mut seen);
    }
    for form in [
        "there",
        "end",
        "hired",
        "promoted",
        "passed over often",
        "left",
        "restructured",
        "lost",
        "placed",
        "dismissed",
        "incident",
        "moved",
        "witnesses",
        "ties kept",
        "ranked",
        "without luck",
        "winner",
        "tally",
        "hollow",
    ] {
        assert!(seen.contains(form), "no story has this: {form}");
    }
}
