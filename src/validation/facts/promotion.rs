//! Promotion: how often, from where, and what goes with it.

use std::collections::BTreeMap;

use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person};
use crate::measures::correlation::pearson;
use crate::measures::observed::eta_squared;
use crate::measures::regression::{least_squares, standardised};
use crate::world::EventKind;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, HeldOut, Hypothesis};
    use Measure::{Firm, Not};
    vec![
        fact(
            "E1",
            "promoted a year, share of headcount",
            Calibrated,
            "V-press",
            (0.05, 0.11),
            Firm(|o| Some([o.count(EventKind::Promoted), o.person_years(), 0.0, 0.0])),
        ),
        fact(
            "E4",
            "years to the first post in management, of those who reach one",
            HeldOut,
            "V-press",
            (5.0, 9.0),
            Firm(first_management),
        ),
        fact(
            "E5",
            "inside share of fills, bottom level",
            Calibrated,
            "V-press",
            (0.0, 0.25),
            Firm(|o| inside(o, 0, 1)),
        ),
        fact(
            "E5",
            "inside share of fills, first managers",
            Calibrated,
            "V-press",
            (0.45, 0.6),
            Firm(|o| inside(o, o.first_manager(), o.first_manager() + 1)),
        ),
        fact(
            "E5",
            "inside share of fills, top two levels",
            Calibrated,
            "V-press",
            (0.55, 0.7),
            Firm(|o| inside(o, o.levels.len() as u8 - 2, o.levels.len() as u8)),
        ),
        fact(
            "E11",
            "correlation of performance with promotion in the next two years",
            HeldOut,
            "V-press, V-abs (sign)",
            (0.01, 0.4),
            Firm(performance_promotes),
        ),
        fact(
            "E22",
            "rating in years 1 and 2 after entry, outside less inside managers [sd]",
            HeldOut,
            "V-press",
            (-1.0, 0.0),
            Firm(|o| outside_managers(o, 1, 3)),
        )
        .combined(Combine::Difference),
        fact(
            "E22",
            "the same in years 3 to 5 [sd]",
            HeldOut,
            "V-press",
            (-0.1, 0.1),
            Firm(|o| outside_managers(o, 3, 6)),
        )
        .combined(Combine::Difference),
        fact(
            "E27",
            "correlation of promotions a year with advocates (sponsorship)",
            HeldOut,
            "V-abs; value M-med",
            (0.05, 0.25),
            Firm(|o| with_promotions(o, |p| p.advocates)),
        ),
        fact(
            "E27",
            "correlation of promotions a year with hours of networking",
            HeldOut,
            "V-abs; value M-med",
            (0.05, 0.25),
            Firm(|o| with_promotions(o, |p| p.hours)),
        ),
        fact(
            "E27",
            "correlation of promotions a year with competence (human capital)",
            HeldOut,
            "V-abs; value M-med",
            (0.0, 0.2),
            Firm(|o| with_promotions(o, |p| p.competence)),
        ),
        fact(
            "E28",
            "share of the effect of bridging on promotion that advocates and acquaintance explain",
            HeldOut,
            "V-abs; values unknown",
            (0.6, 1.5),
            Firm(mediation),
        ),
        fact(
            "E34",
            "relative rise of promotion in two years for +1 sd contact with the manager",
            HeldOut,
            "V-abs",
            (0.05, 0.25),
            Firm(|o| face_time(o, true)),
        ),
        fact(
            "E34",
            "the same for people who work remotely",
            HeldOut,
            "V-abs",
            (-0.1, 0.05),
            Firm(|o| face_time(o, false)),
        ),
        fact(
            "E67",
            "promotions a year for +1 sd interpersonal skill [sd]",
            HeldOut,
            "V-abs",
            (0.1, 0.35),
            Firm(|o| with_promotions(o, |p| p.skill)),
        ),
        fact(
            "variance",
            "share of the variance in promotions between strategies (eta squared)",
            HeldOut,
            "judgement from E27",
            (0.0, 0.15),
            Firm(strategy_variance),
        ),
        fact(
            "mix",
            "mix of ways of relating in real firms",
            Hypothesis,
            "none",
            (f64::NEG_INFINITY, f64::INFINITY),
            Not("assumed: 40 % authentic, 40 % transactional, 20 % isolated"),
        ),
    ]
}

fn first_management(o: &Observed) -> Option<Sums> {
    let first = o.first_manager();
    let mut sums = [0.0; 4];
    for e in &o.events {
        if e.kind == EventKind::Promoted
            && e.from_level.is_some_and(|l| l < first)
            && e.to_level.is_some_and(|l| l >= first)
            // the second half of the run, so that the start's cohort does not cut waits short
            && e.week >= o.weeks / 2
            && let Some(hired) = e.employee.and_then(|id| o.hired.get(&id))
        {
            sums[0] += f64::from(e.week - hired) / 52.0;
            sums[1] += 1.0;
        }
    }
    Some(sums)
}

fn inside(o: &Observed, from: u8, to: u8) -> Option<Sums> {
    let into = |kind: EventKind| {
        o.events
            .iter()
            .filter(|e| e.kind == kind && e.to_level.is_some_and(|l| (from..to).contains(&l)))
            .count() as f64
    };
    let promoted = into(EventKind::Promoted);
    Some([promoted, promoted + into(EventKind::Hired), 0.0, 0.0])
}

/// Whether each person of a year's panel is promoted within `years`, among those who stay that long.
pub(super) fn promoted_within(o: &Observed, year: usize, years: usize) -> BTreeMap<u32, bool> {
    let before: BTreeMap<u32, f64> = o.years[year].iter().map(|p| (p.id, p.promotions)).collect();
    o.years[year + years]
        .iter()
        .filter_map(|p| Some((p.id, p.promotions > *before.get(&p.id)?)))
        .collect()
}

