//! The firm of the defaults against the calibration bands of the evidence: 500 people, 20 years, no restructuring.
//!
//! Bands are those of the project's list of evidence (ids E1 to E47). What lies outside is listed as a known miss,
//! with the same strictness: a miss that comes into its band fails the test too, so that the list stays true.
//! `cargo test --release --test evidence -- --nocapture` prints the table.

use std::collections::BTreeMap;

use allies::model::build;
use allies::scenario::Scenario;
use allies::units::{Headcount, Years};
use allies::world::{Event, EventKind, World};

/// Strength from which a colleague is named in a survey: the strength of monthly contact.
const NAMED: f32 = 0.2;
const YEARS: i32 = 20;

struct Fact {
    id: &'static str,
    what: &'static str,
    value: f64,
    band: (f64, f64),
    /// Whether it is known to lie outside.
    miss: bool,
}

/// Contacts of a window by pair of identities.
type Contacts = BTreeMap<(u32, u32), u32>;

#[derive(Default)]
struct Observed {
    events: Vec<Event>,
    quarters: Vec<Contacts>,
    years: Vec<Contacts>,
    received: BTreeMap<u32, u32>,
}

fn observe() -> (World, Observed, Vec<[f64; 3]>) {
    let mut scenario = Scenario {
        years: Years::new(YEARS as u32),
        ..Scenario::default()
    };
    scenario.organisation.employees = Headcount::new(500);
    let (mut model, mut world, _) = build(scenario, None);
    let mut observed = Observed::default();
    let (mut quarter, mut year) = (Contacts::new(), Contacts::new());
    let last = YEARS * 52;
    while world.week < last {
        model.advance(&mut world, &mut |world, model| {
            if world.week >= 0 {
                observed
                    .events
                    .extend(world.happenings.events.iter().cloned());
            }
            if world.week < last - 104 {
                return;
            }
            for (from, to, _, _) in model.office().contacts() {
                let id = |slot: u32| world.employees.profiles[slot as usize].id;
                let pair = (id(from).min(id(to)), id(from).max(id(to)));
                *quarter.entry(pair).or_default() += 1;
                *year.entry(pair).or_default() += 1;
                *observed.received.entry(id(to)).or_default() += 1;
            }
            if world.week % 13 == 12 {
                observed.quarters.push(std::mem::take(&mut quarter));
            }
            if world.week % 52 == 51 {
                observed.years.push(std::mem::take(&mut year));
            }
        });
    }
    let named = world
        .employees
        .present()
        .map(|ego| {
            let mut named = [0.0; 3];
            for (_, alter, tie) in world.ties.row(ego).iter() {
                if tie.formed >= world.employees.profiles[alter as usize].hired {
                    let now = model.fading().now(tie, world.week);
                    for (count, strength) in named.iter_mut().zip(now) {
                        *count += f64::from(u8::from(strength >= NAMED));
                    }
                }
            }
            named
        })
        .collect();
    (world, observed, named)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (n, sum) = values.fold((0.0, 0.0), |(n, sum), v| (n + 1.0, sum + v));
    sum / n
}

/// Share of the pairs of one window that are seen again in the next, averaged.
fn survival(windows: &[Contacts]) -> f64 {
    mean(windows.windows(2).map(|pair| {
        let kept = pair[0].keys().filter(|k| pair[1].contains_key(k)).count();
        kept as f64 / pair[0].len() as f64
    }))
}

