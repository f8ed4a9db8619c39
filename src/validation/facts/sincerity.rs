//! Holes, sincerity, reciprocity, liking and what they are worth.

use super::super::conditions::Condition;
use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person, Spell};
use crate::measures::correlation::pearson;
use crate::measures::regression::{least_squares, standardised};

/// Debt from which a return is looked for: about one favour [contacts' worth].
const DEBT: f64 = 0.25;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, Direction, HeldOut};
    use Measure::{Contrast, Firm, Not};
    vec![
        fact(
            "E56",
            "correlation of constraint with rating, managers",
            HeldOut,
            "V-press; direction M-high",
            (-0.35, -0.1),
            Firm(|o| among_managers(o, |p| p.rating)),
        ),
        fact(
            "E56",
            "correlation of constraint with promotions a year, managers",
            HeldOut,
            "V-press; direction M-high",
            (-0.3, -0.05),
            Firm(|o| among_managers(o, |p| Some(p.promotions / p.tenure.max(1.0)))),
        ),
        fact(
            "E65",
            "moral aversion to instrumental networking",
            Direction,
            "contested",
            (f64::NEG_INFINITY, f64::INFINITY),
            Not("a dial of the scenario (sincerity, curiosity), not gated on"),
        ),
        fact(
            "E66",
            "reputation of sincere people over that of feigning ones, hours equal",
            Direction,
            "V-abs",
            (0.0001, f64::INFINITY),
            Firm(|o| {
                Some(between(o, "authentic", "transactional", |p| {
                    Some(p.reputation)
                }))
            }),
        )
        .combined(Combine::Difference),
        fact(
            "E68",
            "rating at equal performance, transactional less isolated [sd]",
            HeldOut,
            "V-abs, V-press; sizes M-low",
            (0.1, 0.3),
            Firm(|o| flattery(o, "transactional", "isolated")),
        )
        .combined(Combine::Difference),
        fact(
            "E69",
            "promotions of transactional over authentic people, feigning often seen over never",
            HeldOut,
            "V-abs",
            (0.0, 0.999),
            Contrast(Condition::SharpEyed, Condition::Blind, payoff_of_feigning),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E70",
            "being sought for work beyond team and line: liking x competence [sd]",
            HeldOut,
            "V-press",
            (0.001, f64::INFINITY),
            Firm(liking_times_competence),
        ),
        fact(
            "E70",
            "slope of being sought for work on competence, disliked over liked",
            HeldOut,
            "V-press",
            (f64::NEG_INFINITY, 0.333),
            Firm(liking_gates),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E71",
            "output on generosity, frequency equal [sd]",
            HeldOut,
            "V-press; coefficients unknown",
            (f64::NEG_INFINITY, -0.001),
            Firm(|o| favours(o, |p| p.output, 0)),
        ),
        fact(
            "E71",
            "output on frequency of exchange, generosity equal [sd]",
            HeldOut,
            "V-press; coefficients unknown",
            (0.001, f64::INFINITY),
            Firm(|o| favours(o, |p| p.output, 1)),
        ),
        fact(
            "E71",
            "output on generosity x frequency [sd]",
            HeldOut,
            "V-press; coefficients unknown",
            (0.001, f64::INFINITY),
            Firm(|o| favours(o, |p| p.output, 2)),
        ),
        fact(
            "E71",
            "influence on generosity, frequency and rank equal [sd]",
            HeldOut,
            "V-press; coefficients unknown",
            (0.001, f64::INFINITY),
            Firm(|o| favours(o, |p| p.influence, 0)),
        ),
        fact(
            "E71b",
            "reputation on generosity, frequency and rank equal [sd]",
            Direction,
            "V-abs",
            (0.0, f64::INFINITY),
            Firm(|o| favours(o, |p| p.reputation, 0)),
        ),
        fact(
            "E71c",
            "half of a debt given back in a quarter, ties without friendship over friendships",
            HeldOut,
            "V-abs",
            (0.0, 1.0),
            Firm(|o| returned(o, |s| !s.friends, |s| s.friends)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E71c",
            "the same, creditors of influence above one quarter over others",
            HeldOut,
            "V-abs",
            (1.0, f64::INFINITY),
            Firm(|o| returned(o, |s| s.influence > 0.25, |s| s.influence <= 0.25)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E72b",
            "rating on multiplex ties, performance equal [sd]",
            HeldOut,
            "V-abs",
            (0.001, 0.5),
            Firm(|o| multiplex(o, 0)),
        ),
        fact(
            "E72b",
            "its square: flattening [sd]",
            HeldOut,
            "V-abs",
            (f64::NEG_INFINITY, 0.0),
            Firm(|o| multiplex(o, 1)),
        ),
        fact(
            "E72d",
            "negative ties, share of active ties",
            Calibrated,
            "mixed",
            (0.01, 0.08),
            Firm(|o| {
                let sum = |f: fn(&Person) -> f64| o.people.iter().map(f).sum::<f64>();
                Some([sum(|p| p.negative), sum(|p| p.ties), 0.0, 0.0])
            }),
        ),
        fact(
            "E72f",
            "correlation of rating with true performance of the period",
            HeldOut,
            "V-abs",
            (0.4, 0.8),
            Firm(|o| {
                let pairs = o
                    .people
                    .iter()
                    .filter(|p| p.tenure >= 1.0)
                    .filter_map(|p| Some((p.rating?, p.performed?)));
                once(pearson(pairs)?)
            }),
        ),
    ]
}

fn among_managers(o: &Observed, of: impl Fn(&Person) -> Option<f64>) -> Option<Sums> {
    let first = o.first_manager();
    let pairs: Vec<(f64, f64)> = o
        .settled()
        .filter(|p| p.level >= first)
        .filter_map(|p| Some((p.constraint?, of(p)?)))
        .collect();
    once(pearson(pairs.iter().copied())?)
}

/// Means of two strategies: (sum, people, sum, people), over the panels.
pub(super) fn between(
    o: &Observed,
    one: &str,
    other: &str,
    of: impl Fn(&Person) -> Option<f64>,
) -> Sums {
    let (one, other) = (o.strategy(one), o.strategy(other));
    let mut sums = [0.0; 4];
    for p in o.years[1..].iter().flatten() {
        let at = if Some(p.strategy) == one {
            0
        } else if Some(p.strategy) == other {
            2
        } else {
            continue;
        };
        if let Some(value) = of(p) {
            sums[at] += value;
            sums[at + 1] += 1.0;
        }
    }
    sums
}

fn flattery(o: &Observed, one: &str, other: &str) -> Option<Sums> {
    // what is left of the rating when output has explained its part
    let (x, y): (Vec<Vec<f64>>, Vec<f64>) = o.years[1..]
        .iter()
        .flatten()
        .filter_map(|p| Some((vec![p.output], p.rating?)))
        .unzip();
    let b = least_squares(&x, &y)?;
    Some(between(o, one, other, |p| {
        Some(p.rating? - b[0] - b[1] * p.output)
    }))
}

/// Promotions a person-year of transactional over authentic people under both conditions.
fn payoff_of_feigning(treated: &Observed, control: &Observed) -> Option<Sums> {
    let rate = |o: &Observed, name: &str| {
        let (promotions, years) = o.promotions_of(o.strategy(name));
        promotions / years
    };
    // rates, each run weighing alike: the populations differ little
    let payoff = |o: &Observed| [rate(o, "transactional"), rate(o, "authentic")];
    let ([a, b], [c, d]) = (payoff(treated), payoff(control));
    Some([a, b, c, d])
}

/// Slopes of a regression over people: constant first, then one for each column.
fn slopes(people: &[&Person], columns: &[Vec<f64>], y: &[f64]) -> Option<Vec<f64>> {
    let rows: Vec<Vec<f64>> = (0..people.len())
        .map(|i| columns.iter().map(|column| column[i]).collect())
        .collect();
    least_squares(&rows, y)
}

fn column(people: &[&Person], of: impl Fn(&Person) -> f64) -> Vec<f64> {
    people.iter().map(|p| of(p)).collect()
}

fn product(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(x, y)| x * y).collect()
}

