//! M18 Evolving relationships: ties are re-read when ranks, teams or people change.
//!
//! # What happens
//! A *mentor* of i is read off the ties: someone of a higher level, or of the same level and `ahead` weeks longer in the firm, to whom i
//! looks up (i's career support for the mentor is at least `looks_up`) and who looks after i (the other's trust times the
//! stronger of friendship and career support is at least `looks_after`). Strengths are those of now.
//!
//! ```text
//! a peer becomes boss (a report who was of the boss's old level at least, and has a tie):
//!   both records:  friendship *= 1 - distance
//!   the report's:  career += backing * (1 - career) if the trust is at least 1/2;   trust *= 1 - envy if passed over for the post
//! a mentee overtakes a mentor (is now on a higher level):
//!   the mentor's:  career += pride * (1 - career) if the trust is at least 1/2, else trust *= 1 - rivalry
//!   the mentee's:  career += gratitude * (1 - career): what was invested pays back
//! a mentor leaves of their own accord or retires:
//!   with probability hands_over each mentee is introduced to the mentor's most influential ally whom the mentee does not know:
//!   both get a record with career = collaboration = handed and the trust that each had in the mentor, or the mentor in each
//! departments part in a restructuring:
//!   collaboration of those who were of one department and are no more *= 1 - responsiveness
//! ```
//!
//! # Source
//! Firms differ in how fast informal nets follow a new formal structure: E75h (Kleinbaum and Stuart 2014), a dial without a
//! measured rate. All else is assumed; no source.
//!
//! # Assumptions and limits
//! Only direct reports re-read their ties to a new boss. A mentor dismissed or laid off hands nobody over. Strengths change as of the
//! last contact, so that what is gained fades like the rest.
//!
//! # Order and randomness
//! With the promotion, before the exit, after the restructuring; one draw that belongs to the pair (mentor, mentee).
//!
//! # Switched off
//! New ranks and teams are used at once by all rules, but no tie changes until the next contact.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Step;
use crate::random::Purpose;
use crate::units::{Probability, Share, Strength, Weeks};
use crate::world::{CAREER, COLLABORATION, FRIENDSHIP, NOBODY, Profile, Tie, World, place_of};

/// Relationships under new ranks.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Evolution {
    /// Whether the rule is on; off, no tie changes until the next contact [switch].
    pub enabled: bool,
    /// Career support from which one looks up to a mentor [strength]. Definition.
    pub looks_up: Strength,
    /// Support from which a mentor looks after one [strength]. Definition.
    pub looks_after: Strength,
    /// Time in the firm by which a mentor of the same level is ahead [weeks]. Definition.
    pub ahead: Weeks,
    /// Share of the friendship lost when a peer becomes boss [share]. Assumed; no source.
    pub distance: Share,
    /// Share of what is missing that a trusted new boss adds to career support [share]. Assumed; no source.
    pub backing: Share,
    /// Share of the trust in the new boss that one who was passed over loses [share]. Assumed; no source.
    pub envy: Share,
    /// Share of what is missing that a trusting mentor's career support gains when overtaken [share]. Assumed; no source.
    pub pride: Share,
    /// Share of the trust that a mentor without trust loses when overtaken [share]. Assumed; no source.
    pub rivalry: Share,
    /// Share of what is missing that the mentee's career support for the overtaken mentor gains [share]. Assumed; no source.
    pub gratitude: Share,
    /// Chance that a mentor who goes hands a mentee over to an ally [probability]. Assumed; no source.
    pub hands_over: Probability,
    /// Strength of the tie that comes of it [strength]. Assumed; no source.
    pub handed: Strength,
    /// Share of the collaboration lost at once between people whose departments part [share]. Source: a dial by E75h; the size is assumed.
    pub responsiveness: Share,
}

impl Default for Evolution {
    fn default() -> Self {
        Self {
            enabled: true,
            looks_up: Strength::new(0.2),
            looks_after: Strength::new(0.12),
            ahead: Weeks::new(104),
            distance: Share::new(0.3),
            backing: Share::new(0.2),
            envy: Share::new(0.25),
            pride: Share::new(0.2),
            rivalry: Share::new(0.3),
            gratitude: Share::new(0.3),
            hands_over: Probability::new(0.5),
            handed: Strength::new(0.3),
            responsiveness: Share::new(0.2),
        }
    }
}

/// Strengths of a tie now.
pub type StrengthNow<'a> = &'a (dyn Fn(&Tie) -> [f32; 3] + Sync);

