//! What an outcome depends on, from the runs of a sensitivity design.

use crate::analysis::statistics::elementary_effects::screen;
use crate::analysis::statistics::variance_indices::indices;
use crate::analysis::statistics::{Bootstrap, Streams};
use crate::analysis::study::{Sensitivity as Found, SensitivityFound};
use crate::experiment::designs::{Outcomes, morris, saltelli};
use crate::experiment::file::{Method, Sensitivity};
use crate::experiment::results::Results;

impl Sensitivity {
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
    use super::*;
    use crate::experiment::file::samples::three;
    use crate::experiment::results::RunResult;

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
}
