use super::super::columns::WEEKLY;
use super::super::manifest::ScenarioEntry;
use super::super::reader::Results;
use super::super::samples::{EVERY_KIND, every_kind};
use super::super::{Fault, Kind};
use super::*;

fn run() -> RunDescription {
    RunDescription {
        scenario: ScenarioEntry {
            name: "baseline".into(),
            hash: "ab".into(),
        },
        seed: 1,
        years: 2,
        command: "allies run baseline.toml".into(),
        started: "2026-03-01T08:15:00Z".into(),
        duration_seconds: 0.5,
        threads: 2,
        notes: Vec::new(),
    }
}

/// A finished results folder with one table.
fn write(target: &Path, force: bool, format: TableFormat) -> Result<PathBuf, Error> {
    let folder = ResultsFolder::create(target, force)?;
    let entry = folder.write_table(&every_kind(), format)?;
    folder.write_file("charts/a.svg", |to| to.write_all(b"<svg/>"))?;
    folder.finish(run(), vec![entry])
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The message with the test's folder cut off, and whose fault it is.
fn told(problem: &Error, folder: &Path) -> (String, Fault) {
    let text = problem
        .to_string()
        .replace(&format!("{}/", folder.display()), "");
    (
        text.replace(&format!("-{}", std::process::id()), "-PID"),
        problem.fault(),
    )
}

#[test]
fn a_finished_run_stands_whole_and_reads_back_in_either_form() {
    let place = tempfile::tempdir().unwrap();
    let mut hashes = Vec::new();
    for (name, format) in [
        ("p", TableFormat::Parquet),
        ("c", TableFormat::Csv),
        ("b", TableFormat::Both),
    ] {
        let target = place.path().join("deep/er").join(name);
        assert_eq!(write(&target, false, format).unwrap(), target);
        assert_eq!(names(&target), ["charts", "manifest.json", "tables"]);
        let results = Results::open(&target).unwrap();
        assert_eq!(results.table(&EVERY_KIND).unwrap(), every_kind());
        assert_eq!(results.changed_files(), Vec::<&str>::new());
        let forms = results.table_as_found(&EVERY_KIND).unwrap();
        assert_eq!(forms.len(), if name == "b" { 2 } else { 1 });
        assert!(forms.iter().all(|(_, table)| *table == every_kind()));
        assert_eq!(results.manifest().files[0].path, "charts/a.svg");
        assert_eq!(results.manifest().files[0].size, 6);
        hashes.push(results.manifest().table("every_kind").unwrap().hash.clone());
    }
    assert!(
        hashes.iter().all(|hash| *hash == hashes[0]),
        "the content is the same in all forms"
    );
    assert_eq!(
        names(&place.path().join("deep/er")),
        ["b", "c", "p"],
        "nothing is left beside"
    );
}

#[test]
fn while_it_is_written_it_is_marked_and_dropped_it_is_gone() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    let folder = ResultsFolder::create(&target, false).unwrap();
    folder.write_table(&every_kind(), TableFormat::Csv).unwrap();
    assert!(!target.exists());
    assert!(is_incomplete(folder.path()));
    let (message, fault) = told(&Results::open(folder.path()).unwrap_err(), place.path());
    assert_eq!(
        message,
        "out.incomplete-PID is incomplete: the run that wrote it did not finish; remove it and \
         run again"
    );
    assert_eq!(fault, Fault::WrongInput);
    let other = ResultsFolder::create(&target, false).unwrap();
    assert_ne!(
        folder.path(),
        other.path(),
        "two runs do not write into one folder"
    );
    drop(folder);
    drop(other);
    assert_eq!(names(place.path()), Vec::<String>::new());
}

#[test]
fn nothing_is_replaced_without_force_and_only_ours_with_it() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    let refused = |name: &str, force| {
        let (message, fault) = told(
            &write(&at(name), force, TableFormat::Csv).unwrap_err(),
            place.path(),
        );
        assert_eq!(fault, Fault::WrongInput);
        message
    };
    write(&at("ours"), false, TableFormat::Csv).unwrap();
    assert_eq!(
        refused("ours", false),
        "ours exists; choose another --out or add --force"
    );
    fs::create_dir(at("empty")).unwrap();
    assert_eq!(
        refused("empty", false),
        "empty exists; choose another --out or add --force"
    );
    fs::create_dir(at("foreign")).unwrap();
    fs::write(at("foreign/manifest.json"), "{\"name\": \"web app\"}").unwrap();
    assert_eq!(
        refused("foreign", true),
        "foreign was not written by allies (there is no manifest.json of ours in it), so --force \
         does not replace it; choose another --out or remove it yourself"
    );
    fs::write(at("file"), "x").unwrap();
    assert_eq!(
        refused("file", true),
        "file is a file, not a folder; choose another --out"
    );
    assert_eq!(
        refused("file/out", false),
        "file/out: a part of this path is a file, not a folder; choose another --out"
    );
    assert_eq!(
        refused("nowhere/..", false),
        "nowhere/..: a results folder needs a name of its own; choose another --out"
    );

    fs::write(at("ours/old.txt"), "old").unwrap();
    write(&at("ours"), true, TableFormat::Parquet).unwrap();
    assert_eq!(names(&at("ours")), ["charts", "manifest.json", "tables"]);
    assert_eq!(names(&at("ours/tables")), ["every_kind.parquet"]);
    write(&at("empty"), true, TableFormat::Csv).unwrap();
    assert_eq!(names(place.path()), ["empty", "file", "foreign", "ours"]);
    assert_eq!(names(&at("foreign")), ["manifest.json"]);
}

