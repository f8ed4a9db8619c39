//! A large firm's network drawn by department: circles for headcount, lines for bundles of ties.

use std::collections::BTreeSet;

use super::floor_plan::Plan;
use super::lettering::{Letters, Weight};
use super::network::{between_departments, headcounts, most_between};
use super::picture::{Align, Area, Stroke, Type};
use super::sheet::Sheet;
use super::style::{Mark, Role};
use crate::analysis::Networks;

/// Widest bundles of ties drawn of each department: all of them would be one grey, and so would three of each of
/// hundreds.
pub(super) fn bundles_drawn(departments: usize) -> usize {
    match departments {
        0..=40 => 3,
        41..=80 => 2,
        _ => 1,
    }
}

/// Draws one panel.
pub(super) fn draw(plan: &Plan, sheet: &mut Sheet<'_>, found: &Networks, after: bool, shift: f32) {
    let em = sheet.em;
    let rooms = plan.rooms.len();
    let headcount = headcounts(found, after);
    let centre = |room: usize| {
        let area = plan.rooms[room];
        (
            area.x + shift + area.width / 2.0,
            area.y + 0.67 * area.height.min(area.width * 1.5),
        )
    };
    let between = between_departments(found, after);
    let most = most_between(found) as f32;
    for k in widest(&between, rooms) {
        let width = (0.45 * em * between[k] as f32 / most).max(0.03 * em);
        let line = [centre(k / rooms), centre(k % rooms)];
        sheet
            .picture
            .polyline(&line, Stroke::solid(Role::Tie.faint(0.6), width));
    }
    // One scale for both panels: the fullest room decides.
    let before_and_after = [headcounts(found, false), headcounts(found, true)];
    let per_person = (0..rooms)
        .map(|n| {
            let room = plan.rooms[n];
            let fits = 0.27 * room.width.min(room.height).max(0.4 * em);
            let most = before_and_after[0][n].max(before_and_after[1][n]).max(1);
            fits / (most as f32).sqrt()
        })
        .fold(f32::INFINITY, f32::min);
    for (n, people) in headcount.into_iter().enumerate() {
        if people > 0 {
            let radius = per_person * (people as f32).sqrt();
            circle(sheet, centre(n), radius, people);
        }
    }
    names(sheet, plan, &found.departments, shift);
}

/// The pairs of departments whose bundle is among the widest of either.
fn widest(between: &[usize], rooms: usize) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    for room in 0..rooms {
        let mut own: Vec<usize> = (0..rooms)
            .filter(|other| *other != room)
            .map(|other| room.min(other) * rooms + room.max(other))
            .filter(|k| between[*k] > 0)
            .collect();
        own.sort_by_key(|k| (std::cmp::Reverse(between[*k]), *k));
        kept.extend(own.into_iter().take(bundles_drawn(rooms)));
    }
    kept
}

fn circle(sheet: &mut Sheet<'_>, (x, y): (f32, f32), radius: f32, people: usize) {
    let em = sheet.em;
    let rim = Stroke::solid(Role::Paper, 0.08 * em);
    let fill = Some(Role::Muted.into());
    sheet
        .picture
        .mark(Mark::Circle, (x, y), radius, fill, Some(rim));
    let words = people.to_string();
    // Numbers grow and shrink with their circle, down to where nobody could read them.
    let size = (0.8 * em).min(radius * 0.9);
    let width = sheet.picture.letters.width(&words, Weight::Bold, size);
    if size >= 0.5 * em && width < radius * 1.7 {
        let style = Type::new(size, Role::Paper).bold().align(Align::Centre);
        sheet.picture.text(&words, (x, y + size * 0.36), style);
    }
}

/// Sizes of letters of names, the largest first.
const SIZES: [f32; 3] = [0.74, 0.64, 0.56];

/// A room's name in one line or two, or none where it does not fit whole.
fn lines(letters: &Letters, words: &str, size: f32, room: Area, em: f32) -> Option<Vec<String>> {
    let fits = |lines: &[&str]| {
        let wide =
            |line: &&str| letters.width(line, Weight::Regular, size) <= room.width - 0.3 * em;
        lines.iter().all(wide) && lines.len() as f32 * 1.12 * size <= room.height * 0.42
    };
    let broken = words
        .match_indices(' ')
        .map(|(n, _)| vec![&words[..n], &words[n + 1..]]);
    std::iter::once(vec![words])
        .chain(broken)
        .find(|lines| fits(lines))
        .map(|lines| lines.into_iter().map(str::to_owned).collect())
}

/// Names at the tops of the rooms, all in the largest letters in which all fit.
fn names(sheet: &mut Sheet<'_>, plan: &Plan, departments: &[String], shift: f32) {
    let em = sheet.em;
    let letters = sheet.picture.letters;
    let all = |size: f32| {
        let rooms = departments.iter().zip(&plan.rooms);
        rooms
            .map(|(name, room)| lines(letters, name, size, *room, em))
            .collect::<Vec<_>>()
    };
    let sizes = SIZES.map(|size| size * em);
    let size = sizes
        .into_iter()
        .find(|size| all(*size).iter().all(Option::is_some))
        .unwrap_or(sizes[SIZES.len() - 1]);
    for (lines, room) in all(size).into_iter().zip(&plan.rooms) {
        for (k, line) in lines.into_iter().flatten().enumerate() {
            let spot = (
                room.x + shift + room.width / 2.0,
                room.y + 0.12 * em + (k as f32 + 0.85) * 1.12 * size,
            );
            let style = Type::new(size, Role::Ink).rimmed().align(Align::Centre);
            sheet.picture.text(&line, spot, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_department_keeps_its_widest_bundles() {
        // five rooms; room 0 is tied to all others, the more the higher their number
        let rooms = 5;
        let mut between = vec![0; rooms * rooms];
        for (other, ties) in between.iter_mut().enumerate().take(rooms).skip(1) {
            *ties = other;
        }
        let kept = widest(&between, rooms);
        assert_eq!(
            kept.into_iter().collect::<Vec<_>>(),
            [1, 2, 3, 4],
            "the narrowest is the widest of room 1"
        );
    }
}
