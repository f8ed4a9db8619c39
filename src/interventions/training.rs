//! Training: interpersonal skill and the habits of relating, for a while.
//!
//! # What happens
//! What a participant gains grows evenly over the programme and fades after it:
//!
//! ```text
//! a = min(1, (weeks so far) / weeks)            while it runs
//! a = 2^(-(weeks since the end)/half_life)      after it
//! skill += a * dose * skill            standard deviations; shows in warmth and in what one can give (M3, M5)
//! effort += a * dose * effort          share of more hours and initiative (M2)
//! attentiveness += a * dose * attentiveness      (M5)
//! ```
//!
//! # Source
//! Networking training raises networking behaviour by 0.2 to 0.5 standard deviations and fades over one to two years: E89 (Weihrauch et al.
//! 2021, small and weakly controlled). There is no evidence about promotions.
//!
//! # Assumptions and limits
//! Everyone learns alike, whatever they were like before.
//!
//! # Order and randomness
//! In the calendar of the week; no draws but those of who takes part.
//!
//! # Switched off
//! Programmes of this kind do not take place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{HalfLife, Score, Share};

/// Training in skill and habits.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Training {
    /// Whether programmes of this kind take place; off, they do not [switch].
    pub enabled: bool,
    /// Interpersonal skill gained by the end [standard deviations]. Source: order of E89.
    pub skill: Score,
    /// More hours and initiative for relating by the end [share of more]. Source: order of E89.
    pub effort: Share,
    /// Attentiveness to what others need gained by the end [share]. Source: sign from E89.
    pub attentiveness: Share,
    /// Time after the end in which half of it is gone [weeks]. Source: E89 (fades over one to two years).
    pub half_life: HalfLife,
}

impl Default for Training {
    fn default() -> Self {
        Self {
            enabled: true,
            skill: Score::new(0.3),
            effort: Share::new(0.2),
            attentiveness: Share::new(0.15),
            half_life: HalfLife::new(40.0),
        }
    }
}

/// How much of an effect is there: grows evenly while a programme runs, halves every half-life after it.
pub(super) fn present(so_far: i32, weeks: i32, half_life: HalfLife) -> f64 {
    if so_far < weeks {
        f64::from(so_far + 1) / f64::from(weeks.max(1))
    } else {
        libm::exp2(-f64::from(so_far + 1 - weeks) / half_life.get())
    }
}

impl Training {
    /// What someone has gained, `so_far` weeks after the first of `weeks`: skill, effort, attentiveness and cooperation.
    pub fn added(&self, so_far: i32, weeks: i32, dose: f64) -> [f32; 4] {
        let &Self {
            enabled: _,
            skill,
            effort,
            attentiveness,
            half_life,
        } = self;
        let there = dose * present(so_far, weeks, half_life);
        [skill.get(), effort.get(), attentiveness.get(), 0.0].map(|gain| (there * gain) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_learnt_grows_and_fades_as_the_equation_says() {
        let rule = Training {
            skill: Score::new(0.4),
            effort: Share::new(0.2),
            attentiveness: Share::new(0.1),
            half_life: HalfLife::new(50.0),
            ..Training::default()
        };
        let close = |found: [f32; 4], expected: [f32; 4]| {
            for (a, b) in found.into_iter().zip(expected) {
                assert!((a - b).abs() < 1e-6, "{found:?}, not {expected:?}");
            }
        };
        close(rule.added(0, 10, 1.0), [0.04, 0.02, 0.01, 0.0]);
        close(rule.added(9, 10, 1.0), [0.4, 0.2, 0.1, 0.0]);
        close(rule.added(59, 10, 1.0), [0.2, 0.1, 0.05, 0.0]);
        close(rule.added(59, 10, 2.0), [0.4, 0.2, 0.1, 0.0]);
    }
}
