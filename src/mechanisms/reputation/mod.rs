//! M10 Reputation: what the organisation believes of a person, and how well it knows them.
//!
//! # What happens
//! With probability `talk` a week someone who knows the person speaks of them to one of their own contacts.
//! The listener believes the teller as far as they trust them, and the person's reputation r and acquaintance k move:
//!
//! ```text
//! opinion = 1/2 + s * (trust_j->i - 1/2 - by_taking * L/(1+|L|))
//!           j the teller, i the person, s = 2 * strength_j->i now, at most 1, L what i owes j (M7)
//! r += weight * trust_listener->j * (opinion - r)
//! k += spread * (1 - k)        also + meet * (1 - k) for each new contact
//!                              and + seen * (1 - 2^-days) * (1 - k) for being seen in the office `days` days a week
//! k *= 2^(-1/half_life)
//! ```
//!
//! Of those who are little known there are *rumours*: with probability rumour * (1 - k) a week a colleague of the
//! department who holds nothing about the person says what is said, and a little more:
//!
//! ```text
//! opinion = r - slander + rumour_noise * N, within 0 to 1, believed and spread as above
//! r -= by_declining * declined * (1 - k)      declined: invitations turned down this week ("thinks he's above everyone else")
//! r += forgetting * (1/2 - r)
//! ```
//!
//! Opinions also reach single ties: with probability `talk` a week ego hears from one of the own ties j about
//! somebody x whom both know:
//!
//! ```text
//! trust_i->x += hearsay * trust_i->j * (trust_j->x - trust_i->x)
//! ```
//!
//! # Source
//! Reputation travels through ties and mediates political skill: E66 (Munyon et al. 2015), sign; ratings follow
//! ties: E72f (Castilla 2011), sign. Generosity raises status: E71 (Flynn 2003), sign. Those who work remotely are less
//! visible: E76, sign. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! One reputation for the whole firm beside the trust in each tie. The teller is drawn from the ties of the person
//! spoken of, the listener from those of the teller, which gives the same law as tellers who pick whom to speak of.
//! A day in the office more counts half as much as the one before: three days show a person nearly as well as five (E77).
//!
//! # Order and randomness
//! After the exchange; reads all ties, writes only the own reputation and, with the work, the own trust; draws belong
//! to the person spoken of, and to the one who hears.
//!
//! # Switched off
//! Reputation stays at 1/2; nobody hears of anybody; how well a person is known changes only by projects (M13).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::{Draws, Shapes};
use crate::units::{Factor, HalfLife, Probability, Share};
use crate::world::{NOBODY, Organisation, Profile, Tie, Ties, Week, place_of};

/// Talk and reputation.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reputation {
    /// Whether the rule is on; off, reputation stays at one half [switch].
    pub enabled: bool,
    /// Chance that a person is spoken of in a week [probability]. Assumed; no source.
    pub talk: Probability,
    /// Share of the distance to the teller's opinion that reputation moves, when the teller is fully trusted [share]. Assumed; no source.
    pub weight: Share,
    /// Share of what is missing that being spoken of adds to acquaintance [share]. Assumed; no source.
    pub spread: Share,
    /// Share of what is missing that a new contact adds to acquaintance [share]. Assumed; no source.
    pub meet: Share,
    /// Time after which half of the acquaintance is gone [weeks]. Assumed; no source.
    pub half_life: HalfLife,
    /// Share of what is missing that a week of being seen in the office adds to acquaintance [share]. Source: sign from E76.
    pub seen: Share,
    /// How much the opinion of a teller reflects that the person takes more than they give [share]. Source: sign from E71.
    pub by_taking: Share,
    /// Chance that a rumour goes round in a week about someone whom nobody knows [probability]. Assumed; no source.
    pub rumour: Probability,
    /// Standard deviation of what a rumour adds [share]. Assumed; no source.
    pub rumour_noise: Factor,
    /// What a rumour takes off the reputation of someone who is not known [share]. Assumed; no source.
    pub slander: Share,
    /// Share of the distance to a fully trusted teller's trust in someone that the own trust in them moves [share]. Assumed; no source.
    pub hearsay: Share,
    /// Loss of an unknown person's reputation with each declined invitation [share]. Assumed; no source.
    pub by_declining: Share,
    /// Weekly drift of reputation back to the middle [share]. Assumed; no source.
    pub forgetting: Share,
}

impl Default for Reputation {
    fn default() -> Self {
        Self {
            enabled: true,
            talk: Probability::new(0.2),
            weight: Share::new(0.3),
            spread: Share::new(0.02),
            meet: Share::new(0.01),
            half_life: HalfLife::new(104.0),
            seen: Share::new(0.001),
            by_taking: Share::new(0.4),
            rumour: Probability::new(0.1),
            rumour_noise: Factor::new(0.15),
            slander: Share::new(0.05),
            hearsay: Share::new(0.15),
            by_declining: Share::new(0.003),
            forgetting: Share::new(0.01),
        }
    }
}

impl Reputation {
    /// Share of acquaintance left after a week, for `update`.
    pub fn left(&self) -> f32 {
        libm::exp2(-1.0 / self.half_life.get()) as f32
    }

