//! `allies measure` as a function: what it writes, what it refuses, what it leaves alone.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

// Compiled from its source, so that it is tested whether or not the command line knows it.
#[path = "../src/cli/measure.rs"]
#[allow(unreachable_pub)]
mod measure;

use allies::{initialization, measures};
use clap::Parser;
use measure::{MeasureArguments, WrongInput, run};
use serde_json::Value;
use tempfile::TempDir;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    measure: MeasureArguments,
}

const EMPLOYEES: &str = "id,department,age\na,Sales,30\nb,Sales,40\nc,Plant,\nd,Plant,50\n";
const TIES: &str =
    "source,target,layer,weight\na,b,advice,2\nb,a,advice,1\nb,c,advice,3\na,b,lunch,1\n";

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("e.csv"), EMPLOYEES).unwrap();
    fs::write(folder.path().join("t.csv"), TIES).unwrap();
    folder
}

fn arguments(folder: &Path, more: &[&str]) -> MeasureArguments {
    let path = |name: &str| folder.join(name).display().to_string();
    let (employees, ties, out) = (path("e.csv"), path("t.csv"), path("results"));
    let mut words = vec![
        "measure",
        "--employees",
        &employees,
        "--ties",
        &ties,
        "--out",
        &out,
        "--quiet",
    ];
    words.extend(more);
    Command::try_parse_from(words).unwrap().measure
}

fn graph_json(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("results/graph.json")).unwrap()).unwrap()
}

#[test]
fn several_layers_are_measured_as_their_union() {
    let folder = folder();
    run(&arguments(folder.path(), &[])).unwrap();
    let nodes = fs::read_to_string(folder.path().join("results/nodes.csv")).unwrap();
    let lines: Vec<&str> = nodes.lines().collect();
    assert_eq!(
        lines[0],
        "id,in_degree,out_degree,degree,in_strength,out_strength,betweenness_directed,\
         betweenness_undirected,constraint_directed,constraint_undirected,constraint_weighted,\
         effective_size_directed,effective_size_undirected,effective_size_weighted,clustering,\
         core,pagerank,eigenvector,harmonic,community"
    );
    assert!(
        lines[1].starts_with("a,1,1,1,1,2,0,0,1,1,1,1,1,1,,1,0."),
        "{}",
        lines[1]
    );
    assert!(
        lines[4].starts_with("d,0,0,0,0,0,0,0,,,,,,,,0,0."),
        "an isolate: {}",
        lines[4]
    );
    let graph = graph_json(folder.path());
    let definition = "union of advice, lunch; weight = number of these that have the arc";
    assert_eq!(graph["definition"], definition);
    assert_eq!(graph["arcs"], 3);
    assert_eq!(graph["total_weight"], 4.0);
    assert_eq!(graph["mutual_dyads"], 1);
    assert_eq!(graph["density"], 0.25);
    assert_eq!(graph["diameter"], 2);
    assert_eq!(graph["components"], 2);
    assert_eq!(graph["assortativity"]["department"]["kind"], "categorical");
    assert_eq!(graph["assortativity"]["age"]["employees_with_value"], 3);
    assert_eq!(graph["sampling"], Value::Null);
}

#[test]
fn one_layer_keeps_its_weights_and_weak_ties_can_be_left_out() {
    let folder = folder();
    run(&arguments(
        folder.path(),
        &["--layer", "advice", "--min-weight", "2"],
    ))
    .unwrap();
    let graph = graph_json(folder.path());
    assert_eq!(
        graph["definition"],
        "layer advice; ties of weight 2 or more"
    );
    assert_eq!(
        (&graph["arcs"], &graph["total_weight"]),
        (&Value::from(2), &Value::from(5.0))
    );
    assert_eq!(graph["transitivity"], 0.0);
    assert_eq!(graph["reciprocity"], 0.0);
}

#[test]
fn without_ties_what_is_not_defined_is_null() {
    let folder = folder();
    fs::write(folder.path().join("t.csv"), "source,target,layer\n").unwrap();
    run(&arguments(folder.path(), &[])).unwrap();
    let graph = graph_json(folder.path());
    assert_eq!(graph["density"], 0.0);
    for name in [
        "reciprocity",
        "transitivity",
        "average_path_length",
        "diameter",
        "modularity",
    ] {
        assert_eq!(graph[name], Value::Null, "{name}");
    }
}

#[test]
fn an_earlier_result_stays_unless_forced_and_other_files_stay_always() {
    let folder = folder();
    let results = folder.path().join("results");
    fs::create_dir(&results).unwrap();
    fs::write(results.join("notes.txt"), "mine").unwrap();
    run(&arguments(folder.path(), &[])).unwrap();
    let error = run(&arguments(folder.path(), &[])).unwrap_err();
    let wrong = error.downcast_ref::<WrongInput>().unwrap();
    assert!(
        wrong
            .0
            .contains("nodes.csv exists; add --force to write over it"),
        "{wrong}"
    );
    run(&arguments(folder.path(), &["--layer", "lunch", "--force"])).unwrap();
    assert_eq!(graph_json(folder.path())["definition"], "layer lunch");
    assert_eq!(
        fs::read_to_string(results.join("notes.txt")).unwrap(),
        "mine"
    );
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 3, "no temporary folder is left");
}

#[test]
fn wrong_files_and_layers_are_told_and_nothing_is_written() {
    let folder = folder();
    let error = run(&arguments(folder.path(), &["--layer", "advise"])).unwrap_err();
    let text = error.downcast_ref::<WrongInput>().unwrap().0.clone();
    assert!(
        text.ends_with("there is no layer \"advise\"; the layers are advice, lunch"),
        "{text}"
    );
    fs::write(
        folder.path().join("t.csv"),
        "source,target,layer\na,zed,x\na,a,x\n",
    )
    .unwrap();
    let error = run(&arguments(folder.path(), &[])).unwrap_err();
    let text = error.downcast_ref::<WrongInput>().unwrap().0.clone();
    assert!(text.contains("t.csv:2: target: nobody among the employees has the id \"zed\""));
    assert!(
        text.contains("t.csv:3: \"a\" is tied to themselves"),
        "{text}"
    );
    assert!(!folder.path().join("results").exists());
}

#[test]
fn an_age_in_groups_is_an_attribute_like_any_other() {
    let folder = folder();
    let employees = "id,age,manager_id\na,30-39,\nb,30-39,nobody\nc,40-49,\nd,,\n";
    fs::write(folder.path().join("e.csv"), employees).unwrap();
    run(&arguments(folder.path(), &[])).unwrap();
    let graph = graph_json(folder.path());
    assert_eq!(graph["assortativity"]["age"]["kind"], "categorical");
    assert_eq!(
        graph["assortativity"].as_object().unwrap().len(),
        1,
        "managers are no attribute"
    );
}
