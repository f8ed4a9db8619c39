//! Experiments as a user runs them: pairs, kills, resumption, shards, mistakes, studies.

#![allow(clippy::unwrap_used)]

mod calibrations;
mod failures;
mod kept_tables;
mod language;
mod mistakes;
mod place;
mod shards;
mod studies;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use place::{EXPERIMENT, Place, SCENARIO, assert_same, files, summary};

#[test]
fn identical_arms_differ_by_exactly_zero_and_pairing_shrinks_the_variance() {
    let place = Place::new(EXPERIMENT);
    let said = place.good(&[
        "experiment",
        "e.toml",
        "--out",
        "o",
        "--threads",
        "2",
        "--csv",
    ]);
    assert!(
        said.starts_with("What does a harder cut change?\n"),
        "{said}"
    );
    assert!(
        said.contains("not defined, since no run of deep cut has a value"),
        "{said}"
    );
    let root = place.path("o");
    // without Parquet: a row a run and outcome
    let outcomes = fs::read_to_string(root.join("tables/outcomes.csv")).unwrap();
    assert_eq!(outcomes.lines().count(), 1 + 3 * 12 * 4, "{outcomes}");
    let (estimates, lower) = (summary(&root, "estimate"), summary(&root, "lower"));
    let factors = summary(&root, "variance_reduction");
    let of = |name: &str, outcome: &str| (name.to_owned(), outcome.to_owned());
    for outcome in ["promoted", "worse off", "constraint"] {
        let same = of("the same - cut", outcome);
        assert_eq!(estimates[&same], "0.0", "{outcome}");
        assert_eq!(lower[&same], "0.0", "{outcome}");
        assert_eq!(factors[&same], "", "what does not vary has no factor");
    }
    let worse: f64 = estimates[&of("deep cut - cut", "worse off")]
        .parse()
        .unwrap();
    assert!(worse > 0.05, "twice the posts go: {worse}");
    let factor: f64 = factors[&of("deep cut - cut", "promoted")].parse().unwrap();
    assert!(factor > 1.0, "the same luck must help: {factor}");
    assert_eq!(
        estimates[&of("cut", "never")],
        "",
        "undefined is missing, not 0"
    );
    assert_eq!(summary(&root, "missing")[&of("cut", "never")], "12");
    assert!(!root.join("journal").exists(), "everything is in the parts");
}

#[test]
fn results_depend_neither_on_threads_nor_on_shards_nor_on_when_replicates_and_arms_were_added() {
    let place = Place::new(EXPERIMENT);
    place.good(&["experiment", "e.toml", "--out", "whole", "--threads", "1"]);
    place.good(&["experiment", "e.toml", "--out", "two", "--threads", "2"]);
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
    place.good(&["experiment", "e.toml", "--out", "grown", "--resume"]);
    let (whole, grown) = (files(&place.path("whole")), files(&place.path("grown")));
    for (name, bytes) in whole
        .iter()
        .filter(|(name, _)| name.starts_with("tables/") || *name == "summary.csv")
    {
        assert!(*bytes == grown[name], "{name} differs");
    }
}

