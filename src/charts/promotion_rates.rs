//! Chart `promotion-rates`: promotions per 100 employee-years by level and strategy.

use super::desk::{Desk, cells, limits};
use super::dots::{self, Dot, Dots, Row};
use super::sheet::Words;
use super::{Content, Drawing};
use crate::analysis::{Interval, LevelRate, furthest};

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let rates = &desk.analysis.level_rates;
    if rates.is_empty() {
        return Err(desk.say("skipped.no_promotions", &[]));
    }
    let mut levels: Vec<&str> = rates.iter().map(|rate| rate.level.as_str()).collect();
    levels.dedup();
    let at = |level: &str| -> Vec<&LevelRate> {
        rates.iter().filter(|rate| rate.level == level).collect()
    };
    let mut apart: Vec<&str> = Vec::new();
    for level in &levels {
        let groups: Vec<(&str, Interval)> = at(level)
            .iter()
            .map(|rate| (rate.strategy.as_str(), rate.rate))
            .collect();
        if furthest(&groups, levels.len()).is_some() {
            apart.push(level);
        }
    }
    let total: usize = rates.iter().map(|rate| rate.promotions).sum();
    let time: f64 = rates.iter().map(|rate| rate.employee_years).sum();
    let title = if apart.is_empty() {
        desk.say("promotion_rates.unclear", &[])
    } else {
        let names: Vec<String> = apart.iter().map(|level| (*level).to_owned()).collect();
        desk.say(
            "promotion_rates.differs",
            &[
                ("n", apart.len().into()),
                ("all", levels.len().into()),
                ("levels", desk.language.list(&names).into()),
            ],
        )
    };
    let mut csv = vec![cells([
        "level",
        "strategy",
        "promotions",
        "employee_years",
        "per_100_employee_years",
        "lower",
        "upper",
    ])];
    for rate in rates {
        let [estimate, lower, upper] = limits(rate.rate);
        csv.push(vec![
            rate.level.clone(),
            rate.strategy.clone(),
            rate.promotions.to_string(),
            format!("{:.3}", rate.employee_years),
            estimate,
            lower,
            upper,
        ]);
    }
    let promotions = desk.say("count.promotions", &[("n", total.into())]);
    let content = Content {
        words: Words {
            title: title.clone(),
            subtitle: desk.say(
                "promotion_rates.subtitle",
                &[
                    ("promotions", promotions.into()),
                    ("years", (time.round() as usize).into()),
                ],
            ),
            notes: vec![format!(
                "{} {}",
                desk.say("note.poisson", &[]),
                desk.clear_in_one_run()
            )],
        },
        alt: desk.say("promotion_rates.alt", &[("title", (&title).into())]),
        caption: format!("{title}."),
        csv,
    };
    let mut rows = Vec::new();
    for level in levels {
        rows.push(Row::Heading(
            desk.say("promotion_rates.level", &[("level", level.into())]),
        ));
        for rate in at(level) {
            rows.push(Row::Dot(Dot {
                look: desk.style(&rate.strategy),
                name: desk.strategy(&rate.strategy),
                interval: rate.rate,
                value: desk.say(
                    "promotion_rates.value",
                    &[
                        ("rate", desk.language.number(rate.rate.estimate, 1).into()),
                        ("promotions", rate.promotions.into()),
                        ("years", (rate.employee_years.round() as usize).into()),
                    ],
                ),
                open: false,
            }));
        }
    }
    let mut sheet = desk.sheet(&content.words);
    let dots = Dots {
        x: dots::range(&rows, Some(0.0)),
        rows: &rows,
        x_title: &desk.say("promotion_rates.axis", &[]),
        reference: None,
    };
    let room = sheet.room;
    dots::draw(&mut sheet, room, &dots, desk.language);
    Ok((content, sheet.finished()))
}
