//! How runs are divided into parts, each of which is committed at once.

use serde::{Deserialize, Serialize};

use crate::experiment::file::MOST_REPLICATES;
use crate::experiment::planning::Plan;

/// CPU time that a part should take, by the estimate: what a machine that dies loses at most [seconds].
const PART_SECONDS: f64 = 60.0;

/// Parts at most, roughly; very many runs make larger ones.
const PARTS: f64 = 10_000.0;

/// Runs planned at one time: some arms, some replicates, in parts of a fixed size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Places of the arms in the plan.
    pub arms: Vec<usize>,
    /// First replicate.
    pub first: u32,
    /// Last replicate.
    pub last: u32,
    /// Replicates a part.
    pub block: u32,
    /// Arms a part.
    pub together: usize,
}

/// A part: what is committed at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Name of its files.
    pub name: String,
    /// Arms.
    pub arms: Vec<usize>,
    /// First replicate.
    pub first: u32,
    /// Last replicate.
    pub last: u32,
}

impl Batch {
    /// Some runs in parts of a size that depends on the experiment alone.
    pub(super) fn of(plan: &Plan, arms: Vec<usize>, first: u32, last: u32) -> Self {
        let run = plan.estimated_seconds();
        let seconds = PART_SECONDS.max(plan.runs() as f64 * run / PARTS);
        let together = ((seconds / run) as usize).clamp(1, arms.len().max(1));
        let row = run * together as f64;
        // at least sixteen parts where there are as many replicates, so that every thread and shard has some
        let most = (last / 16).max(1);
        let mut block = ((seconds / row) as u32).clamp(1, most);
        if let Some(stop) = &plan.file.stop {
            // looks fall between parts
            while !stop.step.is_multiple_of(block) || !stop.least.is_multiple_of(block) {
                block -= 1;
            }
        }
        Self {
            arms,
            first,
            last,
            block,
            together,
        }
    }

    /// Whether it can be divided, in a plan of so many arms: one that was changed by hand may fill the memory.
    pub(super) fn is_sound(&self, arms: usize) -> bool {
        (1..=MOST_REPLICATES).contains(&self.last)
            && (1..=self.last).contains(&self.first)
            && self.block > 0
            && self.arms.iter().all(|&arm| arm < arms)
    }

    /// Its parts; they are named after its number among the batches.
    pub(super) fn parts(&self, number: usize) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut first = self.first;
        while first <= self.last {
            let last = self.last.min(first.saturating_add(self.block - 1));
            for (group, arms) in self.arms.chunks(self.together.max(1)).enumerate() {
                parts.push(Part {
                    name: format!("part-{number:02}-{first:07}-{group:04}"),
                    arms: arms.to_vec(),
                    first,
                    last,
                });
            }
            first = last + 1;
        }
        parts
    }
}
