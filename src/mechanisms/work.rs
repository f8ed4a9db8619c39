//! M13 Work, the own part: what a week's work yields.
//!
//! # What happens
//!
//! ```text
//! y = (1 + by_competence * c) * (1 - lost * hours / 40) + by_help * h / (1 + h) + luck * N
//!   c  competence [sd]     hours  spent on contacts this week [h]
//!   h  help received       N  standard normal
//! ```
//!
//! An average colleague without contacts yields about 1 a week. Hours spent on relating are hours not
//! spent on own work; help received gives some of them back, with diminishing returns. Project work is in
//! `projects`.
//!
//! # Source
//! That giving help costs productivity and frequent exchange lowers the cost: E71 (Flynn 2003), sign. Sizes
//! are assumed; no source.
//!
//! # Assumptions and limits
//! Output is one number; competence does not change.
//!
//! # Order and randomness
//! After the week's contacts; one draw that belongs to the person.
//!
//! # Switched off
//! Everyone yields exactly 1 a week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::{Draws, Shapes};
use crate::units::{Factor, Share};
use crate::world::{Character, Week};

/// Hours in a working week.
pub const WORKING_HOURS: f32 = 40.0;

/// Own work.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Work {
    /// Whether the rule is on; off, everyone yields 1 a week [switch].
    pub enabled: bool,
    /// Output of one standard deviation of competence [share of an average week]. Assumed; no source.
    pub by_competence: Share,
    /// Share of the hours spent on contacts that own work loses [share]. Source: sign from E71.
    pub lost: Share,
    /// Most that help can add to a week [share of an average week]. Source: sign from E71.
    pub by_help: Share,
    /// Standard deviation of a week's luck [factor of an average week]. Assumed; no source.
    pub luck: Factor,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            enabled: true,
            by_competence: Share::new(0.2),
            lost: Share::new(0.7),
            by_help: Share::new(0.2),
            luck: Factor::new(0.35),
        }
    }
}

impl Work {
    /// Output of a week [weeks' worth of an average colleague].
    #[inline]
    pub fn output(
        &self,
        character: &Character,
        week: &Week,
        shapes: &Shapes,
        draws: &mut Draws,
    ) -> f32 {
        let &Self {
            enabled,
            by_competence,
            lost,
            by_help,
            luck,
        } = self;
        let noise = shapes.normal(draws);
        if !enabled {
            return 1.0;
        }
        let own = 1.0 - lost.single() * (week.hours / WORKING_HOURS).min(1.0);
        let skill = (1.0 + by_competence.single() * character.competence).max(0.0);
        let help = by_help.single() * week.help / (1.0 + week.help);
        (skill * own + help + luck.single() * noise).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};

    fn yields(work: &Work, competence: f32, hours: f32, help: f32) -> f32 {
        let character = Character {
            competence,
            ..Character::default()
        };
        let week = Week {
            hours,
            help,
            ..Week::default()
        };
        let mut draws = Randomness::new(1).draws(Purpose::Work, 0, 1);
        work.output(&character, &week, &Shapes::default(), &mut draws)
    }

    #[test]
    fn a_week_is_worth_what_the_equation_says() {
        let work = Work {
            luck: Factor::new(0.0),
            ..Work::default()
        };
        assert!((yields(&work, 0.0, 0.0, 0.0) - 1.0).abs() < 1e-6);
        // (1 + 0.2) * (1 - 0.7 * 10 / 40) + 0.2 * 1 / 2 = 1.2 * 0.825 + 0.1 = 1.09
        assert!((yields(&work, 1.0, 10.0, 1.0) - 1.09).abs() < 1e-6);
    }

    #[test]
    fn relating_costs_output_and_help_gives_some_back() {
        let work = Work::default();
        assert!(yields(&work, 0.0, 8.0, 0.0) < yields(&work, 0.0, 0.0, 0.0));
        assert!(yields(&work, 0.0, 8.0, 1.0) > yields(&work, 0.0, 8.0, 0.0));
    }

    #[test]
    fn switched_off_everyone_yields_one() {
        let work = Work {
            enabled: false,
            ..Work::default()
        };
        assert_eq!(yields(&work, 3.0, 20.0, 5.0), 1.0);
    }

    #[test]
    fn luck_has_the_spread_stated_and_no_drift() {
        // mean 1, sd 0.2, n = 20000: four standard errors; the table's variance is 0.9987
        let work = Work {
            luck: Factor::new(0.2),
            ..Work::default()
        };
        let (character, week) = (Character::default(), Week::default());
        let shapes = Shapes::default();
        let n = 20_000;
        let (mut sum, mut square) = (0.0, 0.0);
        for i in 0..n {
            let mut draws = Randomness::new(1).draws(Purpose::Work, 0, i);
            let y = f64::from(work.output(&character, &week, &shapes, &mut draws)) - 1.0;
            sum += y;
            square += y * y;
        }
        let n = f64::from(n);
        assert!((sum / n).abs() < 4.0 * 0.2 / n.sqrt());
        assert!((square / n / 0.04 - 0.9987).abs() < 4.0 * (2.0 / n).sqrt());
    }

    #[test]
    fn output_never_falls_below_nothing() {
        let work = Work {
            luck: Factor::new(5.0),
            ..Work::default()
        };
        let character = Character {
            competence: -4.0,
            ..Character::default()
        };
        let shapes = Shapes::default();
        let yields: Vec<f32> = (0..200)
            .map(|i| {
                let mut draws = Randomness::new(1).draws(Purpose::Work, 0, i);
                work.output(&character, &Week::default(), &shapes, &mut draws)
            })
            .collect();
        assert!(yields.iter().all(|&y| y >= 0.0) && yields.contains(&0.0));
    }
}
