//! Measures against igraph and networkx: on graphs made up for the purpose, and on a real
//! organisation where the shared data are at hand.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use allies::initialization::import::{ColumnMap, OrganisationFiles};
use allies::measures::assortativity::{
    Assortativity, categorical_assortativity, modularity, numeric_assortativity,
};
use allies::measures::{Graph, GraphMeasures, NodeMeasures, Options};
use serde_json::Value;

/// Relative; the reference has 12 significant digits.
const CLOSED_FORM: f64 = 1e-9;

fn is_near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= CLOSED_FORM * expected.abs().max(1e-3)
}

struct Comparison {
    graph: String,
    compared: usize,
    wrong: Vec<String>,
}

impl Comparison {
    fn new(graph: &str) -> Self {
        Self {
            graph: graph.to_owned(),
            compared: 0,
            wrong: Vec::new(),
        }
    }

    fn check(&mut self, what: &str, found: Option<f64>, expected: &Value) {
        self.compared += 1;
        let agrees = match (found, expected.as_f64()) {
            (Some(found), Some(expected)) => is_near(found, expected),
            (found, None) => found.is_none() && expected.is_null(),
            (None, Some(_)) => false,
        };
        if !agrees {
            self.wrong
                .push(format!("{}: {what}: {found:?}, not {expected}", self.graph));
        }
    }

    fn column(&mut self, name: &str, found: &[Option<f64>], expected: &Value) {
        let expected = expected.as_array().unwrap();
        assert_eq!(found.len(), expected.len(), "{name}");
        for (node, (found, expected)) in found.iter().zip(expected).enumerate() {
            self.check(&format!("{name} of node {node}"), *found, expected);
        }
    }

    fn assortativity(&mut self, name: &str, found: Assortativity, expected: &Value) {
        self.check(name, found.directed, &expected["assortativity_directed"]);
        self.check(
            name,
            found.undirected,
            &expected["assortativity_undirected"],
        );
    }

    fn finish(self, at_least: usize) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert!(
            self.compared >= at_least,
            "{}: only {} compared",
            self.graph,
            self.compared
        );
    }
}

fn counts(column: &[u32]) -> Vec<Option<f64>> {
    column.iter().map(|&count| Some(f64::from(count))).collect()
}

fn known(column: &[f64]) -> Vec<Option<f64>> {
    column.iter().copied().map(Some).collect()
}

fn column(nodes: &NodeMeasures, name: &str) -> Option<Vec<Option<f64>>> {
    Some(match name {
        "in_degree" => counts(&nodes.in_degree),
        "out_degree" => counts(&nodes.out_degree),
        "degree_undirected" => counts(&nodes.degree),
        "in_strength" => known(&nodes.in_strength),
        "out_strength" => known(&nodes.out_strength),
        "betweenness_directed" => known(&nodes.betweenness_directed),
        "betweenness_undirected" => known(&nodes.betweenness_undirected),
        "constraint_directed" => nodes.constraint_directed.clone(),
        "constraint_undirected" => nodes.constraint_undirected.clone(),
        "constraint_weighted" => nodes.constraint_weighted.clone(),
        "effective_size_directed" => nodes.effective_size_directed.clone(),
        "effective_size_undirected" => nodes.effective_size_undirected.clone(),
        "effective_size_weighted" => nodes.effective_size_weighted.clone(),
        "efficiency_undirected" => {
            let sizes = nodes.effective_size_undirected.iter().zip(&nodes.degree);
            sizes
                .map(|(size, &degree)| Some((*size)? / f64::from(degree)))
                .collect()
        }
        "local_clustering_undirected" => nodes.clustering.clone(),
        "pagerank" => known(&nodes.pagerank),
        "pagerank_weighted" => nodes.pagerank_weighted.clone(),
        "eigenvector_undirected" => nodes.eigenvector.clone(),
        "coreness_undirected" => counts(&nodes.core),
        "harmonic_undirected" => known(&nodes.harmonic),
        // Not measured here: `id`, and Fagiolo's directed clustering.
        _ => return None,
    })
}

fn compare(name: &str, graph: &Graph, expected: &Value) -> Comparison {
    let mut comparison = Comparison::new(name);
    let nodes = NodeMeasures::of(graph, &Options::default());
    for (name, values) in expected["nodes"].as_object().unwrap() {
        if let Some(found) = column(&nodes, name) {
            comparison.column(name, &found, values);
        }
    }
    let whole = GraphMeasures::of(graph, &Options::default());
    let found = serde_json::to_value(&whole).unwrap();
    for (name, value) in expected["graph"].as_object().unwrap() {
        if name != "eigenvalue_gap_undirected" {
            assert!(found.get(name).is_some(), "graph.json must have {name}");
            comparison.check(name, found[name].as_f64(), value);
        }
    }
    let communities = &expected["communities"];
    let reached = whole.modularity.unwrap();
    let best = communities["leiden_best"].as_f64().unwrap();
    assert!(
        reached >= best - 0.01,
        "{name}: modularity {reached}, others reach {best}"
    );
    if let Some(optimal) = communities["optimal"].as_f64() {
        assert!(
            reached <= optimal + 1e-9,
            "{name}: modularity {reached} above {optimal}"
        );
    }
    let groups: Vec<Option<u32>> = nodes.community.iter().copied().map(Some).collect();
    assert_eq!(
        modularity(graph, &groups),
        whole.modularity,
        "{name}: the same division"
    );
    comparison
}

