//! Doc lines of parameters: `Meaning [unit]. Source: …`, `… Assumed; no source.`, `… Scenario's choice.` (the user's
//! own firm decides) or `… Definition.` (a convention of the measurement).

use serde_json::Value;

/// A doc line taken apart: `Meaning [unit]. Source: …` or `Meaning [unit]. Assumed; no source.`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Doc {
    pub(crate) meaning: String,
    pub(crate) unit: Option<String>,
    pub(crate) source: Option<String>,
}

impl Doc {
    /// The doc line of a schema.
    pub(crate) fn read(schema: &Value) -> Self {
        Self::parse(
            schema
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or(""),
        )
    }

    /// Takes a doc line apart; what does not follow the convention is all meaning.
    pub(crate) fn parse(description: &str) -> Self {
        let text = description.split_whitespace().collect::<Vec<_>>().join(" ");
        let start = ["Source:", "Assumed", "Scenario's choice.", "Definition."]
            .iter()
            .filter_map(|word| text.rfind(word))
            .max();
        let (meaning, source) = match start {
            Some(start) => (text[..start].trim_end(), Some(text[start..].to_owned())),
            None => (text.as_str(), None),
        };
        match (meaning.rfind('['), meaning.rfind(']')) {
            (Some(open), Some(close)) if open < close => {
                let before = meaning[..open].trim_end();
                let meaning = format!("{before}{}", &meaning[close + 1..]);
                let unit = text[open + 1..close].trim().to_owned();
                Self {
                    meaning,
                    unit: Some(unit),
                    source,
                }
            }
            _ => Self {
                meaning: meaning.to_owned(),
                unit: None,
                source,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doc_line_is_taken_apart_into_meaning_unit_and_source() {
        let doc =
            Doc::parse("Part of\nthe people [share]. The rest waits. Source: E43; Burt 2000.");
        assert_eq!(doc.meaning, "Part of the people. The rest waits.");
        assert_eq!(doc.unit.as_deref(), Some("share"));
        assert_eq!(doc.source.as_deref(), Some("Source: E43; Burt 2000."));
        let doc = Doc::parse("Just words");
        assert_eq!(
            doc,
            Doc {
                meaning: "Just words".into(),
                unit: None,
                source: None
            }
        );
    }
}
