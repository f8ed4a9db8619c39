//! Active ties of the firm at a moment, for the tables.

use super::layers::Now;
use crate::world::{LAYERS, World};

/// One active tie of a snapshot.
pub(super) struct Active {
    pub(super) ego: u32,
    pub(super) alter: u32,
    pub(super) strength: [f32; LAYERS],
    pub(super) trust: f32,
    pub(super) ledger: f32,
    pub(super) insight: u8,
    pub(super) first_contact: i16,
    pub(super) last_contact: i16,
}

/// Places of a row that hold an active tie to someone who is still the same person.
pub(super) fn active_places(world: &World, ego: u32) -> impl Iterator<Item = usize> + '_ {
    let row = world.ties.row(ego);
    let week = world.week;
    row.active_until
        .iter()
        .enumerate()
        .filter(move |(place, until)| {
            i32::from(**until) >= week && {
                let alter = row.partners[*place];
                row.records[*place].formed >= world.employees.profiles[alter as usize].hired
                    && world.employees.profiles[alter as usize].is_employed()
            }
        })
        .map(|(place, _)| place)
}

/// All active ties, by ego and then alter.
pub(super) fn active_ties(world: &World, now: Now<'_>) -> Vec<Active> {
    let mut active = Vec::new();
    for ego in world.employees.present() {
        let row = world.ties.row(ego);
        let first = active.len();
        for place in active_places(world, ego) {
            let tie = &row.records[place];
            active.push(Active {
                ego,
                alter: row.partners[place],
                strength: now(tie),
                trust: tie.trust,
                ledger: tie.ledger,
                insight: tie.insight,
                first_contact: tie.formed,
                last_contact: tie.last_contact,
            });
        }
        active[first..].sort_unstable_by_key(|tie| tie.alter);
    }
    active
}
