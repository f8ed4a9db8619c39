//! Chart `contacts`: contact between departments as two matrices, before and after.

use super::desk::{Desk, cells};
use super::lettering::Weight;
use super::picture::{Align, Area, Stroke, Type};
use super::positions::moment;
use super::sheet::{Sheet, Words};
use super::style::Role;
use super::{Content, Drawing};
use crate::analysis::{Contacts, occasion};
use crate::language::real;

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let found = desk.analysis.contacts.as_ref();
    let found = found.map_err(|reason| desk.say(reason, &[]))?;
    let networks = desk.analysis.networks.as_ref();
    let networks = networks.map_err(|reason| desk.say(reason, &[]))?;
    let across = [found.matrices[0].across(), found.matrices[1].across()];
    let when = occasion(&networks.pair, desk.language);
    let title = match across {
        [Some(before), Some(after)] => {
            let key = match (before.differs(&after, 1), before.estimate < after.estimate) {
                (false, _) => "contacts.unclear",
                (true, true) => "contacts.rose",
                (true, false) => "contacts.fell",
            };
            desk.say(
                key,
                &[
                    ("occasion", when.into()),
                    ("before", desk.language.percent(before.estimate).into()),
                    ("after", desk.language.percent(after.estimate).into()),
                ],
            )
        }
        _ => desk.say("contacts.plain", &[("occasion", when.into())]),
    };
    let n = found.departments.len();
    let name = |k: usize| {
        if found.others && k == n - 1 {
            desk.say("flows.others", &[])
        } else {
            found.departments[k].clone()
        }
    };
    let mut csv = vec![cells([
        "snapshot",
        "department",
        "other_department",
        "pairs_in_contact",
        "pairs_possible",
        "share",
    ])];
    for (matrix, snapshot) in found
        .matrices
        .iter()
        .zip([&networks.pair.before, &networks.pair.after])
    {
        for a in 0..n {
            for b in a..n {
                let cell = a * n + b;
                csv.push(vec![
                    snapshot.clone(),
                    name(a),
                    name(b),
                    matrix.pairs[cell].to_string(),
                    matrix.possible[cell].to_string(),
                    matrix
                        .share(cell)
                        .map_or_else(String::new, |s| format!("{s:.6}")),
                ]);
            }
        }
    }
    let shares = across.map(|a| a.map_or("–".into(), |a| desk.interval(a.scaled(100.0), 0)));
    let numbers = desk.say(
        "contacts.numbers",
        &[
            ("before", (&shares[0]).into()),
            ("after", (&shares[1]).into()),
        ],
    );
    let content = Content {
        words: Words {
            title,
            subtitle: desk.say(
                "contacts.subtitle",
                &[
                    ("per", real(possible_pairs(found), 0)),
                    ("pairs_before", found.matrices[0].all.into()),
                    ("pairs_after", found.matrices[1].all.into()),
                ],
            ),
            notes: vec![format!("{numbers} {}", desk.clear_in_one_run())],
        },
        alt: desk.say("contacts.alt", &[("numbers", (&numbers).into())]),
        caption: numbers,
        csv,
    };
    let mut sheet = desk.sheet(&content.words);
    let halves = sheet.halves(1.4 * sheet.em);
    let names: Vec<String> = (0..n).map(name).collect();
    let pair = &networks.pair;
    for (i, area) in halves.into_iter().enumerate() {
        let heading = moment(pair, i == 1, desk.language);
        let area = sheet.heading(area, &heading);
        matrix(desk, &mut sheet, found, &names, i, area);
    }
    Ok((content, sheet.finished()))
}

/// Of how many possible pairs the cells tell: the larger a firm, the fewer of them are in contact, and cells that all
/// say "<1" say nothing.
fn possible_pairs(found: &Contacts) -> f64 {
    let mut shares: Vec<f64> = found
        .matrices
        .iter()
        .flat_map(|matrix| {
            let cells = 0..found.departments.len().pow(2);
            cells.filter_map(|cell| matrix.share(cell))
        })
        .filter(|share| *share > 0.0)
        .collect();
    shares.sort_by(f64::total_cmp);
    let middle = shares.get(shares.len() / 2).copied().unwrap_or(1.0);
    [100.0, 1000.0]
        .into_iter()
        .find(|per| middle * per >= 1.0)
        .unwrap_or(10_000.0)
}

