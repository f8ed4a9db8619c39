//! From files and `--set` arguments to a checked scenario, or to everything that is wrong with it.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::de::DeTable;

use super::examine::{EXTENDS, cut, examine, quoted};
use super::findings::{Check, Findings, Source};
use super::overrides::{self, Setting};
use super::problem::{Problem, Problems};
use super::read;
use super::set;
use super::shape::Shape;
use super::source::{Place, Text};
use super::tree::{Content, Node, Origin, TooDeep};

/// What the root struct of a scenario must be able to do.
pub trait Root: Serialize + DeserializeOwned + JsonSchema + Default + Check {}
impl<T: Serialize + DeserializeOwned + JsonSchema + Default + Check> Root for T {}

/// A scenario that passed every check.
#[derive(Debug, Clone)]
pub struct Loaded<T> {
    /// The scenario.
    pub value: T,
    /// Where each value came from.
    pub source: Source,
    /// Every parameter with the value used, as TOML; the same bytes for the same scenario.
    pub resolved: String,
    /// BLAKE3 of `resolved`, in hexadecimal.
    pub hash: String,
    /// What is doubtful but allowed.
    pub warnings: Problems,
}

/// A chain of bases longer than this is an accident.
const BASES: usize = 16;

/// Above this size only the first syntax error is looked for: a large file of garbage has millions [bytes].
const ALL_ERRORS: usize = 200_000;

/// Reads a scenario file with its bases, applies the `--set` arguments (`key=value`), checks everything.
///
/// Values in order of strength: `--set`, the file, its base, the base's base, the defaults of `T`. Tables are merged
/// key by key, arrays replaced.
///
/// # Errors
/// All problems at once: of the syntax, or else of keys, types and ranges together with the checks across sections
/// that do not touch a broken section.
pub fn load<T: Root>(path: &Path, sets: &[String]) -> Result<Loaded<T>, Problems> {
    let text = read::read(path).map_err(|problem| Problems::new(vec![*problem]))?;
    load_text(path, text, sets)
}

/// As [`load`], with values that another file gives, laid over the scenario before the `--set` arguments.
///
/// # Errors
/// As [`load`]; problems with such a value point into the file that gave it.
pub fn load_with<T: Root>(
    path: &Path,
    settings: &[Setting],
    sets: &[String],
) -> Result<Loaded<T>, Problems> {
    let text = read::read(path).map_err(|problem| Problems::new(vec![*problem]))?;
    load_layers(path, text, settings, sets)
}

/// As [`load`], of a text already read; `path` is its name, and bases are looked for beside it.
///
/// # Errors
/// As [`load`].
pub fn load_text<T: Root>(
    path: &Path,
    text: String,
    sets: &[String],
) -> Result<Loaded<T>, Problems> {
    load_layers(path, text, &[], sets)
}

fn load_layers<T: Root>(
    path: &Path,
    text: String,
    settings: &[Setting],
    sets: &[String],
) -> Result<Loaded<T>, Problems> {
    let shape = Shape::of::<T>();
    let defaults = defaults_of::<T>().map_err(|problem| Problems::new(vec![*problem]))?;
    let mut reading = Reading::default();
    reading.chain(path, text);
    let Reading {
        mut texts,
        trees,
        problems,
        ..
    } = reading;
    if !problems.is_empty() {
        return Err(Problems::new(problems));
    }
    let mut tree = defaults.clone();
    for layer in trees.into_iter().rev() {
        tree.lay(layer, &shape);
    }
    let mut problems = Vec::new();
    overrides::lay(settings, &mut tree, &shape, &mut texts, &mut problems);
    for argument in sets {
        if let Err(problem) = set::apply(argument, &mut tree, &shape, &mut texts) {
            problems.push(*problem);
        }
    }
    let mut examined = examine(&tree, &shape, &texts);
    problems.append(&mut examined.problems);
    let is_sound = problems.is_empty();
    let mut mended = tree.clone();
    for path in &examined.broken {
        mended.mend(&defaults, path.steps());
    }
    let source = Source { texts, tree };
    match mended.to_value().try_into::<T>() {
        Ok(value) => {
            let mut findings = Findings::default();
            value.check(&mut findings);
            let findings = Problems::from_checks(&findings.without(&examined.broken), &source);
            let (warnings, errors): (Vec<_>, Vec<_>) = findings
                .into_iter()
                .cloned()
                .partition(|problem| problem.is_warning);
            if is_sound && errors.is_empty() {
                return finished(value, source, Problems::new(warnings));
            }
            problems.extend(errors);
            problems.extend(warnings);
        }
        Err(error) if is_sound => problems.push(refused(&error.to_string(), &source.texts)),
        Err(_) => {}
    }
    Err(Problems::new(problems))
}

