//! M12 Information and ideas: who hears what is new, how early, and what comes of it.
//!
//! # What happens
//! With probability `arises` a week a person comes upon a piece of news; it belongs to the person's department.
//! Everyone has the last eight pieces in mind, none longer than `lifetime` weeks. In each contact of the week either side may tell the
//! other one piece, drawn among those that it had in mind when the week began:
//!
//! ```text
//! P(tells)  = tells * (1/2 + regard / 2)       regard: the teller's trust in the listener x strength of the tie
//! P(idea)   = turns * far * 2^(-age/half_life) for a piece that is new to the listener
//!   far  1 from another function, `near` from another department of the own function, 0 from the own department
//!   age  weeks since the piece arose
//! output += gain * ideas        acquaintance += visible * (1 - acquaintance)  for each idea
//! ```
//!
//! Those whose contacts know each other hear the same piece twice; those who bridge departments hear what is new to theirs, earlier.
//!
//! # Source
//! People with low constraint have more ideas that are valued, and better evaluations: E56 (Burt 2004), sign. Sizes are
//! assumed; no source.
//!
//! # Assumptions and limits
//! A piece is told whole or not at all, and is never wrong. Who hears it is not chosen. A piece that has slipped from
//! the mind may be heard as new once more. An idea is the own; nobody takes it (credit disputes are M14).
//!
//! # Order and randomness
//! After the exchange, over what everyone had in mind before; each person writes only the own mind. News belongs to the
//! person, what is told to the ordered pair (listener, teller).
//!
//! # Switched off
//! There is no news, and nobody has ideas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::{Draws, WeekKey};
use crate::units::{Factor, Few, HalfLife, Probability, Share};
use crate::world::{Mind, Organisation, Profile};

/// News and ideas.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Information {
    /// Whether the rule is on; off, there is no news and nobody has ideas [switch].
    pub enabled: bool,
    /// Chance that a person comes upon a piece of news in a week [probability]. Assumed; no source.
    pub arises: Probability,
    /// Weeks after which a piece is news no more [count of weeks]. Assumed; no source.
    pub lifetime: Few,
    /// Chance that a side of a contact tells a piece, when it fully trusts and is close to the other; half of it to a stranger [probability]. Assumed; no source.
    pub tells: Probability,
    /// Chance that a fresh piece from another function turns into an idea [probability]. Source: sign from E56; size assumed.
    pub turns: Probability,
    /// Worth of a piece from another department of the own function, of one from another function [share]. Assumed; no source.
    pub near: Share,
    /// Age at which a piece is worth half [weeks]. Assumed; no source.
    pub half_life: HalfLife,
    /// Output that an idea adds [weeks' worth of output]. Source: sign from E56; size assumed.
    pub gain: Factor,
    /// Share of what is missing that an idea adds to how well a person is known [share]. Assumed; no source.
    pub visible: Share,
}

impl Default for Information {
    fn default() -> Self {
        Self {
            enabled: true,
            arises: Probability::new(0.05),
            lifetime: Few::new(16),
            tells: Probability::new(0.5),
            turns: Probability::new(0.1),
            near: Share::new(0.4),
            half_life: HalfLife::new(4.0),
            gain: Factor::new(0.5),
            visible: Share::new(0.01),
        }
    }
}

/// What a week's talk brought one person.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Heard {
    /// Pieces that were new to the person.
    pub pieces: u8,
    /// Of these, pieces from another department.
    pub elsewhere: u8,
    /// Ages of those from another department, summed [weeks].
    pub age: u16,
    /// Ideas.
    pub ideas: u8,
}

impl Information {
    /// What a person hears in a week from `contacts`: slot, profile and regard of each who may tell.
    pub fn hear<'a>(
        &self,
        key: WeekKey,
        week: i32,
        profile: &Profile,
        mind: &mut Mind,
        before: &[Mind],
        organisation: &Organisation,
        contacts: impl Iterator<Item = (u32, &'a Profile, f32)>,
    ) -> Heard {
        let mut heard = Heard::default();
        mind.forget(week, self.lifetime.get());
        for (other, teller, regard) in contacts {
            let mut draws = key.of_pair(profile.id, teller.id);
            let told = draws.chance(self.tells.single() * (0.5 + 0.5 * regard));
            let which = draws.bits();
            if !told {
                continue;
            }
            let Some(piece) = before[other as usize].pick(which, week, self.lifetime.get()) else {
                continue;
            };
            if !mind.learn(piece) {
                continue;
            }
            let age = Mind::age(piece, week);
            let from = Mind::department(piece);
            heard.pieces = heard.pieces.saturating_add(1);
            if from == profile.department {
                continue;
            }
            heard.elsewhere = heard.elsewhere.saturating_add(1);
            heard.age = heard.age.saturating_add(age as u16);
            let same = organisation.departments[from as usize].function == profile.function;
            heard.ideas += u8::from(self.is_idea(same, age, &mut draws) && heard.ideas < u8::MAX);
        }
        if key.of(profile.id).chance(self.arises.single()) {
            mind.learn(Mind::piece(profile.department, week, profile.id));
        }
        heard
    }

    /// Whether a piece from another department turns into an idea.
    fn is_idea(&self, same_function: bool, age: u32, draws: &mut Draws) -> bool {
        let far = if same_function {
            self.near.single()
        } else {
            1.0
        };
        let fresh = libm::exp2(-f64::from(age) / self.half_life.get()) as f32;
        draws.chance(self.turns.single() * far * fresh)
    }

