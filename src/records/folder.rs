//! The results folder: either not there or whole.
//!
//! A run writes into `<name>.incomplete-<process>` beside its target, on the same disk, with a file
//! `INCOMPLETE` in it. [`ResultsFolder::finish`] brings everything to the disk and renames the folder
//! into place. Dropped before that, the folder is removed; a run that is killed leaves it behind,
//! marked, where it is in nobody's way.
//!
//! With `--force` the old results are moved aside to `<name>.replaced-<process>`, the new ones
//! renamed into place, and only then the old ones removed; if that removal fails they stay there.
//! Only what [`allies` wrote](Manifest), or an empty folder, is ever replaced.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::error::Error;
use super::manifest::{self, FileEntry, Manifest, RunDescription, TableEntry};
use super::table::Table;
use super::{csv_file, parquet_file};

/// The file that marks a folder whose run is not finished.
pub const MARKER: &str = "INCOMPLETE";

/// Folder of the tables, below the results.
pub const TABLES: &str = "tables";

const MARKER_TEXT: &str = "A run of allies writes here and has not finished.\n\
    If no such run is going on, it was stopped; this folder can be removed.\n";

/// In which form tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableFormat {
    /// Parquet alone.
    #[default]
    Parquet,
    /// CSV alone.
    Csv,
    /// Both.
    Both,
}

/// What stands at the target.
enum Standing {
    Nothing,
    Empty,
    Filled,
}

/// A results folder in the making.
#[derive(Debug)]
pub struct ResultsFolder {
    /// As the user named it, for messages.
    named: PathBuf,
    /// Where the results will stand.
    target: PathBuf,
    /// Where they are written.
    work: PathBuf,
    force: bool,
    /// Whether the working folder is to be removed on drop.
    unfinished: bool,
}

impl ResultsFolder {
    /// Claims a place for results, before the run starts.
    ///
    /// # Errors
    /// Where something stands at the target that may not be replaced, or no folder can be made.
    pub fn create(target: &Path, force: bool) -> Result<Self, Error> {
        let named = target.to_owned();
        let cannot = |source| cannot_write_there(&named, source);
        let mut target = std::path::absolute(target).map_err(cannot)?;
        let standing = standing(&named, &target)?;
        check(&named, &target, &standing, force)?;
        if !matches!(standing, Standing::Nothing) {
            // A link keeps leading to the results: what it leads to is replaced, not the link.
            target = target.canonicalize().map_err(cannot)?;
        }
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(Error::NoName { path: named });
        };
        fs::create_dir_all(parent).map_err(cannot)?;
        let work = make_sibling(parent, name, "incomplete").map_err(cannot)?;
        let folder = Self {
            named,
            target,
            work,
            force,
            unfinished: true,
        };
        folder.write_file(MARKER, |to| to.write_all(MARKER_TEXT.as_bytes()))?;
        Ok(folder)
    }

    /// Where the results are written until [`finish`](Self::finish).
    pub fn path(&self) -> &Path {
        &self.work
    }

    /// Where the results will stand.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes a file at a path below the folder (with `/`), making the folders in between.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write_file(
        &self,
        path: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), Error> {
        let path = self.below(path)?;
        let written = File::create(&path).and_then(|file| {
            let mut to = BufWriter::with_capacity(1 << 16, file);
            write(&mut to)?;
            to.flush()
        });
        written.map_err(|source| Error::write(&path, source))
    }

    /// Writes a table in one form or both, and says what the manifest needs to know of it. Tables may
    /// be written from several threads at once.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write_table(&self, table: &Table, format: TableFormat) -> Result<TableEntry, Error> {
        let name = table.spec().name;
        if format != TableFormat::Csv {
            let path = self.below(&format!("{TABLES}/{name}.parquet"))?;
            parquet_file::write_file(&path, table)?;
        }
        if format != TableFormat::Parquet {
            csv_file::write_file(&self.below(&format!("{TABLES}/{name}.csv"))?, table)?;
        }
        Ok(table.into())
    }

    /// Writes the manifest, brings all to the disk and puts the folder in its place, which is
    /// returned.
    ///
    /// # Errors
    /// Where a file cannot be written; the folder is then removed. Where only the last step fails,
    /// such as when another run took the place meanwhile, the complete folder is kept and the error
    /// names it.
    pub fn finish(
        mut self,
        run: RunDescription,
        tables: Vec<TableEntry>,
    ) -> Result<PathBuf, Error> {
        let mut files = Vec::new();
        list(&self.work, "", &mut files)?;
        let text = Manifest::new(run, tables, files)
            .to_json()
            .map_err(|problem| {
                Error::write(&self.work.join(manifest::FILE_NAME), problem.into())
            })?;
        self.write_file(manifest::FILE_NAME, |to| to.write_all(text.as_bytes()))?;
        let marker = self.work.join(MARKER);
        sync_all(&self.work)
            .and_then(|()| fs::remove_file(&marker))
            .and_then(|()| sync_folder(&self.work))
            .map_err(|source| Error::write(&self.work, source))?;

        self.unfinished = false;
        self.put_in_place().map_err(|reason| Error::NotInPlace {
            path: self.named.clone(),
            kept: self.work.clone(),
            reason,
        })?;
        Ok(self.target.clone())
    }

    fn put_in_place(&self) -> Result<(), String> {
        let words = |problem: io::Error| problem.to_string();
        // Looked at anew: the run may have taken hours.
        let standing = standing(&self.named, &self.target)
            .and_then(|standing| {
                check(&self.named, &self.target, &standing, self.force).map(|()| standing)
            })
            .map_err(|problem| problem.to_string())?;
        let (Some(parent), Some(name)) = (self.target.parent(), self.target.file_name()) else {
            return Err("it has no name".to_owned());
        };
        let mut replaced = None;
        match standing {
            Standing::Nothing => {}
            Standing::Empty => fs::remove_dir(&self.target).map_err(words)?,
            Standing::Filled => {
                // Made and removed again: this is how a free name is found.
                let aside = make_sibling(parent, name, "replaced").map_err(words)?;
                fs::remove_dir(&aside)
                    .and_then(|()| fs::rename(&self.target, &aside))
                    .map_err(words)?;
                replaced = Some(aside);
            }
        }
        if let Err(problem) = fs::rename(&self.work, &self.target) {
            if let Some(aside) = replaced
                && fs::rename(&aside, &self.target).is_err()
            {
                return Err(format!(
                    "{problem} (the old results are in {})",
                    aside.display()
                ));
            }
            return Err(words(problem));
        }
        sync_folder(parent).map_err(words)?;
        if let Some(aside) = replaced {
            // What cannot be removed stays aside; the new results stand and are whole.
            drop(fs::remove_dir_all(aside));
        }
        Ok(())
    }

    /// The place of a file in the working folder; its folder is made.
    fn below(&self, path: &str) -> Result<PathBuf, Error> {
        let path = self.work.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|source| Error::write(parent, source))?;
        }
        Ok(path)
    }
}

