//! The two observers against real organisations: the same measures, by the same code, of their data and of the
//! simulated survey or trace.
//!
//! ```text
//! files of a real organisation ──────────────────────────► Network ──┐
//!                                                                    ├─► measures ──► side by side
//! the same people and posts, ties grown by the rules ─► observer ──► Network ──┘
//! ```
//!
//! | Organisation | What it is | What stands beside it |
//! |---|---|---|
//! | law firm | 71 lawyers who marked names on a full roster (Lazega 2001) | the same posts, levels, practices and offices, filled by the model; all on the roster |
//! | high-tech managers | 21 managers, likewise (Krackhardt 1987) | the same posts and reporting lines |
//! | Enron | messages among 184 accounts over 44 months (Priebe et al. 2005) | the default firm of 184 people, all dealings of 14 quarters |
//!
//! None of the real ties goes into the simulated side: people of the same posts begin as strangers and relate by the
//! rules for [`YEARS`]. A survey with a roster has no forgetting and no limit of names; all else of the observer is at
//! its default. There are no bands, and nothing was tuned to these. Enron knows e-mail only, of the people whose
//! mailboxes were seized; the trace knows every contact. That difference is not bridged.

mod measure;
mod network;

use std::path::Path;
use std::sync::atomic::AtomicBool;

pub use measure::{Measured, measures};
pub use network::{Layer, Network};

use super::conditions::firm;
use super::fact::{Combine, Estimate, Sums, estimate};
use super::in_parallel;
use super::observe::{Look, observe_from};
use super::observed::QUARTER;
use crate::initialization::{ImportPlan, Imported};
use crate::scenario::Scenario;
use crate::units::{Few, Probability, WEEKS_PER_YEAR};

/// Years for which the simulated side relates before it is looked at.
pub const YEARS: u32 = 10;

/// Quarters of the trace that stands beside 44 months of e-mail.
const QUARTERS: i32 = 14;

/// A real organisation, and how the firm beside it is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organisation {
    /// Name for readers.
    pub name: &'static str,
    /// Its folder.
    pub folder: &'static str,
    observer: Observer,
    /// Layers of the files, and the layer of the model that stands beside each.
    layers: &'static [(&'static str, usize)],
    /// What its columns are called where they are not called as we do.
    map: &'static [(&'static str, &'static str)],
    /// Levels from the bottom to the top; from their rank when empty.
    order: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Observer {
    /// Everyone marks names on a list of all.
    Roster,
    /// Contacts of a window are counted.
    Trace,
}

/// The organisations, as the shipped scenarios of the first two read them.
pub const ORGANISATIONS: [Organisation; 3] = [
    Organisation {
        name: "law firm",
        folder: "lazega-law-firm",
        observer: Observer::Roster,
        layers: &[("cowork", 0), ("friendship", 1), ("advice", 2)],
        map: &[
            ("department", "practice"),
            ("level", "status"),
            ("site", "office"),
            ("tenure_years", "years_with_firm"),
        ],
        order: &["associate", "partner"],
    },
    Organisation {
        name: "high-tech managers",
        folder: "krackhardt-high-tech",
        observer: Observer::Roster,
        layers: &[("friendship", 1), ("advice", 2)],
        map: &[],
        order: &[],
    },
    Organisation {
        name: "Enron",
        folder: "enron-email",
        observer: Observer::Trace,
        layers: &[("email", 0)],
        map: &[],
        order: &[],
    },
];

/// A measure of both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Layer, as the real organisation calls it.
    pub layer: String,
    /// What is measured.
    pub what: &'static str,
    /// Value of the real data; none where it is not defined.
    pub real: Option<f64>,
    /// Value over the simulated firms.
    pub simulated: Option<Estimate>,
}

/// What became of an organisation: its lines, or why there are none.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The organisation.
    pub organisation: Organisation,
    /// Lines; an error says why it was skipped.
    pub lines: Result<Vec<Line>, String>,
}

