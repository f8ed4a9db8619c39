//! What a proof-reader would mark in a picture: words that leave the page, cover other words or a mark that is not
//! theirs, or have a bold line or a line of the grid through them.

use super::lettering::Step;
use super::picture::{Area, Picture, Segment, Shape, Text, around};
use super::style::Role;

/// Share of the smaller of two boxes of words that may lie under the other: boxes hold empty corners.
const WORDS: f32 = 0.05;
/// Share of a mark's radius from its middle that no word may come into: words may touch a mark's rim.
const MARK: f32 = 0.75;

/// What is wrong, a sentence each; nothing in a sound picture.
pub(super) fn faults(picture: &Picture<'_>) -> Vec<String> {
    let page = Area {
        x: 0.0,
        y: 0.0,
        width: picture.width,
        height: picture.height,
    };
    // with the place of each in the order of drawing
    let shapes = || picture.shapes.iter().enumerate();
    let texts: Vec<(usize, &Text, Area)> = shapes()
        .filter_map(|(place, shape)| match shape {
            Shape::Text(text) => Some((place, text, text.area())),
            Shape::Path { .. } => None,
        })
        .collect();
    let lines: Vec<(usize, Segment)> = shapes()
        .flat_map(|(place, shape)| bold_line(shape).into_iter().map(move |line| (place, line)))
        .collect();
    let boxes: Vec<(usize, Area)> = shapes()
        .filter_map(|(place, shape)| Some((place, opaque_box(shape)?)))
        .collect();
    let mut found = Vec::new();
    for (n, (drawn, text, area)) in texts.iter().enumerate() {
        let words = &text.words;
        if !page.contains(area) {
            found.push(format!("`{words}` leaves the page"));
        }
        for (_, other, place) in &texts[..n] {
            let smaller = (area.width * area.height).min(place.width * place.height);
            if area.overlap(place) > WORDS * smaller {
                found.push(format!("`{words}` and `{}` overlap", other.words));
            }
        }
        let covers = |(at, radius): &&((f32, f32), f32)| {
            let numbered = around(*at, *radius).contains(area);
            !numbered && distance(*at, area) < MARK * radius
        };
        let covered = picture.marks.iter().filter(covers).count();
        if covered > 0 {
            found.push(format!("`{words}` covers {covered} of the marks"));
        }
        // the middle of the letters: a line may end at a label's border
        let letters = Area {
            y: area.y + 0.25 * area.height,
            height: 0.5 * area.height,
            ..*area
        };
        let hides = |line: usize| {
            let mut between = boxes.iter().filter(|(at, _)| (line..*drawn).contains(at));
            between.any(|(_, area)| area.contains(&letters))
        };
        let mut crossing = lines.iter().filter(|(_, line)| crosses(*line, &letters));
        if crossing.any(|(line, _)| !hides(*line)) {
            found.push(format!("a line crosses `{words}`"));
        }
    }
    found
}

/// The stretches of a solid line in ink, arrows and leaders that a reader follows, or of the grid.
fn bold_line(shape: &Shape) -> Vec<Segment> {
    let Shape::Path {
        steps,
        fill: None,
        stroke: Some(stroke),
    } = shape
    else {
        return Vec::new();
    };
    let is_ruled = [Role::Ink, Role::Muted, Role::Grid]
        .iter()
        .any(|role| stroke.paint == (*role).into());
    if !is_ruled || !stroke.dash.is_empty() {
        return Vec::new();
    }
    let mut segments = Vec::new();
    let mut last = None;
    for step in steps {
        match (*step, last) {
            (Step::Move(x, y), _) => last = Some((x, y)),
            (Step::Line(x, y), Some(from)) => {
                segments.push((from, (x, y)));
                last = Some((x, y));
            }
            // rings and curves are marks
            _ => return Vec::new(),
        }
    }
    segments
}

