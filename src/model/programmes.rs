//! The phase in which HR programmes begin, meet and end.
//!
//! Here the kinds are put together; none of them is stated here.

use super::Model;
use crate::interventions::{Drawn, Kind, Programme};
use crate::mechanisms::hiring::warmth;
use crate::random::Purpose;
use crate::world::{Enrolment, Event, EventKind, Participation, World};

/// What is left of an effect when it is called gone, of the whole.
const GONE: f32 = 0.01;

impl Model {
    /// Who takes part is drawn from those who are there; the week's meetings, hours and promises are laid down.
    pub(super) fn run_programmes(&mut self, world: &mut World) {
        world.scheduled.clear();
        let week = world.week;
        let list = &self.scenario.programmes;
        if week < 0 || list.is_empty() {
            return;
        }
        let profiles = &world.employees.profiles;
        world
            .programmes
            .participations
            .retain(|p| profiles[p.slot as usize].id == p.employee);
        for (number, programme) in list.iter().enumerate() {
            let number = number as u16;
            if !self.scenario.interventions.is_on(programme.kind) {
                continue;
            }
            if week == programme.first() {
                self.begin(world, number, programme);
            }
            if programme.runs(week) {
                self.meet(world, number, programme);
            } else if week == programme.last() + 1 {
                self.end(world, number, programme);
            }
            self.change_habits(world, number, programme);
        }
        world.scheduled.sort_unstable();
        world.scheduled.dedup();
        world.happenings.meetings = world.scheduled.len() as u32;
        self.lay_down(world);
    }

    /// Draws those who take part, finds their mentors, sponsors and counterparts, and writes all of it down.
    fn begin(&self, world: &mut World, number: u16, programme: &Programme) {
        let week = world.week;
        let rules = &self.scenario.interventions;
        let step = self.step(world);
        let key = step.randomness.week(Purpose::Programme, week);
        let Drawn { eligible, treated } = programme.draw(world, step, number);
        let partners: Vec<Option<u32>> = match programme.kind {
            Kind::Mentoring => rules.mentoring.mentors(world, key, number, &treated),
            Kind::Sponsorship => rules.sponsorship.sponsors(world, key, number, &treated),
            Kind::Rotation => rules.rotation.counterparts(world, &treated),
            _ => vec![None; treated.len()],
        };
        let id = |world: &World, slot: u32| world.employees.profiles[slot as usize].id;
        note(world, programme, None, None);
        let mut places: Vec<(u32, Option<u32>)> = treated.into_iter().zip(partners).collect();
        places.sort_unstable();
        for &slot in &eligible {
            let place = places.binary_search_by_key(&slot, |place| place.0);
            let partner = place.ok().and_then(|at| places[at].1);
            world.happenings.enrolments.push(Enrolment {
                programme: named(programme, number),
                kind: programme.kind.word(),
                week,
                ends: programme.last(),
                employee: id(world, slot),
                strategy: world.employees.characters[slot as usize].strategy,
                treated: place.is_ok(),
                hours: if place.is_ok() {
                    programme.hours.single()
                } else {
                    0.0
                },
                partner: partner.map(|other| id(world, other)),
            });
        }
        for &(slot, partner) in &places {
            let before = world.employees.profiles[slot as usize].department;
            // both of a pair are in the list: the first moves both
            if let (Kind::Rotation, Some(other)) = (programme.kind, partner)
                && slot < other
            {
                let there = world.employees.profiles[other as usize].department;
                world.exchange_posts(slot, other);
                note(world, programme, Some(slot), Some(before));
                note(world, programme, Some(other), Some(there));
            } else if programme.kind != Kind::Rotation || partner.is_none() {
                note(world, programme, Some(slot), None);
            }
            let partner = partner.map(|other| (other, id(world, other)));
            let employee = id(world, slot);
            world.programmes.participations.push(Participation {
                programme: number,
                slot,
                employee,
                partner,
                added: [0.0; 4],
            });
        }
    }

    /// One week of a programme.
    fn meet(&self, world: &mut World, number: u16, programme: &Programme) {
        let week = world.week;
        let rules = &self.scenario.interventions;
        let dose = programme.dose.single();
        let every = match programme.kind {
            Kind::Mentoring => rules.mentoring.every,
            Kind::Sponsorship => rules.sponsorship.every,
            Kind::LunchAndLearn => rules.lunch_and_learn.every,
            Kind::VirtualCoffee => rules.virtual_coffee.every,
            _ => return,
        };
        if !programme.is_due(week, every) {
            return;
        }
        let so_far = week - programme.first();
        let drawn = match programme.kind {
            Kind::VirtualCoffee => programme.first() + rules.virtual_coffee.drawn_after(so_far),
            Kind::Mentoring => programme.first() + rules.mentoring.drawn_after(so_far),
            _ => week,
        };
        let key = self.randomness.week(Purpose::Programme, drawn);
        let own = participants(world, number);
        let meetings = match programme.kind {
            Kind::Mentoring => rules.mentoring.meetings(world, key, number, dose, &own),
            Kind::Sponsorship => rules.sponsorship.meetings(world, &own),
            Kind::LunchAndLearn => rules.lunch_and_learn.hold(world, key, number, dose, &own),
            _ => rules.virtual_coffee.meetings(world, key, number, &own),
        };
        if programme.kind == Kind::VirtualCoffee {
            rules.virtual_coffee.pass_on(world, dose, &meetings);
        }
        world.scheduled.extend(meetings);
    }

