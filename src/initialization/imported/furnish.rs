//! What the files say of the people, and their ties, written into the filled firm.

use std::collections::BTreeMap;

use super::super::import::OrganisationFiles;
use super::super::import_plan::ImportPlan;
use super::{Draw, counted, first_names, key};
use crate::random::Randomness;
use crate::units::WEEKS_PER_YEAR;
use crate::world::{CAREER, COLLABORATION, FRIENDSHIP, LAYERS, NOBODY, Tie, World};

/// Age before which nobody works here [weeks].
const ADULT: i32 = 18 * WEEKS_PER_YEAR;
/// Greatest age of an imported tie [weeks]: files seldom say since when people know each other.
const OLDEST_TIE: i32 = 2 * WEEKS_PER_YEAR;
/// Last contacts are spread over this many weeks before the start [weeks].
const LAST_CONTACTS: u32 = 8;

/// Names, tenure and age; what was drawn is kept within them.
pub(super) fn people(
    files: &OrganisationFiles,
    pseudonyms: bool,
    world: &mut World,
    randomness: &Randomness,
    notes: &mut Vec<String>,
) {
    let week = world.week;
    let weeks = |years: f64| libm::round(years * f64::from(WEEKS_PER_YEAR)) as i32;
    let key = key(randomness, Draw::Person);
    for (i, person) in files.people.iter().enumerate() {
        let profile = &mut world.employees.profiles[i];
        let born = &mut world.employees.characters[i].born;
        if let Some(age) = person.age {
            *born = week - weeks(age);
        }
        let mut hired = i32::from(profile.hired);
        match (person.tenure_years, person.age) {
            (Some(tenure), age) => {
                hired = week - weeks(tenure);
                if age.is_none() {
                    *born = (*born).min(hired - ADULT);
                }
            }
            (None, Some(_)) => hired = hired.max(*born + ADULT).min(week),
            (None, None) => {}
        }
        profile.hired = hired as i16;
        let on_level = f64::from(week - hired) * key.of(profile.id).uniform_double();
        world.employees.standings[i].level_since = (week - on_level as i32) as i16;
    }
    world.source_ids = files.people.iter().map(|p| p.source_id.clone()).collect();
    world.names = if pseudonyms {
        (0..files.people.len())
            .map(first_names::pseudonym)
            .collect()
    } else {
        files
            .people
            .iter()
            .map(|p| p.name.clone().unwrap_or_default())
            .collect()
    };

    let named = files.people.iter().any(|p| p.name.is_some());
    notes.push(match (pseudonyms, named) {
        (true, _) => "names are invented".to_owned(),
        (false, true) => "names are those of the file".to_owned(),
        (false, false) => "the file has no names".to_owned(),
    });
    let all = files.people.len();
    let unknown = |what: &str, missing: usize| match missing {
        0 => None,
        _ if missing == all => Some(format!("{what} of everyone")),
        _ => Some(format!("{what} of {missing} of {all} people")),
    };
    let drawn: Vec<String> = [
        unknown(
            "tenure",
            files
                .people
                .iter()
                .filter(|p| p.tenure_years.is_none())
                .count(),
        ),
        unknown(
            "age",
            files.people.iter().filter(|p| p.age.is_none()).count(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    notes.push(format!(
        "drawn with the seed: {}{}time on the present level, competence, skills, interests, needs, habits, \
         aspirations, office days, strategies and the desirability of departments",
        drawn.join(", "),
        if drawn.is_empty() { "" } else { ", " }
    ));
    notes.push(
        "everyone starts with a neutral reputation; acquaintance and influence grow from nothing"
            .to_owned(),
    );
}

/// The layer of the simulation that a word stands for.
fn layer_of(word: &str) -> Option<usize> {
    match word {
        "collaboration" => Some(COLLABORATION),
        "friendship" => Some(FRIENDSHIP),
        "career_support" => Some(CAREER),
        _ => None,
    }
}

/// Puts each mapped tie into the row of its source.
pub(super) fn ties(
    files: &OrganisationFiles,
    plan: &ImportPlan,
    world: &mut World,
    randomness: &Randomness,
    notes: &mut Vec<String>,
) {
    let strengths = strengths(files, plan, notes);
    let week = world.week;
    let key = key(randomness, Draw::Contact);
    let places = world.ties.places();
    let mut left_out = 0;
    let mut crowded = 0;
    let mut rows: Vec<Vec<(u32, [f32; LAYERS])>> = vec![Vec::new(); files.people.len()];
    for ((source, target), strength) in strengths {
        rows[source].push((target as u32, strength));
    }
    for (ego, mut alters) in rows.into_iter().enumerate() {
        // the strongest first, so that those beyond the own room are the weakest
        alters.sort_by(|(a, one), (b, other)| {
            let peak = |s: &[f32; LAYERS]| s[0].max(s[1]).max(s[2]);
            let sum = |s: &[f32; LAYERS]| s[0] + s[1] + s[2];
            peak(other)
                .total_cmp(&peak(one))
                .then(sum(other).total_cmp(&sum(one)))
                .then(a.cmp(b))
        });
        left_out += alters.len().saturating_sub(places);
        crowded += usize::from(alters.len() > places);
        alters.truncate(places);
        let me = world.employees.profiles[ego];
        let row = world.ties.row_mut(ego as u32);
        for (place, (alter, strength)) in alters.into_iter().enumerate() {
            let other = world.employees.profiles[alter as usize];
            let known_since = i32::from(me.hired.max(other.hired)).max(week - OLDEST_TIE);
            // both sides remember the same contact
            let pair = (me.id.min(other.id), me.id.max(other.id));
            let ago = 1 + key.of_pair(pair.0, pair.1).below(LAST_CONTACTS) as i32;
            debug_assert!(
                row.partners[place] == NOBODY,
                "the firm has just been filled"
            );
            row.partners[place] = alter;
            row.records[place] = Tie {
                strength,
                trust: plan.trust.single(),
                formed: known_since as i16,
                last_contact: (week - ago).max(known_since) as i16,
                contacts: 1,
                ..Tie::default()
            };
        }
    }
    if left_out > 0 {
        notes.push(format!(
            "{} had more ties than the {places} places that capacity allows: the weakest {} left out",
            counted(crowded, "person", "people"),
            counted(left_out, "tie was", "ties were")
        ));
    }
}

/// Strength by layer of each pair that a mapped layer ties, in the order of source and target.
fn strengths(
    files: &OrganisationFiles,
    plan: &ImportPlan,
    notes: &mut Vec<String>,
) -> BTreeMap<(usize, usize), [f32; LAYERS]> {
    let mut strengths: BTreeMap<(usize, usize), [f32; LAYERS]> = BTreeMap::new();
    for layer in &files.layers {
        let of_layer = || files.ties.iter().filter(|tie| tie.layer == *layer);
        let all = of_layer().count();
        let Some(target) = plan.layers.get(layer) else {
            notes.push(format!(
                "layer `{layer}` is not mapped: {} left out",
                counted(all, "tie", "ties")
            ));
            continue;
        };
        let Some(index) = layer_of(target) else {
            continue;
        };
        let weights = || of_layer().map(|tie| tie.weight).filter(|&w| w > 0.0);
        let greatest = weights().fold(0.0, f64::max);
        let smallest = weights().fold(f64::INFINITY, f64::min);
        let mut taken = 0;
        for tie in of_layer().filter(|tie| tie.weight > 0.0) {
            taken += 1;
            let share = share_of_strength(tie.weight, smallest, greatest);
            let strength = (plan.strength.get() * share) as f32;
            let pair = strengths.entry((tie.source, tie.target)).or_default();
            pair[index] = pair[index].max(strength);
        }
        notes.push(format!(
            "layer `{layer}`: {} imported as {target}, strength {} at the greatest weight of {greatest}, \
             trust {}",
            counted(taken, "tie", "ties"),
            plan.strength.get(),
            plan.trust.get()
        ));
        let (negative, zero) = of_layer().fold((0, 0), |(negative, zero), tie| {
            (
                negative + usize::from(tie.weight < 0.0),
                zero + usize::from(tie.weight == 0.0),
            )
        });
        for (count, what) in [(negative, "a negative weight"), (zero, "a weight of 0")] {
            if count > 0 {
                notes.push(format!(
                    "layer `{layer}`: {} with {what} left out",
                    counted(count, "tie", "ties")
                ));
            }
        }
    }
    strengths
}

/// Strength of a weight as a share of that of its layer's greatest weight: logarithmic and free of the unit, since
/// counts of contacts differ a thousandfold where closeness does not.
fn share_of_strength(weight: f64, smallest: f64, greatest: f64) -> f64 {
    libm::log1p(weight / smallest) / libm::log1p(greatest / smallest)
}
