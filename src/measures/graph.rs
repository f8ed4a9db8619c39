//! The graph that every measure reads: ties as compressed sparse rows.
//!
//! A directed graph of `n` nodes numbered from 0 is held three times, so that each measure walks
//! memory in order: arcs by source, arcs by target, and the undirected graph derived by the weak
//! rule (ego and alter are tied when there is an arc in either direction; its weight is
//! w(ego, alter) + w(alter, ego)). Rows are sorted by alter. Parallel arcs are merged by adding
//! their weights; arcs from a node to itself are left out, since no measure here is defined on
//! them. Space: about 60 bytes an arc, 24 a node.

/// Why a graph cannot be built.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GraphError {
    /// An arc names a node that does not exist.
    #[error("arc {source_node} -> {target_node}: the graph has {nodes} nodes, numbered from 0")]
    UnknownNode {
        /// Where the arc starts.
        source_node: u32,
        /// Where the arc ends.
        target_node: u32,
        /// Number of nodes of the graph.
        nodes: usize,
    },
    /// An arc's weight is not a finite number.
    #[error("arc {source_node} -> {target_node}: the weight {weight} is not a finite number")]
    WeightNotFinite {
        /// Where the arc starts.
        source_node: u32,
        /// Where the arc ends.
        target_node: u32,
        /// The weight found.
        weight: f64,
    },
}

/// Compressed sparse rows: for each node its alters, sorted, and the weights of these ties.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    starts: Vec<usize>,
    alters: Vec<u32>,
    weights: Vec<f64>,
}

impl Rows {
    /// The alters of a node, ascending.
    #[inline]
    pub fn alters(&self, node: usize) -> &[u32] {
        &self.alters[self.starts[node]..self.starts[node + 1]]
    }

    /// The weights of a node's ties, in the order of [`Rows::alters`].
    #[inline]
    pub fn weights(&self, node: usize) -> &[f64] {
        &self.weights[self.starts[node]..self.starts[node + 1]]
    }

    /// Number of alters of a node.
    #[inline]
    pub fn degree(&self, node: usize) -> usize {
        self.starts[node + 1] - self.starts[node]
    }

