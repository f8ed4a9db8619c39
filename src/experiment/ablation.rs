//! Ablation: mechanisms switched off alone and together, so that each one's share of a contrast can be told.
//!
//! Every arm of the experiment is run with every subset of the mechanisms off. Shares are Shapley values over paired
//! runs ([`crate::analysis::statistics::shapley`]).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file_check::check_names;
use super::results::Results;
use crate::analysis::statistics::shapley::{self, Coalition};
use crate::analysis::statistics::{Bootstrap, Streams};
use crate::analysis::study::Attributed;
use crate::scenario::Findings;

/// Mechanisms at most: 2^6 runs of each arm and replicate.
const MOST: usize = shapley::EXACT;

/// Which mechanisms are switched off.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ablation {
    /// Sections of the scenario with an `enabled` switch, at most six; several that belong together are joined by `+`
    /// [names].
    pub mechanisms: Vec<String>,
    /// Outcomes whose contrasts are attributed; all when left out [names of outcomes].
    pub outcomes: Vec<String>,
}

impl Ablation {
    pub(super) fn check(&self, outcomes: &[&String], findings: &mut Findings) {
        check_names("ablation.outcomes", &self.outcomes, outcomes, findings);
        if self.mechanisms.is_empty() {
            findings.problem(
                "ablation.mechanisms",
                "there is no mechanism to switch off",
                "name sections of the scenario that have `enabled`, such as [\"reputation\", \"influence\"]",
            );
        }
        if self.mechanisms.len() > MOST {
            findings.problem(
                "ablation.mechanisms",
                format!(
                    "{} mechanisms need {} runs of each arm and replicate",
                    self.mechanisms.len(),
                    libm::pow(2.0, self.mechanisms.len() as f64)
                ),
                format!("name at most {MOST}; join some that belong together, such as \"reputation+influence\""),
            );
        }
        let mut seen = std::collections::BTreeSet::new();
        for (i, name) in self.mechanisms.iter().enumerate() {
            for section in sections(name) {
                if !seen.insert(section) {
                    findings.problem(
                        &format!("ablation.mechanisms[{i}]"),
                        format!("{section:?} stands twice"),
                        "name each mechanism once",
                    );
                }
            }
        }
    }

    /// The subsets, all mechanisms on first.
    pub(super) fn coalitions(&self) -> Vec<Coalition> {
        let mut all = shapley::all_coalitions(self.mechanisms.len());
        all.reverse();
        all
    }

    /// Name of an arm with a subset on.
    pub(super) fn name(&self, arm: &str, on: Coalition) -> String {
        let off: Vec<&str> = self.off(on).map(|i| self.mechanisms[i].as_str()).collect();
        if off.is_empty() {
            arm.to_owned()
        } else {
            format!("{arm} without {}", off.join(", "))
        }
    }

    /// Keys that are set to false for a subset, each with the place of its mechanism in the list.
    pub(super) fn keys(&self, on: Coalition) -> Vec<(usize, String)> {
        self.off(on)
            .flat_map(|i| {
                sections(&self.mechanisms[i]).map(move |section| (i, format!("{section}.enabled")))
            })
            .collect()
    }

    fn off(&self, on: Coalition) -> impl Iterator<Item = usize> {
        (0..self.mechanisms.len()).filter(move |i| on >> i & 1 == 0)
    }

    /// Place of an arm with a subset on, among all arms: the full arms first, in their order, then subset by subset.
    pub(super) fn place(&self, arms: usize, arm: usize, on: Coalition) -> usize {
        let full = (1_usize << self.mechanisms.len()) - 1;
        (full - on as usize) * arms + arm
    }
}

fn sections(name: &str) -> impl Iterator<Item = &str> {
    name.split('+').map(str::trim)
}

