//! Chart `presence`: office, hybrid and remote side by side, within one firm.

use super::desk::{Desk, cells, limits};
use super::dots::{self, Dot, Dots, Row};
use super::sheet::Words;
use super::style::{Mark, Role, StrategyStyle};
use super::{Content, Drawing};
use crate::analysis::{Interval, Presence, PresenceGroup, furthest};
use crate::language::{capitalised, real};

fn look(presence: Presence) -> StrategyStyle {
    let (role, mark) = match presence {
        Presence::Office => (Role::Strategy(2), Mark::Square),
        Presence::Hybrid => (Role::Strategy(3), Mark::Diamond),
        Presence::Remote => (Role::Strategy(6), Mark::Circle),
    };
    StrategyStyle {
        role,
        mark,
        dash: &[],
    }
}

/// Of fewer people than this no mean is claimed to differ: a handful may by chance all be alike, and the interval of
/// their mean then has no width.
const FEWEST_TO_CLAIM: usize = 8;

/// What the title looks at: promotions and acquaintance.
const SETS: usize = 2;

/// A panel: heading, what it shows, decimals, column.
type Panel = (
    &'static str,
    fn(&PresenceGroup) -> Option<Interval>,
    usize,
    &'static str,
);

const PANELS: [Panel; 3] = [
    (
        "presence.rate",
        |g| g.rate,
        1,
        "promotions_per_100_employee_years",
    ),
    ("presence.known", |g| g.known_by, 1, "known_by"),
    ("presence.reputation", |g| g.reputation, 2, "reputation"),
];

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let groups = &desk.analysis.presence;
    if groups.len() < 2 {
        return Err(desk.say("skipped.one_presence", &[]));
    }
    let name = |presence: Presence| desk.language.name("presence.kind", presence.word());
    let values = |of: fn(&PresenceGroup) -> Option<Interval>| -> Vec<(Presence, Interval)> {
        groups
            .iter()
            .filter_map(|group| Some((group.presence, of(group)?)))
            .collect()
    };
    let few = groups.iter().find(|group| group.people < FEWEST_TO_CLAIM);
    let title = match (
        furthest(&values(|g| g.rate), SETS),
        furthest(
            &values(|g| g.known_by.filter(|_| g.people >= FEWEST_TO_CLAIM)),
            SETS,
        ),
    ) {
        (Some((high, low)), _) => desk.say(
            "presence.promoted",
            &[
                ("high", name(high.0).into()),
                ("low", name(low.0).into()),
                ("more", real(high.1.estimate, 1)),
                ("less", real(low.1.estimate, 1)),
            ],
        ),
        (None, Some((high, low))) => desk.say(
            "presence.known_only",
            &[
                ("high", name(high.0).into()),
                ("low", name(low.0).into()),
                ("more", real(high.1.estimate, 0)),
                ("less", real(low.1.estimate, 0)),
            ],
        ),
        // What a handful seem to differ in is drawn, so that the title says why it is no finding.
        (None, None) => match (few, furthest(&values(|g| g.known_by), SETS)) {
            (Some(few), Some(_)) => desk.say(
                "presence.unclear_few",
                &[
                    ("n", few.people.into()),
                    ("presence", name(few.presence).into()),
                ],
            ),
            _ => desk.say("presence.unclear", &[]),
        },
    };
    let mut csv = vec![cells([
        "measure", "presence", "people", "value", "lower", "upper",
    ])];
    let mut rows: Vec<Vec<Row>> = Vec::new();
    for (_, of, decimals, column) in PANELS {
        let mut own = Vec::new();
        for group in groups {
            let Some(value) = of(group) else { continue };
            let [estimate, lower, upper] = limits(value);
            let presence = group.presence.word().to_owned();
            csv.push(vec![
                column.into(),
                presence,
                group.people.to_string(),
                estimate,
                lower,
                upper,
            ]);
            own.push(Row::Dot(Dot {
                look: look(group.presence),
                name: capitalised(&name(group.presence)),
                interval: value,
                value: desk.language.number(value.estimate, decimals),
                open: false,
            }));
        }
        rows.push(own);
    }
    let counts: Vec<String> = groups
        .iter()
        .map(|group| {
            desk.say(
                "presence.count",
                &[
                    ("presence", name(group.presence).into()),
                    ("n", group.people.into()),
                    ("promotions", group.promotions.into()),
                    ("years", group.employee_years.into()),
                ],
            )
        })
        .collect();
    let counts = counts.join("; ");
    let content = Content {
        words: Words {
            title: title.clone(),
            subtitle: desk.say("presence.subtitle", &[("counts", (&counts).into())]),
            notes: vec![format!(
                "{} {}",
                desk.say("presence.note", &[]),
                desk.clear_in_one_run()
            )],
        },
        alt: desk.say(
            "presence.alt",
            &[("title", (&title).into()), ("counts", (&counts).into())],
        ),
        caption: format!("{title}. {}.", capitalised(&counts)),
        csv,
    };
    let mut sheet = desk.sheet(&content.words);
    let titles = PANELS.map(|(heading, ..)| desk.say(heading, &[]));
    let panels: Vec<(Option<&str>, Dots)> = PANELS
        .iter()
        .zip(&rows)
        .zip(&titles)
        .filter(|((_, rows), _)| !rows.is_empty())
        .map(|(((_, _, decimals, _), rows), x_title)| {
            let dots = Dots {
                // A reputation near the middle of its scale would be squeezed into a corner.
                x: dots::range(rows, (*decimals < 2).then_some(0.0)),
                rows,
                x_title,
                reference: None,
            };
            (None, dots)
        })
        .collect();
    dots::stack(&mut sheet, &panels, desk.language);
    Ok((content, sheet.finished()))
}
