//! Networks, charts and report of a run, and the sentences for the terminal.

use anyhow::Context;
use rayon::prelude::*;

use crate::analysis::story::{Chronicle, StoryTables};
use crate::analysis::{Analysis, Definitions, Focus, Frames, Provenance, ReadError, Rows, Tables};
use crate::charts;
use crate::experiment::Finished;
use crate::language::Language;
use crate::records::{Error, ResultsFolder, networks};
use crate::report;
use crate::scenario::Scenario;

/// Writes networks, charts and report; the sentences that say what happened.
pub(super) fn write(
    folder: &ResultsFolder,
    finished: &Finished,
    scenario: &Scenario,
    hash: &str,
    command: &str,
    with_charts: bool,
    language: Language,
) -> anyhow::Result<Vec<String>> {
    let [_, _, employees, positions, ties, ..] = finished.recorder.tables();
    let written: Vec<Result<(), Error>> = networks::snapshots(positions)
        .into_par_iter()
        .map(|snapshot| {
            folder.write_file(&format!("networks/{snapshot}.graphml"), |to| {
                networks::write(to, &snapshot, positions, ties, employees)
            })
        })
        .collect();
    written.into_iter().collect::<Result<(), Error>>()?;
    let provenance = Provenance {
        scenario: scenario.name.clone(),
        scenario_hash: hash.to_owned(),
        seed: scenario.seed,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: Some(command.to_owned()),
    };
    let analysis = analysis(finished, scenario, provenance.clone())?;
    if with_charts {
        let options = charts::Options {
            language,
            ..charts::Options::default()
        };
        charts::draw_all(&analysis, &options, &folder.path().join("charts"))?;
        let mut files: Vec<String> = Vec::new();
        for table in finished.recorder.tables() {
            for ending in ["parquet", "csv"] {
                let file = format!("tables/{}.{ending}", table.spec().name);
                if folder.path().join(&file).exists() {
                    files.push(file);
                }
            }
        }
        files.push("dictionary.csv".to_owned());
        files.push("scenario.toml".to_owned());
        let chronicle = chronicle(finished, provenance)?;
        let names: Vec<(u32, String)> = analysis
            .personas
            .iter()
            .map(|career| (career.employee, career.name.clone()))
            .collect();
        let frames = Frames::of(positions, ties, &names)?;
        let material = report::Material {
            analysis: &analysis,
            chronicle: &chronicle,
            frames: frames.as_ref(),
            files: &files,
        };
        let page = report::page(material, language).context("cannot write the report")?;
        folder.write_file("report.html", |to| {
            std::io::Write::write_all(to, page.as_bytes())
        })?;
    }
    Ok(analysis.sentences(language).to_vec())
}

/// What stories are told from, with the ties of the personas.
pub(super) fn chronicle(
    finished: &Finished,
    provenance: Provenance,
) -> Result<Chronicle, ReadError> {
    let [events, decisions, employees, _, ties, _, placements, ..] = finished.recorder.tables();
    let tables = StoryTables {
        events,
        decisions,
        placements,
        employees,
    };
    let mut chronicle = Chronicle::of(provenance, tables)?;
    let personas = chronicle.persona_ids();
    chronicle.take_ties(ties, &personas)?;
    Ok(chronicle)
}

/// The statistics of a run.
pub(super) fn analysis(
    finished: &Finished,
    scenario: &Scenario,
    provenance: Provenance,
) -> Result<Analysis, ReadError> {
    let [
        events,
        _,
        employees,
        positions,
        ties,
        weekly,
        placements,
        programmes,
        ..,
    ] = finished.recorder.tables();
    let tables = Tables {
        events,
        placements,
        employees,
        positions,
        ties,
        weekly,
        programmes,
    };
    let recorded = crate::experiment::definitions(scenario);
    let definitions = Definitions {
        strong: recorded.strong,
        speaks_up: recorded.speaks_up,
    };
    let rows = Rows::with(provenance, tables, definitions, &Focus::default())?;
    Ok(Analysis::of(&rows))
}
