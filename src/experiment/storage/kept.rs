//! Tables of the runs that are kept whole: as Parquet, with columns that say which run a row belongs to.
//!
//! A run writes each of them to a file of its own among the journals, before its line in the journal, which holds the
//! hashes: what was written half is found out. When a part is complete, its runs' rows are copied into the part's
//! file, a group of rows a run; at the end the parts' groups are copied into one file a table, by arm and replicate.
//! So never more than some runs' rows are in memory, however many runs there are.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::error::StoreError;
use super::layout::JOURNAL;
use super::parts::Part;
use crate::experiment::machine::atomically;
use crate::experiment::planning::Plan;
use crate::experiment::results::{Kept, Results, RunResult};
use crate::records::manifest::hash_file;
use crate::records::parquet_file::{GroupReader, GroupWriter};
use crate::records::{ColumnSpec, Error, Kind, Table, TableSpec, columns, parquet_file};

/// Rows from which on a group of the final file is written: enough to compress well, and little to hold.
const GROUP: usize = 1 << 17;

/// Columns in front of those of the table.
const FRONT: [ColumnSpec; 3] = [
    ColumnSpec {
        name: "run",
        kind: Kind::Text,
        unit: "run id",
        meaning: "The run that the row belongs to, as in the table `runs`.",
    },
    ColumnSpec {
        name: "arm",
        kind: Kind::Text,
        unit: "arm",
        meaning: "Arm of the experiment.",
    },
    ColumnSpec {
        name: "replicate",
        kind: Kind::Integer,
        unit: "replicate",
        meaning: "Replicate, from 1; the same number is the same luck in every arm, but for the particles of a calibration.",
    },
];

/// The tables of a run with those columns in front. They live as long as the program, like all specifications.
static SPECS: LazyLock<Vec<TableSpec>> = LazyLock::new(|| {
    let of = |spec: &&'static TableSpec| TableSpec {
        columns: Vec::leak([&FRONT, spec.columns].concat()),
        ..**spec
    };
    columns::ALL.iter().map(of).collect()
});

/// What a kept table looks like; none where a run has no such table.
pub(in crate::experiment) fn spec(table: &str) -> Option<&'static TableSpec> {
    SPECS.iter().find(|spec| spec.name == table)
}

fn known(table: &str) -> Result<&'static TableSpec, Error> {
    // the file was checked against the same list
    spec(table).ok_or_else(|| mistake(Path::new(table), "a run has no such table".to_owned()))
}

fn mistake(path: &Path, reason: String) -> Error {
    Error::Encode {
        path: path.to_owned(),
        reason,
    }
}

/// Where the rows of a part lie.
pub(in crate::experiment) fn part_file(root: &Path, part: &str, table: &str) -> PathBuf {
    root.join(format!("parts/{part}.{table}.parquet"))
}

/// Writes the tables of runs that are kept.
pub(in crate::experiment) struct Keeper {
    folder: PathBuf,
    stem: String,
}

impl Keeper {
    /// A keeper of the tables that an experiment wants; none where it wants none.
    pub(in crate::experiment) fn of(plan: &Plan, folder: &Path, stem: &str) -> Option<Self> {
        (!plan.file.tables.is_empty()).then(|| Self {
            folder: folder.to_owned(),
            stem: stem.to_owned(),
        })
    }

    /// Writes the tables of one run, each to a file of its own.
    pub(in crate::experiment) fn keep(
        &self,
        plan: &Plan,
        (arm, replicate): (usize, u32),
        tables: &[&Table],
    ) -> Result<Vec<Kept>, Error> {
        let run = plan.run_id(arm, replicate);
        let mut kept = Vec::with_capacity(plan.file.tables.len());
        for name in &plan.file.tables {
            let Some(table) = tables.iter().find(|table| table.spec().name == name) else {
                continue;
            };
            // two arms of the same scenario are the same run, and each has a file
            let file = format!("{}.{arm}.{run}.{name}.parquet", self.stem);
            let path = self.folder.join(&file);
            parquet_file::write_file(&path, table)?;
            kept.push(Kept {
                table: name.clone(),
                hash: hash_file(&path)?,
                file,
            });
        }
        Ok(kept)
    }
}

/// The rows of a run in a file of its own, with the columns that say which run it is. The file does not say so: two
/// arms of the same scenario have the same runs.
pub(in crate::experiment) fn of_file(
    path: &Path,
    plan: &Plan,
    (arm, replicate): (usize, u32),
    table: &str,
) -> Result<Table, Error> {
    let spec = known(table)?;
    let own = columns::ALL.iter().find(|own| own.name == table);
    let own = own.ok_or_else(|| mistake(path, "a run has no such table".to_owned()))?;
    let run = plan.run_id(arm, replicate);
    let front = [
        run.as_str().into(),
        plan.arms[arm].name.as_str().into(),
        i64::from(replicate).into(),
    ];
    parquet_file::read_file(path, own)?
        .behind(spec, &front)
        .map_err(|problem| mistake(path, problem.to_string()))
}

