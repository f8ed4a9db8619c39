//! Rows go in and come out as they were, or are refused.

use super::super::samples::{EVERY_KIND, every_kind};
use super::*;

const ROW: [Cell<'static>; 4] = [
    Cell::Integer(1),
    Cell::Real(0.5),
    Cell::Text("a"),
    Cell::Boolean(true),
];

#[test]
fn what_goes_in_comes_out_and_missing_stays_missing() {
    let table = every_kind();
    assert_eq!(table.len(), 5);
    assert_eq!(table.integer(0, 0), Some(-3));
    assert_eq!(
        table.integer(1, 0),
        Some(9_000_000_000),
        "a number past 32 bits widens"
    );
    assert_eq!(table.integer(0, 1), None, "another kind is not converted");
    assert_eq!(table.real(0, 1), Some(0.1));
    assert_eq!(table.text(0, 2), Some("Ünal, \"Zoë\"\nsecond line"));
    assert_eq!(table.boolean(1, 3), Some(false));
    assert!((0..4).all(|column| table.cell(2, column) == Cell::Missing));
    assert_eq!(table.cell(99, 0), Cell::Missing);
    assert_eq!(table.cell(0, 99), Cell::Missing);
    assert_eq!(table.column_index("text"), Some(2));
    assert_eq!(
        table.labels(2).count(),
        3,
        "a text that repeats is kept once"
    );
}

#[test]
fn a_row_that_does_not_fit_is_refused_and_changes_nothing() {
    let mut table = Table::new(&EVERY_KIND);
    let message = |table: &mut Table, row: &[Cell<'_>]| table.push(row).unwrap_err().to_string();
    assert_eq!(
        message(&mut table, &ROW[..3]),
        "table `every_kind` has 4 columns, the row has 3 cells"
    );
    let mut wrong = ROW;
    wrong[1] = Cell::Integer(1);
    assert_eq!(
        message(&mut table, &wrong),
        "table `every_kind`, column `real` holds real, the row has integer"
    );
    wrong[1] = Cell::Real(f64::NAN);
    assert_eq!(
        message(&mut table, &wrong),
        "table `every_kind`, column `real`: NaN is no number; what may be undefined is \
         recorded through Cell::finite_or_missing"
    );
    wrong[1] = Cell::Real(1.0);
    wrong[2] = Cell::Text("");
    assert_eq!(
        message(&mut table, &wrong),
        "table `every_kind`, column `text`: the text is empty; record it as missing"
    );
    assert!(table.is_empty() && table.columns().iter().all(|column| column.len() == 0));
    table.push(&ROW).unwrap();
    assert_eq!(table.len(), 1);
}

#[test]
fn a_table_built_in_blocks_equals_one_built_in_one_go() {
    let mut once = Table::new(&EVERY_KIND);
    let mut blocks = Table::new(&EVERY_KIND);
    for block in 0..5_i64 {
        let mut part = Table::new(&EVERY_KIND);
        for row in 0..67_i64 {
            let label = format!("label {}", (row * 7 + block) % 11);
            let cells = [
                (row % 5 != block).then_some(row).into(),
                (row as f64 / 7.0).into(),
                (row % 3 != 0).then_some(&label).into(),
                (row % 2 == 0).into(),
            ];
            once.push(&cells).unwrap();
            part.push(&cells).unwrap();
        }
        blocks.append(&part).unwrap();
    }
    assert_eq!(once, blocks);
    assert_eq!(once.content_hash(), blocks.content_hash());
    let labels = |table: &Table| table.labels(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(labels(&once), labels(&blocks));
}

#[test]
fn rows_of_another_table_are_refused() {
    let mut table = Table::new(&EVERY_KIND);
    let problem = table
        .append(&Table::new(&super::super::columns::EVENTS))
        .unwrap_err();
    assert_eq!(
        problem.to_string(),
        "rows of table `events` cannot be added to table `every_kind`"
    );
}
