//! Tables that the tests of this room share.

use super::cell::Cell;
use super::spec::{ColumnSpec, Kind, TableSpec};
use super::table::Table;

const fn column(name: &'static str, kind: Kind) -> ColumnSpec {
    ColumnSpec {
        name,
        kind,
        unit: "none",
        meaning: "for tests",
    }
}

pub(super) static EVERY_KIND: TableSpec = TableSpec {
    name: "every_kind",
    meaning: "a column of each kind",
    columns: &[
        column("integer", Kind::Integer),
        column("real", Kind::Real),
        column("text", Kind::Text),
        column("boolean", Kind::Boolean),
    ],
};

/// Five rows with what is awkward: a wide number, quotes, line breaks, a formula, nothing at all.
pub(super) fn every_kind() -> Table {
    let mut table = Table::new(&EVERY_KIND);
    let rows: [[Cell<'_>; 4]; 5] = [
        [
            (-3_i64).into(),
            0.1.into(),
            "Ünal, \"Zoë\"\nsecond line".into(),
            true.into(),
        ],
        [
            9_000_000_000_i64.into(),
            (-0.0).into(),
            "=SUM(A1:A9)".into(),
            false.into(),
        ],
        [Cell::Missing; 4],
        [
            0_i64.into(),
            f64::MIN_POSITIVE.into(),
            "' -1\r\n".into(),
            Cell::Missing,
        ],
        [
            i64::MIN.into(),
            f64::MAX.into(),
            "=SUM(A1:A9)".into(),
            true.into(),
        ],
    ];
    for row in rows {
        table.push(&row).expect("the sample fits its table");
    }
    table
}
