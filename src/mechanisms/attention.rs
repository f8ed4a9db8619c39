//! M2 Attention: the hours that a person can give to relationships this week.
//!
//! # What happens
//! The hours come from the person's behaviour, squeezed by the week's workload and stretched by threat:
//!
//! ```text
//! b = h * a * (1 + r * rank) * max(0, 1 - q * w) * (1 + c * t)
//!   b  hours for contacts this week     h  relationship hours of the behaviour [h/week]
//!   a  sociability of the person, mean 1, times (1 + effort added by training, M19) (1 - discouragement, M20)
//!   r  by_rank                          rank  level over the top level [0..1]
//!   q  squeeze [share]                  w  workload, uniform on 0..2, mean 1
//!   c  how much one calls under threat  t  threat felt [0..1]
//! ```
//!
//! The most contacts that a person seeks out are the behaviour's initiative times a. Each contact spends hours on both sides; own work loses them (M13).
//!
//! # Source
//! That networking takes a noticeable share of the week: E32 (Luthans, Hodgetts and Rosenkrantz 1988). The
//! squeeze is assumed; no source.
//!
//! # Assumptions and limits
//! Workload is independent from week to week and between people.
//!
//! # Order and randomness
//! First in the choice of contacts; one draw that belongs to ego.
//!
//! # Switched off
//! The hours of the behaviour, whatever the person, the rank, the workload and the threat.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Factor, Share};
use crate::world::{Character, Conduct};

/// Hours for relationships.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Attention {
    /// Whether the rule is on; off, everyone has the hours of the behaviour [switch].
    pub enabled: bool,
    /// Share of the relationship hours that an average workload takes [share]. Assumed; no source.
    pub squeeze: Share,
    /// How much more time the top of the ladder gives to contacts than the bottom [share of more]. Assumed; suggested by E32 (the quickly promoted network more).
    pub by_rank: Factor,
}

impl Default for Attention {
    fn default() -> Self {
        Self {
            enabled: true,
            squeeze: Share::new(0.2),
            by_rank: Factor::new(1.0),
        }
    }
}

/// Sociability with what training and experience have changed.
#[inline]
fn drive(character: &Character) -> f32 {
    let habits = &character.habits;
    character.sociability * (1.0 + habits.effort).max(0.0) * (1.0 - habits.discouragement)
}

impl Attention {
    /// Most contacts that a person seeks out in a week [count].
    #[inline]
    pub fn initiative(&self, conduct: &Conduct, character: &Character) -> usize {
        let most = conduct.initiative as f32;
        if self.enabled {
            (most * drive(character) + 0.5) as usize
        } else {
            most as usize
        }
    }

