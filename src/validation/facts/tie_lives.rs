//! How long ties last, and what keeps them.

use std::collections::BTreeMap;

use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Lapsed, Observed, Spell};
use crate::measures::observed::survival;
use crate::measures::regression::{logit, standardised};

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, Direction, HeldOut};
    use Measure::{Firm, Not};
    vec![
        fact(
            "E36",
            "hazard of loss, ties of up to half a year over ties of two years and more",
            HeldOut,
            "M-high (sign and form)",
            (1.5, f64::INFINITY),
            Firm(|o| losses(o, |s| s.age <= 26, |s| s.age >= 104)),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E36",
            "log odds of loss for +1 sd of mutual contacts, age and strength equal",
            HeldOut,
            "M-high (sign and form)",
            (-5.0, -0.01),
            Firm(|o| loss_slope(o, 0)),
        ),
        fact(
            "E36",
            "log odds of loss for +1 sd of strength, age and mutual contacts equal",
            HeldOut,
            "M-high (sign and form)",
            (-5.0, -0.01),
            Firm(|o| loss_slope(o, 1)),
        ),
        fact(
            "E37",
            "change of the mean number of partners from year to year, absolute",
            HeldOut,
            "V-note",
            (0.0, 0.1),
            Firm(degree_change),
        ),
        fact(
            "E37",
            "pairs of a year that are not seen in the next",
            HeldOut,
            "V-note",
            (0.3, 1.0),
            Firm(|o| {
                let kept = year_survival(o)?;
                once(1.0 - kept)
            }),
        ),
        fact(
            "E39",
            "change of strength in a quarter without contact less with contact",
            Direction,
            "V-press",
            (f64::NEG_INFINITY, -0.001),
            Firm(upkeep),
        )
        .combined(Combine::Difference),
        fact(
            "E40e",
            "contacts to revive a strong tie after three silent years over those to build it",
            HeldOut,
            "V-abs, V-press",
            (0.0, 0.5),
            Firm(cost_of_reviving),
        ),
        fact(
            "E40e",
            "trust left in such a tie, of what there was",
            HeldOut,
            "V-abs, V-press",
            (0.5, 1.0),
            Firm(|o| {
                let sum = |of: fn(&Lapsed) -> f64| o.lapsed.iter().map(of).sum::<f64>();
                Some([sum(|l| l.trust_revived), sum(|l| l.trust_before), 0.0, 0.0])
            }),
        ),
        fact(
            "E43",
            "pairs of a quarter seen in the next",
            Calibrated,
            "V-data",
            (0.45, 0.7),
            Firm(|o| {
                let pairs: Vec<_> = (0..o.quarters.len()).map(|q| o.pairs(q..q + 1)).collect();
                let each: Vec<f64> = pairs
                    .windows(2)
                    .filter_map(|w| survival(&keys(&w[0]), &keys(&w[1])))
                    .collect();
                once(each.iter().sum::<f64>() / each.len() as f64)
            }),
        ),
        fact(
            "E43",
            "pairs of a year seen in the next",
            Calibrated,
            "V-data",
            (0.5, 0.7),
            Firm(|o| once(year_survival(o)?)),
        ),
        fact(
            "E43",
            "largest change of density from quarter to quarter, relative",
            Calibrated,
            "V-data",
            (0.0, 0.2),
            Firm(|o| {
                let sizes: Vec<f64> = (0..o.quarters.len())
                    .map(|q| o.pairs(q..q + 1).len() as f64)
                    .collect();
                let most = sizes
                    .windows(2)
                    .map(|w| (w[1] / w[0] - 1.0).abs())
                    .fold(0.0, f64::max);
                once(most)
            }),
        ),
        fact(
            "E53",
            "ties that outlast a strike campaign",
            Direction,
            "V-data",
            (0.0, 1.0),
            Not("the model has no strikes"),
        ),
    ]
}

fn keys(pairs: &BTreeMap<(u32, u32), u32>) -> Vec<(u32, u32)> {
    pairs.keys().copied().collect()
}

fn losses(
    o: &Observed,
    young: impl Fn(&Spell) -> bool,
    old: impl Fn(&Spell) -> bool,
) -> Option<Sums> {
    let mut sums = [0.0; 4];
    for spell in &o.spells {
        for (at, inside) in [(0, young(spell)), (2, old(spell))] {
            if inside {
                sums[at] += f64::from(u8::from(!spell.kept));
                sums[at + 1] += 1.0;
            }
        }
    }
    Some(sums)
}

fn loss_slope(o: &Observed, which: usize) -> Option<Sums> {
    // every tenth spell is enough
    let spells: Vec<&Spell> = o.spells.iter().step_by(10).collect();
    let mutual: Vec<f64> = spells.iter().map(|s| f64::from(s.mutual)).collect();
    let strength: Vec<f64> = spells.iter().map(|s| s.strength).collect();
    let age: Vec<f64> = spells
        .iter()
        .map(|s| libm::log(1.0 + f64::from(s.age)))
        .collect();
    let columns = [
        standardised(&mutual)?,
        standardised(&strength)?,
        standardised(&age)?,
    ];
    let rows: Vec<Vec<f64>> = (0..spells.len())
        .map(|i| columns.iter().map(|c| c[i]).collect())
        .collect();
    let lost: Vec<bool> = spells.iter().map(|s| !s.kept).collect();
    once(logit(&rows, &lost)?[1 + which])
}

fn degree_change(o: &Observed) -> Option<Sums> {
    let n = o.quarters.len();
    if n < 8 {
        return None;
    }
    let before = o.pairs(n - 8..n - 4).len() as f64;
    let after = o.pairs(n - 4..n).len() as f64;
    once((after / before - 1.0).abs())
}

/// Contacts from where a lapsed tie is taken up to where it once was, over contacts to there from nothing.
///
/// Each contact adds about the same share of what is missing, so it takes ln((1 - start) / (1 - goal)) of the same unit.
fn cost_of_reviving(o: &Observed) -> Option<Sums> {
    let mut sums = [0.0; 4];
    for tie in &o.lapsed {
        let to_go = |start: f64| libm::log((1.0 - start) / (1.0 - tie.before.min(0.99)));
        sums[0] += to_go(tie.revived).max(0.0);
        sums[1] += to_go(0.0);
    }
    Some(sums)
}

fn upkeep(o: &Observed) -> Option<Sums> {
    let mut sums = [0.0; 4];
    for spell in o.spells.iter().filter(|s| s.strength > 0.0) {
        let at = if spell.contacted { 2 } else { 0 };
        sums[at] += spell.later - spell.strength;
        sums[at + 1] += 1.0;
    }
    Some(sums)
}

fn year_survival(o: &Observed) -> Option<f64> {
    let n = o.quarters.len();
    if n < 8 {
        return None;
    }
    survival(&keys(&o.pairs(n - 8..n - 4)), &keys(&o.pairs(n - 4..n)))
}
