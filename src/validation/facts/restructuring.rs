//! Restructurings: who goes, who moves, what happens to ties.

use std::collections::{BTreeMap, BTreeSet};

use super::super::conditions::{Condition, RESTRUCTURING};
use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person};
use crate::measures::correlation::pearson;
use crate::random::{Purpose, Randomness};
use crate::world::{DecisionKind, EventKind, Outcome, Placement};

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, HeldOut, Hypothesis, Identity};
    use Measure::{Contrast, Firm};
    let downsized = |measure| Contrast(Condition::Downsized, Condition::Default, measure);
    let merged = |measure| Contrast(Condition::Merged, Condition::Default, measure);
    vec![
        fact(
            "E73",
            "promoted within two years of a merger, reassigned over kept people",
            Hypothesis,
            "none",
            ANY,
            merged(|treated, _| after_reassignment(treated)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E73b",
            "cut or displaced in a merger, people without an advocate over others",
            Hypothesis,
            "none",
            ANY,
            merged(|treated, _| displaced_without_advocate(treated)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "calm",
            "placed as well or better in a merger, authentic over transactional people",
            Hypothesis,
            "none",
            ANY,
            merged(|treated, _| placed_well(treated)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E74",
            "contacts that work requires, two quarters around a merger over the same without",
            HeldOut,
            "V-abs; sizes unknown",
            (0.0, 0.995),
            merged(|t, c| volume(t, c, 1, 3, |s| s.formal)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E74",
            "other contacts, two quarters around a merger over the same without",
            HeldOut,
            "V-abs; sizes unknown",
            (1.005, f64::INFINITY),
            merged(|t, c| volume(t, c, 1, 3, |s| s.contacts - s.formal)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E74",
            "other contacts a year later over the same without",
            HeldOut,
            "V-abs; sizes unknown",
            (0.9, 1.1),
            merged(|t, c| volume(t, c, 6, 8, |s| s.contacts - s.formal)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E75b",
            "names lost with a random tenth of the people over 1 - (1 - f)^2",
            Identity,
            "V-abs (conceptual)",
            (0.9, 1.1),
            Firm(|o| removal(o, false)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E75b",
            "names lost with the tenth of least constraint over the same",
            Identity,
            "V-abs (conceptual)",
            (1.01, f64::INFINITY),
            Firm(|o| removal(o, true)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E75c",
            "quits in the year after a cut of a twentieth, relative rise for each 1 % cut",
            HeldOut,
            "V-press (two)",
            (0.15, 0.45),
            downsized(quits_after),
        ),
        fact(
            "E75e",
            "correlation of being laid off with performance as rated",
            Calibrated,
            "V-abs",
            (-0.2, 0.2),
            downsized(|treated, _| layoffs_by_performance(treated)),
        ),
        fact(
            "E75h",
            "half-life with which own-choice contact crosses the old border after a merger [months]",
            HeldOut,
            "V-abs; rates unknown",
            (3.0, 18.0),
            merged(|treated, _| responsiveness(treated)),
        ),
    ]
}

/// Placements of people who were there before, in two groups: how many of each hit, as (hits, people, hits, people).
fn by_placement(
    o: &Observed,
    group: impl Fn(&Placement, &Person) -> Option<usize>,
    hits: impl Fn(&Placement, &Person) -> Option<bool>,
) -> Sums {
    let before: BTreeMap<u32, &Person> = before(o).iter().map(|p| (p.id, p)).collect();
    let mut sums = [0.0; 4];
    for placement in &o.placements {
        if let Some(person) = before.get(&placement.employee)
            && let Some(group) = group(placement, person)
            && let Some(hit) = hits(placement, person)
        {
            sums[2 * group] += f64::from(u8::from(hit));
            sums[2 * group + 1] += 1.0;
        }
    }
    sums
}

/// Everyone at the end of the week before the restructuring.
fn before(o: &Observed) -> &[Person] {
    &o.years[RESTRUCTURING as usize / 52]
}

fn after_reassignment(o: &Observed) -> Option<Sums> {
    let after: BTreeMap<u32, f64> = o
        .years
        .last()?
        .iter()
        .map(|p| (p.id, p.promotions))
        .collect();
    Some(by_placement(
        o,
        |placement, _| match placement.outcome {
            Outcome::Lateral | Outcome::LessDesirable => Some(0),
            Outcome::Kept => Some(1),
            _ => None,
        },
        |_, person| Some(*after.get(&person.id)? > person.promotions),
    ))
}

fn displaced_without_advocate(o: &Observed) -> Option<Sums> {
    Some(by_placement(
        o,
        |_, person| Some(usize::from(person.advocates > 0.0)),
        |placement, _| {
            let bad = [Outcome::Dismissed, Outcome::LessDesirable];
            Some(bad.contains(&placement.outcome))
        },
    ))
}

fn placed_well(o: &Observed) -> Option<Sums> {
    let groups = [o.strategy("authentic"), o.strategy("transactional")];
    Some(by_placement(
        o,
        |_, person| groups.iter().position(|g| *g == Some(person.strategy)),
        |placement, _| {
            let well = [Outcome::Kept, Outcome::Better, Outcome::Lateral];
            Some(well.contains(&placement.outcome))
        },
    ))
}

/// Quarters of the restructuring from which the new state is read, once it has settled.
const SETTLED: std::ops::Range<i32> = 8..12;

/// Months in which half of the way is gone by which those who were merged come to relate across the old border.
///
/// y is the share of their own-choice contacts with each other that cross it. If y approaches its end exponentially, the
/// area between the end and the curve is the way times the time constant: half-life = ln 2 * area / way.
fn responsiveness(o: &Observed) -> Option<Sums> {
    let affected: BTreeSet<u32> = o.placements.iter().map(|p| p.employee).collect();
    let old: BTreeMap<u32, u16> = before(o)
        .iter()
        .filter(|p| affected.contains(&p.id))
        .map(|p| (p.id, p.department))
        .collect();
    let share = |quarters: std::ops::Range<i32>| {
        let weeks = RESTRUCTURING + quarters.start * 13..RESTRUCTURING + quarters.end * 13;
        let (mut crossing, mut all) = (0.0, 0.0);
        for quarter in o.quarters.iter().filter(|q| weeks.contains(&q.from)) {
            for ((a, b), seen) in &quarter.window {
                if let (Some(one), Some(other)) = (old.get(a), old.get(b)) {
                    let chosen = f64::from(seen.contacts - seen.formal);
                    crossing += if one == other { 0.0 } else { chosen };
                    all += chosen;
                }
            }
        }
        (all > 0.0).then(|| crossing / all)
    };
    let (start, end) = (share(-4..0)?, share(SETTLED)?);
    let mut area = 0.0;
    for quarter in 0..SETTLED.start {
        area += 3.0 * (end - share(quarter..quarter + 1)?);
    }
    Some([core::f64::consts::LN_2 * area, end - start, 0.0, 0.0])
}

/// Contacts a person of the affected people in quarters `from..to` counted from the one before the restructuring.
fn volume(
    treated: &Observed,
    control: &Observed,
    from: i32,
    to: i32,
    of: fn(&crate::records::trace::Seen) -> u32,
) -> Option<Sums> {
    let affected: BTreeSet<u32> = treated.placements.iter().map(|p| p.employee).collect();
    let weeks = RESTRUCTURING + (from - 2) * 13..RESTRUCTURING + (to - 2) * 13;
    let count = |o: &Observed| {
        // people who stay to the end of both, so that nobody's leaving is counted as silence
        let mut sum = 0.0;
        for quarter in o.quarters.iter().filter(|q| weeks.contains(&q.from)) {
            for ((a, b), seen) in &quarter.window {
                if affected.contains(a) || affected.contains(b) {
                    sum += f64::from(of(seen));
                }
            }
        }
        sum
    };
    Some([count(treated), 1.0, count(control), 1.0])
}

fn removal(o: &Observed, brokers: bool) -> Option<Sums> {
    let arcs = o.names(None);
    let n = o.people.len();
    let tenth = n / 10;
    let mut order: Vec<usize> = (0..n).collect();
    if brokers {
        let constraint = |i: usize| o.people[i].constraint.unwrap_or(f64::INFINITY);
        order.sort_by(|&a, &b| constraint(a).total_cmp(&constraint(b)).then(a.cmp(&b)));
    } else {
        let key = Randomness::new(1).week(Purpose::Measure, 0);
        order.sort_by_key(|&i| key.of(o.people[i].id).bits());
    }
    let mut gone = vec![false; n];
    for &i in &order[..tenth] {
        gone[i] = true;
    }
    let lost = arcs
        .iter()
        .filter(|(a, b)| gone[*a as usize] || gone[*b as usize])
        .count() as f64;
    let kept = (n - tenth) as f64;
    let implied = 1.0 - kept * (kept - 1.0) / (n as f64 * (n as f64 - 1.0));
    Some([lost, arcs.len() as f64, implied, 1.0])
}

fn quits_after(treated: &Observed, control: &Observed) -> Option<Sums> {
    let weeks = RESTRUCTURING..RESTRUCTURING + 52;
    let quits = |o: &Observed| {
        let left = o
            .events
            .iter()
            .filter(|e| e.kind == EventKind::Left && weeks.contains(&e.week));
        let people = o.years[RESTRUCTURING as usize / 52 + 1].len() as f64;
        left.count() as f64 / people
    };
    let cut = 100.0
        * treated
            .placements
            .iter()
            .filter(|p| p.outcome == Outcome::Dismissed)
            .count() as f64
        / before(treated).len() as f64;
    if cut <= 0.0 {
        return None;
    }
    let (with, without) = (quits(treated), quits(control));
    Some([(with - without) / cut, without, 0.0, 0.0])
}

fn layoffs_by_performance(o: &Observed) -> Option<Sums> {
    let pairs: Vec<(f64, f64)> = o
        .decisions
        .iter()
        .filter(|d| d.kind == DecisionKind::Layoff)
        .flat_map(|d| &d.candidates)
        .map(|c| (f64::from(u8::from(c.chosen)), c.performance))
        .collect();
    once(pearson(pairs.iter().copied())?)
}
