//! Chart `effect-sizes`: all outcomes and contrasts in one unit, standard deviations between runs.

use super::super::dots::{self, Dot, Dots, Row};
use super::{Content, Drawing, ROWS, Table, cells, row, whole};
use crate::analysis::statistics::paired::{complete, effect_interval};
use crate::analysis::statistics::{Bootstrap, Streams};
use crate::analysis::study::with_decimals;

/// The axis ends here: what differs by more standard deviations differs beyond all doubt.
const WIDEST: f64 = 8.0;
/// Decimals of g, as it is usually written.
const DECIMALS: usize = 2;

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    if study.outcomes.len() < 2 {
        return table.skip("experiment.skipped.one_outcome");
    }
    let styles = table.styles();
    let mut csv = vec![row(["outcome", "contrast", "pairs", "g", "lower", "upper"])];
    let mut rows = Vec::new();
    let (mut all, mut clear) = (0_usize, 0_usize);
    // of a curve, the last year: the years before say much the same
    let early: Vec<usize> = study
        .curves()
        .into_iter()
        .flat_map(|(_, points)| {
            let last = points.len() - 1;
            points.into_iter().take(last).map(|(_, outcome)| outcome)
        })
        .collect();
    for (o, outcome) in study
        .outcomes
        .iter()
        .enumerate()
        .filter(|(o, _)| !early.contains(o))
    {
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
            // one meaning of clear in all pictures: that of the difference itself
            let apart = study.difference(o, c).is_some_and(|found| found.is_clear());
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
                name: study.called_contrast(c, table.language),
                interval,
                value: with_decimals(&interval, DECIMALS, table.language),
                open: !apart,
            }));
        }
    }
    if all == 0 {
        return table.skip("experiment.skipped.no_effect");
    }
    let title = if clear == 0 {
        table.say("experiment.sizes.none", &[])
    } else {
        let own = [("n", clear.into()), ("all", all.into())];
        table.say("experiment.sizes.some", &own)
    };
    let mut notes = vec![table.say("experiment.sizes.note", &[table.confidence()])];
    notes.extend(study.note_on_many(table.language));
    let dots = rows.iter().filter(|row| matches!(row, Row::Dot(_)));
    notes.extend(table.left_out(dots.count(), all));
    let subtitle = table.say("experiment.sizes.subtitle", &[table.runs()]);
    let content = table.content((title, subtitle, notes), "experiment.dots", csv);
    let axis = table.say("experiment.sizes.axis", &[]);
    let mut sheet = table.sheet(&content.words);
    let x = whole(&rows);
    let dots = Dots {
        rows: &rows,
        // One overwhelming difference would squeeze all others into the line of zero.
        x: (x.0.clamp(-WIDEST, 0.0), x.1.clamp(0.0, WIDEST)),
        x_title: &axis,
        reference: Some(0.0),
    };
    let room = sheet.room;
    dots::draw(&mut sheet, room, &dots, table.language);
    Ok((content, sheet.finished()))
}

#[cfg(test)]
mod tests {
    use super::super::draw_experiment;
    use crate::analysis::study::tests::study;
    use crate::charts::Options;

    #[test]
    fn the_title_of_an_outcome_has_the_whole_width() {
        let title = "Promotions of analysts per 100 employee-years, isolated less authentic";
        let mut study = study(2.0);
        study.outcomes.push(study.outcomes[0].clone());
        study.outcomes[1].title = title.into();
        let options = Options {
            png: false,
            only: vec!["effect-sizes".into()],
            ..Options::default()
        };
        let drawn = draw_experiment(&study, &options).unwrap();
        assert!(drawn.charts[0].svg.contains(&format!("\"{title}\"")));
    }
}
