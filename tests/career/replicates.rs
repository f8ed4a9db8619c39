//! Firms of some years, three replicates of each, and the order in which they must stand.

use crate::firms::{in_departments_of, small};
use allies::scenario::Scenario;
use allies::world::World;

/// 240 people in departments of 30 over some years.
pub(crate) fn firm(years: u32, seed: u64) -> Scenario {
    let mut scenario = in_departments_of(30, small(240, years, 52, seed));
    scenario.records.ties = false;
    scenario
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    assert!(!values.is_empty(), "nothing to average");
    values.iter().sum::<f64>() / values.len() as f64
}

pub(crate) fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (mx, my) = (mean(&x), mean(&y));
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|&(a, b)| f(a, b)).sum::<f64>();
    let both = sum(&|a, b| (a - mx) * (b - my));
    both / (sum(&|a, _| (a - mx) * (a - mx)) * sum(&|_, b| (b - my) * (b - my))).sqrt()
}

/// Asserts that each replicate of the one exceeds its twin of the other.
#[track_caller]
pub(crate) fn all_above(more: &[f64], less: &[f64]) {
    assert!(
        more.iter().zip(less).all(|(a, b)| a > b),
        "{more:?} {less:?}"
    );
}

/// Runs three replicates.
pub(crate) fn replicates(of: impl Fn(u64) -> f64) -> Vec<f64> {
    (1..=3).map(of).collect()
}

pub(crate) fn every_year(world: &World) -> bool {
    world.week >= 0 && world.week % 52 == 51
}
