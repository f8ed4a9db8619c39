//! The pages of the pack, filled in.

use askama::Template;

use super::Result as CardResult;
use crate::analysis::story::{Chronicle, What};
use crate::analysis::{Analysis, Contrast, Count};
use crate::charts::{Theme, css_variables};
use crate::language::{Language, capitalised};
use crate::report::claims::{Claim, Kind, claims};
use crate::report::stories::{self, Told};
use crate::report::{Error, bound, of_kind};

/// Minutes of the parts of the session, in their order; the guide names and adds them up.
const MINUTES: [(&str, u32); 7] = [
    ("welcome", 5),
    ("personas", 15),
    ("predict", 5),
    ("reveal", 10),
    ("cards", 30),
    ("debrief", 15),
    ("home", 10),
];

/// What the pack is made from.
#[derive(Debug, Clone, Copy)]
pub struct Pack<'a> {
    /// The run that personas and charts come from.
    pub analysis: &'a Analysis,
    /// Its rows.
    pub chronicle: &'a Chronicle,
    /// Charts ready for slides.
    pub charts: &'a [SlideChart],
    /// Cards with their results.
    pub results: &'a [CardResult],
    /// Cards that do not fit the scenario, by title, with the reason.
    pub left_out: &'a [(String, String)],
    /// Pairs of runs a card.
    pub replicates: usize,
    /// The root that the seeds of the pairs follow from.
    pub root: u64,
    /// The first seed of the pairs.
    pub seed: u64,
    /// The scenario file, as the user named it.
    pub scenario_file: &'a str,
}

/// A chart of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlideChart {
    /// File without ending, relative to the pack.
    pub file: String,
    /// Its title: the finding.
    pub title: String,
    /// What a reader who cannot see it must know.
    pub alt: String,
}

/// A page of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// Name of the file.
    pub name: String,
    /// The page.
    pub html: String,
}

/// What all pages share.
struct Frame {
    language: Language,
    scenario: String,
    footer: String,
    light: String,
    dark: String,
}

/// A word of the catalogue, for templates.
fn word(frame: &Frame, key: &str) -> String {
    bound(&frame.language.say(key, &[]))
}

#[derive(Template)]
#[template(path = "workshop/index.html")]
struct Index<'a> {
    frame: &'a Frame,
    personas: &'a [Sheet],
    charts: &'a [SlideChart],
    left_out: &'a [(String, String)],
}

#[derive(Template)]
#[template(path = "workshop/guide.html")]
struct Guide<'a> {
    frame: &'a Frame,
    steps: Vec<Step>,
    total: String,
    personas: &'a [Sheet],
    charts: &'a [SlideChart],
    cards: &'a [CardResult],
}

#[derive(Template)]
#[template(path = "workshop/persona.html")]
struct Persona<'a> {
    frame: &'a Frame,
    sheet: &'a Sheet,
}

#[derive(Template)]
#[template(path = "workshop/cards.html")]
struct Cards<'a> {
    frame: &'a Frame,
    cards: &'a [CardResult],
}

#[derive(Template)]
#[template(path = "workshop/results.html")]
struct Results<'a> {
    frame: &'a Frame,
    intro: String,
    cards: Vec<Shown<'a>>,
}

#[derive(Template)]
#[template(path = "workshop/debrief.html")]
struct Debrief<'a> {
    frame: &'a Frame,
    known: Vec<Claim>,
    assumed: Vec<Claim>,
}

/// A part of the session.
struct Step {
    minutes: u32,
    name: String,
    what: String,
}

/// One persona's sheet: what is known before, and the story.
struct Sheet {
    file: String,
    before: Vec<String>,
    told: Told,
    questions: Vec<String>,
}

/// A card's results, in words.
struct Shown<'a> {
    card: &'a super::Card,
    command: String,
    summary: String,
    rows: Vec<Row>,
}

