//! Rules of an experiment file that no type can hold: names that must exist, designs that must have points.

use std::collections::BTreeSet;

use super::file::{ContrastPlan, DesignKind, ExperimentFile, Factors, OutcomePlan, Stop};
use super::file_words::{
    MOST_ARMS, check_outcome, check_range, check_replicates, check_size, near, unique,
};
use super::outcome_plan;
use crate::records::columns;
use crate::scenario::{Check, Findings};

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
    pub(super) fn check_contrasts(&self, arms: &[String], findings: &mut Findings) {
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

    /// Sections that make their own arms.
    fn own_design(&self) -> Vec<&'static str> {
        let given = [
            ("sensitivity", self.sensitivity.is_some()),
            ("calibration", self.calibration.is_some()),
        ];
        given
            .iter()
            .filter(|section| section.1)
            .map(|section| section.0)
            .collect()
    }

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
            outcome_plan::check(&self.outcomes, i, findings);
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

fn check_stop(stop: &Stop, replicates: u32, outcomes: &[&String], findings: &mut Findings) {
    if !(stop.half_width > 0.0 && stop.half_width.is_finite()) {
        findings.problem(
            "stop.half_width",
            format!("a half-width of {} is never reached", stop.half_width),
            "give the half-width of the difference that is small enough, in the outcome's unit",
        );
    }
    if stop.least < 2 {
        findings.problem(
            "stop.least",
            format!("{} replicates have no half-width", stop.least),
            "use 2 or more; coverage was measured from 30 on",
        );
    }
    if stop.least > replicates && replicates > 0 {
        findings.problem(
            "stop.least",
            format!(
                "the first look comes after {} replicates, and there are {replicates} at most",
                stop.least
            ),
            "make `replicates`, the most that are run, larger, or `least` smaller",
        );
    }
    if stop.step == 0 {
        findings.problem("stop.step", "there is never a second look", "use 1 or more");
    }
    if let Some(name) = &stop.outcome {
        check_outcome("stop.outcome", name, outcomes, findings);
    }
}

fn check_factors(factors: &Factors, findings: &mut Findings) {
    let ranged = matches!(
        factors.design,
        DesignKind::LatinHypercube | DesignKind::Sobol
    );
    if ranged && factors.points.is_none_or(|points| points == 0) {
        findings.problem(
            "factors.points",
            "the design has no number of points",
            "add `points = 64`, say",
        );
    }
    check_size(
        "factors.points",
        factors.points.unwrap_or(0).into(),
        findings,
    );
    match factors.design {
        DesignKind::Table if factors.table.is_none() => {
            findings.problem(
                "factors.table",
                "the design has no table",
                "add `table = \"points.csv\"`: a column a factor, a row an arm",
            );
        }
        DesignKind::List if factors.list.is_empty() => {
            findings.problem(
                "factors.list",
                "the design has no points",
                "add `list = [{ \"some.key\" = 1 }, …]`",
            );
        }
        DesignKind::Table | DesignKind::List => return,
        _ if factors.vary.is_empty() => {
            findings.problem(
                "factors.vary",
                "there is no factor",
                "add `[[factors.vary]]` with a `key` of the scenario and its values",
            );
        }
        _ => {}
    }
    let keys: Vec<&String> = factors.vary.iter().map(|factor| &factor.key).collect();
    unique("factors.vary", &keys, findings);
    let lengths: Vec<usize> = factors.vary.iter().map(|f| f.values.len()).collect();
    for (i, factor) in factors.vary.iter().enumerate() {
        let at = format!("factors.vary[{i}]");
        if ranged {
            check_range(&at, factor, findings);
        } else if factor.values.is_empty() {
            findings.problem(&at, "the factor has no values", "add `values = [ … ]`");
        }
        if !factor.labels.is_empty() && factor.labels.len() != factor.values.len() {
            findings.problem(
                &format!("{at}.labels"),
                format!(
                    "{} labels for {} values",
                    factor.labels.len(),
                    factor.values.len()
                ),
                "give each value one, in the same order",
            );
        }
        if factors.design == DesignKind::Paired && lengths[i] != lengths[0] {
            findings.problem(
                &format!("{at}.values"),
                format!("{} values, the first factor has {}", lengths[i], lengths[0]),
                "a paired design needs as many of each",
            );
        }
    }
    if factors.design == DesignKind::Grid {
        let arms = lengths
            .iter()
            .try_fold(1_usize, |product, &n| product.checked_mul(n));
        if arms.is_none_or(|arms| arms > MOST_ARMS) {
            findings.problem(
                "factors.vary",
                format!("the grid has more than {MOST_ARMS} arms"),
                "use fewer values, or a latin_hypercube",
            );
        }
    }
}
