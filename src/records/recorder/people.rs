//! Everyone once a year, and everyone's ties and place in the network at each snapshot.

use super::{Recorder, department, label, level};
use crate::measures::communities::communities;
use crate::measures::{Graph, PositionMeasures};
use crate::records::TableError;
use crate::records::active::{Active, active_ties};
use crate::records::layers::{LAYER_NAMES, Now};
use crate::records::roles::{self, Roles};
use crate::units::WEEKS_PER_YEAR;
use crate::world::{LAYERS, World};

impl Recorder {
    /// The yearly panel.
    pub(super) fn year(
        &mut self,
        world: &World,
        year: i64,
        now: Now<'_>,
    ) -> Result<(), TableError> {
        if !self.plan.wanted.employees.has_number(year) {
            return Ok(());
        }
        let active = active_ties(world, now);
        let roles = Roles::of(world, &active, now, &self.plan.definitions);
        let week = world.week;
        let mut rest = active.as_slice();
        for slot in world.employees.present() {
            let i = slot as usize;
            // the active ties stand by ego, in the order of the slots
            let (own, others) = rest.split_at(rest.partition_point(|tie| tie.ego <= slot));
            rest = others;
            let balance: f64 = own.iter().map(|tie| f64::from(tie.ledger)).sum();
            let insight: f64 = own.iter().map(|tie| f64::from(tie.insight) / 255.0).sum();
            let manager = world
                .organisation
                .manager_of(world.employees.profiles[i].post);
            let regard = manager.map(|manager| {
                world.tie(manager, slot).map_or(0.0, |tie| {
                    let s = now(tie);
                    f64::from(tie.trust * s[0].max(s[1]).max(s[2]))
                })
            });
            let profile = &world.employees.profiles[i];
            let character = &world.employees.characters[i];
            let standing = &world.employees.standings[i];
            let role = &roles.by_slot[i];
            let persona = world.personas.iter().find(|p| p.slot == Some(slot));
            let name = persona
                .map(|p| p.name.as_str())
                .or_else(|| world.names.get(profile.id as usize).map(String::as_str))
                .filter(|name| !name.is_empty());
            let source = world
                .source_ids
                .get(profile.id as usize)
                .map(String::as_str);
            let tenure = week + i32::from(year > 0) - i32::from(profile.hired);
            let worked = tenure
                .min(WEEKS_PER_YEAR)
                .min(week - world.began + i32::from(year > 0));
            let news = standing.year_news;
            let news_age = (year > 0 && news.elsewhere > 0)
                .then(|| f64::from(news.age) / f64::from(news.elsewhere));
            let of_year = |count: u32| (year > 0).then_some(count);
            let output = (worked > 0).then(|| f64::from(standing.year_output) / f64::from(worked));
            self.employees.push(&[
                year.into(),
                profile.id.into(),
                name.into(),
                source.filter(|s| !s.is_empty()).into(),
                label(world, character.strategy).into(),
                department(world, profile.department).into(),
                level(world, profile.level).into(),
                tenure.max(0).into(),
                f64::from(character.competence).into(),
                output.into(),
                standing.rating.map(f64::from).into(),
                f64::from(profile.reputation).into(),
                role.known_by.into(),
                f64::from(profile.influence).into(),
                role.active.into(),
                role.multiplex.into(),
                role.hollow.into(),
                role.advocates.into(),
                role.informants.into(),
                role.collaborators.into(),
                u32::from(standing.promotions).into(),
                u32::from(standing.reassignments).into(),
                (f64::from(week - character.born) / f64::from(WEEKS_PER_YEAR)).into(),
                f64::from(profile.presence.count_ones()).into(),
                persona.is_some().into(),
                "active".into(),
                (u32::from(profile.level) + 1).into(),
                f64::from(profile.known).into(),
                character.aspiration.word().into(),
                profile.interests.count_ones().into(),
                balance.into(),
                (role.active > 0)
                    .then(|| insight / f64::from(role.active))
                    .into(),
                role.negative.into(),
                regard.into(),
                f64::from(character.managing).into(),
                standing.performed.map(f64::from).into(),
                role.mentors.into(),
                role.mentees.into(),
                u32::from(standing.laterals).into(),
                standing.pay.map(f64::from).into(),
                of_year(u32::from(news.heard)).into(),
                of_year(u32::from(news.elsewhere)).into(),
                news_age.into(),
                of_year(u32::from(news.ideas)).into(),
                of_year(u32::from(standing.year_incidents.0)).into(),
                of_year(u32::from(standing.year_incidents.1)).into(),
                u32::from(standing.imitations).into(),
                f64::from(character.habits.discouragement).into(),
                f64::from(character.habits.effort).into(),
                f64::from(character.skill).into(),
            ])?;
        }
        Ok(())
    }

