//! The phases of a week in which people relate: choice, acceptance, exchange, talk, work.
//!
//! Here the rules are put together; none of them is stated here.

use rayon::prelude::*;

use super::Model;
use crate::engine::{BLOCK, Basis, Channel, Letter, Offer, Reply, top_by_score};
use crate::mechanisms::acceptance::{Known, Setting};
use crate::mechanisms::decay::NOT_COUNTED;
use crate::mechanisms::exchange::Contact;
use crate::mechanisms::opportunity::Surroundings;
use crate::mechanisms::reputation::Talk;
use crate::mechanisms::work::Job;
use crate::random::{Draws, Purpose};
use crate::world::{
    Character, Conduct, FRIENDSHIP, NOBODY, Profile, Row, RowMut, Tie, Week, World, place_of,
    scheduled_by,
};

/// Place of a candidate who is not in the row.
const STRANGER: usize = usize::MAX;

/// Share of the contacts with a known person in which mutual contacts are counted.
const COUNTED: f32 = 0.25;

/// Someone whom ego may contact.
#[derive(Clone, Copy)]
struct Candidate {
    alter: u32,
    /// Place in ego's row, or `STRANGER`.
    place: usize,
    /// Whether an ally made the introduction.
    introduced: bool,
}

/// Ego's active contacts as a set of 1,024 bits, made when it is first asked for.
struct Circle([u64; 16]);

impl Circle {
    #[inline]
    fn bit(who: u32) -> (usize, u64) {
        let bit = who.wrapping_mul(0x9e37_79b1) >> 22;
        ((bit >> 6) as usize, 1 << (bit & 63))
    }

    fn new(partners: &[u32], active_until: &[i16], week: i32) -> Self {
        let mut bits = [0; 16];
        for (&who, &until) in partners.iter().zip(active_until) {
            if i32::from(until) >= week {
                let (word, bit) = Self::bit(who);
                bits[word] |= bit;
            }
        }
        Self(bits)
    }

    /// How many of these people are in the circle of which `partners` and `active_until` are the row.
    fn common(&self, theirs: &[u32], partners: &[u32], active_until: &[i16], week: i32) -> u32 {
        let mut common = 0;
        for &who in theirs {
            let (word, bit) = Self::bit(who);
            if self.0[word] & bit != 0 && who != NOBODY {
                // the set may be mistaken; the row is not
                common += place_of(partners, who)
                    .map_or(0, |place| u32::from(i32::from(active_until[place]) >= week));
            }
        }
        common
    }
}

/// One side of an accepted contact, as the other side left it.
struct Side {
    /// Amount that ego gave, and whether it was aimed.
    given: (f32, bool),
    /// Amount, kind and aim of what the other gave.
    received: (f32, u8, bool),
    /// What the other's part rests on, and ego's own.
    basis: Basis,
    own_basis: Basis,
    /// Whether ego saw through it.
    saw_through: bool,
    /// How highly the other holds ego.
    regard: f32,
    /// The channel.
    channel: Channel,
    /// Whether the work required it.
    formal: bool,
    /// Whether it was arranged for both.
    arranged: bool,
    /// Whether a common ally made the introduction.
    introduced: bool,
    /// Whether the two fell out.
    conflict: bool,
    /// Class of mutual contacts.
    mutual: u8,
}

/// The other, the place of ego's record if it was found, ego's side (None: refused), and its draws.
type Outcome = (u32, Option<usize>, Option<Side>, Draws);

