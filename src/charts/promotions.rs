//! Chart `promotions`: cumulative promotions per 100 people by strategy.

use super::axes::{Axes, Scale, plot_area};
use super::labels::spread;
use super::lettering::{Letters, Weight};
use super::picture::{Area, Stroke, Type};
use super::sheet::{Sheet, Words, one_run};
use super::style::{Role, Size, strategy_styles};
use super::{Content, Drawing};
use crate::analysis::{Analysis, PromotionRecord, counted, promotion_finding};
use crate::language::{Language, capitalised};

/// Marks along each line.
const MARKS: usize = 4;

/// The chart's words and data, or why there is nothing to draw.
pub(super) fn content(analysis: &Analysis, language: Language) -> Result<Content, String> {
    let promotions = &analysis.promotions;
    let records = shown(analysis);
    if records.is_empty() || promotions.years <= 0.0 {
        return Err("the tables show nobody employed over any time".into());
    }
    let people: usize = records.iter().map(|record| record.people).sum();
    let total: usize = records.iter().map(|record| record.promotions).sum();
    let rates: Vec<String> = records
        .iter()
        .filter_map(|record| {
            let rate = record.rate?;
            Some(format!(
                "{} {:.1} (95 % interval {:.1} to {:.1})",
                record.strategy, rate.estimate, rate.lower, rate.upper
            ))
        })
        .collect();
    let mut csv = vec![
        ["strategy", "year", "promotions_per_100", "lower", "upper"]
            .map(String::from)
            .to_vec(),
    ];
    for record in &records {
        for point in &record.cumulative {
            csv.push(vec![
                record.strategy.clone(),
                format!("{:.4}", point.year),
                format!("{:.4}", point.per_100.estimate),
                format!("{:.4}", point.per_100.lower),
                format!("{:.4}", point.per_100.upper),
            ]);
        }
    }
    Ok(Content {
        words: Words {
            title: promotion_finding(&promotions.by_strategy, language),
            subtitle: format!(
                "Cumulative promotions per 100 people present, by strategy: {} among {} people \
                 over {:.0} years",
                counted(total, "promotion", "promotions"),
                people,
                promotions.years
            ),
            notes: vec![format!(
                "Bands: exact Poisson 95 % limits of the number of promotions so far; they overlap \
                 where this run cannot tell the strategies apart{}. {}",
                if top(&records).1 {
                    " (cut at the top)"
                } else {
                    ""
                },
                one_run(analysis)
            )],
        },
        alt: format!(
            "Line chart. Promotions per 100 employee-years: {}. Lines rise over {:.0} years, each \
             with its band.",
            rates.join(", "),
            promotions.years
        ),
        caption: format!("Promotions per 100 employee-years: {}.", rates.join(", ")),
        csv,
    })
}

fn shown(analysis: &Analysis) -> Vec<&PromotionRecord> {
    let records = &analysis.promotions.by_strategy;
    records
        .iter()
        .filter(|record| record.employee_years > 0.0)
        .collect()
}

/// End of the vertical axis, and whether it cuts a band: the wide band of a few people may not
/// flatten everybody's lines.
fn top(records: &[&PromotionRecord]) -> (f64, bool) {
    let points = || records.iter().flat_map(|record| &record.cumulative);
    let highest = points().map(|p| p.per_100.estimate).fold(0.0, f64::max);
    let widest = points().map(|p| p.per_100.upper).fold(0.0, f64::max);
    let room = if highest > 0.0 { 3.0 * highest } else { 100.0 };
    (widest.min(room) * 1.04, widest > room)
}

