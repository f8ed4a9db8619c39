//! Where people stand in the network's picture: departments as rooms of a floor plan, people in
//! their room, near those they are tied to. The same input gives the same places.

use std::cmp::Ordering;

use super::picture::Area;

/// Rooms that fill `area`, each as large as its weight asks, as square as can be; in the order given.
///
/// Source: squarified treemaps, Bruls, Huizing and van Wijk 2000.
pub(super) fn rooms(weights: &[f32], area: Area) -> Vec<Area> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
    let total: f32 = weights.iter().sum();
    let mut placed = vec![Area::default(); weights.len()];
    let mut rest = area;
    let scale = area.width * area.height / total.max(f32::MIN_POSITIVE);
    let mut start = 0;
    while start < order.len() {
        let side = rest.width.min(rest.height).max(1e-3);
        let mut end = start + 1;
        let sizes = |from: usize, to: usize| -> Vec<f32> {
            order[from..to]
                .iter()
                .map(|i| weights[*i] * scale)
                .collect()
        };
        while end < order.len()
            && worst_shape(&sizes(start, end + 1), side) <= worst_shape(&sizes(start, end), side)
        {
            end += 1;
        }
        let row = sizes(start, end);
        let depth = row.iter().sum::<f32>() / side;
        let mut along = 0.0;
        for (i, size) in order[start..end].iter().zip(&row) {
            let length = size / depth.max(1e-6);
            placed[*i] = if rest.width >= rest.height {
                Area {
                    x: rest.x,
                    y: rest.y + along,
                    width: depth,
                    height: length,
                }
            } else {
                Area {
                    x: rest.x + along,
                    y: rest.y,
                    width: length,
                    height: depth,
                }
            };
            along += length;
        }
        if rest.width >= rest.height {
            rest = Area {
                x: rest.x + depth,
                width: (rest.width - depth).max(0.0),
                ..rest
            };
        } else {
            rest = Area {
                y: rest.y + depth,
                height: (rest.height - depth).max(0.0),
                ..rest
            };
        }
        start = end;
    }
    placed
}

/// Equal cells in rows, as square as can be; the last row may be short.
pub(super) fn grid(cells: usize, area: Area) -> Vec<Area> {
    let size = |columns: usize| {
        let rows = cells.div_ceil(columns);
        (area.width / columns as f32, area.height / rows as f32)
    };
    let shorter = |columns: usize| {
        let (width, height) = size(columns);
        width.min(height)
    };
    let columns = (1..=cells)
        .max_by(|a, b| shorter(*a).total_cmp(&shorter(*b)).then(b.cmp(a)))
        .unwrap_or(1);
    let (width, height) = size(columns);
    let cell = |k: usize| Area {
        x: area.x + (k % columns) as f32 * width,
        y: area.y + (k / columns) as f32 * height,
        width,
        height,
    };
    (0..cells).map(cell).collect()
}

/// The largest ratio of sides in a row of rooms along a side.
fn worst_shape(sizes: &[f32], side: f32) -> f32 {
    let depth = sizes.iter().sum::<f32>() / side;
    sizes
        .iter()
        .map(|size| {
            let length = size / depth.max(1e-6);
            (length / depth.max(1e-6)).max(depth / length.max(1e-6))
        })
        .fold(0.0, f32::max)
}

/// A place to be found: the room it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stand {
    /// Index of the room.
    pub(super) room: usize,
}