    /// Hours for contacts this week [hours].
    #[inline]
    pub fn hours(
        &self,
        conduct: &Conduct,
        character: &Character,
        rank: f32,
        threat: f32,
        draws: &mut Draws,
    ) -> f32 {
        let &Self {
            enabled,
            squeeze,
            by_rank,
        } = self;
        let workload = 2.0 * draws.uniform();
        if !enabled {
            return conduct.relationship_hours;
        }
        let squeezed = (1.0 - squeeze.single() * workload).max(0.0);
        conduct.relationship_hours
            * drive(character)
            * (1.0 + by_rank.single() * rank)
            * squeezed
            * (1.0 + conduct.calls_when_threatened * threat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::units::{Few, Hours, Strength};
    use crate::world::Behaviour;
    use crate::world::Habits;

    fn rule() -> Attention {
        Attention {
            enabled: true,
            squeeze: Share::new(0.2),
            by_rank: Factor::new(0.5),
        }
    }

    fn conduct() -> Conduct {
        Conduct::from(&Behaviour {
            relationship_hours: Hours::new(5.0),
            initiative: Few::new(3),
            calls_when_threatened: Strength::new(0.8),
            ..Default::default()
        })
    }

    /// Hours of a person by the `i`-th luck.
    fn of(rule: &Attention, sociability: f32, rank: f32, threat: f32, i: u32) -> f32 {
        let character = Character {
            sociability,
            ..Character::default()
        };
        let mut draws = Randomness::new(9).draws(Purpose::Choice, 0, i);
        rule.hours(&conduct(), &character, rank, threat, &mut draws)
    }

    /// Hours of someone at the bottom of the ladder, of mean sociability.
    fn hours(rule: &Attention, threat: f32, i: u32) -> f32 {
        of(rule, 1.0, 0.0, threat, i)
    }

    #[test]
    fn hours_are_squeezed_by_the_workload_as_the_equation_says() {
        for i in 0..50 {
            let workload = 2.0 * Randomness::new(9).draws(Purpose::Choice, 0, i).uniform();
            let expected = 5.0 * (1.0 - 0.2 * workload);
            assert!((hours(&rule(), 0.0, i) - expected).abs() < 1e-5);
            // threat 1/2 stretches them by 1 + 0.8 / 2
            assert!((hours(&rule(), 0.5, i) - 1.4 * expected).abs() < 1e-5);
            // half as sociable, half way up: 0.5 * (1 + 0.5 * 0.5)
            assert!((of(&rule(), 0.5, 0.5, 0.0, i) - 0.625 * expected).abs() < 1e-5);
        }
    }

    #[test]
    fn an_average_week_leaves_the_share_that_the_squeeze_leaves() {
        // h (1 - q w), w uniform on 0..2: mean 5 * 0.8 = 4, sd 5 * 0.2 * 2 / sqrt(12) = 0.577; n = 20000
        let n = 20_000;
        let sum: f64 = (0..n).map(|i| f64::from(hours(&rule(), 0.0, i))).sum();
        let tolerance = 4.0 * 0.577_35 / f64::from(n).sqrt();
        assert!(
            (sum / f64::from(n) - 4.0).abs() < tolerance,
            "{}",
            sum / f64::from(n)
        );
    }

    #[test]
    fn a_full_squeeze_can_leave_nothing_but_never_less() {
        let full = Attention {
            squeeze: Share::new(1.0),
            ..rule()
        };
        let all: Vec<f32> = (0..1000).map(|i| hours(&full, 0.0, i)).collect();
        assert!(all.iter().all(|&h| (0.0..=5.0).contains(&h)));
        assert!(
            all.contains(&0.0),
            "half of all weeks have more work than time"
        );
    }

    #[test]
    fn switched_off_the_hours_are_those_of_the_behaviour() {
        let off = Attention {
            enabled: false,
            ..rule()
        };
        assert!((0..50).all(|i| of(&off, 3.0, 1.0, 1.0, i) == 5.0));
        let recluse = Character {
            sociability: 0.0,
            ..Character::default()
        };
        assert_eq!(off.initiative(&conduct(), &recluse), 3);
    }

    #[test]
    fn the_sociable_seek_out_more_people() {
        let most = |sociability| {
            rule().initiative(
                &conduct(),
                &Character {
                    sociability,
                    ..Character::default()
                },
            )
        };
        // three times the sociability, to the nearest whole number
        assert_eq!([0.1, 0.2, 1.0, 1.4, 1.6].map(most), [0, 1, 3, 4, 5]);
    }

    #[test]
    fn effort_adds_to_hours_and_initiative() {
        let conduct = Conduct::from(&Behaviour {
            initiative: Few::new(4),
            ..Behaviour::default()
        });
        let with = |effort| Character {
            sociability: 1.0,
            habits: Habits {
                effort,
                ..Habits::default()
            },
            ..Character::default()
        };
        let hours = |effort| {
            let mut draws = Randomness::new(1).draws(Purpose::Choice, 0, 1);
            rule().hours(&conduct, &with(effort), 0.0, 0.0, &mut draws)
        };
        assert!((hours(0.5) / hours(0.0) - 1.5).abs() < 1e-5);
        assert_eq!(rule().initiative(&conduct, &with(0.5)), 6);
        assert_eq!(
            rule().initiative(&conduct, &with(-2.0)),
            0,
            "never less than none"
        );
    }
}
