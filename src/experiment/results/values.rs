//! What the runs of an experiment gave: one value a run and outcome.

use serde::{Deserialize, Serialize};

/// One run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunResult {
    /// A value for each outcome; none where it is not defined, or the run failed.
    pub values: Vec<Option<f64>>,
    /// Why it failed.
    pub failure: Option<String>,
    /// Files of its tables that are kept, while its part is open.
    pub kept: Vec<Kept>,
}

/// One table of one run, in a file of its own until the run's part is committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The table.
    pub table: String,
    /// Name of the file in the folder of the journals.
    pub file: String,
    /// BLAKE3 of its bytes.
    pub hash: String,
}

/// All runs, by arm and replicate; replicates count from 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Results {
    arms: Vec<Vec<Option<RunResult>>>,
}

impl Results {
    /// Room for so many arms and replicates.
    pub fn new(arms: usize, replicates: u32) -> Self {
        Self {
            arms: vec![vec![None; replicates as usize]; arms],
        }
    }

    /// One run, if it is done.
    pub fn run(&self, arm: usize, replicate: u32) -> Option<&RunResult> {
        self.arms.get(arm)?.get(replicate as usize - 1)?.as_ref()
    }

    /// Enters a run.
    pub fn enter(&mut self, arm: usize, replicate: u32, run: RunResult) {
        if let Some(place) = self
            .arms
            .get_mut(arm)
            .and_then(|runs| runs.get_mut(replicate as usize - 1))
        {
            *place = Some(run);
        }
    }

    /// Forgets the files of a run whose part is committed; which they were.
    pub(in crate::experiment) fn release(&mut self, arm: usize, replicate: u32) -> Vec<Kept> {
        self.arms
            .get_mut(arm)
            .and_then(|runs| runs.get_mut(replicate as usize - 1)?.as_mut())
            .map(|run| std::mem::take(&mut run.kept))
            .unwrap_or_default()
    }

    /// Runs that are done, failed ones too.
    pub fn done(&self) -> usize {
        self.arms.iter().flatten().flatten().count()
    }

    /// Runs that failed.
    pub fn failed(&self) -> usize {
        let failed = |run: &&RunResult| run.failure.is_some();
        self.arms.iter().flatten().flatten().filter(failed).count()
    }

    /// One outcome of one run.
    pub fn value(&self, arm: usize, replicate: u32, outcome: usize) -> Option<f64> {
        *self.run(arm, replicate)?.values.get(outcome)?
    }

    /// One outcome of an arm over the first `replicates`, in their order.
    pub fn column(&self, arm: usize, outcome: usize, replicates: u32) -> Vec<Option<f64>> {
        (1..=replicates)
            .map(|r| self.value(arm, r, outcome))
            .collect()
    }

    /// One outcome of two arms, in pairs of the same luck.
    pub fn pairs(
        &self,
        arms: (usize, usize),
        outcome: usize,
        replicates: u32,
    ) -> Vec<(Option<f64>, Option<f64>)> {
        (1..=replicates)
            .map(|r| {
                (
                    self.value(arms.0, r, outcome),
                    self.value(arms.1, r, outcome),
                )
            })
            .collect()
    }

    /// Number of replicates that there is room for.
    pub fn replicates(&self) -> u32 {
        self.arms.first().map_or(0, Vec::len) as u32
    }
}
