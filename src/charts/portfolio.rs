//! Chart `portfolio`: one person's ties over time: strong, weak, bridging, hollow, dormant.

use super::desk::{Desk, cells};
use super::lines::{self, Plot, Series};
use super::sheet::Words;
use super::style::{Mark, Role, StrategyStyle};
use super::{Content, Drawing};
use crate::analysis::Portfolio;
use crate::units::WEEKS_PER_YEAR;

/// Kinds of ties: word, how drawn, how counted.
type Kind = (&'static str, StrategyStyle, fn(&Portfolio) -> usize);

const fn look(role: Role, mark: Mark, dash: &'static [f32]) -> StrategyStyle {
    StrategyStyle { role, mark, dash }
}

const KINDS: [Kind; 5] = [
    ("strong", look(Role::Ink, Mark::Circle, &[]), |p| p.strong),
    (
        "weak",
        look(Role::Strategy(2), Mark::Square, &[1.1, 1.5]),
        |p| p.weak,
    ),
    (
        "bridging",
        look(Role::Strategy(0), Mark::Diamond, &[7.0, 1.6, 1.4, 1.6]),
        |p| p.bridging,
    ),
    (
        "hollow",
        look(Role::Strategy(1), Mark::Triangle, &[4.5, 2.0]),
        |p| p.hollow,
    ),
    (
        "dormant",
        look(Role::Muted, Mark::TriangleDown, &[2.6, 1.4]),
        |p| p.dormant,
    ),
];

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let ego = desk.analysis.ego.as_ref();
    let ego = ego.map_err(|reason| desk.say(reason, &[]))?;
    if ego.snapshots.len() < 2 {
        return Err(desk.say("skipped.one_look", &[("name", desk.name(ego).into())]));
    }
    let year = |week: i32| (f64::from(week + 1) / f64::from(WEEKS_PER_YEAR)).max(0.0);
    let points: Vec<(f64, Portfolio)> = ego
        .snapshots
        .iter()
        .map(|snapshot| (year(snapshot.week), snapshot.portfolio()))
        .collect();
    let (first, last) = (points[0].1, points[points.len() - 1].1);
    // who is gone has no ties: the axis ends with the last look
    let end = points[points.len() - 1].0;
    let is_gone = end < desk.years() - 0.01;
    let gone = if is_gone {
        format!(
            " {}",
            desk.say("portfolio.gone", &[("name", desk.name(ego).into())])
        )
    } else {
        String::new()
    };
    let mut csv = vec![cells([
        "snapshot", "week", "strong", "weak", "bridging", "hollow", "dormant",
    ])];
    for (snapshot, (_, portfolio)) in ego.snapshots.iter().zip(&points) {
        let mut row = vec![snapshot.snapshot.clone(), snapshot.week.to_string()];
        row.extend(KINDS.iter().map(|(_, _, of)| of(portfolio).to_string()));
        csv.push(row);
    }
    // "from 3 to 3" would say a change where there is none
    let moved = |before: usize, after: usize, changed: &str, same: &str| {
        let key = if before == after { same } else { changed };
        desk.say(key, &[("before", before.into()), ("after", after.into())])
    };
    let strong = moved(
        first.strong,
        last.strong,
        "portfolio.strong",
        "portfolio.strong_same",
    );
    let bridging = moved(
        first.bridging,
        last.bridging,
        "portfolio.bridges",
        "portfolio.bridges_same",
    );
    let title = desk.say(
        "portfolio.title",
        &[
            ("name", desk.name(ego).into()),
            ("strong", strong.into()),
            ("bridging", bridging.into()),
        ],
    );
    let content = Content {
        words: Words {
            title: title.clone(),
            subtitle: desk.say(
                "portfolio.subtitle",
                &[("n", points.len().into()), ("name", desk.name(ego).into())],
            ),
            notes: vec![format!(
                "{}{gone} {}",
                desk.say("portfolio.note", &[]),
                desk.one_run()
            )],
        },
        alt: desk.say("portfolio.alt", &[("title", (&title).into())]),
        caption: format!("{title}."),
        csv,
    };
    let series: Vec<Series> = KINDS
        .iter()
        .map(|(word, look, of)| Series {
            look: *look,
            name: desk.language.name("portfolio.kind", word),
            note: String::new(),
            points: points
                .iter()
                .map(|(year, p)| (*year, of(p) as f64))
                .collect(),
            band: Vec::new(),
            steps: false,
        })
        .collect();
    let (_, top) = lines::range(&series, Some(0.0));
    let mut moments = desk.analysis.restructuring_years();
    moments.retain(|moment| *moment <= end);
    let plot = Plot {
        x_title: &desk.say("axis.years", &[]),
        y_title: &desk.say("portfolio.axis", &[]),
        x: (0.0, end),
        y: (0.0, top.max(1.0)),
        moments: &moments,
        series: &series,
    };
    let mut sheet = desk.sheet(&content.words);
    let room = sheet.room;
    lines::draw(&mut sheet, room, &plot, desk.language);
    Ok((content, sheet.finished()))
}
