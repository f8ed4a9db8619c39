//! A table of wrong inputs and what is said about each: generic over the root struct, so that the demonstration
//! struct and the real scenario are tried in the same form.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use allies::scenario::{Root, load};

/// One input: the scenario (`case.toml`), the files beside it, the `--set` arguments.
#[derive(Default)]
pub(crate) struct Case {
    pub(crate) what: &'static str,
    pub(crate) toml: &'static str,
    pub(crate) beside: &'static [(&'static str, &'static str)],
    pub(crate) sets: &'static [&'static str],
}

/// A case of one file.
pub(crate) fn file(what: &'static str, toml: &'static str) -> Case {
    Case {
        what,
        toml,
        ..Case::default()
    }
}

/// A case of a file and arguments.
pub(crate) fn with_sets(
    what: &'static str,
    toml: &'static str,
    sets: &'static [&'static str],
) -> Case {
    Case {
        what,
        toml,
        sets,
        ..Case::default()
    }
}

/// What is said about each case, under its title and its input; a case that is accepted says so.
pub(crate) fn said<T: Root>(cases: &[Case]) -> String {
    let mut text = String::new();
    for case in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.toml");
        fs::write(&path, case.toml).unwrap();
        for (name, content) in case.beside {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let sets: Vec<String> = case.sets.iter().map(|&set| set.to_owned()).collect();
        writeln!(text, "######## {}", case.what).unwrap();
        text.push_str(&answer::<T>(&path, &sets, folder.path()));
        text.push('\n');
    }
    text
}

/// What is said about one file; the folder it stands in is left out of the names.
pub(crate) fn answer<T: Root>(path: &Path, sets: &[String], folder: &Path) -> String {
    let answer = match load::<T>(path, sets) {
        Ok(loaded) if loaded.warnings.is_empty() => "accepted\n".to_owned(),
        Ok(loaded) => format!("accepted\n{}", loaded.warnings),
        Err(problems) => problems.to_string(),
    };
    let folder = format!("{}/", folder.display());
    answer
        .replace(&folder, "")
        .replace(folder.trim_end_matches('/'), ".")
}
