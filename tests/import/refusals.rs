//! A small organisation with something wrong in it: what the program says before it starts.

use std::fs;

use crate::firm::root;
use allies::model::{CannotStart, start};
use allies::scenario::{Scenario, load};

/// What is said about the small firm after something in it was replaced.
fn said(replaced: &[(&str, &str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let from = root().join("scenarios");
    fs::create_dir(folder.path().join("small-organisation")).unwrap();
    for file in [
        "small-import.toml",
        "small-organisation/employees.csv",
        "small-organisation/ties.csv",
    ] {
        let mut text = fs::read_to_string(from.join(file)).unwrap();
        for (_, old, new) in replaced.iter().filter(|(which, ..)| file.contains(which)) {
            assert!(text.contains(old), "{file} has no {old:?}");
            text = text.replacen(old, new, 1);
        }
        fs::write(folder.path().join(file), text).unwrap();
    }
    let path = folder.path().join("small-import.toml");
    let loaded = load::<Scenario>(&path, &[]).unwrap();
    let Err(error) = start(&loaded, folder.path()) else {
        return "accepted".to_owned();
    };
    assert!(matches!(
        error,
        CannotStart::Files(_) | CannotStart::Scenario(_)
    ));
    error
        .to_string()
        .replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn an_unknown_person_in_a_tie_is_refused() {
    insta::assert_snapshot!(said(&[(
        "ties.csv",
        "e01,e02,works_with",
        "e01,e77,works_with"
    )]));
}

#[test]
fn a_cycle_of_managers_is_refused() {
    let cycle = [(
        "employees.csv",
        "Ingrid Solberg,,director,,",
        "Ingrid Solberg,,director,e07,",
    )];
    insta::assert_snapshot!(said(&cycle));
}

#[test]
fn a_missing_column_is_refused() {
    let map = [(
        "small-import.toml",
        "pseudonyms",
        "map = { site = \"offise\" }\npseudonyms",
    )];
    insta::assert_snapshot!(said(&map));
}

#[test]
fn names_that_are_not_in_the_files_are_refused_together() {
    insta::assert_snapshot!(said(&[
        (
            "small-import.toml",
            "source_id = \"e29\"",
            "source_id = \"emp29\""
        ),
        (
            "small-import.toml",
            "source_id = \"e17\"",
            "source_id = \"e08\""
        ),
        ("small-import.toml", "\"lead\", \"director\"", "\"leads\""),
        ("small-import.toml", "works_with =", "work_with ="),
        (
            "small-import.toml",
            "with = \"Customer care\"",
            "with = \"Customers\""
        ),
        ("small-import.toml", "{ Finance =", "{ Engineering ="),
    ]));
}

#[test]
fn files_that_are_not_there_are_refused() {
    let name = [(
        "small-import.toml",
        "small-organisation/ties.csv",
        "ties.csv",
    )];
    insta::assert_snapshot!(said(&name));
}
