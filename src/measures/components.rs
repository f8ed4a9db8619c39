//! Components: parts within which everyone reaches everyone.

use super::graph::Graph;

/// A division of the nodes into parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Components {
    /// Part of each node, numbered from 0.
    pub of: Vec<u32>,
    /// Number of nodes of each part.
    pub sizes: Vec<u32>,
}

impl Components {
    /// Number of parts.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// Size of the largest part; none for a graph without nodes.
    pub fn largest(&self) -> Option<u32> {
        self.sizes.iter().copied().max()
    }
}

const UNSEEN: u32 = u32::MAX;

/// Weak components: connected when directions are ignored. Numbered by their lowest node.
pub fn weak_components(graph: &Graph) -> Components {
    let rows = graph.undirected();
    let mut of = vec![UNSEEN; rows.nodes()];
    let mut sizes = Vec::new();
    let mut open = Vec::new();
    for start in 0..rows.nodes() {
        if of[start] != UNSEEN {
            continue;
        }
        let label = sizes.len() as u32;
        let mut size = 0;
        of[start] = label;
        open.push(start as u32);
        while let Some(node) = open.pop() {
            size += 1;
            for &alter in rows.alters(node as usize) {
                if of[alter as usize] == UNSEEN {
                    of[alter as usize] = label;
                    open.push(alter);
                }
            }
        }
        sizes.push(size);
    }
    Components { of, sizes }
}

/// Strong components: everyone reaches everyone along arcs.
///
/// Tarjan (1972, SIAM J. Computing 1, 146), without recursion: a chain of a million people would
/// overflow the stack.
pub fn strong_components(graph: &Graph) -> Components {
    let rows = graph.out();
    let n = rows.nodes();
    let (mut index, mut low) = (vec![UNSEEN; n], vec![0_u32; n]);
    let mut of = vec![UNSEEN; n];
    let mut sizes = Vec::new();
    let mut pending = Vec::new();
    let mut path: Vec<(u32, usize)> = Vec::new();
    let mut visited = 0;
    for start in 0..n {
        if index[start] == UNSEEN {
            path.push((start as u32, 0));
        }
        while let Some((node, next)) = path.pop() {
            let row = node as usize;
            if next == 0 {
                index[row] = visited;
                low[row] = visited;
                visited += 1;
                pending.push(node);
            }
            if let Some(&alter) = rows.alters(row).get(next) {
                path.push((node, next + 1));
                let alter_row = alter as usize;
                if index[alter_row] == UNSEEN {
                    path.push((alter, 0));
                } else if of[alter_row] == UNSEEN {
                    low[row] = low[row].min(index[alter_row]);
                }
                continue;
            }
            if low[row] == index[row] {
                let label = sizes.len() as u32;
                let mut size = 0;
                while let Some(member) = pending.pop() {
                    of[member as usize] = label;
                    size += 1;
                    if member == node {
                        break;
                    }
                }
                sizes.push(size);
            }
            if let Some(&(parent, _)) = path.last() {
                low[parent as usize] = low[parent as usize].min(low[row]);
            }
        }
    }
    Components { of, sizes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_with_a_tail_and_an_isolate() {
        let arcs = [(1, 2, 1.0), (2, 3, 1.0), (3, 1, 1.0), (3, 4, 1.0)];
        let graph = Graph::from_arcs(5, arcs).unwrap();
        let weak = weak_components(&graph);
        assert_eq!(weak.of, [0, 1, 1, 1, 1]);
        assert_eq!((weak.count(), weak.largest()), (2, Some(4)));
        let strong = strong_components(&graph);
        assert_eq!((strong.count(), strong.largest()), (3, Some(3)));
        assert_eq!(strong.of[1], strong.of[3]);
        assert_ne!(strong.of[3], strong.of[4]);
    }

    #[test]
    fn a_long_chain_does_not_overflow_the_stack() {
        let graph = Graph::from_arcs(200_000, (0..199_999).map(|i| (i, i + 1, 1.0))).unwrap();
        assert_eq!(strong_components(&graph).count(), 200_000);
        assert_eq!(weak_components(&graph).count(), 1);
    }
}
