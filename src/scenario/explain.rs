//! `allies explain`: a parameter, a section or all of them, in words.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::entries::{Entry, entries};
use super::near::nearest;
use super::path::{KeyPath, Step};

/// There is no such parameter and no such section.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no parameter `{key}`{}", .near.as_deref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
pub struct UnknownKey {
    /// What was asked for.
    pub key: String,
    /// The nearest path there is.
    pub near: Option<String>,
}

/// What there is to say about `key`: a parameter, a section (with all below it), the last part of a path
/// (`authentic_share`), an entry (`strategies.authentic.feigning`, `personas.0.name`), or without a key everything.
///
/// # Errors
/// When nothing has that name.
pub fn explain<T: JsonSchema + Serialize + Default>(
    key: Option<&str>,
) -> Result<Vec<Entry>, UnknownKey> {
    let all = entries::<T>();
    let Some(key) = key else { return Ok(all) };
    let asked = Asked::new(key);
    // By name (`personas.Michael.level`) only where no key has that name.
    let exact = all
        .iter()
        .any(|entry| asked.fits_without_elements(&entry.path));
    let fits = |entry: &&Entry| {
        if exact {
            asked.fits_without_elements(&entry.path)
        } else {
            asked.fits(&entry.path)
        }
    };
    let found: Vec<Entry> = all
        .iter()
        .filter(fits)
        .map(|entry| asked.narrow(entry))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let ends_so = |entry: &&Entry| entry.path.rsplit(['.']).next() == Some(key);
    let found: Vec<Entry> = all.iter().filter(ends_so).cloned().collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let near = nearest(key, all.iter().map(|entry| entry.path.as_str()))
        .map(str::to_owned)
        .or_else(|| {
            let last = key.rsplit('.').next().unwrap_or(key);
            let near = nearest(
                last,
                all.iter().filter_map(|entry| entry.path.rsplit('.').next()),
            )?;
            all.iter()
                .find(|entry| entry.path.rsplit('.').next() == Some(near))
                .map(|entry| entry.path.clone())
        });
    Err(UnknownKey {
        key: key.to_owned(),
        near,
    })
}

/// A path asked for, in parts; a list's element may be given by number, a map's entry by name.
struct Asked(Vec<String>);

impl Asked {
    fn new(key: &str) -> Self {
        match KeyPath::parse(key) {
            Some(path) => Self(
                path.steps()
                    .iter()
                    .map(|step| match step {
                        Step::Key(key) => key.clone(),
                        Step::Index(_) => String::new(),
                    })
                    .collect(),
            ),
            None => Self(vec![key.to_owned()]),
        }
    }

    /// Parts of an entry's path: `personas[].name` is `personas`, ``, `name`.
    fn parts(path: &str) -> Vec<String> {
        let path = path.replace("[]", ".");
        path.split('.').map(str::to_owned).collect()
    }

    /// As [`Self::fits`], with the elements of lists left out on both sides: `restructurings.kind`.
    fn fits_without_elements(&self, path: &str) -> bool {
        let is_element = |part: &&String| part.is_empty() || part.parse::<usize>().is_ok();
        let parts = Self::parts(path);
        let mut parts = parts.iter().filter(|part| !is_element(part));
        let mut asked = self.0.iter().filter(|part| !is_element(part)).peekable();
        asked.peek().is_some()
            && asked.all(|asked| {
                parts
                    .next()
                    .is_some_and(|part| part == asked || part == "<name>")
            })
    }

    fn fits(&self, path: &str) -> bool {
        let parts = Self::parts(path);
        let same = |(part, asked): (&String, &String)| {
            part == asked || part == "<name>" || (part.is_empty() && !asked.contains('.'))
        };
        parts.len() >= self.0.len() && parts.iter().zip(&self.0).all(same)
    }

    /// The entry as it is for the map entry asked for: its own default instead of the type's.
    fn narrow(&self, entry: &Entry) -> Entry {
        let mut entry = entry.clone();
        let parts = Self::parts(&entry.path);
        let at = parts.iter().position(|part| part == "<name>");
        let Some(name) = at
            .and_then(|at| self.0.get(at))
            .filter(|name| *name != "<name>")
        else {
            return entry;
        };
        entry.path = entry.path.replacen("<name>", name, 1);
        let own = entry
            .default_by_name
            .iter()
            .find(|(of, _)| of == name)
            .map(|(_, value)| value.clone());
        entry.default = own.or(entry.default);
        entry.default_by_name.clear();
        entry
    }
}

impl Entry {
    /// `name = value`, or what stands instead of a value.
    pub(crate) fn title(&self) -> String {
        match &self.default {
            _ if !self.is_parameter => format!("[{}]", self.path),
            Some(default) => format!("{} = {default}", self.path),
            None if self.is_required => format!("{} (must be given)", self.path),
            None => format!("{} (not set)", self.path),
        }
    }

    /// Type, range and unit: `a share between 0 and 1 [share]`.
    pub(crate) fn range(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} [{unit}]", self.expected),
            None => self.expected.clone(),
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title())?;
        if !self.meaning.is_empty() {
            writeln!(f, "    {}", self.meaning)?;
        }
        if !self.is_parameter {
            return Ok(());
        }
        if self.choices.iter().any(|(_, meaning)| !meaning.is_empty()) {
            let unit = self
                .unit
                .as_deref()
                .map(|unit| format!(" [{unit}]"))
                .unwrap_or_default();
            writeln!(f, "    one of{unit}")?;
            let width = self
                .choices
                .iter()
                .map(|(word, _)| word.chars().count())
                .max()
                .unwrap_or(0);
            for (word, meaning) in &self.choices {
                writeln!(f, "      {word:width$}  {meaning}")?;
            }
        } else {
            writeln!(f, "    {}", self.range())?;
        }
        if !self.default_by_name.is_empty() {
            let named = self
                .default_by_name
                .iter()
                .map(|(name, value)| format!("{name} {value}"));
            writeln!(
                f,
                "    by default: {}",
                named.collect::<Vec<_>>().join(", ")
            )?;
        }
        writeln!(
            f,
            "    {}",
            self.source.as_deref().unwrap_or("No source given.")
        )
    }
}
