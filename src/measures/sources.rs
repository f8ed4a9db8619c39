//! Sums over the starting points of shortest paths: exact, or estimated from a sample.
//!
//! Betweenness, harmonic centrality and path lengths need one traversal from each node. Above a
//! stated size a sample of sources, the *pivots*, stands for all of them: drawn without
//! replacement, each equally likely, from a seed. A total over all n sources is then estimated as
//! n/k times the total over the k pivots. Its standard error is that of a simple random sample,
//! n · sqrt((1 − k/n) · s² / k), with s² the variance of the k contributions (Brandes & Pich 2007,
//! Int. J. Bifurcation and Chaos 17, 2303; Cochran 1977, Sampling Techniques, ch. 2).
//!
//! Sources are summed in blocks of a fixed size and blocks in their order, so that the result
//! has the same bits for any number of threads.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Sources summed by one worker in one go. Part of the result's last bits: never derive it from
/// the number of threads.
const SOURCES_IN_A_BLOCK: usize = 16;
/// Blocks whose partial sums are held at a time: bounds memory to 16 (or 32) numbers a node.
const BLOCKS_IN_A_WAVE: usize = 16;

/// A number, with its sampling error when only some sources were used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number, or its estimate.
    pub value: f64,
    /// Standard error of the estimate; none when every source was used: then the value is exact.
    pub standard_error: Option<f64>,
    /// Number of sources used.
    pub sources: usize,
}

/// A number a node, with sampling errors when only some sources were used.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimates {
    /// The numbers, or their estimates, by node.
    pub values: Vec<f64>,
    /// Standard errors by node; none when every source was used: then the values are exact.
    pub standard_errors: Option<Vec<f64>>,
    /// Number of sources used.
    pub sources: usize,
}

/// From which nodes shortest paths start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    chosen: Vec<u32>,
    nodes: usize,
}

impl Sources {
    /// Every node.
    pub fn all(nodes: usize) -> Self {
        Self {
            chosen: (0..nodes as u32).collect(),
            nodes,
        }
    }

    /// `pivots` different nodes, drawn from `seed`; every node if there are no more than that.
    pub fn sample(nodes: usize, pivots: usize, seed: u64) -> Self {
        if pivots >= nodes {
            return Self::all(nodes);
        }
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let drawn = rand::seq::index::sample(&mut random, nodes, pivots);
        let mut chosen: Vec<u32> = drawn.into_iter().map(|node| node as u32).collect();
        chosen.sort_unstable();
        Self { chosen, nodes }
    }

    /// Every node up to `exact_up_to` nodes, above it a sample of `pivots`.
    pub fn choose(nodes: usize, exact_up_to: usize, pivots: usize, seed: u64) -> Self {
        if nodes <= exact_up_to {
            Self::all(nodes)
        } else {
            Self::sample(nodes, pivots, seed)
        }
    }

    /// Whether every node is a source, so that results are exact.
    pub fn is_all(&self) -> bool {
        self.chosen.len() == self.nodes
    }

    /// The sources, ascending.
    pub fn chosen(&self) -> &[u32] {
        &self.chosen
    }

