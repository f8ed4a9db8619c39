//! `--set path.to.key=value`: one value changed from the command line.

use toml::de::DeValue;

use super::examine::{cut, ticked};
use super::near::nearest;
use super::path::{KeyPath, Step};
use super::problem::Problem;
use super::shape::{Form, Shape};
use super::source::{Place, Text};
use super::tree::{Content, Node, Origin, element, name};

/// What the user typed before the assignment, so that the place shown looks the way it was typed.
const PREFIX: &str = "--set ";

/// Applies one `--set` argument to the tree; its text is added to `texts`.
pub(crate) fn apply(
    argument: &str,
    tree: &mut Node,
    shape: &Shape,
    texts: &mut Vec<Text>,
) -> Result<(), Box<Problem>> {
    let text = texts.len();
    texts.push(Text::argument(format!("{PREFIX}{argument}")));
    let place = |start, end| Place {
        text,
        start: PREFIX.len() + start,
        end: PREFIX.len() + end,
    };
    let refuse = |problem: Problem, place| Err(Box::new(problem.at(texts, place)));

    let Some(equals) = equals(argument) else {
        let problem =
            Problem::new("set", "no `=` in an argument of --set").label("expected KEY=VALUE");
        return refuse(problem, place(0, argument.len()));
    };
    let (key, value) = (&argument[..equals], &argument[equals + 1..]);
    let key_place = place(0, equals);
    let Some(path) = KeyPath::parse(key) else {
        let problem = Problem::new("set", format!("{} is not the path of a key", ticked(key)))
            .label("expected names with dots between, such as `section.key` or `list.0.key`");
        return refuse(problem, key_place);
    };
    let value_place = place(equals + 1, argument.len());
    let mut node = match read(
        value,
        Origin {
            text,
            offset: value_place.start,
        },
    ) {
        Ok(node) => node,
        Err(message) => return refuse(Problem::new("set", message).path(&path), value_place),
    };
    node.place = Some(value_place);
    node.key = Some(key_place);
    let typed = value.trim();
    match (Put {
        typed: Some(typed),
        key: key_place,
    })
    .put(tree, shape, path.steps(), &KeyPath::default(), node)
    {
        Ok(()) => Ok(()),
        Err(problem) => refuse(problem.path(&path), key_place),
    }
}