impl Model {
    /// Each person picks whom to contact, and with what offer.
    pub(super) fn choose(&mut self, world: &mut World) {
        let week = world.week;
        let Self {
            scenario,
            randomness,
            shapes,
            fading,
            rhythm,
            sources,
            office,
            ..
        } = self;
        let key = randomness.week(Purpose::Choice, week);
        let departments: Vec<u16> = world.organisation.existing_departments().collect();
        let (profiles, characters, standings) = (
            &world.employees.profiles,
            &world.employees.characters,
            &world.employees.standings,
        );
        let places = world.ties.places();
        let per_person = office.per_person();
        let (reader, due) = world.ties.for_choice(BLOCK);
        let around = Surroundings {
            profiles,
            organisation: &world.organisation,
            departments: &departments,
            projects: &world.projects,
            ties: reader,
        };
        let strategies = &world.strategies;
        let scheduled = world.scheduled.as_slice();
        let top = (world.organisation.levels.len().max(2) - 1) as f32;
        let late_after = scenario.threat.late_after.get() as i32;
        let reserve = scenario.choice.reserve.single();
        let noise = scenario.choice.noise.single();
        let considered = (scenario.choice.considered.get() as usize).min(16);
        let encounters = if scenario.opportunity.enabled {
            scenario.opportunity.encounters.get()
        } else {
            0
        };
        world
            .employees
            .weeks
            .par_chunks_mut(BLOCK)
            .zip(due)
            .zip(office.outboxes(profiles.len(), BLOCK))
            .enumerate()
            .for_each(|(block, ((weeks, due), letters))| {
                let mut list: Vec<(f32, Candidate)> = Vec::with_capacity(32);
                let mut fixed: Vec<(u32, bool)> = Vec::with_capacity(8);
                for i in 0..weeks.len() {
                    let ego = (block * BLOCK + i) as u32;
                    let letters = &mut letters[i * per_person..(i + 1) * per_person];
                    letters.fill(Letter::NONE);
                    let state = &mut weeks[i];
                    *state = Week::default();
                    let profile = &profiles[ego as usize];
                    if !profile.is_employed() {
                        continue;
                    }
                    let character = &characters[ego as usize];
                    let standing = &standings[ego as usize];
                    let conduct = strategies.conduct(character.strategy);
                    let due = &mut due[i * places..(i + 1) * places];
                    let partners = reader.partners(ego);
                    let records = reader.records(ego);
                    let active_until = reader.active_until(ego);
                    let mut draws = key.of(profile.id);
                    state.budget = scenario.attention.hours(
                        conduct,
                        character,
                        f32::from(profile.level) / top,
                        standing.threat,
                        &mut draws,
                    );
                    let mut written = 0;
                    let required = scenario.opportunity.required_contact(
                        ego,
                        profile,
                        &world.organisation,
                        week,
                        &mut draws,
                    );
                    let required = required
                        .filter(|_| !scenario.threat.withdraws(standing.threat, &mut draws));
                    let errand = scenario
                        .opportunity
                        .errand(sources, ego, standing.project, around, &mut draws)
                        .filter(|&alter| Some(alter) != required);
                    let ritual =
                        scenario
                            .opportunity
                            .ritual(ego, profile, &world.organisation, &mut draws);
                    // what stands in the calendar: (whom, whether it is arranged rather than required)
                    fixed.clear();
                    fixed.extend(
                        required
                            .into_iter()
                            .chain(errand)
                            .map(|alter| (alter, false)),
                    );
                    let programmes = scheduled_by(scheduled, ego).iter().map(|&(_, whom)| whom);
                    for alter in ritual.into_iter().chain(programmes) {
                        let is_there = profiles[alter as usize].is_employed() && alter != ego;
                        if is_there && fixed.iter().all(|&(other, _)| other != alter) {
                            fixed.push((alter, true));
                        }
                    }
                    let in_calendar = |alter| fixed.iter().any(|&(other, _)| other == alter);

                    list.clear();
                    let start = draws.below(places as u32) as usize;
                    // from a place of this week's own, so that no tie comes to mind first for ever
                    let (after, before) = (start..places, 0..start);
                    for place in after.chain(before) {
                        if i32::from(due[place]) <= week {
                            let alter = partners[place];
                            if alter == NOBODY
                                || records[place].formed < profiles[alter as usize].hired
                            {
                                // what is left of someone who is gone comes to mind no more
                                due[place] = i16::MAX;
                                continue;
                            }
                            if !in_calendar(alter) {
                                let candidate = Candidate {
                                    alter,
                                    place,
                                    introduced: false,
                                };
                                list.push((0.0, candidate));
                                if list.len() == considered {
                                    break;
                                }
                            }
                        }
                    }
                    for _ in 0..encounters {
                        let met = scenario.opportunity.meet(
                            sources,
                            ego,
                            standing.project,
                            around,
                            &mut draws,
                        );
                        if let Some(met) = met
                            && let alter = met.who
                            && profiles[alter as usize].is_employed()
                            && !in_calendar(alter)
                            && !list.iter().any(|(_, other)| other.alter == alter)
                        {
                            let place = place_of(partners, alter)
                                .filter(|&p| records[p].formed >= profiles[alter as usize].hired);
                            let candidate = Candidate {
                                alter,
                                place: place.unwrap_or(STRANGER),
                                introduced: met.introduced && place.is_none(),
                            };
                            list.push((0.0, candidate));
                        }
                    }
                    for (score, candidate) in &mut list {
                        let other = &profiles[candidate.alter as usize];
                        let tie = records.get(candidate.place).map(|tie| {
                            let closeness = fading.closeness(tie, week);
                            let since = (week - i32::from(tie.last_contact)) as f32;
                            (tie, closeness, since / rhythm.weeks(closeness))
                        });
                        *score = scenario.choice.utility(
                            conduct,
                            character.aspiration,
                            profile,
                            other,
                            tie,
                        ) + noise * shapes.gumbel(&mut draws);
                        let rule = &scenario.enforcement;
                        if rule.forbids(around.organisation, profile.post, other.post, &mut draws) {
                            *score = f32::NEG_INFINITY;
                        }
                    }
                    let most = scenario
                        .attention
                        .initiative(conduct, character)
                        .min(per_person.saturating_sub(2));
                    top_by_score(&mut list, most);

                    let mut circle = None;
                    let mut write = |candidate, formal: bool, arranged: bool, draws: &mut Draws| {
                        let Candidate {
                            alter,
                            place,
                            introduced,
                        } = candidate;
                        let other = &profiles[alter as usize];
                        let channel = scenario
                            .opportunity
                            .channel(profile, other, arranged, draws);
                        let tie = records.get(place);
                        let late = standing.threat > 0.2
                            && !formal
                            && !arranged
                            && tie
                                .is_some_and(|tie| week - i32::from(tie.last_contact) > late_after);
                        let part = scenario.part(
                            fading,
                            week,
                            (profile, character, conduct),
                            other,
                            tie.map(|tie| (tie, fading.closeness(tie, week))),
                            draws,
                        );
                        let offer =
                            Offer::new(channel, part.basis, part.kind, part.amount, part.regard)
                                .marked(formal, part.aimed, late, tie.is_none());
                        let mutual = if draws.chance(COUNTED) || tie.is_none() {
                            let common = circle
                                .get_or_insert_with(|| Circle::new(partners, active_until, week))
                                .common(reader.partners(alter), partners, active_until, week);
                            fading.mutual_class(common)
                        } else {
                            NOT_COUNTED
                        };
                        let offer = offer.through(arranged, introduced, mutual);
                        (
                            Letter {
                                target: alter,
                                offer,
                            },
                            scenario.opportunity.hours(channel),
                        )
                    };
                    for &(alter, arranged) in fixed.iter().take(per_person) {
                        let place = place_of(partners, alter)
                            .filter(|&p| records[p].formed >= profiles[alter as usize].hired)
                            .unwrap_or(STRANGER);
                        let candidate = Candidate {
                            alter,
                            place,
                            introduced: false,
                        };
                        let (letter, hours) = write(candidate, !arranged, arranged, &mut draws);
                        letters[written] = letter;
                        written += 1;
                        state.hours += hours;
                    }
                    let mut planned = 0.0;
                    for (rank, &(score, candidate)) in list.iter().enumerate() {
                        let fits = rank < most && score >= reserve && planned < state.budget;
                        if fits && written < per_person {
                            let (letter, hours) = write(candidate, false, false, &mut draws);
                            letters[written] = letter;
                            written += 1;
                            planned += hours;
                        } else if candidate.place != STRANGER {
                            due[candidate.place] = scenario.choice.next_thought(week, &mut draws);
                        }
                    }
                    state.hours += planned;
                }
            });
    }

