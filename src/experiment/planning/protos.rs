//! The arms of a file before their scenarios are read: listed, made by a design, or with mechanisms off.

use std::path::Path;

use super::design::{self, Level};
use crate::experiment::designs;
use crate::experiment::file::{Ablation, ArmPlan, ExperimentFile};
use crate::scenario::{Findings, Setting, Source, Texts};

/// The arms before their scenarios are read: name, description, levels, settings.
pub(super) type Proto = (String, String, Vec<Level>, Vec<Setting>);

pub(super) fn protos(
    file: &ExperimentFile,
    folder: &Path,
    source: &Source,
    texts: &Texts,
    findings: &mut Findings,
) -> Vec<Proto> {
    if let Some(factors) = &file.factors {
        let points = design::points(factors, file.seed, folder, source, texts, findings);
        let point = |p: design::Point| (p.name, String::new(), p.levels, p.settings);
        return points.into_iter().map(point).collect();
    }
    let walked = match (&file.sensitivity, &file.calibration) {
        (Some(plan), _) => Some(("sensitivity", &plan.vary, plan.design(file.seed))),
        (None, Some(plan)) => Some(("calibration", &plan.vary, plan.design(file.seed))),
        (None, None) => None,
    };
    if let Some((section, vary, units)) = walked {
        let point = |(i, unit): (usize, &designs::Point)| {
            let p = design::spread((section, vary), (i, units.len()), unit, source, texts);
            (p.name, String::new(), p.levels, p.settings)
        };
        return units.iter().enumerate().map(point).collect();
    }
    let arms = listed(file, source, texts);
    match &file.ablation {
        Some(ablation) => {
            let subsets = ablation.coalitions(file.seed, file.replicates);
            without(ablation, &subsets, &arms, source, texts)
        }
        None => arms,
    }
}

/// The arms of a list; the base scenario alone where an ablation has none.
fn listed(file: &ExperimentFile, source: &Source, texts: &Texts) -> Vec<Proto> {
    if file.arms.is_empty() {
        return vec![("base".to_owned(), String::new(), Vec::new(), Vec::new())];
    }
    let arm = |(i, plan): (usize, &ArmPlan)| {
        let settings = source.settings(&format!("arms[{i}].set"), texts);
        (
            plan.name.clone(),
            plan.description.clone(),
            Vec::new(),
            settings,
        )
    };
    file.arms.iter().enumerate().map(arm).collect()
}

/// Every arm with each subset of the mechanisms on.
fn without(
    ablation: &Ablation,
    subsets: &[u32],
    arms: &[Proto],
    source: &Source,
    texts: &Texts,
) -> Vec<Proto> {
    let mut all = Vec::new();
    for &on in subsets {
        for (name, description, levels, settings) in arms {
            let off = ablation.keys(on).into_iter().map(|(i, key)| {
                let at = format!("ablation.mechanisms[{i}]");
                source.setting_from(&at, texts, &key, &toml::Value::Boolean(false))
            });
            let settings = settings.iter().cloned().chain(off).collect();
            all.push((
                ablation.name(name, on),
                description.clone(),
                levels.clone(),
                settings,
            ));
        }
    }
    all
}
