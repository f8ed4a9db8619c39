//! M5 Exchange and needs: what is offered meets a need, or misses; ties grow from it.
//!
//! # What happens
//! Each side offers an amount of one kind of value: the other's first need if it has learnt that (probability =
//! insight), else what it offers by habit, as much as it is capable of. Received value v is the amount times the match:
//!
//! ```text
//! v = amount * 1         if aimed at the first need
//!   = amount * second    if it is the second need, or * first if by luck the first
//!   = amount * miss      otherwise
//! gain on layer l:  s_l += w * rate_l * q_l * (1 - s_l) * (1 + spill * mean of the other layers)
//!   w  how often the two dealt with each other this week (see `dealings`), once being 1
//!   q_collaboration = power for work * work * asked * (1/2 + v)
//!     work  1 when the work requires the contact, else `within` a department or function, `elsewhere` beyond
//!   q_friendship    = power(channel) * perceived sincerity * (1/2 + shared interests) * liking * [required: `required`]
//!   q_career        = trust * (1/4 + v) * asked * [towards a lower level: `downward` * shown, a higher one: `upward`]
//!     shown  max(0, 1 + promise * z), z the other's last rating [sd], as esteem keeps it
//!     asked  `answered` for ego who was sought out, else 1: ego sought the contact, it was arranged for both, or the work of
//!            the department that both are of required it
//! insight += attentiveness * learning * (1 - insight)
//! hours that the offer costs the giver beyond the contact's = effort * amount * (1 - ease * n / (n + practice)),  n the contacts that the two had before
//! worth that the giver counts on (M7) = amount if aimed, else amount * (first + second + 4 * miss) / 6
//! ```
//!
//! Gains have diminishing returns through (1 - s_l); layers feed each other through `spill`. Layers part because each grows
//! on its own ground: collaboration with what the work requires, friendship with those one takes to (M6), career support
//! with those who were asked and stand higher. A favour costs time, and less between two who have had
//! much to do with each other.
//!
//! # Source
//! Giving costs own work, and frequent exchange lowers the cost: E71 (Flynn 2003), sign. Layers that feed each other: multiplex work friendships, E72b (Methot et al. 2016), sign only. Seniors
//! choose whom to support by ability and promise rather than by need (Allen, Poteet and Russell 2000, *Journal of Organizational
//! Behavior* 21:271, from memory), E86 (selection), sign. All rates
//! are assumed; no source. They are calibrated to the number of contacts named per layer (E47). Advice is asked upwards and
//! seldom returned, and friends are often other people than those one works with: Lazega 2001 (71 lawyers), Krackhardt 1987
//! (21 managers), from the data; the sizes were chosen with these in sight (docs/calibration.md).
//!
//! # Assumptions and limits
//! Needs are fixed. What one can give grows with competence (help), skill (support) and influence
//! (introductions, visibility).
//!
//! # Order and randomness
//! The caller's offer is made with the call, the receiver's with the reply; each side then writes only its own
//! record. Draws belong to the pair.
//!
//! # Switched off
//! Needs play no part: every contact has the value `plain`, whoever offers what, and giving costs no time.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Factor, Few, Hours, Share, Strength};
use crate::world::{
    CAREER, COLLABORATION, Character, FRIENDSHIP, INTRODUCTIONS, LAYERS, PRACTICAL_HELP, Profile,
    Tie, VISIBILITY,
};

