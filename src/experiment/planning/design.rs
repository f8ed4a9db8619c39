//! From factors to arms: the points of a design, each with its name and its settings.

use std::path::Path;

use crate::analysis::statistics::Streams;
use crate::experiment::designs::grid::{grid, paired};
use crate::experiment::designs::latin_hypercube::latin_hypercube;
use crate::experiment::designs::sobol_sequence::{DIMENSIONS, sobol_sequence};
use crate::experiment::file::{DesignKind, Factor, Factors, Free};
use crate::scenario::{Findings, KeyPath, Setting, Source, Step, Texts};

/// The arm that a point of the design makes.
#[derive(Debug, Clone)]
pub struct Point {
    /// Name.
    pub name: String,
    /// The values of its factors.
    pub levels: Vec<Level>,
    /// What it sets in the scenario.
    pub settings: Vec<Setting>,
}

/// The value of one factor in an arm.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Name of the factor.
    pub factor: String,
    /// The value as text.
    pub value: String,
    /// The value as a number, where it is one.
    pub number: Option<f64>,
}

/// The points of a design. Findings say what is wrong with a table of points.
pub(in crate::experiment) fn points(
    factors: &Factors,
    seed: u64,
    folder: &Path,
    source: &Source,
    texts: &Texts,
    findings: &mut Findings,
) -> Vec<Point> {
    let lengths = || -> Vec<usize> { factors.vary.iter().map(|f| f.values.len()).collect() };
    match factors.design {
        DesignKind::Grid => {
            let places = grid(&lengths()).unwrap_or_default();
            places
                .iter()
                .map(|place| chosen(factors, place, source, texts))
                .collect()
        }
        DesignKind::Paired => {
            let places = paired(&lengths()).unwrap_or_default();
            places
                .iter()
                .map(|place| chosen(factors, place, source, texts))
                .collect()
        }
        DesignKind::List => listed(factors, source, texts),
        DesignKind::Table => table(factors, folder, source, texts, findings),
        DesignKind::LatinHypercube | DesignKind::Sobol => {
            let n = factors.points.unwrap_or(0) as usize;
            let k = factors.vary.len();
            let streams = Streams::new(seed, "design");
            let units = if factors.design == DesignKind::Sobol {
                sobol_sequence(n, k, Some(&streams)).unwrap_or_else(|| {
                    let help = format!("use at most {DIMENSIONS} factors, or a latin_hypercube");
                    findings.problem(
                        "factors.design",
                        "too many factors for a Sobol sequence",
                        help,
                    );
                    Vec::new()
                })
            } else {
                latin_hypercube(n, k, &streams)
            };
            units
                .iter()
                .enumerate()
                .map(|(i, unit)| spread(("factors", &factors.vary), (i, n), unit, source, texts))
                .collect()
        }
    }
}

/// What a factor is called.
pub(in crate::experiment) fn title(factor: &Factor) -> String {
    factor.name.clone().unwrap_or_else(|| last(&factor.key))
}

/// The last part of a key.
fn last(key: &str) -> String {
    let last = KeyPath::parse(key).and_then(|path| path.steps().last().cloned());
    match last {
        Some(Step::Key(key)) => key,
        _ => key.to_owned(),
    }
}

/// A point of given values, one a factor.
fn chosen(factors: &Factors, index: &[usize], source: &Source, texts: &Texts) -> Point {
    let mut point = Point {
        name: String::new(),
        levels: Vec::new(),
        settings: Vec::new(),
    };
    let mut names = Vec::new();
    for (f, (factor, &i)) in factors.vary.iter().zip(index).enumerate() {
        let value = &factor.values[i].0;
        let at = format!("factors.vary[{f}].values[{i}]");
        let label = factor.labels.get(i).cloned();
        let label = label.unwrap_or_else(|| shown(value));
        names.push(format!("{}={label}", title(factor)));
        let number = as_number(value).or_else(|| leading_number(&label));
        point.levels.push(Level {
            factor: title(factor),
            value: label,
            number,
        });
        point
            .settings
            .push(source.setting_from(&at, texts, &factor.key, value));
    }
    point.name = names.join(", ");
    point
}

