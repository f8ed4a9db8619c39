//! Communities: a division of the undirected, unweighted graph with high modularity.
//!
//! Leiden (Traag, Waltman & van Eck 2019, Scientific Reports 9, 5233), resolution 1: move nodes to
//! the community that gains most, split each community into well-connected parts, contract the
//! parts, repeat; then start over from the result until nothing is gained. Parts are joined
//! greedily, not at random. Several restarts, each with its own order of nodes drawn from the
//! seed, run in parallel; the best wins, of equals the earliest. All sums are of whole numbers,
//! exact in any order.
//!
//! Communities are numbered from 0 by size, the largest first, of equals the one with the lowest
//! node. An isolate is a community of its own.

mod network;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::assortativity::modularity;
use super::graph::Graph;
use network::{Network, Towards, members_by_label};

/// A gain below this is rounding.
const NO_GAIN: f64 = 1e-9;
const ROUNDS_AT_MOST: usize = 20;

/// A division of the nodes into communities.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// Community of each node.
    pub of: Vec<u32>,
    /// Number of communities.
    pub count: usize,
    /// Modularity of the division; none for a graph without ties.
    pub modularity: Option<f64>,
}

/// The best of `restarts` runs (at least one) from `seed`.
pub fn communities(graph: &Graph, seed: u64, restarts: usize) -> Communities {
    let base = Network::of(graph);
    let runs: Vec<(Vec<u32>, Option<f64>)> = (0..restarts.max(1))
        .into_par_iter()
        .map(|restart| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(restart as u64);
            let of = run_until_stable(graph, &base, &mut random);
            let quality = quality(graph, &of);
            (of, quality)
        })
        .collect();
    let mut best: Option<(Vec<u32>, Option<f64>)> = None;
    for run in runs {
        if best.as_ref().is_none_or(|best| run.1 > best.1) {
            best = Some(run);
        }
    }
    let (of, modularity) = best.unwrap_or_default();
    let (of, count) = number_by_size(&of);
    Communities {
        of,
        count,
        modularity,
    }
}

fn quality(graph: &Graph, of: &[u32]) -> Option<f64> {
    let groups: Vec<Option<u32>> = of.iter().copied().map(Some).collect();
    modularity(graph, &groups)
}

fn run_until_stable(graph: &Graph, base: &Network, random: &mut ChaCha8Rng) -> Vec<u32> {
    let mut of: Vec<u32> = (0..base.nodes() as u32).collect();
    let mut reached = quality(graph, &of);
    for _ in 0..ROUNDS_AT_MOST {
        let next = improve(base, &of, random);
        let now = quality(graph, &next);
        let gained = now > reached;
        if now >= reached {
            of = next;
            reached = now;
        }
        if !gained {
            break;
        }
    }
    of
}

/// One pass through all levels, starting from a given division.
fn improve(base: &Network, start: &[u32], random: &mut ChaCha8Rng) -> Vec<u32> {
    // `at[node]`: in which node of the contracted network an original node now sits.
    let mut at: Vec<u32> = (0..base.nodes() as u32).collect();
    let mut network = base.clone();
    let mut of = start.to_vec();
    loop {
        move_nodes(&network, &mut of, random);
        let (parts, count) = number_consecutively(&well_connected_parts(&network, &of, random));
        if count == network.nodes() {
            break;
        }
        let mut of_part = vec![0; count];
        for (node, &part) in parts.iter().enumerate() {
            of_part[part as usize] = of[node];
        }
        network = network.contracted(&parts, count);
        (of, _) = number_consecutively(&of_part);
        for node in &mut at {
            *node = parts[*node as usize];
        }
    }
    at.iter().map(|&node| of[node as usize]).collect()
}

/// Moves nodes, from a queue, to where modularity gains most, until no move gains.
fn move_nodes(network: &Network, of: &mut [u32], random: &mut ChaCha8Rng) {
    let n = network.nodes();
    let mut strength = vec![0.0; n];
    let mut size = vec![0_u32; n];
    for (node, &community) in of.iter().enumerate() {
        strength[community as usize] += network.strength[node];
        size[community as usize] += 1;
    }
    let mut empty: Vec<u32> = (0..n as u32).filter(|&c| size[c as usize] == 0).collect();
    let mut order: Vec<u32> = (0..n as u32).collect();
    order.shuffle(random);
    let mut queue: std::collections::VecDeque<u32> = order.into();
    let mut queued = vec![true; n];
    let mut towards = Towards::new(n);
    while let Some(node) = queue.pop_front() {
        let node = node as usize;
        queued[node] = false;
        let old = of[node] as usize;
        for (alter, tie) in network.row(node) {
            towards.add(of[alter] as usize, tie);
        }
        let own = network.strength[node];
        strength[old] -= own;
        size[old] -= 1;
        let by_chance = own / network.ends;
        let mut best = (old, towards.sums[old] - by_chance * strength[old]);
        // Alone: gains 0. Only if somebody stays behind is that a move.
        if size[old] > 0 && best.1 < -NO_GAIN {
            best = (empty.last().map_or(old, |&label| label as usize), 0.0);
        }
        towards.drain(|label, tie| {
            let gain = tie - by_chance * strength[label];
            if gain > best.1 + NO_GAIN {
                best = (label, gain);
            }
        });
        let new = best.0;
        if new != old {
            if size[new] == 0 {
                empty.pop();
            }
            if size[old] == 0 {
                empty.push(old as u32);
            }
            for (alter, _) in network.row(node) {
                if of[alter] as usize != new && !queued[alter] {
                    queued[alter] = true;
                    queue.push_back(alter as u32);
                }
            }
        }
        of[node] = new as u32;
        strength[new] += own;
        size[new] += 1;
    }
}

