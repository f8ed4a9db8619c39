//! All measures of nodes, as columns.

use super::clustering::clustering_from_holes;
use super::communities::communities;
use super::structural_holes::{Convention, StructuralHoles, structural_holes};
use super::{Graph, Options, betweenness, coreness, degree, distances, eigenvector, pagerank};

/// Every measure of every node; columns by node, isolates included.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeMeasures {
    /// Arcs received.
    pub in_degree: Vec<u32>,
    /// Arcs sent.
    pub out_degree: Vec<u32>,
    /// Alters tied in either direction.
    pub degree: Vec<u32>,
    /// Sum of the weights of arcs received [weight].
    pub in_strength: Vec<f64>,
    /// Sum of the weights of arcs sent [weight].
    pub out_strength: Vec<f64>,
    /// Betweenness along arcs [ordered pairs].
    pub betweenness_directed: Vec<f64>,
    /// Betweenness in the undirected graph [unordered pairs].
    pub betweenness_undirected: Vec<f64>,
    /// Burt's constraint, mutual ties counting twice; none for isolates.
    pub constraint_directed: Vec<Option<f64>>,
    /// Burt's constraint, all ties counting the same; none for isolates.
    pub constraint_undirected: Vec<Option<f64>>,
    /// Burt's constraint by weight; none for isolates.
    pub constraint_weighted: Vec<Option<f64>>,
    /// Burt's effective size, mutual ties counting twice [alters]; none for isolates.
    pub effective_size_directed: Vec<Option<f64>>,
    /// Burt's effective size, all ties counting the same [alters]; none for isolates.
    pub effective_size_undirected: Vec<Option<f64>>,
    /// Burt's effective size by weight [alters]; none for isolates.
    pub effective_size_weighted: Vec<Option<f64>>,
    /// Share of pairs of alters that are tied; none for a degree below 2.
    pub clustering: Vec<Option<f64>>,
    /// Core number.
    pub core: Vec<u32>,
    /// PageRank, weights ignored; sums to 1.
    pub pagerank: Vec<f64>,
    /// PageRank by weight; none when a weight is negative.
    pub pagerank_weighted: Vec<Option<f64>>,
    /// Eigenvector centrality, largest entry 1; none in a graph without ties.
    pub eigenvector: Vec<Option<f64>>,
    /// Σ 1/distance in the undirected graph.
    pub harmonic: Vec<f64>,
    /// Community, numbered from 0 by size.
    pub community: Vec<u32>,
    /// Standard errors of estimated columns; none when they are exact.
    pub standard_errors: Option<NodeStandardErrors>,
}

/// Standard errors of the columns that were estimated from pivots.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeStandardErrors {
    /// Number of nodes from which shortest paths started.
    pub pivots: usize,
    /// Of [`NodeMeasures::betweenness_directed`].
    pub betweenness_directed: Vec<f64>,
    /// Of [`NodeMeasures::betweenness_undirected`].
    pub betweenness_undirected: Vec<f64>,
    /// Of [`NodeMeasures::harmonic`].
    pub harmonic: Vec<f64>,
}

