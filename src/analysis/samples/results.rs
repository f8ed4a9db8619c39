//! The rows of a made-up firm as the results folder of a run.

use std::path::Path;

use crate::analysis::rows::Rows;
use crate::records::manifest::{RunDescription, ScenarioEntry};
use crate::records::{Cell, ResultsFolder, Table, TableFormat, TableSpec, columns};

/// Writes the rows as the results folder of a run.
pub(crate) fn write(rows: &Rows, target: &Path) {
    let folder = ResultsFolder::create(target, false).unwrap();
    let word = |text: &Option<String>| text.clone();
    let mut tables = vec![
        Table::new(&columns::DECISIONS),
        fill(&columns::EVENTS, &rows.events, |row, column| match column {
            "week" => Value::Whole(row.week.into()),
            "kind" => Value::Word(Some(row.kind.clone())),
            "employee" => row
                .employee
                .map_or(Value::None, |id| Value::Whole(id.into())),
            "strategy" => Value::Word(word(&row.strategy)),
            "from_department" => Value::Word(word(&row.from_department)),
            "to_department" => Value::Word(word(&row.to_department)),
            "from_level" => Value::Word(word(&row.from_level)),
            "to_level" => Value::Word(word(&row.to_level)),
            "restructuring" => number(row.restructuring.as_deref()),
            _ => Value::None,
        }),
        fill(
            &columns::PLACEMENTS,
            &rows.placements,
            |row, column| match column {
                "restructuring" => number(Some(&row.restructuring)),
                "week" => Value::Whole(row.week.into()),
                "employee" => Value::Whole(row.employee.into()),
                "strategy" => Value::Word(Some(row.strategy.clone())),
                "from_department" => Value::Word(word(&row.from_department)),
                "to_department" => Value::Word(word(&row.to_department)),
                "outcome" => Value::Word(Some(row.outcome.word().into())),
                "displaced" => row.displaced.map_or(Value::None, Value::Truth),
                _ => Value::None,
            },
        ),
        fill(
            &columns::EMPLOYEES,
            &rows.employees,
            |row, column| match column {
                "year" => Value::Whole(row.year.into()),
                "employee" => Value::Whole(row.employee.into()),
                "name" => Value::Word(word(&row.name)),
                "persona" => Value::Truth(row.persona),
                "strategy" => Value::Word(Some(row.strategy.clone())),
                "department" => Value::Word(word(&row.department)),
                "level" => Value::Word(word(&row.level)),
                "level_rank" => row
                    .level_rank
                    .map_or(Value::None, |n| Value::Whole(n.into())),
                "competence" => row.competence.map_or(Value::None, Value::Real),
                "reputation" => row.reputation.map_or(Value::None, Value::Real),
                "known_by" => row.known_by.map_or(Value::None, |n| Value::Whole(n.into())),
                "influence" => row.influence.map_or(Value::None, Value::Real),
                "promotions" => row
                    .promotions
                    .map_or(Value::None, |n| Value::Whole(n.into())),
                "presence_days" => row.presence_days.map_or(Value::None, Value::Real),
                "status" => Value::Word(Some("active".into())),
                _ => Value::None,
            },
        ),
        fill(
            &columns::POSITIONS,
            &rows.positions,
            |row, column| match column {
                "snapshot" => Value::Word(Some(row.snapshot.clone())),
                "week" => Value::Whole(row.week.into()),
                "employee" => Value::Whole(row.employee.into()),
                "strategy" => Value::Word(Some(row.strategy.clone())),
                "department" => Value::Word(word(&row.department)),
                "layer" => Value::Word(Some("union".into())),
                "betweenness" => row.betweenness.map_or(Value::None, Value::Real),
                "constraint" => row.constraint.map_or(Value::None, Value::Real),
                "out_degree" => row.degree.map_or(Value::None, |n| Value::Whole(n as i64)),
                "effective_size" => row.effective_size.map_or(Value::None, Value::Real),
                _ => Value::None,
            },
        ),
        fill(&columns::TIES, &rows.ties, |row, column| match column {
            "snapshot" => Value::Word(Some(row.snapshot.clone())),
            "source" => Value::Whole(row.source.into()),
            "target" => Value::Whole(row.target.into()),
            "week" => Value::Whole(row.week.into()),
            "collaboration" => Value::Real(row.layers[0].into()),
            "friendship" => Value::Real(row.layers[1].into()),
            "career_support" => Value::Real(row.layers[2].into()),
            "trust" => Value::Real(row.trust.into()),
            "last_contact" => row
                .last_contact
                .map_or(Value::None, |n| Value::Whole(n.into())),
            "informs" => row.informs.map_or(Value::None, Value::Truth),
            _ => Value::None,
        }),
        fill(&columns::WEEKLY, &rows.weekly, |row, column| match column {
            "week" => Value::Whole(row.week.into()),
            "headcount" => Value::Whole(row.headcount.into()),
            "output" => row.output.map_or(Value::None, Value::Real),
            "exits" => Value::Whole(row.exits.into()),
            _ => Value::None,
        }),
        fill(
            &columns::PROGRAMMES,
            &rows.programmes,
            |row, column| match column {
                "programme" => Value::Word(Some(row.programme.clone())),
                "kind" => Value::Word(Some(row.kind.clone())),
                "week" => Value::Whole(row.week.into()),
                "employee" => Value::Whole(row.employee.into()),
                "assigned" => Value::Truth(row.assigned),
                _ => Value::None,
            },
        ),
    ];
    let entries = tables
        .drain(..)
        .map(|table| folder.write_table(&table, TableFormat::Csv).unwrap())
        .collect();
    let run = RunDescription {
        scenario: ScenarioEntry {
            name: rows.provenance.scenario.clone(),
            hash: rows.provenance.scenario_hash.clone(),
        },
        seed: rows.provenance.seed,
        years: 4,
        command: rows.provenance.command.clone().unwrap_or_default(),
        started: "2026-01-01T00:00:00Z".into(),
        duration_seconds: 1.0,
        threads: 1,
        notes: Vec::new(),
    };
    folder.finish(run, entries).unwrap();
}

enum Value {
    None,
    Whole(i64),
    Real(f64),
    Truth(bool),
    Word(Option<String>),
}

fn number(text: Option<&str>) -> Value {
    text.map_or(Value::None, |text| Value::Whole(text.parse().unwrap()))
}

fn fill<R>(spec: &'static TableSpec, rows: &[R], value: impl Fn(&R, &str) -> Value) -> Table {
    let mut table = Table::new(spec);
    for row in rows {
        let values: Vec<Value> = spec
            .columns
            .iter()
            .map(|column| value(row, column.name))
            .collect();
        let cells: Vec<Cell<'_>> = values
            .iter()
            .map(|value| match value {
                Value::None | Value::Word(None) => Cell::Missing,
                Value::Whole(number) => Cell::Integer(*number),
                Value::Real(number) => Cell::Real(*number),
                Value::Truth(truth) => Cell::Boolean(*truth),
                Value::Word(Some(word)) => Cell::Text(word),
            })
            .collect();
        table.push(&cells).unwrap();
    }
    table
}