/// Splits each community into parts that hang together; a label a node.
fn well_connected_parts(network: &Network, of: &[u32], random: &mut ChaCha8Rng) -> Vec<u32> {
    let n = network.nodes();
    let mut total = vec![0.0; n];
    for (node, &community) in of.iter().enumerate() {
        total[community as usize] += network.strength[node];
    }
    let mut part: Vec<u32> = (0..n as u32).collect();
    let mut strength = network.strength.clone();
    let mut alone = vec![true; n];
    // Ties from a part to the rest of its community.
    let mut outward: Vec<f64> = (0..n)
        .map(|node| {
            network
                .row(node)
                .filter(|(a, _)| of[*a] == of[node])
                .map(|(_, tie)| tie)
                .sum()
        })
        .collect();
    let is_well_connected = |ties: f64, strength: f64, total: f64| {
        ties + NO_GAIN >= strength * (total - strength) / network.ends
    };
    let mut order: Vec<u32> = (0..n as u32).collect();
    order.shuffle(random);
    let mut towards = Towards::new(n);
    for node in order {
        let node = node as usize;
        let total = total[of[node] as usize];
        if !alone[node] || !is_well_connected(outward[node], network.strength[node], total) {
            continue;
        }
        for (alter, tie) in network.row(node) {
            if of[alter] == of[node] {
                towards.add(part[alter] as usize, tie);
            }
        }
        let by_chance = network.strength[node] / network.ends;
        let mut best = (node, NO_GAIN, 0.0);
        towards.drain(|label, tie| {
            let gain = tie - by_chance * strength[label];
            if gain > best.1 && is_well_connected(outward[label], strength[label], total) {
                best = (label, gain, tie);
            }
        });
        let (label, _, tie) = best;
        if label != node {
            part[node] = label as u32;
            alone[label] = false;
            alone[node] = false;
            strength[label] += network.strength[node];
            outward[label] += outward[node] - 2.0 * tie;
        }
    }
    part
}

/// Labels numbered from 0 in the order in which they first occur, and their number.
fn number_consecutively(labels: &[u32]) -> (Vec<u32>, usize) {
    let longest = labels.iter().max().map_or(0, |&label| label as usize + 1);
    let mut number = vec![u32::MAX; longest];
    let mut count = 0;
    let renamed = labels.iter().map(|&label| {
        let number = &mut number[label as usize];
        if *number == u32::MAX {
            *number = count;
            count += 1;
        }
        *number
    });
    (renamed.collect(), count as usize)
}

fn number_by_size(labels: &[u32]) -> (Vec<u32>, usize) {
    let (labels, count) = number_consecutively(labels);
    let members = members_by_label(&labels, count);
    let mut by_size: Vec<usize> = (0..count).collect();
    // Stable: labels are already in the order of their lowest node.
    by_size.sort_by_key(|&label| std::cmp::Reverse(members.row(label).len()));
    let mut rank = vec![0; count];
    for (place, &label) in by_size.iter().enumerate() {
        rank[label] = place as u32;
    }
    (
        labels.iter().map(|&label| rank[label as usize]).collect(),
        count,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring_of_cliques(cliques: u32, size: u32) -> Graph {
        let mut arcs = Vec::new();
        for clique in 0..cliques {
            let first = clique * size;
            for a in first..first + size {
                arcs.extend((a + 1..first + size).map(|b| (a, b, 1.0)));
            }
            arcs.push((first, (first + size + 1) % (cliques * size), 1.0));
        }
        Graph::from_arcs((cliques * size) as usize + 1, arcs).unwrap()
    }

    #[test]
    fn cliques_in_a_ring_are_found() {
        let found = communities(&ring_of_cliques(8, 5), 1, 3);
        assert_eq!(found.count, 9, "eight cliques and the isolate");
        for node in 0..40 {
            assert_eq!(
                found.of[node],
                (node / 5) as u32,
                "equal sizes: by lowest node"
            );
        }
        assert_eq!(found.of[40], 8);
        // 88 ties, 80 within; eight communities of an eighth of the ends each.
        assert!((found.modularity.unwrap() - (80.0 / 88.0 - 1.0 / 8.0)).abs() < 1e-15);
    }

    #[test]
    fn the_seed_decides() {
        let graph = ring_of_cliques(30, 3);
        assert_eq!(communities(&graph, 5, 4), communities(&graph, 5, 4));
    }

    #[test]
    fn without_ties_everyone_is_alone() {
        let none = communities(&Graph::from_arcs(3, []).unwrap(), 1, 2);
        assert_eq!(
            (none.of, none.count, none.modularity),
            (vec![0, 1, 2], 3, None)
        );
    }
}
