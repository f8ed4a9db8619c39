//! Rules across sections of a scenario, which no type can hold.

mod organisation;
mod programmes;
mod restructurings;

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Check, Finding, Findings};
use super::near::nearest;
use super::path::quoted_key;
use super::sections::{Persona, Scenario};
use crate::initialization::OrganisationPlan;
use crate::units::Share;

/// Names that other parts of a scenario may use.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Departments.
    pub departments: Vec<String>,
    /// Levels.
    pub levels: Vec<String>,
    /// Functions.
    pub functions: Vec<String>,
    /// Sites.
    pub sites: Vec<String>,
}

impl Names {
    /// The names of a completed plan.
    pub fn of(plan: &OrganisationPlan) -> Self {
        Self {
            departments: plan.departments.iter().map(|d| d.name.clone()).collect(),
            levels: plan.levels.iter().map(|l| l.name.clone()).collect(),
            functions: plan.functions.iter().map(|f| f.name.clone()).collect(),
            sites: plan.sites.clone(),
        }
    }
}

/// Longest run and burn-in together that weeks are counted for [weeks].
const LONGEST: i64 = 30_000;

/// Longest name of a scenario: file systems hold 255, of which a run in the making needs some [bytes].
const LONGEST_NAME: usize = 100;

impl Check for Scenario {
    fn check(&self, findings: &mut Findings) {
        self.check_run(findings);
        organisation::check(&self.organisation, findings);
        self.check_strategies(findings);
        self.check_rules(findings);
        // the names of an imported organisation are known only when its files have been read
        if self.organisation.import.is_none() {
            let mut plan = self.organisation.clone();
            plan.complete();
            self.check_names(&Names::of(&plan), findings);
        }
    }
}

impl Scenario {
    fn check_run(&self, findings: &mut Findings) {
        if self.name.is_empty() {
            findings.problem(
                "name",
                "the scenario has no name",
                "the results folder is called after it: use letters, digits and hyphens",
            );
        } else if self.name.len() > LONGEST_NAME
            || self
                .name
                .contains(|c: char| matches!(c, '/' | '\\') || c.is_control())
            || self.name.starts_with('.')
        {
            findings.problem(
                "name",
                format!("{} cannot name a folder of results", shortened(&self.name)),
                format!("use letters, digits and hyphens, {LONGEST_NAME} at most"),
            );
        }
        if self.years.get() == 0 {
            findings.problem(
                "years",
                "a run of 0 years records nothing",
                "use at least 1",
            );
        }
        let weeks = i64::from(self.years.get()) * 52 + i64::from(self.burn_in.get());
        if weeks > LONGEST {
            findings
                .problem(
                    "years",
                    format!("{weeks} weeks of burn-in and run are too many"),
                    format!("together they may be {LONGEST} weeks at most"),
                )
                .reads("burn_in");
        }
    }

    fn check_strategies(&self, findings: &mut Findings) {
        let names: Vec<String> = self.strategies.keys().cloned().collect();
        if names.is_empty() {
            findings.problem("strategies", "there is no strategy", "define at least one");
        }
        if names.len() > 250 {
            findings.problem("strategies", "more than 250 strategies", "use 250 at most");
        }
        for (name, behaviour) in &self.strategies {
            if behaviour.initiative.get() > 8 {
                findings.problem(
                    &format!("strategies.{}.initiative", quoted_key(name)),
                    format!(
                        "{} contacts a week are too many",
                        behaviour.initiative.get()
                    ),
                    "use 8 at most",
                );
            }
        }
        let shares = |findings: &mut Findings, at: &str, shares: &BTreeMap<String, Share>| {
            for name in shares.keys() {
                let at = format!("{at}.{}", quoted_key(name));
                known(findings, &at, "strategy", name, &names).map(Finding::about_key);
            }
            let parts = shares.iter().map(|(name, share)| (name, share.get()));
            sums_to_one(findings, at, "shares of the strategies", parts);
        };
        let mut assignment = self.assignment.clone();
        assignment.complete();
        shares(findings, "assignment.shares", &assignment.shares);
        for (department, own) in &self.assignment.by_department {
            shares(
                findings,
                &format!("assignment.by_department.{}", quoted_key(department)),
                own,
            );
        }
        for (p, persona) in self.personas.iter().enumerate() {
            if let Some(strategy) = &persona.strategy {
                known(
                    findings,
                    &format!("personas[{p}].strategy"),
                    "strategy",
                    strategy,
                    &names,
                );
            }
        }
    }

