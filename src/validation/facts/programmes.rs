//! HR programmes, estimated like trials: those drawn against those not drawn; and mentors whom nobody assigned, as
//! observational studies see them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::conditions::Condition;
use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person};
use super::promotion::promoted_within;
use crate::measures::regression::least_squares;

/// Panel at the end of the programmes, which run over the second year.
const END: usize = 2;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, Direction, HeldOut, Hypothesis};
    use Measure::{Contrast, Firm};
    let ratio = Combine::RatioOfRatios;
    vec![
        fact(
            "E84",
            "promoted within two years, people with a mentor less those without [d]",
            HeldOut,
            "V-abs; values M-med",
            (0.1, 0.6),
            Firm(|o| {
                let (mentored, promoted, _) = mentored(o);
                once(cohen(&mentored, &promoted)?)
            }),
        ),
        fact(
            "E84t",
            "promotions in the two years from the start of formal mentoring, drawn less not drawn [d]",
            Hypothesis,
            "none",
            (f64::NEG_INFINITY, f64::INFINITY),
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
            "slope of promotion on having a mentor, ability and tenure equal over not",
            HeldOut,
            "V-abs",
            (0.0, 0.5),
            Firm(selection),
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
            "E88",
            "ties to higher levels at the end of mentoring, drawn over not drawn",
            HeldOut,
            "V-abs; sizes unknown",
            (1.01, 3.0),
            Contrast(Condition::Mentored, Condition::Default, |o, _| {
                Some(drawn(o, END, |p| Some(p.above)))
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
                // by the competence of before: who has learnt may no longer be of the less competent half
                let before: BTreeMap<u32, f64> = o.years[END - 1]
                    .iter()
                    .map(|p| (p.id, p.competence))
                    .collect();
                Some(drawn(o, END, |p| (*before.get(&p.id)? < 0.0).then_some(p.output)))
            }),
        )
        .combined(ratio),
        fact(
            "E91",
            "contact sought within a year by pairs of two departments without any before, met once over not met",
            HeldOut,
            "V-abs",
            (1.3, 2.0),
            Contrast(Condition::Introduced, Condition::Default, |o, _| {
                Some(exposure(o))
            }),
        )
        .combined(ratio),
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

/// Everyone below the top at every second year's end: whether a mentor is there, whether promotion came within two years,
/// and the person.
fn mentored(o: &Observed) -> (Vec<bool>, Vec<f64>, Vec<&Person>) {
    let top = o.levels.len() as u8 - 1;
    let (mut has, mut hits, mut people) = (vec![], vec![], vec![]);
    for year in (1..o.years.len().saturating_sub(2)).step_by(2) {
        let promoted = promoted_within(o, year, 2);
        for p in o.years[year].iter().filter(|p| p.level < top) {
            if let Some(&hit) = promoted.get(&p.id) {
                has.push(p.mentors > 0.0);
                hits.push(f64::from(u8::from(hit)));
                people.push(p);
            }
        }
    }
    (has, hits, people)
}

/// Difference of means in standard deviations of both groups together.
fn cohen(is: &[bool], values: &[f64]) -> Option<f64> {
    let mean = |which: bool| {
        let own: Vec<f64> = is
            .iter()
            .zip(values)
            .filter(|(i, _)| **i == which)
            .map(|(_, v)| *v)
            .collect();
        own.iter().sum::<f64>() / own.len() as f64
    };
    let (one, other) = (mean(true), mean(false));
    let squares = is.iter().zip(values).map(|(i, v)| {
        let from = v - if *i { one } else { other };
        from * from
    });
    let d = (one - other) / (squares.sum::<f64>() / (values.len() as f64 - 2.0)).sqrt();
    d.is_finite().then_some(d)
}

/// The slope of promotion on having a mentor with competence and tenure held equal, and without.
fn selection(o: &Observed) -> Option<Sums> {
    let (has, promoted, people) = mentored(o);
    let rows = |controlled: bool| -> Vec<Vec<f64>> {
        let each = has.iter().zip(&people);
        each.map(|(has, p)| {
            let mut row = vec![f64::from(u8::from(*has))];
            if controlled {
                row.extend([p.competence, p.tenure]);
            }
            row
        })
        .collect()
    };
    let slope = |controlled| Some(least_squares(&rows(controlled), &promoted)?[1]);
    Some([slope(true)?, slope(false)?, 0.0, 0.0])
}

/// Of pairs of participants from two departments who had no contact in the first year, how many were in contact of their
/// own choice in the year that begins a quarter after the only meeting: those who met against those who did not.
fn exposure(o: &Observed) -> Sums {
    let year = |from: i32| {
        let mut pairs = BTreeSet::new();
        let weeks = from..from + 52;
        for quarter in o.quarters.iter().filter(|q| weeks.contains(&q.from)) {
            for (&(a, b), seen) in &quarter.window {
                // before, any contact counts; after, only one that somebody chose
                if from == 0 || seen.contacts > seen.formal {
                    pairs.insert((a.min(b), a.max(b)));
                }
            }
        }
        pairs
    };
    let (before, after) = (year(0), year(65));
    let met: BTreeSet<(u32, u32)> = o
        .met
        .iter()
        .map(|&(_, a, b)| (a.min(b), a.max(b)))
        .collect();
    let department: BTreeMap<u32, u16> =
        o.years[END].iter().map(|p| (p.id, p.department)).collect();
    let took_part: Vec<u32> = o
        .enrolled
        .iter()
        .filter(|(_, id, drawn)| *drawn && department.contains_key(id))
        .map(|(_, id, _)| *id)
        .collect();
    let mut sums = [0.0; 4];
    for (i, &a) in took_part.iter().enumerate() {
        for &b in &took_part[i + 1..] {
            let pair = (a.min(b), a.max(b));
            if department[&a] == department[&b] || before.contains(&pair) {
                continue;
            }
            let at = if met.contains(&pair) { 0 } else { 2 };
            sums[at] += f64::from(u8::from(after.contains(&pair)));
            sums[at + 1] += 1.0;
        }
    }
    sums
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
