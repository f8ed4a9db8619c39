//! Lines over time with their bands, labelled at their ends.

use super::axes::{Axes, Scale, plot_area};
use super::labels::spread;
use super::lettering::Weight;
use super::picture::{Area, Stroke, Type};
use super::sheet::Sheet;
use super::style::{Role, StrategyStyle};
use crate::language::Language;

/// Marks along each line.
const MARKS: usize = 4;

/// One line.
pub(super) struct Series {
    pub(super) look: StrategyStyle,
    /// Written at the line's end; none if empty.
    pub(super) name: String,
    /// A second line below the name.
    pub(super) note: String,
    pub(super) points: Vec<(f64, f64)>,
    /// Lower and upper limit.
    pub(super) band: Vec<(f64, f64, f64)>,
    /// Whether a value holds until the next change.
    pub(super) steps: bool,
}

/// Lines on common axes.
pub(super) struct Plot<'t> {
    pub(super) x_title: &'t str,
    pub(super) y_title: &'t str,
    pub(super) x: (f64, f64),
    pub(super) y: (f64, f64),
    /// Moments marked by an upright line.
    pub(super) moments: &'t [f64],
    pub(super) series: &'t [Series],
}

/// Range that holds all lines and bands; bands may not make it more than three times the lines' own.
pub(super) fn range(series: &[Series], floor: Option<f64>) -> (f64, f64) {
    let points = || series.iter().flat_map(|s| s.points.iter().map(|p| p.1));
    let (low, high) = points().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
        (a.min(v), b.max(v))
    });
    if !low.is_finite() {
        return (0.0, 1.0);
    }
    let bands = || series.iter().flat_map(|s| s.band.iter());
    let widest = bands().map(|b| b.2).fold(high, f64::max);
    let lowest = bands().map(|b| b.1).fold(low, f64::min);
    let room = (high - floor.unwrap_or(low))
        .max(high.abs() * 0.1)
        .max(1e-6);
    let top = widest.min(high + 1.5 * room);
    let bottom = floor.unwrap_or_else(|| lowest.max(low - 1.5 * room));
    let edge = (top - bottom).max(1e-9) * 0.04;
    (floor.unwrap_or(bottom - edge), top + edge)
}

/// Draws the lines into the area.
pub(super) fn draw(sheet: &mut Sheet<'_>, area: Area, plot: &Plot<'_>, language: Language) {
    draw_with(sheet, area, plot, &[], language);
}

