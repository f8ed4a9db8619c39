//! `manifest.json`: what was run, by which program, how to run it again, and hashes of what it gave.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::table::Table;

/// Name of the file in a results folder.
pub const FILE_NAME: &str = "manifest.json";

/// Name of the program, by which a manifest of ours is known.
const PROGRAM: &str = "allies";

/// Version of the form of results: raised when a reader of older results would be misled.
pub const RESULTS_VERSION: &str = "1";

/// What a run says about itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always "allies".
    pub program: String,
    /// Version of the form of results, [`RESULTS_VERSION`].
    pub results_version: String,
    /// Whether the run came to its end; a folder without it is incomplete.
    pub complete: bool,
    /// Version of the program.
    pub version: String,
    /// How the program was built.
    pub build: Build,
    /// The scenario.
    pub scenario: ScenarioEntry,
    /// Seed of the run.
    pub seed: u64,
    /// Length of the recorded run [years].
    pub years: u32,
    /// Command that gives the same results again.
    pub command: String,
    /// When the run started, RFC 3339, UTC; see [`moment`](super::moment).
    pub started: String,
    /// How long it took [seconds].
    pub duration_seconds: f64,
    /// Threads it used; the results do not depend on it.
    pub threads: usize,
    /// What a reader should know, such as what was drawn on import; often empty.
    pub notes: Vec<String>,
    /// The tables, by what they say.
    pub tables: Vec<TableEntry>,
    /// The files, by their bytes; without the manifest itself.
    pub files: Vec<FileEntry>,
}

/// How the program was built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Build {
    /// Commit of the source, or "unknown".
    pub commit: String,
    /// "release" or "development".
    pub profile: String,
}

impl Build {
    /// Of this program. The commit is what `ALLIES_COMMIT` said while it was compiled.
    pub fn current() -> Self {
        Self {
            commit: option_env!("ALLIES_COMMIT").unwrap_or("unknown").to_owned(),
            profile: if cfg!(debug_assertions) {
                "development"
            } else {
                "release"
            }
            .to_owned(),
        }
    }
}

/// The scenario of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioEntry {
    /// Its name.
    pub name: String,
    /// BLAKE3 of the resolved scenario, hexadecimal.
    pub hash: String,
}

/// A table by what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    /// Its name.
    pub name: String,
    /// Number of rows.
    pub rows: usize,
    /// [`Table::content_hash`]: the same for Parquet and CSV.
    pub hash: String,
}

impl From<&Table> for TableEntry {
    fn from(table: &Table) -> Self {
        Self {
            name: table.spec().name.to_owned(),
            rows: table.len(),
            hash: table.content_hash(),
        }
    }
}

/// A file by its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path below the results folder, with `/`.
    pub path: String,
    /// Size [bytes].
    pub size: u64,
    /// BLAKE3 of the bytes, hexadecimal.
    pub hash: String,
}

/// What the caller knows of a run; the rest of the manifest is found out here.
#[derive(Debug, Clone, PartialEq)]
pub struct RunDescription {
    /// Name and hash of the scenario.
    pub scenario: ScenarioEntry,
    /// Seed of the run.
    pub seed: u64,
    /// Length of the recorded run [years].
    pub years: u32,
    /// Command that gives the same results again.
    pub command: String,
    /// When the run started, RFC 3339, UTC.
    pub started: String,
    /// How long it took [seconds].
    pub duration_seconds: f64,
    /// Threads it used.
    pub threads: usize,
    /// What a reader should know.
    pub notes: Vec<String>,
}

impl Manifest {
    /// The manifest of a finished run.
    pub fn new(run: RunDescription, tables: Vec<TableEntry>, files: Vec<FileEntry>) -> Self {
        let RunDescription {
            scenario,
            seed,
            years,
            command,
            started,
            duration_seconds,
            threads,
            notes,
        } = run;
        Self {
            program: PROGRAM.to_owned(),
            results_version: RESULTS_VERSION.to_owned(),
            complete: true,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: Build::current(),
            scenario,
            seed,
            years,
            command,
            started,
            duration_seconds,
            threads,
            notes,
            tables,
            files,
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// None that a manifest with finite numbers can cause.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Reads the manifest of a results folder.
    ///
    /// # Errors
    /// Where there is none, where it belongs to another program, is damaged, of another version of
    /// results, or of a run that did not finish.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE_NAME);
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Error::NotResults {
                path: folder.to_owned(),
            },
            _ => Error::read(&path, source),
        })?;
        let garbled = |problem: serde_json::Error| Error::GarbledManifest {
            path: path.clone(),
            reason: problem.to_string(),
        };
        let foreign = |reason: String| Error::ForeignManifest {
            path: path.clone(),
            reason,
        };
        // In two steps, so that a foreign file is called foreign and not "missing field".
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(garbled)?;
        match value.get("program").and_then(serde_json::Value::as_str) {
            Some(PROGRAM) => {}
            Some(other) => return Err(foreign(format!("`program` is {other:?}"))),
            None => return Err(foreign("it names no program".to_owned())),
        }
        match value
            .get("results_version")
            .and_then(serde_json::Value::as_str)
        {
            Some(RESULTS_VERSION) => {}
            other => {
                return Err(Error::OtherVersion {
                    path,
                    found: other.unwrap_or("unknown").to_owned(),
                    expected: RESULTS_VERSION,
                });
            }
        }
        let manifest: Self = serde_json::from_value(value).map_err(garbled)?;
        if !manifest.complete {
            return Err(Error::Incomplete {
                path: folder.to_owned(),
            });
        }
        Ok(manifest)
    }

    /// Whether a folder holds a manifest of ours, of whatever version and completeness.
    pub(super) fn is_ours(folder: &Path) -> bool {
        fs::read(folder.join(FILE_NAME))
            .ok()
            .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok())
            .is_some_and(|value| value.get("program").is_some_and(|name| name == PROGRAM))
    }

    /// The entry of a table.
    pub fn table(&self, name: &str) -> Option<&TableEntry> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The entry of a file, by its path below the folder.
    pub fn file(&self, path: &str) -> Option<&FileEntry> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// BLAKE3 of a file's bytes, hexadecimal.
