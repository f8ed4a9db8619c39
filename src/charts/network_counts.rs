//! What the pictures of the network count: people, moves and ties by department, and the strongest ties.

use std::collections::BTreeMap;

use crate::analysis::{NetworkTie, Networks};

/// Each person's strongest ties that are drawn.
pub(super) const TIES_DRAWN: usize = 3;

/// A person's department before or after.
pub(super) fn room_of(found: &Networks, person: usize, after: bool) -> Option<usize> {
    let person = &found.people[person];
    if after { person.after } else { person.before }
}

/// People in each department.
pub(super) fn headcounts(found: &Networks, after: bool) -> Vec<usize> {
    let mut counts = vec![0_usize; found.departments.len()];
    for person in 0..found.people.len() {
        if let Some(room) = room_of(found, person, after) {
            counts[room] += 1;
        }
    }
    counts
}

/// People moved from one department to another between the snapshots: from, to and how many, the largest flow first.
pub(super) fn moves(found: &Networks) -> Vec<(usize, usize, usize)> {
    let mut flows: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for person in found.people.iter().filter(|person| person.reassigned) {
        if let (Some(from), Some(to)) = (person.before, person.after)
            && from != to
        {
            *flows.entry((from, to)).or_default() += 1;
        }
    }
    let mut flows: Vec<(usize, usize, usize)> = flows
        .into_iter()
        .map(|((from, to), people)| (from, to, people))
        .collect();
    flows.sort_by_key(|(from, to, people)| (std::cmp::Reverse(*people), *from, *to));
    flows
}

/// Ties between each pair of departments, at `smaller * departments + larger`.
pub(super) fn between_departments(found: &Networks, after: bool) -> Vec<usize> {
    let rooms = found.departments.len();
    let mut between = vec![0_usize; rooms * rooms];
    for tie in if after { &found.after } else { &found.before } {
        if let (Some(a), Some(b)) = (
            room_of(found, tie.one, after),
            room_of(found, tie.other, after),
        ) && a != b
        {
            between[a.min(b) * rooms + a.max(b)] += 1;
        }
    }
    between
}

/// Most ties between any two departments, before or after: both panels use one scale.
pub(super) fn most_between(found: &Networks) -> usize {
    [false, true]
        .into_iter()
        .flat_map(|after| between_departments(found, after))
        .max()
        .unwrap_or(0)
        .max(1)
}

/// The ties that are among the strongest of either of their people.
pub(super) fn strongest(ties: &[NetworkTie], people: usize) -> Vec<NetworkTie> {
    let mut order: Vec<&NetworkTie> = ties.iter().collect();
    order.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    let mut drawn = vec![0_usize; people];
    let mut kept = Vec::new();
    for tie in order {
        if drawn[tie.one] < TIES_DRAWN || drawn[tie.other] < TIES_DRAWN {
            drawn[tie.one] += 1;
            drawn[tie.other] += 1;
            kept.push(*tie);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_keeps_the_strongest_ties() {
        let tie = |one, other, strength| NetworkTie {
            one,
            other,
            strength,
        };
        let all: Vec<NetworkTie> = (1..=6).map(|other| tie(0, other, other as f32)).collect();
        let kept = strongest(&all, 7);
        assert_eq!(
            kept.len(),
            6,
            "each is among the strongest of the other person"
        );
        assert_eq!(kept[0].strength, 6.0);
        let mut dense = Vec::new();
        for one in 0..8 {
            for other in one + 1..8 {
                dense.push(tie(one, other, 1.0));
            }
        }
        assert!(strongest(&dense, 8).len() < dense.len());
    }
}
