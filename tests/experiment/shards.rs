//! Experiments in shards: rounds, what is missing, plans without runs, scripts for clusters.

use std::fs;

use super::place::{EXPERIMENT, Place, assert_same, calibration, files};

/// A rule that looks after 4, 6, 8 … replicates, and is content after more than the first look and before the last;
/// what it says in the folder `whole`, and how many looks it took.
fn stopping() -> (Place, String, usize) {
    let mut width = 16.0;
    while width > 0.01 {
        let stop =
            format!("[stop]\noutcome = \"promoted\"\nhalf_width = {width}\nleast = 4\nstep = 2\n");
        let place = Place::new(&format!("{EXPERIMENT}\n{stop}"));
        let said = place.experiment("whole", "--threads 2");
        for (replicates, looks) in [(6, 2), (8, 3), (10, 4)] {
            let stopped = format!("stopped after {replicates} replicates");
            if said.contains(&stopped) {
                return (place, stopped, looks);
            }
        }
        width *= 0.85;
    }
    panic!("no width is reached between the looks");
}

/// The shards of three that have something to do, as they are printed.
fn missing(place: &Place, out: &str) -> String {
    let output = place.run(&["collect", out, "--missing", "list", "--shards", "3"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let complete = said.is_empty();
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(i32::from(!complete)),
        "{said}{error}"
    );
    said
}

/// Runs the shards that are missing until none is, each in a process of its own; how many times they were asked for.
fn through(place: &Place, out: &str) -> usize {
    place.good(&["experiment", "e.toml", "--out", out, "--plan-only"]);
    for round in 0..20 {
        let left = missing(place, out);
        if left.is_empty() {
            return round;
        }
        // the last shard first: the order of arrival must not matter
        for k in left.lines().rev() {
            place.good(&["experiment", "e.toml", "--out", out, "--shard", k]);
        }
    }
    panic!("it does not end");
}

#[test]
fn a_rule_stops_three_shards_where_it_stops_one_machine_byte_for_byte() {
    let (place, stopped, looks) = stopping();
    assert_eq!(through(&place, "shards"), looks);
    let collected = place.good(&["collect", "shards", "--verify-sample", "5"]);
    assert!(collected.contains("identical: 5 of "), "{collected}");
    assert!(collected.contains(&stopped), "{collected}");
    assert_same(&place.path("whole"), &place.path("shards"), "shards");
    // all of them once more, of another number: nothing is computed, nothing is written
    let before = files(&place.path("shards"));
    for k in ["1/2", "2/2"] {
        let said = place.good(&["experiment", "e.toml", "--out", "shards", "--shard", k]);
        assert!(said.contains("nothing to do"), "{said}");
        assert!(
            said.contains("all rounds are done: allies collect shards"),
            "{said}"
        );
    }
    assert_eq!(before, files(&place.path("shards")));
}

#[test]
fn shards_in_folders_of_their_own_go_from_round_to_round_through_what_was_collected() {
    let (place, _, looks) = stopping();
    let shard = |out: &str, k: &str, round: &str| {
        let all = [
            "experiment",
            "e.toml",
            "--out",
            out,
            "--shard",
            k,
            "--round",
            round,
        ];
        place.run(&all)
    };
    assert!(shard("a", "1/2", "1").status.success());
    assert!(shard("b", "2/2", "1").status.success());
    // a machine that has only its own part of the first round cannot begin the second
    let early = shard("a", "1/2", "2");
    let error = String::from_utf8(early.stderr).unwrap();
    assert_eq!(early.status.code(), Some(1), "{error}");
    assert!(error.contains("round 2 cannot begin"), "{error}");
    let error = place.bad(&["collect", "a", "b", "--out", "all"], 1);
    assert!(error.contains("parts are missing in round 2"), "{error}");
    // the second shard goes on in a copy of what was collected
    for round in 2..=looks {
        let round = round.to_string();
        let round = round.as_str();
        place.experiment("copy", "--plan-only");
        place.bad(&["collect", "all", "--out", "copy"], 1);
        assert!(shard("all", "1/2", round).status.success());
        assert!(shard("copy", "2/2", round).status.success());
        place.run(&["collect", "all", "copy"]);
    }
    // a round that is done is left alone
    let late = shard("all", "1/2", "1");
    assert!(
        String::from_utf8(late.stdout)
            .unwrap()
            .contains("nothing to do")
    );
    place.good(&["collect", "all"]);
    assert_same(&place.path("whole"), &place.path("all"), "folders");
}

#[test]
fn the_generations_of_a_calibration_run_in_shards_to_the_bytes_of_one_machine() {
    let place = calibration();
    let said = place.experiment("whole", "--threads 2");
    // three rounds and the check
    assert_eq!(through(&place, "shards"), 4);
    let collected = place.good(&["collect", "shards", "--verify-sample", "5"]);
    assert!(
        collected.contains("identical: 5 of ") && collected.contains("of 4 rounds"),
        "{collected}"
    );
    assert_same(&place.path("whole"), &place.path("shards"), "shards");
    assert!(place.path("shards/posterior.csv").exists());
    let posterior = said.lines().next().unwrap();
    assert!(collected.contains(posterior), "{posterior}\n{collected}");
    // from folders of their own, with everything given at the end
    place.good(&["collect", "shards", "--out", "again"]);
    assert_same(&place.path("whole"), &place.path("again"), "copied");
}

#[test]
fn shards_killed_at_any_moment_in_any_round_collect_to_the_bytes_of_one_machine() {
    let (place, ..) = stopping();
    let mut kills = 0;
    for trial in 0..4_u64 {
        let out = format!("killed-{trial}");
        place.good(&["experiment", "e.toml", "--out", &out, "--plan-only"]);
        let mut step = 0;
        loop {
            let left = missing(&place, &out);
            let Some(k) = left.lines().next() else { break };
            let mut child = place
                .command(&["experiment", "e.toml", "--out", &out, "--shard", k])
                .spawn()
                .unwrap();
            let moment = (trial * 37 + step * 7919) % 90 + step * 3;
            std::thread::sleep(std::time::Duration::from_millis(moment));
            if child.try_wait().unwrap().is_none() {
                child.kill().unwrap();
                kills += 1;
            }
            child.wait().unwrap();
            step += 1;
        }
        place.good(&["collect", &out]);
        assert_same(&place.path("whole"), &place.path(&out), "after kills");
    }
    assert!(kills >= 8, "only {kills} were still running");
}

#[test]
#[cfg(unix)]
fn a_shard_that_is_told_to_end_leaves_finished_runs_and_the_exit_code_for_it() {
    let long = EXPERIMENT.replace("replicates = 12", "replicates = 2000");
    let place = Place::new(&long);
    let mut child = place
        .command(&[
            "experiment",
            "e.toml",
            "--out",
            "o",
            "--shard",
            "1/1",
            "--quiet",
        ])
        .spawn()
        .unwrap();
    let journal = place.path("o/journal");
    let begun = || {
        let entries = fs::read_dir(&journal).into_iter().flatten().flatten();
        entries
            .filter_map(|e| e.metadata().ok())
            .any(|m| m.len() > 0)
    };
    while !begun() {
        assert!(child.try_wait().unwrap().is_none());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let kill = std::process::Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    let output = child.wait_with_output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{error}");
    assert!(error.contains("run the shard again"), "{error}");
}

#[test]
fn shards_are_told_apart_by_the_variables_of_the_engines() {
    let place = Place::new(EXPERIMENT);
    place.good(&["experiment", "e.toml", "--out", "whole"]);
    let auto = |name: &str, value: &str, more: &[&str]| {
        let all = [
            &["experiment", "e.toml", "--out", "o", "--shard", "auto"],
            more,
        ]
        .concat();
        let mut command = place.command(&all);
        for variable in ["HQ_TASK_ID", "JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID"] {
            command.env_remove(variable);
        }
        if !name.is_empty() {
            command.env(name, value);
        }
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let (code, said) = auto("SLURM_ARRAY_TASK_ID", "0", &[]);
    assert!(code == Some(2) && said.contains("add --shards N"), "{said}");
    let (code, said) = auto("", "", &["--shards", "3"]);
    assert!(
        code == Some(2) && said.contains("finds none of the variables"),
        "{said}"
    );
    let (code, said) = auto("SLURM_ARRAY_TASK_ID", "3", &["--shards", "3"]);
    assert!(code == Some(2) && said.contains("from 0 to 2"), "{said}");
    for (name, value, k) in [
        ("SLURM_ARRAY_TASK_ID", "0", "shard 1 of 3"),
        ("HQ_TASK_ID", "1", "shard 2 of 3"),
        ("JOB_COMPLETION_INDEX", "2", "shard 3 of 3"),
    ] {
        let (code, said) = auto(name, value, &["--shards", "3"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains(k), "{said}");
    }
    let marks = fs::read_dir(place.path("o/commit")).unwrap();
    let marks: String = marks
        .map(|mark| fs::read_to_string(mark.unwrap().path()).unwrap())
        .collect();
    assert!(
        marks.contains("\"SLURM_ARRAY_TASK_ID\": \"0\"") && marks.contains("\"target\""),
        "{marks}"
    );
    assert!(marks.contains("\"rustc\": \"rustc "), "{marks}");
    assert!(
        marks.contains("\"attempt\": 1\n") || marks.contains("\"attempt\": 1,"),
        "{marks}"
    );
    #[cfg(target_os = "linux")]
    for measured in ["processor", "cpu_seconds", "peak_memory_bytes"] {
        assert!(
            marks.contains(&format!("\"{measured}\": ")),
            "{measured}: {marks}"
        );
    }
    place.good(&["collect", "o"]);
    assert_same(&place.path("whole"), &place.path("o"), "by variables");
}

#[test]
fn a_plan_is_written_and_nothing_is_run() {
    let place = Place::new(EXPERIMENT);
    let said = place.experiment("o", "--plan-only");
    assert!(
        said.contains("3 arms x 12 replicates = 36 runs in 12 parts"),
        "{said}"
    );
    assert!(said.contains("one machine is enough"), "{said}");
    let names: Vec<String> = files(&place.path("o")).into_keys().collect();
    assert_eq!(
        names,
        [
            "experiment.toml",
            "plan.json",
            "plan.parquet",
            "scenario.toml"
        ]
    );
    // the missing parts, in the syntax of sbatch and hq
    let all = ["collect", "o", "--missing", "slurm", "--shards", "5"];
    let output = place.run(&all);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "0-4\n");
    place.experiment("o", "--shard 3/5");
    assert_eq!(
        String::from_utf8(place.run(&all).stdout).unwrap(),
        "0-1,3-4\n"
    );
    // another experiment does not get into the folder
    fs::write(place.path("x.toml"), EXPERIMENT.replace("0.6", "0.5")).unwrap();
    let error = place.bad(&["experiment", "x.toml", "--out", "o", "--shard", "1/5"], 2);
    assert!(error.contains("another experiment"), "{error}");
    let error = place.bad(&["collect", "o"], 1);
    assert!(error.contains("10 of 12 parts are missing"), "{error}");
}

#[test]
fn a_part_that_comes_out_differently_is_named_with_its_row() {
    let place = Place::new(EXPERIMENT);
    for out in ["a", "b"] {
        place.good(&["experiment", "e.toml", "--out", out, "--shard", "1/2"]);
    }
    // a finished part of other numbers, marked as if it had been computed
    let name = "part-00-0000001-0000";
    let table = place.path(&format!("b/parts/{name}.outcomes.parquet"));
    let other = place.path("b/parts/part-00-0000003-0000.outcomes.parquet");
    fs::copy(other, &table).unwrap();
    let mark = place.path(&format!("b/commit/{name}.json"));
    let text = fs::read_to_string(&mark).unwrap();
    let hash = blake3::hash(&fs::read(&table).unwrap())
        .to_hex()
        .to_string();
    let start = text.find("\"outcomes\": \"").unwrap() + 13;
    let changed = format!("{}{hash}{}", &text[..start], &text[start + 64..]);
    fs::write(&mark, changed).unwrap();
    let error = place.bad(&["collect", "a", "b", "--out", "all"], 1);
    assert!(
        error.contains(name) && error.contains("outcomes"),
        "{error}"
    );
    assert!(error.contains("do not repeat"), "{error}");
}

#[test]
fn scripts_for_clusters_name_the_files_and_the_shards() {
    let place = Place::new(&EXPERIMENT.replace("name = \"try\"", "name = \"Try it\""));
    for (engine, expected) in [
        ("slurm", "#SBATCH --array=0-6\n"),
        ("hyperqueue", "tasks=0-6\n"),
        (
            "ray",
            "EXPERIMENT, OUT, SHARDS = \"e.toml\", \"a folder\", 7\n",
        ),
        ("kubernetes", "completions: 7\n"),
        ("aws-batch", "--array-properties size=7 "),
        ("parallel", "--shard {}/7 "),
    ] {
        let all = [
            "cluster", engine, "e.toml", "--shards", "7", "--out", "a folder",
        ];
        let script = place.good(&all);
        assert!(
            script.contains(expected),
            "{expected:?} is missing in:\n{script}"
        );
        assert!(script.contains("Try it: 36 runs"), "{script}");
        let quoted = script.contains("'a folder'") || script.contains("\"a folder\"");
        assert!(quoted, "{script}");
        for left in [
            "{out}",
            "{shards}",
            "{name}",
            "{experiment}",
            "{last}",
            "{title}",
        ] {
            assert!(!script.contains(left), "{engine}: {left}");
        }
    }
    let slurm = place.good(&["cluster", "slurm", "e.toml", "--shards", "7"]);
    assert!(slurm.contains("--job-name=try-it\n"), "{slurm}");
}
