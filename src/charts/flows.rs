//! Chart `flows`: where displaced people went, from department to department or out.

use super::desk::{Desk, cells};
use super::flow_bands::{Band, Kind};
use super::flow_spacing::Spacing;
use super::lettering::Weight;
use super::picture::{Align, Area, Paint, Stroke, Type};
use super::sheet::{Sheet, Words, hatch};
use super::style::Role;
use super::{Content, Drawing};
use crate::analysis::{Destination, Interval};

/// Departments shown on either side; the rest is put together.
const MOST: usize = 9;
/// Of fewer people than this, numbers are told rather than percentages.
const FEWEST_FOR_SHARES: usize = 20;

/// People from a department to where they ended.
type Stream = (String, Destination, usize);

/// A block on one side.
struct Block {
    words: String,
    people: usize,
    fill: Paint,
    hatched: bool,
}

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let flows = &desk.analysis.flows;
    let (Some(elsewhere), Some(gone)) = (flows.elsewhere, flows.gone) else {
        return Err(desk.say("skipped.nobody_displaced", &[]));
    };
    let word = |to: &Destination| match to {
        Destination::Department(name) => name.clone(),
        Destination::Left => desk.say("outcome.left", &[]),
        Destination::Dismissed => desk.say("outcome.dismissed", &[]),
    };
    let mut csv = vec![cells(["from_department", "destination", "kind", "people"])];
    for (from, to, people) in &flows.streams {
        let kind = match to {
            Destination::Department(_) => "department",
            Destination::Left => "left",
            Destination::Dismissed => "dismissed",
        };
        csv.push(vec![
            from.clone(),
            word(to),
            kind.into(),
            people.to_string(),
        ]);
    }
    let share = |share: Interval| desk.interval(share.scaled(100.0), 0);
    // A share of a handful sounds like more than it is: few people are counted.
    let count = |share: Interval| (share.estimate * flows.people as f64).round() as usize;
    let title = if flows.people < FEWEST_FOR_SHARES {
        let key = if count(gone) == 0 {
            "flows.few_all_there"
        } else {
            "flows.few"
        };
        desk.say(
            key,
            &[
                ("n", flows.people.into()),
                ("elsewhere", count(elsewhere).into()),
                ("gone", count(gone).into()),
            ],
        )
    } else {
        desk.say(
            "flows.title",
            &[
                (
                    "elsewhere",
                    desk.language.percent(elsewhere.estimate).into(),
                ),
                ("gone", desk.language.percent(gone.estimate).into()),
            ],
        )
    };
    let numbers = desk.say(
        "flows.caption",
        &[
            ("people", desk.people(flows.people).into()),
            ("elsewhere", share(elsewhere).into()),
            ("gone", share(gone).into()),
        ],
    );
    let content = Content {
        words: Words {
            title,
            subtitle: desk.say(
                "flows.subtitle",
                &[("people", desk.people(flows.people).into())],
            ),
            notes: vec![format!("{numbers} {}", desk.one_run())],
        },
        alt: desk.say("flows.alt", &[("numbers", (&numbers).into())]),
        caption: numbers,
        csv,
    };
    let mut sheet = desk.sheet(&content.words);
    draw(desk, &mut sheet);
    Ok((content, sheet.finished()))
}

