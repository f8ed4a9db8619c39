//! Experiments as a user runs them: pairs, kills, resumption, shards, mistakes, studies.

#![allow(clippy::unwrap_used)]

mod calibrations;
mod checkpoints;
mod failures;
mod kept_tables;
mod language;
mod mistakes;
mod pairs;
mod place;
mod repeats;
mod resumption;
mod shards;
mod studies;
