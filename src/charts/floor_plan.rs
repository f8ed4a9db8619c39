//! The floor plan under the network's picture: rooms for departments, places for people.

use super::labels::Labels;
use super::layout::{self, Stand};
use super::lettering::{Letters, Weight};
use super::network::{headcounts, room_of, strongest};
use super::picture::{Area, Stroke, Type};
use super::positions::{around, leader};
use super::sheet::Sheet;
use super::style::{Mark, Role, StrategyStyle};
use crate::analysis::Networks;
use crate::language::Language;

/// More personas than this are marked without their names.
const MOST_NAMED: usize = 8;
/// Size of the letters of a persona's name, in ems.
const NAME: f32 = 0.8;

/// Height of a line of a room's name, in sizes of its letters.
const LINE: f32 = 1.12;

/// A room's name with its headcount, as it is written.
struct Title {
    size: f32,
    lines: Vec<String>,
    width: f32,
}

impl Title {
    /// The first of the wordings that fits into one line, or else two, in large letters or else in small ones; the last
    /// one cut where none does.
    fn of(wordings: &[String; 2], letters: &Letters, most: f32, em: f32) -> Self {
        let wrapped = |words: &str, size: f32, allowed: usize| {
            let lines = letters.wrap(words, Weight::Regular, size, most);
            let wide = |line: &String| letters.width(line, Weight::Regular, size) <= most;
            (lines.len() <= allowed && lines.iter().all(wide)).then_some((size, lines))
        };
        let [full, name] = wordings;
        let (large, small) = (0.74 * em, 0.62 * em);
        let tries = [
            (full, large, 1),
            (full, large, 2),
            (full, small, 2),
            (name, small, 2),
        ];
        let (size, lines) = tries
            .into_iter()
            .find_map(|(words, size, allowed)| wrapped(words, size, allowed))
            .unwrap_or_else(|| {
                let cut = letters.shorten(name, Weight::Regular, small, most);
                (small, vec![cut])
            });
        let widths = lines
            .iter()
            .map(|line| letters.width(line, Weight::Regular, size));
        Self {
            size,
            width: widths.fold(0.0, f32::max),
            lines,
        }
    }

    fn height(&self) -> f32 {
        self.lines.len() as f32 * LINE * self.size
    }
}

/// A department with its headcount, or why it has none.
fn titled(name: &str, count: usize, after: bool, language: Language) -> String {
    match (count, after) {
        (0, true) => format!("{name} {}", language.say("network.gone", &[])),
        (0, false) => format!("{name} {}", language.say("network.not_yet", &[])),
        _ => format!("{name} ({count})"),
    }
}

/// The floor plan, the same for both panels.
pub(super) struct Plan {
    hall: Area,
    rooms: Vec<Area>,
    /// Each room's name before and after.
    titles: Vec<[Title; 2]>,
    /// Each person's place before and after.
    places: Vec<[Option<(f32, f32)>; 2]>,
    /// Radius of a person's mark.
    radius: f32,
}

impl Plan {
    pub(super) fn of(
        found: &Networks,
        hall: Area,
        letters: &Letters,
        (em, language): (f32, Language),
    ) -> Self {
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
        let (at, spacing) = layout::places(&stands, &ties, &inner);
        let tightest = stands
            .iter()
            .map(|stand| spacing[stand.room])
            .fold(f32::INFINITY, f32::min);
        Self {
            hall,
            rooms,
            titles,
            places: index
                .iter()
                .map(|own| own.map(|stand| stand.map(|stand| at[stand])))
                .collect(),
            radius: (0.3 * tightest).clamp(0.1 * em, 0.42 * em),
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

    /// Names of the rooms; drawn over the ties.
    fn room_names(&self, sheet: &mut Sheet<'_>, after: bool, shift: f32) {
        let em = sheet.em;
        for (room, titles) in self.rooms.iter().zip(&self.titles) {
            let title = &titles[usize::from(after)];
            for (k, line) in title.lines.iter().enumerate() {
                let down = (k as f32 + 0.9) * LINE * title.size;
                let spot = (room.x + shift + 0.4 * em, room.y + 0.15 * em + down);
                let style = Type::new(title.size, Role::Muted).rimmed();
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
        let names = self.names(sheet, found, &spot, after, shift);
        self.room_names(sheet, after, shift);

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
                self.radius * 1.3
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
        for (name, at) in names {
            sheet.picture.text(&name, at, style);
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

    /// Places for the personas' names, with the lines that lead there drawn.
    fn names(
        &self,
        sheet: &mut Sheet<'_>,
        found: &Networks,
        spot: &dyn Fn(usize) -> Option<(f32, f32)>,
        after: bool,
        shift: f32,
    ) -> Vec<(String, (f32, f32))> {
        let em = sheet.em;
        let hall = Area {
            x: self.hall.x + shift,
            ..self.hall
        };
        let named: Vec<usize> = (0..found.people.len())
            .filter(|i| found.people[*i].persona.is_some() && spot(*i).is_some())
            .collect();
        if named.len() > MOST_NAMED {
            return Vec::new();
        }
        let mut labels = Labels::default();
        // A name over a tiny mark hides all of it, over a large one a part: both are as bad.
        let size = 0.3 * em / self.radius;
        let tiny = (size * size).clamp(1.0, 5.0);
        for (i, person) in found.people.iter().enumerate() {
            if let Some(at) = spot(i) {
                let weight = tiny * if person.persona.is_some() { 60.0 } else { 30.0 };
                let ring = if person.persona.is_some() { 1.85 } else { 1.45 };
                labels.avoid(around(at, self.radius * ring), weight);
            }
        }
        // Rooms' names must stay readable, too.
        for (room, titles) in self.rooms.iter().zip(&self.titles) {
            let title = &titles[usize::from(after)];
            let strip = Area {
                x: room.x + shift + 0.2 * em,
                y: room.y,
                width: title.width + 0.4 * em,
                height: title.height() + 0.3 * em,
            };
            labels.avoid(strip, 60.0);
        }
        let size = NAME * em;
        let mut placed = Vec::new();
        for i in named {
            let (Some(name), Some(at)) = (&found.people[i].persona, spot(i)) else {
                continue;
            };
            let letters = sheet.picture.letters;
            let name = letters.shorten(name, Weight::Bold, size, 11.0 * em);
            let width = letters.width(&name, Weight::Bold, size);
            let area = labels.place(at, (width, size), self.radius * 1.5 + 0.25 * em, hall);
            leader(sheet, at, area, self.radius * 1.6);
            placed.push((name, (area.x, area.y + size * 0.8)));
        }
        placed
    }
}
