//! What a proof-reader would mark in a picture: words that leave the page, cover other words or a mark that is not
//! theirs, or have a line that a reader follows through them; marks on one another where each is to be seen.

use super::lettering::Step;
use super::picture::{Area, Picture, Segment, Shape, Text, around};
use super::style::Role;

/// Share of the smaller of two boxes of words that may lie under the other: boxes hold empty corners.
const WORDS: f32 = 0.05;
/// Of the two radii, how far marks may come into one another where each is to be seen: rims may touch.
const TOUCH: f32 = 0.02;
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
    let plates: Vec<(usize, Plate)> = shapes()
        .filter_map(|(place, shape)| Some((place, Plate::of(shape)?)))
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
            !numbered && area.distance(*at) < MARK * radius
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
            let mut between = plates.iter().filter(|(at, _)| (line..*drawn).contains(at));
            between.any(|(_, plate)| plate.holds(&letters))
        };
        let mut crossing = lines.iter().filter(|(_, line)| crosses(*line, &letters));
        if crossing.any(|(line, _)| !hides(*line)) {
            found.push(format!("a line crosses `{words}`"));
        }
    }
    let covered = if picture.apart {
        on_another(&picture.marks)
    } else {
        0
    };
    if covered > 0 {
        found.push(format!("overlapping pairs of marks: {covered}"));
    }
    found
}

/// Pairs of marks of which one lies on the other; a mark and the ring around it are one.
fn on_another(marks: &[((f32, f32), f32)]) -> usize {
    let mut outer: Vec<((f32, f32), f32)> = Vec::new();
    for (at, radius) in marks {
        match outer.iter_mut().find(|(known, _)| known == at) {
            Some((_, known)) => *known = known.max(*radius),
            None => outer.push((*at, *radius)),
        }
    }
    let overlaps = |(one, r): &((f32, f32), f32), (other, s): &((f32, f32), f32)| {
        libm::hypotf(one.0 - other.0, one.1 - other.1) < (1.0 - TOUCH) * (r + s)
    };
    let pairs = outer.iter().enumerate();
    pairs
        .map(|(n, mark)| {
            outer[..n]
                .iter()
                .filter(|known| overlaps(mark, known))
                .count()
        })
        .sum()
}

/// Straight stretches that stand for a curve.
const STRETCHES: u8 = 12;

/// The stretches of a line that a reader follows, whatever its colour: an arrow, a path, a curve, a leader, a line of the
/// grid. Not of a tie: hundreds of faint ones are the ground that words with a rim stand on. Nor of grey dashes, which
/// mark a moment.
fn bold_line(shape: &Shape) -> Vec<Segment> {
    let Shape::Path {
        steps,
        fill: None,
        stroke: Some(stroke),
    } = shape
    else {
        return Vec::new();
    };
    let is_followed = match stroke.paint.role {
        Role::Ink | Role::Strategy(_) | Role::Outcome(_) => true,
        Role::Muted | Role::Grid => stroke.dash.is_empty(),
        Role::Tie | Role::Paper | Role::Region | Role::OutcomeInk(_) => false,
    };
    // what is closed is the rim of a mark or of an area
    if !is_followed || steps.contains(&Step::Close) {
        return Vec::new();
    }
    let mut segments = Vec::new();
    let mut last = (0.0, 0.0);
    for step in steps {
        let start = last;
        let mut line_to = |to: (f32, f32)| {
            segments.push((last, to));
            last = to;
        };
        match *step {
            Step::Move(x, y) => last = (x, y),
            Step::Line(x, y) => line_to((x, y)),
            Step::Quad(a, b, x, y) => along(&[start, (a, b), (x, y)]).for_each(line_to),
            Step::Cubic(a, b, c, d, x, y) => {
                along(&[start, (a, b), (c, d), (x, y)]).for_each(line_to);
            }
            Step::Close => {}
        }
    }
    segments
}

/// Points along a curve with these handles, its start left out (de Casteljau).
fn along(handles: &[(f32, f32)]) -> impl Iterator<Item = (f32, f32)> {
    (1..=STRETCHES).map(|k| {
        let share = f32::from(k) / f32::from(STRETCHES);
        let mut points = handles.to_vec();
        while points.len() > 1 {
            let between = |pair: &[(f32, f32)]| {
                let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
                (x1 + share * (x2 - x1), y1 + share * (y2 - y1))
            };
            points = points.windows(2).map(between).collect();
        }
        points[0]
    })
}

