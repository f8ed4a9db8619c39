//! Chart `positions`: how people's places in the network changed, and what is left of it at an equal number of ties.

use super::axes::{Axes, Scale, plot_area};
use super::desk::{Desk, cells};
use super::dots::{self, Dot, Dots, Row};
use super::labels::{Labels, leader};
use super::lettering::Weight;
use super::picture::{Area, Stroke, Type, around};
use super::sheet::{Sample, Sheet, Words};
use super::style::{Role, StrategyStyle, strategy_styles};
use super::{Content, Drawing};
use crate::analysis::{
    Measure, PersonPosition, Place, Positions, SnapshotPair, constraint_finding, occasion,
};
use crate::language::{Language, Value};

/// More personas than this are marked without their names.
const MOST_NAMED: usize = 8;
/// More arrows than this are a thicket; every so many of those who changed posts are drawn then.
const MOST_ARROWS: usize = 40;

/// A snapshot in words ("13 weeks after restructuring 2").
pub(super) fn moment(pair: &SnapshotPair, after: bool, language: Language) -> String {
    let weeks: Value<'_> = if after {
        pair.after_week
    } else {
        pair.before_week
    }
    .abs()
    .into();
    let key = match (&pair.restructuring, after) {
        (Some(_), false) => "moment.before",
        (Some(_), true) => "moment.after",
        (None, false) => "moment.start",
        (None, true) => "moment.end",
    };
    let mut values = vec![("n", weeks)];
    if let Some(name) = &pair.restructuring {
        values.push(("name", name.into()));
    }
    language.say(key, &values)
}

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let found = desk.analysis.positions.as_ref();
    let found = found.map_err(|reason| desk.say(reason, &[]))?;
    let content = content(desk, found);
    let mut sheet = desk.sheet(&content.words);
    let em = sheet.em;
    let styles = strategy_styles(&desk.analysis.strategies);
    let mut entries = desk.key_of(found.people.iter().map(|person| person.strategy));
    let arrow = if found.people.len() <= MOST_ARROWS {
        "positions.arrow_everyone"
    } else {
        "positions.arrow"
    };
    entries.push((Sample::Arrow(Role::Muted.into()), desk.say(arrow, &[])));
    if desk
        .analysis
        .changes
        .iter()
        .any(|change| change.at_equal_ties.is_some())
    {
        entries.push((Sample::Open, desk.say("positions.open", &[])));
    }
    sheet.key(&entries);
    let [left, right] = sheet.split(0.55, 1.2 * em);
    scatter(desk, &mut sheet, found, &styles, left);
    changes(desk, &mut sheet, &styles, right);
    Ok((content, sheet.finished()))
}

fn content(desk: &Desk<'_>, found: &Positions) -> Content {
    let language = desk.language;
    let moved = found
        .people
        .iter()
        .filter(|person| person.reassigned)
        .count();
    let strategies = &desk.analysis.strategies;
    let medians: Vec<String> = strategies
        .iter()
        .enumerate()
        .filter_map(|(n, name)| {
            let show = |place: Option<Place>| {
                place.map_or("–".to_owned(), |place| {
                    language.number(place.constraint, 2)
                })
            };
            let (before, after) = (found.median(n, false), found.median(n, true));
            let name = desk.strategy(name);
            (before.is_some() || after.is_some())
                .then(|| format!("{name} {} → {}", show(before), show(after)))
        })
        .collect();
    let medians = medians.join(", ");
    let mut csv = vec![cells([
        "employee",
        "strategy",
        "reassigned",
        "persona",
        "ties_before",
        "betweenness_before",
        "constraint_before",
        "effective_size_before",
        "ties_after",
        "betweenness_after",
        "constraint_after",
        "effective_size_after",
    ])];
    let cell = |value: Option<f64>| value.map_or_else(String::new, |v| format!("{v:.6}"));
    for person in &found.people {
        let mut row = vec![
            person.employee.to_string(),
            strategies[person.strategy].clone(),
            person.reassigned.to_string(),
            person.persona.clone().unwrap_or_default(),
        ];
        for place in [person.before, person.after] {
            row.push(cell(place.and_then(|place| place.degree)));
            row.push(cell(place.map(|place| place.betweenness)));
            row.push(cell(place.map(|place| place.constraint)));
            row.push(cell(place.and_then(|place| place.effective_size)));
        }
        csv.push(row);
    }
    Content {
        words: Words {
            title: constraint_finding(
                &found.change_reassigned,
                &found.change_others,
                &occasion(&found.pair, language),
                language,
            ),
            subtitle: desk.say(
                "positions.subtitle",
                &[
                    ("people", desk.people(found.people.len()).into()),
                    ("moved", moved.into()),
                    ("before", moment(&found.pair, false, language).into()),
                    ("after", moment(&found.pair, true, language).into()),
                ],
            ),
            notes: vec![format!(
                "{} {}",
                desk.say("positions.note", &[]),
                desk.clear_in_one_run()
            )],
        },
        alt: desk.say("positions.alt", &[("medians", (&medians).into())]),
        caption: desk.say("positions.caption", &[("medians", (&medians).into())]),
        csv,
    }
}

