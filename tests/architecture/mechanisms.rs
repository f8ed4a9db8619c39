//! The form of a rule: its page, its switch, its parameters, its place in the scenario and the model.

use std::collections::BTreeSet;

use crate::rooms::imported;
use crate::sources::{Source, fail_with, is_word, sources};

/// The mechanisms: name, and the file that states the rule.
fn mechanisms(sources: &[Source]) -> Vec<(String, &Source)> {
    let list = sources
        .iter()
        .find(|s| s.path == "mechanisms/mod.rs")
        .unwrap();
    list.code
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(|name| {
            let paths = [
                format!("mechanisms/{name}.rs"),
                format!("mechanisms/{name}/mod.rs"),
            ];
            let file = sources.iter().find(|s| paths.contains(&s.path)).unwrap();
            (name.to_owned(), file)
        })
        .collect()
}

#[test]
fn mechanisms_do_not_know_each_other() {
    let sources = sources();
    let names: Vec<String> = mechanisms(&sources)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert!(names.len() >= 19, "{names:?}");
    let mut problems = Vec::new();
    for source in sources
        .iter()
        .filter(|s| s.path.starts_with("mechanisms/") && s.path != "mechanisms/mod.rs")
    {
        let own = source.path["mechanisms/".len()..]
            .split(['/', '.'])
            .next()
            .unwrap();
        // in a file of its own, `super` is the list of all mechanisms; in a room, only `super::super` is
        let upwards = if source.path.matches('/').count() == 1 {
            "super::"
        } else {
            "super::super::"
        };
        let mut others = imported(&source.code, "crate::mechanisms::");
        others.extend(imported(&source.code, upwards));
        for other in others.iter().filter(|o| *o != own) {
            problems.push(format!(
                "src/{}: a mechanism must not import `{other}`",
                source.path
            ));
        }
    }
    fail_with(&problems);
}

#[test]
fn every_mechanism_says_what_it_does_under_the_five_headings() {
    let sources = sources();
    let headings = [
        "What happens",
        "Source",
        "Assumptions and limits",
        "Order and randomness",
        "Switched off",
    ];
    let mut problems = Vec::new();
    // the kinds of programmes have the same form
    let kinds = sources.iter().filter(|s| {
        s.path.starts_with("interventions/")
            && s.lines > 0
            && !["mod.rs", "programme.rs"]
                .iter()
                .any(|f| s.path.ends_with(f))
    });
    let rules = mechanisms(&sources);
    for file in rules.iter().map(|(_, file)| *file).chain(kinds) {
        let found: Vec<&str> = file
            .text
            .lines()
            .filter_map(|l| l.strip_prefix("//! # "))
            .map(str::trim)
            .collect();
        if found != headings {
            problems.push(format!("src/{}: headings are {found:?}", file.path));
        }
        // the equation or table in words stands in a block of its own
        if !file.text.contains("//! ```text\n") {
            problems.push(format!("src/{}: no equation", file.path));
        }
    }
    fail_with(&problems);
}

/// Fields of the struct in a text that has the switch: (name, documentation).
fn parameters(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let Some(switch) = lines.iter().position(|l| *l == "    pub enabled: bool,") else {
        return Vec::new();
    };
    let start = (0..switch)
        .rev()
        .find(|&i| lines[i].starts_with("pub struct "))
        .unwrap();
    let mut documentation = String::new();
    let mut found = Vec::new();
    for line in lines[start + 1..].iter().take_while(|l| **l != "}") {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("/// ") {
            documentation.push_str(words);
        } else if let Some((name, _)) = line.strip_prefix("pub ").and_then(|l| l.split_once(':')) {
            found.push((name.to_owned(), std::mem::take(&mut documentation)));
        }
    }
    found
}

#[test]
fn every_mechanism_can_be_switched_off_and_documents_its_parameters_with_units() {
    let sources = sources();
    let mut problems = Vec::new();
    for (name, file) in mechanisms(&sources) {
        let parameters = parameters(&file.text);
        let switch = parameters.iter().find(|(name, _)| name == "enabled");
        match switch {
            None => problems.push(format!("src/{}: {name} has no switch `enabled`", file.path)),
            Some((_, words)) if !words.contains("[switch]") || !words.contains("off") => {
                problems.push(format!(
                    "src/{}: the switch does not say what off means",
                    file.path
                ));
            }
            Some(_) => {}
        }
        for (parameter, words) in parameters {
            if !(words.contains('[') && words.contains(']')) {
                problems.push(format!(
                    "src/{}: `{parameter}` has no unit: {words}",
                    file.path
                ));
            }
        }
    }
    fail_with(&problems);
}

#[test]
fn every_parameter_is_read_by_some_rule() {
    let sources = sources();
    let mut problems = Vec::new();
    for (name, file) in mechanisms(&sources) {
        let own = [
            format!("mechanisms/{name}.rs"),
            format!("mechanisms/{name}/"),
        ];
        let readers: Vec<&Source> = sources
            .iter()
            .filter(|s| {
                own.iter().any(|o| s.path.starts_with(o))
                    || s.path == "model.rs"
                    || s.path.starts_with("model/")
            })
            .collect();
        for (parameter, _) in parameters(&file.text) {
            let read = readers.iter().any(|source| {
                source
                    .code
                    .match_indices(parameter.as_str())
                    .any(|(at, _)| {
                        let before = source.code[..at].chars().next_back();
                        let after = &source.code[at + parameter.len()..];
                        let whole = !before.is_some_and(is_word) && !after.starts_with(is_word);
                        let called = after.starts_with(".get()") || after.starts_with(".single()");
                        let switched = parameter == "enabled" && after.starts_with([' ', ';', '{']);
                        whole && (before == Some('.') || called || switched)
                    })
            });
            if !read {
                problems.push(format!("src/{}: nobody reads `{parameter}`", file.path));
            }
        }
    }
    fail_with(&problems);
}

#[test]
fn every_mechanism_is_a_section_of_the_scenario_and_stands_in_the_model() {
    let sources = sources();
    let sections = sources
        .iter()
        .find(|s| s.path == "scenario/sections.rs")
        .unwrap();
    let model: String = sources
        .iter()
        .filter(|s| s.path == "model.rs" || s.path.starts_with("model/"))
        .map(|s| s.code.as_str())
        .collect();
    let mut problems = Vec::new();
    for (name, file) in mechanisms(&sources) {
        if !sections.code.contains(&format!("\n    pub {name}: ")) {
            problems.push(format!(
                "src/{}: `{name}` is no section of the scenario",
                file.path
            ));
        }
        if !model.contains(&format!("scenario.{name}")) && !model.contains(&format!(".{name}.")) {
            problems.push(format!("src/{}: the model never runs `{name}`", file.path));
        }
    }
    // and every file of the room is listed
    let listed: BTreeSet<String> = mechanisms(&sources)
        .into_iter()
        .map(|(_, file)| file.path.clone())
        .collect();
    for source in &sources {
        let parts = source.path.split('/').collect::<Vec<_>>();
        let states_a_rule = parts[0] == "mechanisms"
            && (parts.len() == 2 && parts[1] != "mod.rs"
                || parts.len() == 3 && parts[2] == "mod.rs");
        if states_a_rule && !listed.contains(&source.path) {
            problems.push(format!(
                "src/{}: not listed in mechanisms/mod.rs",
                source.path
            ));
        }
    }
    fail_with(&problems);
}
