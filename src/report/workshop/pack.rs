//! What a pack is made from.

use super::Result as CardResult;
use crate::analysis::Analysis;
use crate::analysis::story::Chronicle;

/// What the pack is made from.
#[derive(Debug, Clone, Copy)]
pub struct Pack<'a> {
    /// The run that personas and charts come from.
    pub analysis: &'a Analysis,
    /// Its rows.
    pub chronicle: &'a Chronicle,
    /// Charts ready for slides.
    pub charts: &'a [SlideChart],
    /// Cards with their results.
    pub results: &'a [CardResult],
    /// Cards that do not fit the scenario, by title, with the reason.
    pub left_out: &'a [(String, String)],
    /// Pairs of runs a card.
    pub replicates: usize,
    /// The root that the seeds of the pairs follow from.
    pub root: u64,
    /// The first seed of the pairs.
    pub seed: u64,
    /// The scenario file, as the user named it.
    pub scenario_file: &'a str,
}

/// A chart of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlideChart {
    /// File without ending, relative to the pack.
    pub file: String,
    /// Its title: the finding.
    pub title: String,
    /// What a reader who cannot see it must know.
    pub alt: String,
}
