//! The floor plan under the network's picture: rooms for departments, places for people.

use super::clearing::Crowd;
use super::labels::leader;
use super::layout::{self, Stand};
use super::lettering::Letters;
use super::network_counts::{headcounts, room_of, strongest};
use super::persona_names::{NAME, Placed, name_places, named_radius};
use super::picture::{Area, Stroke, Type};
use super::room_titles::{LINE, Title, titled};
use super::sheet::Sheet;
use super::style::{Mark, Role, StrategyStyle};
use crate::analysis::Networks;
use crate::language::Language;

/// A name as it is written: words, box, and the mark that it names.
type Written = (String, Area, (f32, f32));

/// The floor plan, the same for both panels.
pub(super) struct Plan {
    rooms: Vec<Area>,
    /// Each room's name before and after.
    titles: Vec<[Title; 2]>,
    /// Each person's place before and after.
    places: Vec<[Option<(f32, f32)>; 2]>,
    /// Radius of a person's mark.
    radius: f32,
    /// Names of personas before and after.
    names: [Vec<Written>; 2],
}

/// The rooms in the hall, each with its name before and after.
fn titled_rooms(
    found: &Networks,
    hall: Area,
    letters: &Letters,
    (em, language): (f32, Language),
) -> (Vec<Area>, Vec<[Title; 2]>) {
    let mut counts = vec![[0_usize; 2]; found.departments.len()];
    for person in &found.people {
        for (when, room) in [person.before, person.after].into_iter().enumerate() {
            if let Some(room) = room {
                counts[room][when] += 1;
            }
        }
    }
    // A room fits whoever is ever in it, and its name.
    let largest = counts.iter().map(|c| c[0].max(c[1])).max().unwrap_or(1) as f32;
    let weights: Vec<f32> = counts
        .iter()
        .map(|c| (c[0].max(c[1]) as f32).max(largest * 0.12).max(1.0))
        .collect();
    let rooms: Vec<Area> = layout::rooms(&weights, hall)
        .iter()
        .map(|room| room.inset(0.12 * em))
        .collect();
    let most = |room: &Area| room.width - 0.7 * em;
    let headcounts = [false, true].map(|after| headcounts(found, after));
    let titles: Vec<[Title; 2]> = rooms
        .iter()
        .enumerate()
        .map(|(n, room)| {
            [false, true].map(|after| {
                let count = headcounts[usize::from(after)][n];
                let name = &found.departments[n];
                let words = [titled(name, count, after, language), name.clone()];
                Title::of(&words, letters, most(room), em)
            })
        })
        .collect();
    (rooms, titles)
}

/// What the names that are cut in the rooms of this hall stand for: "Offic…: Office of the Executives".
pub(super) fn cut_names(
    found: &Networks,
    hall: Area,
    letters: &Letters,
    words: (f32, Language),
) -> Vec<String> {
    let (_, titles) = titled_rooms(found, hall, letters, words);
    let explained = |(titles, name): (&[Title; 2], &String)| {
        let cut = titles.iter().find(|title| title.is_cut)?;
        let cut = cut.lines.iter().find(|line| line.ends_with('…'))?;
        Some(format!("{cut}: {name}").replace(' ', "\u{a0}"))
    };
    titles
        .iter()
        .zip(&found.departments)
        .filter_map(explained)
        .collect()
}

