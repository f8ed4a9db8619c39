//! Burt's structural holes: constraint and effective size, and the ties among an ego's alters.
//!
//! ```text
//! z_ij = a_ij + a_ji,   p_ij = z_ij / Σ_k z_ik,   m_jq = z_jq / max_k z_jk
//! constraint      C_i = Σ_j ( p_ij + Σ_{q≠i,j} p_iq p_qj )²
//! effective size  E_i = Σ_j ( 1 − Σ_{q≠i,j} p_iq m_jq )
//! ```
//!
//! j runs over the people tied to i in either direction, and no others; the maximum includes
//! ego. Burt (1992, Structural Holes, ch. 2). What a_ij is depends on the [`Convention`], and
//! the conventions differ even in order. Constraint can exceed 1: a triangle gives 1.125. Both
//! are undefined for isolates, and where the weights of an ego's ties add up to 0 or less.
//!
//! Time: Σ over nodes of the degrees of its alters. One traversal gives both measures and the
//! number of ties among alters, on which clustering rests.

use rayon::prelude::*;

use super::graph::Graph;

/// What counts as the strength of an arc, a_ij.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// 0 or 1 in the directed graph: a mutual tie counts twice as much as a one-way tie.
    Directed,
    /// 0 or 1 in the undirected graph: all ties count the same.
    Undirected,
    /// The arc's weight.
    Weighted,
}

/// Structural holes around one ego.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StructuralHoles {
    /// Burt's constraint, from 0 to about 1.1; none where it is not defined.
    pub constraint: Option<f64>,
    /// Burt's effective size [alters], at most the degree; none where it is not defined.
    pub effective_size: Option<f64>,
    /// Undirected ties among ego's alters [ties].
    pub ties_among_alters: u64,
}

/// Structural holes around every node.
pub fn structural_holes(graph: &Graph, convention: Convention) -> Vec<StructuralHoles> {
    match convention {
        Convention::Directed => around_each(graph, |ego, place| {
            1.0 + f64::from(u8::from(graph.mutual(ego)[place]))
        }),
        Convention::Undirected => around_each(graph, |_, _| 1.0),
        Convention::Weighted => {
            around_each(graph, |ego, place| graph.undirected().weights(ego)[place])
        }
    }
}

const NOT_AN_ALTER: u32 = u32::MAX;

/// Working space of one worker; between egos nobody is an alter.
struct Neighbourhood {
    /// Place of a node among ego's alters.
    place: Vec<u32>,
    /// Σ_q p_iq p_qj for each alter j of ego.
    through: Vec<f64>,
}

fn around_each(graph: &Graph, z: impl Fn(usize, usize) -> f64 + Sync) -> Vec<StructuralHoles> {
    let rows = graph.undirected();
    let n = rows.nodes();
    let (total, largest): (Vec<f64>, Vec<f64>) = (0..n)
        .into_par_iter()
        .map(|ego| {
            let row = (0..rows.degree(ego)).map(|place| z(ego, place));
            row.fold((0.0, 0.0), |(sum, most), strength| {
                (sum + strength, strength.max(most))
            })
        })
        .unzip();
    let new = || Neighbourhood {
        place: vec![NOT_AN_ALTER; n],
        through: Vec::new(),
    };
    // A worker's space is as long as the graph: keep the pieces few, whatever rayon would like.
    let piece = (n / 64).max(16);
    (0..n)
        .into_par_iter()
        .with_min_len(piece)
        .map_init(new, |space, ego| {
            around(graph, &z, &total, &largest, space, ego)
        })
        .collect()
}

