//! `allies measure`: network measures of any organisation.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::initialization::import::{ColumnMap, OrganisationFiles};
use crate::measures::assortativity::{
    categorical_assortativity, modularity, numeric_assortativity,
};
use crate::measures::{Graph, GraphMeasures, NodeMeasures, Options};

/// Measure the network of any organisation.
#[derive(Debug, Clone, PartialEq, clap::Args)]
pub(super) struct MeasureArguments {
    /// People: id and any attributes
    #[arg(long, value_name = "E.csv")]
    pub employees: PathBuf,
    /// Ties: source, target, layer and, if any layer is valued, weight
    #[arg(long, value_name = "T.csv")]
    pub ties: PathBuf,
    /// The layer to measure; given several times, the union of these
    #[arg(long, value_name = "L", conflicts_with = "union")]
    pub layer: Vec<String>,
    /// Measure the union of all layers; a tie's weight is the number of layers that have it
    #[arg(long)]
    pub union: bool,
    /// Keep only ties of at least this weight
    #[arg(long, value_name = "W", allow_negative_numbers = true)]
    pub min_weight: Option<f64>,
    /// Folder for nodes.csv and graph.json
    #[arg(long, value_name = "DIR", default_value = "output/measure")]
    pub out: PathBuf,
    /// Write over an earlier result
    #[arg(long)]
    pub force: bool,
    /// Print errors only
    #[arg(long)]
    pub quiet: bool,
}

/// The input is wrong, not the program: exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct WrongInput(pub String);

/// Reads both files, measures, and writes `nodes.csv` and `graph.json`; what there is to say of it.
///
/// # Errors
/// A [`WrongInput`] when files or arguments will not do; any other error when writing failed.
/// Nothing is left half-written.
pub(super) fn run(arguments: &MeasureArguments) -> anyhow::Result<String> {
    refuse_to_overwrite(arguments)?;
    // Attributes are taken as they are: an age given as "30-39" is a group here, not a fault.
    let columns = ColumnMap::attributes_only();
    let files = OrganisationFiles::read(&arguments.employees, &arguments.ties, &columns).map_err(
        |all| {
            let lines: Vec<String> = all.iter().map(ToString::to_string).collect();
            WrongInput(lines.join("\n"))
        },
    )?;
    let selection = Selection::choose(arguments, &files)?;
    let graph = selection.graph(&files)?;
    let options = Options::default();
    let nodes = NodeMeasures::of(&graph, &options);
    let whole = GraphMeasures::of(&graph, &options);
    let report = Report {
        definition: selection.definition(),
        measures: &whole,
        assortativity: attributes(&files, &graph),
    };
    write_results(&arguments.out, &nodes_table(&files, &nodes)?, &report)?;
    if arguments.quiet {
        return Ok(String::new());
    }
    Ok(format!(
        "{} people, {} ties ({}): nodes.csv and graph.json in {}\n",
        whole.n,
        whole.arcs,
        report.definition,
        arguments.out.display()
    ))
}

fn refuse_to_overwrite(arguments: &MeasureArguments) -> Result<(), WrongInput> {
    let out = &arguments.out;
    if out.exists() && !out.is_dir() {
        return Err(WrongInput(format!(
            "{}: this is a file, not a folder",
            out.display()
        )));
    }
    for name in ["nodes.csv", "graph.json"] {
        let file = out.join(name);
        if file.exists() && !arguments.force {
            let file = file.display();
            return Err(WrongInput(format!(
                "{file} exists; add --force to write over it, or choose another folder with --out"
            )));
        }
    }
    Ok(())
}

/// Which ties are measured.
#[derive(Debug, Clone, PartialEq)]
struct Selection {
    layers: Vec<String>,
    is_union: bool,
    min_weight: Option<f64>,
}

impl Selection {
    fn choose(arguments: &MeasureArguments, files: &OrganisationFiles) -> Result<Self, WrongInput> {
        if arguments.min_weight.is_some_and(f64::is_nan) {
            return Err(WrongInput("--min-weight must be a number".to_owned()));
        }
        for layer in &arguments.layer {
            if !files.layers.contains(layer) {
                let there = files.layers.join(", ");
                let ties = arguments.ties.display();
                return Err(WrongInput(format!(
                    "{ties}: there is no layer \"{layer}\"; the layers are {there}"
                )));
            }
        }
        let mut layers = if arguments.layer.is_empty() {
            files.layers.clone()
        } else {
            arguments.layer.clone()
        };
        layers.sort();
        layers.dedup();
        // In the order of the file, however they were asked for.
        let layers: Vec<String> = files
            .layers
            .iter()
            .filter(|layer| layers.contains(layer))
            .cloned()
            .collect();
        let is_union = arguments.union || layers.len() > 1;
        Ok(Self {
            layers,
            is_union,
            min_weight: arguments.min_weight,
        })
    }

    fn graph(&self, files: &OrganisationFiles) -> anyhow::Result<Graph> {
        let enough = |weight: f64| self.min_weight.is_none_or(|least| weight >= least);
        let ties = files.ties.iter();
        let arcs = ties.filter(|tie| self.layers.contains(&tie.layer) && enough(tie.weight));
        let arcs = arcs.map(|tie| {
            // In a union the graph adds up parallel arcs: one for each layer.
            let weight = if self.is_union { 1.0 } else { tie.weight };
            (tie.source as u32, tie.target as u32, weight)
        });
        Ok(Graph::from_arcs(files.people.len(), arcs)?)
    }

