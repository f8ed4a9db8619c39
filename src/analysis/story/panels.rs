//! What a panel wrote down of one candidate, beside the others.

use super::chronicle::{CandidateRow, Chronicle};

/// A candidate's place in one part of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// One more than the number of candidates with a higher value; none where a value is missing.
    pub rank: Option<usize>,
    /// Whether another candidate has the same value.
    pub shared: bool,
}

/// One panel's view of one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Number of the decision.
    pub decision: u32,
    /// Week.
    pub week: i32,
    /// Level of the post.
    pub level: Option<String>,
    /// Department of the post.
    pub department: Option<String>,
    /// How many candidates there were.
    pub candidates: usize,
    /// The candidate's place in the panel's order.
    pub rank: u32,
    /// Whether the decision fell on the candidate.
    pub chosen: bool,
    /// Place by performance as the panel saw it.
    pub performance: Standing,
    /// Place by luck.
    pub luck: Standing,
    /// Members of the panel.
    pub members: Option<u32>,
    /// Members who know the candidate.
    pub known_to: Option<u32>,
    /// How many spoke for the candidate.
    pub advocates: Option<u32>,
    /// Who was chosen; in a layoff, who was let go.
    pub winners: Vec<u32>,
    /// The candidate's place if the recorded luck of all candidates is taken out.
    pub rank_without_luck: Option<usize>,
}

impl Chronicle {
    /// Panels of a kind that judged a person, in order.
    pub(super) fn panels_of(&self, employee: u32, kind: &str) -> Vec<Panel> {
        self.decisions
            .iter()
            .filter_map(|(number, rows)| {
                let own = rows
                    .iter()
                    .find(|row| row.candidate == employee && row.kind == kind)?;
                Some(panel(*number, own, rows))
            })
            .collect()
    }

    /// The restructuring that a decision belongs to.
    pub(super) fn restructuring_of(&self, decision: u32) -> Option<i64> {
        self.decisions.get(&decision)?.first()?.restructuring
    }
}

fn panel(decision: u32, own: &CandidateRow, rows: &[CandidateRow]) -> Panel {
    Panel {
        decision,
        week: own.week,
        level: own.level.clone(),
        department: own.department.clone(),
        candidates: rows.len(),
        rank: own.rank,
        chosen: own.chosen,
        performance: standing(own, rows, |row| row.performance),
        luck: standing(own, rows, |row| row.luck),
        members: own.panel_size,
        known_to: own.known_to,
        advocates: own.advocates,
        winners: rows
            .iter()
            .filter(|row| row.chosen)
            .map(|row| row.candidate)
            .collect(),
        rank_without_luck: without_luck(own, rows),
    }
}

fn standing(
    own: &CandidateRow,
    rows: &[CandidateRow],
    of: impl Fn(&CandidateRow) -> Option<f64>,
) -> Standing {
    let Some(value) = of(own) else {
        return Standing::default();
    };
    let others: Vec<f64> = rows
        .iter()
        .filter(|row| row.candidate != own.candidate)
        .filter_map(&of)
        .collect();
    Standing {
        rank: (others.len() + 1 == rows.len())
            .then(|| 1 + others.iter().filter(|other| **other > value).count()),
        shared: others.contains(&value),
    }
}

fn without_luck(own: &CandidateRow, rows: &[CandidateRow]) -> Option<usize> {
    let rest = |row: &CandidateRow| Some(row.score? - row.luck?);
    let value = rest(own)?;
    let mut rank = 1;
    for row in rows.iter().filter(|row| row.candidate != own.candidate) {
        rank += usize::from(rest(row)? > value);
    }
    Some(rank)
}
