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
mod tests {
    use super::*;
    use crate::random::{Randomness, Shapes};
    use crate::world::small_firm::{SmallFirm, put_tie};

    /// Head 0; department 0: lead 1 with 2 to 5; department 1: lead 6 with 7 to 10.
    const FIRM: SmallFirm = SmallFirm {
        departments: 2,
        leads: 1,
        staff: 4,
    };

    fn rule() -> Evolution {
        Evolution {
            hands_over: Probability::new(1.0),
            ..Evolution::default()
        }
    }

    fn tie(friendship: f32, career: f32, trust: f32) -> Tie {
        Tie {
            strength: [0.5, friendship, career],
            trust,
            formed: 50,
            ..Tie::default()
        }
    }

    fn held(world: &World, ego: u32, alter: u32) -> Tie {
        *world.tie(ego, alter).unwrap()
    }

    #[test]
    fn peers_of_a_new_boss_keep_a_distance_and_those_passed_over_trust_less() {
        let mut world = FIRM.build();
        for alter in [3, 4] {
            put_tie(&mut world, alter, 2, tie(0.4, 0.1, 0.8));
        }
        put_tie(&mut world, 2, 3, tie(0.4, 0.1, 0.8));
        put_tie(&mut world, 7, 2, tie(0.4, 0.1, 0.8));
        world.dismiss(1);
        world.seat(2, 1);
        let readings = rule().rise(&mut world, 2, 0, &[], &[4]);
        assert_eq!(readings, [Reading::Boss(2, 3), Reading::Boss(2, 4)]);
        let (calm, envious) = (held(&world, 3, 2), held(&world, 4, 2));
        assert!((calm.strength[FRIENDSHIP] - 0.28).abs() < 1e-6, "0.4 * 0.7");
        assert!(
            (calm.strength[CAREER] - 0.28).abs() < 1e-6,
            "0.1 + 0.2 * 0.9"
        );
        assert_eq!(calm.trust, 0.8);
        assert!((envious.trust - 0.6).abs() < 1e-6, "0.8 * 0.75");
        let own = held(&world, 2, 3);
        assert!((own.strength[FRIENDSHIP] - 0.28).abs() < 1e-6);
        assert_eq!(own.strength[CAREER], 0.1, "the boss's record gains nothing");
        assert_eq!(
            held(&world, 7, 2),
            tie(0.4, 0.1, 0.8),
            "7 reports to another"
        );
    }

    #[test]
    fn a_mentor_is_ahead_looked_up_to_and_looks_after() {
        let mut world = FIRM.build();
        for alter in [1, 3, 4, 6] {
            put_tie(&mut world, 2, alter, tie(0.0, 0.3, 0.8));
            put_tie(&mut world, alter, 2, tie(0.3, 0.0, 0.8));
        }
        world.employees.profiles[2].hired = 40;
        world.employees.profiles[3].hired = -64;
        world.employees.profiles[4].hired = -63;
        let mentors = |world: &World| rule().mentors(world, 2, &|tie| tie.strength);
        assert_eq!(
            mentors(&world),
            [1, 3, 6],
            "4 is a week short of two years ahead"
        );
        let row = world.ties.row_mut(6);
        row.records[0].trust = 0.3;
        assert_eq!(mentors(&world), [1, 3], "6 would not stand up for 2");
        let row = world.ties.row_mut(2);
        row.records[0].strength[CAREER] = 0.1;
        assert_eq!(mentors(&world), [3], "2 does not look up to 1");
    }

    #[test]
    fn an_overtaken_mentor_is_proud_or_a_rival_and_the_mentee_grateful() {
        let mut world = FIRM.build();
        put_tie(&mut world, 2, 7, tie(0.0, 0.3, 0.8));
        put_tie(&mut world, 7, 2, tie(0.4, 0.2, 0.6));
        put_tie(&mut world, 2, 8, tie(0.0, 0.3, 0.8));
        put_tie(&mut world, 8, 2, tie(0.9, 0.2, 0.4));
        world.dismiss(1);
        world.seat(2, 1);
        let readings = rule().rise(&mut world, 2, 0, &[7, 8, 6], &[]);
        assert_eq!(
            readings,
            [Reading::Overtook(2, 7), Reading::Overtook(2, 8)],
            "6 is level"
        );
        assert!(
            (held(&world, 7, 2).strength[CAREER] - 0.36).abs() < 1e-6,
            "0.2 + 0.2 * 0.8"
        );
        assert!((held(&world, 8, 2).trust - 0.28).abs() < 1e-6, "0.4 * 0.7");
        assert_eq!(held(&world, 8, 2).strength[CAREER], 0.2);
        assert!(
            (held(&world, 2, 7).strength[CAREER] - 0.51).abs() < 1e-6,
            "0.3 + 0.3 * 0.7"
        );
    }

