//! The real organisations beside the firm: what is measured of their data is what is published of them, and the same
//! code has a value for the simulated side.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use allies::initialization::import::{ColumnMap, OrganisationFiles};
use allies::scenario::Scenario;
use allies::validation::organisations::{
    Measured, Network, ORGANISATIONS, Organisation, compare, measures,
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The shared data: beside the project, or where ALLIES_SHARED_DATA says.
fn data() -> PathBuf {
    std::env::var_os("ALLIES_SHARED_DATA")
        .map_or_else(|| root().join("../shared/data"), PathBuf::from)
}

/// Measures of a real organisation; none, and loudly so, when it is not here.
#[allow(clippy::print_stderr)] // a test that skips must say so
fn real(folder: &str) -> Option<(Organisation, Vec<Measured>)> {
    let organisation = *ORGANISATIONS.iter().find(|o| o.folder == folder).unwrap();
    match organisation.read(&data()) {
        Ok(import) => Some((organisation, measures(&organisation.real(&import)))),
        Err(why) => {
            eprintln!("{why}; put it there or set ALLIES_SHARED_DATA");
            assert!(why.starts_with("SKIPPED: no data"), "{why}");
            None
        }
    }
}

/// A value, to two decimals: published ones have no more.
fn shown(measured: &[Measured], layer: &str, what: &str) -> f64 {
    let found = measured
        .iter()
        .find(|m| m.layer == layer && m.what.starts_with(what));
    (100.0 * found.unwrap().value.unwrap()).round() / 100.0
}

#[test]
fn the_law_firm_is_measured_as_it_is_published() {
    let Some((_, measured)) = real("lazega-law-firm") else {
        return;
    };
    // names a person and transitivity: E47 and E45
    for (layer, names, transitivity) in [
        ("advice", 12.56, 0.48),
        ("friendship", 8.10, 0.45),
        ("cowork", 15.55, 0.45),
    ] {
        assert_eq!(shown(&measured, layer, "names a person"), names, "{layer}");
        let found = shown(&measured, layer, "transitivity");
        assert_eq!(found, transitivity, "{layer}");
    }
}

#[test]
fn the_managers_and_the_trace_are_measured_as_they_are_published() {
    if let Some((_, measured)) = real("krackhardt-high-tech") {
        assert_eq!(shown(&measured, "friendship", "transitivity"), 0.47);
        // 190 and 102 arcs of 21 managers
        assert_eq!(shown(&measured, "advice", "names a person"), 9.05);
        assert_eq!(shown(&measured, "friendship", "names a person"), 4.86);
    }
    if let Some((_, measured)) = real("enron-email") {
        assert_eq!(
            shown(&measured, "email", "share of contacts with one's top"),
            0.75
        );
    }
}

#[test]
fn every_measure_has_a_value_on_both_sides() {
    let never = AtomicBool::new(false);
    let comparisons = compare(&data(), &Scenario::default(), 2, 2, &never).unwrap();
    assert_eq!(comparisons.len(), ORGANISATIONS.len());
    for comparison in comparisons {
        let name = comparison.organisation.name;
        let Ok(lines) = comparison.lines else {
            assert!(real(comparison.organisation.folder).is_none(), "{name}");
            continue;
        };
        assert!(lines.len() >= 9, "{name}");
        for line in lines {
            let site = line.what.contains("site");
            // who has no sites, or no ranks that lead down, has no value on either side
            assert!(line.real.is_some() || site, "{name}: {line:?}");
            assert_eq!(
                line.real.is_some(),
                line.simulated.is_some(),
                "{name}: {line:?}"
            );
        }
    }
}

#[test]
fn an_absent_organisation_is_skipped_and_says_so() {
    let never = AtomicBool::new(false);
    let nowhere = root().join("no such folder");
    for comparison in compare(&nowhere, &Scenario::default(), 1, 1, &never).unwrap() {
        let why = comparison.lines.unwrap_err();
        assert!(why.starts_with("SKIPPED: no data in"), "{why}");
    }
}

#[test]
fn a_written_organisation_is_measured_by_hand() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("four-people");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let employees = write(
        "employees.csv",
        "id,department,level,site\na,x,low,n\nb,x,high,n\nc,y,low,s\nd,y,low,n\n",
    );
    let ties = write(
        "ties.csv",
        "source,target,layer\na,b,advice\nb,a,advice\na,c,advice\nc,b,advice\na,b,friendship\nd,a,friendship\n",
    );
    let files = OrganisationFiles::read(&employees, &ties, &ColumnMap::default()).unwrap();
    let network = Network::of_files(&files, &["advice", "friendship"], &["low", "high"]);
    let measured = measures(&network);
    // advice: a-b both ways, a to c, c to b: a triangle; up a-b and c-b, down b-a, level a-c
    for (what, value) in [
        ("names a person gives", 1.0),
        ("reciprocity", 0.5),
        ("transitivity", 1.0),
        ("transitivity over density", 2.0),
        ("share that leads up", 0.5),
        ("share that leads down", 0.25),
        ("share within departments", 0.5),
        // 2 of 4 ordered pairs inside, 2 of 8 across
        ("chance of a name inside", 2.0),
    ] {
        assert_eq!(shown(&measured, "advice", what), value, "{what}");
    }
    // a-b on both of five named pairs
    assert_eq!(shown(&measured, "advice and friendship", "overlap"), 0.2);
}
