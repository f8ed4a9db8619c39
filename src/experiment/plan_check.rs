//! What can only be checked once the scenarios of all arms are known: years and names that no arm has.

use super::file::ExperimentFile;
use super::outcome::Outcome;
use super::plan::Arm;
use crate::scenario::{Findings, nearest};

/// Years of an incidence must lie within the run of some arm.
pub(super) fn check_years(file: &ExperimentFile, arms: &[Arm], findings: &mut Findings) {
    let longest = arms.iter().map(|arm| arm.scenario.years.get()).max();
    let longest = f64::from(longest.unwrap_or(0));
    for (i, outcome) in file.outcomes.iter().enumerate() {
        if let Some(year) = outcome.years.iter().find(|year| **year > longest) {
            findings
                .problem(
                    &format!("outcomes[{i}].years"),
                    format!("year {year} is after the end of every run, which is year {longest}"),
                    "use earlier years, or make the runs longer with `set = { years = … }`",
                )
                .reads("arms");
        }
    }
}

/// Names of strategies, departments and levels in outcomes must be those of some arm.
pub(super) fn check_words(outcomes: &[Outcome], arms: &[Arm], findings: &mut Findings) {
    // an imported organisation has its names in files, which the filter cannot be held against cheaply
    let imported = arms.iter().any(|arm| arm.import.is_some());
    for (i, outcome) in outcomes.iter().enumerate() {
        for (column, word) in outcome.asked() {
            let of_arm = |arm: &Arm| -> Vec<String> {
                let plan = &arm.scenario.organisation;
                match column {
                    "strategy" => arm.scenario.strategies.keys().cloned().collect(),
                    "department" | "from_department" if !imported => {
                        plan.departments.iter().map(|d| d.name.clone()).collect()
                    }
                    "level" | "from_level" | "to_level" if !imported => {
                        plan.levels.iter().map(|l| l.name.clone()).collect()
                    }
                    _ => vec![word.to_owned()],
                }
            };
            if arms
                .iter()
                .any(|arm| of_arm(arm).iter().any(|name| name == word))
            {
                continue;
            }
            let names: Vec<String> = arms.first().map(of_arm).unwrap_or_default();
            let help = match nearest(word, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("there are: {}", names.join(", ")),
            };
            let what = column.rsplit('_').next().unwrap_or(column);
            findings
                .problem(
                    &format!("outcomes[{i}]"),
                    format!("no arm has a {what} {word:?}"),
                    help,
                )
                .reads("arms");
        }
    }
}
