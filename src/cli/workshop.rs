//! `allies workshop`: a run and its pages for a room that predicts before it sees.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use clap::Args;
use rayon::prelude::*;

use super::imports::{folder_of, read_import};
use super::interrupt;
use super::output::{FINE, WRONG_INPUT, print, print_problems};
use super::progress::Progress;
use super::quoting::{quoted, sets_quoted};
use super::results::{Timing, describe, write_scenario, write_tables};
use super::run::stopped;
use super::threads::pool;
use crate::analysis::{Analysis, Headline, HeadlineTables, contrasts, headline, story::Chronicle};
use crate::charts::{self, Options};
use crate::experiment::{Finished, run_once, seed};
use crate::initialization::Imported;
use crate::language::Language;
use crate::records::{ResultsFolder, TableFormat, moment};
use crate::report::workshop::{self, Card, Pack, SlideChart};
use crate::scenario::{Loaded, Problems, Scenario, load};

/// Write a workshop pack: guide, persona pages, decision cards with computed results, debrief
#[derive(Debug, Args)]
pub(super) struct Workshop {
    /// Scenario file
    pub scenario: PathBuf,
    /// Folder of the pack; it also holds the results of the run that the personas come from
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Pairs of runs for each decision card
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(2..=10_000))]
    pub replicates: u16,
    /// Change one value: path.to.key=value; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Threads; the pack does not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Language of the pages: en, de
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = Language::of_code)]
    pub language: Language,
    /// Replace a pack that is there already
    #[arg(long)]
    pub force: bool,
    /// Print errors only
    #[arg(long)]
    pub quiet: bool,
}

/// A card that fits the scenario.
struct Arm {
    card: Card,
    scenario: Scenario,
}

/// Cards that fit, and those that do not with the reason.
type Fitting = (Vec<Arm>, Vec<(String, String)>);

/// Runs and writes; the exit code.
///
/// # Errors
/// When the pack cannot be written, or the runs were interrupted.
pub(super) fn run(arguments: &Workshop) -> anyhow::Result<u8> {
    let loaded = match load::<Scenario>(&arguments.scenario, &arguments.sets) {
        Ok(loaded) => loaded,
        Err(problems) => {
            print_problems(&problems)?;
            return Ok(WRONG_INPUT);
        }
    };
    let base = folder_of(&arguments.scenario);
    let Some(import) = read_import(&loaded, &base)? else {
        return Ok(WRONG_INPUT);
    };
    let (arms, left_out) = fitting(arguments, &loaded)?;
    let mut scenario = loaded.value;
    scenario.complete();
    let folder = ResultsFolder::create(&arguments.out, arguments.force)?;
    let pool = pool(arguments.threads)?;
    let (started, clock) = (moment::now(), Instant::now());
    let stop = interrupt::flag();
    let finished =
        pool.install(|| run_once(scenario.clone(), import.as_ref(), &mut |_, _| {}, &stop))?;
    let hash = write_scenario(&folder, &scenario, &base)?;
    let entries = pool.install(|| write_tables(&folder, &finished, TableFormat::Parquet))?;
    let command = format!(
        "allies workshop {} --replicates {} --out {}{}",
        quoted(&arguments.scenario.display().to_string()),
        arguments.replicates,
        quoted(&arguments.out.display().to_string()),
        sets_quoted(&arguments.sets)
    );
    pool.install(|| {
        super::presentation::write(
            &folder,
            &finished,
            &scenario,
            &hash,
            &command,
            true,
            arguments.language,
        )
    })?;
    stopped(&stop)?;
    let results = pool.install(|| results(arguments, &scenario, import.as_ref(), arms, &stop))?;
    let (analysis, chronicle) = material(&finished, &scenario, &hash)?;
    let options = Options {
        language: arguments.language,
        png: false,
        ..Options::default()
    };
    let slides: Vec<SlideChart> = charts::draw(&analysis, &options)?
        .charts
        .into_iter()
        .map(|chart| SlideChart {
            file: format!("charts/{}", chart.name),
            title: chart.title,
            alt: chart.alt,
        })
        .collect();
    let pack = Pack {
        analysis: &analysis,
        chronicle: &chronicle,
        charts: &slides,
        results: &results,
        left_out: &left_out,
        replicates: usize::from(arguments.replicates),
        root: scenario.seed,
        seed: seed(scenario.seed, 0),
        scenario_file: &arguments.scenario.display().to_string(),
    };
    for page in workshop::pages(pack, arguments.language)? {
        folder.write_file(&page.name, |to| {
            std::io::Write::write_all(to, page.html.as_bytes())
        })?;
    }
    let runs = 1 + (results.len() + 1) * usize::from(arguments.replicates);
    let timing = Timing {
        started,
        clock,
        threads: pool.current_num_threads(),
    };
    let description = describe(&scenario, hash, command, timing, &finished.notes);
    folder.finish(description, entries)?;
    if !arguments.quiet {
        let mut text = String::new();
        for (title, reason) in &left_out {
            text += &format!("card left out: {title}: {reason}\n");
        }
        text += &format!(
            "workshop pack with {} cards from {runs} runs in {:.1} s: open {}\n",
            results.len(),
            clock.elapsed().as_secs_f64(),
            arguments.out.join("index.html").display()
        );
        print(&text)?;
    }
    Ok(FINE)
}

