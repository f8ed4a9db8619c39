//! One person's alliances: who stands how close, who would speak for them, which ties are hollow, at every snapshot.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Rows, TieRow};

/// Weeks without contact after which a tie is called dormant.
pub(super) const DORMANT: i32 = 13;

/// The person that charts of one person show, at every snapshot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ego {
    /// The person.
    pub employee: u32,
    /// Name, where there is one.
    pub name: Option<String>,
    /// Snapshots at which the person was there, in order of time.
    pub snapshots: Vec<EgoSnapshot>,
    /// Which of them the alliance map shows.
    pub shown: usize,
}

/// The person's contacts at one snapshot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EgoSnapshot {
    /// Name of the snapshot.
    pub snapshot: String,
    /// Its week.
    pub week: i32,
    /// Department of the person.
    pub department: Option<String>,
    /// Everybody tied to the person in either direction, closest first.
    pub contacts: Vec<Contact>,
}

/// How close a contact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Closeness {
    /// Strong on two layers or more.
    Close,
    /// Strong on one layer.
    Strong,
    /// Weak.
    #[default]
    Weak,
    /// Only the other holds a tie.
    OneWay,
}

/// One contact of the person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contact {
    /// The contact.
    pub employee: u32,
    /// Name, where there is one.
    pub name: Option<String>,
    /// Whether the scenario names them.
    pub persona: bool,
    /// Index into the analysis' strategies; none if unknown.
    pub strategy: Option<usize>,
    /// How close they stand, as the person sees it.
    pub closeness: Closeness,
    /// Would speak for the person.
    pub advocate: bool,
    /// Gives the person information, by habit and trust.
    pub informant: bool,
    /// Collaboration is strong both ways.
    pub collaborator: bool,
    /// Above the person, with strong career support for them.
    pub mentor: bool,
    /// A mentor who would also speak for them.
    pub sponsor: bool,
    /// Looks strong to the person, and would not speak for them.
    pub hollow: bool,
    /// Leads to another department.
    pub bridge: bool,
    /// No contact for [`DORMANT`] weeks.
    pub dormant: bool,
}

/// How many ties of each kind a person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Portfolio {
    /// Strong on a layer.
    pub strong: usize,
    /// Held, but weak.
    pub weak: usize,
    /// To another department, strong or weak.
    pub bridging: usize,
    /// Look strong, but would not speak.
    pub hollow: usize,
    /// Without contact for a quarter.
    pub dormant: usize,
}

impl EgoSnapshot {
    /// The ties that the person holds, counted by kind.
    pub fn portfolio(&self) -> Portfolio {
        let held = || {
            self.contacts
                .iter()
                .filter(|c| c.closeness != Closeness::OneWay)
        };
        let count = |of: fn(&Contact) -> bool| held().filter(|contact| of(contact)).count();
        Portfolio {
            strong: count(|c| c.closeness <= Closeness::Strong),
            weak: count(|c| c.closeness == Closeness::Weak),
            bridging: count(|c| c.bridge),
            hollow: count(|c| c.hollow),
            dormant: count(|c| c.dormant),
        }
    }
}

/// Alliances of the person in focus, or why there are none.
pub(super) fn summarise(rows: &Rows, strategies: &[String]) -> Result<Ego, &'static str> {
    let focus = rows.focus.ok_or("skipped.no_person")?;
    let mut by_snapshot: BTreeMap<(i32, &str), Vec<&TieRow>> = BTreeMap::new();
    for tie in rows
        .ties
        .iter()
        .filter(|t| t.source == focus || t.target == focus)
    {
        by_snapshot
            .entry((tie.week, &tie.snapshot))
            .or_default()
            .push(tie);
    }
    let mut places: BTreeMap<(&str, u32), Option<&str>> = BTreeMap::new();
    for row in &rows.positions {
        places.insert((&row.snapshot, row.employee), row.department.as_deref());
    }
    let mut people: BTreeMap<u32, (Option<&str>, bool, &str)> = BTreeMap::new();
    for row in &rows.employees {
        people
            .entry(row.employee)
            .or_insert((row.name.as_deref(), row.persona, &row.strategy));
    }
    // who came and went within a year is in no yearly row
    for row in &rows.positions {
        people
            .entry(row.employee)
            .or_insert((None, false, &row.strategy));
    }
    let there: BTreeSet<(i32, &str)> = rows
        .positions
        .iter()
        .filter(|row| row.employee == focus)
        .map(|row| (row.week, row.snapshot.as_str()))
        .collect();
    let none = Vec::new();
    let snapshots: Vec<EgoSnapshot> = there
        .iter()
        .map(|(week, snapshot)| {
            let ties = by_snapshot.get(&(*week, *snapshot)).unwrap_or(&none);
            let department = places.get(&(*snapshot, focus)).copied().flatten();
            let others: BTreeSet<u32> = ties
                .iter()
                .map(|tie| {
                    if tie.source == focus {
                        tie.target
                    } else {
                        tie.source
                    }
                })
                .collect();
            let rank = |who: u32| rank_at(rows, who, *week);
            let mut contacts: Vec<Contact> = others
                .iter()
                .map(|other| {
                    let held = ties.iter().find(|t| t.target == *other).copied();
                    let back = ties.iter().find(|t| t.source == *other).copied();
                    let above = rank(*other) > rank(focus);
                    let (name, persona, strategy) =
                        people.get(other).copied().unwrap_or((None, false, ""));
                    let there = places.get(&(*snapshot, *other)).copied().flatten();
                    let mut contact = roles(rows, held, back, above, *week);
                    contact.employee = *other;
                    contact.name = name.map(ToOwned::to_owned);
                    contact.persona = persona;
                    contact.strategy = strategies.iter().position(|s| s == strategy);
                    contact.bridge = there.is_some() && department.is_some() && there != department;
                    contact
                })
                .collect();
            contacts.sort_by_key(|contact| (contact.closeness, contact.employee));
            EgoSnapshot {
                snapshot: (*snapshot).to_owned(),
                week: *week,
                department: department.map(ToOwned::to_owned),
                contacts,
            }
        })
        .collect();
    if snapshots
        .iter()
        .all(|snapshot| snapshot.contacts.is_empty())
    {
        return Err("skipped.no_ties");
    }
    let asked = rows.snapshot.as_deref();
    // Without a wish: the last look before the restructuring that moved most people, else the first.
    let wished = asked.map(ToOwned::to_owned).or_else(|| {
        let pair = super::snapshots::choose(rows).ok()?;
        Some(pair.before)
    });
    let shown = wished.and_then(|name| snapshots.iter().position(|s| s.snapshot == name));
    if asked.is_some() && shown.is_none() {
        return Err("skipped.not_there");
    }
    let fallback = snapshots.iter().position(|s| !s.contacts.is_empty());
    Ok(Ego {
        employee: focus,
        name: people
            .get(&focus)
            .and_then(|(name, _, _)| *name)
            .map(ToOwned::to_owned),
        shown: shown.or(fallback).unwrap_or(0),
        snapshots,
    })
}