    /// Each receiver answers the calls that came, as far as the hours go.
    pub(super) fn accept(&mut self, world: &mut World) {
        let week = world.week;
        let Self {
            scenario,
            randomness,
            shapes,
            fading,
            office,
            ..
        } = self;
        let key = randomness.week(Purpose::Acceptance, week);
        let setting = Setting {
            levels: world.organisation.levels.len().max(1) as f32,
            cooperation: world.cooperation,
        };
        let (profiles, characters) = (&world.employees.profiles, &world.employees.characters);
        let ties = &world.ties;
        let strategies = &world.strategies;
        let rule = &scenario.acceptance;
        let (reader, replies) = office.inboxes(BLOCK);
        world
            .employees
            .weeks
            .par_chunks_mut(BLOCK)
            .zip(replies)
            .enumerate()
            .for_each(|(block, (weeks, replies))| {
                let mut order: Vec<(f32, (usize, f32, bool))> = Vec::with_capacity(32);
                let mut known: Vec<Option<(&Tie, f32)>> = Vec::with_capacity(32);
                let mut before = 0;
                for (i, state) in weeks.iter_mut().enumerate() {
                    let ego = (block * BLOCK + i) as u32;
                    let calls = reader.calls_to(ego);
                    let replies = &mut replies[before..before + calls.len()];
                    before += calls.len();
                    if calls.is_empty() {
                        continue;
                    }
                    let profile = &profiles[ego as usize];
                    let character = &characters[ego as usize];
                    let conduct = strategies.conduct(character.strategy);
                    let setting = Setting {
                        cooperation: (setting.cooperation + character.habits.cooperation).min(1.0),
                        ..setting
                    };
                    let row = ties.row(ego);
                    // all look-ups first: they do not wait for each other, and each is needed twice
                    known.clear();
                    known.extend(calls.iter().map(|call| {
                        find_valid(&row, call.from, &profiles[call.from as usize])
                            .map(|tie| (tie, fading.closeness(tie, week)))
                    }));
                    order.clear();
                    for (place, call) in calls.iter().enumerate() {
                        let caller = &profiles[call.from as usize];
                        let mut draws = key.of_pair(profile.id, caller.id);
                        let doubt = known[place].map_or(0, |(tie, _)| tie.doubt);
                        let saw_through = call.offer.basis() == Basis::Feigned
                            && draws.chance(rule.chance_to_see_through(doubt));
                        let regard = known[place].map(|(tie, closeness)| Known {
                            trust: tie.trust,
                            strength: closeness,
                            owes: tie.ledger.max(0.0) * fading.ledger_left(tie, week),
                        });
                        let utility = rule.utility(
                            conduct,
                            profile,
                            caller,
                            regard,
                            call.offer,
                            saw_through,
                            setting,
                        );
                        let priority = utility
                            + shapes.gumbel(&mut draws)
                            + if call.offer.is_fixed() { 1e6 } else { 0.0 };
                        order.push((priority, (place, utility, saw_through)));
                    }
                    let all = order.len();
                    top_by_score(&mut order, all);
                    let limit = state.budget + rule.courtesy.single();
                    for &(_, (place, utility, saw_through)) in &order {
                        let call = calls[place];
                        let caller = &profiles[call.from as usize];
                        // a stream of its own, so that the number of draws above cannot shift it
                        let mut draws = key.of_pair(caller.id, profile.id);
                        let hours = scenario.opportunity.hours(call.offer.channel());
                        let willing = draws.chance(rule.probability(utility));
                        let room = !rule.enabled || state.hours + hours <= limit;
                        if !(call.offer.is_fixed() || willing && room) {
                            state.declined += 1.0;
                            continue;
                        }
                        state.hours += hours;
                        let tie = known[place];
                        let part = scenario.part(
                            fading,
                            week,
                            (profile, character, conduct),
                            caller,
                            tie,
                            &mut draws,
                        );
                        let shared = profile.shared_interests(caller);
                        let conflict = draws.chance(scenario.sincerity.chance_of_conflict(shared));
                        replies[place] =
                            Reply::accepted(part.basis, part.kind, part.amount, part.regard)
                                .marked(part.aimed, saw_through, tie.is_none())
                                .with_conflict(conflict);
                    }
                }
            });
    }

