//! Stories: a career in words, with the causes that the panels wrote down.
//!
//! ```text
//! analysis::story::Story (numbers) ──► tell: Told (sentences) ──► text, page
//! ```

mod ordinal;
mod panels;
mod tell;
mod text;

use askama::Template;

pub use tell::{Entry, Told, tell};
pub use text::text;

use super::Error;
use crate::analysis::story::{Chronicle, Story};
use crate::charts::{Theme, css_variables};
use crate::language::Language;

#[derive(Template)]
#[template(path = "story.html")]
struct Page<'a> {
    language: Language,
    told: &'a Told,
    light: String,
    dark: String,
}

impl Page<'_> {
    /// A message without places.
    fn word(&self, key: &str) -> String {
        self.language.say(key, &[])
    }
}

/// The story as a page of its own.
///
/// # Errors
/// When the page cannot be filled in.
pub fn page(chronicle: &Chronicle, story: &Story, language: Language) -> Result<String, Error> {
    let told = tell(chronicle, story, language);
    let page = Page {
        language,
        told: &told,
        light: css_variables(Theme::Light),
        dark: css_variables(Theme::Dark),
    };
    Ok(page.render()?)
}
