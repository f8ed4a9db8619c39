//! M7 Reciprocity: both sides keep a fading account of what was given and received.
//!
//! # What happens
//!
//! ```text
//! L(now) = L(last) * 2^(-weeks / half_life) + given - received       in ego's record about alter
//! offer  = generosity * capability * hold(L)
//! hold   = 1 / (1 + scorekeeping * max(0, L))      up to the boundary
//!        = that * beyond                           when L exceeds the boundary of the behaviour
//!        = 1 + D / (1 + D) * (by_norm * (1/2 + f) + by_use * scorekeeping * influence)      when ego owes D = -L
//!   f  friendship in ego's record as of the last contact [0..1]      influence  of the partner as perceived [0..1]
//! generosity is the behaviour's; a cooperation programme adds its share of what is missing to 1 (M19)
//! ```
//!
//! The offer is at most all of what one can give. Whoever owes gives more: among friends out of the norm of reciprocity, and scorekeepers the more, the more
//! useful the creditor looks. Ego holds back from a partner who owes: scorekeepers soon, the generous only past their boundary. Scorekeepers also
//! answer such partners less (M4), and whoever takes more than they give is spoken of accordingly (M10).
//!
//! # Source
//! That favours are returned: Gouldner 1960, *American Sociological Review* 25:161, from memory. At work less than among
//! friends, and more to those who may be of use: E71c (Belmi and Pfeffer 2015), signs. Matched giving relates to status in a curve: E71b (Ouyang et al. 2018), sign. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! The account is ego's own view: what ego received counts at its worth, what ego gave at the worth that ego counts
//! on (M5), so that nobody feels owed for presents that miss alone.
//!
//! # Order and randomness
//! Read when an offer is made, written in the exchange; no draws.
//!
//! # Switched off
//! No accounts are kept: L stays 0 and nobody holds back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Factor, HalfLife, Share};
use crate::world::Conduct;

/// Giving and receiving.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reciprocity {
    /// Whether the rule is on; off, no accounts are kept [switch].
    pub enabled: bool,
    /// Time after which half of an imbalance is forgotten [weeks]. Assumed; no source.
    pub half_life: HalfLife,
    /// How much more one gives to a friend to whom one owes much, over what one gives else [share of more]. Source: sign from E71c.
    pub by_norm: Factor,
    /// How much more a scorekeeper gives to a creditor of the greatest influence [share of more]. Source: sign from E71c.
    pub by_use: Factor,
    /// What is still offered to a partner beyond the boundary [share]. Assumed; no source.
    pub beyond: Share,
}

impl Default for Reciprocity {
    fn default() -> Self {
        Self {
            enabled: true,
            half_life: HalfLife::new(26.0),
            by_norm: Factor::new(0.7),
            by_use: Factor::new(1.0),
            beyond: Share::new(0.3),
        }
    }
}

impl Reciprocity {
    /// How much of what ego usually offers is offered, given the account, ego's friendship [0 to 1] and the partner's influence
    /// [0 to 1]: 0 to 1 to those who owe, 1 or more to those whom ego owes.
    #[inline]
    pub fn hold(&self, conduct: &Conduct, ledger: f32, friendship: f32, influence: f32) -> f32 {
        if !self.enabled {
            return 1.0;
        }
        if ledger < 0.0 {
            let norm = self.by_norm.single() * (0.5 + friendship);
            let use_of = self.by_use.single() * conduct.scorekeeping * influence;
            return 1.0 - ledger / (1.0 - ledger) * (norm + use_of);
        }
        let owed = ledger;
        let held = 1.0 / (1.0 + conduct.scorekeeping * owed);
        if owed > conduct.boundary {
            held * self.beyond.single()
        } else {
            held
        }
    }

    /// The account after a contact; `faded` is the share of the old balance that is left.
    #[inline]
    pub fn settle(&self, ledger: f32, faded: f32, given: f32, received: f32) -> f32 {
        if self.enabled {
            ledger * faded + given - received
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Behaviour;

    fn rule() -> Reciprocity {
        Reciprocity {
            enabled: true,
            beyond: Share::new(0.3),
            ..Reciprocity::default()
        }
    }

    fn conduct(scorekeeping: f64, boundary: f64) -> Conduct {
        Conduct::from(&Behaviour {
            scorekeeping: Share::new(scorekeeping),
            boundary: Factor::new(boundary),
            ..Default::default()
        })
    }

    #[test]
    fn the_account_fades_and_takes_in_what_was_given_and_received() {
        // 2 * 0.5 + 0.6 - 0.2 = 1.4
        assert!((rule().settle(2.0, 0.5, 0.6, 0.2) - 1.4).abs() < 1e-6);
        assert!(
            (rule().settle(0.0, 1.0, 0.2, 0.6) + 0.4).abs() < 1e-6,
            "now ego owes"
        );
    }

    #[test]
    fn one_holds_back_from_a_partner_who_owes_as_the_equation_says() {
        // 1 / (1 + 0.5 * 2) = 0.5 up to the boundary of 3, times 0.3 beyond it
        assert!((rule().hold(&conduct(0.5, 3.0), 2.0, 0.5, 0.5) - 0.5).abs() < 1e-6);
        assert!((rule().hold(&conduct(0.5, 3.0), 4.0, 0.5, 0.5) - 0.3 / 3.0).abs() < 1e-6);
        assert_eq!(rule().hold(&conduct(0.5, 3.0), 0.0, 0.5, 0.5), 1.0);
    }

    #[test]
    fn whoever_owes_gives_more_to_friends_and_scorekeepers_to_the_useful() {
        let rule = Reciprocity {
            by_norm: Factor::new(0.8),
            by_use: Factor::new(0.5),
            ..rule()
        };
        let hold = |scorekeeping, debt: f32, friendship, influence| {
            rule.hold(&conduct(scorekeeping, 3.0), -debt, friendship, influence)
        };
        // 3 / 4 * 0.8 * (1/2 + 0.25) = 0.45; with 3 / 4 * 0.5 * 0.4 * 0.5 = 0.075 more for the useful
        assert!((hold(0.0, 3.0, 0.25, 0.5) - 1.45).abs() < 1e-6);
        assert!((hold(0.4, 3.0, 0.25, 0.5) - 1.525).abs() < 1e-6);
        assert!(
            hold(0.4, 1.0, 0.25, 0.5) < hold(0.4, 3.0, 0.25, 0.5),
            "more is owed, more is given"
        );
    }

    #[test]
    fn scorekeepers_hold_back_sooner_and_the_generous_only_past_their_boundary() {
        let hold = |scorekeeping, boundary, owed| {
            rule().hold(&conduct(scorekeeping, boundary), owed, 0.5, 0.5)
        };
        assert!(hold(0.8, 3.0, 1.0) < hold(0.2, 3.0, 1.0));
        assert_eq!(hold(0.0, 3.0, 2.9), 1.0, "the generous tolerate it");
        assert!(hold(0.0, 3.0, 3.1) < 1.0, "up to a point");
        assert!(
            hold(0.5, 3.0, 2.0) < hold(0.5, 3.0, 1.0),
            "the more is owed, the less is offered"
        );
    }

    #[test]
    fn switched_off_no_accounts_are_kept() {
        let off = Reciprocity {
            enabled: false,
            ..rule()
        };
        assert_eq!(off.settle(2.0, 0.5, 0.6, 0.2), 0.0);
        assert_eq!(off.hold(&conduct(1.0, 0.5), 9.0, 1.0, 1.0), 1.0);
    }
}
