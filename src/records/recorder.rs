//! The observer: turns the firm, week by week, into rows. It reads the world and never changes it.

use super::active::{Active, active_places, active_ties};
use super::roles::{self, Definitions, Roles};
use super::survey::{self, SurveyPlan, survey};
use super::trace::{TracePlan, Tracer};
use super::wanted::Wanted;
use super::{Table, TableError, columns};
use crate::engine::PostOffice;
use crate::measures::communities::communities;
use crate::measures::{Graph, Options, PositionMeasures};
use crate::random::{Randomness, Shapes};
use crate::units::WEEKS_PER_YEAR;
use crate::world::{Event, EventKind, LAYERS, StrategyKey, Tie, World};

/// Names of the layers in the tables, and of all three together.
pub const LAYER_NAMES: [&str; LAYERS + 1] =
    ["collaboration", "friendship", "career_support", "union"];

/// What is recorded, and when.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Length of the recorded run [weeks].
    pub weeks: i32,
    /// Whether ties are recorded at snapshots.
    pub ties: bool,
    /// Whether network positions are recorded at snapshots.
    pub positions: bool,
    /// Whether a snapshot is taken at each year's end.
    pub yearly: bool,
    /// Weeks between counts of the active ties.
    pub ties_every: i32,
    /// How exact the network measures are.
    pub measures: Options,
    /// When a tie is strong, an ally an advocate, and so on.
    pub definitions: Definitions,
    /// Which rows anybody will read.
    pub wanted: Wanted,
    /// How the survey is taken, if it is.
    pub survey: Option<SurveyPlan>,
    /// When contacts are traced, if they are.
    pub trace: Option<TracePlan>,
    /// Seed of the run, for the observers' own draws.
    pub seed: u64,
}

/// How the observer sees ties: strengths now.
pub type Now<'a> = &'a (dyn Fn(&Tie) -> [f32; LAYERS] + Sync);

/// The tables of a run in the making.
pub struct Recorder {
    plan: Plan,
    /// Weeks of the restructurings known so far, by number.
    changes: Vec<i32>,
    events: Table,
    decisions: Table,
    employees: Table,
    positions: Table,
    ties: Table,
    weekly: Table,
    placements: Table,
    programmes: Table,
    survey: Table,
    trace: Table,
    tracer: Option<Tracer>,
    luck: (Randomness, Shapes),
}

impl Recorder {
    /// Empty tables.
    pub fn new(plan: Plan) -> Self {
        Self {
            tracer: plan.trace.map(Tracer::new),
            luck: (Randomness::new(plan.seed), Shapes::default()),
            plan,
            changes: Vec::new(),
            events: Table::new(&columns::EVENTS),
            decisions: Table::new(&columns::DECISIONS),
            employees: Table::new(&columns::EMPLOYEES),
            positions: Table::new(&columns::POSITIONS),
            ties: Table::new(&columns::TIES),
            weekly: Table::new(&columns::WEEKLY),
            placements: Table::new(&columns::PLACEMENTS),
            programmes: Table::new(&columns::PROGRAMMES),
            survey: Table::new(&columns::SURVEY),
            trace: Table::new(&columns::TRACE),
        }
    }

    /// All tables, in the order of the dictionary.
    pub fn tables(&self) -> [&Table; 10] {
        [
            &self.events,
            &self.decisions,
            &self.employees,
            &self.positions,
            &self.ties,
            &self.weekly,
            &self.placements,
            &self.programmes,
            &self.survey,
            &self.trace,
        ]
    }

    /// The start of the recorded run, before its first week.
    ///
    /// # Errors
    /// Only if a row does not fit its table, which would be a mistake of this program.
    pub fn start(
        &mut self,
        world: &World,
        changes: Vec<i32>,
        now: Now<'_>,
    ) -> Result<(), TableError> {
        self.changes = changes;
        self.year(world, 0, now)?;
        self.ask(world, "start", now)?;
        self.snapshot(world, "start", now)
    }

