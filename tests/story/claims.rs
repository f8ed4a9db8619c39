//! Each sentence of a story, held against the tables.

use std::collections::BTreeSet;

use crate::panels::{says_so, without_luck};
use crate::tables::{Entry, Row, Tables, between, entries, number, parts, week};

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
fn event_kind(head: &str, name: &str) -> (&'static str, &'static str) {
    let told = TOLD
        .iter()
        .find(|told| parts(head, &told.0.replace("NAME", name)).is_some())
        .unwrap();
    (told.1, told.2)
}

/// The department in which a story has its person, sentence by sentence.
#[derive(Default)]
struct Place(Option<String>);

impl Place {
    /// Each move starts where the story left the person, and leads to where it goes on.
    fn follows(&mut self, entry: &Entry, name: &str, id: &str) {
        let texts = std::iter::once(&entry.headline).chain(&entry.body);
        for text in texts {
            let form = |form: &str| parts(text, &form.replace("NAME", name));
            let stays = form("NAME works as {} in {}.")
                .or_else(|| form("The run ends; NAME works as {} in {}."))
                .or_else(|| form("NAME lost the post as {} in {}."))
                .map(|found| (found[1], found[1]));
            let comes = form("NAME joins the firm as {} in {}.")
                .or_else(|| form("Afterwards NAME works as {} in {}; this counts as: {}."))
                .map(|found| ("", found[1]));
            let changes = form("NAME moves from {} to {} ({}).").map(|found| (found[0], found[1]));
            let rises = form("Promotion from {} to {} in {}.").map(|found| {
                let from = found[0].split_once(" in ").map_or(found[2], |from| from.1);
                (from, found[2])
            });
            let merged = form("NAME kept the post, which now belongs to {}.");
            let merged = merged.map(|found| ("", found[0]));
            let Some((from, to)) = stays.or(comes).or(changes).or(rises).or(merged) else {
                continue;
            };
            if let (false, Some(before)) = (from.is_empty(), &self.0) {
                assert_eq!(from, before, "{id}, week {}: {text}", entry.week);
            }
            self.0 = Some(to.to_owned());
        }
    }
}

