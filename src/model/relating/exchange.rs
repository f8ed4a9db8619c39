//! Each person writes the outcome of the week's contacts into the own records.

use rayon::prelude::*;

use super::Person;
use crate::engine::{BLOCK, Channel, Given, Offer, Reply};
use crate::mechanisms::decay::NOT_COUNTED;
use crate::mechanisms::exchange::Contact;
use crate::model::Model;
use crate::random::{Draws, Purpose};
use crate::world::{NOBODY, Profile, RowMut, Tie, Week, World, place_of};

/// One side of an accepted contact.
#[derive(Clone, Copy)]
struct Side {
    offer: Offer,
    reply: Reply,
    /// Whether ego is the caller.
    called: bool,
    /// Whether ego saw through a feigned interest of the other.
    saw_through: bool,
}

impl Side {
    /// What ego brings, and what the other brings.
    #[inline(always)]
    const fn given(self) -> (Given, Given) {
        let (offer, reply) = (self.offer.given(), self.reply.given());
        if self.called {
            (offer, reply)
        } else {
            (reply, offer)
        }
    }

    /// Whether the other sought ego out.
    #[inline(always)]
    const fn is_answer(self) -> bool {
        !self.called && !self.offer.is_scheduled()
    }
}

/// A contact of the week as ego will write it down.
struct Outcome {
    alter: u32,
    /// Place of ego's record about alter, or `STRANGER`.
    place: u16,
    /// None: ego's call was declined.
    side: Option<Side>,
    draws: Draws,
}

