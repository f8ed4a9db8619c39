//! What every chart has around its plot: title, subtitle, key, notes, provenance.

use std::ops::Range;

use super::lettering::{Letters, Weight};
use super::picture::{Align, Area, Paint, Picture, Shape, Stroke, Type};
use super::style::{Mark, Role, Size, StrategyStyle};
use crate::language::capitalised;

/// The words of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    /// The finding, as a sentence without a full stop.
    pub(super) title: String,
    /// What is shown, of how many.
    pub(super) subtitle: String,
    /// What one must know not to misread it.
    pub(super) notes: Vec<String>,
}

/// A picture with the words drawn and room left for the plot.
pub(super) struct Sheet<'a> {
    pub(super) picture: Picture<'a>,
    pub(super) em: f32,
    /// Room left.
    pub(super) room: Area,
    /// Whether the shape is fixed, so that a few rows spread over it; a page is cut to what is on it instead.
    pub(super) fills: bool,
    /// Where the plot ends, and the shapes of the notes below it.
    end: f32,
    notes: Range<usize>,
}

/// Height of a heading, in ems.
pub(super) const HEADING: f32 = 1.25;

/// An entry of a key.
pub(super) enum Sample {
    Mark(StrategyStyle),
    /// A mark with a ring around it.
    Ring,
    /// An arrow.
    Arrow(Paint),
    /// A bundle of ties.
    Tie,
    /// A mark drawn as an outline.
    Open,
    /// A line, dashed or not.
    Line(bool),
    /// A pale mark.
    Faint(StrategyStyle),
    /// A filled box.
    Swatch(Paint, bool),
}

impl<'a> Sheet<'a> {
    pub(super) fn new(words: &Words, footer: &str, size: Size, letters: &'a Letters) -> Self {
        let (width, height) = size.drawing();
        let em = size.em();
        let mut picture = Picture::new(width, height, letters);
        let margin = 1.5 * em;
        let inner = width - 2.0 * margin;

        let mut y = margin * 0.7;
        // A very long finding is set smaller rather than taking the plot's room.
        let mut title_size = 1.38 * em;
        let mut lines = letters.wrap_evenly(&words.title, Weight::Bold, title_size, inner);
        if lines.len() > 2 {
            title_size = 1.15 * em;
            lines = letters.wrap_evenly(&words.title, Weight::Bold, title_size, inner);
        }
        for line in lines {
            y += title_size * 1.22;
            picture.text(&line, (margin, y), Type::new(title_size, Role::Ink).bold());
        }
        y += 0.25 * em;
        for line in letters.wrap_evenly(&words.subtitle, Weight::Regular, 0.92 * em, inner) {
            y += 1.2 * em;
            picture.text(&line, (margin, y), Type::new(0.92 * em, Role::Muted));
        }
        let top = y + 0.9 * em;

        let small = 0.72 * em;
        let mut notes: Vec<String> = words
            .notes
            .iter()
            .flat_map(|note| letters.wrap(note, Weight::Regular, small, inner))
            .collect();
        notes.extend(letters.wrap(footer, Weight::Regular, small, inner));
        let mut y = height - margin * 0.55 - (notes.len() as f32 - 1.0) * small * 1.28;
        let bottom = y - small * 1.5;
        let first = picture.shapes.len();
        for line in &notes {
            picture.text(line, (margin, y), Type::new(small, Role::Muted));
            y += small * 1.28;
        }
        let room = Area {
            x: margin,
            y: top,
            width: inner,
            height: (bottom - top).max(4.0 * em),
        };
        Self {
            em,
            room,
            fills: size != Size::Page,
            end: room.bottom(),
            notes: first..picture.shapes.len(),
            picture,
        }
    }

