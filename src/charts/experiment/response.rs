//! Chart `response`: an outcome along a factor, a mark with its interval at each value that was run.

use super::super::axes::{Axes, Scale, plot_area};
use super::super::lettering::Weight;
use super::super::picture::{Stroke, Type};
use super::super::sheet::Sheet;
use super::super::style::{Role, strategy_styles};
use super::{Content, Drawing, Table, cells, number, row};
use crate::analysis::Interval;
use crate::analysis::statistics::mean_interval;
use crate::analysis::study::response_finding;

/// Where the highest value is so many times the lowest, the axis is logarithmic: else most marks would stand in a heap.
const LOGARITHMIC: f64 = 20.0;

/// Value of the factor, runs, and their mean with its interval.
type Point = (f64, usize, Interval);

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let Some(response) = study.response() else {
        return table.skip("experiment.skipped.no_factor");
    };
    let Some(title) = response_finding(study, study.primary, table.language) else {
        return table.skip("experiment.skipped.no_response");
    };
    let point = |(x, arms): &(f64, Vec<usize>)| {
        let values = arms
            .iter()
            .flat_map(|arm| study.values(study.primary, *arm));
        let values: Vec<f64> = values.collect();
        Some((*x, values.len(), mean_interval(&values, study.confidence)?))
    };
    let points: Vec<Point> = response.points.iter().filter_map(point).collect();
    if points.len() < 3 {
        return table.skip("experiment.skipped.few_points");
    }
    let factor = &response.factor;
    let outcome = &study.outcomes[study.primary].title;
    let mut csv = vec![row([
        "factor", "number", "runs", "estimate", "lower", "upper",
    ])];
    for (x, n, interval) in &points {
        let own = [factor, &number(*x), &n.to_string()];
        csv.push([row(own.map(String::as_str)), cells(interval).to_vec()].concat());
    }
    let (low, high) = (points[0].0, points[points.len() - 1].0);
    let logarithmic = low > 0.0 && high / low >= LOGARITHMIC;
    let mut note = vec![
        table.what_intervals_are(),
        table.say("experiment.response.note", &[]),
    ];
    if logarithmic {
        note.push(table.say("experiment.response.logarithmic", &[]));
    }
    if response.together > 1 {
        let own = [("together", response.together.into())];
        note.push(table.say("experiment.response.merged", &own));
    }
    let own = [
        ("outcome", outcome.into()),
        ("factor", factor.into()),
        table.runs(),
    ];
    let subtitle = table.say("experiment.response.subtitle", &own);
    let words = (title, subtitle, vec![note.join(" ")]);
    let content = table.content(words, "experiment.response.alt", csv);
    let mut sheet = table.sheet(&content.words);
    let x_title = if response.unit.is_empty() {
        factor.clone()
    } else {
        format!("{factor} [{}]", response.unit)
    };
    draw(&mut sheet, table, &points, logarithmic, (&x_title, outcome));
    Ok((content, sheet.finished()))
}

/// Bars, a line through the marks, and the marks; the outcome's name lies above the plot, however long it is.
fn draw(
    sheet: &mut Sheet<'_>,
    table: &Table<'_>,
    points: &[Point],
    logarithmic: bool,
    (x_title, y_title): (&str, &str),
) {
    let em = sheet.em;
    let letters = sheet.picture.letters;
    let style = Type::new(0.84 * em, Role::Ink);
    for line in letters.wrap(y_title, Weight::Regular, style.size, sheet.room.width) {
        let at = (sheet.room.x, sheet.room.y + 0.7 * em);
        sheet.picture.text(&line, at, style);
        sheet.room.y += 1.15 * em;
        sheet.room.height -= 1.15 * em;
    }
    let plot = plot_area(sheet.room, em);
    let finite = |value: &f64| value.is_finite();
    let ends = points
        .iter()
        .flat_map(|(_, _, i)| [i.estimate, i.lower, i.upper]);
    let (bottom, top) = ends
        .filter(finite)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| {
            (low.min(end), high.max(end))
        });
    let edge = (top - bottom).max(top.abs() * 0.02).max(1e-9) * 0.05;
    let (from, to) = (plot.x + em, plot.right() - em);
    let (first, last) = (points[0].0, points[points.len() - 1].0);
    let x = if logarithmic {
        Scale::logarithm(first, last, from, to)
    } else {
        Scale::between(first, last, from, to)
    };
    // the values that were run, where their numbers have room beside each other
    let run: Vec<f64> = points.iter().map(|(x, ..)| *x).collect();
    let apart = run
        .windows(2)
        .all(|pair| x.place(pair[1]) - x.place(pair[0]) >= 2.6 * em);
    let axes = Axes {
        x,
        y: Scale::between(bottom - edge, top + edge, plot.bottom(), plot.y),
        x_title,
        y_title: "",
        x_ticks: if apart { &run } else { &[] },
        language: table.language,
    };
    axes.draw(&mut sheet.picture, plot, em);
    let look = strategy_styles(&[String::new()])[0];
    let spots: Vec<(f32, f32)> = points
        .iter()
        .map(|(x, _, interval)| (axes.x.place(*x), axes.y.place(interval.estimate)))
        .collect();
    let line = Stroke::solid(look.role.faint(0.5), 0.12 * em);
    sheet.picture.polyline(&spots, line);
    for (spot, (_, _, interval)) in spots.iter().zip(points) {
        if finite(&interval.lower) && finite(&interval.upper) {
            let ends = [interval.lower, interval.upper].map(|end| (spot.0, axes.y.place(end)));
            sheet
                .picture
                .polyline(&ends, Stroke::solid(look.role, 0.13 * em));
        }
        let rim = Stroke::solid(Role::Paper, 0.07 * em);
        let fill = Some(look.role.into());
        sheet
            .picture
            .mark(look.mark, *spot, 0.36 * em, fill, Some(rim));
    }
}
