//! Runs that start from a checkpoint.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::place::{EXPERIMENT, Place, files};

/// The tables of a run, by name.
fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(&folder.join("tables"));
    files.retain(|name, _| Path::new(name).extension().is_some_and(|e| e == "csv"));
    files
}

#[test]
fn a_run_that_starts_from_a_checkpoint_is_the_run_that_went_through() {
    let place = Place::new(EXPERIMENT);
    let run = |arguments: &[&str]| {
        let mut all = vec!["run", "s.toml", "--no-charts", "--quiet", "--seed", "5"];
        all.extend(arguments);
        place.good(&all)
    };
    run(&["--out", "through", "--checkpoint-at", "0"]);
    run(&["--out", "late", "--checkpoint-at", "30"]);
    assert_eq!(
        tables(&place.path("through")),
        tables(&place.path("late")),
        "keeping changes nothing"
    );
    run(&[
        "--out",
        "branched",
        "--from",
        "through/checkpoints/week-0.checkpoint",
    ]);
    assert_eq!(
        tables(&place.path("through")),
        tables(&place.path("branched"))
    );
    assert!(place.good(&["verify", "branched"]).starts_with("identical"));

    // from week 30 on, every row is the one of the whole run
    run(&[
        "--out",
        "resumed",
        "--from",
        "late/checkpoints/week-30.checkpoint",
    ]);
    let rows = |name: &str| {
        let mut reader =
            csv::Reader::from_path(place.path(name).join("tables/weekly.csv")).unwrap();
        reader.records().map(|row| row.unwrap()).collect::<Vec<_>>()
    };
    let (whole, rest) = (rows("through"), rows("resumed"));
    assert_eq!(rest.len(), 52 - 30);
    assert_eq!(whole[30..], rest[..]);

    // another scenario may share the burn-in, if it differs only in what does not act there; and nothing later
    let other = ["--set", "restructurings=[]"];
    run(&[&["--out", "quiet"], &other[..]].concat());
    let from = [
        "--out",
        "quiet-branch",
        "--from",
        "through/checkpoints/week-0.checkpoint",
    ];
    run(&[&from[..], &other[..]].concat());
    assert_eq!(
        tables(&place.path("quiet")),
        tables(&place.path("quiet-branch"))
    );
    let refused = |file: &str, set: &str, why: &str| {
        let error = place.bad(
            &[
                "run",
                "s.toml",
                "--quiet",
                "--no-charts",
                "--seed",
                "5",
                "--out",
                "x",
                "--from",
                file,
                "--set",
                set,
            ],
            2,
        );
        assert!(error.contains(why), "{why}: {error}");
    };
    refused(
        "through/checkpoints/week-0.checkpoint",
        "hiring.topics=9",
        "acts during the burn-in",
    );
    refused(
        "late/checkpoints/week-30.checkpoint",
        "restructurings=[]",
        "past week 0",
    );
    let from = "through/checkpoints/week-0.checkpoint";
    let error = place.bad(
        &["run", "s.toml", "--seed", "6", "--out", "x", "--from", from],
        2,
    );
    assert!(error.contains("its seed is 5"), "{error}");
    refused("s.toml", "years=1", "no checkpoint");
    let path = place.path("through/checkpoints/week-0.checkpoint");
    let mut bytes = fs::read(&path).unwrap();
    let whole = bytes.clone();
    // the length, which would ask for a hundred gigabytes, and the state
    for (place, bit) in [(12 + 4 + 4, 0x10), (bytes.len() / 2, 1)] {
        bytes[place] ^= bit;
        fs::write(&path, &bytes).unwrap();
        refused(
            "through/checkpoints/week-0.checkpoint",
            "years=1",
            "damaged",
        );
        bytes.clone_from(&whole);
    }
    let error = place.bad(&["run", "s.toml", "--out", "y", "--checkpoint-at", "53"], 2);
    assert!(error.contains("from week -4 to week 52"), "{error}");
}
