//! What changes while a firm runs: enough to stop between two weeks and go on later, or to branch.
//!
//! The scenario, the keys of the draws and the tables prepared from it are not part of it: they are made again from
//! the scenario by [`build`](super::build), which costs little.

use serde::{Deserialize, Serialize};

use super::Model;
use crate::mechanisms::Change;
use crate::world::World;

/// The state of a run between two weeks: plain data.
#[derive(Clone, Serialize, Deserialize)]
pub struct State {
    /// The firm.
    pub world: World,
    /// Restructurings so far and to come, by number.
    changes: Vec<Change>,
}

impl Model {
    /// The state of a run between two weeks.
    pub fn state(&self, world: &World) -> State {
        // every field is named, so that a new one must be placed: made again from the scenario, or part of the state
        let Self {
            scenario: _,
            randomness: _,
            shapes: _,
            fading: _,
            rhythm: _,
            attraction: _,
            sources: _,
            assignment: _,
            changes,
            // letters live for a week
            office: _,
        } = self;
        State {
            world: world.clone(),
            changes: changes.clone(),
        }
    }

    /// The state of a run that goes on from it alone.
    pub fn into_state(self, world: World) -> State {
        State {
            world,
            changes: self.changes,
        }
    }

    /// Goes on from a state of a run of the same scenario: hands out the firm.
    pub fn resume(&mut self, state: State) -> World {
        let State { world, changes } = state;
        self.changes = changes;
        world
    }

    /// Goes on from the end of a burn-in that this scenario shares with another: hands out the firm. The
    /// restructurings stay this scenario's own, since none is drawn before the recorded run begins.
    pub fn branch(&self, state: State) -> World {
        debug_assert!(state.world.week <= 0, "only a burn-in is shared");
        state.world
    }
}

#[cfg(test)]
mod tests {
    use super::super::build;
    use crate::scenario::{Scenario, load_default};

    fn scenario() -> Scenario {
        let sets = [
            "organisation.employees=60",
            "years=1",
            "burn_in=20",
            "restructuring.yearly_rate=12",
        ]
        .map(str::to_owned);
        load_default::<Scenario>(&sets).unwrap().value
    }

    fn bytes(state: &super::State) -> Vec<u8> {
        postcard::to_stdvec(state).unwrap()
    }

    #[test]
    fn a_run_that_stopped_and_went_on_is_the_run_that_went_through() {
        let (mut model, mut world, _) = build(scenario(), None);
        let mut quiet = |_: &crate::world::World, _: &super::Model| {};
        for _ in 0..35 {
            model.advance(&mut world, &mut quiet);
        }
        let kept = bytes(&model.state(&world));
        for _ in 0..25 {
            model.advance(&mut world, &mut quiet);
        }
        let through = bytes(&model.state(&world));
        let (mut model, mut other, _) = build(scenario(), None);
        assert_ne!(bytes(&model.state(&other)), kept, "35 weeks leave a trace");
        other = model.resume(postcard::from_bytes(&kept).unwrap());
        assert_eq!(bytes(&model.state(&other)), kept);
        for _ in 0..25 {
            model.advance(&mut other, &mut quiet);
        }
        assert!(bytes(&model.state(&other)) == through);
    }
}
