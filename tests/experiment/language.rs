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