/// A filled rectangle that one cannot see through, with how round its corners are: it hides the lines drawn before it.
struct Plate {
    area: Area,
    round: f32,
}

impl Plate {
    fn of(shape: &Shape) -> Option<Self> {
        let Shape::Path {
            steps,
            fill: Some(fill),
            ..
        } = shape
        else {
            return None;
        };
        let (x, y, right, bottom, round) = match steps[..] {
            [
                Step::Move(x, y),
                Step::Line(..),
                Step::Line(right, bottom),
                Step::Line(..),
                Step::Close,
            ] => (x, y, right, bottom, 0.0),
            [
                Step::Move(_, y),
                Step::Line(..),
                Step::Cubic(.., right, below),
                Step::Line(..),
                Step::Cubic(.., bottom),
                Step::Line(..),
                Step::Cubic(.., x, _),
                Step::Line(..),
                Step::Cubic(..),
                Step::Close,
            ] => (x, y, right, bottom, below - y),
            _ => return None,
        };
        let area = Area {
            x,
            y,
            width: right - x,
            height: bottom - y,
        };
        (fill.opacity == 1.0).then_some(Self { area, round })
    }

    /// Whether a box lies inside with all its corners.
    fn holds(&self, area: &Area) -> bool {
        let without_corners = self.area.inset(self.round);
        self.area.contains(area)
            && [area.x, area.right()].into_iter().all(|x| {
                let mut ends = [area.y, area.bottom()].into_iter();
                ends.all(|y| without_corners.distance((x, y)) <= self.round)
            })
    }
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
        // whatever its colour, straight or bent; a tie is the ground
        let from_to = ((10.0, 45.0), (290.0, 52.0));
        for colour in [Role::Strategy(2).into(), Role::Strategy(0).faint(0.25)] {
            let stroke = Stroke::dashed(colour, 1.0, &[3.0, 2.0]);
            let arrow = drawn(&|picture| picture.arrow(from_to.0, from_to.1, 0.0, stroke.clone()));
            let bent = drawn(&|picture| picture.bent(from_to.0, from_to.1, 0.02, stroke.clone()));
            for marked in [arrow, bent] {
                assert_eq!(marked, ["a line crosses `Priya`"]);
            }
        }
        let around_them = Stroke::solid(Role::Strategy(2), 1.0);
        assert_eq!(
            drawn(&|picture| picture.bent(from_to.0, from_to.1, 0.3, around_them.clone())),
            Vec::<String>::new()
        );
        let tie = Stroke::solid(Role::Tie.faint(0.4), 1.0);
        assert_eq!(
            drawn(&|picture| picture.polyline(&[from_to.0, from_to.1], tie.clone())),
            Vec::<String>::new()
        );
        let on_a_plate = drawn(&|picture| {
            let plate = Area {
                x: 90.0,
                y: 30.0,
                width: 80.0,
                height: 30.0,
            };
            picture.arrow((90.0, 50.0), (170.0, 40.0), 0.0, line());
            picture.rounded(plate, 6.0, Some(Role::Region.into()), None);
            picture.text("Ingrid", (100.0, 50.0), style);
        });
        assert_eq!(on_a_plate, Vec::<String>::new());
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

    #[test]
    fn marks_on_one_another_are_marked_where_each_is_to_be_seen() {
        let letters = Letters::embedded().unwrap();
        let fill = Some(Role::Muted.into());
        let drawn = |apart: bool, marks: &[((f32, f32), f32)]| {
            let mut picture = Picture::new(300.0, 100.0, &letters);
            picture.apart = apart;
            for (at, radius) in marks {
                picture.mark(Mark::Circle, *at, *radius, fill, None);
            }
            faults(&picture)
        };
        let ringed = ((50.0, 50.0), 6.0);
        let touching = [ringed, (ringed.0, 9.0), ((65.0, 50.0), 6.0)];
        assert_eq!(drawn(true, &touching), Vec::<String>::new());
        let on_the_ring = [ringed, (ringed.0, 9.0), ((64.0, 50.0), 6.0)];
        assert_eq!(drawn(true, &on_the_ring), ["overlapping pairs of marks: 1"]);
        assert_eq!(drawn(false, &on_the_ring), Vec::<String>::new());
    }
}
