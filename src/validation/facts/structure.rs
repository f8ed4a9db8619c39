//! Layers, spans and shares of the formal organisation.

use super::super::fact::{Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::Observed;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::Calibrated;
    use Measure::Firm;
    let layers = |what, band, size| {
        fact(
            "E13",
            what,
            Calibrated,
            "V-note",
            band,
            Firm(|o| once(o.levels.iter().filter(|(manages, _)| *manages).count() as f64)),
        )
        .at(size)
    };
    vec![
        layers("management layers at 150 people", (2.0, 3.0), 150),
        layers("management layers at 500 people", (3.0, 5.0), 500),
        layers("management layers at 1,000 people", (3.0, 5.0), 1000),
        fact(
            "E13",
            "share of adjacent levels of which the lower is larger",
            Calibrated,
            "V-note",
            (1.0, 1.0),
            Firm(pyramid),
        ),
        fact(
            "E14",
            "median span of control",
            Calibrated,
            "V-note",
            (5.0, 7.0),
            Firm(|o| once(span(o, 0.5)?)),
        ),
        fact(
            "E14",
            "mean span of control",
            Calibrated,
            "V-note",
            (7.0, 12.0),
            Firm(|o| Some([o.spans.iter().sum(), o.spans.len() as f64, 0.0, 0.0])),
        ),
        fact(
            "E14",
            "90th percentile over median of spans",
            Calibrated,
            "V-note",
            (2.0, 9.0),
            Firm(|o| Some([span(o, 0.9)?, span(o, 0.5)?, 0.0, 0.0])),
        ),
        fact(
            "E15",
            "reports of the head",
            Calibrated,
            "V-note",
            (5.0, 9.0),
            Firm(|o| once(o.head_reports)),
        ),
        fact(
            "E16",
            "share of staff with reports",
            Calibrated,
            "V-note",
            (0.1, 0.2),
            Firm(|o| {
                let posts: f64 = o.levels.iter().map(|(_, posts)| posts).sum();
                Some([o.spans.len() as f64, posts, 0.0, 0.0])
            }),
        ),
    ]
}

fn span(o: &Observed, share: f64) -> Option<f64> {
    let last = o.spans.len().checked_sub(1)?;
    Some(o.spans[(last as f64 * share) as usize])
}

fn pyramid(o: &Observed) -> Option<Sums> {
    let larger = o.levels.windows(2).filter(|w| w[0].1 > w[1].1).count();
    Some([larger as f64, (o.levels.len() - 1) as f64, 0.0, 0.0])
}
