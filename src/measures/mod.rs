//! Measures: pure functions of a graph, and of columns of numbers.
//!
//! Three front doors: [`PositionMeasures`] for snapshots of a simulated firm, [`NodeMeasures`] and
//! [`GraphMeasures`] for all there is about any organisation. Behind them one file a family.
//! Every result has the same bits for any number of threads. What is not defined is `None`, never
//! 0. The definitions agree with igraph and networkx where these agree with each other; each file
//! names its source.

pub mod assortativity;
pub mod betweenness;
pub mod clustering;
pub mod cohesion;
pub mod communities;
pub mod components;
pub mod coreness;
pub mod correlation;
pub mod degree;
pub mod distances;
pub mod eigenvector;
mod graph;
mod graph_measures;
pub mod inequality;
mod node_measures;
pub mod observed;
pub mod pagerank;
pub mod regression;
pub mod sources;
pub mod structural_holes;

pub use graph::{Graph, GraphError, Rows};
pub use graph_measures::GraphMeasures;
pub use node_measures::{NodeMeasures, PositionMeasures};
pub use sources::{Estimate, Estimates, Sources};

/// How much work to spend on measures that are costly in a large graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Up to this many nodes shortest paths start from every node, and results are exact [nodes].
    pub exact_up_to: usize,
    /// Above it they start from this many nodes, drawn at random [nodes].
    pub pivots: usize,
    /// Seed of the draw of pivots and of the order in which communities are sought.
    pub seed: u64,
    /// How often communities are sought from a new order; the best division wins [runs]. Above
    /// 100,000 nodes once only: a run takes minutes at a million.
    pub community_restarts: usize,
}

impl Default for Options {
    /// Exact up to 20,000 nodes, then 1,024 pivots; ten restarts.
    fn default() -> Self {
        Self {
            exact_up_to: 20_000,
            pivots: 1_024,
            seed: 1,
            community_restarts: 10,
        }
    }
}

impl Options {
    /// For snapshots during a run: exact up to 2,000 nodes, then 256 pivots; one restart.
    pub fn for_snapshots() -> Self {
        Self {
            exact_up_to: 2_000,
            pivots: 256,
            seed: 1,
            community_restarts: 1,
        }
    }

    /// How often communities are sought in a graph of this many nodes.
    pub fn restarts(&self, nodes: usize) -> usize {
        if nodes > 100_000 {
            1
        } else {
            self.community_restarts
        }
    }

    /// From where shortest paths start in a graph of this many nodes.
    pub fn sources(&self, nodes: usize) -> Sources {
        Sources::choose(nodes, self.exact_up_to, self.pivots, self.seed)
    }
}
