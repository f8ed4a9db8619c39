//! Loading and writing scenarios, tried on the demonstration struct.

use std::fs;

use crate::demo::{Demo, FULL, Kind, Rule, loaded};
use allies::scenario::{load, write_new};
use insta::assert_snapshot;

#[test]
fn what_is_not_said_has_its_default_also_within_entries_of_a_map() {
    let demo = loaded(FULL, &[]).unwrap().value;
    assert_eq!(demo.workforce.employees.get(), 64);
    assert_eq!(
        demo.workforce.transactional_share.get(),
        0.4,
        "not in the file"
    );
    assert_eq!(demo.promotion.rule, Rule::LongestTenure);
    assert_eq!(demo.promotion.every.unwrap().get(), 26);
    assert_eq!(demo.strategies["authentic"].feigning.get(), 0.05);
    assert_eq!(
        demo.strategies["authentic"].relationship_hours.get(),
        6.0,
        "the entry's own default stays"
    );
    assert_eq!(
        demo.strategies["isolated"].relationship_hours.get(),
        0.5,
        "an entry not named stays"
    );
    assert_eq!(
        demo.strategies["very bold"].relationship_hours.get(),
        2.0,
        "a new entry has the type's default"
    );
    assert_eq!(demo.personas[0].strategy, "isolated");
    let from_sales = Kind::Merge {
        from: "sales".into(),
        into: "service".into(),
    };
    assert_eq!(demo.restructurings[0].kind, from_sales);
}

#[test]
fn the_resolved_text_says_everything_and_reads_back_to_the_same_scenario_and_bytes() {
    let first = loaded(FULL, &[]).unwrap();
    let second = loaded(&first.resolved, &[]).unwrap();
    assert_eq!(first.value, second.value);
    assert_eq!(first.resolved, second.resolved);
    assert_eq!(first.hash, second.hash);
    assert_eq!(first.hash.len(), 64);
    assert_ne!(first.hash, loaded(FULL, &["seed=43"]).unwrap().hash);
    assert_snapshot!(first.resolved);
}

#[test]
fn the_hash_is_of_the_values_not_of_the_way_they_are_written() {
    let one = loaded("seed = 3\n[workforce]\nemployees = 30\n", &[]).unwrap();
    let two = loaded("workforce = { employees = 30 } # few\nseed = 0x3", &[]).unwrap();
    let three = loaded("# nothing", &["seed=3", "workforce.employees=30"]).unwrap();
    assert_eq!(one.hash, two.hash);
    assert_eq!(one.hash, three.hash);
}

#[test]
fn set_changes_a_value_by_number_by_name_and_within_a_choice() {
    let sets = [
        "name=2030",
        "note=a few bare words",
        "personas.Michael.level=3",
        "personas.\"Ada L.\".behaviour.feigning=0.5",
        "personas[0].strategy=authentic",
        "restructurings.1.kind.downsize.share=0.25",
        "strategies.\"very bold\".relationship_hours=1",
        "strategies.new={ feigning = 0 }",
        "workforce={ employees = 12 }",
        "promotion.enabled=false",
    ];
    let demo = loaded(FULL, &sets).unwrap().value;
    assert_eq!(demo.name, "2030", "a text is wanted, so the digits are one");
    assert_eq!(demo.note.as_deref(), Some("a few bare words"));
    assert_eq!(demo.personas[0].level, 3);
    assert_eq!(demo.personas[0].strategy, "authentic");
    let behaviour = demo.personas[1].behaviour.as_ref().unwrap();
    assert_eq!(
        (behaviour.feigning.get(), behaviour.relationship_hours.get()),
        (0.5, 9.0)
    );
    assert!(
        matches!(&demo.restructurings[1].kind, Kind::Downsize { share } if share.get() == 0.25)
    );
    assert_eq!(demo.strategies["very bold"].relationship_hours.get(), 1.0);
    assert_eq!(demo.strategies["new"].feigning.get(), 0.0);
    assert_eq!(demo.workforce.employees.get(), 12);
    assert_eq!(
        demo.workforce.authentic_share.get(),
        0.001,
        "a table given is merged"
    );
    assert!(!demo.promotion.enabled);
}

#[test]
fn a_later_set_wins_over_an_earlier_and_both_over_the_file() {
    assert_eq!(
        loaded("seed = 1", &["seed=2", "seed=3"])
            .unwrap()
            .value
            .seed,
        3
    );
}

#[test]
fn a_base_lies_below_the_file_tables_merged_arrays_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put(
        "root.toml",
        "seed = 5\nname = \"root\"\n[[personas]]\nname = \"A\"\n[[personas]]\nname = \"B\"\n",
    );
    put(
        "base.toml",
        "extends = \"root.toml\"\n[workforce]\nemployees = 50\nauthentic_share = 0.2\n",
    );
    let child =
        "extends = \"base.toml\"\n[workforce]\nemployees = 70\n[[personas]]\nname = \"C\"\n";
    put("child.toml", child);
    let loaded = load::<Demo>(&folder.path().join("child.toml"), &[]).unwrap();
    let demo = loaded.value;
    assert_eq!((demo.seed, demo.name.as_str()), (5, "root"));
    assert_eq!(demo.workforce.employees.get(), 70);
    assert_eq!(demo.workforce.authentic_share.get(), 0.2);
    assert_eq!(demo.personas.len(), 1);
    assert!(
        !loaded.resolved.contains("extends"),
        "the resolved scenario stands alone"
    );
    let (file, line, column) = loaded.source.place("workforce.authentic_share");
    assert!(file.ends_with("base.toml"));
    assert_eq!((line, column), (Some(4), Some(19)));
}

#[test]
fn a_chain_of_bases_has_an_end() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..40 {
        let text = format!("extends = \"{}.toml\"\n", i + 1);
        fs::write(folder.path().join(format!("{i}.toml")), text).unwrap();
    }
    let problems = load::<Demo>(&folder.path().join("0.toml"), &[]).unwrap_err();
    assert!(
        problems.to_string().contains("longer than 16"),
        "{problems}"
    );
}

#[test]
fn problems_are_in_order_of_place_and_say_it_in_fields_too() {
    let problems = loaded(
        "[promotion]\nmerit = 99\n[workforce]\nx = 1\nemployees = 0\n",
        &["seed=-1"],
    )
    .unwrap_err();
    let places: Vec<_> = problems
        .iter()
        .map(|p| (p.code, p.line, p.column, p.path.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            ("range", Some(2), Some(9), "promotion.merit"),
            ("unknown-key", Some(4), Some(1), "workforce.x"),
            ("range", Some(5), Some(13), "workforce.employees"),
            ("range", None, None, "seed"),
        ]
    );
}

#[test]
fn a_new_scenario_loads_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = write_new(folder.path(), "my-firm").unwrap();
    assert_eq!(path, folder.path().join("my-firm.toml"));
    let scenario = load::<allies::scenario::Scenario>(&path, &[])
        .unwrap()
        .value;
    assert_eq!(scenario.name, "my-firm");
    fs::write(&path, "mine").unwrap();
    assert!(
        write_new(folder.path(), "my-firm.toml")
            .unwrap_err()
            .to_string()
            .contains("exists already")
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    for name in [
        "",
        ".",
        "..",
        "a/b",
        "../a",
        "a b",
        "-x",
        "a\"b",
        ".toml",
        &"x".repeat(100),
    ] {
        assert!(write_new(folder.path(), name).is_err(), "{name}");
    }
}
