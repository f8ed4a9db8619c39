//! M20 Learning: people imitate those who got on, and lose heart when passed over.
//!
//! # What happens
//! Once every `period` weeks a person looks back. With probability `imitation` the eye falls on one of the own ties; if that colleague
//! was promoted within the last `memory` weeks and the person was not, the person takes over the colleague's
//! way of relating as a whole. Being passed over since the last look discourages, and discouragement heals:
//!
//! ```text
//! d = d * 2^(-period/half_life) + by_passing_over * (1 - d) * [passed over since the last look]
//! hours and initiative for relating *= 1 - d                                      (M2)
//! ```
//!
//! The third way to other habits, training, is a programme (M19).
//!
//! # Source
//! Assumed; no source. Learning by imitation of the successful is a convention of the field.
//!
//! # Assumptions and limits
//! A way of relating is taken over whole, and only because it seems to have worked once. Personas keep theirs.
//!
//! # Order and randomness
//! Last in the week, over the state as it then stands; all look at the ways of before. Draws belong to the person.
//!
//! # Switched off
//! Habits stay as they are. It is off by default.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{HalfLife, Probability, Share, Weeks};
use crate::world::{NOBODY, Standing, StrategyKey, World};

/// Learning.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Learning {
    /// Whether the rule is on; off, habits stay as they are [switch].
    pub enabled: bool,
    /// Weeks between two looks back [weeks]. Assumed; no source.
    pub period: Weeks,
    /// Chance that a look falls on a colleague to imitate [probability]. Assumed; no source.
    pub imitation: Probability,
    /// Weeks for which a promotion is remembered [weeks]. Assumed; no source.
    pub memory: Weeks,
    /// Share of the heart that remains which is lost when passed over [share]. Assumed; no source.
    pub by_passing_over: Share,
    /// Time after which half of the discouragement has healed [weeks]. Assumed; no source.
    pub half_life: HalfLife,
}

impl Default for Learning {
    fn default() -> Self {
        Self {
            enabled: false,
            period: Weeks::new(26),
            imitation: Probability::new(0.3),
            memory: Weeks::new(52),
            by_passing_over: Share::new(0.2),
            half_life: HalfLife::new(52.0),
        }
    }
}

/// What a look back changes.
#[derive(Clone, Copy)]
pub struct Change {
    /// Slot of the person.
    pub slot: u32,
    /// The way of relating taken over, if one is.
    pub way: Option<StrategyKey>,
    /// Discouragement from now on [0 to 1].
    pub discouragement: f32,
}

impl Learning {
    /// Whether a person looks back this week.
    #[inline]
    pub fn is_due(&self, employee: u32, week: i32) -> bool {
        let period = self.period.get().max(1) as i32;
        self.enabled && (employee as i32 + week).rem_euclid(period) == 0
    }

