//! Chart `positions`: Burt's constraint against betweenness, before and after, by strategy.

use super::axes::{Axes, Scale, plot_area};
use super::labels::Labels;
use super::lettering::{Letters, Weight};
use super::picture::{Area, Stroke, Type};
use super::sheet::{Sample, Sheet, Words, one_run};
use super::style::{Mark, Role, Size, StrategyStyle, strategy_styles};
use super::{Content, Drawing};
use crate::analysis::{
    Analysis, PersonPosition, Place, Positions, SnapshotPair, constraint_finding, counted, occasion,
};
use crate::language::{Language, capitalised};

/// More personas than this are marked without their names.
const MOST_NAMED: usize = 8;

/// Headings of the two panels.
pub(super) fn headings(pair: &SnapshotPair) -> [String; 2] {
    match &pair.restructuring {
        Some(name) => [
            format!("{} restructuring {name}", capitalised(&pair.before_label)),
            capitalised(&pair.after_label),
        ],
        None => [
            format!("Start ({})", pair.before_label),
            format!("End ({})", pair.after_label),
        ],
    }
}

/// The chart's words and data, or why there is nothing to draw.
pub(super) fn content(analysis: &Analysis, language: Language) -> Result<Content, String> {
    let found = analysis.positions.as_ref().map_err(Clone::clone)?;
    let moved = found
        .people
        .iter()
        .filter(|person| person.reassigned)
        .count();
    let medians: Vec<String> = analysis
        .strategies
        .iter()
        .enumerate()
        .filter_map(|(n, name)| {
            let show = |place: Option<Place>| {
                place.map_or("–".to_owned(), |place| format!("{:.2}", place.constraint))
            };
            let (before, after) = (found.median(n, false), found.median(n, true));
            (before.is_some() || after.is_some())
                .then(|| format!("{name} {} → {}", show(before), show(after)))
        })
        .collect();
    let mut csv = vec![
        [
            "employee",
            "strategy",
            "reassigned",
            "persona",
            "betweenness_before",
            "constraint_before",
            "betweenness_after",
            "constraint_after",
        ]
        .map(String::from)
        .to_vec(),
    ];
    let cell = |value: Option<f64>| value.map_or_else(String::new, |v| format!("{v:.6}"));
    for person in &found.people {
        csv.push(vec![
            person.employee.to_string(),
            analysis.strategies[person.strategy].clone(),
            person.reassigned.to_string(),
            person.persona.clone().unwrap_or_default(),
            cell(person.before.map(|place| place.betweenness)),
            cell(person.before.map(|place| place.constraint)),
            cell(person.after.map(|place| place.betweenness)),
            cell(person.after.map(|place| place.constraint)),
        ]);
    }
    Ok(Content {
        words: Words {
            title: constraint_finding(
                &found.change_reassigned,
                &found.change_others,
                &occasion(&found.pair, language),
                language,
            ),
            subtitle: format!(
                "Burt’s constraint (low: contacts do not know each other) and betweenness of {}, of \
                 whom {moved} changed posts; median constraint: {}",
                counted(found.people.len(), "person", "people"),
                medians.join(", ")
            ),
            notes: vec![format!(
                "Constraint falls with the number of ties by itself, so compare people with similar \
                 numbers of ties. Betweenness is drawn by its square root. {}",
                one_run(analysis)
            )],
        },
        alt: format!(
            "Two scatter plots, before and after, of constraint against betweenness. Median \
             constraint before and after: {}.",
            medians.join(", ")
        ),
        caption: format!("Median constraint before → after: {}.", medians.join(", ")),
        csv,
    })
}

pub(super) fn draw<'a>(
    analysis: &Analysis,
    found: &Positions,
    content: &Content,
    size: Size,
    letters: &'a Letters,
) -> Drawing<'a> {
    let mut sheet = Sheet::new(&content.words, &analysis.provenance, size, letters);
    let em = sheet.em;
    let styles = strategy_styles(&analysis.strategies);
    let mut entries: Vec<(Sample, String)> = Vec::new();
    for (n, name) in analysis.strategies.iter().enumerate() {
        let people = found
            .people
            .iter()
            .filter(|person| person.strategy == n)
            .count();
        if people > 0 {
            entries.push((Sample::Mark(styles[n]), format!("{name} (n = {people})")));
        }
    }
    if found.people.iter().any(|person| person.reassigned) {
        entries.push((Sample::Ring, "changed posts".into()));
    }
    let round = StrategyStyle {
        role: Role::Muted,
        mark: Mark::Circle,
        dash: &[],
    };
    entries.push((
        Sample::Large(round),
        "large mark: median of the strategy".into(),
    ));
    sheet.key(&entries);

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
    let halves = sheet.halves(0.8 * em);
    for (after, (area, heading)) in halves
        .into_iter()
        .zip(headings(&found.pair))
        .enumerate()
        .map(|(i, half)| (i == 1, half))
    {
        let area = sheet.heading(area, &heading);
        let plot = plot_area(
            Area {
                width: area.width - 0.6 * em,
                ..area
            },
            em,
        );
        let axes = Axes {
            x: Scale::root(x_end, plot.x + 0.6 * em, plot.right()),
            y: Scale::even(y_end, plot.bottom(), plot.y),
            x_title: "betweenness (square-root scale)",
            y_title: "constraint",
            x_gap: 0.0,
        };
        axes.draw(&mut sheet.picture, plot, em);
        panel(&mut sheet, found, &styles, &axes, plot, after);
    }
    sheet.picture
}

