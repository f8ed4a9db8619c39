//! Which bundles of ties between departments are drawn: the widest of each, and of all.

use std::collections::BTreeSet;

/// Widest bundles of ties drawn of each department: all of them would be one grey, and so would three of each of
/// hundreds.
pub(super) fn bundles_drawn(departments: usize) -> usize {
    match departments {
        0..=40 => 3,
        41..=80 => 2,
        _ => 1,
    }
}

/// Bundles drawn at most, whatever the number of departments.
pub(super) const MOST_BUNDLES: usize = 100;

/// The pairs of departments whose bundle is among the widest of either, and of all.
pub(super) fn widest(between: &[usize], rooms: usize) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    for room in 0..rooms {
        let mut own: Vec<usize> = (0..rooms)
            .filter(|other| *other != room)
            .map(|other| room.min(other) * rooms + room.max(other))
            .filter(|k| between[*k] > 0)
            .collect();
        own.sort_by_key(|k| (std::cmp::Reverse(between[*k]), *k));
        kept.extend(own.into_iter().take(bundles_drawn(rooms)));
    }
    let mut order: Vec<usize> = kept.into_iter().collect();
    order.sort_by_key(|k| (std::cmp::Reverse(between[*k]), *k));
    order.truncate(MOST_BUNDLES);
    order.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_department_keeps_its_widest_bundles() {
        // five rooms; room 0 is tied to all others, the more the higher their number
        let rooms = 5;
        let mut between = vec![0; rooms * rooms];
        for (other, ties) in between.iter_mut().enumerate().take(rooms).skip(1) {
            *ties = other;
        }
        let kept = widest(&between, rooms);
        assert_eq!(
            kept.into_iter().collect::<Vec<_>>(),
            [1, 2, 3, 4],
            "the narrowest is the widest of room 1"
        );
    }
}
