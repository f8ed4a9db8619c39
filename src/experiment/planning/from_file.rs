//! From an experiment file to a plan, or everything that is wrong with it.

use std::path::Path;
use std::sync::Arc;

use super::arm::make_arm;
use super::arms_check::{
    SEEDS, check_arms, check_moments, check_runs, check_seeds, check_words, check_years,
};
use super::plan::Plan;
use super::protos::protos;
use super::words;
use crate::experiment::file::{ExperimentFile, OutcomePlan};
use crate::experiment::outcomes::compile;
use crate::initialization::Imported;
use crate::scenario::{Findings, Loaded, Problems, Scenario, Setting, Source, load, load_with};

/// What the command line changes.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Changes to the base scenario, `key=value`.
    pub sets: Vec<String>,
    /// Replicates in place of the file's.
    pub replicates: Option<u32>,
    /// Root of the seeds in place of the file's.
    pub seed: Option<u64>,
}

/// Why an experiment cannot run: all of it wrong input.
#[derive(Debug)]
pub enum CannotPlan {
    /// The experiment or a scenario of it is wrong.
    Problems(Problems),
    /// The files of a real organisation are wrong; each with its place.
    Files(String),
}

/// Reads an experiment and everything that it runs.
///
/// # Errors
/// Everything that is wrong with it, at once.
pub fn plan(path: &Path, changes: &Changes) -> Result<Plan, CannotPlan> {
    let loaded: Loaded<ExperimentFile> = load(path, &[]).map_err(CannotPlan::Problems)?;
    let mut file = loaded.value;
    file.replicates = changes.replicates.unwrap_or(file.replicates).max(1);
    file.seed = changes.seed.unwrap_or(file.seed);
    let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
    from_file(file, loaded.source, &folder, &changes.sets, loaded.warnings)
}

/// As [`plan`], of a file already read; `folder` is where it lies.
///
/// # Errors
/// As [`plan`].
pub fn from_file(
    mut file: ExperimentFile,
    source: Source,
    folder: &Path,
    sets: &[String],
    warnings: Problems,
) -> Result<Plan, CannotPlan> {
    let texts = source.shared_texts();
    let mut findings = Findings::default();
    let protos = protos(&file, folder, &source, &texts, &mut findings);
    let names: Vec<String> = protos.iter().map(|proto| proto.0.clone()).collect();
    if file.factors.is_some() {
        check_arms(&names, &mut findings);
        file.check_contrasts(&names, &mut findings);
    }
    let levels = protos.iter().flat_map(|proto| &proto.2);
    words::check(&file.words, &words::phrases(&file, levels), &mut findings);
    check_runs(names.len(), file.replicates, &mut findings);
    check_seeds(&file, &protos, &mut findings);
    if sets.iter().any(|set| set.trim_start().starts_with("seed=")) {
        return Err(CannotPlan::Files(format!("error: --set seed=…: {SEEDS}\n")));
    }
    let mut problems: Vec<_> = Problems::from_checks(&findings, &source)
        .iter()
        .cloned()
        .collect();
    let scenario_path = folder.join(&file.scenario);
    let common = source.settings("set", &texts);
    let base: Loaded<Scenario> = load_with(&scenario_path, &common, sets)
        .map_err(|wrong| together(problems.clone(), &wrong))?;
    let scenario_folder = scenario_path.parent().unwrap_or(Path::new(".")).to_owned();
    let mut arms = Vec::with_capacity(protos.len());
    let mut imports: Vec<(String, Arc<Imported>)> = Vec::new();
    for (name, description, levels, settings) in protos {
        let all: Vec<Setting> = common.iter().chain(&settings).cloned().collect();
        let arm = match load_with::<Scenario>(&scenario_path, &all, sets) {
            Ok(arm) => arm,
            Err(wrong) => {
                for problem in &wrong {
                    if !problem.is_warning && !problems.contains(problem) && problems.len() < 1000 {
                        problems.push(problem.clone());
                    }
                }
                continue;
            }
        };
        let import = import_of(&arm, &scenario_folder, &mut imports)?;
        arms.push(make_arm(
            name,
            description,
            levels,
            settings,
            arm.value,
            import,
        ));
    }
    if !problems.is_empty() {
        return Err(CannotPlan::Problems(Problems::new(problems)));
    }
    let outcomes = compile(&file.outcomes);
    let mut findings = Findings::default();
    check_words(&outcomes, &arms, &mut findings);
    check_years(&file, &arms, &mut findings);
    check_moments(&file, &arms, &mut findings);
    let wrong = Problems::from_checks(&findings, &source);
    if !wrong.is_empty() {
        return Err(CannotPlan::Problems(wrong));
    }
    // from here on, an incidence by several years is as many outcomes
    file.outcomes = file
        .outcomes
        .iter()
        .flat_map(OutcomePlan::by_year)
        .collect();
    let outcomes = compile(&file.outcomes);
    let contrasts = file.contrasts(&names[..file.compared(names.len())]);
    Ok(Plan {
        outcomes,
        arms,
        contrasts,
        base: base.value,
        folder: scenario_folder,
        file_folder: folder.to_owned(),
        warnings,
        file,
        source,
    })
}

fn together(mut problems: Vec<crate::scenario::Problem>, wrong: &Problems) -> CannotPlan {
    problems.extend(wrong.iter().cloned());
    CannotPlan::Problems(Problems::new(problems))
}

/// The real organisation of an arm, read once for all arms that import the same in the same way.
fn import_of(
    arm: &Loaded<Scenario>,
    folder: &Path,
    read: &mut Vec<(String, Arc<Imported>)>,
) -> Result<Option<Arc<Imported>>, CannotPlan> {
    let Some(plan) = &arm.value.organisation.import else {
        return Ok(None);
    };
    let key = toml::to_string(plan).unwrap_or_default();
    let known = read
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, import)| Arc::clone(import));
    // names of the scenario are checked against the files for every arm
    let fresh = crate::model::read_import(arm, folder).map_err(|wrong| match wrong {
        crate::model::CannotStart::Scenario(problems) => CannotPlan::Problems(problems),
        files @ crate::model::CannotStart::Files(_) => CannotPlan::Files(files.to_string()),
    })?;
    Ok(known.or_else(|| {
        let fresh = Arc::new(fresh?);
        read.push((key, Arc::clone(&fresh)));
        Some(fresh)
    }))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    fn shipped() -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/experiments");
        let files = std::fs::read_dir(folder).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    }

    #[test]
    fn every_shipped_experiment_has_german_words_for_all_that_readers_see() {
        let files = shipped();
        assert_eq!(files.len(), 10);
        for file in files {
            let plan = plan(&file, &Changes::default()).unwrap();
            let levels = plan.arms.iter().flat_map(|arm| &arm.levels);
            let all = words::phrases(&plan.file, levels);
            let told = plan.file.words.get("de");
            let is_told = |phrase: &&String| told.is_some_and(|told| told.contains_key(*phrase));
            let has_words = |phrase: &&String| phrase.contains(char::is_alphabetic);
            let missing: Vec<&String> = all
                .iter()
                .filter(has_words)
                .filter(|phrase| !is_told(phrase))
                .collect();
            assert!(missing.is_empty(), "{}: {missing:?}", file.display());
        }
    }
}
