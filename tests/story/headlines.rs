//! The headline of an entry, held against the tables.

use std::collections::BTreeSet;

use crate::moment::Moment;
use crate::tables::{Row, number, parts, week};

/// Other things that happen to people: sentence, kind and cause in the table.
const TOLD: [(&str, &str, &str); 10] = [
    ("NAME is blamed for something.", "incident", "blame"),
    (
        "There is a dispute over who gets the credit for the work of NAME.",
        "incident",
        "credit",
    ),
    ("An error of NAME comes to light.", "incident", "error"),
    (
        "A mentor leaves, and hands NAME over to an ally.",
        "mentor_left",
        "handed over",
    ),
    (
        "A mentor leaves, and NAME is left without one.",
        "mentor_left",
        "left alone",
    ),
    (
        "NAME becomes the boss of a former peer ({}).",
        "became_boss",
        "",
    ),
    ("NAME overtakes a mentor ({}).", "overtook_mentor", ""),
    ("NAME turns a promotion down ({}).", "refused", ""),
    ("NAME is demoted ({}).", "demoted", ""),
    ("A programme of the firm reaches NAME: {}.", "programme", ""),
];

/// Kind and cause of an event told in a headline.
pub(crate) fn event_kind(head: &str, name: &str) -> (&'static str, &'static str) {
    let told = TOLD
        .iter()
        .find(|told| parts(head, &told.0.replace("NAME", name)).is_some())
        .unwrap();
    (told.1, told.2)
}

/// Checks the headline of an entry; the week of the decision that its sentences are about.
pub(crate) fn check(moment: &Moment<'_>, seen: &mut BTreeSet<&'static str>) -> String {
    let &Moment {
        tables,
        id,
        name,
        entry,
        ..
    } = moment;
    let (head, at, placed) = (
        entry.headline.as_str(),
        moment.week.as_str(),
        &moment.placed,
    );
    let works = |post: &str| {
        let row = moment.yearly();
        assert_eq!(
            post,
            format!("{} in {}", row["level"], row["department"]),
            "{id}"
        );
    };
    if let Some(found) = parts(head, &format!("{name} works as {{}}.")) {
        seen.insert("there");
        works(found[0]);
    } else if let Some(found) = parts(head, &format!("The run ends; {name} works as {{}}.")) {
        seen.insert("end");
        works(found[0]);
    } else if let Some(found) = parts(head, &format!("{name} joins the firm as {{}}.")) {
        seen.insert("hired");
        let row = moment.event("hired");
        assert_eq!(
            found[0],
            format!("{} in {}", row["to_level"], row["to_department"])
        );
    } else if let Some(found) = parts(head, "Promotion from {} to {} in {}.") {
        seen.insert("promoted");
        let row = moment.event("promoted");
        assert_eq!(found[2], row["to_department"]);
        assert!(found[0].starts_with(&row["from_level"]) && found[1] == row["to_level"]);
    } else if let Some(found) = parts(head, "Considered for a post as {} in {}, not chosen.") {
        seen.insert("passed over");
        let own = [("candidate", id), ("week", at), ("kind", "promotion")];
        let rows = tables.of("decisions", &own);
        assert!(rows.iter().any(|row| row["chosen"] == "false"
            && row["level"] == found[0]
            && row["department"] == found[1]));
    } else if let Some(found) = parts(
        head,
        "Considered for promotion {} times within a year, never chosen; the nearest was a post as {} ({}).",
    ) {
        seen.insert("passed over often");
        let year = entry.week / 52;
        let own = [
            ("candidate", id),
            ("kind", "promotion"),
            ("chosen", "false"),
        ];
        let rows = tables.of("decisions", &own);
        let lost = |row: &&&Row| number(&row["week"]) / 52 == year;
        assert_eq!(rows.iter().filter(lost).count() as i64, number(found[0]));
        return week(found[2]).to_string();
    } else if let Some(found) = parts(
        head,
        &format!("{name} leaves the firm, last {{}} in {{}} ({{}})."),
    ) {
        seen.insert("left");
        let row = moment.event("left");
        assert_eq!(
            (found[0], found[1]),
            (&*row["from_level"], &*row["from_department"])
        );
    } else if head.contains(" is dismissed, last ") {
        moment.event("laid_off");
    } else if head.contains(" retires, last ") {
        moment.event("retired");
    } else if let Some(found) = parts(head, &format!("{name} moves from {{}} to {{}} ({{}}).")) {
        seen.insert("moved");
        let row = moment.event("moved");
        assert_eq!(
            (found[0], found[1]),
            (&*row["from_department"], &*row["to_department"])
        );
    } else if let Some((_, kind, cause)) = TOLD
        .iter()
        .find(|told| parts(head, &told.0.replace("NAME", name)).is_some())
    {
        seen.insert(kind);
        let wanted = [("employee", id), ("week", at), ("kind", *kind)];
        let rows = tables.of("events", &wanted);
        let fits = |row: &&Row| cause.is_empty() || row["cause"] == *cause;
        assert!(rows.iter().any(fits), "{id}, week {at}: {head}");
    } else if let Some(row) = placed.first() {
        seen.insert("restructured");
        let kind = tables.of("events", &[("kind", "restructuring"), ("week", at)])[0];
        let word = match &*kind["cause"] {
            "dissolve" => "dissolved",
            "merge" => "merged",
            other => panic!("no scenario here has {other}"),
        };
        assert!(
            head.contains(word) && head.contains(&row["from_department"]),
            "{head}"
        );
    } else {
        panic!("a headline of no known form: {head}");
    }
    at.to_owned()
}
