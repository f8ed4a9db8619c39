//! What every folder of results of a run holds, whichever command writes it: scenario, dictionary, tables, manifest.

use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use rayon::prelude::*;

use crate::experiment::Finished;
use crate::records::{
    ResultsFolder, RunDescription, ScenarioEntry, TableEntry, TableFormat, dictionary,
};
use crate::scenario::Scenario;

/// Writes the scenario with every value that was used, and what the tables mean; the scenario's hash.
pub(super) fn write_scenario(
    folder: &ResultsFolder,
    scenario: &Scenario,
    base: &Path,
) -> anyhow::Result<String> {
    let mut resolved = scenario.clone();
    copy_inputs(folder, &mut resolved, base)?;
    let text = toml::to_string(&resolved).context("cannot write the resolved scenario")?;
    folder.write_file("scenario.toml", |to| {
        std::io::Write::write_all(to, text.as_bytes())
    })?;
    folder.write_file("dictionary.csv", |to| dictionary::write(to))?;
    Ok(blake3::hash(text.as_bytes()).to_hex().to_string())
}

/// When and on how many threads a run went.
pub(super) struct Timing {
    pub(super) started: String,
    pub(super) clock: Instant,
    pub(super) threads: usize,
}

/// What the manifest says of a run.
pub(super) fn describe(
    scenario: &Scenario,
    hash: String,
    command: String,
    timing: Timing,
    notes: &[String],
) -> RunDescription {
    RunDescription {
        scenario: ScenarioEntry {
            name: scenario.name.clone(),
            hash,
        },
        seed: scenario.seed,
        years: scenario.years.get(),
        command,
        started: timing.started,
        duration_seconds: timing.clock.elapsed().as_secs_f64(),
        threads: timing.threads,
        notes: notes.to_vec(),
    }
}

/// Writes all tables at once.
pub(super) fn write_tables(
    folder: &ResultsFolder,
    finished: &Finished,
    format: TableFormat,
) -> anyhow::Result<Vec<TableEntry>> {
    let tables = finished.recorder.tables();
    let written: Vec<Result<TableEntry, crate::records::Error>> = tables
        .par_iter()
        .map(|table| folder.write_table(table, format))
        .collect();
    Ok(written.into_iter().collect::<Result<_, _>>()?)
}

/// Copies the files of an imported organisation beside the results, so that the run can be repeated from there.
fn copy_inputs(folder: &ResultsFolder, scenario: &mut Scenario, base: &Path) -> anyhow::Result<()> {
    let Some(import) = &mut scenario.organisation.import else {
        return Ok(());
    };
    for (name, file) in [
        ("employees", &mut import.employees),
        ("ties", &mut import.ties),
    ] {
        let from = base.join(&file);
        let bytes =
            std::fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        let to = format!("inputs/{name}.csv");
        folder.write_file(&to, |out| std::io::Write::write_all(out, &bytes))?;
        *file = to;
    }
    Ok(())
}
