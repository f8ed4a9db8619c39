//! The bands of the chart of flows: who left and who was dismissed is told apart by lightness and hatching, so that a
//! grey print says the same.

use super::lettering::Step;
use super::picture::{Segment, Stroke};
use super::sheet::Sheet;
use super::style::Role;

/// What a band leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Department,
    Left,
    Dismissed,
}

impl Kind {
    /// The colour of the block that a band leads to, which the band has too.
    pub(super) fn role(self) -> Role {
        match self {
            Self::Department => Role::Strategy(2),
            Self::Left => Role::Outcome(5),
            Self::Dismissed => Role::Outcome(4),
        }
    }

    /// How much of what it crosses a band hides.
    fn opacity(self) -> f32 {
        match self {
            Self::Department => 0.34,
            Self::Left | Self::Dismissed => 0.8,
        }
    }
}

/// A band of people, from its upper end on the left to that on the right.
pub(super) struct Band {
    pub(super) from: (f32, f32),
    pub(super) to: (f32, f32),
    pub(super) thick: f32,
}

impl Band {
    pub(super) fn draw(&self, sheet: &mut Sheet<'_>, kind: Kind) {
        let em = sheet.em;
        let ((x1, y1), (x2, y2), thick) = (self.from, self.to, self.thick);
        let middle = f32::midpoint(x1, x2);
        let steps = vec![
            Step::Move(x1, y1),
            Step::Cubic(middle, y1, middle, y2, x2, y2),
            Step::Line(x2, y2 + thick),
            Step::Cubic(middle, y2 + thick, middle, y1 + thick, x1, y1 + thick),
            Step::Close,
        ];
        let fill = kind.role().faint(kind.opacity());
        let rim = if kind == Kind::Left {
            Stroke::solid(Role::Muted, 0.06 * em)
        } else if thick > 0.25 * em {
            // a stream apart from its neighbours; one too thin for that keeps all its colour
            Stroke::solid(Role::Paper, 0.05 * em)
        } else {
            Stroke::solid(fill, 0.05 * em)
        };
        sheet.picture.path(steps, Some(fill), Some(rim));
        if kind == Kind::Left {
            let line = Stroke::solid(Role::Muted, 0.06 * em);
            sheet.picture.segments(&self.hatching(0.4 * em), line);
        }
    }

    /// Slanted lines across the band, this far apart, cut where it ends.
    fn hatching(&self, gap: f32) -> Vec<Segment> {
        let (first, last) = (self.from.0, self.to.0);
        let lines = ((last - first + self.thick) / gap).max(0.0) as usize;
        (0..lines)
            .map(|k| {
                let low = first - self.thick + (k as f32 + 0.5) * gap;
                let at = |x: f32| (x, self.top(x) + low + self.thick - x);
                (at(low.max(first)), at((low + self.thick).min(last)))
            })
            .collect()
    }

    /// Where the upper edge is: `x` and `y` are of one share of the curve, which grows with `x`.
    fn top(&self, x: f32) -> f32 {
        let across = (x - self.from.0) / (self.to.0 - self.from.0);
        // handles stand in the middle, so that x is 1.5 s - 1.5 s^2 + s^3 and y is 3 s^2 - 2 s^3
        let (mut low, mut high) = (0.0_f32, 1.0_f32);
        for _ in 0..24 {
            let s = f32::midpoint(low, high);
            if s * (1.5 + s * (s - 1.5)) < across {
                low = s;
            } else {
                high = s;
            }
        }
        let s = low;
        self.from.1 + s * s * (3.0 - 2.0 * s) * (self.to.1 - self.from.1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::style::Theme;
    use super::*;

    #[test]
    fn kinds_differ_in_grey_and_who_left_is_hatched() {
        // what is seen of a colour on paper, as a grey print weighs it
        let grey = |role: Role, theme| {
            let colour = role.colour(theme);
            let part = |shift: u32| f64::from(colour >> shift & 0xff);
            0.299 * part(16) + 0.587 * part(8) + 0.114 * part(0)
        };
        for theme in [Theme::Light, Theme::Dark] {
            let seen = |kind: Kind| {
                let opacity = f64::from(kind.opacity());
                opacity * grey(kind.role(), theme) + (1.0 - opacity) * grey(Role::Paper, theme)
            };
            let kinds = [Kind::Department, Kind::Left, Kind::Dismissed];
            for (one, other) in [(0, 1), (0, 2), (1, 2)] {
                let apart = (seen(kinds[one]) - seen(kinds[other])).abs();
                assert!(apart > 40.0, "{:?} {:?}: {apart}", kinds[one], kinds[other]);
            }
        }
    }

    #[test]
    fn hatching_runs_from_edge_to_edge_of_the_band() {
        let band = Band {
            from: (100.0, 50.0),
            to: (500.0, 250.0),
            thick: 20.0,
        };
        assert!((band.top(100.0) - 50.0).abs() < 1e-2);
        assert!((band.top(300.0) - 150.0).abs() < 1e-2, "the middle");
        assert!((band.top(500.0) - 250.0).abs() < 1e-2);
        // a quarter along the curve: x is 1.5/4 - 1.5/16 + 1/64, y is 3/16 - 2/64
        assert!((band.top(100.0 + 400.0 * 0.296_875) - (50.0 + 200.0 * 0.156_25)).abs() < 1e-2);
        let lines = band.hatching(10.0);
        assert_eq!(lines.len(), 42, "over the whole of the band");
        for ((x1, y1), (x2, y2)) in lines {
            let (from_top, to_top) = (y1 - band.top(x1), y2 - band.top(x2));
            assert!(from_top > -1e-3 && from_top < 20.001, "inside: {from_top}");
            assert!(to_top > -1e-3 && to_top < 20.001, "inside: {to_top}");
            assert!((from_top - 20.0).abs() < 1e-3 || x1 == 100.0, "{x1}");
            assert!(to_top.abs() < 1e-3 || x2 == 500.0, "{x2}");
            assert!(x1 >= 100.0 && x2 <= 500.0, "{x1} {x2}");
        }
    }
}