/// Places in their rooms: first rows in the order given, then drawn towards tied places and pushed
/// apart, never leaving the room. Also the distance that places keep in each room.
pub(super) fn places(
    stands: &[Stand],
    ties: &[(usize, usize, f32)],
    rooms: &[Area],
) -> (Vec<(f32, f32)>, Vec<f32>) {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); rooms.len()];
    for (i, stand) in stands.iter().enumerate() {
        members[stand.room].push(i);
    }
    let spacing: Vec<f32> = rooms
        .iter()
        .zip(&members)
        .map(|(room, members)| (room.width * room.height / members.len().max(1) as f32).sqrt())
        .collect();
    let mut at = vec![(0.0, 0.0); stands.len()];
    for (room, members) in rooms.iter().zip(&members) {
        in_rows(*room, members, &mut at);
    }
    let mut neighbours: Vec<Vec<(usize, f32)>> = vec![Vec::new(); stands.len()];
    for (one, other, strength) in ties {
        neighbours[*one].push((*other, *strength));
        neighbours[*other].push((*one, *strength));
    }
    let rounds = if stands.len() > 600 { 40 } else { 90 };
    for round in 0..rounds {
        let pull = 0.10 * (1.0 - round as f32 / rounds as f32);
        let before = at.clone();
        for (i, place) in at.iter_mut().enumerate() {
            let mut sum = (0.0, 0.0, 0.0);
            for (j, strength) in &neighbours[i] {
                // Ties inside the room shape it; those outside only say which wall is near.
                let weight = if stands[i].room == stands[*j].room {
                    *strength
                } else {
                    0.06 * strength
                };
                sum.0 += weight * before[*j].0;
                sum.1 += weight * before[*j].1;
                sum.2 += weight;
            }
            if sum.2 > 0.0 {
                place.0 += pull * (sum.0 / sum.2 - place.0);
                place.1 += pull * (sum.1 / sum.2 - place.1);
            }
        }
        for ((room, members), spacing) in rooms.iter().zip(&members).zip(&spacing) {
            push_apart(&mut at, members, 0.86 * spacing);
            for i in members {
                at[*i].0 = at[*i].0.clamp(room.x, room.right());
                at[*i].1 = at[*i].1.clamp(room.y, room.bottom());
            }
        }
    }
    for ((room, members), spacing) in rooms.iter().zip(&members).zip(&spacing) {
        for _ in 0..200 {
            push_apart(&mut at, members, 0.97 * spacing);
            for i in members {
                at[*i].0 = at[*i].0.clamp(room.x, room.right());
                at[*i].1 = at[*i].1.clamp(room.y, room.bottom());
            }
        }
    }
    for (room, members) in rooms.iter().zip(&members) {
        stretch(*room, members, &mut at);
    }
    (at, spacing)
}

/// Most that a crowd is stretched: a few people far apart would no longer look like one department.
const MOST_STRETCHED: f32 = 2.5;

/// Spreads those in a room over all of it; they only come further apart.
fn stretch(room: Area, members: &[usize], at: &mut [(f32, f32)]) {
    let along = |of: fn((f32, f32)) -> f32, from: f32, length: f32, at: &[(f32, f32)]| {
        let ends = members.iter().map(|i| of(at[*i]));
        let (low, high) = ends.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        let factor = (length / (high - low).max(1e-3)).clamp(1.0, MOST_STRETCHED);
        let middle = from + length / 2.0;
        (factor, middle - factor * f32::midpoint(low, high))
    };
    let (wider, right) = along(|at| at.0, room.x, room.width, at);
    let (higher, down) = along(|at| at.1, room.y, room.height, at);
    for i in members {
        at[*i] = (wider * at[*i].0 + right, higher * at[*i].1 + down);
    }
}

fn in_rows(room: Area, members: &[usize], at: &mut [(f32, f32)]) {
    let n = members.len();
    if n == 0 {
        return;
    }
    let columns = ((n as f32 * room.width / room.height.max(1e-3))
        .sqrt()
        .ceil() as usize)
        .clamp(1, n);
    let rows = n.div_ceil(columns);
    for (k, i) in members.iter().enumerate() {
        let (row, column) = (k / columns, k % columns);
        let in_row = if row + 1 == rows {
            n - row * columns
        } else {
            columns
        };
        // Every other row is shifted by a quarter, so that no two are exactly above one another.
        let shift = if row % 2 == 0 { 0.35 } else { 0.65 };
        at[*i] = (
            room.x + room.width * (column as f32 + shift) / in_row as f32,
            room.y + room.height * (row as f32 + 0.5) / rows as f32,
        );
    }
}