#[test]
fn killed_at_fifty_moments_and_resumed_it_is_byte_for_byte_the_unbroken_one() {
    let place = Place::new(EXPERIMENT);
    place.good(&[
        "experiment",
        "e.toml",
        "--out",
        "unbroken",
        "--threads",
        "2",
    ]);
    let mut kills = 0;
    let mut fresh = 0;
    let mut round = 0_u64;
    while kills < 50 {
        let out = format!("killed-{fresh}");
        fresh += 1;
        // resumed and killed until it gets through
        for step in 0.. {
            round += 1;
            let mut child = place
                .command(&[
                    "experiment",
                    "e.toml",
                    "--out",
                    &out,
                    "--resume",
                    "--threads",
                    "2",
                    "--quiet",
                ])
                .spawn()
                .unwrap();
            // moments that do not follow the rhythm of the parts; after a while it may get through
            let moment = (round * 7919) % 90 + step * 15;
            std::thread::sleep(Duration::from_millis(moment));
            if child.try_wait().unwrap().is_some() {
                let output = child.wait_with_output().unwrap();
                assert!(
                    output.status.success(),
                    "{}",
                    String::from_utf8_lossy(&output.stderr)
                );
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
        }
        assert_same(&place.path("unbroken"), &place.path(&out), "after a kill");
    }
}

#[test]
fn two_writers_another_experiment_and_a_foreign_folder_are_refused() {
    let place = Place::new(EXPERIMENT);
    place.good(&[
        "experiment",
        "e.toml",
        "--out",
        "o",
        "--replicates",
        "2",
        "--quiet",
    ]);
    let before = files(&place.path("o"));
    let lock = fs::File::options()
        .write(true)
        .open(place.path("o/lock"))
        .unwrap();
    lock.lock().unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o", "--resume"], 2);
    assert!(error.contains("another process writes"), "{error}");
    drop(lock);
    for (change, to, why) in [
        ("name = \"try\"", "name = \"other\"", "called"),
        ("share\" = 0.6", "share\" = 0.5", "another scenario"),
        ("name = \"worse off\"", "name = \"worse\"", "outcomes"),
        ("name = \"cut\"", "name = \"trim\"", "not in the file"),
    ] {
        fs::write(place.path("x.toml"), EXPERIMENT.replacen(change, to, 1)).unwrap();
        let error = place.bad(&["experiment", "x.toml", "--out", "o", "--resume"], 2);
        assert!(
            error.contains(why) && error.contains("another experiment"),
            "{why}: {error}"
        );
    }
    let error = place.bad(
        &[
            "experiment",
            "e.toml",
            "--out",
            "o",
            "--resume",
            "--seed",
            "9",
        ],
        2,
    );
    assert!(error.contains("root seed"), "{error}");
    assert_eq!(before, files(&place.path("o")), "nothing was touched");

    let plan = fs::read_to_string(place.path("o/plan.json")).unwrap();
    let start = plan.find("\"builds\"").unwrap();
    let end = start + plan[start..].find(']').unwrap();
    let other = format!(
        "{}\"builds\": [\"0.0.1, elsewhere\"{}",
        &plan[..start],
        &plan[end..]
    );
    fs::write(place.path("o/plan.json"), other).unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o", "--resume"], 2);
    assert!(error.contains("--other-build"), "{error}");
    place.good(&[
        "experiment",
        "e.toml",
        "--out",
        "o",
        "--resume",
        "--other-build",
    ]);
    let plan = fs::read_to_string(place.path("o/plan.json")).unwrap();
    assert!(plan.contains("elsewhere"), "both builds are recorded");

    fs::create_dir(place.path("mine")).unwrap();
    fs::write(place.path("mine/letter.txt"), "dear").unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "mine"], 2);
    assert!(error.contains("not the folder of an experiment"), "{error}");
}

#[test]
fn everything_wrong_with_a_file_is_said_at_once_with_its_place() {
    let wrong = EXPERIMENT
        .replace("table = \"placements\"", "table = \"placement\"")
        .replace("kind = \"promoted\"", "kind = \"promted\"")
        .replace("column = \"constraint\"", "column = \"constraints\"")
        .replace("replicates = 12", "replicates = 12\nreplicate = 3");
    let place = Place::new(&format!(
        "{wrong}\n[[contrasts]]\narm = \"deep\"\nreference = \"cut\"\n"
    ));
    let error = place.bad(&["experiment", "e.toml", "--out", "o"], 2);
    for part in [
        "did you mean \"placements\"",
        "did you mean \"promoted\"",
        "did you mean \"constraint\"",
        "did you mean `replicates`",
        "there is no arm \"deep\"",
        "e.toml:6:1",
        "5 problems",
    ] {
        assert!(error.contains(part), "{part:?} is missing in:\n{error}");
    }
    // what an arm sets is held against the scenario, with its place in the experiment file
    let wrong = EXPERIMENT.replace("\"projects.crossing\" = 0.0", "\"projects.crosing\" = 2");
    fs::write(
        place.path("e.toml"),
        wrong.replace("0.share\" = 0.6", "0.share\" = 6"),
    )
    .unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o"], 2);
    assert!(error.contains("e.toml:12:36"), "{error}");
    assert!(
        error.contains("out of range") || error.contains("between 0 and 1"),
        "{error}"
    );
    assert!(
        error.contains("no key") && error.contains("2 problems"),
        "{error}"
    );
    // a strategy that no arm has
    fs::write(
        place.path("e.toml"),
        EXPERIMENT.replace("\"authentic\"", "\"autentic\""),
    )
    .unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o"], 2);
    assert!(error.contains("did you mean \"authentic\""), "{error}");
    assert!(!place.path("o").exists());
}

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
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    refused(
        "through/checkpoints/week-0.checkpoint",
        "years=1",
        "damaged",
    );
    let error = place.bad(&["run", "s.toml", "--out", "y", "--checkpoint-at", "53"], 2);
    assert!(error.contains("from week -4 to week 52"), "{error}");
}

