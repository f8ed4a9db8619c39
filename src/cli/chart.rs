//! `allies chart`: draw the charts of a run again, from its tables.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::{FINE, print, print_error};
use super::{chart_experiment, chart_run, chart_runs};
use crate::analysis::Focus;
use crate::charts::{self, Options, Size, Theme};
use crate::experiment::is_experiment;
use crate::language::Language;

/// Draw the charts of a run or an experiment again, from its tables
#[derive(Debug, Args)]
pub(super) struct Chart {
    /// Folder that `allies run` or `allies experiment` wrote; several folders of runs are drawn side by side
    #[arg(required = true, value_name = "RESULTS")]
    pub results: Vec<PathBuf>,
    /// Files to write
    #[arg(long, value_enum, default_value_t = Format::Both)]
    pub format: Format,
    /// Colours
    #[arg(long, value_enum, default_value_t = Colours::Light)]
    pub theme: Colours,
    /// What the pictures are for: sets their shape and the size of letters
    #[arg(long = "for", value_enum, default_value_t = Purpose::Slide)]
    pub purpose: Purpose,
    /// Language of the words: en, de
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = Language::of_code)]
    pub language: Language,
    /// Folder for the pictures [default: charts in the results folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Draw only this chart; may be given several times [all: see `allies chart --help`]
    #[arg(long, value_name = "NAME", long_help = only_help())]
    pub only: Vec<String>,
    /// Name or number of the person that charts of one person show [default: the persona with most moves]
    #[arg(long, value_name = "NAME")]
    pub employee: Option<String>,
    /// Snapshot that the alliance map shows, such as `year-3` [default: before the restructuring that moved most]
    #[arg(long, value_name = "NAME")]
    pub snapshot: Option<String>,
}

/// Files to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Vector graphics only
    Svg,
    /// Pixel graphics only
    Png,
    /// Both
    Both,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colours {
    /// Dark on white
    Light,
    /// Light on near black
    Dark,
}

/// What pictures are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Purpose {
    /// A projected slide, 16:9
    Slide,
    /// A column of a page of text, cut to what is drawn
    Page,
    /// A poster, 4:3
    Poster,
}

fn only_help() -> String {
    format!(
        "Draw only this chart; may be given several times. Charts of a run: {}. Of an experiment: {}",
        charts::NAMES.join(", "),
        charts::EXPERIMENT_NAMES.join(", ")
    )
}

/// Added to the names of files of one person's charts: the person and the snapshot asked for.
fn label(arguments: &Chart) -> Option<String> {
    let parts: Vec<String> = [&arguments.employee, &arguments.snapshot]
        .into_iter()
        .flatten()
        .map(|name| {
            let letters = name
                .chars()
                .map(|c| if c.is_alphanumeric() { c } else { '-' });
            letters.collect::<String>().to_lowercase()
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}

/// Draws, and prints a line for each chart; the exit code.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn run(arguments: &Chart) -> io::Result<u8> {
    let folder = arguments
        .out
        .clone()
        .unwrap_or_else(|| arguments.results[0].join("charts"));
    let options = options(arguments);
    let drawn = if arguments.results.len() > 1 {
        chart_runs::draw(&arguments.results, &focus(arguments), &options, &folder)
    } else if is_experiment(&arguments.results[0]) {
        chart_experiment::draw(&arguments.results[0], &options, &folder)
    } else {
        chart_run::draw(&arguments.results[0], &focus(arguments), &options, &folder)
    };
    match drawn {
        Ok(drawn) => {
            let mut text = String::new();
            for chart in &drawn.charts {
                // Writing to a string cannot fail.
                let path = folder.join(chart.name);
                let _ = writeln!(text, "{}: {}", path.display(), chart.title);
            }
            for chart in &drawn.skipped {
                let _ = writeln!(text, "{} not drawn: {}", chart.name, chart.reason);
            }
            print(&text)?;
            Ok(FINE)
        }
        Err((code, message)) => {
            print_error(&format!("error: {message}\n"))?;
            Ok(code)
        }
    }
}

/// What the arguments ask for.
fn options(arguments: &Chart) -> Options {
    Options {
        svg: arguments.format != Format::Png,
        png: arguments.format != Format::Svg,
        theme: match arguments.theme {
            Colours::Light => Theme::Light,
            Colours::Dark => Theme::Dark,
        },
        size: match arguments.purpose {
            Purpose::Slide => Size::Slide,
            Purpose::Page => Size::Page,
            Purpose::Poster => Size::Poster,
        },
        only: arguments.only.clone(),
        language: arguments.language,
        label: label(arguments),
        proof: false,
    }
}

/// Whom and when charts of one person show.
fn focus(arguments: &Chart) -> Focus {
    Focus {
        employee: arguments.employee.clone(),
        snapshot: arguments.snapshot.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::samples;

    fn arguments(results: PathBuf) -> Chart {
        Chart {
            results: vec![results],
            format: Format::Svg,
            theme: Colours::Light,
            purpose: Purpose::Slide,
            out: None,
            only: Vec::new(),
            language: Language::ENGLISH,
            employee: None,
            snapshot: None,
        }
    }

    #[test]
    fn charts_are_drawn_beside_the_tables() {
        let folder = tempfile::tempdir().unwrap();
        let results = folder.path().join("results");
        samples::write(&samples::firm(21), &results);
        assert_eq!(run(&arguments(results.clone())).unwrap(), FINE);
        for name in charts::NAMES {
            assert!(
                results
                    .join("charts")
                    .join(name)
                    .with_extension("svg")
                    .exists(),
                "{name}"
            );
            assert!(
                !results
                    .join("charts")
                    .join(name)
                    .with_extension("png")
                    .exists(),
                "{name}"
            );
        }
    }
}
