//! Each mechanism off in turn: what changes in the strategies' outcomes.
//!
//! ```text
//! outcome   promotions per 100 employee-years; share of those touched by a restructuring who lose by it
//! contrast  authentic less isolated, transactional less isolated, authentic less transactional
//! change    contrast with the mechanism off less contrast with everything on, the same seed on both sides
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use super::conditions::Condition;
use super::fact::{Combine, Estimate, Sums, estimate};
use super::observe::{Look, observe};
use super::observed::Observed;
use super::{Runs, in_parallel};
use crate::mechanisms::{Change, restructuring::Kind};
use crate::scenario::{Problems, Scenario, entries, load_default};
use crate::units::{Headcount, Share, Weeks, Years};
use crate::world::Outcome;

/// Strategies in the order of the sums.
const STRATEGIES: [&str; 3] = ["authentic", "transactional", "isolated"];

/// The contrasts: names, and the two strategies by their place in [`STRATEGIES`].
pub const CONTRASTS: [(&str, usize, usize); 3] = [
    ("authentic less isolated", 0, 2),
    ("transactional less isolated", 1, 2),
    ("authentic less transactional", 0, 1),
];

/// Promotions per 100 employee-years, and per cent of the touched who lose.
pub const OUTCOMES: [&str; 2] = [
    "promotions per 100 employee-years",
    "per cent worse off after a restructuring",
];

/// One mechanism off: the mechanism, then for each outcome and contrast the value and the change.
pub struct Row {
    /// Section of the scenario; empty for everything on.
    pub mechanism: String,
    /// Contrast with it off, by outcome and contrast.
    pub values: Vec<Option<Estimate>>,
    /// Change against everything on, by outcome and contrast.
    pub changes: Vec<Option<Estimate>>,
}

/// The sections that can be switched off.
pub fn mechanisms() -> Vec<String> {
    entries::<Scenario>()
        .iter()
        .filter_map(|entry| entry.path.strip_suffix(".enabled"))
        .filter(|section| !section.contains(['.', '[', '<']))
        .map(ToOwned::to_owned)
        .collect()
}

/// Counts of one run by strategy: promotions, employee-years, losers, touched.
type Counts = [[f64; 4]; 3];

/// Runs the table, with some defaults changed if `sets` says so. None when stopped.
///
/// # Errors
/// When a scenario with a mechanism off does not pass its checks, which would be a mistake of this program.
pub fn ablate(
    sets: &[String],
    runs: Runs,
    threads: usize,
    progress: &(dyn Fn(u64, u64) + Sync),
    stop: &AtomicBool,
) -> Result<Option<Vec<Row>>, Problems> {
    let mechanisms = mechanisms();
    let mut scenarios = vec![load_default::<Scenario>(sets)?.value];
    for mechanism in &mechanisms {
        let mut off = sets.to_vec();
        off.push(format!("{mechanism}.enabled=false"));
        scenarios.push(load_default::<Scenario>(&off)?.value);
    }
    let jobs: Vec<(usize, u64)> = (0..scenarios.len())
        .flat_map(|i| (1..=runs.seeds).map(move |seed| (i, seed)))
        .collect();
    let work = |(i, seed): (usize, u64)| counts(&eventful(scenarios[i].clone(), runs, seed));
    let Some(found) = in_parallel(&jobs, threads, |_| 1, progress, stop, work) else {
        return Ok(None);
    };
    let of =
        |i: usize| -> &[Counts] { &found[i * runs.seeds as usize..(i + 1) * runs.seeds as usize] };
    let cells = |f: &dyn Fn(usize, usize, usize) -> Option<Estimate>| {
        (0..OUTCOMES.len())
            .flat_map(|outcome| CONTRASTS.iter().map(move |&(_, a, b)| (outcome, a, b)))
            .map(|(outcome, a, b)| f(outcome, a, b))
            .collect::<Vec<_>>()
    };
    let base = of(0);
    Ok(Some(
        (0..scenarios.len())
            .map(|i| {
                let own = of(i);
                Row {
                    mechanism: i
                        .checked_sub(1)
                        .map_or(String::new(), |m| mechanisms[m].clone()),
                    values: cells(&|outcome, a, b| {
                        let sums: Vec<Sums> =
                            own.iter().map(|c| difference(c, outcome, a, b)).collect();
                        estimate(Combine::Difference, &sums)
                    }),
                    changes: cells(&|outcome, a, b| change(own, base, outcome, a, b)),
                }
            })
            .collect(),
    ))
}

