//! Holds the tree of a scenario against the form of its struct: every problem, in one pass.

use std::collections::BTreeMap;

use super::near::nearest;
use super::path::KeyPath;
use super::problem::{MOST, Problem};
use super::shape::{Field, Form, Shape};
use super::source::{Place, Text};
use super::tree::{Content, Node};

/// What is wrong, and which values are broken by it.
#[derive(Debug, Default)]
pub(crate) struct Examined {
    pub(crate) problems: Vec<Problem>,
    pub(crate) broken: Vec<KeyPath>,
}

/// Key of the base file; it belongs to the loader, not to the struct.
pub(crate) const EXTENDS: &str = "extends";

/// A place of the tree and what may stand there.
#[derive(Clone, Copy)]
struct At<'a> {
    shape: &'a Shape,
    path: &'a KeyPath,
    place: Place,
}

struct Examiner<'a> {
    texts: &'a [Text],
    root: &'a Shape,
    out: Examined,
}

/// Examines the whole tree.
pub(crate) fn examine(tree: &Node, shape: &Shape, texts: &[Text]) -> Examined {
    let mut examiner = Examiner {
        texts,
        root: shape,
        out: Examined::default(),
    };
    examiner.value(tree, shape, &KeyPath::default(), START);
    examiner.out
}

const START: Place = Place {
    text: 0,
    start: 0,
    end: 0,
};

