//! Labels that do not cover one another.

use super::picture::{Area, Segment, Stroke, around};
use super::sheet::Sheet;
use super::style::Role;

/// Moves wished heights apart to keep `gap` between neighbours, inside `low..=high` where they fit;
/// the order of equal wishes is kept.
pub(super) fn spread(wishes: &[f32], gap: f32, low: f32, high: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].total_cmp(&wishes[*b]));
    let mut placed: Vec<f32> = order.iter().map(|i| wishes[*i].clamp(low, high)).collect();
    for _ in 0..60 {
        for i in 1..placed.len() {
            let short = gap - (placed[i] - placed[i - 1]);
            if short > 0.0 {
                placed[i - 1] -= short / 2.0;
                placed[i] += short / 2.0;
            }
        }
        if let Some(first) = placed.first_mut() {
            *first = first.max(low);
        }
        if let Some(last) = placed.last_mut() {
            *last = last.min(high);
        }
    }
    // The last word has the distance; too many labels then run over the upper end.
    for i in 1..placed.len() {
        placed[i] = placed[i].max(placed[i - 1] + gap);
    }
    let mut result = vec![0.0; wishes.len()];
    for (place, i) in order.into_iter().enumerate() {
        result[i] = placed[place];
    }
    result
}

/// Labels of points: each is placed where it covers least of the marks, of the labels before it and
/// of the lines that lead to them.
#[derive(Debug, Default, Clone)]
pub(super) struct Labels {
    /// Marks and how bad it is to cover them.
    marks: Vec<(Area, f32)>,
    /// Marks that a line to a label must not run through either: it would seem to name them.
    solid: Vec<Area>,
    /// Labels and leading lines.
    placed: Vec<Area>,
}

impl Labels {
    /// Something a label had better not cover; the weight says how much better.
    pub(super) fn avoid(&mut self, area: Area, weight: f32) {
        self.marks.push((area, weight));
    }

    /// A mark that has a label of its own: no line to the label of another runs through it.
    pub(super) fn bar(&mut self, mark: Area) {
        self.solid.push(mark);
    }

    /// Words that stand already: no label on them, and no line through them.
    pub(super) fn keep(&mut self, area: Area) {
        self.placed.push(area);
    }

    /// How bad it would be to cover this.
    pub(super) fn burden(&self, area: &Area) -> f32 {
        let marks = self.marks.iter();
        let marks: f32 = marks
            .map(|(mark, weight)| weight * mark.overlap(area))
            .sum();
        let labels = self.placed.iter().map(|label| label.overlap(area));
        marks + 20.0 * labels.sum::<f32>()
    }

