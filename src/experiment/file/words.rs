//! Words of an experiment's author in other languages, as they stand in the file.

use std::collections::BTreeMap;

/// By language, by phrase.
pub type Words = BTreeMap<String, BTreeMap<String, String>>;
