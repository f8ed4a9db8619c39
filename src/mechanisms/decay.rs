//! M8 Decay: a tie that is not used loses strength.
//!
//! # What happens
//! Each layer halves in its own time without contact; ties between departments fade faster than embedded
//! ones, and young ties faster than old ones:
//!
//! ```text
//! s_l(t) = s_l(last) * 2^(-(t - last) / h_l')
//! h_l' = h_l * (bridging if between departments) * (young if first met less than `youth` weeks before)
//! ```
//!
//! A tie is *active* while its strongest layer is at least `active`; below, it is dormant: not lost, but weak.
//!
//! # Source
//! Bridges decay faster, embedding and age slow decay: E36 (Burt 2000, 2002), sign and form. Contact keeps
//! closeness: E39 (Roberts and Dunbar 2011). The half-lives are assumed, calibrated to E43; no source gives them.
//!
//! # Assumptions and limits
//! The fading class is that of the last contact: a transfer changes it only from the next contact on.
//!
//! # Order and randomness
//! A closed form, applied by whoever reads a tie; no draws.
//!
//! # Switched off
//! Ties keep the strength of the last contact for ever.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Factor, HalfLife, Strength, Weeks};
use crate::world::{LAYERS, Tie};

/// Fading of ties.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Decay {
    /// Whether the rule is on; off, ties never fade [switch].
    pub enabled: bool,
    /// Half-life of collaboration without contact [weeks]. Assumed; calibrated to E43.
    pub collaboration: HalfLife,
    /// Half-life of friendship without contact [weeks]. Assumed; sign from E39.
    pub friendship: HalfLife,
    /// Half-life of career support without contact [weeks]. Assumed; no source.
    pub career_support: HalfLife,
    /// Factor on the half-life of a tie between departments [factor]. Source: sign from E36.
    pub bridging: Factor,
    /// Factor on the half-life of a young tie [factor]. Source: sign from E36.
    pub young: Factor,
    /// Age below which a tie is young [weeks]. Assumed; E36 gives no numbers.
    pub youth: Weeks,
    /// Strength from which a tie counts as active [strength]. Definition.
    pub active: Strength,
}

impl Default for Decay {
    fn default() -> Self {
        Self {
            enabled: true,
            collaboration: HalfLife::new(26.0),
            friendship: HalfLife::new(30.0),
            career_support: HalfLife::new(52.0),
            bridging: Factor::new(0.7),
            young: Factor::new(0.6),
            youth: Weeks::new(26),
            active: Strength::new(0.1),
        }
    }
}

const HORIZON: usize = 160;
const CLASSES: usize = 4;

/// What is left by weeks without contact, per class and layer; built once from the rule.
#[derive(Debug, Clone)]
pub struct Fading {
    left: Vec<[f32; LAYERS]>,
    ledger: Vec<f32>,
    half_lives: [[f32; LAYERS]; CLASSES],
    youth: i32,
    active: f32,
    doublings: [f32; 257],
    enabled: bool,
}

impl Decay {
    /// Builds the tables; `ledger` is the half-life of an imbalance (M7).
    pub fn fading(&self, ledger: HalfLife) -> Fading {
        let &Self {
            enabled,
            collaboration,
            friendship,
            career_support,
            bridging,
            young,
            youth,
            active,
        } = self;
        let base = [collaboration.get(), friendship.get(), career_support.get()];
        let mut half_lives = [[0.0; LAYERS]; CLASSES];
        let mut left = Vec::with_capacity(CLASSES * HORIZON);
        for (class, lives) in half_lives.iter_mut().enumerate() {
            let factor = if class & 1 == 1 { bridging.get() } else { 1.0 }
                * if class & 2 == 2 { young.get() } else { 1.0 };
            let factor = factor.max(1e-3);
            for (life, base) in lives.iter_mut().zip(base) {
                *life = (base * factor) as f32;
            }
            for weeks in 0..HORIZON {
                left.push(base.map(|h| {
                    if enabled {
                        libm::exp2(-(weeks as f64) / (h * factor)) as f32
                    } else {
                        1.0
                    }
                }));
            }
        }
        let ledger = (0..HORIZON)
            .map(|w| libm::exp2(-(w as f64) / ledger.get()) as f32)
            .collect();
        let active = active.get().max(1e-3);
        let mut doublings = [0.0; 257];
        for (i, d) in doublings.iter_mut().enumerate() {
            let s = i as f64 / 256.0;
            *d = if s < active {
                -1.0
            } else {
                libm::log2(s / active) as f32
            };
        }
        Fading {
            left,
            ledger,
            half_lives,
            youth: youth.get() as i32,
            active: active as f32,
            doublings,
            enabled,
        }
    }
}