/// Shares of the mechanisms in each outcome: of every contrast, or of the outcome itself where there is only one arm;
/// and outcomes and contrasts without two replicates that have a value with every subset off.
pub(super) fn attribute(
    ablation: &Ablation,
    (names, contrasts): (&[String], &[(String, usize, usize)]),
    (results, outcomes, replicates): (&Results, &[usize], u32),
    (seed, confidence): (u64, f64),
) -> (Vec<Attributed>, Vec<(usize, String)>) {
    let arms = names.len() >> ablation.mechanisms.len();
    let mut targets: Vec<(String, usize, Option<usize>)> = contrasts
        .iter()
        .map(|(name, arm, reference)| (name.clone(), *arm, Some(*reference)))
        .collect();
    if targets.is_empty() {
        targets.extend((0..arms).map(|arm| (names[arm].clone(), arm, None)));
    }
    let (mut found, mut lacking) = (Vec::new(), Vec::new());
    for &outcome in outcomes {
        for (of, arm, reference) in &targets {
            let how = Bootstrap {
                confidence,
                ..Bootstrap::new(Streams::new(seed, &format!("attribution {outcome} {of}")))
            };
            let at = |arm: usize, on: Coalition, replicate: usize| {
                results.value(ablation.place(arms, arm, on), replicate as u32 + 1, outcome)
            };
            let value = |on: Coalition, replicate: usize| {
                let own = at(*arm, on, replicate)?;
                match reference {
                    Some(reference) => Some(own - at(*reference, on, replicate)?),
                    None => Some(own),
                }
            };
            let values =
                shapley::exact(ablation.mechanisms.len(), replicates as usize, value, &how);
            match values {
                Some(values) => found.push(Attributed {
                    outcome,
                    of: of.clone(),
                    mechanisms: ablation.mechanisms.clone(),
                    found: values,
                }),
                None => lacking.push((outcome, of.clone())),
            }
        }
    }
    (found, lacking)
}

#[cfg(test)]
mod tests {
    use super::super::results::RunResult;
    use super::*;

    fn two() -> Ablation {
        Ablation {
            mechanisms: vec!["reputation+influence".into(), "review".into()],
            outcomes: Vec::new(),
        }
    }

    #[test]
    fn arms_are_the_full_ones_first_and_then_every_subset() {
        let ablation = two();
        let arms = ["isolated", "authentic"];
        let names: Vec<String> = ablation
            .coalitions()
            .iter()
            .flat_map(|on| arms.map(|arm| ablation.name(arm, *on)))
            .collect();
        assert_eq!(
            names[..3],
            [
                "isolated",
                "authentic",
                "isolated without reputation+influence"
            ]
        );
        assert_eq!(names[7], "authentic without reputation+influence, review");
        for (i, on) in ablation.coalitions().into_iter().enumerate() {
            assert_eq!(ablation.place(2, 1, on), 2 * i + 1);
        }
        let keys: Vec<String> = ablation
            .keys(0b10)
            .into_iter()
            .map(|(_, key)| key)
            .collect();
        assert_eq!(keys, ["reputation.enabled", "influence.enabled"]);
    }

    #[test]
    fn shares_of_a_contrast_by_hand() {
        // isolated loses 3 by the first mechanism and 1 by the second, authentic nothing
        let ablation = two();
        let mut results = Results::new(8, 6);
        for on in ablation.coalitions() {
            for replicate in 1..=6 {
                let luck = f64::from(replicate) * 0.1;
                for (arm, keen) in [(0, 1.0), (1, 0.0)] {
                    let value = luck + keen * (3.0 * f64::from(on & 1) + f64::from(on >> 1));
                    let run = RunResult {
                        values: vec![Some(value)],
                        failure: None,
                        kept: Vec::new(),
                    };
                    results.enter(ablation.place(2, arm, on), replicate, run);
                }
            }
        }
        let names: Vec<String> = (0..8).map(|i| i.to_string()).collect();
        let contrasts = [("isolated - authentic".to_owned(), 0, 1)];
        let (found, _) = attribute(
            &ablation,
            (&names, &contrasts),
            (&results, &[0], 6),
            (1, 0.95),
        );
        let shares: Vec<f64> = found[0]
            .found
            .players
            .iter()
            .map(|player| player.share.unwrap().estimate)
            .collect();
        assert!((shares[0] - 0.75).abs() < 1e-12 && (shares[1] - 0.25).abs() < 1e-12);
    }

    #[test]
    fn wrong_lists_are_refused() {
        let list = |mechanisms: &[&str]| Ablation {
            mechanisms: mechanisms.iter().map(|name| (*name).to_owned()).collect(),
            outcomes: Vec::new(),
        };
        let many = ["a", "b", "c", "d", "e", "f", "g"];
        for (plan, wrong) in [
            (list(&[]), true),
            (list(&many), true),
            (list(&["a+b", "b"]), true),
            (list(&["a+b", "c"]), false),
        ] {
            let mut findings = Findings::default();
            plan.check(&[], &mut findings);
            assert_eq!(findings != Findings::default(), wrong, "{plan:?}");
        }
    }
}
