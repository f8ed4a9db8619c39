//! The plan: every arm with its scenario, checked before the first run, and what the results are known by.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ablation::Places;
use super::design::{self, Level};
use super::file::{ExperimentFile, OutcomePlan};
use super::identity::{burn_in_identity, identity};
use super::outcome::Outcome;
use super::outcome_plan;
use super::plan_check::{
    SEEDS, check_arms, check_moments, check_runs, check_seeds, check_words, check_years,
};
use super::words;
use crate::initialization::Imported;
use crate::scenario::{Findings, Loaded, Problems, Scenario, Setting, Source, load, load_with};

/// One arm, ready to run.
#[derive(Debug, Clone)]
pub struct Arm {
    /// Name.
    pub name: String,
    /// What it is, for people.
    pub description: String,
    /// The values of its factors; empty for an arm that was listed.
    pub levels: Vec<Level>,
    /// What it changes in the base scenario.
    pub settings: Vec<Setting>,
    /// The scenario, complete but for the seed.
    pub scenario: Scenario,
    /// The real organisation, if there is one.
    pub import: Option<Arc<Imported>>,
    /// What its results are known by: the whole scenario but for names and the seed.
    pub hash: String,
    /// What its burn-in is known by: arms that have the same share it.
    pub burn_in: String,
}

/// An experiment that can run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The file.
    pub file: ExperimentFile,
    /// Where the file was read from, with the places in it.
    pub source: Source,
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
    /// The arms.
    pub arms: Vec<Arm>,
    /// The contrasts: name, arm, reference.
    pub contrasts: Vec<(String, usize, usize)>,
    /// The base scenario with what all arms set, resolved.
    pub base: Scenario,
    /// Folder that the files of the base scenario are counted from.
    pub folder: PathBuf,
    /// Folder that the files of the experiment are counted from.
    pub file_folder: PathBuf,
    /// Warnings.
    pub warnings: Problems,
}

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

/// The arms before their scenarios are read: name, description, levels, settings.
type Proto = (String, String, Vec<Level>, Vec<Setting>);

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
    check_seeds(&file, &mut findings);
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
    let outcomes = outcome_plan::compile(&file.outcomes);
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
    let outcomes = outcome_plan::compile(&file.outcomes);
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

fn protos(
    file: &ExperimentFile,
    folder: &Path,
    source: &Source,
    texts: &crate::scenario::Texts,
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
        let point = |(i, unit): (usize, &super::designs::Point)| {
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
fn listed(file: &ExperimentFile, source: &Source, texts: &crate::scenario::Texts) -> Vec<Proto> {
    if file.arms.is_empty() {
        return vec![("base".to_owned(), String::new(), Vec::new(), Vec::new())];
    }
    let arm = |(i, plan): (usize, &super::file::ArmPlan)| {
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
    ablation: &super::ablation::Ablation,
    subsets: &[u32],
    arms: &[Proto],
    source: &Source,
    texts: &crate::scenario::Texts,
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

pub(super) fn make_arm(
    name: String,
    description: String,
    levels: Vec<Level>,
    settings: Vec<Setting>,
    mut scenario: Scenario,
    import: Option<Arc<Imported>>,
) -> Arm {
    let hash = identity(&scenario);
    scenario.complete();
    let burn_in = burn_in_identity(&scenario);
    Arm {
        name,
        description,
        levels,
        settings,
        scenario,
        import,
        hash,
        burn_in,
    }
}

impl Plan {
    /// The seed of a run: from the root and the number of the replicate alone, so that replicates and arms can be added.
    ///
    /// In a calibration it depends on the particle too. Particles of the same luck would all be near to a target where this
    /// luck is, and the posterior would be the answer for one firm's luck rather than for any.
    pub fn seed(&self, arm: usize, replicate: u32) -> u64 {
        seed(self.root(arm), replicate)
    }

    fn root(&self, arm: usize) -> u64 {
        let root = self.file.seed;
        if self.file.calibration.is_some() {
            seed(root, arm as u32)
        } else {
            root
        }
    }

    /// What a run is known by, whatever the arm is called and wherever it runs: 128 bits, hexadecimal.
    pub fn run_id(&self, arm: usize, replicate: u32) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"allies run 1");
        hasher.update(self.arms[arm].hash.as_bytes());
        hasher.update(&self.root(arm).to_le_bytes());
        hasher.update(&replicate.to_le_bytes());
        hasher.finalize().to_hex()[..32].to_owned()
    }

    /// The arms that each replicate runs, where it is not all of them: subsets of mechanisms that it samples.
    pub(super) fn sampled(&self) -> Option<Vec<Vec<usize>>> {
        let (seed, replicates) = (self.file.seed, self.file.replicates);
        let ablation = self.file.ablation.as_ref().filter(|a| a.is_sampled())?;
        let arms = self.file.arms.len().max(1);
        let places = Places::new(ablation, (seed, replicates), arms);
        let of = |replicate| {
            let own = ablation.of_replicate(seed, replicate).into_iter();
            let mut own: Vec<usize> = own
                .flat_map(|on| (0..arms).map(move |arm| (arm, on)))
                .filter_map(|(arm, on)| places.place(arm, on))
                .collect();
            own.sort_unstable();
            own
        };
        Some((1..=replicates).map(of).collect())
    }

    /// Number of runs of all replicates.
    pub fn runs(&self) -> usize {
        self.sampled().map_or_else(
            || self.arms.len() * self.file.replicates as usize,
            |sampled| sampled.iter().map(Vec::len).sum(),
        )
    }

    /// Whether one run is large enough to use all threads by itself.
    pub fn is_large(&self) -> bool {
        self.arms
            .iter()
            .any(|arm| people(&arm.scenario, arm.import.as_deref()) >= LARGE)
    }

    /// CPU time of one run by a fixed estimate, which sizes the parts: not measured when it is planned, so that parts are
    /// the same on every machine. A person's week took four to five microseconds in a firm of 200 [seconds].
    pub fn estimated_seconds(&self) -> f64 {
        let of = |arm: &Arm| {
            let weeks =
                f64::from(arm.scenario.years.get()) * 52.0 + f64::from(arm.scenario.burn_in.get());
            0.01 + people(&arm.scenario, arm.import.as_deref()) as f64 * weeks * 4e-6
        };
        let sum: f64 = self.arms.iter().map(of).sum();
        sum / self.arms.len().max(1) as f64
    }
}

/// People from whom on a run is parallel inside rather than beside others.
const LARGE: usize = 8192;

fn people(scenario: &Scenario, import: Option<&Imported>) -> usize {
    import.map_or(scenario.organisation.employees.get() as usize, |import| {
        import.source_ids().count()
    })
}

/// The seed of a replicate, in the range that a scenario file can hold.
pub fn seed(root: u64, replicate: u32) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"allies replicate 1");
    hasher.update(&root.to_le_bytes());
    hasher.update(&replicate.to_le_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(bytes) >> 1
}
