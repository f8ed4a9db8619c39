//! Bringing the parts that several folders hold into one, with those of the rounds of a calibration.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::layout::{JOURNAL, PLAN, ROUNDS};
use super::premises::{copy_plan, sweep};
use super::record::Record;
use super::store::Store;
use crate::records::Error;

/// Brings all finished parts of some folders into one; how many were there more than once.
///
/// # Errors
/// Where the folders hold different experiments, their parts disagree, or files cannot be copied.
pub fn gather(folders: &[PathBuf], out: &Path) -> Result<usize, StoreError> {
    let mut doubles = 0;
    for folder in folders {
        Record::read(folder)?;
        doubles += take(folder, out)?;
        for round in rounds(folder)? {
            let name = Path::new(ROUNDS).join(round.file_name().unwrap_or_default());
            doubles += take(&round, &out.join(name))?;
        }
    }
    Ok(doubles)
}

/// Takes all finished parts of a folder over.
fn take(folder: &Path, out: &Path) -> Result<usize, StoreError> {
    copy_plan(folder, out)?;
    let store = Store::existing(out)?;
    if Record::read(folder)?.id() != store.record().id() {
        return Err(StoreError::Other {
            path: folder.to_owned(),
            what: format!("its plan is not that of {}", out.display()),
        });
    }
    let mut doubles = 0;
    if folder.canonicalize().ok() != out.canonicalize().ok() {
        for part in store.parts() {
            doubles += usize::from(store.take_over(folder, &part)?);
        }
    }
    Ok(doubles)
}

/// The folders of the rounds of a calibration that have been begun, in their order.
fn rounds(root: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let folder = root.join(ROUNDS);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(problem) => return Err(Error::read(&folder, problem).into()),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|problem| Error::read(&folder, problem))?;
        let path = entry.path();
        if path.join(PLAN).exists() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Removes what processes that were killed left half written, and the journals of finished rounds. Only for who holds
/// the lock, and only when all parts are there: a shard that is still at work computes what nobody needs.
///
/// # Errors
/// Where a folder cannot be read.
pub fn tidy(root: &Path) -> Result<(), StoreError> {
    sweep(root)?;
    for round in rounds(root)? {
        sweep(&round)?;
        drop(fs::remove_dir_all(round.join(JOURNAL)));
    }
    Ok(())
}