fn draw(desk: &Desk<'_>, sheet: &mut Sheet<'_>) {
    let em = sheet.em;
    let streams = &desk.analysis.flows.streams;
    let others = desk.say("flows.others", &[]);
    // The largest departments of each side keep their names.
    let side = |of: &dyn Fn(&Stream) -> Option<String>| -> Vec<String> {
        let mut sums: Vec<(String, usize)> = Vec::new();
        for stream in streams {
            let Some(name) = of(stream) else { continue };
            match sums.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += stream.2,
                None => sums.push((name, stream.2)),
            }
        }
        sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let many = sums.len() > MOST;
        let kept = if many { MOST - 1 } else { sums.len() };
        let mut names: Vec<String> = sums.into_iter().take(kept).map(|(name, _)| name).collect();
        if many {
            names.push(others.clone());
        }
        names
    };
    let from_names = side(&|stream| Some(stream.0.clone()));
    let to_names = side(&|stream| match &stream.1 {
        Destination::Department(name) => Some(name.clone()),
        _ => None,
    });
    let index = |names: &[String], name: &str| {
        let found = names.iter().position(|known| known == name);
        found.unwrap_or_else(|| names.len().saturating_sub(1))
    };
    let (left, dismissed) = (to_names.len(), to_names.len() + 1);
    let mut matrix = vec![vec![0_usize; to_names.len() + 2]; from_names.len()];
    for (from, to, people) in streams {
        let column = match to {
            Destination::Department(name) => index(&to_names, name),
            Destination::Left => left,
            Destination::Dismissed => dismissed,
        };
        matrix[index(&from_names, from)][column] += people;
    }
    let sources: Vec<Block> = from_names
        .iter()
        .zip(&matrix)
        .map(|(name, row)| Block {
            words: name.clone(),
            people: row.iter().sum(),
            fill: Role::Muted.into(),
            hatched: false,
        })
        .collect();
    let mut targets: Vec<Block> = to_names
        .iter()
        .map(|name| (name.clone(), Kind::Department))
        .chain([
            (desk.say("outcome.left", &[]), Kind::Left),
            (desk.say("outcome.dismissed", &[]), Kind::Dismissed),
        ])
        .map(|(words, kind)| Block {
            words,
            people: 0,
            fill: kind.role().into(),
            hatched: kind == Kind::Left,
        })
        .collect();
    for row in &matrix {
        for (target, people) in targets.iter_mut().zip(row) {
            target.people += people;
        }
    }
    let room = sheet.room;
    // As much room for names as the longest needs, the rest for the flows.
    let widest = |blocks: &[Block]| {
        blocks
            .iter()
            .map(|block| {
                let words = format!("{} ({})", block.words, block.people);
                desk.letters.width(&words, Weight::Regular, 0.82 * em) + 1.2 * em
            })
            .fold(7.0 * em, f32::max)
            .min(room.width * 0.27)
    };
    let label = widest(&sources);
    let label_to = widest(&targets);
    let bar = 0.9 * em;
    let room = Area {
        y: room.y + 1.5 * em,
        height: room.height - 1.7 * em,
        ..room
    };
    let counts = |blocks: &[Block]| -> Vec<usize> { blocks.iter().map(|b| b.people).collect() };
    let sides = [counts(&sources), counts(&targets)];
    let spacing = Spacing {
        name: 1.15 * em,
        gap: 0.5 * em,
    };
    let scale = spacing.scale(&sides, room.height, 3.0 * em);
    let [from_side, to_side] = sides.map(|people| spacing.stack(&people, scale));
    let used = from_side.1.max(to_side.1);
    // what does not fill a slide stands in its middle; a page is cut to it
    let top = if sheet.fills {
        room.y + (room.height - used).max(0.0) / 2.0
    } else {
        room.y
    };
    let heading = Type::new(0.86 * em, Role::Ink).bold();
    let head_y = top - 0.7 * em;
    let words = desk.say("flows.from", &[]);
    sheet.picture.text(
        &words,
        (room.x + label - 0.5 * em, head_y),
        heading.align(Align::Right),
    );
    let words = desk.say("flows.to", &[]);
    sheet.picture.text(
        &words,
        (room.right() - label_to + 0.5 * em, head_y),
        heading,
    );
    let placed = |side: Vec<(f32, f32)>| -> Vec<(f32, f32)> {
        side.into_iter().map(|(y, high)| (top + y, high)).collect()
    };
    let (from_places, to_places) = (placed(from_side.0), placed(to_side.0));
    let (x1, x2) = (room.x + label + bar, room.right() - label_to - bar);
    let kind = |column: usize| match column {
        n if n == left => Kind::Left,
        n if n == dismissed => Kind::Dismissed,
        _ => Kind::Department,
    };
    let mut used_to = vec![0.0_f32; targets.len()];
    for (i, row) in matrix.iter().enumerate() {
        let mut used_from = 0.0;
        for (j, people) in row.iter().enumerate().filter(|(_, people)| **people > 0) {
            let thick = scale * *people as f32;
            let (y1, y2) = (from_places[i].0 + used_from, to_places[j].0 + used_to[j]);
            used_from += thick;
            used_to[j] += thick;
            let band = Band {
                from: (x1, y1),
                to: (x2, y2),
                thick,
            };
            band.draw(sheet, kind(j));
        }
    }
    blocks(
        sheet,
        &sources,
        &from_places,
        x1 - bar,
        bar,
        label,
        Align::Right,
    );
    blocks(sheet, &targets, &to_places, x2, bar, label_to, Align::Left);
}

fn blocks(
    sheet: &mut Sheet<'_>,
    blocks: &[Block],
    places: &[(f32, f32)],
    x: f32,
    bar: f32,
    label: f32,
    align: Align,
) {
    let em = sheet.em;
    let size = 0.82 * em;
    for (block, (y, height)) in blocks.iter().zip(places).filter(|(b, _)| b.people > 0) {
        let area = Area {
            x,
            y: *y,
            width: bar,
            height: *height,
        };
        let outline = Stroke::solid(Role::Muted, 0.06 * em);
        sheet
            .picture
            .rectangle(area, Some(block.fill), Some(outline));
        if block.hatched {
            let line = Stroke::solid(Role::Muted, 0.06 * em);
            hatch(&mut sheet.picture, area, 0.4 * em, line);
        }
        let count = format!(" ({})", block.people);
        let letters = sheet.picture.letters;
        let room = label - 0.6 * em - letters.width(&count, Weight::Regular, size);
        let words = letters.shorten(&block.words, Weight::Regular, size, room) + &count;
        let at = match align {
            Align::Right => x - 0.5 * em,
            _ => x + bar + 0.5 * em,
        };
        let spot = (at, y + height / 2.0 + size * 0.36);
        let style = Type::new(size, Role::Ink).align(align);
        sheet.picture.text(&words, spot, style);
    }
}