#[test]
fn a_verified_experiment_is_identical_until_a_number_is_changed() {
    let place = Place::new(EXPERIMENT);
    place.good(&[
        "experiment",
        "e.toml",
        "--out",
        "o",
        "--replicates",
        "3",
        "--quiet",
    ]);
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

#[test]
fn a_rule_stops_where_it_always_stops_and_says_why() {
    let stop = "\n[stop]\noutcome = \"promoted\"\nhalf_width = 1000000.0\nleast = 4\nstep = 2\n";
    let place = Place::new(&format!("{EXPERIMENT}{stop}"));
    let said = place.good(&["experiment", "e.toml", "--out", "o", "--threads", "2"]);
    assert!(said.contains("stopped after 4 replicates"), "{said}");
    assert_eq!(
        summary(&place.path("o"), "runs")[&("cut".to_owned(), "promoted".to_owned())],
        "4"
    );
    place.good(&["experiment", "e.toml", "--out", "p", "--threads", "1"]);
    assert_same(&place.path("o"), &place.path("p"), "threads");
    let forecast = place.good(&["experiment", "e.toml", "--dry-run"]);
    assert!(
        forecast.contains("3 arms x 12 replicates = 36 runs"),
        "{forecast}"
    );
    let error = place.bad(
        &[
            "experiment",
            "e.toml",
            "--out",
            "r",
            "--budget",
            "0.0000001",
        ],
        2,
    );
    assert!(
        error.contains("above the budget") && !place.path("r").exists(),
        "{error}"
    );
}

#[test]
fn a_twin_with_nothing_changed_is_nowhere_different() {
    let place = Place::new(EXPERIMENT);
    let persona = "[[personas]]\nname = \"Michael\"\nstrategy = \"isolated\"\n";
    fs::write(place.path("s.toml"), format!("{SCENARIO}{persona}")).unwrap();
    let twin = |set: &str, more: &[&str]| {
        let mut all = vec!["twin", "s.toml", "--employee", "Michael", "--set", set];
        all.extend(more);
        place.good(&all)
    };
    let same = twin("strategy=isolated", &["--replicates", "3"]);
    assert!(
        same.contains("nowhere: the change makes no difference"),
        "{same}"
    );
    assert!(same.contains("0 colleagues had something happen"), "{same}");
    assert!(!same.contains("  * "), "{same}");
    let other = twin("strategy=authentic", &["--replicates", "8"]);
    assert!(other.contains("week    -3  Michael sought out"), "{other}");
    assert!(other.contains("8 pairs of worlds"), "{other}");
    let error = place.bad(
        &[
            "twin",
            "s.toml",
            "--employee",
            "Micheal",
            "--set",
            "strategy=isolated",
        ],
        2,
    );
    assert!(error.contains("did you mean \"Michael\""), "{error}");
    let error = place.bad(
        &[
            "twin",
            "s.toml",
            "--employee",
            "Michael",
            "--set",
            "strategy=isolatd",
        ],
        2,
    );
    assert!(error.contains("isolated"), "{error}");
}
