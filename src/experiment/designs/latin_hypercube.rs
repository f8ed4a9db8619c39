//! Latin hypercube: each of n equal slices of each range is met exactly once.
//!
//! Source: McKay, Beckman and Conover 1979, Technometrics 21:239. The place within a slice is uniform, the order of
//! the slices of one parameter is independent of the others.

use super::Point;
use crate::analysis::statistics::Streams;

/// `n` points of `parameters` numbers.
pub fn latin_hypercube(n: usize, parameters: usize, streams: &Streams) -> Vec<Point> {
    let mut points = vec![vec![0.0; parameters]; n];
    for parameter in 0..parameters {
        let mut stream = streams.stream(parameter as u64);
        let slices = stream.order(n);
        for (point, slice) in points.iter_mut().zip(slices) {
            point[parameter] = (slice as f64 + stream.uniform()) / n as f64;
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slice_of_every_parameter_is_met_once() {
        let points = latin_hypercube(20, 3, &Streams::new(1, "design"));
        for parameter in 0..3 {
            let mut slices: Vec<usize> = points
                .iter()
                .map(|point| (point[parameter] * 20.0) as usize)
                .collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..20).collect::<Vec<_>>());
        }
        assert_eq!(points, latin_hypercube(20, 3, &Streams::new(1, "design")));
        assert_ne!(points, latin_hypercube(20, 3, &Streams::new(2, "design")));
    }

    #[test]
    fn parameters_are_independent() {
        // correlation of 500 independent pairs: standard error 0.045, four of them
        let points = latin_hypercube(500, 2, &Streams::new(3, "design"));
        let sum: f64 = points.iter().map(|p| (p[0] - 0.5) * (p[1] - 0.5)).sum();
        assert!((sum * 12.0 / 500.0).abs() < 0.18);
    }
}
