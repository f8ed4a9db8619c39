//! Assortativity: are ties within groups, or between people who are alike?
//!
//! Newman (2003, Physical Review E 67, 026126). Nodes whose value is missing are left out: all
//! numbers are for the subgraph of the others. Weights are ignored.

use super::correlation::pearson;
use super::graph::{Graph, Rows};

/// Assortativity over arcs and over undirected ties, each tie taken in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Assortativity {
    /// Over arcs; none without arcs or without differences.
    pub directed: Option<f64>,
    /// Over undirected ties; none without ties or without differences.
    pub undirected: Option<f64>,
}

/// Of degrees: over arcs, the source's out-degree with the target's in-degree; over ties, degrees.
pub fn degree_assortativity(graph: &Graph) -> Assortativity {
    let (out, into, both) = (graph.out(), graph.incoming(), graph.undirected());
    let degree = |rows: &Rows, node: u32| rows.degree(node as usize) as f64;
    Assortativity {
        directed: pearson(entries(out).map(|(ego, alter)| (degree(out, ego), degree(into, alter)))),
        undirected: pearson(
            entries(both).map(|(ego, alter)| (degree(both, ego), degree(both, alter))),
        ),
    }
}

/// Of a numeric attribute: Pearson's correlation of the values at both ends.
///
/// `values` by node; a shorter column leaves the remaining nodes out.
pub fn numeric_assortativity(graph: &Graph, values: &[Option<f64>]) -> Assortativity {
    let over =
        |rows| {
            pearson(entries(rows).filter_map(|(ego, alter)| {
                Some((value_of(values, ego)?, value_of(values, alter)?))
            }))
        };
    Assortativity {
        directed: over(graph.out()),
        undirected: over(graph.undirected()),
    }
}

/// Of a categorical attribute: (Σ e_gg − Σ a_g b_g) / (1 − Σ a_g b_g).
///
/// e is the share of arcs from group g to group h, a and b its row and column sums. Groups are
/// numbered from 0 without large gaps; a shorter column leaves the remaining nodes out.
pub fn categorical_assortativity(graph: &Graph, groups: &[Option<u32>]) -> Assortativity {
    let over = |rows| {
        let count = groups
            .iter()
            .flatten()
            .max()
            .map_or(0, |&group| group as usize + 1);
        let (mut sent, mut received) = (vec![0_u64; count], vec![0_u64; count]);
        let (mut all, mut within) = (0_u64, 0_u64);
        for (ego, alter) in entries(rows) {
            if let (Some(from), Some(to)) = (value_of(groups, ego), value_of(groups, alter)) {
                all += 1;
                within += u64::from(from == to);
                sent[from as usize] += 1;
                received[to as usize] += 1;
            }
        }
        // In whole numbers, so that a single group gives exactly 0 / 0, which is undefined.
        let by_chance: u128 = sent
            .iter()
            .zip(&received)
            .map(|(a, b)| u128::from(*a) * u128::from(*b))
            .sum();
        let (all, within) = (u128::from(all), u128::from(within));
        let room = all * all - by_chance;
        (room > 0).then(|| ((within * all) as f64 - by_chance as f64) / room as f64)
    };
    Assortativity {
        directed: over(graph.out()),
        undirected: over(graph.undirected()),
    }
}

/// Modularity of a division into groups, undirected, unweighted, resolution 1.
///
/// Σ over groups of (ties within / ties) − (sum of degrees / 2 ties)². Nodes without a group are
/// left out with their ties; none when no tie is left.
pub fn modularity(graph: &Graph, groups: &[Option<u32>]) -> Option<f64> {
    let count = groups
        .iter()
        .flatten()
        .max()
        .map_or(0, |&group| group as usize + 1);
    let mut degrees = vec![0_u64; count];
    let (mut ends, mut within) = (0_u64, 0_u64);
    for (ego, alter) in entries(graph.undirected()) {
        if let (Some(from), Some(to)) = (value_of(groups, ego), value_of(groups, alter)) {
            ends += 1;
            within += u64::from(from == to);
            degrees[from as usize] += 1;
        }
    }
    let by_chance: u128 = degrees
        .iter()
        .map(|&degree| u128::from(degree * degree))
        .sum();
    let all = ends as f64;
    (ends > 0).then(|| within as f64 / all - by_chance as f64 / (all * all))
}

fn value_of<T: Copy>(values: &[Option<T>], node: u32) -> Option<T> {
    values.get(node as usize).copied().flatten()
}

fn entries(rows: &Rows) -> impl Iterator<Item = (u32, u32)> + Clone + '_ {
    (0..rows.nodes()).flat_map(move |ego| {
        rows.alters(ego)
            .iter()
            .map(move |&alter| (ego as u32, alter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_pairs_and_a_bridge() -> Graph {
        Graph::from_arcs(4, [(0, 1, 1.0), (2, 3, 1.0), (1, 2, 1.0)]).unwrap()
    }

    #[test]
    fn groups_by_hand() {
        let graph = two_pairs_and_a_bridge();
        let groups = [Some(0), Some(0), Some(1), Some(1)];
        // e = 1/3 within each, a = (2/3, 1/3), b = (1/3, 2/3): (2/3 − 4/9) / (1 − 4/9) = 0.4.
        let found = categorical_assortativity(&graph, &groups);
        assert!((found.directed.unwrap() - 0.4).abs() < 1e-15);
        assert!((found.undirected.unwrap() - 1.0 / 3.0).abs() < 1e-15);
        assert!((modularity(&graph, &groups).unwrap() - (2.0 / 3.0 - 0.5)).abs() < 1e-15);
    }

    #[test]
    fn one_group_is_neither_assortative_nor_not() {
        let graph = two_pairs_and_a_bridge();
        let found = categorical_assortativity(&graph, &[Some(0); 4]);
        assert_eq!(found, Assortativity::default());
        assert_eq!(
            numeric_assortativity(&graph, &[Some(0.1); 4]),
            Assortativity::default()
        );
    }

    #[test]
    fn those_without_a_value_are_left_out_with_their_ties() {
        let graph = two_pairs_and_a_bridge();
        let missing = categorical_assortativity(&graph, &[Some(0), Some(1), None, Some(1)]);
        assert_eq!(
            missing.undirected,
            Some(-1.0),
            "only 0–1 is left, and it is between groups"
        );
        let values = [Some(1.0), Some(2.0), Some(3.0), None];
        let one = numeric_assortativity(&graph, &values).directed.unwrap();
        assert!((one - 1.0).abs() < 1e-15);
        assert_eq!(modularity(&graph, &[]), None);
    }

    #[test]
    fn a_star_is_disassortative_by_degree() {
        let star = Graph::from_arcs(4, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)]).unwrap();
        let found = degree_assortativity(&star);
        assert_eq!(found.directed, None, "one source only: no differences");
        assert!((found.undirected.unwrap() + 1.0).abs() < 1e-15);
    }
}
