//! Shapes of marks, by which a grey print tells strategies apart.

use super::lettering::Step;
use super::style::Mark;

/// The outline of a mark whose area is that of a circle with this radius.
pub(super) fn outline(mark: Mark, (x, y): (f32, f32), radius: f32) -> Vec<Step> {
    let corners = |points: &[(f32, f32)]| -> Vec<Step> {
        let mut steps: Vec<Step> = points
            .iter()
            .enumerate()
            .map(|(i, (dx, dy))| {
                let (x, y) = (x + dx * radius, y + dy * radius);
                if i == 0 {
                    Step::Move(x, y)
                } else {
                    Step::Line(x, y)
                }
            })
            .collect();
        steps.push(Step::Close);
        steps
    };
    match mark {
        Mark::Circle => {
            // Four cubic arcs; 0.5523 is the usual handle length.
            let (r, k) = (radius, radius * 0.552_285);
            vec![
                Step::Move(x + r, y),
                Step::Cubic(x + r, y + k, x + k, y + r, x, y + r),
                Step::Cubic(x - k, y + r, x - r, y + k, x - r, y),
                Step::Cubic(x - r, y - k, x - k, y - r, x, y - r),
                Step::Cubic(x + k, y - r, x + r, y - k, x + r, y),
                Step::Close,
            ]
        }
        Mark::Triangle => corners(&[(0.0, -1.42), (1.26, 0.82), (-1.26, 0.82)]),
        Mark::TriangleDown => corners(&[(0.0, 1.42), (-1.26, -0.82), (1.26, -0.82)]),
        Mark::Square => corners(&[(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)]),
        Mark::Diamond => corners(&[(0.0, -1.26), (1.26, 0.0), (0.0, 1.26), (-1.26, 0.0)]),
    }
}
