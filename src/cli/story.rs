//! `allies story`: the career of one person, with the causes that the tables hold.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::output::{FAILED, FINE, WRONG_INPUT, print, print_error};
use crate::analysis::story::{Chronicle, NotFound};
use crate::analysis::{ReadError, near};
use crate::language::Language;
use crate::records::{Fault, Results};
use crate::report::stories;

/// Tell the career of one person of a run, with causes taken from the tables
#[derive(Debug, Args)]
pub(super) struct StoryArguments {
    /// Folder that `allies run` wrote
    pub results: PathBuf,
    /// Name, id in the tables, or id in the imported file
    #[arg(long, value_name = "NAME|ID")]
    pub employee: String,
    /// Form of the story
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Language of the story: en, de
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = Language::of_code)]
    pub language: Language,
    /// File for the story [default: the terminal]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write over the file if it is there
    #[arg(long)]
    pub force: bool,
}

/// Form of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Plain text
    Text,
    /// A page for the browser
    Html,
}

/// Tells the story; the exit code.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn run(arguments: &StoryArguments) -> io::Result<u8> {
    let told = story(arguments).and_then(|text| match &arguments.out {
        Some(file) => write(file, &text, arguments.force).map(|()| String::new()),
        None => Ok(text),
    });
    match told {
        Ok(text) => {
            print(&text)?;
            Ok(FINE)
        }
        Err((code, message)) => {
            print_error(&format!("error: {message}\n"))?;
            Ok(code)
        }
    }
}

fn story(arguments: &StoryArguments) -> Result<String, (u8, String)> {
    let language = arguments.language;
    let unreadable = |error: ReadError| {
        let code = match &error {
            ReadError::Records(records) if records.fault() == Fault::Failed => FAILED,
            _ => WRONG_INPUT,
        };
        (code, error.to_string())
    };
    let results = Results::open(&arguments.results)
        .map_err(ReadError::from)
        .map_err(unreadable)?;
    let mut chronicle = Chronicle::read(&results).map_err(unreadable)?;
    let employee = chronicle
        .find(&arguments.employee)
        .map_err(|reason| (WRONG_INPUT, not_found(arguments, &reason)))?;
    chronicle
        .read_ties(&results, &[employee].into())
        .map_err(unreadable)?;
    let Some(story) = chronicle.story(employee) else {
        let message = format!(
            "{}: the tables say nothing of employee {employee} after the start of the recorded run",
            arguments.results.display()
        );
        return Err((WRONG_INPUT, message));
    };
    match arguments.format {
        Format::Text => Ok(stories::text(&stories::tell(&chronicle, &story, language))),
        Format::Html => {
            stories::page(&chronicle, &story, language).map_err(|error| (FAILED, error.to_string()))
        }
    }
}

/// Why nobody was found, and whom the user may have meant.
fn not_found(arguments: &StoryArguments, reason: &NotFound) -> String {
    let wanted = &arguments.employee;
    let results = arguments.results.display();
    match reason {
        NotFound::Unknown { names, highest } => {
            let near = near(wanted, names.iter().map(String::as_str));
            let ids = highest.map_or_else(String::new, |id| {
                format!("; people without a name are asked for by id, 0 to {id}")
            });
            format!("{results}: there is no employee `{wanted}` in this run{near}{ids}")
        }
        NotFound::Several { ids } => {
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            format!(
                "{results}: several employees are called `{wanted}`; ask for one by id: {}",
                ids.join(", ")
            )
        }
    }
}

/// Writes a file that is not there yet, or that may be replaced.
fn write(file: &Path, text: &str, force: bool) -> Result<(), (u8, String)> {
    if file.exists() && !force {
        let message = format!(
            "{} exists; choose another --out or add --force",
            file.display()
        );
        return Err((WRONG_INPUT, message));
    }
    std::fs::write(file, text).map_err(|error| {
        let file = file.display();
        (
            FAILED,
            format!("cannot write {file}: {error}; choose another --out"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::samples;

    fn arguments(results: &Path, employee: &str) -> StoryArguments {
        StoryArguments {
            results: results.to_owned(),
            employee: employee.to_owned(),
            format: Format::Text,
            language: Language::ENGLISH,
            out: None,
            force: false,
        }
    }

    fn refused(arguments: &StoryArguments) -> String {
        let (code, message) = story(arguments).unwrap_err();
        assert_eq!(code, WRONG_INPUT);
        message
    }

    #[test]
    fn what_is_wrong_is_said_exactly() {
        let place = tempfile::tempdir().unwrap();
        let results = place.path().join("results");
        samples::write(&samples::firm(21), &results);
        let shown = results.display();
        assert_eq!(
            refused(&arguments(&results, "Micheal")),
            format!(
                "{shown}: there is no employee `Micheal` in this run (did you mean `Michael`?); people without \
                 a name are asked for by id, 0 to 20"
            )
        );
        assert_eq!(
            refused(&arguments(&results, "4711")),
            format!(
                "{shown}: there is no employee `4711` in this run; people without a name are asked for by id, 0 \
                 to 20"
            )
        );
        let nowhere = place.path().join("nowhere");
        assert_eq!(
            refused(&arguments(&nowhere, "Michael")),
            format!(
                "{}: no such folder; give the folder that `allies run` wrote",
                nowhere.display()
            )
        );
        std::fs::write(results.join(crate::records::folder::MARKER), "").unwrap();
        assert_eq!(
            refused(&arguments(&results, "Michael")),
            format!(
                "{shown} is incomplete: the run that wrote it did not finish; remove it and run again"
            )
        );
        std::fs::remove_file(results.join(crate::records::folder::MARKER)).unwrap();
        std::fs::remove_file(results.join("tables/decisions.csv")).unwrap();
        assert_eq!(
            refused(&arguments(&results, "Michael")),
            format!(
                "{shown}: table `decisions` is not there; run again with it, or restore the file"
            )
        );
    }

    #[test]
    fn a_file_is_written_once_and_never_over_another_unasked() {
        let place = tempfile::tempdir().unwrap();
        let results = place.path().join("results");
        samples::write(&samples::firm(21), &results);
        let mut command = arguments(&results, "Michael");
        let file = place.path().join("michael.txt");
        command.out = Some(file.clone());
        assert_eq!(run(&command).unwrap(), FINE);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(
            text.starts_with("Michael, made-up, seed 7\n====="),
            "{text}"
        );
        assert_eq!(
            write(&file, "x", false).unwrap_err(),
            (
                WRONG_INPUT,
                format!(
                    "{} exists; choose another --out or add --force",
                    file.display()
                )
            )
        );
        let below = place.path().join("nowhere/michael.txt");
        let (code, message) = write(&below, "x", false).unwrap_err();
        assert_eq!(code, FAILED);
        assert!(message.contains("cannot write"), "{message}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    }
}
