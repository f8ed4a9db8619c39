//! The report of an experiment: question, findings, charts, evidence and how to repeat it, in one file that needs no
//! network and no scripts.

use askama::Template;

use super::claims::{Claim, Kind, claims};
use super::{Error, Figure, bound, of_kind};
use crate::analysis::study::{Study, findings};
use crate::charts::{self, Options, Size, Theme, css_variables};
use crate::language::Language;

#[derive(Template)]
#[template(path = "experiment.html")]
struct Page<'a> {
    language: Language,
    title: String,
    facts: String,
    question: &'a str,
    sentences: Vec<String>,
    charts: Vec<Figure>,
    known: Vec<Claim>,
    assumed: Vec<Claim>,
    hash: String,
    footer: String,
    light: String,
    dark: String,
}

impl Page<'_> {
    /// A message without places.
    fn word(&self, key: &str) -> String {
        self.language.say(key, &[])
    }
}

/// The page as HTML; the same bytes for the same study.
///
/// # Errors
/// When a chart cannot be drawn or the page cannot be filled in.
pub fn page(study: &Study, language: Language) -> Result<String, Error> {
    let options = Options {
        png: false,
        size: Size::Page,
        language,
        ..Options::default()
    };
    let drawn = charts::draw_experiment(study, &options)?;
    let source = &study.provenance;
    let shown = study.arms.iter().filter(|arm| arm.shown).count();
    let all = claims(language)?;
    let page = Page {
        title: language.say("report.title", &[("scenario", (&source.scenario).into())]),
        facts: language.say(
            "report.experiment.facts",
            &[
                ("arms", shown.into()),
                ("replicates", study.replicates.into()),
                ("seed", source.seed.to_string().into()),
            ],
        ),
        question: &study.question,
        sentences: findings(study, language)
            .iter()
            .map(|sentence| bound(sentence.trim_end_matches('.')) + ".")
            .collect(),
        charts: drawn
            .charts
            .into_iter()
            .map(|chart| Figure::of(chart, language))
            .collect(),
        known: of_kind(&all, Kind::Evidence),
        assumed: of_kind(&all, Kind::Assumption),
        hash: language.say(
            "report.hash",
            &[
                ("hash", (&source.scenario_hash).into()),
                ("version", (&source.version).into()),
            ],
        ),
        footer: language.say("report.footer", &[("version", (&source.version).into())]),
        light: css_variables(Theme::Light),
        dark: css_variables(Theme::Dark),
        language,
    };
    Ok(page.render()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::study::response_finding;
    use crate::analysis::study::tests::study;

    #[test]
    fn the_page_of_an_experiment_has_its_question_finding_and_charts_and_asks_for_nothing_else() {
        let mut study = study(2.0);
        study.question = "Does x matter <at all>?".into();
        let html = page(&study, Language::ENGLISH).unwrap();
        assert_eq!(
            html,
            page(&study, Language::ENGLISH).unwrap(),
            "the same bytes"
        );
        assert!(html.contains("Does x matter &#60;at all&#62;?"), "escaped");
        let finding = response_finding(&study, 0, Language::ENGLISH).unwrap();
        assert!(html.contains(&format!("<p>{finding}.</p>")), "{finding}");
        for chart in ["effects", "distributions", "differences", "response"] {
            assert!(html.contains(&format!("id=\"chart-{chart}\"")), "{chart}");
        }
        assert_eq!(
            html.matches("<svg").count(),
            html.matches("<figure").count()
        );
        for asks in ["src=\"http", "href=\"http", "url(http", "@import"] {
            assert!(!html.contains(asks), "{asks}");
        }
        assert!(!html.contains("<script"));
        let german = page(&study, Language::of_code("de").unwrap()).unwrap();
        assert!(german.contains("lang=\"de\"") && german.contains("Wiederholungen"));
    }
}
