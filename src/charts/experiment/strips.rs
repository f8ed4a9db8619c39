//! Charts `distributions` (every run, by arm) and `differences` (every pair, by contrast): a mark a run, and the mean
//! with its interval.

use super::super::axes::{Scale, plain};
use super::super::lettering::Weight;
use super::super::picture::{Align, Area, Stroke, Type};
use super::super::sheet::Sheet;
use super::super::style::{Role, StrategyStyle};
use super::{Content, Drawing, ROWS, Table, number, row};
use crate::analysis::statistics::paired;
use crate::analysis::study::{decimals, difference_finding, with_decimals};
use crate::analysis::{Interval, median};
use crate::language::{Language, real};

/// Runs of an arm below which nothing is said about how far its runs overlap with others.
const LEAST: usize = 5;

/// One row of marks.
pub(super) struct Strip {
    pub(super) look: StrategyStyle,
    /// What the data call it.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) values: Vec<f64>,
    pub(super) mean: Option<Interval>,
    /// Written to the right.
    pub(super) value: String,
}

pub(super) fn distributions<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let styles = table.styles();
    let mut strips: Vec<Strip> = table
        .shown()
        .into_iter()
        .map(|arm| Strip {
            look: styles[arm],
            id: study.arms[arm].name.clone(),
            name: study.called(arm),
            values: study.values(study.primary, arm),
            mean: study.mean(study.primary, arm),
            value: String::new(),
        })
        .filter(|strip| !strip.values.is_empty())
        .collect();
    if strips.len() < 2 {
        return table.skip("experiment.skipped.few_arms");
    }
    name_means(table, &mut strips);
    let title = overlap_finding(table, drawn(&strips));
    let outcome = &study.outcomes[study.primary].title;
    let own = [("outcome", outcome.into()), table.runs()];
    let what = table.say("experiment.spread.subtitle", &own);
    let note = table.say("experiment.spread.note", &[table.confidence()]);
    Ok(draw(table, &strips, (title, what, note), outcome, None))
}

/// Those that there is room for; titles speak of these alone.
fn drawn(strips: &[Strip]) -> &[Strip] {
    &strips[..strips.len().min(ROWS)]
}

/// Writes each mean with its interval.
fn name_means(table: &Table<'_>, strips: &mut [Strip]) {
    let means = strips.iter().filter_map(|strip| strip.mean.as_ref());
    let finest = means.map(decimals).max().unwrap_or(0);
    for strip in strips {
        let written = |mean: &Interval| with_decimals(mean, finest, table.language);
        strip.value = strip.mean.as_ref().map(written).unwrap_or_default();
    }
}

pub(super) fn differences<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let styles = table.styles();
    let mut strips: Vec<Strip> = (0..study.contrasts.len())
        .map(|contrast| Strip {
            look: styles[study.contrasts[contrast].1],
            id: study.contrasts[contrast].0.clone(),
            name: study.called_contrast(contrast, table.language),
            values: study
                .pairs(study.primary, contrast)
                .iter()
                .filter_map(|pair| Some(pair.0? - pair.1?))
                .collect(),
            mean: study
                .difference(study.primary, contrast)
                .map(|found| found.difference),
            value: String::new(),
        })
        .filter(|strip| strip.values.len() > 1)
        .collect();
    name_means(table, &mut strips);
    // along a factor the last step is the longest; of named contrasts the first is what is asked
    let told = if study.response().is_some() {
        drawn(&strips).last()
    } else {
        strips.first()
    };
    let Some(told) = told else {
        return table.skip("experiment.skipped.no_pairs");
    };
    let contrast = study
        .contrasts
        .iter()
        .position(|(name, ..)| *name == told.id)
        .unwrap_or(0);
    let (_, arm, reference) = study.contrasts[contrast];
    let count = |of: fn(&f64) -> bool| told.values.iter().filter(|v| of(v)).count();
    let (up, down) = (count(|v| *v > 0.0), count(|v| *v < 0.0));
    let outcome = &study.outcomes[study.primary].title;
    let own = [
        ("outcome", outcome.into()),
        ("arm", study.called(arm).into()),
        ("reference", study.called(reference).into()),
        ("up", up.into()),
        ("all", told.values.len().into()),
        ("down", down.into()),
    ];
    // the direction of most pairs comes first
    let key = if down > up {
        "experiment.spread.pairs_lower"
    } else {
        "experiment.spread.pairs"
    };
    let title = table.say(key, &own);
    let finding = difference_finding(study, study.primary, contrast, table.language);
    let what = table.say(
        "experiment.spread.pairs_subtitle",
        &[("finding", finding.into())],
    );
    let note = table.say("experiment.spread.pairs_note", &[table.confidence()]);
    let axis = table.say("experiment.difference", &[("outcome", outcome.into())]);
    Ok(draw(table, &strips, (title, what, note), &axis, Some(0.0)))
}

