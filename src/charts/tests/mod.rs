//! What must hold of every chart: words inside, same bytes twice, honest titles, no failure on odd
//! tables.

use super::*;
use crate::analysis::rows::{EmployeeYear, Rows};
use crate::analysis::{Analysis, samples};

mod legible;

fn options(png: bool) -> Options {
    Options {
        png,
        ..Options::default()
    }
}

fn analysis(people: usize) -> Analysis {
    Analysis::of(&samples::firm(people))
}

/// A firm whose names are longer than any chart has room for, without a space to break at.
fn long_names() -> Analysis {
    let mut rows = samples::firm(71);
    let long = |name: &str| format!("{name}{}", "wordwithoutanend".repeat(12));
    rows.provenance.scenario = long("scenario");
    for row in &mut rows.employees {
        row.strategy = long(&row.strategy);
        row.name = row.name.as_deref().map(long);
    }
    for row in &mut rows.positions {
        row.strategy = long(&row.strategy);
        row.department = row.department.as_deref().map(long);
    }
    for row in &mut rows.placements {
        row.strategy = long(&row.strategy);
    }
    for row in &mut rows.events {
        row.strategy = row.strategy.as_deref().map(long);
    }
    Analysis::of(&rows)
}

#[test]
fn a_page_is_cut_to_what_is_on_it_and_a_slide_keeps_its_shape() {
    let analysis = analysis(71);
    let height = |size| {
        let options = Options {
            size,
            only: vec!["programmes".into()],
            ..options(false)
        };
        let svg = draw(&analysis, &options).unwrap().charts.remove(0).svg;
        let from = svg.find("height=\"").unwrap() + 8;
        svg[from..]
            .split('"')
            .next()
            .unwrap()
            .parse::<f32>()
            .unwrap()
    };
    assert_eq!(height(Size::Slide), 720.0);
    let page = height(Size::Page);
    assert!(
        (200.0..420.0).contains(&page),
        "three rows on {page} of 540"
    );
}

#[test]
fn two_drawings_have_the_same_bytes() {
    let analysis = analysis(71);
    assert_eq!(
        draw(&analysis, &options(true)).unwrap(),
        draw(&analysis, &options(true)).unwrap()
    );
}

#[test]
fn pngs_have_the_size_promised() {
    let analysis = analysis(21);
    for (size, width, height) in [
        (Size::Slide, 1920, 1080),
        (Size::Page, 2160, 1620),
        (Size::Poster, 3600, 2700),
    ] {
        let options = Options {
            size,
            only: vec!["promotions".into()],
            ..Options::default()
        };
        let drawn = draw(&analysis, &options).unwrap();
        let png = drawn.charts[0].png.as_ref().unwrap();
        let at = |start: usize| u32::from_be_bytes(png[start..start + 4].try_into().unwrap());
        assert_eq!((at(16), at(20)), (width, height), "{size:?}");
    }
}

#[test]
fn an_svg_uses_no_font_and_names_itself() {
    for chart in draw(&analysis(71), &options(false)).unwrap().charts {
        for word in [
            "<text",
            "font-family",
            "@font-face",
            "http://www.w3.org/2000/svg/font",
        ] {
            assert!(!chart.svg.contains(word), "{} has {word}", chart.name);
        }
        assert!(chart.svg.contains("<title") && chart.svg.contains("<desc"));
        assert!(chart.svg.contains("role=\"img\""));
        assert!(
            !chart.inline_svg.contains("=\"#1b1f23\""),
            "only variables inline"
        );
        assert!(!chart.alt.is_empty() && !chart.caption.is_empty());
    }
}

#[test]
fn names_from_the_tables_cannot_break_the_markup() {
    let mut rows = samples::firm(21);
    for row in &mut rows.employees {
        if row.employee == 0 {
            row.name = Some("<script>alert(\"&\")</script>".into());
        }
    }
    for chart in draw(&Analysis::of(&rows), &options(false)).unwrap().charts {
        assert!(!chart.svg.contains("<script"), "{}", chart.name);
    }
}

#[test]
fn titles_hedge_where_the_run_cannot_tell() {
    let drawn = draw(&analysis(21), &options(false)).unwrap();
    assert!(
        drawn.charts[0].title.starts_with("No clear difference"),
        "{}",
        drawn.charts[0].title
    );
    let restructurings = drawn
        .charts
        .iter()
        .find(|c| c.name == "restructurings")
        .unwrap();
    assert!(
        restructurings.title.starts_with("No clear difference"),
        "{}",
        restructurings.title
    );
}

#[test]
fn a_programme_states_its_interval_and_what_one_run_could_tell() {
    let drawn = draw(&analysis(71), &options(false)).unwrap();
    let chart = drawn
        .charts
        .iter()
        .find(|c| c.name == "programmes")
        .unwrap();
    assert!(
        chart.title.starts_with("Mentors for all: no clear"),
        "{}",
        chart.title
    );
    assert!(chart.title.ends_with("points)"), "{}", chart.title);
    assert!(chart.svg.contains("hidden"), "the note on power");
}

