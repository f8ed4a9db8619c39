//! Chart `posterior`: what a calibration left of the priors, and whether runs from there meet the targets.

use super::super::style::strategy_styles;
use super::strips::{Strip, rows};
use super::{Content, Drawing, ROWS, Table, number, row};
use crate::analysis::Interval;
use crate::analysis::study::CalibratedKey;

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let Some(found) = &table.study.calibration else {
        return table.skip("experiment.skipped.no_calibration");
    };
    let look = strategy_styles(&[String::new()])[0];
    let mut csv = vec![row(["what", "name", "number", "value"])];
    let mut keys = Vec::new();
    for key in &found.keys {
        let (from, to) = key.prior;
        let place = |value: f64| 100.0 * (value - from) / (to - from);
        for (i, value) in key.particles.iter().enumerate() {
            let n = (i + 1).to_string();
            csv.push(row(["particle", &key.name, &n, &number(*value)]));
        }
        keys.push(Strip {
            look,
            id: key.name.clone(),
            name: key.name.clone(),
            values: key.particles.iter().map(|value| place(*value)).collect(),
            mean: Some(placed(&key.found, place)),
            value: table.interval(&key.found),
        });
    }
    let mut targets = Vec::new();
    for target in &found.targets {
        let place = |value: f64| (value - target.value) / target.scale;
        for (i, value) in target.runs.iter().enumerate() {
            let n = (i + 1).to_string();
            csv.push(row(["run", &target.title, &n, &number(*value)]));
        }
        targets.push(Strip {
            look,
            id: target.title.clone(),
            name: target.title.clone(),
            values: target.runs.iter().map(|value| place(*value)).collect(),
            mean: target.found.as_ref().map(|found| placed(found, place)),
            value: String::new(),
        });
    }
    let all = keys.len() + targets.len();
    keys.truncate(ROWS);
    targets.truncate(ROWS);
    // what was asked for is the values, not only that there are some
    let named = |key: &CalibratedKey| format!("{} {}", key.name, table.interval(&key.found));
    let narrowed = |key: &&CalibratedKey| key.narrowed < 0.5;
    let clear: Vec<String> = found.keys.iter().filter(narrowed).map(named).collect();
    let missed: Vec<&str> = found
        .targets
        .iter()
        .filter(|target| !target.is_held())
        .map(|target| target.title.as_str())
        .collect();
    let title = if !missed.is_empty() {
        let own = [
            ("missed", missed.len().into()),
            ("targets", found.targets.len().into()),
            ("names", missed.join(", ").into()),
        ];
        table.say("experiment.posterior.missed", &own)
    } else if clear.is_empty() {
        {
            let all: Vec<String> = found.keys.iter().map(named).collect();
            let own = [("keys", all.join(", ").into())];
            table.say("experiment.posterior.none", &own)
        }
    } else {
        let own = [("n", clear.len().into()), ("keys", clear.join(", ").into())];
        table.say("experiment.posterior.clear", &own)
    };
    let count = |of: Option<usize>| of.unwrap_or(0).into();
    let subtitle = table.say(
        "experiment.posterior.subtitle",
        &[
            (
                "particles",
                count(found.keys.first().map(|k| k.particles.len())),
            ),
            ("rounds", found.rounds.into()),
            ("draws", count(found.targets.first().map(|t| t.runs.len()))),
            (
                "held",
                found.targets.iter().filter(|t| t.is_held()).count().into(),
            ),
            ("targets", found.targets.len().into()),
            table.confidence(),
        ],
    );
    let mut notes = vec![table.say("experiment.posterior.note", &[table.confidence()])];
    notes.extend(table.left_out(keys.len() + targets.len(), all));
    let words = (title, subtitle, notes);
    let content = table.content(words, "experiment.posterior.alt", csv);
    let mut sheet = table.sheet(&content.words);
    let halves = sheet.halves(1.6 * sheet.em);
    for (area, strips, heading, axis, (reference, ends)) in [
        (
            halves[0],
            &keys,
            table.say("experiment.posterior.keys", &[]),
            table.say("experiment.posterior.keys_axis", &[]),
            (None, Some((0.0, 100.0))),
        ),
        (
            halves[1],
            &targets,
            table.say("experiment.posterior.targets", &[]),
            table.say("experiment.posterior.targets_axis", &[]),
            (Some(0.0), None),
        ),
    ] {
        let area = sheet.heading(area, &heading);
        rows(
            &mut sheet,
            area,
            strips,
            (&axis, reference, ends),
            table.language,
        );
    }
    Ok((content, sheet.finished()))
}

fn placed(interval: &Interval, place: impl Fn(f64) -> f64) -> Interval {
    Interval {
        estimate: place(interval.estimate),
        lower: place(interval.lower),
        upper: place(interval.upper),
    }
}
