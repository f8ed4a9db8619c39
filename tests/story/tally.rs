//! The sentence after the timeline, and that no event is missing from it.

use std::collections::BTreeSet;

use crate::tables::{Entry, Tables, between, entries, number, or_none, parts};

/// Checks the sentence, and the timeline for what it lacks.
pub(crate) fn check(tables: &Tables, id: &str, page: &str, seen: &mut BTreeSet<&'static str>) {
    let own = tables.of("decisions", &[("candidate", id), ("kind", "promotion")]);
    let count =
        |column: &str, word: &str| own.iter().filter(|row| row[column] == word).count() as i64;
    let lines = between(page, "<p class=\"muted\">", "</p>");
    let form = "{} panels considered {} for promotion; {} chose {}. The performance of {} was the best in {} of {}; no \
                member knew {} in {}; nobody spoke up in {}.";
    if let Some(found) = lines.iter().find_map(|line| parts(line, form)) {
        seen.insert("tally");
        assert_eq!(number(found[0]), own.len() as i64);
        assert_eq!(or_none(found[2]), count("chosen", "true"));
        assert_eq!(number(found[8]), count("known_to", "0"));
        assert_eq!(number(found[6]), own.len() as i64);
        assert_eq!(number(found[9]), count("advocates", "0"));
    } else {
        assert!(own.len() < 2, "{id}: {lines:?}");
    }
    let told = entries(page);
    for row in tables.of("events", &[("employee", id)]) {
        if row["week"].starts_with('-') {
            continue;
        }
        let week = number(&row["week"]);
        // what happens again within a year is told at its first week
        let shown = |entry: &Entry| entry.week == week || entry.week / 52 == week / 52;
        assert!(told.iter().any(shown), "{id}: {row:?} is not told");
        if matches!(
            row["kind"].as_str(),
            "promoted" | "left" | "hired" | "incident" | "moved"
        ) {
            assert!(
                told.iter().any(|entry| entry.week == week),
                "{id}: {row:?} is not told"
            );
        }
    }
}
