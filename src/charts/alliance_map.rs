//! The map under the chart of alliances: rings by closeness, sectors by what a contact is to the person.

use super::alliance_names::{names, own_name, ring_names, sector_name};
use super::alliance_rings::{OUTER, RINGS, Rings, WIDEST};
use super::alliance_spots::{Wish, shares, spots};
use super::desk::Desk;
use super::labels::Labels;
use super::lettering::{Step, Weight};
use super::picture::{Stroke, around};
use super::sheet::{Sample, Sheet};
use super::style::{Mark, Role, StrategyStyle};
use crate::analysis::{Closeness, Contact, Ego, EgoSnapshot};

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

fn muted(mark: Mark) -> StrategyStyle {
    StrategyStyle {
        role: Role::Muted,
        mark,
        dash: &[],
    }
}

/// Draws key, rings, sectors, contacts and names.
pub(super) fn draw(desk: &Desk<'_>, sheet: &mut Sheet<'_>, ego: &Ego, shown: &EgoSnapshot) {
    key(desk, sheet);
    let em = sheet.em;
    let room = sheet.room;
    // Sectors have their names outside, to the left and right.
    let longest = Part::ALL
        .iter()
        .map(|part| {
            let name = desk.language.name("part", part.word());
            desk.letters
                .width(&format!("{name} (99)"), Weight::Bold, 0.84 * em)
        })
        .fold(0.0, f32::max);
    let high = room.height / 2.0 - 1.1 * em;
    let wide = (room.width / 2.0 - longest - 0.8 * em)
        .max(5.0 * em)
        .min(high * WIDEST);
    let rings = Rings {
        centre: room.centre(),
        wide,
        high,
    };
    let mut labels = Labels::default();
    ground(sheet, rings);
    // Marks shrink with the crowd.
    let most = shown.contacts.len();
    let radius = (0.36 * em / (most as f32 / 45.0).max(1.0).sqrt()).max(0.14 * em);
    let (wishes, contacts) = sectors(desk, sheet, &mut labels, rings, &shown.contacts);
    let (places, radius) = spots(rings, &wishes, radius);
    let spots: Vec<((f32, f32), &Contact)> = places.into_iter().zip(contacts).collect();
    sheet.picture.apart = true;
    ties(sheet, &mut labels, rings.centre, &spots);
    marks(desk, sheet, &mut labels, &spots, radius);
    let middle = own_name(sheet, &mut labels, rings, &desk.name(ego), radius);
    ring_names(desk, sheet, &mut labels, rings, &spots, (middle, radius));
    names(sheet, &mut labels, &spots, radius);
}

fn key(desk: &Desk<'_>, sheet: &mut Sheet<'_>) {
    let mut entries = desk.key();
    entries.push((Sample::Ring, desk.say("alliances.bridge", &[])));
    entries.push((Sample::Line(true), desk.say("alliances.hollow", &[])));
    entries.push((Sample::Line(false), desk.say("alliances.solid", &[])));
    entries.push((
        Sample::Faint(muted(Mark::Circle)),
        desk.say("alliances.dormant", &[]),
    ));
    sheet.key(&entries);
}

/// The rings, the darker the closer.
fn ground(sheet: &mut Sheet<'_>, rings: Rings) {
    let em = sheet.em;
    for (_, share) in RINGS.iter().rev() {
        let mut steps: Vec<Step> = (0..72)
            .map(|k| {
                let (x, y) = rings.at(k as f32 / 72.0 * core::f32::consts::TAU, *share);
                if k == 0 {
                    Step::Move(x, y)
                } else {
                    Step::Line(x, y)
                }
            })
            .collect();
        steps.push(Step::Close);
        let rim = Stroke::solid(Role::Grid, 0.08 * em);
        let fill = Some(Role::Region.faint(0.6));
        sheet.picture.path(steps, fill, Some(rim));
    }
}

