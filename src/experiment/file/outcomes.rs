//! Outcomes, as an author asks for them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::free::Free;

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
    pub(in crate::experiment) fn by_year(&self) -> Vec<Self> {
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
    pub(in crate::experiment) fn curve(&self) -> Option<(String, f64, String)> {
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
