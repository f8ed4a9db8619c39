//! Fifty years: means of ties, trust, reputation, influence and friendship neither drift, freeze nor explode.

use super::super::fact::{Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person};
use crate::measures::regression::least_squares;

/// Years after which the firm has to be stationary.
const SETTLED: usize = 10;

/// The facts.
pub fn facts() -> Vec<Fact> {
    let drift = |what, measure: fn(&Observed) -> Option<Sums>| {
        fact(
            "long",
            what,
            Kind::Identity,
            "sanity",
            (-0.05, 0.05),
            Measure::Long(measure),
        )
    };
    let swing = |what, measure: fn(&Observed) -> Option<Sums>| {
        fact(
            "long",
            what,
            Kind::Identity,
            "sanity",
            (1.001, 1.25),
            Measure::Long(measure),
        )
    };
    vec![
        drift("drift of the mean number of ties over the run", |o| {
            once(drift_of(o, |p| p.ties)?)
        }),
        drift("drift of mean trust", |o| once(drift_of(o, |p| p.trust)?)),
        drift("drift of mean reputation", |o| {
            once(drift_of(o, |p| p.reputation)?)
        }),
        drift("drift of mean influence", |o| {
            once(drift_of(o, |p| p.influence)?)
        }),
        drift("drift of the mean strength of friendship", |o| {
            once(drift_of(o, |p| p.friendship)?)
        }),
        swing("largest over smallest yearly mean of ties", |o| {
            once(swing_of(o, |p| p.ties)?)
        }),
        swing("largest over smallest yearly mean of trust", |o| {
            once(swing_of(o, |p| p.trust)?)
        }),
        swing("largest over smallest yearly mean of influence", |o| {
            once(swing_of(o, |p| p.influence)?)
        }),
        fact(
            "long",
            "pairs of the last quarters seen in the next: ties still come and go",
            Kind::Identity,
            "sanity",
            (0.2, 0.9),
            Measure::Long(|o| {
                let n = o.quarters.len();
                let keys = |q: usize| o.pairs(q..q + 1).into_keys().collect::<Vec<_>>();
                once(crate::measures::observed::survival(
                    &keys(n - 2),
                    &keys(n - 1),
                )?)
            }),
        ),
    ]
}

/// Yearly means once the firm has settled.
pub fn yearly(o: &Observed, of: impl Fn(&Person) -> f64) -> Vec<f64> {
    o.years
        .iter()
        .skip(SETTLED.min(o.years.len() / 2))
        .map(|year| year.iter().map(&of).sum::<f64>() / year.len() as f64)
        .collect()
}

/// Change along the fitted line from the first to the last year, relative to the mean.
pub fn drift_of(o: &Observed, of: impl Fn(&Person) -> f64) -> Option<f64> {
    let means = yearly(o, of);
    let years: Vec<Vec<f64>> = (0..means.len()).map(|year| vec![year as f64]).collect();
    let slope = least_squares(&years, &means)?[1];
    let mean = means.iter().sum::<f64>() / means.len() as f64;
    Some(slope * (means.len() - 1) as f64 / mean)
}

/// Largest over smallest yearly mean.
pub fn swing_of(o: &Observed, of: impl Fn(&Person) -> f64) -> Option<f64> {
    let means = yearly(o, of);
    let most = means.iter().copied().fold(0.0, f64::max);
    let least = means.iter().copied().fold(f64::INFINITY, f64::min);
    (least > 0.0).then(|| most / least)
}
