//! The house rules that the compiler does not know: who may import whom, never in a circle; the form of a mechanism
//! file; the length of files; and that no decision can know a strategy's name. Reads the sources as text.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod circles;
mod mechanisms;
mod rooms;
mod sources;
mod strategies;
