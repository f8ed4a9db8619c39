//! Names of the rooms of the floor plan, with their headcounts.

use super::lettering::{Letters, Weight};
use super::picture::Area;
use crate::language::Language;

/// Height of a line of a room's name, in sizes of its letters.
pub(super) const LINE: f32 = 1.12;

/// A room's name with its headcount, as it is written.
pub(super) struct Title {
    pub(super) size: f32,
    pub(super) lines: Vec<String>,
    /// Whether the name is cut: a list under the plan then has it whole.
    pub(super) is_cut: bool,
    width: f32,
}

impl Title {
    /// The first of the wordings that fits whole into one line, or else two, in large letters or else in small ones; cut
    /// where none does.
    pub(super) fn of(wordings: &[String; 2], letters: &Letters, most: f32, em: f32) -> Self {
        let wrapped = |words: &str, size: f32, allowed: usize| {
            let lines = letters.wrap(words, Weight::Regular, size, most);
            let wide = |line: &String| letters.width(line, Weight::Regular, size) <= most;
            (lines.len() <= allowed && lines.iter().all(wide)).then_some((size, lines))
        };
        // a word that is wider than the room is cut
        let is_whole = |lines: &[String]| !lines.iter().any(|line| line.ends_with('…'));
        let [full, name] = wordings;
        let (large, small) = (0.74 * em, 0.62 * em);
        let tries = [
            (full, large, 1),
            (full, large, 2),
            (full, small, 2),
            (name, small, 2),
        ];
        let written = |(words, size, allowed): (&String, f32, usize)| wrapped(words, size, allowed);
        let whole = tries
            .into_iter()
            .find_map(|words| written(words).filter(|(_, lines)| is_whole(lines)));
        let is_cut = whole.is_none();
        let (size, lines) = whole
            .or_else(|| tries.into_iter().find_map(written))
            .unwrap_or_else(|| {
                let cut = letters.shorten(name, Weight::Regular, small, most);
                (small, vec![cut])
            });
        let widths = lines
            .iter()
            .map(|line| letters.width(line, Weight::Regular, size));
        Self {
            size,
            width: widths.fold(0.0, f32::max),
            lines,
            is_cut,
        }
    }

    pub(super) fn height(&self) -> f32 {
        self.lines.len() as f32 * LINE * self.size
    }

    /// The plate under its letters, in the corner of a room.
    pub(super) fn plate(&self, (x, y): (f32, f32), em: f32) -> Area {
        Area {
            x: x + 0.25 * em,
            y: y + 0.15 * em,
            width: self.width + 0.3 * em,
            height: self.height() + 0.1 * em,
        }
    }

    /// The box that it takes in its room.
    pub(super) fn strip(&self, room: &Area, em: f32) -> Area {
        Area {
            x: room.x + 0.2 * em,
            y: room.y,
            width: self.width + 0.4 * em,
            height: self.height() + 0.3 * em,
        }
    }
}

/// A department with its headcount, or why it has none.
pub(super) fn titled(name: &str, count: usize, after: bool, language: Language) -> String {
    match (count, after) {
        (0, true) => format!("{name} {}", language.say("network.gone", &[])),
        (0, false) => format!("{name} {}", language.say("network.not_yet", &[])),
        _ => format!("{name} ({count})"),
    }
}
