//! Tables out of Parquet, and what is wrong with a file that is none.

use std::cell::Cell as Switch;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

use parquet::basic::Type as Physical;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::schema::physical;
use crate::records::cell::Cell;
use crate::records::error::Error;
use crate::records::spec::TableSpec;
use crate::records::storage::Column;
use crate::records::table::Table;

/// Rows decoded at a time.
const BATCH: usize = 1 << 16;

/// Reads a table that [`write_file`](super::write_file) wrote.
///
/// # Errors
/// Where the file cannot be read, is damaged, or holds other columns.
pub fn read_file(path: &Path, spec: &'static TableSpec) -> Result<Table, Error> {
    let file = File::open(path).map_err(|source| Error::read(path, source))?;
    decoded(path, || read(file, spec))
}

/// Runs the decoder on a file; what is wrong with it is said with its path.
pub(super) fn decoded<T>(
    path: &Path,
    decode: impl FnOnce() -> Result<T, String>,
) -> Result<T, Error> {
    guarded(decode)
        .ok_or_else(|| "damaged".to_owned())
        .and_then(|read| read)
        .map_err(|reason| Error::garbled(path, format!("not a readable Parquet table: {reason}")))
}

thread_local! {
    static GUARDED: Switch<bool> = const { Switch::new(false) };
}

/// Runs the decoder, which panics on some damaged files; a panic gives none, and is not reported to
/// the terminal.
///
/// This is the second wall: [`Results`](crate::records::Results) first compares the hash of the file.
fn guarded<T>(decode: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                before(panic);
            }
        }));
    });
    GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(decode)).ok();
    GUARDED.set(false);
    result
}

fn read(file: File, spec: &'static TableSpec) -> Result<Table, String> {
    let reader = opened(file, spec)?;
    let mut columns = empty(spec);
    for place in 0..reader.num_row_groups() {
        read_group(&reader, place, &mut columns)?;
    }
    let rows = reader.metadata().file_metadata().num_rows();
    Table::from_columns(spec, columns)
        .filter(|table| i64::try_from(table.len()) == Ok(rows))
        .ok_or_else(|| format!("the columns do not have the {rows} rows that the file promises"))
}

/// Columns of a table without rows.
pub(super) fn empty(spec: &TableSpec) -> Vec<Column> {
    spec.columns
        .iter()
        .map(|column| Column::new(column.kind))
        .collect()
}

/// A file whose columns are those of the table.
pub(super) fn opened(
    file: File,
    spec: &'static TableSpec,
) -> Result<SerializedFileReader<File>, String> {
    let words = |problem: ParquetError| problem.to_string();
    let reader = SerializedFileReader::new(file).map_err(words)?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let found: Vec<_> = schema
        .columns()
        .iter()
        .map(|c| (c.name(), c.physical_type()))
        .collect();
    let expected: Vec<_> = spec
        .columns
        .iter()
        .map(|c| (c.name, physical(c.kind)))
        .collect();
    let flat = schema
        .columns()
        .iter()
        .all(|c| c.max_rep_level() == 0 && c.max_def_level() == 1);
    if found != expected || !flat {
        let names = |columns: &[(&str, Physical)]| {
            columns
                .iter()
                .map(|(name, kind)| format!("{name} {kind}"))
                .collect::<Vec<_>>()
        };
        return Err(format!(
            "the columns are {}, expected {}",
            names(&found).join(", "),
            names(&expected).join(", ")
        ));
    }
    Ok(reader)
}

/// Adds the rows of one group to columns.
pub(super) fn read_group(
    reader: &SerializedFileReader<File>,
    place: usize,
    columns: &mut [Column],
) -> Result<(), String> {
    let words = |problem: ParquetError| problem.to_string();
    let group = reader.get_row_group(place).map_err(words)?;
    for (number, column) in columns.iter_mut().enumerate() {
        let before = column.len();
        match group.get_column_reader(number).map_err(words)? {
            ColumnReader::Int64ColumnReader(from) => {
                read_column(from, column, |value| Ok(Cell::Integer(*value)))?;
            }
            ColumnReader::DoubleColumnReader(from) => read_column(from, column, |value| {
                if value.is_finite() {
                    Ok(Cell::Real(*value))
                } else {
                    Err(format!("{value} in a column of reals"))
                }
            })?,
            ColumnReader::ByteArrayColumnReader(from) => read_column(from, column, |value| {
                match value.as_utf8().map_err(words)? {
                    "" => Err("an empty text".to_owned()),
                    text => Ok(Cell::Text(text)),
                }
            })?,
            ColumnReader::BoolColumnReader(from) => {
                read_column(from, column, |value| Ok(Cell::Boolean(*value)))?;
            }
            _ => return Err("a column of a kind that is never written".to_owned()),
        }
        let rows = column.len() - before;
        if i64::try_from(rows) != Ok(group.metadata().num_rows()) {
            let promised = group.metadata().num_rows();
            return Err(format!(
                "{rows} values in a column, the file promises {promised}"
            ));
        }
    }
    Ok(())
}

/// Reads a column chunk in small batches, so that a damaged count reserves no memory.
fn read_column<T: DataType>(
    mut from: ColumnReaderImpl<T>,
    column: &mut Column,
    cell: impl Fn(&T::T) -> Result<Cell<'_>, String>,
) -> Result<(), String> {
    let mut levels: Vec<i16> = Vec::with_capacity(BATCH);
    let mut values: Vec<T::T> = Vec::with_capacity(BATCH);
    loop {
        levels.clear();
        values.clear();
        let (records, _, _) = from
            .read_records(BATCH, Some(&mut levels), None, &mut values)
            .map_err(|problem| problem.to_string())?;
        if records == 0 {
            return Ok(());
        }
        let mut present = values.iter();
        for level in &levels {
            let cell = match level {
                0 => Cell::Missing,
                _ => cell(present.next().ok_or("fewer values than promised")?)?,
            };
            if !column.push(cell) {
                return Err("a value of another kind than its column".to_owned());
            }
        }
    }
}
