//! Tables of the runs that an experiment keeps: the rows of the runs themselves, whatever happened on the way.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::place::{EXPERIMENT, Place, assert_same, files};

/// The experiment of the other tests, keeping two tables.
fn keeping() -> Place {
    Place::new(&EXPERIMENT.replace(
        "replicates = 12",
        "replicates = 12\ntables = [\"decisions\", \"placements\"]",
    ))
}

/// Rows of a Parquet file, each as text.
fn rows(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let columns = reader.metadata().file_metadata().schema_descr();
    let names = columns.columns().iter().map(|c| c.name().to_owned());
    let names = names.collect();
    let rows = reader.get_row_iter(None).unwrap().map(|row| {
        let row = row.unwrap();
        row.get_column_iter()
            .map(|(_, field)| field.to_string())
            .collect()
    });
    (names, rows.collect())
}

#[test]
fn what_is_kept_are_the_rows_of_the_run_alone_by_arm_and_replicate() {
    let place = keeping();
    place.experiment("o", "--quiet");
    let (names, kept) = rows(&place.path("o/tables/decisions.parquet"));
    assert_eq!(names[..3], ["run", "arm", "replicate"]);
    let order: Vec<(usize, i64)> = kept
        .iter()
        .map(|row| {
            let arms = ["\"cut\"", "\"the same\"", "\"deep cut\""];
            let arm = arms.iter().position(|arm| *arm == row[1]).unwrap();
            (arm, row[2].parse().unwrap())
        })
        .collect();
    assert!(order.is_sorted(), "by arm and replicate");
    let mut runs = order.clone();
    runs.dedup();
    assert_eq!(runs.len(), 36, "every run decided something");

    // replicate 2 of the deep cut, run alone by its seed
    let (_, known) = rows(&place.path("o/tables/runs.parquet"));
    let own = known
        .iter()
        .find(|run| run[0] == "\"deep cut\"" && run[1] == "2")
        .unwrap();
    place.good(&[
        "run",
        "s.toml",
        "--seed",
        &own[2],
        "--set",
        "restructurings.0.share=0.6",
        "--set",
        "projects.crossing=0.0",
        "--out",
        "alone",
        "--no-charts",
        "--quiet",
    ]);
    for table in ["decisions", "placements"] {
        let (_, alone) = rows(&place.path(&format!("alone/tables/{table}.parquet")));
        let (_, kept) = rows(&place.path(&format!("o/tables/{table}.parquet")));
        let kept: Vec<&[String]> = kept
            .iter()
            .filter(|row| row[0] == own[3])
            .map(|row| &row[3..])
            .collect();
        assert!(!alone.is_empty() && alone == kept, "{table}");
    }
    let dictionary = fs::read_to_string(place.path("o/dictionary.csv")).unwrap();
    assert!(dictionary.contains("decisions,replicate,integer"));
    assert!(!place.path("o/journal").exists(), "nothing is left over");

    // verification repeats them too
    assert!(
        place
            .good(&["verify", "o", "--sample", "4"])
            .contains("4 of 36")
    );
}

#[test]
fn kept_tables_depend_neither_on_threads_nor_shards_nor_kills_nor_when_replicates_were_added() {
    let place = keeping();
    place.experiment("whole", "--threads 1 --quiet");
    place.experiment("two", "--threads 2 --quiet");
    assert_same(&place.path("whole"), &place.path("two"), "threads");
    for (k, out) in [("3/3", "c"), ("1/3", "a"), ("2/3", "a"), ("2/3", "b")] {
        place.good(&[
            "experiment",
            "e.toml",
            "--out",
            out,
            "--shard",
            k,
            "--quiet",
        ]);
    }
    place.good(&["collect", "a", "b", "c", "--out", "all", "--quiet"]);
    assert_same(&place.path("whole"), &place.path("all"), "shards");
    for replicates in ["5", "12"] {
        place.good(&[
            "experiment",
            "e.toml",
            "--out",
            "grown",
            "--resume",
            "--quiet",
            "--replicates",
            replicates,
        ]);
    }
    let (whole, grown) = (files(&place.path("whole")), files(&place.path("grown")));
    for (name, bytes) in whole.iter().filter(|(name, _)| name.starts_with("tables/")) {
        assert!(*bytes == grown[name], "{name} differs");
    }
    let (mut kills, mut moment) = (0, 20);
    for fresh in 0.. {
        let out = format!("killed-{fresh}");
        let resume = [
            "experiment",
            "e.toml",
            "--out",
            &out,
            "--resume",
            "--threads",
            "2",
            "--quiet",
        ];
        loop {
            let mut child = place.command(&resume).spawn().unwrap();
            moment = (moment * 37) % 211 + 20;
            std::thread::sleep(Duration::from_millis(moment));
            if child.try_wait().unwrap().is_some() {
                assert!(child.wait().unwrap().success());
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            // it must get through once
            if kills % 12 == 0 {
                place.good(&resume);
                break;
            }
        }
        assert_same(&place.path("whole"), &place.path(&out), "after a kill");
        if kills >= 30 {
            break;
        }
    }
}

#[test]
fn wrong_names_of_tables_are_refused_and_a_folder_with_other_ones_too() {
    let place = keeping();
    place.experiment("o", "--quiet --replicates 2");
    fs::write(place.path("e.toml"), EXPERIMENT).unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o", "--resume"], 2);
    assert!(
        error.contains("other tables of its runs: decisions, placements"),
        "{error}"
    );
    let wrong = "replicates = 12\ntables = [\"decision\", \"ties\", \"ties\"]";
    fs::write(
        place.path("e.toml"),
        EXPERIMENT.replace("replicates = 12", wrong),
    )
    .unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "p"], 2);
    for part in [
        "no table \"decision\"",
        "did you mean \"decisions\"",
        "stands twice",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
}
