//! The form of a scenario as read from the JSON Schema of its struct: what the check, `explain`, the reference
//! and the baseline file all walk.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::doc::Doc;

/// What may stand at a place of a scenario.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) form: Form,
    /// What is expected, with its article ("a share"), where the type says so.
    pub(crate) what: Option<String>,
    /// Unit of the type; the unit in the doc line goes before it.
    pub(crate) unit: Option<String>,
}

/// The forms a value may take.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// A number; the limits are infinite where there are none.
    Real { minimum: f64, maximum: f64 },
    /// A whole number.
    Whole { minimum: i64, maximum: i64 },
    /// A text.
    Text,
    /// True or false.
    Switch,
    /// One of some words, or a table with one key (an enum; with fields in the second case).
    Choice {
        words: Vec<Word>,
        tables: Vec<Field>,
    },
    /// An array.
    List {
        item: Box<Shape>,
        minimum: usize,
        maximum: usize,
    },
    /// A table with known keys.
    Section { fields: Vec<Field> },
    /// A table with free keys.
    Map { value: Box<Shape> },
    /// Anything: the schema says nothing this reader understands; serde has the last word.
    Any,
}

/// A word that may be chosen.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) word: String,
    pub(crate) meaning: String,
}

/// A key of a table.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) shape: Shape,
    pub(crate) doc: Doc,
    /// The key must be given.
    pub(crate) is_required: bool,
    /// Default of the struct the field belongs to.
    pub(crate) default: Option<toml::Value>,
}

/// The JSON Schema of a type, draft 2020-12, as it comes from its definition.
pub(crate) fn schema_of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    Value::from(generator.into_root_schema_for::<T>())
}

/// Deeper types than this are not looked into: only a type that holds itself gets there.
const DEPTH: usize = 16;

impl Shape {
    /// The form of `T`.
    pub(crate) fn of<T: JsonSchema>() -> Self {
        let schema = schema_of::<T>();
        Self::read(&schema, &schema, 0)
    }

    fn bare(form: Form) -> Self {
        Self {
            form,
            what: None,
            unit: None,
        }
    }

    fn read(schema: &Value, root: &Value, depth: usize) -> Self {
        if depth > DEPTH {
            return Self::bare(Form::Any);
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = reference
                .strip_prefix('#')
                .and_then(|pointer| root.pointer(pointer));
            return target.map_or_else(
                || Self::bare(Form::Any),
                |target| Self::read(target, root, depth + 1),
            );
        }
        if let Some(branches) = branches(schema) {
            let branches: Vec<&Value> = branches.iter().filter(|branch| !is_null(branch)).collect();
            return match branches.as_slice() {
                [only] => Self::read(only, root, depth + 1),
                several => Self::bare(choice(several, root, depth)),
            };
        }
        let text = |key: &str| schema.get(key).and_then(Value::as_str).map(str::to_owned);
        Self {
            form: form(schema, root, depth),
            what: text("x-what"),
            unit: text("x-unit"),
        }
    }

    /// The keys of a table with known keys; empty for every other form.
    pub(crate) fn fields(&self) -> &[Field] {
        match &self.form {
            Form::Section { fields } => fields,
            _ => &[],
        }
    }

    /// The known key `name`.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields().iter().find(|field| field.name == name)
    }

    /// The values a key below may have: of a map's entry, of a section's field.
    pub(crate) fn below(&self, key: &str) -> Option<&Shape> {
        match &self.form {
            Form::Map { value } => Some(value),
            _ => self.field(key).map(|field| &field.shape),
        }
    }

    /// A form of one value, without keys of its own.
    pub(crate) fn is_leaf(&self) -> bool {
        match &self.form {
            Form::Section { .. } | Form::Map { .. } => false,
            Form::List { item, .. } => item.is_leaf(),
            _ => true,
        }
    }

    /// What is expected, in words: "a share between 0 and 1".
    pub(crate) fn expected(&self) -> String {
        let what = |plain: &str| self.what.clone().unwrap_or_else(|| plain.to_owned());
        match &self.form {
            &Form::Real { minimum, maximum } => {
                let lower = minimum.is_finite().then(|| minimum.to_string());
                let upper = maximum.is_finite().then(|| maximum.to_string());
                between(&what("a number"), lower, upper)
            }
            &Form::Whole { minimum, maximum } => {
                let lower = (minimum > i64::MIN).then(|| minimum.to_string());
                let upper = (maximum < i64::MAX || minimum > i64::MIN).then(|| maximum.to_string());
                between(&what("a whole number"), lower, upper)
            }
            Form::Text => what("a text in quotes"),
            Form::Switch => "true or false".to_owned(),
            Form::Choice { words, tables } => {
                let words = words.iter().map(|word| format!("\"{}\"", word.word));
                let tables = tables
                    .iter()
                    .map(|table| format!("{{ {} = … }}", table.name));
                format!(
                    "one of {}",
                    words.chain(tables).collect::<Vec<_>>().join(", ")
                )
            }
            Form::List { item, .. } if !item.is_leaf() => "an array of tables".to_owned(),
            Form::List { item, .. } => format!("an array, each element {}", item.expected()),
            Form::Section { .. } | Form::Map { .. } => "a table".to_owned(),
            Form::Any => "a value".to_owned(),
        }
    }
}

