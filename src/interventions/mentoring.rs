//! Formal mentoring: someone senior meets each participant and opens the door to the own network.
//!
//! # What happens
//! At the start each participant gets a mentor, drawn among those at most `reach` levels above who are not the own manager and have fewer
//! than `most` mentees. The two meet every `every` weeks, and the mentor brings in one of the own ties:
//!
//! ```text
//! P(introduction at a meeting) = min(1, introduces * dose)       to a tie of the mentor's on the mentee's level or above
//! ```
//!
//! # Source
//! Formal mentoring expands the mentees' networks, through access to senior people and to the circles in which they meet again and again: E88 (Srivastava 2015), sign. Objective
//! benefits are small: E84 (Allen et al. 2004). Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! The pairs are drawn, not chosen. When the colleague of a round is lost to the mentor, another of the mentor's ties takes the place. When a mentor leaves there is no other. Someone for whom no mentor is free takes part without.
//!
//! # Order and randomness
//! In the calendar of the week; the draws belong to the participant and the programme.
//!
//! # Switched off
//! Programmes of this kind do not take place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::programme::{at_the_start, round_drawn_after, weekly};
use crate::random::WeekKey;
use crate::units::{Few, Probability, Weeks};
use crate::world::{NOBODY, Participation, World};

/// Formal mentoring.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Mentoring {
    /// Whether programmes of this kind take place; off, they do not [switch].
    pub enabled: bool,
    /// Weeks between two meetings [weeks]. Assumed; no source.
    pub every: Weeks,
    /// Levels that a mentor stands above the mentee, at most [count]. Assumed; no source.
    pub reach: Few,
    /// Mentees of one mentor, at most [count]. Assumed; no source.
    pub most: Few,
    /// Chance that the mentor brings in one of the own ties for a round of meetings [probability]. Source: sign from E88.
    pub introduces: Probability,
    /// Meetings in a row with the same colleague [count]. Source: sign from E88 (semiformal foci); size assumed, that of a pair over coffee.
    pub stays: Few,
}

impl Default for Mentoring {
    fn default() -> Self {
        Self {
            enabled: true,
            every: Weeks::new(2),
            reach: Few::new(2),
            most: Few::new(3),
            introduces: Probability::new(0.5),
            stays: Few::new(4),
        }
    }
}

/// How often a colleague is drawn who has no time before one goes without.
const TRIES: usize = 32;

/// Draws for each of `treated` a senior colleague whom `fits` accepts, who is not the own manager and has fewer than
/// `most` already: the one whom `value` puts first of `asked`.
pub(super) fn seniors(
    world: &World,
    key: WeekKey,
    number: u16,
    treated: &[u32],
    (most, asked): (u32, u32),
    fits: impl Fn(u8, u8) -> bool,
    value: impl Fn(u32) -> f32,
) -> Vec<Option<u32>> {
    let profiles = &world.employees.profiles;
    let mut by_level: Vec<Vec<u32>> = vec![Vec::new(); world.organisation.levels.len()];
    for slot in world.employees.present() {
        by_level[profiles[slot as usize].level as usize].push(slot);
    }
    let mut taken = vec![0_u32; world.employees.slots()];
    treated
        .iter()
        .map(|&slot| {
            let profile = &profiles[slot as usize];
            let manager = world.organisation.manager_of(profile.post);
            let levels: Vec<&[u32]> = by_level
                .iter()
                .enumerate()
                .filter(|(level, _)| fits(profile.level, *level as u8))
                .map(|(_, slots)| slots.as_slice())
                .collect();
            let all: usize = levels.iter().map(|slots| slots.len()).sum();
            let mut draws = at_the_start(key, number, profile.id);
            let mut best: Option<(f32, u32)> = None;
            for _ in 0..asked.max(1) {
                for _ in 0..TRIES {
                    let mut at = draws.below(all as u32) as usize;
                    let level = levels.iter().find(|slots| {
                        let here = at < slots.len();
                        at -= if here { 0 } else { slots.len() };
                        here
                    });
                    let Some(&other) = level.and_then(|slots| slots.get(at)) else {
                        break;
                    };
                    if Some(other) == manager || taken[other as usize] >= most {
                        continue;
                    }
                    let worth = value(other);
                    if best.is_none_or(|(b, _)| worth > b) {
                        best = Some((worth, other));
                    }
                    break;
                }
            }
            let (_, chosen) = best?;
            taken[chosen as usize] += 1;
            Some(chosen)
        })
        .collect()
}

impl Mentoring {
    /// A mentor for each of `treated`, where there is one.
    pub fn mentors(
        &self,
        world: &World,
        key: WeekKey,
        number: u16,
        treated: &[u32],
    ) -> Vec<Option<u32>> {
        let reach = self.reach.get().max(1);
        let fits = |own: u8, other: u8| other > own && u32::from(other - own) <= reach;
        let most = self.most.get();
        seniors(world, key, number, treated, (most, 1), fits, |_| 0.0)
    }

