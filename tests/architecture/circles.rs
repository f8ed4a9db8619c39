//! No file comes round to itself by way of others that it imports. What a folder's own page (`mod.rs`) and the files
//! below it take from each other is left out: such a page lists its files, and holds what they share.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, fail_with, is_word, leading_word, sources};

/// A place among the modules: `["records", "table"]`.
type Module = Vec<String>;

/// The module of a file, by its path below `src`.
fn module(path: &str) -> Module {
    let path = path.strip_suffix(".rs").unwrap();
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').map(str::to_owned).collect()
}

/// Every path at the beginning of a text: one, or those of a list with what stands before its brace.
fn spelt_out(text: &str) -> Vec<Module> {
    let mut before: Module = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(list) = rest.strip_prefix('{') {
            return items(list)
                .into_iter()
                .flat_map(spelt_out)
                .map(|after| [before.clone(), after].concat())
                .collect();
        }
        let word = leading_word(rest);
        before.push(word.to_owned());
        match rest[word.len()..].strip_prefix("::") {
            Some(more) => rest = more,
            None => return vec![before],
        }
    }
}

/// The items of a list whose brace has been opened.
fn items(list: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|item| !item.trim().is_empty());
    found
}

/// The paths that a file names, from the root of the crate.
fn named(code: &str, own: &[String]) -> Vec<Module> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| is_word(c) || c == '$' || c == ':') {
                continue;
            }
            let mut rest = &code[at..];
            let mut from = if start == "super::" { own } else { &[] };
            while let Some(above) = rest.strip_prefix("super::") {
                from = &from[..from.len().saturating_sub(1)];
                rest = above;
            }
            rest = rest.strip_prefix("crate::").unwrap_or(rest);
            for path in spelt_out(rest) {
                found.push([from, &path[..]].concat());
            }
        }
    }
    found
}

/// For each module, those that it imports, apart from what stands above or below it.
fn imports(sources: &[Source]) -> BTreeMap<Module, BTreeSet<Module>> {
    let modules: BTreeSet<Module> = sources.iter().map(|s| module(&s.path)).collect();
    sources
        .iter()
        .map(|source| {
            let own = module(&source.path);
            let found = named(&source.code, &own)
                .into_iter()
                .filter_map(|path| {
                    let lengths = (1..=path.len()).rev();
                    let mut known = lengths.map(|n| &path[..n]);
                    known
                        .find(|start| modules.contains(*start))
                        .map(<[_]>::to_vec)
                })
                .filter(|other| !own.starts_with(other) && !other.starts_with(&own))
                .collect();
            (own, found)
        })
        .collect()
}

/// All that is reached from a module, however many steps away.
fn reached<'i>(
    from: &Module,
    imports: &'i BTreeMap<Module, BTreeSet<Module>>,
) -> BTreeSet<&'i Module> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&Module> = imports[from].iter().collect();
    while let Some(other) = next.pop() {
        if reached.insert(other) {
            next.extend(&imports[other]);
        }
    }
    reached
}

/// The circles, each as the names of its modules.
fn circles(imports: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<String> {
    let all: BTreeMap<&Module, BTreeSet<&Module>> = imports
        .keys()
        .map(|module| (module, reached(module, imports)))
        .collect();
    let mut found = BTreeSet::new();
    for (module, others) in &all {
        if others.contains(*module) {
            let round = others.iter().filter(|other| all[**other].contains(*module));
            let names: Vec<String> = round.map(|other| other.join("::")).collect();
            found.insert(names.join(", "));
        }
    }
    found.into_iter().collect()
}

fn source(path: &str, code: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: code.to_owned(),
        lines: 1,
        code: code.to_owned(),
    }
}

#[test]
fn a_circle_is_found_through_lists_and_paths_and_folders() {
    let files = [
        source(
            "a/mod.rs",
            "mod b; mod c; use b::B; pub(crate) struct Shared;",
        ),
        source(
            "a/b.rs",
            "use super::Shared; use super::{c::{self, C}, d::D};",
        ),
        source("a/c.rs", "let x = crate::a::d::e::f();"),
        source("a/d/mod.rs", "use std::fs;"),
        source("a/d/e.rs", "use super::super::b::B;"),
        source("g.rs", "use crate::a::b::B;"),
    ];
    assert_eq!(circles(&imports(&files)), ["a::b, a::c, a::d::e"]);
    assert_eq!(circles(&imports(&files[..4])), Vec::<String>::new());
}

#[test]
fn no_file_imports_its_way_round_to_itself() {
    let sources = sources();
    let files: Vec<Source> = sources
        .into_iter()
        .filter(|s| !["lib.rs", "main.rs"].contains(&s.path.as_str()))
        .collect();
    let imports = imports(&files);
    // that the reader of imports reads them at all
    assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 500);
    let problems: Vec<String> = circles(&imports)
        .into_iter()
        .map(|round| format!("these import each other in a circle: {round}"))
        .collect();
    fail_with(&problems);
}