#[test]
fn charts_without_data_are_skipped_with_a_reason() {
    let mut rows = samples::firm(71);
    rows.placements.clear();
    rows.ties.clear();
    let drawn = draw(&Analysis::of(&rows), &options(false)).unwrap();
    let drawn_names: Vec<&str> = drawn.charts.iter().map(|chart| chart.name).collect();
    assert_eq!(
        drawn_names,
        [
            "promotions",
            "promotion-rates",
            "positions",
            "careers",
            "standing",
            "organisation",
            "presence",
            "programmes"
        ]
    );
    assert!(drawn.skipped[0].reason.contains("no restructuring"));
    assert!(
        drawn
            .skipped
            .iter()
            .any(|skipped| skipped.reason.contains("`ties`"))
    );
    assert!(
        drawn.charts[2]
            .title
            .contains("between the start and the end")
    );

    let nothing = draw(&Analysis::of(&Rows::default()), &options(true)).unwrap();
    assert_eq!(nothing.skipped.len(), NAMES.len());
}

#[test]
fn odd_firms_are_drawn_all_the_same() {
    let person = |year, strategy: &str| EmployeeYear {
        year,
        employee: 1,
        strategy: strategy.into(),
        ..EmployeeYear::default()
    };
    let alone = Rows {
        employees: vec![person(0, "authentic"), person(1, "authentic")],
        ..Rows::default()
    };
    let drawn = draw(&Analysis::of(&alone), &options(true)).unwrap();
    assert_eq!(drawn.charts[0].title, "Nobody was promoted in this run");

    // A strategy with one person, and one with an odd name.
    let mut rows = samples::firm(21);
    for row in &mut rows.employees {
        if row.employee == 5 {
            row.strategy = "a strategy with a very long name & signs <>".into();
        }
    }
    for row in &mut rows.positions {
        if row.employee == 5 {
            row.strategy = "a strategy with a very long name & signs <>".into();
        }
    }
    assert_eq!(
        draw(&Analysis::of(&rows), &options(true))
            .unwrap()
            .charts
            .len(),
        NAMES.len()
    );

    // Nobody is tied to anybody: constraint is missing for all.
    let mut rows = samples::firm(21);
    for row in &mut rows.positions {
        row.constraint = None;
    }
    let drawn = draw(&Analysis::of(&rows), &options(true)).unwrap();
    assert_eq!(drawn.skipped[0].name, "positions");
}

#[test]
fn every_file_says_where_it_comes_from() {
    let analysis = analysis(71);
    for chart in draw(&analysis, &options(false)).unwrap().charts {
        // a short number is bound to the word before it
        let svg = &chart.svg.replace('\u{a0}', " ");
        for part in [
            "5e1f0a77",
            "seed 7",
            "allies 0.1.0",
            "allies run made-up.toml",
        ] {
            assert!(
                svg.contains(part),
                "{}: the picture lacks {part}",
                chart.name
            );
        }
        let table = String::from_utf8(chart.csv).unwrap();
        let header = table.lines().next().unwrap();
        assert!(
            header.ends_with("scenario,scenario_hash,seed,version,command"),
            "{header}"
        );
        assert!(
            table
                .lines()
                .nth(1)
                .unwrap()
                .contains("5e1f0a77c0ffee00,7,0.1.0")
        );
    }
    let only = Options {
        only: vec!["flows".into()],
        ..options(true)
    };
    let drawn = draw(&analysis, &only).unwrap();
    let png = drawn.charts[0].png.as_ref().unwrap();
    let source =
        "made-up, hash 5e1f0a77c0ffee00, seed 7, allies 0.1.0: allies run made-up.toml --seed 7";
    let found = png
        .windows(source.len())
        .any(|bytes| bytes == source.as_bytes());
    assert!(found, "the PNG lacks its source");
}

#[test]
fn german_charts_have_german_words_and_numbers() {
    let german = Options {
        language: Language::of_code("de").unwrap(),
        ..options(false)
    };
    for chart in draw(&analysis(71), &german).unwrap().charts {
        for word in [
            "people",
            " weeks",
            "strategy",
            "authentic ",
            "restructuring",
        ] {
            assert!(
                !chart.title.contains(word),
                "{}: {}",
                chart.name,
                chart.title
            );
            assert!(
                !chart.caption.contains(word),
                "{}: {}",
                chart.name,
                chart.caption
            );
        }
    }
}

#[test]
fn an_unknown_chart_is_named_with_those_there_are() {
    let options = Options {
        only: vec!["promotion".into()],
        ..Options::default()
    };
    let error = draw(&analysis(21), &options).unwrap_err().to_string();
    assert!(
        error.contains("`promotion`") && error.contains("restructurings"),
        "{error}"
    );
}

#[test]
#[ignore = "writes pictures for looking at: cargo test gallery -- --ignored"]
fn gallery() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    for people in [21, 71, 200, 500, 1000, 1500] {
        let analysis = analysis(people);
        for (size, word) in [
            (Size::Slide, "slide"),
            (Size::Page, "page"),
            (Size::Poster, "poster"),
        ] {
            let theme = if people == 71 && size == Size::Slide {
                Theme::Dark
            } else {
                Theme::Light
            };
            if size == Size::Poster && people != 200 {
                continue;
            }
            let options = Options {
                theme,
                size,
                ..Options::default()
            };
            draw_all(
                &analysis,
                &options,
                &folder.join(format!("{people}-{word}")),
            )
            .unwrap();
        }
    }
}
