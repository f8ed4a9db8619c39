//! M15, M16 Vacancies: who fills a post, from inside or outside. Vacancies move as chains (White 1970).
//!
//! # What happens
//! A vacancy is filled after `shortest` to `longest` weeks. With probability `internal_share` of its level
//! (and always when nobody is hired) a panel looks inside: candidates hold a post one level below for at least `seasoning` weeks,
//! in the same department, and if these are fewer than `few`, in the same function and then anywhere in the firm. The best by the panel's score (M15) is promoted and leaves a vacancy one level below, the next link of the chain; the
//! others of the short list are passed over. Otherwise, or when there is no candidate, someone is hired.
//!
//! ```text
//! P(internal) = internal_share(level)        chain length = moves until a hire (or until the post is abolished)
//! ```
//!
//! # Source
//! Internal shares by level: E5 (ADP 2019: about 23 / 52 / 63 %). Chains: E20 (White 1970). Entry at all levels: E6. Times assumed; no source.
//!
//! # Assumptions and limits
//! No one refuses a promotion. The bottom level is filled from outside.
//!
//! # Order and randomness
//! After the exits. All panels of a week read the same state, in parallel; when two want the same person the higher post goes first, then a
//! keyed draw decides, and the other takes its next choice or waits. Draws belong to the post, whose number is never reused.
//!
//! # Switched off
//! Vacancies stay vacant; nobody is promoted or hired.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Step;
use crate::random::Purpose;
use crate::units::{Few, Weeks};
use crate::world::{Candidate, NOBODY, World};

/// Filling of vacancies.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Vacancies {
    /// Whether the rule is on; off, vacancies stay vacant [switch].
    pub enabled: bool,
    /// Shortest time from vacancy to decision [weeks]. Assumed; no source.
    pub shortest: Weeks,
    /// Longest time from vacancy to decision [weeks]. Assumed; no source.
    pub longest: Weeks,
    /// Weeks on a level before one may be promoted [weeks]. Assumed; no source.
    pub seasoning: Weeks,
    /// Candidates below which the panel looks beyond the department [count]. Assumed; no source.
    pub few: Few,
}

impl Default for Vacancies {
    fn default() -> Self {
        Self {
            enabled: true,
            shortest: Weeks::new(3),
            longest: Weeks::new(9),
            seasoning: Weeks::new(52),
            few: Few::new(3),
        }
    }
}

/// What a panel decided about a vacancy, before conflicts are settled.
pub struct Verdict {
    /// The post.
    pub post: u32,
    /// Candidates best first; empty when the post goes to the market.
    pub candidates: Vec<Candidate>,
    /// Members of the panel.
    pub panel_size: u16,
    /// Whether someone from inside was wanted.
    pub internal: bool,
}

/// Scores candidates for a post: (panel size, candidates best first).
pub type Judge<'a> = &'a (dyn Fn(&World, u32, Vec<u32>) -> (u16, Vec<Candidate>) + Sync);

impl Vacancies {
    /// Opens a vacancy: sets the week of decision and the length of its chain.
    pub fn open(&self, world: &mut World, step: Step<'_>, post: u32, chain: u16) {
        let span = self.longest.get().saturating_sub(self.shortest.get());
        let mut draws = step.randomness.draws(Purpose::Hiring, step.week, post);
        let weeks = self.shortest.get() + draws.below(span + 1);
        let place = &mut world.organisation.posts[post as usize];
        place.fill_week = step.week + weeks as i32;
        place.chain = chain;
    }

    /// Decides all vacancies that are due, in parallel, over the state as it stands.
    pub fn decide(
        &self,
        world: &World,
        step: Step<'_>,
        hires: bool,
        judge: Judge<'_>,
    ) -> Vec<Verdict> {
        if !self.enabled {
            return Vec::new();
        }
        let organisation = &world.organisation;
        let due: Vec<u32> = (0..organisation.posts.len() as u32)
            .filter(|&post| {
                let place = &organisation.posts[post as usize];
                place.exists && place.holder == NOBODY && place.fill_week <= step.week
            })
            .collect();
        due.into_par_iter()
            .map(|post| {
                let place = organisation.posts[post as usize];
                let level = &organisation.levels[place.level as usize];
                // a second word of the post's draws: the first set the week
                let mut draws = step
                    .randomness
                    .week(Purpose::Hiring, step.week)
                    .of_pair(post, post);
                let internal =
                    place.level > 0 && (!hires || draws.uniform_double() < level.internal_share);
                let slots = if internal {
                    self.candidates(world, step, post)
                } else {
                    Vec::new()
                };
                let (panel_size, candidates) = if slots.is_empty() {
                    (0, Vec::new())
                } else {
                    judge(world, post, slots)
                };
                Verdict {
                    post,
                    candidates,
                    panel_size,
                    internal,
                }
            })
            .collect()
    }

