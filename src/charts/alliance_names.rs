//! Names on the alliance map: of rings, of sectors, of people.

use super::alliance_rings::{DEEPEST, OUTER, RINGS, Rings, ring};
use super::desk::Desk;
use super::labels::{Labels, leader};
use super::lettering::Weight;
use super::picture::{Align, Area, Stroke, Type, around};
use super::sheet::Sheet;
use super::style::Role;
use crate::analysis::{Closeness, Contact};

/// Contacts named at most, besides personas.
const MOST_NAMED: usize = 12;
/// Steps of a tenth of a radian that the name of a ring may stand off its foot or head.
const SIDEWAYS: usize = 11;
/// Steps of 0.3 of its height that it may stand further in.
const INWARDS: usize = 5;

/// Names of the rings, each inside its line, near the foot or the head, where they cover nothing.
pub(super) fn ring_names(
    desk: &Desk<'_>,
    sheet: &mut Sheet<'_>,
    labels: &mut Labels,
    rings: Rings,
    spots: &[((f32, f32), &Contact)],
    (middle, radius): (Area, f32),
) {
    let size = 0.66 * sheet.em;
    let letters = sheet.picture.letters;
    for (closeness, share) in RINGS {
        let word = match closeness {
            Closeness::Close => "alliances.ring_close",
            Closeness::Strong => "alliances.ring_strong",
            Closeness::Weak => "alliances.ring_weak",
            Closeness::OneWay => "alliances.ring_one_way",
        };
        let words = desk.say(word, &[]);
        let width = letters.width(&words, Weight::Regular, size);
        // the names of inner rings and sectors stand already
        let best = strips(rings, share, (width, size))
            .map(|(far, area)| (labels.burden(&area) + 0.02 * far * size * size, area))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, area)) = best else { continue };
        // In a crowd without a gap the note below, which counts the rings from inside, must do.
        let covers = |spot: (f32, f32), radius: f32| around(spot, radius).overlap(&area) > 0.0;
        let crosses = |to: (f32, f32)| {
            let from = rings.centre;
            (0..=100).map(|k| k as f32 / 100.0).any(|share| {
                let spot = (
                    from.0 + share * (to.0 - from.0),
                    from.1 + share * (to.1 - from.1),
                );
                covers(spot, 0.1 * sheet.em)
            })
        };
        let is_taken = middle.overlap(&area) > 0.0
            || spots.iter().any(|(spot, contact)| {
                covers(*spot, radius * OUTER) || contact.advocate && crosses(*spot)
            });
        if is_taken {
            continue;
        }
        labels.keep(area);
        let style = Type::new(size, Role::Muted).rimmed().align(Align::Centre);
        let spot = (area.x + width / 2.0, area.y + 0.95 * size);
        sheet.picture.text(&words, spot, style);
    }
}

/// Where the name of a ring may stand: inside its line with all its letters, at the foot or the head and from there to
/// either side, or a little further in. With how far that is from the best place.
fn strips(
    rings: Rings,
    share: f32,
    (width, size): (f32, f32),
) -> impl Iterator<Item = (f32, Area)> {
    let quarter = core::f32::consts::FRAC_PI_2;
    (0..=2 * SIDEWAYS)
        .flat_map(move |k| {
            let aside = (k as f32 - SIDEWAYS as f32) * 0.1;
            [
                (quarter + aside, aside.abs()),
                (aside - quarter, aside.abs()),
            ]
        })
        .flat_map(|(angle, aside)| (0..=INWARDS).map(move |k| (angle, aside, 0.3 * k as f32)))
        .map(move |(angle, aside, depth)| {
            let (x, y) = rings.at(angle, share);
            let below = y > rings.centre.1;
            let inwards = if below { -1.3 - depth } else { 0.1 + depth };
            let area = Area {
                x: x - width / 2.0,
                y: y + inwards * size,
                width,
                height: 1.2 * size,
            };
            (aside + depth, area)
        })
        .filter(move |(_, area)| rings.hold(area, share))
}

