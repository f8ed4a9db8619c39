//! Chart `promotions`: who has been promoted at least once by when, with leaving as a competing end.

use super::desk::{Desk, cells, limits};
use super::lines::{self, Plot, Series};
use super::sheet::Words;
use super::{Content, Drawing};
use crate::analysis::{IncidenceCurve, Interval, furthest, people_of};
use crate::language::{capitalised, real};

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let curves = &desk.analysis.incidence;
    if curves.is_empty() || desk.years() <= 0.0 {
        return Err(desk.say("skipped.nobody_employed", &[]));
    }
    let people: usize = curves.iter().map(|curve| curve.people).sum();
    let promoted: usize = curves.iter().map(|curve| curve.promoted).sum();
    let left: usize = curves.iter().map(|curve| curve.left).sum();
    let shares: Vec<String> = curves
        .iter()
        .filter_map(|curve| {
            let share = desk.interval(curve.last()?.scaled(100.0), 0);
            let name = desk.strategy(&curve.strategy);
            Some(desk.say(
                "promotions.share",
                &[("strategy", name.into()), ("share", share.into())],
            ))
        })
        .collect();
    let shares = shares.join(", ");
    let mut csv = vec![cells([
        "strategy",
        "year",
        "share_promoted",
        "lower",
        "upper",
        "people",
        "promoted",
        "left_first",
    ])];
    for curve in curves {
        for (year, share) in &curve.points {
            let [estimate, lower, upper] = limits(*share);
            csv.push(vec![
                curve.strategy.clone(),
                format!("{year:.4}"),
                estimate,
                lower,
                upper,
                curve.people.to_string(),
                curve.promoted.to_string(),
                curve.left.to_string(),
            ]);
        }
    }
    let content = Content {
        words: Words {
            title: title(desk, curves),
            subtitle: desk.say(
                "promotions.subtitle",
                &[
                    ("people", desk.people(people).into()),
                    ("promoted", promoted.into()),
                    ("left", left.into()),
                    ("years", real(desk.years(), 0)),
                ],
            ),
            notes: vec![format!(
                "{} {}",
                desk.say("promotions.note", &[]),
                desk.clear_in_one_run()
            )],
        },
        alt: desk.say("promotions.alt", &[("shares", (&shares).into())]),
        caption: desk.say("promotions.caption", &[("shares", (&shares).into())]),
        csv,
    };
    let series: Vec<Series> = curves
        .iter()
        .map(|curve| Series {
            look: desk.style(&curve.strategy),
            name: capitalised(&desk.strategy(&curve.strategy)),
            note: desk.say(
                "promotions.label",
                &[
                    ("promoted", curve.promoted.into()),
                    ("people", curve.people.into()),
                ],
            ),
            points: percent(curve, |share| share.estimate),
            band: curve
                .points
                .iter()
                .map(|(year, share)| (*year, share.lower * 100.0, share.upper * 100.0))
                .collect(),
            steps: true,
        })
        .collect();
    let (_, top) = lines::range(&series, Some(0.0));
    let moments: Vec<f64> = desk.analysis.restructuring_years();
    let plot = Plot {
        x_title: &desk.say("axis.years", &[]),
        y_title: &desk.say("promotions.axis", &[]),
        x: (0.0, desk.years()),
        y: (0.0, top.min(104.0)),
        moments: &moments,
        series: &series,
    };
    let mut sheet = desk.sheet(&content.words);
    let room = sheet.room;
    lines::draw(&mut sheet, room, &plot, desk.language);
    Ok((content, sheet.finished()))
}

fn percent(curve: &IncidenceCurve, of: fn(&Interval) -> f64) -> Vec<(f64, f64)> {
    curve
        .points
        .iter()
        .map(|(year, share)| (*year, of(share) * 100.0))
        .collect()
}

fn title(desk: &Desk<'_>, curves: &[IncidenceCurve]) -> String {
    let ends: Vec<(&str, Interval)> = curves
        .iter()
        .filter_map(|curve| Some((curve.strategy.as_str(), curve.last()?)))
        .collect();
    if curves.iter().all(|curve| curve.promoted == 0) {
        return desk.say("finding.promotions.nobody", &[]);
    }
    let years = ("years", real(desk.years(), 0));
    let percent = |share: Interval| desk.language.percent(share.estimate).into();
    if let [(strategy, share)] = ends[..] {
        let values = [
            years,
            ("strategy", desk.strategy(strategy).into()),
            ("share", percent(share)),
        ];
        return desk.say("promotions.only", &values);
    }
    match furthest(&ends, 1) {
        None => desk.say("promotions.unclear", &[years]),
        Some((high, low)) => desk.say(
            "promotions.differs",
            &[
                years,
                (
                    "High",
                    capitalised(&people_of(high.0, desk.language)).into(),
                ),
                ("low", people_of(low.0, desk.language).into()),
                ("more", percent(high.1)),
                ("less", percent(low.1)),
            ],
        ),
    }
}
