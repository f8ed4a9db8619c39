//! Parameter regions in which another way of relating than the authentic one comes out ahead.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use allies::scenario::{Scenario, load};
use allies::units::{Weeks, Years};
use allies::validation::observe::{Look, observe};

/// Promotions a person-year by strategy, one row a seed: authentic, isolated, transactional.
fn rates(file: &str, seeds: u64) -> Vec<[f64; 3]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios/regions")
        .join(file);
    (1..=seeds)
        .map(|seed| {
            let mut scenario = load::<Scenario>(&path, &[]).unwrap().value;
            scenario.seed = seed;
            scenario.years = Years::new(6);
            scenario.burn_in = Weeks::new(104);
            let seen = observe(
                scenario,
                Look {
                    traced: 0,
                    spells: false,
                },
            );
            assert_eq!(seen.strategies, ["authentic", "isolated", "transactional"]);
            [0, 1, 2].map(|strategy| {
                let (promotions, years) = seen.promotions_of(Some(strategy));
                promotions / years
            })
        })
        .collect()
}

/// Mean difference of two strategies over seeds in standard errors.
fn lead(rates: &[[f64; 3]], winner: usize, other: usize) -> f64 {
    let gaps: Vec<f64> = rates.iter().map(|r| r[winner] - r[other]).collect();
    let n = gaps.len() as f64;
    let mean = gaps.iter().sum::<f64>() / n;
    let variance = gaps.iter().map(|g| (g - mean) * (g - mean)).sum::<f64>() / (n - 1.0);
    mean / (variance / n).sqrt()
}

#[test]
fn isolation_wins_where_only_the_own_output_counts() {
    let rates = rates("isolation-wins.toml", 12);
    for other in [0, 2] {
        let lead = lead(&rates, 1, other);
        assert!(
            lead > 3.0,
            "ahead of {other} by {lead:.1} standard errors only"
        );
    }
}

#[test]
fn transaction_wins_where_panels_go_by_whom_they_know_and_doors_above_are_open() {
    let rates = rates("transaction-wins.toml", 12);
    for other in [0, 1] {
        let lead = lead(&rates, 2, other);
        assert!(
            lead > 3.0,
            "ahead of {other} by {lead:.1} standard errors only"
        );
    }
}
