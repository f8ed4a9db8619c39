//! Clustering: how often are two alters of the same ego tied to each other?
//!
//! Watts & Strogatz (1998, Nature 393, 440) for the local coefficient; Holland & Leinhardt (1971)
//! for transitivity. Weights are ignored.

use rayon::prelude::*;

use super::graph::Graph;
use super::structural_holes::{Convention, StructuralHoles, structural_holes};

/// Triangles and the triples they could have closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Triangles {
    /// Triangles of the undirected graph.
    pub triangles: u64,
    /// Connected triples of the undirected graph: two ties of one ego.
    pub triples: u64,
}

impl Triangles {
    /// 3 × triangles / connected triples; none when there is no triple.
    pub fn transitivity(self) -> Option<f64> {
        (self.triples > 0).then(|| 3.0 * self.triangles as f64 / self.triples as f64)
    }
}

/// Share of the pairs of each node's alters that are tied; none for a degree below 2.
pub fn local_clustering(graph: &Graph) -> Vec<Option<f64>> {
    clustering_from_holes(graph, &structural_holes(graph, Convention::Undirected))
}

/// As [`local_clustering`], from structural holes that are already known (any convention).
pub fn clustering_from_holes(graph: &Graph, holes: &[StructuralHoles]) -> Vec<Option<f64>> {
    let rows = graph.undirected();
    let egos = holes.iter().enumerate();
    egos.map(|(ego, holes)| {
        let pairs = pairs(rows.degree(ego));
        (pairs > 0).then(|| holes.ties_among_alters as f64 / pairs as f64)
    })
    .collect()
}

/// Triangles and connected triples of the undirected graph.
pub fn triangles(graph: &Graph) -> Triangles {
    let holes = structural_holes(graph, Convention::Undirected);
    let corners: u64 = holes.iter().map(|holes| holes.ties_among_alters).sum();
    let triples = (0..graph.nodes())
        .map(|ego| pairs(graph.undirected().degree(ego)))
        .sum();
    Triangles {
        triangles: corners / 3,
        triples,
    }
}

/// Ordered triples i→j→k of three people that also have i→k, as a share; none without triples.
///
/// The weak rule of `sna::gtrans`.
pub fn transitivity_directed(graph: &Graph) -> Option<f64> {
    let rows = graph.out();
    let n = rows.nodes();
    let count = |marked: &mut Vec<bool>, ego: usize| {
        let alters = rows.alters(ego);
        for &alter in alters {
            marked[alter as usize] = true;
        }
        let (mut closed, mut triples) = (0_u64, 0_u64);
        for &alter in alters {
            for &third in rows.alters(alter as usize) {
                triples += u64::from(third as usize != ego);
                // Ego is never marked: rows hold no self-ties.
                closed += u64::from(marked[third as usize]);
            }
        }
        for &alter in alters {
            marked[alter as usize] = false;
        }
        (closed, triples)
    };
    let counts: Vec<(u64, u64)> = (0..n)
        .into_par_iter()
        .with_min_len((n / 64).max(16))
        .map_init(|| vec![false; n], count)
        .collect();
    let closed: u64 = counts.iter().map(|count| count.0).sum();
    let triples: u64 = counts.iter().map(|count| count.1).sum();
    (triples > 0).then(|| closed as f64 / triples as f64)
}

fn pairs(degree: usize) -> u64 {
    let degree = degree as u64;
    degree * degree.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_with_a_tail() {
        let arcs = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0)];
        let graph = Graph::from_arcs(5, arcs).unwrap();
        let expected = [Some(1.0), Some(1.0), Some(1.0 / 3.0), None, None];
        assert_eq!(local_clustering(&graph), expected);
        assert_eq!(
            triangles(&graph),
            Triangles {
                triangles: 1,
                triples: 5
            }
        );
        assert_eq!(triangles(&graph).transitivity(), Some(0.6));
        // 0→1→2 is closed by 0→2; 1→2→3 and 0→2→3 are not.
        assert_eq!(transitivity_directed(&graph), Some(1.0 / 3.0));
    }

    #[test]
    fn a_reciprocated_arc_is_no_triple() {
        let graph = Graph::from_arcs(2, [(0, 1, 1.0), (1, 0, 1.0)]).unwrap();
        assert_eq!(transitivity_directed(&graph), None);
        assert_eq!(triangles(&graph).transitivity(), None);
    }
}
