//! What every chart has around its plot: title, subtitle, key, notes, provenance.

use super::lettering::{Letters, Weight};
use super::picture::{Align, Area, Paint, Picture, Stroke, Type};
use super::style::{Mark, Role, Size, StrategyStyle};
use crate::analysis::{Analysis, Provenance};

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
}

/// An entry of a key.
pub(super) enum Sample {
    Mark(StrategyStyle),
    /// A mark with a ring around it.
    Ring,
    /// A larger outlined mark.
    Large(StrategyStyle),
    /// A filled box.
    Swatch(Paint, bool),
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        words: &Words,
        provenance: &Provenance,
        size: Size,
        letters: &'a Letters,
    ) -> Self {
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
        notes.extend(letters.wrap(&provenance_line(provenance), Weight::Regular, small, inner));
        let mut y = height - margin * 0.55 - (notes.len() as f32 - 1.0) * small * 1.28;
        let bottom = y - small * 1.5;
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
        Self { picture, em, room }
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
                Sample::Large(look) => {
                    let rim = Stroke::solid(Role::Ink, 0.1 * em);
                    self.picture.mark(
                        look.mark,
                        middle,
                        0.5 * em,
                        Some(Role::Muted.into()),
                        Some(rim),
                    );
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
        let words = self
            .picture
            .letters
            .shorten(words, Weight::Bold, 0.92 * em, area.width);
        self.picture.text(
            &words,
            (area.x + area.width / 2.0, area.y + 0.8 * em),
            Type::new(0.92 * em, Role::Ink).bold().align(Align::Centre),
        );
        let used = 1.25 * em;
        Area {
            y: area.y + used,
            height: (area.height - used).max(0.0),
            ..area
        }
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

/// The sentence that keeps one run from being read as evidence.
pub(super) fn one_run(analysis: &Analysis) -> String {
    format!(
        "One run of one firm (seed {}): an illustration, not evidence; another seed may show \
         otherwise.",
        analysis.provenance.seed
    )
}

fn provenance_line(provenance: &Provenance) -> String {
    let hash: String = provenance.scenario_hash.chars().take(8).collect();
    let mut parts = Vec::new();
    if !provenance.scenario.is_empty() {
        parts.push(format!("scenario {}", provenance.scenario));
    }
    if !hash.is_empty() {
        parts.push(format!("hash {hash}"));
    }
    parts.push(format!("seed {}", provenance.seed));
    if !provenance.version.is_empty() {
        parts.push(format!("allies {}", provenance.version));
    }
    parts.join(" · ")
}
