//! Chart `network`: who is tied to whom before and after, departments as rooms of a floor plan.

use super::bundles::{MOST_BUNDLES, bundles_drawn};
use super::departments::{MOST_FLOWS, Map};
use super::desk::{Desk, cells};
use super::families::families;
use super::floor_plan::{Plan, cut_names};
use super::lettering::{Letters, Weight};
use super::network_counts::{TIES_DRAWN, between_departments, most_between, moves, room_of};
use super::picture::{Area, Type};
use super::positions::moment;
use super::sheet::{HEADING, Sample, Sheet, Words};
use super::style::{Mark, Role, StrategyStyle, strategy_styles};
use super::{Content, Drawing};
use crate::analysis::{NetworkPerson, Networks, occasion, survival_finding};

/// Firms with more people are drawn by department.
const MOST_PEOPLE: usize = 1000;
/// Fewer people who changed posts than this allow no finding about their ties.
const FEWEST_MOVED: usize = 6;

fn content(desk: &Desk<'_>, found: &Networks) -> Content {
    let by_department = found.people.len() > MOST_PEOPLE;
    let there = |after: bool| {
        found
            .people
            .iter()
            .filter(|p| if after { p.after } else { p.before }.is_some())
            .count()
    };
    let what = if by_department {
        desk.say(
            "network.departments",
            &[("n", found.departments.len().into())],
        )
    } else {
        desk.say("network.people", &[("n", TIES_DRAWN.into())])
    };
    let counts = desk.say(
        "network.counts",
        &[
            ("people_before", there(false).into()),
            ("ties_before", found.before.len().into()),
            ("people_after", there(true).into()),
            ("ties_after", found.after.len().into()),
        ],
    );
    let both = |p: &&NetworkPerson| p.reassigned && p.before.is_some() && p.after.is_some();
    let moved = found.people.iter().filter(both).count();
    let when = occasion(&found.pair, desk.language);
    let title = match found.survival_reassigned.share() {
        // The ties of a few people share a few fates: their number is no certainty.
        Some(kept) if moved < FEWEST_MOVED => desk.say(
            "network.few",
            &[
                ("n", moved.into()),
                ("kept", desk.language.percent(kept.estimate).into()),
                ("occasion", when.into()),
            ],
        ),
        _ => survival_finding(
            &found.survival_reassigned,
            &found.survival_others,
            &when,
            desk.language,
        ),
    };
    Content {
        words: Words {
            subtitle: format!("{what}; {counts}"),
            notes: vec![format!(
                "{} {}",
                desk.say("network.note", &[]),
                desk.clear_in_one_run()
            )],
            title: title.clone(),
        },
        alt: desk.say(
            "network.alt",
            &[
                ("n", found.departments.len().into()),
                ("counts", counts.into()),
                ("title", (&title).into()),
            ],
        ),
        caption: format!("{title}."),
        csv: data(found, by_department),
    }
}

