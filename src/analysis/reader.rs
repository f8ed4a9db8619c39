//! A table read row by row, and what can be wrong with it.

use crate::records::{self, Table};

/// A results folder that cannot be analysed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The folder or a table cannot be read.
    #[error(transparent)]
    Records(#[from] records::Error),
    /// The table lacks a column that the statistics need.
    #[error("table `{table}` has no column `{column}`; run again with this version of allies")]
    NoColumn {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A cell that no version of the program writes.
    #[error("table `{table}`, row {row}: {reason}")]
    Cell {
        /// The table.
        table: &'static str,
        /// Row, counted from 1 without the header.
        row: usize,
        /// What is wrong.
        reason: String,
    },
    /// The person asked for is not in the tables.
    #[error(
        "nobody in these results is called `{name}`{near}; give a name or a number from the table `employees`"
    )]
    NoPerson {
        /// The name asked for.
        name: String,
        /// The nearest name, as a question.
        near: String,
    },
    /// The snapshot asked for is not in the tables.
    #[error("there is no snapshot `{name}`{near}; there are: {known}")]
    NoSnapshot {
        /// The name asked for.
        name: String,
        /// The nearest name, as a question.
        near: String,
        /// All names.
        known: String,
    },
}

/// A row of a table, whose cells are asked for by the name of their column.
pub(super) struct Reader<'t> {
    table: &'t Table,
    row: usize,
}

impl<'t> Reader<'t> {
    fn name(&self) -> &'static str {
        self.table.spec().name
    }

    fn column(&self, column: &'static str) -> Result<usize, ReadError> {
        self.table.column_index(column).ok_or(ReadError::NoColumn {
            table: self.name(),
            column,
        })
    }

    pub(super) fn wrong(&self, reason: String) -> ReadError {
        ReadError::Cell {
            table: self.name(),
            row: self.row + 1,
            reason,
        }
    }

    pub(super) fn text(&self, column: &'static str) -> Result<Option<&'t str>, ReadError> {
        Ok(self.table.text(self.row, self.column(column)?))
    }

    pub(super) fn owned(&self, column: &'static str) -> Result<Option<String>, ReadError> {
        Ok(self.text(column)?.map(ToOwned::to_owned))
    }

    pub(super) fn needed_text(&self, column: &'static str) -> Result<String, ReadError> {
        self.owned(column)?
            .ok_or_else(|| self.wrong(format!("`{column}` is missing")))
    }

    pub(super) fn whole<N: TryFrom<i64>>(
        &self,
        column: &'static str,
    ) -> Result<Option<N>, ReadError> {
        let Some(value) = self.table.integer(self.row, self.column(column)?) else {
            return Ok(None);
        };
        N::try_from(value)
            .map(Some)
            .map_err(|_| self.wrong(format!("`{column}` is out of range: {value}")))
    }

    pub(super) fn needed<N: TryFrom<i64>>(&self, column: &'static str) -> Result<N, ReadError> {
        self.whole(column)?
            .ok_or_else(|| self.wrong(format!("`{column}` is missing")))
    }

    pub(super) fn real(&self, column: &'static str) -> Result<Option<f64>, ReadError> {
        Ok(self.table.real(self.row, self.column(column)?))
    }

    pub(super) fn truth(&self, column: &'static str) -> Result<Option<bool>, ReadError> {
        Ok(self.table.boolean(self.row, self.column(column)?))
    }

    /// Whether a row of `employees` is of somebody who left during the year: it tells of their last week, and they are
    /// not present at the year's end.
    pub(super) fn has_left(&self) -> Result<bool, ReadError> {
        Ok(self.text("status")? == Some("left"))
    }

    /// A truth value; none also where an older table lacks the column.
    pub(super) fn newer_truth(&self, column: &'static str) -> Option<bool> {
        self.table
            .boolean(self.row, self.table.column_index(column)?)
    }

    /// A whole number; none also where an older table lacks the column.
    pub(super) fn newer(&self, column: &'static str) -> Option<i32> {
        let value = self
            .table
            .integer(self.row, self.table.column_index(column)?)?;
        i32::try_from(value).ok()
    }
}

/// What the rows of a table say; a row may say nothing.
pub(super) fn each<'t, R>(
    table: &'t Table,
    row: impl Fn(&Reader<'t>) -> Result<Option<R>, ReadError>,
) -> Result<Vec<R>, ReadError> {
    (0..table.len())
        .filter_map(|n| row(&Reader { table, row: n }).transpose())
        .collect()
}
