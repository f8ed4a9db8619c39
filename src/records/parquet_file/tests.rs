use std::path::Path;

use super::writing::{GROUP, write};
use super::{read_file, write_file};
use crate::records::Table;
use crate::records::columns::WEEKLY;
use crate::records::samples::{EVERY_KIND, every_kind};

fn bytes_of(table: &Table) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(table, &mut bytes).unwrap();
    bytes
}

fn read_bytes(folder: &Path, bytes: &[u8]) -> Result<Table, String> {
    let path = folder.join("t.parquet");
    std::fs::write(&path, bytes).unwrap();
    read_file(&path, &EVERY_KIND).map_err(|problem| {
        problem
            .to_string()
            .replace(&path.display().to_string(), "t.parquet")
    })
}

#[test]
fn what_is_written_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let empty = Table::new(&EVERY_KIND);
    assert_eq!(read_bytes(folder.path(), &bytes_of(&empty)).unwrap(), empty);
    let table = every_kind();
    let read = read_bytes(folder.path(), &bytes_of(&table)).unwrap();
    assert_eq!(read, table);
    assert_eq!(read.content_hash(), table.content_hash());
}

#[test]
fn a_table_of_several_row_groups_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = Table::new(&EVERY_KIND);
    for row in 0..(GROUP + 70_001) as i64 {
        let label = ["north", "south", "east"][row as usize % 3];
        table
            .push(&[
                row.into(),
                (row % 5 != 0).then_some(row as f64).into(),
                (row as usize > GROUP).then_some(label).into(),
                (row % 7 == 0).into(),
            ])
            .unwrap();
    }
    let bytes = bytes_of(&table);
    assert_eq!(read_bytes(folder.path(), &bytes).unwrap(), table);
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let bytes = bytes_of(&every_kind());
    assert_eq!(bytes, bytes_of(&every_kind()));
    // Golden: another version of the encoder that changes the bytes is seen here.
    insta::assert_snapshot!(blake3::hash(&bytes).to_hex(), @"c5b2ea8e5d1c3db2c23d06e1c95b9a15be3450d9231a5575fee50c6c3bb9137a");
}

#[test]
fn a_file_of_other_columns_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weekly.parquet");
    write_file(&path, &every_kind()).unwrap();
    let message = read_file(&path, &WEEKLY).unwrap_err().to_string();
    assert!(
        message.contains(
            "not a readable Parquet table: the columns are integer INT64, real DOUBLE, \
             text BYTE_ARRAY, boolean BOOLEAN, expected week INT64, headcount INT64"
        ),
        "{message}"
    );
}

#[test]
fn a_file_cut_anywhere_is_refused_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes_of(&every_kind());
    for end in 0..bytes.len() {
        let message = read_bytes(folder.path(), &bytes[..end]).unwrap_err();
        assert!(
            message.starts_with("t.parquet: not a readable Parquet table: ")
                && message.ends_with("; restore it or run again"),
            "cut at {end}: {message}"
        );
    }
}

#[test]
fn a_flipped_bit_anywhere_is_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes_of(&every_kind());
    let mut refused = 0;
    for place in 0..bytes.len() {
        for bit in [0, 3, 7] {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << bit;
            refused += usize::from(read_bytes(folder.path(), &damaged).is_err());
        }
    }
    assert!(
        refused > 100,
        "only {refused} of the damaged files were refused"
    );
}
