//! Reading a results folder: the manifest at once, tables when asked for.

use std::path::{Path, PathBuf};

use super::error::Error;
use super::folder::{TABLES, is_incomplete};
use super::manifest::{Manifest, hash_file};
use super::spec::TableSpec;
use super::table::Table;
use super::{csv_file, parquet_file};

/// A finished results folder.
#[derive(Debug, Clone)]
pub struct Results {
    root: PathBuf,
    manifest: Manifest,
}

impl Results {
    /// Opens a results folder and reads its manifest.
    ///
    /// # Errors
    /// Where there is no such folder, it is not one of results, is incomplete, or its manifest is
    /// damaged, foreign or of another version of results.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        if !folder.exists() {
            return Err(Error::NoFolder {
                path: folder.to_owned(),
            });
        }
        if !folder.is_dir() {
            return Err(Error::NotResults {
                path: folder.to_owned(),
            });
        }
        if is_incomplete(folder) {
            return Err(Error::Incomplete {
                path: folder.to_owned(),
            });
        }
        Ok(Self {
            root: folder.to_owned(),
            manifest: Manifest::read(folder)?,
        })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the run said about itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A table, from Parquet or else from CSV, after a check that the file is still the one that the
    /// run wrote.
    ///
    /// # Errors
    /// Where the table is not there, was changed, or cannot be read.
    pub fn table(&self, spec: &'static TableSpec) -> Result<Table, Error> {
        let Some(path) = self.forms(spec).into_iter().next() else {
            return Err(self.no_table(spec));
        };
        let entry = path.file_name().and_then(|name| {
            self.manifest
                .file(&format!("{TABLES}/{}", name.to_string_lossy()))
        });
        if entry.is_none_or(|entry| hash_file(&path).is_ok_and(|hash| hash != entry.hash)) {
            return Err(Error::Changed { path });
        }
        read(&path, spec)
    }

    /// A table as it is found, in each form that is there, unchecked: for `verify`, which wants to
    /// say which cell was changed rather than that one was.
    ///
    /// # Errors
    /// Where the table is not there or a form of it cannot be read.
    pub fn table_as_found(&self, spec: &'static TableSpec) -> Result<Vec<(PathBuf, Table)>, Error> {
        let forms = self.forms(spec);
        if forms.is_empty() {
            return Err(self.no_table(spec));
        }
        forms
            .into_iter()
            .map(|path| read(&path, spec).map(|table| (path, table)))
            .collect()
    }

    /// The files that are gone or are not as the run wrote them, by their paths below the folder.
    /// Charts drawn again count among them.
    pub fn changed_files(&self) -> Vec<&str> {
        self.manifest
            .files
            .iter()
            .filter(|file| hash_file(&self.root.join(&file.path)).ok().as_ref() != Some(&file.hash))
            .map(|file| file.path.as_str())
            .collect()
    }

    fn forms(&self, spec: &TableSpec) -> Vec<PathBuf> {
        ["parquet", "csv"]
            .iter()
            .map(|form| self.root.join(TABLES).join(format!("{}.{form}", spec.name)))
            .filter(|path| path.exists())
            .collect()
    }

    fn no_table(&self, spec: &TableSpec) -> Error {
        Error::NoTable {
            path: self.root.clone(),
            table: spec.name.to_owned(),
        }
    }
}

fn read(path: &Path, spec: &'static TableSpec) -> Result<Table, Error> {
    if path.extension().is_some_and(|form| form == "csv") {
        csv_file::read_file(path, spec)
    } else {
        parquet_file::read_file(path, spec)
    }
}
