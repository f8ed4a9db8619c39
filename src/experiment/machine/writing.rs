//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::host::host;
use crate::records::{Error, Table, parquet_file};

/// Writes a file under another name, brings it to the disk and renames it.
pub(in crate::experiment) fn atomically<T>(
    path: &Path,
    write: impl FnOnce(&Path) -> Result<T, Error>,
) -> Result<T, Error> {
    let failed = |source| Error::write(path, source);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let temporary = temporary(path);
    let done = write(&temporary).and_then(|written| {
        let file = File::options().write(true).open(&temporary);
        file.and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&temporary, path))
            .and_then(|()| sync_folder(path))
            .map_err(failed)?;
        Ok(written)
    });
    if done.is_err() {
        drop(fs::remove_file(&temporary));
    }
    done
}

/// A name beside the file that no other process uses, on this machine or on another one that shares the folder.
fn temporary(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".tmp-{}-{}", host(), std::process::id()));
    path.with_file_name(name)
}

/// Brings the name of a file to the disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if cfg!(unix) => File::open(parent)?.sync_all(),
        _ => Ok(()),
    }
}

/// Writes bytes to a file that must not be there yet, whole or not at all; false where it is there, and is left alone.
pub(in crate::experiment) fn create_bytes(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    let failed = |source| Error::write(path, source);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let temporary = temporary(path);
    let written = File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    // a link is made only where there is no file of that name; a few shared file systems have none
    let linked = written.and_then(|()| match fs::hard_link(&temporary, path) {
        Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(_) if path.exists() => Ok(false),
        Err(_) => fs::rename(&temporary, path).map(|()| true),
        Ok(()) => Ok(true),
    });
    drop(fs::remove_file(&temporary));
    let created = linked.map_err(failed)?;
    sync_folder(path).map_err(failed)?;
    Ok(created)
}

/// Writes bytes to a file, whole or not at all.
pub(in crate::experiment) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    atomically(path, |to| {
        let written = File::create(to).and_then(|mut file| file.write_all(bytes));
        written.map_err(|source| Error::write(path, source))
    })
}

/// Writes a table as Parquet, whole or not at all.
pub(in crate::experiment) fn write_table(path: &Path, table: &Table) -> Result<(), Error> {
    atomically(path, |to| parquet_file::write_file(to, table))
}