/// The first `=` outside quotes.
fn equals(argument: &str) -> Option<usize> {
    let mut quote = None;
    for (i, c) in argument.char_indices() {
        match (quote, c) {
            (None, '=') => return Some(i),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// A value: as TOML, or a bare word as a text.
fn read(value: &str, origin: Origin) -> Result<Node, String> {
    if value.trim().is_empty() {
        return Err("no value after `=`; an empty text is written \"\"".to_owned());
    }
    let too_deep = |_| "the value is nested too deeply".to_owned();
    match DeValue::parse(value.trim()) {
        Ok(parsed) => Node::from_value(&parsed, origin, 0).map_err(too_deep),
        Err(error) => {
            let is_bare = |c: char| c.is_alphanumeric() || " _-.:/".contains(c);
            if value.chars().all(is_bare) {
                let content = Content::Text(value.trim().to_owned());
                return Ok(Node {
                    content,
                    place: None,
                    key: None,
                });
            }
            let message = error.message().trim_end_matches(", expected nothing");
            Err(format!("the value is not TOML: {message}"))
        }
    }
}

/// An assignment on its way down the tree.
pub(crate) struct Put<'a> {
    /// The value as typed on the command line, for keys that want a text.
    pub(crate) typed: Option<&'a str>,
    pub(crate) key: Place,
}

impl Put<'_> {
    pub(crate) fn put(
        &self,
        node: &mut Node,
        shape: &Shape,
        steps: &[Step],
        done: &KeyPath,
        value: Node,
    ) -> Result<(), Box<Problem>> {
        let Some((step, rest)) = steps.split_first() else {
            self.assign(node, shape, value);
            return Ok(());
        };
        if matches!(shape.form, Form::Choice { .. }) {
            return self.put_choice(node, shape, (step, rest), done, value);
        }
        match (&shape.form, &mut node.content) {
            (Form::Section { .. } | Form::Map { .. }, Content::Table(table)) => {
                let key = match step {
                    Step::Key(key) => key.clone(),
                    Step::Index(index) => index.to_string(),
                };
                let is_map = matches!(shape.form, Form::Map { .. });
                let Some(below) = shape.below(&key) else {
                    let known = shape.fields().iter().map(|field| field.name.as_str());
                    return Err(no_such_key(&key, known, done));
                };
                // A misspelt name must not make a new entry with all the rest at its defaults.
                if is_map && !rest.is_empty() && !table.contains_key(&key) {
                    return Err(no_such_key(&key, table.keys().map(String::as_str), done));
                }
                let entry = table
                    .entry(key.clone())
                    .or_insert_with(|| Node::table(Some(self.key), Some(self.key)));
                self.put(entry, below, rest, &done.key(&key), value)
            }
            (Form::List { item, .. }, Content::List(elements)) => {
                let index = match step {
                    Step::Index(index) => Some(*index),
                    Step::Key(key) => element(elements, key),
                };
                let names: Vec<&str> = elements.iter().filter_map(name).collect();
                match index.filter(|&index| index < elements.len()) {
                    Some(index) => {
                        self.put(&mut elements[index], item, rest, &done.index(index), value)
                    }
                    None => Err(no_such_element(step, elements.len(), &names, done)),
                }
            }
            // The file has the wrong type here, which is said elsewhere; `Any` cannot be looked into.
            (Form::Section { .. } | Form::Map { .. } | Form::List { .. }, _) => Ok(()),
            _ => Err(no_keys(done)),
        }
    }

    /// A value within a choice (`kind.downsize.share`): the choice is made, if it was another before.
    fn put_choice(
        &self,
        node: &mut Node,
        shape: &Shape,
        (step, rest): (&Step, &[Step]),
        done: &KeyPath,
        value: Node,
    ) -> Result<(), Box<Problem>> {
        let (Form::Choice { tables, .. }, Step::Key(key)) = (&shape.form, step) else {
            return Err(no_keys(done));
        };
        if tables.is_empty() {
            return Err(no_keys(done));
        }
        let Some(field) = tables.iter().find(|table| &table.name == key) else {
            let known = tables.iter().map(|table| table.name.as_str());
            return Err(no_such_key(key, known, done));
        };
        if !matches!(&node.content, Content::Table(table) if table.contains_key(key)) {
            let chosen = Node::table(Some(self.key), Some(self.key));
            node.content = Content::Table([(key.clone(), chosen)].into());
            node.place = Some(self.key);
        }
        let Content::Table(table) = &mut node.content else {
            return Ok(());
        };
        let Some(entry) = table.get_mut(key) else {
            return Ok(());
        };
        self.put(entry, &field.shape, rest, &done.key(key), value)
    }

    fn assign(&self, node: &mut Node, shape: &Shape, mut value: Node) {
        // `--set name=2030`: the shell has eaten the quotes, and a text is wanted.
        let is_scalar = !matches!(
            value.content,
            Content::Text(_) | Content::List(_) | Content::Table(_)
        );
        if let (true, true, Some(typed)) = (matches!(shape.form, Form::Text), is_scalar, self.typed)
        {
            value.content = Content::Text(typed.to_owned());
        }
        node.lay(value, shape);
    }
}

fn inside(done: &KeyPath) -> String {
    if done.is_empty() {
        "in a scenario".to_owned()
    } else {
        format!("in `{done}`")
    }
}

fn no_such_key<'a>(
    key: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    done: &KeyPath,
) -> Box<Problem> {
    let problem = Problem::new("set", format!("no key {} {}", ticked(key), inside(done)));
    let problem = match nearest(key, known.clone()) {
        Some(near) => problem.label(format!("did you mean `{near}`?")),
        None => problem,
    };
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    Box::new(problem.help(format!("known keys here: {}", known.join(", "))))
}

fn no_such_element(step: &Step, length: usize, names: &[&str], done: &KeyPath) -> Box<Problem> {
    let step = match step {
        Step::Index(index) => index.to_string(),
        Step::Key(key) => key.clone(),
    };
    let length = match length {
        0 => "it is empty".to_owned(),
        1 => "it has 1 element, number 0".to_owned(),
        _ => format!("it has {length} elements, numbers 0 to {}", length - 1),
    };
    let problem =
        Problem::new("set", format!("no element {} in `{done}`", ticked(&step))).label(length);
    let problem = match nearest(&step, names.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    };
    let here = (!names.is_empty()).then(|| format!("names here: {}", cut(&names.join(", "))));
    Box::new(here.into_iter().fold(problem, Problem::help))
}

fn no_keys(done: &KeyPath) -> Box<Problem> {
    let problem = Problem::new("set", format!("`{done}` is a single value"));
    Box::new(problem.label("it has no keys of its own"))
}
