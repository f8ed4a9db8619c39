//! Sections of experiment files that several tests begin from.

use super::{Ablation, Factor, Method, Sensitivity};

/// A sensitivity to three keys between 0 and 1.
pub(in crate::experiment) fn three(method: Method, points: u32) -> Sensitivity {
    let key = |name: &str| Factor {
        key: name.into(),
        from: Some(0.0),
        to: Some(1.0),
        ..Factor::default()
    };
    Sensitivity {
        method,
        points: Some(points),
        outcomes: Vec::new(),
        vary: ["a", "b", "c"].map(key).to_vec(),
    }
}

/// An ablation of two mechanisms, the first of two sections.
pub(in crate::experiment) fn two() -> Ablation {
    Ablation {
        mechanisms: vec!["reputation+influence".into(), "review".into()],
        ..Ablation::default()
    }
}
