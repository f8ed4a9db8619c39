//! Chart `response`: an outcome along a factor.

use super::super::lines::{self, Plot, Series};
use super::super::sheet::Words;
use super::super::style::strategy_styles;
use super::{Content, Drawing, Table, cells, number, row};
use crate::analysis::statistics::mean_interval;
use crate::analysis::study::response_finding;
use crate::language::Language;

/// Different values of the factor beyond which neighbours are put together.
const POINTS: usize = 12;

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let Some((factor, points)) = study.numeric_factor() else {
        return Err("no factor has three different numbers".to_owned());
    };
    let title = response_finding(study, study.primary)
        .ok_or_else(|| "fewer than two replicates have values along the factor".to_owned())?;
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
        return Err("fewer than three points of the factor have two runs".to_owned());
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
    let merged = if together > 1 {
        format!(" {together} neighbouring points of the design make one point here.")
    } else {
        String::new()
    };
    let content = Content {
        words: Words {
            title: title.clone(),
            subtitle: format!("{outcome} along {factor}: mean of all runs at each value"),
            notes: vec![format!(
                "{} The band is that of each mean; the finding compares within replicates of the same luck, and can be \
                 surer than the band looks.{merged}",
                table.what_intervals_are()
            )],
        },
        alt: format!("Line chart with a band. {title}."),
        caption: format!("{title}."),
        csv,
    };
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
        x_title: &factor,
        y_title: outcome,
        x: (rows[0].0, rows[rows.len() - 1].0),
        y: lines::range(&series, None),
        moments: &[],
        series: &series,
    };
    lines::draw(&mut sheet, room, &plot, Language::ENGLISH);
    Ok((content, sheet.picture))
}
