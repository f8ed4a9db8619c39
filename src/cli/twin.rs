//! `allies twin`: one person lives differently, all else equal.

use std::path::PathBuf;

use clap::Args;

use super::imports::{folder_of, read_import};
use super::interrupt;
use super::output::{FINE, WRONG_INPUT, print, print_error, print_problems};
use super::threads::pool;
use crate::experiment::{Gain, PARTS, Step, Twin, Verdict, gains, twin};
use crate::scenario::{Scenario, load, nearest};

/// Let one person live differently, all else equal, and see what becomes of it
#[derive(Debug, Args)]
pub(super) struct TwinArguments {
    /// Scenario file
    pub scenario: PathBuf,
    /// Name of the person: one of the scenario's personas
    #[arg(long, value_name = "NAME")]
    pub employee: String,
    /// What is different about the person, such as strategy=authentic; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE", required = true)]
    pub sets: Vec<String>,
    /// Seed in place of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Length of the run in place of the scenario's [years]
    #[arg(long, value_name = "N")]
    pub years: Option<u32>,
    /// Further pairs of worlds with other luck, for the distribution of the difference
    #[arg(long, value_name = "N", default_value = "0", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub replicates: u32,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print errors only
    #[arg(long)]
    pub quiet: bool,
}

/// Runs both worlds and tells; the exit code.
///
/// # Errors
/// When it was interrupted.
pub(super) fn run(arguments: &TwinArguments) -> anyhow::Result<u8> {
    let person = &arguments.employee;
    let mut common = Vec::new();
    common.extend(arguments.seed.map(|seed| format!("seed={seed}")));
    common.extend(arguments.years.map(|years| format!("years={years}")));
    let as_is = match load::<Scenario>(&arguments.scenario, &common) {
        Ok(loaded) => loaded,
        Err(problems) => {
            print_problems(&problems)?;
            return Ok(WRONG_INPUT);
        }
    };
    let names: Vec<&str> = as_is
        .value
        .personas
        .iter()
        .map(|p| p.name.as_str())
        .collect();
    if !names.contains(&person.as_str()) {
        let help = match nearest(person, names.iter().copied()) {
            Some(near) => format!("did you mean {near:?}?"),
            None if names.is_empty() => {
                "the scenario names nobody: add `[[personas]]` with a name to it".to_owned()
            }
            None => format!("there are: {}", names.join(", ")),
        };
        print_error(&format!(
            "error: no persona {person:?} in {}; {help}\n",
            arguments.scenario.display()
        ))?;
        return Ok(WRONG_INPUT);
    }
    // the key of the persona goes before what is set
    let quoted = toml::Value::String(person.clone()).to_string();
    let own: Vec<String> = arguments
        .sets
        .iter()
        .map(|set| format!("personas.{quoted}.{set}"))
        .collect();
    let all: Vec<String> = common.iter().chain(&own).cloned().collect();
    let otherwise = match load::<Scenario>(&arguments.scenario, &all) {
        Ok(loaded) => loaded,
        Err(problems) => {
            print_problems(&problems)?;
            return Ok(WRONG_INPUT);
        }
    };
    let base = folder_of(&arguments.scenario);
    let Some(import) = read_import(&as_is, &base)? else {
        return Ok(WRONG_INPUT);
    };
    let stop = interrupt::flag();
    let pool = pool(arguments.threads)?;
    let scenarios = [as_is.value, otherwise.value].map(|mut scenario| {
        scenario.complete();
        scenario
    });
    let found = pool.install(|| twin(scenarios.clone(), import.as_ref(), person, &stop))?;
    let Some(found) = found else {
        print_error(&format!(
            "error: no post fits {person}, who is in neither world; change department or level\n"
        ))?;
        return Ok(WRONG_INPUT);
    };
    if !arguments.quiet {
        print(&told(person, &arguments.sets, &found))?;
    }
    if arguments.replicates > 0 {
        let gains = gains(
            &scenarios,
            import,
            person,
            arguments.replicates,
            pool.current_num_threads(),
            &stop,
        )?;
        if !arguments.quiet {
            print(&distribution(person, arguments.replicates, &gains))?;
        }
    }
    Ok(FINE)
}

