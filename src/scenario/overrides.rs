//! Values that another file gives for keys of a scenario, each with its place there: the `set` of an arm.

use std::sync::Arc;

use super::findings::Source;
use super::path::{KeyPath, spelled};
use super::problem::Problem;
use super::set::Put;
use super::shape::Shape;
use super::source::{Place, Text};
use super::tree::{Content, Node};

/// The texts that settings of one file stand in.
#[derive(Debug, Clone)]
pub struct Texts(Arc<[Text]>);

/// A value for one key of a scenario, given elsewhere.
#[derive(Debug, Clone)]
pub struct Setting {
    key: String,
    node: Node,
    texts: Texts,
}

impl Setting {
    /// The key, as it was written.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The value.
    pub fn value(&self) -> toml::Value {
        self.node.to_value()
    }

    /// As an argument of `--set`.
    pub fn argument(&self) -> String {
        format!("{}={}", self.key, self.value())
    }

    /// A value given nowhere in a file; problems with it have no place.
    pub fn new(key: &str, value: &toml::Value) -> Self {
        Self {
            key: key.to_owned(),
            node: Node::from_default(value),
            texts: Texts(Arc::from(vec![])),
        }
    }
}

impl Source {
    /// The texts of this file and its bases, to be shared by its settings.
    pub fn shared_texts(&self) -> Texts {
        Texts(Arc::from(self.texts.clone()))
    }

    /// The settings in the table at a path, in the order of their keys; empty where there is none.
    pub fn settings(&self, path: &str, texts: &Texts) -> Vec<Setting> {
        let table = KeyPath::parse(path).and_then(|path| self.tree.at(&path));
        let Some(Content::Table(entries)) = table.map(|node| &node.content) else {
            return Vec::new();
        };
        let setting = |(key, node): (&String, &Node)| Setting {
            // `"organisation.employees"` is a path, `organisation` a section of which a part follows
            key: if KeyPath::parse(key).is_some() {
                key.clone()
            } else {
                spelled(key)
            },
            node: node.clone(),
            texts: texts.clone(),
        };
        entries.iter().map(setting).collect()
    }

    /// A value for a key, computed from what stands at a path.
    pub fn setting_from(
        &self,
        path: &str,
        texts: &Texts,
        key: &str,
        value: &toml::Value,
    ) -> Setting {
        let place = KeyPath::parse(path).and_then(|path| self.tree.nearest_place(&path).0);
        let mut node = Node::from_default(value);
        node.place = place;
        node.key = place;
        Setting {
            key: key.to_owned(),
            node,
            texts: texts.clone(),
        }
    }
}

/// Lays settings over a tree; their texts are added to `texts`, so that every later problem points into them.
pub(crate) fn lay(
    settings: &[Setting],
    tree: &mut Node,
    shape: &Shape,
    texts: &mut Vec<Text>,
    problems: &mut Vec<Problem>,
) {
    let mut added: Vec<(Texts, usize)> = Vec::new();
    for setting in settings {
        let known = added
            .iter()
            .find(|(seen, _)| Arc::ptr_eq(&seen.0, &setting.texts.0));
        let offset = if let Some((_, offset)) = known {
            *offset
        } else {
            let offset = texts.len();
            texts.extend(setting.texts.0.iter().cloned());
            added.push((setting.texts.clone(), offset));
            offset
        };
        let mut node = setting.node.clone();
        shift(&mut node, offset);
        let place = node.key.or(node.place).unwrap_or(Place {
            text: offset,
            start: 0,
            end: 0,
        });
        let Some(path) = KeyPath::parse(&setting.key) else {
            continue;
        };
        let put = Put {
            typed: None,
            key: place,
        };
        if let Err(problem) = put.put(tree, shape, path.steps(), &KeyPath::default(), node) {
            problems.push(problem.path(&path).at(texts, place));
        }
    }
}

fn shift(node: &mut Node, offset: usize) {
    for place in [&mut node.place, &mut node.key].into_iter().flatten() {
        place.text += offset;
    }
    match &mut node.content {
        Content::List(elements) => elements.iter_mut().for_each(|node| shift(node, offset)),
        Content::Table(entries) => entries.values_mut().for_each(|node| shift(node, offset)),
        _ => {}
    }
}
