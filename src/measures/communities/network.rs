//! The network in which communities are sought: contracted level by level.

use crate::measures::graph::Graph;

/// A weighted undirected network without self-ties; the ties within a contracted node live on in
/// its strength alone, which is all that gains depend on.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub(super) starts: Vec<usize>,
    pub(super) alters: Vec<u32>,
    pub(super) ties: Vec<f64>,
    pub(super) strength: Vec<f64>,
    /// Twice the number of ties of the original graph.
    pub(super) ends: f64,
}

impl Network {
    pub(super) fn of(graph: &Graph) -> Self {
        let rows = graph.undirected();
        let n = rows.nodes();
        let mut starts = vec![0];
        let mut alters = Vec::with_capacity(rows.entries());
        for node in 0..n {
            alters.extend_from_slice(rows.alters(node));
            starts.push(alters.len());
        }
        let strength = (0..n).map(|node| rows.degree(node) as f64).collect();
        let ends = alters.len() as f64;
        Self {
            starts,
            ties: vec![1.0; alters.len()],
            alters,
            strength,
            ends,
        }
    }

    pub(super) fn nodes(&self) -> usize {
        self.strength.len()
    }

    pub(super) fn row(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let span = self.starts[node]..self.starts[node + 1];
        self.alters[span.clone()]
            .iter()
            .map(|&alter| alter as usize)
            .zip(self.ties[span].iter().copied())
    }

    pub(super) fn contracted(&self, parts: &[u32], count: usize) -> Self {
        let members = members_by_label(parts, count);
        let mut network = Self {
            starts: vec![0],
            alters: Vec::new(),
            ties: Vec::new(),
            strength: vec![0.0; count],
            ends: self.ends,
        };
        let mut towards = Towards::new(count);
        for part in 0..count {
            for &node in members.row(part) {
                network.strength[part] += self.strength[node as usize];
                for (alter, tie) in self.row(node as usize) {
                    if parts[alter] as usize != part {
                        towards.add(parts[alter] as usize, tie);
                    }
                }
            }
            towards.drain(|other, tie| {
                network.alters.push(other as u32);
                network.ties.push(tie);
            });
            network.starts.push(network.alters.len());
        }
        network
    }
}

/// Ties of one node summed by label, in the order in which labels are met.
pub(super) struct Towards {
    pub(super) sums: Vec<f64>,
    pub(super) met: Vec<u32>,
}

impl Towards {
    pub(super) fn new(labels: usize) -> Self {
        Self {
            sums: vec![0.0; labels],
            met: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, label: usize, tie: f64) {
        // Every tie is positive, so 0 means not met yet.
        if self.sums[label] == 0.0 {
            self.met.push(label as u32);
        }
        self.sums[label] += tie;
    }

    pub(super) fn drain(&mut self, mut each: impl FnMut(usize, f64)) {
        for &label in &self.met {
            each(label as usize, self.sums[label as usize]);
            self.sums[label as usize] = 0.0;
        }
        self.met.clear();
    }
}

/// Members of each label, as rows.
pub(super) struct Members {
    pub(super) starts: Vec<usize>,
    pub(super) nodes: Vec<u32>,
}

impl Members {
    pub(super) fn row(&self, label: usize) -> &[u32] {
        &self.nodes[self.starts[label]..self.starts[label + 1]]
    }
}

pub(super) fn members_by_label(labels: &[u32], count: usize) -> Members {
    let mut starts = vec![0; count + 1];
    for &label in labels {
        starts[label as usize + 1] += 1;
    }
    for label in 0..count {
        starts[label + 1] += starts[label];
    }
    let mut next = starts.clone();
    let mut nodes = vec![0; labels.len()];
    for (node, &label) in labels.iter().enumerate() {
        nodes[next[label as usize]] = node as u32;
        next[label as usize] += 1;
    }
    Members { starts, nodes }
}
