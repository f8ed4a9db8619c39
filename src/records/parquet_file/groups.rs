//! Parquet files written and read group by group, for tables that are larger than what is held at once.

use std::fs::File;
use std::path::{Path, PathBuf};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;

use super::reading::{decoded, empty, opened, read_group};
use super::writing::{Scratch, in_words, write_rows, writer};
use crate::records::error::Error;
use crate::records::spec::TableSpec;
use crate::records::table::Table;

/// A file that grows by a group of rows at a time; the same groups give the same bytes.
pub struct GroupWriter {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
    scratch: Scratch,
    rows: usize,
}

impl GroupWriter {
    /// A new file for rows of a table.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn create(path: &Path, spec: &'static TableSpec) -> Result<Self, Error> {
        let file = File::create(path).map_err(|source| Error::write(path, source))?;
        Ok(Self {
            path: path.to_owned(),
            writer: writer(spec, file).map_err(|problem| in_words(path, problem))?,
            scratch: Scratch::default(),
            rows: 0,
        })
    }

    /// Writes all rows of a table as a group; nothing where there is none.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn add(&mut self, table: &Table) -> Result<(), Error> {
        self.rows += table.len();
        write_rows(&mut self.writer, table, &mut self.scratch)
            .map_err(|problem| in_words(&self.path, problem))
    }

    /// Ends the file; how many rows it has.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(self) -> Result<usize, Error> {
        let Self {
            path, writer, rows, ..
        } = self;
        writer.close().map_err(|problem| in_words(&path, problem))?;
        Ok(rows)
    }
}

/// A file whose groups are read one by one.
pub struct GroupReader {
    path: PathBuf,
    reader: SerializedFileReader<File>,
    spec: &'static TableSpec,
}

impl GroupReader {
    /// Opens a file of rows of a table.
    ///
    /// # Errors
    /// Where it cannot be read, is damaged, or holds other columns.
    pub fn open(path: &Path, spec: &'static TableSpec) -> Result<Self, Error> {
        let file = File::open(path).map_err(|source| Error::read(path, source))?;
        Ok(Self {
            path: path.to_owned(),
            reader: decoded(path, || opened(file, spec))?,
            spec,
        })
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.reader.num_row_groups()
    }

    /// The rows of a group.
    ///
    /// # Errors
    /// Where it cannot be read or is damaged.
    pub fn group(&self, place: usize) -> Result<Table, Error> {
        decoded(&self.path, || {
            let mut columns = empty(self.spec);
            read_group(&self.reader, place, &mut columns)?;
            Table::from_columns(self.spec, columns)
                .ok_or_else(|| "its columns have different lengths".to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read_file, write_file};
    use super::*;
    use crate::records::samples::{EVERY_KIND, every_kind};
    use crate::records::{Cell, ColumnSpec, Kind};

    #[test]
    fn groups_come_back_one_by_one_and_together() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.parquet");
        let table = every_kind();
        let mut writer = GroupWriter::create(&path, &EVERY_KIND).unwrap();
        for rows in [&table, &Table::new(&EVERY_KIND), &table] {
            writer.add(rows).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), 2 * table.len());
        let reader = GroupReader::open(&path, &EVERY_KIND).unwrap();
        assert_eq!(reader.groups(), 2, "a group without rows is none");
        assert_eq!(reader.group(1).unwrap(), table);
        let whole = read_file(&path, &EVERY_KIND).unwrap();
        assert_eq!(whole.len(), 2 * table.len());
        // one group is what is written in one go
        let (one, other) = (folder.path().join("a"), folder.path().join("b"));
        let mut writer = GroupWriter::create(&one, &EVERY_KIND).unwrap();
        writer.add(&table).unwrap();
        writer.finish().unwrap();
        write_file(&other, &table).unwrap();
        assert_eq!(std::fs::read(one).unwrap(), std::fs::read(other).unwrap());
    }

    #[test]
    fn columns_in_front_are_the_same_in_every_row() {
        static SPEC: std::sync::LazyLock<TableSpec> = std::sync::LazyLock::new(|| {
            let arm = ColumnSpec {
                name: "arm",
                kind: Kind::Text,
                unit: "arm",
                meaning: "The arm.",
            };
            let columns = [&[arm], EVERY_KIND.columns].concat();
            TableSpec {
                columns: Vec::leak(columns),
                ..EVERY_KIND
            }
        });
        let table = every_kind();
        let more = table.behind(&SPEC, &[Cell::Text("quiet")]).unwrap();
        assert_eq!(more.len(), table.len());
        for row in 0..table.len() {
            assert_eq!(more.text(row, 0), Some("quiet"));
            assert!(table.row(row).eq(more.row(row).skip(1)));
        }
        assert!(table.behind(&SPEC, &[]).is_err());
        assert!(table.behind(&SPEC, &[Cell::Integer(1)]).is_err());
    }
}
