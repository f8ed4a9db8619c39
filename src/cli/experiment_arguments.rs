//! What can be asked of `allies experiment`.

use std::path::PathBuf;

use clap::Args;

use super::quoting::{quoted, sets_quoted};
use super::shard_number::{self, ShardArgument};
use super::showing::Showing;

/// Run an experiment: arms, replicates, outcomes, differences
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct ExperimentArguments {
    /// Experiment file
    pub experiment: PathBuf,
    /// Folder of the results [default: output/experiments/<name>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with what is there, perhaps with more replicates or arms than before
    #[arg(long)]
    pub resume: bool,
    /// Runs of each arm in place of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub replicates: Option<u32>,
    /// Root of all seeds in place of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=9_223_372_036_854_775_807))]
    pub seed: Option<u64>,
    /// Change one value of the base scenario: path.to.key=value; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Say what it would cost and how sure it would be, from a few runs, and stop
    #[arg(long)]
    pub dry_run: bool,
    /// Refuse if it is likely to take longer than this [minutes]
    #[arg(long, value_name = "MINUTES")]
    pub budget: Option<f64>,
    /// Write the plan of the runs and how they are divided, say what it comes to, and run nothing
    #[arg(long, conflicts_with_all = ["resume", "dry_run", "budget", "shard"])]
    pub plan_only: bool,
    /// Do only part K of N, for `allies collect` to put together; `auto`: the part that Slurm, HyperQueue, Kubernetes or
    /// AWS Batch says by its variable, of --shards
    #[arg(long, value_name = "K/N", value_parser = shard_number::parse, conflicts_with = "resume")]
    pub shard: Option<ShardArgument>,
    /// Number of shards, for `--shard auto`
    #[arg(long, value_name = "N", requires = "shard", value_parser = clap::value_parser!(u32).range(1..))]
    pub shards: Option<u32>,
    /// With --shard, in an experiment with `stop` or `calibration`: do this round only, which must be on [default: the first
    /// that is not complete]
    #[arg(long, value_name = "R", requires = "shard", value_parser = clap::value_parser!(u32).range(1..))]
    pub round: Option<u32>,
    /// Go on with results that another build of allies began
    #[arg(long)]
    pub other_build: bool,
    /// Fail if a single run failed
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub showing: Showing,
}

impl ExperimentArguments {
    /// The command that gives the results again.
    pub(super) fn command(&self) -> String {
        let mut command = format!(
            "allies experiment {}",
            quoted(&self.experiment.display().to_string())
        );
        if let Some(replicates) = self.replicates {
            command += &format!(" --replicates {replicates}");
        }
        if let Some(seed) = self.seed {
            command += &format!(" --seed {seed}");
        }
        command + &sets_quoted(&self.sets)
    }
}
