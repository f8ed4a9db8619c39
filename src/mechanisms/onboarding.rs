//! M16 Onboarding: who comes from outside yields less until settled.
//!
//! # What happens
//! The output of someone hired t weeks ago is multiplied by
//!
//! ```text
//! settled(t) = 1 - shortfall * max(0, 1 - t / settles)
//! ```
//!
//! Whoever is promoted or moves inside the firm loses nothing: what one knows of the firm comes along.
//!
//! # Source
//! Outside hires get lower evaluations than those promoted into the same job for two years, and none thereafter: E22
//! (Bidwell 2011), sign and duration. The size is assumed; no source.
//!
//! # Assumptions and limits
//! Newcomers to every level and function need the same time. Nobody helps them in; that contacts do is left to M5.
//!
//! # Order and randomness
//! With the week's work (M13); no draws.
//!
//! # Switched off
//! A newcomer yields as much as anyone from the first week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Share, Weeks};

/// Settling in.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Onboarding {
    /// Whether the rule is on; off, newcomers yield as much as anyone [switch].
    pub enabled: bool,
    /// Output that a newcomer lacks in the first week [share]. Source: sign from E22.
    pub shortfall: Share,
    /// Time until nothing is lacking [weeks]. Source: E22 (two years).
    pub settles: Weeks,
}

impl Default for Onboarding {
    fn default() -> Self {
        Self {
            enabled: true,
            shortfall: Share::new(0.15),
            settles: Weeks::new(104),
        }
    }
}

impl Onboarding {
    /// Share of one's output that someone hired `weeks` ago yields.
    #[inline]
    pub fn settled(&self, weeks: i32) -> f32 {
        let &Self {
            enabled,
            shortfall,
            settles,
        } = self;
        if !enabled || weeks >= settles.get() as i32 {
            return 1.0;
        }
        1.0 - shortfall.single() * (1.0 - weeks.max(0) as f32 / settles.get().max(1) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newcomer_lacks_shrinks_evenly_to_nothing() {
        let rule = Onboarding {
            enabled: true,
            shortfall: Share::new(0.2),
            settles: Weeks::new(100),
        };
        assert!((rule.settled(0) - 0.8).abs() < 1e-6);
        assert!((rule.settled(25) - 0.85).abs() < 1e-6);
        assert_eq!(rule.settled(100), 1.0);
        assert_eq!(rule.settled(1000), 1.0);
        assert!(
            (rule.settled(-5) - 0.8).abs() < 1e-6,
            "a clock before the hire"
        );
    }

    #[test]
    fn settling_in_no_time_lacks_nothing() {
        let rule = Onboarding {
            settles: Weeks::new(0),
            ..Onboarding::default()
        };
        assert_eq!(rule.settled(0), 1.0);
    }

    #[test]
    fn switched_off_newcomers_lack_nothing() {
        let off = Onboarding {
            enabled: false,
            ..Onboarding::default()
        };
        assert_eq!(off.settled(0), 1.0);
    }
}
