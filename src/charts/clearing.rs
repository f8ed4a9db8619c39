//! Room for names among marks: each name stands beside its mark, and the crowd makes way.

use super::labels::Labels;
use super::layout::{self, Stand};
use super::picture::{Area, around};
use super::way_out::{grid, way_out};

/// How bad it is that a name covers a mark that can move, a unit of area that is covered.
const MOVABLE: f32 = 0.4;
/// The same of what cannot move: marks with names, names of rooms.
const FIXED: f32 = 60.0;
/// The same of an arrow, which passes under the name.
const CROSSED: f32 = 0.3;
/// A place that costs less, in sizes of the name, covers nothing to speak of.
const FREE: f32 = 0.1;
/// A place that costs less covers some marks, which may find another place.
const CROWDED: f32 = 0.3;
/// How much further than its own mark every other mark stands from a name, so that nobody takes it for theirs.
const FURTHER: f32 = 1.2;
/// A mark with its ring, in radii of the mark.
const RINGED: f32 = 1.45;
/// Rounds in which the crowd makes way.
const ROUNDS: usize = 160;

/// A name to be placed: the stand it belongs to and its size.
pub(super) struct Name {
    pub(super) stand: usize,
    pub(super) size: (f32, f32),
}

/// Marks in their rooms, and what is already fixed.
pub(super) struct Crowd<'a> {
    pub(super) stands: &'a [Stand],
    /// Where each stands.
    pub(super) at: &'a mut [(f32, f32)],
    /// Rooms that nobody leaves.
    pub(super) rooms: &'a [Area],
    /// Distance that marks keep in each room.
    pub(super) spacing: &'a [f32],
    /// Radius that a mark takes with its ring.
    pub(super) radius: f32,
    /// The same of a mark with a name.
    pub(super) named_radius: f32,
    /// Words that stand already.
    pub(super) words: &'a [Area],
    /// Arrows from stand to stand.
    pub(super) paths: &'a [(usize, usize)],
}

