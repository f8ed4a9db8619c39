//! The house rules that the compiler does not know: who may import whom, the form of a mechanism file, the
//! length of files, and that no decision can know a strategy's name. Reads the sources as text.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms and the rooms that each may import; every room may import itself.
const TABLE: &[(&str, &str)] = &[
    ("units", ""),
    ("random", ""),
    ("world", "units"),
    ("engine", "world random units"),
    ("measures", "world units"),
    ("mechanisms", "engine world random units"),
    ("interventions", "engine world random units"),
    ("initialization", "engine world random units"),
    // the parameter types of the rules, which are its sections
    (
        "scenario",
        "mechanisms interventions initialization world units",
    ),
    // a survey's respondents forget by draws of their own
    ("records", "engine measures random world scenario units"),
    (
        "model",
        "units random world engine measures mechanisms interventions initialization scenario records",
    ),
    // a run hands the world that it holds, or reads from files, to the recorder
    (
        "experiment",
        "model scenario records measures initialization world units analysis",
    ),
    // holds runs against the evidence and real organisations: reads these, builds scenarios, watches the world as the
    // recorder does, and measures
    (
        "validation",
        "experiment model mechanisms interventions initialization scenario records measures random world units",
    ),
    // words for readers, from catalogues
    ("language", ""),
    // statistics of numbers are needed where stopping is decided; what is measured there is measured once
    ("analysis", "records measures language units"),
    ("charts", "analysis language units"),
    ("report", "charts analysis records language units"),
    // the only room that may print, and the only one that knows all others
    (
        "cli",
        "report charts analysis language validation experiment model records scenario initialization measures world units",
    ),
];

/// Lines of a file that are not tests, at most: about 400, and what formatting adds.
const LONGEST: usize = 440;

/// Where the names of the shipped strategies may stand as text: defaults, and what draws or explains results.
const MAY_NAME: &[&str] = &[
    "scenario/sections.rs",
    "charts/",
    "language/",
    "analysis/",
    "report/",
    // compares the outcomes of the shipped strategies
    "validation/",
    "cli/",
];

struct Source {
    /// Path below `src`, with forward slashes.
    path: String,
    /// The whole text.
    text: String,
    /// Lines of the file up to its tests.
    lines: usize,
    /// The code without comments and tests; nothing for a file that is all tests.
    code: String,
}

