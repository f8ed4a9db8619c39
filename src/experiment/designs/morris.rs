//! Morris trajectories: from a random point of a grid of levels, one parameter after the other moves by Δ, in random order
//! and direction; k + 1 points a trajectory.
//!
//! With an even number of levels p and Δ = p / (2 (p − 1)), all levels are equally likely.
//!
//! Source: Morris 1991, Technometrics 33:161.

use super::{Outcomes, Point};
use crate::analysis::statistics::Streams;

/// One walk through the cube.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// One point more than there are parameters.
    pub points: Vec<Point>,
    /// Which parameter moves between one point and the next, and by how much.
    pub moves: Vec<(usize, f64)>,
}

/// Effects of one parameter, by trajectory and replicate.
pub type Effects = Vec<Outcomes>;

/// `n` trajectories on `levels` levels, an even number from 2 on; an odd one is raised by one.
pub fn trajectories(
    n: usize,
    parameters: usize,
    levels: usize,
    streams: &Streams,
) -> Vec<Trajectory> {
    let levels = levels.max(2).next_multiple_of(2);
    let last = (levels - 1) as f64;
    let half = levels / 2;
    let step = half as f64 / last;
    (0..n as u64)
        .map(|number| {
            let mut stream = streams.stream(number);
            let order = stream.order(parameters);
            // The lower end is one of the lower half of the levels; a coin says which end is the start.
            let starts: Vec<(usize, bool)> = (0..parameters)
                .map(|_| (stream.below(half), stream.below(2) == 1))
                .collect();
            let place = |(low, up): (usize, bool)| {
                let level = if up { low } else { low + half };
                level as f64 / last
            };
            let mut point: Point = starts.iter().map(|start| place(*start)).collect();
            let mut points = vec![point.clone()];
            let mut moves = Vec::with_capacity(parameters);
            for parameter in order {
                let (low, up) = starts[parameter];
                point[parameter] = place((low, !up));
                points.push(point.clone());
                moves.push((parameter, if up { step } else { -step }));
            }
            Trajectory { points, moves }
        })
        .collect()
}

/// Elementary effects by parameter from the outcomes of all points, trajectory after trajectory. A missing run costs
/// the two effects that it ends and begins, in its replicate; the rest of the design stays.
pub fn effects(
    trajectories: &[Trajectory],
    outcomes: &[Outcomes],
    parameters: usize,
) -> Vec<Effects> {
    let mut found = vec![Vec::with_capacity(trajectories.len()); parameters];
    let mut from = 0;
    for trajectory in trajectories {
        for (i, (parameter, step)) in trajectory.moves.iter().enumerate() {
            let (before, after) = (outcomes.get(from + i), outcomes.get(from + i + 1));
            let effects = match (before, after) {
                (Some(before), Some(after)) => before
                    .iter()
                    .zip(after)
                    .map(|(before, after)| Some((after.as_ref()? - before.as_ref()?) / step))
                    .collect(),
                _ => vec![None],
            };
            found[*parameter].push(effects);
        }
        from += trajectory.points.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_moves_one_parameter_by_delta_on_the_grid() {
        let walks = trajectories(30, 4, 4, &Streams::new(1, "design"));
        let mut met = std::collections::BTreeMap::new();
        for walk in &walks {
            assert_eq!(walk.points.len(), 5);
            for (pair, (parameter, step)) in walk.points.windows(2).zip(&walk.moves) {
                for (i, (before, after)) in pair[0].iter().zip(&pair[1]).enumerate() {
                    let expected = if i == *parameter { *step } else { 0.0 };
                    assert!((after - before - expected).abs() < 1e-12);
                }
                assert!((step.abs() - 2.0 / 3.0).abs() < 1e-12);
            }
            for value in walk.points.iter().flatten() {
                let level = value * 3.0;
                assert!((level - level.round()).abs() < 1e-12, "{value}");
                *met.entry(level.round() as i32).or_insert(0) += 1;
            }
        }
        // 600 coordinates of 120 start draws on four levels: each near 150
        assert!(met.len() == 4 && met.values().all(|n| *n > 90), "{met:?}");
    }

    #[test]
    fn effects_of_a_plane_are_its_slopes_and_a_hole_costs_two() {
        let walks = trajectories(3, 2, 4, &Streams::new(2, "design"));
        let mut outcomes: Vec<Outcomes> = walks
            .iter()
            .flat_map(|walk| &walk.points)
            .map(|p| vec![Some(5.0 * p[0] - 2.0 * p[1])])
            .collect();
        let found = effects(&walks, &outcomes, 2);
        for (effects, slope) in found.iter().zip([5.0, -2.0]) {
            assert_eq!(effects.len(), 3);
            assert!(
                effects
                    .iter()
                    .all(|e| (e[0].unwrap() - slope).abs() < 1e-12)
            );
        }
        outcomes[1][0] = None; // the middle of the first trajectory
        let found = effects(&walks, &outcomes, 2);
        let missing = found.iter().flatten().filter(|e| e[0].is_none()).count();
        assert_eq!(missing, 2);
        outcomes.truncate(3);
        assert_eq!(effects(&walks, &outcomes, 2)[0][2], [None]);
    }
}
