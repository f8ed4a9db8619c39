//! M6 Sincerity: what a contact rests on, and what the other makes of it.
//!
//! # What happens
//! A contact rests on a real shared interest, on curiosity, or on a feigned interest:
//!
//! ```text
//! P(shared)  = sincerity            if the two share an interest, else 0
//! P(curious) = curiosity            of the rest
//! P(feigned) = what remains
//! ```
//!
//! The partner perceives the sincerity x of the basis (1, `curious`, `feigned_passes`) with noise, raised by how warm the
//! other comes across (interpersonal skill): x + by_warmth * (warmth - 1/2), but 0 when seen through. Trust moves
//! towards it, the less clearly the poorer the channel and the slower once trust is broken; an interest seen to be feigned
//! (M4) costs the share `exposed` of the trust at once:
//!
//! ```text
//! trust += learning * power * [trust < hostile and rising: forgiving] * (x + noise * N - trust)
//! trust *= 1 - exposed    when seen through          trust *= 1 - declined    when ego's call was declined
//! ```
//!
//! Trust begins at `first_trust`, or at `vouched` with someone whom a common ally introduced.
//!
//! *Curiosity* becomes real: with probability `kindle` a curious contact leaves ego with one of alter's interests;
//! whoever has more than `most` then loses one of the others.
//!
//! *Two people fall out*: with probability clash * (1 - shared interests) a contact ends in a conflict that costs
//! both the share `broken` of trust, friendship and career support. A tie with trust below `hostile` is *negative*. It
//! is seldom sought (M3), seldom answered (M4), speaks ill of the other (M10) and does not speak up (M15).
//!
//! A tie whose partner is not sincere becomes *hollow*: strong in ego's record, weak when called upon, since whoever is
//! called upon acts on the own record: support needs the other's trust (M10, M15).
//!
//! # Source
//! Apparent sincerity carries part of the effect of political skill: E66 (Munyon et al. 2015), sign of `by_warmth`.
//! Transparency of the motive weakens ingratiation: E69 (Gordon 1996). Negative ties are rare and weigh much: E72d
//! (Labianca and Brass 2006), which `clash` is calibrated to. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! Perception does not depend on the perceiver's skill. Nobody knows that a tie is negative but who holds it.
//!
//! # Order and randomness
//! The basis is drawn by the one who acts; perception and curiosity by the one who perceives. Draws belong to the pair; a
//! conflict is one draw for both. Interests change after the week's work.
//!
//! # Switched off
//! Every contact is taken as sincere: trust moves towards 1 for all alike. Nobody falls out, interests stay.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Basis;
use crate::random::{Draws, Shapes};
use crate::units::{Factor, Few, Probability, Share, Strength};
use crate::world::{CAREER, Conduct, FRIENDSHIP, Tie};

/// Sincerity and trust.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sincerity {
    /// Whether the rule is on; off, every contact is taken as sincere [switch].
    pub enabled: bool,
    /// Trust in someone before the first contact [strength]. Assumed; no source.
    pub first_trust: Strength,
    /// Share of the distance to the perceived sincerity that trust moves in a contact [share]. Assumed; no source.
    pub learning: Share,
    /// Sincerity that curiosity shows [strength]. Assumed; no source.
    pub curious: Strength,
    /// Sincerity that an interest shows which is feigned and passes [strength]. Source: sign from E66.
    pub feigned_passes: Strength,
    /// Standard deviation of the noise in perceiving sincerity [strength]. Assumed; no source.
    pub noise: Factor,
    /// Rise of the sincerity perceived in the warmest person over the coldest [strength]. Source: sign from E66.
    pub by_warmth: Strength,
    /// Share of trust lost when an interest is seen to be feigned [share]. Source: sign from E69.
    pub exposed: Share,
    /// Share of trust lost when a call is declined [share]. Assumed; no source.
    pub declined: Share,
    /// Trust in someone whom a common ally introduced, before the first contact [strength]. Source: sign from E37.
    pub vouched: Strength,
    /// Chance that a curious contact becomes a real interest of ego's [probability]. Assumed; no source.
    pub kindle: Probability,
    /// Interests that a person can hold; a new one beyond drives out another [count]. Assumed; no source.
    pub most: Few,
    /// Chance that a contact of two people without common interests ends in a conflict [probability]. Source: calibrated to E72d.
    pub clash: Probability,
    /// Share of trust, friendship and career support lost in a conflict [share]. Assumed; no source.
    pub broken: Share,
    /// Trust below which a tie is negative [strength]. Definition.
    pub hostile: Strength,
    /// How fast trust recovers in a negative tie, of the speed in others [share]. Source: sign from E72d.
    pub forgiving: Share,
}

