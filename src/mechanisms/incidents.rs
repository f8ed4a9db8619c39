//! M14 Incidents and defence: blame, credit disputes and errors, and who speaks up for the one they hit.
//!
//! # What happens
//! An incident hits a person at random. Up to `present` colleagues are there, each drawn from the team, the line, the department or
//! the project. Whether one of them defends the person is read from that colleague's own record:
//!
//! ```text
//! P(incident in a week) = yearly_rate / 52       cause drawn by `blame`, `credit`, `error`
//! stands_j   = trust_j->i * max(friendship, career support)_j->i, now
//! P(j defends) = advocacy_j    if stands_j >= speaks_up, else 0
//! harm       = product over defenders of ( 1 - shield * (1 + influence_j) / 2 )
//! r   *= 1 - reputation_<cause> * harm           reputation
//! held += rating_<cause> * harm                  held against the person at the next rating (M15)
//! ```
//!
//! A hollow tie fails here: the person counts on a colleague whose own record does not carry it.
//!
//! # Source
//! Assumed; no source. Whether allies protect is a hypothesis of the model and is reported as one.
//!
//! # Assumptions and limits
//! Incidents have no cause in what people do. Nobody joins the attack, and defending costs nothing.
//!
//! # Order and randomness
//! After the talk; reads all ties, writes only the own reputation and what is held against the person. Draws belong to
//! the person hit; whether a colleague defends to the ordered pair (colleague, person).
//!
//! # Switched off
//! There are no incidents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::WeekKey;
use crate::units::{Factor, Few, Rate, Share, Strength, Weight};
use crate::world::{CAREER, FRIENDSHIP, Incident, NOBODY, Tie, World};

/// Strength from which a person counts on a colleague: the rhythm of monthly contact. For the record only.
const COUNTED_ON: f32 = 0.2;

/// Incidents and defence.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Incidents {
    /// Whether the rule is on; off, there are no incidents [switch].
    pub enabled: bool,
    /// Incidents that hit a person [1/year]. Assumed; no source.
    pub yearly_rate: Rate,
    /// Weight of being blamed for what another did among the causes [factor]. Assumed; no source.
    pub blame: Factor,
    /// Weight of a dispute about credit among the causes [factor]. Assumed; no source.
    pub credit: Factor,
    /// Weight of an error among the causes [factor]. Assumed; no source.
    pub error: Factor,
    /// Colleagues who are there, at most [count]. Assumed; no source.
    pub present: Few,
    /// Support from which a colleague may defend [strength]. Assumed; no source.
    pub speaks_up: Strength,
    /// Share of the harm that one defender of full influence averts; half of it without any influence [share]. Assumed; no source.
    pub shield: Share,
    /// Share of the reputation that undefended blame costs [share]. Assumed; no source.
    pub reputation_blame: Share,
    /// Share of the reputation that an undefended credit dispute costs [share]. Assumed; no source.
    pub reputation_credit: Share,
    /// Share of the reputation that an undefended error costs [share]. Assumed; no source.
    pub reputation_error: Share,
    /// What undefended blame costs at the next rating [standard deviations]. Assumed; no source.
    pub rating_blame: Weight,
    /// What an undefended credit dispute costs at the next rating [standard deviations]. Assumed; no source.
    pub rating_credit: Weight,
    /// What an undefended error costs at the next rating [standard deviations]. Assumed; no source.
    pub rating_error: Weight,
}

impl Default for Incidents {
    fn default() -> Self {
        Self {
            enabled: true,
            yearly_rate: Rate::new(0.5),
            blame: Factor::new(1.0),
            credit: Factor::new(1.0),
            error: Factor::new(1.0),
            present: Few::new(4),
            speaks_up: Strength::new(0.12),
            shield: Share::new(0.8),
            reputation_blame: Share::new(0.1),
            reputation_credit: Share::new(0.03),
            reputation_error: Share::new(0.06),
            rating_blame: Weight::new(0.2),
            rating_credit: Weight::new(0.3),
            rating_error: Weight::new(0.25),
        }
    }
}

