//! The careers of the personas: named people whom the scenario fixes and every output follows.

use super::rows::{EmployeeYear, Event, Rows};
use crate::language::Language;
use crate::units::WEEKS_PER_YEAR;

/// One persona's career in this run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Career {
    /// The person.
    pub employee: u32,
    /// Name.
    pub name: String,
    /// Strategy at the start.
    pub strategy: String,
    /// Post when first seen ("analyst, Finance"); none if the table does not say.
    pub first_post: Option<String>,
    /// Post when last seen.
    pub last_post: Option<String>,
    /// Promotions.
    pub promotions: usize,
    /// Reassignments after restructurings.
    pub reassignments: usize,
    /// How they left; none if still there at the end.
    pub exit: Option<CareerStep>,
    /// What happened to them, in order.
    pub steps: Vec<CareerStep>,
}

/// An event of a career.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CareerStep {
    /// Week, 0 at the start.
    pub week: i32,
    /// What happened: hired, promoted, reassigned, moved, left, laid_off, retired.
    pub kind: String,
    /// Level afterwards, where it changed.
    pub level: Option<String>,
    /// Department afterwards.
    pub department: Option<String>,
}

impl CareerStep {
    /// When it happened, as year and week counted from 1.
    pub fn when(&self, language: Language) -> String {
        let (year, week) = (
            self.week / WEEKS_PER_YEAR + 1,
            self.week % WEEKS_PER_YEAR + 1,
        );
        language.say(
            "career.when",
            &[("year", year.into()), ("week", week.into())],
        )
    }

    /// What happened, in words ("promoted to manager").
    pub fn text(&self, language: Language) -> String {
        let level = |key: &str, level: &String| language.say(key, &[("level", level.into())]);
        let department = |key: &str, to: &String| language.say(key, &[("department", to.into())]);
        match (self.kind.as_str(), &self.level, &self.department) {
            ("promoted", Some(to), _) => level("career.promoted_to", to),
            ("reassigned", Some(level), Some(to)) => language.say(
                "career.reassigned_as",
                &[("department", to.into()), ("level", level.into())],
            ),
            ("reassigned", None, Some(to)) => department("career.reassigned_to", to),
            ("moved", _, Some(to)) => department("career.moved_to", to),
            (kind, _, _) => language.name("career", kind),
        }
    }
}

/// Careers of all personas, sorted by name.
pub(super) fn summarise(rows: &Rows) -> Vec<Career> {
    let mut personas: Vec<&EmployeeYear> = Vec::new();
    for row in rows
        .employees
        .iter()
        .filter(|row| row.persona && row.name.is_some())
    {
        match personas
            .iter_mut()
            .find(|first| first.employee == row.employee)
        {
            Some(first) if row.year < first.year => *first = row,
            Some(_) => {}
            None => personas.push(row),
        }
    }
    let mut careers: Vec<Career> = personas
        .into_iter()
        .map(|first| career(rows, first))
        .collect();
    careers.sort_by(|a, b| (&a.name, a.employee).cmp(&(&b.name, b.employee)));
    careers
}

fn career(rows: &Rows, first: &EmployeeYear) -> Career {
    let last = rows
        .employees
        .iter()
        .filter(|row| row.employee == first.employee)
        .max_by_key(|row| row.year)
        .unwrap_or(first);
    let mut events: Vec<&Event> = rows
        .events
        .iter()
        .filter(|event| event.employee == Some(first.employee) && event.week >= 0)
        .collect();
    events.sort_by_key(|event| event.week);
    let count = |kind: &str| events.iter().filter(|event| event.kind == kind).count();
    let steps: Vec<CareerStep> = events.iter().filter_map(|event| step(event)).collect();
    let exit = events
        .iter()
        .rfind(|event| matches!(event.kind.as_str(), "left" | "laid_off" | "retired"))
        .and_then(|event| step(event));
    Career {
        employee: first.employee,
        name: first.name.clone().unwrap_or_default(),
        strategy: first.strategy.clone(),
        first_post: post(first.level.as_deref(), first.department.as_deref()),
        last_post: post(last.level.as_deref(), last.department.as_deref()),
        promotions: count("promoted"),
        reassignments: count("reassigned"),
        exit,
        steps,
    }
}

fn post(level: Option<&str>, department: Option<&str>) -> Option<String> {
    match (level, department) {
        (Some(level), Some(department)) => Some(format!("{level}, {department}")),
        (Some(only), None) | (None, Some(only)) => Some(only.to_owned()),
        (None, None) => None,
    }
}

/// The event as a step; none for what is no step of a career.
fn step(event: &Event) -> Option<CareerStep> {
    let steps = [
        "hired",
        "promoted",
        "reassigned",
        "moved",
        "left",
        "laid_off",
        "retired",
    ];
    steps.contains(&event.kind.as_str()).then(|| CareerStep {
        week: event.week,
        kind: event.kind.clone(),
        level: event
            .to_level
            .clone()
            .filter(|level| event.from_level.as_ref() != Some(level)),
        department: event.to_department.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_career_is_told_in_order() {
        let row = |year, level: &str| EmployeeYear {
            year,
            employee: 7,
            name: Some("Michael".into()),
            persona: true,
            strategy: "isolated".into(),
            department: Some("Finance".into()),
            level: Some(level.into()),
            ..EmployeeYear::default()
        };
        let event = |week, kind: &str, to_level: &str| Event {
            week,
            kind: kind.into(),
            employee: Some(7),
            from_level: Some("analyst".into()),
            to_level: Some(to_level.into()),
            to_department: Some("Operations".into()),
            ..Default::default()
        };
        let rows = Rows {
            employees: vec![row(1, "senior"), row(0, "analyst")],
            events: vec![
                event(60, "left", "senior"),
                event(30, "reassigned", "analyst"),
                event(10, "promoted", "senior"),
                event(20, "incident", "senior"),
            ],
            ..Default::default()
        };
        let career = summarise(&rows).remove(0);
        assert_eq!(career.first_post.as_deref(), Some("analyst, Finance"));
        assert_eq!((career.promotions, career.reassignments), (1, 1));
        let english = Language::ENGLISH;
        let texts: Vec<String> = career.steps.iter().map(|step| step.text(english)).collect();
        assert_eq!(
            texts,
            [
                "promoted to senior",
                "reassigned to Operations",
                "left the firm"
            ]
        );
        assert_eq!(career.exit.unwrap().when(english), "year 2, week 9");
    }
}
