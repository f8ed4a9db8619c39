//! What another life brings over many worlds: the twin, replicated.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::analysis::statistics::{PairedDifference, quantile};
use crate::experiment::file::{ArmPlan, ExperimentFile, Free, OutcomePlan, Summary};
use crate::experiment::outcomes::compile;
use crate::experiment::planning::{Plan, make_arm};
use crate::experiment::results::difference;
use crate::experiment::running::{CampaignError, Unit, runner};
use crate::initialization::Imported;
use crate::scenario::{Problems, Scenario, load_default};

/// Columns of the yearly panel in which a life is counted at its end, as far as there are such columns.
const COUNTED: [&str; 8] = [
    "promotions",
    "reassignments",
    "rating",
    "reputation",
    "influence",
    "advocates",
    "informants",
    "ties_active",
];

/// The difference that another life makes in one respect.
#[derive(Debug, Clone)]
pub struct Gain {
    /// Column of the yearly panel at the end.
    pub name: String,
    /// Otherwise less as is, over the pairs.
    pub difference: Option<PairedDifference>,
    /// Tenth, half and nine tenths of the differences lie below these.
    pub quantiles: [f64; 3],
    /// Share of the pairs in which there is more otherwise.
    pub better: f64,
    /// Share of the pairs in which there is less otherwise.
    pub worse: f64,
}

/// Runs pairs of worlds with other luck and reads what becomes of the person in each.
///
/// # Errors
/// When it was stopped.
pub fn gains(
    scenarios: &[Scenario; 2],
    import: Option<Imported>,
    person: &str,
    replicates: u32,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Vec<Gain>, CampaignError> {
    let plan = pair(scenarios, import, person, replicates)?;
    let units: Vec<Unit> = (1..=replicates)
        .flat_map(|replicate| runner::units(&plan, 0, replicate, &[0, 1]))
        .collect();
    let results = runner::run_all(&plan, &units, None, threads, stop)?;
    let gain = |outcome: usize| {
        let pairs = results.pairs((1, 0), outcome, replicates);
        let mut differences: Vec<f64> = pairs
            .iter()
            .filter_map(|pair| Some(pair.0? - pair.1?))
            .collect();
        differences.sort_by(f64::total_cmp);
        let n = differences.len().max(1) as f64;
        let share =
            |counts: fn(&&f64) -> bool| differences.iter().filter(counts).count() as f64 / n;
        Gain {
            name: plan.outcomes[outcome].name.clone(),
            difference: difference(&plan, &results, 0, outcome, replicates),
            quantiles: [0.1, 0.5, 0.9].map(|p| quantile(&differences, p).unwrap_or(0.0)),
            better: share(|d| **d > 0.0),
            worse: share(|d| **d < 0.0),
        }
    };
    Ok((0..plan.outcomes.len()).map(gain).collect())
}

/// An experiment of two arms: the person as is, and otherwise.
fn pair(
    scenarios: &[Scenario; 2],
    import: Option<Imported>,
    person: &str,
    replicates: u32,
) -> Result<Plan, CampaignError> {
    let panel = &crate::records::columns::EMPLOYEES;
    let known = COUNTED
        .iter()
        .filter(|name| panel.column_index(name).is_some());
    let outcomes: Vec<OutcomePlan> = known
        .map(|name| OutcomePlan {
            name: (*name).to_owned(),
            table: Some("employees".to_owned()),
            column: Some((*name).to_owned()),
            summary: Summary::Mean,
            at: Some("end".to_owned()),
            filter: BTreeMap::from([(
                "name".to_owned(),
                Free(toml::Value::String(person.to_owned())),
            )]),
            ..OutcomePlan::default()
        })
        .collect();
    let names = ["as is", "otherwise"];
    let file = ExperimentFile {
        name: format!("twin of {person}"),
        seed: scenarios[0].seed,
        replicates,
        arms: names
            .map(|name| ArmPlan {
                name: name.to_owned(),
                ..ArmPlan::default()
            })
            .to_vec(),
        outcomes,
        ..ExperimentFile::default()
    };
    let import = import.map(Arc::new);
    let arm = |(name, scenario): (&str, &Scenario)| {
        let (name, scenario) = (name.to_owned(), scenario.clone());
        make_arm(
            name,
            String::new(),
            Vec::new(),
            Vec::new(),
            scenario,
            import.clone(),
        )
    };
    // the defaults pass their own checks, which is tested
    let source = load_default::<Scenario>(&[])
        .map_err(|problems| std::io::Error::other(problems.to_string()))?
        .source;
    Ok(Plan {
        outcomes: compile(&file.outcomes),
        arms: names.into_iter().zip(scenarios).map(arm).collect(),
        contrasts: vec![("otherwise - as is".to_owned(), 1, 0)],
        base: scenarios[0].clone(),
        folder: std::path::PathBuf::new(),
        file_folder: std::path::PathBuf::new(),
        warnings: Problems::default(),
        file,
        source,
    })
}
