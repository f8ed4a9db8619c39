//! Scenarios and readings of the firm that several tests share.
#![allow(dead_code)] // each test file uses its own part

use allies::model::{Model, build};
use allies::scenario::Scenario;
use allies::units::{Headcount, Weeks, Years};
use allies::world::World;

/// A small firm over a short time.
pub(crate) fn small(employees: u32, years: u32, burn_in: u32, seed: u64) -> Scenario {
    let mut scenario = Scenario {
        seed,
        years: Years::new(years),
        burn_in: Weeks::new(burn_in),
        ..Scenario::default()
    };
    scenario.organisation.employees = Headcount::new(employees);
    scenario
}

/// Departments of about `size` people, so that a small firm has several.
pub(crate) fn in_departments_of(size: u32, mut scenario: Scenario) -> Scenario {
    scenario.organisation.department_size = allies::units::Few::new(size);
    scenario.organisation.sites = vec!["north".to_owned(), "south".to_owned()];
    scenario.complete();
    scenario
}

/// Mechanisms.
pub(crate) const SWITCHES: usize = 29;

/// The switch of each mechanism, by its name.
pub(crate) fn switches(s: &mut Scenario) -> [(&'static str, &mut bool); SWITCHES] {
    [
        ("opportunity", &mut s.opportunity.enabled),
        ("enforcement", &mut s.enforcement.enabled),
        ("attention", &mut s.attention.enabled),
        ("choice", &mut s.choice.enabled),
        ("acceptance", &mut s.acceptance.enabled),
        ("exchange", &mut s.exchange.enabled),
        ("dealings", &mut s.dealings.enabled),
        ("liking", &mut s.liking.enabled),
        ("sincerity", &mut s.sincerity.enabled),
        ("reciprocity", &mut s.reciprocity.enabled),
        ("decay", &mut s.decay.enabled),
        ("capacity", &mut s.capacity.enabled),
        ("reputation", &mut s.reputation.enabled),
        ("influence", &mut s.influence.enabled),
        ("information", &mut s.information.enabled),
        ("incidents", &mut s.incidents.enabled),
        ("learning", &mut s.learning.enabled),
        ("work", &mut s.work.enabled),
        ("projects", &mut s.projects.enabled),
        ("review", &mut s.review.enabled),
        ("vacancies", &mut s.vacancies.enabled),
        ("fit", &mut s.fit.enabled),
        ("hiring", &mut s.hiring.enabled),
        ("onboarding", &mut s.onboarding.enabled),
        ("pay", &mut s.pay.enabled),
        ("exit", &mut s.exit.enabled),
        ("restructuring", &mut s.restructuring.enabled),
        ("threat", &mut s.threat.enabled),
        ("evolution", &mut s.evolution.enabled),
    ]
}

/// Runs the whole scenario, burn-in included, and shows every week to the observer.
pub(crate) fn run(scenario: Scenario, observe: &mut dyn FnMut(&World, &Model)) -> (Model, World) {
    let weeks = scenario.years.get() as i32 * 52;
    let (mut model, mut world, _) = build(scenario, None);
    while world.week < weeks {
        model.advance(&mut world, observe);
    }
    (model, world)
}

/// One person in full: profile, character, standing, week and ties, every number to the last bit.
/// (Rust prints the shortest text that reads back as the same float, so equal text is equal bits.)
pub(crate) fn person(world: &World, slot: u32) -> String {
    let i = slot as usize;
    let e = &world.employees;
    let c = &e.characters[i];
    let character = (
        c.competence,
        c.skill,
        c.adaptability,
        c.born,
        c.needs,
        c.habit,
        c.aspiration,
        c.habits,
        e.minds[i],
    );
    let row = world.ties.row(slot);
    let taken: Vec<_> = row
        .iter()
        .map(|(at, alter, tie)| (at, alter, tie, row.due[at], row.active_until[at]))
        .collect();
    format!(
        "{:?} {character:?} {:?} {:?} {taken:?}",
        e.profiles[i], e.standings[i], e.weeks[i]
    )
}

/// Everyone in full.
pub(crate) fn everyone(world: &World) -> Vec<String> {
    (0..world.employees.slots() as u32)
        .map(|slot| person(world, slot))
        .collect()
}

/// What happened this week, but for the key of the strategy.
pub(crate) fn happenings(world: &World) -> Vec<String> {
    let h = &world.happenings;
    let events = h.events.iter().map(|e| {
        format!(
            "{} {:?} {:?} {:?} {:?} {:?} {:?} {} {:?} {:?} {:?}",
            e.week,
            e.kind,
            e.employee,
            e.from_department,
            e.to_department,
            e.from_level,
            e.to_level,
            e.cause,
            e.restructuring,
            e.chain,
            e.decision
        )
    });
    let decisions = h.decisions.iter().map(|d| {
        let candidates: Vec<_> = d
            .candidates
            .iter()
            .map(|c| {
                let parts = (
                    c.score,
                    c.performance,
                    c.reputation,
                    c.advocacy,
                    c.acquaintance,
                );
                (c.employee, parts, c.luck, c.advocates, c.known_to, c.chosen)
            })
            .collect();
        format!(
            "{} {:?} {} {} {candidates:?}",
            d.number, d.kind, d.department, d.level
        )
    });
    let placements = h.placements.iter().map(|p| {
        let to = (p.to_department, p.to_level);
        format!(
            "{} {} {to:?} {:?} {}",
            p.restructuring, p.employee, p.outcome, p.displaced
        )
    });
    events.chain(decisions).chain(placements).collect()
}

/// Active ties of the firm now.
pub(crate) fn active_ties(world: &World) -> usize {
    world
        .employees
        .present()
        .map(|slot| {
            let row = world.ties.row(slot);
            row.iter()
                .filter(|(at, alter, _)| {
                    i32::from(row.active_until[*at]) >= world.week
                        && world.tie(slot, *alter).is_some()
                })
                .count()
        })
        .sum()
}
