//! Chart `sensitivity`: what the first outcome depends on, strongest first, with the noise of luck beside it.

use super::super::dots::{self, Dot, Dots, Row};
use super::super::style::strategy_styles;
use super::{Content, Drawing, ROWS, Table, cells, number, row, whole};
use crate::analysis::Interval;
use crate::analysis::study::{SensitivityFound, decimals, sensitivity_finding, with_decimals};
use crate::language::real;

/// Name, estimate with its interval, what luck alone would give, and whether the mark is hollow.
type Measured = (&'static str, Interval, Option<f64>, bool);

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let Some(sensitivity) = study.sensitivities.first() else {
        return table.skip("experiment.skipped.no_sensitivity");
    };
    let title = sensitivity_finding(study, sensitivity, table.language);
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
                    vec![("mu_star", s.strength, s.expected_of_noise(), !s.is_clear())],
                ))
            })
            .collect(),
        SensitivityFound::Sobol(indices) => sensitivity
            .factors
            .iter()
            .zip(&indices.parameters)
            .map(|(name, index)| {
                let measures = vec![
                    ("total", index.total, index.total_noise, false),
                    ("first", index.first, index.first_noise, true),
                ];
                (name.clone(), measures)
            })
            .collect(),
    };
    found.sort_by(|a, b| b.1[0].1.estimate.total_cmp(&a.1[0].1.estimate));
    let measured = found.iter().take(ROWS).flat_map(|(_, measures)| measures);
    let finest = measured
        .map(|(_, interval, ..)| decimals(interval))
        .max()
        .unwrap_or(0);
    let mut rows = Vec::new();
    for (i, (name, measures)) in found.iter().enumerate() {
        for (measure, interval, noise, open) in measures {
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
            let mut value = with_decimals(interval, finest, table.language);
            if let Some(noise) = noise {
                let own = [("interval", value.into()), ("noise", real(*noise, finest))];
                value = table.say("experiment.sensitivity.luck", &own);
            }
            rows.push(Row::Dot(Dot {
                look,
                name: if *measure == "first" {
                    format!("  {}", table.say("experiment.sensitivity.alone", &[]))
                } else {
                    name.clone()
                },
                interval: *interval,
                value,
                open: *open,
            }));
        }
    }
    if rows.is_empty() {
        return table.skip("experiment.skipped.all_missing");
    }
    let of = ("outcome", outcome.into());
    // luck is measured between replicates: one alone has none to tell of
    let has_luck = |(_, measures): &(String, Vec<Measured>)| {
        let told =
            |(name, _, noise, open): &Measured| noise.is_some() || *name == "mu_star" && *open;
        measures.iter().any(told)
    };
    let has_luck = found.iter().take(ROWS).any(has_luck);
    let (what, axis, note, luck) = match &sensitivity.found {
        SensitivityFound::Morris(screened) => {
            let effects: usize = screened.iter().flatten().map(|s| s.effects).sum();
            let missing: usize = screened.iter().flatten().map(|s| s.missing).sum();
            let own = [of, ("effects", effects.into()), ("missing", missing.into())];
            (
                table.say("experiment.sensitivity.morris", &own),
                table.say("experiment.sensitivity.morris_axis", &[]),
                "experiment.sensitivity.morris_note",
                "experiment.sensitivity.morris_luck",
            )
        }
        SensitivityFound::Sobol(indices) => {
            let (rows, dropped) = (indices.rows.into(), indices.dropped.into());
            let mut own = vec![of, ("rows", rows), ("dropped", dropped)];
            let what = if let Some(share) = indices.luck_share {
                own.push(("luck", real(share * 100.0, 0)));
                table.say("experiment.sensitivity.sobol_luck", &own)
            } else {
                table.say("experiment.sensitivity.sobol", &own)
            };
            (
                what,
                table.say("experiment.sensitivity.sobol_axis", &[]),
                "experiment.sensitivity.sobol_note",
                "experiment.sensitivity.sobol_luck_note",
            )
        }
    };
    let notes = std::iter::once(note).chain(has_luck.then_some(luck));
    let notes: Vec<String> = notes.map(|key| table.say(key, &[])).collect();
    let mut notes = vec![notes.join(" ")];
    notes.extend(table.left_out(found.len().min(ROWS), found.len()));
    let content = table.content((title, what, notes), "experiment.sensitivity.alt", csv);
    let mut sheet = table.sheet(&content.words);
    let x = whole(&rows);
    let dots = Dots {
        rows: &rows,
        x: (x.0.min(0.0), x.1),
        x_title: &axis,
        reference: Some(0.0),
    };
    let room = sheet.room;
    dots::draw(&mut sheet, room, &dots, table.language);
    Ok((content, sheet.finished()))
}
