//! Careers in whole firms: that each rule pushes the way its source says, strictly, over replicates.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

mod coming_and_going;
#[path = "../firms/mod.rs"]
mod firms;
mod promotion;
mod replicates;
mod standing;
mod upheaval;
