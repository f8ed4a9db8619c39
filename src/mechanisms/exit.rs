//! M16 Exit: leaving, dismissal for cause, retirement.
//!
//! # What happens
//! Each week a person leaves with probability
//!
//! ```text
//! p_quit = e_level / 52 * exp( - by_friends * (F - typical_friends) / (1 + typical_friends)
//!                              - by_recognition * rating
//!                              + by_passed_over * [passed over in the last year] + by_threat * t )
//! ```
//!
//! with e_level the yearly rate of the level, F the summed strength of active friendships, t the threat felt. A person is
//! dismissed with yearly rate `dismissal`, times e^(-by_rating * rating); and retires at `retirement_age` at the latest, with a yearly
//! chance `early` in the five years before.
//!
//! # Source
//! Levels of quits by rank: E18 (Mercer). Friends keep people: E72g (hazard ratio .75 to .95 per sd). Passed
//! over: E25 (hazard ratio about 1.08 for the team). Quits after a layoff: E75c. Sizes within these ranges.
//!
//! # Assumptions and limits
//! The outside world is constant. A friend's exit does not yet pull others along.
//!
//! # Order and randomness
//! First in the week; reads the state as the week before left it; draws belong to the person.
//!
//! # Switched off
//! Nobody leaves of their own accord, is dismissed or retires: the firm changes only by restructuring.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Age, Factor, Probability, Rate, Weeks, Weight};
use crate::world::{Character, EventKind, Standing};

/// Leaving the firm.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Exit {
    /// Whether the rule is on; off, nobody leaves except through a restructuring [switch].
    pub enabled: bool,
    /// How much friendships keep a person [log hazard]. Source: sign from E72g.
    pub by_friends: Weight,
    /// Summed strength of friendships of a typical colleague [strength]. Assumed; the firm's mean.
    pub typical_friends: Factor,
    /// How much a good rating keeps a person [log hazard per standard deviation]. Assumed; no source.
    pub by_recognition: Weight,
    /// How much being passed over drives a person away for a year [log hazard]. Source: E25.
    pub by_passed_over: Weight,
    /// How long being passed over hurts [weeks]. Assumed; no source.
    pub hurts: Weeks,
    /// How much threat drives a person away [log hazard]. Source: E75c.
    pub by_threat: Weight,
    /// Yearly rate of dismissal for cause [1/year]. Source: E18 (involuntary 2 to 6 % a year).
    pub dismissal: Rate,
    /// How much a good rating protects from dismissal [log hazard per standard deviation]. Assumed; weak, as E75e finds for layoffs.
    pub by_rating: Weight,
    /// Age at which everyone retires [years]. Assumed; no source.
    pub retirement_age: Age,
    /// Yearly chance of retiring in the five years before [probability]. Assumed; no source.
    pub early: Probability,
}

impl Default for Exit {
    fn default() -> Self {
        Self {
            enabled: true,
            by_friends: Weight::new(0.25),
            typical_friends: Factor::new(2.5),
            by_recognition: Weight::new(0.1),
            by_passed_over: Weight::new(0.1),
            hurts: Weeks::new(52),
            by_threat: Weight::new(0.3),
            dismissal: Rate::new(0.03),
            by_rating: Weight::new(0.25),
            retirement_age: Age::new(65.0),
            early: Probability::new(0.1),
        }
    }
}

