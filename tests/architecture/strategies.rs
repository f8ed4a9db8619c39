//! No decision can know a strategy's name.

use crate::sources::{fail_with, sources};

/// Where the names of the shipped strategies may stand as text: defaults, and what draws or explains results.
const MAY_NAME: &[&str] = &[
    "scenario/sections.rs",
    "charts/",
    "language/",
    "analysis/",
    "report/",
    // compares the outcomes of the shipped strategies
    "validation/",
    "cli/",
];

#[test]
fn no_decision_can_read_a_strategys_name() {
    let mut problems = Vec::new();
    for source in sources() {
        let path = source.path.as_str();
        if source.code.contains("label_for_records")
            && !path.starts_with("records/")
            && path != "world/behaviour.rs"
        {
            problems.push(format!("src/{path}: names a strategy"));
        }
        if !MAY_NAME.iter().any(|place| path.starts_with(place)) {
            for name in ["authentic", "transactional", "isolated"] {
                if source.code.contains(&format!("\"{name}\"")) {
                    problems.push(format!("src/{path}: the text \"{name}\""));
                }
            }
        }
        // a rule that asked for the key of a name could compare by it
        if source.room() == "mechanisms" && source.code.contains(".key(") {
            problems.push(format!("src/{path}: asks for the key of a name"));
        }
    }
    fail_with(&problems);
}

#[test]
fn keys_and_conducts_of_strategies_cannot_be_compared() {
    let sources = sources();
    let behaviour = sources
        .iter()
        .find(|s| s.path == "world/behaviour.rs")
        .unwrap();
    for kind in ["Behaviour", "Conduct", "StrategyKey"] {
        let at = behaviour.code.find(&format!("pub struct {kind}")).unwrap();
        let head = &behaviour.code[..at];
        let derive = &head[head.rfind("#[derive(").unwrap()..];
        for comparison in ["PartialEq", "Eq", "PartialOrd", "Hash"] {
            assert!(
                !derive.contains(comparison),
                "{kind} can be compared: {derive}"
            );
            let by_hand = format!("{comparison} for {kind}");
            assert!(!behaviour.code.contains(&by_hand), "{by_hand}");
        }
    }
    assert!(
        behaviour.code.contains("pub struct StrategyKey(u8);"),
        "the number inside is private"
    );
}
