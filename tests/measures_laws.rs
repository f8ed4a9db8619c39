//! Laws that measures obey on any graph, the same bits for any number of threads, and how good
//! sampled estimates are.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

use allies::measures::communities::communities;
use allies::measures::eigenvector::eigenvector;
use allies::measures::sources::Sources;
use allies::measures::{
    Graph, GraphMeasures, NodeMeasures, Options, PositionMeasures, betweenness, distances,
};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A made-up graph with some hubs, several parts and weights of every size.
fn random_graph(nodes: u32, arcs: usize, seed: u64) -> Graph {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let drawn: Vec<(u32, u32, f64)> = (0..arcs)
        .map(|_| {
            let target = random.random_range(0..nodes);
            let source = random.random_range(0..=target);
            (source, target, random.random_range(0.01..3.0))
        })
        .collect();
    Graph::from_arcs(nodes as usize, drawn).unwrap()
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let graph = random_graph(1_200, 4_800, 1);
    let sampled = Options {
        exact_up_to: 100,
        pivots: 200,
        seed: 3,
        community_restarts: 3,
    };
    let measure = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let exact = NodeMeasures::of(&graph, &Options::default());
            let estimated = NodeMeasures::of(&graph, &sampled);
            let whole = GraphMeasures::of(&graph, &sampled);
            let mut all = bits(&exact.betweenness_directed);
            all.extend(bits(&exact.betweenness_undirected));
            all.extend(bits(&exact.pagerank));
            all.extend(bits(&exact.harmonic));
            let optional = [
                &exact.eigenvector,
                &exact.constraint_weighted,
                &exact.clustering,
            ];
            for column in optional {
                all.extend(column.iter().map(|value| value.map_or(1, f64::to_bits)));
            }
            all.extend(
                exact
                    .community
                    .iter()
                    .map(|&community| u64::from(community)),
            );
            all.extend(bits(&estimated.betweenness_undirected));
            all.extend(bits(
                &estimated.standard_errors.unwrap().betweenness_undirected,
            ));
            (all, serde_json::to_string(&whole).unwrap())
        })
    };
    let alone = measure(1);
    for threads in [2, 3, 7] {
        assert!(
            measure(threads) == alone,
            "{threads} threads differ from one"
        );
    }
}

#[test]
fn stated_errors_of_samples_are_those_that_occur() {
    let n = 800;
    let graph = random_graph(n as u32, 3_200, 2);
    let exact = betweenness::betweenness_undirected(&graph, &Sources::all(n)).values;
    let path = distances::distances_undirected(&graph, &Sources::all(n));
    let path = path.average_path_length.unwrap().value;
    let mut ranked: Vec<usize> = (0..n).collect();
    ranked.sort_by(|&a, &b| exact[b].total_cmp(&exact[a]));
    let (mut deviation, mut occurred, mut stated) = (0.0, 0.0, 0.0);
    let (mut high_within, mut low_within, mut path_within) = (0_u32, 0_u32, 0_u32);
    let seeds = 100;
    for seed in 0..seeds {
        let sources = Sources::sample(n, 200, seed);
        let found = betweenness::betweenness_undirected(&graph, &sources);
        let errors = found.standard_errors.unwrap();
        let off = |node: usize| found.values[node] - exact[node];
        for (rank, &node) in ranked.iter().enumerate() {
            deviation += off(node);
            occurred += off(node) * off(node);
            stated += errors[node] * errors[node];
            let is_within = u32::from(off(node).abs() <= 2.0 * errors[node]);
            high_within += if rank < 40 { is_within } else { 0 };
            low_within += if rank >= 40 { is_within } else { 0 };
        }
        let found = distances::distances_undirected(&graph, &sources);
        let found = found.average_path_length.unwrap();
        let error = found.standard_error.unwrap();
        path_within += u32::from((found.value - path).abs() <= 2.0 * error);
    }
    let seeds = seeds as f64;
    let bias = deviation / exact.iter().sum::<f64>() / seeds;
    assert!(bias.abs() < 0.005, "{bias} of the total");
    let ratio = stated / occurred;
    assert!(
        (0.9..1.1).contains(&ratio),
        "stated variance / occurred variance: {ratio}"
    );
    // 95 of 100 if errors were normal. They are for the path length; for betweenness they are
    // skewed, as the documentation says, the more so the less central the node.
    assert!(
        path_within >= 87,
        "{path_within} of 100, four standard deviations below 95"
    );
    let high = f64::from(high_within) / (40.0 * seeds);
    assert!(
        (0.85..0.97).contains(&high),
        "{high} of the most central twentieth"
    );
    let low = f64::from(low_within) / (760.0 * seeds);
    assert!((0.7..high).contains(&low), "{low} of the others");
}

#[test]
fn a_sample_of_everyone_is_exact() {
    let graph = random_graph(200, 600, 4);
    let all = Options {
        exact_up_to: 0,
        pivots: 200,
        ..Options::default()
    };
    let found = NodeMeasures::of(&graph, &all);
    assert_eq!(found, NodeMeasures::of(&graph, &Options::default()));
    assert_eq!(found.standard_errors, None);
}

#[test]
fn the_snapshot_agrees_with_the_full_set() {
    let graph = random_graph(300, 900, 5);
    let snapshot = PositionMeasures::of(&graph);
    let full = NodeMeasures::of(&graph, &Options::default());
    assert_eq!(snapshot.betweenness, full.betweenness_undirected);
    assert_eq!(snapshot.constraint, full.constraint_weighted);
    assert_eq!(snapshot.effective_size, full.effective_size_weighted);
    assert_eq!(snapshot.clustering, full.clustering);
    assert_eq!(
        (snapshot.core, snapshot.strength_in),
        (full.core, full.in_strength)
    );
    assert_eq!(snapshot.betweenness_standard_error, None);
}

