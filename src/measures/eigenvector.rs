//! Eigenvector centrality: a node is central when its alters are.
//!
//! The principal eigenvector of the undirected 0/1 matrix, largest entry 1, 0 outside the weak
//! component that has the largest eigenvalue (of two alike, the one with the lowest node).
//! Bonacich (1972, J. Mathematical Sociology 2, 113). Computed by restarted Lanczos with full
//! reorthogonalisation, component by component: it takes the algebraically largest eigenvalue,
//! so bipartite parts, where the plain power method swings for ever, need no care, and a small
//! gap costs little. A residual of 1e-14 of the eigenvalue is aimed at; the error of the vector
//! is the residual over the gap to the next eigenvalue.

use rayon::prelude::*;

use super::components::weak_components;
use super::graph::{Graph, Rows};
use super::sources::block_sum;

const BASIS: usize = 24;
const RESTARTS_AT_MOST: usize = 400;
const RESIDUAL: f64 = 1e-14;

/// The principal eigenvector and its eigenvalue.
#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    /// Largest eigenvalue of the undirected 0/1 matrix.
    pub eigenvalue: f64,
    /// Its eigenvector by node, largest entry 1.
    pub vector: Vec<f64>,
}

/// Eigenvector centrality; none for a graph without ties.
pub fn eigenvector(graph: &Graph) -> Option<Principal> {
    let rows = graph.undirected();
    let components = weak_components(graph);
    let mut members: Vec<Vec<u32>> = components
        .sizes
        .iter()
        .map(|&size| Vec::with_capacity(size as usize))
        .collect();
    let mut local = vec![0_u32; rows.nodes()];
    for (node, &component) in components.of.iter().enumerate() {
        local[node] = members[component as usize].len() as u32;
        members[component as usize].push(node as u32);
    }
    // No eigenvalue exceeds the largest degree: most small components need not be solved. The
    // largest come first, since they leave fewest others to try; the sort is stable.
    members.retain(|part| part.len() > 1);
    members.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let mut best: Option<(f64, usize, Vec<f64>)> = None;
    for (place, part) in members.iter().enumerate() {
        let bound = part
            .iter()
            .map(|&node| rows.degree(node as usize))
            .max()
            .unwrap_or(0) as f64;
        let to_beat = best.as_ref().map_or(0.0, |found| found.0 * (1.0 + 1e-12));
        if bound > to_beat {
            let (eigenvalue, vector) = principal_of(rows, part, &local);
            if eigenvalue > to_beat {
                best = Some((eigenvalue, place, vector));
            }
        }
    }
    let (eigenvalue, place, within) = best?;
    let mut vector = vec![0.0; rows.nodes()];
    let largest = within
        .iter()
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    for (&node, value) in members[place].iter().zip(within) {
        // Perron: all entries have the same sign; rounding may leave a tiny one on the other side.
        vector[node as usize] = value.abs() / largest;
    }
    Some(Principal { eigenvalue, vector })
}

/// Restarted Lanczos on one component; `local` numbers its members.
fn principal_of(rows: &Rows, members: &[u32], local: &[u32]) -> (f64, Vec<f64>) {
    let times = |x: &[f64]| -> Vec<f64> {
        let sum_over_alters = |&node: &u32| {
            let alters = rows.alters(node as usize);
            alters
                .iter()
                .map(|&alter| x[local[alter as usize] as usize])
                .sum::<f64>()
        };
        members.par_iter().map(sum_over_alters).collect()
    };
    let mut start: Vec<f64> = members
        .iter()
        .map(|&n| rows.degree(n as usize) as f64)
        .collect();
    let length = norm(&start);
    scale(&mut start, 1.0 / length);
    let mut best = (0.0, start.clone(), f64::INFINITY);
    let mut without_gain = 0;
    for _ in 0..RESTARTS_AT_MOST {
        let (mut basis, mut diagonal, mut beside) = (vec![start], Vec::new(), Vec::new());
        while let Some(newest) = basis.last() {
            let mut next = times(newest);
            diagonal.push(dot(&next, newest));
            // Twice, since once leaves a trace of the old directions.
            for _ in 0..2 {
                for old in &basis {
                    let along = dot(&next, old);
                    next.par_iter_mut()
                        .zip(old)
                        .for_each(|(x, o)| *x -= along * o);
                }
            }
            let length = norm(&next);
            if basis.len() == BASIS.min(members.len())
                || length < 1e-13 * diagonal[0].abs().max(1.0)
            {
                break;
            }
            scale(&mut next, 1.0 / length);
            beside.push(length);
            basis.push(next);
        }
        let along = principal_of_tridiagonal(&diagonal, &beside);
        let mut vector = vec![0.0; members.len()];
        for (old, &share) in basis.iter().zip(&along) {
            vector
                .par_iter_mut()
                .zip(old)
                .for_each(|(x, o)| *x += share * o);
        }
        let length = norm(&vector);
        scale(&mut vector, 1.0 / length);
        let image = times(&vector);
        let eigenvalue = dot(&image, &vector);
        let difference: Vec<f64> = image
            .par_iter()
            .zip(&vector)
            .map(|(i, x)| i - eigenvalue * x)
            .collect();
        let residual = norm(&difference);
        start = vector;
        if residual < best.2 {
            without_gain = if residual < 0.5 * best.2 {
                0
            } else {
                without_gain + 1
            };
            best = (eigenvalue, start.clone(), residual);
        } else {
            without_gain += 1;
        }
        if best.2 <= RESIDUAL * best.0 || without_gain >= 20 {
            break;
        }
    }
    (best.0, best.1)
}

