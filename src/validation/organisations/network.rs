//! What an observer holds in hand: people with rank and group, and arcs by layer. Files and runs come to the same form.

use std::collections::BTreeMap;

use crate::initialization::import::OrganisationFiles;
use crate::validation::observed::{Observed, Person};

/// One layer: arcs with the volume of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// As the real organisation calls it.
    pub name: String,
    /// Who names or contacts whom, and how often; sorted, each pair once.
    pub arcs: Vec<(u32, u32, f64)>,
}

/// People and their layers.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Number of people.
    pub people: usize,
    /// Rank of each, higher for higher people, if it is known.
    pub ranks: Vec<Option<f64>>,
    /// Department or practice of each, if it is known.
    pub departments: Vec<Option<u32>>,
    /// Site of each, if it is known.
    pub sites: Vec<Option<u32>>,
    /// Layers, the same on both sides and in the same order.
    pub layers: Vec<Layer>,
    /// Whether arcs are counted contacts rather than names.
    pub counted: bool,
}

/// Number of each word in the order of first occurrence.
fn numbered<'a>(words: impl Iterator<Item = Option<&'a str>>) -> Vec<Option<u32>> {
    let mut known: BTreeMap<&str, u32> = BTreeMap::new();
    words
        .map(|word| {
            let next = known.len() as u32;
            word.map(|word| *known.entry(word).or_insert(next))
        })
        .collect()
}

fn sorted(volumes: BTreeMap<(u32, u32), f64>) -> Vec<(u32, u32, f64)> {
    let arcs = volumes.into_iter();
    arcs.map(|((from, to), volume)| (from, to, volume))
        .collect()
}

impl Network {
    /// Of an organisation's files: the layers named, with the rank from `order` or the column of ranks.
    pub fn of_files(files: &OrganisationFiles, layers: &[&str], order: &[&str]) -> Self {
        let rank = |level: Option<&str>, rank: Option<u32>| {
            let place = level.and_then(|level| order.iter().position(|o| *o == level));
            // 1 is the top in the files
            place.map(|p| p as f64).or(rank.map(|r| -f64::from(r)))
        };
        let people = &files.people;
        Self {
            people: people.len(),
            ranks: people
                .iter()
                .map(|p| rank(p.level.as_deref(), p.level_rank))
                .collect(),
            departments: numbered(people.iter().map(|p| p.department.as_deref())),
            sites: numbered(people.iter().map(|p| p.site.as_deref())),
            layers: layers
                .iter()
                .map(|&name| {
                    let mut volumes = BTreeMap::new();
                    for tie in files.ties.iter().filter(|tie| tie.layer == name) {
                        let pair = (tie.source as u32, tie.target as u32);
                        *volumes.entry(pair).or_default() += tie.weight;
                    }
                    Layer {
                        name: name.to_owned(),
                        arcs: sorted(volumes),
                    }
                })
                .collect(),
            counted: files.has_weights,
        }
    }

    /// Of the last survey of a run; `layers` pairs each name with a layer of the model.
    pub fn of_survey(seen: &Observed, layers: &[(&str, usize)]) -> Self {
        let arcs = |layer| {
            let names = seen.names(Some(layer)).into_iter();
            names.map(|(a, b)| (a, b, 1.0)).collect()
        };
        let layers = layers
            .iter()
            .map(|&(name, layer)| Layer {
                name: name.to_owned(),
                arcs: arcs(layer),
            })
            .collect();
        Self::of_people(&seen.people, layers, false)
    }

    /// Of all traced quarters of a run, among everyone who was there at a year's end within them.
    pub fn of_trace(seen: &Observed, name: &str) -> Self {
        let years = (seen.quarters.len() / 4).clamp(1, seen.years.len());
        // the last panel in which somebody stands tells the rank
        let mut last: BTreeMap<u32, &Person> = BTreeMap::new();
        for person in seen.years[seen.years.len() - years..].iter().flatten() {
            last.insert(person.id, person);
        }
        let people: Vec<Person> = last.into_values().cloned().collect();
        let place: BTreeMap<u32, u32> = people.iter().zip(0..).map(|(p, i)| (p.id, i)).collect();
        let mut volumes: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for quarter in &seen.quarters {
            for ((from, to), pair) in &quarter.window {
                if let (Some(&from), Some(&to)) = (place.get(from), place.get(to)) {
                    *volumes.entry((from, to)).or_default() += f64::from(pair.dealings);
                }
            }
        }
        let layer = Layer {
            name: name.to_owned(),
            arcs: sorted(volumes),
        };
        Self::of_people(&people, vec![layer], true)
    }

    fn of_people(people: &[Person], layers: Vec<Layer>, counted: bool) -> Self {
        Self {
            people: people.len(),
            ranks: people.iter().map(|p| Some(f64::from(p.level))).collect(),
            // a practice or department of the files is a function of the firm, which sites may divide further
            departments: people.iter().map(|p| Some(u32::from(p.function))).collect(),
            sites: people.iter().map(|p| Some(u32::from(p.site))).collect(),
            layers,
            counted,
        }
    }
}
