//! HR programmes, estimated like trials.

use super::super::fact::{Fact, Kind, Measure, fact};

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, Direction, HeldOut};
    let not = |id, what, kind, evidence, band| {
        fact(
            id,
            what,
            kind,
            evidence,
            band,
            Measure::Not("the suite does not run HR programmes yet"),
        )
    };
    vec![
        not(
            "E84",
            "promotions a year, mentored less others [d]",
            HeldOut,
            "V-abs; values M-med",
            (0.1, 0.6),
        ),
        not(
            "E86",
            "part of it that is left with ability and tenure controlled",
            HeldOut,
            "V-abs",
            (0.0, 0.5),
        ),
        not(
            "E88",
            "ties of proteges over those of others",
            HeldOut,
            "V-abs; sizes unknown",
            (1.0, 3.0),
        ),
        not(
            "E89",
            "networking behaviour after training [sd]",
            Calibrated,
            "V-abs",
            (0.2, 0.5),
        ),
        not(
            "E90",
            "output of the weaker of pairs that meet, relative",
            HeldOut,
            "V-abs",
            (1.05, 1.2),
        ),
        not(
            "E91",
            "ties formed by random pairs that met over others",
            HeldOut,
            "V-abs",
            (1.3, 2.0),
        ),
        not(
            "E94",
            "ties across units a year after rotation, over others",
            Direction,
            "M-med",
            ANY,
        ),
    ]
}
