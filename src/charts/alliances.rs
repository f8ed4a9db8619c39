//! Chart `alliances`: the alliance map of one person at one snapshot.
//!
//! Rings by closeness, contacts in the sector of what they are to the person. Hollow ties are dashed, dormant ones
//! faint, bridges to other departments have a second ring.

use super::alliance_map;
use super::desk::{Desk, cells};
use super::sheet::Words;
use super::{Content, Drawing};
use crate::analysis::{Closeness, Contact, Ego, EgoSnapshot};
use crate::language::capitalised;
use crate::units::WEEKS_PER_YEAR;

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
    alliance_map::draw(desk, &mut sheet, ego, shown);
    Ok((content, sheet.finished()))
}

fn content(desk: &Desk<'_>, ego: &Ego, shown: &EgoSnapshot) -> Content {
    let count = |of: fn(&Contact) -> bool| shown.contacts.iter().filter(|c| of(c)).count();
    let (advocates, hollow) = (count(|c| c.advocate), count(|c| c.hollow));
    let close = count(|c| c.closeness <= Closeness::Strong);
    let person = desk.name(ego);
    let name = || ("name", (&person).into());
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
