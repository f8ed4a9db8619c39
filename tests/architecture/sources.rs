//! The sources as text, without comments and tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) struct Source {
    /// Path below `src`, with forward slashes.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
    /// Lines of the file up to its tests.
    pub(crate) lines: usize,
    /// The code without comments and tests; nothing for a file that is all tests.
    pub(crate) code: String,
}

impl Source {
    /// First part of the path: the room.
    pub(crate) fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Whether the line after `#[cfg(test)]` declares a module kept in a file of its own; its name.
fn test_file(next: &str) -> Option<&str> {
    let (_, name) = next.trim().rsplit_once("mod ")?;
    name.strip_suffix(';')
}

/// A line without its comment. Text that contains two slashes is cut short, which hides no import.
fn without_comment(line: &str) -> &str {
    line.find("//").map_or(line, |at| &line[..at])
}

pub(crate) fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    rust_files(&src(), &mut paths);
    paths.sort();
    let texts: Vec<(PathBuf, String)> = paths
        .into_iter()
        .map(|p| (p.clone(), fs::read_to_string(p).unwrap()))
        .collect();
    let mut all_tests = BTreeSet::new();
    for (path, text) in &texts {
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines
            .windows(2)
            .filter(|pair| pair[0].trim() == "#[cfg(test)]")
        {
            if let Some(name) = test_file(pair[1]) {
                // `x.rs` keeps its modules in `x/`, `mod.rs` and `lib.rs` beside themselves
                let stem = path.file_stem().unwrap();
                let folder = path.parent().unwrap();
                let folder = if stem == "mod" || stem == "lib" {
                    folder.into()
                } else {
                    folder.join(stem)
                };
                all_tests.insert(folder.join(format!("{name}.rs")));
            }
        }
    }
    texts
        .into_iter()
        .map(|(path, text)| {
            let lines: Vec<&str> = text.lines().collect();
            let tests = (0..lines.len()).find(|&i| {
                lines[i] == "#[cfg(test)]" && lines.get(i + 1).is_some_and(|l| l.ends_with('{'))
            });
            let end = if all_tests.contains(&path) {
                0
            } else {
                tests.unwrap_or(lines.len())
            };
            let code: Vec<&str> = lines[..end].iter().map(|l| without_comment(l)).collect();
            let code = code.join("\n");
            let below = path.strip_prefix(src()).unwrap();
            let path = below.to_string_lossy().replace('\\', "/");
            Source {
                path,
                lines: end,
                code,
                text,
            }
        })
        .collect()
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub(crate) fn leading_word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

pub(crate) fn fail_with(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
