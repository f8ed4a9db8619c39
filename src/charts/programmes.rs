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
            trial.programme.clone()
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
    let clear = trials.iter().find_map(|trial| {
        let (drawn, others, difference) = of(trial, Effect::Promoted)?;
        let apart = difference.lower > 0.0 || difference.upper < 0.0;
        apart.then_some((trial, drawn, others))
    });
    let title = match clear {
        Some((trial, drawn, others)) => desk.say(
            if drawn > others {
                "programmes.more"
            } else {
                "programmes.less"
            },
            &[
                ("programme", title_of(trial).into()),
                ("drawn", desk.language.percent(drawn).into()),
                ("others", desk.language.percent(others).into()),
            ],
        ),
        None => desk.say("programmes.unclear", &[]),
    };
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
            notes: vec![format!(
                "{} {}",
                desk.say("programmes.note", &[]),
                desk.one_run()
            )],
        },
        alt: desk.say("programmes.alt", &[("title", (&title).into())]),
        caption: format!("{title}."),
        csv,
    };
    let mut sheet = desk.sheet(&content.words);
    let areas = sheet.rows(Effect::ALL.len(), 0.4 * sheet.em);
    for (effect, area) in Effect::ALL.into_iter().zip(areas) {
        let factor = if effect == Effect::KnownBy {
            1.0
        } else {
            100.0
        };
        let rows: Vec<Row> = trials
            .iter()
            .take(MOST)
            .filter_map(|trial| {
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
                    open: false,
                }))
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        // Whole intervals: whether they hold zero is the finding.
        let (mut low, mut high) = (-1.0_f64, 1.0_f64);
        for row in &rows {
            if let Row::Dot(dot) = row {
                low = low.min(dot.interval.lower * 1.04);
                high = high.max(dot.interval.upper * 1.04);
            }
        }
        let title = desk.language.name("programmes.measure", effect.word());
        let dots = Dots {
            x: (low, high),
            rows: &rows,
            x_title: &title,
            reference: Some(0.0),
        };
        dots::draw(&mut sheet, area, &dots, desk.language);
    }
    Ok((content, sheet.picture))
}
