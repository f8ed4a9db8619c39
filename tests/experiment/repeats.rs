//! The same results for any threads, shards and order of work, and again when they are verified.

use std::fs;

use super::place::{EXPERIMENT, Place, assert_same, files};

#[test]
fn results_depend_neither_on_threads_nor_on_shards_nor_on_when_replicates_and_arms_were_added() {
    let place = Place::new(EXPERIMENT);
    place.experiment("whole", "--threads 1");
    place.experiment("two", "--threads 2");
    assert_same(&place.path("whole"), &place.path("two"), "threads");

    // shards into three folders and into one, in any order
    for (k, out) in [("3/3", "c"), ("1/3", "a"), ("2/3", "b"), ("2/3", "b")] {
        place.good(&["experiment", "e.toml", "--out", out, "--shard", k]);
    }
    let error = place.bad(&["collect", "a", "b", "--out", "lacking"], 1);
    assert!(error.contains("parts are missing"), "{error}");
    place.good(&["collect", "a", "b", "c", "b", "--out", "all"]);
    assert_same(&place.path("whole"), &place.path("all"), "shards");
    let manifest = fs::read_to_string(place.path("all/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["doubles"], 4, "b was given twice");

    // fewer replicates and arms first: the tables are the same in the end, in other parts
    let two_arms = EXPERIMENT.replace("[[arms]]\nname = \"deep cut\"", "[unread]\nname = \"x\"");
    let start = two_arms.find("[unread]").unwrap();
    let end = two_arms.find("[[outcomes]]").unwrap();
    fs::write(
        place.path("less.toml"),
        format!("{}{}", &two_arms[..start], &two_arms[end..]),
    )
    .unwrap();
    place.good(&[
        "experiment",
        "less.toml",
        "--out",
        "grown",
        "--replicates",
        "5",
    ]);
    let error = place.bad(&["experiment", "e.toml", "--out", "grown"], 2);
    assert!(error.contains("add --resume"), "{error}");
    place.experiment("grown", "--resume");
    let (whole, grown) = (files(&place.path("whole")), files(&place.path("grown")));
    for (name, bytes) in whole
        .iter()
        .filter(|(name, _)| name.starts_with("tables/") || *name == "summary.csv")
    {
        assert!(*bytes == grown[name], "{name} differs");
    }
}

#[test]
fn a_verified_experiment_is_identical_until_a_number_is_changed() {
    let place = Place::new(EXPERIMENT);
    place.experiment("o", "--replicates 3 --quiet");
    let all = place.good(&["verify", "o", "--all"]);
    assert_eq!(
        all, "identical: 9 of 9 runs repeated\n",
        "branched runs are repeated from their beginning"
    );
    assert!(
        place
            .good(&["verify", "o", "--sample", "2"])
            .contains("2 of 9")
    );
    let text = fs::read_to_string(place.path("o/summary.csv")).unwrap();
    fs::write(
        place.path("o/summary.csv"),
        text.replacen("arm,", "Arm,", 1),
    )
    .unwrap();
    let output = place.run(&["verify", "o"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("summary.csv is not as it was written")
    );
}