impl Fading {
    /// Strengths of a tie now [0 to 1].
    #[inline(always)]
    pub fn now(&self, tie: &Tie, week: i32) -> [f32; LAYERS] {
        let mut weeks = (week - i32::from(tie.last_contact)).max(0) as usize;
        let mut s = tie.strength;
        let class = (tie.fading & 3) as usize * HORIZON;
        while weeks >= HORIZON {
            // rare: beyond the table, step by step
            for (s, left) in s.iter_mut().zip(self.left[class + HORIZON - 1]) {
                *s *= left;
            }
            weeks -= HORIZON - 1;
        }
        let left = self.left[class + weeks];
        [s[0] * left[0], s[1] * left[1], s[2] * left[2]]
    }

    /// Strength of the strongest layer now [0 to 1].
    #[inline(always)]
    pub fn closeness(&self, tie: &Tie, week: i32) -> f32 {
        let [a, b, c] = self.now(tie, week);
        a.max(b).max(c)
    }

    /// Whether a tie counts as active now.
    #[inline]
    pub fn is_active(&self, tie: &Tie, week: i32) -> bool {
        self.closeness(tie, week) >= self.active
    }

    /// Share of an imbalance that is left [0 to 1].
    #[inline(always)]
    pub fn ledger_left(&self, tie: &Tie, week: i32) -> f32 {
        let weeks = (week - i32::from(tie.last_contact)).max(0) as usize;
        self.ledger[weeks.min(HORIZON - 1)]
    }

    /// The fading class of a tie at a contact now.
    #[inline(always)]
    pub fn class(&self, tie: &Tie, week: i32, between_departments: bool) -> u8 {
        let young = week - i32::from(tie.formed) < self.youth;
        u8::from(between_departments) | u8::from(young) << 1
    }

    /// Last week in which a tie of these strengths, in contact now, counts as active if no contact follows.
    #[inline]
    pub fn active_until(&self, tie: &Tie, week: i32) -> i16 {
        if !self.enabled {
            return if tie.peak() >= self.active {
                i16::MAX
            } else {
                week as i16 - 1
            };
        }
        let lives = self.half_lives[(tie.fading & 3) as usize];
        let mut longest = -1.0_f32;
        for (s, life) in tie.strength.iter().zip(lives) {
            longest = longest.max(self.doublings[(s * 256.0) as usize] * life);
        }
        let until = week as f32 + longest;
        until.clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(strength: [f32; 3], fading: u8) -> Tie {
        Tie {
            strength,
            fading,
            last_contact: 10,
            formed: 0,
            ..Tie::default()
        }
    }

    #[test]
    fn each_layer_halves_in_its_half_life() {
        let decay = Decay::default();
        let fading = decay.fading(HalfLife::new(26.0));
        let s = fading.now(&tie([0.8, 0.8, 0.8], 0), 10 + 26);
        assert!(
            (s[0] - 0.4).abs() < 1e-6,
            "collaboration halves in 26 weeks: {s:?}"
        );
        assert!(
            s[0] < s[1] && s[1] < s[2],
            "career support lasts longest: {s:?}"
        );
        // far beyond the table: 520 weeks are 20 halvings of collaboration
        let s = fading.now(&tie([0.8, 0.8, 0.8], 0), 10 + 520);
        assert!(
            (f64::from(s[0]) / (0.8 / 1_048_576.0) - 1.0).abs() < 1e-4,
            "{s:?}"
        );
    }

    #[test]
    fn bridges_and_young_ties_fade_faster() {
        let fading = Decay::default().fading(HalfLife::new(26.0));
        let left: Vec<f32> = (0..4)
            .map(|class| fading.closeness(&tie([0.8; 3], class), 40))
            .collect();
        assert!(left[1] < left[0] && left[2] < left[0] && left[3] < left[2] && left[3] < left[1]);
        assert_eq!(fading.class(&tie([0.5; 3], 0), 10, true), 0b11);
        assert_eq!(fading.class(&tie([0.5; 3], 0), 100, false), 0);
    }

    #[test]
    fn switched_off_nothing_fades() {
        let decay = Decay {
            enabled: false,
            ..Decay::default()
        };
        let fading = decay.fading(HalfLife::new(26.0));
        assert_eq!(fading.now(&tie([0.8, 0.4, 0.1], 3), 5000), [0.8, 0.4, 0.1]);
    }

    #[test]
    fn the_last_active_week_agrees_with_the_fading() {
        let fading = Decay::default().fading(HalfLife::new(26.0));
        for (i, class) in (0..40).zip((0..4).cycle()) {
            let t = tie([i as f32 / 40.0, 0.3, 0.01 * i as f32], class);
            let until = i32::from(fading.active_until(&t, 10));
            // the table of doublings is in steps of 1/256, so a week either way near the edge
            assert!(
                fading.is_active(&t, until - 1) && !fading.is_active(&t, until + 2),
                "{t:?} {until}"
            );
        }
    }
}
