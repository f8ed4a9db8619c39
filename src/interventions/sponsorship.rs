//! Sponsorship: someone with influence promises to speak for each participant before panels.
//!
//! # What happens
//! At the start each participant gets a sponsor: of `asked` people drawn among those at least `above` levels above (or on the top level) with
//! fewer than `most` protégés, the one with the greatest influence. The two meet every `every` weeks, and while the programme
//! runs the sponsor speaks at every panel about the participant, wherever the post is:
//!
//! ```text
//! A += min(1, backing * dose) * (1/5 + influence of the sponsor)          A as in M15
//! ```
//!
//! # Source
//! Sponsorship relates to promotion: E27 (Ng et al. 2005), sign and small size. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! The promise is kept, whatever the two think of each other. When a sponsor leaves there is no other.
//!
//! # Order and randomness
//! In the calendar of the week, before panels; the draws belong to the participant and the programme.
//!
//! # Switched off
//! Programmes of this kind do not take place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mentoring::seniors;
use crate::random::WeekKey;
use crate::units::{Few, Strength, Weeks};
use crate::world::{Backing, Participation, World};

/// Sponsorship.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sponsorship {
    /// Whether programmes of this kind take place; off, they do not [switch].
    pub enabled: bool,
    /// Weeks between two meetings [weeks]. Assumed; no source.
    pub every: Weeks,
    /// Levels that a sponsor stands above the protégé, at least, unless on top [count]. Assumed; no source.
    pub above: Few,
    /// People among whom the most influential is asked [count]. Assumed; no source.
    pub asked: Few,
    /// Protégés of one sponsor, at most [count]. Assumed; no source.
    pub most: Few,
    /// How strongly a sponsor stands behind the protégé before a panel [strength]. Source: sign from E27; size assumed.
    pub backing: Strength,
}

impl Default for Sponsorship {
    fn default() -> Self {
        Self {
            enabled: true,
            every: Weeks::new(6),
            above: Few::new(2),
            asked: Few::new(4),
            most: Few::new(3),
            backing: Strength::new(0.5),
        }
    }
}

impl Sponsorship {
    /// A sponsor for each of `treated`, where there is one.
    pub fn sponsors(
        &self,
        world: &World,
        key: WeekKey,
        number: u16,
        treated: &[u32],
    ) -> Vec<Option<u32>> {
        let top = world.organisation.levels.len().saturating_sub(1);
        let above = self.above.get();
        let fits = |own: u8, other: u8| {
            other > own && (u32::from(other - own) >= above || usize::from(other) == top)
        };
        let limits = (self.most.get(), self.asked.get());
        let influence = |slot: u32| world.employees.profiles[slot as usize].influence;
        seniors(world, key, number, treated, limits, fits, influence)
    }

    /// The meetings of one round: pairs of slots.
    pub fn meetings(&self, world: &World, participants: &[Participation]) -> Vec<(u32, u32)> {
        participants
            .iter()
            .filter_map(|p| {
                let (sponsor, id) = p.partner?;
                (world.employees.profiles[sponsor as usize].id == id).then_some((p.slot, sponsor))
            })
            .collect()
    }

    /// The promise that a sponsor has given about a participant.
    pub fn promise(&self, participant: &Participation, dose: f32) -> Option<Backing> {
        let (sponsor, sponsor_id) = participant.partner?;
        Some(Backing {
            employee: participant.employee,
            sponsor,
            sponsor_id,
            strength: (self.backing.single() * dose).min(1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interventions::samples::{FOUR_TEAMS, key};

    #[test]
    fn the_influential_are_asked() {
        let mut world = FOUR_TEAMS.build();
        world.employees.profiles[9].influence = 0.9;
        let asked = |asked, above, week| {
            let rule = Sponsorship {
                asked: Few::new(asked),
                above: Few::new(above),
                ..Sponsorship::default()
            };
            rule.sponsors(&world, key(week), 0, &[2])[0]
        };
        let often = |n| (0..400).filter(|&w| asked(n, 1, w) == Some(9)).count();
        // four fit, the own manager not: one in four when one is asked; 1 - (3/4)^4 = 0.68 when four are
        assert!((60..140).contains(&often(1)), "{}", often(1));
        assert!((230..315).contains(&often(4)), "{}", often(4));
        assert!(
            (0..50).all(|w| asked(4, 2, w) == Some(0)),
            "two levels above"
        );
        assert!((0..50).all(|w| asked(4, 9, w) == Some(0)), "or on top");
    }

    #[test]
    fn a_promise_is_as_strong_as_the_dose() {
        let rule = Sponsorship {
            backing: Strength::new(0.4),
            ..Sponsorship::default()
        };
        let mut p = Participation {
            programme: 0,
            slot: 2,
            employee: 2,
            partner: Some((9, 9)),
            added: [0.0; 4],
        };
        let promise = rule.promise(&p, 2.0).unwrap();
        assert_eq!((promise.employee, promise.sponsor), (2, 9));
        assert!((promise.strength - 0.8).abs() < 1e-6);
        assert_eq!(rule.promise(&p, 20.0).unwrap().strength, 1.0);
        assert_eq!(rule.meetings(&FOUR_TEAMS.build(), &[p]), [(2, 9)]);
        p.partner = None;
        assert!(rule.promise(&p, 1.0).is_none());
    }
}
