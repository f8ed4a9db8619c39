//! Rules about HR programmes: when they run, and for whom.

use super::{Names, known, unique};
use crate::interventions::{Kind, Programme};
use crate::scenario::{Findings, Scenario};

pub(super) fn check(scenario: &Scenario, names: &Names, findings: &mut Findings) {
    let given = scenario.programmes.iter().map(|p| &p.name).enumerate();
    let given = given.filter(|(_, name)| !name.is_empty());
    unique(
        findings,
        given.map(|(i, name)| (format!("programmes[{i}].name"), name)),
    );
    if scenario.programmes.len() > usize::from(u16::MAX) {
        findings.problem(
            "programmes",
            format!("{} programmes are too many", scenario.programmes.len()),
            "have fewer",
        );
    }
    for (i, programme) in scenario.programmes.iter().enumerate() {
        let at = format!("programmes[{i}]");
        check_window(&at, programme, scenario.years.get() * 52, findings);
        check_group(&at, programme, names, findings);
    }
}

fn check_window(at: &str, programme: &Programme, weeks: u32, findings: &mut Findings) {
    if programme.week.get() >= weeks {
        findings
            .problem(
                &format!("{at}.week"),
                format!(
                    "week {} is after the end: the run has weeks 0 to {}",
                    programme.week.get(),
                    weeks.saturating_sub(1)
                ),
                "choose an earlier week, or run more years",
            )
            .reads("years");
    }
    if programme.weeks.get() == 0 {
        findings.problem(
            &format!("{at}.weeks"),
            "a programme of 0 weeks does nothing",
            "use at least 1, or remove it",
        );
    }
}

/// For whom it is open, and whether that can be anyone.
fn check_group(at: &str, programme: &Programme, names: &Names, findings: &mut Findings) {
    for (l, level) in programme.levels.iter().enumerate() {
        let at = format!("{at}.levels[{l}]");
        known(findings, &at, "level", level, &names.levels);
    }
    for (d, department) in programme.departments.iter().enumerate() {
        let at = format!("{at}.departments[{d}]");
        known(findings, &at, "department", department, &names.departments);
    }
    if let (Some(from), Some(to)) = (programme.tenure_from, programme.tenure_to)
        && from > to
    {
        findings.problem(
            &format!("{at}.tenure_from"),
            format!(
                "nobody has been here for {} weeks at least and {} at most",
                from.get(),
                to.get()
            ),
            "exchange the two",
        );
    }
    if programme.kind == Kind::Rotation {
        let own = programme.departments.len();
        if names.departments.len() == 1 || own == 1 {
            findings.problem(
                at,
                "a rotation within one department moves nobody",
                "open it to two departments at least",
            );
        }
    }
    if matches!(programme.kind, Kind::Mentoring | Kind::Sponsorship)
        && names
            .levels
            .last()
            .is_some_and(|top| programme.levels == [top.clone()])
    {
        findings.problem(
            &format!("{at}.levels"),
            format!(
                "nobody stands above the top level, so a programme of kind {:?} has no one senior for them",
                programme.kind.word()
            ),
            "open it to lower levels",
        );
    }
}