fn around(
    graph: &Graph,
    z: &impl Fn(usize, usize) -> f64,
    total: &[f64],
    largest: &[f64],
    space: &mut Neighbourhood,
    ego: usize,
) -> StructuralHoles {
    let rows = graph.undirected();
    let alters = rows.alters(ego);
    if alters.is_empty() {
        return StructuralHoles::default();
    }
    for (place, &alter) in alters.iter().enumerate() {
        space.place[alter as usize] = place as u32;
    }
    space.through.clear();
    space.through.resize(alters.len(), 0.0);
    // Sums of z only, divided at the end: p_ib = z_ib / total(ego).
    let mut redundancy = 0.0;
    let mut directions = 0_u64;
    for (place_of_alter, &alter) in alters.iter().enumerate() {
        let alter = alter as usize;
        let to_alter = z(ego, place_of_alter);
        let passed_on = if total[alter] == 0.0 {
            0.0
        } else {
            to_alter / total[alter]
        };
        let mut shared = 0.0;
        for (place_of_third, &third) in rows.alters(alter).iter().enumerate() {
            let place = space.place[third as usize];
            if place != NOT_AN_ALTER {
                let strength = z(alter, place_of_third);
                space.through[place as usize] += passed_on * strength;
                shared += z(ego, place as usize) * strength;
                directions += 1;
            }
        }
        if shared != 0.0 {
            redundancy += shared / largest[alter];
        }
    }
    for &alter in alters {
        space.place[alter as usize] = NOT_AN_ALTER;
    }
    let investment = |place: usize| (z(ego, place) + space.through[place]) / total[ego];
    let constraint: f64 = (0..alters.len())
        .map(|j| investment(j) * investment(j))
        .sum();
    let effective_size = alters.len() as f64 - redundancy / total[ego];
    let defined = |value: f64| (total[ego] > 0.0 && value.is_finite()).then_some(value);
    StructuralHoles {
        constraint: defined(constraint),
        effective_size: defined(effective_size),
        ties_among_alters: directions / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Convention; 3] = [
        Convention::Directed,
        Convention::Undirected,
        Convention::Weighted,
    ];

    #[test]
    fn a_triangle_constrains_by_nine_eighths() {
        let graph = Graph::from_arcs(3, [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]).unwrap();
        for convention in ALL {
            for holes in structural_holes(&graph, convention) {
                assert_eq!(holes.constraint, Some(1.125));
                assert_eq!(holes.effective_size, Some(1.0), "d − 2t/d = 2 − 2·1/2");
                assert_eq!(holes.ties_among_alters, 1);
            }
        }
    }

    #[test]
    fn a_star_constrains_its_centre_by_one_over_its_degree() {
        let graph = Graph::from_arcs(6, (1..5).map(|leaf| (0, leaf, 2.0))).unwrap();
        for convention in ALL {
            let holes = structural_holes(&graph, convention);
            assert_eq!(holes[0].constraint, Some(0.25));
            assert_eq!(holes[0].effective_size, Some(4.0));
            assert_eq!(holes[1].constraint, Some(1.0));
            assert_eq!(
                holes[5],
                StructuralHoles::default(),
                "an isolate has neither"
            );
        }
    }

    #[test]
    fn a_mutual_tie_weighs_twice_in_the_directed_convention_only() {
        // 0 <-> 1, 0 -> 2: z = 2 and 1, so p = 2/3 and 1/3.
        let graph = Graph::from_arcs(3, [(0, 1, 1.0), (1, 0, 1.0), (0, 2, 1.0)]).unwrap();
        let directed = structural_holes(&graph, Convention::Directed)[0]
            .constraint
            .unwrap();
        assert!((directed - 5.0 / 9.0).abs() < 1e-15);
        let undirected = structural_holes(&graph, Convention::Undirected)[0]
            .constraint
            .unwrap();
        assert!((undirected - 0.5).abs() < 1e-15);
    }

    #[test]
    fn ties_without_any_weight_leave_the_weighted_convention_undefined() {
        let graph = Graph::from_arcs(2, [(0, 1, 0.0)]).unwrap();
        let holes = structural_holes(&graph, Convention::Weighted)[0];
        assert_eq!((holes.constraint, holes.effective_size), (None, None));
    }
}
