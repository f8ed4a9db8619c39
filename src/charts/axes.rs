//! Scales and axes: even, square-root or logarithmic, with round ticks that do not crowd.

use super::lettering::{Letters, Weight};
use super::picture::{Align, Area, Picture, Stroke, Type};
use super::style::Role;
use crate::language::Language;

/// From values to places along one direction of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    start: f64,
    end: f64,
    from: f32,
    to: f32,
    spacing: Spacing,
}

/// How values are spread along a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spacing {
    Even,
    /// Even, and ticks stand at whole numbers only.
    Whole,
    Root,
    Logarithm,
}

impl Scale {
    /// From 0 to `end`, evenly.
    pub(super) fn even(end: f64, from: f32, to: f32) -> Self {
        Self {
            start: 0.0,
            end: if end > 0.0 { end } else { 1.0 },
            from,
            to,
            spacing: Spacing::Even,
        }
    }

    /// From `start` to `end`, evenly.
    pub(super) fn between(start: f64, end: f64, from: f32, to: f32) -> Self {
        Self {
            start,
            end: if end > start { end } else { start + 1.0 },
            from,
            to,
            spacing: Spacing::Even,
        }
    }

    /// From `start` to `end` in years: no tick at a part of a year where there are two years or more.
    pub(super) fn years(start: f64, end: f64, from: f32, to: f32) -> Self {
        let even = Self::between(start, end, from, to);
        let spacing = if end - start >= 2.0 {
            Spacing::Whole
        } else {
            Spacing::Even
        };
        Self { spacing, ..even }
    }

    /// From `start` to `end`, both above nothing, by the logarithm: doubling is the same way everywhere.
    pub(super) fn logarithm(start: f64, end: f64, from: f32, to: f32) -> Self {
        let start = start.max(1e-12);
        Self {
            spacing: Spacing::Logarithm,
            ..Self::between(start, end.max(start * 1.01), from, to)
        }
    }

    /// From 0 to `end` by square root: spreads the many small values, and has a place for 0.
    pub(super) fn root(end: f64, from: f32, to: f32) -> Self {
        Self {
            spacing: Spacing::Root,
            ..Self::even(end, from, to)
        }
    }

    pub(super) fn place(&self, value: f64) -> f32 {
        let share = match self.spacing {
            Spacing::Logarithm => {
                libm::log(value.max(self.start) / self.start) / libm::log(self.end / self.start)
            }
            _ => ((value - self.start) / (self.end - self.start)).max(0.0),
        };
        let share = if self.spacing == Spacing::Root {
            share.sqrt()
        } else {
            share
        };
        self.from + (self.to - self.from) * share as f32
    }

    /// Round values at least `gap` apart in the drawing; the first is the first at or after the start.
    pub(super) fn ticks(&self, gap: f32) -> Vec<f64> {
        match self.spacing {
            Spacing::Root => return self.round_ticks(gap, true),
            Spacing::Logarithm => {
                let round = self.round_ticks(gap, false);
                if round.len() > 2 {
                    return round;
                }
                // A narrow range bends so little that even steps keep their distance, from the crowded end up.
                return self.even_ticks(gap * 1.4);
            }
            Spacing::Even | Spacing::Whole => {}
        }
        self.even_ticks(gap)
    }

    fn even_ticks(&self, gap: f32) -> Vec<f64> {
        let room = ((self.to - self.from).abs() / gap).max(1.0) as f64;
        let mut step = round_up((self.end - self.start) / room);
        if self.spacing == Spacing::Whole {
            step = if step <= 1.0 { 1.0 } else { step };
            step = if step.fract() > 0.0 { step * 2.0 } else { step };
        }
        let first = libm::ceil(self.start / step - 1e-9) as i64;
        let last = libm::floor(self.end / step + 1e-9) as i64;
        (first..=last).map(|i| i as f64 * step).collect()
    }

    /// Ticks at 1, 2 and 5 times powers of ten; with 0 where the scale has a place for it.
    fn round_ticks(&self, gap: f32, zero: bool) -> Vec<f64> {
        let largest = libm::floor(libm::log10(self.end)) as i32;
        let mut kept: Vec<f64> = Vec::new();
        // From large to small, so that the range is labelled to its end.
        for power in (largest - 5..=largest).rev() {
            for digit in [5.0, 2.0, 1.0] {
                let value = digit * power_of_ten(power);
                let clear = |other: f64| (self.place(value) - self.place(other)).abs() >= gap;
                let inside = if zero {
                    clear(0.0)
                } else {
                    value >= self.start
                };
                if value <= self.end && inside && kept.last().is_none_or(|last| clear(*last)) {
                    kept.push(value);
                }
            }
        }
        if zero {
            kept.push(0.0);
        }
        kept.reverse();
        kept
    }
}

