//! From a checked scenario to a firm at the start of its burn-in, and the rules ready to run.

use super::Model;
use crate::engine::PostOffice;
use crate::mechanisms::choice::Rhythm;
use crate::mechanisms::decay::{Fading, NOT_COUNTED};
use crate::random::{Draws, Purpose, Randomness, Shapes};
use crate::scenario::{Persona, Scenario};
use crate::units::WEEKS_PER_YEAR;
use crate::world::{
    Conduct, FRIENDSHIP, NOBODY, Persona as Followed, Strategies, StrategyKey, Ties, VALUE_NAMES,
    World,
};

/// What was drawn or decided while building, in sentences for the manifest.
pub type Notes = Vec<String>;

/// Shares of the strategies, general and by department, ready to draw from.
pub(super) struct AssignmentTable {
    keys: Vec<StrategyKey>,
    general: Vec<f64>,
    by_department: Vec<Option<Vec<f64>>>,
}

impl AssignmentTable {
    fn new(scenario: &Scenario, strategies: &Strategies, departments: &[String]) -> Self {
        let weights = |shares: &std::collections::BTreeMap<String, crate::units::Share>| {
            scenario
                .strategies
                .keys()
                .map(|name| shares.get(name).map_or(0.0, |share| share.get()))
                .collect::<Vec<f64>>()
        };
        Self {
            keys: strategies.keys().collect(),
            general: weights(&scenario.assignment.shares),
            by_department: departments
                .iter()
                .map(|name| scenario.assignment.by_department.get(name).map(weights))
                .collect(),
        }
    }

    /// The strategy of a new person in a department.
    pub(super) fn draw(&self, department: u16, draws: &mut Draws) -> StrategyKey {
        let weights = self
            .by_department
            .get(department as usize)
            .and_then(Option::as_ref)
            .unwrap_or(&self.general);
        draws
            .weighted(weights)
            .and_then(|i| self.keys.get(i).copied())
            .unwrap_or_default()
    }
}

/// Builds the firm and the rules. The scenario must have passed its checks; `import` is the real organisation, already read.
pub fn build(
    mut scenario: Scenario,
    import: Option<&crate::initialization::Imported>,
) -> (Model, World, Notes) {
    let mut notes = Notes::new();
    let randomness = Randomness::new(scenario.seed);
    let arranged = import.map(|imported| imported.arrange(&randomness));
    if let Some(arranged) = &arranged {
        arranged.complete(&mut scenario.organisation);
    }
    scenario.complete();
    scenario.organisation.complete();
    let strategies = Strategies::new(
        scenario
            .strategies
            .iter()
            .map(|(name, behaviour)| (name.clone(), Conduct::from(behaviour))),
    );
    let organisation = match &arranged {
        Some(arranged) => arranged.organisation(&scenario.organisation),
        None => scenario.organisation.build(&randomness),
    };
    let departments: Vec<String> = organisation
        .departments
        .iter()
        .map(|d| d.name.clone())
        .collect();
    let assignment = AssignmentTable::new(&scenario, &strategies, &departments);
    let start = if import.is_some() {
        0
    } else {
        -(scenario.burn_in.get() as i32)
    };
    let mut world = World {
        week: start,
        began: start,
        organisation,
        ties: Ties::new(0, scenario.capacity.largest()),
        cooperation: scenario.organisation.cooperation.single(),
        strategies,
        ..World::default()
    };
    populate(&mut world, &scenario, &assignment, &randomness);
    let fading = scenario.decay.fading(scenario.reciprocity.half_life);
    let rhythm = scenario.choice.rhythm();
    if let Some(arranged) = &arranged {
        arranged.furnish(&mut world, &randomness, &mut notes);
        settle_imported(&mut world, &fading, &rhythm, &randomness, &mut notes);
    }
    let pseudonyms = scenario
        .organisation
        .import
        .as_ref()
        .is_some_and(|plan| plan.pseudonyms);
    let mut taken: Vec<u32> = Vec::new();
    for persona in &scenario.personas {
        if let Some(slot) = place_persona(&world, persona, &taken) {
            taken.push(slot);
            furnish(&mut world, persona, slot);
            if pseudonyms {
                give_name(&mut world.names, slot as usize, &persona.name);
            }
        } else {
            notes.push(format!("persona {}: no post fits, left out", persona.name));
        }
    }
    let shapes = Shapes::default();
    let pairs = randomness.week(Purpose::Liking, 0);
    let attraction = scenario.liking.attraction(pairs);
    let sources = scenario.opportunity.sources();
    let office = PostOffice::new((2 * world.strategies.largest_initiative() as usize + 2).min(12));
    let mut changes = scenario.restructurings.clone();
    changes.sort_by_key(|c| c.week);
    for (i, change) in changes.iter_mut().enumerate() {
        if change.name.is_empty() {
            change.name = format!("{}", i + 1);
        }
    }
    let model = Model {
        scenario,
        randomness,
        shapes,
        fading,
        rhythm,
        attraction,
        sources,
        assignment,
        changes,
        office,
    };
    (model, world, notes)
}

