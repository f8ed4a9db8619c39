//! What is wrong with a scenario, and how it is shown: in the look of rustc, in order of place.

use std::borrow::Cow;
use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::source::{Excerpt, Place, Text};

/// Problems looked for: a file of garbage has millions, and each costs more than its line.
pub(crate) const MOST: usize = 1000;

/// One thing wrong, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What sort of problem, a short word: `syntax`, `unknown-key`, `type`, `range`, `choice`, `missing`,
    /// `length`, `extends`, `set`, `file`, `inconsistent`, `doubtful`.
    pub code: &'static str,
    /// True when the scenario may run all the same.
    pub is_warning: bool,
    /// File as the user named it, or "command line".
    pub file: String,
    /// Line, from 1; `None` when the problem is the file as a whole or stands on the command line.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// Path of the key (`workforce.authentic_share`); empty when the problem is not one key's.
    pub path: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What stands beside the text pointed at: what was expected and what was found.
    pub label: String,
    /// What to do, one line each.
    pub help: Vec<String>,
    excerpt: Option<Excerpt>,
    /// Text and byte, for the order.
    order: (usize, usize),
}

impl Problem {
    /// A problem without a place yet.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            is_warning: false,
            file: String::new(),
            line: None,
            column: None,
            path: String::new(),
            message: message.into(),
            label: String::new(),
            help: Vec::new(),
            excerpt: None,
            order: (0, 0),
        }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    pub(crate) fn path(mut self, path: &impl ToString) -> Self {
        self.path = path.to_string();
        self
    }

    /// A problem of the file as a whole.
    pub(crate) fn file(mut self, name: &str) -> Self {
        name.clone_into(&mut self.file);
        self
    }

    pub(crate) fn at(mut self, texts: &[Text], place: Place) -> Self {
        if let Some(text) = texts.get(place.text) {
            self.file.clone_from(&text.name);
            if !text.is_argument {
                let (line, column) = text.line_column(place.start);
                (self.line, self.column) = (Some(line), Some(column));
            }
            self.excerpt = Some(text.excerpt(place));
            self.order = (place.text, place.start);
        }
        self
    }

    /// Shown in rustc's look, without a newline at the end.
    fn render(&self, renderer: &Renderer) -> String {
        let level = if self.is_warning {
            Level::WARNING
        } else {
            Level::ERROR
        };
        let group = level.primary_title(visible(&self.message)).id(self.code);
        let group = match &self.excerpt {
            // An argument has no line; the empty name of its snippet is filled in below.
            Some(excerpt) => group.element(
                Snippet::source(visible(&excerpt.line))
                    .path("@")
                    .line_start(self.line.unwrap_or(1))
                    .line_numbering(excerpt.is_numbered)
                    .annotation(
                        AnnotationKind::Primary
                            .span(excerpt.start..excerpt.end)
                            .label((!self.label.is_empty()).then(|| visible(&self.label))),
                    ),
            ),
            None => group.element(Origin::path(self.place())),
        };
        let group = group.elements(
            self.help
                .iter()
                .map(|line| Level::HELP.message(visible(line))),
        );
        let shown = renderer.render(&[group]);
        // The renderer counts columns in the excerpt, which may be cut: the place of the file goes in instead.
        match &self.excerpt {
            Some(excerpt) => {
                let column = excerpt.line[..excerpt.start].chars().count() + 1;
                let counted = format!("@:{}:{column}", self.line.unwrap_or(1));
                shown.replacen(&counted, &self.place(), 1)
            }
            None => shown,
        }
    }

    fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", visible(&self.file)),
            _ => visible(&self.file).into_owned(),
        }
    }
}

/// Text without control characters, each replaced by one visible character of as many bytes as spans allow.
fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| c.is_control() && c != '\t') {
        // All ASCII control characters take one byte, so `?` keeps the spans right; the others take two, as `¿`.
        let shown = |c: char| match c {
            '\t' => '\t',
            c if c.is_ascii_control() => '?',
            c if c.is_control() => '¿',
            c => c,
        };
        Cow::Owned(text.chars().map(shown).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// How problems are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Plain text.
    Plain,
    /// With terminal colours.
    Colour,
}

/// Problems in order of place: the scenario first, then its bases, then the command line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problems(Vec<Problem>);

/// More are counted, not shown: nobody reads them, and a file of garbage has a million.
const SHOWN: usize = 100;

impl Problems {
    pub(crate) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|a, b| (a.order, &a.path, a.code).cmp(&(b.order, &b.path, b.code)));
        Self(problems)
    }

    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// All of them as text, the first hundred in full, with a line at the end that counts them.
    pub fn render(&self, look: Look) -> String {
        let renderer = match look {
            Look::Plain => Renderer::plain(),
            Look::Colour => Renderer::styled(),
        };
        let mut text = String::new();
        for problem in self.0.iter().take(SHOWN) {
            text.push_str(&problem.render(&renderer));
            text.push_str("\n\n");
        }
        text.push_str(&self.count());
        text.push('\n');
        text
    }

    fn count(&self) -> String {
        let warnings = self.0.iter().filter(|problem| problem.is_warning).count();
        let counted = |count: usize, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {one}s")),
        };
        let parts = [
            counted(self.len() - warnings, "problem"),
            counted(warnings, "warning"),
        ];
        let mut line = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if self.len() >= MOST {
            line = format!("{MOST} problems or more");
        }
        if self.len() > SHOWN {
            line = format!("{line}; the first {SHOWN} are shown");
        }
        line
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Look::Plain))
    }
}

impl std::error::Error for Problems {}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