    /// Ties and network positions of one week.
    pub(super) fn snapshot(
        &mut self,
        world: &World,
        name: &str,
        now: Now<'_>,
    ) -> Result<(), TableError> {
        let wanted = &self.plan.wanted;
        let (ties, positions) = (
            self.plan.ties && wanted.ties.has(name),
            self.plan.positions && wanted.positions.has(name),
        );
        if !ties && !positions {
            return Ok(());
        }
        let active = active_ties(world, now);
        let id = |slot: u32| world.employees.profiles[slot as usize].id;
        if ties {
            self.ties.reserve(active.len());
            for tie in &active {
                self.ties.push(&[
                    name.into(),
                    world.week.into(),
                    id(tie.ego).into(),
                    id(tie.alter).into(),
                    f64::from(tie.strength[0]).into(),
                    f64::from(tie.strength[1]).into(),
                    f64::from(tie.strength[2]).into(),
                    f64::from(tie.trust).into(),
                    i32::from(tie.last_contact).into(),
                    roles::informs(world, tie, &self.plan.definitions).into(),
                    i32::from(tie.first_contact).into(),
                    (f64::from(tie.insight) / 255.0).into(),
                    f64::from(tie.ledger).into(),
                    (tie.trust < self.plan.definitions.hostile).into(),
                ])?;
            }
        }
        if positions {
            self.positions(world, name, &active, now)?;
        }
        Ok(())
    }

    pub(super) fn positions(
        &mut self,
        world: &World,
        name: &str,
        active: &[Active],
        now: Now<'_>,
    ) -> Result<(), TableError> {
        let roles = Roles::of(world, active, now, &self.plan.definitions);
        let present: Vec<u32> = world.employees.present().collect();
        let mut node = vec![u32::MAX; world.employees.slots()];
        for (i, &slot) in present.iter().enumerate() {
            node[slot as usize] = i as u32;
        }
        let n = present.len();
        let pairs = ((n.max(3) - 1) * (n.max(3) - 2)) as f64 / 2.0;
        let threshold = self.plan.definitions.active;
        for (layer, layer_name) in LAYER_NAMES.iter().enumerate() {
            if !self.plan.wanted.layers.has(layer_name) {
                continue;
            }
            let weight = |tie: &Active| -> Option<f64> {
                if layer < LAYERS {
                    let s = tie.strength[layer];
                    (s >= threshold).then(|| f64::from(s))
                } else {
                    Some(tie.strength.iter().map(|&s| f64::from(s)).sum())
                }
            };
            let arcs: Vec<(u32, u32, f64)> = active
                .iter()
                .filter_map(|t| Some((node[t.ego as usize], node[t.alter as usize], weight(t)?)))
                .collect();
            let mut returned = vec![0_u32; n];
            let mut outside = vec![0_u32; n];
            let mut out = vec![0_u32; n];
            let department_of =
                |i: u32| world.employees.profiles[present[i as usize] as usize].department;
            // arcs are sorted by ego, then alter: the reverse is found by bisection
            let mut sorted: Vec<(u32, u32)> = arcs.iter().map(|a| (a.0, a.1)).collect();
            sorted.sort_unstable();
            for &(ego, alter, _) in &arcs {
                out[ego as usize] += 1;
                outside[ego as usize] += u32::from(department_of(ego) != department_of(alter));
                returned[ego as usize] += u32::from(sorted.binary_search(&(alter, ego)).is_ok());
            }
            let Ok(graph) = Graph::from_arcs(n, arcs) else {
                continue;
            };
            let measures = PositionMeasures::with(&graph, &self.plan.measures);
            let community = communities(
                &graph,
                self.plan.measures.seed,
                self.plan.measures.community_restarts,
            );
            for (i, &slot) in present.iter().enumerate() {
                let profile = &world.employees.profiles[slot as usize];
                let role = &roles.by_slot[slot as usize];
                let share = |part: u32| (out[i] > 0).then(|| f64::from(part) / f64::from(out[i]));
                self.positions.push(&[
                    name.into(),
                    world.week.into(),
                    profile.id.into(),
                    label(world, world.employees.characters[slot as usize].strategy).into(),
                    department(world, profile.department).into(),
                    level(world, profile.level).into(),
                    (*layer_name).into(),
                    measures.in_degree[i].into(),
                    measures.out_degree[i].into(),
                    measures.strength_in[i].into(),
                    measures.strength_out[i].into(),
                    (measures.betweenness[i] / pairs).into(),
                    measures.constraint[i].into(),
                    measures.effective_size[i].into(),
                    measures.clustering[i].into(),
                    measures.core[i].into(),
                    share(outside[i]).into(),
                    community.of[i].into(),
                    share(returned[i]).into(),
                    role.advocates.into(),
                    role.informants.into(),
                    role.collaborators.into(),
                    role.hollow.into(),
                ])?;
            }
        }
        Ok(())
    }
}