/// Checks the story of one person; what kinds of sentences it had.
pub(crate) fn check(tables: &Tables, id: &str, page: &str, seen: &mut BTreeSet<&'static str>) {
    let name = tables.name(id);
    let mut place = Place::default();
    for entry in entries(page) {
        place.follows(&entry, &name, id);
        let at = entry.week.to_string();
        let event = |kind: &str| {
            let wanted = [("employee", id), ("week", at.as_str()), ("kind", kind)];
            let rows = tables.of("events", &wanted);
            assert_eq!(rows.len(), 1, "{kind} of {id} in week {at}");
            rows[0]
        };
        let yearly = || {
            let year = if entry.week == 0 {
                0
            } else {
                (entry.week + 1) / 52
            };
            tables.of(
                "employees",
                &[("employee", id), ("year", &year.to_string())],
            )[0]
        };
        let placed = tables.of("placements", &[("employee", id), ("week", &at)]);
        let head = entry.headline.as_str();
        let mut decision_week = at.clone();
        let works = |post: &str| {
            let row = yearly();
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
            let row = event("hired");
            assert_eq!(
                found[0],
                format!("{} in {}", row["to_level"], row["to_department"])
            );
        } else if let Some(found) = parts(head, "Promotion from {} to {} in {}.") {
            seen.insert("promoted");
            let row = event("promoted");
            assert_eq!(found[2], row["to_department"]);
            assert!(found[0].starts_with(&row["from_level"]) && found[1] == row["to_level"]);
        } else if let Some(found) = parts(head, "Considered for a post as {} in {}, not chosen.") {
            seen.insert("passed over");
            let own = [
                ("candidate", id),
                ("week", at.as_str()),
                ("kind", "promotion"),
            ];
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
            decision_week = week(found[2]).to_string();
        } else if let Some(found) = parts(
            head,
            &format!("{name} leaves the firm, last {{}} in {{}} ({{}})."),
        ) {
            seen.insert("left");
            let row = event("left");
            assert_eq!(
                (found[0], found[1]),
                (&*row["from_level"], &*row["from_department"])
            );
        } else if head.contains(" is dismissed, last ") {
            event("laid_off");
        } else if head.contains(" retires, last ") {
            event("retired");
        } else if let Some(found) = parts(head, &format!("{name} moves from {{}} to {{}} ({{}})."))
        {
            seen.insert("moved");
            let row = event("moved");
            assert_eq!(
                (found[0], found[1]),
                (&*row["from_department"], &*row["to_department"])
            );
        } else if let Some((_, kind, cause)) = TOLD
            .iter()
            .find(|told| parts(head, &told.0.replace("NAME", &name)).is_some())
        {
            seen.insert(kind);
            let wanted = [("employee", id), ("week", at.as_str()), ("kind", *kind)];
            let rows = tables.of("events", &wanted);
            let fits = |row: &&Row| cause.is_empty() || row["cause"] == *cause;
            assert!(rows.iter().any(fits), "{id}, week {at}: {head}");
        } else if let Some(row) = placed.first() {
            seen.insert("restructured");
            let kind = tables.of("events", &[("kind", "restructuring"), ("week", &at)])[0];
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
        let mut decided: Option<&Row> = None;
        let own = [("candidate", id), ("week", decision_week.as_str())];
        let own = tables.of("decisions", &own);
        for sentence in &entry.body {
            let restructuring = placed.first().map(|row| row["restructuring"].as_str());
            let all = || tables.of("placements", &[("restructuring", restructuring.unwrap())]);
            let count = |column: &str, word: &str| {
                all().iter().filter(|row| row[column] == word).count() as i64
            };
            let form = |text: &str| parts(sentence, &text.replace("NAME", &name));
            if let Some(found) = form("{} years old, {} years with the firm.") {
                let row = yearly();
                let age: f64 = row["age"].parse().unwrap();
                let tenure: f64 = row["tenure_weeks"].parse::<f64>().unwrap() / 52.0;
                assert_eq!(found, [format!("{age:.0}"), format!("{tenure:.1}")]);
            } else if let Some(found) = form("NAME keeps up {}; {} would speak for NAME.") {
                let row = yearly();
                assert_eq!(number(found[0]), number(&row["ties_active"]));
                assert_eq!(or_none(found[1]), number(&row["advocates"]));
            } else if sentence.contains("would fail when called upon") {
                seen.insert("hollow");
                assert_eq!(number(sentence), number(&yearly()["ties_hollow"]));
            } else if sentence.contains(" affected; posts lost: ") {
                let form =
                    "{} affected; posts lost: {}, places that panels filled: {}, dismissed: {}.";
                let found = parts(sentence, form).unwrap();
                assert_eq!(number(found[0]), all().len() as i64);
                assert_eq!(number(found[1]), count("displaced", "true"));
                let here = [
                    ("kind", "placement"),
                    ("restructuring", restructuring.unwrap()),
                ];
                let filled: BTreeSet<&String> = tables
                    .of("decisions", &here)
                    .iter()
                    .map(|row| &row["decision"])
                    .collect();
                assert_eq!(number(found[2]), filled.len() as i64);
                assert_eq!(number(found[3]), count("outcome", "dismissed"));
            } else if sentence == &format!("{name} kept the post.") {
                assert_eq!(
                    (&*placed[0]["outcome"], &*placed[0]["displaced"]),
                    ("kept", "false")
                );
            } else if let Some(found) = form("NAME kept the post, which now belongs to {}.") {
                assert_eq!(found[0], placed[0]["to_department"]);
                assert_eq!(placed[0]["displaced"], "false");
            } else if let Some(found) = form("NAME lost the post as {} in {}.") {
                assert_eq!(placed[0]["displaced"], "true");
                assert_eq!(found[0], placed[0]["from_level"]);
                assert_eq!(found[1], placed[0]["from_department"]);
            } else if sentence.ends_with(" chose someone else.") {
                seen.insert("lost");
                let lost = own
                    .iter()
                    .filter(|row| row["kind"] == "placement" && row["chosen"] == "false");
                assert_eq!(number(sentence), lost.count() as i64);
            } else if let Some(found) = form("A panel gave NAME a place as {} in {}.") {
                seen.insert("placed");
                let chosen = own
                    .iter()
                    .find(|row| row["kind"] == "placement" && row["chosen"] == "true");
                assert_eq!(
                    (found[0], found[1]),
                    (&*chosen.unwrap()["level"], &*chosen.unwrap()["department"])
                );
                assert_eq!(found[1], placed[0]["to_department"]);
            } else if let Some(found) = form("NAME came nearest to a place as {} in {}.") {
                assert!(own.iter().any(|row| row["kind"] == "placement"
                    && row["level"] == found[0]
                    && row["department"] == found[1]));
            } else if sentence.contains(" left without a place") {
                seen.insert("left over");
                let here = [
                    ("kind", "layoff"),
                    ("restructuring", restructuring.unwrap()),
                ];
                assert_eq!(number(sentence), tables.of("decisions", &here).len() as i64);
            } else if let Some(found) =
                form("Afterwards NAME works as {} in {}; this counts as: {}.")
            {
                assert_eq!(found[0], placed[0]["to_level"]);
                assert_eq!(found[1], placed[0]["to_department"]);
                let word = found[2]
                    .replace(" post", "")
                    .replace(" move", "")
                    .replace(' ', "_");
                assert_eq!(word, placed[0]["outcome"]);
            } else if sentence == &format!("{name} was dismissed.") {
                seen.insert("dismissed");
                assert_eq!(placed[0]["outcome"], "dismissed");
            } else if let Some(found) = form("{} weeks later {} of {} still active.") {
                seen.insert("ties kept");
                let at = |when: &str| -> BTreeSet<&String> {
                    let snapshot = format!("restructuring-{}-{when}", restructuring.unwrap());
                    let held = tables.of("ties", &[("snapshot", &snapshot), ("source", id)]);
                    held.into_iter().map(|row| &row["target"]).collect()
                };
                let (before, after) = (at("before"), at(&format!("after-{}", found[0])));
                assert_eq!(number(found[2]), before.len() as i64);
                assert_eq!(number(found[1]), before.intersection(&after).count() as i64);
            } else if let Some(found) = form("The only witness was {} strong tie of NAME, and {}.")
            {
                seen.insert("witness");
                let row = event("incident");
                assert_eq!(row["present"], "1");
                let counted_on = if found[0] == "a" { "1" } else { "0" };
                assert_eq!(row["counted_on"], counted_on, "{sentence}");
                let defenders = match found[1] {
                    "said nothing" => "0",
                    "spoke up in defence" if found[0] == "a" => "1",
                    "still spoke up in defence" if found[0] == "no" => "1",
                    other => panic!("{other}"),
                };
                assert_eq!(row["defenders"], defenders, "{sentence}");
            } else if sentence == "Nobody else was there." {
                assert_eq!(event("incident")["present"], "0");
            } else if let Some(found) =
                form("{} there, {} of them {} NAME; {} spoke up in defence.")
            {
                seen.insert("witnesses");
                let row = event("incident");
                let count = |word: &str| match word {
                    "none" | "nobody" => 0,
                    some => number(some),
                };
                let told = [number(found[0]), count(found[1]), count(found[3])];
                let rows =
                    ["present", "counted_on", "defenders"].map(|column| number(&row[column]));
                assert_eq!(told, rows, "{sentence}");
            } else if let Some(found) = form("{} % of the harm was done.") {
                let harm: f64 = event("incident")["harm"].parse().unwrap();
                assert_eq!(found[0], format!("{:.0}", harm * 100.0));
            } else if let Some(found) = form("{} times in this year.") {
                let (kind, year) = (event_kind(head, &name), entry.week / 52);
                let rows = tables.of("events", &[("employee", id), ("kind", kind.0)]);
                let same = |row: &&&Row| {
                    !row["week"].starts_with('-')
                        && number(&row["week"]) / 52 == year
                        && (kind.1.is_empty() || row["cause"] == kind.1)
                };
                assert_eq!(rows.iter().filter(same).count() as i64, number(found[0]));
            } else if sentence == "There was no other candidate." {
                seen.insert("alone");
            } else if let Some(found) = form("NAME ranked {}: {}.") {
                seen.insert("ranked");
                let row = own
                    .iter()
                    .find(|row| says_so(tables, row, sentence, Some(found[0]), found[1]));
                decided = Some(row.unwrap_or_else(|| panic!("no decision says: {sentence}")));
            } else if let Some(found) =
                form("With the same luck for all candidates NAME would have ranked {}.")
            {
                seen.insert("without luck");
                assert_eq!(number(found[0]), without_luck(tables, decided.unwrap()));
            } else if let Some(found) = form("The post went to {}.") {
                seen.insert("winner");
                let decision = &decided.unwrap()["decision"];
                let winner = tables.of("decisions", &[("decision", decision), ("chosen", "true")]);
                assert_eq!(found[0], tables.name(&winner[0]["candidate"]));
            } else {
                let rest = sentence.strip_suffix('.').unwrap();
                let stood = own
                    .iter()
                    .any(|row| says_so(tables, row, sentence, None, rest));
                assert!(stood, "no decision says: {sentence}");
            }
        }
    }
    tally(tables, id, page, seen);
}

/// A number, where nobody is told in a word.
fn or_none(told: &str) -> i64 {
    assert!(!told.starts_with('0'), "a number of nobody: {told}");
    match told {
        "none" | "nobody" => 0,
        told => number(told),
    }
}

/// The sentence after the timeline, and that no event is missing from it.
fn tally(tables: &Tables, id: &str, page: &str, seen: &mut BTreeSet<&'static str>) {
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