fn scatter(
    desk: &Desk<'_>,
    sheet: &mut Sheet<'_>,
    found: &Positions,
    styles: &[StrategyStyle],
    area: Area,
) {
    let em = sheet.em;
    let area = sheet.heading(area, &desk.say("positions.each", &[]));
    let places = || {
        found
            .people
            .iter()
            .flat_map(|p| [p.before, p.after])
            .flatten()
    };
    let largest = |of: fn(Place) -> f64| places().map(of).fold(0.0, f64::max);
    let x_end = largest(|place| place.betweenness) * 1.05;
    let y_end = largest(|place| place.constraint) * 1.08;
    let y_start = places()
        .map(|place| place.constraint)
        .filter(|constraint| *constraint > 0.0)
        .fold(y_end, f64::min)
        * 0.93;
    let plot = plot_area(
        Area {
            width: area.width - 0.6 * em,
            ..area
        },
        em,
    );
    let axes = Axes {
        x: Scale::root(x_end, plot.x + 0.6 * em, plot.right()),
        // Most people lie low: an even scale would heap them up at its foot.
        y: Scale::logarithm(y_start, y_end, plot.bottom() - 0.4 * em, plot.y),
        x_title: &desk.say("positions.x", &[]),
        y_title: &desk.say("positions.y", &[]),
        x_ticks: &[],
        language: desk.language,
    };
    axes.draw(&mut sheet.picture, plot, em);
    let spot = |place: Place| {
        (
            axes.x.place(place.betweenness),
            axes.y.place(place.constraint),
        )
    };
    // Many people get smaller and fainter marks, so that a crowd shows as a shade.
    let crowd = (found.people.len() as f32 / 60.0).max(1.0);
    let radius = em * (0.28 / crowd.sqrt().sqrt()).max(0.11);
    let mut order: Vec<&PersonPosition> = found.people.iter().collect();
    order.sort_by_key(|person| (person.persona.is_some(), person.reassigned));
    let both = |person: &&&PersonPosition| person.before.is_some() && person.after.is_some();
    let moved: Vec<&PersonPosition> = order
        .iter()
        .filter(both)
        .filter(|person| person.persona.is_none())
        .filter(|person| person.reassigned || order.len() <= MOST_ARROWS)
        .copied()
        .collect();
    let step = moved.len().div_ceil(MOST_ARROWS).max(1);
    let named = order
        .iter()
        .filter(both)
        .copied()
        .filter(|p| p.persona.is_some());
    let arrows: Vec<&PersonPosition> = moved.into_iter().step_by(step).chain(named).collect();
    let shade = (16.0 / arrows.len().max(1) as f32).clamp(0.45, 0.85);
    // To hide one mark, small or large, is as bad as to stand many lines away.
    let covering = 8.0 * em * em / (4.0 * radius * radius);
    let mut labels = Labels::default();
    for tick in axes.y_ticks(em) {
        let y = axes.y.place(tick);
        labels.avoid_line(((plot.x, y), (plot.right(), y)), 0.3 * em, 4.0);
    }
    for person in &order {
        let Some(place) = person.after else { continue };
        let look = styles[person.strategy];
        let moved = arrows.iter().any(|arrow| arrow.employee == person.employee);
        let opacity = if moved { 0.95 } else { 0.35 };
        let rim = Stroke::solid(Role::Paper.faint(0.8), 0.04 * em);
        let fill = Some(look.role.faint(opacity));
        sheet
            .picture
            .mark(look.mark, spot(place), radius, fill, Some(rim));
        labels.avoid(around(spot(place), 1.25 * radius), covering);
    }
    for person in &arrows {
        let (Some(before), Some(after)) = (person.before, person.after) else {
            continue;
        };
        let width = if person.persona.is_some() {
            0.13 * em
        } else {
            0.07 * em
        };
        let (role, weight) = if person.persona.is_some() {
            (Role::Ink.into(), 30.0)
        } else {
            (Role::Muted.faint(shade), 4.0)
        };
        labels.avoid_line((spot(before), spot(after)), 0.3 * em, weight);
        sheet.picture.arrow(
            spot(before),
            spot(after),
            radius,
            Stroke::solid(role, width),
        );
    }
    let named: Vec<&&PersonPosition> = order
        .iter()
        .filter(|person| person.persona.is_some() && person.after.is_some())
        .collect();
    if named.len() > MOST_NAMED {
        return;
    }
    let size = 0.8 * em;
    for person in named {
        let (Some(name), Some(place)) = (&person.persona, person.after) else {
            continue;
        };
        let at = spot(place);
        let letters = sheet.picture.letters;
        let name = &letters.shorten(name, Weight::Bold, size, 11.0 * em);
        let width = letters.width(name, Weight::Bold, size);
        let area = labels.place(at, (width, size), radius + 0.35 * em, plot);
        leader(sheet, at, area, radius);
        // on paper, so that no arrow runs through the letters
        sheet
            .picture
            .rectangle(area, Some(Role::Paper.into()), None);
        let style = Type::new(size, Role::Ink).bold().rimmed();
        sheet
            .picture
            .text(name, (area.x, area.y + size * 0.8), style);
    }
}

