//! Words for what panels decided, and for restructurings.

use super::ordinal::ordinal;
use super::tell::{Teller, called};
use crate::analysis::story::{Affected, Panel, Restructured};
use crate::language::capitalised;

/// A restructuring of more departments than this is told by their number.
const NAMED_DEPARTMENTS: usize = 4;

impl Teller<'_> {
    /// How a panel saw the person.
    pub(super) fn panel(&self, panel: &Panel) -> Vec<String> {
        let n = panel.candidates;
        let mut lines = Vec::new();
        if n == 1 {
            lines.push(self.say("story.alone", &[]));
        }
        let place = |rank: usize| {
            let values = [
                ("rank", ordinal(self.language, rank).into()),
                ("n", n.into()),
            ];
            self.language.say("story.place", &values)
        };
        let mut parts = Vec::new();
        if let Some(rank) = panel.performance.rank.filter(|_| n > 1) {
            parts.push(self.say("story.performance", &[("place", place(rank).into())]));
        }
        if let (Some(known), Some(members)) = (panel.known_to, panel.members) {
            let values = [("n", members.into()), ("known", known.into())];
            parts.push(self.say("story.known", &values));
        }
        match panel.advocates {
            Some(0) => parts.push(self.say("story.nobody_spoke", &[])),
            Some(voices) => parts.push(self.say("story.spoke", &[("n", voices.into())])),
            None => {}
        }
        if let Some(rank) = panel.luck.rank.filter(|_| n > 1) {
            parts.push(self.say("story.luck", &[("place", place(rank).into())]));
        }
        let values = [
            ("place", place(panel.rank as usize).into()),
            ("parts", parts.join(", ").into()),
        ];
        lines.push(if n == 1 {
            capitalised(&self.language.say("story.parts", &values))
        } else {
            self.say("story.ranked", &values)
        });
        if let Some(rank) = panel.rank_without_luck.filter(|_| n > 1) {
            let first = panel.rank == 1;
            if first != (rank == 1) {
                let values = [("rank", ordinal(self.language, rank).into())];
                lines.push(self.say("story.without_luck", &values));
            }
        }
        lines
    }

    pub(super) fn passed_over(&self, times: usize, panel: &Panel) -> (String, Vec<String>) {
        let post = self.post_of(panel.level.as_ref(), panel.department.as_ref());
        let values = [
            ("n", times.into()),
            ("post", post.into()),
            ("when", self.when(panel.week).into()),
        ];
        let headline = self.say("story.passed_over", &values);
        let mut body = self.panel(panel);
        let winners: Vec<String> = panel
            .winners
            .iter()
            .map(|&winner| called(self.chronicle, winner, self.language))
            .collect();
        if !winners.is_empty() {
            let winner = self.language.list(&winners);
            body.push(self.say("story.winner", &[("winner", winner.into())]));
        }
        (headline, body)
    }

    pub(super) fn restructured(&self, change: &Restructured) -> (String, Vec<String>) {
        let headline = self.change(&change.affected);
        let mut body = vec![self.numbers(&change.affected)];
        if change.displaced {
            body.extend(self.displaced(change));
        } else {
            let key = if change.from_department == change.to_department {
                "story.kept"
            } else {
                "story.kept_in"
            };
            let to = self.or_unknown(change.to_department.as_ref());
            body.push(self.say(key, &[("to", to.into())]));
        }
        if let Some(ties) = &change.ties {
            let values = [
                ("n", ties.before.into()),
                ("kept", ties.kept.into()),
                ("weeks", ties.weeks.into()),
            ];
            body.push(self.say("story.ties_kept", &values));
        }
        (headline, body)
    }

    fn change(&self, affected: &Affected) -> String {
        let departments = if affected.departments.len() > NAMED_DEPARTMENTS {
            let n = affected.departments.len();
            self.language.say("story.departments", &[("n", n.into())])
        } else {
            self.language.list(&affected.departments)
        };
        let kind = affected.kind.as_deref().unwrap_or("other");
        let key = format!("story.change.{kind}");
        let key = if self.language.knows(&key) {
            key
        } else {
            "story.change.other".to_owned()
        };
        let text = self
            .language
            .say(&key, &[("departments", departments.into())]);
        capitalised(&text)
    }

    fn numbers(&self, affected: &Affected) -> String {
        let values = [
            ("n", affected.people.into()),
            ("displaced", affected.displaced.into()),
            ("filled", affected.filled.into()),
            ("dismissed", affected.dismissed.into()),
        ];
        self.say("story.numbers", &values)
    }

    /// What became of someone whose post was abolished.
    fn displaced(&self, change: &Restructured) -> Vec<String> {
        let from = self.post_of(change.from_level.as_ref(), change.from_department.as_ref());
        let mut lines = vec![self.say("story.displaced", &[("from", from.into())])];
        if change.lost > 0 {
            lines.push(self.say("story.lost", &[("n", change.lost.into())]));
        }
        if let Some(panel) = &change.placement {
            let post = self.post_of(panel.level.as_ref(), panel.department.as_ref());
            let key = if panel.chosen {
                "story.placed"
            } else {
                "story.nearest"
            };
            lines.push(self.say(key, &[("post", post.into())]));
            lines.extend(self.panel(panel));
        }
        let placed = change.placement.as_ref().is_some_and(|panel| panel.chosen);
        if let Some(panel) = change.layoff.as_ref().filter(|_| !placed) {
            lines.push(self.say("story.left_over", &[("n", panel.candidates.into())]));
            lines.extend(self.panel(panel));
        }
        let to = self.post_of(change.to_level.as_ref(), change.to_department.as_ref());
        let outcome = self.language.name("outcome", &change.outcome);
        let values = [("to", to.into()), ("outcome", outcome.into())];
        lines.push(match change.outcome.as_str() {
            "dismissed" => self.say("story.dismissed", &[]),
            "left" => self.say("story.left_then", &[]),
            _ => self.say("story.now", &values),
        });
        lines
    }
}