    /// Positions of a node's ties in arrays that run parallel to all rows.
    #[inline]
    pub(crate) fn span(&self, node: usize) -> std::ops::Range<usize> {
        self.starts[node]..self.starts[node + 1]
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of entries in all rows.
    pub fn entries(&self) -> usize {
        self.alters.len()
    }

    /// Rows and columns exchanged. Since rows are visited in order, the result's rows are sorted.
    fn transposed(&self) -> Self {
        let n = self.nodes();
        let mut starts = vec![0_usize; n + 1];
        for &alter in &self.alters {
            starts[alter as usize + 1] += 1;
        }
        for node in 0..n {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut alters = vec![0_u32; self.alters.len()];
        let mut weights = vec![0.0; self.alters.len()];
        for node in 0..n {
            for place in self.span(node) {
                let slot = &mut next[self.alters[place] as usize];
                alters[*slot] = node as u32;
                weights[*slot] = self.weights[place];
                *slot += 1;
            }
        }
        Self {
            starts,
            alters,
            weights,
        }
    }

    /// Adds up neighbouring entries of sorted rows that name the same alter.
    fn merge_parallel(&mut self) {
        let mut written = 0;
        let mut read = 0;
        for node in 0..self.nodes() {
            let (row_start, row_end) = (written, self.starts[node + 1]);
            while read < row_end {
                if written > row_start && self.alters[written - 1] == self.alters[read] {
                    self.weights[written - 1] += self.weights[read];
                } else {
                    self.alters[written] = self.alters[read];
                    self.weights[written] = self.weights[read];
                    written += 1;
                }
                read += 1;
            }
            self.starts[node] = row_start;
        }
        if let Some(end) = self.starts.last_mut() {
            *end = written;
        }
        self.alters.truncate(written);
        self.weights.truncate(written);
    }
}

/// A directed, weighted graph and the undirected one derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    out: Rows,
    into: Rows,
    undirected: Rows,
    mutual: Vec<bool>,
}

impl Graph {
    /// Builds the graph of `nodes` nodes from `(source, target, weight)`.
    ///
    /// Parallel arcs are merged by adding their weights, in the order given; self-ties are left
    /// out. An arc of weight 0 is an arc. Counting sorts only: time and space linear in nodes
    /// and arcs.
    ///
    /// # Errors
    /// When an arc names a node that is not below `nodes`, or its weight is not finite.
    pub fn from_arcs(
        nodes: usize,
        arcs: impl IntoIterator<Item = (u32, u32, f64)>,
    ) -> Result<Self, GraphError> {
        let mut kept = Vec::new();
        for (source_node, target_node, weight) in arcs {
            if source_node as usize >= nodes || target_node as usize >= nodes {
                return Err(GraphError::UnknownNode {
                    source_node,
                    target_node,
                    nodes,
                });
            }
            if !weight.is_finite() {
                return Err(GraphError::WeightNotFinite {
                    source_node,
                    target_node,
                    weight,
                });
            }
            if source_node != target_node {
                kept.push((source_node, target_node, weight));
            }
        }
        // Scattered by target first: transposing then yields rows by source that are sorted.
        let mut starts = vec![0_usize; nodes + 1];
        for &(_, target, _) in &kept {
            starts[target as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut alters = vec![0_u32; kept.len()];
        let mut weights = vec![0.0; kept.len()];
        for &(source, target, weight) in &kept {
            let slot = &mut next[target as usize];
            alters[*slot] = source;
            weights[*slot] = weight;
            *slot += 1;
        }
        drop(kept);
        let mut out = Rows {
            starts,
            alters,
            weights,
        }
        .transposed();
        out.merge_parallel();
        let into = out.transposed();
        let (undirected, mutual) = weak(&out, &into);
        Ok(Self {
            out,
            into,
            undirected,
            mutual,
        })
    }

    /// Number of nodes, isolates included.
    pub fn nodes(&self) -> usize {
        self.out.nodes()
    }

    /// Number of arcs, parallel ones merged.
    pub fn arcs(&self) -> usize {
        self.out.entries()
    }

    /// Number of undirected ties.
    pub fn ties(&self) -> usize {
        self.undirected.entries() / 2
    }

    /// Arcs by source.
    pub fn out(&self) -> &Rows {
        &self.out
    }

    /// Arcs by target: the alters of a row are sources.
    pub fn incoming(&self) -> &Rows {
        &self.into
    }

    /// Ties in either direction; each tie stands in both rows, with weight w_ij + w_ji.
    pub fn undirected(&self) -> &Rows {
        &self.undirected
    }

    /// Whether the ties of a node go both ways, in the order of its undirected alters.
    pub fn mutual(&self, node: usize) -> &[bool] {
        &self.mutual[self.undirected.span(node)]
    }

    /// All arcs as `(source, target, weight)`, by source, then by target.
    pub fn each_arc(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        (0..self.nodes()).flat_map(move |node| {
            let row = self.out.alters(node).iter().zip(self.out.weights(node));
            row.map(move |(&alter, &weight)| (node as u32, alter, weight))
        })
    }
}

/// Merges the two sorted rows of each node: the weak rule.
fn weak(out: &Rows, into: &Rows) -> (Rows, Vec<bool>) {
    let n = out.nodes();
    let mut undirected = Rows {
        starts: Vec::with_capacity(n + 1),
        alters: Vec::with_capacity(out.entries() + out.entries() / 2),
        weights: Vec::with_capacity(out.entries() + out.entries() / 2),
    };
    let mut mutual = Vec::with_capacity(out.entries() + out.entries() / 2);
    undirected.starts.push(0);
    for node in 0..n {
        let (sent, sent_weights) = (out.alters(node), out.weights(node));
        let (received, received_weights) = (into.alters(node), into.weights(node));
        let (mut s, mut r) = (0, 0);
        while s < sent.len() || r < received.len() {
            let next_sent = sent.get(s).copied().unwrap_or(u32::MAX);
            let next_received = received.get(r).copied().unwrap_or(u32::MAX);
            let alter = next_sent.min(next_received);
            let mut weight = 0.0;
            let (sends, receives) = (next_sent == alter, next_received == alter);
            if sends {
                weight += sent_weights[s];
                s += 1;
            }
            if receives {
                weight += received_weights[r];
                r += 1;
            }
            undirected.alters.push(alter);
            undirected.weights.push(weight);
            mutual.push(sends && receives);
        }
        undirected.starts.push(undirected.alters.len());
    }
    (undirected, mutual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_parallel_arcs_add_up() {
        let arcs = [
            (2, 0, 1.0),
            (0, 2, 1.0),
            (0, 1, 2.0),
            (0, 2, 0.5),
            (1, 1, 9.0),
        ];
        let graph = Graph::from_arcs(4, arcs).unwrap();
        assert_eq!(graph.out().alters(0), [1, 2]);
        assert_eq!(graph.out().weights(0), [2.0, 1.5]);
        assert_eq!(graph.incoming().alters(0), [2]);
        assert_eq!(graph.undirected().alters(0), [1, 2]);
        assert_eq!(graph.undirected().weights(0), [2.0, 2.5]);
        assert_eq!(graph.mutual(0), [false, true]);
        assert_eq!(graph.undirected().alters(2), [0]);
        assert_eq!(graph.undirected().degree(3), 0);
        assert_eq!(
            (graph.nodes(), graph.arcs(), graph.ties()),
            (4, 3, 2),
            "no self-tie"
        );
    }

    #[test]
    fn an_arc_to_nowhere_and_a_weight_that_is_no_number_are_refused() {
        let unknown = Graph::from_arcs(2, [(0, 2, 1.0)]).unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "arc 0 -> 2: the graph has 2 nodes, numbered from 0"
        );
        assert!(Graph::from_arcs(2, [(0, 1, f64::NAN)]).is_err());
    }

    #[test]
    fn the_empty_graph_is_a_graph() {
        let graph = Graph::from_arcs(0, []).unwrap();
        assert_eq!((graph.nodes(), graph.arcs(), graph.ties()), (0, 0, 0));
    }
}