    /// Slots of those who may be promoted into a post.
    fn candidates(&self, world: &World, step: Step<'_>, post: u32) -> Vec<u32> {
        let organisation = &world.organisation;
        let place = organisation.posts[post as usize];
        let below = place.level - 1;
        let mut slots = Vec::new();
        let mut add = |department: u16| {
            for &p in organisation.posts_of_department(department) {
                let other = organisation.posts[p as usize];
                if other.level == below && other.holder != NOBODY {
                    let since = world.employees.standings[other.holder as usize].level_since;
                    if step.week - i32::from(since) >= self.seasoning.get() as i32 {
                        slots.push(other.holder);
                    }
                }
            }
            slots.len()
        };
        let enough = self.few.get() as usize;
        if add(place.department) >= enough {
            return slots;
        }
        let function = organisation.departments[place.department as usize].function;
        for same_function in [true, false] {
            for department in organisation.existing_departments() {
                let there = &organisation.departments[department as usize];
                if department != place.department
                    && (there.function == function) == same_function
                    && add(department) >= enough
                {
                    return slots;
                }
            }
        }
        slots
    }

    /// Order in which verdicts are carried out: higher posts first, then by a keyed draw.
    pub fn order(&self, world: &World, step: Step<'_>, verdicts: &mut [Verdict]) {
        let key = step.randomness.week(Purpose::Conflict, step.week);
        verdicts.sort_by_key(|verdict| {
            let level = world.organisation.posts[verdict.post as usize].level;
            (std::cmp::Reverse(level), key.of(verdict.post).bits())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Randomness, Shapes};
    use crate::world::small_firm::SmallFirm;

    /// Department 0: lead 1 with 2 to 5, lead 6 with 7 to 10; department 1: leads 11 and 16; and so on.
    const FIRM: SmallFirm = SmallFirm {
        departments: 3,
        leads: 2,
        staff: 4,
    };

    fn rule() -> Vacancies {
        Vacancies {
            enabled: true,
            shortest: Weeks::new(3),
            longest: Weeks::new(6),
            seasoning: Weeks::new(52),
            few: Few::new(3),
        }
    }

    fn with_step<R>(week: i32, body: impl FnOnce(Step<'_>) -> R) -> R {
        let (randomness, shapes) = (Randomness::new(12), Shapes::default());
        body(Step {
            week,
            randomness: &randomness,
            shapes: &shapes,
        })
    }

    fn candidate(slot: u32) -> Candidate {
        Candidate {
            employee: slot,
            slot,
            strategy: crate::world::StrategyKey::default(),
            score: -f64::from(slot),
            performance: 0.0,
            reputation: 0.0,
            advocacy: 0.0,
            acquaintance: 0.0,
            luck: 0.0,
            advocates: 0,
            known_to: 0,
            chosen: false,
        }
    }

    fn by_slot(_: &World, _: u32, mut slots: Vec<u32>) -> (u16, Vec<Candidate>) {
        slots.sort_unstable();
        (3, slots.into_iter().map(candidate).collect())
    }

    /// The firm without the leads of the departments listed, whose posts are due.
    fn without(leads: &[u32]) -> World {
        let mut world = FIRM.build();
        for &lead in leads {
            world.dismiss(lead);
            world.organisation.posts[lead as usize].fill_week = world.week;
        }
        world
    }

    fn decide(rule: &Vacancies, world: &World, hires: bool, week: i32) -> Vec<Verdict> {
        with_step(week, |step| rule.decide(world, step, hires, &by_slot))
    }

    #[test]
    fn a_vacancy_is_decided_within_the_weeks_stated_and_evenly() {
        // 3 to 6 weeks: four values, n = 8000, expectation 2000, sd sqrt(1500)
        let mut world = FIRM.build();
        let mut counts = [0_u32; 4];
        for week in 0..8000 {
            with_step(week, |step| rule().open(&mut world, step, 1, 7));
            counts[(world.organisation.posts[1].fill_week - week - 3) as usize] += 1;
        }
        assert!(
            counts
                .iter()
                .all(|&c| (f64::from(c) - 2000.0).abs() < 4.0 * 1500.0_f64.sqrt())
        );
        assert_eq!(world.organisation.posts[1].chain, 7);
    }

    #[test]
    fn only_vacancies_that_are_due_are_decided() {
        let mut world = without(&[1, 6]);
        world.organisation.posts[6].fill_week = world.week + 1;
        let verdicts = decide(&rule(), &world, false, world.week);
        assert_eq!(verdicts.iter().map(|v| v.post).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn candidates_are_the_seasoned_of_the_level_below_in_the_own_department() {
        let mut world = without(&[1]);
        world.employees.standings[4].level_since = (world.week - 51) as i16;
        let verdicts = decide(&rule(), &world, false, world.week);
        let slots: Vec<u32> = verdicts[0].candidates.iter().map(|c| c.slot).collect();
        assert_eq!(
            slots,
            [2, 3, 5, 7, 8, 9, 10],
            "4 is a week short of a year on the level"
        );
        assert_eq!(verdicts[0].panel_size, 3);
        assert!(verdicts[0].internal);
    }

    #[test]
    fn where_candidates_are_few_the_panel_looks_to_the_function_and_then_further() {
        let mut world = without(&[1]);
        for slot in [3, 4, 5, 7, 8, 9, 10] {
            world.employees.standings[slot].level_since = world.week as i16;
        }
        let slots_of = |few| {
            let verdicts = decide(&Vacancies { few, ..rule() }, &world, false, world.week);
            verdicts[0]
                .candidates
                .iter()
                .map(|c| c.slot)
                .collect::<Vec<_>>()
        };
        assert_eq!(slots_of(Few::new(1)), [2]);
        // department 2 has the function of department 0 and comes before department 1
        assert_eq!(slots_of(Few::new(3)), [2, 22, 23, 24, 25, 27, 28, 29, 30]);
        assert_eq!(slots_of(Few::new(12)).len(), 1 + 8 + 8);
    }

    #[test]
    fn the_share_filled_from_inside_is_that_of_the_level() {
        // internal_share 1/2 of the small firm; n = 4000 weeks
        let mut world = without(&[1]);
        world.organisation.posts[1].fill_week = i32::MIN;
        let inside = (200..4200)
            .filter(|&week| !decide(&rule(), &world, true, week)[0].candidates.is_empty())
            .count();
        let share = inside as f64 / 4000.0;
        assert!(
            (share - 0.5).abs() < 4.0 * (0.25_f64 / 4000.0).sqrt(),
            "{share}"
        );
        let always = (200..300).all(|week| decide(&rule(), &world, false, week)[0].internal);
        assert!(always, "when nobody is hired, always");
    }

    #[test]
    fn the_bottom_is_filled_from_outside() {
        let world = without(&[2]);
        let verdicts = decide(&rule(), &world, false, world.week);
        assert!(!verdicts[0].internal && verdicts[0].candidates.is_empty());
    }

    #[test]
    fn higher_posts_go_first_and_equals_by_lot() {
        let world = without(&[2, 1, 0, 6, 11]);
        let mut verdicts = decide(&rule(), &world, false, world.week);
        with_step(world.week, |step| rule().order(&world, step, &mut verdicts));
        let order: Vec<u32> = verdicts.iter().map(|v| v.post).collect();
        assert_eq!(
            (order[0], order[4]),
            (0, 2),
            "the head first, the bottom last"
        );
        let orders: std::collections::BTreeSet<Vec<u32>> = (0..40)
            .map(|week| {
                with_step(week, |step| rule().order(&world, step, &mut verdicts));
                verdicts[1..4].iter().map(|v| v.post).collect()
            })
            .collect();
        assert!(orders.len() > 1, "the number of the post decides nothing");
    }

    #[test]
    fn switched_off_vacancies_stay_vacant() {
        let off = Vacancies {
            enabled: false,
            ..rule()
        };
        assert!(decide(&off, &without(&[1]), true, 100).is_empty());
    }
}
