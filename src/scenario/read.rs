//! Reads the text of a scenario: a readable file of reasonable size, in UTF-8, with something in it.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::near::nearest;
use super::problem::Problem;

/// Largest scenario accepted [bytes].
pub(crate) const LARGEST: u64 = 10_000_000;

/// The text of the file, without a byte order mark; the problem has no place but the file's name.
pub(crate) fn read(path: &Path) -> Result<String, Box<Problem>> {
    let shown = path.display();
    let name = shown.to_string();
    let refuse = |message: String| Problem::new("file", message).file(&name);
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(Box::new(help_with_name(
                refuse(format!("there is no file `{shown}`")),
                path,
            )));
        }
        Err(error) => return Err(Box::new(refuse(format!("cannot read `{shown}`: {error}")))),
    };
    if about.is_dir() {
        let problem = refuse(format!("`{shown}` is a folder, not a scenario file"));
        return Err(Box::new(help_with_files(problem, path)));
    }
    let too_large = |bytes: u64| {
        refuse(format!(
            "`{shown}` is too large: {:.1} MB",
            bytes as f64 / 1e6
        ))
        .help(format!("a scenario has at most {} MB", LARGEST / 1_000_000))
    };
    if about.len() > LARGEST {
        return Err(Box::new(too_large(about.len())));
    }
    // A pipe or a device has no length: one byte more than allowed shows that it is too long.
    let mut bytes = Vec::new();
    let taken = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    if let Err(error) = taken {
        return Err(Box::new(refuse(format!("cannot read `{shown}`: {error}"))));
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Box::new(too_large(bytes.len() as u64)));
    }
    text(bytes, &shown.to_string())
}

/// Checks that the bytes are UTF-8 and not empty.
pub(crate) fn text(bytes: Vec<u8>, shown: &str) -> Result<String, Box<Problem>> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..good].split(|&byte| byte == b'\n').count();
        let byte = bytes.get(good).copied().unwrap_or_default();
        let mut problem = Problem::new("file", format!("`{shown}` is not UTF-8 text"))
            .file(shown)
            .help(format!(
                "the first wrong byte is 0x{byte:02X}, byte {} of the file, in line {line}",
                good + 1
            ))
            .help("save the file as UTF-8");
        problem.line = Some(line);
        let start = bytes[..good]
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |newline| newline + 1);
        problem.column = Some(1 + String::from_utf8_lossy(&bytes[start..good]).chars().count());
        Box::new(problem)
    })?;
    let text = text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text);
    if text.trim().is_empty() {
        let problem = Problem::new("file", format!("`{shown}` is empty")).file(shown);
        let help = "`allies new` writes a commented scenario to start from";
        return Err(Box::new(problem.help(help)));
    }
    Ok(text)
}

/// Names of scenario files in a folder, sorted; at most a thousand entries are looked at.
fn files_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .take(1000)
        .flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names
        .filter(|name| Path::new(name).extension().is_some_and(|e| e == "toml"))
        .collect();
    names.sort_unstable();
    names
}

fn help_with_files(problem: Problem, folder: &Path) -> Problem {
    let names = files_in(folder);
    if names.is_empty() {
        return problem;
    }
    let rest = if names.len() > 8 { ", …" } else { "" };
    let names = names.into_iter().take(8).collect::<Vec<_>>().join(", ");
    problem.help(format!("scenario files there: {names}{rest}"))
}

pub(crate) fn help_with_name(problem: Problem, path: &Path) -> Problem {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return problem.help(format!("there is no folder `{}`", folder.display()));
    }
    let wanted = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let names = files_in(folder);
    let with_end = format!("{wanted}.toml");
    let near = names
        .iter()
        .find(|name| **name == with_end)
        .map(String::as_str)
        .or_else(|| nearest(&wanted, names.iter().map(String::as_str)));
    match near {
        Some(near) => problem.help(format!(
            "did you mean `{}`?",
            path.with_file_name(near).display()
        )),
        None => help_with_files(problem, folder),
    }
}
