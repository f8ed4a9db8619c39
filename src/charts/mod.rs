//! Charts of an analysis: each answers one question, as SVG and PNG with its data as CSV.
//!
//! ```text
//! Analysis ──► content (title, words, data) ──► draw: Picture ──► svg, png
//! ```
//!
//! Each chart is one file here. A picture is a list of shapes and placed letters, drawn once and
//! written by two writers, so that SVG and PNG cannot differ and no font of the machine is used.
//! Titles state what the tables show, and say so when the run cannot tell.

mod alliance_map;
mod alliance_names;
mod alliance_rings;
mod alliance_spots;
mod alliances;
mod area;
mod axes;
mod bundles;
mod careers;
mod clearing;
mod contacts;
mod curves;
mod departments;
mod desk;
mod dots;
mod experiment;
mod families;
mod floor_plan;
mod flow_bands;
mod flow_spacing;
mod flows;
mod labels;
mod layout;
mod lettering;
mod lines;
mod marks;
mod network;
mod network_counts;
mod organisation;
mod persona_names;
mod picture;
mod png;
mod portfolio;
mod positions;
mod presence;
mod programmes;
mod promotion_rates;
mod promotions;
mod proof;
mod region_names;
mod restructurings;
mod room_titles;
mod sheet;
mod side_by_side;
mod standing;
mod style;
mod svg;
#[cfg(test)]
mod tests;
mod way_out;

use std::fs;
use std::path::{Path, PathBuf};

use crate::analysis::{Analysis, Provenance, near};
use crate::language::Language;
use desk::Desk;
pub use experiment::{EXPERIMENT_NAMES, draw_all_experiment, draw_experiment};
use lettering::Letters;
pub use side_by_side::{SIDE_BY_SIDE, draw_side_by_side};
pub use style::{Size, Theme, css_variables, strategy_looks};
use svg::Colours;

type Drawing<'a> = picture::Picture<'a>;

/// A chart: draws itself, or says why there is nothing to draw.
type Chart = for<'a> fn(&Desk<'a>) -> Result<(Content, Drawing<'a>), String>;

/// All charts, in the order in which a trainer tells them.
const CHARTS: [(&str, Chart); 14] = [
    ("promotions", promotions::chart),
    ("promotion-rates", promotion_rates::chart),
    ("restructurings", restructurings::chart),
    ("flows", flows::chart),
    ("positions", positions::chart),
    ("network", network::chart),
    ("contacts", contacts::chart),
    ("careers", careers::chart),
    ("alliances", alliances::chart),
    ("portfolio", portfolio::chart),
    ("standing", standing::chart),
    ("organisation", organisation::chart),
    ("presence", presence::chart),
    ("programmes", programmes::chart),
];

/// Names of all charts, in their order.
pub const NAMES: [&str; CHARTS.len()] = names(&CHARTS);

const fn names<T, const N: usize>(charts: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut i = 0;
    while i < N {
        names[i] = charts[i].0;
        i += 1;
    }
    names
}

/// What to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Write SVG files.
    pub svg: bool,
    /// Write PNG files.
    pub png: bool,
    /// Colours of the files.
    pub theme: Theme,
    /// What the pictures are for.
    pub size: Size,
    /// Names of the charts to draw; all if empty.
    pub only: Vec<String>,
    /// Language of the words.
    pub language: Language,
    /// Added to the file names of charts of one person, so that each person's stay.
    pub label: Option<String>,
    /// Read each chart as a proof-reader would; takes time that only tests have.
    pub proof: bool,
}

/// Charts of one person.
const PERSONAL: [&str; 2] = ["alliances", "portfolio"];

impl Default for Options {
    fn default() -> Self {
        Self {
            svg: true,
            png: true,
            theme: Theme::Light,
            size: Size::Slide,
            only: Vec::new(),
            language: Language::ENGLISH,
            label: None,
            proof: false,
        }
    }
}

impl Options {
    /// Whether the charts asked for exist.
    pub fn check(&self) -> Result<(), Error> {
        match self
            .only
            .iter()
            .find(|name| !NAMES.contains(&name.as_str()))
        {
            Some(name) => Err(Error::UnknownChart { name: name.clone() }),
            None => Ok(()),
        }
    }
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No chart has this name.
    #[error("there is no chart `{name}`{}; there are: {}", near(name, NAMES.into_iter()), NAMES.join(", "))]
    UnknownChart {
        /// The name asked for.
        name: String,
    },
    /// No chart of an experiment has this name.
    #[error("there is no chart `{name}` of an experiment{}; there are: {}", near(name, EXPERIMENT_NAMES.into_iter()), EXPERIMENT_NAMES.join(", "))]
    UnknownExperimentChart {
        /// The name asked for.
        name: String,
    },
    /// A file could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The chart's data could not be written as CSV.
    #[error("cannot write the data of a chart as CSV")]
    Csv(#[from] csv::Error),
    /// The embedded letters cannot be read: the program was built with a broken font file.
    #[error("the embedded font cannot be read")]
    Font,
    /// The picture could not be turned into a PNG.
    #[error("cannot make a PNG of a chart")]
    Png,
}

/// A chart that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnChart {
    /// Name, and stem of its files.
    pub name: &'static str,
    /// The finding.
    pub title: String,
    /// What a reader who cannot see it must know.
    pub alt: String,
    /// A sentence with the numbers.
    pub caption: String,
    /// SVG with the theme's colours.
    pub svg: String,
    /// SVG whose colours are CSS variables ([`css_variables`]), for a page of light and dark.
    pub inline_svg: String,
    /// PNG, if asked for.
    pub png: Option<Vec<u8>>,
    /// The data.
    pub csv: Vec<u8>,
    /// What a proof-reader would mark, if asked for: words over words or marks, off the page, crossed by a line. A sound
    /// chart has none.
    pub faults: Option<Vec<String>>,
}

