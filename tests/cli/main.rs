//! The program as its users meet it: what each command writes, prints, refuses and leaves alone.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

mod commands;
#[cfg(unix)]
mod interrupted;
mod place;
mod runs;
mod verify;
