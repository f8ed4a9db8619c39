//! Ties: how many, how long, with whom, and how they hang together.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fact::{Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::Observed;
use crate::measures::Graph;
use crate::measures::clustering::triangles;
use crate::measures::cohesion::density_undirected;
use crate::measures::correlation::spearman;
use crate::measures::distances::distances_undirected;
use crate::measures::observed::{concentration, received_by_top, variation};
use crate::measures::regression::{least_squares, standardised};
use crate::measures::sources::Sources;
use crate::measures::structural_holes::{Convention, structural_holes};

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    let mut facts = shape();
    facts.extend(numbers());
    facts
}

fn shape() -> Vec<Fact> {
    use Kind::{Calibrated, Direction, Identity};
    use Measure::{Firm, Not};
    let transitivity = |what, layer: fn(&Observed) -> Option<Sums>, band, size| {
        fact("E45", what, Calibrated, "V-data", band, Firm(layer)).at(size)
    };
    vec![
        transitivity(
            // between 1.2 to 3 above a density of .15 and 5 to 7 at .05: along a power of density, give or take 30 %
            "transitivity over density, collaboration named by 150 people (density .08)",
            |o| clustering(&o.names(Some(0)), o.people.len()),
            (3.1, 5.7),
            150,
        ),
        transitivity(
            "transitivity over density, contacts of a quarter, 500 people",
            |o| clustering(&traced(o), o.people.len()),
            (5.0, 7.0),
            500,
        ),
        transitivity(
            "transitivity over density, contacts of a quarter, 1,000 people",
            |o| clustering(&traced(o), o.people.len()),
            (5.0, 12.0),
            1000,
        ),
        fact(
            "E45",
            "mean path length, names on any layer",
            Calibrated,
            "V-data",
            (2.2, 3.1),
            Firm(|o| path_length(&o.names(None), o.people.len())),
        ),
        fact(
            "E46",
            "share of contacts with the top five",
            Calibrated,
            "V-data",
            (0.6, 0.8),
            Firm(|o| once(concentration(&volumes(o), 5)?)),
        ),
        fact(
            "E46",
            "contacts received by the top 5 %",
            Calibrated,
            "V-data",
            (0.2, 0.3),
            Firm(|o| once(received_by_top(&volumes(o), o.people.len(), 0.05)?)),
        ),
        fact(
            "E46",
            "variation of the number of people who name one (union of layers)",
            Calibrated,
            "V-data",
            (0.4, 0.8),
            Firm(|o| once(variation(&in_degrees(&o.names(None), o.people.len()))?)),
        ),
        fact(
            "E46",
            "variation of the number of people who contact one in a quarter",
            Calibrated,
            "V-data",
            (0.6, 1.1),
            Firm(|o| once(variation(&in_degrees(&traced(o), o.people.len()))?)),
        ),
        fact(
            "E46b",
            "satisfaction of the most sought",
            Direction,
            "V-press",
            (f64::NEG_INFINITY, 0.0),
            Not("the model has no satisfaction"),
        ),
        fact(
            "E55",
            "rank correlation of constraint with degree, contacts of a quarter",
            Identity,
            "V-data",
            (-1.0, -0.9),
            Firm(constraint_is_size),
        ),
        fact(
            "E58",
            "how the slope of rating on constraint changes with the log of peers",
            Kind::HeldOut,
            "V-abs",
            (0.001, 5.0),
            Firm(peers),
        ),
    ]
}

fn numbers() -> Vec<Fact> {
    use Kind::Calibrated;
    use Measure::Firm;
    let often = |what, band, measure: fn(&Observed) -> Option<Sums>| {
        fact(
            "E40",
            what,
            Calibrated,
            "V-abs; M-high",
            band,
            Firm(measure),
        )
    };
    let named = |what, band, measure: fn(&Observed) -> Option<Sums>| {
        fact("E47", what, Calibrated, "V-data", band, Firm(measure))
    };
    vec![
        often("alters in contact weekly", (3.0, 7.0), |o| alters(o, 40)),
        often("alters in contact monthly", (9.0, 20.0), |o| alters(o, 12)),
        often("alters in contact quarterly", (25.0, 60.0), |o| {
            alters(o, 3)
        }),
        named("named for collaboration", (10.0, 18.0), |o| names(o, 0)),
        named("named for friendship", (5.0, 10.0), |o| names(o, 1)),
        named("named for career support", (2.0, 6.0), |o| names(o, 2)),
        named(
            "median of sustained contacts (at least 10 in nine months)",
            (6.0, 12.0),
            sustained,
        ),
    ]
}

/// Contacts of the last year by pair.
fn last_year(o: &Observed) -> BTreeMap<(u32, u32), u32> {
    let n = o.quarters.len();
    o.pairs(n.saturating_sub(4)..n)
}

