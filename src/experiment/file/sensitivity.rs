//! Sensitivity: what an outcome depends on, by Morris screening or Sobol indices over the ranges of some keys.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::factors::{Factor, check_ranges};
use super::limits::check_size;
use super::names::check_names;
use crate::analysis::statistics::Streams;
use crate::experiment::designs::{Point, morris, saltelli};
use crate::scenario::Findings;

/// Levels of a Morris grid.
const LEVELS: usize = 4;

/// Which keys are varied, and how.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sensitivity {
    /// How the ranges are walked [method].
    pub method: Method,
    /// Trajectories (Morris; k + 1 points each) or rows (Sobol, a power of two; k + 2 points each) [count].
    pub points: Option<u32>,
    /// Outcomes that are analysed; all when left out [names of outcomes].
    pub outcomes: Vec<String>,
    /// The keys, each with `from` and `to`.
    pub vary: Vec<Factor>,
}

/// How the ranges are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Elementary effects: which factors matter at all, from few runs.
    #[default]
    Morris,
    /// Shares of the variance, alone and with interactions; many runs.
    Sobol,
}

impl Sensitivity {
    pub(in crate::experiment) fn check(&self, outcomes: &[&String], findings: &mut Findings) {
        check_names("sensitivity.outcomes", &self.outcomes, outcomes, findings);
        check_ranges("sensitivity.vary", &self.vary, findings);
        let each = self.vary.len() as u64 + 2;
        check_size(
            "sensitivity.points",
            each * u64::from(self.points.unwrap_or(0)),
            findings,
        );
        if self.points == Some(0) {
            findings.problem(
                "sensitivity.points",
                "0 points say nothing",
                "use 10 trajectories or 64 rows, say",
            );
        }
        if self.method == Method::Sobol {
            if self.count().count_ones() != 1 {
                findings.problem(
                    "sensitivity.points",
                    format!("{} rows leave the Sobol sequence uneven", self.count()),
                    format!(
                        "use a power of two, such as {}",
                        self.count().next_power_of_two()
                    ),
                );
            }
            if self.vary.len() > saltelli::PARAMETERS {
                findings.problem(
                    "sensitivity.vary",
                    format!("{} keys are too many for Sobol indices", self.vary.len()),
                    format!(
                        "use at most {}, or screen with `method = \"morris\"` first",
                        saltelli::PARAMETERS
                    ),
                );
            }
        }
    }

    fn count(&self) -> usize {
        let usual = match self.method {
            Method::Morris => 10,
            Method::Sobol => 64,
        };
        self.points.unwrap_or(usual) as usize
    }

    pub(in crate::experiment) fn walks(&self, seed: u64) -> Vec<morris::Trajectory> {
        let streams = Streams::new(seed, "sensitivity design");
        morris::trajectories(self.count(), self.vary.len(), LEVELS, &streams)
    }

    /// The points of the design, on the unit cube.
    pub(in crate::experiment) fn design(&self, seed: u64) -> Vec<Point> {
        match self.method {
            Method::Morris => self
                .walks(seed)
                .into_iter()
                .flat_map(|walk| walk.points)
                .collect(),
            Method::Sobol => {
                let streams = Streams::new(seed, "sensitivity design");
                // more keys than the sequence has dimensions are refused by the check
                saltelli::saltelli(self.count(), self.vary.len(), Some(&streams))
                    .unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::file::samples::three;

    #[test]
    fn wrong_sections_are_refused() {
        for (plan, wrong) in [
            (three(Method::Sobol, 100), true),
            (three(Method::Morris, 0), true),
            (three(Method::Sobol, 64), false),
        ] {
            let mut findings = Findings::default();
            plan.check(&[], &mut findings);
            assert_eq!(findings != Findings::default(), wrong, "{plan:?}");
        }
    }
}