    fn definition(&self) -> String {
        let text = match (self.layers.as_slice(), self.is_union) {
            ([], _) => "no ties".to_owned(),
            ([layer], false) => format!("layer {layer}"),
            (layers, _) => format!(
                "union of {}; weight = number of these that have the arc",
                layers.join(", ")
            ),
        };
        let least = self
            .min_weight
            .map(|least| format!("; ties of weight {least} or more"));
        text + &least.unwrap_or_default()
    }
}

/// `graph.json`.
#[derive(Serialize)]
struct Report<'a> {
    definition: String,
    #[serde(flatten)]
    measures: &'a GraphMeasures,
    assortativity: Map<String, Value>,
}

/// Assortativity by each attribute; numeric when every value is a number. Names and managers
/// are who somebody is, not what somebody is like.
fn attributes(files: &OrganisationFiles, graph: &Graph) -> Map<String, Value> {
    let mut all = Map::new();
    let columns = files.attribute_columns.iter();
    for column in columns.filter(|name| !["name", "manager_id"].contains(&name.as_str())) {
        let cells = || {
            files
                .people
                .iter()
                .map(|person| person.attributes.get(column))
        };
        let with_value = cells().flatten().count();
        let numbers: Vec<Option<f64>> = cells()
            .map(|cell| cell?.parse().ok().filter(|x: &f64| x.is_finite()))
            .collect();
        let is_numeric = with_value > 0 && numbers.iter().flatten().count() == with_value;
        let entry = if is_numeric {
            let found = numeric_assortativity(graph, &numbers);
            json!({
                "kind": "numeric",
                "employees_with_value": with_value,
                "assortativity_directed": found.directed,
                "assortativity_undirected": found.undirected,
            })
        } else {
            let mut labels: Vec<&String> = cells().flatten().collect();
            labels.sort();
            labels.dedup();
            let place = |cell: Option<&String>| labels.binary_search(&cell?).ok();
            let groups: Vec<Option<u32>> = cells()
                .map(|cell| place(cell).map(|place| place as u32))
                .collect();
            let found = categorical_assortativity(graph, &groups);
            json!({
                "kind": "categorical",
                "employees_with_value": with_value,
                "groups": labels.len(),
                "assortativity_directed": found.directed,
                "assortativity_undirected": found.undirected,
                "modularity_of_attribute": modularity(graph, &groups),
            })
        };
        all.insert(column.clone(), entry);
    }
    all
}

fn nodes_table(files: &OrganisationFiles, nodes: &NodeMeasures) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "id",
        "in_degree",
        "out_degree",
        "degree",
        "in_strength",
        "out_strength",
        "betweenness_directed",
        "betweenness_undirected",
        "constraint_directed",
        "constraint_undirected",
        "constraint_weighted",
        "effective_size_directed",
        "effective_size_undirected",
        "effective_size_weighted",
        "clustering",
        "core",
        "pagerank",
        "eigenvector",
        "harmonic",
        "community",
    ])?;
    let cell = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for (node, person) in files.people.iter().enumerate() {
        table.write_record([
            person.source_id.clone(),
            nodes.in_degree[node].to_string(),
            nodes.out_degree[node].to_string(),
            nodes.degree[node].to_string(),
            nodes.in_strength[node].to_string(),
            nodes.out_strength[node].to_string(),
            nodes.betweenness_directed[node].to_string(),
            nodes.betweenness_undirected[node].to_string(),
            cell(nodes.constraint_directed[node]),
            cell(nodes.constraint_undirected[node]),
            cell(nodes.constraint_weighted[node]),
            cell(nodes.effective_size_directed[node]),
            cell(nodes.effective_size_undirected[node]),
            cell(nodes.effective_size_weighted[node]),
            cell(nodes.clustering[node]),
            nodes.core[node].to_string(),
            nodes.pagerank[node].to_string(),
            cell(nodes.eigenvector[node]),
            nodes.harmonic[node].to_string(),
            nodes.community[node].to_string(),
        ])?;
    }
    table.into_inner().context("the table of nodes")
}

/// Writes both files into a folder beside, which then takes its place, or gives its files, at once.
fn write_results(out: &Path, nodes: &[u8], report: &Report<'_>) -> anyhow::Result<()> {
    let out = std::path::absolute(out)?;
    let parent = out
        .parent()
        .context("the root folder cannot hold results")?;
    let place = || format!("writing results to {}", out.display());
    fs::create_dir_all(parent).with_context(place)?;
    let beside = tempfile::Builder::new()
        .prefix(".measure-")
        .tempdir_in(parent)
        .with_context(place)?;
    // A folder in the temporary one: that is closed to others, and its rights would stay.
    let ready = beside.path().join("results");
    fs::create_dir(&ready).with_context(place)?;
    fs::write(ready.join("nodes.csv"), nodes).with_context(place)?;
    let mut file = fs::File::create(ready.join("graph.json")).with_context(place)?;
    serde_json::to_writer_pretty(&mut file, report).with_context(place)?;
    file.write_all(b"\n").with_context(place)?;
    if out.exists() {
        // Never the folder itself: it may hold other work.
        for name in ["nodes.csv", "graph.json"] {
            fs::rename(ready.join(name), out.join(name)).with_context(place)?;
        }
    } else {
        fs::rename(&ready, &out).with_context(place)?;
    }
    Ok(())
}
