//! What pairs show: arms, a stopping rule, twins.

use std::fs;

use super::place::{EXPERIMENT, Place, SCENARIO, assert_same, summary};

#[test]
fn identical_arms_differ_by_exactly_zero_and_pairing_shrinks_the_variance() {
    let place = Place::new(EXPERIMENT);
    let said = place.experiment("o", "--threads 2 --csv");
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
fn a_rule_stops_where_it_always_stops_and_says_why() {
    let stop = "\n[stop]\noutcome = \"promoted\"\nhalf_width = 1000000.0\nleast = 4\nstep = 2\n";
    let place = Place::new(&format!("{EXPERIMENT}{stop}"));
    let said = place.experiment("o", "--threads 2");
    assert!(said.contains("stopped after 4 replicates"), "{said}");
    assert_eq!(
        summary(&place.path("o"), "runs")[&("cut".to_owned(), "promoted".to_owned())],
        "4"
    );
    place.experiment("p", "--threads 1");
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

#[test]
fn the_command_on_charts_and_report_runs_the_experiment_again() {
    let place = Place::new(EXPERIMENT);
    place.experiment("o", "--replicates 5 --seed 3");
    let root = place.path("o");
    let told = "allies experiment experiment.toml";
    for file in ["report.html", "charts/effects.svg", "charts/effects.csv"] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert!(text.contains(told), "{file}");
    }
    let mut command = place.command(&["experiment", "experiment.toml", "--out", "again"]);
    let said = command.current_dir(&root).output().unwrap();
    assert!(said.status.success(), "{said:?}");
    for file in ["summary.csv", "experiment.toml", "charts/effects.svg"] {
        let [first, again] =
            [root.join(file), root.join("again").join(file)].map(|path| fs::read(path).unwrap());
        assert!(first == again, "{file} differs");
    }
}
