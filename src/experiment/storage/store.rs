//! The folder of an experiment: which runs belong to it, which are done, and nothing half written.
//!
//! ```text
//! plan.json          what the results are known by: arms, outcomes, seeds, parts; written last when the folder is made
//! experiment.toml    the file as it was given; scenario.toml, inputs/: the base scenario, complete
//! parts/             part-….outcomes.parquet, part-….runs.parquet and one file for each table that is kept
//! commit/            part-….json: a part without it does not exist
//! journal/           runs of open parts, and the tables of theirs that are kept
//! tables/, summary.csv, dictionary.csv, manifest.json    at the end
//! ```
//!
//! Every file is written under another name, brought to the disk and renamed. Host, times and durations stand in the
//! marks of the parts and in the manifest alone, so that all else repeats byte for byte. An experiment on one machine
//! holds a lock that the system takes back when the process dies, in whatever way; a shard takes none, since a
//! part that two of them finish must be the same, and is compared.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::kept;
use super::layout::PLAN;
use super::mark::{Effort, Mark, first_difference};
use super::parts::Part;
use super::premises::{copy_inputs, is_ours_or_empty, lock, own_file, sweep, write_runs};
use super::record::{Mode, Record};
use crate::experiment::machine::{atomically, create_bytes, write_bytes, write_table};
use crate::experiment::planning::Plan;
use crate::experiment::results::{OUTCOMES, RUNS, Results, RunResult, enter};
use crate::records::manifest::hash_file;
use crate::records::{Error, Table, parquet_file};

/// An open folder.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    record: Record,
    /// Held as long as this lives.
    _lock: Option<File>,
}

impl Store {
    /// Opens the folder of an experiment, and makes it where there is none.
    ///
    /// # Errors
    /// Where something else stands there, another process writes to it, or it cannot be written.
    pub fn open(root: &Path, plan: &Plan, mode: Mode) -> Result<Self, StoreError> {
        if root.is_file() {
            let path = root.to_owned();
            return Err(Error::FileInTheWay { path }.into());
        }
        let file = own_file(plan)?;
        let fresh = Record::of(plan)?;
        let begun = root.join(PLAN).exists();
        if begun && !mode.resume && !mode.shard {
            return Err(StoreError::Exists(root.to_owned()));
        }
        // asked in this order: another shard may make the folder meanwhile
        if !begun && !is_ours_or_empty(root)? && !root.join(PLAN).exists() {
            return Err(StoreError::Foreign(root.to_owned()));
        }
        fs::create_dir_all(root).map_err(|source| Error::write(root, source))?;
        let lock = if mode.shard { None } else { Some(lock(root)?) };
        if lock.is_some() {
            sweep(root)?;
        }
        let record = if root.join(PLAN).exists() {
            let known = Record::read(root)?;
            known.go_on(root, &fresh, mode)?
        } else {
            copy_inputs(root, plan)?;
            write_bytes(&root.join("experiment.toml"), file.as_bytes())?;
            fresh
        };
        let store = Self {
            root: root.to_owned(),
            record,
            _lock: lock,
        };
        let text = store.record.text()?;
        let differs = |name: &str, text: &str| {
            fs::read(root.join(name)).ok().as_deref() != Some(text.as_bytes())
        };
        // words for readers may have come to the file, which the plan does not hold
        if differs("experiment.toml", &file) {
            write_bytes(&root.join("experiment.toml"), file.as_bytes())?;
        }
        if differs(PLAN, &text) {
            write_runs(root, plan, &store.record.parts())?;
            write_bytes(&root.join(PLAN), text.as_bytes())?;
        }
        Ok(store)
    }

    /// Opens a folder to collect into. What others are about to write there is left alone.
    ///
    /// # Errors
    /// Where it is not the folder of an experiment, or another process writes to it.
    pub fn existing(root: &Path) -> Result<Self, StoreError> {
        let record = Record::read(root)?;
        Ok(Self {
            _lock: Some(lock(root)?),
            root: root.to_owned(),
            record,
        })
    }

    /// A folder that is planned and not there yet, to see which parts it would have.
    pub(in crate::experiment) fn ahead(root: &Path, plan: &Plan) -> Result<Self, StoreError> {
        Ok(Self {
            root: root.to_owned(),
            record: Record::of(plan)?,
            _lock: None,
        })
    }

