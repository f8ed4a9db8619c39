//! Cooperation culture: participants answer and help as if the firm's norm were higher.
//!
//! # What happens
//!
//! ```text
//! c = lift * dose * a           a as in training: grows while it runs, halves every `half_life` after it
//! cooperation felt = min(1, cooperation of the firm + c)                   (M4)
//! generosity       = generosity + c * (1 - generosity)                     (M5, M7)
//! ```
//!
//! # Source
//! Incentives for joint output raise it only while they last: E90 (Sandvik et al. 2020), sign; hence the short half-life.
//! Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! The norm of those who take part does not spread to the others, except by what they give them.
//!
//! # Order and randomness
//! In the calendar of the week; no draws but those of who takes part.
//!
//! # Switched off
//! Programmes of this kind do not take place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::training::present;
use crate::units::{HalfLife, Strength};

/// Cooperation culture.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Culture {
    /// Whether programmes of this kind take place; off, they do not [switch].
    pub enabled: bool,
    /// How much the norm rises for those who take part [strength]. Assumed; no source.
    pub lift: Strength,
    /// Time after the end in which half of it is gone [weeks]. Source: sign from E90 (transitory).
    pub half_life: HalfLife,
}

impl Default for Culture {
    fn default() -> Self {
        Self {
            enabled: true,
            lift: Strength::new(0.4),
            half_life: HalfLife::new(8.0),
        }
    }
}

impl Culture {
    /// What someone has gained, `so_far` weeks after the first of `weeks`: skill, effort, attentiveness and cooperation.
    pub fn added(&self, so_far: i32, weeks: i32, dose: f64) -> [f32; 4] {
        let &Self {
            enabled: _,
            lift,
            half_life,
        } = self;
        let cooperation = lift.get() * dose * present(so_far, weeks, half_life);
        [0.0, 0.0, 0.0, cooperation.min(1.0) as f32]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_norm_rises_and_sinks_as_the_equation_says() {
        let rule = Culture {
            lift: Strength::new(0.4),
            half_life: HalfLife::new(8.0),
            ..Culture::default()
        };
        let felt = |so_far, dose| rule.added(so_far, 10, dose)[3];
        assert!((felt(4, 1.0) - 0.2).abs() < 1e-6);
        assert!((felt(9, 1.0) - 0.4).abs() < 1e-6);
        assert!((felt(17, 1.0) - 0.2).abs() < 1e-6);
        assert_eq!(felt(9, 20.0), 1.0, "not beyond 1");
    }
}