fn power_of_ten(power: i32) -> f64 {
    // Parsing gives the nearest number to 10^power; repeated division would drift.
    format!("1e{power}").parse().unwrap_or(1.0)
}

/// The next of 1, 2, 2.5, 5 times a power of ten, at or above the value.
fn round_up(value: f64) -> f64 {
    let unit = power_of_ten(libm::floor(libm::log10(value.max(1e-300))) as i32);
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0];
    unit * steps
        .into_iter()
        .find(|step| unit * step >= value * (1.0 - 1e-9))
        .unwrap_or(10.0)
}

/// A number as short as its ticks allow.
pub(super) fn plain(value: f64, ticks: &[f64], language: Language) -> String {
    let smallest = ticks
        .iter()
        .filter(|t| t.abs() > 1e-12)
        .fold(f64::INFINITY, |a, b| a.min(b.abs()));
    let decimals = (0..=6)
        .find(|decimals| {
            let factor = power_of_ten(*decimals);
            ticks
                .iter()
                .all(|tick| (tick * factor - (tick * factor).round()).abs() < 1e-6)
        })
        .unwrap_or(6);
    // With very small ticks beside large ones, each number has its own decimals.
    if smallest < 0.01 || value == 0.0 {
        let text = format!("{:.6}", value.abs());
        let text = text.trim_end_matches('0');
        let own = text
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        return language.number(value, own);
    }
    language.number(value, decimals as usize)
}

/// Both axes of a plot.
pub(super) struct Axes<'t> {
    pub(super) x: Scale,
    pub(super) y: Scale,
    pub(super) x_title: &'t str,
    pub(super) y_title: &'t str,
    /// Values that have ticks on the x axis; round ones where there are none.
    pub(super) x_ticks: &'t [f64],
    pub(super) language: Language,
}

/// Room that the axes take: left of and below the plot.
pub(super) fn plot_area(area: Area, em: f32) -> Area {
    let (left, bottom) = (3.9 * em, 2.9 * em);
    Area {
        x: area.x + left,
        y: area.y + 0.5 * em,
        width: (area.width - left).max(em),
        height: (area.height - bottom - 0.5 * em).max(em),
    }
}