/// The scenario with two restructurings, at the size and length of the runs.
fn eventful(mut scenario: Scenario, runs: Runs, seed: u64) -> Observed {
    scenario.seed = seed;
    scenario.years = Years::new(runs.years);
    scenario.organisation.employees = Headcount::new(runs.people);
    scenario.complete();
    scenario.restructurings = Condition::Merged
        .scenario(&scenario, runs.people, runs.years, seed)
        .restructurings;
    scenario.restructurings.push(Change {
        week: Weeks::new(208),
        kind: Kind::Downsize,
        share: Some(Share::new(0.08)),
        ..Change::default()
    });
    observe(
        scenario,
        Look {
            traced: 0,
            spells: false,
        },
    )
}

fn counts(o: &Observed) -> Counts {
    let place: Vec<Option<usize>> = o
        .strategies
        .iter()
        .map(|name| STRATEGIES.iter().position(|s| s == name))
        .collect();
    let mut counts = Counts::default();
    let mut strategy: BTreeMap<u32, usize> = BTreeMap::new();
    for p in o.years.iter().flatten() {
        if let Some(s) = place.get(p.strategy).copied().flatten() {
            strategy.insert(p.id, s);
        }
    }
    for (count, name) in counts.iter_mut().zip(STRATEGIES) {
        (count[0], count[1]) = o.promotions_of(o.strategy(name));
    }
    for p in &o.placements {
        if let Some(&s) = strategy.get(&p.employee) {
            let loses = matches!(p.outcome, Outcome::LessDesirable | Outcome::Dismissed);
            counts[s][2] += f64::from(u8::from(loses));
            counts[s][3] += 1.0;
        }
    }
    counts
}

fn difference(c: &Counts, outcome: usize, a: usize, b: usize) -> Sums {
    let at = 2 * outcome;
    [
        100.0 * c[a][at],
        c[a][at + 1],
        100.0 * c[b][at],
        c[b][at + 1],
    ]
}

/// Change of a contrast: rates pooled over seeds on both sides, leaving out one seed at a time on both together.
fn change(own: &[Counts], base: &[Counts], outcome: usize, a: usize, b: usize) -> Option<Estimate> {
    let contrast = |of: &[Counts], left_out: Option<usize>| {
        let mut total = [0.0; 4];
        for (_, c) in of.iter().enumerate().filter(|(i, _)| Some(*i) != left_out) {
            for (t, x) in total.iter_mut().zip(difference(c, outcome, a, b)) {
                *t += x;
            }
        }
        Combine::Difference.value(total)
    };
    let value = contrast(own, None)? - contrast(base, None)?;
    let n = own.len() as f64;
    let without: Vec<f64> = (0..own.len())
        .filter_map(|i| Some(contrast(own, Some(i))? - contrast(base, Some(i))?))
        .collect();
    let mean = without.iter().sum::<f64>() / without.len() as f64;
    let spread: f64 = without.iter().map(|w| (w - mean) * (w - mean)).sum();
    let half = (1.96 + 2.4 / (n - 1.0)) * ((n - 1.0) / n * spread).sqrt();
    Some(Estimate {
        value,
        lower: value - half,
        upper: value + half,
        runs: own.len(),
    })
}

/// The table in Markdown; changes whose interval excludes 0 are bold.
pub fn markdown(rows: &[Row], runs: Runs) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} people, {} years, a merger in week 104 and a cut of 8 % in week 208; {} seeds, the same on both sides; 95 % \
         intervals, jackknife over seeds. Changes whose interval excludes 0 are bold.",
        runs.people, runs.years, runs.seeds
    );
    for (o, outcome) in OUTCOMES.iter().enumerate() {
        let heads: Vec<&str> = CONTRASTS.iter().map(|c| c.0).collect();
        let _ = writeln!(
            text,
            "\n### {outcome}\n\n| Off | {} |\n|---|---|---|---|",
            heads.join(" | ")
        );
        for row in rows {
            let cells: Vec<String> = (0..CONTRASTS.len())
                .map(|c| {
                    let at = o * CONTRASTS.len() + c;
                    if row.mechanism.is_empty() {
                        row.values[at].map_or("none".to_owned(), |e| {
                            format!("{:.2} ({:.2} to {:.2})", e.value, e.lower, e.upper)
                        })
                    } else {
                        row.changes[at].map_or("none".to_owned(), |e| {
                            let cell =
                                format!("{:+.2} ({:+.2} to {:+.2})", e.value, e.lower, e.upper);
                            if e.lower > 0.0 || e.upper < 0.0 {
                                format!("**{cell}**")
                            } else {
                                cell
                            }
                        })
                    }
                })
                .collect();
            let name = if row.mechanism.is_empty() {
                "nothing (the contrast itself)".to_owned()
            } else {
                format!("`{}`", row.mechanism)
            };
            let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
        }
    }
    text
}