fn performance_promotes(o: &Observed) -> Option<Sums> {
    let top = o.levels.len() as u8 - 1;
    let mut pairs = Vec::new();
    for year in 1..o.years.len().saturating_sub(2) {
        let promoted = promoted_within(o, year, 2);
        for p in o.years[year].iter().filter(|p| p.level < top) {
            if let Some(&hit) = promoted.get(&p.id) {
                pairs.push((p.output, f64::from(u8::from(hit))));
            }
        }
    }
    once(pearson(pairs.iter().copied())?)
}

fn outside_managers(o: &Observed, from: usize, to: usize) -> Option<Sums> {
    // week in which each became a manager, and whether from outside
    let first = o.first_manager();
    let mut since: BTreeMap<u32, (i32, bool)> = BTreeMap::new();
    for e in &o.events {
        let (Some(id), Some(level)) = (e.employee, e.to_level) else {
            continue;
        };
        if level < first {
            continue;
        }
        match e.kind {
            EventKind::Hired => {
                since.insert(id, (e.week, true));
            }
            EventKind::Promoted if e.from_level.is_some_and(|l| l < first) => {
                since.insert(id, (e.week, false));
            }
            _ => {}
        }
    }
    let mut sums = [0.0; 4];
    for (year, people) in o.years.iter().enumerate() {
        for p in people {
            if let (Some(&(week, outside)), Some(rating)) = (since.get(&p.id), p.rating) {
                let for_years = (year as i32 * 52 - week).div_euclid(52);
                if (from as i32 - 1..to as i32 - 1).contains(&for_years) {
                    let at = if outside { 0 } else { 2 };
                    sums[at] += rating;
                    sums[at + 1] += 1.0;
                }
            }
        }
    }
    Some(sums)
}

/// People of the last panel who have been there three years, with promotions a year of the recorded tenure.
fn careers(o: &Observed) -> Vec<(&Person, f64)> {
    let top = o.levels.len() as u8 - 1;
    o.people
        .iter()
        .filter(|p| p.tenure >= 3.0 && p.level < top)
        .map(|p| (p, p.promotions / p.tenure.min(o.length())))
        .collect()
}

fn with_promotions(o: &Observed, of: fn(&Person) -> f64) -> Option<Sums> {
    let careers = careers(o);
    let pairs = careers.iter().map(|(p, rate)| (of(p), *rate));
    once(pearson(pairs)?)
}

fn mediation(o: &Observed) -> Option<Sums> {
    // promotion within two years on bridging, alone and with what it is said to work through
    let top = o.levels.len() as u8 - 1;
    let (mut bridging, mut advocates, mut friends, mut reach) = (vec![], vec![], vec![], vec![]);
    let (mut controls, mut y) = (vec![], vec![]);
    for year in (1..o.years.len().saturating_sub(2)).step_by(2) {
        let promoted = promoted_within(o, year, 2);
        for p in o.years[year].iter().filter(|p| p.level < top) {
            if let (Some(&hit), Some(constraint)) = (promoted.get(&p.id), p.constraint) {
                bridging.push(-constraint);
                advocates.push(p.advocates);
                friends.push(p.with_manager);
                reach.push(p.reputation);
                controls.push([f64::from(p.level), p.tenure, p.output]);
                y.push(f64::from(u8::from(hit)));
            }
        }
    }
    let columns = [
        standardised(&bridging)?,
        standardised(&advocates)?,
        standardised(&friends)?,
        standardised(&reach)?,
    ];
    let rows = |with: usize| -> Vec<Vec<f64>> {
        (0..y.len())
            .map(|i| {
                let mut row = vec![columns[0][i]];
                row.extend(controls[i]);
                row.extend(columns[1..with].iter().map(|c| c[i]));
                row
            })
            .collect()
    };
    let alone = least_squares(&rows(1), &y)?[1];
    let with = least_squares(&rows(4), &y)?[1];
    // the share explained, over runs as a ratio of sums
    Some([alone - with, alone, 0.0, 0.0])
}

fn face_time(o: &Observed, in_office: bool) -> Option<Sums> {
    let first = o.first_manager();
    let (mut contact, mut controls, mut y) = (vec![], vec![], vec![]);
    for year in (1..o.years.len().saturating_sub(2)).step_by(2) {
        let promoted = promoted_within(o, year, 2);
        for p in &o.years[year] {
            if let Some(&hit) = promoted.get(&p.id)
                && p.level < first
                && (p.days > 0) == in_office
            {
                contact.push(p.with_manager);
                controls.push([p.output, f64::from(p.level), p.tenure, p.hours]);
                y.push(f64::from(u8::from(hit)));
            }
        }
    }
    let contact = standardised(&contact)?;
    let rows: Vec<Vec<f64>> = contact
        .iter()
        .zip(&controls)
        .map(|(c, rest)| {
            let mut row = vec![*c];
            row.extend(rest);
            row
        })
        .collect();
    let slope = least_squares(&rows, &y)?[1];
    let rate = y.iter().sum::<f64>() / y.len() as f64;
    Some([slope, rate, 0.0, 0.0])
}

fn strategy_variance(o: &Observed) -> Option<Sums> {
    let careers = careers(o);
    let rates: Vec<f64> = careers.iter().map(|(_, rate)| *rate).collect();
    let groups: Vec<usize> = careers.iter().map(|(p, _)| p.strategy).collect();
    once(eta_squared(&rates, &groups)?)
}
