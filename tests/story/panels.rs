//! What a story says of panels, held against the rows of their candidates.

use crate::tables::{Row, Tables, number};

/// Whether the candidate's row of a decision says what the sentence says.
pub(crate) fn says_so(
    tables: &Tables,
    own: &Row,
    sentence: &str,
    rank: Option<&str>,
    facts: &str,
) -> bool {
    let rows = tables.of("decisions", &[("decision", &own["decision"])]);
    let value = |row: &Row, part: &str| row[part].parse::<f64>().unwrap();
    let place = |part: &str| {
        1 + rows
            .iter()
            .filter(|row| value(row, part) > value(own, part))
            .count() as i64
    };
    let n = rows.len() as i64;
    let ranked = |text: &str, rank: i64| {
        let (left, right) = text.split_once(" of ").unwrap();
        number(left) == rank && number(right) == n
    };
    if rank.is_some_and(|rank| !ranked(rank, number(&own["rank"]))) {
        return false;
    }
    facts.to_lowercase().split(", ").all(|fact| {
        if let Some(text) = fact.strip_prefix("performance ") {
            ranked(text, place("performance"))
        } else if let Some(text) = fact.strip_prefix("luck ") {
            ranked(text, place("luck"))
        } else if let Some(text) = fact.strip_prefix("known to ") {
            let (known, members) = text.split_once(" of ").unwrap();
            number(known) == number(&own["known_to"])
                && number(members) == number(&own["panel_size"])
        } else if fact.starts_with("nobody spoke for ") {
            own["advocates"] == "0"
        } else if fact.contains(" spoke for ") {
            number(fact) == number(&own["advocates"])
        } else {
            panic!("a fact of no known form: {fact}\n{sentence}")
        }
    })
}

/// Place among the candidates if all had the same luck.
pub(crate) fn without_luck(tables: &Tables, own: &Row) -> i64 {
    let value = |row: &Row| -> f64 {
        row["score"].parse::<f64>().unwrap() - row["luck"].parse::<f64>().unwrap()
    };
    let rows = tables.of("decisions", &[("decision", &own["decision"])]);
    1 + rows.iter().filter(|row| value(row) > value(own)).count() as i64
}
