//! Arrows and bent lines: two lines that join the same places need not lie on one another, and one that passes a third bends away.

use super::lettering::Step;
use super::picture::{Picture, Stroke};

/// Points that a curve is made of where it is cut.
const POINTS: usize = 40;

/// The point that pulls the line to its left, by a share of its length.
pub(super) fn pull((x1, y1): (f32, f32), (x2, y2): (f32, f32), bend: f32) -> (f32, f32) {
    let (middle_x, middle_y) = (f32::midpoint(x1, x2), f32::midpoint(y1, y2));
    (middle_x + bend * (y2 - y1), middle_y - bend * (x2 - x1))
}

fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    let (x, y) = (b.0 - a.0, b.1 - a.1);
    (x * x + y * y).sqrt()
}

impl Picture<'_> {
    /// A line that ends in a head, stopping `short` of its goal; nothing where the two meet.
    pub(super) fn arrow(&mut self, from: (f32, f32), to: (f32, f32), short: f32, stroke: Stroke) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        let head = stroke.width * 4.5;
        if length <= short + head {
            return;
        }
        let (dx, dy) = (dx / length, dy / length);
        let tip = (to.0 - dx * short, to.1 - dy * short);
        let neck = (tip.0 - dx * head * 0.8, tip.1 - dy * head * 0.8);
        let wing = head * 0.42;
        let back = (tip.0 - dx * head, tip.1 - dy * head);
        let paint = stroke.paint;
        self.polyline(&[from, neck], stroke);
        let sides = [
            tip,
            (back.0 - dy * wing, back.1 + dx * wing),
            (back.0 + dy * wing, back.1 - dx * wing),
        ];
        self.polygon(&sides, paint);
    }

    /// A line bent to the left.
    pub(super) fn bent(&mut self, from: (f32, f32), to: (f32, f32), bend: f32, stroke: Stroke) {
        let (x, y) = pull(from, to, bend);
        let steps = vec![Step::Move(from.0, from.1), Step::Quad(x, y, to.0, to.1)];
        self.path(steps, None, Some(stroke));
    }

    /// An arrow bent to the left between two circles, from rim to rim; nothing where they touch.
    pub(super) fn bent_arrow(
        &mut self,
        (from, leaves): ((f32, f32), f32),
        (to, arrives): ((f32, f32), f32),
        bend: f32,
        stroke: Stroke,
    ) {
        let (px, py) = pull(from, to, bend);
        let at = |k: usize| {
            let t = k as f32 / POINTS as f32;
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            (
                a * from.0 + b * px + c * to.0,
                a * from.1 + b * py + c * to.1,
            )
        };
        let points: Vec<(f32, f32)> = (0..=POINTS)
            .map(at)
            .filter(|p| distance(*p, from) >= leaves && distance(*p, to) >= arrives)
            .collect();
        let Some(tip) = points.last().copied() else {
            return;
        };
        // The head stands straight on the last stretch that is long enough for it.
        let head = stroke.width * 4.6;
        let Some(neck) = points.iter().rposition(|p| distance(*p, tip) > head) else {
            return;
        };
        if neck > 0 {
            self.polyline(&points[..=neck], stroke.clone());
        }
        self.arrow(points[neck], tip, 0.0, stroke);
    }
}

#[cfg(test)]
mod tests {
    use super::super::lettering::Letters;
    use super::super::picture::Shape;
    use super::super::style::Role;
    use super::*;

    #[test]
    fn an_arrow_goes_from_rim_to_rim_and_there_and_back_are_two() {
        let letters = Letters::embedded().unwrap();
        let mut picture = Picture::new(200.0, 100.0, &letters);
        let (a, b) = ((20.0, 50.0), (180.0, 50.0));
        let stroke = || Stroke::solid(Role::Ink, 1.0);
        picture.bent_arrow((a, 10.0), (b, 15.0), 0.1, stroke());
        picture.bent_arrow((b, 15.0), (a, 10.0), 0.1, stroke());
        let mut sides = Vec::new();
        for shape in &picture.shapes[1..] {
            let Shape::Path { steps, .. } = shape else {
                continue;
            };
            for step in steps {
                if let Step::Move(x, y) | Step::Line(x, y) = *step {
                    assert!(distance((x, y), a) >= 9.0 && distance((x, y), b) >= 14.0);
                    if (x - 100.0).abs() < 3.0 {
                        sides.push(y > 50.0);
                    }
                }
            }
        }
        assert!(sides.contains(&true) && sides.contains(&false), "{sides:?}");
    }
}