pub(super) fn draw<'a>(
    analysis: &Analysis,
    content: &Content,
    size: Size,
    letters: &'a Letters,
) -> Drawing<'a> {
    let mut sheet = Sheet::new(&content.words, &analysis.provenance, size, letters);
    let em = sheet.em;
    let records = shown(analysis);
    let styles = strategy_styles(&analysis.strategies);
    let style = |record: &PromotionRecord| {
        let n = analysis
            .strategies
            .iter()
            .position(|name| *name == record.strategy);
        styles[n.unwrap_or(0)]
    };

    let (large, small) = (0.9 * em, 0.74 * em);
    let labels: Vec<(String, String)> = records
        .iter()
        .map(|record| {
            (
                letters.shorten(
                    &capitalised(&record.strategy),
                    Weight::Bold,
                    large,
                    11.0 * em,
                ),
                format!(
                    "{}, {}",
                    counted(record.promotions, "promotion", "promotions"),
                    counted(record.people, "person", "people")
                ),
            )
        })
        .collect();
    let label_width = labels
        .iter()
        .map(|(name, count)| {
            let name = letters.width(name, Weight::Bold, large);
            name.max(letters.width(count, Weight::Regular, small))
        })
        .fold(0.0, f32::max);
    let room = Area {
        width: sheet.room.width - label_width - 2.3 * em,
        ..sheet.room
    };
    let plot = plot_area(room, em);
    let (top, _) = top(&records);
    let years = analysis.promotions.years;
    let axes = Axes {
        x: Scale::even(years, plot.x, plot.right()),
        y: Scale::even(top, plot.bottom(), plot.y),
        x_title: "years since the start",
        y_title: "promotions per 100 people",
        // No parts of years where there are enough of them.
        x_gap: if years >= 2.0 {
            0.99 * plot.width / years as f32
        } else {
            0.0
        },
    };
    axes.draw(&mut sheet.picture, plot, em);

    // All bands first, then all lines: a later band would dim an earlier line.
    for record in &records {
        let mut upper = Vec::new();
        let mut lower = Vec::new();
        for (i, point) in record.cumulative.iter().enumerate() {
            let x = axes.x.place(point.year);
            let (high, low) = (point.per_100.upper.min(top), point.per_100.lower.min(top));
            // Steps: a value holds until the next change.
            if i > 0 {
                let (_, held) = upper[upper.len() - 1];
                upper.push((x, held));
                let (_, held) = lower[lower.len() - 1];
                lower.push((x, held));
            }
            upper.push((x, axes.y.place(high)));
            lower.push((x, axes.y.place(low)));
        }
        lower.reverse();
        upper.extend(lower);
        sheet
            .picture
            .polygon(&upper, style(record).role.faint(0.16));
    }
    let wishes: Vec<f32> = records
        .iter()
        .map(|record| {
            let end = record
                .cumulative
                .last()
                .map_or(0.0, |point| point.per_100.estimate);
            axes.y.place(end)
        })
        .collect();
    let heights = spread(
        &wishes,
        2.35 * em,
        plot.y + 0.6 * em,
        plot.bottom() - 0.7 * em,
    );
    for (i, record) in records.iter().enumerate() {
        let look = style(record);
        let mut line = Vec::new();
        for point in &record.cumulative {
            let (x, y) = (
                axes.x.place(point.year),
                axes.y.place(point.per_100.estimate),
            );
            if let Some((_, last)) = line.last().copied() {
                line.push((x, last));
            }
            line.push((x, y));
        }
        line.dedup();
        let stroke = Stroke::dashed(look.role, 0.17 * em, look.dash);
        sheet.picture.polyline(&line, stroke);
        // Marks along the line tell strategies apart without colour; staggered, so that none hides
        // another where lines meet.
        let rim = Stroke::solid(Role::Paper, 0.08 * em);
        for k in 0..MARKS {
            let share = (k as f64 + (i as f64 + 0.5) / records.len() as f64) / MARKS as f64;
            let year = share * years;
            let at = record.cumulative.iter().rfind(|point| point.year <= year);
            let height = axes.y.place(at.map_or(0.0, |point| point.per_100.estimate));
            let spot = (axes.x.place(year), height);
            sheet.picture.mark(
                look.mark,
                spot,
                0.3 * em,
                Some(look.role.into()),
                Some(rim.clone()),
            );
        }
        let (x, y) = (plot.right() + 2.1 * em, heights[i]);
        let leader = [
            (plot.right() + 0.15 * em, wishes[i]),
            (x - 1.2 * em, y - 0.25 * em),
        ];
        sheet
            .picture
            .polyline(&leader, Stroke::solid(Role::Muted, 0.06 * em));
        let spot = (x - 0.65 * em, y - 0.25 * em);
        sheet
            .picture
            .mark(look.mark, spot, 0.34 * em, Some(look.role.into()), None);
        let mut name = Type::new(large, Role::Ink).bold();
        name.paint = look.role.into();
        sheet.picture.text(&labels[i].0, (x, y + 0.02 * em), name);
        sheet.picture.text(
            &labels[i].1,
            (x, y + 1.0 * em),
            Type::new(small, Role::Muted),
        );
    }
    sheet.picture
}
