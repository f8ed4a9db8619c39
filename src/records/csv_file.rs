//! Tables as CSV: RFC 4180 quoting, UTF-8, a header, lines that end in a line feed (as command-line
//! tools expect), an empty cell for what is missing, `true` and `false`, floats in the shortest form
//! that reads back to the same number.
//!
//! A spreadsheet takes a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a
//! formula, and a name in a scenario could be one. Such a text gets an apostrophe in front, which
//! spreadsheets read as "this is text"; a text that already has apostrophes before such a
//! character gets one more, so that reading takes exactly one away and every text survives the
//! way there and back. Numbers are written as they are: `-0.5` is no formula. Parquet holds the
//! texts untouched.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rayon::prelude::*;

use super::cell::Cell;
use super::error::Error;
use super::spec::{Kind, TableSpec};
use super::table::{Table, TableError};

/// Rows that are turned into text together.
const BLOCK: usize = 1 << 12;

/// Blocks that are in memory at a time.
const BATCH: usize = 64;

/// Writes a table to a new file.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_file(path: &Path, table: &Table) -> Result<(), Error> {
    let file = File::create(path).map_err(|source| Error::write(path, source))?;
    write(table, BufWriter::new(file)).map_err(|source| Error::write(path, source))
}

/// Writes a table; the same table gives the same bytes.
///
/// # Errors
/// Those of the writer.
pub fn write(table: &Table, to: impl Write) -> io::Result<()> {
    write_rows(table, to).map_err(|problem| match problem.into_kind() {
        // As it came: the crate's own conversion hides that the disk is full.
        csv::ErrorKind::Io(source) => source,
        other => io::Error::other(format!("{other:?}")),
    })
}

fn write_rows(table: &Table, mut to: impl Write) -> csv::Result<()> {
    let header: Vec<_> = table
        .spec()
        .columns
        .iter()
        .map(|column| column.name)
        .collect();
    let mut writer = block_writer(header.len());
    writer.write_record(header)?;
    to.write_all(&into_bytes(writer)?)?;
    // Numbers become text slowly: blocks of rows do so in parallel, and are written in their order.
    let starts: Vec<usize> = (0..table.len()).step_by(BLOCK).collect();
    for batch in starts.chunks(BATCH) {
        let blocks: Vec<_> = batch.par_iter().map(|&start| block(table, start)).collect();
        for block in blocks {
            to.write_all(&block?)?;
        }
    }
    to.flush().map_err(csv::Error::from)
}

fn block_writer(columns: usize) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::with_capacity(BLOCK * columns * 8))
}

fn into_bytes(writer: csv::Writer<Vec<u8>>) -> csv::Result<Vec<u8>> {
    writer
        .into_inner()
        .map_err(|problem| io::Error::other(problem.to_string()).into())
}