/// The box of a filled rectangle that one cannot see through: it hides the lines drawn before it.
fn opaque_box(shape: &Shape) -> Option<Area> {
    let Shape::Path {
        steps,
        fill: Some(fill),
        ..
    } = shape
    else {
        return None;
    };
    match steps[..] {
        [
            Step::Move(x, y),
            Step::Line(..),
            Step::Line(right, bottom),
            Step::Line(..),
            Step::Close,
        ] if fill.opacity == 1.0 => Some(Area {
            x,
            y,
            width: right - x,
            height: bottom - y,
        }),
        _ => None,
    }
}

/// Distance of a point from a box; nothing inside it.
fn distance((x, y): (f32, f32), area: &Area) -> f32 {
    let across = (area.x - x).max(x - area.right()).max(0.0);
    let down = (area.y - y).max(y - area.bottom()).max(0.0);
    (across * across + down * down).sqrt()
}

/// Whether a line runs through a box: the part of it that each pair of sides leaves is not empty (Liang and Barsky 1984).
fn crosses(((x1, y1), (x2, y2)): Segment, area: &Area) -> bool {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let (mut from, mut to) = (0.0_f32, 1.0_f32);
    for (along, before) in [
        (-dx, x1 - area.x),
        (dx, area.right() - x1),
        (-dy, y1 - area.y),
        (dy, area.bottom() - y1),
    ] {
        if along == 0.0 {
            if before < 0.0 {
                return false;
            }
        } else if along < 0.0 {
            from = from.max(before / along);
        } else {
            to = to.min(before / along);
        }
    }
    from < to
}

#[cfg(test)]
mod tests {
    use super::super::lettering::Letters;
    use super::super::picture::{Stroke, Type};
    use super::super::style::Mark;
    use super::*;

    #[test]
    fn each_fault_is_found_and_a_sound_picture_has_none() {
        let letters = Letters::embedded().unwrap();
        let drawn = |draw: &dyn Fn(&mut Picture<'_>)| {
            let mut picture = Picture::new(300.0, 100.0, &letters);
            let style = Type::new(12.0, Role::Ink);
            picture.text("Priya", (50.0, 50.0), style);
            draw(&mut picture);
            faults(&picture)
        };
        let style = Type::new(12.0, Role::Ink);
        let fill = Some(Role::Muted.into());
        let line = || Stroke::solid(Role::Ink, 1.0);
        assert_eq!(drawn(&|_| ()), Vec::<String>::new());
        let beside = drawn(&|picture| {
            picture.mark(Mark::Circle, (42.0, 46.0), 6.0, fill, None);
            picture.text("3", (200.0, 50.0), style);
            picture.mark(Mark::Circle, (203.0, 46.0), 12.0, fill, None);
            picture.polyline(&[(10.0, 60.0), (290.0, 60.0)], line());
        });
        assert_eq!(beside, Vec::<String>::new(), "beside, in its circle, below");
        assert_eq!(
            drawn(&|picture| picture.mark(Mark::Circle, (60.0, 46.0), 3.0, fill, None)),
            ["`Priya` covers 1 of the marks"]
        );
        assert_eq!(
            drawn(&|picture| picture.polyline(&[(10.0, 45.0), (290.0, 52.0)], line())),
            ["a line crosses `Priya`"]
        );
        let grid = Stroke::solid(Role::Grid, 1.0);
        let behind_a_bar = drawn(&|picture| {
            picture.polyline(&[(120.0, 0.0), (120.0, 90.0)], grid.clone());
            let bar = Area {
                x: 90.0,
                y: 30.0,
                width: 80.0,
                height: 30.0,
            };
            picture.rectangle(bar, fill, None);
            picture.text("Ingrid", (100.0, 50.0), style);
        });
        assert_eq!(behind_a_bar, Vec::<String>::new());
        assert_eq!(
            drawn(&|picture| picture.polyline(&[(60.0, 0.0), (60.0, 90.0)], grid.clone())),
            ["a line crosses `Priya`"]
        );
        assert_eq!(
            drawn(&|picture| picture.text("Samuel", (70.0, 52.0), style)),
            ["`Samuel` and `Priya` overlap"]
        );
        assert_eq!(
            drawn(&|picture| picture.text("Ingrid", (280.0, 50.0), style)),
            ["`Ingrid` leaves the page"]
        );
    }
}
