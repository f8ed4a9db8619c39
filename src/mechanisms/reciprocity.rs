//! M7 Reciprocity: both sides keep a fading account of what was given and received.
//!
//! # What happens
//!
//! ```text
//! L(now) = L(last) * 2^(-weeks / half_life) + given - received       in ego's record about alter
//! offer  = generosity * capability * hold(L)
//! hold   = 1 / (1 + scorekeeping * max(0, L))      up to the boundary
//!        = that * beyond                           when L exceeds the boundary of the behaviour
//! generosity is the behaviour's; a cooperation programme adds its share of what is missing to 1 (M19)
//! ```
//!
//! Ego holds back from a partner who owes: scorekeepers soon, the generous only past their boundary. Scorekeepers also
//! answer such partners less (M4), and whoever takes more than they give is spoken of accordingly (M10).
//!
//! # Source
//! Returning depends on expected return more at work than among friends: E71c (Belmi and Pfeffer 2015),
//! sign. Matched giving relates to status in a curve: E71b (Ouyang et al. 2018), sign. Sizes are assumed; no source.
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

use crate::units::{HalfLife, Share};
use crate::world::Conduct;

/// Giving and receiving.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reciprocity {
    /// Whether the rule is on; off, no accounts are kept [switch].
    pub enabled: bool,
    /// Time after which half of an imbalance is forgotten [weeks]. Assumed; no source.
    pub half_life: HalfLife,
    /// What is still offered to a partner beyond the boundary [share]. Assumed; no source.
    pub beyond: Share,
}

impl Default for Reciprocity {
    fn default() -> Self {
        Self {
            enabled: true,
            half_life: HalfLife::new(26.0),
            beyond: Share::new(0.3),
        }
    }
}

impl Reciprocity {
    /// How much of what ego could offer is offered, given the account [0 to 1].
    #[inline]
    pub fn hold(&self, conduct: &Conduct, ledger: f32) -> f32 {
        if !self.enabled {
            return 1.0;
        }
        let owed = ledger.max(0.0);
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
    use crate::units::Factor;
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
        assert!((rule().hold(&conduct(0.5, 3.0), 2.0) - 0.5).abs() < 1e-6);
        assert!((rule().hold(&conduct(0.5, 3.0), 4.0) - 0.3 / 3.0).abs() < 1e-6);
        assert_eq!(
            rule().hold(&conduct(0.5, 3.0), -4.0),
            1.0,
            "whoever owes does not hold back"
        );
    }

    #[test]
    fn scorekeepers_hold_back_sooner_and_the_generous_only_past_their_boundary() {
        let hold =
            |scorekeeping, boundary, owed| rule().hold(&conduct(scorekeeping, boundary), owed);
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
        assert_eq!(off.hold(&conduct(1.0, 0.5), 9.0), 1.0);
    }
}