/// Moves pairs nearer than `distance` apart; a sweep along x keeps it from looking at all pairs.
pub(super) fn push_apart(at: &mut [(f32, f32)], members: &[usize], distance: f32) {
    let mut order = members.to_vec();
    order.sort_by(|a, b| {
        at[*a]
            .0
            .partial_cmp(&at[*b].0)
            .unwrap_or(Ordering::Equal)
            .then(a.cmp(b))
    });
    for k in 0..order.len() {
        for l in k + 1..order.len() {
            let (i, j) = (order[k], order[l]);
            let (dx, dy) = (at[j].0 - at[i].0, at[j].1 - at[i].1);
            if dx > 1.5 * distance {
                break;
            }
            let apart = (dx * dx + dy * dy).sqrt();
            if apart < distance {
                let short = (distance - apart) * 0.45;
                // On the very same spot, any direction will do, and this one is always the same.
                let (ux, uy) = if apart > 1e-3 {
                    (dx / apart, dy / apart)
                } else {
                    (0.6, 0.8)
                };
                // A little to the side as well, or a row along a wall would stay jammed there.
                let side = if (i + j) % 2 == 0 { 0.3 } else { -0.3 };
                let (ux, uy) = (ux - side * uy, uy + side * ux);
                at[i].0 -= ux * short;
                at[i].1 -= uy * short;
                at[j].0 += ux * short;
                at[j].1 += uy * short;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALL: Area = Area {
        x: 10.0,
        y: 20.0,
        width: 300.0,
        height: 200.0,
    };

    #[test]
    fn rooms_fill_the_hall_by_weight_without_overlap() {
        let weights = [6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0];
        let rooms = rooms(&weights, HALL);
        for (i, room) in rooms.iter().enumerate() {
            let asked = weights[i] / 24.0 * 300.0 * 200.0;
            assert!((room.width * room.height - asked).abs() < 1.0, "{room:?}");
            assert!(HALL.inset(-0.01).contains(room), "{room:?}");
            for other in &rooms[..i] {
                assert!(room.overlap(other) < 0.5, "{room:?} over {other:?}");
            }
        }
    }

    #[test]
    fn people_stay_in_their_room_and_keep_their_distance() {
        let rooms = rooms(&[1.0, 2.0], HALL);
        let stands: Vec<Stand> = (0..60)
            .map(|i| Stand {
                room: usize::from(i % 3 != 0),
            })
            .collect();
        let ties: Vec<(usize, usize, f32)> = (0..59).map(|i| (i, i + 1, 1.0)).collect();
        let (at, spacing) = places(&stands, &ties, &rooms);
        for (i, (x, y)) in at.iter().enumerate() {
            let room = rooms[stands[i].room].inset(-0.01);
            assert!(room.contains(&Area {
                x: *x,
                y: *y,
                ..Area::default()
            }));
            for (j, other) in at[..i].iter().enumerate() {
                if stands[i].room == stands[j].room {
                    let (dx, dy) = (x - other.0, y - other.1);
                    let apart = (dx * dx + dy * dy).sqrt();
                    assert!(
                        apart > 0.4 * spacing[stands[i].room],
                        "{i} and {j}: {apart}"
                    );
                }
            }
        }
        // everybody spreads over the room, not only over a corner of it
        for (n, room) in rooms.iter().enumerate() {
            let own = || (0..60).filter(|i| stands[*i].room == n).map(|i| at[i]);
            let ends = |of: fn((f32, f32)) -> f32| {
                own()
                    .map(of)
                    .fold((f32::INFINITY, 0.0_f32), |(low, high), x| {
                        (low.min(x), high.max(x))
                    })
            };
            let ((left, right), (top, bottom)) = (ends(|at| at.0), ends(|at| at.1));
            assert!(
                right - left > 0.95 * room.width,
                "{left} to {right} in {room:?}"
            );
            assert!(
                bottom - top > 0.95 * room.height,
                "{top} to {bottom} in {room:?}"
            );
        }
        assert_eq!(places(&stands, &ties, &rooms).0, at, "the same again");
    }
}