/// Places in the last panel of people who are still there, by identity.
fn places(o: &Observed) -> BTreeMap<u32, u32> {
    o.people.iter().zip(0..).map(|(p, i)| (p.id, i)).collect()
}

/// Who contacted whom in the last quarter, among people still there at its end.
fn traced(o: &Observed) -> Vec<(u32, u32)> {
    let place = places(o);
    o.quarters.last().map_or_else(Vec::new, |quarter| {
        quarter
            .window
            .keys()
            .filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?)))
            .collect()
    })
}

/// Contacts of the last year with the number of dealings.
fn volumes(o: &Observed) -> Vec<(u32, u32, f64)> {
    let n = o.quarters.len();
    o.quarters[n.saturating_sub(4)..]
        .iter()
        .flat_map(|q| &q.window)
        .map(|(&(a, b), seen)| (a, b, f64::from(seen.dealings)))
        .collect()
}

fn in_degrees(arcs: &[(u32, u32)], people: usize) -> Vec<f64> {
    let mut degrees = vec![0.0; people];
    for &(_, to) in arcs {
        degrees[to as usize] += 1.0;
    }
    degrees
}

fn graph(arcs: &[(u32, u32)], people: usize) -> Option<Graph> {
    Graph::from_arcs(people, arcs.iter().map(|&(a, b)| (a, b, 1.0))).ok()
}

fn clustering(arcs: &[(u32, u32)], people: usize) -> Option<Sums> {
    let graph = graph(arcs, people)?;
    once(triangles(&graph).transitivity()? / density_undirected(&graph)?)
}

fn path_length(arcs: &[(u32, u32)], people: usize) -> Option<Sums> {
    let graph = graph(arcs, people)?;
    let sources = Sources::choose(people, 2000, 256, 1);
    once(
        distances_undirected(&graph, &sources)
            .average_path_length?
            .value,
    )
}

fn constraint_is_size(o: &Observed) -> Option<Sums> {
    let arcs = traced(o);
    let graph = graph(&arcs, o.people.len())?;
    let holes = structural_holes(&graph, Convention::Undirected);
    let (constraint, degree): (Vec<f64>, Vec<f64>) = holes
        .iter()
        .enumerate()
        .filter_map(|(i, hole)| Some((hole.constraint?, graph.undirected().degree(i) as f64)))
        .unzip();
    once(spearman(&constraint, &degree)?)
}

fn peers(o: &Observed) -> Option<Sums> {
    // managers, for whom brokerage was measured: rating on constraint, log peers and their product
    let first = o.first_manager();
    let mut count: BTreeMap<(u8, u8), f64> = BTreeMap::new();
    for p in &o.people {
        *count.entry((p.function, p.level)).or_default() += 1.0;
    }
    let (mut constraint, mut peers, mut controls, mut y) = (vec![], vec![], vec![], vec![]);
    for p in o.people.iter().filter(|p| p.level >= first) {
        if let (Some(c), Some(rating)) = (p.constraint, p.rating) {
            constraint.push(c);
            peers.push(libm::log(count[&(p.function, p.level)]));
            controls.push(p.output);
            y.push(rating);
        }
    }
    let (constraint, peers) = (standardised(&constraint)?, standardised(&peers)?);
    let rows: Vec<Vec<f64>> = (0..y.len())
        .map(|i| {
            vec![
                constraint[i] * peers[i],
                constraint[i],
                peers[i],
                controls[i],
            ]
        })
        .collect();
    once(least_squares(&rows, &y)?[1])
}

fn alters(o: &Observed, often: u32) -> Option<Sums> {
    let mut partners: BTreeMap<u32, u32> = BTreeMap::new();
    for (&(a, b), &count) in &last_year(o) {
        for id in [a, b] {
            *partners.entry(id).or_default() += u32::from(count >= often);
        }
    }
    let sum: u32 = partners.values().sum();
    Some([f64::from(sum), partners.len() as f64, 0.0, 0.0])
}

fn names(o: &Observed, layer: usize) -> Option<Sums> {
    Some([o.named[layer].len() as f64, o.people.len() as f64, 0.0, 0.0])
}

fn sustained(o: &Observed) -> Option<Sums> {
    let n = o.quarters.len();
    let here: BTreeSet<u32> = o
        .people
        .iter()
        .filter(|p| p.tenure > 0.75)
        .map(|p| p.id)
        .collect();
    let mut partners: BTreeMap<u32, u32> = here.iter().map(|id| (*id, 0)).collect();
    for (&(a, b), &count) in &o.pairs(n.saturating_sub(3)..n) {
        if count >= 10 {
            for id in [a, b] {
                if let Some(partners) = partners.get_mut(&id) {
                    *partners += 1;
                }
            }
        }
    }
    let mut counts: Vec<u32> = partners.into_values().collect();
    counts.sort_unstable();
    once(f64::from(*counts.get(counts.len() / 2)?))
}