    /// Each person writes the outcome of the week's contacts into the own records.
    pub(super) fn exchange(&mut self, world: &mut World) {
        let week = world.week;
        let model = &*self;
        let caller_key = model.randomness.week(Purpose::CallerSide, week);
        let receiver_key = model.randomness.week(Purpose::ReceiverSide, week);
        let (profiles, characters) = (&world.employees.profiles, &world.employees.characters);
        let strategies = &world.strategies;
        let acceptance = &model.scenario.acceptance;
        world
            .employees
            .weeks
            .par_chunks_mut(BLOCK)
            .zip(world.ties.blocks_mut(BLOCK))
            .enumerate()
            .for_each(|(block, (weeks, mut rows))| {
                let mut outcomes: Vec<Outcome> = Vec::with_capacity(32);
                for (i, state) in weeks.iter_mut().enumerate() {
                    let ego = (block * BLOCK + i) as u32;
                    let profile = &profiles[ego as usize];
                    if !profile.is_employed() {
                        continue;
                    }
                    let character = &characters[ego as usize];
                    let me = (profile, character, strategies.conduct(character.strategy));
                    let mut row = rows.row_mut(i);
                    state.hours = 0.0;
                    // all look-ups first: they are far apart in memory and do not wait for each other
                    outcomes.clear();
                    for letter in model.office.letters_of(ego) {
                        if letter.target == NOBODY {
                            continue;
                        }
                        let other = &profiles[letter.target as usize];
                        let mut draws = caller_key.of_pair(profile.id, other.id);
                        let reply = model.office.reply(ego, letter.target);
                        let place = find_place(&row, letter.target, other);
                        let doubt = place.map_or(0, |place| row.records[place].doubt);
                        let side = reply.is_accepted().then(|| Side {
                            given: (letter.offer.amount(), letter.offer.is_aimed()),
                            received: (reply.amount(), reply.kind(), reply.is_aimed()),
                            basis: reply.basis(),
                            own_basis: letter.offer.basis(),
                            saw_through: reply.basis() == Basis::Feigned
                                && draws.chance(acceptance.chance_to_see_through(doubt)),
                            regard: reply.regard(),
                            channel: letter.offer.channel(),
                            formal: letter.offer.is_formal(),
                            arranged: letter.offer.is_scheduled(),
                            introduced: letter.offer.is_introduced(),
                            conflict: reply.is_conflict(),
                            mutual: letter.offer.mutual(),
                        });
                        outcomes.push((letter.target, place, side, draws));
                    }
                    let calls = model.office.calls_to(ego);
                    for (call, reply) in calls.iter().zip(model.office.replies_of(ego)) {
                        if !reply.is_accepted() {
                            continue;
                        }
                        let other = &profiles[call.from as usize];
                        let side = Side {
                            given: (reply.amount(), reply.is_aimed()),
                            received: (
                                call.offer.amount(),
                                call.offer.kind(),
                                call.offer.is_aimed(),
                            ),
                            basis: call.offer.basis(),
                            own_basis: reply.basis(),
                            saw_through: reply.saw_through(),
                            regard: call.offer.regard(),
                            channel: call.offer.channel(),
                            formal: call.offer.is_formal(),
                            arranged: call.offer.is_scheduled(),
                            introduced: call.offer.is_introduced(),
                            conflict: reply.is_conflict(),
                            mutual: call.offer.mutual(),
                        };
                        let draws = receiver_key.of_pair(profile.id, other.id);
                        outcomes.push((
                            call.from,
                            find_place(&row, call.from, other),
                            Some(side),
                            draws,
                        ));
                    }
                    for (alter, place, side, draws) in &mut outcomes {
                        // a place made free for somebody else this week is looked up again
                        let place = place
                            .filter(|&place| row.partners[place] == *alter)
                            .or_else(|| place_of(row.partners, *alter));
                        match side {
                            Some(side) => {
                                let other = (*alter, &profiles[*alter as usize]);
                                model.settle(&mut row, state, me, other, place, side, week, draws);
                            }
                            None => model.refused(&mut row, place, week, draws),
                        }
                    }
                }
            });
    }