    /// Opens a folder to read, with the plan of the file that lies in it.
    ///
    /// # Errors
    /// Where it is not the folder of an experiment, or the file is another than the one that was run.
    pub fn reading(root: &Path, plan: &Plan) -> Result<Self, StoreError> {
        let record = Record::read(root)?;
        if let Some(what) = record.unlike(plan) {
            return Err(StoreError::Garbled {
                path: root.join("experiment.toml"),
                reason: format!("not the experiment whose runs lie here: {what}; restore the file"),
            });
        }
        Ok(Self {
            root: root.to_owned(),
            record,
            _lock: None,
        })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the folder says of itself.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// All parts, in order.
    pub fn parts(&self) -> Vec<Part> {
        self.record.parts()
    }

    /// Where a part's files lie: outcomes, runs, mark.
    fn files(root: &Path, name: &str) -> [PathBuf; 3] {
        [
            root.join(format!("parts/{name}.outcomes.parquet")),
            root.join(format!("parts/{name}.runs.parquet")),
            root.join(format!("commit/{name}.json")),
        ]
    }

    /// The mark of a part, if it is done and its files are as the mark says.
    ///
    /// # Errors
    /// Where the mark cannot be read.
    pub fn mark(root: &Path, part: &Part) -> Result<Option<Mark>, StoreError> {
        let [outcomes, runs, mark] = Self::files(root, &part.name);
        let bytes = match fs::read(&mark) {
            Ok(bytes) => bytes,
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(problem) => return Err(Error::read(&mark, problem).into()),
        };
        let found: Mark =
            serde_json::from_slice(&bytes).map_err(|problem| StoreError::Garbled {
                path: mark,
                reason: format!("{problem}; remove it, and its part is computed again"),
            })?;
        let same = |path: &Path, hash: &str| hash_file(path).is_ok_and(|found| found == hash);
        // a file that is gone or damaged makes the part one that does not exist
        let kept = |(table, hash): (&String, &String)| {
            same(&kept::part_file(root, &part.name, table), hash)
        };
        let whole = same(&outcomes, &found.outcomes)
            && same(&runs, &found.runs)
            && found.kept.iter().all(kept);
        Ok(whole.then_some(found))
    }

    /// Reads the runs of a finished part.
    ///
    /// # Errors
    /// Where its files cannot be read.
    pub fn load(&self, plan: &Plan, part: &Part, results: &mut Results) -> Result<(), StoreError> {
        let [outcomes, runs, _] = Self::files(&self.root, &part.name);
        let (values, runs) = (
            parquet_file::read_file(&outcomes, &OUTCOMES)?,
            parquet_file::read_file(&runs, &RUNS)?,
        );
        let per_run = plan.outcomes.len();
        let mut row = 0;
        for &arm in &part.arms {
            for replicate in part.first..=part.last {
                let at = row * per_run;
                let values = (at..at + per_run).map(|row| values.real(row, 4)).collect();
                let failure = runs.text(row, 5).map(str::to_owned);
                let run = RunResult {
                    values,
                    failure,
                    kept: Vec::new(),
                };
                results.enter(arm, replicate, run);
                row += 1;
            }
        }
        Ok(())
    }

    /// Reads the runs of all finished parts.
    ///
    /// # Errors
    /// Where their files cannot be read.
    pub fn load_all(&self, plan: &Plan) -> Result<Results, StoreError> {
        let most = self.record.batches.iter().map(|batch| batch.last).max();
        let mut results = Results::new(plan.arms.len(), most.unwrap_or(0));
        for part in self.parts() {
            if Self::mark(&self.root, &part)?.is_some() {
                self.load(plan, &part, &mut results)?;
            }
        }
        Ok(results)
    }

    /// Commits a finished part. Where it was committed before, the two are compared.
    ///
    /// # Errors
    /// Where it cannot be written, or differs from what is there.
    pub(in crate::experiment) fn commit(
        &self,
        (plan, part): (&Plan, &Part),
        results: &Results,
        effort: Effort,
    ) -> Result<(), StoreError> {
        let (mut values, mut runs) = (Table::new(&OUTCOMES), Table::new(&RUNS));
        for &arm in &part.arms {
            for replicate in part.first..=part.last {
                enter(plan, results, (arm, replicate), &mut values, &mut runs)
                    .map_err(io::Error::other)?;
            }
        }
        if let Some(before) = Self::mark(&self.root, part)? {
            return self.compare((plan, part), results, (&values, &runs), &before);
        }
        let count = runs.len();
        let [outcomes_path, runs_path, mark_path] = Self::files(&self.root, &part.name);
        write_table(&outcomes_path, &values)?;
        write_table(&runs_path, &runs)?;
        let mut kept = BTreeMap::new();
        for table in &self.record.tables {
            let path = kept::part_file(&self.root, &part.name, table);
            let rows = kept::Rows::of_part(&self.root, (plan, part), results, table);
            atomically(&path, |to| rows.write(to))?;
            kept.insert(table.clone(), hash_file(&path)?);
        }
        let mark = Mark {
            part: part.name.clone(),
            outcomes: hash_file(&outcomes_path)?,
            runs: hash_file(&runs_path)?,
            kept,
            count,
            ..Mark::made(self.build(), effort)
        };
        let text = serde_json::to_string_pretty(&mark).map_err(io::Error::other)?;
        if create_bytes(&mark_path, text.as_bytes())? {
            return Ok(());
        }
        // another process was faster, or an older mark does not fit the files that lay there
        match Self::mark(&self.root, part)? {
            Some(first) => self.compare((plan, part), results, (&values, &runs), &first),
            None => Ok(write_bytes(&mark_path, text.as_bytes())?),
        }
    }

    /// Compares what was computed with what a part has been committed with.
    fn compare(
        &self,
        (plan, part): (&Plan, &Part),
        results: &Results,
        (values, runs): (&Table, &Table),
        before: &Mark,
    ) -> Result<(), StoreError> {
        let own =
            tempfile::tempdir_in(&self.root).map_err(|source| Error::write(&self.root, source))?;
        let path = own.path().join("twice.parquet");
        let [outcomes_path, runs_path, _] = Self::files(&self.root, &part.name);
        for (table, hash, there) in [
            (values, &before.outcomes, &outcomes_path),
            (runs, &before.runs, &runs_path),
        ] {
            parquet_file::write_file(&path, table)?;
            if hash_file(&path)? != *hash {
                let other = parquet_file::read_file(there, table.spec())?;
                return Err(self.disagree(part, &first_difference(table, &other)));
            }
        }
        for (table, hash) in &before.kept {
            let rows = kept::Rows::of_part(&self.root, (plan, part), results, table);
            // whoever finished the part first may have swept away what a killed one had kept
            if rows.are_there() {
                rows.write(&path)?;
                if hash_file(&path)? != *hash {
                    return Err(self.disagree(part, &format!("table {table}")));
                }
            }
        }
        Ok(())
    }

    fn disagree(&self, part: &Part, what: &str) -> StoreError {
        StoreError::Disagree {
            path: self.root.clone(),
            part: part.name.clone(),
            what: what.to_owned(),
        }
    }

    /// The build that writes now.
    pub fn build(&self) -> &str {
        self.record.builds.last().map_or("", String::as_str)
    }

    /// Takes a finished part over from another folder of the same experiment; says whether it was there already.
    ///
    /// # Errors
    /// Where the two folders disagree, or files cannot be copied.
    pub fn take_over(&self, from: &Path, part: &Part) -> Result<bool, StoreError> {
        let Some(theirs) = Self::mark(from, part)? else {
            return Ok(false);
        };
        if let Some(own) = Self::mark(&self.root, part)? {
            for (a, b, what) in [
                (&own.outcomes, &theirs.outcomes, "outcomes"),
                (&own.runs, &theirs.runs, "runs"),
            ] {
                if a != b {
                    return Err(self.disagree(part, what));
                }
            }
            if let Some((table, _)) = own
                .kept
                .iter()
                .find(|(t, h)| theirs.kept.get(*t) != Some(h))
            {
                return Err(self.disagree(part, table));
            }
            return Ok(true);
        }
        let copy = |from: &Path, to: &Path| {
            atomically(to, |to| {
                let copied = fs::copy(from, to).map_err(|source| Error::write(to, source))?;
                Ok(copied)
            })
        };
        for table in theirs.kept.keys() {
            let file = |root| kept::part_file(root, &part.name, table);
            copy(&file(from), &file(&self.root))?;
        }
        let (to, from) = (
            Self::files(&self.root, &part.name),
            Self::files(from, &part.name),
        );
        // the mark comes last
        for (to, from) in to.iter().zip(&from) {
            copy(from, to)?;
        }
        Ok(false)
    }
}
