//! The layers of a tie as observers see them: what they are called, and how strong they are now.

use crate::world::{LAYERS, Tie};

/// Names of the layers in the tables, and of all three together.
pub const LAYER_NAMES: [&str; LAYERS + 1] =
    ["collaboration", "friendship", "career_support", "union"];

/// How the observer sees ties: strengths now, by layer [0 to 1].
pub type Now<'a> = &'a (dyn Fn(&Tie) -> [f32; LAYERS] + Sync);
