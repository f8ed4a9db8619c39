//! One style for all charts: colours by role, marks, dashes, sizes.
//!
//! Strategies differ in colour (Okabe and Ito's palette, made for colour-blind readers), in the shape
//! of their marks and in their dash, so that a grey print says the same. A chart draws with roles;
//! which colour a role has is decided when the picture is written, by the theme, or by the page that
//! it is put into.

use std::fmt::Write as _;

use serde::Serialize;

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Paper,
    Ink,
    Muted,
    Grid,
    Region,
    Tie,
    /// A strategy's colour, by its place in [`StrategyStyle`].
    Strategy(u8),
    /// An outcome's fill, by its place in `Outcome::ALL`.
    Outcome(u8),
    /// Letters on that fill.
    OutcomeInk(u8),
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near black.
    Dark,
}

const STRATEGIES: [(u32, u32); 7] = [
    (0x00_9e73, 0x2f_c39a), // bluish green
    (0xd5_5e00, 0xff_8a3d), // vermillion
    (0x00_72b2, 0x56_b4e9), // blue; sky blue on dark
    (0xcc_79a7, 0xe3_9cc3), // reddish purple
    (0x8a_6d00, 0xf0_e442), // yellow, darkened on white to stay readable
    (0x3d_3d3d, 0xd8_d8d8), // black
    (0xe6_9f00, 0xe6_9f00), // orange
];

/// Lightness falls from good to bad, so that the order survives a grey print.
const OUTCOMES: [(u32, u32); 6] = [
    (0xfd_eeb8, 0x4a_4526),
    (0xd2_d6d9, 0x52_595f),
    (0x9c_c3d9, 0x5c_8299),
    (0x4c_83a6, 0x93_c4de),
    (0x17_2b45, 0xf4_f8fb),
    (0xff_ffff, 0x15_191e),
];

const OUTCOME_INKS: [(u32, u32); 6] = [
    (0x1b_1f23, 0xf2_f4f5),
    (0x1b_1f23, 0xf2_f4f5),
    (0x1b_1f23, 0xff_ffff),
    (0xff_ffff, 0x10_1418),
    (0xff_ffff, 0x10_1418),
    (0x1b_1f23, 0xf2_f4f5),
];

impl Role {
    fn pair(self) -> (u32, u32) {
        let nth = |list: &[(u32, u32)], n: u8| list[n as usize % list.len()];
        match self {
            Self::Paper => (0xff_ffff, 0x15_191e),
            Self::Ink => (0x1b_1f23, 0xe9_ecee),
            Self::Muted => (0x56_5d64, 0xa6_aeb5),
            Self::Grid => (0xdc_e0e3, 0x32_383e),
            Self::Region => (0xee_f1f3, 0x20_262c),
            Self::Tie => (0x8d_969d, 0x6f_7982),
            Self::Strategy(n) => nth(&STRATEGIES, n),
            Self::Outcome(n) => nth(&OUTCOMES, n),
            Self::OutcomeInk(n) => nth(&OUTCOME_INKS, n),
        }
    }

    /// The colour in a theme, as 0xrrggbb.
    pub(super) fn colour(self, theme: Theme) -> u32 {
        let (light, dark) = self.pair();
        match theme {
            Theme::Light => light,
            Theme::Dark => dark,
        }
    }

    /// Name of the CSS variable that a page may set instead.
    pub(super) fn variable(self) -> String {
        match self {
            Self::Paper => "--paper".into(),
            Self::Ink => "--ink".into(),
            Self::Muted => "--muted".into(),
            Self::Grid => "--grid".into(),
            Self::Region => "--region".into(),
            Self::Tie => "--tie".into(),
            Self::Strategy(n) => format!("--strategy-{}", n as usize % STRATEGIES.len()),
            Self::Outcome(n) => format!("--outcome-{n}"),
            Self::OutcomeInk(n) => format!("--outcome-ink-{n}"),
        }
    }

    fn all() -> Vec<Self> {
        [
            Self::Paper,
            Self::Ink,
            Self::Muted,
            Self::Grid,
            Self::Region,
            Self::Tie,
        ]
        .into_iter()
        .chain((0..STRATEGIES.len() as u8).map(Self::Strategy))
        .chain((0..OUTCOMES.len() as u8).map(Self::Outcome))
        .chain((0..OUTCOME_INKS.len() as u8).map(Self::OutcomeInk))
        .collect()
    }
}

/// The CSS declarations of all colours in a theme, for a page that holds charts drawn with variables.
pub fn css_variables(theme: Theme) -> String {
    Role::all()
        .into_iter()
        .fold(String::new(), |mut css, role| {
            // Writing to a string cannot fail.
            let _ = write!(css, "{}:#{:06x};", role.variable(), role.colour(theme));
            css
        })
}

/// Shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Circle,
    Triangle,
    Square,
    Diamond,
    TriangleDown,
}

/// How one strategy is drawn, everywhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StrategyStyle {
    pub(super) role: Role,
    pub(super) mark: Mark,
    /// Lengths of dash and gap in line widths; empty for a solid line.
    pub(super) dash: &'static [f32],
}

const SHAPES: [(Mark, &[f32]); 5] = [
    (Mark::Circle, &[]),
    (Mark::Triangle, &[4.5, 2.0]),
    (Mark::Square, &[1.1, 1.5]),
    (Mark::Diamond, &[7.0, 1.6, 1.4, 1.6]),
    (Mark::TriangleDown, &[2.6, 1.4]),
];

/// Which colour and mark each strategy has in every picture, given sorted by name: the three of the model are fixed,
/// others take the next free ones.
pub fn strategy_looks(names: &[String]) -> Vec<usize> {
    let mut next = 3;
    let look = |name: &String| match name.as_str() {
        "authentic" => 0,
        "transactional" => 1,
        "isolated" => 2,
        _ => {
            next += 1;
            next - 1
        }
    };
    names.iter().map(look).collect()
}

/// Styles of the strategies, given sorted by name.
pub(super) fn strategy_styles(names: &[String]) -> Vec<StrategyStyle> {
    strategy_looks(names)
        .into_iter()
        .map(|n| {
            let (mark, dash) = SHAPES[n % SHAPES.len()];
            StrategyStyle {
                role: Role::Strategy((n % STRATEGIES.len()) as u8),
                mark,
                dash,
            }
        })
        .collect()
}

/// What the picture is for: decides its shape, and how large letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Size {
    /// A projected slide, 16:9; PNG 1920 × 1080.
    #[default]
    Slide,
    /// A column of a page, 4:3 at most and cut to what is drawn; PNG 2160 pixels wide (300 dots an inch at 18 cm).
    Page,
    /// A poster, 4:3; PNG 3600 × 2700.
    Poster,
}

impl Size {
    /// Width and height of the drawing.
    pub fn drawing(self) -> (f32, f32) {
        match self {
            Self::Slide => (1280.0, 720.0),
            Self::Page => (720.0, 540.0),
            Self::Poster => (1800.0, 1350.0),
        }
    }

    /// Size of plain letters in the drawing.
    pub(super) fn em(self) -> f32 {
        match self {
            Self::Slide => 19.0,
            Self::Page => 12.0,
            Self::Poster => 29.0,
        }
    }

    /// Pixels of a PNG in one unit of the drawing.
    pub(super) fn pixels(self) -> f32 {
        match self {
            Self::Slide => 1.5,
            Self::Page => 3.0,
            Self::Poster => 2.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG relative luminance.
    fn luminance(colour: u32) -> f64 {
        let channel = |shift: u32| {
            let c = f64::from((colour >> shift) & 0xff) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                libm::pow((c + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    fn contrast(a: u32, b: u32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn letters_can_be_read_on_what_they_stand_on() {
        for theme in [Theme::Light, Theme::Dark] {
            for ground in [Role::Paper, Role::Region] {
                for ink in [Role::Ink, Role::Muted] {
                    let found = contrast(ink.colour(theme), ground.colour(theme));
                    assert!(found >= 4.5, "{ink:?} on {ground:?} in {theme:?}: {found}");
                }
            }
            for n in 0..6 {
                let (ink, fill) = (Role::OutcomeInk(n), Role::Outcome(n));
                let found = contrast(ink.colour(theme), fill.colour(theme));
                assert!(found >= 4.0, "outcome {n} in {theme:?}: {found}");
            }
            for n in 0..3 {
                let found = contrast(Role::Strategy(n).colour(theme), Role::Paper.colour(theme));
                assert!(found >= 3.0, "strategy {n} in {theme:?}: {found}");
            }
        }
    }

    #[test]
    fn outcomes_darken_from_good_to_bad_on_paper() {
        let grey: Vec<f64> = (0..5)
            .map(|n| luminance(Role::Outcome(n).colour(Theme::Light)))
            .collect();
        assert!(
            grey.windows(2).all(|pair| pair[0] > pair[1] * 1.15),
            "{grey:?}"
        );
    }

    #[test]
    fn strategies_keep_their_style_whatever_others_there_are() {
        let three = strategy_styles(&["authentic".into(), "isolated".into()]);
        let more = strategy_styles(&["authentic".into(), "bold".into(), "isolated".into()]);
        assert_eq!((three[0], three[1]), (more[0], more[2]));
        assert_ne!(more[1].mark, more[0].mark);
        assert_eq!(more[1].role, Role::Strategy(3));
    }
}
