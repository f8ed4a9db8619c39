//! Betweenness: on how many shortest paths between others does a node lie?
//!
//! ```text
//! B(v) = Σ over s ≠ v ≠ t of σ(s, t | v) / σ(s, t)
//! ```
//!
//! σ(s, t) is the number of shortest paths, σ(s, t | v) of those through v. Unweighted, not
//! normalised, end points excluded; undirected pairs counted once. Freeman (1977, Sociometry 40,
//! 35), by the algorithm of Brandes (2001, J. Mathematical Sociology 25, 163): one traversal a
//! source, hence time nodes × arcs when exact. With fewer sources an unbiased estimate and its
//! standard error a node (see [`super::sources`]). Sampling gets the large values right first:
//! at 10,000 nodes 400 pivots gave a rank correlation of 0.80 with the exact values, 1,600
//! pivots 0.93, because the many small values hardly differ.
//!
//! The standard error has the right size on average (`tests/measures_laws.rs`), but two of them do
//! not cover 95 of 100 nodes: contributions are skewed. At 200 pivots of 800 nodes they cover
//! about 9 of 10 among the most central twentieth and 3 of 4 among the others, whose value
//! often rests on a few sources that a sample holds or misses.

use super::graph::{Graph, Rows};
use super::sources::{Estimates, Sources, Tally};

/// Betweenness along directed paths, by node [number of ordered pairs].
pub fn betweenness_directed(graph: &Graph, sources: &Sources) -> Estimates {
    dependencies(graph.out(), sources)
}

/// Betweenness in the undirected graph, by node [number of unordered pairs].
pub fn betweenness_undirected(graph: &Graph, sources: &Sources) -> Estimates {
    let mut estimates = dependencies(graph.undirected(), sources);
    let halve = |values: &mut Vec<f64>| values.iter_mut().for_each(|value| *value *= 0.5);
    halve(&mut estimates.values);
    if let Some(errors) = &mut estimates.standard_errors {
        halve(errors);
    }
    estimates
}

fn dependencies(rows: &Rows, sources: &Sources) -> Estimates {
    sources.sum(
        || Traversal::new(rows.nodes()),
        |traversal, source, tally| {
            traversal.dependencies_on(rows, source, tally);
        },
    )
}

const UNSEEN: u32 = u32::MAX;

/// Working space of one worker; between sources every node is unseen.
struct Traversal {
    distance: Vec<u32>,
    paths: Vec<f64>,
    dependency: Vec<f64>,
    order: Vec<u32>,
}

impl Traversal {
    fn new(nodes: usize) -> Self {
        Self {
            distance: vec![UNSEEN; nodes],
            paths: vec![0.0; nodes],
            dependency: vec![0.0; nodes],
            order: Vec::new(),
        }
    }

    fn dependencies_on(&mut self, rows: &Rows, source: u32, tally: &mut Tally) {
        let Self {
            distance,
            paths,
            dependency,
            order,
        } = self;
        order.clear();
        order.push(source);
        distance[source as usize] = 0;
        paths[source as usize] = 1.0;
        let mut head = 0;
        while let Some(&ego) = order.get(head) {
            head += 1;
            let beyond = distance[ego as usize] + 1;
            let paths_to_ego = paths[ego as usize];
            for &alter in rows.alters(ego as usize) {
                let alter_row = alter as usize;
                if distance[alter_row] == UNSEEN {
                    distance[alter_row] = beyond;
                    paths[alter_row] = paths_to_ego;
                    order.push(alter);
                } else if distance[alter_row] == beyond {
                    paths[alter_row] += paths_to_ego;
                }
            }
        }
        // Each node pulls from those one step further, so no lists of predecessors are kept.
        // `dependency` holds (1 + δ) / σ, the only form in which it is read.
        for &ego in order.iter().rev() {
            let row = ego as usize;
            let beyond = distance[row] + 1;
            let further = rows.alters(row).iter().map(|&alter| alter as usize);
            let pulled: f64 = further
                .filter(|&alter| distance[alter] == beyond)
                .map(|alter| dependency[alter])
                .sum();
            let own = paths[row] * pulled;
            dependency[row] = (1.0 + own) / paths[row];
            if ego != source && own > 0.0 {
                tally.add(row, own);
            }
        }
        for &ego in order.iter() {
            distance[ego as usize] = UNSEEN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_line_of_four_the_inner_two_lie_between_two_pairs_each() {
        let graph = Graph::from_arcs(4, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]).unwrap();
        let all = Sources::all(4);
        assert_eq!(
            betweenness_directed(&graph, &all).values,
            [0.0, 2.0, 2.0, 0.0]
        );
        assert_eq!(
            betweenness_undirected(&graph, &all).values,
            [0.0, 2.0, 2.0, 0.0]
        );
    }

    #[test]
    fn in_a_square_each_corner_carries_half_a_pair() {
        let arcs = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0)];
        let graph = Graph::from_arcs(4, arcs).unwrap();
        assert_eq!(
            betweenness_undirected(&graph, &Sources::all(4)).values,
            [0.5; 4]
        );
        assert_eq!(
            betweenness_directed(&graph, &Sources::all(4)).values,
            [3.0; 4]
        );
    }
}
