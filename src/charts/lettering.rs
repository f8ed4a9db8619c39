//! Letters: two embedded faces, measured with their kerning and drawn as outlines, so that a chart
//! looks the same on a machine without fonts.

use ab_glyph::{Font, FontRef, GlyphId, OutlineCurve};

use super::Error;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-subset.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold-subset.ttf");

/// Weight of the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A step of an outline, in whatever unit its owner says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    Move(f32, f32),
    Line(f32, f32),
    Quad(f32, f32, f32, f32),
    Cubic(f32, f32, f32, f32, f32, f32),
    Close,
}

/// The embedded faces.
pub(super) struct Letters {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Letters {
    pub(super) fn embedded() -> Result<Self, Error> {
        let read = |bytes| FontRef::try_from_slice(bytes).map_err(|_| Error::Font);
        Ok(Self {
            regular: read(REGULAR)?,
            bold: read(BOLD)?,
        })
    }

    fn face(&self, weight: Weight) -> &FontRef<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Font units in an em.
    pub(super) fn units(&self, weight: Weight) -> f32 {
        self.face(weight).units_per_em().unwrap_or(2048.0)
    }

    /// The glyphs of a line with their offsets in font units, and the line's advance.
    pub(super) fn set(&self, text: &str, weight: Weight) -> (Vec<(GlyphId, f32)>, f32) {
        let face = self.face(weight);
        let mut x = 0.0;
        let mut previous = None;
        let mut glyphs = Vec::with_capacity(text.len());
        for letter in text.chars() {
            let glyph = face.glyph_id(letter);
            if let Some(previous) = previous {
                x += face.kern_unscaled(previous, glyph);
            }
            glyphs.push((glyph, x));
            x += face.h_advance_unscaled(glyph);
            previous = Some(glyph);
        }
        (glyphs, x)
    }

    /// Width of a line at a letter size, in the unit of the size.
    pub(super) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        self.set(text, weight).1 * size / self.units(weight)
    }

    /// Outline of a glyph in font units, y upwards; empty for a space.
    pub(super) fn outline(&self, glyph: GlyphId, weight: Weight) -> Vec<Step> {
        let Some(outline) = self.face(weight).outline(glyph) else {
            return Vec::new();
        };
        let mut steps = Vec::with_capacity(outline.curves.len() + 4);
        let mut last = None;
        for curve in &outline.curves {
            let start = match curve {
                OutlineCurve::Line(a, _)
                | OutlineCurve::Quad(a, _, _)
                | OutlineCurve::Cubic(a, _, _, _) => (a.x, a.y),
            };
            if last != Some(start) {
                if last.is_some() {
                    steps.push(Step::Close);
                }
                steps.push(Step::Move(start.0, start.1));
            }
            let end = match curve {
                OutlineCurve::Line(_, b) => {
                    steps.push(Step::Line(b.x, b.y));
                    b
                }
                OutlineCurve::Quad(_, b, c) => {
                    steps.push(Step::Quad(b.x, b.y, c.x, c.y));
                    c
                }
                OutlineCurve::Cubic(_, b, c, d) => {
                    steps.push(Step::Cubic(b.x, b.y, c.x, c.y, d.x, d.y));
                    d
                }
            };
            last = Some((end.x, end.y));
        }
        if last.is_some() {
            steps.push(Step::Close);
        }
        steps
    }

    /// The text in lines no wider than `width`, broken at spaces; a longer word is cut.
    pub(super) fn wrap(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let text = bound(text);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), weight, size) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        for line in &mut lines {
            *line = self.shorten(line, weight, size, width);
        }
        lines
    }

    /// The text in as few lines as `wrap` needs, but evenly filled: no last word alone on a line.
    pub(super) fn wrap_evenly(
        &self,
        text: &str,
        weight: Weight,
        size: f32,
        width: f32,
    ) -> Vec<String> {
        let mut best = self.wrap(text, weight, size, width);
        let needed = best.len();
        let mut narrower = width;
        if needed < 2 {
            return best;
        }
        loop {
            narrower *= 0.97;
            let lines = self.wrap(text, weight, size, narrower);
            let widest = lines
                .iter()
                .map(|line| self.width(line, weight, size))
                .fold(0.0, f32::max);
            if lines.len() > needed || widest > narrower {
                break;
            }
            best = lines;
        }
        best
    }

    /// The text cut with an ellipsis to fit `width`.
    pub(super) fn shorten(&self, text: &str, weight: Weight, size: f32, width: f32) -> String {
        // a column as wide as its widest text must hold it, whatever the sums before have rounded
        let width = width + 1e-3 * size;
        if self.width(text, weight, size) <= width {
            return text.to_owned();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while kept.pop().is_some() {
            let cut: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
            if self.width(&cut, weight, size) <= width {
                return cut;
            }
        }
        String::new()
    }
}

