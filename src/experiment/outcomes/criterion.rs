//! Criteria of a row: what a filter of an outcome says of one column.

use crate::records::{Cell, ColumnSpec, Kind, Table, TableSpec};

/// What one column of a row must hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Criterion {
    column: usize,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Texts {
        any: Vec<String>,
        not: bool,
    },
    Numbers {
        any: Vec<f64>,
        not: bool,
    },
    Range {
        at_least: f64,
        at_most: f64,
        above: f64,
        below: f64,
    },
    Yes(bool),
    Missing(bool),
}

/// What is wrong with a value, and what to do.
type Refused = (String, String);

/// Reads the value that a filter gives for a column.
pub(super) fn compile_criterion(
    column: usize,
    spec: &ColumnSpec,
    value: &toml::Value,
) -> Result<Criterion, Refused> {
    let what = match value {
        toml::Value::Table(table) => condition(spec, table)?,
        toml::Value::Array(values) if values.is_empty() => {
            return Err((
                "an empty list lets no row through".to_owned(),
                "name at least one value".to_owned(),
            ));
        }
        toml::Value::Array(values) => any(spec, values, false)?,
        value => any(spec, std::slice::from_ref(value), false)?,
    };
    Ok(Criterion { column, what })
}

fn any(spec: &ColumnSpec, values: &[toml::Value], not: bool) -> Result<What, Refused> {
    let refuse = |value: &toml::Value, expected: &str| {
        (
            format!("column {} holds no {value}", spec.name),
            format!("expected {expected}"),
        )
    };
    match spec.kind {
        Kind::Text => values
            .iter()
            .map(|value| {
                let text = value
                    .as_str()
                    .ok_or_else(|| refuse(value, "a text in quotes"));
                text.map(str::to_owned)
            })
            .collect::<Result<_, _>>()
            .map(|any| What::Texts { any, not }),
        Kind::Integer | Kind::Real => values
            .iter()
            .map(|value| number(value).ok_or_else(|| refuse(value, "a number")))
            .collect::<Result<_, _>>()
            .map(|any| What::Numbers { any, not }),
        Kind::Boolean => match values {
            [toml::Value::Boolean(yes)] => Ok(What::Yes(*yes != not)),
            _ => Err(refuse(&values[0], "true or false")),
        },
    }
}

fn condition(spec: &ColumnSpec, table: &toml::Table) -> Result<What, Refused> {
    const KNOWN: &str = "known here: at_least, at_most, above, below (numbers), not (a value or a list), missing (true or false)";
    let wrong = |message: String| (message, KNOWN.to_owned());
    if let Some(value) = table.get("missing") {
        let toml::Value::Boolean(missing) = value else {
            return Err(wrong("`missing` is true or false".to_owned()));
        };
        return match table.len() {
            1 => Ok(What::Missing(*missing)),
            _ => Err(wrong("`missing` stands alone".to_owned())),
        };
    }
    if let Some(value) = table.get("not") {
        if table.len() > 1 {
            return Err(wrong("`not` stands alone".to_owned()));
        }
        return match value {
            toml::Value::Array(values) if !values.is_empty() => any(spec, values, true),
            value => any(spec, std::slice::from_ref(value), true),
        };
    }
    let mut range = [
        f64::NEG_INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::INFINITY,
    ];
    if table.is_empty() {
        return Err(wrong("an empty condition".to_owned()));
    }
    if !matches!(spec.kind, Kind::Integer | Kind::Real) {
        return Err(wrong(format!(
            "column {} holds {}",
            spec.name,
            spec.kind.name()
        )));
    }
    for (key, value) in table {
        let place = ["at_least", "at_most", "above", "below"]
            .iter()
            .position(|k| k == key);
        match (place, number(value)) {
            (Some(place), Some(number)) => range[place] = number,
            (None, _) => return Err(wrong(format!("unknown condition {key:?}"))),
            _ => return Err(wrong(format!("`{key}` is a number"))),
        }
    }
    let [at_least, at_most, above, below] = range;
    Ok(What::Range {
        at_least,
        at_most,
        above,
        below,
    })
}