    /// One value a source, in their order; `scratch` makes a worker's own working space.
    pub(crate) fn map<S, T: Send>(
        &self,
        scratch: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, u32) -> T + Sync,
    ) -> Vec<T> {
        let blocks: Vec<Vec<T>> = self
            .chosen
            .par_chunks(SOURCES_IN_A_BLOCK)
            .map(|block| {
                let mut scratch = scratch();
                block
                    .iter()
                    .map(|&source| visit(&mut scratch, source))
                    .collect()
            })
            .collect();
        blocks.into_iter().flatten().collect()
    }

    /// For each node the sum of what each source contributes to it, scaled up to all sources.
    ///
    /// `visit` tells the tally at most one contribution for each node.
    pub(crate) fn sum<S>(
        &self,
        scratch: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, u32, &mut Tally) + Sync,
    ) -> Estimates {
        let mut total = Tally::new(self.nodes, !self.is_all());
        for wave in self.chosen.chunks(SOURCES_IN_A_BLOCK * BLOCKS_IN_A_WAVE) {
            let blocks: Vec<Tally> = wave
                .par_chunks(SOURCES_IN_A_BLOCK)
                .map(|block| {
                    let mut scratch = scratch();
                    let mut tally = Tally::new(self.nodes, !self.is_all());
                    for &source in block {
                        visit(&mut scratch, source, &mut tally);
                    }
                    tally
                })
                .collect();
            for block in &blocks {
                total.absorb(block);
            }
        }
        self.scale(total)
    }

    fn scale(&self, total: Tally) -> Estimates {
        let sources = self.chosen.len();
        if self.is_all() {
            return Estimates {
                values: total.sums,
                standard_errors: None,
                sources,
            };
        }
        let (k, n) = (sources as f64, self.nodes as f64);
        let errors = total.sums.iter().zip(&total.squares);
        let errors = errors.map(|(&sum, &squares)| standard_error_of_total(sum, squares, k, n));
        Estimates {
            standard_errors: Some(errors.collect()),
            values: total.sums.iter().map(|sum| sum * (n / k)).collect(),
            sources,
        }
    }
}

/// Standard error of the total over n units, from sum and sum of squares over k sampled units.
fn standard_error_of_total(sum: f64, squares: f64, k: f64, n: f64) -> f64 {
    if k < 2.0 {
        return f64::INFINITY;
    }
    let variance = ((squares - sum * sum / k) / (k - 1.0)).max(0.0);
    n * ((1.0 - k / n) * variance / k).sqrt()
}

/// Running sums by node, and of squares when an error is to be stated.
pub(crate) struct Tally {
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Tally {
    fn new(nodes: usize, with_squares: bool) -> Self {
        let squares = if with_squares {
            vec![0.0; nodes]
        } else {
            Vec::new()
        };
        Self {
            sums: vec![0.0; nodes],
            squares,
        }
    }

    /// Adds one source's contribution to a node.
    #[inline]
    pub(crate) fn add(&mut self, node: usize, contribution: f64) {
        self.sums[node] += contribution;
        if let Some(square) = self.squares.get_mut(node) {
            *square += contribution * contribution;
        }
    }

    fn absorb(&mut self, other: &Self) {
        let add = |to: &mut [f64], from: &[f64]| {
            to.par_iter_mut()
                .zip(from)
                .for_each(|(to, from)| *to += from);
        };
        add(&mut self.sums, &other.sums);
        add(&mut self.squares, &other.squares);
    }
}

/// Sum of a long column, in blocks of fixed size and in their order: the same for any threads.
pub(crate) fn block_sum(values: &[f64]) -> f64 {
    let blocks: Vec<f64> = values
        .par_chunks(8192)
        .map(|block| block.iter().sum::<f64>())
        .collect();
    blocks.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_no_repeats_and_belongs_to_its_seed() {
        let sources = Sources::sample(1000, 100, 7);
        assert_eq!(sources.chosen().len(), 100);
        assert!(sources.chosen().windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(sources, Sources::sample(1000, 100, 7));
        assert_ne!(sources, Sources::sample(1000, 100, 8));
    }

    #[test]
    fn the_standard_error_is_that_of_a_simple_random_sample() {
        // Contributions 1, 2, 3, 6 of 4 out of 10 units: mean 3, variance 14/3.
        let error = standard_error_of_total(12.0, 50.0, 4.0, 10.0);
        assert!((error - 10.0 * (0.6 * (14.0 / 3.0) / 4.0_f64).sqrt()).abs() < 1e-12);
        assert_eq!(
            standard_error_of_total(12.0, 50.0, 4.0, 4.0),
            0.0,
            "all units: no error"
        );
    }
}
