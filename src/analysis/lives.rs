//! Everybody's working life in the recorded run: when they came, which level they had when, when they went.

use std::collections::BTreeMap;

use super::promotions::recorded_weeks;
use super::rows::Rows;

/// One person's time in the firm.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Life {
    /// The person.
    pub employee: u32,
    /// Name, where there is one.
    pub name: Option<String>,
    /// Whether the scenario names this person.
    pub persona: bool,
    /// Strategy at the start.
    pub strategy: String,
    /// First week, 0 for those who were there at the start.
    pub first: i32,
    /// First week no longer there; the end of the run for those who stay.
    pub end: i32,
    /// How they went (left, laid_off, retired); none for those who stay.
    pub exit: Option<String>,
    /// Level from a week on, in order of time.
    pub levels: Vec<(i32, String)>,
    /// Weeks of promotions.
    pub promoted: Vec<i32>,
    /// Weeks of reassignments after restructurings.
    pub reassigned: Vec<i32>,
}

impl Life {
    /// The level in a week; none before the first that is known.
    pub fn level(&self, week: i32) -> Option<&str> {
        let known = self.levels.iter().rfind(|(from, _)| *from <= week);
        known
            .or(self.levels.first())
            .map(|(_, level)| level.as_str())
    }

    /// Week of the first promotion.
    pub fn first_promotion(&self) -> Option<i32> {
        self.promoted.iter().min().copied()
    }
}

/// All lives by person, and the length of the run [weeks].
pub(super) fn all(rows: &Rows) -> (BTreeMap<u32, Life>, i32) {
    let weeks = recorded_weeks(rows);
    let mut lives: BTreeMap<u32, Life> = BTreeMap::new();
    for row in &rows.employees {
        let first = row.earliest();
        let life = lives.entry(row.employee).or_insert_with(|| Life {
            employee: row.employee,
            strategy: row.strategy.clone(),
            first,
            end: weeks,
            ..Life::default()
        });
        life.persona |= row.persona;
        if life.name.is_none() {
            life.name.clone_from(&row.name);
        }
        if first < life.first {
            life.first = first;
        }
        // The panel tells the level only where no event has: events are dated to the week.
        if row.year == 0
            && let Some(level) = &row.level
        {
            life.levels.push((0, level.clone()));
        }
    }
    for event in rows.events.iter().filter(|event| event.week >= 0) {
        let (Some(employee), Some(strategy)) = (event.employee, &event.strategy) else {
            continue;
        };
        let life = lives.entry(employee).or_insert_with(|| Life {
            employee,
            strategy: strategy.clone(),
            first: event.week,
            end: weeks,
            ..Life::default()
        });
        match event.kind.as_str() {
            "hired" => life.first = event.week,
            "promoted" => life.promoted.push(event.week),
            "reassigned" => life.reassigned.push(event.week),
            "left" | "laid_off" | "retired" => {
                life.end = event.week;
                life.exit = Some(event.kind.clone());
                continue;
            }
            _ => {}
        }
        if life.levels.is_empty()
            && let Some(level) = &event.from_level
            && event.kind != "hired"
        {
            life.levels.push((life.first, level.clone()));
        }
        if let Some(level) = &event.to_level
            && life.levels.last().map(|(_, last)| last) != Some(level)
        {
            life.levels.push((event.week, level.clone()));
        }
    }
    // Somebody without any event after the hire has the level of the first panel.
    for row in &rows.employees {
        if let (Some(life), Some(level)) = (lives.get_mut(&row.employee), &row.level)
            && life.levels.is_empty()
        {
            life.levels.push((life.first, level.clone()));
        }
    }
    for life in lives.values_mut() {
        life.levels.sort_by_key(|(week, _)| *week);
    }
    (lives, weeks)
}

/// All levels, from the lowest up: by their rank where the table has it, else by who is promoted into which, and
/// by headcount.
pub(super) fn ladder(rows: &Rows) -> Vec<String> {
    let mut found: BTreeMap<&str, (Option<i32>, usize)> = BTreeMap::new();
    for row in &rows.employees {
        if let Some(level) = &row.level {
            let entry = found.entry(level).or_insert((row.level_rank, 0));
            entry.1 += 1;
        }
    }
    let mut order: Vec<(&str, (Option<i32>, usize))> = found.into_iter().collect();
    order.sort_by_key(|(name, (rank, people))| {
        (rank.unwrap_or(0), std::cmp::Reverse(*people), *name)
    });
    let ranked = order.iter().all(|(_, (rank, _))| rank.is_some());
    let mut levels: Vec<String> = order.iter().map(|(name, _)| (*name).to_owned()).collect();
    if ranked {
        return levels;
    }
    let ups: Vec<(&str, &str)> = rows
        .events
        .iter()
        .filter(|event| event.kind == "promoted")
        .filter_map(|event| Some((event.from_level.as_deref()?, event.to_level.as_deref()?)))
        .filter(|(from, to)| from != to)
        .collect();
    // Each pass mends what it finds; tables that contradict themselves may not keep us for ever.
    for _ in 0..levels.len() {
        let mut changed = false;
        for (from, to) in &ups {
            let place = |name: &str| levels.iter().position(|level| level == name);
            if let (Some(a), Some(b)) = (place(from), place(to))
                && a > b
            {
                levels.swap(a, b);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::super::rows::{EmployeeYear, Event};
    use super::*;

    #[test]
    fn a_life_is_put_together_from_panel_and_events() {
        let row = |year, level: &str| EmployeeYear {
            year,
            employee: 3,
            strategy: "isolated".into(),
            level: Some(level.into()),
            ..EmployeeYear::default()
        };
        let event = |week, kind: &str, from: &str, to: Option<&str>| Event {
            week,
            kind: kind.into(),
            employee: Some(3),
            strategy: Some("isolated".into()),
            from_level: Some(from.into()),
            to_level: to.map(Into::into),
            ..Event::default()
        };
        let rows = Rows {
            employees: vec![row(0, "analyst"), row(1, "senior")],
            events: vec![
                event(10, "promoted", "analyst", Some("senior")),
                event(70, "left", "senior", None),
            ],
            ..Rows::default()
        };
        let (lives, weeks) = all(&rows);
        let life = &lives[&3];
        assert_eq!((life.first, life.end, weeks), (0, 70, 71));
        assert_eq!(
            (life.level(9), life.level(10)),
            (Some("analyst"), Some("senior"))
        );
        assert_eq!(life.first_promotion(), Some(10));
        assert_eq!(ladder(&rows), ["analyst", "senior"]);
    }
}
