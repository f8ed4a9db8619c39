//! The tree of values of a scenario, each with the place it came from: defaults below, the base over them, the
//! scenario over the base, the command line on top.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Value};

use super::path::{KeyPath, Step};
use super::shape::{Form, Shape};
use super::source::Place;

/// A value and where it stands; `None` where nobody wrote it (a default).
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) content: Content,
    pub(crate) place: Option<Place>,
    /// Where its key stands.
    pub(crate) key: Option<Place>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Text(String),
    /// The number (`None` beyond 64 bits) and its digits.
    Whole(Option<i64>, String),
    /// The number and its digits as written.
    Real(f64, String),
    Switch(bool),
    Date(toml::value::Datetime),
    List(Vec<Node>),
    Table(BTreeMap<String, Node>),
}

/// Levels a file may nest; the parser has a limit of its own per value, keys with dots can multiply it.
const DEPTH: usize = 60;

/// The tree is deeper than any scenario.
#[derive(Debug)]
pub(crate) struct TooDeep(pub(crate) Place);

/// Turns spans of the parser into places: which text, and bytes before it (for `--set`, whose value starts late).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) text: usize,
    pub(crate) offset: usize,
}

impl Origin {
    pub(crate) fn place(self, span: std::ops::Range<usize>) -> Place {
        Place {
            text: self.text,
            start: span.start + self.offset,
            end: span.end + self.offset,
        }
    }
}

impl Node {
    pub(crate) fn table(place: Option<Place>, key: Option<Place>) -> Self {
        Self {
            content: Content::Table(BTreeMap::new()),
            place,
            key,
        }
    }

    /// The root of a parsed file.
    pub(crate) fn from_file(table: &DeTable<'_>, origin: Origin) -> Result<Self, TooDeep> {
        let content = Content::Table(entries(table, origin, 0)?);
        Ok(Self {
            content,
            place: None,
            key: None,
        })
    }

