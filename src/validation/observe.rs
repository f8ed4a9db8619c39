//! One run, watched for the facts: the yearly panel of people, events and decisions, traces and surveys.
//!
//! Everything here reads the world through the same observers that fill the tables of a run; nothing changes it.

use std::collections::BTreeMap;

use super::observed::QUARTER;
use super::observed::{Observed, Person, Quarter, Spell};
use super::tie_watch::{for_active, lapsed, spells};
use crate::experiment::definitions;
use crate::initialization::Imported;
use crate::measures::Graph;
use crate::measures::structural_holes::{Convention, structural_holes};
use crate::model::{Model, build};
use crate::random::{Randomness, Shapes};
use crate::records::recorder::strategy_of;
use crate::records::roles::Definitions;
use crate::records::survey::{SurveyPlan, survey};
use crate::records::trace::{Window, add_week};
use crate::scenario::Scenario;
use crate::units::WEEKS_PER_YEAR;
use crate::world::{CAREER, EventKind, FRIENDSHIP, Tie, World};

/// How much is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Quarters before the end in which contacts are traced.
    pub traced: i32,
    /// Whether ties are followed from quarter to quarter in the traced time.
    pub spells: bool,
}

/// What adds up over a year.
#[derive(Clone, Copy, Default)]
struct Year {
    hours: f64,
    weeks: f64,
    with_manager: f64,
    asked: f64,
    upkeep: f64,
    help: f64,
    contacts: f64,
}

struct Watcher {
    seen: Observed,
    year: BTreeMap<u32, Year>,
    promotions: BTreeMap<u32, u32>,
    /// Ties at the last quarter's end: (ego id, alter id, spell).
    open: Vec<(u32, u32, Spell)>,
    look: Look,
    survey: Option<SurveyPlan>,
    luck: (Randomness, Shapes),
    definitions: Definitions,
}

/// Runs a scenario and watches it.
pub fn observe(scenario: Scenario, look: Look) -> Observed {
    observe_from(scenario, None, look)
}

/// Runs a scenario that starts from a real organisation, if one is given, and watches it.
pub fn observe_from(scenario: Scenario, import: Option<&Imported>, look: Look) -> Observed {
    let weeks = scenario.years.get() as i32 * WEEKS_PER_YEAR;
    let survey = SurveyPlan::of(&scenario.records);
    let mut watcher = Watcher {
        seen: Observed {
            weeks,
            ..Observed::default()
        },
        year: BTreeMap::new(),
        promotions: BTreeMap::new(),
        open: Vec::new(),
        look,
        survey,
        luck: (Randomness::new(scenario.seed), Shapes::default()),
        definitions: definitions(&scenario),
    };
    let (mut model, mut world, _) = build(scenario, import);
    while world.week < weeks {
        if world.week == 0 {
            watcher.seen.strategies = strategy_names(&world);
            watcher.panel(&world, &model);
        }
        model.advance(&mut world, &mut |world, model| {
            if world.week >= 0 {
                watcher.week(world, model);
            }
        });
    }
    watcher.finish(&world, &model);
    watcher.seen
}

