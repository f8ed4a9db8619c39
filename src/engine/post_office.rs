//! Letters: how a decision of one person reaches another without anyone writing a neighbour's row.
//!
//! Each person writes into a fixed number of places of the outbox; a counting sort delivers the letters to
//! the inboxes, where they stand in the order of their writers; the receiver writes a reply beside each, which
//! travels back to the letter's place. Sorting runs in parallel over fixed ranges of writers and then of receivers,
//! so its result does not depend on the number of threads.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::letter::{Call, Letter, Offer, Reply};
use crate::world::NOBODY;

/// People in a range of the parallel sort: a constant, never derived from the number of threads.
const RANGE: usize = 8192;

/// The week's letters.
#[derive(Debug, Default)]
pub struct PostOffice {
    per_person: usize,
    people: usize,
    letters: Vec<Letter>,
    sorted: Vec<Vec<Vec<(u32, Call)>>>,
    starts: Vec<u32>,
    calls: Vec<Call>,
    replies: Vec<Reply>,
    /// The reply to each letter. Receivers write here side by side, each letter's reply once.
    answers: Vec<AtomicU64>,
}

impl PostOffice {
    /// A post office for `per_person` letters a person and week.
    pub fn new(per_person: usize) -> Self {
        Self {
            per_person: per_person.max(1),
            ..Self::default()
        }
    }

    /// Letters a person can write in a week.
    pub fn per_person(&self) -> usize {
        self.per_person
    }

    /// Makes room for `people`, empties the outboxes and hands them out in blocks.
    pub fn outboxes(
        &mut self,
        people: usize,
        block: usize,
    ) -> impl IndexedParallelIterator<Item = &mut [Letter]> {
        self.people = people;
        let letters = people * self.per_person;
        self.letters.resize(letters, Letter::NONE);
        self.answers.resize_with(letters, AtomicU64::default);
        self.letters.par_chunks_mut(block * self.per_person)
    }

    /// Delivers all letters.
    pub fn deliver(&mut self) {
        let ranges = self.people.div_ceil(RANGE).max(1);
        self.sorted.resize_with(ranges, Vec::new);
        let per_person = self.per_person;
        self.sorted
            .par_iter_mut()
            .zip(self.letters.par_chunks(RANGE * per_person))
            .enumerate()
            .for_each(|(range, (buckets, letters))| {
                buckets.resize_with(ranges, Vec::new);
                buckets.iter_mut().for_each(Vec::clear);
                for (place, letter) in letters.iter().enumerate() {
                    if letter.target != NOBODY {
                        let from = (range * RANGE + place / per_person) as u32;
                        let call = Call {
                            from,
                            offer: letter.offer,
                            number: (place % per_person) as u8,
                        };
                        buckets[letter.target as usize / RANGE].push((letter.target, call));
                    }
                }
            });

        let sizes: Vec<usize> = (0..ranges)
            .map(|r| {
                self.sorted
                    .iter()
                    .map(|b| b.get(r).map_or(0, Vec::len))
                    .sum()
            })
            .collect();
        let total = sizes.iter().sum();
        self.calls.resize(total, Call::default());
        self.replies.clear();
        self.replies.resize(total, Reply::DECLINED);
        self.starts.resize(self.people + 1, 0);

        let mut rest = self.calls.as_mut_slice();
        let mut before = 0_u32;
        let mut parts = Vec::with_capacity(ranges);
        for (starts, &size) in self.starts[..self.people].chunks_mut(RANGE).zip(&sizes) {
            let (calls, tail) = rest.split_at_mut(size);
            rest = tail;
            parts.push((before, starts, calls));
            before += size as u32;
        }
        let sorted = &self.sorted;
        parts
            .into_par_iter()
            .enumerate()
            .for_each(|(range, (before, starts, calls))| {
                let first = (range * RANGE) as u32;
                starts.fill(0);
                for buckets in sorted {
                    for (target, _) in &buckets[range] {
                        starts[(target - first) as usize] += 1;
                    }
                }
                // running ends, then placed from the back so that each start ends up right and order is kept
                let mut end = 0;
                for start in starts.iter_mut() {
                    end += *start;
                    *start = end;
                }
                for buckets in sorted.iter().rev() {
                    for (target, call) in buckets[range].iter().rev() {
                        let start = &mut starts[(target - first) as usize];
                        *start -= 1;
                        calls[*start as usize] = *call;
                    }
                }
                for start in starts.iter_mut() {
                    *start += before;
                }
            });
        self.starts[self.people] = total as u32;
    }

    /// Letters of the `i`-th person, as written.
    #[inline]
    pub fn letters_of(&self, person: u32) -> &[Letter] {
        &self.letters[person as usize * self.per_person..(person as usize + 1) * self.per_person]
    }

    /// Calls that reached a person, in the order of their writers.
    #[inline]
    pub fn calls_to(&self, person: u32) -> &[Call] {
        &self.calls
            [self.starts[person as usize] as usize..self.starts[person as usize + 1] as usize]
    }

    /// Replies to those calls.
    #[inline]
    pub fn replies_of(&self, person: u32) -> &[Reply] {
        &self.replies
            [self.starts[person as usize] as usize..self.starts[person as usize + 1] as usize]
    }

