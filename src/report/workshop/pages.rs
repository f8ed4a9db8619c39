//! The pages of the pack, filled in.

use askama::Template;

use super::Result as CardResult;
use super::pack::{Pack, SlideChart};
use super::told_results::{Shown, shown};
use crate::analysis::story::{Chronicle, What};
use crate::charts::{Theme, css_variables};
use crate::language::Language;
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
