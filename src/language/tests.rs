//! No message is missing, unused, or differs in its places between languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;

/// Places of a text, by name.
fn places(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        // a choice of words by a number is no place of its own: languages choose in other spots
        .map(|(name, _)| name.split(':').next().unwrap().to_owned())
        .collect()
}

/// The texts of a message.
fn texts(message: &Message) -> Vec<&str> {
    match message {
        Message::Plain(text) => vec![text],
        Message::ByNumber { one, other } => vec![one, other],
    }
}

/// All code and templates of the program, tests included: what a test says is said.
fn sources() -> String {
    fn read(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // this room only talks about saying
                if !path.ends_with("src/language") {
                    read(&path, all);
                }
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
                all.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = String::new();
    read(&root.join("src"), &mut all);
    read(&root.join("templates"), &mut all);
    all
}

#[test]
fn every_catalogue_has_the_same_messages_with_the_same_places() {
    let english = Catalogue::read(FILES[0].1).unwrap();
    assert!(english.messages.len() > 20, "the catalogue was read");
    for (code, file) in FILES {
        let catalogue = Catalogue::read(file).unwrap();
        assert!(!catalogue.decimal.is_empty(), "{code}: number.decimal");
        let keys = |of: &Catalogue| of.messages.keys().cloned().collect::<BTreeSet<String>>();
        let missing: Vec<_> = keys(&english)
            .difference(&keys(&catalogue))
            .cloned()
            .collect();
        let extra: Vec<_> = keys(&catalogue)
            .difference(&keys(&english))
            .cloned()
            .collect();
        assert!(missing.is_empty(), "{code} lacks {missing:?}");
        assert!(extra.is_empty(), "{code} has what English lacks: {extra:?}");
        for (key, message) in &catalogue.messages {
            let other = &english.messages[key];
            let all = |message: &Message| -> BTreeSet<String> {
                texts(message)
                    .iter()
                    .flat_map(|text| places(text))
                    .collect()
            };
            assert_eq!(all(message), all(other), "{code}: places of `{key}`");
            for text in texts(message) {
                assert_eq!(
                    text.matches('{').count(),
                    text.matches('}').count(),
                    "{code}: brackets of `{key}`"
                );
                assert!(!text.trim().is_empty(), "{code}: `{key}` is empty");
            }
        }
    }
}

#[test]
fn every_message_said_exists_and_every_message_is_said() {
    let english = Catalogue::read(FILES[0].1).unwrap();
    let sources = sources();
    // keys stand in the code as literals, or as a family: `name("strategy", …)`, format!("kind.{}")
    let mut missing = Vec::new();
    for rest in sources.split(".say(").skip(1) {
        let Some(literal) = rest.trim_start().strip_prefix('"') else {
            continue;
        };
        let key = literal.split('"').next().unwrap();
        // keys have a family; others say other things
        if key.contains('.') && !english.messages.contains_key(key) {
            missing.push(key.to_owned());
        }
    }
    assert!(missing.is_empty(), "said but in no catalogue: {missing:?}");
    let unused: Vec<&String> = english
        .messages
        .keys()
        .filter(|key| {
            let family = key.rsplit_once('.').map_or("", |(family, _)| family);
            !["list.and", "count.people"].contains(&key.as_str())
                && !sources.contains(&format!("\"{key}\""))
                && !sources.contains(&format!("name(\"{family}\""))
                && !sources.contains(&format!("\"{family}.{{"))
        })
        .collect();
    assert!(
        unused.is_empty(),
        "in the catalogues but never said: {unused:?}"
    );
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let german = Language::of_code("de").unwrap();
    let english = Language::ENGLISH;
    assert_eq!(english.number(1234.56, 1), "1234.6");
    assert_eq!(english.number(12_345.0, 0), "12,345");
    assert_eq!(german.number(1_234_567.25, 2), "1.234.567,25");
    assert_eq!(german.number(-0.04, 1), "0,0", "no minus before nothing");
    assert_eq!(english.number(-2.5, 1), "\u{2212}2.5");
    assert_eq!(german.percent(0.256), "26");
}

#[test]
fn one_is_said_otherwise_than_many() {
    let english = Language::ENGLISH;
    let say = |n: usize| english.say("count.people", &[("n", n.into())]);
    assert_eq!((say(1), say(0)), ("1 person".into(), "0 people".into()));
    assert_eq!(say(20_000), "20,000 people");
    for (code, one, many) in [
        ("en", "1 advocate, 2 informants", "0 advocates, 1 informant"),
        (
            "de",
            "1 Fürsprecher, 2 Informanten",
            "0 Fürsprecher, 1 Informant",
        ),
    ] {
        let say = |advocates: usize, informants: usize| {
            let counts = ["all", "close", "collaborators", "hollow", "bridges"];
            let mut values: Vec<(&str, Value<'_>)> =
                counts.map(|name| (name, 3_usize.into())).to_vec();
            values.push(("advocates", advocates.into()));
            values.push(("informants", informants.into()));
            Language::of_code(code)
                .unwrap()
                .say("alliances.numbers", &values)
        };
        assert!(say(1, 2).contains(one), "{}", say(1, 2));
        assert!(say(0, 1).contains(many), "{}", say(0, 1));
    }
    let words = ["a", "b", "c"].map(String::from);
    assert_eq!(english.list(&words), "a, b and c");
    assert_eq!(english.list(&words[..1]), "a");
}

/// Numbers with decimals, of which "1.0 promotions" is right, numbers that are never one, and words.
const NO_COUNTS: [&str; 8] = [
    "rate", "more", "high", "low", "less", "least", "factor", "strategy",
];

/// Nouns that some message of the catalogue has for many and not for one.
fn plurals(code: &str, catalogue: &Catalogue) -> BTreeSet<String> {
    let is_noun = |word: &&str| match code {
        "de" => word.starts_with(char::is_uppercase),
        _ => word.ends_with('s') || *word == "people",
    };
    let choices = catalogue
        .messages
        .values()
        .flat_map(texts)
        .flat_map(|text| text.split('{').skip(1))
        .filter_map(|rest| rest.split_once('}')?.0.split_once(':')?.1.split_once('|'));
    choices
        .flat_map(|(one, many)| {
            let own: Vec<&str> = words(one).collect();
            words(many).filter(move |word| !own.contains(word))
        })
        .filter(is_noun)
        .map(ToOwned::to_owned)
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic() && c != '-')
        .filter(|word| !word.is_empty())
}

#[test]
fn the_noun_after_a_number_follows_it() {
    for (code, file) in FILES {
        let catalogue = Catalogue::read(file).unwrap();
        let plurals = plurals(code, &catalogue);
        for (of, known) in [("en", "colleagues"), ("de", "Bindungen")] {
            assert!(of != code || plurals.contains(known), "{known}");
        }
        // a single witness has messages of its own
        let messages = catalogue.messages.iter();
        for (key, message) in messages.filter(|m| !m.0.starts_with("story.witnesses.")) {
            let of_many = match message {
                Message::ByNumber { other, .. } => other,
                Message::Plain(_) => "",
            };
            for text in texts(message) {
                let places = text.split('{').skip(1).filter_map(|r| r.split_once('}'));
                for (place, rest) in places {
                    let is_chosen = place.contains(':') || (place == "n" && text == of_many);
                    let noun = rest.strip_prefix(' ').and_then(|rest| words(rest).next());
                    let Some(noun) = noun.filter(|noun| plurals.contains(*noun)) else {
                        continue;
                    };
                    assert!(
                        is_chosen || NO_COUNTS.contains(&place),
                        "{code}: `{key}` says \"1 {noun}\" where {{{place}}} is one: {text}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_said_of_some_fits_one_of_them() {
    let say = |code: &str, key: &str, one: &str, n: usize| {
        let values = [
            ("n", n.into()),
            (one, 1.into()),
            ("name", "Ada".into()),
            ("weeks", 4.into()),
        ];
        Language::of_code(code).unwrap().say(key, &values)
    };
    let silent = "story.witnesses.ties_silent";
    assert!(say("en", silent, "counted_on", 2).contains("1 of them a strong tie of Ada"));
    assert!(say("de", silent, "counted_on", 2).contains("zu 1 davon hatte Ada eine starke"));
    let kept = "story.ties_kept";
    assert!(say("en", kept, "kept", 3).contains("1 of 3 ties was still"));
    assert!(say("de", kept, "kept", 3).contains("war noch 1 von 3 Beziehungen"));
}

#[test]
fn names_that_the_catalogue_does_not_know_stay_as_they_are() {
    let german = Language::of_code("de").unwrap();
    assert_eq!(german.name("strategy", "a fourth one"), "a fourth one");
    assert_ne!(german.name("strategy", "isolated"), "isolated");
}

#[test]
fn every_mechanism_that_can_be_switched_off_has_a_name() {
    for section in crate::validation::ablation::mechanisms() {
        let key = format!("mechanism.{section}");
        for language in Language::all() {
            assert!(language.knows(&key), "{}: {key}", language.code());
        }
    }
}

#[test]
fn an_unknown_language_is_named_with_those_there_are() {
    assert_eq!(
        Language::of_code("fr").unwrap_err(),
        "there is no language `fr`; there are: en, de"
    );
}

#[test]
#[should_panic(expected = "no message")]
fn a_missing_message_is_found_by_any_test_that_says_it() {
    Language::ENGLISH.say("no.such.message", &[]);
}
