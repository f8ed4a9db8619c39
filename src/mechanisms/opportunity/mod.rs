//! M1 Opportunity: whom one can meet in a week, and on which channel.
//!
//! # What happens
//! Besides the ties whose rhythm is due, a person has `encounters` openings a week. The source of each is
//! drawn in proportion to the `from_*` weights: a team mate, the reporting line, a fellow project member,
//! someone of the department, a chance encounter on the site, someone of a coupled function, or an
//! introduction: an ally opens the door to one of the own active ties. Drawing nobody leaves the opening unused.
//!
//! ```text
//! P(chance encounter on the site comes about)  = common office days / full_overlap
//! P(opening of any other source but an introduction comes about) = 1 on a common office day, else `unplanned`
//! P(department of function g)                         ~ coupling[own function][g]
//! P(introduction by k to l)                           = ego's trust in k * k's trust in l, both in active contact
//! ```
//!
//! What is *scheduled* needs no presence. A person's work has `matters`, each with a team
//! mate at random, and as many with others, which stay for `renewal` weeks. The work requires a contact with
//! probability `formal_contact` a week: with the share `line` of these along the reporting line, with the manager or a report
//! by lot (in the first `onboarding` weeks with probability `manager_first` with the manager, the first natural ally), else
//! about one of the former. Much of this is feedback in passing: it comes about for certain on a common office day, else with
//! probability `afar`. With probability `errand` there is a contact about one of the matters with others. Each of these
//! concerns, of `asked` people drawn like openings beyond team and line (those of the site for
//! certain with a common office day, else with `unplanned` squared: nobody runs into them, so they must come to mind and be
//! reached), the one with the greatest
//!
//! ```text
//! (known + influence + by_esteem * esteem) * (1 - gate * (1 - warmth))      all in [0, 1]
//! ```
//!
//! where esteem is competence as the last rating shows it: one asks the known and the able, but liking is the gate. Whom a
//! matter concerns stays until it is renewed, ego changes department or that person goes. So
//! work brings people back to the same few. With probability `ritual` there is an arranged meeting
//! with someone of the department (a team round, a virtual coffee); programmes (M19) arrange more.
//!
//! A contact is in person when both are on the same site on a common day; otherwise by video with
//! probability `video` (always when it was arranged), else in writing. Channels differ in hours and in the power to
//! build ties: friendship takes the power as it is, collaboration and the help received (M13) lack the share `power_work` of what it lacks.
//!
//! # Source
//! Contact falls with distance: E80 (Allen 1977). Remote work leaves fewer bridging ties and more siloed contact, since
//! unplanned contact needs presence: E78 (Yang et al. 2022), sign; less feedback from afar: E81 (Emanuel et al. 2023). New ties form
//! through shared contacts and shared foci: E37 (Kossinets and Watts 2006). Competence counts little in those who are not
//! liked: E70 (Casciaro and Lobo 2008), form. The sizes are assumed; no source.
//!
//! # Assumptions and limits
//! One site is one place; distance within it is the department. Which days two people share is fixed.
//!
//! # Order and randomness
//! Reads posts, presence and ties as the week before left them. Draws belong to ego.
//!
//! # Switched off
//! Nobody meets anyone beyond the ties that already exist and what programmes arrange; the work requires no contacts,
//! there are no rituals.

mod channels;
#[cfg(test)]
mod fixture;
mod matters;
#[cfg(test)]
mod matters_tests;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Days, Factor, Few, Hours, Probability, Share, Weeks};
use crate::world::{NOBODY, Organisation, Profile, Project, Reader};

/// Names in memory that are gone through for somebody to turn to: of 150 with 25 active ties, 19 of 20 find one.
const TRIES: u32 = 16;

