//! The end of a campaign: tables, summary, dictionary and manifest, once every part is there.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::study::study;
use super::study_tables;
use super::summary;
use crate::experiment::machine::{atomically, write_bytes, write_table};
use crate::experiment::planning::Plan;
use crate::experiment::results::{PLANNED, Results};
use crate::experiment::running::{CampaignError, Outcome};
use crate::experiment::storage::{JOURNAL, Mark, PLAN, Part, Store, StoreError, kept};
use crate::records::manifest::{FileEntry, TableEntry, hash_file};
use crate::records::moment::now;
use crate::records::{Error, Table, csv_file};

/// Name of the manifest of an experiment.
pub const MANIFEST: &str = "manifest.json";

/// `manifest.json` of an experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExperimentManifest {
    /// Always "allies".
    pub program: String,
    /// Always "experiment".
    pub kind: String,
    /// Version of the form of results.
    pub results_version: String,
    /// Name.
    pub name: String,
    /// The question.
    pub question: String,
    /// What the plan is known by.
    pub plan: String,
    /// Root of the seeds.
    pub seed: u64,
    /// Arms.
    pub arms: usize,
    /// Replicates that count.
    pub replicates: u32,
    /// Runs that count.
    pub runs: usize,
    /// Of these, failed.
    pub failed: usize,
    /// Why it ended, if a rule ended it.
    pub stopped: Option<String>,
    /// Parts.
    pub parts: usize,
    /// Parts that more than one folder held.
    pub doubles: usize,
    /// Builds that computed parts.
    pub builds: Vec<String>,
    /// Machines that computed parts.
    pub hosts: Vec<String>,
    /// CPU time of the runs, as the marks of the parts have it [seconds].
    #[serde(default)]
    pub cpu_seconds: f64,
    /// Most memory that a process had held when it finished a part [bytes].
    #[serde(default)]
    pub peak_memory_bytes: Option<u64>,
    /// Command that gives the same results again.
    pub command: String,
    /// When it was finished, RFC 3339, UTC.
    pub finished: String,
    /// How long this took [seconds].
    pub duration_seconds: f64,
    /// Tables, by what they say.
    pub tables: Vec<TableEntry>,
    /// Files, by their bytes.
    pub files: Vec<FileEntry>,
}

impl ExperimentManifest {
    /// The manifest of a folder; none where the experiment is not finished.
    pub(super) fn read(root: &Path) -> Result<Option<Self>, StoreError> {
        let path = root.join(MANIFEST);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(problem) => return Err(Error::read(&path, problem).into()),
        };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|problem| StoreError::Garbled {
                path,
                reason: format!(
                    "not a manifest of an experiment: {problem}; restore it, or write it anew with \
                     `allies experiment … --resume`"
                ),
            })
    }
}

/// What the caller knows of a finished campaign.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// Command that gives the same results again.
    pub command: String,
    /// How long it took [seconds].
    pub duration_seconds: f64,
    /// Parts that more than one folder held.
    pub doubles: usize,
    /// Whether the tables are written as CSV too.
    pub csv: bool,
}

