//! `allies validate`: the model against the evidence, a line a fact.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;

use super::interrupt;
use super::output::{FINE, INTERRUPTED, WRONG_INPUT, print, print_error, print_problems};
use super::threads::cores_or;
use crate::scenario::{Scenario, load_default};
use crate::validation::{Runs, Suite, ablation, organisations, report, validate};

/// Where a page keeps what the command writes.
const OPEN: &str = "<!-- made by allies validate; do not edit by hand -->";
/// Where that ends.
const CLOSE: &str = "<!-- end -->";

/// What is written below `--out`: the page of the facts, the same as a table, the page of the ablation.
const VALIDATION: &str = "validation.md";
const TABLE: &str = "validation.csv";
const ABLATION: &str = "ablation.md";

/// Hold the default firm against the evidence: a line a fact
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// Few seeds, seconds: shows that nothing is broken, judges nothing
    #[arg(long)]
    pub quick: bool,
    /// Switch each mechanism off in turn instead, and show what changes between strategies
    #[arg(long)]
    pub ablation: bool,
    /// Folder for validation.csv and validation.md (or ablation.md)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Page whose made part is written anew (docs/validation.md, docs/ablation.md)
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Seeds of each condition in place of the suite's: fewer are quicker, more are surer
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=10_000))]
    pub seeds: Option<u16>,
    /// Folder of the real organisations to set beside the firm; what is not there is skipped, and said so
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    pub data: PathBuf,
    /// Change one default first: path.to.key=value; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Replace results that are there already
    #[arg(long)]
    pub force: bool,
    /// Print the summary only
    #[arg(long)]
    pub quiet: bool,
}

/// Runs the suite; the exit code.
///
/// # Errors
/// When something cannot be written, or the suite was interrupted.
pub(super) fn run(arguments: &Validate) -> anyhow::Result<u8> {
    let threads = cores_or(arguments.threads);
    let page = arguments.page.as_deref().map(Page::read).transpose()?;
    // before the work, which may take an hour
    if let Some(there) = in_the_way(arguments) {
        print_error(&format!(
            "error: {} exists; add --force to write over it, or choose another folder with --out\n",
            there.display()
        ))?;
        return Ok(WRONG_INPUT);
    }
    let base = match load_default::<Scenario>(&arguments.sets) {
        Ok(loaded) => loaded.value,
        Err(problems) => {
            print_problems(&problems)?;
            return Ok(WRONG_INPUT);
        }
    };
    let stop = interrupt::flag();
    let clock = Instant::now();
    let shown = Mutex::new(clock);
    let progress = |done: u64, all: u64| {
        if arguments.quiet {
            return;
        }
        if let Ok(mut shown) = shown.lock()
            && (shown.elapsed() > Duration::from_secs(10) || done == all)
        {
            *shown = Instant::now();
            let spent = clock.elapsed().as_secs_f64();
            let left = spent * (all - done) as f64 / done as f64;
            let percent = 100 * done / all;
            drop(print_error(&format!(
                "{percent} % after {spent:.0} s, about {left:.0} s left\n"
            )));
        }
    };
    let (name, text, csv) = if arguments.ablation {
        let mut runs = if arguments.quick {
            Runs {
                people: 120,
                years: 5,
                seeds: 3,
            }
        } else {
            Runs {
                people: 300,
                years: 6,
                seeds: 60,
            }
        };
        if let Some(seeds) = arguments.seeds {
            runs.seeds = u64::from(seeds);
        }
        let rows = ablation::ablate(&arguments.sets, runs, threads, &progress, &stop)
            .map_err(|problems| anyhow::anyhow!("{problems}"))?;
        let Some(rows) = rows else {
            return Ok(INTERRUPTED);
        };
        (ABLATION, ablation::markdown(&rows, runs), None)
    } else {
        let mut suite = Suite {
            base,
            ..if arguments.quick {
                Suite::quick()
            } else {
                Suite::full()
            }
        };
        if let Some(seeds) = arguments.seeds {
            suite.reseed(u64::from(seeds));
        }
        let Some(findings) = validate(&suite, threads, &progress, &stop) else {
            return Ok(INTERRUPTED);
        };
        let beside = if arguments.quick { 3 } else { 30 };
        let beside = arguments.seeds.map_or(beside, u64::from);
        let Some(comparisons) =
            organisations::compare(&arguments.data, &suite.base, beside, threads, &stop)
        else {
            return Ok(INTERRUPTED);
        };
        if !arguments.quiet {
            print(&report::lines(&findings))?;
            print(&report::organisation_lines(&comparisons))?;
        }
        print(&format!("\n{}", report::summary(&findings)))?;
        if arguments.quick {
            print("few seeds: this shows that the suite works, not how good the model is\n")?;
        }
        let mut text = report::markdown(&findings, &suite);
        text.push_str(&report::organisation_section(&comparisons, beside));
        (VALIDATION, text, Some(report::csv(&findings)?))
    };
    if let Some(out) = &arguments.out {
        fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
        write(&out.join(name), text.as_bytes())?;
        if let Some(csv) = &csv {
            write(&out.join(TABLE), csv)?;
        }
    }
    match page {
        Some(page) => page.write(&text)?,
        None if arguments.ablation => print(&text)?,
        None => {}
    }
    Ok(FINE)
}

/// A file of an earlier result that would be written over, unless that was asked for.
fn in_the_way(arguments: &Validate) -> Option<PathBuf> {
    let out = arguments.out.as_ref().filter(|_| !arguments.force)?;
    let names: &[&str] = if arguments.ablation {
        &[ABLATION]
    } else {
        &[VALIDATION, TABLE]
    };
    names
        .iter()
        .map(|name| out.join(name))
        .find(|file| file.exists())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// A page of which a part is made by the command.
struct Page {
    path: PathBuf,
    before: String,
    after: String,
}

impl Page {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("cannot read the page {}", path.display()))?;
        let parts = text.split_once(OPEN).and_then(|(before, rest)| {
            let (_, after) = rest.split_once(CLOSE)?;
            Some((before.to_owned(), after.to_owned()))
        });
        let Some((before, after)) = parts else {
            bail!(
                "{} has no place for the results: write a line `{OPEN}` and below it a line `{CLOSE}`",
                path.display()
            );
        };
        Ok(Self {
            path: path.to_owned(),
            before,
            after,
        })
    }

    fn write(&self, made: &str) -> anyhow::Result<()> {
        let Self {
            path,
            before,
            after,
        } = self;
        let mut file = fs::File::create(path)
            .with_context(|| format!("cannot write the page {}", path.display()))?;
        write!(file, "{before}{OPEN}\n\n{made}\n{CLOSE}{after}")?;
        Ok(())
    }
}
