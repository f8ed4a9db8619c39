//! From the outcomes of an experiment file to outcomes that can be read, or what is wrong with them.

use super::complaints::Complaints;
use super::filters::{self, tests};
use super::incidence_plan::{incidence, only_incidence};
use super::outcome::{Outcome, Reading};
use crate::experiment::file::{OutcomePlan, Summary, near};
use crate::records::{Kind, TableSpec, columns};
use crate::scenario::Findings;

/// The tables that can be read, by name.
fn spec_of(name: &str) -> Option<(usize, &'static TableSpec)> {
    let found = columns::ALL.iter().enumerate();
    found
        .map(|(i, spec)| (i, *spec))
        .find(|(_, spec)| spec.name == name)
}

/// Checks one outcome of a file.
pub(in crate::experiment) fn check(outcomes: &[OutcomePlan], i: usize, findings: &mut Findings) {
    drop(compile_one(outcomes, i, &mut Some(findings)));
}

/// The outcomes of a file that has passed its checks.
pub fn compile(outcomes: &[OutcomePlan]) -> Vec<Outcome> {
    (0..outcomes.len())
        .filter_map(|i| compile_one(outcomes, i, &mut None))
        .collect()
}

fn compile_one(
    outcomes: &[OutcomePlan],
    i: usize,
    findings: &mut Option<&mut Findings>,
) -> Option<Outcome> {
    let plan = &outcomes[i];
    let mut complaints = Complaints {
        at: format!("outcomes[{i}]"),
        findings,
        wrong: false,
    };
    let reading = match plan.summary {
        Summary::Difference | Summary::Ratio => two(plan, &outcomes[..i], &mut complaints),
        Summary::Incidence => incidence(plan, &mut complaints),
        _ => rows(plan, &mut complaints),
    };
    (!complaints.wrong).then_some(())?;
    Some(Outcome {
        name: plan.name.clone(),
        title: plan.title.clone().unwrap_or_else(|| plan.name.clone()),
        curve: plan.curve(),
        reading: reading?,
    })
}

fn two(
    plan: &OutcomePlan,
    above: &[OutcomePlan],
    complaints: &mut Complaints<'_, '_>,
) -> Option<Reading> {
    let above = above.iter().flat_map(OutcomePlan::by_year);
    let names: Vec<String> = above.map(|outcome| outcome.name).collect();
    let [first, second] = plan.of.as_slice() else {
        complaints.say(
            "of",
            format!("{} outcomes are named", plan.of.len()),
            "name two that stand above this one: of = [\"…\", \"…\"]".to_owned(),
        );
        return None;
    };
    let mut place = |name: &String| {
        let found = names.iter().position(|n| n == name);
        if found.is_none() {
            let message = format!("there is no outcome {name:?} above this one");
            complaints.say("of", message, near(name, &names));
        }
        found
    };
    let (first, second) = (place(first), place(second));
    Some(Reading::Two {
        first: first?,
        second: second?,
        by: plan.summary == Summary::Ratio,
    })
}