    /// The replies to a person's letters, in the order of the letters; that of an empty place means nothing.
    #[inline]
    pub fn replies_to(&self, person: u32) -> impl Iterator<Item = Reply> + '_ {
        let first = person as usize * self.per_person;
        self.answers[first..first + self.per_person]
            .iter()
            .map(|answer| Reply::unpacked(answer.load(Ordering::Relaxed)))
    }

    /// Inboxes in blocks of `block` people, replies to write.
    pub fn inboxes(
        &mut self,
        block: usize,
    ) -> (
        Inboxes<'_>,
        impl IndexedParallelIterator<Item = &mut [Reply]>,
    ) {
        let mut rest = self.replies.as_mut_slice();
        let mut parts = Vec::with_capacity(self.people.div_ceil(block));
        for first in (0..self.people).step_by(block) {
            let last = (first + block).min(self.people);
            let size = (self.starts[last] - self.starts[first]) as usize;
            let (part, tail) = rest.split_at_mut(size);
            rest = tail;
            parts.push(part);
        }
        (
            Inboxes {
                per_person: self.per_person,
                starts: &self.starts,
                calls: &self.calls,
                answers: &self.answers,
            },
            parts.into_par_iter(),
        )
    }

    /// Accepted contacts of the week: (caller, receiver, offer, reply), in the order of receivers.
    pub fn contacts(&self) -> impl Iterator<Item = (u32, u32, Offer, Reply)> + '_ {
        (0..self.people as u32).flat_map(move |to| {
            self.calls_to(to)
                .iter()
                .zip(self.replies_of(to))
                .filter(|(_, reply)| reply.is_accepted())
                .map(move |(call, reply)| (call.from, to, call.offer, *reply))
        })
    }
}

/// Calls of all people, to read and to answer.
#[derive(Clone, Copy)]
pub struct Inboxes<'a> {
    per_person: usize,
    starts: &'a [u32],
    calls: &'a [Call],
    answers: &'a [AtomicU64],
}

impl<'a> Inboxes<'a> {
    /// Calls that reached a person.
    #[inline]
    pub fn calls_to(&self, person: u32) -> &'a [Call] {
        &self.calls
            [self.starts[person as usize] as usize..self.starts[person as usize + 1] as usize]
    }

    /// Sends the reply to a call back; every call must be answered.
    #[inline]
    pub fn answer(&self, call: Call, reply: Reply) {
        let letter = call.from as usize * self.per_person + usize::from(call.number);
        self.answers[letter].store(reply.packed(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::letter::{Basis, Channel};

    #[test]
    fn letters_arrive_in_the_order_of_their_writers() {
        let people = 3 * RANGE + 17;
        let mut office = PostOffice::new(2);
        office
            .outboxes(people, 1000)
            .enumerate()
            .for_each(|(block, letters)| {
                for (place, letter) in letters.iter_mut().enumerate() {
                    let from = block * 1000 + place / 2;
                    letter.target = if place % 2 == 0 {
                        ((from * 7919) % people) as u32
                    } else {
                        NOBODY
                    };
                    letter.offer = Offer::new(Channel::Video, Basis::Curious, 3, 0.5, 1.0);
                }
            });
        office.deliver();
        let mut seen = 0;
        for to in 0..people as u32 {
            let calls = office.calls_to(to);
            assert!(calls.windows(2).all(|pair| pair[0].from < pair[1].from));
            for call in calls {
                assert_eq!((call.from as usize * 7919) % people, to as usize);
                seen += 1;
            }
        }
        assert_eq!(seen, people, "nothing is lost and nothing doubled");
    }

    #[test]
    fn each_reply_travels_back_to_its_letter() {
        let people = RANGE + 5;
        let mut office = PostOffice::new(3);
        office.outboxes(people, people).for_each(|letters| {
            letters.fill(Letter::NONE);
            // the last letter of three goes to someone of the other range; the others to a neighbour, or nowhere
            for (i, three) in letters.chunks_mut(3).enumerate() {
                three[0].target = ((i + 1) % people) as u32;
                three[2].target = ((i * 7919) % people) as u32;
            }
        });
        office.deliver();
        let reply = |from: u32, to: u32| {
            Reply::accepted(Basis::Shared, (from % 7) as u8, 0.5, 1.0).from_place(to as u16)
        };
        let (inboxes, _) = office.inboxes(people);
        for to in 0..people as u32 {
            for &call in inboxes.calls_to(to) {
                let refused = (call.from + to).is_multiple_of(3);
                let back = if refused {
                    Reply::DECLINED
                } else {
                    reply(call.from, to)
                };
                inboxes.answer(call, back);
            }
        }
        for from in 0..people as u32 {
            let letters = office.letters_of(from).iter().zip(office.replies_to(from));
            for (letter, found) in letters.filter(|(letter, _)| letter.target != NOBODY) {
                let refused = (from + letter.target).is_multiple_of(3);
                assert_eq!(found.is_accepted(), !refused);
                assert!(refused || found == reply(from, letter.target));
            }
        }
    }
}