impl Organisation {
    /// Reads its files below `data`.
    ///
    /// # Errors
    /// Why it cannot be read; that the folder is absent, above all.
    pub fn read(&self, data: &Path) -> Result<Imported, String> {
        let folder = data.join(self.folder);
        if !folder.join("employees.csv").is_file() {
            return Err(format!("SKIPPED: no data in {}", folder.display()));
        }
        let pairs = |list: &[(&str, &str)]| {
            let owned = list.iter().map(|&(a, b)| (a.to_owned(), b.to_owned()));
            owned.collect()
        };
        let plan = ImportPlan {
            employees: "employees.csv".to_owned(),
            ties: "ties.csv".to_owned(),
            map: pairs(self.map),
            level_order: self.order.iter().map(|&level| level.to_owned()).collect(),
            ..ImportPlan::default()
        };
        Imported::read(&plan, &folder).map_err(|problems| {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            format!("SKIPPED: {}", all.join("; "))
        })
    }

    /// The network in the files.
    pub fn real(&self, import: &Imported) -> Network {
        let names: Vec<&str> = self.layers.iter().map(|(name, _)| *name).collect();
        Network::of_files(import.files(), &names, self.order)
    }

    /// The network that the observer sees in the firm beside it.
    pub fn simulated(&self, import: &Imported, base: &Scenario, seed: u64) -> Network {
        let look = |traced| Look {
            traced,
            spells: false,
        };
        let mut scenario = firm(base, import.people() as u32, YEARS, seed);
        match self.observer {
            Observer::Roster => {
                scenario.records.survey_names = Few::new(250);
                scenario.records.survey_forgets = Probability::new(0.0);
                let seen = observe_from(scenario, Some(import), look(0));
                Network::of_survey(&seen, self.layers)
            }
            Observer::Trace => {
                debug_assert!(YEARS as i32 * WEEKS_PER_YEAR >= QUARTERS * QUARTER);
                let seen = observe_from(scenario, None, look(QUARTERS));
                Network::of_trace(&seen, self.layers[0].0)
            }
        }
    }
}

/// Sets all organisations below `data` beside `seeds` simulated firms each. None when stopped.
pub fn compare(
    data: &Path,
    base: &Scenario,
    seeds: u64,
    threads: usize,
    stop: &AtomicBool,
) -> Option<Vec<Comparison>> {
    let read: Vec<Result<Imported, String>> = ORGANISATIONS.iter().map(|o| o.read(data)).collect();
    let strangers: Vec<Option<Imported>> = read
        .iter()
        .map(|read| read.clone().ok().map(Imported::without_ties))
        .collect();
    let jobs: Vec<(usize, u64)> = (0..ORGANISATIONS.len())
        .filter(|&i| read[i].is_ok())
        .flat_map(|i| (1..=seeds).map(move |seed| (i, seed)))
        .collect();
    let runs = in_parallel(
        &jobs,
        threads,
        |_| 1,
        &|_, _| {},
        stop,
        |(i, seed)| {
            strangers[i]
                .as_ref()
                .map(|import| measures(&ORGANISATIONS[i].simulated(import, base, seed)))
        },
    )?;
    let comparisons = ORGANISATIONS.iter().zip(read).enumerate();
    Some(
        comparisons
            .map(|(i, (&organisation, import))| Comparison {
                organisation,
                lines: import.map(|import| {
                    let own = jobs.iter().zip(&runs).filter(|(job, _)| job.0 == i);
                    let own: Vec<&Vec<Measured>> =
                        own.filter_map(|(_, run)| run.as_ref()).collect();
                    beside(measures(&organisation.real(&import)), &own)
                }),
            })
            .collect(),
    )
}

/// The real measures, each beside those of the runs.
fn beside(real: Vec<Measured>, runs: &[&Vec<Measured>]) -> Vec<Line> {
    real.into_iter()
        .enumerate()
        .map(|(at, measured)| {
            let values: Vec<Sums> = runs
                .iter()
                .filter_map(|run| run.get(at)?.value)
                .map(|value| [value, 1.0, 0.0, 0.0])
                .collect();
            Line {
                layer: measured.layer,
                what: measured.what,
                real: measured.value,
                simulated: estimate(Combine::Ratio, &values),
            }
        })
        .collect()
}
