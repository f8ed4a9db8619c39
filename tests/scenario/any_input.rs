//! Whatever is written in a file or behind `--set`: an answer, and never a panic.

use std::fs;
use std::path::Path;

use crate::demo::{Demo, FULL, loaded};
use allies::scenario::{load, load_text};
use proptest::prelude::*;
proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered_without_a_panic(text in "[\\PC\n\r\t=\\[\\]{}\"'.#,0-9a-z]{0,200}", set in "\\PC{0,40}") {
        let answer = load_text::<Demo>(Path::new("case.toml"), text, &[set]);
        if let Err(problems) = answer {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn any_bytes_in_a_file_are_answered_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.toml");
        fs::write(&path, bytes).unwrap();
        if let Err(problems) = load::<Demo>(&path, &[]) {
            prop_assert!(!problems.is_empty());
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn a_good_file_with_pieces_exchanged_is_answered_without_a_panic(
        cuts in proptest::collection::vec((0..FULL.len(), 0..12_usize, 0..14_usize), 1..6)
    ) {
        const PIECES: [&str; 14] = [
            "", "=", "[", "]", "[[", "\"", "'", "\n", "nan", "-1", "1e400", "{", "}", "99999999999999999999",
        ];
        let mut bytes = FULL.as_bytes().to_vec();
        for (start, length, piece) in cuts {
            let start = start.min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, PIECES[piece].bytes());
        }
        let answer = load_text::<Demo>(Path::new("case.toml"), String::from_utf8(bytes).unwrap(), &[]);
        if let Err(problems) = answer {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn any_path_and_value_of_set_is_answered_without_a_panic(
        path in proptest::sample::select(vec![
            "seed", "personas", "personas.0", "personas.Michael.behaviour", "personas[1].name", "strategies.authentic",
            "strategies.x", "restructurings.0.kind", "restructurings.0.kind.merge", "workforce.pay", "workforce.pay.0",
            "promotion.every", "note", "extends",
        ]),
        value in "[\\PC]{0,12}|-?[0-9]{1,25}|nan|true|\\{ ?[a-z]{1,6} ?= ?[0-9] ?\\}|\\[[0-9]?\\]",
    ) {
        let answer = loaded(FULL, &[&format!("{path}={value}")]);
        if let Err(problems) = answer {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn a_real_number_survives_writing_and_reading(number in 0.0..60.0_f64) {
        let first = loaded("# nothing", &[&format!("strategies.authentic.relationship_hours={number:?}")]).unwrap();
        prop_assert_eq!(first.value.strategies["authentic"].relationship_hours.get(), number);
        let second = loaded(&first.resolved, &[]).unwrap();
        prop_assert_eq!(second.value.strategies["authentic"].relationship_hours.get(), number);
    }
}
