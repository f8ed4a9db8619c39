//! Rules about the formal organisation: ladder, functions, departments, import.

use super::{Names, known, sums_to_one, unique};
use crate::initialization::{COLUMNS, ImportPlan, LevelPlan, OrganisationPlan};
use crate::scenario::{Finding, Findings, quoted_key};

/// Largest numbers of things that the world counts in small integers.
const MOST_NAMES: usize = 250;
const MOST_LEVELS: usize = 60;
const MOST_DEPARTMENTS: usize = 60_000;

pub(super) fn check(plan: &OrganisationPlan, findings: &mut Findings) {
    let base = "organisation";
    let named = |kind: &str, i: usize| format!("{base}.{kind}[{i}].name");
    let levels = plan.levels.iter().map(|l| &l.name).enumerate();
    unique(findings, levels.map(|(i, name)| (named("levels", i), name)));
    let functions = plan.functions.iter().map(|f| &f.name).enumerate();
    unique(
        findings,
        functions.map(|(i, name)| (named("functions", i), name)),
    );
    let departments = plan.departments.iter().map(|d| &d.name).enumerate();
    unique(
        findings,
        departments.map(|(i, name)| (named("departments", i), name)),
    );
    let sites = plan.sites.iter().enumerate();
    unique(
        findings,
        sites.map(|(i, name)| (format!("{base}.sites[{i}]"), name)),
    );
    if !plan.levels.is_empty() {
        check_ladder(&plan.levels, findings);
    }
    check_references(plan, findings);
    for (kind, count, most) in [
        ("levels", plan.levels.len(), MOST_LEVELS),
        ("functions", plan.functions.len(), MOST_NAMES),
        ("sites", plan.sites.len(), MOST_NAMES),
        ("departments", plan.departments.len(), MOST_DEPARTMENTS),
    ] {
        if count > most {
            findings.problem(
                &format!("{base}.{kind}"),
                format!("{count} {kind} are too many"),
                format!("use {most} at most"),
            );
        }
    }
    if !plan.departments.is_empty() && plan.departments.iter().all(|d| d.size.get() == 0.0) {
        findings.problem(
            &format!("{base}.departments"),
            "all departments have the size 0",
            "give at least one a size above 0",
        );
    }
    if let Some(import) = &plan.import {
        check_import(import, findings);
    }
}

fn check_ladder(levels: &[LevelPlan], findings: &mut Findings) {
    let at = "organisation.levels";
    let parts = levels.iter().map(|l| (&l.name, l.share.get()));
    sums_to_one(findings, at, "shares of the levels", parts);
    let managing: f64 = levels
        .iter()
        .filter(|l| l.manages)
        .map(|l| l.share.get())
        .sum();
    if !levels.iter().any(|l| l.manages) {
        findings.problem(
            at,
            "no level manages others",
            "set `manages = true` for the levels that have reports",
        );
    } else if managing > 0.5 {
        findings.problem(
            at,
            format!(
                "{:.0} % of the staff would manage the other {:.0} %: more managers than people",
                managing * 100.0,
                (1.0 - managing).max(0.0) * 100.0
            ),
            "give the levels that manage a share of one half at most; real firms have 10 to 20 %",
        );
    }
    for (i, pair) in levels.windows(2).enumerate() {
        if let [lower, upper] = pair
            && lower.manages
            && !upper.manages
        {
            findings.problem(
                &format!("{at}[{}].manages", i + 1),
                format!(
                    "level {:?} does not manage but stands above {:?}, which does",
                    upper.name, lower.name
                ),
                "list the levels from the bottom to the top",
            );
        }
    }
}

/// Functions and sites that others name.
fn check_references(plan: &OrganisationPlan, findings: &mut Findings) {
    let mut completed = plan.clone();
    completed.complete();
    let names = Names::of(&completed);
    for (f, function) in plan.functions.iter().enumerate() {
        for (c, coupled) in function.coupled_with.iter().enumerate() {
            let at = format!("organisation.functions[{f}].coupled_with[{c}]");
            known(findings, &at, "function", coupled, &names.functions);
        }
    }
    for (d, department) in plan.departments.iter().enumerate() {
        let at = format!("organisation.departments[{d}]");
        if !department.function.is_empty() {
            let at = format!("{at}.function");
            known(
                findings,
                &at,
                "function",
                &department.function,
                &names.functions,
            );
        }
        if !department.site.is_empty() {
            known(
                findings,
                &format!("{at}.site"),
                "site",
                &department.site,
                &names.sites,
            );
        }
    }
}

fn check_import(import: &ImportPlan, findings: &mut Findings) {
    let at = "organisation.import";
    for (key, file) in [("employees", &import.employees), ("ties", &import.ties)] {
        if file.is_empty() {
            findings.problem(
                &format!("{at}.{key}"),
                format!("no file of {key}"),
                "name a CSV file, relative to this scenario file",
            );
        }
    }
    let layers = ["collaboration", "friendship", "career_support"].map(str::to_owned);
    for (from, to) in &import.layers {
        let at = format!("{at}.layers.{}", quoted_key(from));
        known(findings, &at, "layer", to, &layers);
    }
    let attributes = COLUMNS.map(str::to_owned);
    for attribute in import.map.keys() {
        let at = format!("{at}.map.{}", quoted_key(attribute));
        known(findings, &at, "attribute", attribute, &attributes).map(Finding::about_key);
    }
}
