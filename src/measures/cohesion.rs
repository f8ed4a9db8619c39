//! Density, the dyad census and reciprocity.

use super::graph::Graph;

/// Pairs of nodes by how they are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dyads {
    /// Tied in both directions.
    pub mutual: u64,
    /// Tied in one direction only.
    pub asymmetric: u64,
    /// Not tied.
    pub null: u64,
}

/// The dyad census.
pub fn dyads(graph: &Graph) -> Dyads {
    let n = graph.nodes() as u64;
    let both: usize = (0..graph.nodes())
        .map(|node| graph.mutual(node).iter().filter(|mutual| **mutual).count())
        .sum();
    let mutual = both as u64 / 2;
    let tied = graph.ties() as u64;
    Dyads {
        mutual,
        asymmetric: tied - mutual,
        null: n * n.saturating_sub(1) / 2 - tied,
    }
}

impl Dyads {
    /// Arcs whose reverse exists / arcs; none without arcs.
    pub fn reciprocity_arcs(self) -> Option<f64> {
        let arcs = 2 * self.mutual + self.asymmetric;
        (arcs > 0).then(|| 2.0 * self.mutual as f64 / arcs as f64)
    }

    /// Mutual / (mutual + asymmetric); none without arcs.
    pub fn reciprocity_dyads(self) -> Option<f64> {
        let tied = self.mutual + self.asymmetric;
        (tied > 0).then(|| self.mutual as f64 / tied as f64)
    }

    /// (reciprocity of arcs − density) / (1 − density): 0 as in a random graph of that density.
    ///
    /// None without arcs and in a complete graph.
    pub fn reciprocity_excess(self) -> Option<f64> {
        let pairs = self.mutual + self.asymmetric + self.null;
        let arcs = 2 * self.mutual + self.asymmetric;
        let density = arcs as f64 / (2 * pairs) as f64;
        let reciprocity = self.reciprocity_arcs()?;
        (arcs < 2 * pairs).then(|| (reciprocity - density) / (1.0 - density))
    }
}

/// Arcs / n(n−1); none below two nodes.
pub fn density_directed(graph: &Graph) -> Option<f64> {
    let n = graph.nodes() as f64;
    (graph.nodes() > 1).then(|| graph.arcs() as f64 / (n * (n - 1.0)))
}

/// Undirected ties / (n(n−1)/2); none below two nodes.
pub fn density_undirected(graph: &Graph) -> Option<f64> {
    let n = graph.nodes() as f64;
    (graph.nodes() > 1).then(|| graph.ties() as f64 / (n * (n - 1.0) / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mutual_and_one_asymmetric_dyad_among_four() {
        let graph = Graph::from_arcs(4, [(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0)]).unwrap();
        let dyads = dyads(&graph);
        assert_eq!(
            dyads,
            Dyads {
                mutual: 1,
                asymmetric: 1,
                null: 4
            }
        );
        assert_eq!(dyads.reciprocity_arcs(), Some(2.0 / 3.0));
        assert_eq!(dyads.reciprocity_dyads(), Some(0.5));
        assert_eq!(dyads.reciprocity_excess(), Some((2.0 / 3.0 - 0.25) / 0.75));
        assert_eq!(density_directed(&graph), Some(0.25));
        assert_eq!(density_undirected(&graph), Some(2.0 / 6.0));
    }

    #[test]
    fn a_complete_graph_has_no_excess_and_one_node_no_density() {
        let pair = Graph::from_arcs(2, [(0, 1, 1.0), (1, 0, 1.0)]).unwrap();
        assert_eq!(dyads(&pair).reciprocity_excess(), None);
        assert_eq!(density_directed(&Graph::from_arcs(1, []).unwrap()), None);
    }
}
