//! A run that fails is a row with its cause and the command that repeats it; the others go on.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::findings::{Circumstances, finish};
use super::one_run::identity;
use super::planning::{Changes, Plan, plan};
use super::results::{OUTCOMES, RUNS, repeat};
use super::running::Outcome;
use super::running::campaign::run_with;
use super::running::runner::run_arm;
use super::storage::{Mode, Store, kept};
use crate::records::parquet_file::read_file;
use crate::scenario::{Loaded, Scenario, load_with};

const SCENARIO: &str = "name = \"small\"\nyears = 1\nburn_in = 2\norganisation.employees = 12\n";

const EXPERIMENT: &str = r#"
name = "try"
scenario = "s.toml"
replicates = 6
tables = ["events"]
[[arms]]
name = "one"
[[arms]]
name = "it's two"
set = { "projects.crossing" = 0.25, "organisation.employees" = 14 }
[[outcomes]]
name = "staff"
table = "employees"
at = "end"
summary = "count"
"#;

fn planned(folder: &Path) -> Plan {
    fs::write(folder.join("s.toml"), SCENARIO).unwrap();
    fs::write(folder.join("e.toml"), EXPERIMENT).unwrap();
    plan(&folder.join("e.toml"), &Changes::default()).unwrap()
}

const MODE: Mode = Mode {
    resume: true,
    shard: false,
    other_build: false,
};

/// Runs everything; replicate 3 of the second arm fails, if it is asked to.
fn run_in(root: &Path, plan: &Plan, fails: bool) -> (Outcome, usize) {
    let store = Store::open(root, plan, MODE).unwrap();
    let runs = std::sync::atomic::AtomicUsize::new(0);
    let bad = plan.seed(1, 3);
    let one = |plan: &Plan, arm: usize, seed: u64, state, stop: &AtomicBool| {
        runs.fetch_add(1, Ordering::Relaxed);
        assert!(
            !fails || arm != 1 || seed != bad,
            "the ledger of person 7 does not add up"
        );
        run_arm(plan, arm, seed, state, stop)
    };
    let stop = AtomicBool::new(false);
    let ended = run_with(plan, &store, 2, &one, &stop, &mut |_| {}).unwrap();
    finish(plan, &store, &ended, Circumstances::default()).unwrap();
    (ended, runs.into_inner())
}

#[test]
fn a_run_that_fails_is_recorded_with_its_cause_and_its_command_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let plan = planned(folder.path());
    let (whole, broken) = (folder.path().join("whole"), folder.path().join("broken"));
    run_in(&whole, &plan, false);
    let (ended, runs) = run_in(&broken, &plan, true);
    assert_eq!((ended.failed, runs), (1, 12));

    let known = read_file(&broken.join("tables/runs.parquet"), &RUNS).unwrap();
    assert_eq!(known.len(), 12);
    let failed: Vec<usize> = (0..12)
        .filter(|&row| known.text(row, 4) == Some("failed"))
        .collect();
    let [row] = failed[..] else {
        panic!("{failed:?}");
    };
    assert_eq!(
        (known.text(row, 0), known.integer(row, 1)),
        (Some("it's two"), Some(3))
    );
    let cause = known.text(row, 5).unwrap();
    assert!(cause.contains("person 7 does not add up"), "{cause}");
    assert!(
        cause.contains("campaign_tests.rs"),
        "where it happened: {cause}"
    );

    // the command, from within the folder, runs that arm with that seed: the same scenario
    let command = known.text(row, 6).unwrap();
    assert_eq!(command, repeat(&plan, 1, 3));
    assert!(command.starts_with(&format!(
        "allies run scenario.toml --seed {} --set ",
        plan.seed(1, 3)
    )));
    assert!(!command.contains('\n'));
    let sets: Vec<String> = command
        .split(" --set '")
        .skip(1)
        .map(|set| set.trim_end_matches('\'').to_owned())
        .collect();
    let alone: Loaded<Scenario> = load_with(&broken.join("scenario.toml"), &[], &sets).unwrap();
    assert_eq!(identity(&alone.value), plan.arms[1].hash);

    // all other rows are those of the experiment in which nothing failed
    let [a, b] = [&whole, &broken]
        .map(|root| read_file(&root.join("tables/outcomes.parquet"), &OUTCOMES).unwrap());
    for row in 0..12 {
        let is_it = known.text(row, 4) == Some("failed");
        assert_eq!(b.real(row, 4).is_none(), is_it);
        assert!(is_it || a.row(row).eq(b.row(row)), "row {row}");
    }
    // and its tables are those that are missing from what is kept
    let events = |root: &Path| {
        let spec = kept::spec("events").unwrap();
        read_file(&root.join("tables/events.parquet"), spec).unwrap()
    };
    let (a, b) = (events(&whole), events(&broken));
    let its = |row: &usize| a.text(*row, 1) == Some("it's two") && a.integer(*row, 2) == Some(3);
    let others: Vec<usize> = (0..a.len()).filter(|row| !its(row)).collect();
    assert!(others.len() < a.len() && others.len() == b.len());
    assert!((0..b.len()).all(|row| a.row(others[row]).eq(b.row(row))));

    // going on runs nothing again: a failure is a result
    let (ended, runs) = run_in(&broken, &plan, true);
    assert_eq!((ended.failed, runs), (1, 0));
}
