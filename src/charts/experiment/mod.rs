//! Charts of an experiment: the difference with its interval, effect sizes, the spread of runs, paired differences,
//! responses along a factor, incidence by years, sensitivity, shares of mechanisms, a calibration's posterior.

mod effect_sizes;
mod effects;
mod incidence;
mod posterior;
mod response;
mod sensitivity;
mod shares;
mod strips;

use std::path::Path;

use super::dots;
use super::lettering::Letters;
use super::sheet::{Sheet, Words};
use super::style::{Size, StrategyStyle, strategy_styles};
use super::{Content, Drawing, Drawn, Error, Options, SkippedChart, finish, names, write_all};
use crate::analysis::Interval;
use crate::analysis::study::{Study, decimals, with_decimals, with_interval};
use crate::language::{Language, Value, real};

/// A chart: draws itself, or says why there is nothing to draw.
type Chart = for<'a> fn(&Table<'a>) -> Result<(Content, Drawing<'a>), String>;

const CHARTS: [(&str, Chart); 9] = [
    ("effects", effects::chart),
    ("effect-sizes", effect_sizes::chart),
    ("distributions", strips::distributions),
    ("differences", strips::differences),
    ("incidence", incidence::chart),
    ("response", response::chart),
    ("sensitivity", sensitivity::chart),
    ("shares", shares::chart),
    ("posterior", posterior::chart),
];

/// Names of all charts of an experiment, in their order.
pub const EXPERIMENT_NAMES: [&str; CHARTS.len()] = names(&CHARTS);

/// Where one chart is drawn.
#[derive(Clone, Copy)]
struct Table<'a> {
    study: &'a Study,
    size: Size,
    letters: &'a Letters,
    language: Language,
}

impl<'a> Table<'a> {
    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.language.say(key, values)
    }

    /// Why there is nothing to draw.
    fn skip<T>(&self, key: &str) -> Result<T, String> {
        Err(self.say(key, &[]))
    }

    fn sheet(&self, words: &Words) -> Sheet<'a> {
        let source = &self.study.provenance;
        let hash: String = source.scenario_hash.chars().take(8).collect();
        let name = [("name", (&source.scenario).into())];
        let mut parts = vec![self.say("experiment.footer", &name)];
        if !hash.is_empty() {
            parts.push(self.say("experiment.footer_arms", &[("hash", hash.into())]));
        }
        // a seed is a name: no sign between its thousands
        let seed = source.seed.to_string();
        parts.push(self.say("experiment.footer_seed", &[("seed", seed.into())]));
        parts.push(format!("allies {}", source.version));
        parts.extend(source.command.clone());
        Sheet::new(words, &parts.join(" · "), self.size, self.letters)
    }

    /// An estimate with its interval, in words.
    fn interval(&self, interval: &Interval) -> String {
        with_interval(interval, self.language)
    }

    /// The confidence of all intervals, in percent.
    fn confidence(&self) -> (&'static str, Value<'static>) {
        let percent = self.study.confidence * 100.0;
        let decimals = usize::from((percent - percent.round()).abs() > 1e-9);
        ("confidence", real(percent, decimals))
    }

    /// Number of replicates.
    fn runs(&self) -> (&'static str, Value<'static>) {
        ("runs", self.study.replicates.into())
    }

    /// Words, what a reader who cannot see it must know, and data, around a finding.
    fn content(
        &self,
        (title, subtitle, notes): (String, String, Vec<String>),
        alt: &str,
        csv: Vec<Vec<String>>,
    ) -> Content {
        let own = [("title", (&title).into())];
        Content {
            alt: self.say(alt, &own),
            // the same for every experiment: put in by name below
            caption: String::new(),
            words: Words {
                title,
                subtitle,
                notes,
            },
            csv,
        }
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

    /// That not all entries are drawn, if so: what a chart leaves out it must say.
    fn left_out(&self, drawn: usize, all: usize) -> Option<String> {
        let own = [("drawn", drawn.into()), ("all", all.into())];
        (drawn < all).then(|| self.say("experiment.left_out", &own))
    }

    fn what_intervals_are(&self) -> String {
        self.say("experiment.intervals", &[self.confidence()])
    }
}