/// The lines of a block of rows.
fn block(table: &Table, start: usize) -> csv::Result<Vec<u8>> {
    let mut writer = block_writer(table.spec().columns.len());
    let mut number = String::new();
    for row in start..table.len().min(start + BLOCK) {
        for cell in table.row(row) {
            if let Cell::Text(text) = cell {
                writer.write_field(as_text(text).as_bytes())?;
            } else {
                number.clear();
                write!(number, "{cell}").map_err(io::Error::other)?;
                writer.write_field(&number)?;
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    into_bytes(writer)
}

/// Whether a spreadsheet would compute the text, apostrophes before it aside.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text as it stands in a cell: safe to open in a spreadsheet.
pub(super) fn as_text(text: &str) -> Cow<'_, str> {
    if is_formula(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// The text that stood in a table before [`as_text`].
fn from_text(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

/// Reads a table that [`write_file`] wrote.
///
/// # Errors
/// With file, line and reason, where the file is not such a table: other columns, a cell of another
/// kind, a broken line, not UTF-8.
pub fn read_file(path: &Path, spec: &'static TableSpec) -> Result<Table, Error> {
    let mut file = File::open(path).map_err(|source| Error::read(path, source))?;
    // A line feed ends each line we write: without it the last line was cut off.
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(-1)).is_ok() {
        file.read_exact(&mut last)
            .map_err(|source| Error::read(path, source))?;
    }
    if last != [b'\n'] {
        return Err(Error::garbled(
            path,
            "the file ends in the middle of a line",
        ));
    }
    file.rewind().map_err(|source| Error::read(path, source))?;
    read(path, file, spec)
}

fn read(path: &Path, from: impl Read, spec: &'static TableSpec) -> Result<Table, Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .buffer_capacity(1 << 16)
        .from_reader(from);
    let mut record = csv::StringRecord::new();
    if !reader
        .read_record(&mut record)
        .map_err(|problem| csv_error(path, problem))?
    {
        return Err(Error::garbled(path, "the file is empty"));
    }
    let expected: Vec<_> = spec.columns.iter().map(|column| column.name).collect();
    if record != expected {
        return Err(Error::garbled(
            path,
            format!(
                "the columns are {}, expected {}",
                record.iter().collect::<Vec<_>>().join(","),
                expected.join(",")
            ),
        ));
    }
    let mut table = Table::new(spec);
    while reader
        .read_record(&mut record)
        .map_err(|problem| csv_error(path, problem))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        let refused = |reason| Error::GarbledLine {
            path: path.to_owned(),
            line,
            reason,
        };
        let mut row = Vec::with_capacity(spec.columns.len());
        for (column, text) in spec.columns.iter().zip(&record) {
            row.push(cell(column.kind, text).ok_or_else(|| {
                let kind = column.kind.name();
                refused(format!(
                    "column `{}` holds {kind}, found {text:?}",
                    column.name
                ))
            })?);
        }
        table
            .push(&row)
            .map_err(|problem: TableError| refused(problem.to_string()))?;
    }
    Ok(table)
}

/// The value that a text stands for; none where it is not of the kind.
fn cell(kind: Kind, text: &str) -> Option<Cell<'_>> {
    if text.is_empty() {
        return Some(Cell::Missing);
    }
    match kind {
        Kind::Integer => text.parse().ok().map(Cell::Integer),
        Kind::Real => text
            .parse()
            .ok()
            .filter(|value: &f64| value.is_finite())
            .map(Cell::Real),
        Kind::Text => Some(Cell::Text(from_text(text))),
        Kind::Boolean => text.parse().ok().map(Cell::Boolean),
    }
}

fn csv_error(path: &Path, problem: csv::Error) -> Error {
    let line = problem.position().map(csv::Position::line);
    let reason = match problem.into_kind() {
        csv::ErrorKind::Io(source) => return Error::read(path, source),
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("{len} cells, the header has {expected_len}")
        }
        other => format!("{other:?}"),
    };
    match line {
        Some(line) => Error::GarbledLine {
            path: path.to_owned(),
            line,
            reason,
        },
        None => Error::garbled(path, reason),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{EVERY_KIND, every_kind};
    use super::*;

    fn text_of(table: &Table) -> String {
        let mut bytes = Vec::new();
        write(table, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn read_text(text: &str) -> Result<Table, String> {
        read(Path::new("t.csv"), text.as_bytes(), &EVERY_KIND).map_err(|e| e.to_string())
    }

    #[test]
    fn the_form_is_as_documented() {
        insta::assert_snapshot!(text_of(&every_kind()).replace('\r', "<CR>"), @r#"
        integer,real,text,boolean
        -3,0.1,"Ünal, ""Zoë""
        second line",true
        9000000000,-0.0,'=SUM(A1:A9),false
        ,,,
        0,2.2250738585072014e-308,"' -1<CR>
        ",
        -9223372036854775808,1.7976931348623157e308,'=SUM(A1:A9),true
        "#);
    }

    #[test]
    fn what_is_written_reads_back() {
        assert_eq!(read_text(&text_of(&every_kind())).unwrap(), every_kind());
        let empty = Table::new(&EVERY_KIND);
        assert_eq!(text_of(&empty), "integer,real,text,boolean\n");
        assert_eq!(read_text(&text_of(&empty)).unwrap(), empty);
    }

    #[test]
    fn a_table_of_many_blocks_is_the_same_for_any_number_of_threads() {
        let mut table = Table::new(&EVERY_KIND);
        let rows = (BLOCK * (BATCH + 1)) as u32 + 17;
        for row in 0..rows {
            let label = if row % 3 == 0 {
                "north"
            } else {
                "south, \"far\""
            };
            let real = (row % 5 != 0).then_some(f64::from(row) / 3.0);
            table
                .push(&[row.into(), real.into(), label.into(), (row % 2 == 0).into()])
                .unwrap();
        }
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| text_of(&table))
        };
        let text = with(1);
        assert_eq!(text, with(3));
        assert_eq!(text.lines().count(), rows as usize + 1);
        assert_eq!(read_text(&text).unwrap(), table);
    }

    #[test]
    fn no_text_is_a_formula_and_every_text_survives() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("'t Hooft", "'t Hooft"),
            ("a=1", "a=1"),
            ("'", "'"),
        ] {
            assert_eq!(as_text(text), written);
            assert_eq!(from_text(written), text);
        }
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_line() {
        let header = "integer,real,text,boolean\n";
        for (text, message) in [
            ("", "t.csv: the file is empty; restore it or run again"),
            (
                "integer,real\n",
                "t.csv: the columns are integer,real, expected integer,real,text,boolean; restore \
                 it or run again",
            ),
            (
                "1,2.0,a\n",
                "t.csv, line 2: 3 cells, the header has 4; restore the file or run again",
            ),
            (
                "1,2.0,a,true\n1.5,2.0,a,true\n",
                "t.csv, line 3: column `integer` holds integer, found \"1.5\"; restore the file or \
                 run again",
            ),
            (
                "1,inf,a,true\n",
                "t.csv, line 2: column `real` holds real, found \"inf\"; restore the file or run \
                 again",
            ),
            (
                "1,1.0,a,yes\n",
                "t.csv, line 2: column `boolean` holds boolean, found \"yes\"; restore the file or \
                 run again",
            ),
        ] {
            let whole = if text.starts_with(['1']) {
                format!("{header}{text}")
            } else {
                text.into()
            };
            assert_eq!(read_text(&whole).unwrap_err(), message);
        }
        let bytes = [header.as_bytes(), b"1,1.0,\xff,true\n"].concat();
        let problem = read(Path::new("t.csv"), &*bytes, &EVERY_KIND).unwrap_err();
        assert_eq!(
            problem.to_string(),
            "t.csv, line 2: not UTF-8; restore the file or run again"
        );
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_or_a_shorter_table_and_never_a_panic() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        let text = text_of(&every_kind());
        for end in 0..text.len() {
            std::fs::write(&path, &text.as_bytes()[..end]).unwrap();
            if let Ok(table) = read_file(&path, &EVERY_KIND) {
                assert!(text.as_bytes()[..end].ends_with(b"\n"), "cut at {end}");
                assert!(table.len() < 5);
            }
        }
    }
}