    /// One side of an accepted contact: M8 fades, M6 and M7 judge, M5 grows, M9 makes room.
    #[inline(always)]
    fn settle(
        &self,
        row: &mut RowMut<'_>,
        state: &mut Week,
        (profile, character, conduct): (&Profile, &Character, &Conduct),
        (alter, other): (u32, &Profile),
        place: Option<usize>,
        side: &Side,
        week: i32,
        draws: &mut Draws,
    ) {
        let Self {
            scenario,
            shapes,
            fading,
            rhythm,
            ..
        } = self;
        state.hours += scenario.opportunity.hours(side.channel);
        state.contacts = state.contacts.saturating_add(1);
        state.formal = state.formal.saturating_add(u8::from(side.formal));
        let elsewhere = profile.department != other.department;
        let count = |counter: &mut u8, happened: bool| {
            *counter = counter.saturating_add(u8::from(happened));
        };
        count(&mut state.across, elsewhere);
        count(&mut state.by_video, side.channel == Channel::Video);
        count(&mut state.in_writing, side.channel == Channel::Asynchronous);
        count(&mut state.other_site, profile.site != other.site);
        count(&mut state.arranged, side.arranged);
        count(&mut state.conflicts, side.conflict);
        count(&mut state.feigned, side.basis == Basis::Feigned);
        count(&mut state.seen_through, side.saw_through);
        let (amount, kind, aimed) = side.received;
        let value = scenario
            .exchange
            .value(amount, kind, aimed, character.needs);
        state.help += value;
        state.regard += side.regard * (0.2 + other.influence);

        let place = match place {
            Some(place) if row.records[place].formed >= other.hired => {
                let dormant = i32::from(row.active_until[place]) < week;
                state.revived = state.revived.saturating_add(u8::from(dormant));
                place
            }
            stale => {
                let place = match stale {
                    Some(place) => place,
                    None => match scenario.capacity.place(row, conduct, draws) {
                        Some((place, dropped)) => {
                            state.dropped = state.dropped.saturating_add(u8::from(dropped));
                            place
                        }
                        None => return,
                    },
                };
                row.partners[place] = alter;
                row.records[place] = Tie {
                    trust: scenario.sincerity.trust_at_first(side.introduced),
                    last_contact: week as i16,
                    formed: week as i16,
                    fading: NOT_COUNTED << 5,
                    ..Tie::default()
                };
                state.formed = state.formed.saturating_add(1);
                place
            }
        };
        let tie = &mut row.records[place];
        let ledger_left = fading.ledger_left(tie, week);
        let first = scenario.sincerity.trust_at_first(false);
        let trust = first + (tie.trust - first) * fading.trust_left(tie, week);
        tie.strength = fading.taken_up(tie, week);
        tie.last_contact = week as i16;
        tie.contacts = tie.contacts.saturating_add(1);
        let passed = side.basis == Basis::Feigned && !side.saw_through;
        tie.doubt = tie.doubt.saturating_add(u8::from(passed));
        let perceived = scenario
            .sincerity
            .perceived(side.basis, side.saw_through, shapes, draws);
        let power = scenario.opportunity.power(side.channel);
        tie.trust = scenario
            .sincerity
            .trust_after(trust, perceived, power, side.saw_through);
        let (given, given_aimed) = side.given;
        let given = scenario.exchange.expected(given, given_aimed);
        tie.ledger = scenario
            .reciprocity
            .settle(tie.ledger, ledger_left, given, value);
        let contact = Contact {
            value,
            power,
            power_for_work: scenario.opportunity.power_for_work(power),
            sincerity: perceived,
            shared: profile.shared_interests(other),
            about_work: side.formal || !elsewhere || profile.function == other.function,
        };
        let attentive = conduct.attentiveness + character.habits.attentiveness;
        scenario.exchange.grow(tie, contact, attentive.min(1.0));
        if side.conflict {
            scenario.sincerity.fall_out(tie);
        }
        tie.fading = fading.class(tie, week, elsewhere, side.mutual);
        let weeks = rhythm.weeks(tie.peak());
        let whole = weeks as i32;
        let more = i32::from(draws.uniform() < weeks - whole as f32);
        row.due[place] = (week + (whole + more).max(1)) as i16;
        row.active_until[place] = fading.active_until(tie, week);
        // last of the draws: what others draw does not depend on whose interests are new
        let topic =
            scenario
                .sincerity
                .kindled(side.own_basis, profile.interests, other.interests, draws);
        state.kindled = state.kindled.or(topic);
    }

