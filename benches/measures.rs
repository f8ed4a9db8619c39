//! How long each measure takes.
//!
//! 1,000 and 10,000 nodes with five arcs each; with ALLIES_BENCH_LARGE set also the cheap measures
//! and the building of the graph at 1,000,000.

use std::cell::OnceCell;
use std::hint::black_box;
use std::time::Duration;

use allies::measures::communities::communities;
use allies::measures::structural_holes::{Convention, structural_holes};
use allies::measures::{
    Graph, PositionMeasures, Sources, assortativity, betweenness, clustering, coreness, distances,
    eigenvector, pagerank,
};
use criterion::{Criterion, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SMALL: [u32; 2] = [1_000, 10_000];
const LARGE: u32 = 1_000_000;

/// Five arcs a node, four of five to people nearby: clustered, with short paths.
fn arcs(nodes: u32) -> Vec<(u32, u32, f64)> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut arcs = Vec::with_capacity(nodes as usize * 5);
    for ego in 0..nodes {
        for _ in 0..5 {
            let alter = if random.random_bool(0.8) {
                (ego + random.random_range(1..12)) % nodes
            } else {
                random.random_range(0..nodes)
            };
            arcs.push((ego, alter, random.random_range(0.1..1.0)));
        }
    }
    arcs
}

fn is_large_wanted() -> bool {
    std::env::var_os("ALLIES_BENCH_LARGE").is_some()
}

fn each(c: &mut Criterion, name: &str, is_cheap: bool, measure: impl Fn(&Graph)) {
    let mut group = c.benchmark_group(name);
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(2));
    let mut sizes = SMALL.to_vec();
    if is_cheap && is_large_wanted() {
        sizes.push(LARGE);
    }
    for nodes in sizes {
        // Built only where the name of the bench is asked for.
        let built = OnceCell::new();
        group.bench_function(nodes.to_string(), |b| {
            let graph = built.get_or_init(|| Graph::from_arcs(nodes as usize, arcs(nodes)).ok());
            if let Some(graph) = graph {
                b.iter(|| measure(graph));
            }
        });
    }
    group.finish();
}

fn building(c: &mut Criterion) {
    let mut group = c.benchmark_group("graph from arcs");
    group.sample_size(10);
    let large = is_large_wanted().then_some(LARGE);
    for nodes in SMALL.into_iter().chain(large) {
        let arcs = arcs(nodes);
        group.bench_function(nodes.to_string(), |b| {
            b.iter(|| black_box(Graph::from_arcs(nodes as usize, arcs.iter().copied())));
        });
    }
    group.finish();
}

fn measures(c: &mut Criterion) {
    for convention in [
        Convention::Undirected,
        Convention::Directed,
        Convention::Weighted,
    ] {
        each(
            c,
            &format!("structural holes, {convention:?}"),
            true,
            |graph| {
                black_box(structural_holes(graph, convention));
            },
        );
    }
    each(c, "core number", true, |graph| {
        drop(black_box(coreness::coreness(graph)));
    });
    each(c, "pagerank", true, |graph| {
        drop(black_box(pagerank::pagerank(graph)));
    });
    each(c, "transitivity, directed", true, |graph| {
        black_box(clustering::transitivity_directed(graph));
    });
    each(c, "degree assortativity", true, |graph| {
        black_box(assortativity::degree_assortativity(graph));
    });
    each(c, "eigenvector", false, |graph| {
        drop(black_box(eigenvector::eigenvector(graph)));
    });
    each(c, "communities, one run", false, |graph| {
        drop(black_box(communities(graph, 1, 1)));
    });
    each(c, "path length, 256 pivots", false, |graph| {
        let sources = Sources::sample(graph.nodes(), 256, 1);
        black_box(distances::distances_undirected(graph, &sources));
    });
    each(c, "betweenness, 256 pivots", false, |graph| {
        let sources = Sources::sample(graph.nodes(), 256, 1);
        black_box(betweenness::betweenness_undirected(graph, &sources));
    });
    each(c, "betweenness, exact", false, |graph| {
        let sources = Sources::all(graph.nodes());
        black_box(betweenness::betweenness_undirected(graph, &sources));
    });
    each(c, "positions of a snapshot", false, |graph| {
        drop(black_box(PositionMeasures::of(graph)));
    });
}

criterion_group!(benches, building, measures);
criterion_main!(benches);
