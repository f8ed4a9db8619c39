//! M10 Reputation: what the organisation believes of a person, and how well it knows them.
//!
//! # What happens
//! With probability `talk` a week someone who knows the person speaks of them to one of their own contacts.
//! The listener believes the teller as far as they trust them, and the person's reputation r and acquaintance k move:
//!
//! ```text
//! opinion = (1 - s) * 1/2 + s * trust_j->i        j the teller, i the person, s = 2 * strength_j->i, at most 1
//! r += weight * trust_listener->j * (opinion - r)
//! k += spread * (1 - k)                                    also + meet * (1 - k) for each new contact
//! k *= 2^(-1/half_life)
//! ```
//!
//! Whom nobody speaks of is judged by declined invitations ("thinks he's above everyone else"):
//!
//! ```text
//! r -= by_declining * declined * (1 - k)      declined: invitations turned down this week
//! r += forgetting * (1/2 - r)
//! ```
//!
//! # Source
//! Reputation travels through ties and mediates political skill: E66 (Munyon et al. 2015), sign; ratings follow
//! ties: E72f (Castilla 2011), sign. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! One reputation for the whole firm. The teller is drawn from the ties of the person spoken of, the
//! listener from those of the teller, which gives the same law as tellers who pick whom to speak of.
//!
//! # Order and randomness
//! After the exchange; reads all ties, writes only the own reputation; draws belong to the person spoken of.
//!
//! # Switched off
//! Reputation stays at 1/2; how well a person is known changes only by projects (M13).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{HalfLife, Probability, Share};
use crate::world::{NOBODY, Profile, Ties, Week};

/// Talk and reputation.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reputation {
    /// Whether the rule is on; off, reputation stays at one half [switch].
    pub enabled: bool,
    /// Chance that a person is spoken of in a week [probability]. Assumed; no source.
    pub talk: Probability,
    /// Share of the distance to the teller's opinion that reputation moves, when the teller is fully trusted [share]. Assumed; no source.
    pub weight: Share,
    /// Share of what is missing that being spoken of adds to acquaintance [share]. Assumed; no source.
    pub spread: Share,
    /// Share of what is missing that a new contact adds to acquaintance [share]. Assumed; no source.
    pub meet: Share,
    /// Time after which half of the acquaintance is gone [weeks]. Assumed; no source.
    pub half_life: HalfLife,
    /// Loss of an unknown person's reputation with each declined invitation [share]. Assumed; no source.
    pub by_declining: Share,
    /// Weekly drift of reputation back to the middle [share]. Assumed; no source.
    pub forgetting: Share,
}

impl Default for Reputation {
    fn default() -> Self {
        Self {
            enabled: true,
            talk: Probability::new(0.2),
            weight: Share::new(0.15),
            spread: Share::new(0.02),
            meet: Share::new(0.01),
            half_life: HalfLife::new(104.0),
            by_declining: Share::new(0.003),
            forgetting: Share::new(0.01),
        }
    }
}

impl Reputation {
    /// Share of acquaintance left after a week, for `update`.
    pub fn left(&self) -> f32 {
        libm::exp2(-1.0 / self.half_life.get()) as f32
    }

