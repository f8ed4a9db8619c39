//! Estimates with their intervals, one a row, under headings.

use super::axes::{Scale, plain};
use super::lettering::{Letters, Weight};
use super::picture::{Align, Area, Stroke, Type};
use super::sheet::Sheet;
use super::style::{Role, StrategyStyle};
use crate::analysis::Interval;
use crate::language::Language;

/// A row.
pub(super) enum Row {
    Heading(String),
    Dot(Dot),
}

/// An estimate.
pub(super) struct Dot {
    pub(super) look: StrategyStyle,
    /// Written to the left.
    pub(super) name: String,
    pub(super) interval: Interval,
    /// Written to the right; none if empty.
    pub(super) value: String,
    /// Drawn as an outline only.
    pub(super) open: bool,
}

/// Rows on a common axis.
pub(super) struct Dots<'t> {
    pub(super) rows: &'t [Row],
    pub(super) x: (f64, f64),
    pub(super) x_title: &'t str,
    /// A value marked by an upright line, such as "no difference".
    pub(super) reference: Option<f64>,
}

/// Range that holds all estimates; intervals may not make it more than three times as wide.
pub(super) fn range(rows: &[Row], floor: Option<f64>) -> (f64, f64) {
    let dots = || {
        rows.iter().filter_map(|row| match row {
            Row::Dot(dot) => Some(dot.interval),
            Row::Heading(_) => None,
        })
    };
    let high = dots().map(|i| i.estimate).fold(f64::NEG_INFINITY, f64::max);
    let low = dots().map(|i| i.estimate).fold(f64::INFINITY, f64::min);
    if !high.is_finite() {
        return (0.0, 1.0);
    }
    let spread = (high - floor.unwrap_or(low))
        .max(high.abs() * 0.2)
        .max(1e-6);
    let top = dots()
        .map(|i| i.upper)
        .fold(high, f64::max)
        .min(high + 2.0 * spread);
    let bottom = dots()
        .map(|i| i.lower)
        .fold(low, f64::min)
        .max(low - 2.0 * spread);
    let edge = (top - floor.unwrap_or(bottom)) * 0.04;
    (floor.unwrap_or(bottom - edge), top + edge)
}

/// Height of the axis below the rows, in ems.
const AXIS: f32 = 2.7;
/// A heading, in rows.
const HEADING: f32 = 1.35;

/// Most that a row takes: few may stand far apart on a slide, so that they do not huddle at its top.
fn most(sheet: &Sheet<'_>) -> f32 {
    sheet.em * if sheet.fills { 8.0 } else { 2.2 }
}

/// Rows and headings, in rows.
fn slots(rows: &[Row]) -> f32 {
    let slot = |row: &Row| match row {
        Row::Heading(_) => HEADING,
        Row::Dot(_) => 1.0,
    };
    rows.iter().map(slot).sum()
}

/// Most that so many rows take with their axis.
pub(super) fn height(rows: usize, sheet: &Sheet<'_>) -> f32 {
    rows as f32 * most(sheet) + AXIS * sheet.em
}

