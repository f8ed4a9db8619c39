//! M8 Decay: a tie that is not used loses strength, and comes back sooner than a new one grows.
//!
//! # What happens
//! Each layer halves in its own time without contact. Ties between departments fade faster, ties with many
//! mutual contacts slower, and a tie fades the slower the older it is, as a power of its age:
//!
//! ```text
//! s_l(t) = s_l(last) * 2^(-(t - last) / h_l')
//! h_l' = h_l * [between departments: bridging] * (1 + embedding * (n - typical) / (n + typical))
//!            * ((1 + age) / (1 + settled))^ageing                 age in weeks, at most 1023
//!   n  ego's active contacts whom alter knows too
//! ```
//!
//! A tie is *active* while its strongest layer is at least `active`; below, it is dormant: not lost, but weak. A
//! contact brings back part of what was lost, the more the longer the silence; trust fades towards that in a stranger:
//!
//! ```text
//! s_l(contact) = s_l + revival / 2 * (s_l(last) - s_l)^2 / s_l(last)
//! trust        = first + (trust - first) * 2^(-(t - last) / trust_half_life)
//! ```
//!
//! The square leaves ties in steady contact alone; at most half of the old strength returns at once, so that nobody
//! gains by staying away.
//!
//! # Source
//! Bridges decay faster, embedding in mutual contacts slows decay, and so does age, as a power function rather than
//! an exponential: E36 (Burt 2000, 2002), sign and form. Contact keeps closeness: E39 (Roberts and Dunbar 2011).
//! Dormant ties keep trust and are cheap to revive: E40e (Levin, Walter and Murnighan 2011), sign; at least half of the
//! trust after three years is our reading of it. The half-lives are assumed, calibrated to E43; no source gives them.
//!
//! # Assumptions and limits
//! The fading class is that of the last contact: a transfer or a new mutual contact changes it only from the next
//! contact on. Mutual contacts are counted in a quarter of the contacts. Experience of the person plays no part.
//!
//! # Order and randomness
//! A closed form, applied by whoever reads a tie; no draws.
//!
//! # Switched off
//! Ties keep the strength and the trust of the last contact for ever.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::{bytemuck, f32x4, u32x4};

use crate::units::{Factor, Few, HalfLife, Share, Strength, Weeks};
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
    /// How much mutual contacts move the half-life, from none to very many [share]. Source: sign from E36.
    pub embedding: Share,
    /// Mutual contacts with which a tie has the half-life as given [count]. Assumed; no source.
    pub typical: Few,
    /// Power of age by which the half-life grows [factor]. Source: sign and form from E36; size assumed.
    pub ageing: Factor,
    /// Age at which a tie has the half-life as given [weeks]. Assumed; no source.
    pub settled: Weeks,
    /// How much of the lost strength the first contact after a silence brings back, of the most that can be [share]. Source: sign from E40e.
    pub revival: Share,
    /// Half-life of what trust differs from that in a stranger, without contact [weeks]. Source: E40e (at least half kept after three years, our reading).
    pub trust: HalfLife,
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
            bridging: Factor::new(0.8),
            embedding: Share::new(0.5),
            typical: Few::new(6),
            ageing: Factor::new(0.25),
            settled: Weeks::new(104),
            revival: Share::new(0.8),
            trust: HalfLife::new(312.0),
            active: Strength::new(0.1),
        }
    }
}

/// Weeks in the table of what is left of an imbalance.
const HORIZON: usize = 160;
/// Classes of fading: one bit for a bridge, four for the age, three for mutual contacts.
const CLASSES: usize = 256;
/// Mutual contacts that each of the classes stands for; the last class means that nobody counted.
const MUTUAL: [f64; 7] = [0.0, 1.0, 2.5, 5.0, 8.0, 12.0, 18.0];
/// Class of mutual contacts that were not counted.
pub const NOT_COUNTED: u8 = 7;

/// The closed form of fading; built once from the rule.
#[derive(Debug, Clone)]
pub struct Fading {
    /// Halvings a week: of each layer, and of what trust differs from that in a stranger; 0 when the rule is off.
    rates: f32x4,
    /// Factor on those rates, by fading class.
    speeds: [f32; CLASSES],
    /// Class of age by weeks, up to the last that makes a difference.
    ages: Vec<u8>,
    ledger: Vec<f32>,
    revival: f32,
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
            embedding,
            typical,
            ageing,
            settled,
            revival,
            trust,
            active,
        } = self;
        let halvings = |half_life: f64| {
            if enabled {
                (1.0 / half_life) as f32
            } else {
                0.0
            }
        };
        let rates = f32x4::new(
            [
                collaboration.get(),
                friendship.get(),
                career_support.get(),
                trust.get(),
            ]
            .map(halvings),
        );
        let typical = f64::from(typical.get().max(1));
        let mut speeds = [1.0; CLASSES];
        for (class, speed) in speeds.iter_mut().enumerate() {
            let bridge = if class & 1 == 1 { bridging.get() } else { 1.0 };
            let old = libm::exp2(((class >> 1) & 15) as f64 / AGES_PER_OCTAVE);
            let age = libm::pow(old / f64::from(settled.get() + 1), ageing.get());
            let mutual = MUTUAL.get(class >> 5).copied().unwrap_or(typical);
            let embedded = 1.0 + embedding.get() * (mutual - typical) / (mutual + typical);
            *speed = (1.0 / (bridge * age * embedded).clamp(1e-3, 1e3)) as f32;
        }
        let ages = (0..1024)
            .map(|age| {
                let class = AGES_PER_OCTAVE * libm::log2(f64::from(age + 1)) + 0.5;
                (class as u8).min(15)
            })
            .collect();
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
            rates,
            speeds,
            ages,
            ledger,
            revival: revival.single() * 0.5,
            active: active as f32,
            doublings,
            enabled,
        }
    }
}

