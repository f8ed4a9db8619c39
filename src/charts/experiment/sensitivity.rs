//! Chart `sensitivity`: what the first outcome depends on, strongest first, with the noise of luck beside it.

use super::super::dots::{self, Dot, Dots, Row};
use super::super::sheet::Words;
use super::super::style::strategy_styles;
use super::{Content, Drawing, ROWS, Table, cells, number, row};
use crate::analysis::Interval;
use crate::analysis::study::{SensitivityFound, sensitivity_finding, with_interval};
use crate::language::Language;

/// Name, estimate with its interval, and what luck alone would give.
type Measured = (&'static str, Interval, Option<f64>);

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let Some(sensitivity) = study.sensitivities.first() else {
        return Err("the experiment has no sensitivity section".to_owned());
    };
    let title = sensitivity_finding(study, sensitivity);
    let outcome = &study.outcomes[sensitivity.outcome].title;
    let look = strategy_styles(&[String::new()])[0];
    let mut csv = vec![row([
        "factor", "measure", "estimate", "lower", "upper", "noise",
    ])];
    let mut found: Vec<(String, Vec<Measured>)> = match &sensitivity.found {
        SensitivityFound::Morris(screened) => sensitivity
            .factors
            .iter()
            .zip(screened)
            .filter_map(|(name, s)| {
                let s = s.as_ref()?;
                Some((
                    name.clone(),
                    vec![("mu_star", s.strength, s.expected_of_noise())],
                ))
            })
            .collect(),
        SensitivityFound::Sobol(indices) => sensitivity
            .factors
            .iter()
            .zip(&indices.parameters)
            .map(|(name, index)| {
                let measures = vec![
                    ("total", index.total, index.total_noise),
                    ("first", index.first, index.first_noise),
                ];
                (name.clone(), measures)
            })
            .collect(),
    };
    found.sort_by(|a, b| b.1[0].1.estimate.total_cmp(&a.1[0].1.estimate));
    let mut rows = Vec::new();
    for (i, (name, measures)) in found.iter().enumerate() {
        for (measure, interval, noise) in measures {
            let noise_cell = noise.map(number).unwrap_or_default();
            csv.push(
                [
                    row([name, measure]),
                    cells(interval).to_vec(),
                    vec![noise_cell],
                ]
                .concat(),
            );
            if i >= ROWS {
                continue;
            }
            let noise = noise.map_or_else(String::new, |noise| format!("; luck {noise:.2}"));
            rows.push(Row::Dot(Dot {
                look,
                name: if *measure == "first" {
                    String::from("  alone")
                } else {
                    name.clone()
                },
                interval: *interval,
                value: format!("{}{noise}", with_interval(interval)),
                open: *measure == "first",
            }));
        }
    }
    if rows.is_empty() {
        return Err("every run of the design is missing".to_owned());
    }
    let (what, axis, note) = match &sensitivity.found {
        SensitivityFound::Morris(screened) => {
            let effects: usize = screened.iter().flatten().map(|s| s.effects).sum();
            let missing: usize = screened.iter().flatten().map(|s| s.missing).sum();
            (
                format!(
                    "{outcome}: mean absolute effect of moving a factor over its range; {effects} effects, {missing} missing"
                ),
                "μ* [unit of the outcome over the whole range]",
                "Morris screening; bootstrap intervals over trajectories. \"luck\": the μ* that chance alone would show; a factor whose interval reaches down to it cannot be told from luck.",
            )
        }
        SensitivityFound::Sobol(indices) => (
            format!(
                "{outcome}: share of its variance over the ranges; {} rows, {} dropped{}",
                indices.rows,
                indices.dropped,
                indices.luck_share.map_or_else(String::new, |share| {
                    format!(
                        "; luck makes {:.0} % of the variance of single runs",
                        share * 100.0
                    )
                })
            ),
            "share of variance",
            "Sobol indices: filled, total (with interactions); hollow, alone. Bootstrap intervals over rows. \"luck\": standard deviation of the index between replicates analysed alone. Estimates may fall below 0.",
        ),
    };
    let content = Content {
        words: Words {
            title: title.clone(),
            subtitle: what,
            notes: vec![note.to_owned()],
        },
        alt: format!("Dot chart with intervals, strongest factor first. {title}."),
        caption: format!("{title}."),
        csv,
    };
    let mut sheet = table.sheet(&content.words);
    let x = dots::range(&rows, None);
    let dots = Dots {
        rows: &rows,
        x: (x.0.min(0.0), x.1),
        x_title: axis,
        reference: Some(0.0),
    };
    let room = sheet.room;
    dots::draw(&mut sheet, room, &dots, Language::ENGLISH);
    Ok((content, sheet.picture))
}