/// The default scenario as if it had been read from an empty file.
///
/// # Errors
/// When the defaults do not pass their own checks.
pub fn load_default<T: Root>(sets: &[String]) -> Result<Loaded<T>, Problems> {
    load_text(
        Path::new("defaults"),
        "# every parameter at its default\n".to_owned(),
        sets,
    )
}

fn finished<T: Root>(value: T, source: Source, warnings: Problems) -> Result<Loaded<T>, Problems> {
    let resolved = toml::to_string(&value)
        .map_err(|error| Problems::new(vec![refused(&error.to_string(), &source.texts)]))?;
    let hash = blake3::hash(resolved.as_bytes()).to_hex().to_string();
    Ok(Loaded {
        value,
        source,
        resolved,
        hash,
        warnings,
    })
}

/// The last guard: serde refuses what the schema allowed.
fn refused(error: &str, texts: &[Text]) -> Problem {
    let line = error.split_whitespace().collect::<Vec<_>>().join(" ");
    Problem::new("refused", line).at(
        texts,
        Place {
            text: 0,
            start: 0,
            end: 0,
        },
    )
}

/// The defaults of `T` as a tree.
pub(crate) fn defaults_of<T: Serialize + Default>() -> Result<Node, Box<Problem>> {
    match toml::Value::try_from(T::default()) {
        Ok(value) => Ok(Node::from_default(&value)),
        Err(error) => Err(Box::new(refused(&error.to_string(), &[]))),
    }
}

/// The files read so far: the scenario, its base, the base's base.
#[derive(Default)]
struct Reading {
    texts: Vec<Text>,
    trees: Vec<Node>,
    problems: Vec<Problem>,
    visited: Vec<PathBuf>,
}

impl Reading {
    fn chain(&mut self, path: &Path, text: String) {
        let mut next = Some((path.to_path_buf(), text));
        while let Some((path, text)) = next {
            self.visited
                .push(path.canonicalize().unwrap_or_else(|_| path.clone()));
            next = self.file(&path, text);
        }
    }

    /// Parses one file; the base it names is read and handed back.
    fn file(&mut self, path: &Path, content: String) -> Option<(PathBuf, String)> {
        let text = self.texts.len();
        self.texts
            .push(Text::file(path.display().to_string(), content));
        let content = self.texts[text].content.clone();
        let (table, errors) = if content.len() > ALL_ERRORS {
            match DeTable::parse(&content) {
                Ok(table) => (table.into_inner(), Vec::new()),
                Err(error) => (DeTable::new(), vec![error]),
            }
        } else {
            let (table, errors) = DeTable::parse_recoverable(&content);
            (table.into_inner(), errors)
        };
        self.syntax(&errors, text);
        let mut tree = match Node::from_file(&table, Origin { text, offset: 0 }) {
            Ok(tree) => tree,
            Err(TooDeep(place)) => {
                self.problems.push(too_deep().at(&self.texts, place));
                return None;
            }
        };
        let Content::Table(entries) = &mut tree.content else {
            return None;
        };
        let base = entries.remove(EXTENDS);
        self.trees.push(tree);
        self.base(&base?, path)
    }

