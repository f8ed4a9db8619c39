//! `allies collect`: from the shards of an experiment to its results, as one machine would have written them.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::experiment::planned;
use super::interrupt;
use super::output::{FAILED, FINE, WRONG_INPUT, print, print_error};
use super::refusals::{broken_off, refused, uncalibrated};
use super::showing::Showing;
use super::study::{further_rounds, tell};
use super::threads::cores_or;
use super::verify_experiment::told;
use crate::experiment::{
    Changes, Circumstances, Open, Plan, Round, Store, StoreError, finish, gather, read_round,
    run_campaign, standing, tidy, verify,
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
    /// Only say which shards have something left to do, in the first round that is not complete; exit code 1 if any has
    #[arg(long, value_enum, requires = "shards")]
    pub missing: Option<Missing>,
    /// Number of shards, for --missing
    #[arg(long, value_name = "N", requires = "missing", value_parser = clap::value_parser!(u32).range(1..))]
    pub shards: Option<u32>,
    /// Fail if parts came from several builds, or a single run failed
    #[arg(long)]
    pub strict: bool,
    /// Repeat this many runs, drawn at random from all machines in turn, and fail if one differs
    #[arg(
        long,
        value_name = "N",
        default_value = "0",
        conflicts_with = "missing"
    )]
    pub verify_sample: usize,
    #[command(flatten)]
    pub showing: Showing,
}

/// How missing shards are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Missing {
    /// For `sbatch --array` and `hq submit --array`: 2,17-19, from 0
    Slurm,
    /// A line each, for `--shard`: 3/64
    List,
}

/// Collects; the exit code is 1 when parts are missing or disagree.
///
/// # Errors
/// When a folder cannot be read or written.
pub(super) fn run(arguments: &Collect) -> anyhow::Result<u8> {
    let clock = Instant::now();
    let out = arguments.out.as_ref().unwrap_or(&arguments.folders[0]);
    let doubles = match gather(&arguments.folders, out) {
        Ok(doubles) => doubles,
        Err(error) => return refused(&error),
    };
    let file = out.join("experiment.toml");
    let Some(plan) = planned(&file, &Changes::default(), true)? else {
        return Ok(WRONG_INPUT);
    };
    let open = match standing(&plan, &[], out) {
        Ok(open) => open,
        Err(error) => return uncalibrated(&error),
    };
    if let (Some(form), Some(shards)) = (arguments.missing, arguments.shards) {
        print(&left(open.as_ref(), form, shards as usize))?;
        return Ok(if open.is_some() { FAILED } else { FINE });
    }
    match open {
        Some(open) => refused(&incomplete(&plan, out, &open)),
        None => conclude(arguments, &plan, out, doubles, clock),
    }
}

fn incomplete(plan: &Plan, out: &Path, open: &Open) -> StoreError {
    let in_rounds = plan.file.stop.is_some() || plan.file.calibration.is_some();
    StoreError::Incomplete {
        path: out.to_owned(),
        missing: open.missing.len(),
        parts: open.parts,
        round: if in_rounds {
            format!(" in round {}", open.number)
        } else {
            String::new()
        },
    }
}

/// The shards of so many that have something left to do.
fn left(open: Option<&Open>, form: Missing, of: usize) -> String {
    let shards = open.map_or_else(Vec::new, |open| open.shards(of));
    match form {
        Missing::List => {
            let lines: Vec<String> = shards.iter().map(|k| format!("{k}/{of}")).collect();
            lines.join("\n") + if lines.is_empty() { "" } else { "\n" }
        }
        Missing::Slurm => ranges(&shards),
    }
}

/// Numbers from 1 as ranges from 0: 2,17-19.
fn ranges(shards: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for index in shards.iter().map(|k| k - 1) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == index => *last = index,
            _ => ranges.push((index, index)),
        }
    }
    let shown = |(first, last): &(usize, usize)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    };
    let mut text = ranges.iter().map(shown).collect::<Vec<_>>().join(",");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Writes the results, once every part is there.
fn conclude(
    arguments: &Collect,
    plan: &Plan,
    out: &Path,
    doubles: usize,
    clock: Instant,
) -> anyhow::Result<u8> {
    let store = match tidy(out).and_then(|()| Store::existing(out)) {
        Ok(store) => store,
        Err(error) => return refused(&error),
    };
    // everything is there: this only reads
    let never = AtomicBool::new(false);
    let ended = match run_campaign(plan, &store, 1, &never, &mut |_| {}) {
        Ok(ended) => ended,
        Err(error) => return broken_off(&error),
    };
    let circumstances = Circumstances {
        command: format!(
            "allies experiment {}",
            super::quoting::quoted(&out.join("experiment.toml").display().to_string())
        ),
        duration_seconds: clock.elapsed().as_secs_f64(),
        doubles,
        csv: arguments.showing.csv,
    };
    let manifest = match finish(plan, &store, &ended, circumstances) {
        Ok(manifest) => manifest,
        Err(error) => return broken_off(&error),
    };
    let mut batch = |round: &Round| read_round(round, out);
    let said = match further_rounds((plan, &ended, &[]), out, &mut batch)? {
        Ok(said) => said,
        Err(code) => return Ok(code),
    };
    if manifest.builds.len() > 1 {
        print_error(&format!(
            "{}: parts were computed by {} builds: {}\n",
            if arguments.strict { "error" } else { "warning" },
            manifest.builds.len(),
            manifest.builds.join("; ")
        ))?;
    }
    tell(plan, &ended, out, arguments.showing, (&said, clock))?;
    if !arguments.showing.quiet {
        print(&format!(
            "{} parts from {} machines, {doubles} computed twice with the same result\n",
            manifest.parts,
            manifest.hosts.len()
        ))?;
    }
    let strict = arguments.strict && (manifest.builds.len() > 1 || ended.failed > 0);
    let same = arguments.verify_sample == 0 || repeats(arguments, plan, out)?;
    Ok(if strict || !same { FAILED } else { FINE })
}

/// Repeats a sample of the runs; whether all of it is the same.
fn repeats(arguments: &Collect, plan: &Plan, out: &Path) -> anyhow::Result<bool> {
    let threads = cores_or(None);
    let stop = interrupt::flag();
    let verified = verify(out, plan, Some(arguments.verify_sample), threads, &stop)?;
    let (said, same) = told(&verified);
    if !same {
        print_error(&said)?;
    } else if !arguments.showing.quiet {
        print(&said)?;
    }
    Ok(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_shards_are_ranges_from_zero() {
        assert_eq!(ranges(&[3, 18, 19, 20, 64]), "2,17-19,63\n");
        assert_eq!(ranges(&[1]), "0\n");
        assert_eq!(ranges(&[]), "");
    }
}