    /// What a week's talk does to one person and to one of the person's ties.
    #[inline]
    pub fn update(
        &self,
        ego: u32,
        around: &Talk<'_, impl Fn(&Tie) -> (f32, f32)>,
        week: &Week,
        left: f32,
        draws: &mut Draws,
    ) -> Told {
        let &Self {
            enabled,
            talk,
            weight,
            spread,
            meet,
            half_life: _,
            seen,
            by_taking,
            rumour,
            rumour_noise,
            slander,
            hearsay: _,
            by_declining,
            forgetting,
        } = self;
        let profile = &around.profiles[ego as usize];
        if !enabled {
            return Told {
                reputation: 0.5,
                known: profile.known,
                rumour: false,
                heard: None,
            };
        }
        let mut reputation = profile.reputation;
        let mut known = profile.known * left;
        known += meet.single() * f32::from(week.formed) * (1.0 - known);
        known += seen.single() * SEEN[(profile.presence.count_ones() & 7) as usize] * (1.0 - known);
        if draws.chance(talk.single())
            && let Some(teller) = around.someone_of(ego, draws)
            && let Some(view) = around.record(teller, ego)
            && let Some(belief) = around.belief(teller, ego, draws)
        {
            let (strength, owed) = (around.now)(view);
            let sure = (2.0 * strength).min(1.0);
            let taking = by_taking.single() * owed / (1.0 + owed.abs());
            let opinion = (0.5 + sure * (view.trust - 0.5 - taking)).clamp(0.0, 1.0);
            reputation += weight.single() * belief * (opinion - reputation);
            known += spread.single() * (1.0 - known);
        }
        let mut told = false;
        if draws.chance(rumour.single() * (1.0 - known)) {
            let posts = around.organisation.posts_of_department(profile.department);
            let noise = rumour_noise.single() * around.shapes.normal(draws);
            let which = draws.below(posts.len() as u32) as usize;
            let teller = posts.get(which).map_or(NOBODY, |&post| {
                around.organisation.posts[post as usize].holder
            });
            if teller != NOBODY
                && teller != ego
                && around.record(teller, ego).is_none()
                && let Some(belief) = around.belief(teller, ego, draws)
            {
                let opinion = (reputation - slander.single() + noise).clamp(0.0, 1.0);
                reputation += weight.single() * belief * (opinion - reputation);
                known += spread.single() * (1.0 - known);
                told = true;
            }
        }
        reputation -= by_declining.single() * week.declined * (1.0 - known);
        reputation += forgetting.single() * (0.5 - reputation);
        Told {
            reputation: reputation.clamp(0.0, 1.0),
            known: known.clamp(0.0, 1.0),
            rumour: told,
            heard: self.hears(ego, around, draws),
        }
    }

    /// What ego hears this week about somebody whom both the teller and ego know.
    #[inline]
    fn hears(
        &self,
        ego: u32,
        around: &Talk<'_, impl Fn(&Tie) -> (f32, f32)>,
        draws: &mut Draws,
    ) -> Option<Heard> {
        if !draws.chance(self.talk.single()) {
            return None;
        }
        let mine = around.ties.row(ego);
        let from = draws.below(mine.partners.len() as u32) as usize;
        let teller = mine.partners[from];
        let teller_profile = around.profiles.get(teller as usize)?;
        if mine.records[from].formed < teller_profile.hired {
            return None;
        }
        let theirs = around.ties.row(teller);
        let third = theirs.partners[draws.below(theirs.partners.len() as u32) as usize];
        if third == NOBODY || third == ego {
            return None;
        }
        let place = place_of(mine.partners, third)?;
        let view = around.record(teller, third)?;
        let tie = &mine.records[place];
        if tie.formed < around.profiles[third as usize].hired {
            return None;
        }
        let moved = self.hearsay.single() * mine.records[from].trust * (view.trust - tie.trust);
        Some(Heard {
            place: place as u16,
            trust: (tie.trust + moved).clamp(0.0, 1.0),
        })
    }
}

/// 1 - 2^-days, by days in the office.
const SEEN: [f32; 8] = [
    0.0,
    0.5,
    0.75,
    0.875,
    0.9375,
    0.968_75,
    0.984_375,
    0.992_187_5,
];

/// What the rule reads of the firm; `now` gives a tie's strength now and what the other owes, faded to now.
pub struct Talk<'a, F> {
    /// Everyone's profile, by slot.
    pub profiles: &'a [Profile],
    /// The formal organisation.
    pub organisation: &'a Organisation,
    /// All ties.
    pub ties: &'a Ties,
    /// Quantile tables.
    pub shapes: &'a Shapes,
    /// Strength of the strongest layer and the account, both as of now.
    pub now: F,
}

impl<'a, F> Talk<'a, F> {
    /// One of a person's ties, drawn from all places of the row.
    #[inline]
    fn someone_of(&self, ego: u32, draws: &mut Draws) -> Option<u32> {
        let row = self.ties.partners(ego);
        let someone = row[draws.below(row.len() as u32) as usize];
        (someone != NOBODY).then_some(someone)
    }

    /// What one holds about another who is still the same person.
    #[inline]
    fn record(&self, of: u32, about: u32) -> Option<&'a Tie> {
        self.ties
            .find(of, about)
            .filter(|tie| tie.formed >= self.profiles[about as usize].hired)
    }

    /// How far a listener, drawn from the teller's ties, believes the teller; None when nobody listens.
    #[inline]
    fn belief(&self, teller: u32, ego: u32, draws: &mut Draws) -> Option<f32> {
        let listener = self.someone_of(teller, draws)?;
        if listener == ego {
            return None;
        }
        self.record(listener, teller).map(|tie| tie.trust)
    }
}

/// What a week's talk leaves behind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Reputation [0 to 1].
    pub reputation: f32,
    /// Acquaintance [0 to 1].
    pub known: f32,
    /// Whether a rumour went round.
    pub rumour: bool,
    /// What ego heard about somebody else.
    pub heard: Option<Heard>,
}

/// A trust that hearsay has moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heard {
    /// Place of the tie in ego's row.
    pub place: u16,
    /// Trust from now on [0 to 1].
    pub trust: f32,
}

#[cfg(test)]
mod tests;
