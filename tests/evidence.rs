//! The firm of the defaults against the evidence, by the facts of `allies validate`: no fact is measured here.
//!
//! What `allies validate` judges with many seeds is held here with few, so that a change that moves the firm is seen at
//! once. `cargo test --release --test evidence -- --nocapture` prints the lines.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::AtomicBool;

use allies::validation::fact::{Kind, Measure};
use allies::validation::{Finding, Runs, Suite, report, validate};

/// Facts that are known to lie outside their band: (id, what). One that comes in fails the test too, so that the list
/// stays true. A fact whose interval over the few seeds crosses an end of its band is not decided here.
const MISSES: [(&str, &str); 0] = [];

const fn runs(people: u32, years: u32, seeds: u64) -> Runs {
    Runs {
        people,
        years,
        seeds,
    }
}

/// What a small suite finds; conditions without seeds are not run.
fn find(firms: Vec<Runs>, long: Runs) -> Vec<Finding> {
    let suite = Suite {
        firms,
        contrasts: runs(120, 5, 0),
        long,
        published: runs(160, 100, 0),
        ..Suite::quick()
    };
    let never = AtomicBool::new(false);
    validate(&suite, 2, &|_, _| {}, &never).unwrap()
}

#[test]
#[allow(clippy::print_stdout)] // the table is for people
fn the_default_firm_lies_within_the_calibration_bands_but_for_known_misses() {
    // a firm of a thousand is needed for its shape alone, which a few years show
    let firms = vec![runs(150, 20, 3), runs(500, 20, 3), runs(1000, 4, 2)];
    let mut findings = find(firms, runs(120, 20, 0));
    findings.retain(|f| {
        let is_judged = matches!(f.fact.kind, Kind::Calibrated | Kind::Identity);
        is_judged && matches!(f.fact.measure, Measure::Firm(_))
    });
    assert!(findings.len() > 35, "{} facts", findings.len());
    println!("{}", report::lines(&findings));
    for miss in MISSES {
        let is_there = findings.iter().any(|f| (f.fact.id, f.fact.what) == miss);
        assert!(is_there, "no such fact: {miss:?}");
    }
    let decided = findings.iter().filter(|f| f.is_clear()).count();
    assert!(decided > 25, "too few seeds: {decided} decided");
    let is_known = |f: &Finding| MISSES.contains(&(f.fact.id, f.fact.what));
    findings.retain(|f| f.holds().is_none() || f.is_clear() && f.holds() == Some(is_known(f)));
    assert!(
        findings.is_empty(),
        "in or out against what is known:\n{}",
        report::lines(&findings)
    );
}

#[test]
#[allow(clippy::print_stdout)] // the table is for people
fn over_fifty_years_the_firm_neither_drifts_nor_freezes_nor_explodes() {
    let mut findings = find(Vec::new(), runs(250, 50, 4));
    findings.retain(|f| matches!(f.fact.measure, Measure::Long(_)));
    assert_eq!(findings.len(), 9);
    println!("{}", report::lines(&findings));
    for f in &findings {
        let found = f.judged().unwrap();
        // few seeds: what the interval over seeds cannot tell from the band is no drift, if the interval tells anything
        assert!(
            f.holds() == Some(true) || !f.is_clear(),
            "{}: {found:?}",
            f.fact.what
        );
        assert!(
            found.upper - found.lower < 0.3,
            "{}: too few seeds to tell: {found:?}",
            f.fact.what
        );
    }
}
