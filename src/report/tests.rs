use super::*;
use crate::analysis::{Rows, samples};

fn chronicle(rows: &Rows) -> Chronicle {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("results");
    samples::write(rows, &target);
    let results = crate::records::Results::open(&target).unwrap();
    Chronicle::read(&results).unwrap()
}

fn written(rows: &Rows, frames: Option<&Frames>, files: &[String], language: Language) -> String {
    let analysis = Analysis::of(rows);
    let chronicle = chronicle(rows);
    let material = Material {
        analysis: &analysis,
        chronicle: &chronicle,
        frames,
        files,
    };
    page(material, language).unwrap()
}

/// A person in two snapshots.
fn frames() -> Frames {
    Frames {
        departments: vec!["Sales".into()],
        levels: vec!["analyst".into()],
        strategies: vec!["isolated".into()],
        people: vec![crate::analysis::FramePerson {
            id: 3,
            name: Some("Ana".into()),
            strategy: 0,
        }],
        frames: ["start", "end"]
            .map(|snapshot| crate::analysis::Frame {
                snapshot: snapshot.into(),
                week: 0,
                nodes: vec![0, 0, 0, 2],
                ties: Vec::new(),
            })
            .into(),
    }
}

#[test]
fn a_phone_is_told_that_charts_go_on_and_percents_stay_with_their_numbers() {
    let html = written(&samples::firm(71), None, &[], Language::ENGLISH);
    let charts = html.matches("<figure>").count();
    assert!(charts > 10 && html.matches("class=\"swipe\"").count() == charts);
    assert!(html.contains("position:sticky"), "the edge is shaded");
    let captions = html.split("<figcaption>").skip(1);
    for caption in captions.filter_map(|rest| rest.split("</figcaption>").next()) {
        assert!(!caption.contains(" %"), "{caption}");
    }
}

/// The values of an attribute, in order.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let open = format!(" {name}=\"");
    html.split(&open)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// What a page must be, whatever is on it: found without a browser.
fn stands_alone(html: &str) {
    for part in [
        "<link",
        "url(",
        "@import",
        "<iframe",
        "<object",
        "fetch(",
        "XMLHttpRequest",
        "import(",
    ] {
        assert!(!html.contains(part), "the page has {part}");
    }
    for name in ["src", "href", "action", "data", "srcset", "poster"] {
        for value in attributes(html, name) {
            assert!(
                !value.contains("//") && !value.starts_with("data:"),
                "{name}=\"{value}\" leads away from the page"
            );
        }
    }
    let ids = attributes(html, "id");
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "an id stands twice");
    for name in ["aria-labelledby", "href", "for"] {
        for word in attributes(html, name)
            .into_iter()
            .flat_map(str::split_whitespace)
        {
            let target = if name == "href" {
                word.strip_prefix('#')
            } else {
                Some(word)
            };
            if let Some(target) = target {
                assert!(
                    ids.contains(&target),
                    "{name} leads to `{target}`, which is not there"
                );
            }
        }
    }
    assert_eq!(
        html.matches("<img").count(),
        attributes(html, "alt").len(),
        "images without alt"
    );
    for svg in html.split("<svg").skip(1) {
        let tag = svg.split('>').next().unwrap();
        assert!(
            tag.contains("role=\"img\"") && tag.contains("aria-label"),
            "a picture without a name: {tag}"
        );
    }
    assert_eq!(html.matches("<h1").count(), 1);
    for landmark in ["<header>", "<main>", "<footer>", "<nav aria-label="] {
        assert_eq!(html.matches(landmark).count(), 1, "{landmark}");
    }
    let mut level = 0;
    for heading in html.split("<h").skip(1) {
        let Some(next) = heading.chars().next().and_then(|c| c.to_digit(10)) else {
            continue;
        };
        assert!(next <= level + 1, "from h{level} to h{next}");
        level = next;
    }
    assert!(html.contains("<html lang=\""));
}

#[test]
fn the_page_stands_alone_and_says_what_it_must() {
    let rows = samples::firm(71);
    let html = written(
        &rows,
        Some(&frames()),
        &["tables/events.csv".into()],
        Language::ENGLISH,
    );
    stands_alone(&html);
    for part in [
        "an illustration, not evidence",
        "allies run made-up.toml --seed 7",
        "href=\"tables/events.csv\"",
        "prefers-color-scheme: dark",
        "@media print",
        "Michael works as ",
        "Ng, Eby, Sorensen and Feldman 2005",
        "id=\"frames\"",
    ] {
        assert!(html.contains(part), "the page lacks {part}");
    }
    let analysis = Analysis::of(&rows);
    for chart in charts::draw(&analysis, &Options::default()).unwrap().charts {
        assert!(html.contains(&chart.title), "{}", chart.title);
    }
    let german = written(&rows, None, &[], Language::of_code("de").unwrap());
    stands_alone(&german);
    assert!(german.contains("<html lang=\"de\">") && german.contains("kein Beleg"));
    assert!(
        !german.contains("id=\"frames\""),
        "no snapshots, nothing to step through"
    );
}

#[test]
fn the_structure_test_can_fail() {
    let good = "<html lang=\"en\"><header><nav aria-label=\"c\"></nav><h1>t</h1></header><main><h2 id=\"a\">x</h2>\
                </main><footer></footer>";
    stands_alone(good);
    for (from, to) in [
        ("<h2 id=\"a\">", "<h3 id=\"a\">"),
        ("</main>", "<p id=\"a\"></p></main>"),
        ("</main>", "<img src=\"x.png\"></main>"),
        ("</main>", "<a href=\"https://example.org\">x</a></main>"),
        ("</main>", "<a href=\"#b\">x</a></main>"),
        ("</main>", "<svg></svg></main>"),
    ] {
        let bad = good.replace(from, to);
        let caught = std::panic::catch_unwind(|| stands_alone(&bad));
        assert!(caught.is_err(), "not noticed: {to}");
    }
}

#[test]
fn names_are_escaped_everywhere() {
    let mut rows = samples::firm(21);
    let evil = "</code><script>alert(1)</script>";
    rows.provenance.scenario = evil.into();
    rows.provenance.command = Some(evil.into());
    for row in &mut rows.employees {
        if row.employee < 2 {
            row.name = Some(evil.into());
            row.department = Some(evil.into());
        }
    }
    for row in &mut rows.positions {
        row.department = Some(evil.into());
    }
    let mut frames = frames();
    frames.people[0].name = Some(evil.into());
    let html = written(&rows, Some(&frames), &[evil.to_owned()], Language::ENGLISH);
    assert!(!html.contains("<script>alert"));
}

#[test]
fn an_empty_run_still_gives_a_page() {
    let rows = Rows::default();
    let chronicle = Chronicle::default();
    let material = Material {
        analysis: &Analysis::of(&rows),
        chronicle: &chronicle,
        frames: None,
        files: &[],
    };
    let html = page(material, Language::ENGLISH).unwrap();
    stands_alone(&html);
    assert!(html.contains("no restructuring happened in this run"));
    assert!(!html.contains("id=\"personas\""));
}