/// Draws panels below each other, each with its heading if it has one, with the same distance between rows in all.
pub(super) fn stack(
    sheet: &mut Sheet<'_>,
    panels: &[(Option<&str>, Dots<'_>)],
    language: Language,
) {
    let em = sheet.em;
    let gap = 0.8 * em;
    let room = sheet.room;
    let around = |heading: Option<&str>| AXIS * em + heading.map_or(0.0, |_| 1.25 * em);
    let fixed: f32 = panels
        .iter()
        .map(|(heading, _)| around(*heading) + gap)
        .sum();
    let all: f32 = panels.iter().map(|(_, dots)| slots(dots.rows)).sum();
    let slot = ((room.height + gap - fixed) / all.max(1.0)).min(most(sheet));
    let mut y = room.y;
    for (heading, dots) in panels {
        let height = around(*heading) + slot * slots(dots.rows);
        let mut area = Area { y, height, ..room };
        if let Some(heading) = heading {
            area = sheet.heading(area, heading);
        }
        draw(sheet, area, dots, language);
        y += height + gap;
    }
}

/// Where uprights run: behind the rows, not through the headings between them.
fn stretches(rows: &[Row], top: f32, slot: f32, head: f32) -> Vec<(f32, f32)> {
    let mut found: Vec<(f32, f32)> = Vec::new();
    let mut y = top;
    let mut after_heading = true;
    for row in rows {
        if let Row::Heading(_) = row {
            y += head;
            after_heading = true;
            continue;
        }
        match found.last_mut().filter(|_| !after_heading) {
            Some(last) => last.1 = y + slot,
            None => found.push((y, y + slot)),
        }
        y += slot;
        after_heading = false;
    }
    found
}

/// From one line of a name to the next, in sizes of its letters.
const LINE: f32 = 1.08;
/// Shares of the width that names may take: the first in which all stand whole.
const WIDTHS: [f32; 2] = [0.4, 0.5];

/// How the names of rows are set: in as many lines as a row has room for.
struct Names {
    size: f32,
    most_lines: usize,
    width: f32,
}

impl Names {
    fn of(letters: &Letters, rows: &[Row], (size, slot): (f32, f32), width: f32) -> Self {
        let most_lines = ((slot / (LINE * size)) as usize).clamp(1, 3);
        let named = || {
            rows.iter().filter_map(|row| match row {
                Row::Dot(dot) => Some(dot.name.as_str()),
                Row::Heading(_) => None,
            })
        };
        let within = |share: f32| Self {
            size,
            most_lines,
            width: share * width,
        };
        let is_whole = |names: &Self| {
            let cut = |name: &str| {
                let lines = names.lines(letters, name);
                lines.iter().any(|line| line.ends_with('…'))
            };
            !named().any(cut)
        };
        let mut found = WIDTHS.map(within).into_iter();
        let widest = within(WIDTHS[WIDTHS.len() - 1]);
        let mut names = found.find(is_whole).unwrap_or(widest);
        let lines = named().flat_map(|name| names.lines(letters, name));
        let widths = lines.map(|line| letters.width(&line, Weight::Regular, size));
        names.width = widths.fold(0.0, f32::max);
        names
    }

    /// A name's lines; cut where it needs more than there is room for. Spaces before it set it in.
    fn lines(&self, letters: &Letters, name: &str) -> Vec<String> {
        let shorten = |words: &str| letters.shorten(words, Weight::Regular, self.size, self.width);
        if self.most_lines == 1 || shorten(name) == name {
            return vec![shorten(name)];
        }
        let mut lines = letters.wrap_evenly(name, Weight::Regular, self.size, self.width);
        if lines.len() > self.most_lines {
            let rest = lines.split_off(self.most_lines - 1).join(" ");
            lines.push(shorten(&rest));
        }
        lines
    }
}

/// Draws the rows into the area.
pub(super) fn draw(sheet: &mut Sheet<'_>, area: Area, dots: &Dots<'_>, language: Language) {
    let em = sheet.em;
    let letters = sheet.picture.letters;
    let headings = dots
        .rows
        .iter()
        .filter(|row| matches!(row, Row::Heading(_)))
        .count() as f32;
    let single = dots.rows.len() as f32 - headings;
    let slot = ((area.height - AXIS * em) / slots(dots.rows).max(1.0)).min(most(sheet));
    // A heading takes no more than its letters need.
    let head = HEADING * slot.min(1.9 * em);
    let size = (0.82 * em).min(slot * 0.82);
    let width = |words: &str| letters.width(words, Weight::Regular, size);
    let widest = |of: fn(&Dot) -> &str, most: f32| {
        dots.rows
            .iter()
            .filter_map(|row| match row {
                Row::Dot(dot) => Some(width(of(dot))),
                Row::Heading(_) => None,
            })
            .fold(0.0, f32::max)
            .min(most)
    };
    let names = Names::of(letters, dots.rows, (size, slot), area.width);
    let left = names.width + 2.0 * em;
    let right = widest(|dot| &dot.value, area.width * 0.3) + 0.7 * em;
    let plot = Area {
        x: area.x + left,
        y: area.y,
        width: (area.width - left - right).max(2.0 * em),
        height: slot * single + head * headings,
    };
    // a mark at the very edge stays clear of the names
    let (from, to) = (plot.x + 0.5 * em, plot.right() - 0.4 * em);
    let scale = Scale::between(dots.x.0, dots.x.1, from, to);
    let ticks = scale.ticks(3.4 * em);
    let stretches = stretches(dots.rows, plot.y, slot, head);
    let foot = (plot.bottom(), plot.bottom() + 0.2 * em);
    for tick in &ticks {
        let x = scale.place(*tick);
        for (from, to) in stretches.iter().chain([&foot]) {
            let line = [(x, *from), (x, *to)];
            sheet
                .picture
                .polyline(&line, Stroke::solid(Role::Grid, 0.06 * em));
        }
        sheet.picture.text(
            &plain(*tick, &ticks, language),
            (x, plot.bottom() + 1.15 * em),
            Type::new(0.8 * em, Role::Muted).align(Align::Centre),
        );
    }
    if let Some(reference) = dots.reference {
        let x = scale.place(reference);
        for (from, to) in &stretches {
            let line = [(x, *from), (x, *to)];
            sheet
                .picture
                .polyline(&line, Stroke::solid(Role::Muted, 0.09 * em));
        }
    }
    // A title wider than the axis stands in the middle of the area instead.
    let title = Type::new(0.82 * em, Role::Ink).align(Align::Centre);
    let words = letters.shorten(dots.x_title, Weight::Regular, 0.82 * em, area.width);
    let half = letters.width(&words, Weight::Regular, 0.82 * em) / 2.0;
    let middle = (plot.x + plot.width / 2.0)
        .min(area.right() - half)
        .max(area.x + half);
    sheet
        .picture
        .text(&words, (middle, plot.bottom() + 2.25 * em), title);
    let mut y = plot.y;
    for row in dots.rows {
        match row {
            Row::Heading(words) => {
                y += head;
                let words = letters.shorten(words, Weight::Bold, size, area.width);
                let style = Type::new(size, Role::Ink).bold().rimmed();
                sheet.picture.text(&words, (area.x, y - 0.22 * head), style);
            }
            Row::Dot(dot) => {
                let middle = y + slot * 0.5;
                let within = |value: f64| value.clamp(dots.x.0, dots.x.1);
                let (low, high) = (within(dot.interval.lower), within(dot.interval.upper));
                let line = [(scale.place(low), middle), (scale.place(high), middle)];
                sheet
                    .picture
                    .polyline(&line, Stroke::solid(dot.look.role, 0.13 * em));
                // What runs over the edge ends in a head, so that nobody takes the edge for the limit.
                let edges = [
                    (dot.interval.lower < dots.x.0, plot.x),
                    (dot.interval.upper > dots.x.1, plot.right()),
                ];
                let beyond = within(dot.interval.estimate) != dot.interval.estimate;
                let long = if beyond { 1.8 * em } else { 0.9 * em };
                for (_, edge) in edges.into_iter().filter(|(over, _)| *over) {
                    let back = if edge > plot.x { -long } else { long };
                    let stroke = Stroke::solid(dot.look.role, 0.13 * em);
                    let (from, to) = ((edge + back, middle), (edge, middle));
                    sheet.picture.arrow(from, to, 0.0, stroke);
                }
                let at = (scale.place(within(dot.interval.estimate)), middle);
                let radius = (0.34 * em).min(slot * 0.4);
                let (fill, rim) = if dot.open {
                    (Role::Paper, Stroke::solid(dot.look.role, 0.1 * em))
                } else {
                    (dot.look.role, Stroke::solid(Role::Paper, 0.06 * em))
                };
                // A mark at the edge would say that the estimate is there: where it is beyond, the head alone points to it.
                if !beyond {
                    sheet
                        .picture
                        .mark(dot.look.mark, at, radius, Some(fill.into()), Some(rim));
                }
                let key = (area.x + 0.5 * em, middle);
                let (fill, rim) = if dot.open {
                    let line = Stroke::solid(dot.look.role, 0.09 * em);
                    (Role::Paper, Some(line))
                } else {
                    (dot.look.role, None)
                };
                let fill = Some(fill.into());
                sheet
                    .picture
                    .mark(dot.look.mark, key, radius * 0.8, fill, rim);
                let lines = names.lines(letters, &dot.name);
                let first = middle - 0.5 * LINE * size * (lines.len().max(1) - 1) as f32;
                for (k, line) in lines.iter().enumerate() {
                    let baseline = first + (LINE * k as f32 + 0.36) * size;
                    let style = Type::new(size, Role::Ink);
                    let spot = (area.x + 1.15 * em, baseline);
                    sheet.picture.text(line, spot, style);
                }
                let value = letters.shorten(&dot.value, Weight::Regular, size, right - 0.7 * em);
                let style = Type::new(size, Role::Muted).align(Align::Right);
                let spot = (area.right(), middle + size * 0.36);
                sheet.picture.text(&value, spot, style);
                y += slot;
            }
        }
    }
}