/// Whom one can meet.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Opportunity {
    /// Whether the rule is on; off, nobody meets anyone new and the work requires no contacts [switch].
    pub enabled: bool,
    /// Openings to meet someone a week besides the ties that are due [count]. Assumed; no source.
    pub encounters: Few,
    /// Chance that the work requires a contact with a team mate or the manager in a week [probability]. Assumed; no source.
    pub formal_contact: Probability,
    /// Share of required contacts that run along the reporting line: with the manager or a report [probability]. Assumed; no source.
    pub line: Probability,
    /// Chance that a required contact comes about between two people without a common office day [probability]. Source: E81 (22 % more feedback from those who sit together).
    pub afar: Probability,
    /// Chance that the work requires a contact with somebody else in a week [probability]. Source: calibrated to E43 (churn).
    pub errand: Probability,
    /// Matters of a person's work that concern somebody beyond team and line [count]. Source: calibrated to E46 (concentration of volume).
    pub matters: Few,
    /// Weeks for which a matter stays the same [weeks]. Source: calibrated to E43 (churn).
    pub renewal: Weeks,
    /// People among whom a matter finds the one to ask [count]. Source: calibrated to E46 (concentration of volume).
    pub asked: Few,
    /// Weight of competence, as the last rating shows it, in whom an errand leads to [factor]. Assumed; no source.
    pub by_esteem: Factor,
    /// Share of what is known of a person that counts for nothing in somebody who is not liked at all [share]. Source: form from E70.
    pub gate: Share,
    /// Weight of team mates among openings [factor]. Assumed; no source.
    pub from_team: Factor,
    /// Weight of the reporting line among openings [factor]. Assumed; no source.
    pub from_line: Factor,
    /// Weight of fellow project members among openings [factor]. Assumed; no source.
    pub from_project: Factor,
    /// Weight of the own department among openings [factor]. Source: order of E80 (near to far 3 to 5).
    pub from_department: Factor,
    /// Weight of chance encounters on the site among openings [factor]. Source: order of E80.
    pub from_site: Factor,
    /// Weight of coupled functions among openings [factor]. Assumed; no source.
    pub from_coupled: Factor,
    /// Weight of introductions (a tie of a tie) among openings [factor]. Source: sign from E37.
    pub from_introduction: Factor,
    /// Chance that an unplanned opening comes about between people without a common office day [probability]. Source: sign from E78.
    pub unplanned: Probability,
    /// Chance of an arranged meeting with someone of the department in a week: a team round, a virtual coffee [probability]. Assumed; no source.
    pub ritual: Probability,
    /// Weeks after hiring in which the manager comes first [weeks]. Assumed; no source.
    pub onboarding: Weeks,
    /// Chance that a required contact of these weeks is with the manager [probability]. Assumed; no source.
    pub manager_first: Probability,
    /// Chance that a contact that cannot be in person is by video rather than in writing [probability]. Assumed; no source.
    pub video: Probability,
    /// Hours that a contact in person costs each side [hours]. Assumed; no source.
    pub hours_in_person: Hours,
    /// Hours that a contact by video costs each side [hours]. Assumed; no source.
    pub hours_video: Hours,
    /// Hours that a contact in writing costs each side [hours]. Assumed; no source.
    pub hours_asynchronous: Hours,
    /// Power of video to build friendship, of what meeting in person has [share]. Source: sign from E78, E81.
    pub power_video: Share,
    /// Power of writing to build friendship, of what meeting in person has [share]. Source: sign from E78, E81.
    pub power_asynchronous: Share,
    /// Share of what a channel lacks in power that collaboration lacks too [share]. Source: sign from E81.
    pub power_work: Share,
    /// Days in common that make a chance encounter certain to be possible [days a week]. Assumed; no source.
    pub full_overlap: Days,
}

impl Default for Opportunity {
    fn default() -> Self {
        Self {
            enabled: true,
            encounters: Few::new(3),
            formal_contact: Probability::new(1.0),
            line: Probability::new(0.2),
            afar: Probability::new(0.82),
            errand: Probability::new(0.65),
            matters: Few::new(3),
            renewal: Weeks::new(12),
            asked: Few::new(30),
            by_esteem: Factor::new(1.0),
            gate: Share::new(0.7),
            from_team: Factor::new(2.0),
            from_line: Factor::new(1.0),
            from_project: Factor::new(2.0),
            from_department: Factor::new(3.5),
            from_site: Factor::new(1.5),
            from_coupled: Factor::new(0.9),
            from_introduction: Factor::new(0.6),
            unplanned: Probability::new(0.5),
            ritual: Probability::new(0.1),
            onboarding: Weeks::new(8),
            manager_first: Probability::new(0.6),
            video: Probability::new(0.5),
            hours_in_person: Hours::new(0.33),
            hours_video: Hours::new(0.33),
            hours_asynchronous: Hours::new(0.25),
            power_video: Share::new(0.7),
            power_asynchronous: Share::new(0.4),
            power_work: Share::new(0.4),
            full_overlap: Days::new(5.0),
        }
    }
}

/// Someone whom ego could meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// Slot.
    pub who: u32,
    /// Whether an ally made the introduction.
    pub introduced: bool,
}

/// What the rule reads of the firm.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// Everyone's profile, by slot.
    pub profiles: &'a [Profile],
    /// The formal organisation.
    pub organisation: &'a Organisation,
    /// Departments that exist, for the draw of a coupled one.
    pub departments: &'a [u16],
    /// Running projects.
    pub projects: &'a [Project],
    /// Everyone's partners.
    pub ties: Reader<'a>,
    /// The week.
    pub week: i32,
}

impl Opportunity {
    /// Running sums of the source weights, for the draw.
    pub fn sources(&self) -> [f32; 7] {
        let weights = [
            self.from_team,
            self.from_line,
            self.from_project,
            self.from_department,
            self.from_site,
            self.from_coupled,
            self.from_introduction,
        ];
        let mut sum = 0.0;
        weights.map(|w| {
            sum += w.single();
            sum
        })
    }

    /// One opening: someone whom ego could meet, or None.
    #[inline]
    pub fn meet(
        &self,
        sources: &[f32; 7],
        ego: u32,
        project: u32,
        around: Surroundings<'_>,
        draws: &mut Draws,
    ) -> Option<Met> {
        let point = draws.uniform() * sources[6];
        self.meet_at(point, sources, ego, project, around, true, draws)
    }

