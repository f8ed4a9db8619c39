//! `plan.json`: what the results of an experiment are known by, and how a folder goes on with more of them.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::layout::PLAN;
use super::parts::{Batch, Part};
use crate::experiment::machine::build;
use crate::experiment::planning::{Level, Plan};
use crate::records::Error;
use crate::records::manifest::{RESULTS_VERSION, hash_file};
use crate::scenario::Setting;

/// How a folder is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// Whether to go on with what is there.
    pub resume: bool,
    /// Whether this process does only some parts, beside others.
    pub shard: bool,
    /// Whether another build may go on.
    pub other_build: bool,
}

/// An arm as the folder knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArmRecord {
    /// Name.
    pub name: String,
    /// Arguments of `--set` over `scenario.toml` that make it.
    pub sets: Vec<String>,
    /// Factor, value, number.
    pub levels: Vec<(String, String, Option<f64>)>,
    /// What its results are known by.
    pub hash: String,
}

/// `plan.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Always "allies".
    pub program: String,
    /// Always "experiment".
    pub kind: String,
    /// Version of the form of results.
    pub results_version: String,
    /// Name of the experiment.
    pub name: String,
    /// The question.
    pub question: String,
    /// Root of the seeds.
    pub seed: u64,
    /// Builds that wrote to the folder, the first one first.
    pub builds: Vec<String>,
    /// Hash of each imported file.
    pub inputs: Vec<String>,
    /// The outcomes, as they stand in the file.
    pub outcomes: serde_json::Value,
    /// Tables of the runs that are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<String>,
    /// The arms.
    pub arms: Vec<ArmRecord>,
    /// The runs.
    pub batches: Vec<Batch>,
}

impl Record {
    pub(in crate::experiment) fn of(plan: &Plan) -> Result<Self, StoreError> {
        let level = |level: &Level| (level.factor.clone(), level.value.clone(), level.number);
        let arms = plan.arms.iter().map(|arm| ArmRecord {
            name: arm.name.clone(),
            sets: arm.settings.iter().map(Setting::argument).collect(),
            levels: arm.levels.iter().map(level).collect(),
            hash: arm.hash.clone(),
        });
        let all: Vec<usize> = (0..plan.arms.len()).collect();
        let mut inputs = Vec::new();
        if let Some(import) = &plan.base.organisation.import {
            for file in [&import.employees, &import.ties] {
                inputs.push(hash_file(&plan.folder.join(file))?);
            }
        }
        Ok(Self {
            program: "allies".to_owned(),
            kind: "experiment".to_owned(),
            results_version: RESULTS_VERSION.to_owned(),
            name: plan.file.name.clone(),
            question: plan.file.question.clone(),
            seed: plan.file.seed,
            builds: vec![build()],
            inputs,
            outcomes: serde_json::to_value(&plan.file.outcomes).map_err(io::Error::other)?,
            tables: plan.file.tables.clone(),
            arms: arms.collect(),
            batches: match plan.sampled() {
                None => vec![Batch::of(plan, all, 1, plan.file.replicates)],
                Some(sampled) => (1..)
                    .zip(sampled)
                    .map(|(replicate, arms)| Batch::of(plan, arms, replicate, replicate))
                    .collect(),
            },
        })
    }

    /// Reads what a folder says of itself.
    ///
    /// # Errors
    /// Where it is not the folder of an experiment.
    pub fn read(root: &Path) -> Result<Self, StoreError> {
        let path = root.join(PLAN);
        let bytes = fs::read(&path).map_err(|problem| match problem.kind() {
            io::ErrorKind::NotFound => StoreError::Garbled {
                path: root.to_owned(),
                reason: "not the folder of an experiment: it has no plan.json".to_owned(),
            },
            _ => Error::read(&path, problem).into(),
        })?;
        let garbled = |problem: String| StoreError::Garbled {
            path: path.clone(),
            reason: format!(
                "not a plan of this version of allies: {problem}; restore it, or choose another --out"
            ),
        };
        let record: Self =
            serde_json::from_slice(&bytes).map_err(|problem| garbled(problem.to_string()))?;
        match record
            .batches
            .iter()
            .position(|batch| !batch.is_sound(record.arms.len()))
        {
            Some(place) => Err(garbled(format!("its batch {place} cannot be"))),
            None => Ok(record),
        }
    }

    /// What in the plan of the file that lies in a folder is not as it was run; none where the runs can be read with it.
    /// Titles and words for readers may have changed.
    pub(super) fn unlike(&self, plan: &Plan) -> Option<String> {
        let known: Vec<Option<&str>> = self
            .outcomes
            .as_array()
            .map(|outcomes| outcomes.iter().map(|o| o.get("name")?.as_str()).collect())
            .unwrap_or_default();
        if !known
            .into_iter()
            .eq(plan.outcomes.iter().map(|o| Some(o.name.as_str())))
        {
            return Some("its outcomes are others".to_owned());
        }
        let gone = |(i, arm): &(usize, &ArmRecord)| {
            plan.arms.get(*i).is_none_or(|own| own.name != arm.name)
        };
        let (_, arm) = self.arms.iter().enumerate().find(gone)?;
        Some(format!("the arm {:?} is not in its place", arm.name))
    }

    pub(in crate::experiment) fn text(&self) -> Result<String, StoreError> {
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        Ok(text + "\n")
    }

