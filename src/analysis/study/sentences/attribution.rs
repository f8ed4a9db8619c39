//! Shares of mechanisms in words.

use super::numbers::with_interval;
use crate::analysis::Interval;
use crate::analysis::statistics::bootstrap;
use crate::analysis::statistics::distributions::t_quantile;
use crate::analysis::statistics::shapley::Player;
use crate::analysis::study::{Attributed, Study, called_mechanism};
use crate::language::{Language, Value, real};

/// A share with half its interval's width: "55 % ± 6".
fn share(interval: &Interval, language: Language) -> String {
    let half = (interval.upper - interval.lower) * 50.0;
    let estimate = real(interval.estimate * 100.0, 0);
    language.say(
        "experiment.half",
        &[("estimate", estimate), ("half", real(half, 0))],
    )
}

/// Which mechanisms make a contrast, without a full stop.
pub fn attribution_finding(study: &Study, attributed: &Attributed, language: Language) -> String {
    let found = &attributed.found;
    let mut whole = with_interval(&found.whole, language);
    // of a single arm there is nothing to tell it from
    if is_of_several(study) {
        let own = [("whole", whole.into()), ("of", (&attributed.of).into())];
        whole = language.say("experiment.share.whole", &own);
    }
    let mut values: Vec<(&str, Value<'_>)> = vec![
        ("title", (&study.outcomes[attributed.outcome].title).into()),
        ("whole", whole.into()),
        ("runs", found.replicates.into()),
    ];
    let mut parts: Vec<(String, Interval)> = attributed
        .mechanisms
        .iter()
        .zip(&found.players)
        .filter_map(|(name, player)| Some((called_mechanism(name, language), player.share?)))
        .collect();
    let clear = |interval: &Interval| interval.lower > 0.0 || interval.upper < 0.0;
    if parts.is_empty() && clear(&found.whole) {
        values.push(("least", bootstrap::LEAST.into()));
        return language.say("experiment.share.few", &values);
    }
    if parts.is_empty() {
        return language.say("experiment.share.nothing", &values);
    }
    parts.sort_by(|a, b| b.1.estimate.abs().total_cmp(&a.1.estimate.abs()));
    let of = |(name, part): &(String, Interval), key: &str| {
        let own = [
            ("share", share(part, language).into()),
            ("name", name.into()),
        ];
        language.say(key, &own)
    };
    let sure = || parts.iter().filter(|part| clear(&part.1));
    let makes: Vec<String> = sure()
        .filter(|part| part.1.estimate > 0.0)
        .map(|part| of(part, "experiment.share.from"))
        .collect();
    let against: Vec<String> = sure()
        .filter(|part| part.1.estimate <= 0.0)
        .map(|part| of(part, "experiment.share.named"))
        .collect();
    let unsure: Vec<&str> = parts
        .iter()
        .filter(|(_, part)| !clear(part))
        .map(|(name, _)| name.as_str())
        .collect();
    let mut told = Vec::new();
    if !makes.is_empty() {
        told.push(makes.join(", "));
    }
    if !against.is_empty() {
        let own = [
            ("n", against.len().into()),
            ("names", language.list(&against).into()),
        ];
        told.push(language.say("experiment.share.against", &own));
    }
    let is_told = !told.is_empty();
    let mut listed = if is_told {
        told.join("; ")
    } else {
        language.say("experiment.share.none_clear", &[])
    };
    if is_told && !unsure.is_empty() {
        let own = [
            ("listed", listed.into()),
            ("names", unsure.join(", ").into()),
        ];
        listed = language.say("experiment.share.unclear", &own);
    }
    if let Some(rest) = found.none_share.filter(clear) {
        let own = [
            ("listed", listed.into()),
            ("share", share(&rest, language).into()),
        ];
        listed = language.say("experiment.share.rest", &own);
    }
    if let Some(part) = sampling_part(study, attributed) {
        let own = [("listed", listed.into()), ("part", real(100.0 * part, 0))];
        listed = language.say("experiment.share.sampling", &own);
    }
    values.push(("listed", listed.into()));
    language.say("experiment.share.shares", &values)
}

/// Whether there are several arms or contrasts that an attribution may be of.
pub fn is_of_several(study: &Study) -> bool {
    study.arms.iter().filter(|arm| arm.shown).count() > 1
}

/// The largest part of a value's variance that comes from sampling orders; none where none were sampled.
fn sampling_part(study: &Study, attributed: &Attributed) -> Option<f64> {
    let found = &attributed.found;
    let freedom = found.replicates as f64 - 1.0;
    let t = t_quantile(0.5 + 0.5 * study.confidence, freedom);
    let part = |player: &Player| {
        let error = (player.value.upper - player.value.lower) / (2.0 * t);
        let sampling = player.sampling?;
        (error > 0.0).then(|| (sampling * sampling / (error * error)).min(1.0))
    };
    found.players.iter().filter_map(part).reduce(f64::max)
}

/// Outcomes and contrasts that could not be attributed, a sentence each.
pub fn unattributed(study: &Study, language: Language) -> Vec<String> {
    let sentence = |(outcome, of): &(usize, String)| {
        let title = &study.outcomes[*outcome].title;
        let values = [("title", title.into()), ("of", of.into())];
        language.say("experiment.share.unattributed", &values)
    };
    study.unattributed.iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::statistics::{Bootstrap, Streams, shapley};
    use crate::analysis::study::tests::study;

    const EN: Language = Language::ENGLISH;

    #[test]
    fn shares_are_stated_with_half_their_width() {
        let how = Bootstrap::new(Streams::new(1, "words"));
        let value = |on: u32, r: usize| {
            let luck = if r.is_multiple_of(2) { 0.02 } else { -0.02 };
            Some(f64::from(on & 1) * (3.0 + luck) + f64::from(on >> 1) + luck)
        };
        let attributed = Attributed {
            outcome: 0,
            of: "isolated - authentic".into(),
            mechanisms: vec!["reputation".into(), "influence".into()],
            found: shapley::exact(2, 10, value, &how).unwrap(),
        };
        let text = attribution_finding(&study(1.0), &attributed, EN);
        assert!(
            text.contains("75 % ± 0 from reputation, 25 % ± 0 from influence"),
            "{text}"
        );
        let nothing = |on: u32, r: usize| {
            Some(if r.is_multiple_of(2) {
                f64::from(on)
            } else {
                -f64::from(on)
            })
        };
        let attributed = Attributed {
            found: shapley::exact(2, 10, nothing, &how).unwrap(),
            ..attributed
        };
        let text = attribution_finding(&study(1.0), &attributed, EN);
        assert!(text.contains("may be nothing"), "{text}");
    }
}
