//! Runs that are stopped, and readers who close early.

use crate::place::{Place, has, said, stderr, stdout};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;
use std::time::Instant;

/// A run that would take hours, once its unfinished folder stands.
fn long_run(place: &Place) -> Child {
    let child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("allies"))
        .args([
            "run",
            "firm.toml",
            "--out",
            "results",
            "--years",
            "400",
            "--threads",
            "1",
        ])
        .args([
            "--set",
            "organisation.employees=2000",
            "--no-charts",
            "--quiet",
        ])
        .current_dir(place.folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while unfinished(place).is_empty() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "the run did not begin"
        );
        sleep(Duration::from_millis(20));
    }
    // past the building of the firm
    sleep(Duration::from_secs(1));
    child
}

fn unfinished(place: &Place) -> Vec<String> {
    place
        .names()
        .into_iter()
        .filter(|name| name.contains("incomplete"))
        .collect()
}

fn send(signal: &str, child: &Child) {
    let sent = std::process::Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
}

#[test]
fn an_interrupted_run_leaves_no_results_and_says_so() {
    let place = Place::new();
    let child = long_run(&place);
    send("-INT", &child);
    let start = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "it took {:?}",
        start.elapsed()
    );
    has(&said(&output.stderr), &["interrupted"]);
    assert_eq!(place.names(), ["firm.toml"]);
}

#[test]
fn a_killed_run_leaves_a_folder_marked_incomplete_that_is_in_nobodys_way() {
    let place = Place::new();
    let child = long_run(&place);
    send("-KILL", &child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.signal(), Some(9));
    assert!(!place.path("results").exists());
    let left = unfinished(&place);
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(place.path(&left[0]).join("INCOMPLETE").is_file());
    let refused = place.allies(&["verify", &left[0]]).code(2);
    has(&stderr(&refused), &["incomplete"]);
    let refused = place.allies(&["chart", &left[0]]).code(2);
    has(&stderr(&refused), &["incomplete"]);
    place.run().code(0);
    has(
        &stdout(&place.allies(&["verify", "results"]).code(0)),
        &["identical"],
    );
}

#[test]
fn a_reader_who_closes_early_ends_nothing_in_a_panic() {
    let place = Place::new();
    let program = assert_cmd::cargo::cargo_bin!("allies");
    for words in ["explain", "explain --markdown", "schema", "--help"] {
        let script = format!("'{}' {words} | head -n 1", program.display());
        let output = std::process::Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.folder.path())
            .output()
            .unwrap();
        assert!(output.status.success());
        assert_eq!(said(&output.stderr), "", "{words}");
        assert_eq!(said(&output.stdout).lines().count(), 1, "{words}");
    }
}
