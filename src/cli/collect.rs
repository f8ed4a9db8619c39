//! `allies collect`: from the shards of an experiment to its results, as one machine would have written them.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use clap::Args;

use super::FAILED;
use super::experiment::{closing, planned, refused};
use super::output::{FINE, WRONG_INPUT, print, print_error};
use super::study::{draw, findings};
use crate::experiment::{
    CampaignError, Changes, Circumstances, Options, Record, Store, StoreError, copy_plan, finish,
    run_campaign, study,
};

/// Put the shards of an experiment together
#[derive(Debug, Args)]
pub(super) struct Collect {
    /// Folders of the shards; several shards may have written to one
    #[arg(required = true)]
    pub folders: Vec<PathBuf>,
    /// Folder of the results [default: the first folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Fail if parts came from several builds, or a single run failed
    #[arg(long)]
    pub strict: bool,
    /// Draw no charts
    #[arg(long)]
    pub no_charts: bool,
    /// Print errors only
    #[arg(long)]
    pub quiet: bool,
}

/// Collects; the exit code is 1 when parts are missing or disagree.
///
/// # Errors
/// When a folder cannot be read or written.
pub(super) fn run(arguments: &Collect) -> anyhow::Result<u8> {
    let clock = Instant::now();
    let out = arguments.out.as_ref().unwrap_or(&arguments.folders[0]);
    match gather(arguments, out) {
        Ok(doubles) => conclude(arguments, out, doubles, clock),
        Err(error) => refused(&error),
    }
}

/// Brings all parts into one folder; how many were there more than once.
fn gather(arguments: &Collect, out: &Path) -> Result<usize, StoreError> {
    let first = Record::read(&arguments.folders[0])?;
    copy_plan(&arguments.folders[0], out)?;
    let store = Store::existing(out)?;
    let mut doubles = 0;
    for folder in &arguments.folders {
        let record = Record::read(folder)?;
        if record.id() != first.id() || record.id() != store.record().id() {
            return Err(StoreError::Other {
                path: folder.clone(),
                what: "its plan is not that of the first folder".to_owned(),
            });
        }
        if folder.canonicalize().ok() == out.canonicalize().ok() {
            continue;
        }
        for part in store.parts() {
            doubles += usize::from(store.take_over(folder, &part)?);
        }
    }
    Ok(doubles)
}

fn conclude(arguments: &Collect, out: &Path, doubles: usize, clock: Instant) -> anyhow::Result<u8> {
    let file = out.join("experiment.toml");
    let Some(plan) = planned(&file, &Changes::default(), true)? else {
        return Ok(WRONG_INPUT);
    };
    let store = match Store::existing(out) {
        Ok(store) => store,
        Err(error) => return refused(&error),
    };
    let (mut missing, parts) = (0, store.parts());
    for part in &parts {
        match Store::mark(out, part) {
            Ok(mark) => missing += usize::from(mark.is_none()),
            Err(error) => return refused(&error),
        }
    }
    if missing > 0 {
        return refused(&StoreError::Incomplete {
            path: out.to_owned(),
            missing,
            parts: parts.len(),
        });
    }
    // everything is there: this only reads
    let options = Options {
        threads: 1,
        shard: None,
    };
    let never = AtomicBool::new(false);
    let ended = match run_campaign(&plan, &store, options, &never, &mut |_| {}) {
        Ok(ended) => ended,
        Err(CampaignError::Store(error)) => return refused(&error),
        Err(error) => return Err(error.into()),
    };
    let circumstances = Circumstances {
        command: format!("allies experiment {}", file.display()),
        duration_seconds: clock.elapsed().as_secs_f64(),
        doubles,
    };
    let manifest = match finish(&plan, &store, &ended, circumstances) {
        Ok(manifest) => manifest,
        Err(CampaignError::Store(error)) => return refused(&error),
        Err(error) => return Err(error.into()),
    };
    if manifest.builds.len() > 1 {
        print_error(&format!(
            "{}: parts were computed by {} builds: {}\n",
            if arguments.strict { "error" } else { "warning" },
            manifest.builds.len(),
            manifest.builds.join("; ")
        ))?;
    }
    let study = study(&plan, &ended.results, ended.replicates);
    if !arguments.no_charts {
        draw(&study, out)?;
    }
    if !arguments.quiet {
        let found = findings(&study);
        let seconds = clock.elapsed().as_secs_f64();
        let text = closing(&plan, &ended, None, out, seconds);
        print(&format!(
            "{found}{text}{} parts from {} machines, {doubles} computed twice with the same result\n",
            manifest.parts,
            manifest.hosts.len()
        ))?;
    }
    let strict = arguments.strict && (manifest.builds.len() > 1 || ended.failed > 0);
    Ok(if strict { FAILED } else { FINE })
}