    /// A line of this breadth that a label had better not lie on.
    pub(super) fn avoid_line(&mut self, (from, to): Segment, breadth: f32, weight: f32) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let spots = ((dx * dx + dy * dy).sqrt() / breadth.max(1e-3)).ceil() as usize;
        for k in 0..=spots {
            let share = k as f32 / spots.max(1) as f32;
            let spot = (from.0 + share * dx, from.1 + share * dy);
            self.avoid(around(spot, breadth / 2.0), weight);
        }
    }

    /// Places a label of this size near a point; always inside `bounds` if it fits there.
    pub(super) fn place(
        &mut self,
        point: (f32, f32),
        size: (f32, f32),
        distance: f32,
        bounds: Area,
    ) -> Area {
        self.place_at_cost(point, size, distance, bounds).0
    }

    /// The same, with how bad the place is: from the label's own size on, it covers something or a line crosses something.
    pub(super) fn place_at_cost(
        &mut self,
        point: (f32, f32),
        (width, height): (f32, f32),
        distance: f32,
        bounds: Area,
    ) -> (Area, f32) {
        let mut best: Option<(f32, Area)> = None;
        let mut offer = |cost: f32, area: Area| {
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, area));
            }
            cost
        };
        let size = width * height;
        let mut near = f32::INFINITY;
        for ring in 0..RINGS {
            let away = distance * (1.0 + ring as f32 * 0.7);
            for (dx, dy) in DIRECTIONS {
                let area = Area {
                    x: point.0 + dx * (away + width / 2.0) - width / 2.0,
                    y: point.1 + dy * (away + height / 2.0) - height / 2.0,
                    width,
                    height,
                };
                let far = ring as f32 * size * 0.08;
                let cost = offer(self.cost(point, area, bounds) + far, area);
                near = near.min(cost - far);
            }
        }
        // Where every place nearby covers something, a line may lead to a free one further away.
        if near > 0.3 * size {
            let steps = |length: f32, step: f32| (length.max(0.0) / step) as usize;
            for row in 0..=steps(bounds.height - height, 0.4 * height) {
                for column in 0..=steps(bounds.width - width, 0.7 * height) {
                    let area = Area {
                        x: bounds.x + column as f32 * 0.7 * height,
                        y: bounds.y + row as f32 * 0.4 * height,
                        width,
                        height,
                    };
                    let (dx, dy) = (area.centre().0 - point.0, area.centre().1 - point.1);
                    let far = (dx * dx + dy * dy).sqrt() / height * size * 0.1;
                    offer(self.cost(point, area, bounds) + far, area);
                }
            }
        }
        let (cost, mut area) = best.unwrap_or((
            0.0,
            Area {
                x: point.0,
                y: point.1,
                width,
                height,
            },
        ));
        area.x = area.x.min(bounds.right() - width).max(bounds.x);
        area.y = area.y.min(bounds.bottom() - height).max(bounds.y);
        self.placed.push(area);
        self.placed.extend(leading(point, area));
        (area, cost)
    }

    /// Places a label close to a point where it covers nothing and needs no line; None where there is no such place.
    pub(super) fn place_beside(
        &mut self,
        point: (f32, f32),
        (width, height): (f32, f32),
        distance: f32,
        bounds: Area,
    ) -> Option<Area> {
        let least = 0.05 * width * height;
        let area = DIRECTIONS
            .iter()
            .map(|(dx, dy)| Area {
                x: point.0 + dx * (distance + width / 2.0) - width / 2.0,
                y: point.1 + dy * (distance + height / 2.0) - height / 2.0,
                width,
                height,
            })
            .find(|area| self.cost(point, *area, bounds) < least)?;
        self.placed.push(area);
        Some(area)
    }

    fn cost(&self, point: (f32, f32), area: Area, bounds: Area) -> f32 {
        let outside = if bounds.contains(&area) { 0.0 } else { 1e9 };
        let size = area.width * area.height;
        // the own mark is where the line ends
        let own = around(point, 0.0);
        let others = self.solid.iter().filter(|mark| !mark.contains(&own));
        let barred: Vec<&Area> = self.placed.iter().chain(others).collect();
        let crossed = leading(point, area)
            .flat_map(|spot| barred.iter().map(move |bar| bar.overlap(&spot)))
            .filter(|overlap| *overlap > 0.0)
            .count();
        outside + self.burden(&area) + crossed as f32 * size
    }
}

/// Distances that are tried, from near to far.
const RINGS: usize = 12;

/// Sides first, corners after: a name beside its mark reads best.
const DIRECTIONS: [(f32, f32); 16] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (0.75, -0.75),
    (0.75, 0.75),
    (-0.75, -0.75),
    (-0.75, 0.75),
    (0.95, -0.4),
    (0.95, 0.4),
    (-0.95, -0.4),
    (-0.95, 0.4),
    (0.4, -0.95),
    (0.4, 0.95),
    (-0.4, -0.95),
    (-0.4, 0.95),
];

/// Spots along the line from a point to its label.
fn leading(point: (f32, f32), label: Area) -> impl Iterator<Item = Area> {
    let near = (
        point.0.clamp(label.x, label.right()),
        point.1.clamp(label.y, label.bottom()),
    );
    let spot = label.height * 0.2;
    let (dx, dy) = (near.0 - point.0, near.1 - point.1);
    // close enough that no word fits between two of them
    let steps = ((dx * dx + dy * dy).sqrt() / label.height.max(1e-3) * 2.0).ceil() as usize;
    let steps = steps.clamp(6, 60);
    (1..steps).map(move |k| {
        let share = k as f32 / steps as f32;
        Area {
            x: point.0 + share * (near.0 - point.0) - spot / 2.0,
            y: point.1 + share * (near.1 - point.1) - spot / 2.0,
            width: spot,
            height: spot,
        }
    })
}

