//! The experiment file: which scenario, which arms, what is counted, what is compared, when to stop.
//!
//! Strict like a scenario file, by the same machinery: every problem at once, with its place and a near name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::ablation::Ablation;
use super::calibration::Calibration;
use super::sensitivity::Sensitivity;
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

/// Any value, as it would stand in a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Free(pub toml::Value);

impl JsonSchema for Free {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Free".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "any value" })
    }
}

/// One arm.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ArmPlan {
    /// Name, used in every output [text].
    pub name: String,
    /// What sentences and charts call it, after "with"; its name when left out [text].
    pub called: String,
    /// What the arm is, for people [text].
    pub description: String,
    /// Keys of the scenario with the values that they have in this arm.
    pub set: BTreeMap<String, Free>,
}

/// Factors and how their values are combined to arms.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Factors {
    /// How values are combined [design].
    pub design: DesignKind,
    /// Points of a latin_hypercube or sobol design [count].
    pub points: Option<u32>,
    /// Table of a `table` design: a column a factor, a row an arm; its path counts from this file [file].
    pub table: Option<String>,
    /// Points of a `list` design: keys and values, one table an arm.
    pub list: Vec<BTreeMap<String, Free>>,
    /// The factors.
    pub vary: Vec<Factor>,
}

/// How the values of factors are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DesignKind {
    /// Every combination of the values.
    #[default]
    Grid,
    /// The first values together, the second together, and so on.
    Paired,
    /// The points as listed.
    List,
    /// Space-filling: each factor's range in as many equal parts as points, each part once.
    LatinHypercube,
    /// A Sobol sequence over the ranges.
    Sobol,
    /// The rows of a CSV file.
    Table,
}

/// One factor.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Factor {
    /// Key of the scenario [path].
    pub key: String,
    /// Short name for outputs; the last part of the key when left out [text].
    pub name: Option<String>,
    /// Values of a grid or paired design.
    pub values: Vec<Free>,
    /// What the values are called in outputs, in the same order [texts].
    pub labels: Vec<String>,
    /// Lower end of a latin_hypercube or sobol design.
    pub from: Option<f64>,
    /// Upper end of a latin_hypercube or sobol design.
    pub to: Option<f64>,
    /// Whether only whole numbers may be drawn [switch].
    pub whole: bool,
}

/// One outcome: a number read off the tables of a run.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OutcomePlan {
    /// Name, used in every output [text].
    pub name: String,
    /// What it is, for charts [text].
    pub title: Option<String>,
    /// Table that it is read from, as in the data dictionary [table].
    pub table: Option<String>,
    /// Column that a sum, mean, median, gini, minimum or maximum is taken of [column].
    pub column: Option<String>,
    /// How rows become a number [summary].
    pub summary: Summary,
    /// When: start, end or the name of a snapshot, for tables that have one [snapshot].
    pub at: Option<String>,
    /// Rows that count: a column with a value, a list of values, or { at_least, at_most, above, below, not, missing }.
    pub filter: BTreeMap<String, Free>,
    /// For a share: which of the rows are counted, in the same form as `filter`.
    pub which: BTreeMap<String, Free>,
    /// For an incidence: the events that come before and end the time at risk, in the same form as `filter`.
    pub against: BTreeMap<String, Free>,
    /// For an incidence: years from the start by which it has happened; each makes an outcome of its own [years].
    pub years: Vec<f64>,
    /// For a rate or incidence: among whom, by strategy, department and level; those of the filter when left out.
    pub among: BTreeMap<String, Free>,
    /// For a difference or ratio: two outcomes above, the first less (or by) the second [names].
    pub of: Vec<String>,
}

impl OutcomePlan {
    /// The outcomes that it makes, one a year where it has several.
    pub(super) fn by_year(&self) -> Vec<Self> {
        if self.summary != Summary::Incidence || self.years.len() < 2 {
            return vec![self.clone()];
        }
        let title = self.title.as_ref().unwrap_or(&self.name);
        let of = |year: &f64| Self {
            name: format!("{}, year {year}", self.name),
            title: Some(format!("{title}{}", by(*year))),
            years: vec![*year],
            ..self.clone()
        };
        self.years.iter().map(of).collect()
    }

    /// Title of the curve that an outcome of one year belongs to, and what makes outcomes belong together.
    pub(super) fn curve(&self) -> Option<(String, f64, String)> {
        let (Summary::Incidence, [year]) = (self.summary, self.years.as_slice()) else {
            return None;
        };
        let title = self.title.as_ref().unwrap_or(&self.name);
        let curve = title.strip_suffix(&by(*year)).unwrap_or(title);
        let key = format!(
            "{curve} {:?} {:?} {:?}",
            self.filter, self.against, self.among
        );
        Some((curve.to_owned(), *year, key))
    }
}

/// The end of the title of an outcome of one year.
fn by(year: f64) -> String {
    format!(", by year {year}")
}

/// How rows become a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Summary {
    /// Number of rows.
    #[default]
    Count,
    /// Sum of a column.
    Sum,
    /// Mean of a column; missing without rows.
    Mean,
    /// Median of a column; missing without rows.
    Median,
    /// Gini coefficient of a column; missing without rows.
    Gini,
    /// Smallest value of a column; missing without rows.
    Minimum,
    /// Largest value of a column; missing without rows.
    Maximum,
    /// Share of the rows that are `which`; missing without rows.
    Share,
    /// Events per 100 employee-years; missing without exposure.
    Rate,
    /// Share to whom an event has happened by a year, with other events that can come before it.
    Incidence,
    /// One outcome less another.
    Difference,
    /// One outcome by another; missing when that is 0.
    Ratio,
}

/// Two arms to compare.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ContrastPlan {
    /// Name; "arm - reference" when left out [text].
    pub name: Option<String>,
    /// The arm [name of an arm].
    pub arm: String,
    /// What it is compared with [name of an arm].
    pub reference: String,
}

/// When to stop: as soon as the half-width of the difference of the first contrast (or of all) is small enough.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Stop {
    /// Outcome that is watched; the first when left out [name of an outcome].
    pub outcome: Option<String>,
    /// Half-width of the difference's interval at which it stops, in the unit of the outcome.
    pub half_width: f64,
    /// Replicates before the first look [count].
    pub least: u32,
    /// Replicates between two looks [count].
    pub step: u32,
}

impl Default for Stop {
    fn default() -> Self {
        Self {
            outcome: None,
            half_width: 0.0,
            // the number from which the coverage that docs/how-to/read-intervals.md states was measured
            least: 30,
            step: 10,
        }
    }
}
