//! Sensitivity: what an outcome depends on, by Morris screening or Sobol indices over the ranges of some keys.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::designs::{Outcomes, Point, morris, saltelli};
use super::file::Factor;
use super::file_words::{check_names, check_ranges, check_size};
use super::results::Results;
use crate::analysis::statistics::elementary_effects::screen;
use crate::analysis::statistics::variance_indices::indices;
use crate::analysis::statistics::{Bootstrap, Streams};
use crate::analysis::study::{Sensitivity as Found, SensitivityFound};
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
    pub(super) fn check(&self, outcomes: &[&String], findings: &mut Findings) {
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

    fn walks(&self, seed: u64) -> Vec<morris::Trajectory> {
        let streams = Streams::new(seed, "sensitivity design");
        morris::trajectories(self.count(), self.vary.len(), LEVELS, &streams)
    }

    /// The points of the design, on the unit cube.
    pub(super) fn design(&self, seed: u64) -> Vec<Point> {
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

    /// What the runs of the design say about each outcome.
    pub(super) fn analyse(
        &self,
        factors: &[String],
        (results, outcomes, replicates): (&Results, &[usize], u32),
        (seed, confidence): (u64, f64),
    ) -> Vec<Found> {
        let k = self.vary.len();
        let points = self.design(seed).len();
        let found = |outcome: usize| {
            let runs: Vec<Outcomes> = (0..points)
                .map(|arm| results.column(arm, outcome, replicates))
                .collect();
            let how = |what: &str| Bootstrap {
                resamples: 1000,
                confidence,
                streams: Streams::new(seed, &format!("sensitivity {outcome} {what}")),
            };
            match self.method {
                Method::Morris => {
                    let effects = morris::effects(&self.walks(seed), &runs, k);
                    let screened = effects
                        .iter()
                        .zip(factors)
                        .map(|(effects, name)| screen(effects, &how(name)))
                        .collect();
                    Some(SensitivityFound::Morris(screened))
                }
                Method::Sobol => {
                    indices(&saltelli::rows(&runs, k), k, &how("rows")).map(SensitivityFound::Sobol)
                }
            }
            .map(|found| Found {
                outcome,
                factors: factors.to_vec(),
                found,
            })
        };
        outcomes.iter().copied().filter_map(found).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::results::RunResult;
    use super::*;

    fn three(method: Method, points: u32) -> Sensitivity {
        let key = |name: &str| Factor {
            key: name.into(),
            from: Some(0.0),
            to: Some(1.0),
            ..Factor::default()
        };
        Sensitivity {
            method,
            points: Some(points),
            outcomes: Vec::new(),
            vary: ["a", "b", "c"].map(key).to_vec(),
        }
    }

    /// 4 a + b and luck that all points of a replicate share; a tenth of the runs failed.
    fn results(plan: &Sensitivity) -> Results {
        let design = plan.design(9);
        let mut results = Results::new(design.len(), 2);
        for (arm, point) in design.iter().enumerate() {
            for replicate in 1..=2 {
                let value = 4.0 * point[0] + point[1] + f64::from(replicate);
                let failed = arm % 10 == 7 && replicate == 2;
                let run = RunResult {
                    values: vec![(!failed).then_some(value)],
                    failure: failed.then(|| "made up".to_owned()),
                    kept: Vec::new(),
                };
                results.enter(arm, replicate, run);
            }
        }
        results
    }

    fn factors() -> Vec<String> {
        ["a", "b", "c"].map(String::from).to_vec()
    }

    #[test]
    fn morris_finds_the_slopes_although_runs_failed() {
        let plan = three(Method::Morris, 8);
        let found = plan.analyse(&factors(), (&results(&plan), &[0], 2), (9, 0.95));
        let SensitivityFound::Morris(screened) = &found[0].found else {
            panic!("asked for Morris");
        };
        for (screened, slope) in screened.iter().zip([4.0, 1.0, 0.0]) {
            let screened = screened.as_ref().unwrap();
            assert!(
                (screened.strength.estimate - slope).abs() < 1e-9,
                "{screened:?}"
            );
            assert!(screened.missing + screened.effects == 16);
        }
        assert!(screened.iter().flatten().any(|s| s.missing > 0));
    }

    #[test]
    fn sobol_finds_the_shares_although_runs_failed() {
        let plan = three(Method::Sobol, 128);
        let found = plan.analyse(&factors(), (&results(&plan), &[0], 2), (9, 0.95));
        let SensitivityFound::Sobol(indices) = &found[0].found else {
            panic!("asked for Sobol");
        };
        // shares 16/17 and 1/17
        for (index, truth) in indices
            .parameters
            .iter()
            .zip([16.0 / 17.0, 1.0 / 17.0, 0.0])
        {
            assert!((index.total.estimate - truth).abs() < 0.08, "{index:?}");
        }
        assert_eq!(indices.rows, 128, "the other replicate stands in");
    }

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
