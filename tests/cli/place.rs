//! A folder to run the program in, and what is asked of its answers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::assert::Assert;
use assert_cmd::{Command, cargo::cargo_bin_cmd};
use tempfile::TempDir;

/// Thirty people in three departments; a department goes, so that every table has rows.
pub(crate) const FIRM: &str = r#"
name = "small"
seed = 3
years = 1
burn_in = 10

[organisation]
employees = 30
levels = [
  { name = "associate", share = 0.7 },
  { name = "manager", share = 0.2, manages = true },
  { name = "head", share = 0.1, manages = true },
]
departments = [{ name = "Advice" }, { name = "Analysis" }, { name = "Services" }]

[[personas]]
name = "Ada"
department = "Analysis"

[[restructurings]]
name = "analysis dissolved"
week = 20
kind = "dissolve"
department = "Analysis"
"#;

pub(crate) const TABLES: [&str; 10] = [
    "events",
    "decisions",
    "employees",
    "positions",
    "ties",
    "weekly",
    "placements",
    "programmes",
    "survey",
    "trace",
];

/// The columns that must exist, as the interface promises them.
pub(crate) const CONTRACT: [(&str, &str); 6] = [
    (
        "events",
        "week kind employee strategy from_department to_department from_level to_level cause restructuring",
    ),
    (
        "decisions",
        "decision week kind department level candidate strategy rank chosen score performance \
         reputation advocacy acquaintance luck",
    ),
    (
        "employees",
        "year employee name source_id strategy department level tenure_weeks competence output \
         rating reputation known_by influence ties_active ties_multiplex ties_hollow advocates \
         informants collaborators promotions reassignments",
    ),
    (
        "positions",
        "snapshot week employee strategy department level layer in_degree out_degree strength_in \
         strength_out betweenness constraint effective_size clustering core \
         cross_department_share community",
    ),
    (
        "ties",
        "snapshot week source target collaboration friendship career_support trust last_contact",
    ),
    (
        "weekly",
        "week headcount output contacts contacts_cross_department ties_active ties_formed \
         ties_dropped promotions reassignments exits hires",
    ),
];

/// A folder with the small firm in it; every command runs there.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("firm.toml"), FIRM).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = cargo_bin_cmd!("allies");
        command
            .current_dir(self.folder.path())
            .args(words)
            .timeout(Duration::from_secs(300));
        command
    }

    pub(crate) fn allies(&self, words: &[&str]) -> Assert {
        self.command(words).assert()
    }

    /// A run without charts into the folder `results`.
    pub(crate) fn run(&self) -> Assert {
        self.run_into("results", "")
    }

    /// A run without charts into a folder, with more words.
    pub(crate) fn run_into(&self, out: &str, more: &str) -> Assert {
        let words = ["run", "firm.toml", "--out", out, "--no-charts"];
        let more: Vec<&str> = more.split_whitespace().collect();
        self.allies(&[&words, &more[..]].concat())
    }

    /// Files below a folder with their content.
    pub(crate) fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(name);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().display().to_string();
                    files.insert(name, fs::read(path).unwrap());
                }
            }
        }
        files
    }

    /// Names in the folder itself.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

pub(crate) fn said(stream: &[u8]) -> String {
    String::from_utf8(stream.to_vec()).unwrap()
}

pub(crate) fn stdout(assert: &Assert) -> String {
    said(&assert.get_output().stdout)
}

pub(crate) fn stderr(assert: &Assert) -> String {
    said(&assert.get_output().stderr)
}

#[track_caller]
pub(crate) fn has(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is not in:\n{text}");
    }
}

pub(crate) fn header(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .next()
        .unwrap()
        .split(',')
        .map(str::to_owned)
        .collect()
}
