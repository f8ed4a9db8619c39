//! `allies cluster`: a script that runs the shards of an experiment on a cluster. It is printed; nothing is submitted.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::experiment::planned;
use super::output::{FINE, WRONG_INPUT, print};
use super::quoting::quoted;
use crate::experiment::Changes;

/// Print a script that runs an experiment in shards on a cluster; nothing is submitted
#[derive(Debug, Args)]
pub(super) struct Cluster {
    /// What runs the shards
    #[arg(value_enum)]
    pub engine: Engine,
    /// Experiment file
    pub experiment: PathBuf,
    /// Number of shards; `allies experiment … --plan-only` advises one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub shards: u32,
    /// Folder of the results, which all nodes share [default: output/experiments/<name>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// What runs the shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Engine {
    /// A job array of Slurm
    Slurm,
    /// HyperQueue over Slurm
    Hyperqueue,
    /// Ray, from Python
    Ray,
    /// An Indexed Job of Kubernetes
    Kubernetes,
    /// An array job of AWS Batch
    AwsBatch,
    /// GNU parallel
    Parallel,
}

impl Engine {
    const fn template(self) -> &'static str {
        match self {
            Self::Slurm => include_str!("../../assets/cluster/slurm.sh"),
            Self::Hyperqueue => include_str!("../../assets/cluster/hyperqueue.sh"),
            Self::Ray => include_str!("../../assets/cluster/ray.py"),
            Self::Kubernetes => include_str!("../../assets/cluster/kubernetes.yaml"),
            Self::AwsBatch => include_str!("../../assets/cluster/aws-batch.sh"),
            Self::Parallel => include_str!("../../assets/cluster/parallel.sh"),
        }
    }
}

/// Pods at a time on Kubernetes, unless the user changes it.
const PODS: u32 = 200;

/// Prints the script; the exit code.
///
/// # Errors
/// When nothing can be printed.
pub(super) fn run(arguments: &Cluster) -> anyhow::Result<u8> {
    let Some(plan) = planned(&arguments.experiment, &Changes::default(), true)? else {
        return Ok(WRONG_INPUT);
    };
    let shards = arguments.shards;
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("output/experiments").join(&plan.file.name));
    let json = |path: &Path| serde_json::to_string(&path.display().to_string());
    let shell = |path: &Path| quoted(&path.display().to_string());
    let text = filled(
        arguments.engine.template(),
        &[
            (
                "title",
                format!("{}: {} runs", one_line(&plan.file.name), plan.runs()),
            ),
            ("name", label(&plan.file.name)),
            ("experiment_json", json(&arguments.experiment)?),
            ("experiment", shell(&arguments.experiment)),
            ("out_json", json(&out)?),
            ("out", shell(&out)),
            ("shards", shards.to_string()),
            ("last", (shards - 1).to_string()),
            ("parallel", shards.min(PODS).to_string()),
        ],
    );
    print(&text)?;
    Ok(FINE)
}

/// A template with its names filled in; other braces stay.
fn filled(template: &str, words: &[(&str, String)]) -> String {
    let mut text = template.to_owned();
    for (name, word) in words {
        text = text.replace(&format!("{{{name}}}"), word);
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as every engine takes it: small letters, digits and hyphens.
fn label(name: &str) -> String {
    let small = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(small).take(50).collect();
    let name = name.trim_matches('-');
    if name.is_empty() {
        "experiment".to_owned()
    } else {
        name.to_owned()
    }
}