impl Default for Sincerity {
    fn default() -> Self {
        Self {
            enabled: true,
            first_trust: Strength::new(0.4),
            learning: Share::new(0.12),
            curious: Strength::new(0.85),
            feigned_passes: Strength::new(0.7),
            noise: Factor::new(0.2),
            by_warmth: Strength::new(0.3),
            exposed: Share::new(0.3),
            declined: Share::new(0.03),
            vouched: Strength::new(0.5),
            kindle: Probability::new(0.01),
            most: Few::new(6),
            clash: Probability::new(0.004),
            broken: Share::new(0.8),
            hostile: Strength::new(0.2),
            forgiving: Share::new(0.3),
        }
    }
}

impl Sincerity {
    /// What ego's part in a contact rests on.
    #[inline]
    pub fn basis(&self, conduct: &Conduct, shared: f32, draws: &mut Draws) -> Basis {
        let honest = draws.uniform();
        let curious = draws.uniform();
        if shared > 0.0 && honest < conduct.sincerity {
            Basis::Shared
        } else if curious < conduct.curiosity {
            Basis::Curious
        } else {
            Basis::Feigned
        }
    }

    /// Sincerity as the partner perceives it in somebody of some warmth [0 to 1].
    #[inline]
    pub fn perceived(
        &self,
        basis: Basis,
        saw_through: bool,
        warmth: u8,
        shapes: &Shapes,
        draws: &mut Draws,
    ) -> f32 {
        let noise = shapes.normal(draws);
        if !self.enabled {
            return 1.0;
        }
        let warm = self.by_warmth.single() * (f32::from(warmth) * (1.0 / 255.0) - 0.5);
        let shown = warm
            + match basis {
                Basis::Shared => 1.0,
                Basis::Curious => self.curious.single(),
                Basis::Feigned if saw_through => -warm,
                Basis::Feigned => self.feigned_passes.single(),
            };
        (shown + self.noise.single() * noise).clamp(0.0, 1.0)
    }

    /// Trust before the first contact [0 to 1].
    #[inline]
    pub fn trust_at_first(&self, introduced: bool) -> f32 {
        if introduced {
            self.vouched.single()
        } else {
            self.first_trust.single()
        }
    }

    /// Trust after a contact on a channel of some power [0 to 1].
    #[inline]
    pub fn trust_after(&self, trust: f32, perceived: f32, power: f32, saw_through: bool) -> f32 {
        let recovers = trust < self.hostile.single() && perceived > trust;
        let speed = if recovers {
            self.forgiving.single()
        } else {
            1.0
        };
        let moved = trust + self.learning.single() * power * speed * (perceived - trust);
        if self.enabled && saw_through {
            moved * (1.0 - self.exposed.single())
        } else {
            moved
        }
    }

    /// Whether a tie with this trust is negative.
    #[inline]
    pub fn is_negative(&self, trust: f32) -> bool {
        self.enabled && trust < self.hostile.single()
    }

    /// Chance that a contact ends in a conflict [probability].
    #[inline]
    pub fn chance_of_conflict(&self, shared: f32) -> f32 {
        if self.enabled {
            self.clash.single() * (1.0 - shared)
        } else {
            0.0
        }
    }