/// A chart that was not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedChart {
    /// Its name.
    pub name: &'static str,
    /// Why, as part of a sentence ("no restructuring happened in this run").
    pub reason: String,
}

/// What came of drawing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// Charts drawn, in their order.
    pub charts: Vec<DrawnChart>,
    /// Charts for which the tables had nothing.
    pub skipped: Vec<SkippedChart>,
}

/// Words and data of a chart.
struct Content {
    words: sheet::Words,
    alt: String,
    caption: String,
    /// Rows of cells, the first is the header.
    csv: Vec<Vec<String>>,
}

/// Draws the charts asked for, in memory.
pub fn draw(analysis: &Analysis, options: &Options) -> Result<Drawn, Error> {
    options.check()?;
    let letters = Letters::embedded()?;
    let mut drawn = Drawn::default();
    let desk = Desk {
        analysis,
        size: options.size,
        letters: &letters,
        language: options.language,
    };
    for (name, chart) in CHARTS {
        if !options.only.is_empty() && !options.only.iter().any(|only| only == name) {
            continue;
        }
        match chart(&desk) {
            Ok((content, picture)) => {
                let source = &analysis.provenance;
                drawn
                    .charts
                    .push(finish(name, content, &picture, options, source)?);
            }
            Err(reason) => drawn.skipped.push(SkippedChart { name, reason }),
        }
    }
    Ok(drawn)
}

/// Draws the charts asked for and writes their files into a folder, which is made if missing.
///
/// Files of the same names are replaced; files of charts that are skipped are left alone.
pub fn draw_all(analysis: &Analysis, options: &Options, folder: &Path) -> Result<Drawn, Error> {
    let drawn = draw(analysis, options)?;
    write_all(&drawn, options, folder)?;
    Ok(drawn)
}

fn write_all(drawn: &Drawn, options: &Options, folder: &Path) -> Result<(), Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Write { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for chart in &drawn.charts {
        let mut files: Vec<(&str, &[u8])> = vec![("csv", &chart.csv)];
        if options.svg {
            files.push(("svg", chart.svg.as_bytes()));
        }
        if let Some(png) = &chart.png {
            files.push(("png", png));
        }
        for (ending, bytes) in files {
            let label = options
                .label
                .as_ref()
                .filter(|_| PERSONAL.contains(&chart.name));
            let label = label.map_or_else(String::new, |label| format!("-{label}"));
            let path = folder.join(format!("{}{label}.{ending}", chart.name));
            fs::write(&path, bytes).map_err(failed(&path))?;
        }
    }
    Ok(())
}

fn finish(
    name: &'static str,
    content: Content,
    picture: &Drawing<'_>,
    options: &Options,
    source: &Provenance,
) -> Result<DrawnChart, Error> {
    let rows = vec![source; content.csv.len().saturating_sub(1)];
    finish_rows(name, content, picture, options, &rows)
}

/// Where a picture comes from, a line a run or experiment: as in the columns of its data.
fn told_sources(sources: &[&Provenance]) -> String {
    let mut lines: Vec<String> = sources
        .iter()
        .map(|source| {
            let Provenance {
                scenario,
                scenario_hash,
                seed,
                version,
                command,
            } = source;
            let command = command.as_deref().unwrap_or_default();
            format!("{scenario}, hash {scenario_hash}, seed {seed}, allies {version}: {command}")
        })
        .collect();
    lines.dedup();
    lines.join("\n")
}

/// As [`finish`], where each row of the data has a source of its own.
fn finish_rows(
    name: &'static str,
    content: Content,
    picture: &Drawing<'_>,
    options: &Options,
    sources: &[&Provenance],
) -> Result<DrawnChart, Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    // Columns rather than a comment: they survive every reader, and putting files of several runs together.
    let header = ["scenario", "scenario_hash", "seed", "version", "command"];
    let mut rows = content.csv.iter();
    if let Some(names) = rows.next() {
        table.write_record(names.iter().map(String::as_str).chain(header))?;
    }
    for (row, source) in rows.zip(sources) {
        let seed = source.seed.to_string();
        let own = [
            &source.scenario,
            &source.scenario_hash,
            &seed,
            &source.version,
            source.command.as_deref().unwrap_or_default(),
        ];
        table.write_record(row.iter().map(String::as_str).chain(own))?;
    }
    let csv = table
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    let write = |colours| svg::write(picture, name, &content.words.title, &content.alt, colours);
    let png = if options.png {
        let words = [
            ("Title", content.words.title.clone()),
            ("Description", content.alt.clone()),
            ("Source", told_sources(sources)),
        ];
        let look = (options.theme, options.size.pixels());
        Some(png::write(picture, look, &words)?)
    } else {
        None
    };
    Ok(DrawnChart {
        name,
        svg: write(Colours::Fixed(options.theme)),
        inline_svg: write(Colours::Variables),
        png,
        csv,
        faults: options.proof.then(|| proof::faults(picture)),
        title: content.words.title,
        alt: content.alt,
        caption: content.caption,
    })
}