/// How far the arms' runs overlap: the arms with the highest and the lowest median.
fn overlap_finding(table: &Table<'_>, strips: &[Strip]) -> String {
    let study = table.study;
    let outcome = &study.outcomes[study.primary].title;
    let mut by_median: Vec<(f64, &Strip)> = strips
        .iter()
        .filter_map(|strip| Some((median(&strip.values)?, strip)))
        .collect();
    by_median.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(low), Some(high)) = (by_median.first(), by_median.last()) else {
        return outcome.clone();
    };
    // of 100 runs nothing can be said from one
    if low.1.values.len().min(high.1.values.len()) < LEAST {
        let own = [("outcome", outcome.into()), ("least", LEAST.into())];
        return table.say("experiment.spread.few", &own);
    }
    if low.0 == high.0 {
        return table.say("experiment.spread.same", &[("outcome", outcome.into())]);
    }
    // the chance that a run of one arm lies above one of the other, ties counting half
    let (mut above, mut all) = (0.0, 0.0);
    for a in &high.1.values {
        for b in &low.1.values {
            above += if a > b {
                1.0
            } else if a == b {
                0.5
            } else {
                0.0
            };
            all += 1.0;
        }
    }
    let own = [
        ("outcome", outcome.into()),
        ("high", (&high.1.name).into()),
        ("low", (&low.1.name).into()),
        ("times", real(100.0 * above / all, 0)),
    ];
    // runs of the same luck say more surely than two heaps of runs whether the arms differ at all
    let arm = |strip: &Strip| study.arms.iter().position(|arm| arm.name == strip.id);
    let apart = arm(high.1).zip(arm(low.1)).is_some_and(|(high, low)| {
        let values = &study.outcomes[study.primary].values;
        let pairs: Vec<_> = values[high]
            .iter()
            .copied()
            .zip(values[low].iter().copied())
            .collect();
        paired(&pairs, study.confidence).is_some_and(|found| found.is_clear())
    });
    if apart {
        table.say("experiment.spread.overlap", &own)
    } else {
        table.say("experiment.spread.no_overlap", &own)
    }
}

fn draw<'a>(
    table: &Table<'a>,
    strips: &[Strip],
    (title, subtitle, note): (String, String, String),
    axis: &str,
    reference: Option<f64>,
) -> (Content, Drawing<'a>) {
    let mut csv = vec![row(["name", "run", "value"])];
    for strip in strips {
        for (i, value) in strip.values.iter().enumerate() {
            csv.push(vec![strip.id.clone(), (i + 1).to_string(), number(*value)]);
        }
    }
    let drawn = drawn(strips);
    let mut notes = vec![note];
    notes.extend(table.left_out(drawn.len(), strips.len()));
    let content = table.content((title, subtitle, notes), "experiment.spread.alt", csv);
    let mut sheet = table.sheet(&content.words);
    let room = sheet.room;
    rows(
        &mut sheet,
        room,
        drawn,
        (axis, reference, None),
        table.language,
    );
    (content, sheet.finished())
}