fn facts() -> Vec<Fact> {
    let (world, observed, named) = observe();
    let events = &observed.events;
    let person_years = 500.0 * f64::from(YEARS);
    let rate = |kinds: &[EventKind]| {
        events.iter().filter(|e| kinds.contains(&e.kind)).count() as f64 / person_years
    };
    let levels = world.organisation.levels.len() as u8;
    let first_manager = world
        .organisation
        .levels
        .iter()
        .position(|l| l.manages)
        .unwrap_or(0) as u8;
    let internal = |from: u8, to: u8| {
        let into = |kind: EventKind| {
            events
                .iter()
                .filter(|e| e.kind == kind && e.to_level.is_some_and(|l| (from..to).contains(&l)))
                .count() as f64
        };
        into(EventKind::Promoted) / (into(EventKind::Promoted) + into(EventKind::Hired))
    };
    let mut spans: Vec<f64> = (0..world.organisation.posts.len() as u32)
        .map(|post| world.organisation.reports(post).len() as f64)
        .filter(|&span| span > 0.0)
        .collect();
    spans.sort_by(f64::total_cmp);
    let at = |share: f64| spans[((spans.len() - 1) as f64 * share) as usize];
    let head = (0..world.organisation.posts.len() as u32)
        .find(|&p| world.organisation.posts[p as usize].level == levels - 1)
        .map_or(0, |p| world.organisation.reports(p).len());
    let year = observed.years.last().expect("two years were traced");
    let mut partners: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (&(a, b), &count) in year {
        partners.entry(a).or_default().push(count);
        partners.entry(b).or_default().push(count);
    }
    let top_five = mean(partners.values().map(|counts| {
        let mut counts = counts.clone();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        f64::from(counts.iter().take(5).sum::<u32>()) / f64::from(counts.iter().sum::<u32>())
    }));
    let at_least = |often: u32| {
        mean(
            partners
                .values()
                .map(|c| c.iter().filter(|&&n| n >= often).count() as f64),
        )
    };
    let mut received: Vec<u32> = observed.received.values().copied().collect();
    received.sort_unstable_by(|a, b| b.cmp(a));
    let most = received.iter().take(received.len() / 20).sum::<u32>();
    let top_receivers = f64::from(most) / f64::from(received.iter().sum::<u32>());
    let layer = |l: usize| mean(named.iter().map(|n| n[l]));
    let quits = |from: u8, to: u8| {
        let posts = world
            .organisation
            .posts
            .iter()
            .filter(|p| p.exists && (from..to).contains(&p.level));
        let left = events.iter().filter(|e| {
            e.kind == EventKind::Left && e.from_level.is_some_and(|l| (from..to).contains(&l))
        });
        left.count() as f64 / posts.count() as f64 / f64::from(YEARS)
    };
    let links: Vec<f64> = manager_chains(events, first_manager);
    let fact = |id, what, value, band, miss| Fact {
        id,
        what,
        value,
        band,
        miss,
    };
    vec![
        fact(
            "E1",
            "promoted a year, share of headcount",
            rate(&[EventKind::Promoted]),
            (0.05, 0.11),
            false,
        ),
        fact(
            "E5",
            "inside share, bottom level",
            internal(0, 1),
            (0.0, 0.25),
            false,
        ),
        fact(
            "E5",
            "inside share, first managers",
            internal(first_manager, first_manager + 1),
            (0.45, 0.6),
            false,
        ),
        fact(
            "E13",
            "management layers",
            f64::from(levels - first_manager),
            (3.0, 5.0),
            false,
        ),
        fact("E14", "median span of control", at(0.5), (5.0, 7.0), false),
        fact(
            "E14",
            "mean span of control",
            mean(spans.iter().copied()),
            (7.0, 12.0),
            false,
        ),
        fact(
            "E14",
            "90th percentile over median of spans",
            at(0.9) / at(0.5),
            (2.0, 9.0),
            false,
        ),
        fact("E15", "reports of the head", head as f64, (5.0, 9.0), false),
        fact(
            "E16",
            "share of staff with reports",
            spans.len() as f64 / 500.0,
            (0.1, 0.2),
            false,
        ),
        fact(
            "E18",
            "quits a year",
            rate(&[EventKind::Left]),
            (0.08, 0.17),
            false,
        ),
        fact(
            "E18",
            "quits a year, bottom level",
            quits(0, 1),
            (0.1, 0.15),
            false,
        ),
        fact(
            "E18",
            "quits a year, top two levels",
            quits(levels - 2, levels),
            (0.03, 0.06),
            false,
        ),
        fact(
            "E18",
            "dismissed a year",
            rate(&[EventKind::LaidOff]),
            (0.02, 0.06),
            false,
        ),
        fact(
            "E20",
            "moves per manager vacancy",
            mean(links.iter().copied()),
            (1.5, 3.0),
            false,
        ),
        fact(
            "E40",
            "alters in contact weekly",
            at_least(40),
            (3.0, 7.0),
            false,
        ),
        fact(
            "E40",
            "alters in contact monthly",
            at_least(12),
            (9.0, 20.0),
            false,
        ),
        fact(
            "E40",
            "alters in contact quarterly",
            at_least(3),
            (25.0, 60.0),
            true,
        ),
        fact(
            "E43",
            "pairs of a quarter seen in the next",
            survival(&observed.quarters),
            (0.45, 0.7),
            false,
        ),
        fact(
            "E43",
            "pairs of a year seen in the next",
            survival(&observed.years),
            (0.5, 0.7),
            false,
        ),
        fact(
            "E46",
            "share of contacts with the top five",
            top_five,
            (0.6, 0.8),
            true,
        ),
        fact(
            "E46",
            "contacts received by the top 5 %",
            top_receivers,
            (0.2, 0.3),
            true,
        ),
        fact(
            "E47",
            "named for collaboration",
            layer(0),
            (10.0, 18.0),
            false,
        ),
        fact("E47", "named for friendship", layer(1), (5.0, 10.0), false),
        fact(
            "E47",
            "named for career support",
            layer(2),
            (2.0, 6.0),
            false,
        ),
    ]
}

/// Moves set off by each vacancy of a manager's post: the first filling of the post and all that follow it down.
fn manager_chains(events: &[Event], first_manager: u8) -> Vec<f64> {
    // a chain that begins at level l and goes down by promotions ends with the hire whose count of moves it carries;
    // a hire straight into a manager's post is a chain of one
    let mut chains = Vec::new();
    for event in events.iter().filter(|e| e.kind == EventKind::Hired) {
        let (Some(level), Some(moves)) = (event.to_level, event.chain) else {
            continue;
        };
        // the level at which the chain began: one up for each promotion before the hire
        let began = level + moves.saturating_sub(1) as u8;
        if began >= first_manager {
            chains.push(f64::from(moves));
        }
    }
    chains
}

#[test]
#[allow(clippy::print_stdout)] // the table is for people
fn the_default_firm_lies_within_the_calibration_bands_but_for_known_misses() {
    let mut wrong = Vec::new();
    for Fact {
        id,
        what,
        value,
        band,
        miss,
    } in facts()
    {
        let inside = (band.0..=band.1).contains(&value);
        let line = format!(
            "{id:4} {what:40} {value:7.3}  band {} to {}  {}",
            band.0,
            band.1,
            if inside { "in" } else { "OUT" }
        );
        println!("{line}");
        if inside == miss {
            wrong.push(line);
        }
    }
    assert!(
        wrong.is_empty(),
        "in or out against what is known:\n{}",
        wrong.join("\n")
    );
}