/// A measure with and without.
struct Row {
    name: String,
    without: String,
    with: String,
    difference: String,
    clear: bool,
    verdict: String,
    /// Bar of the interval and dot of the estimate, in percent of the row's width.
    bar: (f64, f64, f64),
}

/// All pages of the pack.
///
/// # Errors
/// When a page cannot be filled in.
pub fn pages(pack: Pack<'_>, language: Language) -> Result<Vec<PageFile>, Error> {
    let provenance = &pack.analysis.provenance;
    let frame = Frame {
        language,
        scenario: provenance.scenario.clone(),
        footer: language.say(
            "workshop.footer",
            &[
                ("version", (&provenance.version).into()),
                ("hash", (&provenance.scenario_hash).into()),
                ("seed", provenance.seed.to_string().into()),
            ],
        ),
        light: css_variables(Theme::Light),
        dark: css_variables(Theme::Dark),
    };
    let sheets = sheets(pack.chronicle, language);
    let mut files = Vec::new();
    let mut add = |name: &str, html: String| {
        files.push(PageFile {
            name: name.to_owned(),
            html: bound(&html),
        });
    };
    add(
        "index.html",
        Index {
            frame: &frame,
            personas: &sheets,
            charts: pack.charts,
            left_out: pack.left_out,
        }
        .render()?,
    );
    add(
        "guide.html",
        Guide {
            frame: &frame,
            steps: MINUTES
                .iter()
                .map(|(name, minutes)| Step {
                    minutes: *minutes,
                    name: language.say(&format!("workshop.step.{name}"), &[]),
                    what: language.say(&format!("workshop.step.{name}_what"), &[]),
                })
                .collect(),
            total: language.say(
                "workshop.total",
                &[("n", MINUTES.iter().map(|step| step.1).sum::<u32>().into())],
            ),
            personas: &sheets,
            charts: pack.charts,
            cards: pack.results,
        }
        .render()?,
    );
    for sheet in &sheets {
        let page = Persona {
            frame: &frame,
            sheet,
        };
        add(&sheet.file, page.render()?);
    }
    let cards = Cards {
        frame: &frame,
        cards: pack.results,
    };
    add("cards.html", cards.render()?);
    let results = Results {
        frame: &frame,
        intro: language.say(
            "workshop.results.intro",
            &[
                ("n", pack.replicates.into()),
                ("seed", pack.root.to_string().into()),
            ],
        ),
        cards: pack
            .results
            .iter()
            .map(|result| shown(result, &pack, language))
            .collect(),
    };
    add("results.html", results.render()?);
    let all = claims(language)?;
    let debrief = Debrief {
        frame: &frame,
        known: of_kind(&all, Kind::Evidence),
        assumed: of_kind(&all, Kind::Assumption),
    };
    add("debrief.html", debrief.render()?);
    Ok(files)
}

fn sheets(chronicle: &Chronicle, language: Language) -> Vec<Sheet> {
    chronicle
        .personas()
        .iter()
        .map(|story| {
            let told = stories::tell(chronicle, story, language);
            // what is known at the start; everything after is for the second page
            let known = story
                .chapters
                .iter()
                .take_while(|chapter| matches!(chapter.what, What::There(_)))
                .count();
            let before = told.entries[..known]
                .iter()
                .flat_map(|entry| std::iter::once(&entry.headline).chain(&entry.body))
                .cloned()
                .collect();
            let name = [("name", (&told.name).into())];
            let questions = ["career", "restructuring", "advice"]
                .map(|key| language.say(&format!("workshop.ask.{key}"), &name));
            Sheet {
                file: format!("persona-{}.html", story.employee),
                before,
                questions: questions.into(),
                told,
            }
        })
        .collect()
}

