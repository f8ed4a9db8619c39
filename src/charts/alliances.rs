//! Chart `alliances`: the alliance map of one person at one snapshot.
//!
//! Rings by closeness, contacts in the sector of what they are to the person. Hollow ties are dashed, dormant ones
//! faint, bridges to other departments have a second ring.

use super::desk::{Desk, cells};
use super::labels::Labels;
use super::lettering::Weight;
use super::picture::{Align, Area, Stroke, Type};
use super::positions::{around, leader};
use super::sheet::{Sample, Sheet, Words};
use super::style::{Mark, Role, StrategyStyle};
use super::{Content, Drawing};
use crate::analysis::{Closeness, Contact, Ego, EgoSnapshot};
use crate::language::capitalised;
use crate::units::WEEKS_PER_YEAR;

/// Contacts named at most, besides personas.
const MOST_NAMED: usize = 12;

/// What a contact is to the person first of all; the sectors of the map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Sponsor,
    Mentor,
    Advocate,
    Informant,
    Collaborator,
    Other,
}

impl Part {
    const ALL: [Self; 6] = [
        Self::Sponsor,
        Self::Mentor,
        Self::Advocate,
        Self::Informant,
        Self::Collaborator,
        Self::Other,
    ];

    fn of(contact: &Contact) -> Self {
        match contact {
            c if c.sponsor => Self::Sponsor,
            c if c.mentor => Self::Mentor,
            c if c.advocate => Self::Advocate,
            c if c.informant => Self::Informant,
            c if c.collaborator => Self::Collaborator,
            _ => Self::Other,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Sponsor => "sponsor",
            Self::Mentor => "mentor",
            Self::Advocate => "advocate",
            Self::Informant => "informant",
            Self::Collaborator => "collaborator",
            Self::Other => "other",
        }
    }
}

/// A snapshot's moment in words ("year 2, week 14").
pub(super) fn when(desk: &Desk<'_>, week: i32) -> String {
    if week < 0 {
        return desk.say("moment.first", &[]);
    }
    desk.say(
        "career.when",
        &[
            ("year", (week / WEEKS_PER_YEAR + 1).into()),
            ("week", (week % WEEKS_PER_YEAR + 1).into()),
        ],
    )
}

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let ego = desk.analysis.ego.as_ref();
    let ego = ego.map_err(|reason| desk.say(reason, &[]))?;
    let shown = &ego.snapshots[ego.shown];
    let content = content(desk, ego, shown);
    let mut sheet = desk.sheet(&content.words);
    draw(desk, &mut sheet, ego, shown);
    Ok((content, sheet.picture))
}

fn content(desk: &Desk<'_>, ego: &Ego, shown: &EgoSnapshot) -> Content {
    let count = |of: fn(&Contact) -> bool| shown.contacts.iter().filter(|c| of(c)).count();
    let (advocates, hollow) = (count(|c| c.advocate), count(|c| c.hollow));
    let close = count(|c| c.closeness <= Closeness::Strong);
    let name = || ("name", (&ego.name).into());
    let title = if shown.contacts.is_empty() {
        desk.say("alliances.alone", &[name()])
    } else if advocates == 0 {
        desk.say(
            "alliances.nobody_speaks",
            &[name(), ("close", close.into())],
        )
    } else {
        desk.say(
            "alliances.speak",
            &[name(), ("n", advocates.into()), ("close", close.into())],
        )
    };
    let numbers = desk.say(
        "alliances.numbers",
        &[
            ("all", shown.contacts.len().into()),
            ("close", close.into()),
            ("advocates", advocates.into()),
            ("informants", count(|c| c.informant).into()),
            ("collaborators", count(|c| c.collaborator).into()),
            ("hollow", hollow.into()),
            ("bridges", count(|c| c.bridge).into()),
        ],
    );
    let mut csv = vec![cells([
        "snapshot",
        "week",
        "contact",
        "name",
        "closeness",
        "advocate",
        "informant",
        "collaborator",
        "mentor",
        "sponsor",
        "hollow",
        "bridge",
        "dormant",
    ])];
    for snapshot in &ego.snapshots {
        for contact in &snapshot.contacts {
            let closeness = match contact.closeness {
                Closeness::Close => "strong on two layers",
                Closeness::Strong => "strong on one layer",
                Closeness::Weak => "weak",
                Closeness::OneWay => "held by the other only",
            };
            let mut row = vec![
                snapshot.snapshot.clone(),
                snapshot.week.to_string(),
                contact.employee.to_string(),
                contact.name.clone().unwrap_or_default(),
                closeness.into(),
            ];
            for truth in [
                contact.advocate,
                contact.informant,
                contact.collaborator,
                contact.mentor,
                contact.sponsor,
                contact.hollow,
                contact.bridge,
                contact.dormant,
            ] {
                row.push(truth.to_string());
            }
            csv.push(row);
        }
    }
    let place = shown.department.clone().unwrap_or_default();
    Content {
        words: Words {
            title,
            subtitle: desk.say(
                "alliances.subtitle",
                &[
                    name(),
                    ("department", place.into()),
                    ("when", when(desk, shown.week).into()),
                    ("numbers", (&numbers).into()),
                ],
            ),
            notes: vec![format!(
                "{} {}",
                desk.say("alliances.note", &[]),
                desk.one_run()
            )],
        },
        alt: desk.say("alliances.alt", &[name(), ("numbers", (&numbers).into())]),
        caption: capitalised(&numbers),
        csv,
    }
}