impl Examiner<'_> {
    /// `around` is the nearest place written, for values that stand nowhere themselves.
    fn value(&mut self, node: &Node, shape: &Shape, path: &KeyPath, around: Place) {
        if self.out.problems.len() >= MOST {
            return;
        }
        let place = node.place.unwrap_or(around);
        match (&shape.form, &node.content) {
            (Form::Any, _)
            | (Form::Text, Content::Text(_))
            | (Form::Switch, Content::Switch(_)) => {}
            (&Form::Real { minimum, maximum }, Content::Real(number, digits)) => {
                let is_inside = number.is_finite() && (minimum..=maximum).contains(number);
                self.range(is_inside, digits, shape, path, place);
            }
            (&Form::Real { minimum, maximum }, Content::Whole(number, digits)) => {
                let is_inside = number.is_some_and(|n| (minimum..=maximum).contains(&(n as f64)));
                self.range(is_inside, digits, shape, path, place);
            }
            (&Form::Whole { minimum, maximum }, Content::Whole(number, digits)) => {
                let is_inside = number.is_some_and(|n| (minimum..=maximum).contains(&n));
                self.range(is_inside, digits, shape, path, place);
            }
            (Form::Choice { words, tables }, Content::Text(text)) => {
                if !words.iter().any(|word| &word.word == text) {
                    let words: Vec<&str> = words.iter().map(|word| word.word.as_str()).collect();
                    let tables: Vec<&str> =
                        tables.iter().map(|table| table.name.as_str()).collect();
                    self.choice(text, (&words, &tables), At { shape, path, place });
                }
            }
            (Form::Choice { tables, .. }, Content::Table(table)) if !tables.is_empty() => {
                self.chosen_table(table, tables, At { shape, path, place });
            }
            (
                Form::List {
                    item,
                    minimum,
                    maximum,
                },
                Content::List(elements),
            ) => {
                let length = elements.len();
                if length < *minimum || length > *maximum {
                    let limit = match (*minimum, *maximum) {
                        (0, maximum) => format!("at most {maximum} elements"),
                        (minimum, usize::MAX) => format!("at least {minimum} elements"),
                        (minimum, maximum) if minimum == maximum => format!("{minimum} elements"),
                        (minimum, maximum) => format!("{minimum} to {maximum} elements"),
                    };
                    let message = format!("`{path}` has {length} elements");
                    self.add(
                        Problem::new("length", message).label(format!("expected {limit}")),
                        path,
                        place,
                    );
                }
                for (i, element) in elements.iter().enumerate() {
                    self.value(element, item, &path.index(i), place);
                }
            }
            (Form::Map { value }, Content::Table(table)) => {
                for (key, node) in table {
                    self.value(node, value, &path.key(key), place);
                }
            }
            (Form::Section { fields }, Content::Table(table)) => {
                for (key, node) in table.iter().take(MOST) {
                    match fields.iter().find(|field| field.name == *key) {
                        Some(field) => self.value(node, &field.shape, &path.key(key), place),
                        None => self.unknown(key, node, fields, path, place),
                    }
                }
                for field in fields.iter().filter(|field| field.is_required) {
                    if !table.contains_key(&field.name) {
                        self.missing(field, path, place);
                    }
                }
            }
            _ => self.wrong_type(node, shape, path, place),
        }
    }

    fn add(&mut self, problem: Problem, path: &KeyPath, place: Place) {
        self.out
            .problems
            .push(problem.path(path).at(self.texts, place));
        self.out.broken.push(path.clone());
    }

    fn range(
        &mut self,
        is_inside: bool,
        digits: &str,
        shape: &Shape,
        path: &KeyPath,
        place: Place,
    ) {
        if !is_inside {
            let expected = match shape.expected() {
                anything if anything == "a number" => "a finite number".to_owned(),
                expected => expected,
            };
            let label = format!("expected {expected}, found {}", cut(digits));
            self.add(
                Problem::new("range", format!("`{path}` is out of range")).label(label),
                path,
                place,
            );
        }
    }

    /// An unknown word; `words` stand alone, `tables` have values of their own.
    fn choice(&mut self, text: &str, (words, tables): (&[&str], &[&str]), at: At<'_>) {
        let At { shape, path, place } = at;
        let near =
            nearest(text, words.iter().copied()).map(|near| format!("did you mean \"{near}\"?"));
        let needy = || {
            let near = nearest(text, tables.iter().copied())?;
            Some(format!(
                "`{near}` needs its own values: `{{ {near} = {{ … }} }}`"
            ))
        };
        let label = near
            .or_else(needy)
            .unwrap_or_else(|| format!("not one of the {} choices", shape.choices()));
        let message = format!("`{path}` has the unknown value {}", quoted(text));
        let problem = Problem::new("choice", message)
            .label(label)
            .help(format!("expected {}", shape.expected()));
        self.add(problem, path, place);
    }

    fn chosen_table(&mut self, table: &BTreeMap<String, Node>, tables: &[Field], at: At<'_>) {
        let At { shape, path, place } = at;
        if let (1, Some((key, node))) = (table.len(), table.iter().next()) {
            if let Some(field) = tables.iter().find(|field| field.name == *key) {
                self.value(node, &field.shape, &path.key(key), place);
            } else {
                let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
                let place = node.key.unwrap_or(place);
                self.choice(key, (&names, &[]), At { place, ..at });
            }
            return;
        }
        let names: Vec<String> = table.keys().map(|key| format!("`{key}`")).collect();
        let (message, label) = if names.is_empty() {
            (
                format!("`{path}` is an empty table"),
                "no choice is made".to_owned(),
            )
        } else {
            let found = cut(&names.join(", "));
            (
                format!("`{path}` has {} choices at once", names.len()),
                format!("found {found}"),
            )
        };
        let problem = Problem::new("choice", message)
            .label(label)
            .help(format!("expected {}", shape.expected()));
        self.add(problem, path, place);
    }

    fn unknown(&mut self, key: &str, node: &Node, fields: &[Field], path: &KeyPath, place: Place) {
        let place = node.key.unwrap_or(place);
        let is_root = path.is_empty();
        let mut known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        if is_root {
            known.insert(0, EXTENDS);
        }
        let inside = if is_root {
            String::new()
        } else {
            format!(" in `{path}`")
        };
        let mut problem = Problem::new(
            "unknown-key",
            format!("unknown key {}{inside}", ticked(key)),
        );
        let near = nearest(key, known.iter().copied());
        if let Some(near) = near {
            problem = problem.label(format!("did you mean `{near}`?"));
            self.out.broken.push(path.key(near));
        } else {
            problem = problem.label("no such key here");
            if let Some(other) = elsewhere(key, self.root) {
                problem = problem.help(format!("there is `{other}`"));
            }
        }
        known.sort_unstable();
        problem = problem.help(format!("known keys here: {}", known.join(", ")));
        self.add(problem, &path.key(key), place);
    }

    fn missing(&mut self, field: &Field, path: &KeyPath, place: Place) {
        let message = format!("`{path}` lacks the key `{}`", field.name);
        let mut problem = Problem::new("missing", message).label(format!(
            "add `{} = …`: {}",
            field.name,
            field.shape.expected()
        ));
        if !field.doc.meaning.is_empty() {
            problem = problem.help(format!("{}: {}", field.name, field.doc.meaning));
        }
        self.add(problem, path, place);
    }

    fn wrong_type(&mut self, node: &Node, shape: &Shape, path: &KeyPath, place: Place) {
        let label = format!(
            "expected {}, found {}",
            shape.expected(),
            found(&node.content)
        );
        let mut problem = Problem::new("type", format!("`{path}` has the wrong type")).label(label);
        if let Some(help) = way_out(&node.content, shape, path) {
            problem = problem.help(help);
        }
        self.add(problem, path, place);
    }
}

