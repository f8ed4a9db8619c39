//! Published models that the program has to reproduce when its own mechanisms are off.

use super::super::conditions::Condition;
use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::Observed;
use super::super::published::{Efficiencies, LOTS, Rule, Transfer};

/// How far a mean efficiency may lie from the reproduced one [points].
const WITHIN: f64 = 1.5;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Direction, HeldOut};
    let efficiency = |what, published: f64, measure: fn(&Efficiencies) -> Option<Sums>| {
        let band = (published - WITHIN, published + WITHIN);
        fact(
            "E110",
            what,
            HeldOut,
            "V-rep",
            band,
            Measure::Published(measure),
        )
    };
    vec![
        efficiency(
            "efficiency, common sense, the best promoted [points]",
            76.7,
            |e| once(e.under(Rule::Best, Transfer::All, 0.0)?),
        ),
        efficiency(
            "efficiency, common sense, the worst promoted [points]",
            63.9,
            |e| once(e.under(Rule::Worst, Transfer::All, 0.0)?),
        ),
        efficiency(
            "efficiency, common sense, anyone by lot [points]",
            70.2,
            |e| once(e.under(Rule::Lot, Transfer::All, 0.0)?),
        ),
        efficiency(
            "efficiency, Peter hypothesis, the best promoted [points]",
            59.7,
            |e| once(e.under(Rule::Best, Transfer::None, 0.0)?),
        ),
        efficiency(
            "efficiency, Peter hypothesis, the worst promoted [points]",
            79.9,
            |e| once(e.under(Rule::Worst, Transfer::None, 0.0)?),
        ),
        efficiency(
            "efficiency, Peter hypothesis, anyone by lot [points]",
            69.7,
            |e| once(e.under(Rule::Lot, Transfer::None, 0.0)?),
        ),
        fact(
            "E111",
            "least gain in efficiency from another quarter of the promotions by lot, in modules [points]",
            Direction,
            "claim V-press",
            (0.001, 100.0),
            Measure::Published(|e| {
                let mut least = f64::INFINITY;
                for shares in LOTS.windows(2) {
                    least = least.min(e.modular(shares[1])? - e.modular(shares[0])?);
                }
                once(least)
            }),
        ),
        fact(
            "E115",
            "what the safest rule of promotion loses at worst, over transfers of skill and noise [points]",
            Direction,
            "V-abs; tables unknown",
            (0.001, 100.0),
            Measure::Published(|e| once(e.least_regret()?)),
        ),
        fact(
            "E116",
            "ties after five years without the formal organisation over those with it",
            HeldOut,
            "V-abs",
            (0.0, 0.5),
            Measure::Contrast(Condition::WithoutFormal, Condition::Default, |t, c| {
                let ties = |o: &Observed| o.people.iter().map(|p| p.ties).sum::<f64>();
                let (t_people, c_people) = (t.people.len() as f64, c.people.len() as f64);
                Some([ties(t), t_people, ties(c), c_people])
            }),
        )
        .combined(Combine::RatioOfRatios),
    ]
}
