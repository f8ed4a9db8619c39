//! What is wrong in a file, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

/// How many problems are told before the rest is only counted.
pub(super) const TOLD_AT_MOST: usize = 50;

/// Something wrong in a file of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// The file, as it was named.
    pub file: PathBuf,
    /// Line in it, from 1; none when the file as a whole is meant.
    pub line: Option<u64>,
    /// Column by its name in the file; none when no single column is meant.
    pub column: Option<String>,
    /// What was found and why it will not do.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for FileProblem {
    /// `file:line: column: message` and, on a second line, what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": {column}")?;
        }
        write!(f, ": {}", self.message)?;
        if !self.help.is_empty() {
            write!(f, "\n  {}", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for FileProblem {}

/// The problems of one file. Keeps the first [`TOLD_AT_MOST`] and counts the rest, so that a wrong
/// file of a million rows is answered at once.
pub(super) struct Problems {
    file: PathBuf,
    told: Vec<FileProblem>,
    more: usize,
}

impl Problems {
    pub(super) fn new(file: &Path) -> Self {
        Self {
            file: file.to_path_buf(),
            told: Vec::new(),
            more: 0,
        }
    }

    /// Whether another problem would be told: else its text need not be made.
    pub(super) fn is_full(&self) -> bool {
        self.told.len() >= TOLD_AT_MOST
    }

    pub(super) fn add(
        &mut self,
        line: Option<u64>,
        column: Option<&str>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.is_full() {
            self.more += 1;
            return;
        }
        self.told.push(FileProblem {
            file: self.file.clone(),
            line,
            column: column.map(str::to_owned),
            message: message.into(),
            help: help.into(),
        });
    }

    /// Counts a problem whose text was not made.
    pub(super) fn count(&mut self) {
        self.more += 1;
    }
}

/// The problems of both files as the user gets them.
pub(super) fn reported(employees: Problems, ties: Problems) -> Vec<FileProblem> {
    let mut all = Vec::new();
    let mut more = 0;
    let mut last_file = employees.file.clone();
    for mut problems in [employees, ties] {
        // Whole-file checks come after the rows were read: back into the order of the lines.
        problems.told.sort_by_key(|problem| problem.line);
        more += problems.more;
        for problem in problems.told {
            if all.len() < TOLD_AT_MOST {
                last_file.clone_from(&problem.file);
                all.push(problem);
            } else {
                more += 1;
            }
        }
    }
    if more > 0 {
        all.push(FileProblem {
            file: last_file,
            line: None,
            column: None,
            message: format!("and {more} more problems"),
            help: "mend these first, then read the files again".to_owned(),
        });
    }
    all
}

/// The entry nearest to what was written, if it is near enough to be meant.
pub(super) fn near_name<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = written.chars().count();
    // Short names and bare numbers all look alike: a guess would mislead.
    if length < 3 || written.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let allowed = if length < 6 { 1 } else { 2 };
    let distance =
        |name: &str| strsim::damerau_levenshtein(&written.to_lowercase(), &name.to_lowercase());
    known
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= allowed)
        .map(|name| (distance(name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// "; did you mean …?" or nothing.
pub(super) fn suggestion<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    near_name(written, known).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"))
}
