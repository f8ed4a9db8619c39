//! Rules about restructurings, in the order in which they happen: one may name what an earlier one made, and
//! not what an earlier one took away.

use std::collections::BTreeMap;

use super::{Names, known, listed, unique};
use crate::mechanisms::Change;
use crate::mechanisms::restructuring::Kind;
use crate::scenario::{Findings, Scenario};

/// What is left of the organisation as one restructuring follows another.
struct Standing<'a> {
    names: &'a Names,
    departments: Vec<String>,
    /// Departments and levels that are gone, by the week in which they went.
    gone: BTreeMap<String, u32>,
    levels_gone: BTreeMap<String, u32>,
}

pub(super) fn check(scenario: &Scenario, names: &Names, findings: &mut Findings) {
    let given = scenario.restructurings.iter().map(|c| &c.name).enumerate();
    let given = given.filter(|(_, name)| !name.is_empty());
    unique(
        findings,
        given.map(|(i, name)| (format!("restructurings[{i}].name"), name)),
    );
    let mut order: Vec<usize> = (0..scenario.restructurings.len()).collect();
    order.sort_by_key(|&i| scenario.restructurings[i].week);
    let mut standing = Standing {
        names,
        departments: names.departments.clone(),
        gone: BTreeMap::new(),
        levels_gone: BTreeMap::new(),
    };
    for i in order {
        let change = &scenario.restructurings[i];
        let at = format!("restructurings[{i}]");
        check_week(&at, change, scenario.years.get() * 52, findings);
        check_keys(&at, change, findings);
        standing.follow(&at, change, findings);
    }
}

fn check_week(at: &str, change: &Change, weeks: u32, findings: &mut Findings) {
    if change.week.get() >= weeks {
        findings
            .problem(
                &format!("{at}.week"),
                format!(
                    "week {} is after the end: the run has weeks 0 to {}",
                    change.week.get(),
                    weeks.saturating_sub(1)
                ),
                "choose an earlier week, or run more years",
            )
            .reads("years");
    }
}

/// The keys that a kind needs, and those that it may have besides.
fn keys_of(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::Merge => (&["department", "with"], &["share"]),
        Kind::Split => (&["department", "into"], &[]),
        Kind::Dissolve => (&["department"], &["share"]),
        Kind::Downsize => (&[], &["department", "share"]),
        Kind::Delayer => (&["level"], &["department"]),
        Kind::CloseSite => (&["site", "to_site"], &["share"]),
        Kind::MoveFunction => (&["function", "to_site"], &["share"]),
    }
}

fn check_keys(at: &str, change: &Change, findings: &mut Findings) {
    let (needs, may) = keys_of(change.kind);
    let kind = change.kind.word();
    for (key, is_given) in [
        ("department", change.department.is_some()),
        ("with", change.with.is_some()),
        ("into", change.into.is_some()),
        ("share", change.share.is_some()),
        ("level", change.level.is_some()),
        ("site", change.site.is_some()),
        ("to_site", change.to_site.is_some()),
        ("function", change.function.is_some()),
    ] {
        if needs.contains(&key) && !is_given {
            findings.problem(
                at,
                format!("a restructuring of kind {kind:?} needs `{key}`"),
                format!("add `{key} = \"…\"`"),
            );
        } else if is_given && !needs.contains(&key) && !may.contains(&key) {
            let takes: Vec<&str> = needs.iter().chain(may).copied().collect();
            findings
                .problem(
                    &format!("{at}.{key}"),
                    format!("a restructuring of kind {kind:?} does not use `{key}`"),
                    format!("remove it; this kind takes {}", takes.join(", ")),
                )
                .about_key();
        }
    }
}