/// The text with a sign bound to its number, and a short number to the word before it, or to the one after where it
/// begins a part of a list.
fn bound(text: &str) -> String {
    let bare = |word: &str| {
        let bare = word.trim_end_matches([',', '.', ';', ':', '”', '“', ')']);
        bare.len()
    };
    let is_number = |word: &str| {
        let digits = &word[..bare(word)];
        digits.len() <= 2 && digits.chars().all(|c| c.is_ascii_digit())
    };
    let is_sign = |word: &str| matches!(&word[..bare(word)], "%" | "±");
    let ends_a_part = |word: &str| word.ends_with([',', ';', ':']);
    let mut bound = String::with_capacity(text.len() + 8);
    let (mut before, mut begins) = ("", false);
    for (n, word) in text.split(' ').enumerate() {
        let after_a_part = ends_a_part(before);
        if n > 0 {
            let with_the_number_before = begins && is_number(before) && !ends_a_part(before);
            let together = is_sign(word)
                || before == "±"
                || is_number(word) && !after_a_part
                || with_the_number_before;
            bound.push(if together { '\u{a0}' } else { ' ' });
        }
        (before, begins) = (word, after_a_part);
        bound.push_str(word);
    }
    bound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_kerned() {
        let letters = Letters::embedded().unwrap();
        let pair = letters.width("AV", Weight::Regular, 100.0);
        let apart =
            letters.width("A", Weight::Regular, 100.0) + letters.width("V", Weight::Regular, 100.0);
        assert!(
            pair < apart,
            "A and V stand closer together: {pair} < {apart}"
        );
    }

    #[test]
    fn long_text_is_wrapped_and_loses_no_word() {
        let letters = Letters::embedded().unwrap();
        let text = "No clear difference in promotions between the strategies in this run";
        let lines = letters.wrap(text, Weight::Bold, 20.0, 200.0);
        assert!(lines.len() > 2);
        assert!(
            lines
                .iter()
                .all(|line| letters.width(line, Weight::Bold, 20.0) <= 200.0)
        );
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn numbers_keep_their_signs_and_names_at_the_end_of_a_line() {
        assert_eq!(
            bound("others 92 %, after restructuring 1, by 0.5 in “share 40 %”, ± 12.5 of"),
            "others\u{a0}92\u{a0}%, after restructuring\u{a0}1, by 0.5 in “share\u{a0}40\u{a0}%”,\u{a0}±\u{a0}12.5 of"
        );
        assert_eq!(
            bound("week 30: 12 contacts, 7 strong, 3 advocates and 1 of 2, 14"),
            "week\u{a0}30: 12\u{a0}contacts, 7\u{a0}strong, 3\u{a0}advocates and\u{a0}1 of\u{a0}2, 14"
        );
    }

    #[test]
    fn every_sign_that_charts_use_has_an_outline() {
        let letters = Letters::embedded().unwrap();
        for sign in "AZazéßñØłČžαβΩЖ0123456789−–—·×→≥≤±√…%’“”•".chars()
        {
            let (glyphs, _) = letters.set(&sign.to_string(), Weight::Regular);
            assert_ne!(glyphs[0].0, GlyphId(0), "{sign} is not in the subset");
        }
    }

    #[test]
    fn a_name_too_long_is_cut_with_an_ellipsis() {
        let letters = Letters::embedded().unwrap();
        // a little less than its width, as after sums that have rounded
        let interval = "7.4 (6.2 to 8.8)";
        let rounded = letters.width(interval, Weight::Regular, 10.0) - 1e-5;
        let held = letters.shorten(interval, Weight::Regular, 10.0, rounded);
        assert_eq!(held, interval);
        let cut = letters.shorten("Research and development", Weight::Regular, 10.0, 60.0);
        assert!(cut.ends_with('…') && cut.starts_with("Res"), "{cut}");
    }
}
