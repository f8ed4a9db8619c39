//! What must hold in every week of every firm: random valid scenarios, random switches, restructurings of every kind.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod drawn;
#[path = "../firms/mod.rs"]
mod firms;
mod watch;

use drawn::{Drawn, Planned, drawn, scenario};
use proptest::prelude::*;
use watch::Watch;

fn check(drawn: &Drawn) {
    let mut watch = Watch::default();
    firms::run(scenario(drawn), &mut |world, model| {
        watch.observe(world, model);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_firm_is_sound_in_every_week(drawn in drawn()) {
        check(&drawn);
    }
}

#[test]
fn every_kind_of_restructuring_leaves_a_sound_firm_at_every_share() {
    for kind in 0..7 {
        for (i, share) in [None, Some(0.0), Some(0.3), Some(1.0)]
            .into_iter()
            .enumerate()
        {
            let planned = (0..3)
                .map(|n| Planned {
                    kind,
                    week: 10 + 12 * n,
                    department: n as usize,
                    other: 1,
                    level: 2,
                    whole_firm: n == 2,
                    share,
                })
                .collect();
            check(&Drawn {
                employees: 60,
                department_size: 15,
                years: 1,
                burn_in: 4,
                seed: i as u64,
                off: Vec::new(),
                planned,
                random_rate: 0.0,
                dismissed: 0.4,
                turnover: 1.0,
            });
        }
    }
}

#[test]
fn the_smallest_firms_live() {
    for employees in 8..=14 {
        for seed in 0..3 {
            check(&Drawn {
                employees,
                department_size: 6,
                years: 2,
                burn_in: 5,
                seed,
                off: Vec::new(),
                planned: Vec::new(),
                random_rate: 1.5,
                dismissed: 0.5,
                turnover: 3.0,
            });
        }
    }
}
