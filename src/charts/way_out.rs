//! Free places of a room for marks that must make way.

use super::picture::Area;

/// Places along each side of a room that are tried.
const STEPS: usize = 40;

/// Places of a room that are tried, row by row.
pub(super) fn grid(room: Area) -> impl Iterator<Item = (f32, f32)> {
    let step = |k: usize| k as f32 / STEPS as f32;
    (0..(STEPS + 1) * (STEPS + 1)).map(move |k| {
        let (row, column) = (k / (STEPS + 1), k % (STEPS + 1));
        (
            room.x + step(column) * room.width,
            room.y + step(row) * room.height,
        )
    })
}

/// The nearest point of the room that is in none of the boxes; the same point where there is none.
pub(super) fn way_out((x, y): (f32, f32), boxes: &[Area], room: Area) -> (f32, f32) {
    let free = |at: &(f32, f32)| !boxes.iter().any(|area| area.holds(*at));
    if free(&(x, y)) {
        return (x, y);
    }
    let exits = boxes.iter().flat_map(|area| {
        [
            (area.x, y),
            (area.right(), y),
            (x, area.y),
            (x, area.bottom()),
        ]
    });
    let far = |at: &(f32, f32)| (at.0 - x).abs() + (at.1 - y).abs();
    exits
        .filter(|at| {
            (room.x..=room.right()).contains(&at.0) && (room.y..=room.bottom()).contains(&at.1)
        })
        // between several boxes, the way out may lead around a corner
        .chain(grid(room))
        .filter(free)
        .min_by(|a, b| far(a).total_cmp(&far(b)))
        .unwrap_or((x, y))
}
