//! M1 Opportunity: whom the work requires one to see. Stated in the rule's page, the parent.

use super::{Met, Opportunity, Surroundings, pick_holder};
use crate::random::{Draws, WeekKey};
use crate::world::{Errand, Organisation, Profile};

/// Kinds of matters: with team mates, with others.
const TEAM: u32 = 0;
const ELSEWHERE: u32 = 256;

impl Opportunity {
    /// The contact that the work requires this week, if any: a team mate, or the manager. `matters` is the same key in
    /// every week.
    #[inline]
    pub fn required_contact(
        &self,
        ego: u32,
        profile: &Profile,
        (profiles, organisation): (&[Profile], &Organisation),
        (matters, week): (WeekKey, i32),
        draws: &mut Draws,
    ) -> Option<u32> {
        if !self.enabled || !draws.chance(self.formal_contact.single()) {
            return None;
        }
        let team = organisation.team(profile.post);
        let reports = organisation.reports(profile.post);
        let is_new = week - i32::from(profile.hired) < self.onboarding.get() as i32;
        let with_manager = is_new && draws.chance(self.manager_first.single());
        let found = if with_manager {
            organisation.manager_of(profile.post)?
        } else if draws.chance(self.line.single()) {
            let which = draws.below(reports.len() as u32 + 1);
            match reports.get(which as usize) {
                Some(&post) => organisation.posts[post as usize].holder,
                None => organisation.manager_of(profile.post)?,
            }
        } else {
            let which = draws.below(self.matters.get().max(1));
            let (mut lot, _) = self.matter(TEAM, which, profile.id, (matters, week));
            pick_holder(organisation, team, &mut lot)
        };
        let other = profiles.get(found as usize)?;
        let comes_about = draws.chance(self.afar.single());
        (found != ego && (comes_about || profile.meets_in_person(other))).then_some(found)
    }

    /// The draws of one of a person's matters, the same for as long as it stays, and the week from which it is another.
    #[inline]
    fn matter(&self, kind: u32, matter: u32, id: u32, (key, week): (WeekKey, i32)) -> (Draws, i32) {
        // matters of one person are not all renewed in the same week, nor are those of the firm
        let renewal = self.renewal.get().max(1);
        let shift = (id.wrapping_mul(7) + matter * 11) % renewal;
        let period = (week + shift as i32).div_euclid(renewal as i32);
        let until = (period + 1) * renewal as i32 - shift as i32;
        let lot = key.of_pair(id, (period as u32) << 9 | kind | matter);
        (lot, until)
    }

    /// Somebody else whom the work concerns this week, if any. `matters` is the same key in every week; `errands` are ego's.
    #[inline]
    pub fn errand(
        &self,
        sources: &[f32; 7],
        ego: u32,
        project: u32,
        around: Surroundings<'_>,
        (matters, week): (WeekKey, i32),
        errands: &mut [Errand],
        draws: &mut Draws,
    ) -> Option<u32> {
        if !self.enabled || !draws.chance(self.errand.single()) {
            return None;
        }
        let me = &around.profiles[ego as usize];
        let which = draws.below(errands.len() as u32);
        let errand = errands.get_mut(which as usize)?;
        let is_settled = errand.of == me.id
            && errand.department == me.department
            && week < i32::from(errand.until);
        if is_settled && around.profiles[errand.whom as usize].id == errand.id {
            return Some(errand.whom);
        }
        let (mut lot, until) = self.matter(ELSEWHERE, which, me.id, (matters, week));
        let mut best: Option<(f32, u32)> = None;
        // team and line have their required contacts
        let (from, to) = (sources[1], sources[6]);
        for _ in 0..self.asked.get().max(1) {
            let mut lot = lot.split();
            let point = from + lot.uniform() * (to - from);
            let found = self.meet_at(point, sources, ego, project, around, false, &mut lot);
            let Some(Met { who: met, .. }) = found else {
                continue;
            };
            let other = &around.profiles[met as usize];
            let appeal = self.appeal(other);
            if other.is_employed() && best.is_none_or(|(b, _)| appeal > b) {
                best = Some((appeal, met));
            }
        }
        let (_, whom) = best?;
        *errand = Errand {
            of: me.id,
            whom,
            id: around.profiles[whom as usize].id,
            department: me.department,
            until: until as i16,
        };
        Some(whom)
    }