    /// A call of ego's was declined: seen, and remembered.
    #[inline]
    fn refused(&self, row: &mut RowMut<'_>, place: Option<usize>, week: i32, draws: &mut Draws) {
        if let Some(place) = place {
            let tie = &mut row.records[place];
            tie.trust = self.scenario.sincerity.trust_after_refusal(tie.trust);
            row.due[place] = self.scenario.choice.next_thought(week, draws);
        }
    }

    /// Opinions travel; each person's reputation is worked out from the ties as they now are.
    pub(super) fn talk(&mut self, world: &mut World) {
        let week = world.week;
        let key = self.randomness.week(Purpose::Talk, week);
        let rule = &self.scenario.reputation;
        let left = rule.left();
        let profiles = &world.employees.profiles;
        let fading = &self.fading;
        let around = Talk {
            profiles,
            organisation: &world.organisation,
            ties: &world.ties,
            shapes: &self.shapes,
            now: |tie: &Tie| {
                (
                    fading.closeness(tie, week),
                    tie.ledger * fading.ledger_left(tie, week),
                )
            },
        };
        world
            .employees
            .weeks
            .par_chunks_mut(BLOCK)
            .enumerate()
            .for_each(|(block, weeks)| {
                for (i, state) in weeks.iter_mut().enumerate() {
                    let ego = (block * BLOCK + i) as u32;
                    let profile = &profiles[ego as usize];
                    if profile.is_employed() {
                        let mut draws = key.of(profile.id);
                        let told = rule.update(ego, &around, state, left, &mut draws);
                        state.reputation = told.reputation;
                        state.known = told.known;
                        state.rumours = u8::from(told.rumour);
                        state.heard = told.heard.map(|heard| (heard.place, heard.trust));
                    }
                }
            });
    }