impl Plan {
    pub(super) fn of(
        found: &Networks,
        hall: Area,
        letters: &Letters,
        (em, language): (f32, Language),
    ) -> Self {
        let (rooms, titles) = titled_rooms(found, hall, letters, (em, language));
        let inner: Vec<Area> = rooms
            .iter()
            .zip(&titles)
            .map(|(room, titles)| {
                let strip = 0.3 * em + titles[0].height().max(titles[1].height());
                let room = Area {
                    y: room.y + strip,
                    height: (room.height - strip).max(0.5 * em),
                    ..*room
                };
                room.inset((0.75 * em).min(room.width.min(room.height) * 0.2))
            })
            .collect();
        // Whoever changes department stands twice; everybody else has one place in both panels.
        let mut stands: Vec<Stand> = Vec::new();
        let mut index: Vec<[Option<usize>; 2]> = Vec::new();
        for person in &found.people {
            let mut own = [None; 2];
            for (when, room) in [person.before, person.after].into_iter().enumerate() {
                let Some(room) = room else { continue };
                if when == 1 && person.before == Some(room) {
                    own[1] = own[0];
                } else {
                    own[when] = Some(stands.len());
                    stands.push(Stand { room });
                }
            }
            index.push(own);
        }
        let ties: Vec<(usize, usize, f32)> = [(0, &found.before), (1, &found.after)]
            .into_iter()
            .flat_map(|(when, ties)| {
                let index = &index;
                ties.iter().filter_map(move |tie| {
                    Some((index[tie.one][when]?, index[tie.other][when]?, tie.strength))
                })
            })
            .collect();
        let (mut at, spacing) = layout::places(&stands, &ties, &inner);
        let tightest = stands
            .iter()
            .map(|stand| spacing[stand.room])
            .fold(f32::INFINITY, f32::min);
        let radius = (0.3 * tightest).clamp(0.1 * em, 0.42 * em);
        let words: Vec<Area> = rooms
            .iter()
            .zip(&titles)
            .flat_map(|(room, titles)| titles.iter().map(|title| title.strip(room, em)))
            .collect();
        let paths: Vec<(usize, usize)> = found
            .people
            .iter()
            .zip(&index)
            .filter_map(|(person, own)| Some((person.reassigned, own[0]?, own[1]?)))
            .filter_map(|(moved, from, to)| (moved && from != to).then_some((from, to)))
            .collect();
        let mut crowd = Crowd {
            stands: &stands,
            at: &mut at,
            rooms: &inner,
            spacing: &spacing,
            radius: 1.45 * radius,
            named_radius: 1.45 * named_radius(radius, em),
            words: &words,
            paths: &paths,
        };
        let named = name_places(found, &index, &mut crowd, hall, letters, em);
        let names = [0, 1].map(|when| {
            let here = |(person, stand, ..): &&Placed| index[*person][when] == Some(*stand);
            let own = named.iter().filter(here);
            own.map(|(_, stand, name, area)| (name.clone(), *area, at[*stand]))
                .collect()
        });
        Self {
            rooms,
            titles,
            places: index
                .iter()
                .map(|own| own.map(|stand| stand.map(|stand| at[stand])))
                .collect(),
            radius,
            names,
        }
    }

    pub(super) fn floor(&self, sheet: &mut Sheet<'_>, found: &Networks, after: bool, shift: f32) {
        let em = sheet.em;
        let counts = headcounts(found, after);
        for (room, count) in self.rooms.iter().zip(counts) {
            let room = Area {
                x: room.x + shift,
                ..*room
            };
            let (fill, stroke) = if count > 0 {
                (Some(Role::Region.into()), None)
            } else {
                (
                    None,
                    Some(Stroke::dashed(Role::Muted, 0.06 * em, &[4.0, 3.0])),
                )
            };
            sheet.picture.rounded(room, 0.4 * em, fill, stroke);
        }
    }

    /// Names of the rooms, on plates that ties and arrows pass under.
    fn room_names(&self, sheet: &mut Sheet<'_>, counts: &[usize], after: bool, shift: f32) {
        let em = sheet.em;
        for ((room, titles), count) in self.rooms.iter().zip(&self.titles).zip(counts) {
            let title = &titles[usize::from(after)];
            let plate = title.plate((room.x + shift, room.y), em);
            let ground = Some(ground(*count).into());
            sheet.picture.rounded(plate, 0.2 * em, ground, None);
            for (k, line) in title.lines.iter().enumerate() {
                let down = (k as f32 + 0.9) * LINE * title.size;
                let spot = (room.x + shift + 0.4 * em, room.y + 0.15 * em + down);
                let style = Type::new(title.size, Role::Muted);
                sheet.picture.text(line, spot, style);
            }
        }
    }

