//! `dictionary.csv`: what every column of every table means.

use std::io::{self, Write};

use super::columns;
use super::csv_file::as_text;

/// Name of the file in a results folder.
pub const FILE_NAME: &str = "dictionary.csv";

/// Writes the dictionary: a line a column, in the order of the tables.
///
/// # Errors
/// Those of the writer.
pub fn write(to: impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(to);
    writer.write_record(["table", "column", "type", "unit", "meaning"])?;
    for table in columns::ALL {
        for column in table.columns {
            let cells = [
                table.name,
                column.name,
                column.kind.name(),
                column.unit,
                column.meaning,
            ];
            writer.write_record(cells.map(|cell| as_text(cell).into_owned()))?;
        }
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_has_its_line() {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        let mut reader = csv::Reader::from_reader(&*bytes);
        assert_eq!(
            reader.headers().unwrap(),
            vec!["table", "column", "type", "unit", "meaning"]
        );
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        let columns: usize = columns::ALL.iter().map(|table| table.columns.len()).sum();
        assert_eq!(records.len(), columns);
        let constraint = records
            .iter()
            .find(|record| &record[1] == "constraint")
            .unwrap();
        assert_eq!((&constraint[0], &constraint[2]), ("positions", "real"));
        assert!(constraint[4].starts_with("Burt's constraint (1992)"));
        assert!(
            records
                .iter()
                .all(|record| record.iter().all(|cell| !cell.is_empty()))
        );
    }
}
