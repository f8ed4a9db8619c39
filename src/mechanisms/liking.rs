//! M6 Liking: what one person feels for another, beyond what the two share and how warm the other is to all.
//!
//! # What happens
//! Some people take to each other and most do not. How much ego is drawn to alter is a property of the pair that stays for
//! life, the same in part on both sides, and scales what a contact adds to ego's friendship (M5):
//!
//! ```text
//! z_ij   = sqrt(mutual) * P_ij + sqrt(1 - mutual) * O_ij      P_ij = P_ji and O_ij standard normal
//! liking = exp(spread * z_ij - spread^2 / 2) * across          mean 1 over pairs of a level
//!   across  `upward` towards somebody of a higher level, `downward` towards somebody of a lower one, else 1
//! ```
//!
//! So few of the many with whom one works become friends, and a friendship need not be returned.
//!
//! # Source
//! Of the variance in how much people like each other, the larger part is peculiar to the pair, and it is returned in part
//! only: Kenny 1994, *Interpersonal Perception*, from memory. Friends are sought among equals, and those above are named
//! more often than they name: Lazega 2001 (71 lawyers), Krackhardt 1987 (21 managers), both from the data. Sizes were chosen
//! with these two in sight (docs/calibration.md).
//!
//! # Assumptions and limits
//! Liking does not change with time; what one learns about the other is trust (M6). It moves friendship only: work does not
//! ask whom one likes, but for the closeness that choice reads (M3).
//!
//! # Order and randomness
//! With the exchange. The draws belong to the pair and are the same in every week.
//!
//! # Switched off
//! Everyone is drawn to everyone alike: the factor is 1.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::{Shapes, WeekKey};
use crate::units::{Factor, Share};
use crate::world::Profile;

/// How much people take to each other.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Liking {
    /// Whether the rule is on; off, everyone is drawn to everyone alike [switch].
    pub enabled: bool,
    /// Standard deviation of the logarithm of liking over pairs [factor]. Source: form from Kenny 1994; the size is assumed.
    pub spread: Factor,
    /// Share of that variance that both sides have in common [share]. Source: sign from Kenny 1994; the size is assumed.
    pub mutual: Share,
    /// Factor of liking towards somebody of a higher level [factor]. Source: sign from Lazega 2001, Krackhardt 1987.
    pub upward: Factor,
    /// Factor of liking towards somebody of a lower level [factor]. Source: sign from Lazega 2001, Krackhardt 1987.
    pub downward: Factor,
}

impl Default for Liking {
    fn default() -> Self {
        Self {
            enabled: true,
            spread: Factor::new(2.0),
            mutual: Share::new(0.3),
            upward: Factor::new(0.7),
            downward: Factor::new(0.4),
        }
    }
}

/// Steps of the table: z from -4 to 4.
const STEPS: usize = 256;

/// The rule made ready for every contact of every week.
#[derive(Debug, Clone)]
pub struct Attraction {
    /// Draws of the pairs, the same in every week.
    key: WeekKey,
    /// Factor by z.
    table: Box<[f32; STEPS]>,
    /// Weights of what the pair has in common and of the own part.
    common: f32,
    own: f32,
    /// Factor by the alter's level: below, equal, above.
    across: [f32; 3],
}

impl Liking {
    /// The table of factors; `key` is that of the draws in all weeks.
    pub fn attraction(&self, key: WeekKey) -> Attraction {
        let &Self {
            enabled,
            spread,
            mutual,
            upward,
            downward,
        } = self;
        let spread = if enabled { spread.get() } else { 0.0 };
        let mut table = Box::new([1.0; STEPS]);
        for (i, factor) in table.iter_mut().enumerate() {
            let z = (i as f64 + 0.5) * (8.0 / STEPS as f64) - 4.0;
            *factor = libm::exp(spread * z - spread * spread / 2.0) as f32;
        }
        let across = [downward.single(), 1.0, upward.single()];
        Attraction {
            key,
            table,
            common: libm::sqrt(mutual.get()) as f32,
            own: libm::sqrt(1.0 - mutual.get()) as f32,
            across: if enabled { across } else { [1.0; 3] },
        }
    }
}