/// Writes the numbers of all rows with as many decimals as the finest of them.
fn write_alike(rows: &mut [dots::Row], language: Language) {
    let of = |row: &dots::Row| match row {
        dots::Row::Dot(dot) => decimals(&dot.interval),
        dots::Row::Heading(_) => 0,
    };
    let finest = rows.iter().map(of).max().unwrap_or(0);
    for row in rows {
        if let dots::Row::Dot(dot) = row {
            dot.value = with_decimals(&dot.interval, finest, language);
        }
    }
}

/// Range that holds all intervals of some rows whole: cut, they would look like other ones.
fn whole(rows: &[dots::Row]) -> (f64, f64) {
    let ends = || {
        rows.iter().flat_map(|row| match row {
            dots::Row::Dot(dot) => {
                let Interval {
                    estimate,
                    lower,
                    upper,
                } = dot.interval;
                vec![estimate, lower, upper]
            }
            dots::Row::Heading(_) => Vec::new(),
        })
    };
    let finite = || ends().filter(|end| end.is_finite());
    let (low, high) = finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| {
        (low.min(end), high.max(end))
    });
    if !low.is_finite() {
        return (0.0, 1.0);
    }
    let edge = (high - low).max(high.abs() * 0.02).max(1e-9) * 0.04;
    (low - edge, high + edge)
}

/// Most rows of a chart; what is beyond stands in its CSV.
const ROWS: usize = 16;

/// Draws the charts for which the experiment has something, in memory.
///
/// # Errors
/// Where a chart is asked for that there is not, or a picture cannot be made.
pub fn draw_experiment(study: &Study, options: &Options) -> Result<Drawn, Error> {
    if let Some(name) = options
        .only
        .iter()
        .find(|name| !EXPERIMENT_NAMES.contains(&name.as_str()))
    {
        return Err(Error::UnknownExperimentChart { name: name.clone() });
    }
    let letters = Letters::embedded()?;
    let table = Table {
        study,
        size: options.size,
        letters: &letters,
        language: options.language,
    };
    let wanted = |name: &str| options.only.is_empty() || options.only.iter().any(|o| o == name);
    let mut drawn = Drawn::default();
    for (name, chart) in CHARTS.into_iter().filter(|(name, _)| wanted(name)) {
        match chart(&table) {
            Ok((mut content, picture)) => {
                content.caption = table.say(&format!("experiment.read.{name}"), &[]);
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
///
/// # Errors
/// As [`draw_experiment`], or where a file cannot be written.
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

#[cfg(test)]
mod tests {
    use super::draw_experiment;
    use crate::analysis::study::Study;
    use crate::analysis::study::tests::study;
    use crate::charts::Options;

    #[test]
    fn what_there_is_no_room_for_is_told_and_stands_in_the_data() {
        let drawn = |study: &Study, name: &str| {
            let options = Options {
                png: false,
                only: vec![name.into()],
                ..Options::default()
            };
            let chart = draw_experiment(study, &options).unwrap().charts.remove(0);
            // the lines of a note in one
            let labels = chart.svg.split("aria-label=\"").skip(1);
            let words: Vec<&str> = labels.filter_map(|l| l.split('"').next()).collect();
            (
                words.join(" ").replace('\u{a0}', " "),
                String::from_utf8(chart.csv).unwrap(),
            )
        };
        let few = study(2.0);
        let mut many = study(2.0);
        for place in 3..20 {
            let mut arm = many.arms[2].clone();
            arm.name = format!("arm {place}");
            many.arms.push(arm);
            let values = many.outcomes[0].values[2].clone();
            many.outcomes[0].values.push(values);
        }
        many.contrasts = (1..20)
            .map(|arm| (format!("contrast {arm}"), arm, 0))
            .collect();
        for (name, note, last) in [
            ("distributions", "Of 20 entries the first 16 are", "arm 19"),
            (
                "differences",
                "Of 19 entries the first 16 are",
                "contrast 19",
            ),
            ("effects", "Of 39 entries the first 32 are", "contrast 19"),
        ] {
            let (words, csv) = drawn(&many, name);
            assert!(words.contains(note), "{name}: {words}");
            assert!(csv.contains(last), "{name}");
            assert!(!drawn(&few, name).0.contains("entries the first"), "{name}");
        }
    }
}