/// Value, needs and the growth of ties.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Exchange {
    /// Whether the rule is on; off, every contact has the value `plain` [switch].
    pub enabled: bool,
    /// Growth of collaboration in a contact [share of what is missing]. Assumed; calibrated to E47.
    pub collaboration_rate: Share,
    /// Growth of friendship in a contact [share of what is missing]. Assumed; calibrated to E47.
    pub friendship_rate: Share,
    /// Growth of career support in a contact [share of what is missing]. Assumed; calibrated to E47.
    pub career_rate: Share,
    /// How much the other layers raise a layer's growth [factor]. Source: sign from E72b.
    pub spill: Factor,
    /// Weight for collaboration of a contact that the work does not require, within department or function [share]. Assumed; no source.
    pub within: Share,
    /// Weight for collaboration of a contact that the work does not require, beyond department and function [share]. Assumed; no source.
    pub elsewhere: Share,
    /// Growth of friendship in a contact that the work requires, of that in any other [share]. Source: sign from Lazega 2001.
    pub required: Share,
    /// Growth of collaboration and career support of who was sought out, of that of who sought the contact [share]. Source: sign from Lazega 2001.
    pub answered: Share,
    /// Growth of career support towards somebody of a higher level, of that among equals [factor]. Source: sign from Lazega 2001, Krackhardt 1987.
    pub upward: Factor,
    /// Growth of career support towards somebody of a lower level, of that among equals [factor]. Source: sign from Lazega 2001, Krackhardt 1987.
    pub downward: Factor,
    /// How far career support towards somebody of a lower level goes with their last rating [share per standard deviation]. Source: sign from E86, Allen et al. 2000.
    pub promise: Factor,
    /// Value of meeting the first need by luck, of meeting it knowingly [share]. Assumed; no source.
    pub first: Share,
    /// Value of meeting the second need, of meeting the first knowingly [share]. Assumed; no source.
    pub second: Share,
    /// Value of missing both needs, of meeting the first knowingly [share]. Assumed; no source.
    pub miss: Share,
    /// Share of an attentive person's ignorance of a need that one contact removes [share]. Assumed; no source.
    pub learning: Share,
    /// Hours that giving as much as one can costs a stranger [hours]. Source: sign from E71; the size is assumed.
    pub effort: Hours,
    /// Share of these hours that practice with each other saves at most [share]. Source: sign from E71; the size is assumed.
    pub ease: Share,
    /// Contacts after which half of that is saved [count]. Assumed; no source.
    pub practice: Few,
    /// Value of every contact when the rule is off [strength]. Assumed; the mean when it is on.
    pub plain: Strength,
}

impl Default for Exchange {
    fn default() -> Self {
        Self {
            enabled: true,
            collaboration_rate: Share::new(0.12),
            friendship_rate: Share::new(0.11),
            career_rate: Share::new(0.034),
            spill: Factor::new(0.3),
            within: Share::new(0.7),
            elsewhere: Share::new(0.35),
            required: Share::new(0.25),
            answered: Share::new(0.2),
            upward: Factor::new(1.2),
            downward: Factor::new(0.4),
            promise: Factor::new(0.6),
            first: Share::new(0.7),
            second: Share::new(0.5),
            miss: Share::new(0.15),
            learning: Share::new(0.15),
            effort: Hours::new(0.8),
            ease: Share::new(0.9),
            practice: Few::new(20),
            plain: Strength::new(0.2),
        }
    }
}

/// The facts of a contact that make a tie grow.
#[derive(Debug, Clone, Copy)]
pub struct Contact {
    /// Value received [0 to 1].
    pub value: f32,
    /// Power of the channel to build friendship [0 to 1].
    pub power: f32,
    /// Power of the channel to build collaboration [0 to 1].
    pub power_for_work: f32,
    /// Sincerity of the other as ego perceived it [0 to 1].
    pub sincerity: f32,
    /// Share of interests in common [0 to 1].
    pub shared: f32,
    /// How much ego is drawn to the other, 1 on average [factor].
    pub liking: f32,
    /// Whether the work required the contact.
    pub required: bool,
    /// Whether the other is of ego's department or function.
    pub within: bool,
    /// Whether ego was sought out by the other.
    pub answered: bool,
    /// Whether the other stands below, beside or above.
    pub rank: Ordering,
    /// Esteem in which the other is held [standard deviations].
    pub esteem: f32,
    /// Weight of the contact: how often the two dealt with each other, once being 1.
    pub weight: f32,
}

