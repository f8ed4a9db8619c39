//! Ties of a running firm, as the facts about their lives need them.

use std::collections::BTreeMap;

use super::observed::{Lapsed, QUARTER, Spell};
use crate::model::Model;
use crate::units::WEEKS_PER_YEAR;
use crate::world::{FRIENDSHIP, Tie, World};

/// Strength from which a layer is strong, or was: that of monthly contact, from which surveys name a colleague.
const STRONG: f32 = 0.2;
/// Silence after which a tie that was strong is called lapsed.
const LAPSED: i32 = 3 * WEEKS_PER_YEAR;

/// Calls `f` for every active tie to someone who is still the same person, by ego and place.
pub(super) fn for_active(world: &World, mut f: impl FnMut(u32, u32, &Tie)) {
    for ego in world.employees.present() {
        let row = world.ties.row(ego);
        for (place, alter, tie) in row.iter() {
            let other = &world.employees.profiles[alter as usize];
            if i32::from(row.active_until[place]) >= world.week
                && tie.formed >= other.hired
                && other.is_employed()
            {
                f(ego, alter, tie);
            }
        }
    }
}

/// Every active tie now, by the identities of both: what a spell of a quarter begins with.
pub(super) fn spells(world: &World, model: &Model) -> BTreeMap<(u32, u32), Spell> {
    let week = world.week;
    let profiles = &world.employees.profiles;
    let mut partners: Vec<Vec<u32>> = vec![Vec::new(); world.employees.slots()];
    let mut now: BTreeMap<(u32, u32), Spell> = BTreeMap::new();
    for_active(world, |ego, alter, _| partners[ego as usize].push(alter));
    for list in &mut partners {
        list.sort_unstable();
    }
    let fading = model.fading();
    for_active(world, |ego, alter, tie| {
        let other = &partners[alter as usize];
        let mutual = partners[ego as usize]
            .iter()
            .filter(|p| other.binary_search(p).is_ok())
            .count();
        let owed = |week| f64::from(-tie.ledger * fading.ledger_left(tie, week));
        now.insert(
            (profiles[ego as usize].id, profiles[alter as usize].id),
            Spell {
                age: week - i32::from(tie.formed),
                strength: f64::from(fading.closeness(tie, week)),
                mutual: mutual as u32,
                contacted: week - i32::from(tie.last_contact) < QUARTER,
                kept: false,
                later: 0.0,
                owes: owed(week + QUARTER).max(0.0),
                owes_later: owed(week),
                friends: fading.now(tie, week)[FRIENDSHIP] >= STRONG,
                influence: f64::from(profiles[alter as usize].influence),
            },
        );
    });
    now
}

/// Ties that were strong at their last contact, years ago, with someone who is still here.
pub(super) fn lapsed(world: &World, model: &Model) -> Vec<Lapsed> {
    let (week, fading) = (world.week, model.fading());
    let first = model.scenario().sincerity.first_trust.single();
    let mut found = Vec::new();
    for ego in world.employees.present() {
        for (_, alter, tie) in world.ties.row(ego).iter() {
            let other = &world.employees.profiles[alter as usize];
            if tie.formed < other.hired
                || !other.is_employed()
                || tie.peak() < STRONG
                || week - i32::from(tie.last_contact) < LAPSED
            {
                continue;
            }
            let (strength, trust_left) = fading.taken_up(tie, week);
            let revived = strength.into_iter().fold(0.0, f32::max);
            let trust = first + (tie.trust - first) * trust_left;
            found.push(Lapsed {
                before: f64::from(tie.peak()),
                revived: f64::from(revived),
                trust_before: f64::from(tie.trust),
                trust_revived: f64::from(trust),
            });
        }
    }
    found
}
