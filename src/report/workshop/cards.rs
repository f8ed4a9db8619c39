//! Decision cards, from `assets/workshop/cards.toml`.

use serde::Deserialize;

use crate::language::Language;
use crate::report::Error;

const FILE: &str = include_str!("../../../assets/workshop/cards.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    card: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    set: Vec<String>,
    en: Words,
    de: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: String,
    story: String,
    predict: String,
    expect: String,
}

/// A decision of the firm that the room may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Short name, for anchors.
    pub id: String,
    /// What it sets, as `--set` takes it.
    pub set: Vec<String>,
    /// What the decision is called.
    pub title: String,
    /// What the firm does.
    pub story: String,
    /// What to ask before the result is shown.
    pub predict: String,
    /// What to expect, and why.
    pub expect: String,
}

/// All cards, in the order of the file.
///
/// # Errors
/// When the program was built with a file that cannot be read.
pub fn cards(language: Language) -> Result<Vec<Card>, Error> {
    let file: File = toml::from_str(FILE)?;
    Ok(file
        .card
        .into_iter()
        .map(|entry| {
            let words = if language.code() == "de" {
                entry.de
            } else {
                entry.en
            };
            Card {
                id: entry.id,
                set: entry.set,
                title: words.title,
                story: words.story,
                predict: words.predict,
                expect: words.expect,
            }
        })
        .collect())
}

/// The card of one persona who relates in another way, all else equal.
pub fn persona_card(name: &str, number: usize, strategy: &str, language: Language) -> Card {
    let values = [
        ("name", name.into()),
        ("strategy", language.name("strategy", strategy).into()),
    ];
    Card {
        id: format!("persona-{number}"),
        set: vec![format!("personas.{number}.strategy=\"{strategy}\"")],
        title: language.say("workshop.twin.title", &values),
        story: language.say("workshop.twin.story", &values),
        predict: language.say("workshop.twin.predict", &values),
        expect: language.say("workshop.twin.expect", &values),
    }
}
