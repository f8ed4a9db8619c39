//! Cells of a table by the names of their columns.

use crate::records::Table;

pub(super) fn text(table: &Table, row: usize, column: &str) -> String {
    let column = table.column_index(column).unwrap_or(usize::MAX);
    table.text(row, column).unwrap_or("").to_owned()
}

pub(super) fn integer(table: &Table, row: usize, column: &str) -> Option<i64> {
    table.integer(row, table.column_index(column)?)
}

pub(super) fn real(table: &Table, row: usize, column: &str) -> f64 {
    let column = table.column_index(column).unwrap_or(usize::MAX);
    table.real(row, column).unwrap_or(0.0)
}
