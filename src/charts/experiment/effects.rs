//! Chart `effects`: the main outcome by arm, and its paired differences, with intervals.

use super::super::dots::{self, Dot, Dots, Row};
use super::{Content, Drawing, ROWS, Table, cells, row, whole, write_alike};
use crate::analysis::study::{difference_finding, response_finding};
use crate::language::real;

/// A gain by pairing above this is said to be above this.
const MUCH: f64 = 100.0;

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let shown = table.shown();
    let differences: Vec<_> = (0..study.contrasts.len())
        .filter_map(|contrast| Some((contrast, study.difference(study.primary, contrast)?)))
        .collect();
    let Some((first, _)) = differences.first() else {
        return table.skip("experiment.skipped.no_pairs");
    };
    // along a factor, the whole line is the finding, not its first step
    let title = response_finding(study, study.primary, table.language)
        .unwrap_or_else(|| difference_finding(study, study.primary, *first, table.language));
    let outcome = &study.outcomes[study.primary];
    let styles = table.styles();
    let header = row(["kind", "name", "runs", "estimate", "lower", "upper"]);
    let mut csv = vec![[header, row(["outcome"])].concat()];
    let of_main = || row([&outcome.name]);
    let mut means = Vec::new();
    for &arm in &shown {
        let Some(interval) = study.mean(study.primary, arm) else {
            continue;
        };
        let n = study.values(study.primary, arm).len();
        let name = &study.arms[arm].name;
        csv.push(
            [
                row(["arm", name, &n.to_string()]),
                cells(&interval).to_vec(),
                of_main(),
            ]
            .concat(),
        );
        if means.len() < ROWS {
            means.push(Row::Dot(Dot {
                look: styles[arm],
                name: study.called(arm),
                interval,
                value: String::new(),
                open: false,
            }));
        }
    }
    write_alike(&mut means, table.language);
    let mut pairs = |of: usize| -> Vec<Row> {
        let found = (0..study.contrasts.len())
            .filter_map(|contrast| Some((contrast, study.difference(of, contrast)?)));
        let mut rows = Vec::new();
        for (contrast, found) in found {
            let (name, arm, _) = &study.contrasts[contrast];
            let n = found.pairs.to_string();
            csv.push(
                [
                    row(["contrast", name, &n]),
                    cells(&found.difference).to_vec(),
                    row([&study.outcomes[of].name]),
                ]
                .concat(),
            );
            if rows.len() < ROWS {
                rows.push(Row::Dot(Dot {
                    look: styles[*arm],
                    name: study.called_contrast(contrast, table.language),
                    interval: found.difference,
                    value: String::new(),
                    open: !found.is_clear(),
                }));
            }
        }
        write_alike(&mut rows, table.language);
        rows
    };
    let mut differences_of = vec![(study.primary, pairs(study.primary))];
    // to whom: below, where there is room
    let groups = study.groups.iter().filter(|of| **of != study.primary);
    for &of in groups {
        let rows = means.len() + (differences_of.len() + 1) * differences.len().min(ROWS);
        if rows <= ROWS / 2 {
            differences_of.push((of, pairs(of)));
        }
    }
    let mut note = vec![
        table.what_intervals_are(),
        table.say("experiment.hollow", &[]),
    ];
    // said only where it is so: with few replicates pairing can seem to lose
    let pairing = differences[0].1.variance_reduction;
    if let Some(factor) = pairing.filter(|factor| *factor >= 1.1) {
        // where nearly every pair is alike, the exact number says nothing
        let much = factor > MUCH;
        let (key, factor) = if much {
            ("experiment.pairing_much", real(MUCH, 0))
        } else {
            ("experiment.pairing", real(factor, 1))
        };
        note.push(table.say(key, &[("factor", factor)]));
    }
    let mut notes = vec![note.join(" ")];
    notes.extend(study.note_on_many(table.language));
    let drawn = shown.len().min(ROWS) + differences.len().min(ROWS);
    notes.extend(table.left_out(drawn, shown.len() + differences.len()));
    let own = [("outcome", (&outcome.title).into()), table.runs()];
    let subtitle = table.say("experiment.effects.subtitle", &own);
    let words = (title, subtitle, notes);
    let content = table.content(words, "experiment.effects.alt", csv);
    let titled = |of: usize| {
        let own = [("outcome", (&study.outcomes[of].title).into())];
        table.say("experiment.difference", &own)
    };
    let axes: Vec<String> = differences_of.iter().map(|(of, _)| titled(*of)).collect();
    let headings = [
        table.say("experiment.effects.arms", &[]),
        table.say("experiment.effects.differences", &[]),
        table.say("experiment.effects.groups", &[]),
    ];
    let mut sheet = table.sheet(&content.words);
    // Below each other: names of contrasts are long.
    let mut panels = vec![(&means, &headings[0], outcome.title.as_str(), None)];
    for ((of, rows), axis) in differences_of.iter().zip(&axes) {
        let own = &headings[if *of == study.primary { 1 } else { 2 }];
        panels.push((rows, own, axis, Some(0.0)));
    }
    let panels = panels
        .into_iter()
        .filter(|(rows, ..)| !rows.is_empty())
        .map(|(rows, heading, x_title, reference)| {
            let mut x = whole(rows);
            if let Some(zero) = reference {
                x = (x.0.min(zero), x.1.max(zero));
            }
            let dots = Dots {
                rows,
                x,
                x_title,
                reference,
            };
            (Some(heading.as_str()), dots)
        })
        .collect::<Vec<_>>();
    dots::stack(&mut sheet, &panels, table.language);
    Ok((content, sheet.finished()))
}
