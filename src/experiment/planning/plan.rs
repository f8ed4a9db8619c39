//! The plan: every arm with its scenario, the seed of every run, and what the results are known by.

use std::path::PathBuf;

use super::arm::{Arm, LARGE, people};
use crate::experiment::file::{ExperimentFile, Places};
use crate::experiment::outcomes::Outcome;
use crate::scenario::{Problems, Scenario, Source};

/// An experiment that can run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The file.
    pub file: ExperimentFile,
    /// Where the file was read from, with the places in it.
    pub source: Source,
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
    /// The arms.
    pub arms: Vec<Arm>,
    /// The contrasts: name, arm, reference.
    pub contrasts: Vec<(String, usize, usize)>,
    /// The base scenario with what all arms set, resolved.
    pub base: Scenario,
    /// Folder that the files of the base scenario are counted from.
    pub folder: PathBuf,
    /// Folder that the files of the experiment are counted from.
    pub file_folder: PathBuf,
    /// Warnings.
    pub warnings: Problems,
}

impl Plan {
    /// The seed of a run: from the root and the number of the replicate alone, so that replicates and arms can be added.
    ///
    /// In a calibration it depends on the particle too. Particles of the same luck would all be near to a target where this
    /// luck is, and the posterior would be the answer for one firm's luck rather than for any.
    pub fn seed(&self, arm: usize, replicate: u32) -> u64 {
        seed(self.root(arm), replicate)
    }

    fn root(&self, arm: usize) -> u64 {
        let root = self.file.seed;
        if self.file.calibration.is_some() {
            seed(root, arm as u32)
        } else {
            root
        }
    }

    /// What a run is known by, whatever the arm is called and wherever it runs: 128 bits, hexadecimal.
    pub fn run_id(&self, arm: usize, replicate: u32) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"allies run 1");
        hasher.update(self.arms[arm].hash.as_bytes());
        hasher.update(&self.root(arm).to_le_bytes());
        hasher.update(&replicate.to_le_bytes());
        hasher.finalize().to_hex()[..32].to_owned()
    }

    /// The arms that each replicate runs, where it is not all of them: subsets of mechanisms that it samples.
    pub(in crate::experiment) fn sampled(&self) -> Option<Vec<Vec<usize>>> {
        let (seed, replicates) = (self.file.seed, self.file.replicates);
        let ablation = self.file.ablation.as_ref().filter(|a| a.is_sampled())?;
        let arms = self.file.arms.len().max(1);
        let places = Places::new(ablation, (seed, replicates), arms);
        let of = |replicate| {
            let own = ablation.of_replicate(seed, replicate).into_iter();
            let mut own: Vec<usize> = own
                .flat_map(|on| (0..arms).map(move |arm| (arm, on)))
                .filter_map(|(arm, on)| places.place(arm, on))
                .collect();
            own.sort_unstable();
            own
        };
        Some((1..=replicates).map(of).collect())
    }

    /// Number of runs of all replicates.
    pub fn runs(&self) -> usize {
        self.sampled().map_or_else(
            || self.arms.len() * self.file.replicates as usize,
            |sampled| sampled.iter().map(Vec::len).sum(),
        )
    }

    /// Whether one run is large enough to use all threads by itself.
    pub fn is_large(&self) -> bool {
        self.arms
            .iter()
            .any(|arm| people(&arm.scenario, arm.import.as_deref()) >= LARGE)
    }

    /// CPU time of one run by a fixed estimate, which sizes the parts: not measured when it is planned, so that parts are
    /// the same on every machine. A person's week took four to five microseconds in a firm of 200 [seconds].
    pub fn estimated_seconds(&self) -> f64 {
        let of = |arm: &Arm| {
            let weeks =
                f64::from(arm.scenario.years.get()) * 52.0 + f64::from(arm.scenario.burn_in.get());
            0.01 + people(&arm.scenario, arm.import.as_deref()) as f64 * weeks * 4e-6
        };
        let sum: f64 = self.arms.iter().map(of).sum();
        sum / self.arms.len().max(1) as f64
    }
}

/// The seed of a replicate, in the range that a scenario file can hold.
pub fn seed(root: u64, replicate: u32) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"allies replicate 1");
    hasher.update(&root.to_le_bytes());
    hasher.update(&replicate.to_le_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(bytes) >> 1
}
