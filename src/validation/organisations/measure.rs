//! The measures that both sides go through.

use super::network::{Layer, Network};
use crate::measures::Graph;
use crate::measures::clustering::triangles;
use crate::measures::cohesion::{density_undirected, dyads};
use crate::measures::degree::{degree, in_degree, out_degree};
use crate::measures::observed::{
    across_ranks, concentration, homophily_ratio, overlap, received_by_top, variation,
};

/// One measure of one network.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Layer or layers.
    pub layer: String,
    /// What.
    pub what: &'static str,
    /// Value; none where it is not defined.
    pub value: Option<f64>,
}

/// All measures of a network, in a fixed order.
pub fn measures(network: &Network) -> Vec<Measured> {
    let mut all = Vec::new();
    for layer in &network.layers {
        of_layer(network, layer, &mut all);
    }
    for (i, one) in network.layers.iter().enumerate() {
        for other in &network.layers[i + 1..] {
            all.push(Measured {
                layer: format!("{} and {}", one.name, other.name),
                what: "overlap: names on both layers over names on either",
                value: overlap(&pairs(one), &pairs(other)),
            });
        }
    }
    all
}

fn pairs(layer: &Layer) -> Vec<(u32, u32)> {
    layer.arcs.iter().map(|&(a, b, _)| (a, b)).collect()
}

fn counts(degrees: &[u32]) -> Vec<f64> {
    degrees.iter().map(|&d| f64::from(d)).collect()
}

fn of_layer(network: &Network, layer: &Layer, all: &mut Vec<Measured>) {
    let mut add = |what, value| {
        all.push(Measured {
            layer: layer.name.clone(),
            what,
            value,
        });
    };
    let arcs = pairs(layer);
    let Ok(graph) = Graph::from_arcs(network.people, layer.arcs.iter().copied()) else {
        return;
    };
    let transitivity = triangles(&graph).transitivity();
    let over_density = transitivity.zip(density_undirected(&graph));
    let people = network.people as f64;
    if network.counted {
        let partners = counts(&degree(&graph));
        add(
            "people in contact with one",
            Some(partners.iter().sum::<f64>() / people),
        );
    } else {
        add("names a person gives", Some(arcs.len() as f64 / people));
        add(
            "variation of the names given",
            variation(&counts(&out_degree(&graph))),
        );
    }
    add(
        "variation of how many name or contact one",
        variation(&counts(&in_degree(&graph))),
    );
    add(
        "reciprocity: share whose reverse exists",
        dyads(&graph).reciprocity_arcs(),
    );
    add("transitivity", transitivity);
    add(
        "transitivity over density",
        over_density.map(|(t, d)| t / d),
    );
    let ranks = across_ranks(&arcs, &network.ranks);
    add("share that leads up the ranks", ranks.map(|r| r[0]));
    add("share that leads down the ranks", ranks.map(|r| r[2]));
    if network.counted {
        add(
            "share of contacts with one's top five",
            concentration(&layer.arcs, 5),
        );
        add(
            "share of contacts that the top 5 % receive",
            received_by_top(&layer.arcs, network.people, 0.05),
        );
        return;
    }
    // accounts of e-mail have no department
    add(
        "share within departments",
        within(&arcs, &network.departments),
    );
    add(
        "chance of a name inside over outside the department",
        homophily_ratio(&arcs, &network.departments),
    );
    add(
        "chance of a name at the own over another site",
        homophily_ratio(&arcs, &network.sites),
    );
}

/// Share of the arcs among people with a group that stay within it; none without arcs.
fn within(arcs: &[(u32, u32)], groups: &[Option<u32>]) -> Option<f64> {
    let known = arcs
        .iter()
        .filter_map(|&(a, b)| Some(groups[a as usize]? == groups[b as usize]?));
    let (same, all) = known.fold((0.0, 0.0), |(same, all), is_same| {
        (same + f64::from(u8::from(is_same)), all + 1.0)
    });
    (all > 0.0).then(|| same / all)
}
