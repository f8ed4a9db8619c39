//! All measures of a whole graph.

use serde::Serialize;

use super::assortativity::degree_assortativity;
use super::degree::{self, spread};
use super::distances::{Distances, distances_directed, distances_undirected};
use super::{
    Estimate, Graph, Options, clustering, cohesion, communities, components, coreness, eigenvector,
};

/// Every measure of a whole graph, under the names under which it is written.
///
/// Without a suffix a measure that has several forms is the one named in its line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GraphMeasures {
    /// Number of nodes, isolates included.
    pub n: usize,
    /// Number of arcs.
    pub arcs: usize,
    /// Number of undirected ties.
    pub undirected_ties: usize,
    /// Nodes without a tie.
    pub isolates: usize,
    /// Sum of arc weights.
    pub total_weight: f64,
    /// Pairs tied in both directions.
    pub mutual_dyads: u64,
    /// Pairs tied in one direction.
    pub asymmetric_dyads: u64,
    /// Pairs not tied.
    pub null_dyads: u64,
    /// As `density_directed`.
    pub density: Option<f64>,
    /// Arcs / n(n−1).
    pub density_directed: Option<f64>,
    /// Ties / (n(n−1)/2).
    pub density_undirected: Option<f64>,
    /// As `reciprocity_arcs`.
    pub reciprocity: Option<f64>,
    /// Arcs whose reverse exists / arcs.
    pub reciprocity_arcs: Option<f64>,
    /// Mutual / (mutual + asymmetric).
    pub reciprocity_dyads: Option<f64>,
    /// (reciprocity_arcs − density) / (1 − density).
    pub reciprocity_excess: Option<f64>,
    /// As `transitivity_undirected`.
    pub transitivity: Option<f64>,
    /// 3 × triangles / connected triples.
    pub transitivity_undirected: Option<f64>,
    /// Closed ordered triples / ordered triples.
    pub transitivity_directed_weak: Option<f64>,
    /// Mean local clustering, degree below 2 counted as 0.
    pub average_local_clustering_zero: Option<f64>,
    /// Mean local clustering over nodes of degree 2 or more.
    pub average_local_clustering_degree2plus: Option<f64>,
    /// Triangles of the undirected graph.
    pub triangles: u64,
    /// As `mean_degree_undirected`.
    pub mean_degree: Option<f64>,
    /// Arcs / n.
    pub mean_out_degree: Option<f64>,
    /// 2 × ties / n.
    pub mean_degree_undirected: Option<f64>,
    /// Population standard deviation of in-degrees.
    pub sd_in_degree: Option<f64>,
    /// Population standard deviation of out-degrees.
    pub sd_out_degree: Option<f64>,
    /// Population standard deviation of undirected degrees.
    pub sd_degree_undirected: Option<f64>,
    /// Largest in-degree.
    pub max_in_degree: Option<u32>,
    /// Largest out-degree.
    pub max_out_degree: Option<u32>,
    /// Largest undirected degree.
    pub max_degree_undirected: Option<u32>,
    /// As `average_path_length_undirected`.
    pub average_path_length: Option<f64>,
    /// Mean distance of connected ordered pairs.
    pub average_path_length_directed: Option<f64>,
    /// Mean distance of connected unordered pairs.
    pub average_path_length_undirected: Option<f64>,
    /// Connected ordered pairs / n(n−1), along arcs.
    pub reachable_share_directed: Option<f64>,
    /// Connected ordered pairs / n(n−1), in the undirected graph.
    pub reachable_share_undirected: Option<f64>,
    /// As `diameter_undirected`.
    pub diameter: Option<u32>,
    /// Longest finite distance along arcs; a lower bound when pivots were used.
    pub diameter_directed: Option<u32>,
    /// Longest finite distance in the undirected graph; a lower bound when pivots were used.
    pub diameter_undirected: Option<u32>,
    /// As `weak_components`.
    pub components: usize,
    /// Number of weak components.
    pub weak_components: usize,
    /// Size of the largest weak component.
    pub largest_weak_component: Option<u32>,
    /// Number of strong components.
    pub strong_components: usize,
    /// Size of the largest strong component.
    pub largest_strong_component: Option<u32>,
    /// Mean of 1/distance over all pairs, unreachable = 0.
    pub global_efficiency_undirected: Option<f64>,
    /// Correlation over arcs of the source's out-degree and the target's in-degree.
    pub degree_assortativity_out_in: Option<f64>,
    /// Correlation of degrees over both ends of each tie.
    pub degree_assortativity_undirected: Option<f64>,
    /// Largest core number.
    pub max_coreness: Option<u32>,
    /// Largest eigenvalue of the undirected 0/1 matrix.
    pub largest_eigenvalue_undirected: Option<f64>,
    /// Modularity of the communities found.
    pub modularity: Option<f64>,
    /// Number of communities found.
    pub communities: usize,
    /// Sampling of shortest paths; none when every node was a source and all is exact.
    pub sampling: Option<Sampling>,
}