/// What an incident does to the person hit.
#[derive(Clone)]
pub struct Blow {
    /// For the record.
    pub incident: Incident,
    /// Share of the reputation that is lost [0 to 1].
    pub reputation_lost: f32,
    /// What is held against the person at the next rating [standard deviations].
    pub held: f32,
}

impl Incidents {
    /// What hits a person this week, if anything does. `now` tells the strengths of a tie.
    pub fn hit(
        &self,
        world: &World,
        key: WeekKey,
        ego: u32,
        now: &(impl Fn(&Tie) -> [f32; 3] + ?Sized),
    ) -> Option<Blow> {
        let profile = &world.employees.profiles[ego as usize];
        let mut draws = key.of(profile.id);
        if !self.enabled || draws.uniform_double() >= self.yearly_rate.get() / 52.0 {
            return None;
        }
        let weights = [self.blame.get(), self.credit.get(), self.error.get()];
        let (cause, reputation, rating) = match draws.weighted(&weights)? {
            0 => ("blame", self.reputation_blame, self.rating_blame),
            1 => ("credit", self.reputation_credit, self.rating_credit),
            _ => ("error", self.reputation_error, self.rating_error),
        };
        let mut present: Vec<u32> = Vec::with_capacity(4);
        for _ in 0..self.present.get() {
            let (source, point) = (draws.below(4), draws.bits());
            if let Some(other) = colleague(world, ego, source, point)
                && !present.contains(&other)
            {
                present.push(other);
            }
        }
        let mut harm = 1.0_f32;
        let (mut defenders, mut counted_on) = (0_u8, 0_u8);
        for &other in &present {
            let theirs = world.employees.profiles[other as usize];
            if let Some(tie) = world.tie(ego, other) {
                let s = now(tie);
                counted_on += u8::from(s[0].max(s[1]).max(s[2]) >= COUNTED_ON);
            }
            // from the colleague's own record: what the person believes of the colleague helps nobody
            let Some(tie) = world.tie(other, ego) else {
                continue;
            };
            let s = now(tie);
            let stands = tie.trust * s[CAREER].max(s[FRIENDSHIP]);
            let character = &world.employees.characters[other as usize];
            let advocacy = world.strategies.conduct(character.strategy).advocacy;
            let speaks = key.of_pair(theirs.id, profile.id).chance(advocacy);
            if stands >= self.speaks_up.single() && speaks {
                harm *= 1.0 - self.shield.single() * 0.5 * (1.0 + theirs.influence);
                defenders += 1;
            }
        }
        Some(Blow {
            incident: Incident {
                week: world.week,
                employee: profile.id,
                strategy: world.employees.characters[ego as usize].strategy,
                department: profile.department,
                level: profile.level,
                cause,
                present: present.len().min(255) as u8,
                defenders,
                counted_on,
                harm,
            },
            reputation_lost: reputation.single() * harm,
            held: rating.single() * harm,
        })
    }
}

