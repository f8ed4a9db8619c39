//! Distances: path length, diameter, reach, efficiency, harmonic centrality.
//!
//! Distance is the number of arcs (ties) on a shortest path; weights are ignored. Pairs that are
//! not connected have no distance: they are left out of the mean path length and count 0 in
//! efficiency and harmonic centrality. Computed by one traversal a source; with fewer sources than
//! nodes the results are estimates with a standard error (see [`super::sources`]), and the
//! diameter is a lower bound.

use super::graph::{Graph, Rows};
use super::sources::{Estimate, Estimates, Sources};

/// What the distances of a graph add up to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distances {
    /// Mean over ordered pairs that are connected [arcs]; none when there is no such pair.
    pub average_path_length: Option<Estimate>,
    /// Connected ordered pairs / n(n−1); none below two nodes.
    pub reachable_share: Option<Estimate>,
    /// Longest finite distance seen [arcs]; none when no pair is connected.
    pub diameter: Option<u32>,
    /// Whether the diameter is exact; a lower bound otherwise.
    pub diameter_is_exact: bool,
    /// Mean of 1/distance over all ordered pairs, unreachable = 0; none below two nodes.
    pub global_efficiency: Option<Estimate>,
}

/// Distances along arcs.
pub fn distances_directed(graph: &Graph, sources: &Sources) -> Distances {
    summarise(graph.out(), sources)
}

/// Distances in the undirected graph.
pub fn distances_undirected(graph: &Graph, sources: &Sources) -> Distances {
    summarise(graph.undirected(), sources)
}

/// Harmonic centrality in the undirected graph: Σ over others of 1/distance, not normalised.
///
/// Marchiori & Latora (2000, Physica A 285, 539).
pub fn harmonic(graph: &Graph, sources: &Sources) -> Estimates {
    let rows = graph.undirected();
    if sources.is_all() {
        let values = sources.map(
            || Search::new(rows.nodes()),
            |search, source| search.from(rows, source).inverse,
        );
        return Estimates {
            sources: values.len(),
            values,
            standard_errors: None,
        };
    }
    sources.sum(
        || Search::new(rows.nodes()),
        |search, source, tally| {
            search.from(rows, source);
            for &alter in search.reached() {
                let distance = search.distance[alter as usize];
                if distance > 0 {
                    tally.add(alter as usize, 1.0 / distance as f64);
                }
            }
            search.forget();
        },
    )
}

/// What one source sees.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    others: u64,
    total: u64,
    furthest: u32,
    inverse: f64,
}

const UNSEEN: u32 = u32::MAX;

/// Working space of one worker. Distances of the last search stay until they are forgotten.
struct Search {
    distance: Vec<u32>,
    order: Vec<u32>,
}

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            distance: vec![UNSEEN; nodes],
            order: Vec::new(),
        }
    }

    /// Nodes reached by the last search, the source first.
    fn reached(&self) -> &[u32] {
        &self.order
    }

    fn forget(&mut self) {
        for &node in &self.order {
            self.distance[node as usize] = UNSEEN;
        }
        self.order.clear();
    }

    /// Searches level by level. Sums are taken over levels, not nodes: exact in any order.
    fn from(&mut self, rows: &Rows, source: u32) -> Seen {
        self.forget();
        self.distance[source as usize] = 0;
        self.order.push(source);
        let mut seen = Seen::default();
        let mut level_start = 0;
        for depth in 1.. {
            let level_end = self.order.len();
            for place in level_start..level_end {
                for &alter in rows.alters(self.order[place] as usize) {
                    if self.distance[alter as usize] == UNSEEN {
                        self.distance[alter as usize] = depth;
                        self.order.push(alter);
                    }
                }
            }
            let found = (self.order.len() - level_end) as u64;
            if found == 0 {
                break;
            }
            level_start = level_end;
            seen.others += found;
            seen.total += found * u64::from(depth);
            seen.furthest = depth;
            seen.inverse += found as f64 / depth as f64;
        }
        seen
    }
}

fn summarise(rows: &Rows, sources: &Sources) -> Distances {
    let seen = sources.map(
        || Search::new(rows.nodes()),
        |search, source| search.from(rows, source),
    );
    let others: u64 = seen.iter().map(|source| source.others).sum();
    let total: u64 = seen.iter().map(|source| source.total).sum();
    let nodes = rows.nodes();
    let mean_of_share = |value: &dyn Fn(&Seen) -> f64| {
        let per_source: Vec<f64> = seen
            .iter()
            .map(|source| value(source) / (nodes as f64 - 1.0))
            .collect();
        let mean = per_source.iter().sum::<f64>() / per_source.len() as f64;
        let residuals = per_source.iter().map(|share| share - mean);
        (nodes > 1 && !seen.is_empty()).then(|| estimate(mean, residuals, nodes, sources))
    };
    // A ratio of two sampled totals: its error follows from the residuals of the ratio.
    let average_path_length = (others > 0).then(|| {
        let mean = total as f64 / others as f64;
        let others_each = others as f64 / seen.len() as f64;
        let residuals = seen
            .iter()
            .map(|source| (source.total as f64 - mean * source.others as f64) / others_each);
        estimate(mean, residuals, nodes, sources)
    });
    Distances {
        average_path_length,
        reachable_share: mean_of_share(&|source| source.others as f64),
        diameter: (others > 0)
            .then(|| seen.iter().map(|source| source.furthest).max().unwrap_or(0)),
        diameter_is_exact: sources.is_all(),
        global_efficiency: mean_of_share(&|source| source.inverse),
    }
}

/// Mean over sources with the standard error of a simple random sample without replacement.
fn estimate(
    value: f64,
    residuals: impl Iterator<Item = f64>,
    nodes: usize,
    sources: &Sources,
) -> Estimate {
    let k = sources.chosen().len() as f64;
    let standard_error = (!sources.is_all()).then(|| {
        let squares: f64 = residuals.map(|residual| residual * residual).sum();
        if k < 2.0 {
            f64::INFINITY
        } else {
            ((1.0 - k / nodes as f64) * squares / (k - 1.0) / k).sqrt()
        }
    });
    Estimate {
        value,
        standard_error,
        sources: sources.chosen().len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_of_a_line_of_three_and_an_isolate() {
        let graph = Graph::from_arcs(4, [(0, 1, 1.0), (1, 2, 1.0)]).unwrap();
        let all = Sources::all(4);
        let directed = distances_directed(&graph, &all);
        assert_eq!(directed.average_path_length.unwrap().value, 4.0 / 3.0);
        assert_eq!(directed.reachable_share.unwrap().value, 0.25);
        assert_eq!(directed.diameter, Some(2));
        let undirected = distances_undirected(&graph, &all);
        let efficiency = undirected.global_efficiency.unwrap().value;
        assert!(
            (efficiency - 5.0 / 12.0).abs() < 1e-15,
            "(1 + 1 + 1/2) / 6 pairs"
        );
        assert_eq!(harmonic(&graph, &all).values, [1.5, 2.0, 1.5, 0.0]);
    }

    #[test]
    fn without_ties_there_is_no_path_length() {
        let graph = Graph::from_arcs(3, []).unwrap();
        let none = distances_directed(&graph, &Sources::all(3));
        assert_eq!((none.average_path_length, none.diameter), (None, None));
        assert_eq!(none.reachable_share.unwrap().value, 0.0);
        let empty = Graph::from_arcs(0, []).unwrap();
        assert_eq!(
            distances_directed(&empty, &Sources::all(0)).global_efficiency,
            None
        );
    }
}
