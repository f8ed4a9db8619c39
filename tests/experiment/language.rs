//! Charts, report and findings of an experiment in the language asked for, first and later.

use std::fs;

use super::place::{EXPERIMENT, Place};

#[test]
fn a_report_comes_in_the_language_asked_for_and_again_in_another_without_a_run() {
    let place = Place::new(EXPERIMENT);
    let said = |arguments: &[&str]| {
        let all = [
            &["experiment", "e.toml", "--out", "o", "--replicates", "4"],
            arguments,
        ]
        .concat();
        let output = place.run(&all);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{errors}");
        String::from_utf8(output.stdout).unwrap()
    };
    let report = || fs::read_to_string(place.path("o/report.html")).unwrap();
    let german = said(&["--language", "de"]);
    assert!(german.contains("Paare"), "{german}");
    assert!(report().contains("lang=\"de\"") && report().contains("Was geschah"));
    let chart = || fs::read_to_string(place.path("o/charts/effects.svg")).unwrap();
    assert!(chart().contains("Arme"), "the chart too");
    let runs = fs::read(place.path("o/tables/runs.parquet")).unwrap();

    let english = said(&["--resume"]);
    assert!(english.contains("pairs"), "{english}");
    assert!(report().contains("lang=\"en\"") && !report().contains("Was geschah"));
    assert!(chart().contains("Arms"));
    let after = fs::read(place.path("o/tables/runs.parquet")).unwrap();
    assert_eq!(runs, after, "nothing was run again");

    let error = place.bad(
        &["experiment", "e.toml", "--out", "p", "--language", "xx"],
        2,
    );
    assert!(error.contains("there is no language `xx`"), "{error}");
}

/// German words for some phrases of the experiment, and a title that stays as it is.
const WORDS: &str = r#"
[words.de]
"What does a harder cut change?" = "Was ändert ein härterer Schnitt?"
"deep cut" = "tiefer Schnitt"
promoted = "Beförderte"
"#;

#[test]
fn the_authors_words_come_later_and_change_what_readers_see_and_no_result() {
    let place = Place::new(EXPERIMENT);
    let run = |more: &[&str]| {
        let all = ["experiment", "e.toml", "--out", "o", "--replicates", "4"];
        let output = place.run(&[&all, more].concat());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{errors}");
        String::from_utf8(output.stdout).unwrap()
    };
    let tables = || {
        let read = |name: &str| fs::read(place.path(&format!("o/{name}"))).unwrap();
        [
            "plan.json",
            "summary.csv",
            "tables/arms.parquet",
            "tables/outcomes.parquet",
        ]
        .map(read)
    };
    run(&[]);
    let before = tables();
    fs::write(place.path("e.toml"), format!("{EXPERIMENT}{WORDS}")).unwrap();
    let said = run(&["--resume", "--language", "de"]);
    assert!(before == tables(), "words are no part of the results");
    assert!(said.contains("Was ändert ein härterer Schnitt?"), "{said}");
    assert!(said.contains("„tiefer Schnitt“"), "{said}");
    let page = fs::read_to_string(place.path("o/report.html")).unwrap();
    assert!(page.contains("Was ändert ein härterer Schnitt?") && page.contains("Beförderte"));
    assert!(!page.contains("What does a harder cut change?"));

    // the stored folder knows them, and tables of charts keep the names
    place.good(&[
        "chart",
        "o",
        "--language",
        "de",
        "--out",
        "c",
        "--only",
        "effects",
    ]);
    let chart = fs::read_to_string(place.path("c/effects.svg")).unwrap();
    assert!(chart.contains("tiefer Schnitt") && chart.contains("Beförderte"));
    let csv = fs::read_to_string(place.path("c/effects.csv")).unwrap();
    assert!(csv.contains("deep cut") && !csv.contains("tiefer"), "{csv}");
    place.good(&["chart", "o", "--out", "d", "--only", "effects"]);
    let chart = fs::read_to_string(place.path("d/effects.svg")).unwrap();
    assert!(
        chart.contains("deep cut") && !chart.contains("tiefer"),
        "English as before"
    );
}

#[test]
fn words_for_what_the_file_does_not_say_are_refused_with_their_line() {
    let cases = [
        (
            "[words.de]\n\"deep cutt\" = \"x\"",
            "\"deep cutt\"",
            "did you mean \"deep cut\"?",
        ),
        (
            "[words.dee]\npromoted = \"x\"",
            "there is no language \"dee\"",
            "did you mean \"de\"?",
        ),
        (
            "[words.de]\npromoted = \" \"",
            "\"promoted\" has no translation",
            "remove the line",
        ),
        (
            "[words]\npromoted = \"x\"",
            "words.promoted",
            "expected a table",
        ),
    ];
    for (words, wrong, help) in cases {
        let place = Place::new(&format!("{EXPERIMENT}{words}\n"));
        let error = place.bad(&["check", "e.toml"], 2);
        let line = EXPERIMENT.lines().count() + words.lines().count();
        for part in [wrong, help] {
            assert!(error.contains(part), "{part:?} in: {error}");
        }
        let lines = [line - 1, line].map(|line| format!("e.toml:{line}"));
        assert!(
            lines.iter().any(|at| error.contains(at)),
            "{lines:?}: {error}"
        );
    }
}
