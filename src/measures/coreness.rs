//! Core number: the largest k such that a node belongs to a part in which everyone has k alters.
//!
//! Seidman (1983, Social Networks 5, 269), by the linear algorithm of Batagelj & Zaversnik (2003):
//! always remove a node of the smallest remaining degree. Undirected, weights ignored.

use super::graph::Graph;

/// Core number of each node; 0 for isolates.
pub fn coreness(graph: &Graph) -> Vec<u32> {
    let rows = graph.undirected();
    let n = rows.nodes();
    let mut remaining: Vec<u32> = (0..n).map(|node| rows.degree(node) as u32).collect();
    // Nodes sorted by remaining degree; `first[d]` is where degree d begins.
    let most = remaining.iter().copied().max().unwrap_or(0) as usize;
    let mut first = vec![0_usize; most + 2];
    for &degree in &remaining {
        first[degree as usize + 1] += 1;
    }
    for degree in 0..=most {
        first[degree + 1] += first[degree];
    }
    let mut next = first.clone();
    let mut order = vec![0_u32; n];
    let mut place = vec![0_usize; n];
    for (node, &degree) in remaining.iter().enumerate() {
        let slot = &mut next[degree as usize];
        order[*slot] = node as u32;
        place[node] = *slot;
        *slot += 1;
    }
    for done in 0..n {
        let node = order[done] as usize;
        for &alter in rows.alters(node) {
            let alter = alter as usize;
            if remaining[alter] > remaining[node] {
                // Swap with the first of its degree, then move the boundary over it.
                let degree = remaining[alter] as usize;
                let boundary = first[degree].max(done + 1);
                let other = order[boundary] as usize;
                order.swap(boundary, place[alter]);
                place[other] = place[alter];
                place[alter] = boundary;
                first[degree] = boundary + 1;
                remaining[alter] -= 1;
            }
        }
    }
    remaining
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clique_of_four_with_a_tail_and_an_isolate() {
        let arcs = [
            (0, 1),
            (0, 2),
            (0, 3),
            (1, 2),
            (1, 3),
            (2, 3),
            (3, 4),
            (4, 5),
        ];
        let graph = Graph::from_arcs(7, arcs.map(|(a, b)| (a, b, 1.0))).unwrap();
        assert_eq!(coreness(&graph), [3, 3, 3, 3, 1, 1, 0]);
    }
}