impl Drop for ResultsFolder {
    fn drop(&mut self) {
        if self.unfinished {
            drop(fs::remove_dir_all(&self.work));
        }
    }
}

/// Whether a folder is what a run left that did not finish.
pub fn is_incomplete(folder: &Path) -> bool {
    folder.join(MARKER).exists()
}

fn standing(named: &Path, target: &Path) -> Result<Standing, Error> {
    let cannot = |source| cannot_write_there(named, source);
    if let Err(source) = fs::symlink_metadata(target) {
        return match source.kind() {
            io::ErrorKind::NotFound => Ok(Standing::Nothing),
            _ => Err(cannot(source)),
        };
    }
    match fs::metadata(target) {
        Ok(found) if found.is_dir() => {
            let mut entries = fs::read_dir(target).map_err(cannot)?;
            Ok(if entries.next().is_none() {
                Standing::Empty
            } else {
                Standing::Filled
            })
        }
        Ok(_) => Err(Error::FileInTheWay {
            path: named.to_owned(),
        }),
        Err(_) => Err(Error::CannotWriteThere {
            path: named.to_owned(),
            reason: "a link that leads nowhere".to_owned(),
        }),
    }
}

/// Whether what stands at the target may be replaced.
fn check(named: &Path, target: &Path, standing: &Standing, force: bool) -> Result<(), Error> {
    match standing {
        Standing::Nothing => Ok(()),
        _ if !force => Err(Error::Exists {
            path: named.to_owned(),
        }),
        Standing::Filled if !Manifest::is_ours(target) => Err(Error::NotOurs {
            path: named.to_owned(),
        }),
        _ => Ok(()),
    }
}

fn cannot_write_there(named: &Path, source: io::Error) -> Error {
    let reason = match source.kind() {
        io::ErrorKind::PermissionDenied => "no permission to write there".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a part of this path is a file, not a folder".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::InvalidFilename => "the name is too long or not allowed".to_owned(),
        io::ErrorKind::InvalidInput => "not a usable path".to_owned(),
        _ => return Error::write(named, source),
    };
    Error::CannotWriteThere {
        path: named.to_owned(),
        reason,
    }
}

/// A new empty folder `<name>.<what>-<process>`, with a number after it where a dead run of the
/// same process number left one.
fn make_sibling(parent: &Path, name: &std::ffi::OsStr, what: &str) -> io::Result<PathBuf> {
    let process = std::process::id();
    let mut number = 1;
    loop {
        let mut sibling = OsString::from(name);
        sibling.push(format!(".{what}-{process}"));
        if number > 1 {
            sibling.push(format!("-{number}"));
        }
        let path = parent.join(sibling);
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists && number < 10_000 => {
                number += 1;
            }
            Err(problem) => return Err(problem),
        }
    }
}

/// The files below a folder in the order of their names, without the marker.
fn list(folder: &Path, prefix: &str, files: &mut Vec<FileEntry>) -> Result<(), Error> {
    let read = |source| Error::read(folder, source);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        names.push(entry.map_err(read)?.file_name());
    }
    names.sort();
    for name in names {
        let path = folder.join(&name);
        let relative = format!("{prefix}{}", name.to_string_lossy());
        let found = fs::metadata(&path).map_err(|source| Error::read(&path, source))?;
        if found.is_dir() {
            list(&path, &format!("{relative}/"), files)?;
        } else if relative != MARKER {
            let hash = manifest::hash_file(&path)?;
            files.push(FileEntry {
                path: relative,
                size: found.len(),
                hash,
            });
        }
    }
    Ok(())
}

/// Brings all files below a folder to the disk, then the folder.
fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_all(&path)?;
        } else {
            File::options()
                .read(true)
                .write(true)
                .open(&path)?
                .sync_all()?;
        }
    }
    sync_folder(folder)
}

/// Brings the names in a folder to the disk; where folders cannot be opened, the system does it.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "folder_tests.rs"]
mod tests;
