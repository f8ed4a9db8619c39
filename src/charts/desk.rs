//! What every chart is drawn with: the analysis, the size, the letters and the language.

use super::lettering::Letters;
use super::sheet::{Sample, Sheet, Words};
use super::style::{Size, StrategyStyle, strategy_styles};
use crate::analysis::{Analysis, Ego, Interval};
use crate::language::{Language, Value, real};

/// The place where one chart is drawn.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) size: Size,
    pub(super) letters: &'a Letters,
    pub(super) language: Language,
}

impl<'a> Desk<'a> {
    pub(super) fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.language.say(key, values)
    }

    /// A sheet with the words around the plot.
    pub(super) fn sheet(&self, words: &Words) -> Sheet<'a> {
        Sheet::new(words, &self.footer(), self.size, self.letters)
    }

    /// Where the picture comes from, and what makes it again.
    fn footer(&self) -> String {
        let provenance = &self.analysis.provenance;
        let hash: String = provenance.scenario_hash.chars().take(8).collect();
        let mut parts = Vec::new();
        if !provenance.scenario.is_empty() {
            let scenario = [("scenario", (&provenance.scenario).into())];
            parts.push(self.say("footer.scenario", &scenario));
        }
        if !hash.is_empty() {
            parts.push(self.say("footer.hash", &[("hash", hash.into())]));
        }
        // a seed is a name: no sign between its thousands
        let seed = provenance.seed.to_string();
        parts.push(self.say("footer.seed", &[("seed", seed.into())]));
        if !provenance.version.is_empty() {
            parts.push(format!("allies {}", provenance.version));
        }
        if let Some(command) = &provenance.command {
            parts.push(command.clone());
        }
        parts.join(" · ")
    }

    /// The sentence that keeps one run from being read as evidence.
    pub(super) fn one_run(&self) -> String {
        let seed = self.analysis.provenance.seed.to_string();
        self.say("note.one_run", &[("seed", seed.into())])
    }

    /// When a difference is called clear, and that this is one run.
    pub(super) fn clear_in_one_run(&self) -> String {
        format!("{} {}", self.say("note.clear", &[]), self.one_run())
    }

    /// Name of a strategy for readers.
    pub(super) fn strategy(&self, name: &str) -> String {
        self.language.name("strategy", name)
    }

    /// How a strategy is drawn.
    pub(super) fn style(&self, name: &str) -> StrategyStyle {
        let strategies = &self.analysis.strategies;
        let n = strategies.iter().position(|known| known == name);
        strategy_styles(strategies)[n.unwrap_or(0)]
    }

    /// Name of the person that charts of one person show.
    pub(super) fn name(&self, ego: &Ego) -> String {
        let nameless = || self.say("story.nameless", &[("id", ego.employee.to_string().into())]);
        ego.name.clone().unwrap_or_else(nameless)
    }

    /// A count of people with its noun.
    pub(super) fn people(&self, n: usize) -> String {
        self.say("count.people", &[("n", n.into())])
    }

    /// "4.2 (3.1 to 5.6)".
    pub(super) fn interval(&self, interval: Interval, decimals: usize) -> String {
        self.say(
            "count.interval",
            &[
                ("estimate", real(interval.estimate, decimals)),
                ("lower", real(interval.lower, decimals)),
                ("upper", real(interval.upper, decimals)),
            ],
        )
    }

    /// Entries of a key: all strategies.
    pub(super) fn key(&self) -> Vec<(Sample, String)> {
        let strategies = self.analysis.strategies.iter();
        strategies
            .map(|name| (Sample::Mark(self.style(name)), self.strategy(name)))
            .collect()
    }

    /// Entries of a key: the strategies of these people, with their numbers.
    pub(super) fn key_of(&self, people: impl Iterator<Item = usize>) -> Vec<(Sample, String)> {
        let strategies = &self.analysis.strategies;
        let mut counts = vec![0_usize; strategies.len()];
        people.for_each(|strategy| counts[strategy] += 1);
        let entry = |(name, n): (&String, usize)| {
            let values = [("strategy", self.strategy(name).into()), ("n", n.into())];
            (
                Sample::Mark(self.style(name)),
                self.say("key.strategy", &values),
            )
        };
        let present = strategies.iter().zip(counts).filter(|(_, n)| *n > 0);
        present.map(entry).collect()
    }

    /// Length of the run in years.
    pub(super) fn years(&self) -> f64 {
        self.analysis.promotions.years
    }
}

/// A row of a chart's data.
pub(super) fn cells<const N: usize>(row: [&str; N]) -> Vec<String> {
    row.map(ToOwned::to_owned).to_vec()
}

/// Estimate and limits as cells.
pub(super) fn limits(interval: Interval) -> [String; 3] {
    [interval.estimate, interval.lower, interval.upper].map(|value| format!("{value:.6}"))
}
