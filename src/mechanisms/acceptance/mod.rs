//! M4 Acceptance: whether a call is answered.
//!
//! # What happens
//! A contact that the work requires or that was arranged for both is always accepted. Any other is accepted with probability
//!
//! ```text
//! p = logistic( base + openness + by_trust * (trust - 1/2) + by_strength * s + cooperation * c
//!             + by_introduction * [through a common ally] + by_warmth * (warmth_i - 1/2) - by_debt * scorekeeping * max(0, L) / (1 + L)
//!             - by_rank * max(0, level_j - level_i) / levels
//!             - ambition * [seen to be feigned] * (1 + [caller is junior])
//!             - late * [late call under threat] )
//!   L  what the caller owes the receiver (M7)     c  the firm's cooperation norm, with what a programme has added for the receiver (M19)
//! P(see through a feigned interest) = see_through * (1 + suspicion * d) * [of somebody of a lower level: flattered], at most 1
//!   d  feigned contacts of the same person that passed before
//! ```
//!
//! Calls are answered in the order of that utility plus Gumbel noise while the receiver's hours last: a call
//! that no longer fits is declined. Declining is seen: the caller trusts a little less (M6), and it counts
//! in the decliner's reputation (M10).
//!
//! # Source
//! Interpersonal influence is part of political skill: E66 (Munyon et al. 2015), sign. Naked ambition towards seniors is punished: E69 (Gordon 1996; transparency and upward direction weaken
//! ingratiation). Who is flattered believes it more readily than who looks on: Vonk 2002,
//! *Journal of Personality and Social Psychology* 82:515, from memory, sign. Returning favours is calculating at work: E71c (sign). A late caller is recognised as one: design assumption, hypothesis. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! A receiver's hours are those of the week's attention (M2) plus `courtesy` hours for others' calls.
//!
//! # Order and randomness
//! Reads the calls as delivered. Draws belong to the pair (receiver, caller); ties are settled by them.
//!
//! # Switched off
//! Every call is accepted, whatever the hours.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Offer;
use crate::random::logistic;
use crate::units::{Factor, Hours, Probability, Share, Weight};
use crate::world::{Conduct, Profile};

/// Whether a call is answered.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Acceptance {
    /// Whether the rule is on; off, every call is accepted [switch].
    pub enabled: bool,
    /// Utility of answering a stranger of equal rank [utility]. Assumed; no source.
    pub base: Weight,
    /// Weight of trust in the caller [utility]. Assumed; no source.
    pub by_trust: Weight,
    /// Weight of the strength of the tie [utility]. Assumed; no source.
    pub by_strength: Weight,
    /// Weight of the receiver's greater rank, over the whole ladder [utility]. Assumed; no source.
    pub by_rank: Weight,
    /// Weight of the firm's cooperation norm [utility]. Assumed; no source.
    pub by_cooperation: Weight,
    /// Weight of being introduced by a common ally [utility]. Source: sign from E37.
    pub by_introduction: Weight,
    /// Weight of how warm the caller comes across, the warmest over the coldest [utility]. Source: sign from E66.
    pub by_warmth: Weight,
    /// Weight of what the caller owes, for those who keep the score [utility]. Source: sign from E71c.
    pub by_debt: Weight,
    /// Penalty for an interest seen to be feigned, doubled towards seniors [utility]. Source: sign from E69.
    pub ambition: Weight,
    /// Penalty for calling only under threat [utility]. Assumed; no source.
    pub late: Weight,
    /// Chance to see through a feigned interest in a single contact [probability]. Assumed; no source.
    pub see_through: Probability,
    /// How much each feigned contact that passed raises the chance to see through the next [share]. Assumed; no source.
    pub suspicion: Factor,
    /// Chance to see through somebody of a lower level, of that to see through anybody else [share]. Source: sign from Vonk 2002; the size is assumed.
    pub flattered: Share,
    /// Hours beyond the own budget that one gives to others' calls [hours]. Assumed; no source.
    pub courtesy: Hours,
}

impl Default for Acceptance {
    fn default() -> Self {
        Self {
            enabled: true,
            base: Weight::new(1.0),
            by_trust: Weight::new(2.0),
            by_strength: Weight::new(2.0),
            by_rank: Weight::new(1.5),
            by_cooperation: Weight::new(1.0),
            by_introduction: Weight::new(0.8),
            by_warmth: Weight::new(1.0),
            by_debt: Weight::new(1.0),
            ambition: Weight::new(1.5),
            late: Weight::new(0.8),
            see_through: Probability::new(0.15),
            suspicion: Factor::new(0.02),
            flattered: Share::new(0.3),
            courtesy: Hours::new(2.0),
        }
    }
}

/// What the receiver holds about the caller.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Trust [0 to 1].
    pub trust: f32,
    /// Strength of the strongest layer now [0 to 1].
    pub strength: f32,
    /// What the caller owes, faded to now, at least 0 [contacts' worth].
    pub owes: f32,
}

impl Known {
    /// Someone of whom nothing is known.
    const STRANGER: Self = Self {
        trust: 0.5,
        strength: 0.0,
        owes: 0.0,
    };
}

impl Acceptance {
    /// Utility of accepting a call.
    #[inline]
    pub fn utility(
        &self,
        conduct: &Conduct,
        receiver: &Profile,
        caller: &Profile,
        known: Option<Known>,
        offer: Offer,
        saw_through: bool,
        setting: Setting,
    ) -> f32 {
        let &Self {
            enabled: _,
            base,
            by_trust,
            by_strength,
            by_rank,
            by_cooperation,
            by_introduction,
            by_warmth,
            by_debt,
            ambition,
            late,
            see_through: _,
            suspicion: _,
            flattered: _,
            courtesy: _,
        } = self;
        let Known {
            trust,
            strength,
            owes,
        } = known.unwrap_or(Known::STRANGER);
        let above = f32::from(receiver.level.saturating_sub(caller.level)) / setting.levels;
        let junior = f32::from(u8::from(caller.level < receiver.level));
        let mut utility = base.single()
            + conduct.openness
            + by_trust.single() * (trust - 0.5)
            + by_strength.single() * strength
            + by_cooperation.single() * setting.cooperation
            + by_warmth.single() * (f32::from(caller.warmth) * (1.0 / 255.0) - 0.5)
            - by_rank.single() * above
            - by_debt.single() * conduct.scorekeeping * owes / (1.0 + owes);
        if offer.is_introduced() {
            utility += by_introduction.single();
        }
        if saw_through && offer.given().is_feigned() {
            utility -= ambition.single() * (1.0 + junior);
        }
        if offer.is_late() {
            utility -= late.single();
        }
        utility
    }

    /// Chance to see through a feigned interest of someone whose feigning passed `doubt` times before, and who stands
    /// below or not.
    #[inline]
    pub fn chance_to_see_through(&self, doubt: u8, from_below: bool) -> f32 {
        let raised = 1.0 + self.suspicion.single() * f32::from(doubt);
        let vanity = if from_below {
            self.flattered.single()
        } else {
            1.0
        };
        (self.see_through.single() * raised * vanity).min(1.0)
    }

    /// Probability of accepting, given the utility.
    #[inline]
    pub fn probability(&self, utility: f32) -> f32 {
        if self.enabled { logistic(utility) } else { 1.0 }
    }
}

/// What of the firm bears on acceptance.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Number of levels, as a divisor.
    pub levels: f32,
    /// Cooperation norm [0 to 1].
    pub cooperation: f32,
}

#[cfg(test)]
mod tests;
