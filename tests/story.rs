//! `allies story`: each sentence of each story is taken apart and its numbers are counted again from the CSV
//! tables, by other means than the program's. A sentence of an unknown form is a failure too.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use assert_cmd::Command;

type Row = BTreeMap<String, String>;

struct Tables(BTreeMap<&'static str, Vec<Row>>);

impl Tables {
    fn read(results: &Path) -> Self {
        let names = ["events", "decisions", "employees", "placements", "ties"];
        let table = |name: &'static str| {
            let path = results.join("tables").join(format!("{name}.csv"));
            let rows = csv::Reader::from_path(path).unwrap();
            let rows: Vec<Row> = rows.into_deserialize().map(Result::unwrap).collect();
            (name, rows)
        };
        Self(names.map(table).into())
    }

    fn of<'a>(&'a self, table: &str, wanted: &[(&str, &str)]) -> Vec<&'a Row> {
        let fits = |row: &&Row| wanted.iter().all(|(column, value)| row[*column] == *value);
        self.0[table].iter().filter(fits).collect()
    }

    fn name(&self, id: &str) -> String {
        let rows = self.of("employees", &[("employee", id)]);
        let name = rows
            .iter()
            .map(|row| &row["name"])
            .find(|name| !name.is_empty());
        name.map_or_else(|| format!("Employee {id}"), Clone::clone)
    }
}

/// What stands at the `{}` of a form, if the text has this form.
fn parts<'t>(text: &'t str, form: &str) -> Option<Vec<&'t str>> {
    let mut pieces = form.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let pieces: Vec<&str> = pieces.collect();
    for (i, piece) in pieces.iter().enumerate() {
        let at = if piece.is_empty() || i + 1 == pieces.len() {
            rest.strip_suffix(piece)?.len()
        } else {
            rest.find(piece)?
        };
        found.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

fn number(text: &str) -> i64 {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("no number: {text}"))
}

/// One entry of a story's page.
struct Entry {
    week: i64,
    headline: String,
    body: Vec<String>,
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open)
        .skip(1)
        .filter_map(|rest| rest.split(close).next())
        .collect()
}

fn week(when: &str) -> i64 {
    let found = parts(when, "Year {}, week {}").unwrap();
    (number(found[0]) - 1) * 52 + number(found[1]) - 1
}

fn entries(page: &str) -> Vec<Entry> {
    let plain = |text: &str| text.replace("&#39;", "'").replace("&#38;", "&");
    let read = |item: &&str| Entry {
        week: week(between(item, "<p class=\"when\">", "</p>")[0]),
        headline: plain(between(item, "<p class=\"headline\">", "</p>")[0]),
        body: between(item, "<p class=\"why\">", "</p>")
            .into_iter()
            .map(plain)
            .collect(),
    };
    between(page, "<li>", "</li>").iter().map(read).collect()
}

fn tell(results: &Path, who: &str) -> String {
    let mut command = Command::cargo_bin("allies").unwrap();
    command.arg("story").arg(results);
    command.args(["--employee", who, "--format", "html"]);
    let out = command.assert().success().get_output().stdout.clone();
    String::from_utf8(out).unwrap()
}

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

/// Whether the candidate's row of a decision says what the sentence says.
fn says_so(tables: &Tables, own: &Row, sentence: &str, rank: Option<&str>, facts: &str) -> bool {
    let rows = tables.of("decisions", &[("decision", &own["decision"])]);
    let value = |row: &Row, part: &str| row[part].parse::<f64>().unwrap();
    let place = |part: &str| {
        1 + rows
            .iter()
            .filter(|row| value(row, part) > value(own, part))
            .count() as i64
    };
    let n = rows.len() as i64;
    let ranked = |text: &str, rank: i64| {
        let (left, right) = text.split_once(" of ").unwrap();
        number(left) == rank && number(right) == n
    };
    if rank.is_some_and(|rank| !ranked(rank, number(&own["rank"]))) {
        return false;
    }
    facts.to_lowercase().split(", ").all(|fact| {
        if let Some(text) = fact.strip_prefix("performance ") {
            ranked(text, place("performance"))
        } else if let Some(text) = fact.strip_prefix("luck ") {
            ranked(text, place("luck"))
        } else if let Some(text) = fact.strip_prefix("known to ") {
            let (known, members) = text.split_once(" of ").unwrap();
            number(known) == number(&own["known_to"])
                && number(members) == number(&own["panel_size"])
        } else if fact.starts_with("nobody spoke for ") {
            own["advocates"] == "0"
        } else if fact.contains(" spoke for ") {
            number(fact) == number(&own["advocates"])
        } else {
            panic!("a fact of no known form: {fact}\n{sentence}")
        }
    })
}

/// Kind and cause of an event told in a headline.
fn event_kind(head: &str, name: &str) -> (&'static str, &'static str) {
    let told = TOLD
        .iter()
        .find(|told| parts(head, &told.0.replace("NAME", name)).is_some())
        .unwrap();
    (told.1, told.2)
}

fn without_luck(tables: &Tables, own: &Row) -> i64 {
    let value = |row: &Row| -> f64 {
        row["score"].parse::<f64>().unwrap() - row["luck"].parse::<f64>().unwrap()
    };
    let rows = tables.of("decisions", &[("decision", &own["decision"])]);
    1 + rows.iter().filter(|row| value(row) > value(own)).count() as i64
}

/// Checks the story of one person; what kinds of sentences it had.
fn check(tables: &Tables, id: &str, page: &str, seen: &mut BTreeSet<&'static str>) {
    let name = tables.name(id);
    for entry in entries(page) {
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
                assert_eq!(number(found[1]), number(&row["advocates"]));
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
            } else if sentence.contains(" there; ") && sentence.contains(" spoke up in defence.") {
                seen.insert("witnesses");
                let row = event("incident");
                let form = "{} there; {} had {} to {}, and {} spoke up in defence.";
                let found = parts(sentence, form).unwrap();
                let told = [found[0], found[3], found[4]].map(number);
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

/// The sentence after the timeline, and that no event is missing from it.
fn tally(tables: &Tables, id: &str, page: &str, seen: &mut BTreeSet<&'static str>) {
    let own = tables.of("decisions", &[("candidate", id), ("kind", "promotion")]);
    let count =
        |column: &str, word: &str| own.iter().filter(|row| row[column] == word).count() as i64;
    let lines = between(page, "<p class=\"muted\">", "</p>");
    let form = "{} panels considered {} for promotion; {} chose {}. Before {} of them {} performed best, {} had \
                no member who knew {}, and before {} nobody spoke up.";
    if let Some(found) = lines.iter().find_map(|line| parts(line, form)) {
        seen.insert("tally");
        assert_eq!(number(found[0]), own.len() as i64);
        assert_eq!(number(found[2]), count("chosen", "true"));
        assert_eq!(number(found[6]), count("known_to", "0"));
        assert_eq!(number(found[8]), count("advocates", "0"));
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