/// Someone who may be there when something happens to ego: of the team, the line, the department or the project.
fn colleague(world: &World, ego: u32, source: u32, point: u64) -> Option<u32> {
    let profile = &world.employees.profiles[ego as usize];
    let organisation = &world.organisation;
    let among = |n: usize| ((u128::from(point) * n as u128) >> 64) as usize;
    let holder_of = |posts: &[u32]| {
        posts
            .get(among(posts.len()))
            .map(|&post| organisation.posts[post as usize].holder)
    };
    let found = match source {
        0 => holder_of(organisation.team(profile.post))?,
        1 => organisation.manager_of(profile.post)?,
        2 => holder_of(organisation.posts_of_department(profile.department))?,
        _ => {
            let project = world.employees.standings[ego as usize].project;
            let members = &world.projects.get(project as usize)?.members;
            *members.get(among(members.len()))?
        }
    };
    (found != NOBODY && found != ego).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::small_firm::{SmallFirm, put_tie};
    use crate::world::{Behaviour, Conduct, Strategies};

    /// A head and one lead with a single report, slot 2: the lead, slot 1, is most often there.
    const FIRM: SmallFirm = SmallFirm {
        departments: 1,
        leads: 1,
        staff: 1,
    };
    const EGO: u32 = 2;
    const LEAD: u32 = 1;

    /// Something happens nearly every fourth week, always blame; the colleagues always speak up if they stand by the person.
    fn rule() -> Incidents {
        Incidents {
            enabled: true,
            yearly_rate: Rate::new(12.0),
            credit: Factor::new(0.0),
            error: Factor::new(0.0),
            shield: Share::new(0.8),
            speaks_up: Strength::new(0.12),
            ..Incidents::default()
        }
    }

    fn firm() -> World {
        let mut world = FIRM.build();
        let loyal = Behaviour {
            advocacy: Share::new(1.0),
            ..Behaviour::default()
        };
        world.strategies = Strategies::new([("only".to_owned(), Conduct::from(&loyal))]);
        world
    }

    fn tie(strength: f32, trust: f32) -> Tie {
        Tie {
            strength: [strength; 3],
            trust,
            formed: 50,
            ..Tie::default()
        }
    }

    /// All blows of `n` lucks at which somebody was there.
    fn blows(rule: &Incidents, world: &World, n: u64) -> Vec<Blow> {
        (0..n)
            .filter_map(|i| {
                let key = Randomness::new(i).week(Purpose::Incident, world.week);
                rule.hit(world, key, EGO, &|tie: &Tie| tie.strength)
            })
            .collect()
    }

    #[test]
    fn incidents_are_as_frequent_as_the_rate_says() {
        let n = 8000;
        let found = blows(&rule(), &firm(), n).len() as f64 / n as f64;
        let p = 12.0 / 52.0;
        assert!((found - p).abs() < 4.0 * (p * (1.0 - p) / n as f64).sqrt());
    }

    #[test]
    fn a_defender_averts_what_the_equation_says() {
        let mut world = firm();
        let undefended = blows(&rule(), &world, 400);
        assert!(undefended.iter().all(|b| b.incident.harm == 1.0));
        assert!(undefended.iter().all(|b| b.reputation_lost == 0.1));
        put_tie(&mut world, LEAD, EGO, tie(0.5, 0.8));
        world.employees.profiles[LEAD as usize].influence = 0.5;
        let blows = blows(&rule(), &world, 400);
        let defended: Vec<_> = blows.iter().filter(|b| b.incident.defenders > 0).collect();
        assert!(defended.len() > 20, "{}", defended.len());
        for blow in defended {
            // 1 - 0.8 * 0.5 * 1.5 = 0.4
            assert!((blow.incident.harm - 0.4).abs() < 1e-6);
            assert!((blow.reputation_lost - 0.04).abs() < 1e-6);
            assert!((blow.held - 0.08).abs() < 1e-6);
        }
    }

    #[test]
    fn a_hollow_tie_fails_when_called_upon() {
        let mut world = firm();
        put_tie(&mut world, EGO, LEAD, tie(0.9, 0.9));
        put_tie(&mut world, LEAD, EGO, tie(0.9, 0.1));
        let blows = blows(&rule(), &world, 400);
        assert!(blows.iter().any(|b| b.incident.counted_on > 0));
        assert!(blows.iter().all(|b| b.incident.defenders == 0));
    }

    #[test]
    fn each_cause_has_its_own_cost() {
        let world = firm();
        let only = |blame, credit, error| Incidents {
            blame: Factor::new(blame),
            credit: Factor::new(credit),
            error: Factor::new(error),
            ..rule()
        };
        let first = |rule: Incidents| {
            let blow = blows(&rule, &world, 100).remove(0);
            (blow.incident.cause, blow.reputation_lost, blow.held)
        };
        assert_eq!(first(only(1.0, 0.0, 0.0)), ("blame", 0.1, 0.2));
        assert_eq!(first(only(0.0, 1.0, 0.0)), ("credit", 0.03, 0.3));
        assert_eq!(first(only(0.0, 0.0, 1.0)), ("error", 0.06, 0.25));
    }

    #[test]
    fn switched_off_nothing_happens() {
        let off = Incidents {
            enabled: false,
            ..rule()
        };
        assert!(blows(&off, &firm(), 400).is_empty());
    }
}
