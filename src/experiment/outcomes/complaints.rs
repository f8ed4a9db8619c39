//! What is wrong with an outcome of a file, said where anybody listens.

use crate::scenario::Findings;

/// Says what is wrong, where anybody listens.
pub(super) struct Complaints<'a, 'f> {
    pub(super) at: String,
    pub(super) findings: &'a mut Option<&'f mut Findings>,
    pub(super) wrong: bool,
}

impl Complaints<'_, '_> {
    pub(super) fn say(&mut self, key: &str, message: String, help: String) {
        self.wrong = true;
        if let Some(findings) = self.findings {
            let at = if key.is_empty() {
                self.at.clone()
            } else {
                format!("{}.{key}", self.at)
            };
            findings.problem(&at, message, help);
        }
    }
}
