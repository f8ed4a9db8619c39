//! Chart `restructurings`: what happened to the people in each restructuring, by strategy.

use super::desk::{Desk, cells};
use super::lettering::Weight;
use super::picture::{Align, Area, Picture, Stroke, Type};
use super::sheet::{Sample, Words, hatch};
use super::style::Role;
use super::{Content, Drawing};
use crate::analysis::{Outcome, OutcomeCounts, outcome_finding};
use crate::units::WEEKS_PER_YEAR;

/// More than this many are drawn pooled: bars would be too thin to read.
const MOST_SHOWN: usize = 3;

/// A heading with its bars.
struct Group<'a> {
    heading: String,
    bars: &'a [OutcomeCounts],
}

fn groups<'a>(desk: &Desk<'a>) -> Vec<Group<'a>> {
    let found = &desk.analysis.restructurings;
    let pooled = || Group {
        heading: match found.each.len() {
            2 => desk.say("restructurings.both", &[]),
            many => desk.say("restructurings.all", &[("n", many.into())]),
        },
        bars: &found.pooled,
    };
    if found.each.len() > MOST_SHOWN {
        return vec![pooled()];
    }
    found
        .each
        .iter()
        .map(|one| Group {
            heading: desk.say(
                "restructurings.one",
                &[
                    ("name", (&one.name).into()),
                    ("year", (one.week / WEEKS_PER_YEAR + 1).into()),
                    ("week", (one.week % WEEKS_PER_YEAR + 1).into()),
                ],
            ),
            bars: &one.by_strategy,
        })
        .chain((found.each.len() > 1).then(pooled))
        .collect()
}

fn content(desk: &Desk<'_>) -> Content {
    let found = &desk.analysis.restructurings;
    let percent = |share: f64| desk.language.percent(share).into();
    let shares: Vec<String> = found
        .pooled
        .iter()
        .filter_map(|counts| {
            let worse = counts.worse()?;
            Some(desk.say(
                "sentence.restructurings_share",
                &[
                    ("strategy", desk.strategy(&counts.strategy).into()),
                    ("share", percent(worse.estimate)),
                    ("lower", percent(worse.lower)),
                    ("upper", percent(worse.upper)),
                    ("people", desk.people(counts.people()).into()),
                ],
            ))
        })
        .collect();
    let shares = shares.join(", ");
    let mut csv = vec![cells([
        "restructuring",
        "week",
        "strategy",
        "outcome",
        "people",
        "of",
        "share",
    ])];
    for one in &found.each {
        for counts in &one.by_strategy {
            for (outcome, count) in Outcome::ALL.iter().zip(counts.counts) {
                csv.push(vec![
                    one.name.clone(),
                    one.week.to_string(),
                    counts.strategy.clone(),
                    outcome.word().into(),
                    count.to_string(),
                    counts.people().to_string(),
                    format!("{:.4}", count as f64 / counts.people().max(1) as f64),
                ]);
            }
        }
    }
    let key = if found.each.len() > 1 {
        "restructurings.subtitle_twice"
    } else {
        "restructurings.subtitle"
    };
    let worse = desk.say("restructurings.worse", &[("shares", (&shares).into())]);
    Content {
        words: Words {
            title: outcome_finding(&found.pooled, desk.language),
            subtitle: desk.say(key, &[("people", desk.people(found.people()).into())]),
            notes: vec![format!("{worse} {}", desk.clear_in_one_run())],
        },
        alt: desk.say("restructurings.alt", &[("shares", (&shares).into())]),
        caption: worse,
        csv,
    }
}

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    if desk.analysis.restructurings.each.is_empty() {
        return Err(desk.say("skipped.no_restructuring", &[]));
    }
    let content = content(desk);
    let mut sheet = desk.sheet(&content.words);
    let letters = desk.letters;
    let em = sheet.em;
    let groups = groups(desk);
    let label = |bar: &OutcomeCounts| {
        let values = [
            ("strategy", desk.strategy(&bar.strategy).into()),
            ("n", bar.people().into()),
        ];
        desk.say("key.strategy", &values)
    };
    let any = |n: usize| {
        groups
            .iter()
            .any(|g| g.bars.iter().any(|bar| bar.counts[n] > 0))
    };
    let entries: Vec<(Sample, String)> = Outcome::ALL
        .iter()
        .enumerate()
        .filter(|(n, _)| any(*n))
        .map(|(n, outcome)| {
            let hatched = *outcome == Outcome::Left;
            (
                Sample::Swatch(Role::Outcome(n as u8).into(), hatched),
                desk.language.name("outcome", outcome.word()),
            )
        })
        .collect();
    sheet.key(&entries);

    let names: Vec<String> = groups
        .iter()
        .flat_map(|group| group.bars)
        .map(label)
        .collect();
    let letters_size = 0.84 * em;
    let left = names
        .iter()
        .map(|name| letters.width(name, Weight::Regular, letters_size))
        .fold(0.0, f32::max)
        .min(sheet.room.width * 0.4)
        + 2.0 * em;
    let axis = 2.6 * em;
    let bars: usize = groups.iter().map(|group| group.bars.len()).sum();
    // A heading takes 1.5 bars of room, and no more than its letters need.
    let slots = bars as f32 + groups.len() as f32 * 1.5;
    // A few bars may be thicker on a slide, so that they do not huddle at the top.
    let most = if sheet.fills { 8.0 } else { 2.3 };
    let slot = ((sheet.room.height - axis) / slots).min(most * em);
    let head = 1.5 * slot.min(1.7 * em);
    let plot = Area {
        x: sheet.room.x + left,
        y: sheet.room.y,
        width: sheet.room.width - left - 1.2 * em,
        height: slot * bars as f32 + head * groups.len() as f32,
    };
    let mut y = plot.y;
    let stretches: Vec<(f32, f32)> = groups
        .iter()
        .map(|group| {
            let from = y + head;
            y = from + slot * group.bars.len() as f32;
            (from, y)
        })
        .collect();
    share_axis(desk, &mut sheet.picture, plot, em, &stretches);
    let mut y = plot.y;
    for group in &groups {
        y += head;
        let size = (0.86 * em).min(slot * 0.8);
        sheet.picture.text(
            &group.heading,
            (sheet.room.x, y - head * 0.26),
            Type::new(size, Role::Ink).bold().rimmed(),
        );
        for bar in group.bars {
            let thick = (0.8 * slot).min(3.4 * em);
            let area = Area {
                x: plot.x,
                y: y + (slot - thick) / 2.0,
                width: plot.width,
                height: thick,
            };
            let look = desk.style(&bar.strategy);
            let size = letters_size.min(slot * 0.75);
            let middle = area.centre().1;
            sheet.picture.mark(
                look.mark,
                (sheet.room.x + 0.55 * em, middle),
                0.3 * em.min(slot),
                Some(look.role.into()),
                None,
            );
            let name = label(bar);
            let name = letters.shorten(&name, Weight::Regular, size, left - 1.8 * em);
            sheet.picture.text(
                &name,
                (sheet.room.x + 1.2 * em, middle + size * 0.36),
                Type::new(size, Role::Ink),
            );
            stacked(&mut sheet.picture, area, bar, em, size);
            y += slot;
        }
    }
    Ok((content, sheet.finished()))
}

