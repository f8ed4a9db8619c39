//! Paired firms (same seed, one thing changed), what is read of them, and the bound that a difference must pass.

use crate::firms;
use allies::model::Model;
use allies::scenario::Scenario;
use allies::world::{Behaviour, Profile, Tie, World};
use rayon::prelude::*;

/// Firms of a comparison.
pub(crate) const SEEDS: u64 = 24;

/// A firm of 60 in departments of about 15, without burn-in noise: half a year, then a year that is read.
pub(crate) fn firm(seed: u64) -> Scenario {
    let mut scenario = firms::in_departments_of(15, firms::small(60, 1, 26, 900 + seed));
    // one place, so that only presence keeps people apart
    scenario.organisation.sites = vec!["here".to_owned()];
    for department in &mut scenario.organisation.departments {
        "here".clone_into(&mut department.site);
    }
    scenario
}

/// Mean of the paired differences `with - without`, in standard errors.
pub(crate) fn effect(
    without: impl Fn(&mut Scenario) + Sync,
    with: impl Fn(&mut Scenario) + Sync,
    of: impl Fn(Scenario) -> f64 + Sync,
) -> f64 {
    let differences: Vec<f64> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let (mut a, mut b) = (firm(seed), firm(seed));
            without(&mut a);
            with(&mut b);
            of(b) - of(a)
        })
        .collect();
    in_standard_errors(&differences)
}

pub(crate) fn in_standard_errors(differences: &[f64]) -> f64 {
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences
        .iter()
        .map(|d| (d - mean) * (d - mean))
        .sum::<f64>()
        / (n - 1.0);
    mean / (variance / n).sqrt().max(1e-12)
}

#[track_caller]
pub(crate) fn up(z: f64) {
    assert!(z > 4.0, "{z} standard errors");
}

#[track_caller]
pub(crate) fn down(z: f64) {
    assert!(z < -4.0, "{z} standard errors");
}

/// Sum of a reading over the weeks that are recorded.
pub(crate) fn over_the_year(scenario: Scenario, of: impl Fn(&World, &Model) -> f64) -> f64 {
    let mut sum = 0.0;
    firms::run(scenario, &mut |world, model| {
        if world.week >= 0 {
            sum += of(world, model);
        }
    });
    sum
}

/// A reading of the firm at the end.
pub(crate) fn at_the_end(scenario: Scenario, of: impl Fn(&World, &Model) -> f64) -> f64 {
    let (model, world) = firms::run(scenario, &mut |_, _| {});
    of(&world, &model)
}

/// Records about people who are still there: (holder, whom, record).
pub(crate) fn records(world: &World) -> Vec<(u32, u32, Tie)> {
    let mut found = Vec::new();
    for ego in world.employees.present() {
        for (_, alter, tie) in world.ties.row(ego).iter() {
            if tie.formed >= world.employees.profiles[alter as usize].hired {
                found.push((ego, alter, *tie));
            }
        }
    }
    found
}

pub(crate) fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (n, sum) = values
        .into_iter()
        .fold((0.0, 0.0), |(n, sum), v| (n + 1.0, sum + v));
    if n > 0.0 { sum / n } else { 0.0 }
}

pub(crate) fn share(part: f64, of: f64) -> f64 {
    if of > 0.0 { part / of } else { 0.0 }
}

pub(crate) fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (x, y) = (
        mean(pairs.iter().map(|p| p.0)),
        mean(pairs.iter().map(|p| p.1)),
    );
    let covariance = mean(pairs.iter().map(|p| (p.0 - x) * (p.1 - y)));
    let variance = |of: fn(&(f64, f64)) -> f64, middle: f64| {
        mean(pairs.iter().map(|p| (of(p) - middle) * (of(p) - middle)))
    };
    covariance
        / (variance(|p| p.0, x) * variance(|p| p.1, y))
            .sqrt()
            .max(1e-12)
}

pub(crate) fn weekly(world: &World, of: impl Fn(&allies::world::Week) -> f64) -> f64 {
    world
        .employees
        .present()
        .map(|slot| of(&world.employees.weeks[slot as usize]))
        .sum()
}

pub(crate) fn everyone_relates(scenario: &mut Scenario, behaviour: &Behaviour) {
    for strategy in scenario.strategies.values_mut() {
        *strategy = behaviour.clone();
    }
}

/// How highly managers hold their people: trust times closeness.
pub(crate) fn regard_of_managers(world: &World, model: &Model) -> f64 {
    mean(world.employees.present().filter_map(|slot| {
        let post = world.employees.profiles[slot as usize].post;
        let manager = world.organisation.manager_of(post)?;
        Some(world.tie(manager, slot).map_or(0.0, |tie| {
            f64::from(tie.trust * model.fading().closeness(tie, world.week))
        }))
    }))
}

/// Mean over everyone of what is seen of them.
pub(crate) fn mean_of(world: &World, of: impl Fn(&Profile) -> f32) -> f64 {
    let everyone = world.employees.present();
    mean(everyone.map(|slot| f64::from(of(&world.employees.profiles[slot as usize]))))
}
