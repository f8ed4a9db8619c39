//! The phases of a week in which people relate: choice, acceptance, exchange, talk, work; one file each.
//!
//! Here the rules are put together; none of them is stated here.

mod accept;
mod choose;
mod circle;
mod exchange;
mod talk;
mod work;

use crate::engine::{Basis, STRANGER};
use crate::mechanisms::decay::Fading;
use crate::random::Draws;
use crate::scenario::Scenario;
use crate::world::{Character, Conduct, FRIENDSHIP, Profile, Tie, place_of};

/// Share of the contacts with a known person in which mutual contacts are counted.
const COUNTED: f32 = 0.25;

/// A person with the conduct that the strategy makes.
#[derive(Clone, Copy)]
struct Person<'a> {
    profile: &'a Profile,
    character: &'a Character,
    conduct: &'a Conduct,
}

/// Place of the record about someone who is still the same person, or `STRANGER`.
#[inline(always)]
fn place_about(partners: &[u32], records: &[Tie], alter: u32, other: &Profile) -> u16 {
    place_of(partners, alter)
        .filter(|&place| records[place].formed >= other.hired)
        .map_or(STRANGER, |place| place as u16)
}

/// One person's part in a contact: M5, M6 and M7 together.
struct Part {
    basis: Basis,
    kind: u8,
    aimed: bool,
    amount: f32,
    regard: f32,
}

impl Scenario {
    /// What ego brings into a contact with alter; a tie comes with its closeness now.
    #[inline(always)]
    fn part(
        &self,
        fading: &Fading,
        week: i32,
        Person {
            profile,
            character,
            conduct,
        }: Person<'_>,
        alter: &Profile,
        tie: Option<(&Tie, f32)>,
        draws: &mut Draws,
    ) -> Part {
        let shared = profile.shared_interests(alter);
        let basis = self.sincerity.basis(conduct, shared, draws);
        let point = draws.uniform();
        let (aimed, hold, regard) = tie.map_or((false, 1.0, 0.0), |(tie, closeness)| {
            (
                point < f32::from(tie.insight) * (1.0 / 255.0),
                self.reciprocity.hold(
                    conduct,
                    tie.ledger * fading.ledger_left(tie, week),
                    tie.strength[FRIENDSHIP],
                    alter.influence,
                ),
                tie.trust * closeness,
            )
        });
        let kind = if aimed { alter.need } else { character.habit };
        let capability = self.exchange.capability(kind, character, profile);
        let kept = 1.0 - conduct.generosity;
        let generosity = conduct.generosity + character.habits.cooperation * kept;
        let amount = (generosity * hold).min(1.0) * capability;
        Part {
            basis,
            kind,
            aimed,
            amount,
            regard,
        }
    }
}