#[test]
fn a_run_with_force_that_does_not_finish_leaves_the_old_results() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    write(&target, false, TableFormat::Csv).unwrap();
    drop(ResultsFolder::create(&target, true).unwrap());
    assert_eq!(
        Results::open(&target).unwrap().table(&EVERY_KIND).unwrap(),
        every_kind()
    );
    assert_eq!(names(place.path()), ["out"]);
}

#[test]
fn results_are_kept_when_another_run_took_the_place_meanwhile() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    let slow = ResultsFolder::create(&target, false).unwrap();
    write(&target, false, TableFormat::Csv).unwrap();
    let (message, fault) = told(&slow.finish(run(), Vec::new()).unwrap_err(), place.path());
    assert_eq!(
        message,
        "the results are complete in out.incomplete-PID, but cannot be moved to out: out exists; \
         choose another --out or add --force; move the folder there yourself"
    );
    assert_eq!(fault, Fault::Failed);
    let kept = names(place.path());
    assert_eq!(kept.len(), 2);
    Results::open(&place.path().join(&kept[1])).expect("the kept folder is complete");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_files_have_the_usual_mode() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    write(&at("real"), false, TableFormat::Csv).unwrap();
    std::os::unix::fs::symlink(at("real"), at("link")).unwrap();
    write(&at("link"), true, TableFormat::Parquet).unwrap();
    assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
    assert_eq!(names(&at("real/tables")), ["every_kind.parquet"]);
    fs::write(at("plain"), "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(
        mode(&at("real/manifest.json")),
        mode(&at("plain")),
        "readable by whom the user says"
    );

    std::os::unix::fs::symlink(at("gone"), at("dangling")).unwrap();
    let (message, _) = told(
        &ResultsFolder::create(&at("dangling"), true).unwrap_err(),
        place.path(),
    );
    assert_eq!(
        message,
        "dangling: a link that leads nowhere; choose another --out"
    );
    let long = "x".repeat(300);
    let (message, _) = told(
        &ResultsFolder::create(&at(&long), false).unwrap_err(),
        place.path(),
    );
    assert_eq!(
        message,
        format!("{long}: the name is too long or not allowed; choose another --out")
    );
}

#[cfg(unix)]
#[test]
fn a_place_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let locked = place.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        return; // the superuser may write anywhere
    }
    let (message, fault) = told(
        &ResultsFolder::create(&locked.join("out"), false).unwrap_err(),
        place.path(),
    );
    assert_eq!(
        message,
        "locked/out: no permission to write there; choose another --out"
    );
    assert_eq!(fault, Fault::WrongInput);
}

#[test]
fn a_full_disk_is_named_and_is_no_fault_of_the_user() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let mut long = Table::new(&EVERY_KIND);
    for row in 0..10_000_u32 {
        long.push(&[row.into(), f64::from(row).into(), "a".into(), true.into()])
            .unwrap();
    }
    for problem in [
        parquet_file::write_file(full, &every_kind()).unwrap_err(),
        parquet_file::write_file(full, &long).unwrap_err(),
        csv_file::write_file(full, &every_kind()).unwrap_err(),
        csv_file::write_file(full, &long).unwrap_err(),
    ] {
        assert_eq!(
            problem.to_string(),
            "/dev/full: no space is left on the disk; free some, or choose an --out on another disk"
        );
        assert_eq!(problem.fault(), Fault::Failed);
    }
}

#[test]
fn what_is_not_a_results_folder_is_refused_in_words() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    let refused = |name: &str| told(&Results::open(&at(name)).unwrap_err(), place.path()).0;
    fs::write(at("file"), "x").unwrap();
    fs::create_dir(at("empty")).unwrap();
    assert_eq!(
        refused("gone"),
        "gone: no such folder; give the folder that `allies run` wrote"
    );
    assert_eq!(
        refused("file"),
        "file is not a results folder: it has no manifest.json; give the folder that `allies run` wrote"
    );
    assert_eq!(
        refused("empty"),
        "empty is not a results folder: it has no manifest.json; give the folder that `allies run` wrote"
    );
}

#[test]
fn a_table_that_is_gone_changed_or_garbled_is_refused_in_words() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    write(&target, false, TableFormat::Both).unwrap();
    let results = Results::open(&target).unwrap();
    let told = |problem: &Error| told(problem, place.path()).0;
    assert_eq!(
        told(&results.table(&WEEKLY).unwrap_err()),
        "out: table `weekly` is not there; run again with it, or restore the file"
    );
    let csv = target.join("tables/every_kind.csv");
    let text = fs::read_to_string(&csv).unwrap();
    fs::write(&csv, text.replace("-3,0.1", "-4,0.1")).unwrap();
    assert_eq!(results.changed_files(), ["tables/every_kind.csv"]);
    let forms = results.table_as_found(&EVERY_KIND).unwrap();
    assert_eq!(forms[0].1, every_kind());
    assert_eq!(
        super::super::compare::first_difference(&forms[1].1, &every_kind())
            .unwrap()
            .to_string(),
        "table `every_kind`, row 1, column `integer`: recorded -4, rerun -3"
    );
    fs::remove_file(target.join("tables/every_kind.parquet")).unwrap();
    assert_eq!(
        told(&results.table(&EVERY_KIND).unwrap_err()),
        "out/tables/every_kind.csv: changed since the run wrote it (its hash is another); restore \
         it or run again"
    );
    fs::write(&csv, text.replace("-3,0.1", "-3,zero")).unwrap();
    assert_eq!(
        told(&results.table_as_found(&EVERY_KIND).unwrap_err()),
        "out/tables/every_kind.csv, line 2: column `real` holds real, found \"zero\"; restore the \
         file or run again"
    );
    assert_eq!(EVERY_KIND.columns[1].kind, Kind::Real);
}
