//! Words stand inside and apart, names cover no mark, from twenty people to five thousand.

use super::super::desk::Desk;
use super::super::lettering::{self, Letters};
use super::super::{CHARTS, Language, Size, network, picture, style};
use super::{analysis, long_names};
use crate::analysis::{Analysis, samples};

#[test]
fn all_words_stand_inside_the_drawing_and_apart() {
    let letters = Letters::embedded().unwrap();
    let firms = [21, 71, 200, 500, 1500]
        .map(analysis)
        .into_iter()
        .chain([long_names()]);
    for (people, analysis) in [21, 71, 200, 500, 1500, 0].into_iter().zip(firms) {
        let languages: Vec<Language> = Language::all().collect();
        for (k, size) in [Size::Slide, Size::Page, Size::Poster]
            .into_iter()
            .enumerate()
        {
            // Each size in one language or the other: words of both are seen.
            let language = languages[(k + people) % languages.len()];
            for (name, chart) in CHARTS {
                let desk = Desk {
                    analysis: &analysis,
                    size,
                    letters: &letters,
                    language,
                };
                let (_, picture) = match chart(&desk) {
                    Ok(drawn) => drawn,
                    Err(reason) => panic!("{name} of {people} people was skipped: {reason}"),
                };
                let whole = picture::Area {
                    x: 0.0,
                    y: 0.0,
                    width: picture.width,
                    height: picture.height,
                };
                let texts: Vec<_> = picture.texts().collect();
                for (i, text) in texts.iter().enumerate() {
                    let area = text.area();
                    let words = &text.words;
                    assert!(
                        whole.contains(&area),
                        "{name}, {people} people, {size:?}: `{words}` leaves the drawing: {area:?}"
                    );
                    for other in &texts[..i] {
                        let covered = area.overlap(&other.area());
                        assert!(
                            covered < 0.12 * area.width * area.height,
                            "{name}, {people} people, {size:?}: `{words}` covers `{}`",
                            other.words
                        );
                    }
                }
            }
        }
    }
}

/// A firm of many departments whose names differ by numbers, as those of generated firms do.
fn numbered_departments(people: usize) -> Analysis {
    let mut rows = samples::firm(people);
    for row in &mut rows.positions {
        let number = row.employee % 7 + 1;
        row.department = row
            .department
            .as_deref()
            .map(|name| format!("{name} {number}"));
    }
    Analysis::of(&rows)
}

/// A firm of many departments with long names that differ by a word, not by a number.
fn wordy_departments(people: usize) -> Analysis {
    const WORDS: [&str; 7] = [
        "Corporate",
        "Regional",
        "Public Sector",
        "Industrial",
        "Digital",
        "Retail",
        "Healthcare",
    ];
    let mut rows = samples::firm(people);
    for row in &mut rows.positions {
        let word = WORDS[row.employee as usize % WORDS.len()];
        row.department = row
            .department
            .as_deref()
            .map(|name| format!("{word} {name} and Human Resources Services"));
    }
    Analysis::of(&rows)
}

#[test]
fn a_matrix_has_the_names_of_departments_however_short() {
    let letters = Letters::embedded().unwrap();
    let mut rows = samples::firm(71);
    let short = |name: &String| format!("D{}", name.len());
    for row in &mut rows.positions {
        row.department = row.department.as_ref().map(short);
    }
    let analysis = Analysis::of(&rows);
    let contacts = CHARTS
        .iter()
        .find(|(name, _)| *name == "contacts")
        .unwrap()
        .1;
    for size in [Size::Slide, Size::Page, Size::Poster] {
        let desk = Desk {
            analysis: &analysis,
            size,
            letters: &letters,
            language: Language::ENGLISH,
        };
        let (_, picture) = contacts(&desk).unwrap();
        let names = picture.texts().filter(|text| text.words.starts_with('D'));
        assert!(
            names.count() >= 4,
            "{size:?}: two rows or more in each matrix"
        );
    }
}