impl NodeMeasures {
    /// Measures every node.
    pub fn of(graph: &Graph, options: &Options) -> Self {
        let sources = options.sources(graph.nodes());
        let directed = betweenness::betweenness_directed(graph, &sources);
        let undirected = betweenness::betweenness_undirected(graph, &sources);
        let harmonic = distances::harmonic(graph, &sources);
        let standard_errors = match (
            directed.standard_errors,
            undirected.standard_errors,
            harmonic.standard_errors,
        ) {
            (Some(directed), Some(undirected), Some(harmonic)) => Some(NodeStandardErrors {
                pivots: sources.chosen().len(),
                betweenness_directed: directed,
                betweenness_undirected: undirected,
                harmonic,
            }),
            _ => None,
        };
        let by_arcs = structural_holes(graph, Convention::Directed);
        let by_ties = structural_holes(graph, Convention::Undirected);
        let by_weight = structural_holes(graph, Convention::Weighted);
        let nodes = graph.nodes();
        Self {
            in_degree: degree::in_degree(graph),
            out_degree: degree::out_degree(graph),
            degree: degree::degree(graph),
            in_strength: degree::in_strength(graph),
            out_strength: degree::out_strength(graph),
            betweenness_directed: directed.values,
            betweenness_undirected: undirected.values,
            constraint_directed: constraint(&by_arcs),
            constraint_undirected: constraint(&by_ties),
            constraint_weighted: constraint(&by_weight),
            effective_size_directed: effective_size(&by_arcs),
            effective_size_undirected: effective_size(&by_ties),
            effective_size_weighted: effective_size(&by_weight),
            clustering: clustering_from_holes(graph, &by_ties),
            core: coreness::coreness(graph),
            pagerank: pagerank::pagerank(graph),
            pagerank_weighted: column(pagerank::pagerank_weighted(graph), nodes),
            eigenvector: column(
                eigenvector::eigenvector(graph).map(|found| found.vector),
                nodes,
            ),
            harmonic: harmonic.values,
            community: communities(graph, options.seed, options.restarts(graph.nodes())).of,
            standard_errors,
        }
    }
}

/// The measures of a snapshot's `positions` table and nothing else.
///
/// Betweenness and clustering are those of the undirected graph; constraint and effective size
/// use the weights.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionMeasures {
    /// Arcs received.
    pub in_degree: Vec<u32>,
    /// Arcs sent.
    pub out_degree: Vec<u32>,
    /// Sum of the weights of arcs received [weight].
    pub strength_in: Vec<f64>,
    /// Sum of the weights of arcs sent [weight].
    pub strength_out: Vec<f64>,
    /// Betweenness in the undirected graph [unordered pairs].
    pub betweenness: Vec<f64>,
    /// Standard error of betweenness; none when it is exact.
    pub betweenness_standard_error: Option<Vec<f64>>,
    /// Burt's constraint by weight; none for isolates.
    pub constraint: Vec<Option<f64>>,
    /// Burt's effective size by weight [alters]; none for isolates.
    pub effective_size: Vec<Option<f64>>,
    /// Share of pairs of alters that are tied; none for a degree below 2.
    pub clustering: Vec<Option<f64>>,
    /// Core number.
    pub core: Vec<u32>,
}

impl PositionMeasures {
    /// Measures every node with [`Options::for_snapshots`].
    pub fn of(graph: &Graph) -> Self {
        Self::with(graph, &Options::for_snapshots())
    }

    /// Measures every node.
    pub fn with(graph: &Graph, options: &Options) -> Self {
        let sources = options.sources(graph.nodes());
        let betweenness = betweenness::betweenness_undirected(graph, &sources);
        let holes = structural_holes(graph, Convention::Weighted);
        Self {
            in_degree: degree::in_degree(graph),
            out_degree: degree::out_degree(graph),
            strength_in: degree::in_strength(graph),
            strength_out: degree::out_strength(graph),
            betweenness: betweenness.values,
            betweenness_standard_error: betweenness.standard_errors,
            constraint: constraint(&holes),
            effective_size: effective_size(&holes),
            clustering: clustering_from_holes(graph, &holes),
            core: coreness::coreness(graph),
        }
    }
}

fn constraint(holes: &[StructuralHoles]) -> Vec<Option<f64>> {
    holes.iter().map(|holes| holes.constraint).collect()
}

fn effective_size(holes: &[StructuralHoles]) -> Vec<Option<f64>> {
    holes.iter().map(|holes| holes.effective_size).collect()
}

fn column(values: Option<Vec<f64>>, nodes: usize) -> Vec<Option<f64>> {
    values.map_or_else(
        || vec![None; nodes],
        |values| values.into_iter().map(Some).collect(),
    )
}
