//! Calibration: which values of chosen keys make the model do what was observed.
//!
//! Adaptive approximate Bayesian computation ([`crate::analysis::statistics::calibration`]): each round is an experiment of
//! its own in `rounds/`, planned from the round before in a fixed order, so that what is interrupted goes on where it was.
//! At the end, draws from the posterior are run and compared with the targets.
//!
//! Every particle has its own luck ([`Plan::seed`]), as the method demands: of particles that share theirs, those would be
//! kept for which this one luck came near. A particle's outcome is the mean over its replicates, and so is what is
//! predicted: for one observed firm, use `replicates = 1`.

use std::path::{Path, PathBuf};

use super::error::CampaignError;
use crate::analysis::statistics::calibration::{Population, distance};
use crate::analysis::statistics::mean;
use crate::experiment::designs::Point;
use crate::experiment::file::{Calibration, ExperimentFile, Target};
use crate::experiment::planning::{CannotPlan, Plan, from_file, seed};
use crate::experiment::results::Results;
use crate::experiment::storage::ROUNDS;
use crate::records::TableError;

/// Why a calibration did not reach its end.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// A round.
    #[error(transparent)]
    Campaign(#[from] CampaignError),
    /// A combination of values that the scenario refuses.
    #[error(
        "round {round}: a combination of values is refused; narrow the ranges of `calibration.vary`: {reason}"
    )]
    Refused {
        /// The round.
        round: u32,
        /// Why.
        reason: String,
    },
    /// No run had a value for every target.
    #[error("no run has a value for every target; choose outcomes that are defined in every run")]
    NoValues,
    /// A row did not fit its table.
    #[error("this is a mistake of the program: {0}")]
    Table(#[from] TableError),
}

/// A finished calibration.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrated {
    /// The posterior.
    pub posterior: Population,
    /// Rounds that were run.
    pub rounds: u32,
    /// Outcomes of the targets with parameters from the posterior and luck of their own, means over the replicates.
    pub predicted: Vec<Vec<f64>>,
}

/// A round after the first, planned from the ones before.
#[derive(Debug, Clone)]
pub struct Round {
    /// Its number, from 2.
    pub number: u32,
    /// Its folder, below that of the experiment.
    pub folder: PathBuf,
    /// What it runs.
    pub plan: Plan,
}

/// Goes on from the first round's results to the posterior and its check, where `batch` has the results of each further
/// round. None for an experiment that is no calibration, and where the results of a round are not there yet.
///
/// # Errors
/// Where a round cannot be run, or someone asked it to stop.
pub fn calibrate(
    plan: &Plan,
    sets: &[String],
    first: &Results,
    batch: &mut dyn FnMut(&Round) -> Result<Option<Results>, CampaignError>,
) -> Result<Option<Calibrated>, CalibrationError> {
    let Some(calibration) = &plan.file.calibration else {
        return Ok(None);
    };
    let keep = calibration.particles as usize;
    let places = target_places(plan, calibration);
    let streams = Calibration::streams(plan.file.seed);
    let of = |points: &[Point], results: &Results| distances(points, results, &places);
    let mut population = Population::default();
    population = population.update(of(&calibration.design(plan.file.seed), first), keep);
    let mut rounds = 1;
    while rounds < calibration.rounds
        && !population.particles.is_empty()
        && population.accepted >= calibration.least_accepted.get()
    {
        let points = population.propose(calibration.vary.len(), keep, rounds.into(), &streams);
        let name = format!("round-{rounds:02}");
        let luck = (rounds, plan.file.replicates);
        rounds += 1;
        let round = round_plan(plan, sets, (&name, rounds), luck, points.clone())?;
        let Some(results) = batch(&round)? else {
            return Ok(None);
        };
        population = population.update(of(&points, &results), keep);
    }
    if population.particles.is_empty() {
        return Err(CalibrationError::NoValues);
    }
    let drawn = population.draw(calibration.checked(), &streams);
    let count = drawn.len();
    let luck = (u32::MAX, plan.file.replicates);
    let check = round_plan(plan, sets, ("check", rounds + 1), luck, drawn)?;
    let Some(results) = batch(&check)? else {
        return Ok(None);
    };
    let predicted = |(outcome, _): &(usize, (f64, f64))| -> Vec<f64> {
        let values = (0..count).filter_map(|arm| observed(&results, arm, *outcome));
        values.collect()
    };
    Ok(Some(Calibrated {
        predicted: places.iter().map(predicted).collect(),
        posterior: population,
        rounds,
    }))
}

/// Place, value and scale of each target's outcome.
fn target_places(plan: &Plan, calibration: &Calibration) -> Vec<(usize, (f64, f64))> {
    let place = |target: &Target| {
        let outcome = plan
            .outcomes
            .iter()
            .position(|outcome| outcome.name == target.outcome)?;
        Some((outcome, (target.value, target.scale)))
    };
    calibration.targets.iter().filter_map(place).collect()
}

fn distances(
    points: &[Point],
    results: &Results,
    places: &[(usize, (f64, f64))],
) -> Vec<(Point, Option<f64>)> {
    let targets: Vec<(f64, f64)> = places.iter().map(|place| place.1).collect();
    let of = |(arm, point): (usize, &Point)| {
        let means: Vec<Option<f64>> = places
            .iter()
            .map(|(outcome, _)| observed(results, arm, *outcome))
            .collect();
        (point.clone(), distance(&means, &targets))
    };
    points.iter().enumerate().map(of).collect()
}

/// What is compared with a target: the mean over a particle's replicates.
fn observed(results: &Results, arm: usize, outcome: usize) -> Option<f64> {
    let column = results.column(arm, outcome, results.replicates());
    mean(&column.into_iter().flatten().collect::<Vec<f64>>())
}

/// The experiment of one round: the same file with its own points, name and luck (which, and how many replicates).
fn round_plan(
    plan: &Plan,
    sets: &[String],
    (name, number): (&str, u32),
    (luck, replicates): (u32, u32),
    points: Vec<Point>,
) -> Result<Round, CalibrationError> {
    let mut file: ExperimentFile = plan.file.clone();
    file.name = format!("{}-{name}", file.name);
    file.seed = seed(plan.file.seed, luck);
    file.replicates = replicates;
    if let Some(calibration) = &mut file.calibration {
        calibration.points = Some(points);
    }
    let planned = from_file(
        file,
        plan.source.clone(),
        &plan.file_folder,
        sets,
        plan.warnings.clone(),
    );
    let plan = planned.map_err(|error| {
        let reason = match error {
            CannotPlan::Files(reason) => reason,
            CannotPlan::Problems(problems) => problems
                .iter()
                .next()
                .map_or_else(String::new, |problem| problem.message.clone()),
        };
        CalibrationError::Refused {
            round: number,
            reason,
        }
    })?;
    Ok(Round {
        number,
        folder: Path::new(ROUNDS).join(name),
        plan,
    })
}
