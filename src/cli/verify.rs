//! `allies verify`: run again from the manifest and compare.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::Args;

use super::imports::read_import;
use super::output::{FAILED, FINE, WRONG_INPUT, print, print_error, print_problems};
use super::run::STARTED_FROM;
use super::threads::pool;
use super::verify_experiment;
use crate::experiment::{How, Start, is_experiment, read_checkpoint, run_how};
use crate::records::wanted::Wanted;
use crate::records::{Results, first_difference};
use crate::scenario::{Scenario, load};

/// Run again from the manifest; say "identical", or where the tables differ
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Folder of the results
    pub results: PathBuf,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Of an experiment: runs that are repeated, drawn at random
    #[arg(long, value_name = "N", default_value = "20")]
    pub sample: usize,
    /// Of an experiment: repeat all runs
    #[arg(long)]
    pub all: bool,
}

/// Repeats the run of a folder; the exit code is 1 when anything differs.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn run(arguments: &Verify) -> anyhow::Result<u8> {
    if is_experiment(&arguments.results) {
        let sample = (!arguments.all).then_some(arguments.sample);
        return verify_experiment::run(&arguments.results, sample, arguments.threads);
    }
    let results = Results::open(&arguments.results)?;
    let loaded = match load::<Scenario>(&results.root().join("scenario.toml"), &[]) {
        Ok(loaded) => loaded,
        Err(problems) => {
            print_problems(&problems)?;
            return Ok(WRONG_INPUT);
        }
    };
    let recorded = &results.manifest().scenario.hash;
    if loaded.hash != *recorded {
        print_error(&format!(
            "error: {}/scenario.toml is not the scenario of the run: its hash is {}, the manifest says {recorded}\n",
            arguments.results.display(),
            loaded.hash
        ))?;
        return Ok(FAILED);
    }
    let base = results.root().to_owned();
    let Some(import) = read_import(&loaded, &base)? else {
        return Ok(WRONG_INPUT);
    };
    let never = AtomicBool::new(false);
    let mut scenario = loaded.value;
    scenario.complete();
    let state = results.root().join(STARTED_FROM);
    let how = How {
        import: import.as_ref(),
        start: if state.exists() {
            read_checkpoint(&state, &scenario)?
        } else {
            Start::Beginning
        },
        wanted: Wanted::EVERYTHING,
        checkpoint_at: None,
    };
    let finished =
        pool(arguments.threads)?.install(|| run_how(scenario, how, &mut |_, _| {}, &never))?;
    let tables = finished.recorder.tables();
    let mut rows = 0;
    for table in tables {
        rows += table.len();
        for (path, found) in results.table_as_found(table.spec())? {
            if let Some(difference) = first_difference(&found, table) {
                print(&format!("different: {}: {difference}\n", path.display()))?;
                return Ok(FAILED);
            }
        }
    }
    let changed: Vec<&str> = results
        .changed_files()
        .into_iter()
        .filter(|file| {
            !file.starts_with("charts/")
                && !file.starts_with("checkpoints/")
                && *file != "report.html"
        })
        .collect();
    if let Some(file) = changed.first() {
        print(&format!("different: {file} is not as it was written\n"))?;
        return Ok(FAILED);
    }
    print(&format!(
        "identical: {} tables, {rows} rows\n",
        tables.len()
    ))?;
    Ok(FINE)
}
