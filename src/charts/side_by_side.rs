//! Chart `side-by-side`: the same measures of several runs, such as one firm in the office, hybrid and remote.

use std::path::Path;

use super::desk::{cells, limits};
use super::dots::{self, Dot, Dots, Row};
use super::lettering::Letters;
use super::sheet::{Sheet, Words};
use super::style::{Mark, Role, StrategyStyle};
use super::{Content, Drawn, Error, Options, finish_rows, write_all};
use crate::analysis::{Interval, Side, furthest};
use crate::language::{Language, Value, real};

/// Name of the chart, and stem of its files.
pub const SIDE_BY_SIDE: &str = "side-by-side";

/// A panel: its messages, column of the CSV, what it shows, decimals.
type Panel = (
    &'static str,
    &'static str,
    fn(&Side) -> Option<Interval>,
    usize,
);

const PANELS: [Panel; 4] = [
    (
        "promotions",
        "promotions_per_100_employee_years",
        |s| s.promotion_rate,
        1,
    ),
    ("known", "known_by", |s| s.known_by, 1),
    (
        "across",
        "share_of_contacts_across_departments_percent",
        |s| s.across.map(|share| share.scaled(100.0)),
        0,
    ),
    ("exits", "exits_per_100_employee_years", |s| s.exit_rate, 1),
];

/// All rows are named at their side: one look for all, the mark says nothing more.
const LOOK: StrategyStyle = StrategyStyle {
    role: Role::Strategy(2),
    mark: Mark::Circle,
    dash: &[],
};

/// Draws the chart and writes its files into a folder, which is made if missing; `command` draws it again.
///
/// # Errors
/// When a file cannot be written.
pub fn draw_side_by_side(
    sides: &[Side],
    command: &str,
    options: &Options,
    folder: &Path,
) -> Result<Drawn, Error> {
    let letters = Letters::embedded()?;
    let language = options.language;
    let content = content(sides, language);
    let footer = language.say(
        "side_by_side.footer",
        &[
            ("sources", sources(sides).into()),
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("command", command.into()),
        ],
    );
    let mut sheet = Sheet::new(&content.words, &footer, options.size, &letters);
    let em = sheet.em;
    if !sheet.fills {
        let panel = dots::height(sides.len(), &sheet) + 1.25 * em;
        sheet.room.height = sheet.room.height.min(2.0 * panel + 0.8 * em);
    }
    let quarters = sheet.quarters(1.6 * em, 0.8 * em);
    for ((word, _, of, decimals), area) in PANELS.into_iter().zip(quarters) {
        let rows: Vec<Row> = sides
            .iter()
            .filter_map(|side| {
                let interval = of(side)?;
                Some(Row::Dot(Dot {
                    look: LOOK,
                    name: side.label.clone(),
                    interval,
                    value: language.say(
                        "count.interval",
                        &[
                            ("estimate", real(interval.estimate, decimals)),
                            ("lower", real(interval.lower, decimals)),
                            ("upper", real(interval.upper, decimals)),
                        ],
                    ),
                    open: false,
                }))
            })
            .collect();
        let area = sheet.heading(area, &language.name("side_by_side.panel", word));
        if rows.is_empty() {
            continue;
        }
        let dots = Dots {
            x: dots::range(&rows, Some(0.0)),
            rows: &rows,
            x_title: &language.name("side_by_side.unit", word),
            reference: None,
        };
        dots::draw(&mut sheet, area, &dots, language);
    }
    let rows: Vec<&_> = content.csv[1..]
        .iter()
        .map(|row| {
            sides
                .iter()
                .find(|side| side.label == row[1])
                .unwrap_or(&sides[0])
        })
        .map(|side| &side.provenance)
        .collect();
    let chart = finish_rows(SIDE_BY_SIDE, content, &sheet.finished(), options, &rows)?;
    let drawn = Drawn {
        charts: vec![chart],
        skipped: Vec::new(),
    };
    write_all(&drawn, options, folder)?;
    Ok(drawn)
}

/// Which tables were read: label, hash and seed of each.
fn sources(sides: &[Side]) -> String {
    let each: Vec<String> = sides
        .iter()
        .map(|side| {
            let hash: String = side.provenance.scenario_hash.chars().take(8).collect();
            format!("{} {hash}/{}", side.label, side.provenance.seed)
        })
        .collect();
    each.join(", ")
}

