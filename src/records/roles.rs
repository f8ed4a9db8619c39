//! Roles read off ties, never assigned: advocates, informants, collaborators, hollow ties.

use super::active::Active;
use super::layers::Now;
use crate::world::{CAREER, COLLABORATION, FRIENDSHIP, World};

/// When a tie is strong and an ally an advocate: definitions of what is recorded, not rules of the model.
#[derive(Debug, Clone, Copy)]
pub struct Definitions {
    /// Strength from which a tie is active on a layer [0 to 1].
    pub active: f32,
    /// Strength from which a layer is strong [0 to 1].
    pub strong: f32,
    /// Trust below which a tie is negative [0 to 1]; 0 when nobody falls out.
    pub hostile: f32,
    /// Support (trust times the stronger of friendship and career support) from which a colleague speaks up [0 to 1].
    pub speaks_up: f32,
    /// Career support from which one looks up to a mentor [0 to 1].
    pub looks_up: f32,
    /// Support from which a mentor looks after one [0 to 1].
    pub looks_after: f32,
    /// Weeks in the firm by which a mentor of the same level is ahead.
    pub ahead: i32,
}

/// One person's allies.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Allies {
    pub(super) known_by: u32,
    pub(super) active: u32,
    pub(super) multiplex: u32,
    pub(super) hollow: u32,
    pub(super) advocates: u32,
    pub(super) informants: u32,
    pub(super) collaborators: u32,
    pub(super) negative: u32,
    pub(super) mentors: u32,
    pub(super) mentees: u32,
}

/// Whether the holder of a tie is an informant of the other: a strong tie, trust of one half or more, and the habit
/// of giving information or introductions.
pub(super) fn informs(world: &World, tie: &Active, definitions: &Definitions) -> bool {
    let habit = world.employees.characters[tie.ego as usize].habit;
    let strong = tie.strength.iter().any(|&s| s >= definitions.strong);
    strong && tie.trust >= 0.5 && (habit == 0 || habit == 4)
}

/// Everyone's allies, by slot.
pub(super) struct Roles {
    pub(super) by_slot: Vec<Allies>,
}

impl Roles {
    /// Reads the roles off the active ties.
    ///
    /// - *advocate* of i: holds a tie to i whose support is at least `speaks_up`.
    /// - *informant* of i: holds a strong tie to i with trust of one half or more, and gives information or introductions by habit.
    /// - *collaborator* of i: collaboration is strong in both directions.
    /// - *negative* tie about i: trust below `hostile`.
    /// - *mentor* of i: of a higher level, or of the same and `ahead` weeks longer here; i's career support is at least `looks_up`, and the
    ///   other's support for i at least `looks_after`.
    /// - *hollow* tie of i: friendship or career support is strong in i's record, but the other's support for i is below `speaks_up`.
    pub(super) fn of(
        world: &World,
        active: &[Active],
        now: Now<'_>,
        definitions: &Definitions,
    ) -> Self {
        let &Definitions {
            active: _,
            strong,
            hostile,
            speaks_up,
            looks_up,
            looks_after,
            ahead,
        } = definitions;
        let mut by_slot = vec![Allies::default(); world.employees.slots()];
        for tie in active {
            let s = tie.strength;
            let warmest = s[CAREER].max(s[FRIENDSHIP]);
            let strong_layers = s.iter().filter(|&&s| s >= strong).count();
            let back = world.tie(tie.alter, tie.ego).map(|t| (now(t), t.trust));
            let support_back = back.map_or(0.0, |(s, trust)| trust * s[CAREER].max(s[FRIENDSHIP]));
            let profiles = &world.employees.profiles;
            let (junior, senior) = (&profiles[tie.ego as usize], &profiles[tie.alter as usize]);
            let longer = i32::from(junior.hired) - i32::from(senior.hired);
            let is_ahead =
                senior.level > junior.level || senior.level == junior.level && longer >= ahead;
            let is_mentor = is_ahead && s[CAREER] >= looks_up && support_back >= looks_after;
            let ego = &mut by_slot[tie.ego as usize];
            ego.mentors += u32::from(is_mentor);
            ego.active += 1;
            ego.multiplex += u32::from(strong_layers >= 2);
            ego.hollow += u32::from(warmest >= strong && support_back < speaks_up);
            let both = back.is_some_and(|(b, _)| b[COLLABORATION] >= strong);
            ego.collaborators += u32::from(s[COLLABORATION] >= strong && both);
            let alter = &mut by_slot[tie.alter as usize];
            alter.known_by += 1;
            alter.mentees += u32::from(is_mentor);
            alter.advocates += u32::from(tie.trust * warmest >= speaks_up);
            alter.informants += u32::from(informs(world, tie, definitions));
        }
        // a negative tie is one whether it is active or not
        for ego in world.employees.present() {
            for (_, alter, tie) in world.ties.row(ego).iter() {
                let is_same = tie.formed >= world.employees.profiles[alter as usize].hired;
                by_slot[alter as usize].negative += u32::from(is_same && tie.trust < hostile);
            }
        }
        Self { by_slot }
    }
}
