//! Which arms an experiment compares, and whether it can.

use super::arms::ContrastPlan;
use super::experiment_file::ExperimentFile;
use super::names::near;
use crate::scenario::Findings;

/// Contrasts that are made when none are asked for, at most: beyond, the arms are points of a design.
const OWN_CONTRASTS: usize = 20;

impl ExperimentFile {
    /// Arms, from the first, that are of interest by themselves rather than as points of a design or coalitions.
    pub fn compared(&self, arms: usize) -> usize {
        match &self.ablation {
            _ if !self.own_design().is_empty() => 0,
            Some(_) => self.arms.len().max(1),
            None => arms,
        }
    }

    /// The contrasts: those given, or each arm with the first.
    pub fn contrasts(&self, arms: &[String]) -> Vec<(String, usize, usize)> {
        let place = |name: &String| arms.iter().position(|arm| arm == name);
        let title = |a: usize, b: usize| format!("{} - {}", arms[a], arms[b]);
        if self.contrasts.is_empty() {
            let shown = if arms.len() > OWN_CONTRASTS {
                0
            } else {
                arms.len()
            };
            return (1..shown).map(|arm| (title(arm, 0), arm, 0)).collect();
        }
        let contrast = |plan: &ContrastPlan| {
            let (arm, reference) = (place(&plan.arm)?, place(&plan.reference)?);
            let name = plan.name.clone().unwrap_or_else(|| title(arm, reference));
            Some((name, arm, reference))
        };
        self.contrasts.iter().filter_map(contrast).collect()
    }

    /// Checks what depends on the names of the arms, once these are known.
    pub(in crate::experiment) fn check_contrasts(&self, arms: &[String], findings: &mut Findings) {
        for (i, contrast) in self.contrasts.iter().enumerate() {
            for (key, name) in [("arm", &contrast.arm), ("reference", &contrast.reference)] {
                if !arms.contains(name) {
                    let at = format!("contrasts[{i}].{key}");
                    findings.problem(&at, format!("there is no arm {name:?}"), near(name, arms));
                }
            }
            if contrast.arm == contrast.reference && !contrast.arm.is_empty() {
                findings.problem(
                    &format!("contrasts[{i}].reference"),
                    format!("{:?} is compared with itself", contrast.arm),
                    "name two different arms",
                );
            }
        }
        let known = self.contrasts(arms);
        for (i, contrast) in known.iter().enumerate() {
            if !self.contrasts.is_empty() && known[..i].iter().any(|other| other.0 == contrast.0) {
                findings.problem(
                    "contrasts",
                    format!("{:?} stands twice", contrast.0),
                    "name each contrast once, or give each a `name` of its own",
                );
            }
        }
        if self.stop.is_some() && known.is_empty() {
            findings.problem(
                "stop",
                "there is no contrast whose difference could be watched",
                "add a second arm, or `[[contrasts]]`, or remove `stop`",
            );
        }
    }
}