    /// What the week yields; what others will see of a person next week; now and then a look at one's ties.
    pub(super) fn work(&mut self, world: &mut World) {
        let week = world.week;
        let Self {
            scenario,
            randomness,
            shapes,
            fading,
            ..
        } = self;
        let key = randomness.week(Purpose::Work, week);
        let standing_left = scenario.influence.left();
        let fear_left = scenario.threat.left();
        let top = (world.organisation.levels.len().max(2) - 1) as f32;
        let interest_key = randomness.week(Purpose::Interest, week);
        let characters = &world.employees.characters;
        let organisation = &world.organisation;
        world
            .employees
            .profiles
            .par_chunks_mut(BLOCK)
            .zip(world.employees.standings.par_chunks_mut(BLOCK))
            .zip(world.employees.weeks.par_chunks_mut(BLOCK))
            .zip(world.ties.blocks_mut(BLOCK))
            .enumerate()
            .for_each(|(block, (((profiles, standings), weeks), mut rows))| {
                for (i, ((profile, standing), state)) in
                    profiles.iter_mut().zip(standings).zip(weeks).enumerate()
                {
                    if !profile.is_employed() {
                        continue;
                    }
                    let ego = (block * BLOCK + i) as u32;
                    profile.reputation = state.reputation;
                    profile.known = state.known;
                    if let Some((place, trust)) = state.heard {
                        rows.row_mut(i).records[place as usize].trust = trust;
                    }
                    if let Some(topic) = state.kindled {
                        let mut draws = interest_key.of(profile.id);
                        profile.interests =
                            scenario
                                .sincerity
                                .with_interest(profile.interests, topic, &mut draws);
                    }
                    scenario
                        .influence
                        .update(profile, standing, state, standing_left, top);
                    let mut draws = key.of(profile.id);
                    let character = &characters[ego as usize];
                    state.hours += standing.programme_hours;
                    let manager = organisation.manager_of(profile.post);
                    let job = Job {
                        manages: organisation.levels[profile.level as usize].manages,
                        manager: manager.map_or(0.0, |m| characters[m as usize].managing),
                        settled: scenario.onboarding.settled(week - i32::from(profile.hired)),
                    };
                    let work = &scenario.work;
                    state.output = work.output(character, state, job, shapes, &mut draws)
                        + scenario.information.output(state.ideas);
                    standing.output += state.output;
                    standing.year_output += state.output;
                    standing.weeks = standing.weeks.saturating_add(1);
                    standing.threat *= fear_left;
                    // a thirteenth of the staff looks at its ties each week
                    if (profile.id as i32 + week).rem_euclid(13) == 0 {
                        let mut friendship = 0.0;
                        let mut active = 0_u8;
                        let row = rows.row_mut(i);
                        for (tie, &until) in row.records.iter().zip(row.active_until.iter()) {
                            if i32::from(until) >= week {
                                friendship += fading.now(tie, week)[FRIENDSHIP];
                                active = active.saturating_add(1);
                            }
                        }
                        standing.friendship = friendship;
                        standing.active_ties = active;
                    }
                }
            });
    }
}

