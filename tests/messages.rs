//! What `chart`, `story` and `workshop` say when something is not as it should be: the exact text, and what to do.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use assert_cmd::Command;

/// A folder with `run`, the results of the small import over two years, written once.
fn place() -> &'static Path {
    static PLACE: OnceLock<tempfile::TempDir> = OnceLock::new();
    PLACE
        .get_or_init(|| {
            let place = tempfile::tempdir().unwrap();
            let scenario =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-import.toml");
            let mut run = Command::cargo_bin("allies").unwrap();
            run.current_dir(place.path()).arg("run").arg(scenario);
            run.args(["--years", "2", "--quiet", "--no-charts", "--out", "run"]);
            run.assert().success();
            fs::write(place.path().join("file"), "a file").unwrap();
            place
        })
        .path()
}

/// Another copy of the results.
fn copy(name: &str) {
    fn folder(from: &Path, to: &Path) {
        fs::create_dir(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                folder(&path, &target);
            } else {
                fs::copy(&path, &target).unwrap();
            }
        }
    }
    folder(&place().join("run"), &place().join(name));
}

/// Exit code and what was said of a command, split at spaces; `_` stands for a space within a word.
fn said(command: &str) -> (i32, String) {
    let mut allies = Command::cargo_bin("allies").unwrap();
    let words = command.split(' ').map(|word| word.replace('_', " "));
    allies.current_dir(place()).args(words);
    let output = allies.output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{command}");
    let text = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), text)
}

fn expect(command: &str, code: i32, text: &str) {
    assert_eq!(
        said(command),
        (code, format!("error: {text}\n")),
        "{command}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_named_with_what_to_give() {
    let what = "nowhere: no such folder; give the folder that `allies run` wrote";
    expect("chart nowhere", 2, what);
    expect("chart run nowhere", 2, what);
    expect("story nowhere --employee Luca", 2, what);
}

#[test]
fn an_incomplete_run_is_refused() {
    copy("unfinished");
    fs::write(place().join("unfinished/INCOMPLETE"), "").unwrap();
    let what =
        "unfinished is incomplete: the run that wrote it did not finish; remove it and run again";
    expect("chart unfinished", 2, what);
    expect("chart run unfinished", 2, what);
    expect("story unfinished --employee Luca_Ferri", 2, what);
}

#[test]
fn a_missing_table_is_named() {
    copy("robbed");
    for ending in ["csv", "parquet"] {
        fs::remove_file(
            place()
                .join("robbed/tables/placements")
                .with_extension(ending),
        )
        .unwrap();
    }
    let what = "robbed: table `placements` is not there; run again with it, or restore the file";
    expect("chart robbed", 2, what);
    expect("story robbed --employee Luca_Ferri", 2, what);
}

#[test]
fn an_unknown_person_snapshot_or_chart_is_answered_with_those_there_are() {
    expect(
        "story run --employee Lucca",
        2,
        "run: there is no employee `Lucca` in this run (did you mean `Luca Ferri`?); people without a name are asked for by \
         id, 0 to 33",
    );
    expect(
        "story run --employee 99999",
        2,
        "run: there is no employee `99999` in this run; people without a name are asked for by id, 0 to 33",
    );
    expect(
        "chart run --employee Lucca",
        2,
        "nobody in these results is called `Lucca` (did you mean `Luca Ferri`?); give a name or a number from the table \
         `employees`",
    );
    expect(
        "chart run --snapshot year-9",
        2,
        "there is no snapshot `year-9` (did you mean `year-1`?); there are: start, year-1, restructuring-1-before, \
         restructuring-1-after-4, restructuring-1-after-13, end",
    );
    expect(
        "chart run --only promotion",
        2,
        "there is no chart `promotion` (did you mean `promotions`?); there are: promotions, promotion-rates, restructurings, \
         flows, positions, network, contacts, careers, alliances, portfolio, standing, organisation, presence, programmes",
    );
}

#[test]
fn what_does_not_fit_several_folders_is_refused() {
    expect(
        "chart run run --only careers",
        2,
        "of several folders only `side-by-side` is drawn, not `careers`; give one folder for it",
    );
    expect(
        "chart run run --employee Luca_Ferri",
        2,
        "--employee and --snapshot are for the charts of one run; give one folder",
    );
    let many = "run ".repeat(10);
    expect(
        &format!("chart {}", many.trim_end()),
        2,
        "10 folders are too many for one picture; give 9 at most, or run an experiment",
    );
}

#[test]
fn a_place_that_cannot_be_written_to_is_named_with_what_to_do() {
    expect(
        "story run --employee Luca_Ferri --out file",
        2,
        "file exists; choose another --out or add --force",
    );
    expect(
        "story run --employee Luca_Ferri --out file/story.txt",
        1,
        "cannot write file/story.txt: Not a directory (os error 20); choose another --out",
    );
    expect(
        "chart run --out file/charts",
        1,
        "cannot write file/charts: Not a directory (os error 20); choose another --out",
    );
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-import.toml");
    fs::copy(&scenario, place().join("firm.toml")).unwrap();
    let from = scenario.with_file_name("small-organisation");
    let to = place().join("small-organisation");
    if !to.exists() {
        fs::create_dir(&to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
    expect(
        "workshop firm.toml --out file/pack",
        2,
        "file/pack: a part of this path is a file, not a folder; choose another --out",
    );
    expect(
        "workshop firm.toml --out run",
        2,
        "run exists; choose another --out or add --force",
    );
}

#[test]
fn a_scenario_that_is_not_there_makes_no_pack() {
    let (code, text) = said("workshop nowhere.toml --out pack");
    assert_eq!(
        (code, text.as_str()),
        (
            2,
            "error[file]: there is no file `nowhere.toml`\n--> nowhere.toml\n\n1 problem\n"
        )
    );
    assert!(!place().join("pack").exists());
}