impl Attraction {
    /// How much ego is drawn to alter [factor].
    #[inline]
    pub fn to(&self, ego: &Profile, alter: &Profile, shapes: &Shapes) -> f32 {
        let (low, high) = (ego.id.min(alter.id), ego.id.max(alter.id));
        let mut pair = self.key.of_pair(low, high);
        let common = shapes.normal(&mut pair);
        // the pair's second draw is the younger's, the third the elder's
        pair.skip(u32::from(ego.id != high));
        let own = shapes.normal(&mut pair);
        let z = self.common * common + self.own * own;
        let step = ((z + 4.0) * (STEPS as f32 / 8.0)).clamp(0.0, (STEPS - 1) as f32);
        let rank = usize::from(alter.level >= ego.level) + usize::from(alter.level > ego.level);
        self.table[step as u16 as usize] * self.across[rank]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};

    const PAIRS: u32 = 20_000;

    fn person(id: u32, level: u8) -> Profile {
        Profile {
            id,
            level,
            ..Profile::VACANT
        }
    }

    fn key() -> WeekKey {
        Randomness::new(7).week(Purpose::Liking, 0)
    }

    /// Logarithm of both sides' liking of many pairs of equals.
    fn pairs(rule: &Liking) -> Vec<(f64, f64)> {
        let (attraction, shapes) = (rule.attraction(key()), Shapes::default());
        let to = |a, b| {
            libm::log(f64::from(attraction.to(
                &person(a, 1),
                &person(b, 1),
                &shapes,
            )))
        };
        (0..PAIRS)
            .map(|i| (to(2 * i, 2 * i + 1), to(2 * i + 1, 2 * i)))
            .collect()
    }

    fn correlation(pairs: &[(f64, f64)]) -> f64 {
        let n = pairs.len() as f64;
        let mean = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>() / n;
        let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
        let cov = mean(&|p| (p.0 - x) * (p.1 - y));
        let (vx, vy) = (
            mean(&|p| (p.0 - x) * (p.0 - x)),
            mean(&|p| (p.1 - y) * (p.1 - y)),
        );
        cov / (vx * vy).sqrt()
    }

    #[test]
    fn the_spread_is_that_of_the_rule_and_the_mean_is_one() {
        let rule = Liking {
            spread: Factor::new(0.8),
            ..Liking::default()
        };
        let pairs = pairs(&rule);
        let n = pairs.len() as f64;
        let log = pairs.iter().map(|p| p.0).sum::<f64>() / n;
        let sd = (pairs.iter().map(|p| (p.0 - log) * (p.0 - log)).sum::<f64>() / n).sqrt();
        // standard errors: 0.8 / sqrt(20000) = 0.0057, 0.8 / sqrt(40000) = 0.004
        assert!((log + 0.32).abs() < 4.0 * 0.0057, "mean of logs {log}");
        assert!((sd - 0.8).abs() < 4.0 * 0.004, "spread {sd}");
        let mean = pairs.iter().map(|p| libm::exp(p.0)).sum::<f64>() / n;
        // sd of the factor: sqrt(e^0.64 - 1) = 0.95
        assert!((mean - 1.0).abs() < 4.0 * 0.95 / n.sqrt(), "mean {mean}");
    }

    #[test]
    fn liking_is_returned_as_far_as_it_is_mutual() {
        for mutual in [0.0, 0.4, 1.0] {
            let rule = Liking {
                mutual: Share::new(mutual),
                ..Liking::default()
            };
            let r = correlation(&pairs(&rule));
            assert!((r - mutual).abs() < 4.0 / f64::from(PAIRS).sqrt(), "{r}");
        }
    }

    #[test]
    fn ranks_weigh_as_the_rule_says() {
        let rule = Liking {
            upward: Factor::new(0.6),
            downward: Factor::new(0.2),
            ..Liking::default()
        };
        let (attraction, shapes) = (rule.attraction(key()), Shapes::default());
        let ego = person(5, 2);
        let to = |level| attraction.to(&ego, &person(9, level), &shapes);
        assert!((to(3) / to(2) - 0.6).abs() < 1e-6);
        assert!((to(4) / to(2) - 0.6).abs() < 1e-6, "however far above");
        assert!((to(1) / to(2) - 0.2).abs() < 1e-6);
    }

    #[test]
    fn switched_off_everyone_is_alike() {
        let rule = Liking {
            enabled: false,
            ..Liking::default()
        };
        let (attraction, shapes) = (rule.attraction(key()), Shapes::default());
        for (id, level) in [(1, 0), (2, 1), (3, 2)] {
            let alter = person(id, level);
            assert_eq!(attraction.to(&person(9, 1), &alter, &shapes), 1.0);
        }
    }
}
