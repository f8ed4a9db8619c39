//! Lunch and learn: groups eat together while one of them talks about what interests them.
//!
//! # What happens
//! Every `every` weeks the participants sit down in groups of `size`, at random. In each group the first is the speaker, who talks
//! about one of the own interests; each sits beside two others, and neighbours have a meeting in the week that neither declines:
//!
//! ```text
//! P(listener takes up the topic) = learns * dose       it becomes one of the own interests
//! k += visible * dose * (1 - k)                        acquaintance of the speaker
//! ```
//!
//! # Source
//! A session of structured exchange raised the chance that a random pair works together by 75 %, more within a specialty: E91 (Boudreau et
//! al. 2017), sign. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! Interests are gained, never lost.
//!
//! # Order and randomness
//! In the calendar of the week; the draws belong to the participant and the programme.
//!
//! # Switched off
//! Programmes of this kind do not take place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::programme::weekly;
use crate::random::{Draws, WeekKey};
use crate::units::{Few, Probability, Share, Weeks};
use crate::world::{Participation, World};

/// Lunch and learn.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LunchAndLearn {
    /// Whether programmes of this kind take place; off, they do not [switch].
    pub enabled: bool,
    /// Weeks between two lunches [weeks]. Assumed; no source.
    pub every: Weeks,
    /// People at a table [count]. Assumed; no source.
    pub size: Few,
    /// Chance that a listener takes up the topic [probability]. Assumed; no source.
    pub learns: Probability,
    /// Share of what is missing that speaking adds to how well a person is known [share]. Assumed; no source.
    pub visible: Share,
}

impl Default for LunchAndLearn {
    fn default() -> Self {
        Self {
            enabled: true,
            every: Weeks::new(3),
            size: Few::new(8),
            learns: Probability::new(0.1),
            visible: Share::new(0.02),
        }
    }
}

impl LunchAndLearn {
    /// One round: speakers become known, listeners take up topics. Returns the meetings: pairs of slots.
    pub fn hold(
        &self,
        world: &mut World,
        key: WeekKey,
        number: u16,
        dose: f32,
        participants: &[Participation],
    ) -> Vec<(u32, u32)> {
        let mut order: Vec<(u64, u32, Draws)> = participants
            .iter()
            .map(|p| {
                let mut draws = weekly(key, number, p.employee);
                (draws.bits(), p.slot, draws)
            })
            .collect();
        order.sort_unstable_by_key(|(place, slot, _)| (*place, *slot));
        let mut meetings = Vec::with_capacity(order.len());
        let profiles = &mut world.employees.profiles;
        for table in order.chunks_mut(self.size.get().max(2) as usize) {
            if table.len() < 2 {
                // nobody eats alone
                continue;
            }
            let speaker = table[0].1;
            let topic = {
                let interests = profiles[speaker as usize].interests;
                let which = table[0].2.below(interests.count_ones());
                nth_bit(interests, which)
            };
            let known = &mut profiles[speaker as usize].known;
            *known += (self.visible.single() * dose).min(1.0) * (1.0 - *known);
            for (_, listener, draws) in table.iter_mut().skip(1) {
                if draws.chance(self.learns.single() * dose) {
                    profiles[*listener as usize].interests |= topic;
                }
            }
            for pair in table.windows(2) {
                meetings.push((pair[0].1, pair[1].1));
            }
            if table.len() > 2 {
                meetings.push((table[table.len() - 1].1, speaker));
            }
        }
        meetings
    }
}

/// The n-th set bit of a word, as a word; nothing when there are fewer.
fn nth_bit(word: u32, n: u32) -> u32 {
    let mut left = word;
    for _ in 0..n {
        left &= left.wrapping_sub(1);
    }
    left & left.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interventions::samples::{all_of, key};
    use crate::world::small_firm::SmallFirm;

    const FIRM: SmallFirm = SmallFirm {
        departments: 1,
        leads: 1,
        staff: 12,
    };

    fn hold(rule: &LunchAndLearn, world: &mut World, week: i32) -> Vec<(u32, u32)> {
        rule.hold(world, key(week), 0, 1.0, &all_of(2..14))
    }

    #[test]
    fn neighbours_at_a_table_meet() {
        let rule = LunchAndLearn {
            size: Few::new(4),
            ..LunchAndLearn::default()
        };
        let meetings = hold(&rule, &mut FIRM.build(), 0);
        // three tables of four, a ring each
        assert_eq!(meetings.len(), 12);
        for slot in 2..14 {
            let often =
                |f: fn(&(u32, u32)) -> u32| meetings.iter().filter(|pair| f(pair) == slot).count();
            assert_eq!((often(|p| p.0), often(|p| p.1)), (1, 1));
        }
    }

    #[test]
    fn speakers_become_known_and_listeners_take_up_a_topic() {
        let mut world = FIRM.build();
        // everyone has an interest of their own
        for slot in 2..14 {
            world.employees.profiles[slot as usize].interests = 1 << slot;
        }
        let rule = LunchAndLearn {
            size: Few::new(12),
            learns: Probability::new(0.3),
            visible: Share::new(0.1),
            ..LunchAndLearn::default()
        };
        let n = 400;
        let mut took_up = 0;
        for week in 0..n {
            let mut world = world.clone();
            hold(&rule, &mut world, week);
            let known = world.employees.profiles.iter().filter(|p| p.known > 0.0);
            assert_eq!(known.count(), 1, "one table, one speaker");
            took_up += (2..14)
                .filter(|&slot: &usize| world.employees.profiles[slot].interests.count_ones() == 2)
                .count();
        }
        let share = took_up as f64 / f64::from(11 * n);
        assert!(
            (share - 0.3).abs() < 4.0 * (0.21 / f64::from(11 * n)).sqrt(),
            "{share}"
        );
    }

    #[test]
    fn a_bit_is_found_by_its_rank() {
        assert_eq!(nth_bit(0b1011, 0), 0b1);
        assert_eq!(nth_bit(0b1011, 2), 0b1000);
        assert_eq!(nth_bit(0b1011, 3), 0);
        assert_eq!(nth_bit(0, 0), 0);
    }
}
