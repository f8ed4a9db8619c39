//! The network before and after: who is where, which ties there are, which of them survive.

use std::collections::{BTreeMap, BTreeSet};

use super::intervals::{self, Interval};
use super::rows::{Position, Rows};
use super::snapshots::{self, SnapshotPair};
use super::tied;

/// The network in two snapshots.
#[derive(Debug, Clone, PartialEq)]
pub struct Networks {
    /// The snapshots.
    pub pair: SnapshotPair,
    /// Departments of either snapshot, sorted by name.
    pub departments: Vec<String>,
    /// People of either snapshot, by id.
    pub people: Vec<NetworkPerson>,
    /// Undirected ties before, by the people's indices.
    pub before: Vec<NetworkTie>,
    /// Undirected ties after.
    pub after: Vec<NetworkTie>,
    /// Ties of reassigned people that were still there after, among people present in both.
    pub survival_reassigned: Survival,
    /// The same of the ties between two people who were not reassigned.
    pub survival_others: Survival,
}

/// One person in both snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkPerson {
    /// The person.
    pub employee: u32,
    /// Name of a persona.
    pub persona: Option<String>,
    /// Index into the analysis' strategies.
    pub strategy: usize,
    /// Whether they were given another post in between.
    pub reassigned: bool,
    /// Department before, as an index; none if absent.
    pub before: Option<usize>,
    /// Department after, as an index; none if absent.
    pub after: Option<usize>,
}

/// A tie between two people, whoever holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetworkTie {
    /// Index of the person with the smaller id.
    pub one: usize,
    /// Index of the other.
    pub other: usize,
    /// Strength, summed over layers and both directions.
    pub strength: f32,
}

/// How many ties survived.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Survival {
    /// Ties before.
    pub before: usize,
    /// Those of them that were there after.
    pub kept: usize,
    /// As many ties without a person in common would say as much about the share that is kept.
    pub effective: f64,
}

impl Survival {
    /// Share kept; its interval allows for ties that have a person in common and so share a fate.
    pub fn share(&self) -> Option<Interval> {
        let share = self.kept as f64 / self.before as f64;
        (self.before > 0).then(|| intervals::wilson_of(share, self.effective))
    }
}

/// The network in the two snapshots to show, or why there is none.
pub(super) fn summarise(
    rows: &Rows,
    strategies: &[String],
    personas: &[(u32, String)],
) -> Result<Networks, &'static str> {
    let pair = snapshots::choose(rows)?;
    let reassigned = snapshots::reassigned(rows, &pair);
    let before = snapshots::by_employee(rows, &pair.before);
    let after = snapshots::by_employee(rows, &pair.after);
    let departments: Vec<String> = before
        .values()
        .chain(after.values())
        .map(|row| department(row))
        .collect::<BTreeSet<String>>()
        .into_iter()
        .collect();
    let place = |row: Option<&&Position>| {
        row.and_then(|row| departments.binary_search(&department(row)).ok())
    };
    let ids: BTreeSet<u32> = before.keys().chain(after.keys()).copied().collect();
    let people: Vec<NetworkPerson> = ids
        .iter()
        .filter_map(|id| {
            let row = before.get(id).or_else(|| after.get(id))?;
            Some(NetworkPerson {
                employee: *id,
                persona: personas
                    .iter()
                    .find(|(p, _)| p == id)
                    .map(|(_, name)| name.clone()),
                strategy: strategies.binary_search(&row.strategy).ok()?,
                reassigned: reassigned.contains(id),
                before: place(before.get(id)),
                after: place(after.get(id)),
            })
        })
        .collect();
    let index: BTreeMap<u32, usize> = people
        .iter()
        .enumerate()
        .map(|(i, person)| (person.employee, i))
        .collect();
    let ties_before = undirected(rows, &pair.before, &index);
    let ties_after = undirected(rows, &pair.after, &index);
    if ties_before.is_empty() && ties_after.is_empty() {
        return Err("skipped.no_ties_compared");
    }
    let there: BTreeSet<(usize, usize)> = ties_after.iter().map(|t| (t.one, t.other)).collect();
    let survival = |moved: bool| {
        let mut ties = Vec::new();
        for tie in &ties_before {
            let (one, other) = (&people[tie.one], &people[tie.other]);
            if one.after.is_some()
                && other.after.is_some()
                && (one.reassigned || other.reassigned) == moved
            {
                let kept = there.contains(&(tie.one, tie.other));
                ties.push((tie.one, tie.other, kept));
            }
        }
        Survival {
            before: ties.len(),
            kept: ties.iter().filter(|(.., kept)| *kept).count(),
            effective: tied::effective(&ties),
        }
    };
    Ok(Networks {
        survival_reassigned: survival(true),
        survival_others: survival(false),
        pair,
        departments,
        people,
        before: ties_before,
        after: ties_after,
    })
}

fn department(row: &Position) -> String {
    row.department
        .clone()
        .unwrap_or_else(|| "no department".into())
}

fn undirected(rows: &Rows, snapshot: &str, index: &BTreeMap<u32, usize>) -> Vec<NetworkTie> {
    let mut ties: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    for row in rows
        .ties
        .iter()
        .filter(|row| row.snapshot == snapshot && row.strength > 0.0)
    {
        if let (Some(a), Some(b)) = (index.get(&row.source), index.get(&row.target))
            && a != b
        {
            *ties.entry((*a.min(b), *a.max(b))).or_default() += row.strength;
        }
    }
    ties.into_iter()
        .map(|((one, other), strength)| NetworkTie {
            one,
            other,
            strength,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::TieRow;
    use super::*;

    #[test]
    fn ties_are_joined_over_directions_and_followed() {
        let position = |snapshot: &str, week, employee, department: &str| Position {
            snapshot: snapshot.into(),
            week,
            employee,
            strategy: "isolated".into(),
            department: Some(department.into()),
            ..Default::default()
        };
        let tie = |snapshot: &str, source, target| TieRow {
            snapshot: snapshot.into(),
            source,
            target,
            strength: 0.5,
            ..TieRow::default()
        };
        let mut positions = Vec::new();
        for id in 1..=4 {
            positions.push(position("start", 0, id, "a"));
        }
        positions.push(position("end", 52, 1, "a"));
        positions.push(position("end", 52, 2, "a"));
        positions.push(position("end", 52, 3, "b"));
        let rows = Rows {
            positions,
            ties: vec![
                tie("start", 1, 2),
                tie("start", 2, 1),
                tie("start", 1, 3),
                tie("start", 2, 3),
                tie("start", 1, 4),
                tie("end", 2, 1),
                tie("end", 3, 1),
            ],
            ..Default::default()
        };
        let networks = summarise(&rows, &["isolated".into()], &[]).unwrap();
        assert_eq!(networks.departments, ["a", "b"]);
        assert_eq!(
            networks.before[0],
            NetworkTie {
                one: 0,
                other: 1,
                strength: 1.0
            }
        );
        let counts = |survival: Survival| (survival.before, survival.kept);
        assert_eq!(counts(networks.survival_others), (1, 1));
        let moved = networks.survival_reassigned;
        assert_eq!(
            counts(moved),
            (2, 1),
            "person 4 left, so 1-4 is not counted"
        );
        assert_eq!(networks.people[3].after, None);
    }
}
