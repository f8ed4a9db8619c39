//! What research supports and what the model only supposes, from `assets/claims.toml`.

use serde::Deserialize;

use super::Error;
use crate::language::Language;

const FILE: &str = include_str!("../../assets/claims.toml");

/// Whether a claim was observed somewhere or is supposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A published observation.
    Evidence,
    /// A hypothesis of the model.
    Assumption,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: Kind,
    strength: Option<String>,
    source: Option<String>,
    en: String,
    de: String,
}

/// A claim in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Observed or supposed.
    pub kind: Kind,
    /// The claim.
    pub text: String,
    /// Where it was published; none for assumptions.
    pub source: Option<String>,
    /// How we know what the source says, in words; none for assumptions.
    pub read: Option<String>,
}

impl Claim {
    /// The source, and how we know what it says.
    pub fn cited(&self) -> String {
        match (&self.source, &self.read) {
            (Some(source), Some(read)) => format!("{source} ({read})"),
            (Some(source), None) => source.clone(),
            _ => String::new(),
        }
    }
}

/// All claims, in the file's order.
///
/// # Errors
/// When the program was built with a file that cannot be read.
pub fn claims(language: Language) -> Result<Vec<Claim>, Error> {
    let file: File = toml::from_str(FILE)?;
    Ok(file
        .claim
        .into_iter()
        .map(|entry| Claim {
            kind: entry.kind,
            text: if language.code() == "de" {
                entry.de
            } else {
                entry.en
            },
            source: entry.source,
            read: entry
                .strength
                .map(|word| language.say(&format!("claims.{word}"), &[])),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_has_a_source_and_a_strength_and_assumptions_have_none() {
        let file: File = toml::from_str(FILE).unwrap();
        for entry in &file.claim {
            let evidence = entry.kind == Kind::Evidence;
            assert_eq!(entry.source.is_some(), evidence, "{}", entry.en);
            assert_eq!(entry.strength.is_some(), evidence, "{}", entry.en);
            if let Some(word) = &entry.strength {
                for language in Language::all() {
                    assert!(language.knows(&format!("claims.{word}")), "{word}");
                }
            }
            assert!(!entry.en.is_empty() && !entry.de.is_empty());
            assert!(
                !entry.en.contains("78"),
                "a number that nobody could source"
            );
        }
        let german = claims(Language::of_code("de").unwrap()).unwrap();
        assert!(german.len() > 10 && german.iter().any(|claim| claim.kind == Kind::Assumption));
    }
}