/// The name of a sector, outside its middle.
pub(super) fn sector_name(
    sheet: &mut Sheet<'_>,
    labels: &mut Labels,
    rings: Rings,
    middle: f32,
    words: &str,
) {
    let (em, room) = (sheet.em, sheet.room);
    let (x, y) = rings.at(middle, 1.0);
    let (cosine, sine) = (libm::cosf(middle), libm::sinf(middle));
    let align = if cosine.abs() < 0.25 {
        Align::Centre
    } else if cosine > 0.0 {
        Align::Left
    } else {
        Align::Right
    };
    let away = match align {
        Align::Centre => 0.0,
        Align::Left => 0.7 * em,
        Align::Right => -0.7 * em,
    };
    let size = 0.84 * em;
    let drop = if sine < -0.8 {
        -0.5 * em
    } else if sine > 0.8 {
        1.1 * em
    } else {
        0.3 * em
    };
    let letters = sheet.picture.letters;
    let most = match align {
        Align::Left => room.right() - x - away,
        Align::Right => x + away - room.x,
        Align::Centre => room.width * 0.4,
    };
    let words = letters.shorten(words, Weight::Bold, size, most);
    let width = letters.width(&words, Weight::Bold, size);
    let left = match align {
        Align::Left => x + away,
        Align::Right => x + away - width,
        Align::Centre => x - width / 2.0,
    };
    let strip = Area {
        x: left,
        y: y + drop - size,
        width,
        height: size * 1.3,
    };
    labels.avoid(strip, 30.0);
    let style = Type::new(size, Role::Ink).bold().rimmed();
    sheet.picture.text(&words, (left, y + drop), style);
}

/// The plate of the person in the middle, with the name in it: outside, it could be read as the name of a contact.
/// Room for it ends where the marks of the innermost ring begin.
pub(super) fn own_name(
    sheet: &mut Sheet<'_>,
    labels: &mut Labels,
    rings: Rings,
    name: &str,
    radius: f32,
) -> Area {
    let em = sheet.em;
    let size = 0.78 * em;
    let letters = sheet.picture.letters;
    let inner = rings.wide * (ring(Closeness::Close) - DEEPEST);
    let most = (2.0 * (inner - radius * OUTER) - 1.4 * em).max(2.0 * em);
    let name = letters.shorten(name, Weight::Bold, size, most);
    let width = letters.width(&name, Weight::Bold, size) + 1.0 * em;
    let area = Area {
        x: rings.centre.0 - width / 2.0,
        y: rings.centre.1 - 0.75 * em,
        width,
        height: 1.5 * em,
    };
    let rim = Stroke::solid(Role::Paper, 0.15 * em);
    let ink = Some(Role::Ink.into());
    sheet
        .picture
        .rounded(area, area.height / 2.0, ink, Some(rim));
    let style = Type::new(size, Role::Paper).bold().align(Align::Centre);
    let spot = (rings.centre.0, rings.centre.1 + 0.36 * size);
    sheet.picture.text(&name, spot, style);
    labels.avoid(area.inset(-0.15 * em), 40.0);
    labels.keep(area);
    area
}

/// Names of the contacts who matter most.
pub(super) fn names(
    sheet: &mut Sheet<'_>,
    labels: &mut Labels,
    spots: &[((f32, f32), &Contact)],
    radius: f32,
) {
    let em = sheet.em;
    let room = sheet.room;
    let size = 0.78 * em;
    // a persona is named in any crowd, with a line if need be; others where there is room beside the mark
    let mut label = |at, name: &str, weight, far: f32| {
        let letters = sheet.picture.letters;
        let name = letters.shorten(name, weight, size, 9.0 * em);
        let width = letters.width(&name, weight, size);
        let area = if weight == Weight::Bold {
            let area = labels.place(at, (width, size), far, room);
            leader(sheet, at, area, far);
            area
        } else {
            let Some(area) = labels.place_beside(at, (width, size), far, room) else {
                return;
            };
            area
        };
        let mut style = Type::new(size, Role::Ink).rimmed();
        style.weight = weight;
        sheet
            .picture
            .text(&name, (area.x, area.y + size * 0.8), style);
    };
    let mut named: Vec<&((f32, f32), &Contact)> = spots
        .iter()
        .filter(|(_, contact)| contact.name.is_some())
        .filter(|(_, c)| c.persona || c.advocate || c.closeness == Closeness::Close)
        .collect();
    named.sort_by_key(|(_, c)| (!c.persona, !c.sponsor, !c.advocate, c.closeness, c.employee));
    for (spot, contact) in named.into_iter().take(MOST_NAMED) {
        let name = contact.name.as_deref().unwrap_or_default();
        let weight = if contact.persona {
            Weight::Bold
        } else {
            Weight::Regular
        };
        // beside the ring of whoever is of another department, not on it
        let mark = if contact.bridge {
            radius * OUTER
        } else {
            radius
        };
        label(*spot, name, weight, mark + 0.2 * em);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_each_ring_stands_inside_its_ring_and_outside_the_next() {
        let rings = Rings {
            centre: (360.0, 300.0),
            wide: 200.0,
            high: 150.0,
        };
        let mut inner = 0.0;
        for (closeness, share) in RINGS {
            let places: Vec<(f32, Area)> = strips(rings, share, (60.0, 8.0)).collect();
            assert!(!places.is_empty(), "{closeness:?}");
            for (_, area) in places {
                assert!(rings.hold(&area, share), "{closeness:?}: {area:?}");
                assert!(!rings.hold(&area, inner), "{closeness:?}: {area:?}");
            }
            inner = share;
        }
    }
}