#[test]
fn a_list_has_the_whole_of_every_name_that_is_cut_in_the_floor_plan() {
    let letters = Letters::embedded().unwrap();
    let mut rows = samples::firm(71);
    let long = |name: &String| format!("{name}-Representatives-and-Counsels-of-the-Executives");
    for row in &mut rows.positions {
        row.department = row.department.as_ref().map(long);
    }
    let analysis = Analysis::of(&rows);
    let network = CHARTS.iter().find(|(name, _)| *name == "network");
    let mut cut = 0;
    for size in [Size::Slide, Size::Page, Size::Poster] {
        let desk = Desk {
            analysis: &analysis,
            size,
            letters: &letters,
            language: Language::ENGLISH,
        };
        let (_, picture) = network.unwrap().1(&desk).unwrap();
        let words: Vec<&str> = picture.texts().map(|text| text.words.as_str()).collect();
        for short in words.iter().filter(|words| words.ends_with('…')) {
            cut += 1;
            let start = format!("{short}:\u{a0}").replace(' ', "\u{a0}");
            let explained = words.iter().find(|line| line.contains(&start));
            let explained = explained
                .unwrap_or_else(|| panic!("{size:?}: {short} is nowhere whole: {words:?}"));
            let name = explained.split(&start).nth(1).unwrap();
            assert!(name.contains("Representatives"), "{size:?}: {explained}");
        }
    }
    assert!(cut > 0, "no name is cut: the test shows nothing");
}

#[test]
fn names_in_the_network_cover_no_mark_from_twenty_people_to_five_thousand() {
    let letters = Letters::embedded().unwrap();
    let firms = [20, 71, 200, 400, 600, 1000, 1500].map(|people| (people, analysis(people)));
    let large = [1500, 5000].map(|people| (people, numbered_departments(people)));
    let wordy = [1500].map(|people| (people, wordy_departments(people)));
    for (people, analysis) in firms.iter().chain(&large).chain(&wordy) {
        for size in [Size::Slide, Size::Page, Size::Poster] {
            let desk = Desk {
                analysis,
                size,
                letters: &letters,
                language: Language::ENGLISH,
            };
            let (content, picture) = network::chart(&desk).unwrap();
            let marks: Vec<picture::Area> = picture
                .shapes
                .iter()
                .filter_map(|shape| match shape {
                    // marks have a rim; heads of arrows and lines have none
                    picture::Shape::Path {
                        steps,
                        fill: Some(fill),
                        stroke: Some(_),
                    } if matches!(fill.role, style::Role::Strategy(_) | style::Role::Muted) => {
                        Some(extent(steps))
                    }
                    _ => None,
                })
                .collect();
            // by department, one circle each in both panels, an outline where nobody is in it
            let circles = analysis.networks.as_ref().unwrap().departments.len();
            assert!(
                marks.len()
                    >= if *people > 1000 {
                        circles
                    } else {
                        2 * people / 3
                    }
            );
            for text in picture.texts() {
                let words = text.area();
                for mark in &marks {
                    // A number may stand in its circle; corners of a mark's box are empty.
                    let covered = mark.overlap(&words);
                    assert!(
                        mark.contains(&words) || covered < 0.35 * mark.width * mark.height,
                        "{people} people, {size:?}: `{}` covers {covered} of {mark:?}",
                        text.words
                    );
                }
            }
            let named = |name: &String| {
                let whole = picture
                    .texts()
                    .any(|text| text.words.starts_with(name.as_str()));
                let (stem, number) = name.rsplit_once(' ').unwrap_or((name, ""));
                let part = |part: &str| picture.texts().any(|text| text.words == part);
                let region = || picture.texts().any(|text| text.words.starts_with(stem));
                let lines = || {
                    name.split(' ')
                        .all(|word| picture.texts().any(|text| text.words.contains(word)))
                };
                // in the list below the map
                let listed = || {
                    let inside = |text: &picture::Text| {
                        text.words.replace('\u{a0}', " ").contains(name.as_str())
                    };
                    picture.texts().any(inside)
                };
                whole || listed() || (region() && part(number)) || lines()
            };
            let departments = &analysis.networks.as_ref().unwrap().departments;
            let nameless: Vec<&String> = departments.iter().filter(|name| !named(name)).collect();
            assert!(
                nameless.is_empty(),
                "{people} people, {size:?}: {nameless:?}"
            );
            if *people > 1000 {
                let moved = &content.csv[0];
                assert!(
                    moved.iter().any(|column| column == "moved_back"),
                    "{moved:?}"
                );
            }
        }
    }
}

/// The box around a path without curves that leave their ends.
fn extent(steps: &[lettering::Step]) -> picture::Area {
    use lettering::Step;
    let ends = steps.iter().filter_map(|step| match *step {
        Step::Move(x, y)
        | Step::Line(x, y)
        | Step::Quad(_, _, x, y)
        | Step::Cubic(_, _, _, _, x, y) => Some((x, y)),
        Step::Close => None,
    });
    let (mut low, mut high) = ((f32::INFINITY, f32::INFINITY), (0.0_f32, 0.0_f32));
    for (x, y) in ends {
        low = (low.0.min(x), low.1.min(y));
        high = (high.0.max(x), high.1.max(y));
    }
    picture::Area {
        x: low.0,
        y: low.1,
        width: high.0 - low.0,
        height: high.1 - low.1,
    }
}