/// Borders and names of the sectors; where each contact wishes to stand.
fn sectors<'c>(
    desk: &Desk<'_>,
    sheet: &mut Sheet<'_>,
    labels: &mut Labels,
    rings: Rings,
    contacts: &'c [Contact],
) -> (Vec<Wish>, Vec<&'c Contact>) {
    let em = sheet.em;
    let members = |part: Part| -> Vec<&'c Contact> {
        contacts.iter().filter(|c| Part::of(c) == part).collect()
    };
    let present: Vec<(Part, Vec<&Contact>)> = Part::ALL
        .into_iter()
        .map(|part| (part, members(part)))
        .filter(|(_, own)| !own.is_empty())
        .collect();
    // Each part gets a sector as wide as its crowd asks, and at least what its name needs.
    let weight = |own: &[&Contact]| (own.len() as f32).max(contacts.len() as f32 * 0.09);
    let total: f32 = present
        .iter()
        .map(|(_, own)| weight(own))
        .sum::<f32>()
        .max(1.0);
    let mut start = -core::f32::consts::FRAC_PI_2 - 0.35;
    let (mut wishes, mut placed) = (Vec::new(), Vec::new());
    for (part, own) in &present {
        let span = weight(own) / total * core::f32::consts::TAU;
        if present.len() > 1 {
            let border = [rings.at(start, 0.12), rings.at(start, 1.0)];
            let line = Stroke::solid(Role::Paper, 0.2 * em);
            sheet.picture.polyline(&border, line);
        }
        let margin = 0.5 / own.len() as f32;
        for (contact, share) in own.iter().zip(shares(own)) {
            wishes.push(Wish {
                closeness: contact.closeness,
                angle: start + span * share,
                between: (start + span * margin, start + span * (1.0 - margin)),
                reach: reach(look(desk, contact).mark, contact.bridge),
            });
            placed.push(*contact);
        }
        let words = desk.say(
            "alliances.part",
            &[
                ("part", desk.language.name("part", part.word()).into()),
                ("n", own.len().into()),
            ],
        );
        sector_name(sheet, labels, rings, start + span / 2.0, &words);
        start += span;
    }
    (wishes, placed)
}

fn look(desk: &Desk<'_>, contact: &Contact) -> StrategyStyle {
    contact.strategy.map_or(muted(Mark::Circle), |n| {
        desk.style(&desk.analysis.strategies[n])
    })
}

/// How far a mark reaches from its middle, of its radius: to its corners, or to the ring around it.
fn reach(mark: Mark, bridge: bool) -> f32 {
    let corner = match mark {
        Mark::Circle => 1.0,
        _ => 1.3,
    };
    if bridge { OUTER } else { corner }
}

fn ties(
    sheet: &mut Sheet<'_>,
    labels: &mut Labels,
    centre: (f32, f32),
    spots: &[((f32, f32), &Contact)],
) {
    let em = sheet.em;
    for (spot, contact) in spots {
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
        let weight = if contact.advocate { 12.0 } else { 2.0 };
        labels.avoid_line((centre, *spot), 0.3 * em, weight);
    }
}

fn marks(
    desk: &Desk<'_>,
    sheet: &mut Sheet<'_>,
    labels: &mut Labels,
    spots: &[((f32, f32), &Contact)],
    radius: f32,
) {
    let em = sheet.em;
    for (spot, contact) in spots {
        let look = look(desk, contact);
        let paint = look.role.faint(if contact.dormant { 0.4 } else { 1.0 });
        let rim = Stroke::solid(Role::Paper, 0.07 * em);
        let paper = Some(Role::Paper.into());
        sheet.picture.mark(look.mark, *spot, radius, paper, None);
        sheet
            .picture
            .mark(look.mark, *spot, radius, Some(paint), Some(rim));
        if contact.bridge {
            let line = Stroke::solid(Role::Ink, 0.06 * em);
            sheet
                .picture
                .mark(Mark::Circle, *spot, radius * OUTER, None, Some(line));
        }
        labels.avoid(around(*spot, radius * OUTER), 40.0);
    }
}