/// Draws the strips into an area.
pub(super) fn rows(
    sheet: &mut Sheet<'_>,
    room: Area,
    strips: &[Strip],
    (axis, reference, ends): (&str, Option<f64>, Option<(f64, f64)>),
    language: Language,
) {
    let em = sheet.em;
    let letters = sheet.picture.letters;
    let size = 0.82 * em;
    let width = |words: &str| letters.width(words, Weight::Regular, size);
    // names too long to stand beside the marks stand above them
    let longest = strips.iter().map(|s| width(&s.name)).fold(0.0, f32::max);
    let above = longest > room.width * 0.3;
    let left = if above { 0.4 * em } else { longest + em };
    let right = strips.iter().map(|s| width(&s.value)).fold(0.0, f32::max) + em;
    let plot = Area {
        x: room.x + left,
        y: room.y,
        width: (room.width - left - right).max(4.0 * em),
        // few rows use the height of a slide; a page is cut to them
        height: if sheet.fills {
            room.height - 2.9 * em
        } else {
            (room.height - 2.9 * em).min(6.5 * em * strips.len() as f32)
        },
    };
    let all = || {
        strips
            .iter()
            .flat_map(|strip| strip.values.iter().copied())
            .chain(
                strips
                    .iter()
                    .filter_map(|s| s.mean)
                    .flat_map(|m| [m.lower, m.upper]),
            )
            .filter(|value| value.is_finite())
            .chain(reference)
            .chain(ends.into_iter().flat_map(|(from, to)| [from, to]))
    };
    let (low, high) = (
        all().fold(f64::INFINITY, f64::min),
        all().fold(f64::NEG_INFINITY, f64::max),
    );
    let edge = (high - low).max(high.abs() * 0.01).max(1e-9) * 0.03;
    let scale = Scale::between(low - edge, high + edge, plot.x, plot.right());
    let ticks = scale.ticks(3.6 * em);
    let slot = plot.height / strips.len() as f32;
    // few rows use the height, but no cloud of marks is so tall that it is no row any more; names above take their room
    let named = if above { 1.15 * em } else { 0.0 };
    let cloud = ((slot - named) * 0.62).min(9.0 * em);
    let middle = |i: usize| plot.y + slot * (i as f32 + 0.5) + named / 2.0;
    let largest = (0.34 * em).min(slot * 0.1);
    let name_above = |i: usize| middle(i) - 0.5 * cloud - largest - 0.3 * em;
    // uprights make way for names above the marks
    let mut stretches = vec![(plot.y, plot.bottom())];
    for i in (0..strips.len()).filter(|_| above) {
        let (from, to) = (name_above(i) - size, name_above(i) + 0.4 * size);
        if let Some(last) = stretches.last_mut() {
            let end = std::mem::replace(&mut last.1, from);
            stretches.push((to, end));
        }
    }
    let mut uprights = |x: f32, stroke: Stroke| {
        for (from, to) in stretches.iter().filter(|(from, to)| to > from) {
            let line = [(x, *from), (x, *to)];
            sheet.picture.polyline(&line, stroke.clone());
        }
    };
    for tick in &ticks {
        uprights(scale.place(*tick), Stroke::solid(Role::Grid, 0.06 * em));
    }
    if let Some(zero) = reference {
        uprights(scale.place(zero), Stroke::solid(Role::Muted, 0.09 * em));
    }
    for tick in &ticks {
        sheet.picture.text(
            &plain(*tick, &ticks, language),
            (scale.place(*tick), plot.bottom() + 1.15 * em),
            Type::new(0.8 * em, Role::Muted).align(Align::Centre),
        );
    }
    let words = letters.shorten(axis, Weight::Regular, size, plot.width);
    sheet.picture.text(
        &words,
        (plot.x + plot.width / 2.0, plot.bottom() + 2.35 * em),
        Type::new(size, Role::Ink).align(Align::Centre),
    );
    for (i, strip) in strips.iter().enumerate() {
        let middle = middle(i);
        // a few runs are as visible as many
        let few = (60.0 / strip.values.len().max(1) as f32).sqrt();
        let radius = (0.22 * em * few.clamp(1.0, 1.55)).min(slot * 0.1);
        for (k, value) in strip.values.iter().enumerate() {
            // the golden ratio spreads neighbours without drawing lots
            let place = (k as f32 * 0.618_034).fract() - 0.5;
            let at = (scale.place(*value), middle + place * cloud);
            let fill = strip.look.role.faint(0.45);
            sheet
                .picture
                .mark(strip.look.mark, at, radius, Some(fill), None);
        }
        if let Some(interval) = strip.mean {
            let line = [
                (scale.place(interval.lower), middle),
                (scale.place(interval.upper), middle),
            ];
            sheet
                .picture
                .polyline(&line, Stroke::solid(Role::Ink, 0.16 * em));
            let at = (scale.place(interval.estimate), middle);
            let rim = Stroke::solid(Role::Ink, 0.12 * em);
            sheet.picture.mark(
                strip.look.mark,
                at,
                0.42 * em,
                Some(strip.look.role.into()),
                Some(rim),
            );
        }
        let y = middle + size * 0.36;
        let (longest, at) = if above {
            (plot.width - em, (plot.x + 0.5 * em, name_above(i)))
        } else {
            (left - 0.8 * em, (room.x, y))
        };
        let name = letters.shorten(&strip.name, Weight::Regular, size, longest);
        sheet.picture.text(&name, at, Type::new(size, Role::Ink));
        let end = (room.right(), y);
        sheet.picture.text(
            &strip.value,
            end,
            Type::new(size, Role::Muted).align(Align::Right),
        );
    }
}
