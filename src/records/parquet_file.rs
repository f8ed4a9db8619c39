//! Tables as Parquet: nullable columns, Snappy, dictionaries for texts and whole numbers, units and
//! meanings in the file's key-value metadata (`unit.<column>`, `meaning.<column>`). Who wrote it and
//! all settings are fixed, so that the same table gives the same bytes.

use std::cell::Cell as Switch;
use std::fs::File;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Once};

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type};

use super::cell::Cell;
use super::error::Error;
use super::storage::{Bits, Column, Integers, Values};
use super::table::{Kind, Table, TableSpec};

/// Rows of a row group: large enough to compress well, small enough to bound what writing and
/// reading hold besides the table.
const GROUP: usize = 1 << 20;

/// Rows decoded at a time.
const BATCH: usize = 1 << 16;

/// Writes a table to a new file.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_file(path: &Path, table: &Table) -> Result<(), Error> {
    let file = File::create(path).map_err(|source| Error::write(path, source))?;
    write(table, file).map_err(|problem| in_words(path, problem))
}

/// A problem of the encoder, told from one of the disk.
pub(super) fn in_words(path: &Path, problem: ParquetError) -> Error {
    match problem {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(source) => Error::write(path, *source),
            Err(other) => Error::Encode {
                path: path.to_owned(),
                reason: other.to_string(),
            },
        },
        other => Error::Encode {
            path: path.to_owned(),
            reason: other.to_string(),
        },
    }
}

/// Writes a table; the same table gives the same bytes.
fn write(table: &Table, to: impl Write + Send) -> Result<(), ParquetError> {
    let mut writer = writer(table.spec(), to)?;
    write_rows(&mut writer, table, &mut Scratch::default())?;
    // not `into_inner`, which turns what the disk said into a text
    writer.close()?;
    Ok(())
}

/// A writer of rows of a table.
pub(super) fn writer<W: Write + Send>(
    spec: &TableSpec,
    to: W,
) -> Result<SerializedFileWriter<W>, ParquetError> {
    SerializedFileWriter::new(to, Arc::new(schema(spec)?), Arc::new(properties(spec)))
}

/// Writes the rows of a table as one group, or several where there are very many.
pub(super) fn write_rows(
    writer: &mut SerializedFileWriter<impl Write + Send>,
    table: &Table,
    scratch: &mut Scratch,
) -> Result<(), ParquetError> {
    let mut start = 0;
    while start < table.len() {
        let end = table.len().min(start + GROUP);
        let mut group = writer.next_row_group()?;
        for column in table.columns() {
            let Some(mut out) = group.next_column()? else {
                break;
            };
            write_column(column, start, end, &mut out, scratch)?;
            out.close()?;
        }
        group.close()?;
        start = end;
    }
    Ok(())
}

fn properties(spec: &TableSpec) -> WriterProperties {
    let pair = |key: String, value: &str| KeyValue::new(key, value.to_owned());
    let mut metadata = vec![
        pair("table".to_owned(), spec.name),
        pair("meaning".to_owned(), spec.meaning),
    ];
    for column in spec.columns {
        metadata.push(pair(format!("unit.{}", column.name), column.unit));
        metadata.push(pair(format!("meaning.{}", column.name), column.meaning));
    }
    let mut builder = WriterProperties::builder()
        .set_created_by("allies".to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(metadata));
    for column in spec
        .columns
        .iter()
        .filter(|column| column.kind == Kind::Real)
    {
        // Measures seldom repeat: a dictionary of them costs time and saves nothing.
        let path = ColumnPath::new(vec![column.name.to_owned()]);
        builder = builder.set_column_dictionary_enabled(path, false);
    }
    builder.build()
}

fn physical(kind: Kind) -> Physical {
    match kind {
        Kind::Integer => Physical::INT64,
        Kind::Real => Physical::DOUBLE,
        Kind::Text => Physical::BYTE_ARRAY,
        Kind::Boolean => Physical::BOOLEAN,
    }
}

fn schema(spec: &TableSpec) -> Result<Type, ParquetError> {
    let mut fields = Vec::with_capacity(spec.columns.len());
    for column in spec.columns {
        let text = (column.kind == Kind::Text).then_some(LogicalType::String);
        let field = Type::primitive_type_builder(column.name, physical(column.kind))
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(text)
            .build()?;
        fields.push(Arc::new(field));
    }
    Type::group_type_builder(spec.name)
        .with_fields(fields)
        .build()
}

/// Buffers that every column of a kind uses again.
#[derive(Default)]
pub(super) struct Scratch {
    levels: Vec<i16>,
    integers: Vec<i64>,
    reals: Vec<f64>,
    texts: Vec<ByteArray>,
    booleans: Vec<bool>,
}

fn write_column(
    column: &Column,
    start: usize,
    end: usize,
    out: &mut SerializedColumnWriter<'_>,
    scratch: &mut Scratch,
) -> Result<(), ParquetError> {
    let Scratch {
        levels,
        integers,
        reals,
        texts,
        booleans,
    } = scratch;
    levels.clear();
    match &column.present {
        None => levels.resize(end - start, 1),
        Some(bits) => levels.extend((start..end).map(|row| i16::from(bits.get(row) == Some(true)))),
    }
    let rows = || (start..end).filter(|&row| column.is_present(row));
    let whole = column.present.is_none();
    match &column.values {
        Values::Integer(Integers::Wide(values)) if whole => {
            out.typed::<Int64Type>()
                .write_batch(&values[start..end], Some(levels), None)?;
        }
        Values::Integer(values) => {
            integers.clear();
            integers.extend(rows().filter_map(|row| values.get(row)));
            out.typed::<Int64Type>()
                .write_batch(integers, Some(levels), None)?;
        }
        Values::Real(values) if whole => {
            out.typed::<DoubleType>()
                .write_batch(&values[start..end], Some(levels), None)?;
        }
        Values::Real(values) => {
            reals.clear();
            reals.extend(rows().map(|row| values[row]));
            out.typed::<DoubleType>()
                .write_batch(reals, Some(levels), None)?;
        }
        Values::Text(values) => {
            // A label is put into bytes once; the rows share them.
            let labels: Vec<ByteArray> = values
                .labels()
                .iter()
                .map(|label| ByteArray::from(label.as_bytes()))
                .collect();
            texts.clear();
            texts.extend(rows().map(|row| labels[values.codes()[row] as usize].clone()));
            out.typed::<ByteArrayType>()
                .write_batch(texts, Some(levels), None)?;
            texts.clear();
        }
        Values::Boolean(bits) => {
            booleans.clear();
            booleans.extend(rows().filter_map(|row| Bits::get(bits, row)));
            out.typed::<BoolType>()
                .write_batch(booleans, Some(levels), None)?;
        }
    }
    Ok(())
}

/// Reads a table that [`write_file`] wrote.
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
/// This is the second wall: [`Results`](super::Results) first compares the hash of the file.
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

#[cfg(test)]
#[path = "parquet_file_tests.rs"]
mod tests;
