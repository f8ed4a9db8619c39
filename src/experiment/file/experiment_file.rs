//! The experiment file: which scenario, which arms, what is counted, what is compared, when to stop.
//!
//! Strict like a scenario file, by the same machinery: every problem at once, with its place and a near name.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ablation::Ablation;
use super::arms::{ArmPlan, ContrastPlan};
use super::calibration::Calibration;
use super::factors::Factors;
use super::free::Free;
use super::outcomes::OutcomePlan;
use super::sensitivity::Sensitivity;
use super::stop::Stop;
use super::words::Words;
use crate::units::Share;

/// An experiment.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ExperimentFile {
    /// Name; the results folder is called after it [text].
    pub name: String,
    /// The question that it answers [text].
    pub question: String,
    /// What a reader should know of it [text].
    pub description: String,
    /// Scenario that all arms start from; its path counts from this file [file].
    pub scenario: String,
    /// Root of all seeds: replicate r has the same luck in every arm, and it depends on this and r alone (in a calibration, on the particle too)
    /// [whole number].
    pub seed: u64,
    /// Runs of each arm; with `stop`, at most [count].
    pub replicates: u32,
    /// Confidence of all intervals [share].
    pub confidence: Share,
    /// Keys of the scenario with the values that they have in all arms.
    pub set: BTreeMap<String, Free>,
    /// Arms: the first is what the others are compared with, unless contrasts are given.
    pub arms: Vec<ArmPlan>,
    /// Factors that make the arms, in place of a list of arms.
    pub factors: Option<Factors>,
    /// What is read off each run.
    pub outcomes: Vec<OutcomePlan>,
    /// Tables of the runs that are kept whole, beside the outcomes; as in the data dictionary [tables].
    pub tables: Vec<String>,
    /// Arms that are compared; each with the first when left out.
    pub contrasts: Vec<ContrastPlan>,
    /// When to stop before all replicates are run.
    pub stop: Option<Stop>,
    /// Mechanisms that are switched off alone and together, for their shares of the contrasts.
    pub ablation: Option<Ablation>,
    /// Ranges of keys that are walked, for what the outcomes depend on; in place of arms.
    pub sensitivity: Option<Sensitivity>,
    /// Keys that are calibrated to observations; in place of arms.
    pub calibration: Option<Calibration>,
    /// What phrases of this file are in other languages, for charts, report and findings: a table a language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: Words,
}

impl Default for ExperimentFile {
    fn default() -> Self {
        Self {
            name: "experiment".to_owned(),
            question: String::new(),
            description: String::new(),
            scenario: String::new(),
            seed: 1,
            replicates: 20,
            confidence: Share::new(0.95),
            set: BTreeMap::new(),
            arms: Vec::new(),
            factors: None,
            outcomes: Vec::new(),
            tables: Vec::new(),
            contrasts: Vec::new(),
            stop: None,
            ablation: None,
            sensitivity: None,
            calibration: None,
            words: Words::new(),
        }
    }
}

impl ExperimentFile {
    /// Sections that make their own arms.
    pub(in crate::experiment) fn own_design(&self) -> Vec<&'static str> {
        let given = [
            ("sensitivity", self.sensitivity.is_some()),
            ("calibration", self.calibration.is_some()),
        ];
        given
            .iter()
            .filter(|section| section.1)
            .map(|section| section.0)
            .collect()
    }
}