fn number(value: &toml::Value) -> Option<f64> {
    match value {
        toml::Value::Integer(number) => Some(*number as f64),
        toml::Value::Float(number) if number.is_finite() => Some(*number),
        _ => None,
    }
}

impl Criterion {
    pub(super) fn text(column: usize, text: &str) -> Self {
        let any = vec![text.to_owned()];
        Self {
            column,
            what: What::Texts { any, not: false },
        }
    }

    pub(super) fn number(column: usize, number: f64) -> Self {
        Self {
            column,
            what: What::Numbers {
                any: vec![number],
                not: false,
            },
        }
    }

    /// The column.
    pub(super) fn column(&self) -> usize {
        self.column
    }

    /// The texts named, wanted or not.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = match &self.what {
            What::Texts { any, .. } => any.as_slice(),
            _ => &[],
        };
        texts.iter().map(String::as_str)
    }

    /// The texts that alone are let through, if it is such a test.
    pub(super) fn only_texts(&self) -> Option<Vec<String>> {
        match &self.what {
            What::Texts { any, not: false } => Some(any.clone()),
            _ => None,
        }
    }

    /// Whether a text passes; for people who are followed from event to event.
    pub(super) fn lets_text(&self, text: &str) -> bool {
        match &self.what {
            What::Texts { any, not } => any.iter().any(|one| one == text) != *not,
            _ => false,
        }
    }

    /// Whether a number passes.
    pub(super) fn lets_number(&self, value: f64) -> bool {
        match &self.what {
            What::Numbers { any, not } => any.contains(&value) != *not,
            What::Range {
                at_least,
                at_most,
                above,
                below,
            } => value >= *at_least && value <= *at_most && value > *above && value < *below,
            What::Missing(missing) => !missing,
            _ => false,
        }
    }

    /// Rows that pass all tests, in order.
    pub(super) fn matching<'a>(
        tests: &'a [Self],
        table: &'a Table,
    ) -> impl Iterator<Item = usize> + 'a {
        let all = Self::all(tests, table);
        (0..table.len()).filter(move |&row| all(row))
    }

    /// Whether a row passes all tests; texts are compared by their places among the labels.
    pub(super) fn all<'a>(tests: &'a [Self], table: &'a Table) -> impl Fn(usize) -> bool + 'a {
        let labels: Vec<Vec<bool>> = tests
            .iter()
            .map(|test| {
                table
                    .labels(test.column)
                    .map(|label| test.lets_text(label))
                    .collect()
            })
            .collect();
        move |row| {
            tests
                .iter()
                .zip(&labels)
                .all(|(test, passes)| match &test.what {
                    What::Texts { not, .. } => match table.label_index(row, test.column) {
                        Some(label) => passes.get(label).copied().unwrap_or(false),
                        None => *not,
                    },
                    What::Yes(yes) => table.boolean(row, test.column) == Some(*yes),
                    What::Missing(missing) => {
                        (table.cell(row, test.column) == Cell::Missing) == *missing
                    }
                    What::Numbers { not, .. } => match table.cell(row, test.column) {
                        Cell::Integer(value) => test.lets_number(value as f64),
                        Cell::Real(value) => test.lets_number(value),
                        _ => *not,
                    },
                    What::Range { .. } => match table.cell(row, test.column) {
                        Cell::Integer(value) => test.lets_number(value as f64),
                        Cell::Real(value) => test.lets_number(value),
                        _ => false,
                    },
                })
        }
    }
}

/// Texts that tests ask columns for, with the columns' names.
pub(super) fn words<'t>(
    spec: &'static TableSpec,
    tests: impl Iterator<Item = &'t Criterion>,
) -> impl Iterator<Item = (&'static str, &'t str)> {
    tests.flat_map(move |test| {
        test.texts()
            .map(move |text| (spec.columns[test.column()].name, text))
    })
}