fn changes(desk: &Desk<'_>, sheet: &mut Sheet<'_>, styles: &[StrategyStyle], area: Area) {
    let area = sheet.heading(area, &desk.say("positions.means", &[]));
    let mut rows = Vec::new();
    for measure in Measure::ALL {
        let own: Vec<_> = desk
            .analysis
            .changes
            .iter()
            .filter(|c| c.measure == measure)
            .collect();
        if own.is_empty() {
            continue;
        }
        rows.push(Row::Heading(desk.language.name("measure", measure.word())));
        for change in own {
            let strategy = desk.strategy(&desk.analysis.strategies[change.strategy]);
            let values = [("strategy", strategy.into()), ("n", change.people.into())];
            rows.push(Row::Dot(Dot {
                look: styles[change.strategy],
                name: desk.say("key.strategy", &values),
                interval: change.change,
                value: String::new(),
                open: false,
            }));
            if let Some(interval) = change.at_equal_ties {
                rows.push(Row::Dot(Dot {
                    look: styles[change.strategy],
                    name: desk.say("positions.equal", &[]),
                    interval,
                    value: String::new(),
                    open: true,
                }));
            }
        }
    }
    if rows.is_empty() {
        let style = Type::new(0.9 * sheet.em, Role::Muted);
        let words = desk.say("positions.too_few", &[]);
        sheet
            .picture
            .text(&words, (area.x, area.y + 2.0 * sheet.em), style);
        return;
    }
    let (low, high) = dots::range(&rows, None);
    let dots = Dots {
        x: (low.min(-0.1), high.max(0.1)),
        rows: &rows,
        x_title: &desk.say("positions.change", &[]),
        reference: Some(0.0),
    };
    dots::draw(sheet, area, &dots, desk.language);
}
