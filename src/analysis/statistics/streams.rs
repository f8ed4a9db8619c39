//! Streams of random numbers for resampling, keyed by a seed and a label.
//!
//! Stream number b of a label is ChaCha8 with the BLAKE3 hash of (seed, label) as its key and b as its stream.
//! Resample b therefore has the same numbers whatever was drawn before it, and two outcomes share no luck.

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// A family of streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streams {
    key: [u8; 32],
}

impl Streams {
    /// The streams of a label, such as the name of an outcome.
    pub fn new(seed: u64, label: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(label.as_bytes());
        Self {
            key: *hasher.finalize().as_bytes(),
        }
    }

    /// One of the streams, from its start.
    pub fn stream(&self, number: u64) -> Stream {
        let mut generator = ChaCha8Rng::from_seed(self.key);
        generator.set_stream(number);
        Stream(generator)
    }
}

/// One stream.
#[derive(Debug, Clone)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// Uniform on [0, 1), 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Uniform on 0..n by multiplication (bias below n / 2^32); 0 when n is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u64::from(self.0.next_u32()) * n as u64) >> 32) as usize
    }

    /// 32 uniform bits.
    pub fn bits(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Standard normal (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let u = 1.0 - self.uniform();
        let v = self.uniform();
        libm::sqrt(-2.0 * libm::log(u)) * libm::cos(core::f64::consts::TAU * v)
    }

    /// A random order of 0..n (Fisher and Yates, in Durstenfeld's form).
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_repeatable_and_apart() {
        let one = Streams::new(7, "promotions");
        let numbers = |streams: &Streams, b| {
            let mut stream = streams.stream(b);
            [stream.bits(), stream.bits()]
        };
        assert_eq!(numbers(&one, 3), numbers(&Streams::new(7, "promotions"), 3));
        assert_ne!(numbers(&one, 3), numbers(&one, 4));
        assert_ne!(numbers(&one, 3), numbers(&Streams::new(7, "exits"), 3));
        assert_ne!(numbers(&one, 3), numbers(&Streams::new(8, "promotions"), 3));
    }

    #[test]
    fn every_place_of_an_order_is_equally_likely() {
        // 6,000 orders of 3: each of the 6 has 1,000, standard deviation 29; five of them
        let streams = Streams::new(1, "orders");
        let mut counts = std::collections::BTreeMap::new();
        for b in 0..6000 {
            *counts.entry(streams.stream(b).order(3)).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6);
        assert!(
            counts.values().all(|n| (855..=1145).contains(n)),
            "{counts:?}"
        );
    }
}
