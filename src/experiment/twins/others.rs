//! What another life of one person changes for everybody else.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{integer, text};
use crate::records::Table;

/// What the person's other life changed for everybody else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others {
    /// Colleagues to whom something happened in only one of the worlds, or at another time.
    pub people: usize,
    /// Events of others in each world.
    pub events: [usize; 2],
    /// Of these, in both worlds, the same in the same week.
    pub common: usize,
    /// Promotions of others in each world.
    pub promotions: [usize; 2],
}

/// What happened to everybody else, in both worlds.
pub(super) fn others(events: [&Table; 2], id: u32) -> Others {
    type Happened = (i64, i64, String, String, String);
    let of = |table: &Table| -> BTreeMap<Happened, usize> {
        let mut happened = BTreeMap::new();
        for row in 0..table.len() {
            if let (Some(week), Some(who)) =
                (integer(table, row, "week"), integer(table, row, "employee"))
                && who != i64::from(id)
            {
                let part = |column: &str| text(table, row, column);
                let event = (
                    who,
                    week,
                    part("kind"),
                    part("to_department"),
                    part("to_level"),
                );
                *happened.entry(event).or_default() += 1;
            }
        }
        happened
    };
    let worlds = events.map(of);
    let count = |world: &BTreeMap<Happened, usize>, kind: Option<&str>| {
        let counted = world
            .iter()
            .filter(|(e, _)| kind.is_none_or(|kind| e.2 == kind));
        counted.map(|(_, n)| n).sum()
    };
    let common = worlds[0]
        .iter()
        .map(|(event, n)| (*n).min(worlds[1].get(event).copied().unwrap_or(0)))
        .sum();
    let mut people = BTreeSet::new();
    for (own, other) in [(0, 1), (1, 0)] {
        let differ = worlds[own]
            .iter()
            .filter(|(e, n)| worlds[other].get(e) != Some(n));
        people.extend(differ.map(|(event, _)| event.0));
    }
    Others {
        people: people.len(),
        events: [count(&worlds[0], None), count(&worlds[1], None)],
        common,
        promotions: [
            count(&worlds[0], Some("promoted")),
            count(&worlds[1], Some("promoted")),
        ],
    }
}
