//! `allies run`: results, and what is left alone.

use std::fs;
use std::path::Path;

use crate::place::{CONTRACT, FIRM, Place, TABLES, has, header, stderr, stdout};

#[test]
fn a_run_writes_every_file_of_the_interface_with_every_column() {
    let place = Place::new();
    let done = place
        .allies(&["run", "firm.toml", "--out", "results"])
        .code(0);
    has(&stdout(&done), &["results"]);
    for table in TABLES {
        for ending in ["csv", "parquet"] {
            let path = place.path(&format!("results/tables/{table}.{ending}"));
            assert!(path.is_file(), "{}", path.display());
        }
    }
    for (table, columns) in CONTRACT {
        let found = header(&place.path(&format!("results/tables/{table}.csv")));
        for column in columns.split_whitespace() {
            assert!(
                found.iter().any(|c| c == column),
                "{table}.{column} is missing"
            );
        }
    }
    let results = place.path("results");
    for file in [
        "scenario.toml",
        "dictionary.csv",
        "report.html",
        "manifest.json",
    ] {
        assert!(results.join(file).is_file(), "{file}");
    }
    for snapshot in [
        "start",
        "end",
        "restructuring-1-before",
        "restructuring-1-after-4",
    ] {
        let file = results.join(format!("networks/{snapshot}.graphml"));
        assert!(
            fs::read_to_string(&file).unwrap().contains("<graphml"),
            "{}",
            file.display()
        );
    }
    for ending in ["svg", "png"] {
        let charts = fs::read_dir(results.join("charts")).unwrap();
        let of_kind = charts
            .filter(|f| f.as_ref().unwrap().path().extension().unwrap() == ending)
            .count();
        assert!(of_kind > 0, "no .{ending}");
    }
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(results.join("manifest.json")).unwrap()).unwrap();
    for key in [
        "scenario",
        "seed",
        "version",
        "build",
        "started",
        "duration_seconds",
        "threads",
        "tables",
        "command",
    ] {
        assert!(
            manifest.get(key).is_some_and(|v| !v.is_null()),
            "manifest.{key}: {manifest:#}"
        );
    }
    assert_eq!(manifest["tables"].as_array().unwrap().len(), TABLES.len());
    let events = fs::read_to_string(results.join("tables/events.csv")).unwrap();
    has(&events, &["restructuring", "hired"]);
    let dictionary = fs::read_to_string(results.join("dictionary.csv")).unwrap();
    for (table, columns) in CONTRACT {
        for column in columns.split_whitespace() {
            assert!(
                dictionary.contains(&format!("{table},{column},")),
                "{table}.{column}"
            );
        }
    }
}

#[test]
fn the_resolved_scenario_is_a_scenario_that_gives_the_same_tables() {
    let place = Place::new();
    place.run().code(0);
    place.allies(&["check", "results/scenario.toml"]).code(0);
    place
        .allies(&[
            "run",
            "results/scenario.toml",
            "--out",
            "again",
            "--no-charts",
        ])
        .code(0);
    let (first, second) = (place.files("results/tables"), place.files("again/tables"));
    assert!(first == second, "the tables differ");
}

#[test]
fn without_out_the_results_stand_under_the_names_of_scenario_and_seed() {
    let place = Place::new();
    place
        .allies(&["run", "firm.toml", "--seed", "8", "--no-charts", "--quiet"])
        .code(0);
    assert!(place.path("output/small/seed-8/manifest.json").is_file());
}

#[test]
fn results_that_are_there_are_left_alone_without_force() {
    let place = Place::new();
    place.run().code(0);
    let before = place.files("results");
    let refused = place.run().code(2);
    has(&stderr(&refused), &["results exists", "--force"]);
    assert!(place.files("results") == before, "the results were touched");
    assert_eq!(place.names(), ["firm.toml", "results"]);
}

#[test]
fn force_replaces_results() {
    let place = Place::new();
    place.run().code(0);
    let before = place.files("results");
    fs::write(place.path("results/note.txt"), "of the old run").unwrap();
    place.run_into("results", "--seed 4 --force").code(0);
    let after = place.files("results");
    assert_ne!(before["tables/events.csv"], after["tables/events.csv"]);
    assert!(!after.contains_key("note.txt"), "old and new are mixed");
    assert_eq!(place.names(), ["firm.toml", "results"]);
}

#[test]
fn force_does_not_replace_a_folder_that_is_not_ours() {
    let place = Place::new();
    fs::create_dir(place.path("photos")).unwrap();
    fs::write(place.path("photos/one.jpg"), "a picture").unwrap();
    let refused = place
        .allies(&["run", "firm.toml", "--out", "photos", "--force"])
        .code(2);
    has(&stderr(&refused), &["photos", "not written by allies"]);
    assert_eq!(place.files("photos").len(), 1);
}

#[test]
fn a_wrong_scenario_leaves_no_results() {
    let place = Place::new();
    fs::write(place.path("wrong.toml"), "years = 0\nseeed = 1\n").unwrap();
    let refused = place
        .allies(&["run", "wrong.toml", "--out", "results"])
        .code(2);
    has(
        &stderr(&refused),
        &["wrong.toml:1:9", "wrong.toml:2:1", "2 problems"],
    );
    assert_eq!(stdout(&refused), "");
    assert_eq!(place.names(), ["firm.toml", "wrong.toml"]);
    let refused = place
        .allies(&["run", "firm.toml", "--set", "years=0"])
        .code(2);
    has(&stderr(&refused), &["command line"]);
    let refused = place.allies(&["run", "frim.toml"]).code(2);
    has(&stderr(&refused), &["frim.toml", "firm.toml"]);
    assert_eq!(place.names(), ["firm.toml", "wrong.toml"]);
}