impl Exchange {
    /// How much of a kind of value a person can give [0 to 1].
    #[inline]
    pub fn capability(&self, kind: u8, character: &Character, profile: &Profile) -> f32 {
        let ability = match kind as usize {
            PRACTICAL_HELP => 0.5 + 0.15 * character.competence,
            2 => 0.5 + 0.15 * character.skill,
            INTRODUCTIONS => 0.3 + 0.5 * profile.known + 0.2 * profile.influence,
            VISIBILITY => 0.2 + 0.8 * profile.influence,
            _ => 0.5 + 0.1 * character.competence,
        };
        ability.clamp(0.05, 1.0)
    }

    /// What an offer is worth to someone with these needs [0 to 1].
    #[inline]
    pub fn value(&self, amount: f32, kind: u8, aimed: bool, needs: [u8; 2]) -> f32 {
        if !self.enabled {
            return self.plain.single();
        }
        let worth = if aimed {
            1.0
        } else if kind == needs[0] {
            self.first.single()
        } else if kind == needs[1] {
            self.second.single()
        } else {
            self.miss.single()
        };
        amount * worth
    }

    /// What the giver believes an offer to be worth to the other [0 to 1].
    #[inline]
    pub fn expected(&self, amount: f32, aimed: bool) -> f32 {
        if !self.enabled {
            return self.plain.single();
        }
        let blind = (self.first.single() + self.second.single() + 4.0 * self.miss.single()) / 6.0;
        amount * if aimed { 1.0 } else { blind }
    }

    /// Hours that an offer of some amount costs the giver, after so many contacts with the other [hours].
    #[inline]
    pub fn favour(&self, amount: f32, contacts: u8) -> f32 {
        if !self.enabled {
            return 0.0;
        }
        let n = f32::from(contacts);
        let practised = n / (n + self.practice.get() as f32).max(1.0);
        self.effort.single() * amount * (1.0 - self.ease.single() * practised)
    }