impl Axes<'_> {
    /// Values that have a line across.
    pub(super) fn y_ticks(&self, em: f32) -> Vec<f64> {
        let mut y_ticks = self.y.ticks(2.9 * em);
        // One or two numbers say too little of a scale that does not start at nothing.
        if y_ticks.len() < 3 {
            y_ticks = self.y.ticks(1.7 * em);
        }
        y_ticks
    }

    /// Draws grid, ticks, numbers and titles around `plot`.
    pub(super) fn draw(&self, picture: &mut Picture<'_>, plot: Area, em: f32) {
        let small = 0.8 * em;
        let numbers = Type::new(small, Role::Muted);
        let y_ticks = self.y_ticks(em);
        let mut widest = 0.0_f32;
        for tick in &y_ticks {
            let y = self.y.place(*tick);
            picture.polyline(
                &[(plot.x, y), (plot.right(), y)],
                Stroke::solid(Role::Grid, 0.05 * em),
            );
            let words = plain(*tick, &y_ticks, self.language);
            widest = widest.max(picture.letters.width(&words, Weight::Regular, small));
            picture.text(
                &words,
                (plot.x - 0.45 * em, y + small * 0.36),
                numbers.align(Align::Right),
            );
        }
        let x_ticks = if self.x_ticks.is_empty() {
            self.x.ticks(3.4 * em)
        } else {
            self.x_ticks.to_vec()
        };
        for tick in &x_ticks {
            let x = self.x.place(*tick);
            picture.polyline(
                &[(x, plot.bottom()), (x, plot.bottom() + 0.3 * em)],
                Stroke::solid(Role::Muted, 0.06 * em),
            );
            picture.text(
                &plain(*tick, &x_ticks, self.language),
                (x, plot.bottom() + 1.2 * em),
                numbers.align(Align::Centre),
            );
        }
        picture.polyline(
            &[(plot.x, plot.bottom()), (plot.right(), plot.bottom())],
            Stroke::solid(Role::Muted, 0.07 * em),
        );
        let titles = Type::new(0.84 * em, Role::Ink);
        // cut rather than run into what is around the plot
        let (x_title, y_title) = self.titles(picture.letters, plot, em);
        picture.text(
            &x_title,
            (plot.x + plot.width / 2.0, plot.bottom() + 2.45 * em),
            titles.align(Align::Centre),
        );
        picture.text(
            &y_title,
            (
                plot.x - 0.45 * em - widest - 0.75 * em,
                plot.y + plot.height / 2.0,
            ),
            titles.align(Align::Centre).turned(),
        );
    }

    /// Both titles, no longer than the plot and the room of the axis beside it.
    fn titles(&self, letters: &Letters, plot: Area, em: f32) -> (String, String) {
        let cut = |words: &str, room: f32| letters.shorten(words, Weight::Regular, 0.84 * em, room);
        (
            cut(self.x_title, plot.width + 2.0 * em),
            cut(self.y_title, plot.height + em),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_ticks_are_round_and_keep_their_distance() {
        let scale = Scale::even(23.0, 0.0, 230.0);
        assert_eq!(scale.ticks(40.0), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(scale.place(23.0), 230.0);
        assert_eq!(round_up(0.23), 0.25);
    }

    #[test]
    fn root_ticks_spread_small_values() {
        let scale = Scale::root(0.09, 0.0, 300.0);
        assert!(
            (scale.place(0.0225) - 150.0).abs() < 1e-3,
            "a quarter lies half way"
        );
        let ticks = scale.ticks(30.0);
        assert_eq!(ticks[0], 0.0);
        assert!(
            ticks.len() >= 4 && ticks.windows(2).all(|p| p[0] < p[1]),
            "{ticks:?}"
        );
        for pair in ticks.windows(2) {
            assert!(
                scale.place(pair[1]) - scale.place(pair[0]) >= 30.0,
                "{ticks:?}"
            );
        }
    }

    #[test]
    fn years_have_no_parts_and_doubling_is_the_same_way_on_a_logarithm() {
        let years = Scale::years(0.0, 10.0, 0.0, 160.0);
        assert_eq!(years.ticks(34.0), [0.0, 5.0, 10.0], "not 2.5");
        assert_eq!(Scale::years(0.0, 1.0, 0.0, 160.0).ticks(34.0)[1], 0.25);
        let scale = Scale::logarithm(0.05, 1.0, 0.0, 300.0);
        let way = scale.place(0.2) - scale.place(0.1);
        assert!((scale.place(0.8) - scale.place(0.4) - way).abs() < 1e-3);
        assert_eq!(scale.ticks(40.0), [0.05, 0.1, 0.2, 0.5, 1.0]);
        let narrow = Scale::logarithm(0.24, 0.52, 0.0, 300.0).ticks(35.0);
        assert!(narrow.len() > 2, "{narrow:?}");
    }

    #[test]
    fn numbers_show_what_tells_them_apart() {
        let english = Language::ENGLISH;
        assert_eq!(plain(2.0, &[0.0, 1.0, 2.0], english), "2");
        assert_eq!(plain(2.0, &[0.0, 0.5, 2.0], english), "2.0");
        assert_eq!(plain(0.002, &[0.0, 0.002, 0.05], english), "0.002");
    }

    #[test]
    fn a_range_below_nothing_has_ticks_on_both_sides() {
        let scale = Scale::between(-0.3, 0.5, 0.0, 800.0);
        assert!((scale.place(0.1) - 400.0).abs() < 1e-3);
        let ticks = scale.ticks(180.0);
        assert!(ticks.len() >= 4 && ticks.contains(&0.0), "{ticks:?}");
        assert!(ticks.iter().all(|tick| (-0.3..=0.5).contains(tick)));
    }

    #[test]
    fn titles_longer_than_their_axis_are_cut() {
        let letters = Letters::embedded().unwrap();
        let scale = Scale::even(1.0, 0.0, 100.0);
        let axes = Axes {
            x: scale,
            y: scale,
            x_title: "weeks",
            y_title: "Affected who end up worse, isolated less authentic [share]",
            x_ticks: &[],
            language: Language::ENGLISH,
        };
        let plot = Area {
            x: 0.0,
            y: 0.0,
            width: 400.0,
            height: 200.0,
        };
        let (x_title, y_title) = axes.titles(&letters, plot, 20.0);
        assert_eq!(x_title, "weeks");
        assert!(y_title.ends_with('…'), "{y_title}");
        assert!(letters.width(&y_title, Weight::Regular, 0.84 * 20.0) <= 220.0);
    }
}
