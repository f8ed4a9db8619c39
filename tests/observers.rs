//! The two observers of a run: what they see, and that it makes no difference whether they look.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod firms;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use allies::experiment::run_once;
use allies::records::Table;
use allies::scenario::Scenario;
use allies::units::{Few, Weeks};

/// A table, and a change of a scenario that it shows.
type Move = (&'static str, fn(&mut Scenario));

/// Content hashes by table.
fn tables(scenario: Scenario) -> BTreeMap<&'static str, (usize, String)> {
    let never = AtomicBool::new(false);
    let finished = run_once(scenario, None, &mut |_, _| {}, &never).unwrap();
    finished
        .recorder
        .tables()
        .iter()
        .map(|t| (t.spec().name, (t.len(), t.content_hash())))
        .collect()
}

fn watched() -> Scenario {
    firms::in_departments_of(20, firms::small(80, 2, 52, 3))
}

#[test]
fn switching_the_observers_off_changes_nothing_else() {
    let mut unwatched = watched();
    unwatched.records.survey = false;
    unwatched.records.trace = false;
    let (on, off) = (tables(watched()), tables(unwatched));
    for (name, table) in &on {
        if ["survey", "trace"].contains(name) {
            assert!(table.0 > 100, "{name} is there");
            assert_eq!(off[name].0, 0, "{name} is not there");
        } else {
            assert_eq!(*table, off[name], "{name}");
        }
    }
}

#[test]
fn a_firm_above_the_limit_of_size_is_not_surveyed() {
    let mut large = watched();
    large.records.observed_hundreds = Few::new(0);
    let seen = tables(large);
    assert_eq!((seen["survey"].0, seen["trace"].0), (0, 0));
}

#[test]
fn each_parameter_of_the_observers_changes_what_they_see() {
    let base = tables(watched());
    let moves: [Move; 6] = [
        ("survey", |s| {
            s.records.survey_names = Few::new(2);
        }),
        ("survey", |s| {
            s.records.survey_from = allies::units::Strength::new(0.4);
        }),
        ("survey", |s| {
            s.records.survey_noise = allies::units::Strength::new(0.2);
        }),
        ("survey", |s| {
            s.records.survey_forgets = allies::units::Probability::new(0.9);
        }),
        ("trace", |s| {
            s.records.trace_window = Weeks::new(4);
        }),
        ("trace", |s| {
            s.records.trace_last = Weeks::new(26);
        }),
    ];
    for (table, change) in moves {
        let mut scenario = watched();
        change(&mut scenario);
        let moved = tables(scenario);
        assert_ne!(moved[table], base[table], "{table}");
    }
}

#[test]
fn a_trace_of_the_whole_run_adds_up_to_the_contacts_of_its_weeks() {
    let mut scenario = watched();
    scenario.records.trace_last = Weeks::new(104);
    let never = AtomicBool::new(false);
    let finished = run_once(scenario, None, &mut |_, _| {}, &never).unwrap();
    let tables = finished.recorder.tables();
    let sum = |name: &str, column: &str| -> i64 {
        let table: &&Table = tables.iter().find(|t| t.spec().name == name).unwrap();
        let column = table.spec().column_index(column).unwrap();
        (0..table.len())
            .filter_map(|row| table.integer(row, column))
            .sum()
    };
    assert_eq!(sum("trace", "contacts"), sum("weekly", "contacts"));
    assert_eq!(
        sum("trace", "contacts"),
        sum("trace", "in_person") + sum("trace", "video") + sum("trace", "written")
    );
    assert!(sum("trace", "formal") < sum("trace", "contacts"));
}
