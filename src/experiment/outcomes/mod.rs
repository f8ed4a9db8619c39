//! Outcomes: from what a file asks for to numbers read off the tables of a run, or what is wrong with the question.

mod compile;
mod complaints;
mod criterion;
mod exposure;
mod filters;
mod incidence;
mod incidence_plan;
mod outcome;

pub use compile::compile;
pub use outcome::{Outcome, evaluate, wanted};

pub(super) use compile::check;