    /// Growth of the layers of a tie (already faded to now) and of ego's insight.
    #[inline]
    pub fn grow(&self, tie: &mut Tie, contact: Contact, attentiveness: f32) {
        let &Self {
            enabled: _,
            collaboration_rate,
            friendship_rate,
            career_rate,
            spill,
            within,
            elsewhere,
            required,
            answered,
            upward,
            downward,
            promise,
            first: _,
            second: _,
            miss: _,
            learning,
            effort: _,
            ease: _,
            practice: _,
            plain: _,
        } = self;
        let Contact {
            value,
            power,
            weight,
            power_for_work,
            sincerity,
            shared,
            liking,
            required: is_required,
            within: is_within,
            answered: was_asked,
            rank,
            esteem,
        } = contact;
        let (work, free) = match (is_required, is_within) {
            (true, _) => (1.0, required.single()),
            (false, true) => (within.single(), 1.0),
            (false, false) => (elsewhere.single(), 1.0),
        };
        let asked = if was_asked { answered.single() } else { 1.0 };
        let across = match rank {
            Ordering::Less => downward.single() * (1.0 + promise.single() * esteem).max(0.0),
            Ordering::Equal => 1.0,
            Ordering::Greater => upward.single(),
        };
        let mut gain = [0.0; LAYERS];
        gain[COLLABORATION] =
            collaboration_rate.single() * power_for_work * work * asked * (0.5 + value);
        gain[FRIENDSHIP] =
            friendship_rate.single() * power * sincerity * (0.5 + shared) * liking * free;
        gain[CAREER] = career_rate.single() * tie.trust * (0.25 + value) * asked * across;
        let sum: f32 = tie.strength.iter().sum();
        for (s, g) in tie.strength.iter_mut().zip(gain.map(|g| g * weight)) {
            let others = (sum - *s) * 0.5;
            *s += (g * (1.0 - *s) * (1.0 + spill.single() * others)).min(1.0 - *s);
        }
        let known = f32::from(tie.insight);
        let learnt = attentiveness * learning.single() * (255.0 - known);
        tie.insight = (known + learnt).min(255.0) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> Exchange {
        Exchange {
            enabled: true,
            collaboration_rate: Share::new(0.1),
            friendship_rate: Share::new(0.1),
            career_rate: Share::new(0.1),
            spill: Factor::new(0.5),
            within: Share::new(1.0),
            elsewhere: Share::new(0.5),
            required: Share::new(0.5),
            answered: Share::new(0.4),
            upward: Factor::new(1.5),
            downward: Factor::new(0.2),
            promise: Factor::new(0.5),
            first: Share::new(0.7),
            second: Share::new(0.5),
            miss: Share::new(0.15),
            learning: Share::new(0.15),
            ..Exchange::default()
        }
    }

    const CONTACT: Contact = Contact {
        value: 0.5,
        power: 0.8,
        power_for_work: 0.9,
        sincerity: 0.5,
        shared: 0.25,
        weight: 1.0,
        liking: 1.0,
        required: false,
        within: true,
        answered: false,
        rank: Ordering::Equal,
        esteem: 0.0,
    };

    fn grown(rule: &Exchange, contact: Contact, attentiveness: f32) -> Tie {
        let mut tie = Tie {
            strength: [0.2, 0.4, 0.0],
            trust: 0.5,
            ..Tie::default()
        };
        rule.grow(&mut tie, contact, attentiveness);
        tie
    }

    #[test]
    fn value_depends_on_whether_it_meets_a_need() {
        let needs = [3, 5];
        assert!(
            (rule().value(0.6, 0, true, needs) - 0.6).abs() < 1e-6,
            "aimed"
        );
        assert!(
            (rule().value(0.6, 3, false, needs) - 0.42).abs() < 1e-6,
            "the first, by luck"
        );
        assert!(
            (rule().value(0.6, 5, false, needs) - 0.3).abs() < 1e-6,
            "the second"
        );
        assert!(
            (rule().value(0.6, 0, false, needs) - 0.09).abs() < 1e-6,
            "a miss"
        );
    }

    #[test]
    fn a_favour_costs_time_and_less_between_those_who_have_practice() {
        let rule = Exchange {
            effort: Hours::new(0.5),
            ease: Share::new(0.8),
            practice: Few::new(10),
            ..rule()
        };
        // 0.5 h * 0.6 of what one can give, to a stranger; after 10 contacts * (1 - 0.8 / 2), after 30 * (1 - 0.6)
        assert!((rule.favour(0.6, 0) - 0.3).abs() < 1e-6);
        assert!((rule.favour(0.6, 10) - 0.18).abs() < 1e-6);
        assert!((rule.favour(0.6, 30) - 0.12).abs() < 1e-6);
        assert_eq!(rule.favour(0.0, 0), 0.0, "nothing given, nothing spent");
        let off = Exchange {
            enabled: false,
            ..rule
        };
        assert_eq!(off.favour(0.6, 0), 0.0, "switched off");
    }

    #[test]
    fn what_a_giver_counts_on_is_what_an_offer_is_worth_on_average() {
        assert_eq!(
            rule().expected(0.6, true),
            rule().value(0.6, 0, true, [3, 5])
        );
        let mean = (0..6)
            .map(|kind| rule().value(0.6, kind, false, [3, 5]))
            .sum::<f32>()
            / 6.0;
        assert!((rule().expected(0.6, false) - mean).abs() < 1e-6);
    }

    #[test]
    fn layers_grow_as_the_equation_says() {
        let tie = grown(&rule(), CONTACT, 0.8);
        // collaboration: 0.2 + 0.1 * 0.9 * (0.5 + 0.5) * (1 - 0.2) * (1 + 0.5 * (0.4 + 0) / 2) = 0.2792
        assert!((tie.strength[COLLABORATION] - 0.2792).abs() < 1e-6);
        // friendship: 0.4 + 0.1 * 0.8 * 0.5 * (0.5 + 0.25) * (1 - 0.4) * (1 + 0.5 * (0.2 + 0) / 2) = 0.4189
        assert!((tie.strength[FRIENDSHIP] - 0.4189).abs() < 1e-6);
        // career: 0.1 * 0.5 * (0.25 + 0.5) * 1 * (1 + 0.5 * (0.2 + 0.4) / 2) = 0.043125
        assert!((tie.strength[CAREER] - 0.043_125).abs() < 1e-6);
        // insight: 0.8 * 0.15 * 255 = 30.6, kept as a whole number
        assert_eq!(tie.insight, 30);
    }

    #[test]
    fn each_circumstance_moves_its_own_layer() {
        let base = grown(&rule(), CONTACT, 0.8);
        let away = grown(
            &rule(),
            Contact {
                within: false,
                ..CONTACT
            },
            0.8,
        );
        let often = grown(
            &rule(),
            Contact {
                weight: 2.0,
                ..CONTACT
            },
            0.8,
        );
        // twice the gain: 0.2 + 2 * 0.0792, 0.4 + 2 * 0.0189
        assert!((often.strength[COLLABORATION] - 0.3584).abs() < 1e-6);
        assert!((often.strength[FRIENDSHIP] - 0.4378).abs() < 1e-6);
        assert!(away.strength[COLLABORATION] < base.strength[COLLABORATION]);
        assert_eq!(away.strength[FRIENDSHIP], base.strength[FRIENDSHIP]);
        let hollow = grown(
            &rule(),
            Contact {
                sincerity: 0.2,
                ..CONTACT
            },
            0.8,
        );
        assert!(hollow.strength[FRIENDSHIP] < base.strength[FRIENDSHIP]);
        assert_eq!(hollow.strength[CAREER], base.strength[CAREER]);
        let written = grown(
            &rule(),
            Contact {
                power: 0.4,
                ..CONTACT
            },
            0.8,
        );
        assert!(written.strength[FRIENDSHIP] < base.strength[FRIENDSHIP]);
        let common = grown(
            &rule(),
            Contact {
                shared: 1.0,
                ..CONTACT
            },
            0.8,
        );
        assert!(common.strength[FRIENDSHIP] > base.strength[FRIENDSHIP]);
        let rich = grown(
            &rule(),
            Contact {
                value: 0.9,
                ..CONTACT
            },
            0.8,
        );
        assert!(rich.strength[COLLABORATION] > base.strength[COLLABORATION]);
        assert!(rich.strength[CAREER] > base.strength[CAREER]);
        assert!(grown(&rule(), CONTACT, 0.2).insight < base.insight);
    }

    /// What a contact adds to each layer, in units of what the plain contact adds.
    fn shares(contact: Contact) -> [f32; LAYERS] {
        let start = [0.2, 0.4, 0.0];
        let (plain, other) = (grown(&rule(), CONTACT, 0.8), grown(&rule(), contact, 0.8));
        [0, 1, 2].map(|l| (other.strength[l] - start[l]) / (plain.strength[l] - start[l]))
    }

    #[test]
    fn layers_grow_on_grounds_of_their_own() {
        let near = |found: [f32; LAYERS], expected: [f32; LAYERS]| {
            for (f, e) in found.iter().zip(expected) {
                assert!((f - e).abs() < 1e-4, "{found:?}, not {expected:?}");
            }
        };
        let liked = Contact {
            liking: 2.0,
            ..CONTACT
        };
        near(shares(liked), [1.0, 2.0, 1.0]);
        let required = Contact {
            required: true,
            ..CONTACT
        };
        near(shares(required), [1.0, 0.5, 1.0]);
        let elsewhere = Contact {
            within: false,
            ..CONTACT
        };
        near(shares(elsewhere), [0.5, 1.0, 1.0]);
        let required_elsewhere = Contact {
            required: true,
            ..elsewhere
        };
        near(shares(required_elsewhere), [1.0, 0.5, 1.0]);
        let answered = Contact {
            answered: true,
            ..CONTACT
        };
        near(shares(answered), [0.4, 1.0, 0.4]);
        let above = Contact {
            rank: Ordering::Greater,
            ..CONTACT
        };
        near(shares(above), [1.0, 1.0, 1.5]);
        let below = Contact {
            rank: Ordering::Less,
            ..CONTACT
        };
        near(shares(below), [1.0, 1.0, 0.2]);
        // 0.2 * (1 + 0.5 * 2): seniors support the able, and by no means the others
        let star = Contact {
            esteem: 2.0,
            ..below
        };
        near(shares(star), [1.0, 1.0, 0.4]);
        near(
            shares(Contact {
                esteem: -2.5,
                ..below
            }),
            [1.0, 1.0, 0.0],
        );
        near(
            shares(Contact {
                esteem: 0.9,
                ..above
            }),
            [1.0, 1.0, 1.5],
        );
    }

    #[test]
    fn a_distrusted_partner_gets_less_career_support() {
        // the career layer after one contact is proportional to trust: hollow ties do not carry
        let of = |trust| {
            let mut tie = Tie {
                trust,
                ..Tie::default()
            };
            rule().grow(&mut tie, CONTACT, 0.5);
            tie.strength[CAREER]
        };
        assert!((of(0.8) / of(0.2) - 4.0).abs() < 1e-4);
        assert_eq!(of(0.0), 0.0);
    }

    #[test]
    fn strengths_and_insight_stay_in_range_for_ever() {
        let mut tie = Tie {
            trust: 1.0,
            ..Tie::default()
        };
        let full = Contact {
            value: 1.0,
            power: 1.0,
            power_for_work: 1.0,
            sincerity: 1.0,
            shared: 1.0,
            weight: 3.0,
            liking: 20.0,
            required: false,
            within: true,
            answered: false,
            rank: Ordering::Greater,
            esteem: 1.0,
        };
        let fastest = Exchange {
            collaboration_rate: Share::new(1.0),
            friendship_rate: Share::new(1.0),
            career_rate: Share::new(1.0),
            spill: Factor::new(20.0),
            ..rule()
        };
        let mut gains = Vec::new();
        for _ in 0..200 {
            let before = tie.strength[COLLABORATION];
            rule().grow(&mut tie, full, 1.0);
            gains.push(tie.strength[COLLABORATION] - before);
        }
        assert!(gains[100] < gains[10], "gains diminish");
        for _ in 0..20 {
            fastest.grow(&mut tie, full, 1.0);
            assert!(
                tie.strength.iter().all(|s| (0.0..=1.0).contains(s)),
                "{tie:?}"
            );
        }
    }

    #[test]
    fn what_one_can_give_grows_with_what_it_takes() {
        let able = Character {
            competence: 1.0,
            ..Character::default()
        };
        let kind = PRACTICAL_HELP as u8;
        let nobody = Profile::VACANT;
        assert!((rule().capability(kind, &able, &nobody) - 0.65).abs() < 1e-6);
        let known = Profile {
            known: 0.8,
            influence: 0.5,
            ..Profile::VACANT
        };
        let plain = Character::default();
        // introductions 0.3 + 0.5 * 0.8 + 0.2 * 0.5 = 0.8; visibility 0.2 + 0.8 * 0.5 = 0.6
        assert!((rule().capability(INTRODUCTIONS as u8, &plain, &known) - 0.8).abs() < 1e-6);
        assert!((rule().capability(VISIBILITY as u8, &plain, &known) - 0.6).abs() < 1e-6);
        let hopeless = Character {
            competence: -4.0,
            skill: -4.0,
            ..Character::default()
        };
        for kind in 0..6 {
            let x = rule().capability(kind, &hopeless, &nobody);
            assert!(
                (0.05..=1.0).contains(&x),
                "everyone can give something: {x}"
            );
        }
    }

    #[test]
    fn switched_off_every_contact_is_worth_the_same() {
        let off = Exchange {
            enabled: false,
            effort: Hours::new(2.0),
            ease: Share::new(0.8),
            practice: Few::new(10),
            plain: Strength::new(0.2),
            ..rule()
        };
        for (amount, kind, aimed) in [(1.0, 3, true), (0.1, 0, false), (0.5, 5, false)] {
            assert_eq!(off.value(amount, kind, aimed, [3, 5]), 0.2);
        }
    }
}