/// The ties as drawn: of people, or of departments where those are drawn.
fn data(found: &Networks, by_department: bool) -> Vec<Vec<String>> {
    let mut csv = if by_department {
        vec![cells([
            "snapshot",
            "department",
            "other_department",
            "ties",
            "moved",
            "moved_back",
        ])]
    } else {
        vec![cells([
            "snapshot",
            "source",
            "target",
            "strength",
            "across_departments",
        ])]
    };
    for (after, name, ties) in [
        (false, &found.pair.before, &found.before),
        (true, &found.pair.after, &found.after),
    ] {
        if by_department {
            let rooms = found.departments.len();
            let mut moved = vec![0; rooms * rooms];
            if after {
                for (from, to, people) in moves(found) {
                    moved[from * rooms + to] = people;
                }
            }
            for (k, ties) in between_departments(found, after).into_iter().enumerate() {
                let (a, b) = (k / rooms, k % rooms);
                let [there, back] = [moved[k], moved[b * rooms + a]];
                // each pair once
                if a < b && ties + there + back > 0 {
                    csv.push(vec![
                        name.clone(),
                        found.departments[a].clone(),
                        found.departments[b].clone(),
                        ties.to_string(),
                        there.to_string(),
                        back.to_string(),
                    ]);
                }
            }
            continue;
        }
        for tie in ties {
            csv.push(vec![
                name.clone(),
                found.people[tie.one].employee.to_string(),
                found.people[tie.other].employee.to_string(),
                format!("{:.4}", tie.strength),
                (room_of(found, tie.one, after) != room_of(found, tie.other, after)).to_string(),
            ]);
        }
    }
    csv
}

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let found = desk.analysis.networks.as_ref();
    let found = found.map_err(|reason| desk.say(reason, &[]))?;
    let content = content(desk, found);
    let mut sheet = desk.sheet(&content.words);
    let em = sheet.em;
    let styles = strategy_styles(&desk.analysis.strategies);
    let aggregated = found.people.len() > MOST_PEOPLE;
    if aggregated {
        sheet.key(&key_of_departments(desk, found));
    } else {
        let mut entries = desk.key_of(found.people.iter().map(|person| person.strategy));
        if found.people.iter().any(|person| person.reassigned) {
            entries.push((Sample::Ring, desk.say("network.moved", &[])));
            entries.push((
                Sample::Arrow(Role::Muted.into()),
                desk.say("network.path", &[]),
            ));
        }
        sheet.key(&entries);
    }
    let words = (em, desk.language);
    list_names(&mut sheet, desk.letters, &|hall| {
        if aggregated {
            Map::of(found, hall, (desk.letters, em)).1
        } else {
            cut_names(found, hall, desk.letters, words)
        }
    });
    let [left, right] = sheet.halves(1.0 * em);
    let halls = [
        sheet.heading(left, &moment(&found.pair, false, desk.language)),
        sheet.heading(right, &moment(&found.pair, true, desk.language)),
    ];
    let panels = [(false, 0.0), (true, halls[1].x - halls[0].x)];
    if aggregated {
        let (map, _) = Map::of(found, halls[0], (desk.letters, em));
        for (after, shift) in panels {
            map.draw(&mut sheet, found, after, shift);
        }
    } else {
        let plan = Plan::of(found, halls[0], desk.letters, words);
        for (after, shift) in panels {
            plan.floor(&mut sheet, found, after, shift);
            plan.people(&mut sheet, found, &styles, after, shift);
        }
    }
    Ok((content, sheet.finished()))
}

/// Lists what has no room in a hall below it, and takes the list off the room. `names` tells it of a hall.
fn list_names(sheet: &mut Sheet<'_>, letters: &Letters, names: &dyn Fn(Area) -> Vec<String>) {
    let em = sheet.em;
    let size = 0.62 * em;
    let room = sheet.room;
    let mut lines: Vec<String> = Vec::new();
    // What the list takes can cost further names their room; the list only grows, so that this ends.
    loop {
        let taken = lines.len() as f32 * 1.25 * size;
        sheet.room.height = (room.height - taken).max(0.3 * room.height);
        let [half, _] = sheet.halves(1.0 * em);
        let hall = Area {
            y: half.y + HEADING * em,
            height: half.height - HEADING * em,
            ..half
        };
        let needed = letters.wrap(&names(hall).join("; "), Weight::Regular, size, room.width);
        let enough = needed.len() <= lines.len();
        lines = needed;
        if enough {
            break;
        }
    }
    for (k, line) in lines.iter().enumerate() {
        let y = sheet.room.bottom() + (k as f32 + 1.0) * 1.25 * size;
        let style = Type::new(size, Role::Ink);
        sheet.picture.text(line, (room.x, y), style);
    }
}

/// What circles, lines and arrows of departments are.
fn key_of_departments(desk: &Desk<'_>, found: &Networks) -> Vec<(Sample, String)> {
    let circle = StrategyStyle {
        role: Role::Muted,
        mark: Mark::Circle,
        dash: &[],
    };
    let words = if families(&found.departments).is_some() {
        "network.circle_number"
    } else {
        "network.circle"
    };
    // Where each has one, all of them may still be more than are drawn.
    let departments = found.departments.len();
    let (drawn, of) = if departments > MOST_BUNDLES {
        (MOST_BUNDLES, "network.bundles_widest")
    } else {
        (bundles_drawn(departments), "network.bundles")
    };
    let bundles = [("n", drawn.into()), ("most", most_between(found).into())];
    let mut entries = vec![
        (Sample::Mark(circle), desk.say(words, &[])),
        (Sample::Tie, desk.say(of, &bundles)),
    ];
    let flows = moves(found);
    if let Some((_, _, most)) = flows.first() {
        let values = [
            ("shown", flows.len().min(MOST_FLOWS).into()),
            ("n", flows.len().into()),
            ("most", (*most).into()),
        ];
        let words = if flows.len() > MOST_FLOWS {
            "network.flows_largest"
        } else {
            "network.flows"
        };
        let arrow = Sample::Arrow(Role::Strategy(2).into());
        entries.push((arrow, desk.say(words, &values)));
    }
    entries
}
