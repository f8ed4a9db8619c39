//! `allies workshop`: a pack whose pages lead nowhere outside, whose cards fit, and whose numbers are those of the runs.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The firm cut down: early restructurings, so that Michael is still there.
const SMALLER: [&str; 8] = [
    "--set",
    "years=2",
    "--set",
    "organisation.employees=90",
    "--set",
    "restructurings.1.week=100",
    "--set",
    "restructurings.0.week=10",
];

fn allies() -> Command {
    Command::cargo_bin("allies").unwrap()
}

fn pages(pack: &Path) -> BTreeMap<String, String> {
    fs::read_dir(pack)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open)
        .skip(1)
        .filter_map(|rest| rest.split(close).next())
        .collect()
}

/// Exits per 100 employee-years of a run, counted from its CSV tables.
fn exits(results: &Path) -> f64 {
    let rows = |table: &str| -> Vec<BTreeMap<String, String>> {
        let path = results.join("tables").join(format!("{table}.csv"));
        csv::Reader::from_path(path)
            .unwrap()
            .into_deserialize()
            .map(Result::unwrap)
            .collect()
    };
    let gone = rows("events")
        .iter()
        .filter(|row| !row["week"].starts_with('-'))
        .filter(|row| ["left", "laid_off", "retired"].contains(&row["kind"].as_str()))
        .count() as f64;
    let heads = |year: &str| {
        let there = rows("employees").into_iter();
        there
            .filter(|row| row["year"] == year && row["status"] != "left")
            .count() as f64
    };
    100.0 * gone / (heads("0") / 2.0 + heads("1") + heads("2") / 2.0)
}

#[test]
fn a_pack_is_whole_and_its_numbers_are_those_of_paired_runs() {
    let place = tempfile::tempdir().unwrap();
    let pack = place.path().join("pack");
    let command = || {
        let mut command = allies();
        command.args([
            "workshop",
            "scenarios/consulting-firm.toml",
            "--replicates",
            "2",
        ]);
        command.args(SMALLER).arg("--out").arg(&pack);
        command
    };
    let out = command().assert().success().get_output().stdout.clone();
    let said = String::from_utf8(out).unwrap();
    assert!(
        !said.contains("left out"),
        "every card fits the consultancy: {said}"
    );
    let pages = pages(&pack);
    for name in ["index", "guide", "cards", "results", "debrief", "report"] {
        assert!(pages.contains_key(&format!("{name}.html")), "{name}");
    }
    for (name, html) in &pages {
        for link in between(html, "href=\"", "\"")
            .iter()
            .chain(&between(html, "src=\"", "\""))
        {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            assert!(!file.contains("//"), "{name}: {link}");
            let target = if file.is_empty() {
                html.as_str()
            } else {
                assert!(pack.join(file).is_file(), "{name}: {link} leads nowhere");
                pages.get(file).map_or("", String::as_str)
            };
            let found = anchor.is_empty() || target.contains(&format!("id=\"{anchor}\""));
            assert!(found, "{name}: {link}: no such place on the page");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        if name != "report.html" {
            assert!(
                !html.contains(" %"),
                "{name}: a sign of percent alone on a line"
            );
        }
    }
    let michael = pages
        .values()
        .find(|html| html.contains("<h1>Michael</h1>"))
        .unwrap();
    let (before, after) = michael.split_once("class=\"page\"").unwrap();
    assert!(!before.contains("dissolved"), "page 1 gives the story away");
    assert!(after.contains("Customer Analytics was dissolved."));

    // the same folder is a results folder
    let mut story = allies();
    story
        .arg("story")
        .arg(&pack)
        .args(["--employee", "Michael"])
        .assert()
        .success();

    // one number by other means: exits without and with the last general card
    let mean = |set: &str| {
        // the seeds that an experiment with the scenario's seed as its root takes
        let scenario = std::fs::read_to_string("scenarios/consulting-firm.toml").unwrap();
        let root = scenario
            .lines()
            .find_map(|line| line.strip_prefix("seed = "));
        let root: u64 = root.unwrap().parse().unwrap();
        let rates: Vec<f64> = [0, 1]
            .iter()
            .map(|replicate| {
                let seed = &allies::experiment::seed(root, *replicate).to_string();
                let results = place.path().join(format!("{seed}{set}"));
                let mut run = allies();
                run.args([
                    "run",
                    "scenarios/consulting-firm.toml",
                    "--quiet",
                    "--no-charts",
                ]);
                run.args(SMALLER);
                run.args(["--seed", seed, "--set", set, "--out"])
                    .arg(&results);
                run.assert().success();
                exits(&results)
            })
            .collect();
        format!("{:.1}", f64::midpoint(rates[0], rates[1]))
    };
    let results = &pages["results.html"];
    let card = between(results, "<section id=\"hard-cuts\"", "</section>")[0];
    // a script may fold the numbers on a phone; as written they are open, below the headline
    let (headline, numbers) = card.split_once("<details open>").unwrap();
    assert!(
        headline.contains("<h2") && headline.contains("<strong>") && numbers.contains("<table")
    );
    assert_eq!(
        results.matches("<details").count(),
        results.matches("<section").count()
    );
    let row = between(card, "Exits per 100 employee-years</th>", "</tr>")[0];
    let cells: Vec<&str> = between(row, "<td class=\"n\"", "</td>")
        .iter()
        .filter_map(|cell| Some(cell.split_once('>')?.1))
        .collect();
    assert_eq!(cells[0], mean("restructuring.enabled=true"));
    assert_eq!(cells[1], mean("restructuring.dismissed=1"));

    // an interval's picture keeps its proportions: its dot is round
    assert!(results.contains("<circle") && !results.contains("preserveAspectRatio"));

    // nothing is overwritten
    let refused = command().assert().code(2).get_output().stderr.clone();
    assert_eq!(
        String::from_utf8(refused).unwrap(),
        format!(
            "error: {} exists; choose another --out or add --force\n",
            pack.display()
        )
    );
}

#[test]
fn a_pack_does_not_depend_on_threads_and_speaks_german() {
    let place = tempfile::tempdir().unwrap();
    let written = |threads: &str| {
        let pack = place.path().join("pack");
        let mut command = allies();
        command.args([
            "workshop",
            "scenarios/small-import.toml",
            "--replicates",
            "3",
        ]);
        command
            .args(["--language", "de", "--quiet", "--force"])
            .args(["--threads", threads, "--out"])
            .arg(&pack);
        command.assert().success();
        pages(&pack)
    };
    let one = written("1");
    assert!(one["guide.html"].contains("Erst vermuten, dann auflösen"));
    assert!(
        one == written("3"),
        "the pages differ with the number of threads"
    );
}