#[test]
fn a_large_snapshot_states_the_error_of_betweenness() {
    let graph = random_graph(2_500, 5_000, 6);
    let snapshot = PositionMeasures::of(&graph);
    assert_eq!(
        snapshot
            .betweenness_standard_error
            .map(|errors| errors.len()),
        Some(2_500)
    );
}

#[test]
fn planted_communities_are_found() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut arcs = Vec::new();
    for ego in 0..600_u32 {
        for alter in ego + 1..600 {
            let chance = if ego / 50 == alter / 50 { 0.3 } else { 0.005 };
            if random.random_bool(chance) {
                arcs.push((ego, alter, 1.0));
            }
        }
    }
    let graph = Graph::from_arcs(600, arcs).unwrap();
    let found = communities(&graph, 1, 3);
    assert_eq!(found.count, 12);
    let astray = (0..600)
        .filter(|&node| found.of[node] != found.of[node / 50 * 50])
        .count();
    assert!(
        astray <= 12,
        "{astray} of 600 are not where they were planted"
    );
}

fn arcs_and_renaming() -> impl Strategy<Value = (Vec<(u32, u32, f64)>, Vec<u32>)> {
    (2_u32..25).prop_flat_map(|nodes| {
        let arc = (0..nodes, 0..nodes, 1_u32..5).prop_map(|(a, b, w)| (a, b, f64::from(w)));
        let names: Vec<u32> = (0..nodes).collect();
        (
            prop::collection::vec(arc, 0..80),
            Just(names).prop_shuffle(),
        )
    })
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

fn close_or_both_missing(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => close(a, b),
        (a, b) => a == b,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn other_names_do_not_change_what_is_measured((arcs, names) in arcs_and_renaming()) {
        let options = Options { community_restarts: 1, ..Options::default() };
        let graph = Graph::from_arcs(names.len(), arcs.iter().copied()).unwrap();
        let renamed = arcs.iter().map(|&(a, b, w)| (names[a as usize], names[b as usize], w));
        let renamed = Graph::from_arcs(names.len(), renamed).unwrap();
        let (before, after) =
            (NodeMeasures::of(&graph, &options), NodeMeasures::of(&renamed, &options));
        for (old, new) in names.iter().map(|&new| new as usize).enumerate() {
            prop_assert_eq!(before.in_degree[old], after.in_degree[new]);
            prop_assert_eq!(before.out_degree[old], after.out_degree[new]);
            prop_assert_eq!(before.core[old], after.core[new]);
            prop_assert_eq!(before.clustering[old], after.clustering[new]);
            prop_assert_eq!(before.in_strength[old], after.in_strength[new]);
            prop_assert!(close(before.betweenness_directed[old], after.betweenness_directed[new]));
            prop_assert!(close(before.harmonic[old], after.harmonic[new]));
            prop_assert!(close(before.pagerank[old], after.pagerank[new]));
            for (a, b) in [
                (&before.constraint_directed, &after.constraint_directed),
                (&before.constraint_weighted, &after.constraint_weighted),
                (&before.effective_size_directed, &after.effective_size_directed),
                (&before.effective_size_weighted, &after.effective_size_weighted),
            ] {
                prop_assert!(close_or_both_missing(a[old], b[new]));
            }
        }
    }

    #[test]
    fn sums_and_bounds_hold((arcs, names) in arcs_and_renaming()) {
        let n = names.len();
        let graph = Graph::from_arcs(n, arcs).unwrap();
        let nodes = NodeMeasures::of(&graph, &Options::default());
        let whole = GraphMeasures::of(&graph, &Options::default());
        prop_assert!(close(nodes.pagerank.iter().sum(), 1.0));
        prop_assert_eq!(nodes.in_degree.iter().sum::<u32>() as usize, graph.arcs());
        prop_assert_eq!(nodes.degree.iter().sum::<u32>() as usize, 2 * graph.ties());
        prop_assert_eq!(
            2 * whole.mutual_dyads + whole.asymmetric_dyads, graph.arcs() as u64
        );
        // Inner nodes of all shortest paths: distance − 1 for each connected ordered pair.
        let inner: f64 = nodes.betweenness_undirected.iter().sum::<f64>() * 2.0;
        let pairs = whole.reachable_share_undirected.unwrap() * (n * (n - 1)) as f64;
        let expected = whole.average_path_length_undirected.map_or(0.0, |l| pairs * (l - 1.0));
        prop_assert!(close(inner, expected));
        for node in 0..n {
            prop_assert_eq!(nodes.constraint_weighted[node].is_none(), nodes.degree[node] == 0);
            // d − 2t/d, with t the tied pairs of alters.
            let degree = f64::from(nodes.degree[node]);
            if let (Some(size), Some(c)) = (nodes.effective_size_undirected[node], nodes.clustering[node]) {
                prop_assert!(close(size, degree - c * (degree - 1.0)));
            }
            prop_assert!(nodes.core[node] <= nodes.degree[node]);
        }
        if let Some(found) = eigenvector(&graph) {
            for node in 0..n {
                let alters = graph.undirected().alters(node).iter();
                let sum: f64 = alters.map(|&alter| found.vector[alter as usize]).sum();
                prop_assert!((sum - found.eigenvalue * found.vector[node]).abs() < 1e-11);
            }
        }
    }
}
