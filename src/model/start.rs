//! From a loaded scenario to a firm ready to run: reads the files of a real organisation where the scenario names
//! one, and then checks what could not be checked before they were read.

use std::fmt;
use std::path::Path;

use super::Model;
use super::build::{Notes, build};
use crate::initialization::import::FileProblem;
use crate::initialization::{Arranged, ImportPlan, Imported};
use crate::random::Randomness;
use crate::scenario::{Findings, Loaded, Names, Problems, Scenario, nearest, quoted_key};
use crate::world::World;

/// Why a loaded scenario cannot start: all of it wrong input.
#[derive(Debug, Clone)]
pub enum CannotStart {
    /// The files of the organisation are wrong.
    Files(Vec<FileProblem>),
    /// The scenario does not fit the files.
    Scenario(Problems),
}

impl fmt::Display for CannotStart {
    /// Every problem with its place, as it is shown to the user.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(problems) => {
                for problem in problems {
                    writeln!(f, "error: {problem}\n")?;
                }
                match problems.len() {
                    1 => writeln!(f, "1 problem"),
                    count => writeln!(f, "{count} problems"),
                }
            }
            Self::Scenario(problems) => problems.fmt(f),
        }
    }
}

impl std::error::Error for CannotStart {}

/// Builds the firm of a loaded scenario; `base_folder` is where the scenario file lies.
///
/// # Errors
/// Wrong files of a real organisation, or names in the scenario that are not in them; everything at once.
pub fn start(
    loaded: &Loaded<Scenario>,
    base_folder: &Path,
) -> Result<(Model, World, Notes), CannotStart> {
    let imported = read(loaded, base_folder)?;
    Ok(build(loaded.value.clone(), imported.as_ref()))
}

/// Reads and checks the real organisation of a scenario, if it has one: the part of [`start`] that `allies check` does.
///
/// # Errors
/// As [`start`].
pub fn read(
    loaded: &Loaded<Scenario>,
    base_folder: &Path,
) -> Result<Option<Imported>, CannotStart> {
    let scenario = &loaded.value;
    let Some(plan) = &scenario.organisation.import else {
        return Ok(None);
    };
    let imported = Imported::read(plan, base_folder).map_err(CannotStart::Files)?;
    let mut findings = Findings::default();
    check_import(plan, &imported, &mut findings);
    let arranged = imported.arrange(&Randomness::new(scenario.seed));
    check_names(scenario, &imported, &arranged, &mut findings);
    let problems = Problems::from_checks(&findings, &loaded.source);
    if problems.is_empty() {
        Ok(Some(imported))
    } else {
        Err(CannotStart::Scenario(problems))
    }
}

/// What the section of the import says against what the files hold.
fn check_import(plan: &ImportPlan, imported: &Imported, findings: &mut Findings) {
    let base = "organisation.import";
    for layer in plan.layers.keys() {
        let at = format!("{base}.layers.{}", quoted_key(layer));
        known(
            findings,
            &at,
            "layer",
            layer,
            imported.layers().iter().map(String::as_str),
        );
    }
    let found = imported.levels();
    let at = format!("{base}.level_order");
    if found.is_empty() && !plan.level_order.is_empty() {
        findings.problem(
            &at,
            "the files name no levels that could be put in order",
            "name their column with `map.level`, or remove `level_order`",
        );
    } else if !plan.level_order.is_empty() {
        for (i, level) in plan.level_order.iter().enumerate() {
            let at = format!("{at}[{i}]");
            known(
                findings,
                &at,
                "level",
                level,
                found.iter().map(String::as_str),
            );
            if plan.level_order[..i].contains(level) {
                findings.problem(
                    &at,
                    format!("the level {level:?} stands twice"),
                    "remove one",
                );
            }
        }
        for level in found
            .iter()
            .filter(|level| !plan.level_order.contains(level))
        {
            findings.problem(
                &at,
                format!("the level {level:?} of the files is missing"),
                format!(
                    "name each of these once, the lowest first: {}",
                    found.join(", ")
                ),
            );
        }
    }
}

/// Names that other sections use against the names in the files.
fn check_names(
    scenario: &Scenario,
    imported: &Imported,
    arranged: &Arranged<'_>,
    findings: &mut Findings,
) {
    let mut completed = scenario.clone();
    arranged.complete(&mut completed.organisation);
    completed.organisation.complete();
    let names = Names::of(&completed.organisation);
    let plan = &scenario.organisation;
    // what the plan lists itself can only add to what the files say
    let listed = [
        (
            "levels",
            "level",
            plan.levels.iter().map(|l| &l.name).collect::<Vec<_>>(),
            &names.levels,
        ),
        (
            "departments",
            "department",
            plan.departments.iter().map(|d| &d.name).collect(),
            &names.departments,
        ),
        (
            "functions",
            "function",
            plan.functions.iter().map(|f| &f.name).collect(),
            &names.functions,
        ),
        ("sites", "site", plan.sites.iter().collect(), &names.sites),
    ];
    for (key, what, listed, found) in listed {
        for (i, name) in listed.into_iter().enumerate() {
            let at = format!("organisation.{key}[{i}]");
            known(findings, &at, what, name, found.iter().map(String::as_str));
        }
    }
    for (found, most, what) in [
        (names.levels.len(), 60, "levels"),
        (names.departments.len(), 60_000, "departments"),
        (names.functions.len(), 250, "functions"),
        (names.sites.len(), 250, "sites"),
    ] {
        if found > most {
            findings.problem(
                "organisation.import",
                format!("the files hold {found} {what}, more than can be told apart"),
                format!("use {most} at most, or map another column"),
            );
        }
    }
    for (p, persona) in scenario.personas.iter().enumerate() {
        let at = format!("personas[{p}].source_id");
        let Some(id) = &persona.source_id else {
            continue;
        };
        known(
            findings,
            &at,
            "person with the id",
            id,
            imported.source_ids(),
        );
        let earlier = scenario.personas[..p]
            .iter()
            .find(|q| q.source_id.as_ref() == Some(id));
        if let Some(earlier) = earlier {
            findings.problem(
                &at,
                format!(
                    "the person {id:?} is the persona {:?} already",
                    earlier.name
                ),
                "give each persona a person of their own",
            );
        }
    }
    completed.check_names(&names, findings);
}

/// Finds fault with a name that is not among those of the files.
fn known<'a>(
    findings: &mut Findings,
    at: &str,
    what: &str,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) {
    let names: Vec<&str> = names.collect();
    if names.contains(&name) {
        return;
    }
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean {near:?}?"),
        None if names.len() <= 12 => format!("there are: {}", names.join(", ")),
        None => format!(
            "there are {}: {} and so on",
            names.len(),
            names[..3].join(", ")
        ),
    };
    findings.problem(at, format!("the files hold no {what} {name:?}"), help);
}