/// Eigenvector of the largest eigenvalue of a small symmetric tridiagonal matrix, by Jacobi's
/// rotations: slow and safe, and the matrix has 24 rows at most.
fn principal_of_tridiagonal(diagonal: &[f64], beside: &[f64]) -> Vec<f64> {
    let n = diagonal.len();
    let mut matrix = vec![vec![0.0; n]; n];
    let mut vectors = vec![vec![0.0; n]; n];
    for i in 0..n {
        matrix[i][i] = diagonal[i];
        vectors[i][i] = 1.0;
        if i + 1 < n {
            matrix[i][i + 1] = beside[i];
            matrix[i + 1][i] = beside[i];
        }
    }
    for _ in 0..60 {
        let mut off_diagonal = 0.0_f64;
        for p in 0..n {
            for q in p + 1..n {
                let apq = matrix[p][q];
                off_diagonal = off_diagonal.max(apq.abs());
                if apq == 0.0 {
                    continue;
                }
                let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * apq);
                let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
                let sine = tangent * cosine;
                for row in &mut matrix {
                    let (x, y) = (row[p], row[q]);
                    row[p] = cosine * x - sine * y;
                    row[q] = sine * x + cosine * y;
                }
                let (above, below) = matrix.split_at_mut(q);
                for (x, y) in above[p].iter_mut().zip(&mut below[0]) {
                    (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
                }
                for row in &mut vectors {
                    let (x, y) = (row[p], row[q]);
                    row[p] = cosine * x - sine * y;
                    row[q] = sine * x + cosine * y;
                }
            }
        }
        if off_diagonal < 1e-300 {
            break;
        }
    }
    let largest = (0..n).fold(0, |best, i| {
        if matrix[i][i] > matrix[best][best] {
            i
        } else {
            best
        }
    });
    vectors.iter().map(|row| row[largest]).collect()
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    let products: Vec<f64> = x.par_iter().zip(y).map(|(x, y)| x * y).collect();
    block_sum(&products)
}

fn norm(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

fn scale(x: &mut [f64], factor: f64) {
    x.par_iter_mut().for_each(|value| *value *= factor);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tied(nodes: usize, ties: &[(u32, u32)]) -> Graph {
        Graph::from_arcs(nodes, ties.iter().map(|&(a, b)| (a, b, 1.0))).unwrap()
    }

    #[test]
    fn a_star_is_bipartite_and_still_has_its_vector() {
        let found = eigenvector(&tied(5, &[(0, 1), (0, 2), (0, 3), (0, 4)])).unwrap();
        assert!((found.eigenvalue - 2.0).abs() < 1e-14);
        assert_eq!(found.vector[0], 1.0);
        assert!(
            found.vector[1..]
                .iter()
                .all(|entry| (entry - 0.5).abs() < 1e-14)
        );
    }

    #[test]
    fn outside_the_leading_component_it_is_zero() {
        let found = eigenvector(&tied(6, &[(0, 1), (2, 3), (3, 4), (2, 4)])).unwrap();
        assert!((found.eigenvalue - 2.0).abs() < 1e-14);
        assert_eq!((found.vector[0], found.vector[5]), (0.0, 0.0));
        assert!((found.vector[2] - 1.0).abs() < 1e-14);
    }

    #[test]
    fn a_long_line_with_a_tiny_gap_matches_its_closed_form() {
        // Eigenvalue 2 cos(π/(n+1)), entries sin(π k/(n+1)); relative gap about 5e-4.
        let n = 100;
        let line: Vec<(u32, u32)> = (0..n - 1).map(|i| (i, i + 1)).collect();
        let found = eigenvector(&tied(n as usize, &line)).unwrap();
        let angle = std::f64::consts::PI / (n as f64 + 1.0);
        assert!((found.eigenvalue - 2.0 * libm::cos(angle)).abs() < 1e-13);
        let middle = libm::sin(angle * 50.0);
        for (k, entry) in found.vector.iter().enumerate() {
            assert!((entry - libm::sin(angle * (k as f64 + 1.0)) / middle).abs() < 1e-9);
        }
    }

    #[test]
    fn without_ties_there_is_none() {
        assert_eq!(eigenvector(&tied(3, &[])), None);
    }
}