/// Upright lines behind the bars of each group, not through its heading, and the axis below.
fn share_axis(
    desk: &Desk<'_>,
    picture: &mut Picture<'_>,
    plot: Area,
    em: f32,
    stretches: &[(f32, f32)],
) {
    for percent in [0, 25, 50, 75, 100] {
        let x = plot.x + plot.width * percent as f32 / 100.0;
        let ticks = [(plot.bottom(), plot.bottom() + 0.25 * em)];
        for (from, to) in stretches.iter().chain(&ticks) {
            let line = [(x, *from), (x, *to)];
            picture.polyline(&line, Stroke::solid(Role::Grid, 0.06 * em));
        }
        picture.text(
            &format!("{percent} %"),
            (x, plot.bottom() + 1.2 * em),
            Type::new(0.8 * em, Role::Muted).align(Align::Centre),
        );
    }
    picture.text(
        &desk.say("restructurings.axis", &[]),
        (plot.x + plot.width / 2.0, plot.bottom() + 2.35 * em),
        Type::new(0.84 * em, Role::Ink).align(Align::Centre),
    );
}

fn stacked(picture: &mut Picture<'_>, area: Area, bar: &OutcomeCounts, em: f32, size: f32) {
    let people = bar.people().max(1) as f32;
    let mut x = area.x;
    for (n, (outcome, count)) in Outcome::ALL.iter().zip(bar.counts).enumerate() {
        if count == 0 {
            continue;
        }
        let part = Area {
            x,
            width: area.width * count as f32 / people,
            ..area
        };
        let fill = Role::Outcome(n as u8);
        let outline = Stroke::solid(Role::Muted, 0.05 * em);
        picture.rectangle(part, Some(fill.into()), Some(outline));
        let left = *outcome == Outcome::Left;
        if left {
            hatch(
                picture,
                part,
                0.4 * em,
                Stroke::solid(Role::Muted, 0.06 * em),
            );
        }
        let words = count.to_string();
        let width = picture.letters.width(&words, Weight::Bold, size);
        if width + 0.2 * em < part.width {
            let mut style = Type::new(size, Role::OutcomeInk(n as u8))
                .bold()
                .align(Align::Centre);
            style.rim = left;
            let (x, y) = part.centre();
            picture.text(&words, (x, y + size * 0.36), style);
        }
        x = part.right();
    }
}
