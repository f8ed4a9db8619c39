//! Which way the rules of relating (M1 to M10) work in whole firms: each effect is the mean difference of paired firms
//! (same seed, one thing changed), more than four standard errors from 0.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod contacts;
mod fading;
#[path = "../firms/mod.rs"]
mod firms;
mod layers;
mod paired;
mod presence;
mod reputation;
mod trust;
