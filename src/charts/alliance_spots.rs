//! Where the contacts of an alliance map stand: near their part of the sector, in the band of their ring, and none on
//! another.

use super::alliance_rings::{INSIDE, RINGS, Rings, STEP, ring};
use crate::analysis::{Closeness, Contact};

/// Of a mark's radius, how far neighbours stand apart.
const GAP: f32 = 0.3;
/// Of its radius, how far a mark would rather move than stand on the line to another.
const CLEAR: f32 = 6.0;
/// Of a mark's radius, steps in which it moves along its ring.
const ALONG: f32 = 0.4;
/// Places across the band of a ring, from the outermost to the deepest.
const ACROSS: u8 = 5;
/// Of its size, what is left of a mark when it shrinks for want of room.
const SHRINK: f32 = 0.94;
/// How often it may.
const TRIES: usize = 30;

/// A contact that wants a place.
pub(super) struct Wish {
    pub(super) closeness: Closeness,
    /// Where on its ring it would best stand.
    pub(super) angle: f32,
    /// The first and the last angle of its own in the sector.
    pub(super) between: (f32, f32),
    /// How far the mark reaches, ring included, of its radius.
    pub(super) reach: f32,
}

/// Angle and order of each contact of one sector, as shares of its width.
///
/// The contacts of each ring spread over the whole sector, yet no two of any ring stand on one ray: a
/// line from the middle would otherwise run through the nearer mark to the farther one.
pub(super) fn shares(contacts: &[&Contact]) -> Vec<f32> {
    let mut wishes: Vec<(f32, Closeness, usize)> = Vec::with_capacity(contacts.len());
    for (closeness, _) in RINGS {
        let own: Vec<usize> = (0..contacts.len())
            .filter(|i| contacts[*i].closeness == closeness)
            .collect();
        for (k, i) in own.iter().enumerate() {
            wishes.push(((k as f32 + 0.5) / own.len() as f32, closeness, *i));
        }
    }
    wishes.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut shares = vec![0.0; contacts.len()];
    for (place, (_, _, i)) in wishes.iter().enumerate() {
        shares[*i] = (place as f32 + 0.5) / contacts.len() as f32;
    }
    shares
}

/// A place for each, and the radius of the marks: as much of `radius` as the crowd leaves room for.
pub(super) fn spots(rings: Rings, wishes: &[Wish], radius: f32) -> (Vec<(f32, f32)>, f32) {
    let mut radius = radius;
    for _ in 0..TRIES {
        if let Some(spots) = apart(rings, wishes, radius) {
            return (spots, radius);
        }
        radius *= SHRINK;
    }
    let wished = |wish: &Wish| rings.at(wish.angle, ring(wish.closeness) - INSIDE);
    (wishes.iter().map(wished).collect(), radius)
}

/// A place for each so that marks of this radius stand apart, if there is one: the inner rings first, which have the
/// least room, each as near to its wish as those before it allow.
fn apart(rings: Rings, wishes: &[Wish], radius: f32) -> Option<Vec<(f32, f32)>> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| {
        let (one, other) = (&wishes[*a], &wishes[*b]);
        (one.closeness.cmp(&other.closeness)).then(one.angle.total_cmp(&other.angle))
    });
    let mut spots = vec![(0.0, 0.0); wishes.len()];
    for (place, i) in order.iter().enumerate() {
        let before: Vec<((f32, f32), f32)> = order[..place]
            .iter()
            .map(|j| (spots[*j], wishes[*j].reach * radius))
            .collect();
        spots[*i] = nearest(rings, &wishes[*i], radius, &before)?;
    }
    Some(spots)
}

/// The best place of one that is apart from those before it, which have a place and a reach.
fn nearest(
    rings: Rings,
    wish: &Wish,
    radius: f32,
    before: &[((f32, f32), f32)],
) -> Option<(f32, f32)> {
    let reach = wish.reach * radius;
    let wished = rings.at(wish.angle, ring(wish.closeness) - INSIDE);
    let mut places: Vec<(f32, (f32, f32))> = places(rings, wish, radius)
        .map(|spot| (distance(spot, wished), spot))
        .collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut best: Option<(f32, (f32, f32))> = None;
    for (far, spot) in places {
        if best.is_some_and(|(cost, _)| far >= cost) {
            break;
        }
        let is_free =
            |(other, own): &((f32, f32), f32)| distance(spot, *other) >= reach + own + GAP * radius;
        if !before.iter().all(is_free) {
            continue;
        }
        // a line from the middle through a mark would seem to end there
        let hidden = |(other, own): &&((f32, f32), f32)| {
            beside(*other, rings.centre, spot) < *own || beside(spot, rings.centre, *other) < reach
        };
        let cost = far + CLEAR * radius * before.iter().filter(hidden).count() as f32;
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, spot));
        }
    }
    best.map(|(_, spot)| spot)
}