/// Fills every post with a new person, in the order of the posts.
fn populate(
    world: &mut World,
    scenario: &Scenario,
    assignment: &AssignmentTable,
    randomness: &Randomness,
) {
    let week = world.week;
    let middle = (world.organisation.levels.len().max(1) - 1) as f64 / 2.0;
    for post in 0..world.organisation.posts.len() as u32 {
        let place = world.organisation.posts[post as usize];
        let id = world.employees.next_id();
        let mut draws = randomness.draws(Purpose::Person, 0, id);
        let strategy = assignment.draw(place.department, &mut draws);
        let (mut profile, character, mut standing) =
            scenario
                .hiring
                .person(place.level, middle, week, strategy, &mut draws);
        // tenure at the start: exponential with the mean that the level's exits imply, within the working life
        let exits = world.organisation.levels[place.level as usize]
            .exit_rate
            .max(0.02);
        let years = -libm::log(1.0 - draws.uniform_double()) / exits;
        let adult = f64::from(week - character.born) / f64::from(WEEKS_PER_YEAR) - 18.0;
        let tenure = (years.min(adult.max(0.0)) * f64::from(WEEKS_PER_YEAR)) as i32;
        profile.hired = (week - tenure) as i16;
        let on_level = (f64::from(tenure) * draws.uniform_double()) as i32;
        let internal = world.organisation.levels[place.level as usize].internal_share;
        standing.pay = scenario.pay.at_start(
            place.level,
            internal,
            f64::from(on_level) / f64::from(WEEKS_PER_YEAR),
            &mut draws,
        );
        let slot = world.employees.admit(profile, character, standing);
        world.seat(slot, post);
        standing = world.employees.standings[slot as usize];
        standing.level_since = (week - on_level) as i16;
        world.employees.standings[slot as usize] = standing;
    }
    world.ties.resize(world.employees.slots());
}

/// Completes imported ties by what only the rules know: fading class, last active week and next contact; and
/// gives everyone the look at the own ties that others take every thirteen weeks.
fn settle_imported(
    world: &mut World,
    fading: &Fading,
    rhythm: &Rhythm,
    randomness: &Randomness,
    notes: &mut Notes,
) {
    let week = world.week;
    // 0 is the key of the reporting line of an invented firm, which is never built beside an imported one
    let key = randomness.week(Purpose::Start, 0);
    let (mut all, mut weak) = (0_usize, 0_usize);
    for ego in 0..world.employees.slots() as u32 {
        let me = world.employees.profiles[ego as usize];
        let standing = &mut world.employees.standings[ego as usize];
        let row = world.ties.row_mut(ego);
        for place in 0..row.partners.len() {
            if row.partners[place] == NOBODY {
                continue;
            }
            let other = &world.employees.profiles[row.partners[place] as usize];
            let tie = &mut row.records[place];
            let last = i32::from(tie.last_contact);
            tie.fading = NOT_COUNTED << 5;
            tie.fading = fading.class(tie, last, me.department != other.department, NOT_COUNTED);
            row.active_until[place] = fading.active_until(tie, last);
            let weeks = rhythm.weeks(tie.peak());
            let whole = weeks as i32;
            let more = key.of_pair(me.id, other.id).uniform() < weeks - whole as f32;
            row.due[place] = (last + (whole + i32::from(more)).max(1)).max(week) as i16;
            all += 1;
            if i32::from(row.active_until[place]) >= week {
                standing.friendship += fading.now(tie, week)[FRIENDSHIP];
                standing.active_ties = standing.active_ties.saturating_add(1);
            } else {
                weak += 1;
            }
        }
    }
    if weak > 0 {
        notes.push(format!(
            "{weak} of {all} pairs tied in the files are too weak to count as active at the start"
        ));
    }
}