fn panel(
    sheet: &mut Sheet<'_>,
    found: &Positions,
    styles: &[StrategyStyle],
    axes: &Axes<'_>,
    plot: Area,
    after: bool,
) {
    let em = sheet.em;
    // Many people get smaller and fainter marks, so that a crowd shows as a shade.
    let crowd = (found.people.len() as f32 / 60.0).max(1.0);
    let radius = em * (0.30 / crowd.sqrt().sqrt()).max(0.13);
    let opacity = (1.0 / crowd.sqrt().sqrt()).clamp(0.45, 0.9);
    let spot = |place: Place| {
        (
            axes.x.place(place.betweenness),
            axes.y.place(place.constraint),
        )
    };
    let place = |person: &PersonPosition| if after { person.after } else { person.before };

    let mut order: Vec<&PersonPosition> = found.people.iter().collect();
    order.sort_by_key(|person| (person.persona.is_some(), person.reassigned));
    for person in &order {
        let Some(place) = place(person) else { continue };
        let look = styles[person.strategy];
        let rim = Stroke::solid(Role::Paper.faint(0.8), 0.04 * em);
        sheet.picture.mark(
            look.mark,
            spot(place),
            radius,
            Some(look.role.faint(opacity)),
            Some(rim),
        );
        if person.reassigned {
            let ring = Stroke::solid(Role::Ink, 0.075 * em);
            sheet.picture.mark(
                Mark::Circle,
                spot(place),
                radius + 0.14 * em,
                None,
                Some(ring),
            );
        }
    }
    let mut labels = Labels::default();
    for person in &order {
        if let Some(place) = place(person) {
            let weight = if person.persona.is_some() { 20.0 } else { 2.0 };
            labels.avoid(around(spot(place), radius), weight);
        }
    }
    for (n, look) in styles.iter().enumerate() {
        if let Some(median) = found.median(n, after) {
            let rim = Stroke::solid(Role::Ink, 0.11 * em);
            let at = spot(median);
            sheet
                .picture
                .mark(look.mark, at, 0.5 * em, Some(look.role.into()), Some(rim));
            // A name over a median would be worse than one over a crowd.
            labels.avoid(around(at, 0.6 * em), 30.0);
        }
    }
    let named: Vec<&&PersonPosition> = order
        .iter()
        .filter(|person| person.persona.is_some() && place(person).is_some())
        .collect();
    if named.len() > MOST_NAMED {
        return;
    }
    let size = 0.8 * em;
    for person in named {
        let (Some(name), Some(place)) = (&person.persona, place(person)) else {
            continue;
        };
        let at = spot(place);
        let name = &sheet
            .picture
            .letters
            .shorten(name, Weight::Bold, size, 11.0 * em);
        let width = sheet.picture.letters.width(name, Weight::Bold, size);
        let area = labels.place(at, (width, size), radius + 0.35 * em, plot);
        let (x, y) = (area.x, area.y + size * 0.8);
        leader(sheet, at, area, radius);
        sheet
            .picture
            .text(name, (x, y), Type::new(size, Role::Ink).bold().rimmed());
    }
}

/// A thin line from a mark to its label where they are apart.
pub(super) fn leader(sheet: &mut Sheet<'_>, at: (f32, f32), label: Area, radius: f32) {
    let em = sheet.em;
    let near = (
        at.0.clamp(label.x, label.right()),
        at.1.clamp(label.y, label.bottom()),
    );
    let (dx, dy) = (near.0 - at.0, near.1 - at.1);
    let distance = (dx * dx + dy * dy).sqrt();
    if distance > radius + 0.75 * em {
        let from = (
            at.0 + dx / distance * (radius + 0.1 * em),
            at.1 + dy / distance * (radius + 0.1 * em),
        );
        sheet
            .picture
            .polyline(&[from, near], Stroke::solid(Role::Ink, 0.06 * em));
    }
}

/// The box around a mark.
pub(super) fn around((x, y): (f32, f32), radius: f32) -> Area {
    Area {
        x: x - radius,
        y: y - radius,
        width: 2.0 * radius,
        height: 2.0 * radius,
    }
}
