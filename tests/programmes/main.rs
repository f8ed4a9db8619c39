//! HR programmes as trials, and what news, incidents and learning do: the direction, strictly, over replicates.
//!
//! Each replicate is a firm of its own seed. A difference counts when its mean over the replicates is three of its
//! standard errors from nothing; the standard error comes from the replicates, so there is no tolerance to set.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

mod consequences;
#[path = "../firms/mod.rs"]
mod firms;
mod kinds;
mod trials;
