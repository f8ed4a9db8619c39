//! The machinery of scenario files, tried on a demonstration struct.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]
#![allow(
    clippy::format_push_string,
    reason = "a report of a test need not be fast"
)]

mod any_input;
mod cases;
mod demo;
mod errors;
mod file_errors;
mod files;
mod reference;