impl Shape {
    fn choices(&self) -> usize {
        match &self.form {
            Form::Choice { words, tables } => words.len() + tables.len(),
            _ => 0,
        }
    }
}

/// A value in words: `the text "high"`, `the number 3`.
fn found(content: &Content) -> String {
    match content {
        Content::Text(text) => format!("the text {}", quoted(text)),
        Content::Whole(_, digits) | Content::Real(_, digits) => {
            format!("the number {}", cut(digits))
        }
        Content::Switch(switch) => switch.to_string(),
        Content::Date(date) => format!("the date {date}"),
        Content::List(_) => "an array".to_owned(),
        Content::Table(_) => "a table".to_owned(),
    }
}

/// What to write instead, where it can be known.
fn way_out(content: &Content, shape: &Shape, path: &KeyPath) -> Option<String> {
    let is_list_of_tables =
        |shape: &Shape| matches!(&shape.form, Form::List { .. }) && !shape.is_leaf();
    match (&shape.form, content) {
        (Form::Real { .. } | Form::Whole { .. }, Content::Text(text))
            if text.trim().parse::<f64>().is_ok() =>
        {
            Some(format!("write it without quotes: {}", text.trim()))
        }
        (Form::Whole { .. }, Content::Real(number, _)) if number.fract() == 0.0 => {
            Some(format!("write it without a point: {number}"))
        }
        (Form::Switch, Content::Text(text)) => match text.to_lowercase().as_str() {
            "true" | "yes" | "on" => Some("write true, without quotes".to_owned()),
            "false" | "no" | "off" => Some("write false, without quotes".to_owned()),
            _ => None,
        },
        (
            Form::Text | Form::Choice { .. },
            Content::Whole(_, digits) | Content::Real(_, digits),
        ) => Some(format!("write it in quotes: \"{}\"", cut(digits))),
        (Form::Section { .. } | Form::Map { .. }, Content::List(_)) => {
            Some(format!("write the header `[{path}]`, with single brackets"))
        }
        (_, Content::Table(_)) if is_list_of_tables(shape) => Some(format!(
            "write the header `[[{path}]]`, with double brackets, once for each element"
        )),
        (Form::List { .. }, Content::Table(_)) => None,
        (Form::List { .. }, _) => Some("write the values in square brackets: [ … ]".to_owned()),
        _ => None,
    }
}

/// A path elsewhere in the scenario whose last key is `key`.
fn elsewhere(key: &str, shape: &Shape) -> Option<String> {
    shape.fields().iter().find_map(|field| {
        if field.shape.field(key).is_some() {
            return Some(format!("{}.{key}", field.name));
        }
        elsewhere(key, &field.shape).map(|below| format!("{}.{below}", field.name))
    })
}

/// Long values are cut: the line of the file shows the rest.
pub(crate) fn cut(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text))
}

pub(crate) fn ticked(text: &str) -> String {
    format!("`{}`", cut(&super::path::spelled(text)))
}
