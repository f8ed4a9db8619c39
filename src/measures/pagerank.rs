//! PageRank: the share of time a random walker along arcs spends at a node.
//!
//! Damping 0.85; a node without out-ties spreads evenly over all nodes; the ranks sum to 1. Brin &
//! Page (1998, Computer Networks 30, 107). Power iteration until a step changes less than 1e-15
//! in all, or 400 steps (0.85^400 is 6e-29): a relative error of about 1e-14.

use rayon::prelude::*;

use super::graph::Graph;
use super::sources::block_sum;

const DAMPING: f64 = 0.85;
const STEPS_AT_MOST: usize = 400;
const CHANGE_AT_END: f64 = 1e-15;

/// PageRank of each node, weights ignored; empty for a graph without nodes.
pub fn pagerank(graph: &Graph) -> Vec<f64> {
    let out = graph.out();
    let sent: Vec<f64> = (0..graph.nodes())
        .map(|node| out.degree(node) as f64)
        .collect();
    iterate(graph, &sent, |_, _| 1.0)
}

/// PageRank of each node, arcs followed in proportion to their weights.
///
/// None when a weight is negative: then there is no such walk.
pub fn pagerank_weighted(graph: &Graph) -> Option<Vec<f64>> {
    let into = graph.incoming();
    if (0..graph.nodes()).any(|node| into.weights(node).iter().any(|&weight| weight < 0.0)) {
        return None;
    }
    let sent = super::degree::strengths(graph.out());
    Some(iterate(graph, &sent, |node, place| {
        into.weights(node)[place]
    }))
}

fn iterate(graph: &Graph, sent: &[f64], weight: impl Fn(usize, usize) -> f64 + Sync) -> Vec<f64> {
    let n = graph.nodes();
    let into = graph.incoming();
    let mut rank = vec![1.0 / n as f64; n];
    for _ in 0..STEPS_AT_MOST {
        let share: Vec<f64> = rank
            .par_iter()
            .zip(sent)
            .map(|(&rank, &sent)| if sent > 0.0 { rank / sent } else { 0.0 })
            .collect();
        let stuck: Vec<f64> = rank
            .par_iter()
            .zip(sent)
            .map(|(&rank, &sent)| if sent > 0.0 { 0.0 } else { rank })
            .collect();
        let everywhere = ((1.0 - DAMPING) + DAMPING * block_sum(&stuck)) / n as f64;
        let next: Vec<f64> = (0..n)
            .into_par_iter()
            .map(|node| {
                let senders = into.alters(node).iter().enumerate();
                let received: f64 = senders
                    .map(|(place, &sender)| weight(node, place) * share[sender as usize])
                    .sum();
                everywhere + DAMPING * received
            })
            .collect();
        let changes: Vec<f64> = next
            .par_iter()
            .zip(&rank)
            .map(|(next, rank)| (next - rank).abs())
            .collect();
        rank = next;
        if block_sum(&changes) < CHANGE_AT_END {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_arc_solved_by_hand() {
        // r0 = 0.075 + 0.425 r1 (node 1 is stuck and spreads), r1 = r0 + 0.85 r0, r0 + r1 = 1.
        let graph = Graph::from_arcs(2, [(0, 1, 3.0)]).unwrap();
        let expected = [1.0 / 2.85, 1.85 / 2.85];
        for ranks in [pagerank(&graph), pagerank_weighted(&graph).unwrap()] {
            assert!(
                (ranks[0] - expected[0]).abs() < 1e-14 && (ranks[1] - expected[1]).abs() < 1e-14
            );
        }
    }

    #[test]
    fn negative_weights_have_no_weighted_rank() {
        let graph = Graph::from_arcs(2, [(0, 1, -1.0)]).unwrap();
        assert_eq!(pagerank_weighted(&graph), None);
    }
}
