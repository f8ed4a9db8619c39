//! The Sobol sequence: points that fill a cube evenly, in up to 50 dimensions.
//!
//! Sources: Sobol 1967; Antonov and Saleev 1979 (Gray code order); Joe and Kuo 2008 (direction numbers); Cranley and
//! Patterson 1976 in its digital form (all points of a dimension exclusive-or one random number): the shifted sequence is
//! as even as the plain one, each point is uniform, and different seeds give independent designs.
//!
//! Use a power of two for the number of points; other numbers leave some parts of the cube with more.

use super::Point;
use super::directions::DIRECTIONS;
use crate::analysis::statistics::Streams;

/// Most dimensions.
pub const DIMENSIONS: usize = DIRECTIONS.len();

const BITS: usize = 30;

/// The first `n` points; shifted by the streams, or the plain sequence, which begins with the corner. None above
/// [`DIMENSIONS`] or 2^30 points.
pub fn sobol_sequence(n: usize, dimensions: usize, shift: Option<&Streams>) -> Option<Vec<Point>> {
    if dimensions > DIMENSIONS || n > 1 << BITS {
        return None;
    }
    let directions: Vec<[u32; BITS]> = DIRECTIONS[..dimensions]
        .iter()
        .map(|(polynomial, first)| directions(*polynomial, first))
        .collect();
    let mut state: Vec<u32> = (0..dimensions as u64)
        .map(|dimension| shift.map_or(0, |streams| streams.stream(dimension).bits() >> (32 - BITS)))
        .collect();
    // A shifted point stands for its cell of 2^-30 and lies in its middle: never at an end of a range.
    let middle = if shift.is_some() { 0.5 } else { 0.0 };
    let points = (0..n)
        .map(|i| {
            let point = state
                .iter()
                .map(|bits| (f64::from(*bits) + middle) / f64::from(1_u32 << BITS))
                .collect();
            let changed = (i as u64).trailing_ones() as usize;
            for (bits, directions) in state.iter_mut().zip(&directions) {
                *bits ^= directions[changed.min(BITS - 1)];
            }
            point
        })
        .collect();
    Some(points)
}

/// Direction numbers of one dimension, each shifted to the top of 30 bits.
fn directions(polynomial: u32, first: &[u32]) -> [u32; BITS] {
    let degree = first.len();
    let mut numbers = [1_u32; BITS];
    numbers[..degree].copy_from_slice(first);
    if degree > 0 {
        for k in degree..BITS {
            let mut number = numbers[k - degree];
            for i in 1..=degree {
                let coefficient = polynomial >> (degree - i) & 1;
                number ^= coefficient * (numbers[k - i] << i);
            }
            numbers[k] = number;
        }
    }
    for (k, number) in numbers.iter_mut().enumerate() {
        *number <<= BITS - 1 - k;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_by_hand() {
        let points = sobol_sequence(4, 2, None).unwrap();
        assert_eq!(
            points,
            [[0.0, 0.0], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75]].map(|point| point.to_vec())
        );
        assert!(sobol_sequence(4, 51, None).is_none());
    }

    #[test]
    fn a_shift_keeps_one_point_in_each_slice() {
        let points = sobol_sequence(64, DIMENSIONS, Some(&Streams::new(5, "design"))).unwrap();
        for dimension in 0..DIMENSIONS {
            let mut slices: Vec<usize> = points
                .iter()
                .map(|point| (point[dimension] * 64.0) as usize)
                .collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..64).collect::<Vec<_>>(), "dimension {dimension}");
        }
        let other = sobol_sequence(64, DIMENSIONS, Some(&Streams::new(6, "design"))).unwrap();
        assert_ne!(points, other);
    }
}
