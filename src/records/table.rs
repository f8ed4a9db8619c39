//! Tables: rows that follow a specification, column by column.

use super::cell::Cell;
use super::spec::{Kind, TableSpec};
use super::storage::{Column, Values};

/// A row that does not fit its table: a mistake of the program, never of its user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Too few or too many cells.
    #[error("table `{table}` has {expected} columns, the row has {found} cells")]
    Length {
        /// The table.
        table: &'static str,
        /// Columns of the table.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A cell of another kind than its column.
    #[error("table `{table}`, column `{column}` holds {expected}, the row has {found}")]
    Kind {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// Kind of the column.
        expected: &'static str,
        /// Kind of the cell.
        found: &'static str,
    },
    /// An infinite number or NaN, where nobody said that it may be undefined.
    #[error(
        "table `{table}`, column `{column}`: {value} is no number; what may be undefined is \
         recorded through Cell::finite_or_missing"
    )]
    NotFinite {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The number, as text.
        value: String,
    },
    /// An empty text; it could not be told from a missing one.
    #[error("table `{table}`, column `{column}`: the text is empty; record it as missing")]
    EmptyText {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// Rows of another table.
    #[error("rows of table `{found}` cannot be added to table `{table}`")]
    OtherTable {
        /// The table.
        table: &'static str,
        /// The table whose rows were to be added.
        found: &'static str,
    },
}

/// Rows under a specification, stored column by column.
///
/// Meant for up to some 20 million rows; a row costs 4 bytes for a whole number (8 once one of the
/// column does not fit in 4), 8 for a real, 4 for a text that repeats, one bit for a yes or no,
/// and a bit for each column in which anything is missing.
#[derive(Debug, Clone)]
pub struct Table {
    spec: &'static TableSpec,
    columns: Vec<Column>,
    len: usize,
}

impl Table {
    /// An empty table.
    pub fn new(spec: &'static TableSpec) -> Self {
        let columns = spec
            .columns
            .iter()
            .map(|column| Column::new(column.kind))
            .collect();
        Self {
            spec,
            columns,
            len: 0,
        }
    }

    /// A table from columns that were read one by one; none where they do not fit.
    pub(super) fn from_columns(spec: &'static TableSpec, columns: Vec<Column>) -> Option<Self> {
        let len = columns.first().map_or(0, Column::len);
        (columns.len() == spec.columns.len() && columns.iter().all(|column| column.len() == len))
            .then_some(Self { spec, columns, len })
    }

    /// Makes room for this many more rows.
    pub fn reserve(&mut self, rows: usize) {
        for column in &mut self.columns {
            column.reserve(rows);
        }
    }

