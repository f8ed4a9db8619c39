//! From a plan and its results to the plain numbers that sentences and charts read.

use super::attribution::attribute;
use crate::analysis::Provenance;
use crate::analysis::study::{Study, StudyArm, StudyCurve, StudyLevel, StudyOutcome};
use crate::experiment::file::Summary;
use crate::experiment::outcomes::Outcome;
use crate::experiment::planning::Plan;
use crate::experiment::results::Results;

/// Runs an experiment again in its own folder, which has the file as it was run, with what the command line changed, and
/// the scenario beside it.
const AGAIN: &str = "allies experiment experiment.toml";

/// The study of a finished experiment over its first `replicates`.
pub fn study(plan: &Plan, results: &Results, replicates: u32) -> Study {
    let file = &plan.file;
    let confidence = file.confidence.get();
    let names: Vec<String> = plan.arms.iter().map(|arm| arm.name.clone()).collect();
    let seed_and_confidence = (file.seed, confidence);
    let asked = |names: &[String]| -> Vec<usize> {
        let all = plan.outcomes.iter().enumerate();
        all.filter(|(_, outcome)| names.is_empty() || names.contains(&outcome.name))
            .map(|(i, _)| i)
            .collect()
    };
    // Points of a design and coalitions of mechanisms are no arms to look at one by one.
    let shown = file.compared(names.len());
    let (attributions, lacking) =
        file.ablation
            .as_ref()
            .map_or_else(Default::default, |ablation| {
                let outcomes = asked(&ablation.outcomes);
                let targets = (&names[..shown], plan.contrasts.as_slice());
                attribute(
                    ablation,
                    targets,
                    (results, &outcomes, replicates),
                    seed_and_confidence,
                )
            });
    let sensitivities = file
        .sensitivity
        .as_ref()
        .map_or_else(Vec::new, |sensitivity| {
            let outcomes = asked(&sensitivity.outcomes);
            let factors: Vec<String> = plan.arms.first().map_or_else(Vec::new, |arm| {
                arm.levels
                    .iter()
                    .map(|level| level.factor.clone())
                    .collect()
            });
            sensitivity.analyse(
                &factors,
                (results, &outcomes, replicates),
                seed_and_confidence,
            )
        });
    Study {
        provenance: Provenance {
            scenario: file.name.clone(),
            scenario_hash: known_by(plan),
            seed: file.seed,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            command: Some(AGAIN.to_owned()),
        },
        question: file.question.clone(),
        confidence,
        replicates: replicates as usize,
        arms: plan
            .arms
            .iter()
            .enumerate()
            .map(|(i, arm)| StudyArm {
                name: arm.name.clone(),
                description: arm.description.clone(),
                called: file
                    .arms
                    .iter()
                    .find(|own| own.name == arm.name && !own.called.is_empty())
                    .map(|own| own.called.clone()),
                levels: arm
                    .levels
                    .iter()
                    .map(|level| StudyLevel {
                        factor: level.factor.clone(),
                        value: level.value.clone(),
                        number: level.number,
                    })
                    .collect(),
                shown: i < shown,
            })
            .collect(),
        outcomes: plan
            .outcomes
            .iter()
            .enumerate()
            .map(|(o, outcome)| StudyOutcome {
                name: outcome.name.clone(),
                title: outcome.title.clone(),
                curve: outcome.curve.as_ref().map(|(title, year, key)| {
                    let same =
                        |other: &Outcome| other.curve.as_ref().is_some_and(|other| other.2 == *key);
                    StudyCurve {
                        title: title.clone(),
                        year: *year,
                        number: plan.outcomes.iter().position(same).unwrap_or(o),
                    }
                }),
                values: (0..names.len())
                    .map(|arm| results.column(arm, o, replicates))
                    .collect(),
            })
            .collect(),
        primary: primary(plan),
        contrasts: plan.contrasts.clone(),
        attributions,
        unattributed: lacking,
        groups: groups(plan),
        sensitivities,
        calibration: None,
    }
}

/// The outcome that the question is about: the first that is not only a part of another.
fn primary(plan: &Plan) -> usize {
    let plans = &plan.file.outcomes;
    let part = |name: &String| plans.iter().any(|outcome| outcome.of.contains(name));
    plans
        .iter()
        .position(|outcome| !part(&outcome.name))
        .unwrap_or(0)
}

/// The differences of two outcomes, but for the main one.
fn groups(plan: &Plan) -> Vec<usize> {
    let main = primary(plan);
    let of_two = |name: &String| {
        let mut own = plan.file.outcomes.iter();
        own.any(|outcome| outcome.name == *name && outcome.summary == Summary::Difference)
    };
    let all = plan.outcomes.iter().enumerate();
    all.filter(|(place, outcome)| *place != main && of_two(&outcome.name))
        .map(|(place, _)| place)
        .collect()
}

/// What the numbers are known by: the scenarios of all arms, however the runs came together.
fn known_by(plan: &Plan) -> String {
    let mut hasher = blake3::Hasher::new();
    for arm in &plan.arms {
        hasher.update(arm.hash.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}