/// The story of both lives.
fn told(person: &str, sets: &[String], twin: &Twin) -> String {
    let mut text = format!(
        "{person}, employee {}: as is, and with {}\n\nWhere the two worlds part\n",
        twin.id,
        sets.join(", ")
    );
    if twin.partings.is_empty() {
        text += "  nowhere: the change makes no difference\n";
    }
    for parting in &twin.partings {
        text += &format!("  week {:>5}  {}\n", parting.week, parting.what);
    }
    for (title, career) in ["As is", "Otherwise"].iter().zip(&twin.careers) {
        text += &format!("\n{title}\n");
        let steps = shown(career);
        if steps.is_empty() {
            text += "  nothing happened\n";
        }
        for step in steps {
            text += &format!("  week {:>5}  {}\n", step.week, step.what);
            if let Some(verdict) = &step.verdict {
                text += &format!("              {}\n", judged(verdict));
            }
        }
        let passed = career
            .iter()
            .filter(|s| s.what.starts_with("passed"))
            .count();
        text += &format!("  passed over {passed} times; the closest of them are shown\n");
    }
    text += "\nAt the end (* differs)   as is          otherwise\n";
    let differ =
        |end: &&(String, [String; 2])| end.1[0] != end.1[1] || ALWAYS.contains(&end.0.as_str());
    for (name, [a, b]) in twin.ends.iter().filter(differ) {
        let mark = if a == b { " " } else { "*" };
        text += &format!("  {mark} {name:<20} {a:<14} {b}\n");
    }
    let others = &twin.others;
    text += &format!(
        "\nEverybody else\n  {} colleagues had something happen to them in one world only, or at another time\n  \
         events: {} as is, {} otherwise, {} the same in both; promotions: {} and {}\n",
        others.people,
        others.events[0],
        others.events[1],
        others.common,
        others.promotions[0],
        others.promotions[1]
    );
    text
}

/// Columns of the yearly panel that are shown even where both lives are the same in them.
const ALWAYS: [&str; 8] = [
    "strategy",
    "department",
    "level",
    "promotions",
    "reassignments",
    "rating",
    "reputation",
    "advocates",
];

/// What happened, and the three closest of the decisions that passed the person over.
fn shown(career: &[Step]) -> Vec<&Step> {
    const CLOSEST: usize = 3;
    let missed = |step: &Step| {
        let verdict = step.verdict.as_ref()?;
        Some(verdict.threshold? - verdict.score)
    };
    let passed = |step: &&Step| step.what.starts_with("passed");
    let mut close: Vec<&Step> = career.iter().filter(passed).collect();
    close.sort_by(|a, b| {
        let (a, b) = (missed(a), missed(b));
        a.unwrap_or(f64::MAX).total_cmp(&b.unwrap_or(f64::MAX))
    });
    close.truncate(CLOSEST);
    let mut steps: Vec<&Step> = career.iter().filter(|step| !passed(step)).collect();
    steps.extend(close);
    steps.sort_by_key(|step| step.week);
    steps
}

/// A verdict in a line.
fn judged(verdict: &Verdict) -> String {
    let parts: Vec<String> = PARTS
        .iter()
        .zip(verdict.parts)
        .map(|(name, part)| format!("{name} {part:+.2}"))
        .collect();
    let against = verdict.threshold.map_or(String::new(), |threshold| {
        format!(", against {threshold:.2}")
    });
    format!(
        "rank {} of {}, score {:.2}{against}: {}; {} spoke up",
        verdict.rank,
        verdict.candidates,
        verdict.score,
        parts.join(", "),
        verdict.advocates
    )
}

/// The distribution of the difference over replicates.
fn distribution(person: &str, replicates: u32, gains: &[Gain]) -> String {
    let mut text = format!(
        "\nOver {replicates} pairs of worlds: {person} otherwise less as is\n  \
         {:<14} {:>9} {:>21} {:>27} {:>7} {:>6} {:>7}\n",
        "", "mean", "95 % interval", "tenth, half, nine tenths", "better", "same", "worse"
    );
    for gain in gains {
        let Some(d) = &gain.difference else {
            text += &format!("  {:<14} too few pairs with a value\n", gain.name);
            continue;
        };
        let interval = format!("{:.3} to {:.3}", d.difference.lower, d.difference.upper);
        let [low, half, high] = gain.quantiles;
        text += &format!(
            "  {:<14} {:>9.3} {interval:>21} {:>27} {:>6.0}% {:>5.0}% {:>6.0}%\n",
            gain.name,
            d.difference.estimate,
            format!("{low:.2}, {half:.2}, {high:.2}"),
            100.0 * gain.better,
            100.0 * (1.0 - gain.better - gain.worse),
            100.0 * gain.worse
        );
    }
    text
}
