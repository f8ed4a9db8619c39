//! The network's snapshots as data for the page's own script.

use serde_json::{Value, json};

use super::Error;
use crate::analysis::Frames;
use crate::charts::strategy_looks;
use crate::language::Language;

/// The snapshots as JSON that may stand in a script element.
pub(super) fn data(frames: &Frames) -> Result<String, Error> {
    Ok(harmless(&serde_json::to_string(frames)?))
}

/// The words that the script says.
pub(super) fn words(frames: &Frames, language: Language) -> Result<String, Error> {
    // the script fills these places itself
    let as_is = |key: &str, places: &[&str]| {
        let braced: Vec<String> = places.iter().map(|place| format!("{{{place}}}")).collect();
        let values: Vec<(&str, crate::language::Value<'_>)> = places
            .iter()
            .zip(&braced)
            .map(|(place, braced)| (*place, braced.into()))
            .collect();
        language.say(key, &values)
    };
    let person = [
        "name",
        "level",
        "department",
        "strategy",
        "ties",
        "advocates",
    ];
    let words: Value = json!({
        "nameless": as_is("report.explorer.nameless", &["id"]),
        "everybody": as_is("report.explorer.everybody", &[]),
        "nobody": as_is("report.explorer.nobody", &[]),
        "absent": as_is("report.explorer.absent", &["name"]),
        "person": as_is("report.explorer.person", &person),
        "unknown": as_is("report.explorer.unknown", &person[..5]),
        "strategies": frames.strategies.iter().map(|s| language.name("strategy", s)).collect::<Vec<_>>(),
        // the marks and colours of the pictures above
        "looks": strategy_looks(&frames.strategies),
        "frames": frames.frames.iter().map(|f| snapshot(&f.snapshot, f.week, language)).collect::<Vec<_>>(),
    });
    Ok(harmless(&serde_json::to_string(&words)?))
}

/// A snapshot's name in words; the name itself if it is of no known form.
fn snapshot(name: &str, week: i32, language: Language) -> String {
    let number = |text: &str| text.parse::<u32>().ok();
    if name == "start" {
        return language.say("report.explorer.start", &[]);
    }
    if name == "end" {
        return language.say("report.explorer.end", &[("week", week.into())]);
    }
    if let Some(n) = name.strip_prefix("year-").and_then(number) {
        return language.say("report.explorer.year", &[("n", n.into())]);
    }
    if let Some((id, when)) = name
        .strip_prefix("restructuring-")
        .and_then(|rest| rest.split_once('-'))
    {
        if when == "before" {
            return language.say("report.explorer.before", &[("n", id.into())]);
        }
        if let Some(n) = when.strip_prefix("after-").and_then(number) {
            let values = [("n", n.into()), ("name", id.into())];
            return language.say("report.explorer.after", &values);
        }
    }
    name.to_owned()
}

/// Text that cannot end the script element in which it stands.
fn harmless(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_have_names_for_people() {
        let english = |name| snapshot(name, 519, Language::ENGLISH);
        assert_eq!(english("year-3"), "End of year 3");
        assert_eq!(english("end"), "End, week 519");
        assert_eq!(
            english("restructuring-2-before"),
            "A week before restructuring 2"
        );
        assert_eq!(
            english("restructuring-2-after-13"),
            "13 weeks after restructuring 2"
        );
        assert_eq!(english("something-else"), "something-else");
    }

    #[test]
    fn strategies_have_the_marks_and_colours_that_the_pictures_give_them() {
        let frames = Frames {
            strategies: ["authentic", "isolated", "transactional"]
                .map(String::from)
                .into(),
            ..Frames::default()
        };
        let words = words(&frames, Language::ENGLISH).unwrap();
        let read: Value = serde_json::from_str(&words).unwrap();
        assert_eq!(read["looks"], json!([0, 2, 1]));
        let script = include_str!("../../templates/explorer.js");
        assert!(script.contains("words.looks[person.strategy]"));
        assert!(script.contains("words.looks[s]"));
    }

    #[test]
    fn data_cannot_end_the_script_and_stays_json() {
        let frames = Frames {
            departments: vec!["</script><b>".into()],
            ..Frames::default()
        };
        let text = data(&frames).unwrap();
        assert!(!text.contains('<'));
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["departments"][0], "</script><b>");
    }
}