    fn check_rules(&self, findings: &mut Findings) {
        let present = self.hiring.office.get() + self.hiring.hybrid.get();
        if present > 1.0 + 1e-9 {
            findings.problem(
                "hiring.hybrid",
                format!(
                    "the shares of office and hybrid sum to {}",
                    rounded(present)
                ),
                "together they may be 1 at most; the rest works remotely",
            );
        }
        if self.hiring.topics.get() == 0 || self.hiring.topics.get() > 32 {
            findings.problem(
                "hiring.topics",
                format!("{} topics cannot be held", self.hiring.topics.get()),
                "use 1 to 32",
            );
        }
        if self.hiring.interests.get() > self.hiring.topics.get() {
            findings.problem(
                "hiring.interests",
                format!(
                    "{} interests of {} topics",
                    self.hiring.interests.get(),
                    self.hiring.topics.get()
                ),
                "a person cannot have more interests than there are topics",
            );
        }
        let hiring = &self.hiring;
        for (at, what, least, most) in [
            (
                "hiring.least_competence",
                "competence",
                hiring.least_competence.get(),
                hiring.most_competence.get(),
            ),
            (
                "hiring.youngest",
                "age",
                hiring.youngest.get(),
                hiring.oldest.get(),
            ),
        ] {
            if least > most {
                findings.problem(
                    at,
                    format!("the least {what}, {least}, is above the greatest, {most}"),
                    "exchange the two",
                );
            }
        }
        for (at, shortest, longest) in [
            (
                "projects.weeks_shortest",
                self.projects.weeks_shortest,
                self.projects.weeks_longest,
            ),
            (
                "vacancies.shortest",
                self.vacancies.shortest,
                self.vacancies.longest,
            ),
        ] {
            if shortest > longest {
                findings.problem(
                    at,
                    format!(
                        "the shortest time, {} weeks, is longer than the longest, {}",
                        shortest.get(),
                        longest.get()
                    ),
                    "exchange the two",
                );
            }
        }
        if self.records.ties_every.get() == 0 {
            findings.problem(
                "records.ties_every",
                "ties cannot be counted every 0 weeks",
                "use at least 1",
            );
        }
    }

    /// Rules about names of the organisation, once these are known.
    pub fn check_names(&self, names: &Names, findings: &mut Findings) {
        for department in self.assignment.by_department.keys() {
            let at = format!("assignment.by_department.{}", quoted_key(department));
            let problem = known(findings, &at, "department", department, &names.departments);
            problem.map(Finding::about_key);
        }
        let given = self.personas.iter().map(|p| &p.name).enumerate();
        unique(
            findings,
            given.map(|(i, name)| (format!("personas[{i}].name"), name)),
        );
        if self.personas.len() > self.organisation.employees.get() as usize {
            findings.problem(
                "personas",
                format!(
                    "{} personas in a firm of {}",
                    self.personas.len(),
                    self.organisation.employees.get()
                ),
                "name fewer people or employ more",
            );
        }
        for (p, persona) in self.personas.iter().enumerate() {
            self.check_persona(&format!("personas[{p}]"), persona, names, findings);
        }
        programmes::check(self, names, findings);
        restructurings::check(self, names, findings);
    }

    fn check_persona(&self, at: &str, persona: &Persona, names: &Names, findings: &mut Findings) {
        if let Some(department) = &persona.department {
            let at = format!("{at}.department");
            known(findings, &at, "department", department, &names.departments);
        }
        if let Some(level) = &persona.level {
            known(
                findings,
                &format!("{at}.level"),
                "level",
                level,
                &names.levels,
            );
        }
        if persona.source_id.is_some() && self.organisation.import.is_none() {
            findings.problem(
                &format!("{at}.source_id"),
                "an id of imported files, but nothing is imported",
                "give a department and a level in its place, or import an organisation",
            );
        }
        if persona.interests.is_some_and(|n| n.get() > 32) {
            findings.problem(
                &format!("{at}.interests"),
                "more than 32 interests",
                "use 32 at most",
            );
        }
    }
}

/// A name in quotes, cut when it is long.
fn shortened(name: &str) -> String {
    let mut letters = name.chars();
    let start: String = letters.by_ref().take(40).collect();
    let rest = if letters.next().is_some() { "…" } else { "" };
    format!("{:?}", start + rest)
}

/// Some of the names, for a sentence.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    match names.len() {
        0 => "none".to_owned(),
        n if n <= SHOWN => names.join(", "),
        n => format!("{} and {} more", names[..SHOWN].join(", "), n - SHOWN),
    }
}

/// Refuses a name that is not among the known ones.
fn known<'a>(
    findings: &'a mut Findings,
    at: &str,
    what: &str,
    name: &str,
    names: &[String],
) -> Option<&'a mut Finding> {
    if names.iter().any(|n| n == name) {
        return None;
    }
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near:?}?"),
        None => format!("there are: {}", listed(names)),
    };
    Some(findings.problem(at, format!("there is no {what} {name:?}"), help))
}

/// Names with their places; each must be there, and once.
fn unique<'a>(findings: &mut Findings, names: impl Iterator<Item = (String, &'a String)>) {
    let mut seen = BTreeSet::new();
    for (at, name) in names {
        if name.is_empty() {
            findings.problem(&at, "it has no name", "give it a name of its own");
        } else if !seen.insert(name) {
            findings.problem(
                &at,
                format!("the name {name:?} stands twice"),
                "give each a name of its own",
            );
        }
    }
}

/// Refuses shares that do not sum to one, and shows them: some may stand in another file.
fn sums_to_one<'a>(
    findings: &mut Findings,
    at: &str,
    what: &str,
    parts: impl Iterator<Item = (&'a String, f64)>,
) {
    let parts: Vec<(&String, f64)> = parts.collect();
    let sum: f64 = parts.iter().map(|(_, share)| share).sum();
    if parts.is_empty() {
        findings.problem(
            at,
            format!("there are no {what}"),
            "give shares that sum to 1",
        );
    } else if (sum - 1.0).abs() > 1e-6 {
        let parts: Vec<String> = parts
            .iter()
            .map(|(name, share)| format!("{name} {}", rounded(*share)))
            .collect();
        findings.problem(
            at,
            format!("the {what} sum to {}, not 1", rounded(sum)),
            format!(
                "change them so that they sum to 1; now they are: {}",
                listed(&parts)
            ),
        );
    }
}

/// A number without the dust of binary fractions.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
