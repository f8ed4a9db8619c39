//! Chart `restructurings`: what happened to the people in each restructuring, by strategy.

use super::lettering::{Letters, Weight};
use super::picture::{Align, Area, Picture, Stroke, Type};
use super::sheet::{Sample, Sheet, Words, hatch, one_run};
use super::style::{Role, Size, strategy_styles};
use super::{Content, Drawing};
use crate::analysis::{Analysis, Outcome, OutcomeCounts, outcome_finding};
use crate::language::Language;
use crate::units::WEEKS_PER_YEAR;

/// More than this many are drawn pooled: bars would be too thin to read.
const MOST_SHOWN: usize = 3;

/// A heading with its bars.
struct Group<'a> {
    heading: String,
    bars: &'a [OutcomeCounts],
}

fn groups(analysis: &Analysis) -> Vec<Group<'_>> {
    let found = &analysis.restructurings;
    let pooled = || Group {
        heading: match found.each.len() {
            2 => "Both restructurings together".into(),
            many => format!("All {many} restructurings together"),
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
            heading: format!(
                "Restructuring {} (year {}, week {})",
                one.name,
                one.week / WEEKS_PER_YEAR + 1,
                one.week % WEEKS_PER_YEAR + 1
            ),
            bars: &one.by_strategy,
        })
        .chain((found.each.len() > 1).then(pooled))
        .collect()
}

/// The chart's words and data, or why there is nothing to draw.
pub(super) fn content(analysis: &Analysis, language: Language) -> Result<Content, String> {
    let found = &analysis.restructurings;
    if found.each.is_empty() {
        return Err("no restructuring happened in this run".into());
    }
    let shares: Vec<String> = found
        .pooled
        .iter()
        .filter_map(|counts| {
            let worse = counts.worse()?;
            Some(format!(
                "{} {:.0} % of {} (95 % interval {:.0} to {:.0} %)",
                counts.strategy,
                worse.estimate * 100.0,
                counts.people(),
                worse.lower * 100.0,
                worse.upper * 100.0
            ))
        })
        .collect();
    let mut csv = vec![
        [
            "restructuring",
            "week",
            "strategy",
            "outcome",
            "people",
            "of",
            "share",
        ]
        .map(String::from)
        .to_vec(),
    ];
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
    let twice = if found.each.len() > 1 {
        " (those hit twice count twice)"
    } else {
        ""
    };
    Ok(Content {
        words: Words {
            title: outcome_finding(&found.pooled, language),
            subtitle: format!(
                "Everybody in the affected departments, by strategy: {} people{twice}; numbers in \
                 the bars are people",
                found.people()
            ),
            notes: vec![format!(
                "Worse off means a less desirable post or dismissal: {}. {}",
                shares.join(", "),
                one_run(analysis)
            )],
        },
        alt: format!(
            "Stacked bars of outcomes by strategy. Worse off, over all restructurings: {}.",
            shares.join(", ")
        ),
        caption: format!("Worse off after restructurings: {}.", shares.join(", ")),
        csv,
    })
}

pub(super) fn draw<'a>(
    analysis: &Analysis,
    content: &Content,
    size: Size,
    letters: &'a Letters,
) -> Drawing<'a> {
    let mut sheet = Sheet::new(&content.words, &analysis.provenance, size, letters);
    let em = sheet.em;
    let groups = groups(analysis);
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
                outcome.label().to_owned(),
            )
        })
        .collect();
    sheet.key(&entries);

    let names: Vec<String> = groups
        .iter()
        .flat_map(|group| group.bars)
        .map(|bar| format!("{} (n = {})", bar.strategy, bar.people()))
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
    // A heading takes 1.5 bars of room.
    let slots = bars as f32 + groups.len() as f32 * 1.5;
    let slot = ((sheet.room.height - axis) / slots).min(2.3 * em);
    let plot = Area {
        x: sheet.room.x + left,
        y: sheet.room.y,
        width: sheet.room.width - left - 1.2 * em,
        height: slot * slots,
    };
    share_axis(&mut sheet.picture, plot, em);
    let styles = strategy_styles(&analysis.strategies);
    let mut y = plot.y;
    for group in &groups {
        y += slot * 1.5;
        let size = (0.86 * em).min(slot * 0.8);
        sheet.picture.text(
            &group.heading,
            (sheet.room.x, y - slot * 0.38),
            Type::new(size, Role::Ink).bold().rimmed(),
        );
        for bar in group.bars {
            let area = Area {
                x: plot.x,
                y: y + slot * 0.1,
                width: plot.width,
                height: slot * 0.8,
            };
            let n = analysis
                .strategies
                .iter()
                .position(|name| *name == bar.strategy);
            let look = styles[n.unwrap_or(0)];
            let size = letters_size.min(slot * 0.75);
            let middle = area.centre().1;
            sheet.picture.mark(
                look.mark,
                (sheet.room.x + 0.55 * em, middle),
                0.3 * em.min(slot),
                Some(look.role.into()),
                None,
            );
            let name = format!("{} (n = {})", bar.strategy, bar.people());
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
    sheet.picture
}

fn share_axis(picture: &mut Picture<'_>, plot: Area, em: f32) {
    for percent in [0, 25, 50, 75, 100] {
        let x = plot.x + plot.width * percent as f32 / 100.0;
        let line = [(x, plot.y), (x, plot.bottom() + 0.25 * em)];
        picture.polyline(&line, Stroke::solid(Role::Grid, 0.06 * em));
        picture.text(
            &format!("{percent} %"),
            (x, plot.bottom() + 1.2 * em),
            Type::new(0.8 * em, Role::Muted).align(Align::Centre),
        );
    }
    picture.text(
        "share of the people affected",
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
