//! The facts, by topic: one small function each.

#![allow(clippy::unnecessary_wraps)] // a measure may have no value; all have the same form

mod limits;
pub mod long_run;
mod managers;
mod mobility;
mod pay;
mod programmes;
mod promotion;
mod remote;
mod restructuring;
mod sincerity;
mod staying;
mod structure;
mod tie_lives;
mod ties;

use super::fact::Fact;

/// All facts, topic by topic.
pub fn all() -> Vec<(&'static str, Vec<Fact>)> {
    vec![
        ("Promotion", promotion::facts()),
        ("Managers", managers::facts()),
        ("Pay", pay::facts()),
        ("Coming, going and chains of moves", mobility::facts()),
        ("What keeps people", staying::facts()),
        ("Formal structure", structure::facts()),
        ("Lives of ties", tie_lives::facts()),
        ("Numbers and shape of ties", ties::facts()),
        ("Holes, sincerity, reciprocity, liking", sincerity::facts()),
        ("Restructuring", restructuring::facts()),
        ("Office, hybrid and remote work", remote::facts()),
        ("HR programmes", programmes::facts()),
        ("Published models", limits::facts()),
        ("The long run", long_run::facts()),
    ]
}