    /// What a person makes of what has happened since the last look.
    pub fn look_back(&self, world: &World, ego: u32, draws: &mut Draws) -> Change {
        let &Self {
            enabled: _,
            period,
            imitation,
            memory,
            by_passing_over,
            half_life,
        } = self;
        let week = world.week;
        let got_on = |standing: &Standing| {
            let since = week - i32::from(standing.level_since);
            standing.promotions > 0 && since <= memory.get() as i32
        };
        let employees = &world.employees;
        let standing = &employees.standings[ego as usize];
        let looks = draws.chance(imitation.single());
        let partners = world.ties.partners(ego);
        let model = partners[draws.below(partners.len() as u32) as usize];
        let way = (looks
            && model != NOBODY
            && world.tie(ego, model).is_some()
            && got_on(&employees.standings[model as usize])
            && !got_on(standing)
            && !world.is_persona(ego))
        .then(|| employees.characters[model as usize].strategy);
        let weeks = period.get().max(1);
        let healed = libm::exp2(-f64::from(weeks) / half_life.get()) as f32;
        let mut discouragement = employees.characters[ego as usize].habits.discouragement * healed;
        if week - i32::from(standing.passed_over) < weeks as i32 {
            discouragement += by_passing_over.single() * (1.0 - discouragement);
        }
        Change {
            slot: ego,
            way,
            discouragement,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::small_firm::{SmallFirm, put_tie};
    use crate::world::{Behaviour, Conduct, Strategies, Tie};

    const FIRM: SmallFirm = SmallFirm {
        departments: 1,
        leads: 1,
        staff: 4,
    };
    const EGO: u32 = 2;
    const MODEL: u32 = 3;

    fn rule() -> Learning {
        Learning {
            enabled: true,
            period: Weeks::new(26),
            imitation: Probability::new(1.0),
            memory: Weeks::new(52),
            by_passing_over: Share::new(0.2),
            half_life: HalfLife::new(26.0),
        }
    }

    /// Two ways of relating; the colleague has the second, was promoted 10 weeks ago, and is ego's only tie.
    fn firm() -> World {
        let mut world = FIRM.build();
        let way = |hours| {
            Conduct::from(&Behaviour {
                relationship_hours: crate::units::Hours::new(hours),
                ..Behaviour::default()
            })
        };
        world.strategies =
            Strategies::new([("a".to_owned(), way(2.0)), ("b".to_owned(), way(6.0))]);
        let second = world.strategies.key("b").unwrap();
        world.employees.characters[MODEL as usize].strategy = second;
        let model = &mut world.employees.standings[MODEL as usize];
        (model.promotions, model.level_since) = (1, 90);
        for _ in 0..world.ties.places() {
            put_tie(
                &mut world,
                EGO,
                MODEL,
                Tie {
                    formed: 50,
                    ..Tie::default()
                },
            );
        }
        world
    }

    /// Hours of the way that ego has after a look, and the discouragement.
    fn after(rule: &Learning, world: &World, i: u64) -> (f32, f32) {
        let mut draws = Randomness::new(i).draws(Purpose::Learning, 100, EGO);
        let change = rule.look_back(world, EGO, &mut draws);
        let own = world.employees.characters[EGO as usize].strategy;
        let way = world.strategies.conduct(change.way.unwrap_or(own));
        (way.relationship_hours, change.discouragement)
    }

    #[test]
    fn the_way_of_someone_who_got_on_is_taken_over() {
        let mut world = firm();
        assert_eq!(after(&rule(), &world, 1).0, 6.0);
        world.employees.standings[EGO as usize].promotions = 1;
        world.employees.standings[EGO as usize].level_since = 80;
        assert_eq!(after(&rule(), &world, 1).0, 2.0, "ego got on too");
        let mut world = firm();
        world.employees.standings[MODEL as usize].level_since = 40;
        assert_eq!(after(&rule(), &world, 1).0, 2.0, "too long ago");
        let mut world = firm();
        world.employees.standings[MODEL as usize].promotions = 0;
        assert_eq!(after(&rule(), &world, 1).0, 2.0, "hired, not promoted");
    }

    #[test]
    fn one_looks_as_often_as_the_probability_says() {
        let rule = Learning {
            imitation: Probability::new(0.3),
            ..rule()
        };
        let world = firm();
        let n = 4000;
        let share = (0..n).filter(|&i| after(&rule, &world, i).0 == 6.0).count() as f64 / n as f64;
        assert!(
            (share - 0.3).abs() < 4.0 * (0.21_f64 / n as f64).sqrt(),
            "{share}"
        );
    }

    #[test]
    fn being_passed_over_discourages_and_time_heals() {
        let mut world = firm();
        assert_eq!(after(&rule(), &world, 1).1, 0.0);
        world.employees.standings[EGO as usize].passed_over = 90;
        assert!((after(&rule(), &world, 1).1 - 0.2).abs() < 1e-6);
        world.employees.characters[EGO as usize]
            .habits
            .discouragement = 0.4;
        // healed to 0.2, then + 0.2 * 0.8
        assert!((after(&rule(), &world, 1).1 - 0.36).abs() < 1e-6);
        world.employees.standings[EGO as usize].passed_over = 74;
        assert!(
            (after(&rule(), &world, 1).1 - 0.2).abs() < 1e-6,
            "before the last look"
        );
    }

    #[test]
    fn everyone_looks_back_once_a_period_and_nobody_when_switched_off() {
        let rule = rule();
        let looks = |rule: &Learning| (0..26).filter(|&week| rule.is_due(7, week)).count();
        assert_eq!(looks(&rule), 1);
        let off = Learning {
            enabled: false,
            ..rule
        };
        assert_eq!(looks(&off), 0);
    }
}
