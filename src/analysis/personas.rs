//! The careers of the personas: named people whom the scenario fixes and every output follows.

use super::rows::{EmployeeYear, Event, Rows};
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

/// An event of a career in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareerStep {
    /// Week, 0 at the start.
    pub week: i32,
    /// What happened ("promoted to manager").
    pub text: String,
}

impl CareerStep {
    /// When it happened, as year and week counted from 1.
    pub fn when(&self) -> String {
        let (year, week) = (
            self.week / WEEKS_PER_YEAR + 1,
            self.week % WEEKS_PER_YEAR + 1,
        );
        format!("year {year}, week {week}")
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
    let steps: Vec<CareerStep> = events
        .iter()
        .filter_map(|event| {
            Some(CareerStep {
                week: event.week,
                text: in_words(event)?,
            })
        })
        .collect();
    let exit = events
        .iter()
        .rfind(|event| matches!(event.kind.as_str(), "left" | "laid_off" | "retired"))
        .and_then(|event| {
            Some(CareerStep {
                week: event.week,
                text: in_words(event)?,
            })
        });
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

/// The event in words; none for what is no step of a career.
fn in_words(event: &Event) -> Option<String> {
    let to = |place: &Option<String>| {
        place
            .as_ref()
            .map_or_else(String::new, |place| format!(" to {place}"))
    };
    Some(match event.kind.as_str() {
        "hired" => "hired".into(),
        "promoted" => format!("promoted{}", to(&event.to_level)),
        "reassigned" => {
            let level = if event.to_level == event.from_level {
                String::new()
            } else {
                event
                    .to_level
                    .as_ref()
                    .map_or_else(String::new, |level| format!(" as {level}"))
            };
            format!("reassigned{}{level}", to(&event.to_department))
        }
        "moved" => format!("moved{}", to(&event.to_department)),
        "left" => "left the firm".into(),
        "laid_off" => "was dismissed".into(),
        "retired" => "retired".into(),
        _ => return None,
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
        let texts: Vec<&str> = career.steps.iter().map(|step| step.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "promoted to senior",
                "reassigned to Operations",
                "left the firm"
            ]
        );
        assert_eq!(career.exit.unwrap().when(), "year 2, week 9");
    }
}
