//! Chart `programmes`: the effect of HR programmes, as in a trial.

use super::desk::{Desk, cells, limits};
use super::dots::{self, Dot, Dots, Row};
use super::sheet::Words;
use super::style::{Mark, Role, StrategyStyle};
use super::{Content, Drawing};
use crate::analysis::{Effect, Interval, Trial};
use crate::language::{capitalised, real};

/// Programmes shown at most.
const MOST: usize = 6;

const LOOK: StrategyStyle = StrategyStyle {
    role: Role::Strategy(2),
    mark: Mark::Circle,
    dash: &[],
};

fn of(trial: &Trial, effect: Effect) -> Option<(f64, f64, Interval)> {
    let found = trial.effects.iter().find(|(own, ..)| *own == effect);
    found.map(|(_, drawn, others, difference)| (*drawn, *others, *difference))
}

/// Shares are shown in percentage points.
fn scale(effect: Effect) -> f64 {
    if effect == Effect::KnownBy {
        1.0
    } else {
        100.0
    }
}

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let trials = &desk.analysis.trials;
    if trials.is_empty() {
        return Err(desk.say("skipped.no_programme", &[]));
    }
    // A programme without a name has a number in the tables; readers get its kind.
    let title_of = |trial: &Trial| {
        if trial.programme.parse::<u32>().is_ok() {
            let kind = desk.language.name("programmes.kind", &trial.kind);
            format!("{} {}", capitalised(&kind), trial.programme)
        } else {
            capitalised(&trial.programme)
        }
    };
    let name = |trial: &Trial| {
        desk.say(
            "programmes.name",
            &[
                ("programme", title_of(trial).into()),
                ("drawn", trial.drawn.into()),
                ("others", trial.others.into()),
            ],
        )
    };
    let found = |key: &str, trial: &Trial, (drawn, others, difference): (f64, f64, Interval)| {
        let points = difference.scaled(100.0);
        desk.say(
            key,
            &[
                ("programme", title_of(trial).into()),
                ("drawn", desk.language.percent(drawn).into()),
                ("others", desk.language.percent(others).into()),
                ("lower", real(points.lower, 0)),
                ("upper", real(points.upper, 0)),
            ],
        )
    };
    let promoted = || {
        let all = trials.iter();
        all.filter_map(|trial| Some((trial, of(trial, Effect::Promoted)?)))
    };
    let clear = promoted().find(|(_, found)| !found.2.holds_zero());
    let title = match (clear, promoted().next()) {
        (Some((trial, effect)), _) if effect.0 > effect.1 => {
            found("programmes.more", trial, effect)
        }
        (Some((trial, effect)), _) => found("programmes.less", trial, effect),
        (None, Some((trial, effect))) if trials.len() == 1 => {
            found("programmes.unclear_one", trial, effect)
        }
        _ => desk.say("programmes.unclear", &[]),
    };
    let mut notes = vec![desk.say("programmes.note", &[])];
    if let (1, Some((_, (_, _, difference)))) = (trials.len(), promoted().next()) {
        let half = 50.0 * (difference.upper - difference.lower);
        notes.push(desk.say("programmes.power", &[("points", real(half, 0))]));
    }
    notes.push(desk.one_run());
    let mut csv = vec![cells([
        "programme",
        "kind",
        "week",
        "drawn",
        "not_drawn",
        "measure",
        "value_drawn",
        "value_not_drawn",
        "difference",
        "lower",
        "upper",
    ])];
    for trial in trials {
        for (effect, drawn, others, difference) in &trial.effects {
            let [estimate, lower, upper] = limits(*difference);
            csv.push(vec![
                trial.programme.clone(),
                trial.kind.clone(),
                trial.week.to_string(),
                trial.drawn.to_string(),
                trial.others.to_string(),
                effect.word().into(),
                format!("{drawn:.6}"),
                format!("{others:.6}"),
                estimate,
                lower,
                upper,
            ]);
        }
    }
    let people: usize = trials.iter().map(|trial| trial.drawn + trial.others).sum();
    let content = Content {
        words: Words {
            title: title.clone(),
            subtitle: desk.say(
                "programmes.subtitle",
                &[
                    ("n", trials.len().into()),
                    ("people", desk.people(people).into()),
                ],
            ),
            notes: vec![notes.join(" ")],
        },
        alt: desk.say("programmes.alt", &[("title", (&title).into())]),
        caption: format!("{title}."),
        csv,
    };
    let mut sheet = desk.sheet(&content.words);
    let rows = Effect::ALL.map(|effect| {
        let factor = scale(effect);
        let dot = |trial: &Trial| {
            let (drawn, others, difference) = of(trial, effect)?;
            Some(Row::Dot(Dot {
                look: LOOK,
                name: name(trial),
                interval: difference.scaled(factor),
                value: desk.say(
                    "programmes.value",
                    &[
                        ("drawn", real(drawn * factor, 0)),
                        ("others", real(others * factor, 0)),
                    ],
                ),
                open: difference.holds_zero(),
            }))
        };
        trials.iter().take(MOST).filter_map(dot).collect::<Vec<_>>()
    });
    let titles = Effect::ALL.map(|effect| desk.language.name("programmes.measure", effect.word()));
    let panels: Vec<(Option<&str>, Dots)> = rows
        .iter()
        .zip(&titles)
        .filter(|(rows, _)| !rows.is_empty())
        .map(|(rows, x_title)| {
            // Whole intervals: whether they hold zero is the finding.
            let (mut low, mut high) = (-1.0_f64, 1.0_f64);
            for row in rows {
                if let Row::Dot(dot) = row {
                    low = low.min(dot.interval.lower * 1.04);
                    high = high.max(dot.interval.upper * 1.04);
                }
            }
            let dots = Dots {
                x: (low, high),
                rows,
                x_title,
                reference: Some(0.0),
            };
            (None, dots)
        })
        .collect();
    dots::stack(&mut sheet, &panels, desk.language);
    Ok((content, sheet.finished()))
}
