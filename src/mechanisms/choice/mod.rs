//! M3 Choice: whom to contact, by random utility.
//!
//! # What happens
//! Candidates are the ties whose rhythm is due and the week's openings. Each has the utility
//!
//! ```text
//! u_j = w_interests * shared(i,j) + w_influence * influence_j + w_need * insight_ij
//!     + w_rhythm * min(overdue, 2) + w_aspiration * relevance_ij + w_reach * [other department]
//!     + w_trust * trust_ij + w_ledger * tanh-like(ledger_ij) + w_proximity * near(i,j)
//!     + by_closeness * strength_ij + by_warmth * warmth_j + noise * G_j          G_j standard Gumbel
//! ```
//!
//! and the best are contacted while hours and initiative last and utility exceeds `reserve`: Gumbel top-k,
//! that is, drawing without replacement from the multinomial logit (McFadden 1974; Yellott 1977). The
//! weights are the behaviour. Influence is what one can see of it, not the true value.
//!
//! After a contact with a tie of closeness c the next is due in r weeks:
//!
//! ```text
//! r = weakest_rhythm ^ (1 - min(1, c / close))      1 week when close, weakest_rhythm at c = 0
//! ```
//!
//! Whom one has met for the first time because others arranged it comes to mind by itself with chance `follow_up` only: the two
//! have not chosen each other. Otherwise they must run into each other first, as strangers do.
//!
//! # Source
//! One arranged meeting makes working together likelier by three quarters, not by more: E91 (Boudreau et al. 2017), sign.
//! Random utility is the field's standard form. Rhythms: E40 (contact weekly, monthly, half-yearly by
//! layer; Dunbar 2018). Weights and noise are assumed; no source.
//!
//! # Assumptions and limits
//! At most `considered` due ties come to mind in a week; one that is passed over comes to mind again
//! within `wait` times its r weeks: whom one hardly knows, one seldom thinks of.
//!
//! # Order and randomness
//! Reads the firm as the week before left it; draws belong to ego.
//!
//! # Switched off
//! Contacts are chosen at random among the candidates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Factor, Few, Probability, Strength, Weeks, Weight};
use crate::world::{Aspiration, Conduct, Profile, Tie};

/// Whom to contact.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// Whether the rule is on; off, contacts are chosen at random among the candidates [switch].
    pub enabled: bool,
    /// Weight of how warm the partner comes across, for everyone alike [utility]. Source: sign from E70 (liking gates competence).
    pub by_warmth: Weight,
    /// Weight of the closeness of the tie, for everyone alike [utility]. Source: calibrated to E46 (concentration of contact).
    pub by_closeness: Weight,
    /// Scale of the Gumbel noise [factor of utility]. Assumed; no source.
    pub noise: Factor,
    /// Utility below which nobody is contacted [utility]. Assumed; no source.
    pub reserve: Weight,
    /// Most due ties that come to mind in a week [count, at most 16 are used]. Assumed; no source.
    pub considered: Few,
    /// Within how many of its rhythms a tie that was passed over comes to mind again [factor]. Assumed; no source.
    pub wait: Factor,
    /// Chance that somebody met for the first time because others arranged it comes to mind by itself [probability]. Source: sign from E91.
    pub follow_up: Probability,
    /// Weeks between contacts with the weakest tie [weeks]. Source: E40 (quarterly and rarer outside the first 15).
    pub weakest_rhythm: Weeks,
    /// Closeness from which contact is weekly [strength]. Assumed; no source.
    pub close: Strength,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            enabled: true,
            by_warmth: Weight::new(1.5),
            by_closeness: Weight::new(18.0),
            noise: Factor::new(0.8),
            reserve: Weight::new(0.5),
            considered: Few::new(12),
            wait: Factor::new(0.45),
            follow_up: Probability::new(0.02),
            weakest_rhythm: Weeks::new(12),
            close: Strength::new(0.5),
        }
    }
}

/// Weeks to the next contact by closeness, in 64 steps.
#[derive(Debug, Clone)]
pub struct Rhythm([f32; 65]);

impl Rhythm {
    /// Weeks to the next contact [weeks].
    #[inline(always)]
    pub fn weeks(&self, closeness: f32) -> f32 {
        // by way of 16 bits, which is a third of the work of a conversion to 64
        self.0[(closeness.min(1.0) * 64.0) as u16 as usize]
    }
}

impl Choice {
    /// The table of rhythms.
    pub fn rhythm(&self) -> Rhythm {
        let weakest = f64::from(self.weakest_rhythm.get().max(1));
        let close = self.close.get().max(0.01);
        let mut weeks = [0.0; 65];
        for (i, w) in weeks.iter_mut().enumerate() {
            let distance = 1.0 - (i as f64 / 64.0 / close).min(1.0);
            *w = libm::pow(weakest, distance) as f32;
        }
        Rhythm(weeks)
    }

    /// Utility of contacting alter, without the noise; a tie comes with its closeness and how far its rhythm is overdue.
    #[inline]
    pub fn utility(
        &self,
        conduct: &Conduct,
        aspiration: Aspiration,
        ego: &Profile,
        alter: &Profile,
        tie: Option<(&Tie, f32, f32)>,
    ) -> f32 {
        if !self.enabled {
            return self.reserve.single();
        }
        let elsewhere = f32::from(u8::from(ego.department != alter.department));
        let near = (1.0 - elsewhere) * 0.5 + f32::from(u8::from(ego.site == alter.site)) * 0.5;
        let relevance = match aspiration {
            Aspiration::Leadership => f32::from(u8::from(alter.level > ego.level)),
            Aspiration::Excellence => {
                f32::from(u8::from(alter.function == ego.function)) * alter.reputation
            }
            Aspiration::Building => f32::from(u8::from(alter.function != ego.function)),
        };
        let mut utility = conduct.weight_interests * ego.shared_interests(alter)
            + conduct.weight_influence * alter.influence
            + conduct.weight_aspiration * relevance
            + conduct.weight_proximity * near
            + self.by_warmth.single() * (f32::from(alter.warmth) * (1.0 / 255.0) - 0.5);
        if let Some((tie, faded, overdue)) = tie {
            let owed = tie.ledger / (1.0 + tie.ledger.abs());
            utility += conduct.weight_need * f32::from(tie.insight) * (1.0 / 255.0)
                + conduct.weight_rhythm * overdue.min(2.0)
                + conduct.weight_trust * tie.trust
                + self.by_closeness.single() * faded
                + conduct.weight_ledger * owed
                + conduct.weight_reach * elsewhere * (1.0 - faded);
        } else {
            utility += conduct.weight_reach * elsewhere;
        }
        utility
    }

    /// Whether a partner will come to mind by itself after a contact.
    #[inline]
    pub fn comes_to_mind(&self, is_first: bool, arranged: bool, draws: &mut Draws) -> bool {
        let by_chance_only = self.enabled && is_first && arranged;
        !by_chance_only || draws.chance(self.follow_up.single())
    }

    /// Week in which a tie that was passed over comes to mind again: within `wait` of its rhythms [weeks].
    #[inline]
    pub fn next_thought(&self, week: i32, rhythm: f32, draws: &mut Draws) -> i16 {
        let weeks = (self.wait.single() * rhythm).clamp(1.0, 10_000.0);
        (week + 1 + (draws.uniform() * weeks) as i32) as i16
    }
}

#[cfg(test)]
mod tests;