    /// The contacts of the week that has just been simulated.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn contacts(&mut self, world: &World, office: &PostOffice) -> Result<(), TableError> {
        match &mut self.tracer {
            Some(tracer) => tracer.week(&mut self.trace, world, office),
            None => Ok(()),
        }
    }

    /// A survey under the name of a snapshot.
    fn ask(&mut self, world: &World, name: &str, now: Now<'_>) -> Result<(), TableError> {
        let Some(plan) = &self.plan.survey else {
            return Ok(());
        };
        let (randomness, shapes) = &self.luck;
        let names = survey(world, now, plan, randomness, shapes);
        survey::record(&mut self.survey, world, name, &names)
    }

    /// The week that has just been simulated.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn week(&mut self, world: &World, changes: &[i32], now: Now<'_>) -> Result<(), TableError> {
        if self.changes.len() < changes.len() {
            self.changes
                .extend_from_slice(&changes[self.changes.len()..]);
        }
        if self.plan.wanted.events {
            for event in &world.happenings.events {
                self.event(world, event)?;
            }
            self.incidents(world)?;
        }
        if self.plan.wanted.decisions {
            self.decisions(world)?;
        }
        if self.plan.wanted.placements {
            self.placements(world)?;
        }
        self.enrolments(world)?;
        if self.plan.wanted.weekly {
            self.weekly(world)?;
        }
        let week = world.week;
        let last = week == self.plan.weeks - 1;
        let year_ends = (week + 1) % WEEKS_PER_YEAR == 0;
        if year_ends {
            self.year(world, i64::from((week + 1) / WEEKS_PER_YEAR), now)?;
        }
        let mut names = Vec::new();
        if last {
            names.push("end".to_owned());
        } else if year_ends && self.plan.yearly {
            names.push(format!("year-{}", (week + 1) / WEEKS_PER_YEAR));
        }
        for (i, &due) in self.changes.iter().enumerate() {
            if week == due - 1 {
                names.push(format!("restructuring-{}-before", i + 1));
            }
            for after in [4, 13, 52] {
                if week == due + after {
                    names.push(format!("restructuring-{}-after-{after}", i + 1));
                }
            }
        }
        // a survey is taken once a year, not around every restructuring
        if let Some(name) = names
            .first()
            .filter(|_| last || year_ends && self.plan.yearly)
        {
            self.ask(world, name, now)?;
        }
        for name in names {
            self.snapshot(world, &name, now)?;
        }
        Ok(())
    }

    fn event(&mut self, world: &World, event: &Event) -> Result<(), TableError> {
        let detail = (event.kind == EventKind::Restructuring)
            .then(|| {
                event
                    .from_department
                    .map(|d| format!("first affected: {}", department(world, d)))
            })
            .flatten();
        self.events.push(&[
            event.week.into(),
            event.kind.word().into(),
            event.employee.into(),
            event.strategy.map(|s| label(world, s)).into(),
            event.from_department.map(|d| department(world, d)).into(),
            event.to_department.map(|d| department(world, d)).into(),
            event.from_level.map(|l| level(world, l)).into(),
            event.to_level.map(|l| level(world, l)).into(),
            event.cause.into(),
            event.restructuring.map(|r| u32::from(r) + 1).into(),
            detail.as_deref().into(),
            event.chain.map(u32::from).into(),
            event.decision.into(),
            None::<u32>.into(),
            None::<u32>.into(),
            None::<u32>.into(),
            None::<f64>.into(),
        ])
    }

    /// Incidents stand among the events, with who was there.
    fn incidents(&mut self, world: &World) -> Result<(), TableError> {
        for incident in &world.happenings.incidents {
            let (department, level) = (
                department(world, incident.department),
                level(world, incident.level),
            );
            self.events.push(&[
                incident.week.into(),
                "incident".into(),
                incident.employee.into(),
                label(world, incident.strategy).into(),
                department.into(),
                department.into(),
                level.into(),
                level.into(),
                incident.cause.into(),
                None::<u32>.into(),
                None::<&str>.into(),
                None::<u32>.into(),
                None::<u32>.into(),
                u32::from(incident.present).into(),
                u32::from(incident.counted_on).into(),
                u32::from(incident.defenders).into(),
                f64::from(incident.harm).into(),
            ])?;
        }
        Ok(())
    }

    fn enrolments(&mut self, world: &World) -> Result<(), TableError> {
        for e in &world.happenings.enrolments {
            self.programmes.push(&[
                e.programme.as_str().into(),
                e.kind.into(),
                e.week.into(),
                e.employee.into(),
                label(world, e.strategy).into(),
                e.treated.into(),
                e.ends.into(),
                f64::from(e.hours).into(),
                e.partner.into(),
            ])?;
        }
        Ok(())
    }

    fn decisions(&mut self, world: &World) -> Result<(), TableError> {
        for decision in &world.happenings.decisions {
            for (rank, c) in decision.candidates.iter().enumerate() {
                self.decisions.push(&[
                    decision.number.into(),
                    decision.week.into(),
                    decision.kind.word().into(),
                    department(world, decision.department).into(),
                    level(world, decision.level).into(),
                    c.employee.into(),
                    label(world, c.strategy).into(),
                    (rank as u32 + 1).into(),
                    c.chosen.into(),
                    c.score.into(),
                    c.performance.into(),
                    c.reputation.into(),
                    c.advocacy.into(),
                    c.acquaintance.into(),
                    c.luck.into(),
                    u32::from(decision.panel_size).into(),
                    u32::from(c.advocates).into(),
                    u32::from(c.known_to).into(),
                    decision.restructuring.map(|r| u32::from(r) + 1).into(),
                    c.breadth.into(),
                    c.potential.into(),
                    u32::from(c.dampened).into(),
                    u32::from(c.opponents).into(),
                ])?;
            }
        }
        Ok(())
    }

    fn placements(&mut self, world: &World) -> Result<(), TableError> {
        for p in &world.happenings.placements {
            self.placements.push(&[
                (u32::from(p.restructuring) + 1).into(),
                p.week.into(),
                p.employee.into(),
                label(world, p.strategy).into(),
                department(world, p.from_department).into(),
                p.to_department.map(|d| department(world, d)).into(),
                level(world, p.from_level).into(),
                p.to_level.map(|l| level(world, l)).into(),
                p.outcome.word().into(),
                p.displaced.into(),
            ])?;
        }
        Ok(())
    }

    fn weekly(&mut self, world: &World) -> Result<(), TableError> {
        let week = world.week;
        let employees = &world.employees;
        let (mut contacts, mut across, mut formed, mut dropped) = (0_i64, 0_i64, 0_i64, 0_i64);
        // by video, in writing, cross-site, arranged, conflicts; feigned, seen through, revived, kindled, rumours
        let (mut both_sides, mut one_side) = ([0_i64; 5], [0_i64; 5]);
        let (mut formal, mut further) = (0_i64, 0_i64);
        let projects = &world.happenings.projects;
        let (mut heard, mut ideas) = (0_i64, 0_i64);
        let (mut output, mut programme_hours) = (0.0, 0.0);
        let mut active = 0_i64;
        let counts = week % self.plan.ties_every.max(1) == 0;
        for slot in employees.present() {
            let state = &employees.weeks[slot as usize];
            contacts += i64::from(state.contacts);
            across += i64::from(state.across);
            formal += i64::from(state.formal);
            further += i64::from(state.further);
            formed += i64::from(state.formed);
            dropped += i64::from(state.dropped);
            let both = [
                state.by_video,
                state.in_writing,
                state.other_site,
                state.arranged,
                state.conflicts,
            ];
            let one = [
                state.feigned,
                state.seen_through,
                state.revived,
                u8::from(state.kindled.is_some()),
                state.rumours,
            ];
            for (sum, count) in both_sides.iter_mut().zip(both) {
                *sum += i64::from(count);
            }
            for (sum, count) in one_side.iter_mut().zip(one) {
                *sum += i64::from(count);
            }
            output += f64::from(state.output);
            heard += i64::from(state.news);
            ideas += i64::from(state.ideas);
            programme_hours += f64::from(employees.standings[slot as usize].programme_hours);
            if counts {
                active += active_places(world, slot).count() as i64;
            }
        }
        let incidents = &world.happenings.incidents;
        let defended = incidents.iter().filter(|i| i.defenders > 0).count();
        let count = |kinds: &[EventKind]| {
            world
                .happenings
                .events
                .iter()
                .filter(|e| kinds.contains(&e.kind))
                .count() as i64
        };
        self.weekly.push(&[
            week.into(),
            employees.headcount().into(),
            output.into(),
            (contacts / 2).into(),
            (across / 2).into(),
            counts.then_some(active).into(),
            formed.into(),
            dropped.into(),
            count(&[EventKind::Promoted]).into(),
            count(&[EventKind::Reassigned]).into(),
            count(&[EventKind::Left, EventKind::LaidOff, EventKind::Retired]).into(),
            count(&[EventKind::Hired]).into(),
            (both_sides[0] / 2).into(),
            (both_sides[1] / 2).into(),
            (both_sides[2] / 2).into(),
            (both_sides[3] / 2).into(),
            (both_sides[4] / 2).into(),
            one_side[0].into(),
            one_side[1].into(),
            one_side[2].into(),
            one_side[3].into(),
            one_side[4].into(),
            (formal / 2).into(),
            projects.ended.into(),
            projects.won.into(),
            projects.crossing.into(),
            projects.crossing_won.into(),
            projects.translated.into(),
            projects.translated_won.into(),
            world.happenings.efficiency.into(),
            heard.into(),
            ideas.into(),
            (incidents.len() as i64).into(),
            (defended as i64).into(),
            programme_hours.into(),
            i64::from(world.happenings.meetings).into(),
            ((contacts + further) / 2).into(),
        ])
    }

    /// The yearly panel.
    fn year(&mut self, world: &World, year: i64, now: Now<'_>) -> Result<(), TableError> {
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
    fn snapshot(&mut self, world: &World, name: &str, now: Now<'_>) -> Result<(), TableError> {
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

    fn positions(
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

/// Name of a person's strategy, for records and analysis.
pub fn strategy_of(world: &World, slot: u32) -> &str {
    label(world, world.employees.characters[slot as usize].strategy)
}

fn label(world: &World, key: StrategyKey) -> &str {
    world.strategies.label_for_records(key)
}

fn department(world: &World, d: u16) -> &str {
    &world.organisation.departments[d as usize].name
}

fn level(world: &World, l: u8) -> &str {
    &world.organisation.levels[l as usize].name
}
