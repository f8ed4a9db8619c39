//! A CSV file as rows of text, with their lines.

use std::path::Path;

use super::problem::Problems;

/// A file's header and rows; cells without the spaces around them.
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One row, as long as the header.
pub(super) struct Row {
    /// Line of the file on which it starts, from 1.
    pub(super) line: u64,
    cells: csv::StringRecord,
}

impl Row {
    /// A cell's text; none when it is empty.
    pub(super) fn cell(&self, column: usize) -> Option<&str> {
        self.cells.get(column).filter(|text| !text.is_empty())
    }
}

/// Reads a file. None when it cannot be read as a table at all; rows that do not fit are told as
/// problems and left out.
pub(super) fn read(path: &Path, what: &str, problems: &mut Problems) -> Option<Table> {
    let text = read_text(path, what, problems)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    // The text is UTF-8 and rows may have any length: nothing is left that could go wrong.
    let header: Vec<String> = records.next()?.ok()?.iter().map(str::to_owned).collect();
    // Spreadsheets of many countries write these: one sentence says more than a missing column each.
    let in_header = |sign| {
        header
            .iter()
            .flat_map(|name| name.chars())
            .filter(|&c| c == sign)
            .count()
    };
    let separators = [(';', "semicolons"), ('\t', "tabs")];
    if let Some((_, sign)) = separators
        .into_iter()
        .find(|&(sign, _)| in_header(sign) >= header.len())
    {
        let message = format!("the columns are separated by {sign}, not by commas");
        let help = "save the file with commas between columns and points in numbers; spreadsheets call it \
                    \"CSV (comma delimited)\", with English regional settings";
        problems.add(Some(1), None, message, help);
        return None;
    }
    let mut is_usable = true;
    for (place, name) in header.iter().enumerate() {
        if name.is_empty() {
            let message = format!("column {} has no name", place + 1);
            problems.add(
                Some(1),
                None,
                message,
                "name every column in the first line",
            );
            is_usable = false;
        } else if header[..place].contains(name) {
            let message = format!("there are two columns \"{name}\"");
            problems.add(Some(1), Some(name), message, "rename or remove one of them");
            is_usable = false;
        }
    }
    let mut rows = Vec::new();
    let mut is_header_only = true;
    for record in records {
        let Ok(cells) = record else { continue };
        is_header_only = false;
        let line = cells.position().map_or(0, csv::Position::line);
        if cells.len() == header.len() {
            rows.push(Row { line, cells });
        } else {
            let message = format!(
                "{} cells, but the header names {} columns",
                cells.len(),
                header.len()
            );
            let help = "fill in the missing cells; put text that holds a comma in \"quotes\", and \
                        close every quote";
            problems.add(Some(line), None, message, help);
        }
    }
    if is_header_only && what == "employees" {
        let help = "write one row a person below the header";
        problems.add(None, None, "the file has a header but no rows", help);
    }
    is_usable.then_some(Table { header, rows })
}

fn read_text(path: &Path, what: &str, problems: &mut Problems) -> Option<String> {
    if path.is_dir() {
        let help = format!("name the file of {what} in it, such as {what}.csv");
        problems.add(None, None, "this is a folder, not a file", help);
        return None;
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let siblings = names_beside(path);
            let written = path
                .file_name()
                .map(|name| name.to_string_lossy())
                .unwrap_or_default();
            let near = super::problem::suggestion(&written, siblings.iter().map(String::as_str));
            let help = format!("check the path of the file of {what}{near}");
            problems.add(None, None, "there is no such file", help);
            return None;
        }
        Err(error) => {
            let message = format!("the file cannot be read: {error}");
            problems.add(None, None, message, "check that you may read it");
            return None;
        }
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let before = &error.as_bytes()[..good];
            let line = before.split(|byte| *byte == b'\n').count() as u64;
            let line_start = before
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |at| at + 1);
            let wrong = error.as_bytes().get(good).copied().unwrap_or_default();
            let message = format!(
                "not UTF-8: byte {} of the line is {wrong:#04x}",
                good - line_start + 1
            );
            let help = "save the file as UTF-8; spreadsheets call it \"CSV UTF-8\"";
            problems.add(Some(line), None, message, help);
            return None;
        }
    };
    let text = text
        .strip_prefix('\u{feff}')
        .map_or(text.clone(), str::to_owned);
    if text.trim().is_empty() {
        let help = match what {
            "employees" => "write a header such as id,name,department,level and one row a person",
            _ => "write a header, source,target,layer, and one row a tie",
        };
        problems.add(None, None, "the file is empty", help);
        return None;
    }
    Some(text)
}

fn names_beside(path: &Path) -> Vec<String> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new(".")))
        .into_iter()
        .flatten();
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
