//! M5 Exchange, how often: two people who are in contact in a week deal with each other once or many times.
//!
//! # What happens
//! The highly one holds the other, the more often one comes back within the week:
//!
//! ```text
//! n = 1 + k        k ~ geometric with mean repeat * (r_ij + r_ji) / 2 * (1 - talkative + talkative * a_j), at most 15
//!   r_ij  regard of i for j: trust x closeness
//!   a_j   sociability of j, whom i sought out: mean 1
//! hours and growth of the tie are those of one contact times  w = 1 + again * k
//! ```
//!
//! So a few partners take most of a person's dealings, and a few people most of the firm's, while the number of people met in a
//! week stays what it is.
//!
//! # Source
//! Concentration of volume on few partners: E46 (three data sets), to which `repeat` is calibrated. Contact within a tie
//! comes in bursts, so the number is drawn with a long tail (geometric). The few who are written to most have not many more partners
//! but much more traffic with each: E46 (top 5 % of people: 9 to 14 % of ties, 26 to 29 % of volume). `again` is assumed; no source.
//!
//! # Assumptions and limits
//! Value is exchanged once a week and pair, however often the two deal with each other. Both sides pay the same hours.
//!
//! # Order and randomness
//! With the receiver's answer, as the last of its draws; they belong to the pair.
//!
//! # Switched off
//! Everyone in contact deals with each other once a week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Factor, Share};

/// Most dealings beyond the first in a week: what fits into the reply.
pub const MOST: u8 = 15;

/// How often those in contact deal with each other.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Dealings {
    /// Whether the rule is on; off, everyone in contact deals with each other once a week [switch].
    pub enabled: bool,
    /// Mean number of dealings beyond the first at full regard of both [factor]. Source: calibrated to E46 (top five).
    pub repeat: Factor,
    /// How far dealings beyond the first go with the sociability of who was sought out [share]. Source: calibrated to E46 (top 5 % of people).
    pub talkative: Share,
    /// Hours and growth of a dealing beyond the first, of those of the first [share]. Assumed; no source.
    pub again: Share,
}

impl Default for Dealings {
    fn default() -> Self {
        Self {
            enabled: true,
            repeat: Factor::new(12.0),
            talkative: Share::new(1.0),
            again: Share::new(0.04),
        }
    }
}

impl Dealings {
    /// Mean of the dealings beyond the first, given the mean of both sides' regard, with somebody of mean sociability [count].
    #[inline]
    fn mean(&self, regard: f32) -> f32 {
        if self.enabled {
            self.repeat.single() * regard
        } else {
            0.0
        }
    }

    /// Dealings beyond the first in a week [0 to 15], given the regard of who was sought out, that of the other, and the
    /// sociability of the former.
    #[inline]
    pub fn further(&self, mine: f32, theirs: f32, sociability: f32, draws: &mut Draws) -> u8 {
        let talkative = self.talkative.single();
        let mean = self.mean(0.5 * (mine + theirs)) * (1.0 - talkative + talkative * sociability);
        let more = mean / (1.0 + mean);
        let mut further = 0;
        while further < MOST && draws.chance(more) {
            further += 1;
        }
        further
    }

    /// What a contact with so many further dealings counts, one without any being 1.
    #[inline]
    pub fn weight(&self, further: u8) -> f32 {
        1.0 + self.again.single() * f32::from(further)
    }

    /// What a contact with someone held in such regard is expected to count.
    #[inline]
    pub fn expected_weight(&self, regard: f32) -> f32 {
        1.0 + self.again.single() * self.mean(regard).min(f32::from(MOST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};

    fn rule() -> Dealings {
        Dealings {
            enabled: true,
            repeat: Factor::new(4.0),
            talkative: Share::new(0.5),
            again: Share::new(0.25),
        }
    }

    fn drawn(rule: &Dealings, mine: f32, theirs: f32, n: u32) -> Vec<u32> {
        let randomness = Randomness::new(5);
        (0..n)
            .map(|i| {
                let mut draws = randomness.draws(Purpose::Acceptance, 0, i);
                rule.further(mine, theirs, 1.0, &mut draws).into()
            })
            .collect()
    }

    #[test]
    fn the_number_is_geometric_with_the_stated_mean() {
        // mean 4 * (0.2 + 0.3) / 2 = 1: half have none, a quarter one, an eighth two
        let n = 20_000;
        let found = drawn(&rule(), 0.2, 0.3, n);
        for (k, p) in [(0, 0.5), (1, 0.25), (2, 0.125)] {
            let share = found.iter().filter(|f| **f == k).count() as f64 / f64::from(n);
            let error = (p * (1.0 - p) / f64::from(n)).sqrt();
            assert!((share - p).abs() < 4.0 * error, "{k}: {share}, not {p}");
        }
    }

    #[test]
    fn who_talks_much_is_dealt_with_often() {
        // mean 4 * 0.25 * (0.5 + 0.5 * a) = 1.5 at a = 2, 0.5 at a = 0; a geometric number of mean m has variance m (1 + m)
        let n = 20_000;
        for (sociability, mean) in [(2.0, 1.5), (0.0, 0.5)] {
            let randomness = Randomness::new(5);
            let sum: u32 = (0..n)
                .map(|i| {
                    let mut draws = randomness.draws(Purpose::Acceptance, 0, i);
                    u32::from(rule().further(0.2, 0.3, sociability, &mut draws))
                })
                .sum();
            let found = f64::from(sum) / f64::from(n);
            let error = (mean * (1.0 + mean) / f64::from(n)).sqrt();
            assert!((found - mean).abs() < 4.0 * error, "{found}, not {mean}");
        }
    }

    #[test]
    fn strangers_deal_once_and_nobody_endlessly() {
        assert!(drawn(&rule(), 0.0, 0.0, 100).iter().all(|&k| k == 0));
        // mean 20: (20 / 21)^15 = 0.481 would go on beyond the most
        let often = Dealings {
            repeat: Factor::new(20.0),
            ..rule()
        };
        let n = 4000;
        let found = drawn(&often, 1.0, 1.0, n);
        let share = found.iter().filter(|&&k| k == u32::from(MOST)).count() as f64 / f64::from(n);
        let error = (0.481_f64 * 0.519 / f64::from(n)).sqrt();
        assert!((share - 0.481).abs() < 4.0 * error, "{share}");
        assert!(found.iter().all(|&k| k <= u32::from(MOST)));
    }

    #[test]
    fn each_further_dealing_counts_a_part_of_the_first() {
        assert_eq!(rule().weight(0), 1.0);
        assert_eq!(rule().weight(4), 2.0);
        // 1 + 0.25 * 4 * 0.5
        assert_eq!(rule().expected_weight(0.5), 1.5);
    }

    #[test]
    fn switched_off_everyone_deals_once() {
        let off = Dealings {
            enabled: false,
            ..rule()
        };
        assert!(drawn(&off, 1.0, 1.0, 100).iter().all(|&k| k == 0));
        assert_eq!(off.expected_weight(1.0), 1.0);
    }
}