    /// Reputation and acquaintance of one person after a week: (reputation, known), both [0 to 1].
    #[inline]
    pub fn update(
        &self,
        ego: u32,
        profiles: &[Profile],
        week: &Week,
        ties: &Ties,
        left: f32,
        draws: &mut Draws,
    ) -> (f32, f32) {
        let &Self {
            enabled,
            talk,
            weight,
            spread,
            meet,
            half_life: _,
            by_declining,
            forgetting,
        } = self;
        let profile = &profiles[ego as usize];
        if !enabled {
            return (0.5, profile.known);
        }
        let mut reputation = profile.reputation;
        let mut known = profile.known * left;
        known += meet.single() * f32::from(week.formed) * (1.0 - known);
        if draws.chance(talk.single()) {
            let mine = ties.partners(ego);
            let teller = mine[draws.below(mine.len() as u32) as usize];
            if teller != NOBODY
                && let Some(view) = ties.find(teller, ego)
                && view.formed >= profile.hired
            {
                let theirs = ties.partners(teller);
                let listener = theirs[draws.below(theirs.len() as u32) as usize];
                let belief = if listener == NOBODY || listener == ego {
                    None
                } else {
                    ties.find(listener, teller)
                        .filter(|tie| tie.formed >= profiles[teller as usize].hired)
                        .map(|tie| tie.trust)
                };
                if let Some(belief) = belief {
                    let sure = (2.0 * view.peak()).min(1.0);
                    let opinion = 0.5 + sure * (view.trust - 0.5);
                    reputation += weight.single() * belief * (opinion - reputation);
                    known += spread.single() * (1.0 - known);
                }
            }
        }
        reputation -= by_declining.single() * week.declined * (1.0 - known);
        reputation += forgetting.single() * (0.5 - reputation);
        (reputation.clamp(0.0, 1.0), known.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::small_firm::{SmallFirm, put_tie};
    use crate::world::{Tie, World};

    const FIRM: SmallFirm = SmallFirm {
        departments: 1,
        leads: 1,
        staff: 4,
    };
    const EGO: u32 = 2;
    const TELLER: u32 = 3;
    const LISTENER: u32 = 4;

    fn rule() -> Reputation {
        Reputation {
            enabled: true,
            talk: Probability::new(1.0),
            weight: Share::new(0.2),
            spread: Share::new(0.02),
            meet: Share::new(0.01),
            by_declining: Share::new(0.01),
            forgetting: Share::new(0.0),
            ..Reputation::default()
        }
    }

    /// Ego's ties all lead to the teller; the teller's to the listener and, once, to ego.
    fn world(trust: f32, belief: f32) -> World {
        let mut world = FIRM.build();
        let whole = Tie {
            strength: [1.0; 3],
            trust,
            formed: 10,
            ..Tie::default()
        };
        for place in 0..world.ties.places() {
            put_tie(&mut world, EGO, TELLER, whole);
            let other = if place == 0 { EGO } else { LISTENER };
            put_tie(&mut world, TELLER, other, whole);
        }
        put_tie(
            &mut world,
            LISTENER,
            TELLER,
            Tie {
                trust: belief,
                ..whole
            },
        );
        world
    }

    /// (reputation, known) of ego after a week with the `i`-th luck.
    fn after(rule: &Reputation, world: &World, week: Week, left: f32, i: u32) -> (f32, f32) {
        let mut draws = Randomness::new(7).draws(Purpose::Talk, 0, i);
        rule.update(
            EGO,
            &world.employees.profiles,
            &week,
            &world.ties,
            left,
            &mut draws,
        )
    }

    #[test]
    fn what_is_told_moves_the_listener_as_far_as_the_teller_is_trusted() {
        let mut world = world(0.9, 0.5);
        world.employees.profiles[EGO as usize].known = 0.3;
        let (mut told, mut not) = (0, 0);
        for i in 0..400 {
            let (r, k) = after(&rule(), &world, Week::default(), 1.0, i);
            if r == 0.5 {
                // the listener drawn was ego itself: nothing is told
                assert_eq!(k, 0.3);
                not += 1;
            } else {
                // a tie of strength 1 makes the opinion the trust: 0.5 + 0.2 * 0.5 * (0.9 - 0.5) = 0.54
                assert!((r - 0.54).abs() < 1e-6, "{r}");
                // 0.3 + 0.02 * 0.7
                assert!((k - 0.314).abs() < 1e-6, "{k}");
                told += 1;
            }
        }
        assert!(told > 0 && not > 0);
    }

    #[test]
    fn a_person_is_spoken_of_as_often_as_the_equation_says() {
        // talk 0.3, and 15 of the teller's 16 ties are to the listener: p = 0.28125; n = 20000
        let world = world(0.9, 0.5);
        let rule = Reputation {
            talk: Probability::new(0.3),
            ..rule()
        };
        let told = (0..20_000)
            .filter(|&i| after(&rule, &world, Week::default(), 1.0, i).0 > 0.5)
            .count() as f64
            / 20_000.0;
        let p = 0.281_25;
        assert!(
            (told - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
            "{told}"
        );
    }

    #[test]
    fn those_who_are_trusted_rise_and_those_who_are_not_sink() {
        let r = |trust, belief| {
            let world = world(trust, belief);
            (0..50)
                .map(|i| after(&rule(), &world, Week::default(), 1.0, i).0)
                .sum::<f32>()
                / 50.0
        };
        assert!(r(0.9, 0.5) > 0.5 && r(0.1, 0.5) < 0.5);
        assert!(r(0.9, 0.9) > r(0.9, 0.5), "a trusted teller counts more");
        assert_eq!(r(0.9, 0.0), 0.5, "a hollow tie carries nothing");
    }

    #[test]
    fn declining_sinks_the_unknown_and_not_the_known() {
        let mut world = FIRM.build();
        let declined = Week {
            declined: 5.0,
            ..Week::default()
        };
        world.employees.profiles[EGO as usize].known = 0.0;
        let (unknown, _) = after(&rule(), &world, declined, 1.0, 0);
        // 0.5 - 0.01 * 5
        assert!((unknown - 0.45).abs() < 1e-6, "{unknown}");
        world.employees.profiles[EGO as usize].known = 1.0;
        assert_eq!(after(&rule(), &world, declined, 1.0, 0).0, 0.5);
        world.employees.profiles[EGO as usize].known = 0.5;
        let (half, _) = after(&rule(), &world, declined, 1.0, 0);
        assert!(unknown < half && half < 0.5);
    }

    #[test]
    fn acquaintance_grows_with_new_contacts_and_fades() {
        let mut world = FIRM.build();
        world.employees.profiles[EGO as usize].known = 0.5;
        let met = Week {
            formed: 4,
            ..Week::default()
        };
        // 0.5 * 0.9 = 0.45, then + 0.01 * 4 * 0.55
        let (_, k) = after(&rule(), &world, met, 0.9, 0);
        assert!((k - 0.472).abs() < 1e-6, "{k}");
        let rule = Reputation {
            half_life: HalfLife::new(26.0),
            ..rule()
        };
        assert!(((0..26).map(|_| rule.left()).product::<f32>() - 0.5).abs() < 1e-4);
    }

    #[test]
    fn an_old_judgement_is_forgotten() {
        let mut world = FIRM.build();
        world.employees.profiles[EGO as usize].reputation = 0.9;
        let rule = Reputation {
            forgetting: Share::new(0.1),
            ..rule()
        };
        // 0.9 + 0.1 * (0.5 - 0.9)
        assert!((after(&rule, &world, Week::default(), 1.0, 0).0 - 0.86).abs() < 1e-6);
    }

    #[test]
    fn switched_off_reputation_stays_in_the_middle() {
        let mut world = world(0.9, 0.5);
        world.employees.profiles[EGO as usize].known = 0.2;
        let off = Reputation {
            enabled: false,
            ..rule()
        };
        let week = Week {
            declined: 9.0,
            formed: 9,
            ..Week::default()
        };
        assert_eq!(after(&off, &world, week, 0.9, 0), (0.5, 0.2));
    }
}
