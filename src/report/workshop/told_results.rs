//! What the paired runs of a card found, in words and numbers for the room.

use super::Result as CardResult;
use super::pack::Pack;
use crate::analysis::{Contrast, Count};
use crate::language::{Language, capitalised};

/// A card's results, in words.
pub(super) struct Shown<'a> {
    pub(super) card: &'a super::Card,
    pub(super) command: String,
    pub(super) summary: String,
    pub(super) rows: Vec<Row>,
}

/// A measure with and without.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) without: String,
    pub(super) with: String,
    pub(super) difference: String,
    pub(super) clear: bool,
    pub(super) verdict: String,
    /// Bar of the interval and dot of the estimate, in percent of the row's width.
    pub(super) bar: (f64, f64, f64),
}

/// What a card's result says, for the page of results.
pub(super) fn shown<'a>(result: &'a CardResult, pack: &Pack<'_>, language: Language) -> Shown<'a> {
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
