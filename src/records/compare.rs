//! Where two tables differ first: the heart of `allies verify`.

use std::fmt;

use super::cell::Cell;
use super::storage::{Column, Integers, Values};
use super::table::Table;

/// The first difference between a recorded table and a rerun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// They do not have the same columns.
    Columns {
        /// Name of the recorded table.
        table: String,
        /// Columns of the recorded table.
        recorded: Vec<String>,
        /// Columns of the rerun.
        rerun: Vec<String>,
    },
    /// A cell differs; of all that do, the one in the first row, and there in the first column.
    Cell {
        /// Name of the table.
        table: String,
        /// Row, counted from 1; the header of a file does not count.
        row: usize,
        /// Name of the column.
        column: String,
        /// What was recorded, as in the CSV file; "nothing" where it is missing.
        recorded: String,
        /// What the rerun gives.
        rerun: String,
    },
    /// All rows that both have are the same, but one has more.
    Rows {
        /// Name of the table.
        table: String,
        /// Rows recorded.
        recorded: usize,
        /// Rows of the rerun.
        rerun: usize,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Columns {
                table,
                recorded,
                rerun,
            } => write!(
                f,
                "table `{table}`: recorded columns {}; rerun columns {}",
                recorded.join(", "),
                rerun.join(", ")
            ),
            Self::Cell {
                table,
                row,
                column,
                recorded,
                rerun,
            } => write!(
                f,
                "table `{table}`, row {row}, column `{column}`: recorded {recorded}, rerun {rerun}"
            ),
            Self::Rows {
                table,
                recorded,
                rerun,
            } => {
                write!(
                    f,
                    "table `{table}`: recorded {recorded} rows, rerun {rerun}"
                )
            }
        }
    }
}

/// The first difference; none where the tables say the same. Reals are compared by their bits.
pub fn first_difference(recorded: &Table, rerun: &Table) -> Option<Difference> {
    let table = recorded.spec().name.to_owned();
    let header = |table: &Table| {
        table
            .spec()
            .columns
            .iter()
            .map(|c| (c.name.to_owned(), c.kind))
            .collect::<Vec<_>>()
    };
    let (left, right) = (header(recorded), header(rerun));
    if recorded.spec().name != rerun.spec().name || left != right {
        let words = |header: Vec<(String, super::spec::Kind)>| {
            header
                .into_iter()
                .map(|(name, kind)| format!("{name} ({})", kind.name()))
                .collect()
        };
        return Some(Difference::Columns {
            table,
            recorded: words(left),
            rerun: words(right),
        });
    }

    let common = recorded.len().min(rerun.len());
    // A later column counts only where it differs in an earlier row: each looks less far.
    let mut first: Option<(usize, usize)> = None;
    for (place, (left, right)) in recorded.columns().iter().zip(rerun.columns()).enumerate() {
        let end = first.map_or(common, |(row, _)| row);
        if let Some(row) = first_row(left, right, end) {
            first = Some((row, place));
        }
    }
    if let Some((row, place)) = first {
        return Some(Difference::Cell {
            table,
            row: row + 1,
            column: recorded.spec().columns[place].name.to_owned(),
            recorded: shown(recorded.cell(row, place)),
            rerun: shown(rerun.cell(row, place)),
        });
    }
    (recorded.len() != rerun.len()).then_some(Difference::Rows {
        table,
        recorded: recorded.len(),
        rerun: rerun.len(),
    })
}

/// The first row before `end` in which two columns of one kind differ.
fn first_row(left: &Column, right: &Column, end: usize) -> Option<usize> {
    // The common case, equal columns, at the speed of memory.
    if left.len() == right.len() && same_storage(left, right) {
        return None;
    }
    (0..end).find(|&row| match (left.cell(row), right.cell(row)) {
        (Cell::Real(left), Cell::Real(right)) => left.to_bits() != right.to_bits(),
        (left, right) => left != right,
    })
}

fn same_storage(left: &Column, right: &Column) -> bool {
    left.present == right.present
        && match (&left.values, &right.values) {
            (Values::Integer(Integers::Narrow(left)), Values::Integer(Integers::Narrow(right))) => {
                left == right
            }
            (Values::Text(left), Values::Text(right)) => {
                left.codes() == right.codes() && left.labels() == right.labels()
            }
            (Values::Boolean(left), Values::Boolean(right)) => left == right,
            (Values::Real(left), Values::Real(right)) => left
                .iter()
                .zip(right)
                .all(|(left, right)| left.to_bits() == right.to_bits()),
            _ => false,
        }
}

fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing => "nothing".to_owned(),
        Cell::Text(text) => format!("{text:?}"),
        other => other.to_string(),
    }
}

impl PartialEq for Table {
    /// Same columns, same rows; reals by their bits.
    fn eq(&self, other: &Self) -> bool {
        first_difference(self, other).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::EVENTS;
    use super::super::samples::{EVERY_KIND, every_kind};
    use super::*;

    fn rows(rows: &[[Cell<'_>; 4]]) -> Table {
        let mut table = Table::new(&EVERY_KIND);
        for row in rows {
            table.push(row).unwrap();
        }
        table
    }

    const A: [Cell<'static>; 4] = [
        Cell::Integer(1),
        Cell::Real(0.0),
        Cell::Text("a"),
        Cell::Boolean(true),
    ];

    #[test]
    fn the_same_is_identical() {
        assert_eq!(first_difference(&every_kind(), &every_kind()), None);
    }

    #[test]
    fn the_first_row_comes_before_the_first_column() {
        let mut late_first_column = A;
        late_first_column[0] = Cell::Integer(2);
        let mut early_last_column = A;
        early_last_column[3] = Cell::Missing;
        let recorded = rows(&[A, A, A]);
        let rerun = rows(&[A, early_last_column, late_first_column]);
        assert_eq!(
            first_difference(&recorded, &rerun).unwrap().to_string(),
            "table `every_kind`, row 2, column `boolean`: recorded true, rerun nothing"
        );
        let mut text = A;
        text[2] = Cell::Text("b\n");
        assert_eq!(
            first_difference(&rows(&[A]), &rows(&[text, A]))
                .unwrap()
                .to_string(),
            "table `every_kind`, row 1, column `text`: recorded \"a\", rerun \"b\\n\""
        );
    }

    #[test]
    fn a_zero_of_another_sign_is_a_difference() {
        let mut negative = A;
        negative[1] = Cell::Real(-0.0);
        assert_eq!(
            first_difference(&rows(&[A]), &rows(&[negative]))
                .unwrap()
                .to_string(),
            "table `every_kind`, row 1, column `real`: recorded 0.0, rerun -0.0"
        );
    }

    #[test]
    fn more_rows_and_other_columns_are_differences() {
        assert_eq!(
            first_difference(&rows(&[A, A]), &rows(&[A]))
                .unwrap()
                .to_string(),
            "table `every_kind`: recorded 2 rows, rerun 1"
        );
        let other = first_difference(&rows(&[A]), &Table::new(&EVENTS))
            .unwrap()
            .to_string();
        assert!(
            other.starts_with(
                "table `every_kind`: recorded columns integer (integer), real (real), \
                 text (text), boolean (boolean); rerun columns week (integer), kind (text)"
            ),
            "{other}"
        );
    }
}