#[test]
fn a_place_that_cannot_be_written_is_refused_before_the_run() {
    let place = Place::new();
    fs::write(place.path("taken"), "a file").unwrap();
    for out in ["taken", "taken/results"] {
        let refused = place
            .allies(&["run", "firm.toml", "--out", out, "--force"])
            .code(2);
        has(&stderr(&refused), &["taken", "--out"]);
    }
    assert_eq!(fs::read_to_string(place.path("taken")).unwrap(), "a file");
    if cfg!(unix) {
        let refused = place
            .allies(&["run", "firm.toml", "--out", "/dev/null/x"])
            .code(2);
        has(&stderr(&refused), &["/dev/null/x", "--out"]);
    }
    let refused = place.allies(&["run", "firm.toml", "--out", "/"]).code(2);
    has(&stderr(&refused), &["--out"]);
}

#[test]
fn quiet_prints_nothing_but_errors() {
    let place = Place::new();
    let done = place.run_into("results", "--quiet").code(0);
    assert_eq!(stdout(&done), "");
    assert_eq!(stderr(&done), "");
    let refused = place
        .allies(&["run", "firm.toml", "--out", "results", "--quiet"])
        .code(2);
    assert!(!stderr(&refused).is_empty());
}

#[test]
fn tables_are_written_in_the_form_asked_for_and_verify_reads_either() {
    for (form, written, absent) in [
        ("csv", "csv", Some("parquet")),
        ("parquet", "parquet", Some("csv")),
        ("both", "csv", None),
    ] {
        let place = Place::new();
        place
            .run_into("results", &format!("--tables {form}"))
            .code(0);
        for table in TABLES {
            assert!(
                place
                    .path(&format!("results/tables/{table}.{written}"))
                    .exists(),
                "{table}"
            );
            if let Some(absent) = absent {
                assert!(
                    !place
                        .path(&format!("results/tables/{table}.{absent}"))
                        .exists()
                );
            }
        }
        assert!(!place.path("results/charts").exists());
        has(
            &stdout(&place.allies(&["verify", "results"]).code(0)),
            &[&format!("identical: {} tables, ", TABLES.len())],
        );
    }
}

#[test]
fn threads_do_not_change_a_byte_of_the_results() {
    let place = Place::new();
    for threads in ["1", "2", "3"] {
        place
            .allies(&[
                "run",
                "firm.toml",
                "--out",
                threads,
                "--threads",
                threads,
                "--quiet",
            ])
            .code(0);
    }
    let mut first = place.files("1");
    first.remove("manifest.json");
    for threads in ["2", "3"] {
        let mut other = place.files(threads);
        other.remove("manifest.json");
        assert_eq!(
            first.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &first {
            assert!(
                other[name] == *bytes,
                "{name} differs between 1 and {threads} threads"
            );
        }
    }
    has(
        &stdout(&place.allies(&["verify", "1", "--threads", "2"]).code(0)),
        &["identical"],
    );
}

#[test]
fn an_imported_organisation_runs_from_its_copies_and_is_verified() {
    let place = Place::new();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let scenario = scenarios.join("small-import.toml").display().to_string();
    place
        .allies(&[
            "run",
            &scenario,
            "--years",
            "2",
            "--out",
            "results",
            "--no-charts",
            "--quiet",
        ])
        .code(0);
    for name in ["employees", "ties"] {
        assert_eq!(
            fs::read(place.path(&format!("results/inputs/{name}.csv"))).unwrap(),
            fs::read(scenarios.join(format!("small-organisation/{name}.csv"))).unwrap()
        );
    }
    let employees = fs::read_to_string(place.path("results/tables/employees.csv")).unwrap();
    has(&employees, &["Aisha Bello,e08"]);
    has(
        &stdout(&place.allies(&["verify", "results"]).code(0)),
        &["identical"],
    );
    fs::remove_file(place.path("results/inputs/ties.csv")).unwrap();
    let refused = place.allies(&["verify", "results"]).failure();
    has(&stderr(&refused), &["ties.csv"]);
}

#[test]
fn a_shorter_look_leaves_out_what_lies_beyond_its_end_and_says_so() {
    let place = Place::new();
    let scenario = format!(
        "{}\n[[restructurings]]\nname = \"later\"\nweek = 60\nkind = \"downsize\"\nshare = 0.1\n",
        FIRM.replace("years = 1", "years = 2")
    );
    fs::write(place.path("two.toml"), scenario).unwrap();
    let run = [
        "run",
        "two.toml",
        "--years",
        "1",
        "--out",
        "r",
        "--no-charts",
    ];
    has(
        &stdout(&place.allies(&run).code(0)),
        &["the run ends after week 51: the restructuring \"later\" of week 60 is left out"],
    );
    has(
        &stdout(&place.allies(&["verify", "r"]).code(0)),
        &["identical"],
    );
    // in a file of its own length it stays a mistake
    let set = ["run", "two.toml", "--set", "years=1", "--out", "s"];
    has(&stderr(&place.allies(&set).code(2)), &["after the end"]);
}
