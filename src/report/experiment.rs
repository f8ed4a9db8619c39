//! The report of an experiment: question, findings, charts, evidence and how to repeat it, in one file that needs no
//! network and no scripts.

use askama::Template;

use super::claims::{Claim, Kind, claims};
use super::{Error, Figure, bound, figures, known_by, of_kind, on_a_page};
use crate::analysis::study::{Study, findings};
use crate::charts::{self, Theme, css_variables};
use crate::language::Language;

#[derive(Template)]
#[template(path = "experiment.html")]
struct Page<'a> {
    language: Language,
    title: String,
    facts: String,
    question: &'a str,
    sentences: Vec<String>,
    /// What the arms are called and what they are, where their author says so.
    arms: Vec<(String, &'a str)>,
    charts: Vec<Figure>,
    known: Vec<Claim>,
    assumed: Vec<Claim>,
    /// What runs it again, in its folder.
    command: Option<&'a String>,
    hash: String,
    footer: String,
    light: String,
    dark: String,
}

impl Page<'_> {
    /// A message without places.
    fn word(&self, key: &str) -> String {
        bound(&self.language.say(key, &[]))
    }
}

/// The page as HTML; the same bytes for the same study.
///
/// # Errors
/// When a chart cannot be drawn or the page cannot be filled in.
pub fn page(study: &Study, language: Language) -> Result<String, Error> {
    let drawn = charts::draw_experiment(study, &on_a_page(language))?;
    let source = &study.provenance;
    let shown = study.arms.iter().filter(|arm| arm.shown).count();
    let seed = ("seed", source.seed.to_string().into());
    let all = claims(language)?;
    let facts = if let Some(found) = &study.calibration {
        // its particles are no arms to look at
        let values = [("rounds", found.rounds.into()), seed];
        language.say("report.experiment.calibration", &values)
    } else if !study.sensitivities.is_empty() {
        // its arms are the points of its design
        let (arms, replicates) = (study.arms.len().into(), study.replicates.into());
        let values = [("arms", arms), ("replicates", replicates), seed];
        language.say("report.experiment.sensitivity", &values)
    } else {
        let (arms, replicates) = (shown.into(), study.replicates.into());
        let values = [("arms", arms), ("replicates", replicates), seed];
        language.say("report.experiment.facts", &values)
    };
    // what a calibration found is said by its chart
    let posterior = drawn
        .charts
        .iter()
        .filter(|chart| chart.name == "posterior");
    let mut told: Vec<String> = posterior.map(|chart| chart.title.clone()).collect();
    told.extend(findings(study, language));
    let page = Page {
        title: language.say("report.title", &[("scenario", (&source.scenario).into())]),
        facts,
        question: &study.question,
        sentences: told
            .iter()
            .map(|sentence| bound(sentence.trim_end_matches('.')) + ".")
            .collect(),
        arms: (0..study.arms.len())
            .filter(|arm| study.arms[*arm].shown && !study.arms[*arm].description.is_empty())
            .map(|arm| (study.called(arm), study.arms[arm].description.as_str()))
            .collect(),
        charts: figures(drawn.charts, language),
        known: of_kind(&all, Kind::Evidence),
        assumed: of_kind(&all, Kind::Assumption),
        command: source.command.as_ref(),
        hash: known_by(source, language),
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
        study.arms[1].description = "Half of it.".into();
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
        assert!(
            html.contains("<dt>x 0.5</dt><dd>Half of it.</dd>"),
            "{html}"
        );
        assert_eq!(html.matches("<dt>").count(), 1, "no word of the others");
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
