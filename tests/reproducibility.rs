//! Every shipped scenario gives the same tables for any number of threads.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]
#![allow(
    clippy::print_stderr,
    reason = "a scenario that is left out must be seen"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use allies::experiment::run_once;
use allies::initialization::Imported;
use allies::model::read_import;
use allies::scenario::{Scenario, load};
use allies::units::{Headcount, Weeks, Years};

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

/// A scenario cut to a year, and the organisation it imports.
struct Short {
    scenario: Scenario,
    import: Option<Imported>,
}

/// A year of a scenario; years and people are cut so that the test takes moments. None when it imports
/// files that are not there.
fn short(path: &Path) -> Option<Short> {
    let loaded = load::<Scenario>(path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let base = path.parent().unwrap();
    if let Some(import) = &loaded.value.organisation.import
        && !(base.join(&import.employees).is_file() && base.join(&import.ties).is_file())
    {
        return None;
    }
    let import = read_import(&loaded, base).unwrap_or_else(|problems| panic!("{problems}"));
    let mut scenario = loaded.value;
    scenario.years = Years::new(1);
    scenario.burn_in = Weeks::new(12);
    let organisation = &mut scenario.organisation;
    if organisation.employees.get() > 3000 && organisation.departments.is_empty() {
        organisation.employees = Headcount::new(3000);
    }
    // what happens later happens within the year
    for (i, change) in scenario.restructurings.iter_mut().enumerate() {
        change.week = Weeks::new(10 + 5 * i as u32);
    }
    Some(Short { scenario, import })
}

/// Name and content hash of each table.
fn hashes(short: &Short, threads: usize) -> Vec<(&'static str, String)> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let never = AtomicBool::new(false);
    let run = || {
        run_once(
            short.scenario.clone(),
            short.import.as_ref(),
            &mut |_, _| {},
            &never,
        )
    };
    let finished = pool.install(run).unwrap();
    let tables = finished.recorder.tables();
    tables
        .map(|table| (table.spec().name, table.content_hash()))
        .to_vec()
}

#[test]
fn every_shipped_scenario_gives_the_same_tables_for_any_number_of_threads() {
    let mut tried = Vec::new();
    for path in shipped() {
        let name = path.file_name().unwrap().display().to_string();
        let Some(short) = short(&path) else {
            eprintln!("LEFT OUT: the files that {name} imports are not here");
            continue;
        };
        let one = hashes(&short, 1);
        assert_eq!(one.len(), allies::records::columns::ALL.len());
        for threads in [2, 3, 7] {
            assert_eq!(
                hashes(&short, threads),
                one,
                "{name} with {threads} threads"
            );
        }
        tried.push(name);
    }
    for always in [
        "baseline.toml",
        "consulting-firm.toml",
        "large-firm.toml",
        "small-import.toml",
    ] {
        assert!(
            tried.iter().any(|name| name == always),
            "{always} was not tried"
        );
    }
}

#[test]
fn another_seed_gives_other_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/consulting-firm.toml");
    let mut short = short(&path).unwrap();
    let one = hashes(&short, 2);
    short.scenario.seed += 1;
    for ((table, a), (_, b)) in one.iter().zip(&hashes(&short, 2)) {
        // the consultancy has no programme, so that table is empty
        assert!(
            a != b || *table == "programmes" && short.scenario.programmes.is_empty(),
            "{table} does not depend on the seed"
        );
    }
}
