//! What a restructuring was, and what it did to one person.

use std::collections::BTreeSet;

use super::chronicle::{Chronicle, PlacementRow};
use super::panels::Panel;
use super::{Chapter, What};

/// The restructuring as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// Its number in the tables.
    pub restructuring: i64,
    /// The table's word: dissolve, merge, split, downsize, delayer, close_site, move_function.
    pub kind: Option<String>,
    /// Departments of those affected, sorted.
    pub departments: Vec<String>,
    /// Members of these departments.
    pub people: usize,
    /// Of these, whose post was abolished.
    pub displaced: usize,
    /// Posts that panels filled with them.
    pub filled: usize,
    /// Of these, dismissed.
    pub dismissed: usize,
}

/// What a restructuring did to one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Restructured {
    /// The whole.
    pub affected: Affected,
    /// Department before.
    pub from_department: Option<String>,
    /// Department after.
    pub to_department: Option<String>,
    /// Level before.
    pub from_level: Option<String>,
    /// Level after.
    pub to_level: Option<String>,
    /// The table's word: kept, better, lateral, less_desirable, dismissed, left.
    pub outcome: String,
    /// Whether the person's post was abolished.
    pub displaced: bool,
    /// Panels for a place that did not choose the person.
    pub lost: usize,
    /// The panel that gave a place, or else the one in which the person came nearest.
    pub placement: Option<Panel>,
    /// The panel that decided who of those without a place was dismissed.
    pub layoff: Option<Panel>,
    /// Active ties before, and how many of the same people were still tied 13 weeks after (else 4 or 52).
    pub ties: Option<TiesKept>,
}

/// A person's ties before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TiesKept {
    /// Active ties a week before.
    pub before: usize,
    /// Of these, still active.
    pub kept: usize,
    /// Weeks after the restructuring.
    pub weeks: u32,
}

impl Chronicle {
    /// The restructurings that touched a person's department.
    pub(super) fn restructured(&self, employee: u32) -> Vec<Chapter> {
        let places = self.panels_of(employee, "placement");
        let layoffs = self.panels_of(employee, "layoff");
        self.placements
            .iter()
            .filter(|row| row.employee == employee && row.week >= 0)
            .map(|row| {
                let id = row.restructuring;
                let here = |panel: &&Panel| self.restructuring_of(panel.decision) == Some(id);
                let stood: Vec<&Panel> = places.iter().filter(here).collect();
                let won = stood.iter().find(|panel| panel.chosen);
                let nearest = stood
                    .iter()
                    .min_by_key(|panel| (panel.rank, panel.decision));
                let what = Restructured {
                    affected: self.affected(id),
                    from_department: row.from_department.clone(),
                    to_department: row.to_department.clone(),
                    from_level: row.from_level.clone(),
                    to_level: row.to_level.clone(),
                    outcome: row.outcome.clone(),
                    displaced: row.displaced,
                    lost: stood.iter().filter(|panel| !panel.chosen).count(),
                    placement: won.or(nearest).map(|panel| (*panel).clone()),
                    layoff: layoffs.iter().find(here).cloned(),
                    ties: self.ties_kept(employee, id),
                };
                Chapter {
                    week: row.week,
                    what: What::Restructured(Box::new(what)),
                }
            })
            .collect()
    }

    fn affected(&self, restructuring: i64) -> Affected {
        let rows: Vec<&PlacementRow> = self
            .placements
            .iter()
            .filter(|row| row.restructuring == restructuring)
            .collect();
        let departments: BTreeSet<&String> = rows
            .iter()
            .filter_map(|row| row.from_department.as_ref())
            .collect();
        Affected {
            restructuring,
            kind: self
                .events
                .iter()
                .find(|event| {
                    event.kind == "restructuring" && event.restructuring == Some(restructuring)
                })
                .and_then(|event| event.cause.clone()),
            departments: departments.into_iter().cloned().collect(),
            people: rows.len(),
            displaced: rows.iter().filter(|row| row.displaced).count(),
            filled: self
                .decisions
                .values()
                .filter_map(|rows| rows.first())
                .filter(|row| row.kind == "placement" && row.restructuring == Some(restructuring))
                .count(),
            dismissed: rows.iter().filter(|row| row.outcome == "dismissed").count(),
        }
    }

    fn ties_kept(&self, employee: u32, restructuring: i64) -> Option<TiesKept> {
        let at = |name: String| self.partners.get(&(name, employee));
        let before = at(format!("restructuring-{restructuring}-before"))?;
        [13, 4, 52].into_iter().find_map(|weeks| {
            let after = at(format!("restructuring-{restructuring}-after-{weeks}"))?;
            Some(TiesKept {
                before: before.len(),
                kept: before.intersection(after).count(),
                weeks,
            })
        })
    }
}
