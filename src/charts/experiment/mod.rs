//! Charts of an experiment: the difference with its interval, effect sizes, the spread of runs, paired differences,
//! responses along a factor, sensitivity, shares of mechanisms. The words are English.

mod effect_sizes;
mod effects;
mod response;
mod sensitivity;
mod shares;
mod strips;

use std::path::Path;

use super::lettering::Letters;
use super::sheet::{Sheet, Words};
use super::style::{Size, StrategyStyle, strategy_styles};
use super::{Content, Drawing, Drawn, Error, Options, SkippedChart, finish, write_all};
use crate::analysis::Interval;
use crate::analysis::study::Study;

/// A chart: draws itself, or says why there is nothing to draw.
type Chart = for<'a> fn(&Table<'a>) -> Result<(Content, Drawing<'a>), String>;

const CHARTS: [(&str, Chart); 7] = [
    ("effects", effects::chart),
    ("effect-sizes", effect_sizes::chart),
    ("distributions", strips::distributions),
    ("differences", strips::differences),
    ("response", response::chart),
    ("sensitivity", sensitivity::chart),
    ("shares", shares::chart),
];

/// Where one chart is drawn.
#[derive(Clone, Copy)]
struct Table<'a> {
    study: &'a Study,
    size: Size,
    letters: &'a Letters,
}

impl<'a> Table<'a> {
    fn sheet(&self, words: &Words) -> Sheet<'a> {
        let source = &self.study.provenance;
        let hash: String = source.scenario_hash.chars().take(8).collect();
        let mut parts = vec![format!("experiment {}", source.scenario)];
        if !hash.is_empty() {
            parts.push(format!("arms {hash}"));
        }
        parts.push(format!("root seed {}", source.seed));
        parts.push(format!("allies {}", source.version));
        parts.extend(source.command.clone());
        Sheet::new(words, &parts.join(" · "), self.size, self.letters)
    }

    /// Styles of the shown arms, in their order.
    fn styles(&self) -> Vec<StrategyStyle> {
        let names: Vec<String> = self.study.arms.iter().map(|arm| arm.name.clone()).collect();
        strategy_styles(&names)
    }

    /// Places of the arms that are of interest by themselves.
    fn shown(&self) -> Vec<usize> {
        (0..self.study.arms.len())
            .filter(|arm| self.study.arms[*arm].shown)
            .collect()
    }

    fn what_intervals_are(&self) -> String {
        format!(
            "Intervals are {:.0} % intervals of the mean over replicates (Student's t): they say how far the luck of \
             runs of this scenario reaches, not how another firm would do.",
            self.study.confidence * 100.0
        )
    }
}

/// Most rows of a chart; what is beyond stands in its CSV.
const ROWS: usize = 16;

/// Draws the charts for which the experiment has something, in memory.
pub fn draw_experiment(study: &Study, options: &Options) -> Result<Drawn, Error> {
    let letters = Letters::embedded()?;
    let table = Table {
        study,
        size: options.size,
        letters: &letters,
    };
    let mut drawn = Drawn::default();
    for (name, chart) in CHARTS {
        match chart(&table) {
            Ok((content, picture)) => {
                drawn
                    .charts
                    .push(finish(name, content, &picture, options, &study.provenance)?);
            }
            Err(reason) => drawn.skipped.push(SkippedChart { name, reason }),
        }
    }
    Ok(drawn)
}

/// Draws them and writes their files into a folder, which is made if missing.
pub fn draw_all_experiment(
    study: &Study,
    options: &Options,
    folder: &Path,
) -> Result<Drawn, Error> {
    let drawn = draw_experiment(study, options)?;
    write_all(&drawn, options, folder)?;
    Ok(drawn)
}

/// Estimate and limits as cells.
fn cells(interval: &Interval) -> [String; 3] {
    [interval.estimate, interval.lower, interval.upper].map(number)
}

/// A number as a cell; empty where it is none.
fn number(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.6}")
    } else {
        String::new()
    }
}

fn row<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(ToOwned::to_owned).to_vec()
}
