//! The report: one page that opens without a network, for people who were not there.
//!
//! The page is a template (`templates/report.html`); everything that comes from tables is escaped by
//! it, except the charts, which escape their words themselves. Colours are CSS variables, so that
//! page and charts follow the reader's preference for light or dark, and paper is light. Scripts let
//! the reader step through the network and pick a persona; without them everything can be read.

mod claims;
pub mod experiment;
mod frames;
pub mod stories;
pub mod workshop;

use askama::Template;

pub use claims::{Claim, Kind, claims};
use stories::Told;

use crate::analysis::story::Chronicle;
use crate::analysis::{Analysis, Frames, Provenance};
use crate::charts::{self, DrawnChart, Options, Size, Theme, css_variables};
use crate::language::Language;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A chart could not be drawn.
    #[error(transparent)]
    Chart(#[from] charts::Error),
    /// The page could not be filled in.
    #[error("cannot fill in the page")]
    Template(#[from] askama::Error),
    /// Data for the page's script could not be written.
    #[error("cannot write the data of the page")]
    Json(#[from] serde_json::Error),
    /// A file that is built into the program cannot be read.
    #[error("a file built into the program cannot be read")]
    Asset(#[from] toml::de::Error),
}

/// What a report is written from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The statistics of the run.
    pub analysis: &'a Analysis,
    /// The rows that stories are told from.
    pub chronicle: &'a Chronicle,
    /// The snapshots for stepping through, if there are any.
    pub frames: Option<&'a Frames>,
    /// Paths to link to, relative to the page, such as `tables/events.parquet`.
    pub files: &'a [String],
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    language: Language,
    title: String,
    heading: String,
    facts: String,
    question: String,
    sentences: Vec<String>,
    charts: Vec<Figure>,
    skipped: Vec<String>,
    frames: Option<String>,
    frame_words: String,
    stories: Vec<Told>,
    known: Vec<Claim>,
    assumed: Vec<Claim>,
    command: Option<&'a String>,
    hash: String,
    footer: String,
    files: &'a [String],
    light: String,
    dark: String,
}

impl Page<'_> {
    /// A message without places.
    fn word(&self, key: &str) -> String {
        bound(&self.language.say(key, &[]))
    }
}

/// A chart on the page.
struct Figure {
    name: &'static str,
    heading: String,
    label: String,
    /// The finding, again as text: on a phone the picture shows but its left part.
    title: String,
    svg: String,
    caption: String,
}

impl Figure {
    fn of(chart: DrawnChart, language: Language) -> Self {
        let heading = language.name("heading", chart.name);
        Self {
            name: chart.name,
            label: language.say("report.chart_of", &[("heading", (&heading).into())]),
            heading,
            svg: chart.inline_svg,
            title: bound(&chart.title),
            caption: bound(&chart.caption),
        }
    }
}

/// How charts are drawn for a page.
fn on_a_page(language: Language) -> Options {
    Options {
        png: false,
        size: Size::Page,
        language,
        ..Options::default()
    }
}

fn figures(charts: Vec<DrawnChart>, language: Language) -> Vec<Figure> {
    let of = |chart| Figure::of(chart, language);
    charts.into_iter().map(of).collect()
}

/// What the scenario is known by, and the version that ran it.
fn known_by(source: &Provenance, language: Language) -> String {
    let values = [
        ("hash", (&source.scenario_hash).into()),
        ("version", (&source.version).into()),
    ];
    language.say("report.hash", &values)
}

/// The report of a run as HTML.
///
/// # Errors
/// When a chart cannot be drawn or the page cannot be filled in.
pub fn page(material: Material<'_>, language: Language) -> Result<String, Error> {
    let Material {
        analysis,
        chronicle,
        frames,
        files,
    } = material;
    let drawn = charts::draw(analysis, &on_a_page(language))?;
    let provenance = &analysis.provenance;
    let scenario = match provenance.scenario.as_str() {
        "" => language.say("report.scenario", &[]),
        name => name.to_owned(),
    };
    let named = [
        ("scenario", (&scenario).into()),
        ("seed", provenance.seed.to_string().into()),
    ];
    let strategies: Vec<String> = analysis
        .strategies
        .iter()
        .map(|strategy| language.name("strategy", strategy))
        .collect();
    let version = [("version", (&provenance.version).into())];
    let all = claims(language)?;
    let mut sentences = analysis.sentences(language).map(|s| bound(&s)).to_vec();
    // Rates and the share ever promoted are different measures: what the first chart finds stands beside them.
    if let Some(chart) = drawn.charts.iter().find(|chart| chart.name == "promotions") {
        sentences.insert(1, format!("{}.", bound(&chart.title)));
    }
    let page = Page {
        title: language.say("report.title", &named[..1]),
        heading: language.say("report.page_title", &named),
        facts: facts(analysis, language),
        question: language.say(
            "report.question",
            &[("strategies", language.list(&strategies).into())],
        ),
        sentences,
        charts: figures(drawn.charts, language),
        skipped: drawn
            .skipped
            .into_iter()
            .map(|chart| format!("{}: {}", language.name("heading", chart.name), chart.reason))
            .collect(),
        frames: frames.map(frames::data).transpose()?,
        frame_words: frames.map_or_else(
            || Ok(String::new()),
            |frames| frames::words(frames, language),
        )?,
        stories: chronicle
            .personas()
            .iter()
            .map(|story| stories::tell(chronicle, story, language))
            .collect(),
        known: of_kind(&all, Kind::Evidence),
        assumed: of_kind(&all, Kind::Assumption),
        command: provenance.command.as_ref(),
        hash: known_by(provenance, language),
        footer: language.say("report.footer", &version),
        files,
        light: css_variables(Theme::Light),
        dark: css_variables(Theme::Dark),
        language,
    };
    Ok(page.render()?)
}

/// With the sign of percent kept on the line of its number: "15 %", and "95-%-Intervall" in German.
fn bound(text: &str) -> String {
    text.replace(" %", "\u{a0}%").replace("-%", "\u{2011}%")
}

fn of_kind(claims: &[Claim], kind: Kind) -> Vec<Claim> {
    claims
        .iter()
        .filter(|claim| claim.kind == kind)
        .map(|claim| Claim {
            text: bound(&claim.text),
            ..claim.clone()
        })
        .collect()
}

/// Size and length of the run.
fn facts(analysis: &Analysis, language: Language) -> String {
    let years = analysis.promotions.years;
    let whole = (years - years.round()).abs() < 1e-9;
    let n = if whole {
        (years.round() as usize).into()
    } else {
        crate::language::real(years, 1)
    };
    let years = language.say("report.years", &[("n", n)]);
    let seed = analysis.provenance.seed.to_string();
    let mut values = vec![("years", years.into()), ("seed", seed.into())];
    match analysis.headcount_start {
        Some(people) => {
            let people = language.say("count.people", &[("n", people.into())]);
            values.push(("people", people.into()));
            language.say("report.facts", &values)
        }
        None => language.say("report.facts_unknown", &values),
    }
}

#[cfg(test)]
mod tests;