fn listed(factors: &Factors, source: &Source, texts: &Texts) -> Vec<Point> {
    let point = |(i, entries): (usize, &std::collections::BTreeMap<String, Free>)| {
        let levels: Vec<Level> = entries
            .iter()
            .map(|(key, Free(value))| Level {
                factor: last(key),
                value: shown(value),
                number: as_number(value),
            })
            .collect();
        let names: Vec<String> = levels
            .iter()
            .map(|l| format!("{}={}", l.factor, l.value))
            .collect();
        Point {
            name: names.join(", "),
            levels,
            settings: source.settings(&format!("factors.list[{i}]"), texts),
        }
    };
    factors.list.iter().enumerate().map(point).collect()
}

/// A point in the unit cube, spread over the ranges of the factors.
pub(in crate::experiment) fn spread(
    (section, vary): (&str, &[Factor]),
    (number, n): (usize, usize),
    unit: &[f64],
    source: &Source,
    texts: &Texts,
) -> Point {
    let digits = n.to_string().len();
    let mut point = Point {
        name: format!("point {:0digits$}", number + 1),
        levels: Vec::new(),
        settings: Vec::new(),
    };
    for (f, (factor, u)) in vary.iter().zip(unit).enumerate() {
        let value = if factor.whole {
            toml::Value::Integer(value_at(factor, *u) as i64)
        } else {
            toml::Value::Float(value_at(factor, *u))
        };
        point.levels.push(Level {
            factor: title(factor),
            value: shown(&value),
            number: as_number(&value),
        });
        let at = format!("{section}.vary[{f}]");
        point
            .settings
            .push(source.setting_from(&at, texts, &factor.key, &value));
    }
    point
}

/// The value of a factor at a place of its range, from 0 to 1.
pub(in crate::experiment) fn value_at(factor: &Factor, unit: f64) -> f64 {
    let (from, to) = (factor.from.unwrap_or(0.0), factor.to.unwrap_or(1.0));
    if factor.whole {
        // each whole number has an equal part of the range
        let steps = (to - from).floor() + 1.0;
        from + (unit * steps).floor().min(steps - 1.0)
    } else {
        from + unit * (to - from)
    }
}

/// Points from a CSV file: the header holds keys, and perhaps `name`.
fn table(
    factors: &Factors,
    folder: &Path,
    source: &Source,
    texts: &Texts,
    findings: &mut Findings,
) -> Vec<Point> {
    let file = folder.join(factors.table.as_deref().unwrap_or(""));
    let at = "factors.table";
    let mut wrong = |message: String| {
        findings.problem(
            at,
            message,
            "a header with keys of the scenario (and perhaps `name`), then a row an arm, separated by commas",
        );
    };
    let mut reader = match csv::Reader::from_path(&file) {
        Ok(reader) => reader,
        Err(problem) => {
            wrong(format!("cannot read {}: {problem}", file.display()));
            return Vec::new();
        }
    };
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|key| key.trim().to_owned()).collect(),
        Err(problem) => {
            wrong(format!("{}: {problem}", file.display()));
            return Vec::new();
        }
    };
    let mut points = Vec::new();
    for (i, row) in reader.records().enumerate() {
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                wrong(format!("{}: {problem}", file.display()));
                break;
            }
        };
        let mut point = Point {
            name: format!("row {}", i + 1),
            levels: Vec::new(),
            settings: Vec::new(),
        };
        for (key, cell) in header.iter().zip(&row) {
            let cell = cell.trim();
            if key == "name" {
                cell.clone_into(&mut point.name);
            } else if !cell.is_empty() {
                let value = read_cell(cell);
                point.levels.push(Level {
                    factor: last(key),
                    value: shown(&value),
                    number: as_number(&value),
                });
                point
                    .settings
                    .push(source.setting_from(at, texts, key, &value));
            }
        }
        points.push(point);
    }
    if points.is_empty() {
        wrong(format!("{} has no rows", file.display()));
    }
    points
}

fn read_cell(cell: &str) -> toml::Value {
    if let Ok(number) = cell.parse::<i64>() {
        toml::Value::Integer(number)
    } else if let Ok(number) = cell.parse::<f64>() {
        toml::Value::Float(number)
    } else if let Ok(switch) = cell.parse::<bool>() {
        toml::Value::Boolean(switch)
    } else {
        toml::Value::String(cell.to_owned())
    }
}

fn shown(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn as_number(value: &toml::Value) -> Option<f64> {
    match value {
        toml::Value::Integer(number) => Some(*number as f64),
        toml::Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// The number that a label such as "40 %" begins with.
fn leading_number(label: &str) -> Option<f64> {
    label.split_whitespace().next()?.parse().ok()
}
