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
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::World;
    use crate::world::small_firm::{SmallFirm, put_tie};

    const FIRM: SmallFirm = SmallFirm {
        departments: 1,
        leads: 1,
        staff: 4,
    };
    const EGO: u32 = 2;
    const TELLER: u32 = 3;
    const LISTENER: u32 = 4;

    fn rule() -> Reputation {
        Reputation {
            enabled: true,
            talk: Probability::new(1.0),
            weight: Share::new(0.2),
            spread: Share::new(0.02),
            meet: Share::new(0.01),
            by_declining: Share::new(0.01),
            forgetting: Share::new(0.0),
            seen: Share::new(0.0),
            by_taking: Share::new(0.2),
            rumour: Probability::new(0.0),
            rumour_noise: Factor::new(0.0),
            slander: Share::new(0.1),
            hearsay: Share::new(0.5),
            ..Reputation::default()
        }
    }

    /// Ego's ties all lead to the teller; the teller's to the listener and, once, to ego.
    fn world(trust: f32, belief: f32) -> World {
        let mut world = FIRM.build();
        let whole = Tie {
            strength: [1.0; 3],
            trust,
            formed: 10,
            ..Tie::default()
        };
        for place in 0..world.ties.places() {
            put_tie(&mut world, EGO, TELLER, whole);
            let other = if place == 0 { EGO } else { LISTENER };
            put_tie(&mut world, TELLER, other, whole);
        }
        put_tie(
            &mut world,
            LISTENER,
            TELLER,
            Tie {
                trust: belief,
                ..whole
            },
        );
        world
    }

    /// (reputation, known) of ego after a week with the `i`-th luck.
    fn after(rule: &Reputation, world: &World, week: Week, left: f32, i: u32) -> (f32, f32) {
        let told = told(rule, world, week, left, i);
        (told.reputation, told.known)
    }

    fn told(rule: &Reputation, world: &World, week: Week, left: f32, i: u32) -> Told {
        let mut draws = Randomness::new(7).draws(Purpose::Talk, 0, i);
        let shapes = Shapes::default();
        let around = Talk {
            profiles: &world.employees.profiles,
            organisation: &world.organisation,
            ties: &world.ties,
            shapes: &shapes,
            now: |tie: &Tie| (tie.peak(), tie.ledger),
        };
        rule.update(EGO, &around, &week, left, &mut draws)
    }

    #[test]
    fn what_is_told_moves_the_listener_as_far_as_the_teller_is_trusted() {
        let mut world = world(0.9, 0.5);
        world.employees.profiles[EGO as usize].known = 0.3;
        let (mut told, mut not) = (0, 0);
        for i in 0..400 {
            let (r, k) = after(&rule(), &world, Week::default(), 1.0, i);
            if r == 0.5 {
                // the listener drawn was ego itself: nothing is told
                assert_eq!(k, 0.3);
                not += 1;
            } else {
                // a tie of strength 1 makes the opinion the trust: 0.5 + 0.2 * 0.5 * (0.9 - 0.5) = 0.54
                assert!((r - 0.54).abs() < 1e-6, "{r}");
                // 0.3 + 0.02 * 0.7
                assert!((k - 0.314).abs() < 1e-6, "{k}");
                told += 1;
            }
        }
        assert!(told > 0 && not > 0);
    }

    #[test]
    fn a_person_is_spoken_of_as_often_as_the_equation_says() {
        // talk 0.3, and 15 of the teller's 16 ties are to the listener: p = 0.28125; n = 20000
        let world = world(0.9, 0.5);
        let rule = Reputation {
            talk: Probability::new(0.3),
            ..rule()
        };
        let told = (0..20_000)
            .filter(|&i| after(&rule, &world, Week::default(), 1.0, i).0 > 0.5)
            .count() as f64
            / 20_000.0;
        let p = 0.281_25;
        assert!(
            (told - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
            "{told}"
        );
    }

    #[test]
    fn those_who_are_trusted_rise_and_those_who_are_not_sink() {
        let r = |trust, belief| {
            let world = world(trust, belief);
            (0..50)
                .map(|i| after(&rule(), &world, Week::default(), 1.0, i).0)
                .sum::<f32>()
                / 50.0
        };
        assert!(r(0.9, 0.5) > 0.5 && r(0.1, 0.5) < 0.5);
        assert!(r(0.9, 0.9) > r(0.9, 0.5), "a trusted teller counts more");
        assert_eq!(r(0.9, 0.0), 0.5, "a hollow tie carries nothing");
    }

    #[test]
    fn takers_lose_reputation_and_givers_gain() {
        let r = |ledger| {
            let mut world = world(0.7, 0.5);
            for tie in world.ties.row_mut(TELLER).records {
                tie.ledger = ledger;
            }
            (0..50)
                .map(|i| after(&rule(), &world, Week::default(), 1.0, i).0)
                .fold(0.5_f32, |most, r| if r == 0.5 { most } else { r })
        };
        // 0.5 + 0.2 * 0.5 * (0.2 - 0.2 * 1/2) with a debt of 1, and + 0.2 * 1/2 with as much given
        assert!((r(1.0) - 0.51).abs() < 1e-6, "{}", r(1.0));
        assert!((r(0.0) - 0.52).abs() < 1e-6);
        assert!((r(-1.0) - 0.53).abs() < 1e-6);
    }

    #[test]
    fn rumours_sink_those_whom_nobody_knows() {
        let gossip = Reputation {
            talk: Probability::new(0.0),
            rumour: Probability::new(1.0),
            spread: Share::new(0.0),
            ..rule()
        };
        // colleagues hold nothing about ego; post 5 is believed by 4 alone
        let mut world = FIRM.build();
        let tie = Tie {
            trust: 0.5,
            formed: 10,
            ..Tie::default()
        };
        for _ in 0..world.ties.places() {
            put_tie(&mut world, 5, LISTENER, tie);
        }
        put_tie(&mut world, LISTENER, 5, tie);
        // the listener knows ego, and so tells no rumours
        put_tie(&mut world, LISTENER, EGO, tie);
        let all = |world: &World| -> Vec<Told> {
            (0..2000)
                .map(|i| told(&gossip, world, Week::default(), 1.0, i))
                .collect()
        };
        let unknown = all(&world);
        let with: Vec<&Told> = unknown.iter().filter(|t| t.rumour).collect();
        // the teller is one of the six of the department: 1/6, and 0.5 - 0.2 * 0.5 * 0.1
        let (share, p) = (with.len() as f64 / 2000.0, 1.0 / 6.0);
        assert!(
            (share - p).abs() < 4.0 * (p * (1.0 - p) / 2000.0_f64).sqrt(),
            "{share}"
        );
        assert!(with.iter().all(|t| (t.reputation - 0.49).abs() < 1e-6));
        world.employees.profiles[EGO as usize].known = 1.0;
        assert!(all(&world).iter().all(|t| !t.rumour), "whom all know");
        world.employees.profiles[EGO as usize].known = 0.0;
        world.ties.row_mut(5).partners[0] = EGO;
        world.ties.row_mut(5).records[0] = tie;
        assert!(
            all(&world).iter().all(|t| !t.rumour),
            "the teller knows better"
        );
    }

    #[test]
    fn what_one_hears_moves_the_trust_in_somebody_both_know() {
        let mut world = FIRM.build();
        let tie = |trust| Tie {
            trust,
            formed: 10,
            ..Tie::default()
        };
        for _ in 0..world.ties.places() - 1 {
            put_tie(&mut world, EGO, TELLER, tie(0.6));
            put_tie(&mut world, TELLER, LISTENER, tie(0.1));
        }
        put_tie(&mut world, EGO, LISTENER, tie(0.7));
        let heard: Vec<Heard> = (0..200)
            .filter_map(|i| told(&rule(), &world, Week::default(), 1.0, i).heard)
            .collect();
        assert!(heard.len() > 100);
        for h in heard {
            // 0.7 + 0.5 * 0.6 * (0.1 - 0.7)
            assert_eq!(h.place as usize, world.ties.places() - 1);
            assert!((h.trust - 0.52).abs() < 1e-6, "{}", h.trust);
        }
    }

    #[test]
    fn those_who_are_in_the_office_are_better_known() {
        let mut world = FIRM.build();
        let rule = Reputation {
            seen: Share::new(0.1),
            ..rule()
        };
        let mut known = |presence| {
            world.employees.profiles[EGO as usize].presence = presence;
            after(&rule, &world, Week::default(), 1.0, 0).1
        };
        // 0.1 * (1 - 2^-days)
        assert_eq!(known(0), 0.0);
        assert!((known(0b00111) - 0.0875).abs() < 1e-6);
        assert!((known(0b11111) - 0.096_875).abs() < 1e-6);
    }

    #[test]
    fn declining_sinks_the_unknown_and_not_the_known() {
        let mut world = FIRM.build();
        let declined = Week {
            declined: 5.0,
            ..Week::default()
        };
        world.employees.profiles[EGO as usize].known = 0.0;
        let (unknown, _) = after(&rule(), &world, declined, 1.0, 0);
        // 0.5 - 0.01 * 5
        assert!((unknown - 0.45).abs() < 1e-6, "{unknown}");
        world.employees.profiles[EGO as usize].known = 1.0;
        assert_eq!(after(&rule(), &world, declined, 1.0, 0).0, 0.5);
        world.employees.profiles[EGO as usize].known = 0.5;
        let (half, _) = after(&rule(), &world, declined, 1.0, 0);
        assert!(unknown < half && half < 0.5);
    }

    #[test]
    fn acquaintance_grows_with_new_contacts_and_fades() {
        let mut world = FIRM.build();
        world.employees.profiles[EGO as usize].known = 0.5;
        let met = Week {
            formed: 4,
            ..Week::default()
        };
        // 0.5 * 0.9 = 0.45, then + 0.01 * 4 * 0.55
        let (_, k) = after(&rule(), &world, met, 0.9, 0);
        assert!((k - 0.472).abs() < 1e-6, "{k}");
        let rule = Reputation {
            half_life: HalfLife::new(26.0),
            ..rule()
        };
        assert!(((0..26).map(|_| rule.left()).product::<f32>() - 0.5).abs() < 1e-4);
    }

    #[test]
    fn an_old_judgement_is_forgotten() {
        let mut world = FIRM.build();
        world.employees.profiles[EGO as usize].reputation = 0.9;
        let rule = Reputation {
            forgetting: Share::new(0.1),
            ..rule()
        };
        // 0.9 + 0.1 * (0.5 - 0.9)
        assert!((after(&rule, &world, Week::default(), 1.0, 0).0 - 0.86).abs() < 1e-6);
    }

    #[test]
    fn switched_off_reputation_stays_in_the_middle() {
        let mut world = world(0.9, 0.5);
        world.employees.profiles[EGO as usize].known = 0.2;
        let off = Reputation {
            enabled: false,
            ..rule()
        };
        let week = Week {
            declined: 9.0,
            formed: 9,
            ..Week::default()
        };
        assert_eq!(after(&off, &world, week, 0.9, 0), (0.5, 0.2));
    }
}
