//! Where a finished part comes from: its mark, with build, machine and the engine's job; and how two of them differ.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::experiment::machine::{host, peak_memory, processor};
use crate::records::Table;
use crate::records::moment::now;

/// The mark of a finished part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Name of the part.
    pub part: String,
    /// BLAKE3 of its outcomes file.
    pub outcomes: String,
    /// BLAKE3 of its runs file.
    pub runs: String,
    /// BLAKE3 of its file of each table that is kept.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kept: BTreeMap<String, String>,
    /// Runs.
    pub count: usize,
    /// Build that ran it.
    pub build: String,
    /// Machine.
    pub host: String,
    /// When it was finished.
    pub finished: String,
    /// Kind of machine that the program was compiled for.
    #[serde(default)]
    pub target: String,
    /// Features of the processor that the program was compiled to use.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub features: String,
    /// Compiler.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rustc: String,
    /// The processor, as the system calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub processor: String,
    /// CPU time that the process which finished it spent on its runs [seconds].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_seconds: Option<f64>,
    /// Most memory that this process had held until then [bytes].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_memory_bytes: Option<u64>,
    /// Which attempt finished it, from 1: one more than the restarts that the engine counts, or than the processes that left
    /// runs of the part in their journals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u32>,
    /// What a cluster's engine calls the job, by the variable that said so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub engine: BTreeMap<String, String>,
}

/// Variables by which engines say which job it is.
const ENGINES: [&str; 9] = [
    "SLURM_CLUSTER_NAME",
    "SLURM_ARRAY_JOB_ID",
    "SLURM_ARRAY_TASK_ID",
    "SLURM_RESTART_COUNT",
    "HQ_JOB_ID",
    "HQ_TASK_ID",
    "HQ_INSTANCE_ID",
    "JOB_COMPLETION_INDEX",
    "AWS_BATCH_JOB_ID",
];

/// Variables by which engines count the restarts of a job, from 0.
const RESTARTS: [&str; 2] = ["SLURM_RESTART_COUNT", "HQ_INSTANCE_ID"];

/// What it took to finish a part.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::experiment) struct Effort {
    /// CPU time of this process [seconds].
    pub cpu_seconds: Option<f64>,
    /// Processes that left runs of the part in their journals.
    pub before: u32,
}

impl Mark {
    /// The mark of a part that this process has finished, without the part's name and hashes.
    pub(super) fn made(build: &str, effort: Effort) -> Self {
        let said = |name: &str| std::env::var(name).ok()?.parse::<u32>().ok();
        let restarts = RESTARTS.into_iter().find_map(said).unwrap_or(0);
        Self {
            part: String::new(),
            outcomes: String::new(),
            runs: String::new(),
            kept: BTreeMap::new(),
            count: 0,
            build: build.to_owned(),
            host: host(),
            finished: now(),
            target: env!("ALLIES_TARGET").to_owned(),
            features: env!("ALLIES_FEATURES").to_owned(),
            rustc: env!("ALLIES_RUSTC").to_owned(),
            processor: processor(),
            cpu_seconds: effort.cpu_seconds,
            peak_memory_bytes: peak_memory(),
            attempt: Some(1 + restarts.max(effort.before)),
            engine: engine(),
        }
    }
}

fn engine() -> BTreeMap<String, String> {
    let said = |name: &&str| Some(((*name).to_owned(), std::env::var(name).ok()?));
    ENGINES.iter().filter_map(said).collect()
}

/// The first row in which two tables differ, in words.
pub(super) fn first_difference(one: &Table, other: &Table) -> String {
    let name = one.spec().name;
    let row = (0..one.len().min(other.len())).find(|&row| one.row(row).ne(other.row(row)));
    let Some(row) = row else {
        return format!("table {name}: {} rows and {}", one.len(), other.len());
    };
    let shown = |table: &Table| {
        let cells: Vec<String> = table.row(row).map(|cell| format!("{cell:?}")).collect();
        cells.join(", ")
    };
    format!(
        "table {name}, row {}: {} was computed, {} was there",
        row + 1,
        shown(one),
        shown(other)
    )
}
