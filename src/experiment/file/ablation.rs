//! Ablation: mechanisms switched off alone and together, so that each one's share of a contrast can be told.
//!
//! Up to six mechanisms, every arm of the experiment is run with every subset of them off. Above that, each replicate
//! walks some orders of its own, in which they are switched on one by one, and only the subsets on its way are run.
//! Shares are Shapley values over paired runs ([`crate::analysis::statistics::shapley`]).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::check_names;
use crate::analysis::statistics::Streams;
use crate::analysis::statistics::shapley::{self, Coalition};
use crate::scenario::Findings;

/// Mechanisms at most: more cannot be told apart with the replicates that anybody runs.
const MOST: usize = 16;

/// Pairs of orders that a replicate walks, unless the file says how many.
const PAIRS: u32 = 2;

/// Which mechanisms are switched off.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ablation {
    /// Sections of the scenario with an `enabled` switch; several that belong together are joined by `+` [names].
    pub mechanisms: Vec<String>,
    /// With more than six mechanisms: pairs of orders in which each replicate switches them on, one the reverse of the
    /// other; 2 when left out. With 1, the error of sampling cannot be told from luck [count].
    pub orders: Option<u32>,
    /// Outcomes whose contrasts are attributed; all when left out [names of outcomes].
    pub outcomes: Vec<String>,
}

impl Ablation {
    pub(in crate::experiment) fn check(&self, outcomes: &[&String], findings: &mut Findings) {
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
                format!("{} mechanisms are named", self.mechanisms.len()),
                format!("name at most {MOST}; join some that belong together, such as \"reputation+influence\""),
            );
        }
        if self.orders == Some(0) {
            findings.problem(
                "ablation.orders",
                "no order is walked",
                format!("use 1 or more, or leave it out: {PAIRS}"),
            );
        } else if self.orders.is_some() && !self.is_sampled() {
            findings.problem(
                "ablation.orders",
                format!(
                    "{} mechanisms are switched off in every subset, so no orders are sampled",
                    self.mechanisms.len()
                ),
                format!("remove it, or name more than {} mechanisms", shapley::EXACT),
            );
        }
        let mut seen = BTreeSet::new();
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

    /// Whether subsets are sampled, since there are too many.
    pub fn is_sampled(&self) -> bool {
        self.mechanisms.len() > shapley::EXACT
    }

    /// Pairs of orders that a replicate walks.
    pub(in crate::experiment) fn pairs(&self) -> usize {
        self.orders.unwrap_or(PAIRS) as usize
    }

    /// The subsets that a replicate runs.
    pub(in crate::experiment) fn of_replicate(&self, seed: u64, replicate: u32) -> Vec<Coalition> {
        let players = self.mechanisms.len();
        if !self.is_sampled() {
            return shapley::all_coalitions(players);
        }
        let orders = shapley::orders(
            &Self::streams(seed),
            players,
            self.pairs(),
            u64::from(replicate) - 1,
        );
        shapley::coalitions_along(&orders)
    }

    /// The subsets that so many replicates run, all mechanisms on first; more replicates add to the end.
    pub(in crate::experiment) fn coalitions(&self, seed: u64, replicates: u32) -> Vec<Coalition> {
        if !self.is_sampled() {
            let mut all = shapley::all_coalitions(self.mechanisms.len());
            all.reverse();
            return all;
        }
        let mut all: Vec<Coalition> = vec![(1 << self.mechanisms.len()) - 1];
        let mut known: BTreeSet<Coalition> = all.iter().copied().collect();
        for replicate in 1..=replicates {
            for on in self.of_replicate(seed, replicate) {
                if known.insert(on) {
                    all.push(on);
                }
            }
        }
        all
    }

    /// Name of an arm with a subset on.
    pub(in crate::experiment) fn name(&self, arm: &str, on: Coalition) -> String {
        let off: Vec<&str> = self.off(on).map(|i| self.mechanisms[i].as_str()).collect();
        if off.is_empty() {
            arm.to_owned()
        } else {
            format!("{arm} without {}", off.join(", "))
        }
    }

    /// Keys that are set to false for a subset, each with the place of its mechanism in the list.
    pub(in crate::experiment) fn keys(&self, on: Coalition) -> Vec<(usize, String)> {
        self.off(on)
            .flat_map(|i| {
                sections(&self.mechanisms[i]).map(move |section| (i, format!("{section}.enabled")))
            })
            .collect()
    }

    fn off(&self, on: Coalition) -> impl Iterator<Item = usize> {
        (0..self.mechanisms.len()).filter(move |i| on >> i & 1 == 0)
    }

    /// Where the orders of the mechanisms are drawn from.
    pub(in crate::experiment) fn streams(seed: u64) -> Streams {
        Streams::new(seed, "orders of mechanisms")
    }
}

/// Where the runs of subsets stand among the arms: the full arms first, in their order, then subset by subset.
pub(in crate::experiment) struct Places {
    /// Arms of the file.
    arms: usize,
    of: BTreeMap<Coalition, usize>,
}

impl Places {
    pub(in crate::experiment) fn new(
        ablation: &Ablation,
        (seed, replicates): (u64, u32),
        arms: usize,
    ) -> Self {
        let all = ablation.coalitions(seed, replicates);
        let of = all.into_iter().enumerate().map(|(place, on)| (on, place));
        Self {
            arms,
            of: of.collect(),
        }
    }

    /// Place of an arm with a subset on; none where no replicate runs it.
    pub(in crate::experiment) fn place(&self, arm: usize, on: Coalition) -> Option<usize> {
        Some(self.of.get(&on)? * self.arms + arm)
    }
}

fn sections(name: &str) -> impl Iterator<Item = &str> {
    name.split('+').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::file::samples::two;

    #[test]
    fn arms_are_the_full_ones_first_and_then_every_subset() {
        let ablation = two();
        let arms = ["isolated", "authentic"];
        let names: Vec<String> = ablation
            .coalitions(1, 6)
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
        let places = Places::new(&ablation, (1, 6), 2);
        for (i, on) in ablation.coalitions(1, 6).into_iter().enumerate() {
            assert_eq!(places.place(1, on), Some(2 * i + 1));
        }
        let keys: Vec<String> = ablation
            .keys(0b10)
            .into_iter()
            .map(|(_, key)| key)
            .collect();
        assert_eq!(keys, ["reputation.enabled", "influence.enabled"]);
    }

    #[test]
    fn wrong_lists_are_refused() {
        let list = |mechanisms: &[&str]| Ablation {
            mechanisms: mechanisms.iter().map(|name| (*name).to_owned()).collect(),
            ..Ablation::default()
        };
        let names: Vec<String> = (0..17).map(|i| format!("m{i}")).collect();
        let many: Vec<&str> = names.iter().map(String::as_str).collect();
        for (plan, wrong) in [
            (list(&[]), true),
            (list(&many), true),
            (list(&many[..7]), false),
            (
                Ablation {
                    orders: Some(2),
                    ..list(&["a", "b"])
                },
                true,
            ),
            (list(&["a+b", "b"]), true),
            (list(&["a+b", "c"]), false),
        ] {
            let mut findings = Findings::default();
            plan.check(&[], &mut findings);
            assert_eq!(findings != Findings::default(), wrong, "{plan:?}");
        }
    }
}