fn strategy_names(world: &World) -> Vec<String> {
    let mut names: Vec<String> = world
        .employees
        .present()
        .map(|slot| strategy_of(world, slot).to_owned())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

impl Watcher {
    fn week(&mut self, world: &World, model: &Model) {
        let week = world.week;
        let happenings = &world.happenings;
        for event in &happenings.events {
            if let Some(id) = event.employee {
                match event.kind {
                    EventKind::Hired => {
                        self.seen.hired.insert(id, week);
                    }
                    EventKind::Promoted => *self.promotions.entry(id).or_default() += 1,
                    _ => {}
                }
            }
            self.seen.events.push(event.clone());
        }
        self.seen
            .decisions
            .extend(happenings.decisions.iter().cloned());
        self.seen
            .placements
            .extend(happenings.placements.iter().cloned());
        self.seen.enrolled.extend(
            happenings
                .enrolments
                .iter()
                .map(|e| (week, e.employee, e.treated)),
        );
        let profiles = &world.employees.profiles;
        for slot in world.employees.present() {
            let year = self.year.entry(profiles[slot as usize].id).or_default();
            let spent = &world.employees.weeks[slot as usize];
            year.hours += f64::from(spent.hours);
            year.help += f64::from(spent.help);
            year.contacts += f64::from(spent.contacts);
            year.weeks += 1.0;
        }
        for (from, to, offer, _) in model.office().contacts() {
            let (caller, called) = (&profiles[from as usize], &profiles[to as usize]);
            let manager_of = |post: u32| world.organisation.manager_of(post);
            if !offer.is_formal() {
                let known = world
                    .tie(from, to)
                    .is_some_and(|tie| i32::from(tie.formed) < week);
                if known && !offer.is_scheduled() {
                    self.year.entry(caller.id).or_default().upkeep += 1.0;
                }
            }
            let is_line =
                manager_of(caller.post) == Some(to) || manager_of(called.post) == Some(from);
            let is_team = manager_of(caller.post) == manager_of(called.post);
            if offer.is_formal() && !is_line && !is_team {
                self.year.entry(called.id).or_default().asked += 1.0;
            }
            if manager_of(caller.post) == Some(to) {
                self.year.entry(caller.id).or_default().with_manager += 1.0;
            } else if manager_of(called.post) == Some(from) {
                self.year.entry(called.id).or_default().with_manager += 1.0;
            }
        }
        let id = |slot: u32| profiles[slot as usize].id;
        let meetings = world.scheduled.iter();
        self.seen
            .met
            .extend(meetings.map(|&(a, b)| (week, id(a), id(b))));
        if week >= self.seen.weeks - self.look.traced * QUARTER {
            if week % QUARTER == 0 {
                self.seen.quarters.push(Quarter {
                    from: week,
                    window: Window::new(),
                });
            }
            if let Some(quarter) = self.seen.quarters.last_mut() {
                add_week(&mut quarter.window, world, model.office());
            }
            if self.look.spells && week % QUARTER == QUARTER - 1 {
                self.follow(world, model);
            }
        }
        if (week + 1) % WEEKS_PER_YEAR == 0 {
            self.panel(world, model);
        }
    }

    /// Closes the spells of the last quarter and opens those of the next.
    fn follow(&mut self, world: &World, model: &Model) {
        let now = spells(world, model);
        let here: std::collections::BTreeSet<u32> = world
            .employees
            .present()
            .map(|slot| world.employees.profiles[slot as usize].id)
            .collect();
        for (ego, alter, mut spell) in self.open.drain(..) {
            if here.contains(&ego) && here.contains(&alter) {
                if let Some(later) = now.get(&(ego, alter)) {
                    spell.kept = true;
                    spell.later = later.strength;
                    spell.contacted = later.contacted;
                    spell.owes_later = later.owes_later;
                } else {
                    spell.contacted = false;
                    spell.owes_later = spell.owes;
                }
                self.seen.spells.push(spell);
            }
        }
        self.open.extend(
            now.into_iter()
                .map(|((ego, alter), spell)| (ego, alter, spell)),
        );
    }

    /// Everyone at a year's end.
    fn panel(&mut self, world: &World, model: &Model) {
        let week = world.week;
        let employees = &world.employees;
        let present: Vec<u32> = employees.present().collect();
        let mut node = vec![u32::MAX; employees.slots()];
        for (i, &slot) in present.iter().enumerate() {
            node[slot as usize] = i as u32;
        }
        let mut arcs = Vec::new();
        let mut people: Vec<Person> = present
            .iter()
            .map(|&slot| self.person(world, slot))
            .collect();
        for_active(world, |ego, alter, tie| {
            let now = model.fading().now(tie, week);
            let (i, j) = (node[ego as usize], node[alter as usize]);
            arcs.push((i, j, 1.0));
            let me = &mut people[i as usize];
            me.ties += 1.0;
            me.multiplex += f64::from(u8::from(now.iter().filter(|s| **s >= 0.2).count() >= 2));
            me.given += f64::from(tie.ledger);
            me.trust += f64::from(tie.trust);
            let (own, other) = (
                &employees.profiles[ego as usize],
                &employees.profiles[alter as usize],
            );
            me.across += f64::from(u8::from(own.department != other.department));
            me.above += f64::from(u8::from(other.level > own.level));
            me.negative += f64::from(u8::from(tie.trust < self.definitions.hostile));
            me.mentors += f64::from(u8::from(
                now[CAREER] >= self.definitions.looks_up
                    && self.looks_after(world, model, alter, ego),
            ));
            let support = tie.trust * now[CAREER].max(now[FRIENDSHIP]);
            people[j as usize].advocates +=
                f64::from(u8::from(support >= self.definitions.speaks_up));
            people[i as usize].friendship += f64::from(now[FRIENDSHIP]);
        });
        for person in &mut people {
            if person.ties > 0.0 {
                person.given /= person.ties;
                person.trust /= person.ties;
            }
        }
        if let Ok(graph) = Graph::from_arcs(people.len(), arcs) {
            let holes = structural_holes(&graph, Convention::Undirected);
            for (person, hole) in people.iter_mut().zip(holes) {
                person.constraint = hole.constraint;
            }
        }
        self.seen.years.push(people);
        self.year.clear();
    }

    /// Whether `senior` is ahead of `junior` and looks after them, as the roles of the tables have it.
    fn looks_after(&self, world: &World, model: &Model, senior: u32, junior: u32) -> bool {
        let profiles = &world.employees.profiles;
        let (one, other) = (&profiles[junior as usize], &profiles[senior as usize]);
        let longer = i32::from(one.hired) - i32::from(other.hired);
        let is_ahead =
            other.level > one.level || other.level == one.level && longer >= self.definitions.ahead;
        is_ahead
            && world.tie(senior, junior).is_some_and(|tie| {
                let now = model.fading().now(tie, world.week);
                tie.trust * now[CAREER].max(now[FRIENDSHIP]) >= self.definitions.looks_after
            })
    }

    fn person(&mut self, world: &World, slot: u32) -> Person {
        let i = slot as usize;
        let employees = &world.employees;
        let (profile, character) = (&employees.profiles[i], &employees.characters[i]);
        let standing = &employees.standings[i];
        let year = self.year.get(&profile.id).copied().unwrap_or_default();
        self.seen
            .hired
            .entry(profile.id)
            .or_insert(i32::from(profile.hired));
        let label = strategy_of(world, slot);
        let weeks = year.weeks.max(1.0);
        Person {
            id: profile.id,
            level: profile.level,
            department: profile.department,
            function: profile.function,
            site: profile.site,
            team: world.organisation.posts[profile.post as usize].superior,
            manager: world
                .organisation
                .manager_of(profile.post)
                .map(|slot| employees.profiles[slot as usize].id),
            strategy: self
                .seen
                .strategies
                .iter()
                .position(|name| name == label)
                .unwrap_or(usize::MAX),
            competence: f64::from(character.competence),
            skill: f64::from(character.skill),
            warmth: f64::from(profile.warmth) / 255.0,
            days: profile.presence.count_ones(),
            tenure: f64::from(world.week + 1 - i32::from(profile.hired))
                / f64::from(WEEKS_PER_YEAR),
            rating: standing.rating.map(f64::from),
            output: f64::from(standing.year_output) / weeks,
            reputation: f64::from(profile.reputation),
            influence: f64::from(profile.influence),
            promotions: f64::from(self.promotions.get(&profile.id).copied().unwrap_or(0)),
            hours: year.hours / weeks,
            with_manager: year.with_manager,
            asked: year.asked,
            upkeep: year.upkeep,
            help: year.help,
            contacts: year.contacts / weeks,
            managing: f64::from(character.managing),
            pay: standing.pay.map(f64::from),
            performed: standing.performed.map(f64::from),
            friends_left: f64::from(standing.friends_left)
                * friend_left(world.week - i32::from(standing.friends_left_week)),
            ..Person::default()
        }
    }

    fn finish(&mut self, world: &World, model: &Model) {
        let organisation = &world.organisation;
        let week = world.week - 1;
        self.seen.levels = organisation
            .levels
            .iter()
            .enumerate()
            .map(|(level, l)| {
                let posts = organisation
                    .posts
                    .iter()
                    .filter(|p| p.exists && p.level as usize == level);
                (l.manages, posts.count() as f64)
            })
            .collect();
        for post in 0..organisation.posts.len() as u32 {
            let reports = organisation.reports(post).len() as f64;
            if reports > 0.0 {
                self.seen.spans.push(reports);
                if organisation.posts[post as usize].superior == crate::world::NOBODY {
                    self.seen.head_reports = reports;
                }
            }
        }
        self.seen.spans.sort_by(f64::total_cmp);
        self.seen.lapsed = lapsed(world, model);
        if let Some(plan) = &self.survey {
            let now = |tie: &Tie| model.fading().now(tie, week);
            let (randomness, shapes) = &self.luck;
            let id = |slot: u32| world.employees.profiles[slot as usize].id;
            for name in survey(world, &now, plan, randomness, shapes) {
                self.seen.named[name.layer].push((id(name.ego), id(name.alter)));
            }
        }
        self.seen.people = self.seen.years.last().cloned().unwrap_or_default();
    }
}

/// Whether a friend left within the last quarter.
fn friend_left(weeks_ago: i32) -> f64 {
    f64::from(u8::from((0..QUARTER).contains(&weeks_ago)))
}
