//! Firms with one programme, and the bound that a difference must pass.

use std::collections::BTreeMap;

use crate::firms::{in_departments_of, run, small};
use allies::interventions::{Kind, Programme};
use allies::model::Model;
use allies::scenario::Scenario;
use allies::units::{Hours, Share, Weeks};
use allies::world::{Enrolment, World};

/// A firm of several departments over one year, with one programme from week 0.
pub(crate) fn firm(seed: u64, kind: Kind, weeks: u32) -> Scenario {
    let mut scenario = in_departments_of(15, small(120, 1, 40, seed));
    scenario.programmes = vec![Programme {
        kind,
        weeks: Weeks::new(weeks),
        coverage: Share::new(0.5),
        hours: Hours::new(0.5),
        ..Programme::default()
    }];
    scenario
}

/// Mean, and standard error of the mean.
pub(crate) fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[track_caller]
pub(crate) fn is_more(what: &str, differences: &[f64]) {
    let (mean, error) = mean(differences);
    assert!(
        mean > 3.0 * error && mean > 0.0,
        "{what}: {mean} +- {error}: {differences:?}"
    );
}

/// Difference between those drawn and those not, in the sum of `measure` over the weeks from `from` on.
pub(crate) fn trial(
    scenario: Scenario,
    from: i32,
    measure: impl Fn(&World, &Model, u32) -> f64,
) -> f64 {
    let mut drawn: Vec<Enrolment> = Vec::new();
    let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
    run(scenario, &mut |world, model| {
        drawn.extend(world.happenings.enrolments.iter().cloned());
        if world.week < from {
            return;
        }
        for slot in world.employees.present() {
            let id = world.employees.profiles[slot as usize].id;
            *sums.entry(id).or_default() += measure(world, model, slot);
        }
    });
    assert!(drawn.len() > 20, "{} were eligible", drawn.len());
    let of = |treated: bool| {
        let values: Vec<f64> = drawn
            .iter()
            .filter(|e| e.treated == treated)
            .filter_map(|e| sums.get(&e.employee).copied())
            .collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    of(true) - of(false)
}

/// Active ties of a person that `counts` accepts: (own slot, other's slot).
pub(crate) fn ties(world: &World, slot: u32, counts: impl Fn(u32, u32) -> bool) -> f64 {
    let row = world.ties.row(slot);
    let active = row.iter().filter(|(at, alter, _)| {
        i32::from(row.active_until[*at]) >= world.week
            && world.tie(slot, *alter).is_some()
            && counts(slot, *alter)
    });
    active.count() as f64
}

pub(crate) fn ties_elsewhere(world: &World, _: &Model, slot: u32) -> f64 {
    let department = |slot: u32| world.employees.profiles[slot as usize].department;
    ties(world, slot, |a, b| department(a) != department(b))
}