fn matrix(
    desk: &Desk<'_>,
    sheet: &mut Sheet<'_>,
    found: &Contacts,
    names: &[String],
    which: usize,
    area: Area,
) {
    let em = sheet.em;
    let n = names.len();
    let letters = sheet.picture.letters;
    let size = (0.78 * em).min(area.height / n as f32 * 0.6);
    // between a name and the matrix stands the number of its row
    let number = 1.9 * em;
    let suffixes = ["network.not_yet", "network.gone"].map(|key| desk.say(key, &[]));
    let left = names
        .iter()
        .chain(&suffixes)
        .map(|name| letters.width(name, Weight::Regular, size))
        .fold(0.0, f32::max)
        .min(area.width * 0.34 - 1.3 * em)
        + number;
    let top = 1.3 * em;
    let side = ((area.width - left) / n as f32).min((area.height - top) / n as f32 * 1.6);
    let high = ((area.height - top) / n as f32).min(side * 2.2);
    // Shares are compared by one scale in both matrices; by the root, since most are small.
    let most = found
        .matrices
        .iter()
        .flat_map(|m| (0..n * n).filter_map(|cell| m.share(cell)))
        .fold(0.0, f64::max)
        .max(1e-9);
    let matrix = &found.matrices[which];
    let per = possible_pairs(found);
    for (a, name) in names.iter().enumerate() {
        let empty = (0..n).all(|b| matrix.share(a * n + b).is_none());
        let y = area.y + top + a as f32 * high;
        let style = Type::new(size, Role::Ink).align(Align::Right);
        let middle = y + high / 2.0 + size * 0.36;
        let right = area.x + left - 0.4 * em;
        sheet
            .picture
            .text(&(a + 1).to_string(), (right, middle), style);
        // A long name takes as many lines as its row is high.
        let rows = ((high / (1.15 * size)) as usize).clamp(1, 3);
        let name = match (empty, which) {
            (false, _) => name.clone(),
            (true, 0) => format!("{name} {}", desk.say("network.not_yet", &[])),
            (true, _) => format!("{name} {}", desk.say("network.gone", &[])),
        };
        let mut lines = letters.wrap(&name, Weight::Regular, size, left - number);
        if lines.len() > rows {
            let rest = lines.split_off(rows - 1).join(" ");
            lines.push(letters.shorten(&rest, Weight::Regular, size, left - number));
        }
        let first = middle - (lines.len() as f32 - 1.0) * 0.575 * size;
        for (k, line) in lines.iter().enumerate() {
            let spot = (right - 1.3 * em, first + k as f32 * 1.15 * size);
            sheet.picture.text(line, spot, style);
        }
        let column = (
            area.x + left + (a as f32 + 0.5) * side,
            area.y + top - 0.4 * em,
        );
        let muted = Type::new(size, Role::Muted).align(Align::Centre);
        sheet.picture.text(&(a + 1).to_string(), column, muted);
        for b in 0..n {
            let cell = Area {
                x: area.x + left + b as f32 * side,
                y,
                width: side,
                height: high,
            }
            .inset(0.03 * em);
            let outline = Stroke::solid(Role::Grid, 0.05 * em);
            let Some(share) = matrix.share(a * n + b) else {
                sheet.picture.rectangle(cell, None, Some(outline));
                continue;
            };
            let depth = (share / most).sqrt() as f32;
            // No fuller than letters in ink can be read on, in light and dark.
            let fill = Role::Strategy(2).faint(0.05 + 0.55 * depth);
            sheet.picture.rectangle(cell, Some(fill), Some(outline));
            let often = share * per;
            let words = if often > 0.0 && often < 0.5 {
                "<1".to_owned()
            } else {
                desk.language.number(often, 0)
            };
            let small = (0.72 * em).min(high * 0.62);
            if letters.width(&words, Weight::Regular, small) < side * 0.92 {
                let style = Type::new(small, Role::Ink).align(Align::Centre);
                let (x, y) = cell.centre();
                sheet.picture.text(&words, (x, y + small * 0.36), style);
            }
        }
    }
}
