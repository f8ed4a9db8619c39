//! The JSON Schema of scenario files, for editors: draft 2020-12, with meanings, ranges and defaults.

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::examine::EXTENDS;
use super::shape::schema_of;

/// The schema as JSON text with a newline at the end. The key `extends`, which the loader takes out, is in it.
pub fn schema<T: JsonSchema>() -> String {
    let mut schema = schema_of::<T>();
    drop_nulls(&mut schema);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let extends = json!({
            "description": "File this one builds on, relative to this file: what is not given here is as there.",
            "type": "string",
        });
        properties.insert(EXTENDS.to_owned(), extends);
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// TOML has no null: a default of null is no default, and an editor would offer to write it.
fn drop_nulls(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("default").is_some_and(Value::is_null) {
                object.remove("default");
            }
            object.values_mut().for_each(drop_nulls);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}
