//! Making, locking and copying the folder of an experiment.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use super::error::StoreError;
use super::layout::PLAN;
use super::parts::Part;
use crate::experiment::machine::{host, write_bytes, write_table};
use crate::experiment::planning::Plan;
use crate::experiment::results::PLANNED;
use crate::records::{Error, Table};

/// Copies what a folder says of itself to another, where parts are to be collected; nothing where it says so already.
///
/// # Errors
/// Where something else stands there, or files cannot be copied.
pub(super) fn copy_plan(from: &Path, to: &Path) -> Result<(), StoreError> {
    if to.join(PLAN).exists() {
        return Ok(());
    }
    if !is_ours_or_empty(to)? {
        return Err(StoreError::Foreign(to.to_owned()));
    }
    for name in [
        "inputs/employees.csv",
        "inputs/ties.csv",
        POINTS,
        "scenario.toml",
        "experiment.toml",
        PLANNED_RUNS,
        PLAN,
    ] {
        let path = from.join(name);
        if path.exists() {
            let bytes = fs::read(&path).map_err(|source| Error::read(&path, source))?;
            write_bytes(&to.join(name), &bytes)?;
        }
    }
    Ok(())
}

/// Whether nothing stands in a folder but what an experiment that was killed before its plan was written may have left.
pub(super) fn is_ours_or_empty(root: &Path) -> Result<bool, StoreError> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(problem) => return Err(Error::read(root, problem).into()),
    };
    for entry in entries {
        let entry = entry.map_err(|problem| Error::read(root, problem))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = [
            "lock",
            "experiment.toml",
            "scenario.toml",
            "inputs",
            PLANNED_RUNS,
        ];
        let ours = known.contains(&name.as_str()) || name.contains(".tmp-");
        if !ours {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes the lock of a folder, which the system takes back when the process ends.
pub(super) fn lock(root: &Path) -> Result<File, StoreError> {
    let path = root.join("lock");
    let mut file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|source| Error::write(&path, source))?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0)
                .and_then(|()| writeln!(file, "process {} on {}", std::process::id(), host()))
                .map_err(|source| Error::write(&path, source))?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked(root.to_owned())),
        Err(TryLockError::Error(problem)) => Err(Error::write(&path, problem).into()),
    }
}

/// The experiment file as it goes on from its own folder: with everything that it says, and its scenario beside it.
pub(super) fn own_file(plan: &Plan) -> Result<String, StoreError> {
    let mut file = plan.file.clone();
    "scenario.toml".clone_into(&mut file.scenario);
    // the base scenario beside it holds these already
    file.set.clear();
    if let Some(table) = file.factors.as_mut().and_then(|f| f.table.as_mut()) {
        POINTS.clone_into(table);
    }
    Ok(toml::to_string(&file).map_err(io::Error::other)?)
}

/// Copy of the table of points of a design.
const POINTS: &str = "inputs/points.csv";

/// Writes the base scenario and copies the files of a real organisation, so that any run can be repeated from here.
pub(super) fn copy_inputs(root: &Path, plan: &Plan) -> Result<(), StoreError> {
    let mut base = plan.base.clone();
    if let Some(import) = &mut base.organisation.import {
        for (name, file) in [
            ("employees", &mut import.employees),
            ("ties", &mut import.ties),
        ] {
            let from = plan.folder.join(&file);
            let bytes = fs::read(&from).map_err(|source| Error::read(&from, source))?;
            *file = format!("inputs/{name}.csv");
            write_bytes(&root.join(&file), &bytes)?;
        }
    }
    if let Some(table) = plan.file.factors.as_ref().and_then(|f| f.table.as_ref()) {
        let from = plan.file_folder.join(table);
        let bytes = fs::read(&from).map_err(|source| Error::read(&from, source))?;
        write_bytes(&root.join(POINTS), &bytes)?;
    }
    let text = toml::to_string(&base).map_err(io::Error::other)?;
    Ok(write_bytes(&root.join("scenario.toml"), text.as_bytes())?)
}

/// The runs that are planned, a row each.
const PLANNED_RUNS: &str = "plan.parquet";

/// Writes the runs that are planned.
pub(super) fn write_runs(root: &Path, plan: &Plan, parts: &[Part]) -> Result<(), StoreError> {
    let mut table = Table::new(&PLANNED);
    let seconds = plan.estimated_seconds();
    for part in parts {
        for &arm in &part.arms {
            for replicate in part.first..=part.last {
                let run = plan.run_id(arm, replicate);
                let row = [
                    part.name.as_str().into(),
                    plan.arms[arm].name.as_str().into(),
                    i64::from(replicate).into(),
                    (plan.seed(arm, replicate) as i64).into(),
                    run.as_str().into(),
                    seconds.into(),
                ];
                table.push(&row).map_err(io::Error::other)?;
            }
        }
    }
    Ok(write_table(&root.join(PLANNED_RUNS), &table)?)
}

/// Removes what a process that was killed left half written. Only who holds the lock may do it.
pub(super) fn sweep(root: &Path) -> Result<(), Error> {
    for folder in ["", "inputs", "parts", "commit", "tables"] {
        let folder = root.join(folder);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => continue,
            Err(problem) => return Err(Error::read(&folder, problem)),
        };
        for entry in entries {
            let path = entry
                .map_err(|problem| Error::read(&folder, problem))?
                .path();
            let name = path.file_name().unwrap_or_default();
            if name.to_string_lossy().contains(".tmp-") {
                fs::remove_file(&path).map_err(|problem| Error::write(&path, problem))?;
            }
        }
    }
    Ok(())
}
