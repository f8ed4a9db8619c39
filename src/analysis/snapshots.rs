//! Which two snapshots are compared, and who was moved between them.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Outcome, Position, Rows};

/// Two snapshots of the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotPair {
    /// Restructuring between them; none when the run had none and start and end are compared.
    pub restructuring: Option<String>,
    /// Name of the earlier snapshot.
    pub before: String,
    /// Name of the later snapshot.
    pub after: String,
    /// Weeks before the restructuring; the week itself without one.
    pub before_week: i32,
    /// Weeks after the restructuring; the week itself without one.
    pub after_week: i32,
}

/// The pair to show: the restructuring that gave most people another post, a week before and 13 weeks after
/// (4 or 52 where that is missing); start and end without restructuring. The reason if there is none.
pub(super) fn choose(rows: &Rows) -> Result<SnapshotPair, &'static str> {
    let mut weeks: BTreeMap<&str, i32> = BTreeMap::new();
    for row in &rows.positions {
        weeks.entry(&row.snapshot).or_insert(row.week);
    }
    let mut affected: BTreeMap<&str, (usize, i32)> = BTreeMap::new();
    for row in &rows.placements {
        affected
            .entry(&row.restructuring)
            .or_insert((0, row.week))
            .0 += usize::from(moves(row.outcome));
    }
    let mut order: Vec<(&str, (usize, i32))> = affected.into_iter().collect();
    order.sort_by_key(|(name, (people, week))| (std::cmp::Reverse(*people), *week, *name));
    for (name, _) in order {
        let before = format!("restructuring-{name}-before");
        for gap in [13, 4, 52] {
            let after = format!("restructuring-{name}-after-{gap}");
            if weeks.contains_key(before.as_str()) && weeks.contains_key(after.as_str()) {
                return Ok(SnapshotPair {
                    restructuring: Some(name.to_owned()),
                    before,
                    after,
                    before_week: 1,
                    after_week: gap,
                });
            }
        }
    }
    let (Some(first), Some(last)) = (
        weeks.iter().min_by_key(|(_, week)| **week),
        weeks.iter().max_by_key(|(_, week)| **week),
    ) else {
        return Err("skipped.no_snapshots");
    };
    if first.1 == last.1 {
        return Err("skipped.one_snapshot");
    }
    Ok(SnapshotPair {
        restructuring: None,
        before: (*first.0).to_owned(),
        after: (*last.0).to_owned(),
        before_week: *first.1,
        after_week: *last.1,
    })
}

/// Whether someone got another post. Who keeps the post while the department gets another name has not moved.
fn moves(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Better | Outcome::Lateral | Outcome::LessDesirable
    )
}

/// People whom the restructuring gave another post; those who changed department, without one.
pub(super) fn reassigned(rows: &Rows, pair: &SnapshotPair) -> BTreeSet<u32> {
    if let Some(name) = &pair.restructuring {
        return rows
            .placements
            .iter()
            .filter(|row| &row.restructuring == name)
            .filter(|row| moves(row.outcome))
            .map(|row| row.employee)
            .collect();
    }
    let before = by_employee(rows, &pair.before);
    by_employee(rows, &pair.after)
        .iter()
        .filter(|(id, after)| {
            before
                .get(id)
                .is_some_and(|before| before.department != after.department)
        })
        .map(|(id, _)| *id)
        .collect()
}

/// The positions of one snapshot by person.
pub(super) fn by_employee<'a>(rows: &'a Rows, snapshot: &str) -> BTreeMap<u32, &'a Position> {
    rows.positions
        .iter()
        .filter(|row| row.snapshot == snapshot)
        .map(|row| (row.employee, row))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::Placement;
    use super::*;

    fn position(snapshot: &str, week: i32, employee: u32, department: &str) -> Position {
        Position {
            snapshot: snapshot.into(),
            week,
            employee,
            department: Some(department.into()),
            ..Default::default()
        }
    }

    fn placement(restructuring: &str, week: i32, employee: u32, outcome: Outcome) -> Placement {
        Placement {
            restructuring: restructuring.into(),
            week,
            employee,
            strategy: "isolated".into(),
            from_department: Some("a".into()),
            to_department: Some("a".into()),
            outcome,
            displaced: None,
        }
    }

    #[test]
    fn the_restructuring_that_touched_most_people_is_shown() {
        let rows = Rows {
            placements: vec![
                placement("1", 20, 1, Outcome::Kept),
                placement("2", 90, 1, Outcome::Lateral),
                placement("2", 90, 2, Outcome::Dismissed),
            ],
            positions: ["restructuring-1-before", "restructuring-1-after-13"]
                .iter()
                .chain(&["restructuring-2-before", "restructuring-2-after-4"])
                .map(|name| position(name, 0, 1, "a"))
                .collect(),
            ..Default::default()
        };
        let pair = choose(&rows).unwrap();
        assert_eq!(
            pair.after, "restructuring-2-after-4",
            "13 weeks are not there"
        );
        assert_eq!(
            reassigned(&rows, &pair),
            BTreeSet::from([1]),
            "the dismissed are gone"
        );
    }

    #[test]
    fn without_restructuring_start_and_end_are_compared() {
        let mut rows = Rows {
            positions: vec![position("start", 0, 1, "a"), position("end", 104, 1, "b")],
            ..Default::default()
        };
        let pair = choose(&rows).unwrap();
        assert_eq!(
            (pair.before.as_str(), pair.after.as_str()),
            ("start", "end")
        );
        assert_eq!(reassigned(&rows, &pair), BTreeSet::from([1]));
        rows.positions.pop();
        assert!(choose(&rows).unwrap_err().contains("one_snapshot"));
    }
}