fn draw(desk: &Desk<'_>, sheet: &mut Sheet<'_>, ego: &Ego, shown: &EgoSnapshot) {
    let em = sheet.em;
    let muted = |mark| StrategyStyle {
        role: Role::Muted,
        mark,
        dash: &[],
    };
    let mut entries: Vec<(Sample, String)> = desk
        .analysis
        .strategies
        .iter()
        .map(|name| (Sample::Mark(desk.style(name)), desk.strategy(name)))
        .collect();
    entries.push((Sample::Ring, desk.say("alliances.bridge", &[])));
    entries.push((Sample::Line(true), desk.say("alliances.hollow", &[])));
    entries.push((Sample::Line(false), desk.say("alliances.solid", &[])));
    entries.push((
        Sample::Faint(muted(Mark::Circle)),
        desk.say("alliances.dormant", &[]),
    ));
    sheet.key(&entries);
    let room = sheet.room;
    let centre = room.centre();
    // Sectors have their names outside, to the left and right.
    let longest = Part::ALL
        .iter()
        .map(|part| {
            let name = desk.language.name("part", part.word());
            desk.letters
                .width(&format!("{name} (99)"), Weight::Bold, 0.84 * em)
        })
        .fold(0.0, f32::max);
    let (wide, high) = (
        (room.width / 2.0 - longest - 0.8 * em).max(5.0 * em),
        room.height / 2.0 - 1.1 * em,
    );
    let wide = wide.min(high * 1.9);
    let at = |angle: f32, share: f32| {
        (
            centre.0 + wide * share * libm::cosf(angle),
            centre.1 + high * share * libm::sinf(angle),
        )
    };
    let ring = |closeness: Closeness| match closeness {
        Closeness::Close => 0.36,
        Closeness::Strong => 0.58,
        Closeness::Weak => 0.8,
        Closeness::OneWay => 1.0,
    };
    for closeness in [
        Closeness::OneWay,
        Closeness::Weak,
        Closeness::Strong,
        Closeness::Close,
    ] {
        let line: Vec<(f32, f32)> = (0..=72)
            .map(|k| at(k as f32 / 72.0 * core::f32::consts::TAU, ring(closeness)))
            .collect();
        sheet
            .picture
            .polyline(&line, Stroke::solid(Role::Grid, 0.08 * em));
    }
    // Each part gets a sector as wide as its crowd asks, and at least what its name needs.
    let members = |part: Part| -> Vec<&Contact> {
        shown
            .contacts
            .iter()
            .filter(|c| Part::of(c) == part)
            .collect()
    };
    let present: Vec<Part> = Part::ALL
        .into_iter()
        .filter(|p| !members(*p).is_empty())
        .collect();
    let weights: Vec<f32> = present
        .iter()
        .map(|part| (members(*part).len() as f32).max(shown.contacts.len() as f32 * 0.09))
        .collect();
    let total: f32 = weights.iter().sum::<f32>().max(1.0);
    let most = shown.contacts.len();
    let radius = (0.36 * em / (most as f32 / 45.0).max(1.0).sqrt()).max(0.14 * em);
    let mut start = -core::f32::consts::FRAC_PI_2 - 0.35;
    let mut spots: Vec<((f32, f32), &Contact)> = Vec::new();
    let mut labels = Labels::default();
    for (part, weight) in present.iter().zip(&weights) {
        let span = weight / total * core::f32::consts::TAU;
        let border = [at(start, 0.12), at(start, 1.0)];
        sheet
            .picture
            .polyline(&border, Stroke::solid(Role::Grid, 0.06 * em));
        let all = members(*part);
        for closeness in [
            Closeness::Close,
            Closeness::Strong,
            Closeness::Weak,
            Closeness::OneWay,
        ] {
            let own: Vec<&&Contact> = all.iter().filter(|c| c.closeness == closeness).collect();
            for (k, contact) in own.iter().enumerate() {
                let share = (k as f32 + 0.5) / own.len() as f32;
                // Neighbours stand at two depths, so that a crowd stays apart.
                let crowded =
                    own.len() as f32 * radius * 2.4 > span * wide.min(high) * ring(closeness);
                let depth = match (crowded, k % 3) {
                    (true, 0) => -0.055,
                    (true, 1) => 0.0,
                    (true, _) => 0.055,
                    _ => 0.0,
                };
                spots.push((
                    at(start + span * share, ring(closeness) - depth - 0.03),
                    contact,
                ));
            }
        }
        let middle = start + span / 2.0;
        let (x, y) = at(middle, 1.0);
        let words = desk.say(
            "alliances.part",
            &[
                ("part", desk.language.name("part", part.word()).into()),
                ("n", all.len().into()),
            ],
        );
        let cosine = libm::cosf(middle);
        let align = if cosine.abs() < 0.25 {
            Align::Centre
        } else if cosine > 0.0 {
            Align::Left
        } else {
            Align::Right
        };
        let away = if cosine >= 0.0 { 0.7 * em } else { -0.7 * em };
        let away = if align == Align::Centre { 0.0 } else { away };
        let size = 0.84 * em;
        let drop = if libm::sinf(middle) < -0.8 {
            -0.5 * em
        } else if libm::sinf(middle) > 0.8 {
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
        let words = letters.shorten(&words, Weight::Bold, size, most);
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
        start += span;
    }
    for (spot, contact) in &spots {
        let faint = if contact.dormant { 0.3 } else { 0.8 };
        let width = if contact.closeness <= Closeness::Strong {
            0.1 * em
        } else {
            0.05 * em
        };
        let stroke = if contact.hollow {
            Stroke::dashed(Role::Tie.faint(faint), 0.1 * em, &[3.0, 2.5])
        } else if contact.advocate {
            Stroke::solid(Role::Ink.faint(faint), 0.1 * em)
        } else {
            Stroke::solid(Role::Tie.faint(faint * 0.7), width)
        };
        sheet.picture.polyline(&[centre, *spot], stroke);
    }
    for (spot, contact) in &spots {
        let look = contact.strategy.map_or(muted(Mark::Circle), |n| {
            desk.style(&desk.analysis.strategies[n])
        });
        let paint = look.role.faint(if contact.dormant { 0.4 } else { 1.0 });
        let rim = Stroke::solid(Role::Paper, 0.07 * em);
        sheet
            .picture
            .mark(look.mark, *spot, radius, Some(Role::Paper.into()), None);
        sheet
            .picture
            .mark(look.mark, *spot, radius, Some(paint), Some(rim));
        if contact.bridge {
            let line = Stroke::solid(Role::Ink, 0.06 * em);
            sheet
                .picture
                .mark(Mark::Circle, *spot, radius * 1.5, None, Some(line));
        }
        labels.avoid(around(*spot, radius * 1.4), 3.0);
    }
    let own = Stroke::solid(Role::Paper, 0.15 * em);
    let ink = Some(Role::Ink.into());
    sheet
        .picture
        .mark(Mark::Circle, centre, 0.75 * em, ink, Some(own));
    labels.avoid(around(centre, 0.9 * em), 20.0);
    let size = 0.78 * em;
    let label = |sheet: &mut Sheet<'_>, labels: &mut Labels, at, name: &str, weight, far: f32| {
        let letters = sheet.picture.letters;
        let name = letters.shorten(name, weight, size, 9.0 * em);
        let width = letters.width(&name, weight, size);
        let area = labels.place(at, (width, size), far, room);
        leader(sheet, at, area, far);
        let mut style = Type::new(size, Role::Ink).rimmed();
        style.weight = weight;
        sheet
            .picture
            .text(&name, (area.x, area.y + size * 0.8), style);
    };
    label(
        sheet,
        &mut labels,
        centre,
        &ego.name,
        Weight::Bold,
        0.9 * em,
    );
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
        label(sheet, &mut labels, *spot, name, weight, radius + 0.2 * em);
    }
}
