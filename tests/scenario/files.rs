//! Loading, explaining and writing scenarios, tried on the demonstration struct.

use std::fs;
use std::path::Path;

use crate::demo::{Demo, Kind, Rule};
use allies::scenario::{
    Loaded, Problems, baseline_file, explain, load, load_default, load_text, reference_page,
    schema, undocumented, write_new,
};
use insta::assert_snapshot;
use proptest::prelude::*;

fn loaded(toml: &str, sets: &[&str]) -> Result<Loaded<Demo>, Problems> {
    let sets: Vec<String> = sets.iter().map(|&set| set.to_owned()).collect();
    load_text(Path::new("case.toml"), toml.to_owned(), &sets)
}

const FULL: &str = r#"
name = "a firm"
seed = 42
note = "tried \"twice\""
[workforce]
employees = 0x40
authentic_share = 1e-3
pay = [1, 0.1, 1e21]
[promotion]
rule = "longest_tenure"
every = 26
[strategies.authentic]
feigning = 0.05
[strategies."very bold"]
feigning = 0.9
[[personas]]
name = "Michael"
[[personas]]
name = "Ada L."
strategy = "very bold"
behaviour = { relationship_hours = 9 }
[[restructurings]]
week = 30
kind = { merge = { from = "sales", into = "service" } }
[[restructurings]]
week = 60
kind = "announcement"
"#;

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
fn the_baseline_file_loads_to_the_defaults_and_shows_every_parameter() {
    let file = baseline_file::<Demo>("Every parameter at its default.").unwrap();
    let baseline = loaded(&file, &[]).unwrap();
    assert_eq!(baseline.value, Demo::default());
    assert_eq!(baseline.hash, load_default::<Demo>(&[]).unwrap().hash);
    assert_snapshot!(file);
}

#[test]
fn the_reference_page_has_every_parameter() {
    assert_snapshot!(reference_page::<Demo>("allies explain --markdown"));
}

#[test]
fn explain_knows_parameters_sections_entries_and_near_names() {
    let shown = |key: Option<&str>| match explain::<Demo>(key) {
        Ok(entries) => entries
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n"),
        Err(unknown) => format!("{unknown}\n"),
    };
    let mut text = format!("######## all\n{}", shown(None));
    for key in [
        "seed",
        "workforce",
        "workforce.authentic_share",
        "authentic_share",
        "strategies.authentic.relationship_hours",
        "strategies.bold.relationship_hours",
        "strategies.<name>.feigning",
        "personas.0.name",
        "personas[].level",
        "restructurings.kind",
        "promotion.rule",
        "workforce.autentic_share",
        "autentic_share",
        "nothing like it",
        "",
        "..",
    ] {
        text += &format!("######## {key}\n{}", shown(Some(key)));
    }
    assert_snapshot!(text);
}

#[derive(Default, serde::Serialize, schemars::JsonSchema)]
struct Bare {
    /// Only a meaning.
    share: f64,
    bare: bool,
}

#[test]
fn every_parameter_of_the_demonstration_is_documented_and_a_lack_is_found() {
    assert_eq!(undocumented::<Demo>(), Vec::<String>::new());
    assert_eq!(
        undocumented::<Bare>(),
        ["share: no unit", "bare: no meaning"]
    );
}

#[test]
fn the_schema_has_ranges_defaults_meanings_and_the_base() {
    let schema: serde_json::Value = serde_json::from_str(&schema::<Demo>()).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["properties"]["extends"]["type"], "string");
    assert_eq!(schema["additionalProperties"], false);
    let share = &schema["$defs"]["Workforce"]["properties"]["authentic_share"];
    assert_eq!(
        (&share["minimum"], &share["maximum"], &share["default"]),
        (&0.0.into(), &1.0.into(), &0.3.into())
    );
    assert!(
        share["description"]
            .as_str()
            .unwrap()
            .starts_with("Part of the people")
    );
    assert!(
        schema["properties"]["note"].get("default").is_none(),
        "TOML has no null"
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