    /// What a conflict leaves of a tie.
    #[inline]
    pub fn fall_out(&self, tie: &mut Tie) {
        let left = 1.0 - self.broken.single();
        tie.trust *= left;
        tie.strength[FRIENDSHIP] *= left;
        tie.strength[CAREER] *= left;
    }

    /// The interest that a contact leaves ego with, if any: a topic of alter's that ego does not have.
    #[inline]
    pub fn kindled(&self, basis: Basis, mine: u32, theirs: u32, draws: &mut Draws) -> Option<u8> {
        let new = theirs & !mine;
        if !self.enabled || basis != Basis::Curious || new == 0 {
            return None;
        }
        draws
            .chance(self.kindle.single())
            .then(|| nth_bit(new, draws.below(new.count_ones())))
    }

    /// Interests with a new topic; beyond `most`, one of the old ones goes.
    pub fn with_interest(&self, interests: u32, topic: u8, draws: &mut Draws) -> u32 {
        let old = interests & !(1 << topic);
        let goes = draws.below(old.count_ones());
        let kept = if old != 0 && old.count_ones() >= self.most.get().max(1) {
            old & !(1 << nth_bit(old, goes))
        } else {
            old
        };
        kept | 1 << topic
    }

    /// Trust after a declined call [0 to 1].
    #[inline]
    pub fn trust_after_refusal(&self, trust: f32) -> f32 {
        if self.enabled {
            trust * (1.0 - self.declined.single())
        } else {
            trust
        }
    }
}