    /// Adds a row: a cell a column, in the order of the specification.
    ///
    /// # Errors
    /// Where the row does not fit; the table is then as it was.
    pub fn push(&mut self, row: &[Cell<'_>]) -> Result<(), TableError> {
        let table = self.spec.name;
        if row.len() != self.columns.len() {
            let expected = self.columns.len();
            return Err(TableError::Length {
                table,
                expected,
                found: row.len(),
            });
        }
        for (spec, cell) in self.spec.columns.iter().zip(row) {
            let column = spec.name;
            match *cell {
                Cell::Real(value) if spec.kind == Kind::Real && !value.is_finite() => {
                    return Err(TableError::NotFinite {
                        table,
                        column,
                        value: value.to_string(),
                    });
                }
                Cell::Text("") if spec.kind == Kind::Text => {
                    return Err(TableError::EmptyText { table, column });
                }
                _ => {}
            }
            if let Some(kind) = cell.kind()
                && kind != spec.kind
            {
                let (expected, found) = (spec.kind.name(), kind.name());
                return Err(TableError::Kind {
                    table,
                    column,
                    expected,
                    found,
                });
            }
        }
        for (column, cell) in self.columns.iter_mut().zip(row) {
            column.push(*cell);
        }
        self.len += 1;
        Ok(())
    }

    /// Adds all rows of another table of the same specification, after those that are there.
    ///
    /// # Errors
    /// Where it is another table.
    pub fn append(&mut self, other: &Self) -> Result<(), TableError> {
        if self.spec != other.spec {
            let (table, found) = (self.spec.name, other.spec.name);
            return Err(TableError::OtherTable { table, found });
        }
        for (column, added) in self.columns.iter_mut().zip(&other.columns) {
            column.append(added);
        }
        self.len += other.len;
        Ok(())
    }

    /// The same rows under a specification with more columns in front, each with one value in all rows.
    ///
    /// # Errors
    /// Where the specification has other columns.
    pub fn behind(&self, spec: &'static TableSpec, front: &[Cell<'_>]) -> Result<Self, TableError> {
        let expected = spec.columns.len();
        if expected != front.len() + self.columns.len()
            || spec.columns[front.len()..] != *self.spec.columns
        {
            let (table, found) = (spec.name, front.len() + self.columns.len());
            return Err(TableError::Length {
                table,
                expected,
                found,
            });
        }
        let mut first = Self::new(spec);
        for (column, cell) in first.columns.iter_mut().zip(front) {
            column.reserve(self.len);
            for _ in 0..self.len {
                if !column.push(*cell) {
                    return Err(TableError::Kind {
                        table: spec.name,
                        column: spec.columns[0].name,
                        expected: spec.columns[0].kind.name(),
                        found: cell.kind().map_or("nothing", Kind::name),
                    });
                }
            }
        }
        for (column, own) in first.columns[front.len()..].iter_mut().zip(&self.columns) {
            column.append(own);
        }
        first.len = self.len;
        Ok(first)
    }

    /// The specification.
    pub fn spec(&self) -> &'static TableSpec {
        self.spec
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The place of a column.
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.spec.column_index(name)
    }

    /// The cell at a place; missing where there is no such place.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        self.columns
            .get(column)
            .map_or(Cell::Missing, |column| column.cell(row))
    }

    /// The whole number at a place; none where it is missing or of another kind.
    pub fn integer(&self, row: usize, column: usize) -> Option<i64> {
        if let Cell::Integer(value) = self.cell(row, column) {
            Some(value)
        } else {
            None
        }
    }

    /// The real at a place; none where it is missing or of another kind.
    pub fn real(&self, row: usize, column: usize) -> Option<f64> {
        if let Cell::Real(value) = self.cell(row, column) {
            Some(value)
        } else {
            None
        }
    }

    /// The text at a place; none where it is missing or of another kind.
    pub fn text(&self, row: usize, column: usize) -> Option<&str> {
        if let Cell::Text(value) = self.cell(row, column) {
            Some(value)
        } else {
            None
        }
    }

    /// The yes or no at a place; none where it is missing or of another kind.
    pub fn boolean(&self, row: usize, column: usize) -> Option<bool> {
        if let Cell::Boolean(value) = self.cell(row, column) {
            Some(value)
        } else {
            None
        }
    }

    /// The cells of a column, from the first row to the last.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = Cell<'_>> {
        (0..self.len).map(move |row| self.cell(row, column))
    }

    /// The cells of a row, from the first column to the last.
    pub fn row(&self, row: usize) -> impl Iterator<Item = Cell<'_>> {
        self.columns.iter().map(move |column| column.cell(row))
    }

    /// The different texts of a column, in the order of first appearance, each once; empty where
    /// the column holds no text.
    pub fn labels(&self, column: usize) -> impl Iterator<Item = &str> {
        let labels = match self.columns.get(column).map(|column| &column.values) {
            Some(Values::Text(texts)) => texts.labels(),
            _ => &[],
        };
        labels.iter().map(|label| &**label)
    }

    /// The place of a row's text among the [`labels`](Self::labels) of its column, for grouping;
    /// none where it is missing or the column holds no text.
    pub fn label_index(&self, row: usize, column: usize) -> Option<usize> {
        let column = self
            .columns
            .get(column)
            .filter(|column| column.is_present(row))?;
        match &column.values {
            Values::Text(texts) => texts.codes().get(row).map(|&code| code as usize),
            _ => None,
        }
    }

    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
