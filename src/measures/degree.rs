//! Degrees, strengths, and the spread of them.

use super::graph::{Graph, Rows};

/// Number of arcs a node receives, by node.
pub fn in_degree(graph: &Graph) -> Vec<u32> {
    degrees(graph.incoming())
}

/// Number of arcs a node sends, by node.
pub fn out_degree(graph: &Graph) -> Vec<u32> {
    degrees(graph.out())
}

/// Number of alters tied to a node in either direction, by node.
pub fn degree(graph: &Graph) -> Vec<u32> {
    degrees(graph.undirected())
}

/// Sum of the weights of the arcs a node receives, by node [weight].
pub fn in_strength(graph: &Graph) -> Vec<f64> {
    strengths(graph.incoming())
}

/// Sum of the weights of the arcs a node sends, by node [weight].
pub fn out_strength(graph: &Graph) -> Vec<f64> {
    strengths(graph.out())
}

fn degrees(rows: &Rows) -> Vec<u32> {
    (0..rows.nodes())
        .map(|node| rows.degree(node) as u32)
        .collect()
}

pub(crate) fn strengths(rows: &Rows) -> Vec<f64> {
    // A folded +0.0, since `sum` of nothing is −0.0, which would be printed.
    (0..rows.nodes())
        .map(|node| {
            rows.weights(node)
                .iter()
                .fold(0.0, |sum, weight| sum + weight)
        })
        .collect()
}

/// Mean, spread and maximum of a column of counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Arithmetic mean.
    pub mean: f64,
    /// Standard deviation of the population: divided by n.
    pub standard_deviation: f64,
    /// Largest value.
    pub maximum: u32,
}

/// Mean, population standard deviation and maximum; none for no values.
pub fn spread(counts: &[u32]) -> Option<Spread> {
    let n = counts.len() as f64;
    let maximum = *counts.iter().max()?;
    let mean = counts.iter().map(|&count| u64::from(count)).sum::<u64>() as f64 / n;
    let squares: f64 = counts
        .iter()
        .map(|&count| (count as f64 - mean) * (count as f64 - mean))
        .sum();
    Some(Spread {
        mean,
        standard_deviation: (squares / n).sqrt(),
        maximum,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_and_strengths_of_three_arcs() {
        let graph = Graph::from_arcs(3, [(0, 1, 2.0), (1, 0, 1.0), (0, 2, 0.5)]).unwrap();
        assert_eq!(in_degree(&graph), [1, 1, 1]);
        assert_eq!(out_degree(&graph), [2, 1, 0]);
        assert_eq!(degree(&graph), [2, 1, 1]);
        assert_eq!(in_strength(&graph), [1.0, 2.0, 0.5]);
        assert_eq!(out_strength(&graph), [2.5, 1.0, 0.0]);
        let spread = spread(&out_degree(&graph)).unwrap();
        assert_eq!((spread.mean, spread.maximum), (1.0, 2));
        assert!((spread.standard_deviation - (2.0_f64 / 3.0).sqrt()).abs() < 1e-15);
    }
}