/// Place of the n-th set bit, counted from 0; there must be so many.
fn nth_bit(mut set: u32, n: u32) -> u8 {
    for _ in 0..n {
        set &= set.wrapping_sub(1);
    }
    set.trailing_zeros().min(31) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::Behaviour;

    fn rule() -> Sincerity {
        Sincerity {
            enabled: true,
            learning: Share::new(0.1),
            curious: Strength::new(0.8),
            feigned_passes: Strength::new(0.5),
            noise: Factor::new(0.0),
            by_warmth: Strength::new(0.0),
            exposed: Share::new(0.3),
            declined: Share::new(0.05),
            first_trust: Strength::new(0.4),
            vouched: Strength::new(0.5),
            kindle: Probability::new(0.25),
            most: Few::new(3),
            clash: Probability::new(0.02),
            broken: Share::new(0.75),
            hostile: Strength::new(0.2),
            forgiving: Share::new(0.5),
        }
    }

    fn draws(i: u32) -> Draws {
        Randomness::new(8).draws(Purpose::CallerSide, 0, i)
    }

    /// Shares of shared, curious and feigned contacts in n = 20000.
    fn shares(sincerity: f64, curiosity: f64, common: f32) -> [f64; 3] {
        let conduct = Conduct::from(&Behaviour {
            sincerity: Probability::new(sincerity),
            curiosity: Probability::new(curiosity),
            ..Default::default()
        });
        let mut counts = [0.0; 3];
        for i in 0..20_000 {
            counts[rule().basis(&conduct, common, &mut draws(i)) as usize] += 1.0 / 20_000.0;
        }
        counts
    }

    #[test]
    fn a_contact_rests_on_what_the_equation_says() {
        // sincerity 0.6, curiosity 0.25: shared 0.6, curious 0.4 * 0.25 = 0.1, feigned 0.3
        for (found, p) in shares(0.6, 0.25, 0.5).into_iter().zip([0.6, 0.1, 0.3]) {
            assert!(
                (found - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
                "{found} {p}"
            );
        }
        let apart = shares(0.6, 0.25, 0.0);
        assert_eq!(apart[0], 0.0, "nothing in common, nothing to share");
        assert!((apart[1] - 0.25).abs() < 4.0 * (0.25_f64 * 0.75 / 20_000.0).sqrt());
    }

    #[test]
    fn trust_moves_towards_the_sincerity_perceived() {
        // 0.4 + 0.1 * (0.8 - 0.4) = 0.44; seen through, 30 % of what is left is gone
        assert!((rule().trust_after(0.4, 0.8, 1.0, false) - 0.44).abs() < 1e-6);
        assert!((rule().trust_after(0.4, 0.0, 1.0, true) - 0.36 * 0.7).abs() < 1e-6);
        assert!((rule().trust_after_refusal(0.4) - 0.38).abs() < 1e-6);
        // a channel of half the power teaches half as much
        assert!((rule().trust_after(0.4, 0.8, 0.5, false) - 0.42).abs() < 1e-6);
        assert_eq!(rule().trust_at_first(false), 0.4);
        assert_eq!(rule().trust_at_first(true), 0.5, "an ally vouches");
    }

    #[test]
    fn a_negative_tie_recovers_slowly_and_sinks_as_fast_as_any() {
        // 0.1 + 0.1 * 0.5 * (0.9 - 0.1) = 0.14; downwards 0.1 + 0.1 * (0 - 0.1) = 0.09
        assert!((rule().trust_after(0.1, 0.9, 1.0, false) - 0.14).abs() < 1e-6);
        assert!((rule().trust_after(0.1, 0.0, 1.0, false) - 0.09).abs() < 1e-6);
        assert!(rule().is_negative(0.19) && !rule().is_negative(0.2));
    }

    #[test]
    fn those_who_share_interests_fall_out_less_and_a_conflict_breaks_trust() {
        assert!((rule().chance_of_conflict(0.25) - 0.015).abs() < 1e-7);
        assert_eq!(rule().chance_of_conflict(1.0), 0.0);
        let mut tie = Tie {
            strength: [0.4; 3],
            trust: 0.6,
            ..Tie::default()
        };
        rule().fall_out(&mut tie);
        assert!((tie.trust - 0.15).abs() < 1e-6 && rule().is_negative(tie.trust));
        assert_eq!(tie.strength[0], 0.4, "the work goes on");
        assert!((tie.strength[FRIENDSHIP] - 0.1).abs() < 1e-6);
        assert!((tie.strength[CAREER] - 0.1).abs() < 1e-6);
    }

    #[test]
    fn curiosity_becomes_an_interest_as_often_as_it_says() {
        let (mine, theirs) = (0b0011, 0b1110);
        let kindled = |rule: &Sincerity, basis, i| rule.kindled(basis, mine, theirs, &mut draws(i));
        let found: Vec<u8> = (0..20_000)
            .filter_map(|i| kindled(&rule(), Basis::Curious, i))
            .collect();
        let share = found.len() as f64 / 20_000.0;
        assert!(
            (share - 0.25).abs() < 4.0 * (0.1875_f64 / 20_000.0).sqrt(),
            "{share}"
        );
        let third: f64 = found
            .iter()
            .map(|&topic| f64::from(u8::from(topic == 2)))
            .sum();
        assert!(
            found.iter().all(|topic| [2, 3].contains(topic)),
            "what ego lacks"
        );
        let half = third / found.len() as f64;
        assert!(
            (half - 0.5).abs() < 4.0 * (0.25 / found.len() as f64).sqrt(),
            "{half}"
        );
        assert!((0..100).all(|i| kindled(&rule(), Basis::Feigned, i).is_none()));
        assert!((0..100).all(|i| kindled(&rule(), Basis::Shared, i).is_none()));
    }

    #[test]
    fn a_new_interest_beyond_the_most_drives_out_an_old_one() {
        for i in 0..100 {
            assert_eq!(
                rule().with_interest(0b0011, 2, &mut draws(i)),
                0b0111,
                "room"
            );
            let full = rule().with_interest(0b0111, 4, &mut draws(i));
            assert_eq!(full.count_ones(), 3);
            assert_ne!(full & 1 << 4, 0, "the new one stays");
            assert_eq!(rule().with_interest(0b0111, 2, &mut draws(i)), 0b0111);
        }
    }

    #[test]
    fn what_is_perceived_is_the_basis_with_noise_around_it() {
        let shapes = Shapes::default();
        let exact = |basis, seen| rule().perceived(basis, seen, 128, &shapes, &mut draws(1));
        assert_eq!(exact(Basis::Shared, false), 1.0);
        assert_eq!(exact(Basis::Curious, false), 0.8);
        assert_eq!(exact(Basis::Feigned, false), 0.5);
        assert_eq!(exact(Basis::Feigned, true), 0.0);
        // feigned shows 0.5 with noise of sd 0.1, hardly ever cut off: n = 20000, four standard errors
        let noisy = Sincerity {
            noise: Factor::new(0.1),
            ..rule()
        };
        let n = 20_000;
        let seen: Vec<f64> = (0..n)
            .map(|i| f64::from(noisy.perceived(Basis::Feigned, false, 128, &shapes, &mut draws(i))))
            .collect();
        let mean = seen.iter().sum::<f64>() / f64::from(n);
        assert!(
            (mean - 0.5).abs() < 4.0 * 0.1 / f64::from(n).sqrt(),
            "{mean}"
        );
        let variance = seen.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
        assert!(
            (variance / 0.01 - 0.9987).abs() < 4.0 * (2.0 / f64::from(n)).sqrt(),
            "{variance}"
        );
    }

    #[test]
    fn the_warm_seem_more_sincere_until_they_are_seen_through() {
        let shapes = Shapes::default();
        let rule = Sincerity {
            by_warmth: Strength::new(0.4),
            ..rule()
        };
        let seen =
            |seen, warmth| rule.perceived(Basis::Feigned, seen, warmth, &shapes, &mut draws(1));
        assert!((seen(false, 255) - 0.7).abs() < 1e-6);
        assert!((seen(false, 0) - 0.3).abs() < 1e-6);
        assert_eq!(seen(true, 255), 0.0);
        assert_eq!(seen(true, 0), 0.0);
        let shared = rule.perceived(Basis::Shared, false, 255, &shapes, &mut draws(1));
        assert_eq!(shared, 1.0, "nobody seems more than sincere");
    }

    #[test]
    fn a_tie_built_on_feigned_interest_ends_up_hollow() {
        let shapes = Shapes::default();
        let after = |basis| {
            (0..100).fold(0.4, |trust, i| {
                let seen = rule().perceived(basis, false, 128, &shapes, &mut draws(i));
                rule().trust_after(trust, seen, 1.0, false)
            })
        };
        let (shared, curious, feigned) = (
            after(Basis::Shared),
            after(Basis::Curious),
            after(Basis::Feigned),
        );
        assert!(
            feigned < curious && curious < shared,
            "{feigned} {curious} {shared}"
        );
        assert!((feigned - 0.5).abs() < 1e-3, "trust settles at what shows");
    }

    #[test]
    fn switched_off_everyone_seems_sincere() {
        let off = Sincerity {
            enabled: false,
            noise: Factor::new(0.3),
            ..rule()
        };
        let shapes = Shapes::default();
        for (i, basis) in [Basis::Shared, Basis::Curious, Basis::Feigned]
            .into_iter()
            .enumerate()
        {
            assert_eq!(
                off.perceived(basis, true, 255, &shapes, &mut draws(i as u32)),
                1.0
            );
        }
        assert!(
            (off.trust_after(0.4, 1.0, 1.0, true) - 0.46).abs() < 1e-6,
            "nothing is exposed"
        );
        assert_eq!(off.chance_of_conflict(0.0), 0.0);
        assert!(!off.is_negative(0.0));
        assert!((0..100).all(|i| off.kindled(Basis::Curious, 0, 1, &mut draws(i)).is_none()));
    }
}
