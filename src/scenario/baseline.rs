//! The baseline file: every parameter at its default, each with its meaning above it. It loads to `T::default()`.

use std::fmt::Write as _;

use serde::Serialize;
use toml::Value;

use super::doc::Doc;
use super::path::spelled;
use super::shape::{Field, Form, Shape};

/// Columns of a comment.
const WIDTH: usize = 100;

/// The file as TOML text.
///
/// # Errors
/// When a default cannot be written as TOML (a whole number beyond 64 bits with a sign).
pub fn baseline_file<T: schemars::JsonSchema + Serialize + Default>(
    opening: &str,
) -> Result<String, toml::ser::Error> {
    let Value::Table(defaults) = Value::try_from(T::default())? else {
        return Ok(String::new());
    };
    let mut file = String::new();
    comment(&mut file, opening);
    table(&mut file, &Shape::of::<T>(), &defaults, "", true);
    Ok(file)
}

/// Writes the keys of a table: plain ones first, since after a header every key belongs to that header.
fn table(file: &mut String, shape: &Shape, values: &toml::Table, path: &str, is_documented: bool) {
    for field in shape.fields() {
        let value = values.get(&field.name);
        if is_plain(&field.shape, value) {
            parameter(file, field, value, is_documented);
        }
    }
    for field in shape.fields() {
        if let Some(value) = values
            .get(&field.name)
            .filter(|value| !is_plain(&field.shape, Some(value)))
        {
            let path = join(path, &field.name);
            section(file, field, value, &path, is_documented);
        }
    }
}

/// True for what goes on one line: a value, an empty array, a choice, and what is not set.
fn is_plain(shape: &Shape, value: Option<&Value>) -> bool {
    match value {
        None => true,
        Some(Value::Array(elements)) => shape.is_leaf() || elements.is_empty(),
        Some(_) => shape.is_leaf(),
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        spelled(key)
    } else {
        format!("{path}.{}", spelled(key))
    }
}

fn parameter(file: &mut String, field: &Field, value: Option<&Value>, is_documented: bool) {
    if is_documented {
        file.push('\n');
        let Doc {
            meaning,
            unit,
            source,
        } = &field.doc;
        comment(file, meaning);
        if field.shape.is_leaf() {
            let unit = unit.clone().or_else(|| field.shape.unit.clone());
            let unit = unit.map(|unit| format!(" [{unit}]")).unwrap_or_default();
            comment(
                file,
                &format!(
                    "{}{unit}. {}",
                    capital(&field.shape.expected()),
                    source.as_deref().unwrap_or("")
                ),
            );
        } else {
            let name = &field.name;
            let header = match &field.shape.form {
                Form::List { .. } => format!("[[{name}]]"),
                _ => format!("[{name}]"),
            };
            comment(
                file,
                &format!(
                    "None by default; each one is a table {header} with {}.",
                    keys(&field.shape)
                ),
            );
        }
    }
    let key = spelled(&field.name);
    match value {
        Some(value) => drop(writeln!(file, "{key} = {value}")),
        None if is_documented => drop(writeln!(file, "# {key} is not set")),
        None => {}
    }
}

/// Names of the keys of an element.
fn keys(shape: &Shape) -> String {
    let fields = match &shape.form {
        Form::List { item, .. } | Form::Map { value: item } => item.fields(),
        _ => shape.fields(),
    };
    fields
        .iter()
        .map(|field| field.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn section(file: &mut String, field: &Field, value: &Value, path: &str, is_documented: bool) {
    if is_documented {
        file.push('\n');
        comment(file, &field.doc.meaning);
    }
    match (&field.shape.form, value) {
        (Form::Map { value: shape }, Value::Table(entries)) => {
            let map = path;
            if entries.is_empty() {
                let _ = writeln!(file, "[{path}]");
            }
            // The meanings stand at the first entry only.
            for (i, (name, entry)) in entries.iter().enumerate() {
                let path = join(path, name);
                if i > 0 {
                    file.push('\n');
                }
                match entry {
                    Value::Table(entry) if !shape.is_leaf() => {
                        let _ = writeln!(file, "[{path}]");
                        table(file, shape, entry, &path, is_documented && i == 0);
                    }
                    // A map of plain values needs its header once.
                    entry => {
                        if i == 0 {
                            let _ = writeln!(file, "[{map}]");
                        }
                        let _ = writeln!(file, "{} = {entry}", spelled(name));
                    }
                }
            }
        }
        (Form::List { item, .. }, Value::Array(elements)) => {
            for (i, element) in elements.iter().enumerate() {
                let Value::Table(element) = element else {
                    continue;
                };
                if i > 0 {
                    file.push('\n');
                }
                let _ = writeln!(file, "[[{path}]]");
                table(file, item, element, path, is_documented && i == 0);
            }
        }
        (_, Value::Table(values)) => {
            let _ = writeln!(file, "[{path}]");
            table(file, &field.shape, values, path, is_documented);
        }
        (_, value) => drop(writeln!(file, "{} = {value}", spelled(&field.name))),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Writes text as comment lines of at most [`WIDTH`] columns; a line of `text` starts a line.
fn comment(file: &mut String, text: &str) {
    for paragraph in text.lines() {
        let mut line = String::from("#");
        for word in paragraph.split_whitespace() {
            if line.len() > 1 && line.chars().count() + 1 + word.chars().count() > WIDTH {
                file.push_str(&line);
                file.push('\n');
                line = String::from("#");
            }
            line.push(' ');
            line.push_str(word);
        }
        file.push_str(&line);
        file.push('\n');
    }
}
