//! For each wrong scenario the exact words said about it: the real scenario, with the checks across its sections.
//! After a change on purpose: `INSTA_UPDATE=always cargo test --test errors`, and read the difference.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]
#![allow(
    clippy::format_push_string,
    reason = "a report of a test need not be fast"
)]

#[path = "../scenario/cases.rs"]
mod cases;

/// The words about each case, without the code of the cases in the head of the snapshot.
macro_rules! assert_said {
    ($($case:expr),* $(,)?) => {{
        let text = crate::cases::said::<allies::scenario::Scenario>(&[$($case),*]);
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(text) });
    }};
}

/// Three levels and three departments, for cases about an organisation.
macro_rules! firm {
    ($rest:literal) => {
        concat!(
            "[organisation]\nemployees = 60\nsites = [\"Riverside\", \"Hilltop\"]\n",
            "levels = [\n  { name = \"analyst\", share = 0.7 },\n",
            "  { name = \"manager\", share = 0.2, manages = true },\n",
            "  { name = \"director\", share = 0.1, manages = true },\n]\n",
            "functions = [{ name = \"advice\" }, { name = \"services\" }]\n",
            "departments = [\n  { name = \"Strategy\", function = \"advice\" },\n",
            "  { name = \"Analytics\", function = \"advice\" },\n",
            "  { name = \"Services\", function = \"services\", site = \"Hilltop\" },\n]\n",
            $rest
        )
    };
}

mod firm;
mod form;
mod people;
mod programmes;