fn content(sides: &[Side], language: Language) -> Content {
    let say = |key: &str, values: &[(&str, Value<'_>)]| language.say(key, values);
    let apart = |(word, _, of, decimals): Panel| {
        let values: Vec<(&str, Interval)> = sides
            .iter()
            .filter_map(|side| Some((side.label.as_str(), of(side)?)))
            .collect();
        let (high, low) = furthest(&values, PANELS.len())?;
        Some(say(
            &format!("side_by_side.apart.{word}"),
            &[
                ("high", high.0.into()),
                ("low", low.0.into()),
                ("more", real(high.1.estimate, decimals)),
                ("less", real(low.1.estimate, decimals)),
            ],
        ))
    };
    let found: Vec<String> = PANELS.into_iter().filter_map(apart).collect();
    let shown = |of: fn(&Side) -> Option<Interval>| sides.iter().filter_map(of).count() > 1;
    let alike: Vec<String> = PANELS
        .into_iter()
        .filter(|panel| shown(panel.2) && apart(*panel).is_none())
        .map(|(word, ..)| language.name("side_by_side.measure", word))
        .collect();
    let stated = |findings: &str| say("side_by_side.title", &[("findings", findings.into())]);
    let (title, all) = if let Some(first) = found.first() {
        let mut all = stated(&found.join("; "));
        if !alike.is_empty() {
            let others = language.list(&alike).into();
            let values = [("finding", (&all).into()), ("others", others)];
            all = say("side_by_side.however", &values);
        }
        (stated(first), all)
    } else {
        let title = say("side_by_side.unclear", &[("n", sides.len().into())]);
        (title.clone(), title)
    };
    let mut csv = vec![cells(["measure", "run", "value", "lower", "upper"])];
    for (_, column, of, _) in PANELS {
        for side in sides {
            let Some(value) = of(side) else { continue };
            let [estimate, lower, upper] = limits(value);
            csv.push(vec![
                column.into(),
                side.label.clone(),
                estimate,
                lower,
                upper,
            ]);
        }
    }
    let counts: Vec<String> = sides
        .iter()
        .map(|side| {
            say(
                "side_by_side.count",
                &[
                    ("run", (&side.label).into()),
                    ("promotions", side.promotions.into()),
                    ("exits", side.exits.into()),
                    ("years", (side.employee_years.round() as usize).into()),
                ],
            )
        })
        .collect();
    let counts = counts.join("; ");
    Content {
        words: Words {
            title: title.clone(),
            subtitle: counts.clone(),
            notes: vec![say("side_by_side.note", &[("n", sides.len().into())])],
        },
        alt: say(
            "side_by_side.alt",
            &[("title", (&all).into()), ("counts", (&counts).into())],
        ),
        caption: format!("{all}. {counts}."),
        csv,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Provenance;

    fn side(label: &str, known: f64) -> Side {
        Side {
            label: label.into(),
            provenance: Provenance {
                scenario: "firm".into(),
                scenario_hash: format!("{label}0123456789"),
                seed: 7,
                ..Provenance::default()
            },
            employee_years: 500.0,
            promotions: 40,
            exits: 1,
            promotion_rate: None,
            exit_rate: None,
            known_by: Some(Interval {
                estimate: known,
                lower: known - 1.0,
                upper: known + 1.0,
            }),
            across: None,
        }
    }

    #[test]
    fn a_difference_is_claimed_where_its_own_interval_leaves_zero_out_and_each_row_names_its_run() {
        let folder = tempfile::tempdir().unwrap();
        let draw = |sides: &[Side]| {
            let options = Options {
                png: false,
                ..Options::default()
            };
            let drawn = draw_side_by_side(sides, "allies chart a b", &options, folder.path());
            drawn.unwrap().charts.remove(0)
        };
        let chart = draw(&[side("office", 16.0), side("remote", 12.0)]);
        assert!(
            chart.title.contains("“office”") && chart.title.contains("16.0"),
            "{}",
            chart.title
        );
        let csv = std::fs::read_to_string(folder.path().join("side-by-side.csv")).unwrap();
        assert!(
            csv.contains("known_by,office,16.000000,15.000000,17.000000,firm,office0123456789,7"),
            "{csv}"
        );
        assert!(
            csv.contains("known_by,remote,12.000000,11.000000,13.000000,firm,remote0123456789,7"),
            "{csv}"
        );
        assert!(chart.svg.contains("remote remote01/7") || chart.svg.contains("remote01/7"));
        let bare = |side: &Side| Side {
            exit_rate: Some(Interval {
                estimate: 3.0,
                lower: 2.0,
                upper: 4.0,
            }),
            ..side.clone()
        };
        let both = draw(&[bare(&side("office", 16.0)), bare(&side("remote", 12.0))]);
        assert!(
            both.caption.contains("no clear difference in exits"),
            "{}",
            both.caption
        );
        let alike = draw(&[side("office", 12.5), side("remote", 12.0)]);
        assert!(
            alike.title.starts_with("No clear difference"),
            "{}",
            alike.title
        );
        assert!(alike.caption.contains("1 exit "), "{}", alike.caption);
    }
}
