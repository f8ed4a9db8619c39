//! Any table survives the way into either form and back, with the same hash and the same bytes.

use std::fs;

use proptest::prelude::*;

use super::samples::EVERY_KIND;
use super::{Cell, Table, csv_file, parquet_file};

type Row = (Option<i64>, Option<f64>, Option<String>, Option<bool>);

fn row() -> impl Strategy<Value = Row> {
    let text = prop_oneof![
        proptest::collection::vec(any::<char>(), 1..8).prop_map(String::from_iter),
        "[=+@', \"\r\n\t-]{1,6}",
        "(north|south|east)",
    ];
    let whole = prop_oneof![any::<i64>(), -9..9_i64];
    let real = any::<f64>().prop_filter("finite", |value| value.is_finite());
    (
        proptest::option::of(whole),
        proptest::option::of(real),
        proptest::option::of(text),
        proptest::option::of(any::<bool>()),
    )
}

fn table_of(rows: &[Row]) -> Table {
    let mut table = Table::new(&EVERY_KIND);
    for (integer, real, text, boolean) in rows {
        let cells: [Cell<'_>; 4] = [
            (*integer).into(),
            (*real).into(),
            text.as_ref().into(),
            (*boolean).into(),
        ];
        table.push(&cells).expect("the row fits");
    }
    table
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_table_survives_either_form(rows in proptest::collection::vec(row(), 0..80)) {
        let folder = tempfile::tempdir().unwrap();
        let table = table_of(&rows);
        let (parquet, csv) = (folder.path().join("t.parquet"), folder.path().join("t.csv"));
        parquet_file::write_file(&parquet, &table).unwrap();
        csv_file::write_file(&csv, &table).unwrap();
        let from_parquet = parquet_file::read_file(&parquet, &EVERY_KIND).unwrap();
        let from_csv = csv_file::read_file(&csv, &EVERY_KIND).unwrap();
        prop_assert_eq!(&from_parquet, &table);
        prop_assert_eq!(&from_csv, &table);
        prop_assert_eq!(from_parquet.content_hash(), table.content_hash());
        prop_assert_eq!(from_csv.content_hash(), table.content_hash());

        let again = folder.path().join("again");
        parquet_file::write_file(&again, &from_csv).unwrap();
        prop_assert_eq!(fs::read(&again).unwrap(), fs::read(&parquet).unwrap());
        csv_file::write_file(&again, &from_parquet).unwrap();
        prop_assert_eq!(fs::read(&again).unwrap(), fs::read(&csv).unwrap());
    }

    #[test]
    fn blocks_give_what_one_go_gives(
        rows in proptest::collection::vec(row(), 0..80),
        cut in 0..80_usize,
    ) {
        let cut = cut.min(rows.len());
        let mut blocks = table_of(&rows[..cut]);
        blocks.append(&table_of(&rows[cut..])).unwrap();
        prop_assert_eq!(blocks.content_hash(), table_of(&rows).content_hash());
    }
}
