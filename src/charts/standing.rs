//! Chart `standing`: reputation and acquaintance over the years, by strategy.

use super::desk::{Desk, cells, limits};
use super::lines::{self, Plot, Series};
use super::sheet::Words;
use super::{Content, Drawing};
use crate::analysis::{Course, Interval, PersonaStanding, Standing, furthest, people_of};
use crate::language::{capitalised, real};

/// Personas drawn at most.
const MOST_NAMED: usize = 5;

/// What the title looks at: acquaintance and reputation.
const SETS: usize = 2;

/// A panel: heading, what it shows of a strategy and of a persona, where its axis starts.
type Panel = (
    &'static str,
    fn(&Standing) -> &Course,
    fn(&PersonaStanding) -> &Vec<(f64, f64)>,
    Option<f64>,
);

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let standings = &desk.analysis.standing;
    if standings.is_empty() {
        return Err(desk.say("skipped.no_standing", &[]));
    }
    let ends = |of: fn(&Standing) -> &Course| -> Vec<(&str, Interval)> {
        standings
            .iter()
            .filter_map(|s| Some((s.strategy.as_str(), of(s).last()?.1)))
            .collect()
    };
    let known = ends(|s| &s.known_by);
    let reputed = ends(|s| &s.reputation);
    let name = |name: &str| desk.strategy(name);
    let people = |name: &str| people_of(name, desk.language);
    let title = match (furthest(&known, SETS), furthest(&reputed, SETS)) {
        (Some((high, low)), _) => desk.say(
            "standing.known",
            &[
                ("High", capitalised(&people(high.0)).into()),
                ("low", people(low.0).into()),
                ("more", real(high.1.estimate, 0)),
                ("less", real(low.1.estimate, 0)),
            ],
        ),
        (None, Some((high, low))) => desk.say(
            "standing.reputation",
            &[
                ("High", capitalised(&people(high.0)).into()),
                ("low", people(low.0).into()),
                ("more", real(high.1.estimate, 2)),
                ("less", real(low.1.estimate, 2)),
            ],
        ),
        (None, None) => desk.say("standing.unclear", &[]),
    };
    let numbers: Vec<String> = standings
        .iter()
        .filter_map(|s| {
            Some(desk.say(
                "standing.numbers",
                &[
                    ("strategy", name(&s.strategy).into()),
                    (
                        "reputation",
                        desk.interval(s.reputation.last()?.1, 2).into(),
                    ),
                    ("known", desk.interval(s.known_by.last()?.1, 1).into()),
                ],
            ))
        })
        .collect();
    let numbers = numbers.join("; ");
    let mut csv = vec![cells([
        "measure", "strategy", "persona", "year", "mean", "lower", "upper",
    ])];
    for standing in standings {
        for (measure, course) in [
            ("reputation", &standing.reputation),
            ("known_by", &standing.known_by),
        ] {
            for (year, mean) in course {
                let [estimate, lower, upper] = limits(*mean);
                let strategy = standing.strategy.clone();
                csv.push(vec![
                    measure.into(),
                    strategy,
                    String::new(),
                    year.to_string(),
                    estimate,
                    lower,
                    upper,
                ]);
            }
        }
    }
    let personas = &desk.analysis.persona_standing;
    for persona in personas {
        for (measure, course) in [
            ("reputation", &persona.reputation),
            ("known_by", &persona.known_by),
        ] {
            for (year, value) in course {
                csv.push(vec![
                    measure.into(),
                    persona.strategy.clone(),
                    persona.name.clone(),
                    year.to_string(),
                    format!("{value:.6}"),
                    String::new(),
                    String::new(),
                ]);
            }
        }
    }
    let people: usize = standings.iter().map(|s| s.people).sum();
    let content = Content {
        words: Words {
            title,
            subtitle: desk.say(
                if personas.is_empty() {
                    "standing.subtitle"
                } else {
                    "standing.subtitle_personas"
                },
                &[("people", desk.people(people).into())],
            ),
            notes: vec![format!(
                "{} {}",
                desk.say("note.mean", &[]),
                desk.clear_in_one_run()
            )],
        },
        alt: desk.say("standing.alt", &[("numbers", (&numbers).into())]),
        caption: desk.say("standing.caption", &[("numbers", (&numbers).into())]),
        csv,
    };
    let mut sheet = desk.sheet(&content.words);
    let halves = sheet.halves(1.0 * sheet.em);
    let moments = desk.analysis.restructuring_years();
    let panels: [Panel; 2] = [
        (
            "standing.panel_reputation",
            |s| &s.reputation,
            |p| &p.reputation,
            None,
        ),
        (
            "standing.panel_known",
            |s| &s.known_by,
            |p| &p.known_by,
            Some(0.0),
        ),
    ];
    for ((heading, of, of_persona, floor), area) in panels.into_iter().zip(halves) {
        let series: Vec<Series> = standings
            .iter()
            .filter(|standing| !of(standing).is_empty())
            .map(|standing| Series {
                look: desk.style(&standing.strategy),
                name: capitalised(&name(&standing.strategy)),
                note: String::new(),
                points: of(standing)
                    .iter()
                    .map(|(year, mean)| (*year, mean.estimate))
                    .collect(),
                band: of(standing)
                    .iter()
                    .map(|(year, mean)| (*year, mean.lower, mean.upper))
                    .collect(),
                steps: false,
            })
            .collect();
        let named: Vec<Series> = personas
            .iter()
            .filter(|persona| of_persona(persona).len() > 1)
            .take(MOST_NAMED)
            .map(|persona| Series {
                look: desk.style(&persona.strategy),
                name: called(desk, persona, of_persona(persona)),
                note: String::new(),
                points: of_persona(persona).clone(),
                band: Vec::new(),
                steps: false,
            })
            .collect();
        let (low, high) = lines::range(&series, floor);
        let (least, most) = lines::range(&named, floor);
        let y = if named.is_empty() {
            (low, high)
        } else {
            (low.min(least), high.max(most))
        };
        let area = sheet.heading(area, &desk.say(heading, &[]));
        let plot = Plot {
            x_title: &desk.say("axis.years", &[]),
            y_title: "",
            x: (0.0, desk.years().max(1.0)),
            y,
            moments: &moments,
            series: &series,
        };
        lines::draw_with(&mut sheet, area, &plot, &named, desk.language);
    }
    Ok((content, sheet.finished()))
}

/// A persona's name; of one who left, with the last year that is drawn.
fn called(desk: &Desk<'_>, persona: &PersonaStanding, course: &[(f64, f64)]) -> String {
    match course.last() {
        Some((year, _)) if *year < desk.years() - 0.5 => {
            let values = [("name", (&persona.name).into()), ("year", real(*year, 0))];
            desk.say("standing.until", &values)
        }
        _ => persona.name.clone(),
    }
}
