//! Rules of an experiment file that no type can hold: names that must exist, designs that must have points.

use std::collections::BTreeSet;

use crate::experiment::file::{
    ExperimentFile, OutcomePlan, check_factors, check_replicates, check_stop, near, unique,
};
use crate::experiment::outcomes;
use crate::records::columns;
use crate::scenario::{Check, Findings};

impl ExperimentFile {
    /// Checks the sections that attribute, screen and calibrate.
    fn check_studies(&self, outcomes: &[&String], findings: &mut Findings) {
        let own = self.own_design();
        if let [section, ..] = own.as_slice() {
            let others = [
                ("arms", !self.arms.is_empty()),
                ("factors", self.factors.is_some()),
                ("contrasts", !self.contrasts.is_empty()),
                ("stop", self.stop.is_some()),
                ("ablation", self.ablation.is_some()),
                ("calibration", own.len() > 1),
            ];
            for (other, _) in others.iter().filter(|other| other.1) {
                findings.problem(
                    other,
                    format!("`{section}` makes its own arms, and `{other}` is given too"),
                    "make two experiments of it",
                );
            }
        }
        if self.ablation.is_some() && self.factors.is_some() {
            findings.problem(
                "factors",
                "`ablation` needs arms by name, and factors are given",
                "list the arms that are compared, or make two experiments of it",
            );
        }
        if let Some(ablation) = &self.ablation {
            ablation.check(outcomes, findings);
        }
        if let Some(sensitivity) = &self.sensitivity {
            sensitivity.check(outcomes, findings);
        }
        if let Some(calibration) = &self.calibration {
            calibration.check(outcomes, findings);
        }
    }

    /// Checks the tables that are kept.
    fn check_tables(&self, findings: &mut Findings) {
        let names: Vec<String> = columns::ALL
            .iter()
            .map(|spec| spec.name.to_owned())
            .collect();
        let mut seen = BTreeSet::new();
        for (i, table) in self.tables.iter().enumerate() {
            let at = format!("tables[{i}]");
            if !names.contains(table) {
                findings.problem(
                    &at,
                    format!("a run has no table {table:?}"),
                    near(table, &names),
                );
            } else if !seen.insert(table) {
                findings.problem(&at, format!("{table:?} stands twice"), "name each once");
            }
        }
        if self.calibration.is_some() && !self.tables.is_empty() {
            findings.problem(
                "tables",
                "the rounds of a calibration keep no tables of their runs",
                "remove `tables`; run the scenario with values of the posterior to look at its tables",
            );
        }
    }

    fn check_arms(&self, findings: &mut Findings) {
        match (&self.factors, self.arms.is_empty()) {
            (None, true) if self.ablation.is_some() || !self.own_design().is_empty() => {}
            (Some(_), false) => {
                findings.problem(
                    "arms",
                    "both arms and factors are given",
                    "keep one of them",
                );
            }
            (None, true) => {
                let finding = findings.problem(
                    "arms",
                    "there is no arm",
                    "add `[[arms]]` with a name and what is `set`, or `[factors]`",
                );
                // these make arms; where one is wrong, it is as if it were not there
                for section in ["factors", "ablation", "sensitivity", "calibration"] {
                    finding.reads(section);
                }
            }
            (Some(factors), true) => check_factors(factors, findings),
            (None, false) => {}
        }
        let names: Vec<&String> = self.arms.iter().map(|arm| &arm.name).collect();
        unique("arms", &names, findings);
    }
}

impl Check for ExperimentFile {
    fn check(&self, findings: &mut Findings) {
        if self.name.trim().is_empty()
            || self.name.contains(['/', '\\'])
            || self.name.contains(char::is_control)
            || self.name.starts_with('.')
            || self.name.len() > 200
        {
            findings.problem(
                "name",
                format!("{:?} cannot name a folder of results", self.name),
                "use letters, digits and hyphens",
            );
        }
        if self.scenario.is_empty() {
            findings.problem(
                "scenario",
                "there is no scenario to start from",
                "add `scenario = \"…\"` with the path of a scenario file, counted from this file",
            );
        }
        check_replicates(self.replicates, findings);
        if !(0.5..1.0).contains(&self.confidence.get()) {
            findings.problem(
                "confidence",
                format!(
                    "a confidence of {} gives no interval",
                    self.confidence.get()
                ),
                "use 0.5 or more and less than 1, such as 0.95",
            );
        }
        self.check_arms(findings);
        let outcomes: Vec<OutcomePlan> = self
            .outcomes
            .iter()
            .flat_map(OutcomePlan::by_year)
            .collect();
        let names: Vec<&String> = outcomes.iter().map(|outcome| &outcome.name).collect();
        if names.is_empty() {
            findings.problem(
                "outcomes",
                "there is no outcome",
                "add `[[outcomes]]` with a name, a table and a summary",
            );
        }
        let own: Vec<&String> = self.outcomes.iter().map(|outcome| &outcome.name).collect();
        unique("outcomes", &own, findings);
        self.check_studies(&names, findings);
        for i in 0..self.outcomes.len() {
            outcomes::check(&self.outcomes, i, findings);
        }
        self.check_tables(findings);
        if self.factors.is_none() && self.own_design().is_empty() {
            let arms: Vec<String> = self.arms.iter().map(|arm| arm.name.clone()).collect();
            self.check_contrasts(&arms, findings);
        }
        if let Some(stop) = &self.stop {
            check_stop(stop, self.replicates, &names, findings);
        }
    }
}