impl Model {
    /// Each person writes the outcome of the week's contacts into the own records.
    pub(in crate::model) fn exchange(&mut self, world: &mut World) {
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
                    let me = Person {
                        profile,
                        character,
                        conduct: strategies.conduct(character.strategy),
                    };
                    let mut row = rows.row_mut(i);
                    state.hours = 0.0;
                    // all look-ups first: they are far apart in memory and do not wait for each other
                    outcomes.clear();
                    let letters = model.office.letters_of(ego);
                    for (letter, reply) in letters.iter().zip(model.office.replies_to(ego)) {
                        if letter.target == NOBODY {
                            continue;
                        }
                        let other = &profiles[letter.target as usize];
                        let mut draws = caller_key.of_pair(profile.id, other.id);
                        let doubt = row
                            .records
                            .get(letter.place as usize)
                            .map_or(0, |t| t.doubt);
                        let side = reply.is_accepted().then(|| Side {
                            offer: letter.offer,
                            reply,
                            called: true,
                            saw_through: reply.given().is_feigned()
                                && draws.chance(
                                    acceptance
                                        .chance_to_see_through(doubt, other.level < profile.level),
                                ),
                        });
                        outcomes.push(Outcome {
                            alter: letter.target,
                            place: letter.place,
                            side,
                            draws,
                        });
                    }
                    let calls = model.office.calls_to(ego);
                    for (call, &reply) in calls.iter().zip(model.office.replies_of(ego)) {
                        if !reply.is_accepted() {
                            continue;
                        }
                        let other = &profiles[call.from as usize];
                        outcomes.push(Outcome {
                            alter: call.from,
                            place: reply.place(),
                            side: Some(Side {
                                offer: call.offer,
                                reply,
                                called: false,
                                saw_through: reply.saw_through(),
                            }),
                            draws: receiver_key.of_pair(profile.id, other.id),
                        });
                    }
                    for outcome in &mut outcomes {
                        let (alter, draws) = (outcome.alter, &mut outcome.draws);
                        // a place made free for somebody else this week is looked up again
                        let place = Some(outcome.place as usize)
                            .filter(|&place| row.partners.get(place) == Some(&alter))
                            .or_else(|| place_of(row.partners, alter));
                        match outcome.side {
                            Some(side) => {
                                let other = (alter, &profiles[alter as usize]);
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
        me: Person<'_>,
        (alter, other): (u32, &Profile),
        place: Option<usize>,
        side: Side,
        week: i32,
        draws: &mut Draws,
    ) {
        let Self {
            scenario,
            shapes,
            fading,
            rhythm,
            attraction,
            ..
        } = self;
        let Person {
            profile,
            character,
            conduct,
        } = me;
        let Side { offer, reply, .. } = side;
        let (own, theirs) = side.given();
        let (channel, is_formal, is_arranged) =
            (offer.channel(), offer.is_formal(), offer.is_scheduled());
        let weight = scenario.dealings.weight(reply.further());
        state.hours += scenario.opportunity.hours(channel) * weight;
        state.contacts = state.contacts.saturating_add(1);
        state.further = state.further.saturating_add(reply.further());
        state.formal = state.formal.saturating_add(u8::from(is_formal));
        let elsewhere = profile.department != other.department;
        let count = |counter: &mut u8, happened: bool| {
            *counter = counter.saturating_add(u8::from(happened));
        };
        count(&mut state.across, elsewhere);
        count(&mut state.by_video, channel == Channel::Video);
        count(&mut state.in_writing, channel == Channel::Asynchronous);
        count(&mut state.other_site, profile.site != other.site);
        count(&mut state.arranged, is_arranged);
        count(&mut state.conflicts, reply.is_conflict());
        count(&mut state.feigned, theirs.is_feigned());
        count(&mut state.seen_through, side.saw_through);
        let known = place.filter(|&place| row.records[place].formed >= other.hired);
        let contacts = known.map_or(0, |place| row.records[place].contacts);
        let is_first = known.is_none();
        state.hours += scenario.exchange.favour(own.amount(), contacts) * weight;
        let value = scenario.exchange.value(
            theirs.amount(),
            theirs.kind(),
            theirs.is_aimed(),
            character.needs,
        );
        let power = scenario.opportunity.power(channel);
        let power_for_work = scenario.opportunity.power_for_work(power);
        state.help += value * power_for_work;
        state.regard += theirs.regard() * (0.2 + other.influence);

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
                    trust: scenario.sincerity.trust_at_first(offer.is_introduced()),
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
        let (strength, trust_left) = fading.taken_up(tie, week);
        let trust = first + (tie.trust - first) * trust_left;
        tie.strength = strength;
        tie.last_contact = week as i16;
        tie.contacts = tie.contacts.saturating_add(1);
        let passed = theirs.is_feigned() && !side.saw_through;
        tie.doubt = tie.doubt.saturating_add(u8::from(passed));
        let perceived = scenario.sincerity.perceived(
            theirs.basis(),
            side.saw_through,
            other.warmth,
            shapes,
            draws,
        );
        tie.trust = scenario
            .sincerity
            .trust_after(trust, perceived, power, side.saw_through);
        let given = scenario.exchange.expected(own.amount(), own.is_aimed());
        tie.ledger = scenario
            .reciprocity
            .settle(tie.ledger, ledger_left, given, value);
        let contact = Contact {
            value,
            power,
            weight,
            power_for_work,
            sincerity: perceived,
            shared: profile.shared_interests(other),
            liking: attraction.to(profile, other, shapes),
            required: is_formal,
            within: !elsewhere || profile.function == other.function,
            // what the work of one department requires is the work of both
            answered: side.is_answer() && (!is_formal || elsewhere),
            rank: other.level.cmp(&profile.level),
            esteem: other.rated(),
        };
        let attentive = conduct.attentiveness + character.habits.attentiveness;
        scenario.exchange.grow(tie, contact, attentive.min(1.0));
        if reply.is_conflict() {
            scenario.sincerity.fall_out(tie);
        }
        tie.fading = fading.class(tie, week, elsewhere, offer.mutual());
        let weeks = rhythm.weeks(tie.peak());
        let whole = weeks as i32;
        let more = i32::from(draws.uniform() < weeks - whole as f32);
        row.due[place] = if scenario.choice.comes_to_mind(is_first, is_arranged, draws) {
            (week + (whole + more).max(1)) as i16
        } else {
            i16::MAX
        };
        row.active_until[place] = fading.active_until(tie, week);
        // last of the draws: what others draw does not depend on whose interests are new
        let topic =
            scenario
                .sincerity
                .kindled(own.basis(), profile.interests, other.interests, draws);
        state.kindled = state.kindled.or(topic);
    }

    /// A call of ego's was declined: seen, and remembered.
    #[inline]
    fn refused(&self, row: &mut RowMut<'_>, place: Option<usize>, week: i32, draws: &mut Draws) {
        if let Some(place) = place {
            let tie = &mut row.records[place];
            tie.trust = self.scenario.sincerity.trust_after_refusal(tie.trust);
            let rhythm = self.rhythm.weeks(self.fading.closeness(tie, week));
            row.due[place] = self.scenario.choice.next_thought(week, rhythm, draws);
        }
    }
}