    /// What the plan is known by, whoever runs it.
    pub fn id(&self) -> String {
        let bare = Self {
            builds: Vec::new(),
            ..self.clone()
        };
        let text = serde_json::to_string(&bare).unwrap_or_default();
        blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
    }

    /// This plan with the arms and replicates that `fresh` has more.
    pub(in crate::experiment) fn go_on(
        mut self,
        root: &Path,
        fresh: &Self,
        mode: Mode,
    ) -> Result<Self, StoreError> {
        let other = |what: String| StoreError::Other {
            path: root.to_owned(),
            what,
        };
        if self.results_version != fresh.results_version {
            return Err(other(format!(
                "its results are of version {}",
                self.results_version
            )));
        }
        if self.name != fresh.name {
            return Err(other(format!("it is called {:?}", self.name)));
        }
        if self.seed != fresh.seed {
            return Err(other(format!("its root seed is {}", self.seed)));
        }
        if self.outcomes != fresh.outcomes {
            return Err(other("its outcomes are others".to_owned()));
        }
        if self.tables != fresh.tables {
            return Err(other(format!(
                "it keeps other tables of its runs: {}",
                if self.tables.is_empty() {
                    "none".to_owned()
                } else {
                    self.tables.join(", ")
                }
            )));
        }
        if self.inputs != fresh.inputs {
            return Err(other("the imported files have changed".to_owned()));
        }
        for known in &self.arms {
            match fresh.arms.iter().find(|arm| arm.name == known.name) {
                None => {
                    return Err(other(format!(
                        "its arm {:?} is not in the file",
                        known.name
                    )));
                }
                Some(arm) if arm.hash != known.hash => {
                    return Err(other(format!(
                        "its arm {:?} has another scenario",
                        known.name
                    )));
                }
                Some(_) => {}
            }
        }
        let own = fresh.builds.first().cloned().unwrap_or_default();
        if self.builds.last() != Some(&own) {
            if !mode.other_build {
                return Err(StoreError::OtherBuild {
                    path: root.to_owned(),
                    found: self.builds.last().cloned().unwrap_or_default(),
                    own,
                });
            }
            self.builds.retain(|build| *build != own);
            self.builds.push(own);
        }
        self.extend(root, fresh, mode)
    }

    fn extend(mut self, root: &Path, fresh: &Self, mode: Mode) -> Result<Self, StoreError> {
        let other = |what: String| StoreError::Other {
            path: root.to_owned(),
            what,
        };
        let Some(wish) = fresh.batches.first() else {
            return Ok(self);
        };
        if fresh.batches.len() > 1 {
            return self.go_on_sampled(root, fresh, mode);
        }
        let reached = |record: &Self, arm: usize| {
            let of = record
                .batches
                .iter()
                .filter(|batch| batch.arms.contains(&arm));
            of.map(|batch| batch.last).max().unwrap_or(0)
        };
        let most = self
            .batches
            .iter()
            .map(|batch| batch.last)
            .max()
            .unwrap_or(0);
        if most > wish.last {
            return Err(other(format!(
                "it has {most} replicates and the file {}; ask for at least as many",
                wish.last
            )));
        }
        // places in the file may have moved: the folder keeps its own order, and new arms follow
        for arm in &fresh.arms {
            if !self.arms.iter().any(|known| known.name == arm.name) {
                self.arms.push(arm.clone());
            }
        }
        if self
            .arms
            .iter()
            .map(|arm| &arm.name)
            .ne(fresh.arms.iter().map(|arm| &arm.name))
        {
            return Err(other(
                "the order of its arms is another; keep it, and put new arms at the end".to_owned(),
            ));
        }
        let mut lacking: Vec<(u32, Vec<usize>)> = Vec::new();
        for arm in 0..self.arms.len() {
            let last = reached(&self, arm);
            if last < wish.last {
                match lacking.iter_mut().find(|(known, _)| *known == last) {
                    Some((_, arms)) => arms.push(arm),
                    None => lacking.push((last, vec![arm])),
                }
            }
        }
        if mode.shard && !lacking.is_empty() {
            return Err(other(
                "it has fewer arms or replicates; extend it with --resume on one machine first"
                    .to_owned(),
            ));
        }
        for (last, arms) in lacking {
            self.batches.push(Batch {
                arms,
                first: last + 1,
                last: wish.last,
                block: wish.block,
                together: wish.together,
            });
        }
        Ok(self)
    }

    /// This plan with the replicates that `fresh` has more, where each replicate runs arms of its own.
    fn go_on_sampled(mut self, root: &Path, fresh: &Self, mode: Mode) -> Result<Self, StoreError> {
        if !fresh.batches.starts_with(&self.batches) || (mode.shard && fresh != &self) {
            return Err(StoreError::Other {
                path: root.to_owned(),
                what: "its replicates run other subsets of the mechanisms, or more of them"
                    .to_owned(),
            });
        }
        self.arms.clone_from(&fresh.arms);
        self.batches.clone_from(&fresh.batches);
        Ok(self)
    }

    /// The parts in which its runs are committed, in their order.
    pub(in crate::experiment) fn parts(&self) -> Vec<Part> {
        let batches = self.batches.iter().enumerate();
        batches
            .flat_map(|(number, batch)| batch.parts(number))
            .collect()
    }
}
