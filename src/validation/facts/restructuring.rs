//! Restructurings: who goes, who moves, what happens to ties.

use std::collections::BTreeMap;

use super::super::conditions::{Condition, RESTRUCTURING};
use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::Observed;
use crate::measures::correlation::pearson;
use crate::random::{Purpose, Randomness};
use crate::world::{DecisionKind, EventKind, Outcome};

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, HeldOut, Hypothesis, Identity};
    use Measure::{Contrast, Firm, Not};
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
            "half-life with which informal ties follow new units",
            HeldOut,
            "V-abs; rates unknown",
            (3.0, 18.0),
            Not("to be scanned as a dial over decay; no single number is a fact"),
        ),
    ]
}

fn after_reassignment(o: &Observed) -> Option<Sums> {
    let end = o.years.last()?;
    let start = &o.years[RESTRUCTURING as usize / 52];
    let before: BTreeMap<u32, f64> = start.iter().map(|p| (p.id, p.promotions)).collect();
    let after: BTreeMap<u32, f64> = end.iter().map(|p| (p.id, p.promotions)).collect();
    let mut sums = [0.0; 4];
    for p in &o.placements {
        let at = match p.outcome {
            Outcome::Lateral | Outcome::LessDesirable => 0,
            Outcome::Kept => 2,
            _ => continue,
        };
        if let (Some(before), Some(after)) = (before.get(&p.employee), after.get(&p.employee)) {
            sums[at] += f64::from(u8::from(after > before));
            sums[at + 1] += 1.0;
        }
    }
    Some(sums)
}

fn displaced_without_advocate(o: &Observed) -> Option<Sums> {
    let advocates: BTreeMap<u32, f64> = o.years[RESTRUCTURING as usize / 52]
        .iter()
        .map(|p| (p.id, p.advocates))
        .collect();
    let mut sums = [0.0; 4];
    for p in &o.placements {
        if let Some(advocates) = advocates.get(&p.employee) {
            let at = if *advocates == 0.0 { 0 } else { 2 };
            let bad = matches!(p.outcome, Outcome::Dismissed | Outcome::LessDesirable);
            sums[at] += f64::from(u8::from(bad));
            sums[at + 1] += 1.0;
        }
    }
    Some(sums)
}

fn placed_well(o: &Observed) -> Option<Sums> {
    let strategy: BTreeMap<u32, usize> = o.years[RESTRUCTURING as usize / 52]
        .iter()
        .map(|p| (p.id, p.strategy))
        .collect();
    let (one, other) = (o.strategy("authentic"), o.strategy("transactional"));
    let mut sums = [0.0; 4];
    for p in &o.placements {
        let of = strategy.get(&p.employee).copied();
        let at = if of.is_some() && of == one {
            0
        } else if of.is_some() && of == other {
            2
        } else {
            continue;
        };
        let well = matches!(
            p.outcome,
            Outcome::Kept | Outcome::Better | Outcome::Lateral
        );
        sums[at] += f64::from(u8::from(well));
        sums[at + 1] += 1.0;
    }
    Some(sums)
}

/// Contacts a person of the affected people in quarters `from..to` counted from the one before the restructuring.
fn volume(
    treated: &Observed,
    control: &Observed,
    from: i32,
    to: i32,
    of: fn(&crate::records::trace::Seen) -> u32,
) -> Option<Sums> {
    let affected: std::collections::BTreeSet<u32> =
        treated.placements.iter().map(|p| p.employee).collect();
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
        / treated.years[RESTRUCTURING as usize / 52].len() as f64;
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
