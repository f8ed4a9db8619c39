//! How the results of an experiment are shown, whichever command comes to them.

use clap::Args;

use crate::language::Language;

// no comment of the struct for help: it would stand in the place of the command's own
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Showing {
    /// Write outcomes, runs, arms and summary as CSV too, for programs that read no Parquet
    #[arg(long)]
    pub csv: bool,
    /// Language of charts, report and findings: en, de
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = Language::of_code)]
    pub language: Language,
    /// Draw no charts
    #[arg(long)]
    pub no_charts: bool,
    /// Print errors only
    #[arg(long)]
    pub quiet: bool,
}
