//! Chart `effect-sizes`: all outcomes and contrasts in one unit, standard deviations between runs.

use super::super::dots::{self, Dot, Dots, Row};
use super::super::sheet::Words;
use super::{Content, Drawing, ROWS, Table, cells, row};
use crate::analysis::statistics::paired::{complete, effect_interval};
use crate::analysis::statistics::{Bootstrap, Streams};
use crate::analysis::study::with_interval;
use crate::language::Language;

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    if study.outcomes.len() < 2 {
        return Err("there is only one outcome".to_owned());
    }
    let styles = table.styles();
    let mut csv = vec![row(["outcome", "contrast", "pairs", "g", "lower", "upper"])];
    let mut rows = Vec::new();
    let (mut all, mut clear) = (0, 0);
    for (o, outcome) in study.outcomes.iter().enumerate() {
        let mut heading = Some(&outcome.title);
        for (c, (name, arm, _)) in study.contrasts.iter().enumerate() {
            let (pairs, _) = complete(&study.pairs(o, c));
            let how = Bootstrap {
                resamples: 1000,
                confidence: study.confidence,
                streams: Streams::new(study.provenance.seed, &format!("effect size {o} {c}")),
            };
            let Some(interval) = effect_interval(&pairs, &how) else {
                continue;
            };
            let apart = interval.lower > 0.0 || interval.upper < 0.0;
            all += 1;
            clear += usize::from(apart);
            let n = pairs.len().to_string();
            csv.push([row([&outcome.name, name, &n]), cells(&interval).to_vec()].concat());
            if rows.len() >= 2 * ROWS {
                continue;
            }
            if let Some(title) = heading.take() {
                rows.push(Row::Heading(title.clone()));
            }
            rows.push(Row::Dot(Dot {
                look: styles[*arm],
                name: name.clone(),
                interval,
                value: with_interval(&interval),
                open: !apart,
            }));
        }
    }
    if all == 0 {
        return Err("no contrast has enough pairs of runs that differ".to_owned());
    }
    let title = if clear == 0 {
        "No outcome differs clearly between the arms".to_owned()
    } else {
        format!(
            "{clear} of {all} differences are clear of zero, in standard deviations between runs"
        )
    };
    let mut notes = vec![format!(
        "Hedges' g with {:.0} % bootstrap intervals over pairs (BCa); hollow marks: the interval includes zero. It \
         measures against the spread between runs, not between people.",
        study.confidence * 100.0
    )];
    notes.extend(study.note_on_many());
    let content = Content {
        words: Words {
            title: title.clone(),
            subtitle: format!(
                "Every outcome and contrast in one unit; {} replicates",
                study.replicates
            ),
            notes,
        },
        alt: format!("Dot chart with intervals. {title}."),
        caption: format!("{title}."),
        csv,
    };
    let mut sheet = table.sheet(&content.words);
    let x = dots::range(&rows, None);
    let dots = Dots {
        rows: &rows,
        x: (x.0.min(0.0), x.1.max(0.0)),
        x_title: "Hedges' g [standard deviations between runs]",
        reference: Some(0.0),
    };
    let room = sheet.room;
    dots::draw(&mut sheet, room, &dots, Language::ENGLISH);
    Ok((content, sheet.picture))
}
