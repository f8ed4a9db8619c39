//! Chart `response`: an outcome along a factor.

use super::super::lines::{self, Plot, Series};
use super::super::style::strategy_styles;
use super::{Content, Drawing, Table, cells, number, row};
use crate::analysis::statistics::mean_interval;
use crate::analysis::study::response_finding;

/// Different values of the factor beyond which neighbours are put together.
const POINTS: usize = 12;

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let Some((factor, points)) = study.numeric_factor() else {
        return table.skip("experiment.skipped.no_factor");
    };
    let Some(title) = response_finding(study, study.primary, table.language) else {
        return table.skip("experiment.skipped.no_response");
    };
    // Arms with the same number, or neighbouring ones where there are many, make one point.
    let mut distinct: Vec<f64> = points.iter().map(|point| point.1).collect();
    distinct.dedup();
    let together = distinct.len().div_ceil(POINTS);
    let mut rows = Vec::new();
    for group in distinct.chunks(together) {
        let arms: Vec<&(usize, f64)> = points
            .iter()
            .filter(|(_, x)| *x >= group[0] && *x <= group[group.len() - 1])
            .collect();
        let values: Vec<f64> = arms
            .iter()
            .flat_map(|(arm, _)| study.values(study.primary, *arm))
            .collect();
        let x = arms.iter().map(|(_, x)| x).sum::<f64>() / arms.len() as f64;
        if let Some(interval) = mean_interval(&values, study.confidence) {
            rows.push((x, values.len(), interval));
        }
    }
    if rows.len() < 3 {
        return table.skip("experiment.skipped.few_points");
    }
    let outcome = &study.outcomes[study.primary].title;
    let mut csv = vec![row([
        "factor", "number", "runs", "estimate", "lower", "upper",
    ])];
    for (x, n, interval) in &rows {
        csv.push(
            [
                vec![factor.clone(), number(*x), n.to_string()],
                cells(interval).to_vec(),
            ]
            .concat(),
        );
    }
    let mut note = vec![
        table.what_intervals_are(),
        table.say("experiment.response.note", &[]),
    ];
    if together > 1 {
        note.push(table.say(
            "experiment.response.merged",
            &[("together", together.into())],
        ));
    }
    let own = [("outcome", outcome.into()), ("factor", (&factor).into())];
    let subtitle = table.say("experiment.response.subtitle", &own);
    let words = (title, subtitle, vec![note.join(" ")]);
    let content = table.content(words, "experiment.response.alt", csv);
    let series = [Series {
        look: strategy_styles(&[String::new()])[0],
        name: String::new(),
        note: String::new(),
        points: rows
            .iter()
            .map(|(x, _, interval)| (*x, interval.estimate))
            .collect(),
        band: rows
            .iter()
            .map(|(x, _, interval)| (*x, interval.lower, interval.upper))
            .collect(),
        steps: false,
    }];
    let mut sheet = table.sheet(&content.words);
    let room = sheet.room;
    let plot = Plot {
        x_title: &with_unit(table, &factor),
        y_title: outcome,
        x: (rows[0].0, rows[rows.len() - 1].0),
        y: lines::range(&series, None),
        moments: &[],
        series: &series,
    };
    lines::draw(&mut sheet, room, &plot, table.language);
    Ok((content, sheet.finished()))
}

/// The factor with the unit that its values carry in all arms, such as the % of "40 %".
fn with_unit(table: &Table<'_>, factor: &str) -> String {
    let levels = || {
        let all = table.study.arms.iter().flat_map(|arm| &arm.levels);
        all.filter(|level| level.factor == factor)
    };
    let unit = |value: &str| value.split_once(' ').map(|(_, unit)| unit.to_owned());
    match levels().next().and_then(|level| unit(&level.value)) {
        Some(own) if levels().all(|level| unit(&level.value).as_ref() == Some(&own)) => {
            format!("{factor} [{own}]")
        }
        _ => factor.to_owned(),
    }
}
