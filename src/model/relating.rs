//! The phases of a week in which people relate: choice, acceptance, exchange, talk, work.
//!
//! Here the rules are put together; none of them is stated here.

use rayon::prelude::*;

use super::Model;
use crate::engine::{BLOCK, Basis, Channel, Letter, Offer, Reply, top_by_score};
use crate::mechanisms::acceptance::Setting;
use crate::mechanisms::exchange::Contact;
use crate::mechanisms::opportunity::Surroundings;
use crate::random::{Draws, Purpose};
use crate::world::{
    Character, Conduct, FRIENDSHIP, NOBODY, Profile, Row, RowMut, Tie, Week, World, place_of,
};

/// Place of a candidate who is not in the row.
const STRANGER: usize = usize::MAX;

/// One side of an accepted contact, as the other side left it.
struct Side {
    /// Amount that ego gave.
    given: f32,
    /// Amount, kind and aim of what the other gave.
    received: (f32, u8, bool),
    /// What the other's part rests on.
    basis: Basis,
    /// Whether ego saw through it.
    saw_through: bool,
    /// How highly the other holds ego.
    regard: f32,
    /// The channel.
    channel: Channel,
    /// Whether the work required it.
    formal: bool,
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
                let mut list: Vec<(f32, (u32, usize))> = Vec::with_capacity(32);
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
                        &mut draws,
                    );
                    let errand = scenario
                        .opportunity
                        .errand(sources, ego, standing.project, around, &mut draws)
                        .filter(|&alter| Some(alter) != required);

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
                            if Some(alter) != required && Some(alter) != errand {
                                list.push((0.0, (alter, place)));
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
                        if let Some(alter) = met
                            && profiles[alter as usize].is_employed()
                            && Some(alter) != required
                            && Some(alter) != errand
                            && !list.iter().any(|(_, (other, _))| *other == alter)
                        {
                            let place = place_of(partners, alter)
                                .filter(|&p| records[p].formed >= profiles[alter as usize].hired);
                            list.push((0.0, (alter, place.unwrap_or(STRANGER))));
                        }
                    }
                    for (score, (alter, place)) in &mut list {
                        let other = &profiles[*alter as usize];
                        let tie = records.get(*place).map(|tie| {
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
                    }
                    let most = scenario
                        .attention
                        .initiative(conduct, character)
                        .min(per_person.saturating_sub(2));
                    top_by_score(&mut list, most);

                    let write = |alter: u32, place: usize, formal: bool, draws: &mut Draws| {
                        let other = &profiles[alter as usize];
                        let channel = scenario.opportunity.channel(profile, other, draws);
                        let tie = records.get(place);
                        let late = standing.threat > 0.2
                            && !formal
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
                        (
                            Letter {
                                target: alter,
                                offer,
                            },
                            scenario.opportunity.hours(channel),
                        )
                    };
                    for alter in [required, errand].into_iter().flatten() {
                        let place = place_of(partners, alter)
                            .filter(|&p| records[p].formed >= profiles[alter as usize].hired)
                            .unwrap_or(STRANGER);
                        let (letter, hours) = write(alter, place, true, &mut draws);
                        letters[written] = letter;
                        written += 1;
                        state.hours += hours;
                    }
                    let mut planned = 0.0;
                    for (rank, &(score, (alter, place))) in list.iter().enumerate() {
                        let fits = rank < most && score >= reserve && planned < state.budget;
                        if fits && written < per_person {
                            let (letter, hours) = write(alter, place, false, &mut draws);
                            letters[written] = letter;
                            written += 1;
                            planned += hours;
                        } else if place != STRANGER {
                            due[place] = scenario.choice.next_thought(week, &mut draws);
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
                        let saw_through = call.offer.basis() == Basis::Feigned
                            && draws.chance(rule.see_through.single());
                        let regard = known[place].map(|(tie, closeness)| (tie.trust, closeness));
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
                            + if call.offer.is_formal() { 1e6 } else { 0.0 };
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
                        if !(call.offer.is_formal() || willing && room) {
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
                        replies[place] =
                            Reply::accepted(part.basis, part.kind, part.amount, part.regard)
                                .marked(part.aimed, saw_through, tie.is_none());
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
        let see_through = model.scenario.acceptance.see_through.single();
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
                        let side = reply.is_accepted().then(|| Side {
                            given: letter.offer.amount(),
                            received: (reply.amount(), reply.kind(), reply.is_aimed()),
                            basis: reply.basis(),
                            saw_through: reply.basis() == Basis::Feigned
                                && draws.chance(see_through),
                            regard: reply.regard(),
                            channel: letter.offer.channel(),
                            formal: letter.offer.is_formal(),
                        });
                        outcomes.push((
                            letter.target,
                            find_place(&row, letter.target, other),
                            side,
                            draws,
                        ));
                    }
                    let calls = model.office.calls_to(ego);
                    for (call, reply) in calls.iter().zip(model.office.replies_of(ego)) {
                        if !reply.is_accepted() {
                            continue;
                        }
                        let other = &profiles[call.from as usize];
                        let side = Side {
                            given: reply.amount(),
                            received: (
                                call.offer.amount(),
                                call.offer.kind(),
                                call.offer.is_aimed(),
                            ),
                            basis: call.offer.basis(),
                            saw_through: reply.saw_through(),
                            regard: call.offer.regard(),
                            channel: call.offer.channel(),
                            formal: call.offer.is_formal(),
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
        let elsewhere = profile.department != other.department;
        state.across = state.across.saturating_add(u8::from(elsewhere));
        let (amount, kind, aimed) = side.received;
        let value = scenario
            .exchange
            .value(amount, kind, aimed, character.needs);
        state.help += value;
        state.regard += side.regard * (0.2 + other.influence);

        let place = match place {
            Some(place) if row.records[place].formed >= other.hired => place,
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
                    trust: scenario.sincerity.first_trust.single(),
                    last_contact: week as i16,
                    formed: week as i16,
                    ..Tie::default()
                };
                state.formed = state.formed.saturating_add(1);
                place
            }
        };
        let tie = &mut row.records[place];
        let ledger_left = fading.ledger_left(tie, week);
        tie.strength = fading.now(tie, week);
        tie.last_contact = week as i16;
        tie.contacts = tie.contacts.saturating_add(1);
        let perceived = scenario
            .sincerity
            .perceived(side.basis, side.saw_through, shapes, draws);
        tie.trust = scenario
            .sincerity
            .trust_after(tie.trust, perceived, side.saw_through);
        tie.ledger = scenario
            .reciprocity
            .settle(tie.ledger, ledger_left, side.given, value);
        let contact = Contact {
            value,
            power: scenario.opportunity.power(side.channel),
            sincerity: perceived,
            shared: profile.shared_interests(other),
            about_work: side.formal || !elsewhere || profile.function == other.function,
        };
        scenario.exchange.grow(tie, contact, conduct.attentiveness);
        tie.fading = fading.class(tie, week, elsewhere);
        let weeks = rhythm.weeks(tie.peak());
        let whole = weeks as i32;
        let more = i32::from(draws.uniform() < weeks - whole as f32);
        row.due[place] = (week + (whole + more).max(1)) as i16;
        row.active_until[place] = fading.active_until(tie, week);
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
        let key = self.randomness.week(Purpose::Talk, world.week);
        let rule = &self.scenario.reputation;
        let left = rule.left();
        let profiles = &world.employees.profiles;
        let ties = &world.ties;
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
                        (state.reputation, state.known) =
                            rule.update(ego, profiles, state, ties, left, &mut draws);
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
        let ties = &world.ties;
        let characters = &world.employees.characters;
        world
            .employees
            .profiles
            .par_chunks_mut(BLOCK)
            .zip(world.employees.standings.par_chunks_mut(BLOCK))
            .zip(world.employees.weeks.par_chunks_mut(BLOCK))
            .enumerate()
            .for_each(|(block, ((profiles, standings), weeks))| {
                for (i, ((profile, standing), state)) in
                    profiles.iter_mut().zip(standings).zip(weeks).enumerate()
                {
                    if !profile.is_employed() {
                        continue;
                    }
                    let ego = (block * BLOCK + i) as u32;
                    profile.reputation = state.reputation;
                    profile.known = state.known;
                    scenario
                        .influence
                        .update(profile, standing, state, standing_left, top);
                    let mut draws = key.of(profile.id);
                    let character = &characters[ego as usize];
                    state.output = scenario.work.output(character, state, shapes, &mut draws);
                    standing.output += state.output;
                    standing.year_output += state.output;
                    standing.weeks = standing.weeks.saturating_add(1);
                    standing.threat *= fear_left;
                    // a thirteenth of the staff looks at its ties each week
                    if (profile.id as i32 + week).rem_euclid(13) == 0 {
                        let mut friendship = 0.0;
                        let mut active = 0_u8;
                        for (place, &until) in ties.row(ego).active_until.iter().enumerate() {
                            if i32::from(until) >= week {
                                let tie = &ties.row(ego).records[place];
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
        let capability = self
            .exchange
            .capability(character.habit, character, profile);
        let (aimed, hold, regard) = tie.map_or((false, 1.0, 0.0), |(tie, closeness)| {
            (
                point < f32::from(tie.insight) * (1.0 / 255.0),
                self.reciprocity
                    .hold(conduct, tie.ledger * fading.ledger_left(tie, week)),
                tie.trust * closeness,
            )
        });
        let amount = conduct.generosity * capability * hold;
        Part {
            basis,
            kind: character.habit,
            aimed,
            amount,
            regard,
        }
    }
}
