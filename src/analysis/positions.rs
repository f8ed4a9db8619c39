//! Network positions before and after: Burt's constraint against betweenness.

use super::intervals::{self, Interval};
use super::rows::Rows;
use super::snapshots::{self, SnapshotPair};

/// Everybody's position in two snapshots.
#[derive(Debug, Clone, PartialEq)]
pub struct Positions {
    /// The snapshots.
    pub pair: SnapshotPair,
    /// People with both measures in at least one snapshot, by id.
    pub people: Vec<PersonPosition>,
    /// Median change of constraint, after minus before, of the reassigned people present in both.
    pub change_reassigned: Change,
    /// The same of all others.
    pub change_others: Change,
}

/// One person's place in both snapshots.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonPosition {
    /// The person.
    pub employee: u32,
    /// Name of a persona.
    pub persona: Option<String>,
    /// Index into the analysis' strategies.
    pub strategy: usize,
    /// Whether they were given another post in between.
    pub reassigned: bool,
    /// Place before; none if absent or without ties.
    pub before: Option<Place>,
    /// Place after; none if absent or without ties.
    pub after: Option<Place>,
}

/// A place in the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Betweenness, at least 0.
    pub betweenness: f64,
    /// Burt's constraint, at least 0.
    pub constraint: f64,
    /// Ties held.
    pub degree: Option<f64>,
    /// Burt's effective size.
    pub effective_size: Option<f64>,
}

/// How constraint changed among some people.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Change {
    /// People present in both snapshots.
    pub people: usize,
    /// Median change; none of nobody.
    pub median: Option<f64>,
    /// The median with its sign-test interval; none below six people.
    pub interval: Option<Interval>,
}

impl Change {
    fn of(changes: &[f64]) -> Self {
        Self {
            people: changes.len(),
            median: intervals::median(changes),
            interval: intervals::median_interval(changes),
        }
    }
}

/// Positions in the two snapshots to show, or why there are none.
pub(super) fn summarise(
    rows: &Rows,
    strategies: &[String],
    personas: &[(u32, String)],
) -> Result<Positions, &'static str> {
    let pair = snapshots::choose(rows)?;
    let reassigned = snapshots::reassigned(rows, &pair);
    let before = snapshots::by_employee(rows, &pair.before);
    let after = snapshots::by_employee(rows, &pair.after);
    let mut ids: Vec<u32> = before.keys().chain(after.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let people: Vec<PersonPosition> = ids
        .into_iter()
        .filter_map(|id| {
            let row = before.get(&id).or_else(|| after.get(&id))?;
            let place = |row: Option<&&super::rows::Position>| {
                let row = row?;
                Some(Place {
                    betweenness: row.betweenness?,
                    constraint: row.constraint?,
                    degree: row.degree,
                    effective_size: row.effective_size,
                })
                .filter(|p| p.betweenness.is_finite() && p.constraint.is_finite())
            };
            Some(PersonPosition {
                employee: id,
                persona: personas
                    .iter()
                    .find(|(p, _)| *p == id)
                    .map(|(_, name)| name.clone()),
                strategy: strategies.binary_search(&row.strategy).ok()?,
                reassigned: reassigned.contains(&id),
                before: place(before.get(&id)),
                after: place(after.get(&id)),
            })
        })
        .filter(|person| person.before.is_some() || person.after.is_some())
        .collect();
    if people.is_empty() {
        return Err("skipped.no_positions");
    }
    let changes = |moved: bool| -> Vec<f64> {
        people
            .iter()
            .filter(|person| person.reassigned == moved)
            .filter_map(|person| Some(person.after?.constraint - person.before?.constraint))
            .collect()
    };
    Ok(Positions {
        change_reassigned: Change::of(&changes(true)),
        change_others: Change::of(&changes(false)),
        pair,
        people,
    })
}

impl Positions {
    /// Median place of a strategy's people, before (`false`) or after (`true`).
    pub fn median(&self, strategy: usize, after: bool) -> Option<Place> {
        let places: Vec<Place> = self
            .people
            .iter()
            .filter(|person| person.strategy == strategy)
            .filter_map(|person| if after { person.after } else { person.before })
            .collect();
        let column = |of: fn(&Place) -> f64| -> Vec<f64> { places.iter().map(of).collect() };
        Some(Place {
            betweenness: intervals::median(&column(|p| p.betweenness))?,
            constraint: intervals::median(&column(|p| p.constraint))?,
            degree: None,
            effective_size: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::Position;
    use super::*;

    #[test]
    fn changes_are_paired_and_missing_measures_stay_missing() {
        let row = |snapshot: &str, week, employee, constraint| Position {
            snapshot: snapshot.into(),
            week,
            employee,
            strategy: "isolated".into(),
            department: Some(if employee == 3 { snapshot } else { "a" }.into()),
            betweenness: Some(2.0),
            constraint,
            ..Position::default()
        };
        let rows = Rows {
            positions: vec![
                row("start", 0, 1, Some(0.5)),
                row("start", 0, 2, None),
                row("start", 0, 3, Some(0.2)),
                row("end", 52, 1, Some(0.75)),
                row("end", 52, 2, Some(0.1)),
                row("end", 52, 3, Some(0.5)),
            ],
            ..Default::default()
        };
        let found = summarise(&rows, &["isolated".into()], &[(3, "Ada".into())]).unwrap();
        assert_eq!(
            found.change_others.people, 1,
            "person 2 had no constraint before"
        );
        assert_eq!(found.change_others.median, Some(0.25));
        assert_eq!(
            found.change_reassigned.people, 1,
            "person 3 changed department"
        );
        assert!(
            found.change_reassigned.interval.is_none(),
            "one person has no interval"
        );
        assert_eq!(found.people[2].persona.as_deref(), Some("Ada"));
        assert_eq!(found.median(0, false).unwrap().constraint, 0.35);
    }
}