/// Rank of a person's level in the last panel before a week; none where the table has no ranks.
fn rank_at(rows: &Rows, who: u32, week: i32) -> Option<i32> {
    let year = (week + 1).max(0) / crate::units::WEEKS_PER_YEAR;
    rows.employees
        .iter()
        .filter(|row| row.employee == who)
        .min_by_key(|row| (row.year as i32 - year).abs())
        .and_then(|row| row.level_rank)
}

/// Roles as `records/roles.rs` defines them, from the two records of a pair.
fn roles(
    rows: &Rows,
    held: Option<&TieRow>,
    back: Option<&TieRow>,
    above: bool,
    week: i32,
) -> Contact {
    let strong = rows.definitions.strong;
    let speaks_up = rows.definitions.speaks_up;
    let support = |tie: &TieRow| tie.trust * tie.layers[1].max(tie.layers[2]);
    let advocate = back.is_some_and(|tie| support(tie) >= speaks_up);
    let mentor = above && back.is_some_and(|tie| tie.layers[2] >= strong);
    let warm = held.is_some_and(|tie| tie.layers[1].max(tie.layers[2]) >= strong);
    let works = |tie: Option<&TieRow>| tie.is_some_and(|tie| tie.layers[0] >= strong);
    let closeness = held.map_or(Closeness::OneWay, |tie| {
        match tie.layers.iter().filter(|layer| **layer >= strong).count() {
            0 => Closeness::Weak,
            1 => Closeness::Strong,
            _ => Closeness::Close,
        }
    });
    Contact {
        closeness,
        advocate,
        informant: back.is_some_and(|tie| tie.informs == Some(true)),
        collaborator: works(held) && works(back),
        mentor,
        sponsor: mentor && advocate,
        hollow: warm && !advocate,
        dormant: held
            .and_then(|tie| tie.last_contact)
            .is_some_and(|last| week - last > DORMANT),
        ..Contact::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{EmployeeYear, Position};
    use super::*;

    #[test]
    fn roles_are_read_off_both_records() {
        let tie = |source, target, layers: [f32; 3], trust, last| TieRow {
            snapshot: "start".into(),
            week: 20,
            source,
            target,
            strength: layers.iter().sum(),
            layers,
            trust,
            last_contact: Some(last),
            informs: Some(source == 2),
        };
        let person = |employee, rank| EmployeeYear {
            employee,
            strategy: "isolated".into(),
            level_rank: Some(rank),
            ..EmployeeYear::default()
        };
        let place = |employee, department: &str| Position {
            snapshot: "start".into(),
            week: 20,
            employee,
            department: Some(department.into()),
            ..Position::default()
        };
        let mut rows = Rows {
            employees: vec![person(1, 1), person(2, 2), person(3, 1)],
            positions: vec![place(1, "A"), place(2, "B"), place(3, "A")],
            ties: vec![
                tie(1, 2, [0.5, 0.5, 0.1], 0.5, 19),
                tie(2, 1, [0.5, 0.1, 0.9], 0.9, 19),
                tie(1, 3, [0.0, 0.6, 0.0], 0.5, 2),
            ],
            focus: Some(1),
            ..Rows::default()
        };
        rows.definitions.strong = 0.4;
        rows.definitions.speaks_up = 0.3;
        let ego = summarise(&rows, &["isolated".into()]).unwrap();
        let contacts = &ego.snapshots[0].contacts;
        let (two, three) = (&contacts[0], &contacts[1]);
        assert_eq!((two.employee, two.closeness), (2, Closeness::Close));
        assert!(two.advocate && two.mentor && two.sponsor && two.bridge && two.informant);
        assert!(two.collaborator && !two.hollow && !two.dormant);
        assert!(three.hollow && three.dormant && !three.bridge && !three.advocate);
        let portfolio = ego.snapshots[0].portfolio();
        assert_eq!(
            (portfolio.strong, portfolio.weak, portfolio.hollow),
            (2, 0, 1)
        );
    }
}
