//! A real organisation as the starting firm, from the scenario file to the end of the run.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]
#![allow(
    clippy::format_push_string,
    reason = "a story of a test need not be made fast"
)]
#![allow(
    clippy::unnecessary_debug_formatting,
    reason = "a path as a TOML string is quoted"
)]

mod files;
mod firm;
mod real_firms;
mod refusals;
mod small_firm;