    /// Someone of the source in which `point` lies on the running sums of the weights, or None. `by_chance`: somebody whom
    /// one runs into on the site, rather than somebody whom a matter concerns.
    #[inline]
    fn meet_at(
        &self,
        point: f32,
        sources: &[f32; 7],
        ego: u32,
        project: u32,
        around: Surroundings<'_>,
        by_chance: bool,
        draws: &mut Draws,
    ) -> Option<Met> {
        let Surroundings {
            profiles,
            organisation,
            departments,
            projects,
            ties,
            week,
        } = around;
        let me = &profiles[ego as usize];
        // the sums rise: as many of them as are not above the point lie before the source
        let source: u32 = sources.iter().map(|&end| u32::from(point >= end)).sum();
        if source as usize == sources.len() {
            return None;
        }
        let pick_post = |posts: &[u32], draws: &mut Draws| pick_holder(organisation, posts, draws);
        // one runs into those who are there; others one must think of
        let runs_into = |someone: u32, draws: &mut Draws| -> Option<u32> {
            let other = profiles.get(someone as usize)?;
            let luck = draws.chance(self.unplanned.single());
            (luck || me.meets_in_person(other)).then_some(someone)
        };
        let found = match source {
            0 => runs_into(pick_post(organisation.team(me.post), draws), draws)?,
            1 => {
                let reports = organisation.reports(me.post);
                let which = draws.below(reports.len() as u32 + 1);
                let someone = match reports.get(which as usize) {
                    Some(&post) => organisation.posts[post as usize].holder,
                    None => organisation.manager_of(me.post).unwrap_or(NOBODY),
                };
                runs_into(someone, draws)?
            }
            2 => {
                let members = &projects.get(project as usize)?.members;
                let someone = *members.get(draws.below(members.len() as u32) as usize)?;
                runs_into(someone, draws)?
            }
            3 => {
                let someone = pick_post(organisation.posts_of_department(me.department), draws);
                runs_into(someone, draws)?
            }
            4 => {
                let someone = pick_post(organisation.posts_of_site(me.site), draws);
                let other = profiles.get(someone as usize)?;
                if by_chance {
                    let overlap = (me.presence & other.presence).count_ones() as f32;
                    let full = self.full_overlap.single().max(1.0);
                    draws.chance(overlap / full).then_some(someone)?
                } else {
                    // one who is never run into must come to mind, and then be reached
                    let unplanned = self.unplanned.single();
                    let luck = draws.chance(unplanned * unplanned);
                    (luck || me.meets_in_person(other)).then_some(someone)?
                }
            }
            5 => {
                let department = departments[draws.below(departments.len() as u32) as usize];
                let function = organisation.departments[department as usize].function;
                if !draws.chance(organisation.coupled(me.function, function)) {
                    return None;
                }
                let someone = pick_post(organisation.posts_of_department(department), draws);
                runs_into(someone, draws)?
            }
            _ => {
                // a lot of its own, so that the number of tries shifts nothing
                let mut lot = draws.split();
                let (ally, trusted) = in_touch(ties, ego, week, &mut lot)?;
                let (other, recommended) = in_touch(ties, ally, week, &mut lot)?;
                lot.chance(trusted * recommended).then_some(other)?
            }
        };
        (found != NOBODY && found != ego).then_some(Met {
            who: found,
            introduced: source == 6,
        })
    }

    /// The meeting that is arranged for ego this week, if any, with someone of the department, wherever both are.
    #[inline]
    pub fn ritual(
        &self,
        ego: u32,
        profile: &Profile,
        organisation: &Organisation,
        draws: &mut Draws,
    ) -> Option<u32> {
        if !self.enabled || !draws.chance(self.ritual.single()) {
            return None;
        }
        let posts = organisation.posts_of_department(profile.department);
        let found = pick_holder(organisation, posts, draws);
        (found != NOBODY && found != ego).then_some(found)
    }
}

/// Somebody with whom a person is in active contact, by lot, and the person's trust in them; None if the tries find nobody.
#[inline]
fn in_touch(ties: Reader<'_>, who: u32, week: i32, lot: &mut Draws) -> Option<(u32, f32)> {
    let (partners, active_until) = (ties.partners(who), ties.active_until(who));
    let place = (0..TRIES)
        .map(|_| lot.below(partners.len() as u32) as usize)
        .find(|&place| partners[place] != NOBODY && i32::from(active_until[place]) >= week)?;
    Some((partners[place], ties.records(who)[place].trust))
}

/// Whoever holds one of these posts, or `NOBODY`.
#[inline]
fn pick_holder(organisation: &Organisation, posts: &[u32], draws: &mut Draws) -> u32 {
    if posts.is_empty() {
        return NOBODY;
    }
    organisation.posts[posts[draws.below(posts.len() as u32) as usize] as usize].holder
}
