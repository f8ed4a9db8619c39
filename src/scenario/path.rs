//! The path of a key: `workforce.authentic_share`, `personas[0].strategy`, `personas.Michael.level`.

use std::fmt;

/// One step of a key path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a table, by key; into an array, by a number or by the `name` of an element.
    Key(String),
    /// Into an array, by position, counted from 0.
    Index(usize),
}

/// A key as it is written in a path: quoted when it is not a plain word.
pub(crate) fn quoted_key(key: &str) -> String {
    if key
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    {
        key.to_owned()
    } else {
        format!("{key:?}")
    }
}

/// Where a parameter stands in a scenario, from the root.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyPath(Vec<Step>);

impl KeyPath {
    /// Reads `a.b`, `a[0].b`, `a.0.b` and `a."x.y".b`; `None` when a step is empty or a quote stays open.
    pub fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        let mut rest = text.trim();
        loop {
            let step;
            (step, rest) = key(rest)?;
            steps.push(Step::Key(step));
            while let Some(after) = rest.strip_prefix('[') {
                let (index, after) = after.split_once(']')?;
                steps.push(match index.trim().parse() {
                    Ok(index) => Step::Index(index),
                    Err(_) if index.is_empty() => Step::Key(String::new()),
                    Err(_) => return None,
                });
                rest = after;
            }
            if rest.is_empty() {
                return Some(Self(steps));
            }
            rest = rest.strip_prefix('.')?;
        }
    }

    /// The steps, root first.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The first step as text: the section.
    pub fn section(&self) -> Option<&Step> {
        self.0.first()
    }

    /// True for the root itself.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// This path and one key more.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    /// This path and one index more.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// The next key of `text`, quoted or bare, and what follows it.
fn key(text: &str) -> Option<(String, &str)> {
    for quote in ['"', '\''] {
        if let Some(after) = text.strip_prefix(quote) {
            let (inside, after) = after.split_once(quote)?;
            return Some((inside.to_owned(), after));
        }
    }
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (bare, after) = text.split_at(end);
    let bare = bare.trim();
    (!bare.is_empty()).then(|| (bare.to_owned(), after))
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) => {
                    if i > 0 {
                        f.write_str(".")?;
                    }
                    f.write_str(&spelled(key))?;
                }
            }
        }
        Ok(())
    }
}

/// A key as it is written in TOML: bare where that is allowed, else quoted.
pub(crate) fn spelled(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        toml::Value::String(key.to_owned()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_back_as_it_is_written() {
        for text in ["a", "a.b", "a[0].b", "a.b[12]", "a.\"x y\".c"] {
            assert_eq!(KeyPath::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_path_with_an_empty_step_is_refused() {
        for text in ["", ".", "a..b", "a.", ".a", "a[x]", "a[0", "a.\"b", "a[0]b"] {
            assert_eq!(KeyPath::parse(text), None, "{text}");
        }
    }
}