fn between(what: &str, lower: Option<String>, upper: Option<String>) -> String {
    match (lower, upper) {
        (Some(lower), Some(upper)) => format!("{what} between {lower} and {upper}"),
        (Some(lower), None) => format!("{what} of {lower} or more"),
        (None, Some(upper)) => format!("{what} of {upper} or less"),
        (None, None) => what.to_owned(),
    }
}

fn branches(schema: &Value) -> Option<&Vec<Value>> {
    ["anyOf", "oneOf"]
        .iter()
        .find_map(|key| schema.get(*key))
        .and_then(Value::as_array)
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

/// The type's name; of `["integer", "null"]` the first that is not null.
fn type_name(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) => Some(name),
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .find(|name| *name != "null"),
        _ => None,
    }
}

fn form(schema: &Value, root: &Value, depth: usize) -> Form {
    if let Some(words) = words(schema) {
        return Form::Choice {
            words,
            tables: Vec::new(),
        };
    }
    let count = |key: &str| {
        schema
            .get(key)
            .and_then(Value::as_u64)
            .map(|count| count as usize)
    };
    match type_name(schema) {
        Some("number") => {
            let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
            Form::Real {
                minimum: limit("minimum").unwrap_or(f64::NEG_INFINITY),
                maximum: limit("maximum").unwrap_or(f64::INFINITY),
            }
        }
        Some("integer") => {
            let (lower, upper) = width(schema.get("format").and_then(Value::as_str));
            let limit = |key: &str| {
                let limit = schema.get(key)?;
                limit
                    .as_i64()
                    .or_else(|| limit.as_f64().map(|limit| limit as i64))
            };
            Form::Whole {
                minimum: limit("minimum").unwrap_or(lower),
                maximum: limit("maximum").unwrap_or(upper),
            }
        }
        Some("string") => Form::Text,
        Some("boolean") => Form::Switch,
        Some("array") => match schema.get("items") {
            Some(item) => Form::List {
                item: Box::new(Shape::read(item, root, depth + 1)),
                minimum: count("minItems").unwrap_or(0),
                maximum: count("maxItems").unwrap_or(usize::MAX),
            },
            None => Form::Any,
        },
        Some("object") => match (schema.get("properties"), schema.get("additionalProperties")) {
            (None, Some(value @ Value::Object(_))) => Form::Map {
                value: Box::new(Shape::read(value, root, depth + 1)),
            },
            _ => Form::Section {
                fields: fields(schema, root, depth),
            },
        },
        _ => Form::Any,
    }
}

/// Limits of Rust's whole numbers; TOML's own are 64 bits with a sign, so that larger seeds are refused here.
fn width(format: Option<&str>) -> (i64, i64) {
    match format {
        Some("int8") => (i8::MIN as i64, i8::MAX as i64),
        Some("int16") => (i16::MIN as i64, i16::MAX as i64),
        Some("int32") => (i32::MIN as i64, i32::MAX as i64),
        Some("uint8") => (0, u8::MAX as i64),
        Some("uint16") => (0, u16::MAX as i64),
        Some("uint32") => (0, u32::MAX as i64),
        Some("uint" | "uint64") => (0, i64::MAX),
        _ => (i64::MIN, i64::MAX),
    }
}

/// The words of `enum` or `const`.
fn words(schema: &Value) -> Option<Vec<Word>> {
    let meaning = Doc::read(schema).meaning;
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return Some(vec![Word {
            word: word.to_owned(),
            meaning,
        }]);
    }
    let words = schema
        .get("enum")?
        .as_array()?
        .iter()
        .filter_map(Value::as_str);
    Some(
        words
            .map(|word| Word {
                word: word.to_owned(),
                meaning: String::new(),
            })
            .collect(),
    )
}

/// An enum: words and tables with one key each; `Any` when a branch is neither.
fn choice(branches: &[&Value], root: &Value, depth: usize) -> Form {
    let (mut all_words, mut tables) = (Vec::new(), Vec::new());
    for branch in branches {
        if let Some(words) = words(branch) {
            all_words.extend(words);
            continue;
        }
        match fields(branch, root, depth).as_slice() {
            [field] if field.is_required => {
                let doc = Doc::read(branch);
                tables.push(Field {
                    doc,
                    ..field.clone()
                });
            }
            _ => return Form::Any,
        }
    }
    Form::Choice {
        words: all_words,
        tables,
    }
}

fn fields(schema: &Value, root: &Value, depth: usize) -> Vec<Field> {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return Vec::new();
    };
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|n| n == name));
    let field = |(name, schema): (&String, &Value)| Field {
        name: name.clone(),
        shape: Shape::read(schema, root, depth + 1),
        doc: Doc::read(schema),
        is_required: is_required(name),
        default: schema
            .get("default")
            .and_then(|value| toml::Value::try_from(value).ok()),
    };
    properties.iter().map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_holds_itself_is_read_to_a_limit() {
        #[derive(JsonSchema)]
        #[allow(dead_code)]
        struct Unit {
            below: Vec<Unit>,
        }
        assert!(matches!(Shape::of::<Unit>().form, Form::Section { .. }));
    }
}
