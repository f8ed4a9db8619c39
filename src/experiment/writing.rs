//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::records::{Error, Table, parquet_file};

/// Writes a file under another name, brings it to the disk and renames it.
pub(super) fn atomically<T>(
    path: &Path,
    write: impl FnOnce(&Path) -> Result<T, Error>,
) -> Result<T, Error> {
    let failed = |source| Error::write(path, source);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".tmp-{}", std::process::id()));
    let temporary = path.with_file_name(name);
    let done = write(&temporary).and_then(|written| {
        let file = File::options().write(true).open(&temporary);
        file.and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&temporary, path))
            .and_then(|()| match path.parent() {
                Some(parent) if cfg!(unix) => File::open(parent)?.sync_all(),
                _ => Ok(()),
            })
            .map_err(failed)?;
        Ok(written)
    });
    if done.is_err() {
        drop(fs::remove_file(&temporary));
    }
    done
}

/// Writes bytes to a file, whole or not at all.
pub(super) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    atomically(path, |to| {
        let written = File::create(to).and_then(|mut file| file.write_all(bytes));
        written.map_err(|source| Error::write(path, source))
    })
}

/// Writes a table as Parquet, whole or not at all.
pub(super) fn write_table(path: &Path, table: &Table) -> Result<(), Error> {
    atomically(path, |to| parquet_file::write_file(to, table))
}
