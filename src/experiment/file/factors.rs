//! Factors: keys of the scenario with values or ranges, and how these are combined to arms.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::free::Free;
use super::limits::{MOST_ARMS, check_size};
use super::names::unique;
use crate::scenario::Findings;

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

pub(super) fn check_range(at: &str, factor: &Factor, findings: &mut Findings) {
    if !matches!((factor.from, factor.to), (Some(from), Some(to)) if from < to) {
        findings.problem(
            at,
            "the factor has no range to draw from",
            "give `from` and a larger `to`",
        );
        return;
    }
    let broken = |end: Option<f64>| end.is_some_and(|end| end.fract() != 0.0);
    if factor.whole && (broken(factor.from) || broken(factor.to)) {
        findings.problem(
            at,
            "only whole numbers are drawn, and an end of the range is none",
            "give whole numbers for `from` and `to`",
        );
    }
}

/// Refuses keys without a range, keys that stand twice, and none at all.
pub(super) fn check_ranges(at: &str, vary: &[Factor], findings: &mut Findings) {
    if vary.is_empty() {
        findings.problem(
            at,
            "there is no key to vary",
            format!("add `[[{at}]]` with a `key` of the scenario, `from` and `to`"),
        );
    }
    let mut seen = BTreeSet::new();
    for (i, factor) in vary.iter().enumerate() {
        let at = format!("{at}[{i}]");
        check_range(&at, factor, findings);
        if !seen.insert(&factor.key) {
            findings.problem(
                &at,
                format!("{:?} stands twice", factor.key),
                "name each key once",
            );
        }
    }
}

pub(in crate::experiment) fn check_factors(factors: &Factors, findings: &mut Findings) {
    let ranged = matches!(
        factors.design,
        DesignKind::LatinHypercube | DesignKind::Sobol
    );
    if ranged && factors.points.is_none_or(|points| points == 0) {
        findings.problem(
            "factors.points",
            "the design has no number of points",
            "add `points = 64`, say",
        );
    }
    check_size(
        "factors.points",
        factors.points.unwrap_or(0).into(),
        findings,
    );
    match factors.design {
        DesignKind::Table if factors.table.is_none() => {
            findings.problem(
                "factors.table",
                "the design has no table",
                "add `table = \"points.csv\"`: a column a factor, a row an arm",
            );
        }
        DesignKind::List if factors.list.is_empty() => {
            findings.problem(
                "factors.list",
                "the design has no points",
                "add `list = [{ \"some.key\" = 1 }, …]`",
            );
        }
        DesignKind::Table | DesignKind::List => return,
        _ if factors.vary.is_empty() => {
            findings.problem(
                "factors.vary",
                "there is no factor",
                "add `[[factors.vary]]` with a `key` of the scenario and its values",
            );
        }
        _ => {}
    }
    let keys: Vec<&String> = factors.vary.iter().map(|factor| &factor.key).collect();
    unique("factors.vary", &keys, findings);
    let lengths: Vec<usize> = factors.vary.iter().map(|f| f.values.len()).collect();
    for (i, factor) in factors.vary.iter().enumerate() {
        let at = format!("factors.vary[{i}]");
        if ranged {
            check_range(&at, factor, findings);
        } else if factor.values.is_empty() {
            findings.problem(&at, "the factor has no values", "add `values = [ … ]`");
        }
        if !factor.labels.is_empty() && factor.labels.len() != factor.values.len() {
            findings.problem(
                &format!("{at}.labels"),
                format!(
                    "{} labels for {} values",
                    factor.labels.len(),
                    factor.values.len()
                ),
                "give each value one, in the same order",
            );
        }
        if factors.design == DesignKind::Paired && lengths[i] != lengths[0] {
            findings.problem(
                &format!("{at}.values"),
                format!("{} values, the first factor has {}", lengths[i], lengths[0]),
                "a paired design needs as many of each",
            );
        }
    }
    if factors.design == DesignKind::Grid {
        let arms = lengths
            .iter()
            .try_fold(1_usize, |product, &n| product.checked_mul(n));
        if arms.is_none_or(|arms| arms > MOST_ARMS) {
            findings.problem(
                "factors.vary",
                format!("the grid has more than {MOST_ARMS} arms"),
                "use fewer values, or a latin_hypercube",
            );
        }
    }
}
