//! What the checks across sections find, and how it gets its place in the files.

use super::path::{KeyPath, Step};
use super::problem::{Problem, Problems};
use super::source::{Place, Text};
use super::tree::Node;

/// Rules across sections that no type can hold (shares that add up, names that must exist).
pub trait Check {
    /// Adds a finding for every rule broken; called with values that are all in range.
    fn check(&self, findings: &mut Findings);
}

/// One rule broken.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    path: String,
    message: String,
    help: String,
    reads: Vec<String>,
    is_warning: bool,
    is_about_key: bool,
}

impl Finding {
    /// Names another part of the scenario that the rule looked at. The finding is held back while that part
    /// has problems of its own, since it would then speak of defaults that nobody wrote.
    pub fn reads(&mut self, path: &str) -> &mut Self {
        self.reads.push(path.to_owned());
        self
    }

    /// Says that the key itself is wrong, not its value, so that the key is pointed at.
    pub fn about_key(&mut self) -> &mut Self {
        self.is_about_key = true;
        self
    }
}

/// What the checks found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// A rule broken at the key `path` (`workforce.share`, `personas[0].strategy`): what is wrong, what to do.
    pub fn problem(
        &mut self,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        self.add(path, message.into(), help.into(), false)
    }

    /// Something doubtful that does not stop the run.
    pub fn warning(
        &mut self,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        self.add(path, message.into(), help.into(), true)
    }

    fn add(&mut self, path: &str, message: String, help: String, is_warning: bool) -> &mut Finding {
        let finding = Finding {
            path: path.to_owned(),
            message,
            help,
            reads: Vec::new(),
            is_warning,
            is_about_key: false,
        };
        let at = self.0.len();
        self.0.push(finding);
        &mut self.0[at]
    }

    /// Takes out findings about sections that are broken anyway.
    pub(crate) fn without(mut self, broken: &[KeyPath]) -> Self {
        let is_broken = |path: &String| {
            KeyPath::parse(path)
                .is_some_and(|path| broken.iter().any(|b| b.section() == path.section()))
        };
        self.0
            .retain(|finding| !is_broken(&finding.path) && !finding.reads.iter().any(is_broken));
        self
    }
}

/// Where each value of a scenario came from.
#[derive(Debug, Clone)]
pub struct Source {
    pub(crate) texts: Vec<Text>,
    pub(crate) tree: Node,
}

impl Source {
    /// File, line and column of a key, or of the nearest part around it that somebody wrote.
    pub fn place(&self, path: &str) -> (String, Option<usize>, Option<usize>) {
        let problem = self.placed(Problem::new("inconsistent", ""), path, false);
        (problem.file, problem.line, problem.column)
    }

    /// Gives a problem the place of a key's value, or of the key; says so when the key is not in the file.
    pub(crate) fn placed(&self, problem: Problem, path: &str, is_about_key: bool) -> Problem {
        let problem = problem.path(&path);
        let Some(steps) = KeyPath::parse(path) else {
            return problem.at(&self.texts, START);
        };
        let (mut place, is_written) = self.tree.nearest_place(&steps);
        if is_about_key {
            place = self.tree.at(&steps).and_then(|node| node.key).or(place);
        }
        let problem = problem.at(&self.texts, place.unwrap_or(START));
        match (is_written, steps.steps().last()) {
            (false, Some(Step::Key(_))) => {
                let default = self.tree.at(&steps).map(Node::to_value);
                let default = default.filter(|default| !default.is_table() && !default.is_array());
                let default = default.map_or(String::new(), |default| {
                    format!(": it has its default, {default}")
                });
                problem.help(format!("`{path}` is not in the file{default}"))
            }
            _ => problem,
        }
    }
}

/// The start of the scenario file: for what stands in no file at all.
const START: Place = Place {
    text: 0,
    start: 0,
    end: 0,
};

impl Problems {
    /// Findings as problems, each with its place.
    pub fn from_checks(findings: &Findings, source: &Source) -> Self {
        let problem = |finding: &Finding| {
            let code = if finding.is_warning {
                "doubtful"
            } else {
                "inconsistent"
            };
            let problem = Problem::new(code, &*finding.message);
            let mut problem = source.placed(problem, &finding.path, finding.is_about_key);
            problem.is_warning = finding.is_warning;
            if !finding.help.is_empty() {
                problem.help.insert(0, finding.help.clone());
            }
            problem
        };
        Self::new(findings.0.iter().map(problem).collect())
    }
}