    /// The picture; on a page, the notes follow what is drawn, and no paper is left empty.
    pub(super) fn finished(self) -> Picture<'a> {
        let mut picture = self.picture;
        let drawn = picture.shapes.iter().enumerate().skip(1);
        let used = drawn
            .filter(|(n, _)| !self.notes.contains(n))
            .map(|(_, shape)| shape.bottom())
            .fold(0.0, f32::max);
        let spare = self.end - used - 0.3 * self.em;
        if !self.fills && spare > 0.5 * self.em {
            for shape in &mut picture.shapes[self.notes] {
                if let Shape::Text(text) = shape {
                    text.y -= spare;
                }
            }
            picture.cut(picture.height - spare);
        }
        picture
    }

    /// Draws a key at the top of the room, in as many rows as it needs.
    pub(super) fn key(&mut self, entries: &[(Sample, String)]) {
        let em = self.em;
        let style = Type::new(0.84 * em, Role::Ink);
        let (mut x, mut y) = (self.room.x, self.room.y + 0.75 * em);
        for (sample, words) in entries {
            let longest = self.room.width - 2.0 * em;
            let words = &self
                .picture
                .letters
                .shorten(words, Weight::Regular, style.size, longest);
            let width = self
                .picture
                .letters
                .width(words, Weight::Regular, style.size)
                + 1.7 * em;
            if x > self.room.x && x + width > self.room.right() {
                x = self.room.x;
                y += 1.35 * em;
            }
            let middle = (x + 0.5 * em, y - 0.28 * em);
            match sample {
                Sample::Mark(look) => {
                    let fill = Some(look.role.into());
                    self.picture.mark(look.mark, middle, 0.34 * em, fill, None);
                }
                Sample::Ring => {
                    let stroke = Stroke::solid(Role::Ink, 0.12 * em);
                    self.picture
                        .mark(Mark::Circle, middle, 0.42 * em, None, Some(stroke));
                }
                Sample::Arrow(paint) => {
                    let stroke = Stroke::solid(*paint, 0.09 * em);
                    let (from, to) = ((x, middle.1), (x + 1.05 * em, middle.1));
                    self.picture.arrow(from, to, 0.0, stroke);
                }
                Sample::Tie => {
                    let stroke = Stroke::solid(Role::Tie.faint(0.6), 0.24 * em);
                    let line = [(x, middle.1), (x + 1.0 * em, middle.1)];
                    self.picture.polyline(&line, stroke);
                }
                Sample::Open => {
                    let rim = Stroke::solid(Role::Muted, 0.1 * em);
                    let paper = Some(Role::Paper.into());
                    self.picture
                        .mark(Mark::Circle, middle, 0.34 * em, paper, Some(rim));
                }
                Sample::Line(dashed) => {
                    let stroke = if *dashed {
                        Stroke::dashed(Role::Tie, 0.1 * em, &[3.0, 2.5])
                    } else {
                        Stroke::solid(Role::Ink, 0.1 * em)
                    };
                    let line = [(x, middle.1), (x + 1.0 * em, middle.1)];
                    self.picture.polyline(&line, stroke);
                }
                Sample::Faint(look) => {
                    let fill = Some(look.role.faint(0.4));
                    self.picture.mark(look.mark, middle, 0.34 * em, fill, None);
                }
                Sample::Swatch(fill, hatched) => {
                    let area = Area {
                        x: x + 0.05 * em,
                        y: middle.1 - 0.42 * em,
                        width: 0.9 * em,
                        height: 0.84 * em,
                    };
                    let outline = Stroke::solid(Role::Muted, 0.05 * em);
                    self.picture.rectangle(area, Some(*fill), Some(outline));
                    if *hatched {
                        hatch(
                            &mut self.picture,
                            area,
                            0.3 * em,
                            Stroke::solid(Role::Muted, 0.07 * em),
                        );
                    }
                }
            }
            self.picture.text(words, (x + 1.25 * em, y), style);
            x += width + 0.5 * em;
        }
        let used = y + 0.7 * em - self.room.y;
        self.room.y += used;
        self.room.height = (self.room.height - used).max(0.0);
    }

    /// Takes a strip off the top of the room and writes a heading into it.
    pub(super) fn heading(&mut self, area: Area, words: &str) -> Area {
        let em = self.em;
        let words =
            self.picture
                .letters
                .shorten(&capitalised(words), Weight::Bold, 0.92 * em, area.width);
        self.picture.text(
            &words,
            (area.x + area.width / 2.0, area.y + 0.8 * em),
            Type::new(0.92 * em, Role::Ink).bold().align(Align::Centre),
        );
        let used = HEADING * em;
        Area {
            y: area.y + used,
            height: (area.height - used).max(0.0),
            ..area
        }
    }

    /// The room in two parts side by side, the left with this share of the width.
    pub(super) fn split(&self, share: f32, gap: f32) -> [Area; 2] {
        let width = self.room.width - gap;
        let left = Area {
            width: width * share,
            ..self.room
        };
        let right = Area {
            x: left.right() + gap,
            width: width * (1.0 - share),
            ..self.room
        };
        [left, right]
    }

    /// The room as four quarters, row by row.
    pub(super) fn quarters(&self, across: f32, down: f32) -> [Area; 4] {
        let [left, right] = self.split(0.5, across);
        let height = (self.room.height - down) / 2.0;
        let part = |area: Area, row: f32| Area {
            y: area.y + row * (height + down),
            height,
            ..area
        };
        [
            part(left, 0.0),
            part(right, 0.0),
            part(left, 1.0),
            part(right, 1.0),
        ]
    }

    /// The room as two halves side by side.
    pub(super) fn halves(&self, gap: f32) -> [Area; 2] {
        let width = (self.room.width - gap) / 2.0;
        let left = Area { width, ..self.room };
        [
            left,
            Area {
                x: self.room.x + width + gap,
                ..left
            },
        ]
    }
}

/// Slanted lines inside a rectangle.
pub(super) fn hatch(picture: &mut Picture<'_>, area: Area, gap: f32, stroke: Stroke) {
    let mut lines = Vec::new();
    let mut offset = gap / 2.0;
    while offset < area.width + area.height {
        // From the left or bottom edge up to the top or right edge, at 45 degrees.
        let from = if offset <= area.height {
            (area.x, area.y + offset)
        } else {
            (area.x + offset - area.height, area.bottom())
        };
        let to = if offset <= area.width {
            (area.x + offset, area.y)
        } else {
            (area.right(), area.y + offset - area.width)
        };
        lines.push((from, to));
        offset += gap;
    }
    picture.segments(&lines, stroke);
}