/// Writes the results of a campaign whose parts are all there: tables, summary, dictionary, manifest.
///
/// # Errors
/// Where a part is missing or something cannot be written.
pub fn finish(
    plan: &Plan,
    store: &Store,
    outcome: &Outcome,
    circumstances: Circumstances,
) -> Result<ExperimentManifest, CampaignError> {
    let root = store.root();
    let all = store.parts();
    let needed: Vec<&Part> = all
        .iter()
        .filter(|part| part.first <= outcome.replicates)
        .collect();
    let mut marks = Vec::with_capacity(needed.len());
    for part in &needed {
        marks.extend(Store::mark(root, part)?);
    }
    if marks.len() < needed.len() {
        return Err(StoreError::Incomplete {
            path: root.to_owned(),
            missing: needed.len() - marks.len(),
            parts: needed.len(),
            round: String::new(),
        }
        .into());
    }
    let mut tables = Vec::from(
        summary::tables(plan, &outcome.results, outcome.replicates).map_err(io::Error::other)?,
    );
    if plan.file.ablation.is_some() || plan.file.sensitivity.is_some() {
        let study = study(plan, &outcome.results, outcome.replicates);
        tables.extend(study_tables::attribution(&study).map_err(io::Error::other)?);
        tables.extend(study_tables::sensitivity(&study).map_err(io::Error::other)?);
    }
    let mut files = Vec::new();
    let mut entry = |path: &str| -> Result<(), CampaignError> {
        let full = root.join(path);
        let size = fs::metadata(&full)
            .map_err(|source| Error::read(&full, source))?
            .len();
        files.push(FileEntry {
            path: path.to_owned(),
            size,
            hash: hash_file(&full)?,
        });
        Ok(())
    };
    for table in &tables {
        let path = format!("tables/{}.parquet", table.spec().name);
        write_table(&root.join(&path), table)?;
        entry(&path)?;
        if circumstances.csv {
            let path = format!("tables/{}.csv", table.spec().name);
            atomically(&root.join(&path), |to| csv_file::write_file(to, table))?;
            entry(&path)?;
        }
    }
    for table in &plan.file.tables {
        entry(&kept::together(
            root,
            plan,
            &needed,
            outcome.replicates,
            table,
        )?)?;
    }
    let mut csv = Vec::new();
    csv_file::write(&tables[3], &mut csv)?;
    write_bytes(&root.join("summary.csv"), &csv)?;
    entry("summary.csv")?;
    write_bytes(&root.join("dictionary.csv"), &dictionary(plan, &tables)?)?;
    entry("dictionary.csv")?;
    for path in ["experiment.toml", "scenario.toml"] {
        entry(path)?;
    }
    let distinct = |read: fn(&Mark) -> &String| {
        let mut names: Vec<String> = marks.iter().map(|mark| read(mark).clone()).collect();
        names.sort();
        names.dedup();
        names
    };
    let record = store.record();
    let manifest = ExperimentManifest {
        program: "allies".to_owned(),
        kind: "experiment".to_owned(),
        results_version: record.results_version.clone(),
        name: plan.file.name.clone(),
        question: plan.file.question.clone(),
        plan: record.id(),
        seed: plan.file.seed,
        arms: plan.arms.len(),
        replicates: outcome.replicates,
        runs: tables[1].len(),
        failed: outcome.failed,
        stopped: outcome.stopped.clone(),
        parts: needed.len(),
        doubles: circumstances.doubles,
        builds: distinct(|mark| &mark.build),
        hosts: distinct(|mark| &mark.host),
        cpu_seconds: marks.iter().filter_map(|mark| mark.cpu_seconds).sum(),
        peak_memory_bytes: marks.iter().filter_map(|mark| mark.peak_memory_bytes).max(),
        command: circumstances.command,
        finished: now(),
        duration_seconds: circumstances.duration_seconds,
        tables: tables.iter().map(TableEntry::from).collect(),
        files,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(io::Error::other)? + "\n";
    write_bytes(&root.join(MANIFEST), text.as_bytes())?;
    // every part is committed: what the journals held is in them
    drop(fs::remove_dir_all(root.join(JOURNAL)));
    Ok(manifest)
}

/// The runs of a finished campaign, and how many replicates count.
///
/// # Errors
/// Where it is not finished, or cannot be read.
pub fn finished(plan: &Plan, root: &Path) -> Result<(Results, u32), StoreError> {
    let store = Store::reading(root, plan)?;
    let Some(manifest) = ExperimentManifest::read(root)? else {
        return Err(StoreError::Garbled {
            path: root.to_owned(),
            reason: "the experiment is not finished; go on with `allies experiment … --resume`, or put its \
                     shards together with `allies collect`"
                .to_owned(),
        });
    };
    let parts = store.parts();
    let (mut missing, mut needed) = (0, 0);
    for part in parts.iter().filter(|p| p.first <= manifest.replicates) {
        needed += 1;
        missing += usize::from(Store::mark(root, part)?.is_none());
    }
    if missing > 0 {
        return Err(StoreError::Incomplete {
            path: root.to_owned(),
            missing,
            parts: needed,
            round: String::new(),
        });
    }
    Ok((store.load_all(plan)?, manifest.replicates))
}

/// The data dictionary of the tables.
fn dictionary(plan: &Plan, tables: &[Table]) -> io::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["table", "column", "type", "unit", "meaning"])?;
    let own = std::iter::once(&PLANNED).chain(tables.iter().map(Table::spec));
    for spec in own.chain(
        plan.file
            .tables
            .iter()
            .filter_map(|table| kept::spec(table)),
    ) {
        out.write_record([spec.name, "", "", "", spec.meaning])?;
        for column in spec.columns {
            out.write_record([
                spec.name,
                column.name,
                column.kind.name(),
                column.unit,
                column.meaning,
            ])?;
        }
    }
    out.into_inner()
        .map_err(|problem| io::Error::other(problem.to_string()))
}

/// Whether a folder is that of an experiment.
pub fn is_experiment(root: &Path) -> bool {
    root.join(PLAN).exists()
}
