//! Tables into Parquet.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};

use super::schema::{properties, schema};
use crate::records::error::Error;
use crate::records::spec::TableSpec;
use crate::records::storage::{Bits, Column, Integers, Values};
use crate::records::table::Table;

/// Rows of a row group: large enough to compress well, small enough to bound what writing and
/// reading hold besides the table.
pub(super) const GROUP: usize = 1 << 20;

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
pub(super) fn write(table: &Table, to: impl Write + Send) -> Result<(), ParquetError> {
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