/// Standard errors of what was estimated from pivots.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sampling {
    /// Number of nodes from which shortest paths started.
    pub pivots: usize,
    /// Of `average_path_length_directed`.
    pub average_path_length_directed_standard_error: Option<f64>,
    /// Of `average_path_length_undirected`.
    pub average_path_length_undirected_standard_error: Option<f64>,
    /// Of `reachable_share_directed`.
    pub reachable_share_directed_standard_error: Option<f64>,
    /// Of `reachable_share_undirected`.
    pub reachable_share_undirected_standard_error: Option<f64>,
    /// Of `global_efficiency_undirected`.
    pub global_efficiency_undirected_standard_error: Option<f64>,
}

impl GraphMeasures {
    /// Measures the graph.
    pub fn of(graph: &Graph, options: &Options) -> Self {
        let sources = options.sources(graph.nodes());
        let directed = distances_directed(graph, &sources);
        let undirected = distances_undirected(graph, &sources);
        let dyads = cohesion::dyads(graph);
        let triangles = clustering::triangles(graph);
        let local = clustering::local_clustering(graph);
        let known: Vec<f64> = local.iter().flatten().copied().collect();
        let clustering_sum: f64 = known.iter().sum();
        let mean = |count: usize| (count > 0).then(|| clustering_sum / count as f64);
        let degrees = degree::degree(graph);
        let spread_in = spread(&degree::in_degree(graph));
        let spread_out = spread(&degree::out_degree(graph));
        let spread_both = spread(&degrees);
        let weak = components::weak_components(graph);
        let strong = components::strong_components(graph);
        let by_degree = degree_assortativity(graph);
        let found = communities::communities(graph, options.seed, options.restarts(graph.nodes()));
        let density_directed = cohesion::density_directed(graph);
        Self {
            n: graph.nodes(),
            arcs: graph.arcs(),
            undirected_ties: graph.ties(),
            isolates: degrees.iter().filter(|degree| **degree == 0).count(),
            total_weight: degree::out_strength(graph)
                .iter()
                .fold(0.0, |sum, one| sum + one),
            mutual_dyads: dyads.mutual,
            asymmetric_dyads: dyads.asymmetric,
            null_dyads: dyads.null,
            density: density_directed,
            density_directed,
            density_undirected: cohesion::density_undirected(graph),
            reciprocity: dyads.reciprocity_arcs(),
            reciprocity_arcs: dyads.reciprocity_arcs(),
            reciprocity_dyads: dyads.reciprocity_dyads(),
            reciprocity_excess: dyads.reciprocity_excess(),
            transitivity: triangles.transitivity(),
            transitivity_undirected: triangles.transitivity(),
            transitivity_directed_weak: clustering::transitivity_directed(graph),
            average_local_clustering_zero: mean(local.len()),
            average_local_clustering_degree2plus: mean(known.len()),
            triangles: triangles.triangles,
            mean_degree: spread_both.map(|spread| spread.mean),
            mean_out_degree: spread_out.map(|spread| spread.mean),
            mean_degree_undirected: spread_both.map(|spread| spread.mean),
            sd_in_degree: spread_in.map(|spread| spread.standard_deviation),
            sd_out_degree: spread_out.map(|spread| spread.standard_deviation),
            sd_degree_undirected: spread_both.map(|spread| spread.standard_deviation),
            max_in_degree: spread_in.map(|spread| spread.maximum),
            max_out_degree: spread_out.map(|spread| spread.maximum),
            max_degree_undirected: spread_both.map(|spread| spread.maximum),
            average_path_length: value(undirected.average_path_length),
            average_path_length_directed: value(directed.average_path_length),
            average_path_length_undirected: value(undirected.average_path_length),
            reachable_share_directed: value(directed.reachable_share),
            reachable_share_undirected: value(undirected.reachable_share),
            diameter: undirected.diameter,
            diameter_directed: directed.diameter,
            diameter_undirected: undirected.diameter,
            components: weak.count(),
            weak_components: weak.count(),
            largest_weak_component: weak.largest(),
            strong_components: strong.count(),
            largest_strong_component: strong.largest(),
            global_efficiency_undirected: value(undirected.global_efficiency),
            degree_assortativity_out_in: by_degree.directed,
            degree_assortativity_undirected: by_degree.undirected,
            max_coreness: coreness::coreness(graph).into_iter().max(),
            largest_eigenvalue_undirected: eigenvector::eigenvector(graph)
                .map(|found| found.eigenvalue),
            modularity: found.modularity,
            communities: found.count,
            sampling: (!sources.is_all())
                .then(|| sampling(sources.chosen().len(), &directed, &undirected)),
        }
    }
}

fn value(estimate: Option<Estimate>) -> Option<f64> {
    estimate.map(|estimate| estimate.value)
}

fn sampling(pivots: usize, directed: &Distances, undirected: &Distances) -> Sampling {
    let error = |estimate: Option<Estimate>| estimate.and_then(|estimate| estimate.standard_error);
    Sampling {
        pivots,
        average_path_length_directed_standard_error: error(directed.average_path_length),
        average_path_length_undirected_standard_error: error(undirected.average_path_length),
        reachable_share_directed_standard_error: error(directed.reachable_share),
        reachable_share_undirected_standard_error: error(undirected.reachable_share),
        global_efficiency_undirected_standard_error: error(undirected.global_efficiency),
    }
}