/// A relation that has been re-read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Former peers of the first now report to them; the second is one of them.
    Boss(u32, u32),
    /// The first has overtaken their mentor, the second.
    Overtook(u32, u32),
    /// The mentor of the first has left; the second is the ally to whom they were handed over.
    Left(u32, Option<u32>),
}

impl Evolution {
    /// Whether `senior` stands above `junior`, on a level or longer in the firm.
    fn is_ahead(&self, senior: &Profile, junior: &Profile) -> bool {
        let longer = i32::from(junior.hired) - i32::from(senior.hired);
        senior.level > junior.level
            || senior.level == junior.level && longer >= self.ahead.get() as i32
    }

    /// Whether `mentor` is a mentor of `ego`, by their ties now.
    fn is_mentor(&self, world: &World, mentor: u32, ego: u32, now: StrengthNow<'_>) -> bool {
        let profiles = &world.employees.profiles;
        let (senior, junior) = (&profiles[mentor as usize], &profiles[ego as usize]);
        senior.is_employed()
            && self.is_ahead(senior, junior)
            && world
                .tie(ego, mentor)
                .is_some_and(|tie| now(tie)[CAREER] >= self.looks_up.single())
            && world.tie(mentor, ego).is_some_and(|tie| {
                let s = now(tie);
                tie.trust * s[CAREER].max(s[FRIENDSHIP]) >= self.looks_after.single()
            })
    }

    /// Mentors of a person, in the order of the row.
    pub fn mentors(&self, world: &World, ego: u32, now: StrengthNow<'_>) -> Vec<u32> {
        if !self.enabled {
            return Vec::new();
        }
        let known = world.ties.partners(ego).iter().copied();
        known
            .filter(|&alter| alter != NOBODY && self.is_mentor(world, alter, ego, now))
            .collect()
    }

    /// After a promotion from the level `before`: former peers and the `mentors` of before re-read their ties. Returns what was
    /// re-read; `passed` are those who were passed over.
    pub fn rise(
        &self,
        world: &mut World,
        ego: u32,
        before: u8,
        mentors: &[u32],
        passed: &[u32],
    ) -> Vec<Reading> {
        let mut readings = Vec::new();
        if !self.enabled {
            return readings;
        }
        let profile = world.employees.profiles[ego as usize];
        let reports: Vec<u32> = world
            .organisation
            .reports(profile.post)
            .iter()
            .map(|&post| world.organisation.posts[post as usize].holder)
            .filter(|&holder| {
                holder != NOBODY && world.employees.profiles[holder as usize].level >= before
            })
            .collect();
        for report in reports {
            let keeps = 1.0 - self.distance.single();
            let own = change(world, ego, report, |tie| tie.strength[FRIENDSHIP] *= keeps);
            let theirs = change(world, report, ego, |tie| {
                tie.strength[FRIENDSHIP] *= keeps;
                if tie.trust >= 0.5 {
                    raise(&mut tie.strength[CAREER], self.backing);
                }
                if passed.contains(&report) {
                    tie.trust *= 1.0 - self.envy.single();
                }
            });
            if own || theirs {
                readings.push(Reading::Boss(ego, report));
            }
        }
        for &mentor in mentors {
            if world.employees.profiles[mentor as usize].level >= profile.level {
                continue;
            }
            change(world, mentor, ego, |tie| {
                if tie.trust >= 0.5 {
                    raise(&mut tie.strength[CAREER], self.pride);
                } else {
                    tie.trust *= 1.0 - self.rivalry.single();
                }
            });
            change(world, ego, mentor, |tie| {
                raise(&mut tie.strength[CAREER], self.gratitude);
            });
            readings.push(Reading::Overtook(ego, mentor));
        }
        readings
    }

