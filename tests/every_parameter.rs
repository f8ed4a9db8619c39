//! No parameter is dead: each number and each switch of the baseline changes the tables of some firm when it is moved.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use allies::experiment::run_once;
use allies::scenario::{Entry, Scenario, entries, load_text};
use rayon::prelude::*;

/// A firm in which everything happens: programmes, restructurings, personas, two sites.
const FIRM: &str = include_str!("fixtures/eventful.toml");

/// A firm whose departments are not listed.
const PLAIN: &str = "years = 1\nburn_in = 8\n[organisation]\nemployees = 60\n";

/// Firms and what each needs for the parameters that have nothing to do by default, small ones first. A parameter has to
/// change one of them.
const FIRMS: &[(&str, &[&str])] = &[
    (FIRM, &[]),
    (PLAIN, &[]),
    // rules that are off or neutral by default
    (
        FIRM,
        &[
            "organisation.employees=80",
            "years=3",
            "burn_in=30",
            "learning.enabled=true",
            "enforcement.share=0.3",
            "fit.carried_over=0.5",
            "fit.jitter=0.1",
            "capacity.places=12",
            "restructuring.yearly_rate=1",
            "review.outside=1",
            "review.reserved=1",
            "interventions.virtual_coffee.learns=0.1",
            "exit.dismissal=0.2",
        ],
    ),
    // what is read only when a rule is off or a choice is another
    (
        FIRM,
        &[
            "organisation.employees=80",
            "years=3",
            "exchange.enabled=false",
            "hiring.ages=normal",
            "vacancies.chooses=best",
            "vacancies.random_share=0.3",
            "hiring.office=0.3",
        ],
    ),
    // long enough to retire, to be remote, to be overtaken; large enough to sample paths from some people only
    (
        FIRM,
        &[
            "organisation.employees=300",
            "years=8",
            "burn_in=104",
            "vacancies.demoted=0.5",
            "records.exact_hundreds=0",
        ],
    ),
];

/// Parameters that change no table, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// Values to move a parameter to: another of each kind that its range allows, the nearest first.
fn moves(entry: &Entry) -> Vec<String> {
    let default = entry.default.clone().unwrap_or_default();
    if entry.expected == "true or false" {
        return vec![(default != "true").to_string()];
    }
    let Some((_, range)) = entry.expected.split_once(" between ") else {
        return Vec::new();
    };
    let (lowest, highest) = range.split_once(" and ").unwrap();
    let number = |text: &str| text.replace('_', "").parse::<f64>().ok();
    let (Some(low), Some(high)) = (number(lowest), number(highest)) else {
        return Vec::new();
    };
    let is_real = default.contains('.');
    let now = number(&default).unwrap_or(low);
    let targets = [
        now * 1.5 + 0.1,
        now * 0.5,
        now * 3.0 + 1.0,
        now + 1.0,
        now - 1.0,
        high,
        low,
    ];
    let mut all: Vec<String> = Vec::new();
    for x in targets {
        let x = x.clamp(low, high);
        let text = if is_real {
            format!("{x:?}")
        } else {
            format!("{}", x.round() as i64)
        };
        if number(&text) != Some(now) && !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

/// Hashes of the tables of a firm with some settings; none when a rule across sections refuses them.
fn tables(firm: &str, sets: &[String]) -> Option<Vec<String>> {
    let loaded = match load_text::<Scenario>(Path::new("firm.toml"), firm.to_owned(), sets) {
        Ok(loaded) => loaded,
        Err(problems) if problems.to_string().contains("error[inconsistent]") => return None,
        Err(problems) => panic!("{sets:?}: {problems}"),
    };
    let never = AtomicBool::new(false);
    let finished = run_once(loaded.value, None, &mut |_, _| {}, &never).unwrap();
    let tables = finished.recorder.tables();
    Some(tables.iter().map(|t| t.content_hash()).collect())
}

/// The parameters: paths of all numbers and switches outside lists and imports.
fn parameters() -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for entry in entries::<Scenario>() {
        // a longer or larger firm is another firm
        let trivial = ["organisation.employees", "years", "burn_in", "seed"];
        let path = entry.path.clone();
        if !entry.is_parameter
            || path.contains('[')
            || path.starts_with("organisation.import")
            || trivial.contains(&&*path)
        {
            continue;
        }
        let values = moves(&entry);
        if values.is_empty() {
            continue;
        }
        for strategy in ["authentic", "transactional", "isolated"] {
            let own = path.replace("strategies.<name>", &format!("strategies.{strategy}"));
            if !own.contains('<') && !all.iter().any(|(known, _)| *known == own) {
                all.push((own, values.clone()));
            }
        }
    }
    all
}

#[test]
fn every_number_and_every_switch_changes_the_tables_when_moved() {
    let mut left = parameters();
    assert!(left.len() > 250, "{} parameters found", left.len());
    for (path, why) in EXCEPTIONS {
        assert!(
            left.iter().any(|(known, _)| known == path),
            "{path} ({why}) is none"
        );
    }
    for (firm, sets) in FIRMS {
        // most change something at the first move; only the last firms try every value
        let tried = if sets.is_empty() { 2 } else { usize::MAX };
        let given: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        let base = tables(firm, &given).unwrap();
        left = left
            .into_par_iter()
            .filter(|(path, values)| {
                !values.iter().take(tried).any(|value| {
                    let mut sets = given.clone();
                    sets.retain(|set| !set.starts_with(&format!("{path}=")));
                    sets.push(format!("{path}={value}"));
                    tables(firm, &sets).is_some_and(|moved| moved != base)
                })
            })
            .collect();
    }
    let unmoved: BTreeSet<&str> = left.iter().map(|(path, _)| path.as_str()).collect();
    let excepted: BTreeSet<&str> = EXCEPTIONS.iter().map(|(path, _)| *path).collect();
    assert_eq!(unmoved, excepted, "change nothing, against those known to");
}