    /// The week after the last.
    fn end(&self, world: &mut World, number: u16, programme: &Programme) {
        note(world, programme, None, None);
        if programme.kind == Kind::Rotation {
            for p in participants(world, number) {
                let Some((other, other_id)) = p.partner else {
                    continue;
                };
                let is_here = world.employees.profiles[other as usize].id == other_id;
                let back = self
                    .scenario
                    .interventions
                    .rotation
                    .go_back(world, p.slot, other);
                if p.slot < other && is_here && back {
                    let from = [p.slot, other]
                        .map(|slot| world.employees.profiles[slot as usize].department);
                    world.exchange_posts(p.slot, other);
                    note(world, programme, Some(p.slot), Some(from[0]));
                    note(world, programme, Some(other), Some(from[1]));
                }
            }
        }
        if !lasts(programme.kind) {
            world
                .programmes
                .participations
                .retain(|p| p.programme != number);
        }
    }

    /// Skill and habits as far as a programme has changed them by now.
    fn change_habits(&self, world: &mut World, number: u16, programme: &Programme) {
        let rules = &self.scenario.interventions;
        let so_far = world.week - programme.first();
        if so_far < 0 || !lasts(programme.kind) {
            return;
        }
        let (weeks, dose) = (programme.weeks.get() as i32, programme.dose.get());
        let added = |so_far| match programme.kind {
            Kind::Training => rules.training.added(so_far, weeks, dose),
            _ => rules.cooperation_culture.added(so_far, weeks, dose),
        };
        let largest = |of: [f32; 4]| of.into_iter().fold(0.0_f32, |a, b| a.max(b.abs()));
        let mut target = added(so_far);
        let is_gone = so_far >= weeks && largest(target) <= GONE * largest(added(weeks.max(1) - 1));
        if is_gone {
            target = [0.0; 4];
        }
        let employees = &mut world.employees;
        for p in &mut world.programmes.participations {
            if p.programme != number {
                continue;
            }
            let more: [f32; 4] = std::array::from_fn(|i| target[i] - p.added[i]);
            let character = &mut employees.characters[p.slot as usize];
            character.skill += more[0];
            character.habits.effort += more[1];
            character.habits.attentiveness += more[2];
            character.habits.cooperation += more[3];
            if more[0] != 0.0 {
                employees.profiles[p.slot as usize].warmth = warmth(f64::from(character.skill));
            }
            p.added = target;
        }
        if is_gone {
            world
                .programmes
                .participations
                .retain(|p| p.programme != number);
        }
    }

    /// Hours, promises and discounts of the week.
    fn lay_down(&self, world: &mut World) {
        let week = world.week;
        let rules = &self.scenario.interventions;
        let list = &self.scenario.programmes;
        for standing in &mut world.employees.standings {
            standing.programme_hours = 0.0;
        }
        let mut backings = std::mem::take(&mut world.programmes.backings);
        backings.clear();
        for p in &world.programmes.participations {
            let programme = &list[p.programme as usize];
            if !programme.runs(week) {
                continue;
            }
            world.employees.standings[p.slot as usize].programme_hours += programme.hours.single();
            if programme.kind == Kind::Sponsorship {
                backings.extend(rules.sponsorship.promise(p, programme.dose.single()));
            }
        }
        backings.sort_unstable_by_key(|b| (b.employee, b.sponsor_id));
        world.programmes.backings = backings;

        let watching = |p: &Programme| p.kind == Kind::Monitoring && rules.is_on(p.kind);
        let changes = list
            .iter()
            .filter(|p| watching(p))
            .any(|p| p.is_due(week, rules.monitoring.every) || week == p.last() + 1);
        if !changes {
            return;
        }
        let now = |tie: &crate::world::Tie| self.fading.now(tie, week);
        let mut discounts = Vec::new();
        for (number, programme) in list.iter().enumerate() {
            if watching(programme) && programme.runs(week) {
                let own = participants(world, number as u16);
                let dose = programme.dose.single();
                discounts.extend(rules.monitoring.look(world, dose, &own, &now));
            }
        }
        // of two programmes that look at the same word the stricter counts
        discounts.sort_by(|a, b| {
            (a.speaker, a.about)
                .cmp(&(b.speaker, b.about))
                .then(b.share.total_cmp(&a.share))
        });
        discounts.dedup_by_key(|d| (d.speaker, d.about));
        world.programmes.discounts = discounts;
    }
}

/// Whether what a programme has done outlasts it.
fn lasts(kind: Kind) -> bool {
    matches!(kind, Kind::Training | Kind::CooperationCulture)
}

/// Those who take part in a programme, in the order of their slots.
fn participants(world: &World, number: u16) -> Vec<Participation> {
    let all = world.programmes.participations.iter();
    all.filter(|p| p.programme == number).copied().collect()
}

/// Name of a programme, or its number.
fn named(programme: &Programme, number: u16) -> String {
    if programme.name.is_empty() {
        (u32::from(number) + 1).to_string()
    } else {
        programme.name.clone()
    }
}

/// An event of a programme: its beginning or end, or what it means for one person, who may have come from elsewhere.
fn note(world: &mut World, programme: &Programme, slot: Option<u32>, from: Option<u16>) {
    let profile = slot.map(|slot| world.employees.profiles[slot as usize]);
    let department = profile.map(|p| p.department);
    let level = profile.map(|p| p.level);
    let event = Event {
        week: world.week,
        kind: EventKind::Programme,
        employee: profile.map(|p| p.id),
        strategy: slot.map(|slot| world.employees.characters[slot as usize].strategy),
        from_department: from.or(department),
        to_department: department,
        from_level: level,
        to_level: level,
        cause: programme.kind.word(),
        restructuring: None,
        chain: None,
        decision: None,
    };
    world.happenings.events.push(event);
}
