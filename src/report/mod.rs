//! The report: one page that opens without a network, for people who were not there.
//!
//! The page is a template (`templates/report.html`); everything that comes from tables is escaped by
//! it, except the charts, which escape their words themselves. Colours are CSS variables, so that
//! page and charts follow the reader's preference for light or dark, and paper is light.

pub mod stories;

use askama::Template;

use crate::analysis::{Analysis, Career, counted};
use crate::charts::{self, Options, Size, SkippedChart, Theme, css_variables};
use crate::language::Language;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A chart could not be drawn.
    #[error(transparent)]
    Chart(#[from] charts::Error),
    /// The page could not be filled in.
    #[error("cannot fill in the report")]
    Template(#[from] askama::Error),
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    scenario: String,
    seed: u64,
    headcount: Option<usize>,
    years: String,
    strategies: String,
    sentences: [String; 3],
    charts: Vec<Figure>,
    skipped: Vec<SkippedChart>,
    personas: Vec<PersonaRow>,
    command: Option<String>,
    hash: String,
    version: String,
    files: Vec<String>,
    light: String,
    dark: String,
}

/// A chart on the page.
struct Figure {
    name: &'static str,
    heading: String,
    svg: String,
    caption: String,
}

/// A line of the personas' table.
struct PersonaRow {
    name: String,
    strategy: String,
    first: String,
    last: String,
    steps: Vec<String>,
}

/// The report as HTML. `files` are the paths to link to, relative to the page, such as
/// `tables/events.parquet`.
pub fn page(analysis: &Analysis, files: &[String], language: Language) -> Result<String, Error> {
    let options = Options {
        png: false,
        size: Size::Page,
        language,
        ..Options::default()
    };
    let drawn = charts::draw(analysis, &options)?;
    let provenance = &analysis.provenance;
    let scenario = match provenance.scenario.as_str() {
        "" => "Scenario".to_owned(),
        name => name.to_owned(),
    };
    let years = analysis.promotions.years;
    let page = Page {
        scenario,
        seed: provenance.seed,
        headcount: analysis.headcount_start,
        years: if (years - years.round()).abs() < 1e-9 {
            counted(years as usize, "year", "years")
        } else {
            format!("{years:.1} years")
        },
        strategies: analysis.strategies.join(", "),
        sentences: analysis.sentences(language),
        charts: drawn
            .charts
            .into_iter()
            .map(|chart| Figure {
                name: chart.name,
                heading: language.name("heading", chart.name),
                svg: chart.inline_svg,
                caption: chart.caption,
            })
            .collect(),
        skipped: drawn.skipped,
        personas: analysis
            .personas
            .iter()
            .map(|career| persona(career, language))
            .collect(),
        command: provenance.command.clone(),
        hash: provenance.scenario_hash.clone(),
        version: provenance.version.clone(),
        files: files.to_vec(),
        light: css_variables(Theme::Light),
        dark: css_variables(Theme::Dark),
    };
    Ok(page.render()?)
}

fn persona(career: &Career, language: Language) -> PersonaRow {
    let unknown = || "unknown".to_owned();
    PersonaRow {
        name: career.name.clone(),
        strategy: career.strategy.clone(),
        first: career.first_post.clone().unwrap_or_else(unknown),
        last: match (&career.exit, &career.last_post) {
            (Some(exit), _) => exit.text(language),
            (None, Some(post)) => post.clone(),
            (None, None) => unknown(),
        },
        steps: career
            .steps
            .iter()
            .map(|step| format!("{}: {}", step.when(language), step.text(language)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Rows, samples};

    #[test]
    fn the_page_stands_alone_and_says_what_it_must() {
        let analysis = Analysis::of(&samples::firm(71));
        let html = page(&analysis, &["tables/events.csv".into()], Language::ENGLISH).unwrap();
        for part in [
            "<main>",
            "an illustration, not evidence",
            "allies run made-up.toml --seed 7",
            "href=\"tables/events.csv\"",
            "prefers-color-scheme: dark",
            "Michael",
            "aria-labelledby",
        ] {
            assert!(html.contains(part), "the page lacks {part}");
        }
        for part in ["<script", "<link", "src=\"http", "url(", "@import"] {
            assert!(!html.contains(part), "the page has {part}");
        }
        assert_eq!(html.matches("<svg").count(), charts::NAMES.len());
        for title in charts::draw(&analysis, &Options::default()).unwrap().charts {
            assert!(html.contains(&title.title));
        }
    }

    #[test]
    fn names_are_escaped_everywhere() {
        let mut rows = samples::firm(21);
        let evil = "</code><script>alert(1)</script>";
        rows.provenance.scenario = evil.into();
        rows.provenance.command = Some(evil.into());
        for row in &mut rows.employees {
            if row.employee < 2 {
                row.name = Some(evil.into());
                row.department = Some(evil.into());
            }
        }
        for row in &mut rows.positions {
            row.department = Some(evil.into());
        }
        let html = page(&Analysis::of(&rows), &[evil.to_owned()], Language::ENGLISH).unwrap();
        assert!(!html.contains("<script"));
    }

    #[test]
    fn an_empty_run_still_gives_a_page() {
        let html = page(&Analysis::of(&Rows::default()), &[], Language::ENGLISH).unwrap();
        assert!(html.contains("no restructuring happened in this run"));
        assert!(!html.contains("id=\"personas\""));
    }
}