    #[test]
    fn a_mentor_who_goes_hands_the_mentee_over_to_the_most_influential_ally_not_yet_known() {
        let mut world = FIRM.build();
        put_tie(&mut world, 2, 1, tie(0.0, 0.3, 0.9));
        put_tie(&mut world, 1, 2, tie(0.4, 0.0, 0.7));
        for (ally, influence) in [(0, 0.9), (6, 0.5), (7, 0.1)] {
            put_tie(&mut world, 1, ally, tie(0.4, 0.0, 0.7));
            put_tie(&mut world, ally, 1, tie(0.4, 0.0, 0.6));
            world.employees.profiles[ally as usize].influence = influence;
        }
        put_tie(&mut world, 2, 0, tie(0.1, 0.1, 0.5));
        let (randomness, shapes) = (Randomness::new(1), Shapes::default());
        let step = Step {
            week: 100,
            randomness: &randomness,
            shapes: &shapes,
        };
        let mut kept = world.clone();
        let readings = rule().goes(&mut world, step, 1, &|tie| tie.strength);
        assert_eq!(
            readings,
            [Reading::Left(2, Some(6))],
            "2 knows the head already"
        );
        let (own, theirs) = (held(&world, 2, 6), held(&world, 6, 2));
        assert_eq!(own.strength, [0.3, 0.0, 0.3]);
        assert_eq!(
            (own.trust, theirs.trust),
            (0.9, 0.6),
            "as each trusted the mentor"
        );
        let never = Evolution {
            hands_over: Probability::new(0.0),
            ..rule()
        };
        let readings = never.goes(&mut kept, step, 1, &|tie| tie.strength);
        assert_eq!(readings, [Reading::Left(2, None)]);
        assert!(kept.tie(2, 6).is_none());
    }

    #[test]
    fn collaboration_loosens_between_those_whose_departments_part() {
        let mut world = FIRM.build();
        for (ego, alter) in [(2, 3), (3, 2), (2, 4), (2, 7)] {
            put_tie(&mut world, ego, alter, tie(0.4, 0.0, 0.5));
        }
        let before: Vec<u16> = world
            .employees
            .profiles
            .iter()
            .map(|p| p.department)
            .collect();
        world.employees.profiles[3].department = 1;
        assert_eq!(rule().part(&mut world, &before), [2, 3]);
        let s = |ego, alter| held(&world, ego, alter).strength;
        assert!((s(2, 3)[COLLABORATION] - 0.4).abs() < 1e-6, "0.5 * 0.8");
        assert!((s(3, 2)[COLLABORATION] - 0.4).abs() < 1e-6);
        assert_eq!(s(2, 3)[FRIENDSHIP], 0.4, "friends stay friends");
        assert_eq!((s(2, 4)[COLLABORATION], s(2, 7)[COLLABORATION]), (0.5, 0.5));
    }

    #[test]
    fn switched_off_no_tie_is_re_read() {
        let off = Evolution {
            enabled: false,
            ..rule()
        };
        let mut world = FIRM.build();
        put_tie(&mut world, 3, 2, tie(0.4, 0.1, 0.8));
        put_tie(&mut world, 2, 1, tie(0.0, 0.9, 0.9));
        put_tie(&mut world, 1, 2, tie(0.9, 0.9, 0.9));
        assert!(off.mentors(&world, 2, &|tie| tie.strength).is_empty());
        let (randomness, shapes) = (Randomness::new(1), Shapes::default());
        let step = Step {
            week: 100,
            randomness: &randomness,
            shapes: &shapes,
        };
        assert!(
            off.goes(&mut world, step, 1, &|tie| tie.strength)
                .is_empty()
        );
        assert!(off.part(&mut world, &[9; 11]).is_empty());
        world.dismiss(1);
        world.seat(2, 1);
        assert!(off.rise(&mut world, 2, 0, &[], &[3]).is_empty());
        assert_eq!(held(&world, 3, 2), tie(0.4, 0.1, 0.8));
    }
}