fn shown<'a>(result: &'a CardResult, pack: &Pack<'_>, language: Language) -> Shown<'a> {
    let sets: Vec<String> = result
        .card
        .set
        .iter()
        .map(|set| format!("--set '{set}'"))
        .collect();
    // what rose and what fell, each in a row: measures are singular and plural, so that no verb fits them all
    let moved = |up: bool, key: &str| {
        let names: Vec<String> = result
            .changes
            .iter()
            .filter(|change| change.paired.is_clear())
            .filter(|change| (change.paired.difference.estimate > 0.0) == up)
            .map(|change| name(&change.measure, language))
            .collect();
        let measures = language.list(&names);
        (!names.is_empty()).then(|| language.say(key, &[("measures", measures.into())]))
    };
    let clear: Vec<String> = [
        moved(true, "workshop.results.rises"),
        moved(false, "workshop.results.falls"),
    ]
    .into_iter()
    .flatten()
    .collect();
    Shown {
        card: &result.card,
        command: format!(
            "allies run {} --seed {} {}",
            pack.scenario_file,
            pack.seed,
            sets.join(" ")
        ),
        summary: if clear.is_empty() {
            language.say("workshop.results.unclear", &[("n", pack.replicates.into())])
        } else {
            let values = [
                ("changes", clear.join("; ").into()),
                ("n", pack.replicates.into()),
            ];
            capitalised(&language.say("workshop.results.clear", &values))
        },
        rows: result
            .changes
            .iter()
            .map(|change| row(change, language))
            .collect(),
    }
}

/// What a measure is called.
fn name(measure: &Count, language: Language) -> String {
    let of = |key: &str, strategy: &str| {
        let strategy = language.name("strategy", strategy);
        language.say(key, &[("strategy", strategy.into())])
    };
    match measure {
        Count::Promotions(strategy) => of("workshop.measure.promotions", strategy),
        Count::WorseOff(strategy) => of("workshop.measure.worse_off", strategy),
        Count::Exits => language.say("workshop.measure.exits", &[]),
        Count::Output => language.say("workshop.measure.output", &[]),
        Count::AcrossDepartments => language.say("workshop.measure.across", &[]),
        Count::PersonaPromotions(name) => {
            language.say("workshop.measure.persona", &[("name", name.into())])
        }
    }
}

fn row(change: &Contrast, language: Language) -> Row {
    let found = change.paired.difference;
    let least = match change.measure {
        Count::Output => 3,
        Count::PersonaPromotions(_) => 2,
        _ => 1,
    };
    // a limit that is clear of zero must not be written as zero
    let is_seen = |decimals: usize, value: f64| {
        let figures = format!("{:.decimals$}", value.abs());
        figures.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
    };
    let decimals = (least..5)
        .find(|d| !change.paired.is_clear() || is_seen(*d, found.lower) && is_seen(*d, found.upper))
        .unwrap_or(least);
    let number = |value: f64| language.number(value, decimals);
    let signed = |value: f64| {
        let text = number(value);
        if value > 0.0 && is_seen(decimals, value) {
            format!("+{text}")
        } else {
            text
        }
    };
    // zero in the middle; the row is as wide as its own interval needs
    let reach = found.lower.abs().max(found.upper.abs()).max(1e-12);
    let place = |value: f64| 50.0 + 46.0 * value / reach;
    let values = [
        ("estimate", signed(found.estimate).into()),
        ("lower", number(found.lower).into()),
        ("upper", number(found.upper).into()),
    ];
    Row {
        name: capitalised(&name(&change.measure, language)),
        without: number(change.paired.second.estimate),
        with: number(change.paired.first.estimate),
        difference: language.say("workshop.results.difference", &values),
        clear: change.paired.is_clear(),
        verdict: {
            let n = [("n", change.paired.pairs.into())];
            if change.paired.is_clear() {
                language.say("workshop.results.is_clear", &n)
            } else if found.lower == 0.0 && found.upper == 0.0 {
                language.say("workshop.results.is_same", &n)
            } else {
                language.say("workshop.results.is_unclear", &n)
            }
        },
        bar: (
            place(found.lower),
            place(found.upper),
            place(found.estimate),
        ),
    }
}
