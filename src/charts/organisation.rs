//! Chart `organisation`: output, turnover and fairness of the whole firm over the years.

use super::desk::{Desk, cells, limits};
use super::lettering::Weight;
use super::lines::{self, Plot, Series};
use super::picture::{Align, Area, Type};
use super::sheet::Words;
use super::style::{Mark, Role, StrategyStyle};
use super::{Content, Drawing};
use crate::analysis::{Course, Interval, mean_interval};
use crate::language::real;

const LOOK: StrategyStyle = StrategyStyle {
    role: Role::Strategy(2),
    mark: Mark::Circle,
    dash: &[],
};

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let found = &desk.analysis.organisation;
    if found.output.len() < 2 {
        return Err(desk.say("skipped.no_weeks", &[]));
    }
    let yearly: Vec<f64> = found.fairness.iter().map(|(_, r)| r.estimate).collect();
    let limited = |mean: Interval| {
        [
            ("r", real(mean.estimate, 2)),
            ("lower", real(mean.lower, 2)),
            ("upper", real(mean.upper, 2)),
        ]
    };
    let title = match mean_interval(&yearly, 0.95) {
        Some(mean) if mean.lower > 0.0 => desk.say("organisation.fair", &limited(mean)),
        Some(mean) if mean.upper < 0.0 => desk.say("organisation.unfair", &limited(mean)),
        _ => desk.say("organisation.unclear", &[]),
    };
    let inequality: Course = found
        .inequality
        .iter()
        .map(|(year, gini)| {
            let whole = Interval {
                estimate: *gini,
                lower: *gini,
                upper: *gini,
            };
            (*year, whole)
        })
        .collect();
    let panels: [(&str, &Course, Option<f64>, &str); 4] = [
        (
            "organisation.output",
            &found.output,
            None,
            "output_per_head_and_week",
        ),
        (
            "organisation.turnover",
            &found.turnover,
            Some(0.0),
            "exits_per_100_and_year",
        ),
        (
            "organisation.fairness",
            &found.fairness,
            None,
            "correlation_of_promotion_with_competence",
        ),
        (
            "organisation.inequality",
            &inequality,
            None,
            "gini_of_influence",
        ),
    ];
    let mut csv = vec![cells(["measure", "year", "value", "lower", "upper"])];
    for (_, course, _, word) in &panels {
        for (year, value) in *course {
            let [estimate, lower, upper] = limits(*value);
            csv.push(vec![
                (*word).into(),
                format!("{year:.4}"),
                estimate,
                lower,
                upper,
            ]);
        }
    }
    let ends = |course: &Course, decimals: usize| {
        let (first, last) = (course.first(), course.last());
        let number = |at: Option<&(f64, Interval)>| {
            at.map_or("–".to_owned(), |(_, v)| {
                desk.language.number(v.estimate, decimals)
            })
        };
        format!("{} → {}", number(first), number(last))
    };
    let numbers = desk.say(
        "organisation.numbers",
        &[
            ("output", ends(&found.output, 2).into()),
            ("turnover", ends(&found.turnover, 1).into()),
            ("fairness", ends(&found.fairness, 2).into()),
            ("inequality", ends(&inequality, 2).into()),
        ],
    );
    let people = desk.analysis.headcount_start.unwrap_or(0);
    let content = Content {
        words: Words {
            title,
            subtitle: desk.say(
                "organisation.subtitle",
                &[("people", desk.people(people).into())],
            ),
            notes: vec![format!(
                "{} {}",
                desk.say("organisation.note", &[]),
                desk.one_run()
            )],
        },
        alt: desk.say("organisation.alt", &[("numbers", (&numbers).into())]),
        caption: numbers,
        csv,
    };
    let mut sheet = desk.sheet(&content.words);
    let em = sheet.em;
    let quarters = sheet.quarters(1.2 * em, 0.4 * em);
    let moments = desk.analysis.restructuring_years();
    let years = desk.say("axis.years", &[]);
    for (n, ((heading, course, floor, _), area)) in panels.into_iter().zip(quarters).enumerate() {
        let exact = course.iter().all(|(_, v)| v.lower == v.upper);
        let series = [Series {
            look: LOOK,
            name: String::new(),
            note: String::new(),
            points: course.iter().map(|(year, v)| (*year, v.estimate)).collect(),
            band: if exact {
                Vec::new()
            } else {
                course
                    .iter()
                    .map(|(year, v)| (*year, v.lower, v.upper))
                    .collect()
            },
            steps: false,
        }];
        let area = sheet.heading(area, &desk.say(heading, &[]));
        let mut y = lines::range(&series, floor);
        if heading == "organisation.fairness" {
            y = (y.0.min(-0.05), y.1.max(0.05));
        }
        let plot = Plot {
            // Said once a column.
            x_title: if n < 2 { "" } else { &years },
            y_title: "",
            x: (0.0, desk.years().max(1.0)),
            y,
            moments: &moments,
            series: &series,
        };
        lines::draw(&mut sheet, area, &plot, desk.language);
        // A single year makes no line.
        if course.len() < 2 {
            let words = desk.say("organisation.too_few", &[]);
            let size = 0.84 * em;
            let style = Type::new(size, Role::Muted).align(Align::Centre);
            let (x, y) = area.centre();
            let (x, y) = (x + 1.5 * em, y - 0.8 * em);
            let width = desk.letters.width(&words, Weight::Regular, size) + 0.6 * em;
            // on paper, so that no line of the grid runs through the words
            let plate = Area {
                x: x - width / 2.0,
                y: y - 1.1 * size,
                width,
                height: 1.6 * size,
            };
            let paper = Some(Role::Paper.into());
            sheet.picture.rectangle(plate, paper, None);
            sheet.picture.text(&words, (x, y), style);
        }
    }
    Ok((content, sheet.finished()))
}