    pub(super) fn people(
        &self,
        sheet: &mut Sheet<'_>,
        found: &Networks,
        styles: &[StrategyStyle],
        after: bool,
        shift: f32,
    ) {
        let em = sheet.em;
        let when = usize::from(after);
        let counts = headcounts(found, after);
        let spot = |person: usize| self.places[person][when].map(|(x, y)| (x + shift, y));
        let ties = strongest(
            if after { &found.after } else { &found.before },
            found.people.len(),
        );
        let mut inside = Vec::new();
        let mut across = Vec::new();
        for tie in ties {
            if let (Some(a), Some(b)) = (spot(tie.one), spot(tie.other)) {
                let same = room_of(found, tie.one, after) == room_of(found, tie.other, after);
                if same { &mut inside } else { &mut across }.push((a, b));
            }
        }
        let width = (0.22 * self.radius).clamp(0.028 * em, 0.08 * em);
        let dense = 1.0 / (1.0 + across.len() as f32 / 500.0);
        sheet.picture.segments(
            &across,
            Stroke::solid(Role::Tie.faint(0.2 + 0.4 * dense), width),
        );
        sheet
            .picture
            .segments(&inside, Stroke::solid(Role::Tie.faint(0.75), width));
        if after {
            self.paths(sheet, found, styles, shift);
        }
        // Lines to names lie under marks and under the rooms' names.
        let names = self.names(sheet, after, shift);
        self.room_names(sheet, &counts, after, shift);

        let mut order: Vec<usize> = (0..found.people.len()).collect();
        order.sort_by_key(|i| {
            (
                found.people[*i].persona.is_some(),
                found.people[*i].reassigned,
            )
        });
        for i in &order {
            let Some(at) = spot(*i) else { continue };
            let person = &found.people[*i];
            let look = styles[person.strategy];
            let radius = if person.persona.is_some() {
                named_radius(self.radius, em)
            } else {
                self.radius
            };
            let rim = Stroke::solid(Role::Region, 0.16 * self.radius);
            sheet
                .picture
                .mark(look.mark, at, radius, Some(look.role.into()), Some(rim));
            if person.reassigned {
                let ring =
                    Stroke::solid(Role::Ink, (0.24 * self.radius).clamp(0.045 * em, 0.1 * em));
                sheet
                    .picture
                    .mark(Mark::Circle, at, radius * 1.38, None, Some(ring));
            }
        }
        let style = Type::new(NAME * em, Role::Ink).bold().rimmed();
        for (name, area) in names {
            // on a plate of the floor's colour, over which no arrow runs
            let within = |(room, _): &(&Area, &usize)| {
                let x = room.x + shift;
                Area { x, ..**room }.contains(&area)
            };
            let room = self.rooms.iter().zip(&counts).find(within);
            let floor = room.map_or(Role::Region, |(_, count)| ground(*count));
            let plate = Area {
                x: area.x - 0.1 * em,
                width: area.width + 0.2 * em,
                ..area
            };
            sheet
                .picture
                .rounded(plate, 0.2 * em, Some(floor.into()), None);
            let at = (area.x, area.y + area.height * 0.8);
            sheet.picture.text(name, at, style);
        }
    }

    /// Arrows from where those who changed posts stood before to where they stand now.
    fn paths(&self, sheet: &mut Sheet<'_>, found: &Networks, styles: &[StrategyStyle], shift: f32) {
        let em = sheet.em;
        let moved = found
            .people
            .iter()
            .filter(|person| person.reassigned)
            .count();
        // Many paths become a shade that shows the direction of the flow.
        let opacity = (24.0 / moved.max(1) as f32).clamp(0.25, 0.7);
        for (person, places) in found.people.iter().zip(&self.places) {
            let [Some(from), Some(to)] = *places else {
                continue;
            };
            if !person.reassigned || from == to {
                continue;
            }
            let named = person.persona.is_some();
            let (width, opacity) = if named {
                (0.13 * em, 1.0)
            } else {
                (0.07 * em, opacity)
            };
            let stroke = Stroke::solid(styles[person.strategy].role.faint(opacity), width);
            let short = self.radius * 1.5;
            let (from, to) = ((from.0 + shift, from.1), (to.0 + shift, to.1));
            sheet.picture.arrow(from, to, short, stroke);
        }
    }

    /// Draws lines to the personas' names where one stands apart from its mark; the names and their boxes.
    fn names(&self, sheet: &mut Sheet<'_>, after: bool, shift: f32) -> Vec<(&str, Area)> {
        let own = self.names[usize::from(after)].iter();
        own.map(|(name, area, at)| {
            let area = Area {
                x: area.x + shift,
                ..*area
            };
            let radius = named_radius(self.radius, sheet.em) * 1.2;
            leader(sheet, (at.0 + shift, at.1), area, radius);
            (name.as_str(), area)
        })
        .collect()
    }
}

/// What a room's floor is drawn in: only where somebody is in it.
fn ground(count: usize) -> Role {
    if count > 0 { Role::Region } else { Role::Paper }
}
