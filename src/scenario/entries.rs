//! Every section and parameter of a scenario in the order of the structs: `explain`, the reference page and the
//! baseline file are three ways to write this list.

use schemars::JsonSchema;
use serde::Serialize;
use toml::Value;

use super::doc::Doc;
use super::path::spelled;
use super::shape::{Field, Form, Shape, Word};

/// A section, or a parameter, and all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// `workforce.authentic_share`, `strategies.<name>.feigning`, `personas[].name`.
    pub path: String,
    /// True for a parameter, false for a section.
    pub is_parameter: bool,
    /// What it means; a sentence or more.
    pub meaning: String,
    /// Unit, if it has one.
    pub unit: Option<String>,
    /// Type and range in words.
    pub expected: String,
    /// Words to choose from, each with its meaning.
    pub choices: Vec<(String, String)>,
    /// The default as TOML; `None` when it is not set or must be given.
    pub default: Option<String>,
    /// Defaults of the entries a map has by default, as TOML: (name, value).
    pub default_by_name: Vec<(String, String)>,
    /// The key must be given.
    pub is_required: bool,
    /// True for a number, or an array of numbers.
    pub is_number: bool,
    /// Where the default comes from; `None` when the doc line does not say.
    pub source: Option<String>,
}

/// All of them, sections before what is in them.
pub fn entries<T: JsonSchema + Serialize + Default>() -> Vec<Entry> {
    let shape = Shape::of::<T>();
    let defaults = Value::try_from(T::default()).ok();
    let mut entries = Vec::new();
    for field in shape.fields() {
        let default = defaults
            .as_ref()
            .and_then(|defaults| defaults.get(&field.name));
        add(
            &mut entries,
            field,
            &field.name,
            &Known {
                value: default,
                named: Vec::new(),
            },
        );
    }
    entries
}

/// What is known of the default at a place: one value, and in a map the value of each entry it has by default.
struct Known<'a> {
    value: Option<&'a Value>,
    named: Vec<(&'a str, &'a Value)>,
}

impl<'a> Known<'a> {
    fn below(&self, key: &str) -> Self {
        let named = self
            .named
            .iter()
            .filter_map(|&(name, value)| Some((name, value.get(key)?)));
        Self {
            value: self.value.and_then(|value| value.get(key)),
            named: named.collect(),
        }
    }

    fn entries_of_map(&self) -> Vec<(&'a str, &'a Value)> {
        let table = self.value.and_then(Value::as_table);
        table
            .map(|table| {
                table
                    .iter()
                    .map(|(name, value)| (name.as_str(), value))
                    .collect()
            })
            .unwrap_or_default()
    }
}

fn add(entries: &mut Vec<Entry>, field: &Field, path: &str, known: &Known<'_>) {
    entries.push(entry(field, path, known));
    below(entries, &field.shape, path, known);
}

fn below(entries: &mut Vec<Entry>, shape: &Shape, path: &str, known: &Known<'_>) {
    match &shape.form {
        Form::Section { fields } => {
            for field in fields {
                let mut known = known.below(&field.name);
                known.value = known.value.or(field.default.as_ref());
                add(
                    entries,
                    field,
                    &format!("{path}.{}", spelled(&field.name)),
                    &known,
                );
            }
        }
        Form::Map { value } => {
            // The default of an entry nobody has written yet is the value type's own.
            let known = Known {
                value: None,
                named: known.entries_of_map(),
            };
            below(entries, value, &format!("{path}.<name>"), &known);
        }
        Form::List { item, .. } => {
            below(
                entries,
                item,
                &format!("{path}[]"),
                &Known {
                    value: None,
                    named: Vec::new(),
                },
            );
        }
        Form::Choice { tables, .. } => {
            for table in tables {
                let path = format!("{path}.{}", table.name);
                below(entries, &table.shape, &path, &known.below(&table.name));
            }
        }
        _ => {}
    }
}

fn entry(field: &Field, path: &str, known: &Known<'_>) -> Entry {
    let Field {
        shape,
        doc: Doc {
            meaning,
            unit,
            source,
        },
        ..
    } = field;
    let is_parameter = shape.is_leaf();
    let shown = |value: &Value| value.to_string();
    let choices = match &shape.form {
        Form::Choice { words, tables } => words
            .iter()
            .map(|Word { word, meaning }| (format!("\"{word}\""), meaning.clone()))
            .chain(
                tables
                    .iter()
                    .map(|t| (format!("{{ {} = {{ … }} }}", t.name), t.doc.meaning.clone())),
            )
            .collect(),
        _ => Vec::new(),
    };
    let named = known
        .named
        .iter()
        .map(|(name, value)| ((*name).to_owned(), shown(value)));
    Entry {
        path: path.to_owned(),
        is_parameter,
        meaning: meaning.clone(),
        unit: unit.clone().or_else(|| shape.unit.clone()),
        expected: shape.expected(),
        choices,
        default: known.value.filter(|_| is_parameter).map(shown),
        default_by_name: if is_parameter {
            named.collect()
        } else {
            Vec::new()
        },
        is_required: field.is_required,
        is_number: is_number(shape),
        source: source.clone(),
    }
}

fn is_number(shape: &Shape) -> bool {
    match &shape.form {
        Form::Real { .. } | Form::Whole { .. } => true,
        Form::List { item, .. } => is_number(item),
        _ => false,
    }
}

/// Parameters whose doc line lacks a meaning, a unit or a source: paths with what is lacking. A source is owed for
/// numbers that have a default; names, switches and what nobody has set are the user's own.
pub fn undocumented<T: JsonSchema + Serialize + Default>() -> Vec<String> {
    let has_default = |entry: &Entry| entry.default.is_some() || !entry.default_by_name.is_empty();
    let lacking = |entry: &Entry| {
        let what = match entry {
            Entry { meaning, .. } if meaning.is_empty() => "meaning",
            Entry {
                is_parameter: true,
                unit: None,
                ..
            } => "unit",
            Entry {
                is_parameter: true,
                source: None,
                ..
            } if entry.is_number && has_default(entry) => "source",
            _ => return None,
        };
        Some(format!("{}: no {what}", entry.path))
    };
    entries::<T>().iter().filter_map(lacking).collect()
}
