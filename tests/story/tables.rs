//! The tables of a run, and the entries of a story's page.

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;

pub(crate) type Row = BTreeMap<String, String>;

pub(crate) struct Tables(BTreeMap<&'static str, Vec<Row>>);

impl Tables {
    pub(crate) fn read(results: &Path) -> Self {
        let names = ["events", "decisions", "employees", "placements", "ties"];
        let table = |name: &'static str| {
            let path = results.join("tables").join(format!("{name}.csv"));
            let rows = csv::Reader::from_path(path).unwrap();
            let rows: Vec<Row> = rows.into_deserialize().map(Result::unwrap).collect();
            (name, rows)
        };
        Self(names.map(table).into())
    }

    pub(crate) fn of<'a>(&'a self, table: &str, wanted: &[(&str, &str)]) -> Vec<&'a Row> {
        let fits = |row: &&Row| wanted.iter().all(|(column, value)| row[*column] == *value);
        self.0[table].iter().filter(fits).collect()
    }

    pub(crate) fn name(&self, id: &str) -> String {
        let rows = self.of("employees", &[("employee", id)]);
        let name = rows
            .iter()
            .map(|row| &row["name"])
            .find(|name| !name.is_empty());
        name.map_or_else(|| format!("Employee {id}"), Clone::clone)
    }
}

/// What stands at the `{}` of a form, if the text has this form.
pub(crate) fn parts<'t>(text: &'t str, form: &str) -> Option<Vec<&'t str>> {
    let mut pieces = form.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let pieces: Vec<&str> = pieces.collect();
    for (i, piece) in pieces.iter().enumerate() {
        let at = if piece.is_empty() || i + 1 == pieces.len() {
            rest.strip_suffix(piece)?.len()
        } else {
            rest.find(piece)?
        };
        found.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

/// A number, where nobody is told in a word.
pub(crate) fn or_none(told: &str) -> i64 {
    assert!(!told.starts_with('0'), "a number of nobody: {told}");
    match told {
        "none" | "nobody" => 0,
        told => number(told),
    }
}

pub(crate) fn number(text: &str) -> i64 {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("no number: {text}"))
}

/// One entry of a story's page.
pub(crate) struct Entry {
    pub(crate) week: i64,
    pub(crate) headline: String,
    pub(crate) body: Vec<String>,
}

pub(crate) fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open)
        .skip(1)
        .filter_map(|rest| rest.split(close).next())
        .collect()
}

pub(crate) fn week(when: &str) -> i64 {
    let found = parts(when, "Year {}, week {}").unwrap();
    (number(found[0]) - 1) * 52 + number(found[1]) - 1
}

pub(crate) fn entries(page: &str) -> Vec<Entry> {
    let plain = |text: &str| text.replace("&#39;", "'").replace("&#38;", "&");
    let read = |item: &&str| Entry {
        week: week(between(item, "<p class=\"when\">", "</p>")[0]),
        headline: plain(between(item, "<p class=\"headline\">", "</p>")[0]),
        body: between(item, "<p class=\"why\">", "</p>")
            .into_iter()
            .map(plain)
            .collect(),
    };
    between(page, "<li>", "</li>").iter().map(read).collect()
}

pub(crate) fn tell(results: &Path, who: &str) -> String {
    let mut command = Command::cargo_bin("allies").unwrap();
    command.arg("story").arg(results);
    command.args(["--employee", who, "--format", "html"]);
    let out = command.assert().success().get_output().stdout.clone();
    String::from_utf8(out).unwrap()
}
