//! M13 Work, the own part: what a week's work yields.
//!
//! # What happens
//!
//! ```text
//! y = ( (1 + by_competence * c + by_manager * m) * (1 - lost * hours / 40) + by_help * h / (half_help + h) ) * settled + luck * N
//!   c  competence at the own work [sd]: of a manager, 1 - managing of it that at the work and managing of it that at managing
//!   m  the manager's skill at managing [sd], 0 without one
//!   hours  spent on contacts and programmes this week [h]     h  help received     settled  M16     N  standard normal
//! ```
//!
//! An average colleague without contacts yields about 1 a week. Hours spent on relating are hours not
//! spent on own work; help received gives some of them back, with diminishing returns. Project work is in
//! `projects`.
//!
//! # Source
//! That those promoted for their own work do not make their reports better: E11 (Benson, Li and Shue 2019), sign.
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
    /// Help at which half of that is reached [weeks' worth]. Assumed; so large that more exchange pays for the hours it costs (E71, sign).
    pub half_help: Factor,
    /// Share of a manager's work that is managing [share]. Assumed; no source.
    pub managing: Share,
    /// Output that one standard deviation of the manager's skill at managing adds to each report [share of an average week]. Source: sign and order from E11.
    pub by_manager: Share,
    /// Standard deviation of a week's luck [factor of an average week]. Assumed; no source.
    pub luck: Factor,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            enabled: true,
            by_competence: Share::new(0.2),
            lost: Share::new(0.7),
            by_help: Share::new(0.5),
            half_help: Factor::new(3.0),
            managing: Share::new(0.5),
            by_manager: Share::new(0.05),
            luck: Factor::new(0.35),
        }
    }
}

/// The job that a week's work is done in.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// Whether the post manages others.
    pub manages: bool,
    /// The manager's skill at managing [standard deviations]; 0 without a manager.
    pub manager: f32,
    /// Share of one's output that one yields while settling in [0 to 1].
    pub settled: f32,
}

impl Work {
    /// Output of a week [weeks' worth of an average colleague].
    #[inline]
    pub fn output(
        &self,
        character: &Character,
        week: &Week,
        job: Job,
        shapes: &Shapes,
        draws: &mut Draws,
    ) -> f32 {
        let &Self {
            enabled,
            by_competence,
            lost,
            by_help,
            half_help,
            managing,
            by_manager,
            luck,
        } = self;
        let noise = shapes.normal(draws);
        if !enabled {
            return 1.0;
        }
        let own = 1.0 - lost.single() * (week.hours / WORKING_HOURS).min(1.0);
        let competence = if job.manages {
            let share = managing.single();
            (1.0 - share) * character.competence + share * character.managing
        } else {
            character.competence
        };
        let skill = 1.0 + by_competence.single() * competence + by_manager.single() * job.manager;
        let help =
            by_help.single() * week.help / (half_help.single() + week.help).max(f32::MIN_POSITIVE);
        ((skill.max(0.0) * own + help) * job.settled + luck.single() * noise).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};

    const JOB: Job = Job {
        manages: false,
        manager: 0.0,
        settled: 1.0,
    };

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
        work.output(&character, &week, JOB, &Shapes::default(), &mut draws)
    }

    #[test]
    fn a_week_is_worth_what_the_equation_says() {
        let work = Work {
            luck: Factor::new(0.0),
            ..Work::default()
        };
        assert!((yields(&work, 0.0, 0.0, 0.0) - 1.0).abs() < 1e-6);
        // (1 + 0.2) * (1 - 0.7 * 10 / 40) + 0.5 * 1 / (3 + 1) = 1.2 * 0.825 + 0.125 = 1.115
        assert!((yields(&work, 1.0, 10.0, 1.0) - 1.115).abs() < 1e-6);
    }

    #[test]
    fn a_managers_work_is_partly_managing_and_shows_in_the_reports() {
        let work = Work {
            luck: Factor::new(0.0),
            managing: Share::new(0.25),
            by_manager: Share::new(0.1),
            ..Work::default()
        };
        let character = Character {
            competence: 1.0,
            managing: -1.0,
            ..Character::default()
        };
        let yields = |job| {
            let mut draws = Randomness::new(1).draws(Purpose::Work, 0, 1);
            work.output(
                &character,
                &Week::default(),
                job,
                &Shapes::default(),
                &mut draws,
            )
        };
        // doing: 1 + 0.2; managing: 1 + 0.2 * (0.75 - 0.25); under a manager of 2: 1.2 + 0.1 * 2; settling: 0.8 of 1.2
        assert!((yields(JOB) - 1.2).abs() < 1e-6);
        assert!(
            (yields(Job {
                manages: true,
                ..JOB
            }) - 1.1)
                .abs()
                < 1e-6
        );
        assert!(
            (yields(Job {
                manager: 2.0,
                ..JOB
            }) - 1.4)
                .abs()
                < 1e-6
        );
        assert!(
            (yields(Job {
                settled: 0.8,
                ..JOB
            }) - 0.96)
                .abs()
                < 1e-6
        );
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
            let y = f64::from(work.output(&character, &week, JOB, &shapes, &mut draws)) - 1.0;
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
                work.output(&character, &Week::default(), JOB, &shapes, &mut draws)
            })
            .collect();
        assert!(yields.iter().all(|&y| y >= 0.0) && yields.contains(&0.0));
    }
}
