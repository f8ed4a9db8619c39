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
mod tests;
