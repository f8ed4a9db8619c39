//! Friends and ties keep people, and friends who leave take others along.

use super::super::fact::{Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::Observed;
use super::mobility::{exposed, quits};
use crate::measures::regression::{logit, standardised};

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Direction, HeldOut};
    use Measure::Firm;
    vec![
        fact(
            "E72g",
            "hazard of quitting for +1 sd of friendship",
            HeldOut,
            "V-abs, M-high",
            (0.75, 0.95),
            Firm(friends_keep),
        ),
        fact(
            "E72g",
            "hazard of quitting in a quarter for each friend who left in the one before",
            HeldOut,
            "M-high, mixed",
            (1.05, 1.3),
            Firm(friends_pull),
        ),
        fact(
            "E72h",
            "quits of the least tied tenth over the others of the level",
            Direction,
            "M-high (sign)",
            (1.0, f64::INFINITY),
            Firm(isolates),
        ),
    ]
}

fn friends_keep(o: &Observed) -> Option<Sums> {
    let (mut friendship, mut level, mut y) = (vec![], vec![], vec![]);
    for year in 1..o.years.len() - 1 {
        let gone = quits(o, year);
        for p in &o.years[year] {
            friendship.push(p.friendship);
            level.push(f64::from(p.level));
            y.push(gone.contains(&p.id));
        }
    }
    let rows: Vec<Vec<f64>> = standardised(&friendship)?
        .iter()
        .zip(&level)
        .map(|(f, l)| vec![*f, *l])
        .collect();
    once(libm::exp(logit(&rows, &y)?[1]))
}

fn friends_pull(o: &Observed) -> Option<Sums> {
    let (mut rows, mut y) = (vec![], vec![]);
    for year in 1..o.years.len() - 1 {
        let weeks = year as i32 * 52..year as i32 * 52 + 13;
        let gone = o.quit_in(weeks);
        for p in &o.years[year] {
            rows.push(vec![p.friends_left, p.friendship, f64::from(p.level)]);
            y.push(gone.contains(&p.id));
        }
    }
    once(libm::exp(logit(&rows, &y)?[1]))
}

fn isolates(o: &Observed) -> Option<Sums> {
    let cuts: Vec<f64> = o
        .years
        .iter()
        .map(|year| {
            let mut ties: Vec<f64> = year.iter().map(|p| p.ties).collect();
            ties.sort_by(f64::total_cmp);
            ties[ties.len() / 10]
        })
        .collect();
    Some(exposed(o, |year, p| p.ties <= cuts[year]))
}
