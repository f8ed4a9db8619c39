//! The journal of runs whose part is not committed yet: a line a run, added as it ends.
//!
//! A line is one write to the end of a file, so that a process that is killed leaves whole lines and perhaps the
//! beginning of one more; each carries its checksum, and what does not match is not a line. Numbers are kept by their
//! bits. The parts are what counts; the journal only saves the runs of parts that were open.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::experiment::machine::host;
use crate::experiment::results::{Kept, RunResult};

/// One run in the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::experiment) struct Entry {
    /// Build that ran it.
    pub build: String,
    /// What the run is known by.
    pub run: String,
    /// Bits of the values, hexadecimal; none where there is no value.
    values: Vec<Option<String>>,
    failure: Option<String>,
    /// Files of its tables that are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kept: Vec<Kept>,
}

impl Entry {
    pub(in crate::experiment) fn new(build: &str, run: String, result: &RunResult) -> Self {
        let bits = |value: &f64| format!("{:016x}", value.to_bits());
        Self {
            build: build.to_owned(),
            run,
            values: result
                .values
                .iter()
                .map(|value| value.as_ref().map(bits))
                .collect(),
            failure: result.failure.clone(),
            kept: result.kept.clone(),
        }
    }

    /// The run again; none where a number is no number.
    pub(in crate::experiment) fn result(&self) -> Option<RunResult> {
        let number = |bits: &String| u64::from_str_radix(bits, 16).ok().map(f64::from_bits);
        let values = self.values.iter().map(|value| match value {
            None => Some(None),
            Some(bits) => number(bits).map(Some),
        });
        Some(RunResult {
            values: values.collect::<Option<_>>()?,
            failure: self.failure.clone(),
            kept: self.kept.clone(),
        })
    }
}

/// A journal that is written to.
#[derive(Debug)]
pub(in crate::experiment) struct Journal {
    path: PathBuf,
    file: File,
}

/// Letters of the checksum.
const CHECK: usize = 16;

fn checksum(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..CHECK].to_owned()
}

impl Journal {
    /// A new file of this process in the folder of journals.
    pub(in crate::experiment) fn start(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let process = std::process::id();
        for number in 0.. {
            let path = folder.join(format!("{}-{process}-{number}.jsonl", host()));
            let file = OpenOptions::new().append(true).create_new(true).open(&path);
            match file {
                Ok(file) => return Ok(Self { path, file }),
                Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists => {}
                Err(problem) => return Err(problem),
            }
        }
        Err(io::Error::other("no free name for a journal"))
    }

    pub(in crate::experiment) fn path(&self) -> &Path {
        &self.path
    }

    /// What the files of this process in the folder begin with.
    pub(in crate::experiment) fn stem(&self) -> String {
        let stem = self.path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }

    pub(in crate::experiment) fn add(&mut self, entry: &Entry) -> io::Result<()> {
        let text = serde_json::to_string(entry)?;
        let line = format!("{} {text}\n", checksum(&text));
        self.file.write_all(line.as_bytes())
    }
}

/// All whole lines of the journals of a folder, journal by journal, in the order of the files' names.
pub(in crate::experiment) fn read(folder: &Path) -> io::Result<Vec<Vec<Entry>>> {
    let mut names: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?,
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(problem) => return Err(problem),
    };
    names.retain(|name| name.extension().is_some_and(|e| e == "jsonl"));
    names.sort();
    let mut journals = Vec::with_capacity(names.len());
    for name in names {
        let mut entries = Vec::new();
        let bytes = fs::read(&name)?;
        for line in bytes.split(|&byte| byte == b'\n') {
            let whole = std::str::from_utf8(line)
                .ok()
                .and_then(|line| line.split_once(' '))
                .filter(|(check, text)| *check == checksum(text));
            if let Some((_, text)) = whole
                && let Ok(entry) = serde_json::from_str(text)
            {
                entries.push(entry);
            }
        }
        journals.push(entries);
    }
    Ok(journals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_comes_back_and_a_torn_line_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let run = RunResult {
            values: vec![Some(0.1 + 0.2), None, Some(-0.0)],
            failure: Some("panic: \"so\"\nthere".to_owned()),
            kept: vec![Kept {
                table: "events".to_owned(),
                file: "x".to_owned(),
                hash: "0".to_owned(),
            }],
        };
        let mut journal = Journal::start(folder.path()).unwrap();
        let entries = ["a", "b", "c"].map(|id| Entry::new("build", id.to_owned(), &run));
        for entry in &entries {
            journal.add(entry).unwrap();
        }
        let path = journal.path().to_owned();
        drop(journal);
        assert_eq!(read(folder.path()).unwrap().concat(), entries);
        assert_eq!(entries[0].result().unwrap(), run);
        let bytes = fs::read(&path).unwrap();
        let third = bytes.iter().rposition(|&b| b == b'{').unwrap();
        for end in third..bytes.len() - 1 {
            fs::write(&path, &bytes[..end]).unwrap();
            assert_eq!(
                read(folder.path()).unwrap().concat(),
                entries[..2],
                "cut at {end}"
            );
        }
    }
}