fn liking_times_competence(o: &Observed) -> Option<Sums> {
    let people: Vec<&Person> = o.settled().collect();
    let liking = standardised(&column(&people, |p| p.warmth))?;
    let competence = standardised(&column(&people, |p| p.competence))?;
    let y = standardised(&column(&people, |p| p.asked))?;
    let both = product(&liking, &competence);
    let level = column(&people, |p| f64::from(p.level));
    once(slopes(&people, &[both, liking, competence, level], &y)?[1])
}

fn liking_gates(o: &Observed) -> Option<Sums> {
    let mut people: Vec<&Person> = o.settled().collect();
    people.sort_by(|a, b| a.warmth.total_cmp(&b.warmth).then(a.id.cmp(&b.id)));
    let quarter = people.len() / 4;
    let slope = |people: &[&Person]| {
        let columns = [
            column(people, |p| p.competence),
            column(people, |p| f64::from(p.level)),
        ];
        Some(slopes(people, &columns, &column(people, |p| p.asked))?[1])
    };
    let disliked = slope(&people[..quarter])?;
    let liked = slope(&people[people.len() - quarter..])?;
    Some([disliked, 1.0, liked, 1.0])
}

fn favours(o: &Observed, of: fn(&Person) -> f64, which: usize) -> Option<Sums> {
    // like the source's engineers: managers deal with their reports, and managing is a skill of its own
    let first = o.first_manager();
    let people: Vec<&Person> = o
        .settled()
        .filter(|p| p.ties > 0.0 && p.level < first)
        .collect();
    let generosity = standardised(&column(&people, |p| p.given))?;
    let frequency = standardised(&column(&people, |p| p.contacts))?;
    let competence = standardised(&column(&people, |p| p.competence))?;
    let both = product(&generosity, &frequency);
    let level = column(&people, |p| f64::from(p.level));
    let y = standardised(&column(&people, of))?;
    let columns = [generosity, frequency, both, competence, level];
    once(slopes(&people, &columns, &y)?[1 + which])
}

fn multiplex(o: &Observed, which: usize) -> Option<Sums> {
    let people: Vec<&Person> = o.settled().filter(|p| p.rating.is_some()).collect();
    let ties = standardised(&column(&people, |p| p.multiplex))?;
    let columns = [
        ties.clone(),
        product(&ties, &ties),
        column(&people, |p| p.output),
        column(&people, |p| f64::from(p.level)),
    ];
    let y: Vec<f64> = people.iter().filter_map(|p| p.rating).collect();
    once(slopes(&people, &columns, &y)?[1 + which])
}

/// How often at least half of what is owed is given back within a quarter, some ties against others.
fn returned(o: &Observed, one: fn(&Spell) -> bool, other: fn(&Spell) -> bool) -> Option<Sums> {
    let mut sums = [0.0; 4];
    for spell in o.spells.iter().filter(|s| s.owes >= DEBT) {
        for (at, inside) in [(0, one(spell)), (2, other(spell))] {
            if inside {
                let given_back = spell.owes - spell.owes_later;
                sums[at] += f64::from(u8::from(given_back >= spell.owes / 2.0));
                sums[at + 1] += 1.0;
            }
        }
    }
    Some(sums)
}