    /// A parsed value.
    pub(crate) fn from_value(
        value: &Spanned<DeValue<'_>>,
        origin: Origin,
        depth: usize,
    ) -> Result<Self, TooDeep> {
        let place = origin.place(value.span());
        if depth > DEPTH {
            return Err(TooDeep(place));
        }
        let content = match value.get_ref() {
            DeValue::String(text) => Content::Text(text.to_string()),
            DeValue::Integer(digits) => Content::Whole(
                i64::from_str_radix(digits.as_str(), digits.radix()).ok(),
                digits.to_string(),
            ),
            DeValue::Float(digits) => Content::Real(
                digits.as_str().parse().unwrap_or(f64::NAN),
                digits.as_str().to_owned(),
            ),
            DeValue::Boolean(switch) => Content::Switch(*switch),
            DeValue::Datetime(date) => Content::Date(*date),
            DeValue::Array(elements) => {
                let element = |element| Self::from_value(element, origin, depth + 1);
                Content::List(elements.iter().map(element).collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => Content::Table(entries(table, origin, depth)?),
        };
        Ok(Self {
            content,
            place: Some(place),
            key: None,
        })
    }

    /// A default: nobody wrote it.
    pub(crate) fn from_default(value: &Value) -> Self {
        let content = match value {
            Value::String(text) => Content::Text(text.clone()),
            Value::Integer(number) => Content::Whole(Some(*number), number.to_string()),
            Value::Float(number) => Content::Real(*number, number.to_string()),
            Value::Boolean(switch) => Content::Switch(*switch),
            Value::Datetime(date) => Content::Date(*date),
            Value::Array(elements) => {
                Content::List(elements.iter().map(Self::from_default).collect())
            }
            Value::Table(table) => {
                let entry =
                    |(key, value): (&String, &Value)| (key.clone(), Self::from_default(value));
                Content::Table(table.iter().map(entry).collect())
            }
        };
        Self {
            content,
            place: None,
            key: None,
        }
    }

    /// The value without places. Numbers beyond 64 bits become 0: the check has refused them before.
    pub(crate) fn to_value(&self) -> Value {
        match &self.content {
            Content::Text(text) => Value::String(text.clone()),
            Content::Whole(number, _) => Value::Integer(number.unwrap_or(0)),
            Content::Real(number, _) => Value::Float(*number),
            Content::Switch(switch) => Value::Boolean(*switch),
            Content::Date(date) => Value::Datetime(*date),
            Content::List(elements) => Value::Array(elements.iter().map(Self::to_value).collect()),
            Content::Table(table) => Value::Table(
                table
                    .iter()
                    .map(|(key, node)| (key.clone(), node.to_value()))
                    .collect(),
            ),
        }
    }

    /// Lays `over` on this value: tables are merged key by key, everything else is replaced. Tables that stand
    /// for a choice (`{ merge = … }`) are replaced too, or two choices would be made at once.
    pub(crate) fn lay(&mut self, over: Node, shape: &Shape) {
        let merges = matches!(
            shape.form,
            Form::Section { .. } | Form::Map { .. } | Form::Any
        );
        match (&mut self.content, over.content) {
            (Content::Table(below), Content::Table(above)) if merges => {
                for (key, node) in above {
                    match (below.get_mut(&key), shape.below(&key)) {
                        (Some(lower), Some(shape)) => lower.lay(node, shape),
                        _ => drop(below.insert(key, node)),
                    }
                }
                self.place = over.place.or(self.place);
                self.key = over.key.or(self.key);
            }
            (_, content) => *self = Node { content, ..over },
        }
    }

    /// The value one step below.
    pub(crate) fn step(&self, step: &Step) -> Option<&Node> {
        match (&self.content, step) {
            (Content::Table(table), Step::Key(key)) => table.get(key),
            (Content::List(elements), Step::Index(index)) => elements.get(*index),
            (Content::List(elements), Step::Key(key)) => elements.get(element(elements, key)?),
            _ => None,
        }
    }

    /// The value at a path.
    pub(crate) fn at(&self, path: &KeyPath) -> Option<&Node> {
        path.steps()
            .iter()
            .try_fold(self, |node, step| node.step(step))
    }

    /// Puts the default in the place of a broken value: the smallest part around `path` that has a default is
    /// replaced by it, and what has none is taken out.
    pub(crate) fn mend(&mut self, default: &Node, path: &[Step]) {
        let (Content::Table(table), Content::Table(defaults), [Step::Key(key), rest @ ..]) =
            (&mut self.content, &default.content, path)
        else {
            *self = default.clone();
            return;
        };
        match (table.get_mut(key), defaults.get(key)) {
            (Some(below), Some(default)) => below.mend(default, rest),
            (None, Some(default)) => drop(table.insert(key.clone(), default.clone())),
            (_, None) => drop(table.remove(key)),
        }
    }

    /// The nearest value on the way to `path` that somebody wrote, and whether it is `path` itself.
    pub(crate) fn nearest_place(&self, path: &KeyPath) -> (Option<Place>, bool) {
        let mut node = self;
        let mut place = node.place;
        for (i, step) in path.steps().iter().enumerate() {
            let Some(below) = node.step(step) else {
                return (place, false);
            };
            node = below;
            let is_last = i + 1 == path.steps().len();
            match node.place {
                Some(found) if is_last => return (Some(found), true),
                found => place = found.or(place),
            }
        }
        (place, path.is_empty())
    }
}

/// Which element of an array a step of text means: its number, or its `name`.
pub(crate) fn element(elements: &[Node], key: &str) -> Option<usize> {
    let by_name = |node: &Node| matches!(name(node), Some(name) if name == key);
    key.parse()
        .ok()
        .or_else(|| elements.iter().position(by_name))
}

/// The `name` of an element, if it has one.
pub(crate) fn name(node: &Node) -> Option<&str> {
    match &node.content {
        Content::Table(table) => match &table.get("name")?.content {
            Content::Text(name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}

fn entries(
    table: &DeTable<'_>,
    origin: Origin,
    depth: usize,
) -> Result<BTreeMap<String, Node>, TooDeep> {
    let mut entries = BTreeMap::new();
    for (key, value) in table {
        let mut node = Node::from_value(value, origin, depth + 1)?;
        node.key = Some(origin.place(key.span()));
        entries.insert(key.get_ref().to_string(), node);
    }
    Ok(entries)
}
