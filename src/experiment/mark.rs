//! Where a finished part comes from: its mark, with build, machine and the engine's job; and how two of them differ.

use std::collections::BTreeMap;
use std::fs;

use serde::{Deserialize, Serialize};

use crate::records::Table;
use crate::records::manifest::{Build, hash_file};

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

pub(super) fn engine() -> BTreeMap<String, String> {
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

/// This machine's name.
pub(super) fn host() -> String {
    let named = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = named.or_else(|| std::env::var("HOSTNAME").ok());
    let name: String = named.unwrap_or_default().trim().chars().take(60).collect();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if !name.is_empty() && name.chars().all(plain) {
        name
    } else {
        "machine".to_owned()
    }
}

/// What this build is known by: version and commit, or the program file itself where the commit is unknown.
pub fn build() -> String {
    let build = Build::current();
    let version = env!("CARGO_PKG_VERSION");
    let source = if build.commit == "unknown" {
        let program = std::env::current_exe().ok();
        let hash = program.and_then(|program| hash_file(&program).ok());
        hash.map_or(build.commit, |hash| format!("program {}", &hash[..16]))
    } else {
        build.commit
    };
    format!("{version}, {source}, {}", build.profile)
}