/// Calls an imported person by the persona's name; whoever has it as an invented name gets the one that is free.
fn give_name(names: &mut [String], person: usize, name: &str) {
    if let Some(other) = names.iter().position(|n| n == name) {
        names.swap(person, other);
    } else if let Some(own) = names.get_mut(person) {
        name.clone_into(own);
    }
}

/// The slot that a persona takes: the first holder of a post that fits and is not yet a persona.
fn place_persona(world: &World, persona: &Persona, taken: &[u32]) -> Option<u32> {
    let organisation = &world.organisation;
    if let Some(source) = &persona.source_id {
        return world
            .source_ids
            .iter()
            .position(|id| id == source)
            .map(|i| i as u32);
    }
    let department = persona.department.as_ref().and_then(|name| {
        organisation
            .departments
            .iter()
            .position(|d| d.name == *name)
    });
    let level = persona
        .level
        .as_ref()
        .and_then(|name| organisation.levels.iter().position(|l| l.name == *name))
        .unwrap_or(0);
    organisation
        .posts
        .iter()
        .filter(|post| post.holder != NOBODY && !taken.contains(&post.holder))
        .filter(|post| department.is_none_or(|d| post.department as usize == d))
        .filter(|post| post.level as usize == level)
        .map(|post| post.holder)
        .next()
}

/// Gives a person what the scenario says of the persona.
fn furnish(world: &mut World, persona: &Persona, slot: u32) {
    let i = slot as usize;
    let key = persona
        .strategy
        .as_ref()
        .and_then(|name| world.strategies.key(name));
    let character = &mut world.employees.characters[i];
    if let Some(key) = key {
        character.strategy = key;
    }
    if let Some(competence) = persona.competence {
        character.competence = competence.single();
    }
    if let Some(skill) = persona.skill {
        character.skill = skill.single();
    }
    if let Some(habit) = persona.habit {
        character.habit = (habit as usize).min(VALUE_NAMES.len() - 1) as u8;
    }
    let character_skill = character.skill;
    if let Some(resources) = persona.resources {
        world.employees.standings[i].resources = resources.single();
    }
    let warmth = crate::mechanisms::hiring::warmth(f64::from(character_skill));
    let profile = &mut world.employees.profiles[i];
    if persona.skill.is_some() {
        profile.warmth = warmth;
    }
    if let Some(interests) = persona.interests {
        // the lowest topics not yet in the set come first: no draw, so nobody else's luck moves
        let wanted = interests.get().min(32);
        let mut topic = 0;
        while profile.interests.count_ones() < wanted && topic < 32 {
            profile.interests |= 1 << topic;
            topic += 1;
        }
        while profile.interests.count_ones() > wanted {
            profile.interests &= profile.interests - 1;
        }
    }
    if let Some(days) = persona.office_days {
        profile.presence = ((1_u32 << (days.get() as u32).min(5)) - 1) as u8;
    }
    world.personas.push(Followed {
        name: persona.name.clone(),
        id: profile.id,
        slot: Some(slot),
        stays: persona.stays.unwrap_or(true),
    });
}
