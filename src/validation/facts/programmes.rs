//! HR programmes, estimated like trials: those drawn against those not drawn.

use std::collections::BTreeMap;

use super::super::conditions::Condition;
use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person};

/// Panel at the end of the programmes, which run over the second year.
const END: usize = 2;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, Direction, HeldOut};
    use Measure::{Contrast, Not};
    let ratio = Combine::RatioOfRatios;
    vec![
        fact(
            "E84",
            "promotions in the two years from the start of mentoring, drawn less not drawn [d]",
            HeldOut,
            "V-abs; values M-med",
            (0.1, 0.6),
            Contrast(Condition::Mentored, Condition::Default, |o, _| {
                let before: BTreeMap<u32, f64> = o.years[END - 1]
                    .iter()
                    .map(|p| (p.id, p.promotions))
                    .collect();
                effect(o, END + 1, |p| Some(p.promotions - before.get(&p.id)?))
            }),
        ),
        fact(
            "E86",
            "part of it that is left with ability and tenure controlled",
            HeldOut,
            "V-abs",
            (0.0, 0.5),
            Not("the programme is drawn by lot, so there is no selection to control for"),
        ),
        fact(
            "E88",
            "ties at the end of mentoring, drawn over not drawn",
            HeldOut,
            "V-abs; sizes unknown",
            (1.01, 3.0),
            Contrast(Condition::Mentored, Condition::Default, |o, _| {
                Some(drawn(o, END, |p| Some(p.ties)))
            }),
        )
        .combined(ratio),
        fact(
            "E89",
            "hours of networking in the year of training, drawn less not drawn [sd]",
            Calibrated,
            "V-abs",
            (0.2, 0.5),
            Contrast(Condition::Trained, Condition::Default, |o, _| {
                effect(o, END, |p| Some(p.hours))
            }),
        ),
        fact(
            "E89",
            "the same two years later: it fades [sd]",
            Direction,
            "V-abs",
            (-0.2, 0.2),
            Contrast(Condition::Trained, Condition::Default, |o, _| {
                effect(o, END + 2, |p| Some(p.hours))
            }),
        ),
        fact(
            "E90",
            "output of the less competent half in the year of pairing, drawn over not drawn",
            HeldOut,
            "V-abs",
            (1.05, 1.2),
            Contrast(Condition::Paired, Condition::Default, |o, _| {
                Some(drawn(o, END, |p| (p.competence < 0.0).then_some(p.output)))
            }),
        )
        .combined(ratio),
        fact(
            "E91",
            "ties formed by random pairs that met over others",
            HeldOut,
            "V-abs",
            (1.3, 2.0),
            Not("who met whom in a round is not recorded, only who took part"),
        ),
        fact(
            "E94",
            "ties to other departments at the end of the year of rotation, drawn over not drawn",
            Direction,
            "M-med",
            (1.01, f64::INFINITY),
            Contrast(Condition::Rotated, Condition::Default, |o, _| {
                Some(drawn(o, END, |p| Some(p.across)))
            }),
        )
        .combined(ratio),
    ]
}

/// Whether each enrolled person of a panel was drawn, with a value.
fn arms(o: &Observed, year: usize, of: impl Fn(&Person) -> Option<f64>) -> Vec<(bool, f64)> {
    let drawn: BTreeMap<u32, bool> = o.enrolled.iter().map(|&(_, id, is)| (id, is)).collect();
    o.years.get(year).map_or_else(Vec::new, |people| {
        people
            .iter()
            .filter_map(|p| Some((*drawn.get(&p.id)?, of(p)?)))
            .collect()
    })
}

/// Sums of those drawn and of those not drawn.
fn drawn(o: &Observed, year: usize, of: impl Fn(&Person) -> Option<f64>) -> Sums {
    let mut sums = [0.0; 4];
    for (is, value) in arms(o, year, of) {
        let at = if is { 0 } else { 2 };
        sums[at] += value;
        sums[at + 1] += 1.0;
    }
    sums
}

/// Difference of the means in standard deviations of those not drawn.
fn effect(o: &Observed, year: usize, of: impl Fn(&Person) -> Option<f64>) -> Option<Sums> {
    let arms = arms(o, year, of);
    let mean = |which: bool| {
        let values: Vec<f64> = arms.iter().filter(|a| a.0 == which).map(|a| a.1).collect();
        (values.iter().sum::<f64>() / values.len() as f64, values)
    };
    let ((treated, _), (control, values)) = (mean(true), mean(false));
    let n = values.len() as f64;
    let variance = values
        .iter()
        .map(|v| (v - control) * (v - control))
        .sum::<f64>()
        / (n - 1.0);
    once((treated - control) / variance.sqrt())
}