/// Draws the lines into the area, and single cases as thin lines below them.
pub(super) fn draw_with(
    sheet: &mut Sheet<'_>,
    area: Area,
    plot: &Plot<'_>,
    single: &[Series],
    language: Language,
) {
    let em = sheet.em;
    let all: Vec<&Series> = plot.series.iter().chain(single).collect();
    let letters = sheet.picture.letters;
    let (large, small) = (0.86 * em, 0.72 * em);
    let longest = (area.width * 0.34).min(11.0 * em);
    let names: Vec<(String, String)> = all
        .iter()
        .enumerate()
        .map(|(i, series)| {
            let weight = weight(i < plot.series.len());
            (
                letters.shorten(&series.name, weight, large, longest),
                letters.shorten(&series.note, Weight::Regular, small, longest),
            )
        })
        .collect();
    let label_width = names
        .iter()
        .map(|(name, note)| {
            letters.width(name, Weight::Bold, large).max(letters.width(
                note,
                Weight::Regular,
                small,
            ))
        })
        .fold(0.0, f32::max);
    let beside = if label_width > 0.0 {
        label_width + 2.3 * em
    } else {
        0.9 * em
    };
    let inner = plot_area(
        Area {
            width: area.width - beside,
            ..area
        },
        em,
    );
    let axes = Axes {
        x: Scale::years(plot.x.0, plot.x.1, inner.x, inner.right()),
        y: Scale::between(plot.y.0, plot.y.1, inner.bottom(), inner.y),
        x_title: plot.x_title,
        y_title: plot.y_title,
        x_ticks: &[],
        language,
    };
    for moment in plot.moments {
        let x = axes.x.place(*moment);
        let line = [(x, inner.y), (x, inner.bottom())];
        sheet
            .picture
            .polyline(&line, Stroke::dashed(Role::Muted, 0.06 * em, &[3.0, 3.0]));
    }
    axes.draw(&mut sheet.picture, inner, em);
    let within = |value: f64| value.clamp(plot.y.0, plot.y.1);
    // All bands first, then all lines: a later band would dim an earlier line.
    for series in plot.series {
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        for (x, low, high) in &series.band {
            let x = axes.x.place(*x);
            if series.steps
                && let (Some((_, up)), Some((_, down))) = (upper.last(), lower.last())
            {
                let (up, down) = (*up, *down);
                upper.push((x, up));
                lower.push((x, down));
            }
            upper.push((x, axes.y.place(within(*high))));
            lower.push((x, axes.y.place(within(*low))));
        }
        lower.reverse();
        upper.extend(lower);
        if upper.len() > 2 {
            // a band that fills much of the panel, as of a handful of people, is paler than the lines need room
            let filled = filled(&series.band, plot.y);
            let shade = 0.15 * (0.25 / filled.max(0.25)).max(0.4);
            sheet.picture.polygon(&upper, series.look.role.faint(shade));
        }
    }
    for series in single {
        let points = series.points.iter();
        let line: Vec<(f32, f32)> = points
            .map(|(x, y)| (axes.x.place(*x), axes.y.place(within(*y))))
            .collect();
        let stroke = Stroke::solid(series.look.role, 0.07 * em);
        sheet.picture.polyline(&line, stroke);
        if let Some(end) = line.last() {
            let fill = Some(series.look.role.into());
            sheet
                .picture
                .mark(series.look.mark, *end, 0.2 * em, fill, None);
        }
    }
    let years = plot.x.1 - plot.x.0;
    let count = plot.series.len().max(1) as f64;
    for (i, series) in plot.series.iter().enumerate() {
        let look = series.look;
        let mut line: Vec<(f32, f32)> = Vec::new();
        for (x, y) in &series.points {
            let (x, y) = (axes.x.place(*x), axes.y.place(within(*y)));
            if series.steps
                && let Some((_, last)) = line.last().copied()
            {
                line.push((x, last));
            }
            line.push((x, y));
        }
        line.dedup();
        let stroke = Stroke::dashed(look.role, 0.16 * em, look.dash);
        sheet.picture.polyline(&line, stroke);
        // Marks along the line tell lines apart without colour; staggered, so that none hides another.
        let rim = Stroke::solid(Role::Paper, 0.07 * em);
        for k in 0..MARKS {
            let share = (k as f64 + (i as f64 + 0.5) / count) / MARKS as f64;
            let x = axes.x.place(plot.x.0 + share * years);
            if let Some(y) = height(&line, x) {
                let fill = Some(look.role.into());
                sheet
                    .picture
                    .mark(look.mark, (x, y), 0.28 * em, fill, Some(rim.clone()));
            }
        }
    }
    let ends: Vec<f32> = all
        .iter()
        .map(|series| {
            let last = series.points.last().map_or(plot.y.0, |(_, y)| *y);
            axes.y.place(within(last))
        })
        .collect();
    if label_width == 0.0 {
        return;
    }
    let noted = names.iter().any(|(_, note)| !note.is_empty());
    let gap = if noted { 2.2 * em } else { 1.25 * em };
    let heights = spread(&ends, gap, inner.y + 0.6 * em, inner.bottom() - 0.7 * em);
    for (i, series) in all
        .iter()
        .enumerate()
        .filter(|(i, _)| !names[*i].0.is_empty())
    {
        let look = series.look;
        let (x, y) = (inner.right() + 2.0 * em, heights[i]);
        let last = series
            .points
            .last()
            .map_or(inner.right(), |(x, _)| axes.x.place(*x));
        let group = i < plot.series.len();
        // A line from one that ends early would run along the others.
        if last > inner.right() - 1.5 * em {
            let leader = [(last + 0.15 * em, ends[i]), (x - 1.15 * em, y - 0.25 * em)];
            sheet
                .picture
                .polyline(&leader, Stroke::solid(Role::Muted, 0.06 * em));
        }
        let spot = (x - 0.65 * em, y - 0.25 * em);
        let radius = if group { 0.32 * em } else { 0.2 * em };
        sheet
            .picture
            .mark(look.mark, spot, radius, Some(look.role.into()), None);
        let mut name = Type::new(large, look.role);
        name.weight = weight(group);
        sheet.picture.text(&names[i].0, (x, y + 0.02 * em), name);
        let note = Type::new(small, Role::Muted);
        if !names[i].1.is_empty() {
            sheet.picture.text(&names[i].1, (x, y + 0.95 * em), note);
        }
    }
}

/// Share of the panel's height that a band takes on average [0 to 1].
fn filled(band: &[(f64, f64, f64)], (low, high): (f64, f64)) -> f32 {
    let within = |value: f64| value.clamp(low, high);
    let heights = band.iter().map(|(_, from, to)| within(*to) - within(*from));
    (heights.sum::<f64>() / (band.len().max(1) as f64 * (high - low).max(1e-9))) as f32
}

/// Letters of a group's name, and of a single case's.
fn weight(group: bool) -> Weight {
    if group { Weight::Bold } else { Weight::Regular }
}

/// Height of a drawn line at a place; none before its start and after its end.
fn height(line: &[(f32, f32)], x: f32) -> Option<f32> {
    let after = line.iter().position(|(at, _)| *at >= x)?;
    let (x2, y2) = line[after];
    let (x1, y1) = line[after.checked_sub(1)?];
    if x2 - x1 < 1e-6 {
        return Some(y2);
    }
    Some(y1 + (y2 - y1) * (x - x1) / (x2 - x1))
}
