//! Names of the personas on the floor plan.

use super::clearing::{Crowd, Name};
use super::lettering::{Letters, Weight};
use super::picture::Area;
use crate::analysis::Networks;

/// More personas than this are marked without their names.
const MOST_NAMED: usize = 8;
/// Size of the letters of a persona's name, in ems.
pub(super) const NAME: f32 = 0.8;

/// Radius of a persona's mark: easy to find among the smallest.
pub(super) fn named_radius(radius: f32, em: f32) -> f32 {
    (1.3 * radius).max(0.3 * em)
}

/// A persona's name at one of the person's places: person, stand, words, box.
pub(super) type Placed = (usize, usize, String, Area);

/// Boxes for the personas' names, one at each place where one ever stands; none where there are too many.
pub(super) fn name_places(
    found: &Networks,
    index: &[[Option<usize>; 2]],
    crowd: &mut Crowd<'_>,
    hall: Area,
    letters: &Letters,
    em: f32,
) -> Vec<Placed> {
    let size = NAME * em;
    let personas = || {
        let all = found.people.iter().zip(index).enumerate();
        all.filter_map(|(n, (person, own))| Some((n, person.persona.as_ref()?, own)))
    };
    if personas().count() > MOST_NAMED {
        return Vec::new();
    }
    let mut words: Vec<(usize, usize, String)> = Vec::new();
    for (person, name, own) in personas() {
        let name = letters.shorten(name, Weight::Bold, size, 11.0 * em);
        let mut places: Vec<usize> = own.iter().flatten().copied().collect();
        places.dedup();
        words.extend(
            places
                .into_iter()
                .map(|stand| (person, stand, name.clone())),
        );
    }
    let names: Vec<Name> = words
        .iter()
        .map(|(_, stand, name)| Name {
            stand: *stand,
            size: (letters.width(name, Weight::Bold, size), size),
        })
        .collect();
    let away = crowd.named_radius + 0.2 * em;
    let areas = crowd.make_way(&names, away, hall);
    let placed = words.into_iter().zip(areas);
    placed
        .map(|((person, stand, name), area)| (person, stand, name, area))
        .collect()
}