    /// Before a mentor goes: each mentee may be handed over to an ally. Writes no due week: the caller settles new ties.
    pub fn goes(
        &self,
        world: &mut World,
        step: Step<'_>,
        mentor: u32,
        now: StrengthNow<'_>,
    ) -> Vec<Reading> {
        if !self.enabled {
            return Vec::new();
        }
        let alters: Vec<u32> = {
            let known = world.ties.partners(mentor).iter().copied();
            known.filter(|&alter| alter != NOBODY).collect()
        };
        let mentees: Vec<u32> = alters
            .iter()
            .copied()
            .filter(|&alter| {
                world.employees.profiles[alter as usize].is_employed()
                    && self.is_mentor(world, mentor, alter, now)
            })
            .collect();
        if mentees.is_empty() {
            return Vec::new();
        }
        // allies of the one who goes, the most influential first
        let mut allies: Vec<(f32, u32, u32)> = alters
            .iter()
            .copied()
            .filter(|&ally| {
                world.tie(ally, mentor).is_some_and(|tie| {
                    let s = now(tie);
                    tie.trust * s[CAREER].max(s[FRIENDSHIP]) >= self.looks_after.single()
                })
            })
            .map(|ally| {
                let profile = &world.employees.profiles[ally as usize];
                (profile.influence, profile.id, ally)
            })
            .collect();
        allies.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let key = step.randomness.week(Purpose::Move, step.week);
        let mentor_id = world.employees.profiles[mentor as usize].id;
        mentees
            .into_iter()
            .map(|mentee| {
                let mentee_id = world.employees.profiles[mentee as usize].id;
                let mut draws = key.of_pair(mentor_id, mentee_id);
                let ally = allies
                    .iter()
                    .map(|a| a.2)
                    .find(|&ally| ally != mentee && world.tie(mentee, ally).is_none())
                    .filter(|_| draws.chance(self.hands_over.single()))
                    .filter(|&ally| self.introduce(world, mentor, mentee, ally));
                Reading::Left(mentee, ally)
            })
            .collect()
    }

    /// Both get a record about each other, if both have a place free.
    fn introduce(&self, world: &mut World, mentor: u32, mentee: u32, ally: u32) -> bool {
        let free = |world: &World, ego: u32, alter: u32| {
            let partners = world.ties.partners(ego);
            // a record about someone of before at the same slot is written over
            place_of(partners, alter).or_else(|| partners.iter().position(|&p| p == NOBODY))
        };
        let trust = |world: &World, ego: u32| world.tie(ego, mentor).map_or(0.5, |tie| tie.trust);
        let (Some(own), Some(theirs)) = (free(world, mentee, ally), free(world, ally, mentee))
        else {
            return false;
        };
        let week = world.week as i16;
        let handed = self.handed.single();
        let (of_mentee, of_ally) = (trust(world, mentee), trust(world, ally));
        for (ego, alter, place, trust) in [
            (mentee, ally, own, of_mentee),
            (ally, mentee, theirs, of_ally),
        ] {
            let row = world.ties.row_mut(ego);
            row.partners[place] = alter;
            row.records[place] = Tie {
                strength: [handed, 0.0, handed],
                trust,
                last_contact: week,
                formed: week,
                contacts: 1,
                ..Tie::default()
            };
        }
        true
    }

    /// After a restructuring: collaboration between people whose departments have parted. `before` is everyone's department of
    /// before, by slot. Returns the people whose ties changed.
    pub fn part(&self, world: &mut World, before: &[u16]) -> Vec<u32> {
        let mut changed = Vec::new();
        if !self.enabled || self.responsiveness.get() <= 0.0 {
            return changed;
        }
        let keeps = 1.0 - self.responsiveness.single();
        let profiles = &world.employees.profiles;
        for ego in 0..before.len().min(profiles.len()) as u32 {
            let me = &profiles[ego as usize];
            if !me.is_employed() {
                continue;
            }
            let row = world.ties.row_mut(ego);
            let mut any = false;
            for (place, &alter) in row.partners.iter().enumerate() {
                let Some(&there) = before.get(alter as usize) else {
                    continue;
                };
                let parted = there == before[ego as usize]
                    && profiles[alter as usize].department != me.department;
                if parted && profiles[alter as usize].is_employed() {
                    row.records[place].strength[COLLABORATION] *= keeps;
                    any = true;
                }
            }
            if any {
                changed.push(ego);
            }
        }
        changed
    }
}

/// Raises a strength by a share of what it lacks.
fn raise(strength: &mut f32, by: Share) {
    *strength += by.single() * (1.0 - *strength);
}

/// Changes what ego holds about alter, if there is such a record about the same person.
fn change(world: &mut World, ego: u32, alter: u32, how: impl FnOnce(&mut Tie)) -> bool {
    let hired = world.employees.profiles[alter as usize].hired;
    let row = world.ties.row_mut(ego);
    let Some(place) = place_of(row.partners, alter) else {
        return false;
    };
    let tie = &mut row.records[place];
    let same = tie.formed >= hired;
    if same {
        how(tie);
    }
    same
}

#[cfg(test)]
mod tests;
