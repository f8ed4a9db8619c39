//! Saltelli's design for Sobol indices: two independent halves A and B of one Sobol sequence, and for each parameter A
//! with that column from B; N (k + 2) points. Row by row: A, the AB in the order of the parameters, B.
//!
//! Source: Saltelli et al. 2010, Comput. Phys. Commun. 181:259 (radial sampling, first and total indices).

use super::sobol_sequence::{DIMENSIONS, sobol_sequence};
use super::{Outcomes, Point};
use crate::analysis::statistics::Streams;
use crate::analysis::statistics::variance_indices::Row;

/// Most parameters: two dimensions of the sequence each.
pub const PARAMETERS: usize = DIMENSIONS / 2;

/// Points of a design of `rows` rows; none above [`PARAMETERS`].
pub fn saltelli(rows: usize, parameters: usize, shift: Option<&Streams>) -> Option<Vec<Point>> {
    let base = sobol_sequence(rows, 2 * parameters, shift)?;
    let mut points = Vec::with_capacity(rows * (parameters + 2));
    for both in base {
        let (a, b) = both.split_at(parameters);
        points.push(a.to_vec());
        for parameter in 0..parameters {
            let mut mixed = a.to_vec();
            mixed[parameter] = b[parameter];
            points.push(mixed);
        }
        points.push(b.to_vec());
    }
    Some(points)
}

/// The outcomes of the design's points, in rows for the indices. A point that is not there counts as missing.
pub fn rows(outcomes: &[Outcomes], parameters: usize) -> Vec<Row> {
    outcomes
        .chunks_exact(parameters + 2)
        .map(|row| Row {
            a: row[0].clone(),
            ab: row[1..=parameters].to_vec(),
            b: row[parameters + 1].clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_mixes_its_two_halves() {
        let points = saltelli(8, 3, Some(&Streams::new(1, "design"))).unwrap();
        assert_eq!(points.len(), 40);
        for row in points.chunks(5) {
            let (a, b) = (&row[0], &row[4]);
            for parameter in 0..3 {
                for (i, value) in row[1 + parameter].iter().enumerate() {
                    assert_eq!(*value, if i == parameter { b[i] } else { a[i] });
                }
            }
        }
        assert!(saltelli(8, 26, None).is_none());
    }

    #[test]
    fn outcomes_return_to_their_rows() {
        let outcomes: Vec<Outcomes> = (0..8).map(|i| vec![Some(f64::from(i)), None]).collect();
        let rows = rows(&outcomes, 2);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].a[0], Some(4.0));
        assert_eq!(rows[1].ab[1][0], Some(6.0));
        assert_eq!(rows[1].b, [Some(7.0), None]);
    }
}