/// Place of the record about someone who is still the same person.
#[inline(always)]
fn find_place(row: &RowMut<'_>, alter: u32, other: &Profile) -> Option<usize> {
    place_of(row.partners, alter).filter(|&place| row.records[place].formed >= other.hired)
}

/// A record about someone who is still the same person.
#[inline(always)]
fn find_valid<'a>(row: &Row<'a>, alter: u32, other: &Profile) -> Option<&'a Tie> {
    let place = place_of(row.partners, alter)?;
    let tie = &row.records[place];
    (tie.formed >= other.hired).then_some(tie)
}

/// One person's part in a contact: M5, M6 and M7 together.
pub(super) struct Part {
    pub(super) basis: Basis,
    pub(super) kind: u8,
    pub(super) aimed: bool,
    pub(super) amount: f32,
    pub(super) regard: f32,
}

impl crate::scenario::Scenario {
    /// What ego brings into a contact with alter; a tie comes with its closeness now.
    #[inline(always)]
    fn part(
        &self,
        fading: &crate::mechanisms::decay::Fading,
        week: i32,
        (profile, character, conduct): (&Profile, &Character, &Conduct),
        alter: &Profile,
        tie: Option<(&Tie, f32)>,
        draws: &mut Draws,
    ) -> Part {
        let shared = profile.shared_interests(alter);
        let basis = self.sincerity.basis(conduct, shared, draws);
        let point = draws.uniform();
        let (aimed, hold, regard) = tie.map_or((false, 1.0, 0.0), |(tie, closeness)| {
            (
                point < f32::from(tie.insight) * (1.0 / 255.0),
                self.reciprocity
                    .hold(conduct, tie.ledger * fading.ledger_left(tie, week)),
                tie.trust * closeness,
            )
        });
        let kind = if aimed { alter.need } else { character.habit };
        let capability = self.exchange.capability(kind, character, profile);
        let kept = 1.0 - conduct.generosity;
        let generosity = conduct.generosity + character.habits.cooperation * kept;
        let amount = generosity * capability * hold;
        Part {
            basis,
            kind,
            aimed,
            amount,
            regard,
        }
    }
}