///
/// # Errors
/// Where the file cannot be read.
pub fn hash_file(path: &Path) -> Result<String, Error> {
    let mut hasher = blake3::Hasher::new();
    fs::File::open(path)
        .and_then(|file| hasher.update_reader(file).map(|_| ()))
        .map_err(|source| Error::read(path, source))?;
    Ok(hasher.finalize().to_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::super::samples::every_kind;
    use super::*;

    fn description() -> RunDescription {
        RunDescription {
            scenario: ScenarioEntry {
                name: "baseline".into(),
                hash: "ab12".into(),
            },
            seed: u64::MAX,
            years: 5,
            command: "allies run baseline.toml --seed 18446744073709551615".into(),
            started: "2026-03-01T08:15:00Z".into(),
            duration_seconds: 1.5,
            threads: 2,
            notes: vec!["ages were drawn: the file has none".into()],
        }
    }

    fn manifest() -> Manifest {
        let file = FileEntry {
            path: "tables/x.csv".into(),
            size: 3,
            hash: "cd".into(),
        };
        Manifest::new(
            description(),
            vec![TableEntry::from(&every_kind())],
            vec![file],
        )
    }

    fn read_text(text: &str) -> Result<Manifest, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE_NAME), text).unwrap();
        Manifest::read(folder.path()).map_err(|problem| {
            problem
                .to_string()
                .replace(&*folder.path().to_string_lossy(), "F")
        })
    }

    #[test]
    fn what_is_written_reads_back() {
        let manifest = manifest();
        let text = manifest.to_json().unwrap();
        assert!(text.contains("\"seed\": 18446744073709551615"), "{text}");
        assert_eq!(read_text(&text).unwrap(), manifest);
        assert_eq!(manifest.table("every_kind").unwrap().rows, 5);
        assert_eq!(manifest.file("tables/x.csv").unwrap().size, 3);
        assert_eq!(manifest.file("tables/y.csv"), None);
    }

    #[test]
    fn a_manifest_that_is_not_ours_or_not_whole_is_refused() {
        let text = manifest().to_json().unwrap();
        for (text, message) in [
            (
                "{\"name\": \"web app\"}",
                "F/manifest.json: not a manifest of allies: it names no program",
            ),
            (
                "{\"program\": \"other\"}",
                "F/manifest.json: not a manifest of allies: `program` is \"other\"",
            ),
            (
                "[]",
                "F/manifest.json: not a manifest of allies: it names no program",
            ),
            (
                "",
                "F/manifest.json: damaged: EOF while parsing a value at line 1 column 0; run again \
                 to replace the results",
            ),
            (
                &text.replace("\"seed\"", "\"sead\""),
                "F/manifest.json: damaged: missing field `seed`; run again to replace the results",
            ),
            (
                &text.replace("\"results_version\": \"1\"", "\"results_version\": \"9\""),
                "F/manifest.json: results of version 9, this program reads version 1; use the \
                 version of allies that wrote them, or run again",
            ),
            (
                &text.replace("\"complete\": true", "\"complete\": false"),
                "F is incomplete: the run that wrote it did not finish; remove it and run again",
            ),
        ] {
            assert_eq!(read_text(text).unwrap_err(), message);
        }
        let folder = tempfile::tempdir().unwrap();
        let problem = Manifest::read(folder.path()).unwrap_err();
        assert!(matches!(problem, Error::NotResults { .. }));
    }

    #[test]
    fn a_manifest_cut_anywhere_is_refused() {
        let text = manifest().to_json().unwrap();
        let whole = text.trim_end();
        for end in 0..whole.len() {
            assert!(read_text(&whole[..end]).is_err(), "cut at {end}");
        }
    }
}
