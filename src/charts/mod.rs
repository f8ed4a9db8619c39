//! Charts of an analysis: four pictures, each as SVG and PNG with its data as CSV.
//!
//! ```text
//! Analysis ──► content (title, words, data) ──► draw: Picture ──► svg, png
//! ```
//!
//! Each chart is one file here. A picture is a list of shapes and placed letters, drawn once and
//! written by two writers, so that SVG and PNG cannot differ and no font of the machine is used.
//! Titles state what the tables show, and say so when the run cannot tell.

mod axes;
mod floor_plan;
mod labels;
mod layout;
mod lettering;
mod network;
mod picture;
mod png;
mod positions;
mod promotions;
mod restructurings;
mod sheet;
mod style;
mod svg;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use crate::analysis::Analysis;
use crate::language::Language;
use lettering::Letters;
pub use style::{Size, Theme, css_variables};
use svg::Colours;

type Drawing<'a> = picture::Picture<'a>;

/// Names of all charts, in their order.
pub const NAMES: [&str; 4] = ["promotions", "restructurings", "positions", "network"];

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
}

impl Default for Options {
    fn default() -> Self {
        Self {
            svg: true,
            png: true,
            theme: Theme::Light,
            size: Size::Slide,
            only: Vec::new(),
            language: Language::ENGLISH,
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

/// The chart whose name is nearest, as a question, if one is near.
fn near(name: &str) -> String {
    NAMES
        .iter()
        .map(|known| (strsim::jaro_winkler(known, name), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or_else(String::new, |(_, known)| {
            format!(" (did you mean `{known}`?)")
        })
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No chart has this name.
    #[error("there is no chart `{name}`{}; there are: {}", near(name), NAMES.join(", "))]
    UnknownChart {
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
    for name in NAMES {
        if !options.only.is_empty() && !options.only.iter().any(|only| only == name) {
            continue;
        }
        match one(name, analysis, options, &letters) {
            Ok((content, picture)) => drawn.charts.push(finish(name, content, &picture, options)?),
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
            let path = folder.join(chart.name).with_extension(ending);
            fs::write(&path, bytes).map_err(failed(&path))?;
        }
    }
    Ok(drawn)
}

fn one<'a>(
    name: &str,
    analysis: &Analysis,
    options: &Options,
    letters: &'a Letters,
) -> Result<(Content, Drawing<'a>), String> {
    let &Options { size, language, .. } = options;
    match name {
        "promotions" => {
            let content = promotions::content(analysis, language)?;
            let picture = promotions::draw(analysis, &content, size, letters);
            Ok((content, picture))
        }
        "restructurings" => {
            let content = restructurings::content(analysis, language)?;
            let picture = restructurings::draw(analysis, &content, size, letters);
            Ok((content, picture))
        }
        "positions" => {
            let found = analysis.positions.as_ref().map_err(Clone::clone)?;
            let content = positions::content(analysis, language)?;
            let picture = positions::draw(analysis, found, &content, size, letters);
            Ok((content, picture))
        }
        _ => {
            let found = analysis.networks.as_ref().map_err(Clone::clone)?;
            let content = network::content(analysis, language)?;
            let picture = network::draw(analysis, found, &content, size, letters);
            Ok((content, picture))
        }
    }
}

fn finish(
    name: &'static str,
    content: Content,
    picture: &Drawing<'_>,
    options: &Options,
) -> Result<DrawnChart, Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    for row in &content.csv {
        table.write_record(row)?;
    }
    let csv = table
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    let write = |colours| svg::write(picture, name, &content.words.title, &content.alt, colours);
    let png = if options.png {
        Some(png::write(picture, options.theme, options.size.pixels())?)
    } else {
        None
    };
    Ok(DrawnChart {
        name,
        svg: write(Colours::Fixed(options.theme)),
        inline_svg: write(Colours::Variables),
        png,
        csv,
        title: content.words.title,
        alt: content.alt,
        caption: content.caption,
    })
}