impl Crowd<'_> {
    /// Places the names inside `hall`, each `away` from its mark, and moves the marks of others out of their way.
    pub(super) fn make_way(&mut self, names: &[Name], away: f32, hall: Area) -> Vec<Area> {
        let named = |stand: usize| names.iter().any(|name| name.stand == stand);
        let mut labels = Labels::default();
        for (stand, at) in self.at.iter().enumerate() {
            let (radius, weight) = if named(stand) {
                (self.named_radius, FIXED)
            } else {
                (self.radius, MOVABLE)
            };
            labels.avoid(around(*at, radius), weight);
            if named(stand) {
                labels.bar(around(*at, radius));
            }
        }
        for words in self.words {
            labels.avoid(*words, FIXED);
            labels.keep(*words);
        }
        for (from, to) in self.paths {
            let line = (self.at[*from], self.at[*to]);
            labels.avoid_line(line, 0.5 * self.radius, CROSSED);
        }
        let fixed: Vec<usize> = names.iter().map(|name| name.stand).collect();
        let stood = self.at.to_vec();
        // what a name may cost in each room: where the crowd finds no other place, it does not have to make way
        let mut most = vec![CROWDED; self.rooms.len()];
        loop {
            let placed = self.settle(names, &labels, away, (hall, &most));
            let own: Vec<Area> = names
                .iter()
                .zip(&placed)
                .map(|(name, area)| area.inset(-self.margin(self.at[name.stand], area, away)))
                .collect();
            self.clear(&own, &fixed);
            let jammed: Vec<usize> = fixed
                .iter()
                .map(|&stand| self.stands[stand].room)
                .filter(|&room| most[room] > FREE)
                .filter(|&room| self.is_jammed(room, &placed, &fixed))
                .collect();
            if jammed.is_empty() {
                return placed;
            }
            for room in jammed {
                most[room] = FREE;
            }
            self.at.copy_from_slice(&stood);
        }
    }

    /// Whether marks of a room lie over each other, or under a name.
    fn is_jammed(&self, room: usize, names: &[Area], fixed: &[usize]) -> bool {
        let members: Vec<usize> = (0..self.stands.len())
            .filter(|&stand| self.stands[stand].room == room)
            .collect();
        let mark = self.radius / RINGED;
        let stacked = |one: (f32, f32), other: (f32, f32)| {
            libm::hypotf(other.0 - one.0, other.1 - one.1) < 2.0 * mark
        };
        members.iter().enumerate().any(|(i, stand)| {
            let at = self.at[*stand];
            let covered = || names.iter().any(|name| name.distance(at) < mark);
            members[..i]
                .iter()
                .any(|other| stacked(at, self.at[*other]))
                || !fixed.contains(stand) && covered()
        })
    }

    /// Boxes of the names. Where one of them finds no good place, each name in turn is placed before all others.
    fn settle(
        &self,
        names: &[Name],
        labels: &Labels,
        away: f32,
        (hall, most): (Area, &[f32]),
    ) -> Vec<Area> {
        let attempt = |first: usize| {
            let mut labels = labels.clone();
            let mut worst = 0.0_f32;
            let mut placed = vec![None; names.len()];
            let others = (0..names.len()).filter(|i| *i != first);
            for i in std::iter::once(first).chain(others).take(names.len()) {
                let Name { stand, size } = names[i];
                // in the room of its mark where it may: over a wall it could seem to be of another department
                let number = self.stands[stand].room;
                let room = self.rooms[number].inset(-self.named_radius);
                let mut inside = labels.clone();
                let within = inside.place_at_cost(self.at[stand], size, away, room);
                let (area, cost) = if within.1 < most[number] * size.0 * size.1 {
                    labels = inside;
                    within
                } else {
                    labels.place_at_cost(self.at[stand], size, away, hall)
                };
                worst = worst.max(cost / (size.0 * size.1));
                placed[i] = Some(area);
            }
            (worst, placed.into_iter().flatten().collect::<Vec<_>>())
        };
        let mut best = attempt(0);
        for first in 1..names.len() {
            if best.0 < 1.0 {
                break;
            }
            let other = attempt(first);
            if other.0 < best.0 {
                best = other;
            }
        }
        best.1
    }

    /// How far the crowd keeps off a name: further than the mark that it names, unless a line leads to that.
    fn margin(&self, at: (f32, f32), name: &Area, away: f32) -> f32 {
        let gap = name.distance(at) - self.named_radius / RINGED;
        if gap > away {
            return self.radius;
        }
        self.radius + FURTHER * gap.max(0.0)
    }

    /// Moves marks out of what names take, inside their rooms; rooms without such a mark stay as they are.
    fn clear(&mut self, names: &[Area], fixed: &[usize]) {
        let marks = fixed
            .iter()
            .map(|stand| around(self.at[*stand], self.named_radius).inset(-self.radius));
        let boxes: Vec<Area> = names.iter().copied().chain(marks).collect();
        let covered = |at: (f32, f32)| boxes.iter().any(|area| area.holds(at));
        for (n, room) in self.rooms.iter().enumerate() {
            let members: Vec<usize> = (0..self.stands.len())
                .filter(|i| self.stands[*i].room == n)
                .collect();
            let moves = |i: &&usize| !fixed.contains(i);
            if !members.iter().filter(moves).any(|i| covered(self.at[*i])) {
                continue;
            }
            let pinned: Vec<(usize, (f32, f32))> = members
                .iter()
                .filter(|i| fixed.contains(i))
                .map(|i| (*i, self.at[*i]))
                .collect();
            for _ in 0..ROUNDS {
                layout::push_apart(self.at, &members, 0.9 * self.spacing[n]);
                for (i, at) in &pinned {
                    self.at[*i] = *at;
                }
                for i in members.iter().filter(moves) {
                    let (x, y) = self.at[*i];
                    self.at[*i] = (
                        x.clamp(room.x, room.right()),
                        y.clamp(room.y, room.bottom()),
                    );
                    self.at[*i] = way_out(self.at[*i], &boxes, *room);
                }
            }
            self.unstack(&members, fixed, &boxes, *room);
        }
    }

    /// Moves who is jammed between names, and lies over another mark, to the nearest place of the room that has most room.
    fn unstack(&mut self, members: &[usize], fixed: &[usize], boxes: &[Area], room: Area) {
        let apart = RINGED * self.radius;
        for i in members.iter().filter(|i| !fixed.contains(i)) {
            let others: Vec<(f32, f32)> = members
                .iter()
                .filter(|other| *other != i && !fixed.contains(other))
                .map(|other| self.at[*other])
                .collect();
            // how much room a place has; more than enough counts no more
            let room_at = |at: &(f32, f32)| {
                let of = |other: &(f32, f32)| {
                    let (dx, dy) = (other.0 - at.0, other.1 - at.1);
                    (dx * dx + dy * dy).sqrt()
                };
                others.iter().map(of).fold(1.3 * apart, f32::min)
            };
            let (x, y) = self.at[*i];
            if room_at(&(x, y)) >= apart {
                continue;
            }
            let far = |at: &(f32, f32)| (at.0 - x).abs() + (at.1 - y).abs();
            let free = grid(room)
                .filter(|at| !boxes.iter().any(|area| area.holds(*at)))
                .map(|at| (room_at(&at), at))
                .max_by(|(a, one), (b, other)| {
                    a.total_cmp(b).then(far(other).total_cmp(&far(one)))
                });
            let own = room_at(&(x, y));
            self.at[*i] = free
                .filter(|(room, _)| *room > own)
                .map_or((x, y), |(_, at)| at);
        }
    }
}

#[cfg(test)]
mod tests;