impl Source {
    /// First part of the path: the room.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Whether the line after `#[cfg(test)]` declares a module kept in a file of its own; its name.
fn test_file(next: &str) -> Option<&str> {
    let (_, name) = next.trim().rsplit_once("mod ")?;
    name.strip_suffix(';')
}

/// A line without its comment. Text that contains two slashes is cut short, which hides no import.
fn without_comment(line: &str) -> &str {
    line.find("//").map_or(line, |at| &line[..at])
}

fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    rust_files(&src(), &mut paths);
    paths.sort();
    let texts: Vec<(PathBuf, String)> = paths
        .into_iter()
        .map(|p| (p.clone(), fs::read_to_string(p).unwrap()))
        .collect();
    let mut all_tests = BTreeSet::new();
    for (path, text) in &texts {
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines
            .windows(2)
            .filter(|pair| pair[0].trim() == "#[cfg(test)]")
        {
            if let Some(name) = test_file(pair[1]) {
                // `x.rs` keeps its modules in `x/`, `mod.rs` and `lib.rs` beside themselves
                let stem = path.file_stem().unwrap();
                let folder = path.parent().unwrap();
                let folder = if stem == "mod" || stem == "lib" {
                    folder.into()
                } else {
                    folder.join(stem)
                };
                all_tests.insert(folder.join(format!("{name}.rs")));
            }
        }
    }
    texts
        .into_iter()
        .map(|(path, text)| {
            let lines: Vec<&str> = text.lines().collect();
            let tests = (0..lines.len()).find(|&i| {
                lines[i] == "#[cfg(test)]" && lines.get(i + 1).is_some_and(|l| l.ends_with('{'))
            });
            let end = if all_tests.contains(&path) {
                0
            } else {
                tests.unwrap_or(lines.len())
            };
            let code: Vec<&str> = lines[..end].iter().map(|l| without_comment(l)).collect();
            let code = code.join("\n");
            let below = path.strip_prefix(src()).unwrap();
            let path = below.to_string_lossy().replace('\\', "/");
            Source {
                path,
                lines: end,
                code,
                text,
            }
        })
        .collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn leading_word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

/// What follows `start` in a path or a list of paths: the first words of each.
fn imported(code: &str, start: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(start) {
        if code[..at]
            .chars()
            .next_back()
            .is_some_and(|c| is_word(c) || c == '$')
        {
            continue;
        }
        let rest = &code[at + start.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.insert(leading_word(rest).to_owned());
            continue;
        };
        // a list: the words that stand at its outermost depth
        let (mut depth, mut first) = (0, true);
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                c if first && is_word(c) => {
                    found.insert(leading_word(&list[i..]).to_owned());
                    first = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn fail_with(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn imports_are_read_from_paths_and_from_lists() {
    let code = "use crate::{units::{A, b}, world};\nlet x = crate::random::Draws; mycrate::no";
    let found: Vec<String> = imported(code, "crate::").into_iter().collect();
    assert_eq!(found, ["random", "units", "world"]);
}

#[test]
fn every_room_imports_only_what_stands_below_it() {
    let table: BTreeMap<&str, &str> = TABLE.iter().copied().collect();
    let mut problems = Vec::new();
    for source in sources() {
        let room = source.room();
        if room == "lib" || room == "main" {
            continue;
        }
        let Some(allowed) = table.get(room) else {
            problems.push(format!(
                "src/{}: the room `{room}` is not in the table",
                source.path
            ));
            continue;
        };
        for other in imported(&source.code, "crate::") {
            if other != room && !allowed.split(' ').any(|a| a == other) {
                problems.push(format!(
                    "src/{}: `{room}` must not import `{other}`",
                    source.path
                ));
            }
        }
    }
    fail_with(&problems);
}

#[test]
fn the_table_of_rooms_has_no_circle() {
    let table: BTreeMap<&str, &str> = TABLE.iter().copied().collect();
    for (room, _) in TABLE {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = table[room].split_whitespace().collect();
        while let Some(other) = next.pop() {
            assert_ne!(other, *room, "{room} comes round to itself");
            if reached.insert(other) {
                next.extend(table[other].split_whitespace());
            }
        }
    }
}

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
        let own = format!("mechanisms/{name}");
        let readers: Vec<&Source> = sources
            .iter()
            .filter(|s| {
                s.path.starts_with(&own) || s.path == "model.rs" || s.path.starts_with("model/")
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

#[test]
fn files_stay_short() {
    let mut problems = Vec::new();
    for source in sources() {
        if source.lines > LONGEST {
            problems.push(format!(
                "src/{}: {} lines before its tests, at most {LONGEST}",
                source.path, source.lines
            ));
        }
    }
    fail_with(&problems);
}

#[test]
fn no_decision_can_read_a_strategys_name() {
    let mut problems = Vec::new();
    for source in sources() {
        let path = source.path.as_str();
        if source.code.contains("label_for_records")
            && !path.starts_with("records/")
            && path != "world/behaviour.rs"
        {
            problems.push(format!("src/{path}: names a strategy"));
        }
        if !MAY_NAME.iter().any(|place| path.starts_with(place)) {
            for name in ["authentic", "transactional", "isolated"] {
                if source.code.contains(&format!("\"{name}\"")) {
                    problems.push(format!("src/{path}: the text \"{name}\""));
                }
            }
        }
        // a rule that asked for the key of a name could compare by it
        if source.room() == "mechanisms" && source.code.contains(".key(") {
            problems.push(format!("src/{path}: asks for the key of a name"));
        }
    }
    fail_with(&problems);
}

#[test]
fn keys_and_conducts_of_strategies_cannot_be_compared() {
    let sources = sources();
    let behaviour = sources
        .iter()
        .find(|s| s.path == "world/behaviour.rs")
        .unwrap();
    for kind in ["Behaviour", "Conduct", "StrategyKey"] {
        let at = behaviour.code.find(&format!("pub struct {kind}")).unwrap();
        let head = &behaviour.code[..at];
        let derive = &head[head.rfind("#[derive(").unwrap()..];
        for comparison in ["PartialEq", "Eq", "PartialOrd", "Hash"] {
            assert!(
                !derive.contains(comparison),
                "{kind} can be compared: {derive}"
            );
            let by_hand = format!("{comparison} for {kind}");
            assert!(!behaviour.code.contains(&by_hand), "{by_hand}");
        }
    }
    assert!(
        behaviour.code.contains("pub struct StrategyKey(u8);"),
        "the number inside is private"
    );
}
