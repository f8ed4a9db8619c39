//! The sentences below a headline, held against the tables.

use std::collections::BTreeSet;

use crate::headlines::event_kind;
use crate::moment::Moment;
use crate::panels::{says_so, without_luck};
use crate::tables::{Row, number, or_none, parts};

/// Checks the sentences of an entry, whose decision fell in a week.
pub(crate) fn check(moment: &Moment<'_>, decision_week: &str, seen: &mut BTreeSet<&'static str>) {
    let &Moment {
        tables,
        id,
        name,
        entry,
        ..
    } = moment;
    let placed = &moment.placed;
    let own = tables.of("decisions", &[("candidate", id), ("week", decision_week)]);
    let count = |column: &str, word: &str| {
        let affected = moment.affected().into_iter();
        affected.filter(|row| row[column] == word).count() as i64
    };
    let mut decided: Option<&Row> = None;
    for sentence in &entry.body {
        let form = |text: &str| parts(sentence, &text.replace("NAME", name));
        if let Some(found) = form("{} years old, {} years with the firm.") {
            let row = moment.yearly();
            let age: f64 = row["age"].parse().unwrap();
            let tenure: f64 = row["tenure_weeks"].parse::<f64>().unwrap() / 52.0;
            assert_eq!(found, [format!("{age:.0}"), format!("{tenure:.1}")]);
        } else if let Some(found) = form("NAME keeps up {}; {} would speak for NAME.") {
            let row = moment.yearly();
            assert_eq!(number(found[0]), number(&row["ties_active"]));
            assert_eq!(or_none(found[1]), number(&row["advocates"]));
        } else if sentence.contains("would fail when called upon") {
            seen.insert("hollow");
            assert_eq!(number(sentence), number(&moment.yearly()["ties_hollow"]));
        } else if sentence.contains(" affected; posts lost: ") {
            let form = "{} affected; posts lost: {}, places that panels filled: {}, dismissed: {}.";
            let found = parts(sentence, form).unwrap();
            assert_eq!(number(found[0]), moment.affected().len() as i64);
            assert_eq!(number(found[1]), count("displaced", "true"));
            let here = [
                ("kind", "placement"),
                ("restructuring", moment.restructuring()),
            ];
            let filled: BTreeSet<&String> = tables
                .of("decisions", &here)
                .iter()
                .map(|row| &row["decision"])
                .collect();
            assert_eq!(number(found[2]), filled.len() as i64);
            assert_eq!(number(found[3]), count("outcome", "dismissed"));
        } else if *sentence == format!("{name} kept the post.") {
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
                ("restructuring", moment.restructuring()),
            ];
            assert_eq!(number(sentence), tables.of("decisions", &here).len() as i64);
        } else if let Some(found) = form("Afterwards NAME works as {} in {}; this counts as: {}.") {
            assert_eq!(found[0], placed[0]["to_level"]);
            assert_eq!(found[1], placed[0]["to_department"]);
            let word = found[2]
                .replace(" post", "")
                .replace(" move", "")
                .replace(' ', "_");
            assert_eq!(word, placed[0]["outcome"]);
        } else if *sentence == format!("{name} was dismissed.") {
            seen.insert("dismissed");
            assert_eq!(placed[0]["outcome"], "dismissed");
        } else if let Some(found) = form("{} weeks later {} of {} still active.") {
            seen.insert("ties kept");
            let at = |when: &str| -> BTreeSet<&String> {
                let snapshot = format!("restructuring-{}-{when}", moment.restructuring());
                let held = tables.of("ties", &[("snapshot", &snapshot), ("source", id)]);
                held.into_iter().map(|row| &row["target"]).collect()
            };
            let (before, after) = (at("before"), at(&format!("after-{}", found[0])));
            assert_eq!(number(found[2]), before.len() as i64);
            assert_eq!(number(found[1]), before.intersection(&after).count() as i64);
        } else if let Some(found) = form("The only witness was {} strong tie of NAME, and {}.") {
            seen.insert("witness");
            let row = moment.event("incident");
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
        } else if *sentence == "Nobody else was there." {
            assert_eq!(moment.event("incident")["present"], "0");
        } else if let Some(found) = form("{} there, {} of them {} NAME; {} spoke up in defence.") {
            seen.insert("witnesses");
            let row = moment.event("incident");
            let count = |word: &str| match word {
                "none" | "nobody" => 0,
                some => number(some),
            };
            let told = [number(found[0]), count(found[1]), count(found[3])];
            let rows = ["present", "counted_on", "defenders"].map(|column| number(&row[column]));
            assert_eq!(told, rows, "{sentence}");
        } else if let Some(found) = form("{} % of the harm was done.") {
            let harm: f64 = moment.event("incident")["harm"].parse().unwrap();
            assert_eq!(found[0], format!("{:.0}", harm * 100.0));
        } else if let Some(found) = form("{} times in this year.") {
            let (kind, year) = (event_kind(&entry.headline, name), entry.week / 52);
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