impl Standing<'_> {
    fn follow(&mut self, at: &str, change: &Change, findings: &mut Findings) {
        for (key, value) in [("department", &change.department), ("with", &change.with)] {
            if let Some(name) = value {
                self.department(&format!("{at}.{key}"), name, findings);
            }
        }
        let week = change.week.get();
        match change.kind {
            Kind::Merge => self.merge(at, change, findings),
            Kind::Split => self.split(at, change, findings),
            Kind::Dissolve => self.dissolve(at, change, findings),
            _ => {}
        }
        if let Some(level) = &change.level {
            self.level(&format!("{at}.level"), level, findings);
            // one department's level may go while the others keep theirs
            if change.kind == Kind::Delayer && change.department.is_none() {
                self.levels_gone.entry(level.clone()).or_insert(week);
            }
        }
        for (key, value) in [("site", &change.site), ("to_site", &change.to_site)] {
            if let Some(name) = value {
                known(
                    findings,
                    &format!("{at}.{key}"),
                    "site",
                    name,
                    &self.names.sites,
                );
            }
        }
        if let (Kind::CloseSite, Some(from), Some(to)) =
            (change.kind, &change.site, &change.to_site)
            && from == to
        {
            let others: Vec<String> = self
                .names
                .sites
                .iter()
                .filter(|s| *s != from)
                .cloned()
                .collect();
            findings.problem(
                &format!("{at}.to_site"),
                format!("the departments of {from:?} cannot move to the site that is closed"),
                format!("name another site; there are: {}", listed(&others)),
            );
        }
        if let Some(name) = &change.function {
            known(
                findings,
                &format!("{at}.function"),
                "function",
                name,
                &self.names.functions,
            );
        }
    }

    fn department(&self, at: &str, name: &str, findings: &mut Findings) {
        match self.gone.get(name) {
            Some(week) if !self.departments.iter().any(|d| d == name) => {
                findings.problem(
                    at,
                    format!("department {name:?} is gone: it ceases to exist in week {week}"),
                    format!("name one that is left: {}", listed(&self.departments)),
                );
            }
            _ => drop(known(findings, at, "department", name, &self.departments)),
        }
    }

    fn merge(&mut self, at: &str, change: &Change, findings: &mut Findings) {
        let (Some(a), Some(b)) = (&change.department, &change.with) else {
            return;
        };
        if a == b {
            findings.problem(
                &format!("{at}.with"),
                format!("department {a:?} cannot be merged with itself"),
                "name another department",
            );
        } else {
            self.remove(b, change.week.get());
        }
    }

    fn split(&mut self, at: &str, change: &Change, findings: &mut Findings) {
        let Some(into) = &change.into else { return };
        let at = format!("{at}.into");
        if into.is_empty() {
            findings.problem(
                &at,
                "the new department has no name",
                "give it a name of its own",
            );
        } else if self.departments.contains(into) || self.gone.contains_key(into) {
            findings.problem(
                &at,
                format!("a department {into:?} exists already, or has existed"),
                "give the new department a name of its own",
            );
        } else {
            self.departments.push(into.clone());
        }
    }

    fn dissolve(&mut self, at: &str, change: &Change, findings: &mut Findings) {
        let Some(name) = &change.department else {
            return;
        };
        if self.departments.len() < 2 && self.departments.contains(name) {
            findings.problem(
                &format!("{at}.department"),
                "the only department cannot be dissolved",
                "downsize it, or have more departments",
            );
        } else {
            self.remove(name, change.week.get());
        }
    }

    fn remove(&mut self, name: &str, week: u32) {
        if self.departments.iter().any(|d| d == name) {
            self.departments.retain(|d| d != name);
            self.gone.insert(name.to_owned(), week);
        }
    }

    fn level(&self, at: &str, level: &str, findings: &mut Findings) {
        let levels = &self.names.levels;
        known(findings, at, "level", level, levels);
        let end = if levels.first().is_some_and(|l| l == level) {
            "bottom"
        } else if levels.last().is_some_and(|l| l == level) {
            "top"
        } else {
            if let Some(week) = self.levels_gone.get(level) {
                findings.problem(
                    at,
                    format!("level {level:?} is removed in week {week} already"),
                    "remove a level once, or only in single departments",
                );
            }
            return;
        };
        let between = levels.get(1..levels.len() - 1).unwrap_or(&[]);
        let help = if between.is_empty() {
            "this ladder has no level in between; use another kind of restructuring".to_owned()
        } else {
            format!("remove a level in between: {}", listed(between))
        };
        findings.problem(
            at,
            format!("level {level:?} is the {end} of the ladder"),
            help,
        );
    }
}
