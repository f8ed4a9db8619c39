//! Monitoring of cliques and favouritism: what participants say about their own kind counts less.
//!
//! # What happens
//! Every `every` weeks the programme looks at the ties of those who take part (people whose word matters, most often managers). The word of a about c
//! counts less, at panels and in ratings (M15), when the two are of one clique or c is a favourite among a's own reports:
//!
//! ```text
//! close(x)   everyone to whom x holds a tie of strength `close` or more, now
//! clique     a and c are close to each other, share at least `members` close ties, and these are at least the share `closed` of the smaller set
//! favourite  c reports to a, and a's trust x strength of tie to c is `favour` or more
//! word      *= 1 - min(1, damping * dose)
//! ```
//!
//! # Source
//! Assumed; no source. Ratings follow ties: E72f (Castilla 2011) is what it is meant against.
//!
//! # Assumptions and limits
//! The look is right about the ties. It punishes the honest word of a friend as well as the dishonest one. Between two looks nothing changes.
//!
//! # Order and randomness
//! In the calendar of the week, before panels; no draws but those of who takes part.
//!
//! # Switched off
//! Programmes of this kind do not take place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Few, Share, Strength, Weeks};
use crate::world::{Discount, LAYERS, NOBODY, Participation, Tie, World};

/// Monitoring of cliques and favouritism.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Monitoring {
    /// Whether programmes of this kind take place; off, they do not [switch].
    pub enabled: bool,
    /// Weeks between two looks [weeks]. Assumed; no source.
    pub every: Weeks,
    /// Strength from which a tie is close [strength]. Definition.
    pub close: Strength,
    /// Close ties that two of a clique share, at least [count]. Definition.
    pub members: Few,
    /// Share of the smaller set of close ties that they are, at least [share]. Definition.
    pub closed: Share,
    /// Trust times strength from which a report is a favourite [strength]. Definition.
    pub favour: Strength,
    /// Share of the word that no longer counts [share]. Assumed; no source.
    pub damping: Share,
}

impl Default for Monitoring {
    fn default() -> Self {
        Self {
            enabled: true,
            every: Weeks::new(13),
            close: Strength::new(0.2),
            members: Few::new(2),
            closed: Share::new(0.4),
            favour: Strength::new(0.3),
            damping: Share::new(0.8),
        }
    }
}

/// How strong a tie is now.
pub type StrengthNow<'a> = &'a dyn Fn(&Tie) -> [f32; LAYERS];

impl Monitoring {
    /// Whose word about whom counts less from now on.
    pub fn look(
        &self,
        world: &World,
        dose: f32,
        participants: &[Participation],
        now: StrengthNow<'_>,
    ) -> Vec<Discount> {
        let &Self {
            enabled: _,
            every: _,
            close,
            members,
            closed,
            favour,
            damping,
        } = self;
        let profiles = &world.employees.profiles;
        let share = (damping.single() * dose).min(1.0);
        let peak = |tie: &Tie| {
            let s = now(tie);
            s[0].max(s[1]).max(s[2])
        };
        let circle = |ego: u32| -> Vec<u32> {
            let mut circle: Vec<u32> = world
                .ties
                .row(ego)
                .iter()
                .map(|(_, alter, _)| alter)
                .filter(|&alter| {
                    world
                        .tie(ego, alter)
                        .is_some_and(|tie| peak(tie) >= close.single())
                })
                .collect();
            circle.sort_unstable();
            circle
        };
        let mut found = Vec::new();
        for p in participants {
            let own = circle(p.slot);
            let post = profiles[p.slot as usize].post;
            for (_, alter, _) in world.ties.row(p.slot).iter() {
                let Some(tie) = world.tie(p.slot, alter) else {
                    continue;
                };
                let other = &profiles[alter as usize];
                let superior = world
                    .organisation
                    .posts
                    .get(other.post as usize)
                    .map_or(NOBODY, |p| p.superior);
                let favourite = superior == post && tie.trust * peak(tie) >= favour.single();
                let clique = own.binary_search(&alter).is_ok() && {
                    let theirs = circle(alter);
                    let shared = own
                        .iter()
                        .filter(|x| theirs.binary_search(x).is_ok())
                        .count();
                    let smaller = own.len().min(theirs.len()).saturating_sub(1).max(1);
                    theirs.binary_search(&p.slot).is_ok()
                        && shared >= members.get() as usize
                        && shared as f32 >= closed.single() * smaller as f32
                };
                if favourite || clique {
                    found.push(Discount {
                        speaker: p.employee,
                        about: other.id,
                        share,
                    });
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::small_firm::{SmallFirm, put_tie};

    /// Slot 1 leads 2 to 7.
    const FIRM: SmallFirm = SmallFirm {
        departments: 1,
        leads: 1,
        staff: 6,
    };

    fn put(world: &mut World, ego: u32, alter: u32, strength: f32) {
        let tie = Tie {
            strength: [strength; 3],
            trust: 0.8,
            formed: 50,
            ..Tie::default()
        };
        put_tie(world, ego, alter, tie);
    }

    fn look(rule: &Monitoring, world: &World, slot: u32) -> Vec<(u32, u32, f32)> {
        let p = Participation {
            programme: 0,
            slot,
            employee: slot,
            partner: None,
            added: [0.0; 4],
        };
        rule.look(world, 1.0, &[p], &|tie| tie.strength)
            .into_iter()
            .map(|d| (d.speaker, d.about, d.share))
            .collect()
    }

    #[test]
    fn a_clique_is_close_both_ways_and_shares_its_friends() {
        let rule = Monitoring::default();
        let mut world = FIRM.build();
        for (a, b) in [(2, 3), (3, 2), (2, 4), (2, 5), (3, 4)] {
            put(&mut world, a, b, 0.5);
        }
        assert!(look(&rule, &world, 2).is_empty(), "one friend in common");
        put(&mut world, 3, 5, 0.5);
        assert_eq!(look(&rule, &world, 2), [(2, 3, 0.8)]);
        // 3 has many other friends; with 2's 3 as the smaller set nothing changes
        put(&mut world, 3, 6, 0.5);
        put(&mut world, 3, 7, 0.5);
        assert_eq!(look(&rule, &world, 2), [(2, 3, 0.8)]);
        // and 2 too: 2 of 4 shared is less than 0.6
        put(&mut world, 2, 0, 0.5);
        put(&mut world, 2, 1, 0.5);
        let strict = Monitoring {
            closed: Share::new(0.6),
            ..rule.clone()
        };
        assert!(look(&strict, &world, 2).is_empty());
        assert!(look(&rule, &world, 4).is_empty(), "4 holds no tie");
    }

    #[test]
    fn a_favourite_is_a_report_held_dear() {
        let rule = Monitoring::default();
        let mut world = FIRM.build();
        put(&mut world, 1, 2, 0.5);
        put(&mut world, 1, 3, 0.3);
        put(&mut world, 2, 1, 0.9);
        // 0.8 * 0.5 is above 0.3, 0.8 * 0.3 is not; and 1 does not report to 2
        assert_eq!(look(&rule, &world, 1), [(1, 2, 0.8)]);
        assert!(look(&rule, &world, 2).is_empty());
    }
}
