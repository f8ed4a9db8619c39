//! Chart `incidence`: to how many something has happened by each year, by arm, beside what can come before.

use super::super::lines::{self, Plot, Series};
use super::super::picture::Area;
use super::super::sheet::{Sample, Sheet};
use super::{Content, Drawing, Table, cells, row};
use crate::analysis::study::difference_finding;

/// Curves beside each other.
const PANELS: usize = 2;

/// Arms in one panel: more lines cannot be told apart.
const ARMS: usize = 6;

/// Name, last year and lines.
type Panel<'s> = (&'s String, f64, Vec<Series>);

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let curves = study.curves();
    let Some((first, points)) = curves.first() else {
        return table.skip("experiment.skipped.no_incidence");
    };
    let (_, last) = points[points.len() - 1];
    let title = if study.contrasts.is_empty() {
        first.clone()
    } else {
        difference_finding(study, last, 0, table.language)
    };
    let styles = table.styles();
    let mut csv = vec![row([
        "curve", "arm", "year", "runs", "estimate", "lower", "upper",
    ])];
    let mut panels: Vec<Panel<'_>> = Vec::new();
    let mut curves_of_arms = 0;
    for (name, points) in &curves {
        let mut series = Vec::new();
        for arm in table.shown() {
            let mut line = vec![(0.0, 0.0)];
            let mut band = vec![(0.0, 0.0, 0.0)];
            for (year, outcome) in points {
                let Some(share) = study.mean(*outcome, arm) else {
                    continue;
                };
                let n = study.values(*outcome, arm).len().to_string();
                let own = [name, &study.arms[arm].name, &year.to_string(), &n];
                csv.push([row(own.map(String::as_str)), cells(&share).to_vec()].concat());
                let share = share.scaled(100.0);
                line.push((*year, share.estimate));
                band.push((*year, share.lower.max(0.0), share.upper.min(100.0)));
            }
            curves_of_arms += usize::from(line.len() > 2);
            if line.len() > 2 && series.len() < ARMS {
                series.push(Series {
                    look: styles[arm],
                    name: study.called(arm),
                    note: line.last().map_or_else(String::new, |(_, share)| {
                        format!("{} %", table.language.number(*share, 0))
                    }),
                    points: line,
                    band,
                    steps: false,
                });
            }
        }
        let end = points.last().map_or(1.0, |(year, _)| *year);
        panels.push((name, end, series));
    }
    if panels[0].2.is_empty() {
        return table.skip("experiment.skipped.few_arms");
    }
    let subtitle = table.say("experiment.incidence.subtitle", &[table.runs()]);
    let mut notes = vec![table.say("experiment.incidence.note", &[table.confidence()])];
    let drawn = panels.iter().take(PANELS).map(|(.., series)| series.len());
    notes.extend(table.left_out(drawn.sum(), curves_of_arms));
    let words = (title, subtitle, notes);
    let content = table.content(words, "experiment.incidence.alt", csv);
    let mut sheet = table.sheet(&content.words);
    panels.truncate(PANELS);
    let areas = |sheet: &Sheet<'_>| match panels.len() {
        1 => vec![sheet.room],
        _ => sheet.halves(1.6 * sheet.em).to_vec(),
    };
    // names too long even in several lines stand whole in a key
    let is_cut = |(panel, area): (&Panel<'_>, Area)| lines::cuts_names(&sheet, area, &panel.2);
    if panels.iter().zip(areas(&sheet)).any(is_cut) {
        let series = panels[0].2.iter();
        let entries: Vec<_> = series
            .map(|series| (Sample::Mark(series.look), series.name.clone()))
            .collect();
        sheet.key(&entries);
    }
    let areas = areas(&sheet);
    let (_, top) = panels
        .iter()
        .map(|panel| lines::range(&panel.2, Some(0.0)))
        .fold((0.0, 0.0_f64), |a, b| (0.0, a.1.max(b.1)));
    for ((name, end, series), area) in panels.iter().zip(areas) {
        let area = sheet.heading(area, name);
        let plot = Plot {
            x_title: &table.say("axis.years", &[]),
            y_title: &table.say("experiment.incidence.axis", &[]),
            x: (0.0, *end),
            // the same in both, so that the two can be compared
            y: (0.0, top.min(104.0)),
            moments: &[],
            series,
        };
        lines::draw(&mut sheet, area, &plot, table.language);
    }
    Ok((content, sheet.finished()))
}