    /// Weeks from the start of the programme to the draw of the present round.
    pub fn drawn_after(&self, so_far: i32) -> i32 {
        round_drawn_after(so_far, self.every, self.stays)
    }

    /// The meetings of a week, of a round whose first week the key has: pairs of slots.
    pub fn meetings(
        &self,
        world: &World,
        key: WeekKey,
        number: u16,
        dose: f32,
        participants: &[Participation],
    ) -> Vec<(u32, u32)> {
        let profiles = &world.employees.profiles;
        let mut meetings = Vec::with_capacity(2 * participants.len());
        for p in participants {
            let Some((mentor, id)) = p.partner else {
                continue;
            };
            if profiles[mentor as usize].id != id {
                continue;
            }
            meetings.push((p.slot, mentor));
            let mut draws = weekly(key, number, p.employee);
            if !draws.chance(self.introduces.single() * dose) {
                continue;
            }
            let own = profiles[p.slot as usize].level;
            // each tie has its lot for the round, so that the same one is met again whoever else comes or goes
            let lot = |other: &u32| key.of_pair(p.employee, profiles[*other as usize].id).bits();
            let brought = world
                .ties
                .partners(mentor)
                .iter()
                .copied()
                .filter(|&other| {
                    other != NOBODY
                        && other != p.slot
                        && world.tie(mentor, other).is_some()
                        && profiles[other as usize].level >= own
                })
                .min_by_key(lot);
            meetings.extend(brought.map(|other| (p.slot, other)));
        }
        meetings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interventions::samples::{FOUR_TEAMS, key};
    use crate::world::Tie;
    use crate::world::small_firm::put_tie;

    fn pair(mentee: u32, mentor: u32) -> Participation {
        Participation {
            programme: 0,
            slot: mentee,
            employee: mentee,
            partner: Some((mentor, mentor)),
            added: [0.0; 4],
        }
    }

    #[test]
    fn a_mentor_stands_above_is_not_the_manager_and_has_time() {
        let world = FOUR_TEAMS.build();
        let rule = Mentoring {
            reach: Few::new(1),
            most: Few::new(1),
            ..Mentoring::default()
        };
        for week in 0..50 {
            let mentors = rule.mentors(&world, key(week), 0, &[2, 3, 4, 6]);
            let mut given: Vec<u32> = mentors.iter().flatten().copied().collect();
            assert!(
                mentors[..3]
                    .iter()
                    .flatten()
                    .all(|&m| [5, 9, 13].contains(&m))
            );
            assert!(mentors[3].is_none_or(|m| m == 1), "the others are taken");
            given.sort_unstable();
            given.dedup();
            assert_eq!(given.len(), mentors.iter().flatten().count());
        }
    }

    #[test]
    fn mentors_introduce_their_ties_of_at_least_the_same_level() {
        let mut world = FOUR_TEAMS.build();
        let tie = Tie {
            formed: 50,
            ..Tie::default()
        };
        put_tie(&mut world, 5, 13, tie);
        let rule = Mentoring {
            introduces: Probability::new(0.25),
            ..Mentoring::default()
        };
        let n = 2000;
        let introduced = (0..n)
            .filter(|&week| {
                let meetings = rule.meetings(&world, key(week), 0, 1.0, &[pair(2, 5)]);
                assert_eq!(meetings[0], (2, 5));
                assert!(meetings[1..].iter().all(|&m| m == (2, 13)));
                meetings.len() == 2
            })
            .count() as f64
            / f64::from(n);
        assert!((introduced - 0.25).abs() < 4.0 * (0.1875 / f64::from(n)).sqrt());
        world.dismiss(5);
        assert!(
            rule.meetings(&world, key(0), 0, 1.0, &[pair(2, 5)])
                .is_empty()
        );
    }

    #[test]
    fn the_same_colleague_is_met_for_a_round_whoever_else_comes_or_goes() {
        let rule = Mentoring {
            introduces: Probability::new(1.0),
            stays: Few::new(3),
            ..Mentoring::default()
        };
        let drawn: Vec<i32> = (0..13).map(|week| rule.drawn_after(week)).collect();
        assert_eq!(drawn, [0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6, 12]);
        let met = |others: &[u32], week| {
            let mut world = FOUR_TEAMS.build();
            for &other in others {
                let tie = Tie {
                    formed: 50,
                    ..Tie::default()
                };
                put_tie(&mut world, 5, other, tie);
            }
            rule.meetings(&world, key(week), 0, 1.0, &[pair(2, 5)])[1].1
        };
        let mut all = [0; 3];
        for week in 0..60 {
            let chosen = met(&[9, 13, 14], week);
            all[[9, 13, 14].iter().position(|&o| o == chosen).unwrap()] += 1;
            // one of the others goes
            let left: Vec<u32> = [9, 13, 14]
                .into_iter()
                .filter(|&o| o == chosen || o == 9)
                .collect();
            assert_eq!(met(&left, week), chosen);
        }
        assert!(all.iter().all(|&n| n > 5), "each has a lot: {all:?}");
    }
}