/// Places in the part of a ring's band that is a contact's own, the mark inside the ring's line.
fn places(rings: Rings, wish: &Wish, radius: f32) -> impl Iterator<Item = (f32, f32)> {
    let share = ring(wish.closeness);
    let outermost = INSIDE - (INSIDE - wish.reach * radius / rings.high).clamp(0.0, STEP);
    let deepest = INSIDE + STEP;
    let step = ALONG * radius / (rings.high * share);
    let count = |angle: f32| (angle.max(0.0) / step) as i32;
    let back = count(wish.angle - wish.between.0);
    let on = count(wish.between.1 - wish.angle);
    (-back..=on).flat_map(move |k| {
        let angle = wish.angle + k as f32 * step;
        let depths = (0..ACROSS)
            .map(move |k| outermost + f32::from(k) / f32::from(ACROSS - 1) * (deepest - outermost))
            .chain([INSIDE]);
        depths.map(move |depth| rings.at(angle, share - depth))
    })
}

fn distance(from: (f32, f32), to: (f32, f32)) -> f32 {
    libm::hypotf(to.0 - from.0, to.1 - from.1)
}

/// Distance of a point from the line between two others.
fn beside(point: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let along = (to.0 - from.0, to.1 - from.1);
    let length = along.0 * along.0 + along.1 * along.1;
    let across = (point.0 - from.0) * along.0 + (point.1 - from.1) * along.1;
    let share = (across / length.max(1e-6)).clamp(0.0, 1.0);
    distance(point, (from.0 + share * along.0, from.1 + share * along.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::f32::consts::TAU;

    fn rings() -> Rings {
        Rings {
            centre: (360.0, 300.0),
            wide: 200.0,
            high: 150.0,
        }
    }

    fn crowd(people: usize, closeness: Closeness) -> Vec<Wish> {
        let wish = |k: usize| Wish {
            closeness,
            angle: (k as f32 + 0.5) / people as f32 * TAU,
            between: (0.0, TAU),
            reach: 1.5,
        };
        (0..people).map(wish).collect()
    }

    #[test]
    fn no_two_contacts_of_a_sector_stand_on_one_ray() {
        let contact = |closeness| Contact {
            closeness,
            ..Contact::default()
        };
        let all = [
            contact(Closeness::Close),
            contact(Closeness::Strong),
            contact(Closeness::Weak),
            contact(Closeness::Weak),
            contact(Closeness::Weak),
        ];
        let mut found = shares(&all.iter().collect::<Vec<_>>());
        assert!(found[2] < found[3] && found[3] < found[4], "{found:?}");
        found.sort_by(f32::total_cmp);
        for pair in found.windows(2) {
            assert!((pair[1] - pair[0] - 0.2).abs() < 1e-5, "{found:?}");
        }
        assert!((found[0] - 0.1).abs() < 1e-5, "half a step from the border");
    }

    #[test]
    fn a_few_contacts_stand_where_they_wish() {
        let wishes = crowd(5, Closeness::Weak);
        let (spots, radius) = spots(rings(), &wishes, 5.0);
        assert_eq!(radius, 5.0);
        for (spot, wish) in spots.iter().zip(&wishes) {
            let wished = rings().at(wish.angle, ring(wish.closeness) - INSIDE);
            assert!(distance(*spot, wished) < 1e-3, "{spot:?}, {wished:?}");
        }
    }

    #[test]
    fn a_crowd_in_any_ring_stands_apart_in_the_band_of_its_ring() {
        let mut inner = 0.0;
        for (closeness, share) in RINGS {
            for people in [12, 40, 90] {
                let (spots, radius) = spots(rings(), &crowd(people, closeness), 5.0);
                assert!(people > 12 || radius == 5.0, "room for a dozen");
                for (n, spot) in spots.iter().enumerate() {
                    for other in &spots[..n] {
                        let apart = distance(*spot, *other);
                        assert!(apart >= 3.0 * radius, "{closeness:?} of {people}: {apart}");
                    }
                    let out = |share: f32| {
                        let (x, y) = (spot.0 - 360.0, spot.1 - 300.0);
                        libm::hypotf(x / (200.0 * share), y / (150.0 * share)) > 1.0
                    };
                    assert!(!out(share), "{closeness:?} of {people}: {spot:?}");
                    assert!(inner == 0.0 || out(inner), "{closeness:?}: {spot:?}");
                }
            }
            inner = share;
        }
    }

    #[test]
    fn two_who_wish_for_one_place_both_get_one() {
        let mut wishes = crowd(2, Closeness::Close);
        wishes[1].angle = wishes[0].angle;
        let (spots, radius) = spots(rings(), &wishes, 5.0);
        assert_eq!(radius, 5.0);
        assert!(distance(spots[0], spots[1]) >= 15.0, "{spots:?}");
    }
}