/// The cards that the scenario can be played with: each is loaded as the user would with `--set`.
fn fitting(arguments: &Workshop, base: &Loaded<Scenario>) -> anyhow::Result<Fitting> {
    let language = arguments.language;
    let mut cards = workshop::cards(language)?;
    for (number, persona) in base.value.personas.iter().enumerate() {
        let Some(own) = &persona.strategy else {
            continue;
        };
        let other = base.value.strategies.keys().find(|name| *name != own);
        cards.extend(
            other.map(|other| workshop::persona_card(&persona.name, number, other, language)),
        );
    }
    let (mut arms, mut left_out) = (Vec::new(), Vec::new());
    for card in cards {
        let sets: Vec<String> = arguments.sets.iter().chain(&card.set).cloned().collect();
        match load::<Scenario>(&arguments.scenario, &sets) {
            Ok(loaded) if loaded.hash == base.hash => {
                left_out.push((card.title, language.say("workshop.same", &[])));
            }
            Ok(loaded) => {
                let mut scenario = loaded.value;
                scenario.complete();
                arms.push(Arm { card, scenario });
            }
            Err(problems) => left_out.push((card.title, first_line(&problems))),
        }
    }
    Ok((arms, left_out))
}

fn first_line(problems: &Problems) -> String {
    let text = problems.render(crate::scenario::Look::Plain);
    text.lines().next().unwrap_or_default().to_owned()
}

/// Runs every card beside the base, with the same seeds: those of an experiment whose root is the scenario's seed.
fn results(
    arguments: &Workshop,
    base: &Scenario,
    import: Option<&Imported>,
    arms: Vec<Arm>,
    stop: &AtomicBool,
) -> anyhow::Result<Vec<workshop::Result>> {
    let replicates = u64::from(arguments.replicates);
    let strategies: Vec<String> = base.strategies.keys().cloned().collect();
    let scenarios: Vec<&Scenario> = std::iter::once(base)
        .chain(arms.iter().map(|arm| &arm.scenario))
        .collect();
    let units: Vec<(usize, u64)> = (0..scenarios.len())
        .flat_map(|arm| (0..replicates).map(move |r| (arm, r)))
        .collect();
    let progress = Mutex::new((0, Progress::new(arguments.quiet, "run", true)));
    let one_more = || {
        if let Ok(mut progress) = progress.lock() {
            progress.0 += 1;
            let done = progress.0;
            progress.1.tell(done, units.len() as i32);
        }
    };
    let found: Vec<anyhow::Result<Headline>> = units
        .par_iter()
        .map(|&(arm, replicate)| {
            let mut scenario = scenarios[arm].clone();
            // neighbouring seeds would be as good, but then two packs of neighbouring seeds would share runs
            scenario.seed = seed(base.seed, replicate as u32);
            // what is not counted need not be recorded; the observer never changes the run
            scenario.records.ties = false;
            scenario.records.positions = false;
            let names: Vec<String> = scenario.personas.iter().map(|p| p.name.clone()).collect();
            let finished = run_once(scenario, import, &mut |_, _| {}, stop)?;
            one_more();
            count(&finished, &strategies, &names)
        })
        .collect();
    if let Ok(progress) = progress.lock() {
        progress.1.done();
    }
    let found = found
        .into_iter()
        .collect::<anyhow::Result<Vec<Headline>>>()?;
    let runs = |arm: usize| &found[arm * replicates as usize..(arm + 1) * replicates as usize];
    Ok(arms
        .into_iter()
        .enumerate()
        .map(|(number, arm)| workshop::Result {
            changes: contrasts(runs(0), runs(number + 1)),
            card: arm.card,
        })
        .collect())
}

fn count(finished: &Finished, strategies: &[String], names: &[String]) -> anyhow::Result<Headline> {
    let [events, _, employees, _, _, weekly, placements, ..] = finished.recorder.tables();
    let tables = HeadlineTables {
        events,
        placements,
        weekly,
        employees,
    };
    Ok(headline(tables, strategies, names)?)
}

/// What the pages are filled from.
fn material(
    finished: &Finished,
    scenario: &Scenario,
    hash: &str,
) -> anyhow::Result<(Analysis, Chronicle)> {
    let provenance = crate::analysis::Provenance {
        scenario: scenario.name.clone(),
        scenario_hash: hash.to_owned(),
        seed: scenario.seed,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: None,
    };
    let analysis = super::presentation::analysis(finished, scenario, provenance.clone())?;
    let chronicle = super::presentation::chronicle(finished, provenance)?;
    Ok((analysis, chronicle))
}