/// Classes of age in a doubling of it: 15 of them reach 1,024 weeks.
const AGES_PER_OCTAVE: f64 = 1.5;

/// 2^-x for x of at least 0, to a part in two million: four at once, without branch or conversion, and the same bits on
/// every machine (no fused multiply-add).
#[inline(always)]
fn halved(x: f32x4) -> f32x4 {
    // adding 1.5 * 2^23 leaves the nearest whole number in the last bits
    let shift = f32x4::splat(12_582_912.0);
    let x = x.fast_min(f32x4::splat(120.0));
    let shifted = x + shift;
    let f = x - (shifted - shift);
    // the series of 2^-f for f within half of 0
    let part = f32x4::ONE
        + f * (f32x4::splat(-std::f32::consts::LN_2)
            + f * (f32x4::splat(0.240_226_5)
                + f * (f32x4::splat(-0.055_504_11)
                    + f * (f32x4::splat(0.009_618_129)
                        + f * (f32x4::splat(-0.001_333_355_8)
                            + f * f32x4::splat(0.000_154_035_3))))));
    let whole: u32x4 = bytemuck::cast(shifted);
    let power: f32x4 = bytemuck::cast(u32x4::splat(127 << 23) - (whole << 23_u32));
    part * power
}

impl Fading {
    /// Strengths of a tie now [0 to 1].
    #[inline(always)]
    pub fn now(&self, tie: &Tie, week: i32) -> [f32; LAYERS] {
        let weeks = (week - i32::from(tie.last_contact)).max(0) as f32;
        let pace = weeks * self.speeds[tie.fading as usize];
        let [a, b, c, _] = halved(self.rates * f32x4::splat(pace)).to_array();
        let [x, y, z] = tie.strength;
        [x * a, y * b, z * c]
    }

    /// Strength of the strongest layer now [0 to 1].
    #[inline(always)]
    pub fn closeness(&self, tie: &Tie, week: i32) -> f32 {
        let [a, b, c] = self.now(tie, week);
        a.max(b).max(c)
    }

    /// A tie that is taken up again now, before the contact adds to it: strengths [0 to 1]; and the share of what trust
    /// differs from that in a stranger that is left [0 to 1].
    #[inline(always)]
    pub fn taken_up(&self, tie: &Tie, week: i32) -> ([f32; LAYERS], f32) {
        let weeks = (week - i32::from(tie.last_contact)).max(0) as f32;
        let pace = weeks * self.speeds[tie.fading as usize];
        let [x, y, z] = tie.strength;
        // trust fades at a pace of its own, in the lane that the layers leave free
        let left = halved(self.rates * f32x4::new([pace, pace, pace, weeks]));
        let last = f32x4::new([x, y, z, 0.0]);
        let now = last * left;
        let lost = last - now;
        let back = f32x4::splat(self.revival) * lost * lost / last.fast_max(f32x4::splat(1e-6));
        let [a, b, c, _] = (now + back).to_array();
        ([a, b, c], left.to_array()[LAYERS])
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

    /// The fading class of a tie at a contact now; `mutual` is a class of mutual contacts, or `NOT_COUNTED`.
    #[inline(always)]
    pub fn class(&self, tie: &Tie, week: i32, between_departments: bool, mutual: u8) -> u8 {
        let age = (week - i32::from(tie.formed)).max(0) as usize;
        let age = self.ages[age.min(self.ages.len() - 1)];
        let before = tie.fading >> 5;
        let mutual = if mutual == NOT_COUNTED {
            before
        } else {
            mutual
        };
        u8::from(between_departments) | age << 1 | mutual << 5
    }

    /// The class of a number of mutual contacts.
    #[inline(always)]
    pub fn mutual_class(&self, mutual: u32) -> u8 {
        match mutual {
            0 => 0,
            1 => 1,
            2 | 3 => 2,
            4..=6 => 3,
            7..=9 => 4,
            10..=14 => 5,
            _ => 6,
        }
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
        let slowness = 1.0 / self.speeds[tie.fading as usize];
        let [a, b, c] = tie
            .strength
            .map(|s| self.doublings[(s * 256.0) as u16 as usize]);
        let lasts = f32x4::new([a, b, c, -1.0]) * f32x4::splat(slowness) / self.rates;
        let [a, b, c, _] = lasts.to_array();
        let until = week as f32 + a.max(b).max(c).max(-1.0);
        until.clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
    }
}

#[cfg(test)]
mod tests;
