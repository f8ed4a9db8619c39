//! Reputation and acquaintance over the years: by strategy, and of the personas.

use super::panel::{Course, by_year, mean};
use super::rows::{EmployeeYear, Rows};

/// Reputation and acquaintance of the people of one strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The strategy.
    pub strategy: String,
    /// People ever in the panel.
    pub people: usize,
    /// Mean reputation at each year's end.
    pub reputation: Course,
    /// Mean number of colleagues who know them.
    pub known_by: Course,
}

/// Reputation and acquaintance of one persona.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonaStanding {
    /// The person.
    pub employee: u32,
    /// Name.
    pub name: String,
    /// Strategy.
    pub strategy: String,
    /// Reputation at each year's end.
    pub reputation: Vec<(f64, f64)>,
    /// Colleagues who know them.
    pub known_by: Vec<(f64, f64)>,
}

/// Standing by strategy, without strategies that the panel says nothing of.
pub(super) fn standing(rows: &Rows, strategies: &[String]) -> Vec<Standing> {
    let years = by_year(rows);
    strategies
        .iter()
        .map(|strategy| {
            let course = |of: &dyn Fn(&EmployeeYear) -> Option<f64>| -> Course {
                years
                    .iter()
                    .filter_map(|(year, people)| {
                        let own = people.iter().filter(|row| &row.strategy == strategy);
                        let values: Vec<f64> = own.filter_map(|row| of(row)).collect();
                        Some((f64::from(*year), mean(&values)?))
                    })
                    .collect()
            };
            let own = rows
                .employees
                .iter()
                .filter(|row| &row.strategy == strategy);
            let mut ids: Vec<u32> = own.map(|row| row.employee).collect();
            ids.sort_unstable();
            ids.dedup();
            Standing {
                strategy: strategy.clone(),
                people: ids.len(),
                reputation: course(&|row| row.reputation),
                known_by: course(&|row| row.known_by.map(f64::from)),
            }
        })
        .filter(|standing| standing.reputation.len() > 1 || standing.known_by.len() > 1)
        .collect()
}

/// Standing of those whom the scenario names, by person.
pub(super) fn personas(rows: &Rows) -> Vec<PersonaStanding> {
    let mut found: Vec<PersonaStanding> = Vec::new();
    let mut order: Vec<&EmployeeYear> = rows.employees.iter().filter(|row| row.persona).collect();
    order.sort_by_key(|row| (row.employee, row.year));
    for row in order {
        let Some(name) = &row.name else { continue };
        if found
            .last()
            .is_none_or(|last| last.employee != row.employee)
        {
            found.push(PersonaStanding {
                employee: row.employee,
                name: name.clone(),
                strategy: row.strategy.clone(),
                reputation: Vec::new(),
                known_by: Vec::new(),
            });
        }
        let Some(own) = found.last_mut() else {
            continue;
        };
        let year = f64::from(row.year);
        own.reputation
            .extend(row.reputation.map(|value| (year, value)));
        own.known_by
            .extend(row.known_by.map(|value| (year, f64::from(value))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persona_has_a_value_for_each_year_that_the_table_tells() {
        let row = |year, employee, persona, known_by| EmployeeYear {
            year,
            employee,
            persona,
            name: Some(format!("Person {employee}")),
            strategy: "isolated".into(),
            known_by,
            reputation: Some(0.5),
            ..EmployeeYear::default()
        };
        let rows = Rows {
            employees: vec![
                row(1, 7, true, None),
                row(0, 7, true, Some(4)),
                row(0, 8, false, Some(9)),
            ],
            ..Rows::default()
        };
        let found = personas(&rows);
        assert_eq!(found.len(), 1, "only those whom the scenario names");
        assert_eq!(found[0].known_by, [(0.0, 4.0)], "empty is not nothing");
        assert_eq!(found[0].reputation, [(0.0, 0.5), (1.0, 0.5)]);
    }
}
