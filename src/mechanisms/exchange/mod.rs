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
//!   q_career        = trust * (1/4 + v) * asked * across
//!     across  1 + by_esteem * z, towards a higher level times `upward`; towards a lower one `downward` * (1 + promise * z); at least 0
//!     z       the other's last rating [sd], as esteem keeps it
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
//! (21 managers), from the data; it is asked of the able: Blau 1955, *The Dynamics of Bureaucracy*, from memory, sign. The sizes
//! were chosen with these in sight (docs/calibration.md).
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
use wide::f32x4;

use crate::units::{Factor, Few, Hours, Share, Strength};
use crate::world::{
    CAREER, COLLABORATION, Character, EMOTIONAL_SUPPORT, FRIENDSHIP, INTRODUCTIONS, LAYERS,
    PRACTICAL_HELP, Profile, Tie, VISIBILITY,
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
    /// How far career support towards an equal or somebody above goes with their last rating [share per standard deviation]. Source: sign from Blau 1955 (advice is asked of the able).
    pub by_esteem: Factor,
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
            friendship_rate: Share::new(0.17),
            career_rate: Share::new(0.034),
            spill: Factor::new(0.15),
            within: Share::new(0.7),
            elsewhere: Share::new(0.35),
            required: Share::new(0.25),
            answered: Share::new(0.05),
            upward: Factor::new(1.2),
            downward: Factor::new(0.4),
            promise: Factor::new(0.6),
            by_esteem: Factor::new(1.2),
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

/// What a person can give of each kind of value: base, and share by competence, skill, being known, influence. The last
/// two are no kinds: a kind is kept in three bits.
const ABILITIES: [[f32; 5]; 8] = {
    let other = [0.5, 0.1, 0.0, 0.0, 0.0];
    let mut abilities = [other; 8];
    abilities[PRACTICAL_HELP] = [0.5, 0.15, 0.0, 0.0, 0.0];
    abilities[EMOTIONAL_SUPPORT] = [0.5, 0.0, 0.15, 0.0, 0.0];
    abilities[INTRODUCTIONS] = [0.3, 0.0, 0.0, 0.5, 0.2];
    abilities[VISIBILITY] = [0.2, 0.0, 0.0, 0.0, 0.8];
    abilities
};

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
        let [base, by_competence, by_skill, by_known, by_influence] =
            ABILITIES[usize::from(kind & 7)];
        let ability = base
            + by_competence * character.competence
            + by_skill * character.skill
            + by_known * profile.known
            + by_influence * profile.influence;
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
            by_esteem,
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
        let shown = |by: f32| (1.0 + by * esteem).max(0.0);
        let across = match rank {
            Ordering::Less => downward.single() * shown(promise.single()),
            Ordering::Equal => shown(by_esteem.single()),
            Ordering::Greater => upward.single() * shown(by_esteem.single()),
        };
        let mut gain = [0.0; LAYERS];
        gain[COLLABORATION] =
            collaboration_rate.single() * power_for_work * work * asked * (0.5 + value);
        gain[FRIENDSHIP] =
            friendship_rate.single() * power * sincerity * (0.5 + shared) * liking * free;
        gain[CAREER] = career_rate.single() * tie.trust * (0.25 + value) * asked * across;
        let sum: f32 = tie.strength.iter().sum();
        let [x, y, z] = tie.strength;
        let s = f32x4::new([x, y, z, 0.0]);
        let [x, y, z] = gain;
        let gain = f32x4::new([x, y, z, 0.0]) * f32x4::splat(weight);
        let others = (f32x4::splat(sum) - s) * f32x4::splat(0.5);
        let missing = f32x4::ONE - s;
        let more = gain * missing * (f32x4::ONE + f32x4::splat(spill.single()) * others);
        let [x, y, z, _] = (s + more.fast_min(missing)).to_array();
        tie.strength = [x, y, z];
        let known = f32::from(tie.insight);
        let learnt = attentiveness * learning.single() * (255.0 - known);
        tie.insight = (known + learnt).min(255.0) as u8;
    }
}

#[cfg(test)]
mod tests;
