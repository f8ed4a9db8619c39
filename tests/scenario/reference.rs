//! What users are told of parameters: the file of all defaults, the reference page, explanations, the schema.

use crate::demo::{Demo, loaded};
use allies::scenario::{
    baseline_file, explain, load_default, reference_page, schema, undocumented,
};
use insta::assert_snapshot;
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
