//! A folder with a small scenario and an experiment, and what its results are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) const SCENARIO: &str = r#"
name = "small"
years = 1
burn_in = 4
organisation.employees = 30
[[restructurings]]
week = 10
kind = "downsize"
share = 0.3
"#;

pub(crate) const EXPERIMENT: &str = r#"
name = "try"
question = "What does a harder cut change?"
scenario = "s.toml"
replicates = 12
[[arms]]
name = "cut"
[[arms]]
name = "the same"
[[arms]]
name = "deep cut"
set = { "restructurings.0.share" = 0.6, "projects.crossing" = 0.0 }
[[outcomes]]
name = "promoted"
table = "events"
filter = { kind = "promoted" }
summary = "rate"
[[outcomes]]
name = "worse off"
table = "placements"
which = { outcome = ["less_desirable", "dismissed"] }
summary = "share"
[[outcomes]]
name = "constraint"
table = "positions"
at = "restructuring-1-after-4"
filter = { layer = "union", strategy = "authentic" }
column = "constraint"
summary = "median"
[[outcomes]]
name = "never"
table = "weekly"
filter = { week = { above = 99999 } }
column = "output"
summary = "mean"
"#;

/// The outcome of who is there at the end.
pub(crate) const STAFF: &str = r#"
[[outcomes]]
name = "staff"
table = "employees"
at = "end"
summary = "count"
"#;

/// Three rounds and their check, without its outcome.
const CALIBRATION: &str = r#"
name = "try"
scenario = "s.toml"
replicates = 2
[calibration]
particles = 6
rounds = 3
least_accepted = 0.0
[[calibration.vary]]
key = "restructurings.0.share"
from = 0.1
to = 0.6
[[calibration.targets]]
outcome = "staff"
value = 22.0
scale = 2.0
"#;

/// A calibration in three rounds and their check.
pub(crate) fn calibration() -> Place {
    Place::new(&format!("{CALIBRATION}{STAFF}"))
}

pub(crate) struct Place(tempfile::TempDir);

impl Place {
    pub(crate) fn new(experiment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("s.toml"), SCENARIO).unwrap();
        fs::write(folder.path().join("e.toml"), experiment).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allies"));
        command.args(arguments).current_dir(self.0.path());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn good(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs `e.toml` into a folder, with more words.
    pub(crate) fn experiment(&self, out: &str, more: &str) -> String {
        let words = ["experiment", "e.toml", "--out", out];
        let more: Vec<&str> = more.split_whitespace().collect();
        self.good(&[&words, &more[..]].concat())
    }

    pub(crate) fn bad(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {error}");
        error
    }
}

/// All files of an experiment that must repeat: not the marks and the manifest, which know hosts and times.
pub(crate) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let last = entry.file_name();
            let last = last.to_string_lossy();
            let name = format!("{prefix}{last}");
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else if !["manifest.json", "lock"].contains(&last.as_ref())
                && !prefix.ends_with("commit/")
            {
                found.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(root, "", &mut found);
    found
}

pub(crate) fn assert_same(a: &Path, b: &Path, what: &str) {
    let (a, b) = (files(a), files(b));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&a), names(&b), "{what}");
    for (name, bytes) in &a {
        assert!(*bytes == b[name], "{what}: {name} differs");
    }
}

/// A column of the summary by (kind, name, outcome).
pub(crate) fn summary(root: &Path, column: &str) -> BTreeMap<(String, String), String> {
    let mut reader = csv::Reader::from_path(root.join("summary.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|h| h == name).unwrap();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cell = |name: &str| row[place(name)].to_owned();
        ((cell("name"), cell("outcome")), cell(column))
    });
    rows.collect()
}
