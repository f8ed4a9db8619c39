//! Lines over time with their bands, labelled at their ends.

use super::axes::{Axes, Scale, plot_area};
use super::labels::spread;
use super::lettering::{Letters, Weight};
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
    let groups = plot.series.len();
    let names = EndName::of_all(&all, groups, (letters, em), area);
    let label_width = names.iter().map(|name| name.width).fold(0.0, f32::max);
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
    let gap = names.iter().map(|name| name.height(em)).fold(0.0, f32::max);
    let lowest = inner.bottom() + 0.55 * em - gap.max(1.25 * em);
    let heights = spread(&ends, gap, inner.y + 0.6 * em, lowest);
    for (i, series) in all
        .iter()
        .enumerate()
        .filter(|(i, _)| !names[*i].lines.is_empty())
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
        let mut style = Type::new(LARGE * em, look.role);
        style.weight = weight(group);
        let EndName { lines, note, .. } = &names[i];
        for (k, line) in lines.iter().enumerate() {
            let y = y + (0.02 + LINE * k as f32) * em;
            sheet.picture.text(line, (x, y), style);
        }
        let style = Type::new(SMALL * em, Role::Muted);
        let y = y + (0.95 + LINE * (lines.len() - 1) as f32) * em;
        sheet.picture.text(note, (x, y), style);
    }
}

/// Share of the panel's height that a band takes on average [0 to 1].
fn filled(band: &[(f64, f64, f64)], (low, high): (f64, f64)) -> f32 {
    let within = |value: f64| value.clamp(low, high);
    let heights = band.iter().map(|(_, from, to)| within(*to) - within(*from));
    (heights.sum::<f64>() / (band.len().max(1) as f64 * (high - low).max(1e-9))) as f32
}

/// Letters of a name and of the note below it, in ems.
const LARGE: f32 = 0.86;
const SMALL: f32 = 0.72;
/// From one line of a name to the next, in ems.
const LINE: f32 = 0.98;
/// Lines that a name may take at most.
const MOST_LINES: usize = 3;

/// The name at a line's end, in as many lines as it needs.
struct EndName {
    lines: Vec<String>,
    note: String,
    width: f32,
    is_cut: bool,
}

impl EndName {
    /// Of all series, of which the first so many are groups. Names are cut where more lines would not fit below each other.
    fn of_all(
        all: &[&Series],
        groups: usize,
        (letters, em): (&Letters, f32),
        area: Area,
    ) -> Vec<Self> {
        let longest = (area.width * 0.34).min(11.0 * em);
        let noted = all.iter().any(|series| !series.note.is_empty());
        let named = all.iter().filter(|series| !series.name.is_empty()).count();
        let height = plot_area(area, em).height - 0.2 * em;
        let fits = |lines: &usize| named as f32 * label_height(*lines, noted) * em <= height;
        let most = (1..=MOST_LINES).rev().find(fits).unwrap_or(1);
        let name = |(i, series): (usize, &&Series)| {
            let weight = weight(i < groups);
            let mut lines = letters.wrap_evenly(&series.name, weight, LARGE * em, longest);
            if lines.len() > most {
                let rest = lines.split_off(most - 1).join(" ");
                lines.push(letters.shorten(&rest, weight, LARGE * em, longest));
            }
            let note = letters.shorten(&series.note, Weight::Regular, SMALL * em, longest);
            let widths = lines
                .iter()
                .map(|line| letters.width(line, Weight::Bold, LARGE * em));
            let below = letters.width(&note, Weight::Regular, SMALL * em);
            Self {
                width: widths.fold(below, f32::max),
                is_cut: lines.iter().any(|line| line.ends_with('…')),
                lines,
                note,
            }
        };
        all.iter().enumerate().map(name).collect()
    }

    fn height(&self, em: f32) -> f32 {
        label_height(self.lines.len().max(1), !self.note.is_empty()) * em
    }
}

/// Height of a name of so many lines with the gap to the next one, in ems.
fn label_height(lines: usize, noted: bool) -> f32 {
    let last = if noted { 2.2 } else { 1.25 };
    (lines - 1) as f32 * LINE + last
}

/// Whether a name at the end of one of these lines, drawn in this area, is cut: then a key must have it whole.
pub(super) fn cuts_names(sheet: &Sheet<'_>, area: Area, series: &[Series]) -> bool {
    let all: Vec<&Series> = series.iter().collect();
    let letters = (sheet.picture.letters, sheet.em);
    let names = EndName::of_all(&all, series.len(), letters, area);
    names.iter().any(|name| name.is_cut)
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
