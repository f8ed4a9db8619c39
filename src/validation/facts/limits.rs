//! Published models that the program has to reproduce when its own mechanisms are off.

use super::super::conditions::Condition;
use super::super::fact::{Combine, Fact, Kind, Measure, fact};
use super::super::observed::Observed;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Direction, HeldOut};
    let limit = Measure::Not("a model of its own, reproduced by a shipped scenario and its test");
    vec![
        fact(
            "E110",
            "Peter principle: efficiency by rule of promotion",
            HeldOut,
            "V-rep",
            (0.0, 100.0),
            limit,
        ),
        fact(
            "E111",
            "Peter principle on a modular tree",
            Direction,
            "claim V-press",
            (0.0, 100.0),
            limit,
        ),
        fact(
            "E115",
            "no rule of promotion is best everywhere",
            Direction,
            "V-abs; tables unknown",
            (0.0, 1.0),
            Measure::Not("needs rules of promotion that the suite does not vary"),
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
