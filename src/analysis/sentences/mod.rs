//! What happened in a run, in sentences with numbers: for the terminal, the charts' titles and the report.

mod findings;

use super::Analysis;
use crate::language::{Language, real};

pub use findings::{
    constraint_finding, occasion, outcome_finding, people_of, promotion_finding, survival_finding,
};

/// The three sentences for the terminal: promotions, restructurings, personas.
pub(super) fn three(analysis: &Analysis, language: Language) -> [String; 3] {
    [
        promotions(analysis, language),
        restructurings(analysis, language),
        personas(analysis, language),
    ]
}

fn promotions(analysis: &Analysis, language: Language) -> String {
    let rates: Vec<String> = analysis
        .promotions
        .by_strategy
        .iter()
        .filter_map(|record| {
            let rate = record.rate?;
            let promotions = language.say("count.promotions", &[("n", record.promotions.into())]);
            Some(language.say(
                "sentence.promotions_rate",
                &[
                    (
                        "strategy",
                        language.name("strategy", &record.strategy).into(),
                    ),
                    ("rate", real(rate.estimate, 1)),
                    ("lower", real(rate.lower, 1)),
                    ("upper", real(rate.upper, 1)),
                    ("promotions", promotions.into()),
                    ("years", real(record.employee_years, 0)),
                ],
            ))
        })
        .collect();
    if rates.is_empty() {
        return language.say("sentence.promotions_nobody", &[]);
    }
    let finding = promotion_finding(&analysis.promotions.by_strategy, language);
    language.say(
        "sentence.promotions",
        &[
            ("rates", rates.join(", ").into()),
            ("finding", finding.into()),
        ],
    )
}

fn restructurings(analysis: &Analysis, language: Language) -> String {
    let found = &analysis.restructurings;
    if found.each.is_empty() {
        return language.say("sentence.restructurings_none", &[]);
    }
    let people = |n: usize| language.say("count.people", &[("n", n.into())]);
    let shares: Vec<String> = found
        .pooled
        .iter()
        .filter_map(|counts| {
            let worse = counts.worse()?;
            Some(language.say(
                "sentence.restructurings_share",
                &[
                    (
                        "strategy",
                        language.name("strategy", &counts.strategy).into(),
                    ),
                    ("share", language.percent(worse.estimate).into()),
                    ("lower", language.percent(worse.lower).into()),
                    ("upper", language.percent(worse.upper).into()),
                    ("people", people(counts.people()).into()),
                ],
            ))
        })
        .collect();
    language.say(
        "sentence.restructurings",
        &[
            ("n", found.each.len().into()),
            ("people", people(found.people()).into()),
            ("shares", shares.join(", ").into()),
            ("finding", outcome_finding(&found.pooled, language).into()),
        ],
    )
}

fn personas(analysis: &Analysis, language: Language) -> String {
    if analysis.personas.is_empty() {
        return language.say("sentence.personas_none", &[]);
    }
    let careers: Vec<String> = analysis
        .personas
        .iter()
        .map(|career| {
            let end = match (&career.exit, &career.last_post) {
                (Some(exit), _) => language.say(
                    "sentence.career_exit",
                    &[
                        ("what", exit.text(language).into()),
                        ("when", exit.when(language).into()),
                    ],
                ),
                (None, Some(post)) => {
                    language.say("sentence.career_post", &[("post", post.into())])
                }
                (None, None) => language.say("sentence.career_unknown", &[]),
            };
            let count = |key: &str, n: usize| language.say(key, &[("n", n.into())]);
            language.say(
                "sentence.career",
                &[
                    ("name", (&career.name).into()),
                    (
                        "strategy",
                        language.name("strategy", &career.strategy).into(),
                    ),
                    (
                        "promotions",
                        count("count.promotions", career.promotions).into(),
                    ),
                    (
                        "reassignments",
                        count("count.reassignments", career.reassignments).into(),
                    ),
                    ("end", end.into()),
                ],
            )
        })
        .collect();
    language.say(
        "sentence.personas",
        &[("careers", careers.join("; ").into())],
    )
}