fn rows(plan: &OutcomePlan, complaints: &mut Complaints<'_, '_>) -> Option<Reading> {
    let names: Vec<String> = columns::ALL
        .iter()
        .map(|spec| spec.name.to_owned())
        .collect();
    let Some(name) = &plan.table else {
        complaints.say(
            "",
            "the outcome names no table".to_owned(),
            format!("add `table`, one of: {}", names.join(", ")),
        );
        return None;
    };
    let Some((table, spec)) = spec_of(name) else {
        complaints.say(
            "table",
            format!("there is no table {name:?}"),
            near(name, &names),
        );
        return None;
    };
    only_incidence(plan, complaints);
    let filter = tests(&plan.filter, spec, "filter", complaints);
    let which = tests(&plan.which, spec, "which", complaints);
    let column = column(plan, spec, complaints);
    if !plan.of.is_empty() {
        complaints.say(
            "of",
            "only a difference or a ratio is `of` others".to_owned(),
            "remove it, or change `summary`".to_owned(),
        );
    }
    match plan.summary {
        Summary::Share if plan.which.is_empty() => complaints.say(
            "which",
            "a share needs to know which rows are counted".to_owned(),
            "add `which = { column = value }`".to_owned(),
        ),
        Summary::Share => {}
        _ if !plan.which.is_empty() => complaints.say(
            "which",
            "only a share has `which`".to_owned(),
            "remove it, or put it into `filter`".to_owned(),
        ),
        _ => {}
    }
    let mut among = Vec::new();
    if plan.summary == Summary::Rate {
        if name != "events" {
            complaints.say(
                "table",
                "a rate is taken of events".to_owned(),
                "use table = \"events\", or another summary".to_owned(),
            );
        }
        among = filters::among(plan, complaints);
    } else if !plan.among.is_empty() {
        complaints.say(
            "among",
            "only a rate or an incidence has `among`".to_owned(),
            "remove it, or put it into `filter`".to_owned(),
        );
    }
    if let Some(at) = &plan.at
        && !is_moment(spec.name, at)
    {
        let (message, help) = match spec.name {
            "positions" | "ties" | "employees" | "weekly" => (
                format!("{at:?} is no moment of this table"),
                match spec.name {
                    "employees" => "use start, end, or year-1, year-2 and so on",
                    "weekly" => "use start or end, or a filter on `week`",
                    _ => {
                        "use start, end, year-1 and so on, or restructuring-1-before, restructuring-1-after-4, -13, -52"
                    }
                },
            ),
            _ => (
                "this table has rows at any time".to_owned(),
                "use a filter on `week`",
            ),
        };
        complaints.say("at", message, help.to_owned());
    }
    Some(Reading::Rows {
        table,
        column,
        filter,
        at: plan.at.clone(),
        summary: plan.summary,
        which,
        among,
    })
}

/// The column of a summary that needs one.
fn column(
    plan: &OutcomePlan,
    spec: &'static TableSpec,
    complaints: &mut Complaints<'_, '_>,
) -> Option<usize> {
    let needs = !matches!(
        plan.summary,
        Summary::Count | Summary::Share | Summary::Rate
    );
    let numbers = || {
        spec.columns
            .iter()
            .filter(|c| c.kind != Kind::Text)
            .map(|c| c.name.to_owned())
            .collect::<Vec<_>>()
    };
    match (&plan.column, needs) {
        (None, false) => None,
        (Some(_), false) => {
            complaints.say(
                "column",
                "this summary counts rows and reads no column".to_owned(),
                "remove it, or change `summary`".to_owned(),
            );
            None
        }
        (None, true) => {
            complaints.say(
                "",
                "the summary needs a column".to_owned(),
                format!("add `column`, one of: {}", numbers().join(", ")),
            );
            None
        }
        (Some(name), true) => {
            let found = spec
                .column_index(name)
                .filter(|&c| spec.columns[c].kind != Kind::Text);
            if found.is_none() {
                let message = if spec.column_index(name).is_some() {
                    format!("column {name:?} of {} holds text", spec.name)
                } else {
                    format!("table {} has no column {name:?}", spec.name)
                };
                complaints.say("column", message, near(name, &numbers()));
            }
            found
        }
    }
}

fn is_moment(table: &str, at: &str) -> bool {
    let numbered = |text: &str, prefix: &str| {
        text.strip_prefix(prefix)
            .is_some_and(|n| n.parse::<u32>().is_ok_and(|n| n > 0))
    };
    match table {
        "weekly" => matches!(at, "start" | "end"),
        "employees" => matches!(at, "start" | "end") || numbered(at, "year-"),
        "positions" | "ties" => {
            let change = at
                .strip_prefix("restructuring-")
                .and_then(|rest| rest.split_once('-'));
            matches!(at, "start" | "end")
                || numbered(at, "year-")
                || change.is_some_and(|(n, when)| {
                    n.parse::<u32>().is_ok_and(|n| n > 0)
                        && matches!(when, "before" | "after-4" | "after-13" | "after-52")
                })
        }
        _ => false,
    }
}