impl Exit {
    /// Whether a person leaves this week, and how.
    #[inline]
    pub fn leaves(
        &self,
        yearly: f64,
        character: &Character,
        standing: &Standing,
        week: i32,
        draws: &mut Draws,
    ) -> Option<(EventKind, &'static str)> {
        let &Self {
            enabled,
            by_friends,
            typical_friends,
            by_recognition,
            by_passed_over,
            hurts,
            by_threat,
            dismissal,
            by_rating,
            retirement_age,
            early,
        } = self;
        if !enabled {
            return None;
        }
        let age = (week - character.born) as f32 / 52.0;
        let point = draws.uniform();
        let other = draws.uniform();
        if age >= retirement_age.single() {
            return Some((EventKind::Retired, "age"));
        }
        if age >= retirement_age.single() - 5.0 && other < early.single() / 52.0 {
            return Some((EventKind::Retired, "early"));
        }
        // most weeks nothing comes near: the exponential is taken only when the draw is small
        let base = yearly as f32 / 52.0;
        let involuntary = dismissal.single() / 52.0;
        if point > 30.0 * (base + involuntary) {
            return None;
        }
        let typical = typical_friends.single();
        let rating = standing.rating.unwrap_or(0.0);
        let passed = standing.passed_over != i16::MIN
            && week - i32::from(standing.passed_over) < hurts.get() as i32;
        let log = -by_friends.single() * (standing.friendship - typical) / (1.0 + typical)
            - by_recognition.single() * rating
            + by_passed_over.single() * f32::from(u8::from(passed))
            + by_threat.single() * standing.threat;
        let quit = base * libm::expf(log.clamp(-3.0, 3.0));
        if point < quit {
            return Some((
                EventKind::Left,
                if passed { "passed over" } else { "own choice" },
            ));
        }
        let fired = involuntary * libm::expf((-by_rating.single() * rating).clamp(-3.0, 3.0));
        (point < quit + fired).then_some((EventKind::LaidOff, "dismissal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};

    fn rule() -> Exit {
        Exit {
            enabled: true,
            by_friends: Weight::new(0.3),
            typical_friends: Factor::new(2.0),
            by_recognition: Weight::new(0.2),
            by_passed_over: Weight::new(0.5),
            hurts: Weeks::new(52),
            by_threat: Weight::new(0.4),
            dismissal: Rate::new(0.0),
            by_rating: Weight::new(0.5),
            retirement_age: Age::new(65.0),
            early: Probability::new(0.1),
        }
    }

    fn average() -> Standing {
        Standing {
            friendship: 2.0,
            passed_over: i16::MIN,
            ..Standing::default()
        }
    }

    /// What became of n people of this standing and age, in one week; quits at the yearly rate 0.52.
    fn fates(rule: &Exit, standing: &Standing, age: f64, n: u32) -> Vec<(EventKind, &'static str)> {
        let week = 1000;
        let born = week - (age * 52.0) as i32;
        let character = Character {
            born,
            ..Character::default()
        };
        let key = Randomness::new(21).week(Purpose::Exit, week);
        (0..n)
            .filter_map(|i| {
                let mut draws = key.of(i);
                rule.leaves(0.52, &character, standing, week, &mut draws)
            })
            .collect()
    }

    /// Asserts that the share of leavers among n = 200000 is `p`, within four standard errors.
    fn assert_share(found: usize, p: f64) {
        let share = found as f64 / 200_000.0;
        assert!(
            (share - p).abs() < 4.0 * (p * (1.0 - p) / 200_000.0).sqrt(),
            "{share}, not {p}"
        );
    }

    #[test]
    fn an_average_colleague_quits_at_the_rate_of_the_level() {
        let left = fates(&rule(), &average(), 40.0, 200_000);
        assert!(
            left.iter()
                .all(|&fate| fate == (EventKind::Left, "own choice"))
        );
        assert_share(left.len(), 0.01);
    }

    #[test]
    fn the_hazard_shifts_as_the_equation_says() {
        // friends: -0.3 * (5 - 2) / 3; recognition: -0.2 * 1; passed over: +0.5; threat: +0.4 * 0.5
        let cases = [
            (
                Standing {
                    friendship: 5.0,
                    ..average()
                },
                -0.3,
            ),
            (
                Standing {
                    rating: Some(1.0),
                    ..average()
                },
                -0.2,
            ),
            (
                Standing {
                    passed_over: 1000 - 51,
                    ..average()
                },
                0.5,
            ),
            (
                Standing {
                    passed_over: 1000 - 52,
                    ..average()
                },
                0.0,
            ),
            (
                Standing {
                    threat: 0.5,
                    ..average()
                },
                0.2,
            ),
        ];
        for (standing, log) in cases {
            let left = fates(&rule(), &standing, 40.0, 200_000);
            assert_share(left.len(), 0.01 * libm::exp(log));
        }
    }

    #[test]
    fn the_passed_over_say_why_they_go() {
        let hurt = Standing {
            passed_over: 990,
            ..average()
        };
        let left = fates(&rule(), &hurt, 40.0, 10_000);
        assert!(!left.is_empty() && left.iter().all(|&f| f == (EventKind::Left, "passed over")));
    }

    #[test]
    fn dismissal_for_cause_falls_with_the_rating() {
        // 1.04 / 52 = 0.02 a week on top of the quits, halved or so by a rating of 1: e^-0.5
        let rule = Exit {
            dismissal: Rate::new(1.04),
            by_recognition: Weight::new(0.0),
            ..rule()
        };
        let fired = |rating| {
            let standing = Standing {
                rating: Some(rating),
                ..average()
            };
            let fates = fates(&rule, &standing, 40.0, 200_000);
            fates
                .iter()
                .filter(|&&f| f == (EventKind::LaidOff, "dismissal"))
                .count()
        };
        assert_share(fired(0.0), 0.02);
        assert_share(fired(1.0), 0.02 * libm::exp(-0.5));
        assert!(fired(1.0) < fired(0.0));
    }

    #[test]
    fn everyone_retires_in_the_end_and_some_early() {
        let at = |age| fates(&rule(), &average(), age, 200_000);
        let old = at(65.1);
        assert_eq!(old.len(), 200_000);
        assert!(old.iter().all(|&f| f == (EventKind::Retired, "age")));
        let early = |age| {
            at(age)
                .iter()
                .filter(|&&f| f == (EventKind::Retired, "early"))
                .count()
        };
        assert_share(early(62.0), 0.1 / 52.0);
        assert_eq!(early(59.9), 0, "only in the last five years");
    }

    #[test]
    fn switched_off_nobody_leaves() {
        let off = Exit {
            enabled: false,
            ..rule()
        };
        assert!(fates(&off, &average(), 70.0, 1000).is_empty());
    }
}
