//! A career, step by step, each with the decision behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{integer, real, text};
use crate::records::Table;

/// A step of a career: something that happened, or a decision that passed the person over.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Week.
    pub week: i64,
    /// What happened, in words.
    pub what: String,
    /// The decision behind it.
    pub verdict: Option<Verdict>,
}

/// How a panel saw the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Place among the candidates.
    pub rank: i64,
    /// Candidates.
    pub candidates: usize,
    /// Score.
    pub score: f64,
    /// The parts of the score, as in [`PARTS`].
    pub parts: [f64; 8],
    /// Score that had to be beaten: of the best who was not chosen, or of the one who was.
    pub threshold: Option<f64>,
    /// How many spoke for the person.
    pub advocates: i64,
}

/// Names of the parts of a score.
pub const PARTS: [&str; 8] = [
    "performance",
    "reputation",
    "advocacy",
    "acquaintance",
    "luck",
    "breadth",
    "potential",
    "pace",
];

/// The person's events, each with the decision behind it, and the decisions that passed the person over.
pub(super) fn career(events: &Table, decisions: &Table, id: u32) -> Vec<Step> {
    let id = i64::from(id);
    let mut by_number: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for row in 0..decisions.len() {
        if let Some(number) = integer(decisions, row, "decision") {
            by_number.entry(number).or_default().push(row);
        }
    }
    let mut steps = Vec::new();
    let mut led = BTreeSet::new();
    for row in 0..events.len() {
        if integer(events, row, "employee") != Some(id) {
            continue;
        }
        let part = |column: &str| text(events, row, column);
        let (department, level) = (part("to_department"), part("to_level"));
        let moves =
            (part("from_department"), part("from_level")) != (department.clone(), level.clone());
        let cause = part("cause");
        let to = match (department.as_str(), level.as_str()) {
            // what leaves one in place is told by its cause
            _ if !moves && !cause.is_empty() => format!(" ({})", cause.replace('_', " ")),
            _ if !moves => String::new(),
            ("", "") => String::new(),
            (department, "") => format!(" to {department}"),
            ("", level) => format!(" to {level}"),
            (department, level) => format!(" to {level} in {department}"),
        };
        let decision = integer(events, row, "decision");
        led.extend(decision);
        let verdict = decision.and_then(|number| verdict(decisions, by_number.get(&number)?, id));
        steps.push(Step {
            week: integer(events, row, "week").unwrap_or(0),
            what: format!("{}{to}", part("kind").replace('_', " ")),
            verdict,
        });
    }
    for (number, rows) in &by_number {
        let kind = rows.first().map(|&row| text(decisions, row, "kind"));
        let Some(own) = verdict(decisions, rows, id) else {
            continue;
        };
        if led.contains(number) || kind.as_deref() != Some("promotion") {
            continue;
        }
        let row = rows[0];
        steps.push(Step {
            week: integer(decisions, row, "week").unwrap_or(0),
            what: format!(
                "passed over for {} in {}",
                text(decisions, row, "level"),
                text(decisions, row, "department")
            ),
            verdict: Some(own),
        });
    }
    steps.sort_by_key(|step| step.week);
    steps
}

fn verdict(decisions: &Table, rows: &[usize], id: i64) -> Option<Verdict> {
    let own = *rows
        .iter()
        .find(|&&row| integer(decisions, row, "candidate") == Some(id))?;
    let chosen = |row: usize| {
        let column = decisions.column_index("chosen").unwrap_or(usize::MAX);
        decisions.boolean(row, column) == Some(true)
    };
    // one who was chosen had to beat the best of the rest; one who was not, the last of the chosen
    let scores = |wanted: bool| {
        let rows = rows.iter().filter(move |&&row| chosen(row) == wanted);
        rows.map(|&row| real(decisions, row, "score"))
    };
    let threshold = if chosen(own) {
        scores(false).reduce(f64::max)
    } else {
        scores(true).reduce(f64::min)
    };
    Some(Verdict {
        rank: integer(decisions, own, "rank").unwrap_or(0),
        candidates: rows.len(),
        score: real(decisions, own, "score"),
        parts: PARTS.map(|part| real(decisions, own, part)),
        threshold,
        advocates: integer(decisions, own, "advocates").unwrap_or(0),
    })
}