fn numbered<'a>(values: impl Iterator<Item = Option<&'a str>> + Clone) -> Vec<Option<u32>> {
    let mut labels: Vec<&str> = values.clone().flatten().collect();
    labels.sort_unstable();
    labels.dedup();
    values
        .map(|value| value.and_then(|value| labels.binary_search(&value).ok()))
        .map(|place| place.map(|place| place as u32))
        .collect()
}

#[test]
fn made_up_graphs_measure_as_in_igraph_and_networkx() {
    let text = include_str!("fixtures/measures/made_up_graphs.json");
    let fixtures: Value = serde_json::from_str(text).unwrap();
    for (name, expected) in fixtures["graphs"].as_object().unwrap() {
        let arcs = expected["arcs"].as_array().unwrap().iter().map(|arc| {
            let end = |place: usize| arc[place].as_u64().unwrap() as u32;
            (end(0), end(1), arc[2].as_f64().unwrap())
        });
        let n = expected["graph"]["n"].as_u64().unwrap() as usize;
        let graph = Graph::from_arcs(n, arcs).unwrap();
        let mut comparison = compare(name, &graph, expected);
        let groups = numbered(
            expected["block"]
                .as_array()
                .unwrap()
                .iter()
                .map(Value::as_str),
        );
        let found = categorical_assortativity(&graph, &groups);
        comparison.assortativity("block", found, &expected["attributes"]["block"]);
        let numbers: Vec<Option<f64>> = expected["number"]
            .as_array()
            .unwrap()
            .iter()
            .map(Value::as_f64)
            .collect();
        let found = numeric_assortativity(&graph, &numbers);
        comparison.assortativity("number", found, &expected["attributes"]["number (numeric)"]);
        comparison.finish(19 * n + 40);
    }
}

/// The shared data: beside the project, or where ALLIES_SHARED_DATA says.
#[allow(clippy::print_stderr)] // a test that skips must say so
fn shared_data() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("ALLIES_SHARED_DATA").map_or(beside, PathBuf::from);
    if folder
        .join("krackhardt-high-tech/reference-measures.json")
        .is_file()
    {
        return Some(folder);
    }
    eprintln!(
        "SKIPPED: no shared data in {}; set ALLIES_SHARED_DATA to it",
        folder.display()
    );
    None
}

fn layer_graph(files: &OrganisationFiles, layers: &[&str]) -> Graph {
    let ties = files
        .ties
        .iter()
        .filter(|tie| layers.contains(&tie.layer.as_str()));
    let is_union = layers.len() > 1;
    let arcs = ties.map(|tie| {
        (
            tie.source as u32,
            tie.target as u32,
            if is_union { 1.0 } else { tie.weight },
        )
    });
    Graph::from_arcs(files.people.len(), arcs).unwrap()
}

#[test]
fn the_high_tech_managers_measure_as_in_the_published_reference() {
    let Some(folder) = shared_data() else { return };
    let folder = folder.join("krackhardt-high-tech");
    let text = std::fs::read_to_string(folder.join("reference-measures.json")).unwrap();
    let reference: Value = serde_json::from_str(&text).unwrap();
    let (employees, ties) = (folder.join("employees.csv"), folder.join("ties.csv"));
    let files = OrganisationFiles::read(&employees, &ties, &ColumnMap::default()).unwrap();
    let graphs = reference["graphs"].as_object().unwrap();
    assert_eq!(graphs.len(), 5);
    for (name, expected) in graphs {
        let layers = match name.as_str() {
            "union" => vec!["advice", "friendship", "reports-to"],
            "union-informal" => vec!["advice", "friendship"],
            layer => vec![layer],
        };
        let graph = layer_graph(&files, &layers);
        let mut comparison = compare(name, &graph, expected);
        for (attribute, expected) in expected["attributes"].as_object().unwrap() {
            let column = attribute.trim_end_matches(" (numeric)");
            let cells = files
                .people
                .iter()
                .map(|p| p.attributes.get(column).map(String::as_str));
            if expected["kind"] == "numeric" {
                let numbers: Vec<Option<f64>> = cells
                    .map(|cell| cell.map(|cell| cell.parse().unwrap()))
                    .collect();
                let found = numeric_assortativity(&graph, &numbers);
                comparison.assortativity(attribute, found, expected);
            } else {
                let groups = numbered(cells);
                let found = categorical_assortativity(&graph, &groups);
                comparison.assortativity(attribute, found, expected);
                let wanted = &expected["modularity_of_attribute"];
                comparison.check(attribute, modularity(&graph, &groups), wanted);
            }
        }
        comparison.finish(15 * 21 + 45);
    }
}