/// A thin line from a mark to its label where they are apart.
pub(super) fn leader(sheet: &mut Sheet<'_>, at: (f32, f32), label: Area, radius: f32) {
    let em = sheet.em;
    let near = (
        at.0.clamp(label.x, label.right()),
        at.1.clamp(label.y, label.bottom()),
    );
    let (dx, dy) = (near.0 - at.0, near.1 - at.1);
    let distance = (dx * dx + dy * dy).sqrt();
    if distance > radius + 0.75 * em {
        let from = (
            at.0 + dx / distance * (radius + 0.1 * em),
            at.1 + dy / distance * (radius + 0.1 * em),
        );
        sheet
            .picture
            .polyline(&[from, near], Stroke::solid(Role::Ink, 0.06 * em));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_beside_its_mark_covers_nothing_or_is_left_out() {
        let room = Area {
            x: 0.0,
            y: 0.0,
            width: 100.0,
            height: 100.0,
        };
        let mut labels = Labels::default();
        // to the right of the mark stands something: the label goes to the left
        labels.avoid(around((60.0, 50.0), 5.0), 40.0);
        let area = labels.place_beside((50.0, 50.0), (20.0, 8.0), 3.0, room);
        assert_eq!(area.map(|a| a.right()), Some(47.0));
        // with something all around there is no place
        labels.avoid(room, 40.0);
        assert!(
            labels
                .place_beside((50.0, 50.0), (20.0, 8.0), 3.0, room)
                .is_none()
        );
    }

    #[test]
    fn crowded_labels_are_moved_apart_in_their_order() {
        let placed = spread(&[50.0, 52.0, 10.0], 20.0, 0.0, 100.0);
        assert!((placed[1] - placed[0]) >= 19.99, "{placed:?}");
        assert_eq!(placed[2], 10.0, "there was room");
        let edge = spread(&[99.0, 100.0], 20.0, 0.0, 100.0);
        assert!(edge[1] <= 100.0 && edge[1] - edge[0] >= 19.99, "{edge:?}");
    }

    #[test]
    fn a_label_does_not_lie_on_a_line() {
        let bounds = Area {
            x: 0.0,
            y: 0.0,
            width: 200.0,
            height: 100.0,
        };
        let mut labels = Labels::default();
        labels.avoid_line(((50.0, 50.0), (190.0, 48.0)), 3.0, 20.0);
        let placed = labels.place((50.0, 50.0), (60.0, 12.0), 6.0, bounds);
        for k in 0..=140 {
            let spot = (50.0 + k as f32, 50.0 - k as f32 / 70.0);
            assert_eq!(around(spot, 1.0).overlap(&placed), 0.0, "{placed:?}");
        }
    }

    #[test]
    fn a_line_to_a_label_does_not_run_through_the_mark_of_somebody_else() {
        let strip = Area {
            x: 0.0,
            y: 0.0,
            width: 200.0,
            height: 14.0,
        };
        let at = (60.0, 7.0);
        let mut labels = Labels::default();
        for mark in [around(at, 5.0), around((45.0, 7.0), 5.0)] {
            labels.avoid(mark, 60.0);
            labels.bar(mark);
        }
        // beside the mark to the right stands something: the line leads past it, not to the left through the other mark
        labels.avoid(around((75.0, 7.0), 7.0), 1.0);
        let placed = labels.place(at, (30.0, 12.0), 7.0, strip);
        assert!(placed.x > 60.0, "{placed:?}");
    }

    #[test]
    fn a_label_avoids_what_is_there_and_stays_inside() {
        let bounds = Area {
            x: 0.0,
            y: 0.0,
            width: 100.0,
            height: 100.0,
        };
        let right = Area {
            x: 52.0,
            y: 40.0,
            width: 40.0,
            height: 20.0,
        };
        let mut labels = Labels::default();
        labels.avoid(right, 1.0);
        let placed = labels.place((50.0, 50.0), (30.0, 10.0), 5.0, bounds);
        assert_eq!(placed.overlap(&right), 0.0);
        let second = labels.place((48.0, 50.0), (30.0, 10.0), 5.0, bounds);
        assert_eq!(placed.overlap(&second), 0.0, "labels keep apart");
        let corner = Labels::default().place((99.0, 1.0), (30.0, 10.0), 5.0, bounds);
        assert!(bounds.contains(&corner), "{corner:?}");
    }
}