    fn base(&mut self, base: &Node, path: &Path) -> Option<(PathBuf, String)> {
        let place = base.place?;
        let refuse = |message: String| Problem::new("extends", message).path(&EXTENDS);
        let Content::Text(name) = &base.content else {
            let problem = refuse("`extends` has the wrong type".to_owned())
                .label("expected the name of a scenario file, in quotes");
            self.problems.push(problem.at(&self.texts, place));
            return None;
        };
        let file = path
            .parent()
            .map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
        let shown = file.display();
        let canonical = file.canonicalize().unwrap_or_else(|_| file.clone());
        let problem = if self.visited.contains(&canonical) {
            let names = self.texts.iter().map(|text| format!("`{}`", text.name));
            let names: Vec<String> = names.chain([format!("`{shown}`")]).collect();
            refuse("the bases go in a circle".to_owned())
                .label("this file is read already")
                .help(names.join(" extends "))
        } else if self.visited.len() > BASES {
            refuse(format!("the chain of bases is longer than {BASES}")).label("the next base")
        } else {
            match read::read(&file) {
                Ok(text) => return Some((file, text)),
                Err(problem) => {
                    let mut place_of_base = refuse(format!("cannot extend: {}", problem.message));
                    if let (Some(line), Some(column)) = (problem.line, problem.column) {
                        place_of_base = place_of_base.label(format!("see {shown}:{line}:{column}"));
                    }
                    place_of_base.help = problem.help;
                    place_of_base
                }
            }
        };
        self.problems.push(problem.at(&self.texts, place));
        None
    }

    fn syntax(&mut self, errors: &[toml::de::Error], text: usize) {
        let mut seen: Vec<(Option<std::ops::Range<usize>>, &str)> = Vec::new();
        for error in errors {
            let message = error.message();
            // The parser closes every bracket it gave up on: the depth is the problem.
            if message.contains("recurs") {
                let span = error.span().unwrap_or_default();
                let problem = too_deep().at(
                    &self.texts,
                    Place {
                        text,
                        start: span.start,
                        end: span.end,
                    },
                );
                self.problems
                    .retain(|problem| problem.file != self.texts[text].name);
                self.problems.push(problem);
                return;
            }
            let key = (error.span(), message);
            if seen.last() != Some(&key) {
                seen.push(key);
            }
        }
        let mut last_line = 0;
        for (span, message) in seen {
            let span = span.unwrap_or_default();
            let place = Place {
                text,
                start: span.start,
                end: span.end,
            };
            let (line, _) = self.texts[text].line_column(place.start);
            if message == REST_OF_LINE && line == last_line {
                continue;
            }
            last_line = line;
            let found = self.texts[text].content.get(span).unwrap_or("").to_owned();
            self.problems
                .push(syntax_problem(message, &found).at(&self.texts, place));
        }
    }
}

fn too_deep() -> Problem {
    Problem::new("syntax", "nested too deeply").label("no scenario has so many levels")
}

/// What the parser says of the rest of a line that it has already complained about.
const REST_OF_LINE: &str = "unexpected key or value, expected newline, `#`";

/// The parser's message in our words where they are clearer, with a way out where it is known.
fn syntax_problem(message: &str, found: &str) -> Problem {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let control = found
        .chars()
        .next()
        .filter(|&c| c.is_control() && c != '\n');
    let (message, label) = match (what, expected) {
        ("duplicate key", _) => {
            return Problem::new("syntax", format!("`{}` is given twice", cut(found)))
                .label("a key may be given once");
        }
        ("string values must be quoted", _) if found.trim().is_empty() => (
            "no value after `=`".to_owned(),
            "expected a value".to_owned(),
        ),
        ("string values must be quoted", _) => {
            let label = format!("write {}, if it is a text", quoted(found.trim()));
            ("a text must be in quotes".to_owned(), label)
        }
        (_, "nothing") => (what.to_owned(), "not allowed here".to_owned()),
        (_, "newline, `#`") => (what.to_owned(), "expected the end of the line".to_owned()),
        (_, "") => (what.to_owned(), String::new()),
        _ => (what.to_owned(), format!("expected {expected}")),
    };
    match control {
        Some(control) => Problem::new("syntax", "a control character stands in the file")
            .label(format!("U+{:04X} is not allowed here", u32::from(control))),
        None => Problem::new("syntax", message).label(label),
    }
}
