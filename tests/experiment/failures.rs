//! A disk that is full: a clear message, exit code 1, and nothing lost.
#![cfg(unix)]

use std::fs;
use std::process::{Command, Output};

use super::place::{EXPERIMENT, Place, assert_same};

fn place() -> Place {
    let tables = "replicates = 12\ntables = [\"decisions\", \"events\"]";
    Place::new(&EXPERIMENT.replace("replicates = 12", tables))
}

const RUN: [&str; 7] = [
    "experiment",
    "e.toml",
    "--resume",
    "--threads",
    "2",
    "--quiet",
    "--out",
];

/// Runs a script of the shell; `$0` is the program.
fn shell(place: &Place, wrapper: &[&str], script: &str) -> Output {
    let mut command = Command::new(wrapper[0]);
    command
        .args(&wrapper[1..])
        .args(["-c", script, env!("CARGO_BIN_EXE_allies")]);
    command.current_dir(place.path("")).output().unwrap()
}

#[test]
fn where_no_file_may_grow_any_more_it_says_so_and_goes_on_later_to_the_same_bytes() {
    let place = place();
    place.good(&[&RUN[..], &["whole"]].concat());
    let mut failures = 0;
    // the largest file that the process may write, in blocks of 512 bytes
    for blocks in [1, 4, 12, 24, 48, 96, 400] {
        let out = format!("cramped-{blocks}");
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {} {out}",
            RUN.join(" ")
        );
        let output = shell(&place, &["sh"], &script);
        let error = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            failures += 1;
            assert_eq!(output.status.code(), Some(1), "{blocks}: {error}");
            assert!(error.starts_with("error: "), "{blocks}: {error}");
            assert!(
                error.contains("cannot write") && error.contains(&out),
                "{blocks}: {error}"
            );
            assert!(
                !error.contains("panic") && !error.contains("report it"),
                "{blocks}: {error}"
            );
        }
        place.good(&[&RUN[..], &[&out]].concat());
        assert_same(
            &place.path("whole"),
            &place.path(&out),
            &format!("{blocks} blocks"),
        );
    }
    assert!(
        failures >= 3,
        "only {failures} of the limits were too small"
    );
}

#[test]
#[allow(
    clippy::print_stderr,
    reason = "a test that cannot be done here says so"
)]
fn on_a_full_disk_it_says_so_and_goes_on_when_there_is_room() {
    let place = place();
    let own_mounts = ["unshare", "-rm", "sh"];
    fs::create_dir(place.path("disk")).unwrap();
    let mount = "mount -t tmpfs -o size=64k none disk";
    let possible = Command::new("unshare").arg("--version").output().is_ok()
        && shell(&place, &own_mounts, mount).status.success();
    if !possible {
        eprintln!("SKIPPED: no small disk can be mounted here, so a full one was not tried");
        return;
    }
    place.good(&[&RUN[..], &["whole"]].concat());
    for size in ["16k", "64k", "160k", "320k"] {
        let run = format!("\"$0\" {} disk/o", RUN.join(" "));
        let script = format!(
            "mount -t tmpfs -o size={size} none disk && {{ {run}; echo code $?; }} && \
             mount -o remount,size=64m disk && {run} && cp -r disk/o roomy-{size}"
        );
        let output = shell(&place, &own_mounts, &script);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{size}: {error}");
        let said = String::from_utf8_lossy(&output.stdout);
        if size != "320k" || said.contains("code 1") {
            assert!(said.contains("code 1"), "{size}: {said}");
            assert!(
                error.contains("no space is left on the disk"),
                "{size}: {error}"
            );
        }
        assert_same(
            &place.path("whole"),
            &place.path(&format!("roomy-{size}")),
            size,
        );
    }
}