/// Whether all tables that are wanted of a run are there as they were written.
pub(in crate::experiment) fn is_whole(folder: &Path, tables: &[String], run: &RunResult) -> bool {
    let same =
        |kept: &Kept| hash_file(&folder.join(&kept.file)).is_ok_and(|found| found == kept.hash);
    let there = |table: &String| {
        run.kept
            .iter()
            .any(|kept| kept.table == *table && same(kept))
    };
    run.failure.is_some() || tables.iter().all(there)
}

/// Removes this process's files of a part that is committed. Those that another process left stay to the end: a
/// double of this one may be reading them.
pub(in crate::experiment) fn release(part: &Part, results: &mut Results, keeper: Option<&Keeper>) {
    let Some(keeper) = keeper else {
        return;
    };
    let own = format!("{}.", keeper.stem);
    for &arm in &part.arms {
        for replicate in part.first..=part.last {
            for kept in results.release(arm, replicate) {
                if kept.file.starts_with(&own) {
                    drop(fs::remove_file(keeper.folder.join(&kept.file)));
                }
            }
        }
    }
}

/// The rows of one table of an open part, in the files of its runs.
pub(in crate::experiment) struct Rows<'a> {
    plan: &'a Plan,
    table: &'a str,
    files: Vec<((usize, u32), PathBuf)>,
}

impl<'a> Rows<'a> {
    /// Those of a part, by arm and replicate; a run that failed has none.
    pub(in crate::experiment) fn of_part(
        root: &Path,
        (plan, part): (&'a Plan, &Part),
        results: &Results,
        table: &'a str,
    ) -> Self {
        let folder = root.join(JOURNAL);
        let mut files = Vec::new();
        for &arm in &part.arms {
            for replicate in part.first..=part.last {
                let kept = results.run(arm, replicate).map_or(&[][..], |run| &run.kept);
                let own = kept.iter().filter(|kept| kept.table == table);
                files.extend(own.map(|kept| ((arm, replicate), folder.join(&kept.file))));
            }
        }
        Self { plan, table, files }
    }

    /// Whether all files are there.
    pub(in crate::experiment) fn are_there(&self) -> bool {
        self.files.iter().all(|(_, file)| file.exists())
    }

    /// Writes them to one file, a group of rows a run.
    pub(in crate::experiment) fn write(&self, to: &Path) -> Result<(), Error> {
        let mut writer = GroupWriter::create(to, known(self.table)?)?;
        for (run, file) in &self.files {
            writer.add(&of_file(file, self.plan, *run, self.table)?)?;
        }
        writer.finish()?;
        Ok(())
    }
}

/// Puts the parts' rows of a table together, by arm and replicate, up to the last replicate that counts; the name of
/// the file below the folder.
pub(in crate::experiment) fn together(
    root: &Path,
    plan: &Plan,
    parts: &[&Part],
    replicates: u32,
    table: &str,
) -> Result<String, StoreError> {
    let spec = known(table)?;
    let path = format!("tables/{table}.parquet");
    // the group of each part that comes next: an arm's groups stand together there, in the order of its replicates
    let mut next = vec![0; parts.len()];
    atomically(&root.join(&path), |to| {
        let mut writer = GroupWriter::create(to, spec)?;
        let mut rows = Table::new(spec);
        for (arm, own) in plan.arms.iter().enumerate() {
            let of_arm = parts
                .iter()
                .enumerate()
                .filter(|(_, p)| p.arms.contains(&arm));
            for (place, part) in of_arm {
                let reader = GroupReader::open(&part_file(root, &part.name, table), spec)?;
                while next[place] < reader.groups() {
                    let group = reader.group(next[place])?;
                    if group.text(0, 1) != Some(&own.name) {
                        break;
                    }
                    next[place] += 1;
                    if group.integer(0, 2) > Some(i64::from(replicates)) {
                        continue;
                    }
                    rows.append(&group)
                        .map_err(|problem| mistake(to, problem.to_string()))?;
                    if rows.len() >= GROUP {
                        writer.add(&rows)?;
                        rows = Table::new(spec);
                    }
                }
            }
        }
        writer.add(&rows)?;
        writer.finish()
    })?;
    Ok(path)
}

/// The rows of one run in the file of its part.
pub(in crate::experiment) fn of_run(
    root: &Path,
    part: &Part,
    (plan, arm, replicate): (&Plan, usize, u32),
    table: &str,
) -> Result<Option<Table>, Error> {
    let reader = GroupReader::open(&part_file(root, &part.name, table), known(table)?)?;
    for place in 0..reader.groups() {
        let rows = reader.group(place)?;
        if rows.text(0, 1) == Some(&plan.arms[arm].name)
            && rows.integer(0, 2) == Some(i64::from(replicate))
        {
            return Ok(Some(rows));
        }
    }
    Ok(None)
}
