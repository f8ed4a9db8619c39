//! Virtual coffee: participants are paired at random for a talk.
//!
//! # What happens
//! The participants are put in a random order, and each who has no partner yet gets the next who has none:
//!
//! ```text
//! P(partner must be of another department) = elsewhere
//! ```
//!
//! Where there is no such partner any is taken; with an odd number one is left over. A pair meets `meets` times, every `every`
//! weeks, then new pairs are drawn. Neither declines; what comes of it are the rules of any contact (M5 to M9).
//!
//! A structured meeting, in which two show each other how they work, also passes on competence c to the less competent of the two:
//!
//! ```text
//! c_less += min(1, learns * dose) * (c_more - c_less)          0 for a talk that is only a talk
//! ```
//!
//! # Source
//! Structured meetings with a random partner, some weeks in a row, have lasting effects, since the weaker partner learns: E90 (Sandvik et al. 2020), sign.
//! Exposure of random pairs makes ties: E91 (Boudreau et al. 2017), sign. Numbers assumed; no source.
//!
//! # Assumptions and limits
//! Nobody stays away. When somebody leaves the firm, pairs may change before their time.
//!
//! # Order and randomness
//! In the calendar of the week; the draws belong to the participant and the programme.
//!
//! # Switched off
//! Programmes of this kind do not take place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::programme::{round_drawn_after, weekly};
use crate::random::WeekKey;
use crate::units::{Few, Probability, Share, Weeks};
use crate::world::{Participation, World};

/// Virtual coffee.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct VirtualCoffee {
    /// Whether programmes of this kind take place; off, they do not [switch].
    pub enabled: bool,
    /// Weeks between two meetings of a pair [weeks]. Assumed; no source.
    pub every: Weeks,
    /// Meetings of a pair before new pairs are drawn [count]. Assumed; no source.
    pub meets: Few,
    /// Chance that a partner must be of another department [probability]. Assumed; no source.
    pub elsewhere: Probability,
    /// Share of the partner's lead in competence that a meeting passes on to the less competent; 0 for a talk that is only a talk [share]. Source: sign from E90; size assumed.
    pub learns: Share,
}

impl Default for VirtualCoffee {
    fn default() -> Self {
        Self {
            enabled: true,
            every: Weeks::new(1),
            meets: Few::new(4),
            elsewhere: Probability::new(0.8),
            learns: Share::new(0.0),
        }
    }
}

impl VirtualCoffee {
    /// Weeks from the start of the programme to the draw of the present pairs.
    pub fn drawn_after(&self, so_far: i32) -> i32 {
        round_drawn_after(so_far, self.every, self.meets)
    }

    /// What the pairs of a meeting learn from each other.
    pub fn pass_on(&self, world: &mut World, dose: f32, meetings: &[(u32, u32)]) {
        let share = (self.learns.single() * dose).min(1.0);
        let characters = &mut world.employees.characters;
        for &(one, other) in meetings {
            let lead = characters[one as usize].competence - characters[other as usize].competence;
            let less = if lead > 0.0 { other } else { one };
            characters[less as usize].competence += share * lead.abs();
        }
    }

    /// The pairs of one draw, whose week the key has: slots.
    pub fn meetings(
        &self,
        world: &World,
        key: WeekKey,
        number: u16,
        participants: &[Participation],
    ) -> Vec<(u32, u32)> {
        let mut order: Vec<(u64, bool, u32)> = participants
            .iter()
            .map(|p| {
                let mut draws = weekly(key, number, p.employee);
                let place = draws.bits();
                (place, draws.chance(self.elsewhere.single()), p.slot)
            })
            .collect();
        order.sort_unstable();
        let department = |slot: u32| world.employees.profiles[slot as usize].department;
        let mut paired = vec![false; order.len()];
        let mut meetings = Vec::with_capacity(order.len() / 2);
        for i in 0..order.len() {
            if paired[i] {
                continue;
            }
            let (_, elsewhere, one) = order[i];
            let free = || (i + 1..order.len()).filter(|&j| !paired[j]);
            let wanted = free()
                .take(64)
                .find(|&j| !elsewhere || department(order[j].2) != department(one));
            let Some(other) = wanted.or_else(|| free().next()) else {
                break;
            };
            paired[other] = true;
            meetings.push((one, order[other].2));
        }
        meetings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interventions::samples::{all_of, key};
    use crate::world::small_firm::SmallFirm;
    use std::collections::BTreeSet;

    const FIRM: SmallFirm = SmallFirm {
        departments: 2,
        leads: 1,
        staff: 9,
    };

    fn round(elsewhere: f64, week: i32) -> (World, Vec<(u32, u32)>) {
        let world = FIRM.build();
        let rule = VirtualCoffee {
            elsewhere: Probability::new(elsewhere),
            ..VirtualCoffee::default()
        };
        // all but the head: ten of each department
        let meetings = rule.meetings(&world, key(week), 0, &all_of(1..21));
        (world, meetings)
    }

    #[test]
    fn everyone_has_one_partner_and_not_the_same_each_time() {
        let (_, first) = round(0.0, 0);
        let met: BTreeSet<u32> = first.iter().flat_map(|&(a, b)| [a, b]).collect();
        assert_eq!((first.len(), met.len()), (10, 20));
        assert_ne!(first, round(0.0, 1).1);
    }

    #[test]
    fn a_pair_stays_together_for_some_meetings() {
        let rule = VirtualCoffee {
            every: Weeks::new(2),
            meets: Few::new(3),
            ..VirtualCoffee::default()
        };
        let drawn: Vec<i32> = (0..14).map(|week| rule.drawn_after(week)).collect();
        assert_eq!(drawn, [0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6, 12, 12]);
    }

    #[test]
    fn partners_come_from_another_department_if_asked_for() {
        let across = |elsewhere: f64| {
            (0..60)
                .map(|week| {
                    let (world, meetings) = round(elsewhere, week);
                    let of = |slot: u32| world.employees.profiles[slot as usize].department;
                    meetings.iter().filter(|&&(a, b)| of(a) != of(b)).count() as f64
                })
                .sum::<f64>()
                / 600.0
        };
        // at random 10/19 of the pairs; four standard errors of 600 pairs is 0.08
        assert!((across(0.0) - 10.0 / 19.0).abs() < 0.08, "{}", across(0.0));
        assert!(across(1.0) > 0.95, "{}", across(1.0));
    }

    #[test]
    fn the_less_competent_of_a_pair_learns_a_share_of_the_lead() {
        let mut world = FIRM.build();
        for (slot, c) in [(1, 1.5), (2, -0.5), (3, 0.25), (4, 0.25)] {
            world.employees.characters[slot].competence = c;
        }
        let rule = VirtualCoffee {
            learns: Share::new(0.25),
            ..VirtualCoffee::default()
        };
        let pairs = [(1, 2), (3, 4)];
        rule.pass_on(&mut world, 0.5, &pairs);
        let now =
            |world: &World| [1, 2, 3, 4].map(|slot| world.employees.characters[slot].competence);
        // an eighth of a lead of 2; equals learn nothing
        assert_eq!(now(&world), [1.5, -0.25, 0.25, 0.25]);
        VirtualCoffee::default().pass_on(&mut world, 1.0, &pairs);
        assert_eq!(
            now(&world),
            [1.5, -0.25, 0.25, 0.25],
            "a talk is only a talk"
        );
    }
}