    /// How much somebody is worth asking: what is known of the person, through the gate of liking.
    #[inline]
    fn appeal(&self, other: &Profile) -> f32 {
        let part = |x: u8| f32::from(x) * (1.0 / 255.0);
        let heard = other.known + other.influence + self.by_esteem.single() * part(other.esteem);
        heard * (1.0 - self.gate.single() * (1.0 - part(other.warmth)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{EGO, FIRM, nowhere};
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::units::{Factor, Few, Probability, Share, Weeks};
    use crate::world::{NOBODY, World};

    /// Matters with the `i`-th luck.
    fn key(i: u32) -> WeekKey {
        Randomness::new(i.into()).week(Purpose::Opportunity, 0)
    }

    /// What a required contact reads of the firm.
    fn firm(world: &World) -> (&[Profile], &Organisation) {
        (&world.employees.profiles, &world.organisation)
    }

    #[test]
    fn the_manager_comes_first_for_those_who_are_new() {
        // formal 1: the manager first with 0.5, or along the line with 0.2: 0.5 + 0.5 * 0.2 = 0.6
        let rule = Opportunity {
            formal_contact: Probability::new(1.0),
            line: Probability::new(0.2),
            onboarding: Weeks::new(8),
            manager_first: Probability::new(0.5),
            ..nowhere()
        };
        let world = FIRM.build();
        let mut profile = world.employees.profiles[EGO as usize];
        let mut share = |hired: i16| {
            profile.hired = hired;
            let with_manager = (0..20_000).filter(|&i| {
                let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
                let matters = (key(i), 100);
                rule.required_contact(EGO, &profile, firm(&world), matters, &mut draws) == Some(1)
            });
            with_manager.count() as f64 / 20_000.0
        };
        for (hired, p) in [(93, 0.6), (92, 0.2)] {
            let found = share(hired);
            assert!(
                (found - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
                "{hired}: {found}"
            );
        }
    }

    #[test]
    fn the_work_requires_a_contact_as_often_as_it_says() {
        // formal 0.6; 0.2 with the manager, the rest over the team of four, of whom one is ego: 0.6 * (0.2 + 0.8 * 3/4)
        let rule = Opportunity {
            formal_contact: Probability::new(0.6),
            line: Probability::new(0.2),
            ..nowhere()
        };
        let world = FIRM.build();
        let profile = world.employees.profiles[EGO as usize];
        let required = |rule: &Opportunity, i| {
            let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
            let matters = (key(i), 100);
            rule.required_contact(EGO, &profile, firm(&world), matters, &mut draws)
        };
        let found: Vec<u32> = (0..20_000).filter_map(|i| required(&rule, i)).collect();
        assert!(
            found.iter().all(|m| [1, 3, 4, 5].contains(m)),
            "team mates and the manager"
        );
        let share = found.len() as f64 / 20_000.0;
        assert!(
            (share - 0.48).abs() < 4.0 * (0.48_f64 * 0.52 / 20_000.0).sqrt(),
            "{share}"
        );
        let off = Opportunity {
            enabled: false,
            ..rule
        };
        assert!(
            (0..200).all(|i| required(&off, i).is_none()),
            "switched off"
        );
    }

    #[test]
    fn from_afar_only_a_share_of_what_the_work_requires_comes_about() {
        // along the line, so with the manager: always on a common day, else with 0.7
        let rule = Opportunity {
            formal_contact: Probability::new(1.0),
            line: Probability::new(1.0),
            afar: Probability::new(0.7),
            ..nowhere()
        };
        let mut world = FIRM.build();
        let share = |world: &World| {
            let profile = world.employees.profiles[EGO as usize];
            let found = (0..20_000).filter(|&i| {
                let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
                let matters = (key(i), 100);
                rule.required_contact(EGO, &profile, firm(world), matters, &mut draws)
                    .is_some()
            });
            found.count() as f64 / 20_000.0
        };
        assert_eq!(share(&world), 1.0);
        world.employees.profiles[EGO as usize].presence = 0;
        let remote = share(&world);
        assert!(
            (remote - 0.7).abs() < 4.0 * (0.21_f64 / 20_000.0).sqrt(),
            "{remote}"
        );
    }

    #[test]
    fn a_manager_deals_with_the_reports_as_the_line_says() {
        // the manager of ego's team has four reports and a manager: 0.5 * 4/5 of the required contacts are with reports
        let rule = Opportunity {
            formal_contact: Probability::new(1.0),
            line: Probability::new(0.5),
            ..nowhere()
        };
        let world = FIRM.build();
        let manager = world
            .organisation
            .manager_of(world.employees.profiles[EGO as usize].post);
        let manager = manager.unwrap();
        let profile = world.employees.profiles[manager as usize];
        let reports = world.organisation.reports(profile.post);
        assert_eq!(reports.len(), 4);
        let found = (0..20_000).filter_map(|i| {
            let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
            let matters = (key(i), 100);
            rule.required_contact(manager, &profile, firm(&world), matters, &mut draws)
        });
        let below =
            found.filter(|&slot| reports.contains(&world.employees.profiles[slot as usize].post));
        let share = below.count() as f64 / 20_000.0;
        assert!(
            (share - 0.4).abs() < 4.0 * (0.4_f64 * 0.6 / 20_000.0).sqrt(),
            "{share}"
        );
    }

    /// Whom an errand of ego leads to, with the `i`-th luck in matters and in the week.
    fn errand(rule: &Opportunity, world: &World, when: (u32, i32)) -> Option<u32> {
        let mut errands = [Errand::NONE; 3];
        let errands = &mut errands[..rule.matters.get() as usize];
        errand_of(errands, rule, world, when)
    }

    /// The same for one who has such errands already.
    fn errand_of(
        errands: &mut [Errand],
        rule: &Opportunity,
        world: &World,
        (i, week): (u32, i32),
    ) -> Option<u32> {
        let mut ties = world.ties.clone();
        let around = Surroundings {
            profiles: &world.employees.profiles,
            organisation: &world.organisation,
            departments: &[],
            projects: &[],
            ties: ties.for_choice(1024).0,
        };
        let mut draws = Randomness::new(5).draws(Purpose::Choice, week, i);
        let matters = (key(i), week);
        rule.errand(
            &rule.sources(),
            EGO,
            NOBODY,
            around,
            matters,
            errands,
            &mut draws,
        )
    }

    /// Errands within the department only.
    fn about(asked: u32) -> Opportunity {
        Opportunity {
            from_team: Factor::new(9.0),
            from_department: Factor::new(1.0),
            errand: Probability::new(1.0),
            asked: Few::new(asked),
            by_esteem: Factor::new(0.0),
            gate: Share::new(0.0),
            ..nowhere()
        }
    }

    #[test]
    fn an_errand_leads_to_the_best_known_of_those_asked_beyond_the_team() {
        let mut world = FIRM.build();
        world.employees.profiles[8].known = 0.9;
        // one asked of a department of eleven: 8 is met with 1/11; of four asked with 1 - (10/11)^4; n = 4000
        for (asked, p) in [(1, 0.090_909), (4, 0.316_987)] {
            let met = (0..4000)
                .filter(|&i| errand(&about(asked), &world, (i, 100)) == Some(8))
                .count() as f64
                / 4000.0;
            assert!(
                (met - p).abs() < 4.0 * (p * (1.0 - p) / 4000.0_f64).sqrt(),
                "{asked}: {met}"
            );
        }
        let none = Opportunity {
            errand: Probability::new(0.0),
            ..about(4)
        };
        assert!(
            (0..100).all(|i| errand(&none, &world, (i, 100)).is_none()),
            "the work requires none"
        );
    }

    #[test]
    fn somebody_of_the_site_is_asked_from_afar_too() {
        // one asked of the eleven of the site: always met on a common day, with 0.4 squared from afar; n = 4000
        let rule = Opportunity {
            from_department: Factor::new(0.0),
            from_site: Factor::new(1.0),
            unplanned: Probability::new(0.4),
            ..about(1)
        };
        let mut world = FIRM.build();
        let share = |world: &World| {
            let met = (0..4000).filter(|&i| errand(&rule, world, (i, 100)).is_some());
            met.count() as f64 / 4000.0
        };
        let office = share(&world);
        for profile in &mut world.employees.profiles {
            profile.presence = 0;
        }
        for (found, p) in [(office, 10.0 / 11.0), (share(&world), 1.6 / 11.0)] {
            assert!(
                (found - p).abs() < 4.0 * (p * (1.0 - p) / 4000.0_f64).sqrt(),
                "{found} {p}"
            );
        }
    }

    #[test]
    fn a_matter_concerns_the_same_person_until_it_is_renewed() {
        let world = FIRM.build();
        let met = |matters: u32, weeks: std::ops::Range<i32>| {
            let rule = Opportunity {
                matters: Few::new(matters),
                renewal: Weeks::new(40),
                ..about(1)
            };
            let mut met: Vec<u32> = weeks
                .filter_map(|week| errand(&rule, &world, (7, week)))
                .collect();
            met.sort_unstable();
            met.dedup();
            met.len()
        };
        // within any 40 weeks a matter is renewed once: at most two people for one matter, six for three
        assert!((1..=2).contains(&met(1, 0..40)), "{}", met(1, 0..40));
        assert!((2..=6).contains(&met(3, 0..40)), "{}", met(3, 0..40));
        assert!(met(1, 0..4000) > 8, "another matter, another person");
    }

    #[test]
    fn whom_a_matter_concerns_stays_for_as_long_as_the_matter_and_the_person() {
        let mut world = FIRM.build();
        let rule = Opportunity {
            matters: Few::new(1),
            renewal: Weeks::new(1000),
            ..about(30)
        };
        world.employees.profiles[8].known = 0.9;
        let mut errands = [Errand::NONE];
        let mut found = |world: &World, week| errand_of(&mut errands, &rule, world, (3, week));
        assert_eq!(found(&world, 100), Some(8), "the best known");
        world.employees.profiles[8].known = 0.0;
        world.employees.profiles[9].known = 0.9;
        assert_eq!(
            found(&world, 101),
            Some(8),
            "whoever has become better known"
        );
        assert_eq!(found(&world, 1101), Some(9), "another matter");
        world.employees.profiles[9].known = 0.0;
        world.employees.profiles[7].known = 0.9;
        assert_eq!(found(&world, 1102), Some(9));
        world.employees.profiles[9].id = 999;
        assert_eq!(found(&world, 1103), Some(7), "somebody else sits there now");
        world.employees.profiles[7].known = 0.0;
        world.employees.profiles[8].known = 0.9;
        world.employees.profiles[EGO as usize].id = 998;
        assert_eq!(
            found(&world, 1104),
            Some(8),
            "a successor has matters of the own"
        );
    }

    #[test]
    fn liking_is_the_gate_through_which_competence_counts() {
        let rule = Opportunity {
            by_esteem: Factor::new(0.5),
            gate: Share::new(0.8),
            ..nowhere()
        };
        let person = |esteem, warmth| Profile {
            known: 0.3,
            influence: 0.2,
            esteem,
            warmth,
            ..Profile::VACANT
        };
        // (0.3 + 0.2 + 0.5 * 1) * (1 - 0.8 * (1 - 1)), and * (1 - 0.8) for who is not liked at all
        assert!((rule.appeal(&person(255, 255)) - 1.0).abs() < 1e-6);
        assert!((rule.appeal(&person(255, 0)) - 0.2).abs() < 1e-6);
        let worth = |warmth| rule.appeal(&person(255, warmth)) - rule.appeal(&person(0, warmth));
        assert!((worth(255) - 0.5).abs() < 1e-6 && (worth(0) - 0.1).abs() < 1e-6);
    }
}