    /// Output of a week's ideas [weeks' worth of output].
    #[inline]
    pub fn output(&self, ideas: u8) -> f32 {
        self.gain.single() * f32::from(ideas)
    }

    /// Acquaintance after a week's ideas [0 to 1].
    pub fn known_after(&self, known: f32, ideas: u8) -> f32 {
        (0..ideas).fold(known, |k, _| k + self.visible.single() * (1.0 - k))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::World;
    use crate::world::small_firm::SmallFirm;

    /// Slots 0 to 4 are of department 0 and function 0; 5 to 8 of department 1 and function 1; 9 on of department 2, function 0.
    const FIRM: SmallFirm = SmallFirm {
        departments: 3,
        leads: 1,
        staff: 3,
    };

    fn rule() -> Information {
        Information {
            enabled: true,
            arises: Probability::new(0.0),
            tells: Probability::new(1.0),
            turns: Probability::new(1.0),
            ..Information::default()
        }
    }

    /// What slot 2 hears from others who fully regard them, with the `i`-th luck.
    fn hears(rule: &Information, world: &World, from: &[u32], i: u64) -> (Heard, Mind) {
        let profiles = &world.employees.profiles;
        let mut mind = world.employees.minds[2];
        let key = Randomness::new(i).week(Purpose::Information, world.week);
        let heard = rule.hear(
            key,
            world.week,
            &profiles[2],
            &mut mind,
            &world.employees.minds,
            &world.organisation,
            from.iter().map(|&o| (o, &profiles[o as usize], 1.0)),
        );
        (heard, mind)
    }

    fn knows(world: &mut World, slot: u32, department: u16, week: i32, id: u32) {
        world.employees.minds[slot as usize].learn(Mind::piece(department, week, id));
    }

    #[test]
    fn a_piece_is_new_once() {
        let mut world = FIRM.build();
        knows(&mut world, 5, 1, 97, 5);
        let (heard, mind) = hears(&rule(), &world, &[5, 5], 1);
        // of the same age 3 whoever tells it; 2^(-3/4) of the pieces turn into ideas
        assert_eq!((heard.pieces, heard.elsewhere, heard.age), (1, 1, 3));
        world.employees.minds[2] = mind;
        assert_eq!(hears(&rule(), &world, &[5], 1).0, Heard::default());
    }

    #[test]
    fn news_of_the_own_department_makes_no_ideas() {
        let mut world = FIRM.build();
        knows(&mut world, 3, 0, 100, 3);
        let (heard, _) = hears(&rule(), &world, &[3], 1);
        assert_eq!((heard.pieces, heard.elsewhere, heard.ideas), (1, 0, 0));
    }

    #[test]
    fn fresh_news_from_far_makes_most_ideas_as_the_equation_says() {
        let ideas = |slot: u32, department: u16, week: i32| {
            let mut world = FIRM.build();
            knows(&mut world, slot, department, week, slot);
            (0..4000)
                .map(|i| f64::from(hears(&rule(), &world, &[slot], i).0.ideas))
                .sum::<f64>()
                / 4000.0
        };
        let (far, old, near) = (ideas(5, 1, 100), ideas(5, 1, 92), ideas(9, 2, 100));
        // 1; 2^(-8/4) = 1/4; 0.4: four standard errors of a share of 4000
        let close = |found: f64, p: f64| {
            assert!(
                (found - p).abs() <= 4.0 * (p * (1.0 - p) / 4000.0).sqrt(),
                "{found}, not {p}"
            );
        };
        close(far, 1.0);
        close(old, 0.25);
        close(near, 0.4);
    }

    #[test]
    fn a_stranger_is_told_half_as_often() {
        let mut world = FIRM.build();
        knows(&mut world, 5, 1, 100, 5);
        let rule = Information {
            tells: Probability::new(0.6),
            ..rule()
        };
        let profiles = &world.employees.profiles;
        let told = |regard: f32| {
            (0..4000)
                .filter(|&i| {
                    let key = Randomness::new(i).week(Purpose::Information, 100);
                    let from = [(5, &profiles[5], regard)];
                    let mut mind = Mind::default();
                    let heard = rule.hear(
                        key,
                        100,
                        &profiles[2],
                        &mut mind,
                        &world.employees.minds,
                        &world.organisation,
                        from.into_iter(),
                    );
                    heard.pieces > 0
                })
                .count() as f64
                / 4000.0
        };
        // four standard errors of shares of 0.6 and 0.3
        assert!((told(1.0) - 0.6).abs() < 4.0 * 0.0078 && (told(0.0) - 0.3).abs() < 4.0 * 0.0073);
    }

    #[test]
    fn news_arises_and_grows_old() {
        let world = FIRM.build();
        let always = Information {
            arises: Probability::new(1.0),
            lifetime: Few::new(6),
            ..rule()
        };
        let (_, mind) = hears(&always, &world, &[], 1);
        let count = |mind: &Mind| mind.pieces().count();
        assert_eq!(count(&mind), 1);
        let mut later = mind;
        later.forget(106, 6);
        assert_eq!(count(&later), 1);
        later.forget(107, 6);
        assert_eq!(count(&later), 0);
    }

    #[test]
    fn ideas_raise_output_and_acquaintance() {
        let rule = Information {
            gain: Factor::new(0.5),
            visible: Share::new(0.1),
            ..rule()
        };
        assert_eq!(rule.output(3), 1.5);
        // 0.5 + 0.05, then + 0.045
        assert!((rule.known_after(0.5, 2) - 0.595).abs() < 1e-6);
        assert_eq!(rule.known_after(0.5, 0), 0.5);
    }
}
