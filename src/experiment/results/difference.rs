//! The difference of two arms.

use super::values::Results;
use crate::analysis::statistics::{PairedDifference, paired};
use crate::experiment::planning::Plan;

/// The difference of a contrast in an outcome, over the replicates so far.
pub fn difference(
    plan: &Plan,
    results: &Results,
    contrast: usize,
    outcome: usize,
    replicates: u32,
) -> Option<PairedDifference> {
    let (_, arm, reference) = plan.contrasts.get(contrast)?;
    let pairs = results.pairs((*arm, *reference), outcome, replicates);
    paired(&pairs, plan.file.confidence.get())
}
