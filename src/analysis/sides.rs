//! Several runs side by side, each a firm of its own: what the workforce as a whole saw.

use super::Analysis;
use super::intervals::{self, Interval};
use super::panel::{by_year, mean};
use super::rows::{Provenance, Rows};

/// One run among several.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// What it is called beside the others.
    pub label: String,
    /// Where its tables come from.
    pub provenance: Provenance,
    /// Years of employment.
    pub employee_years: f64,
    /// Promotions.
    pub promotions: usize,
    /// People who left, were dismissed or retired.
    pub exits: usize,
    /// Promotions per 100 employee-years, with exact Poisson limits.
    pub promotion_rate: Option<Interval>,
    /// Exits per 100 employee-years, with exact Poisson limits.
    pub exit_rate: Option<Interval>,
    /// Colleagues who know a person, mean over the last panel.
    pub known_by: Option<Interval>,
    /// Share of the pairs in contact that cross departments, at the last snapshot compared.
    pub across: Option<Interval>,
}

impl Side {
    /// Reads one run.
    pub fn of(rows: &Rows, analysis: &Analysis) -> Self {
        let records = &analysis.promotions.by_strategy;
        let employee_years: f64 = records.iter().map(|record| record.employee_years).sum();
        let promotions = records.iter().map(|record| record.promotions).sum();
        let weeks = rows.weekly.iter().filter(|row| row.week >= 0);
        let exits = weeks.map(|row| row.exits as usize).sum();
        let rate = |count: usize| {
            (employee_years > 0.0).then(|| intervals::poisson(count).scaled(100.0 / employee_years))
        };
        let years = by_year(rows);
        let known: Vec<f64> = years
            .last_key_value()
            .map_or(&[][..], |(_, people)| people)
            .iter()
            .filter_map(|row| row.known_by.map(f64::from))
            .collect();
        let contacts = analysis.contacts.as_ref().ok();
        Self {
            label: analysis.provenance.scenario.clone(),
            provenance: analysis.provenance.clone(),
            employee_years,
            promotions,
            exits,
            promotion_rate: rate(promotions),
            exit_rate: (!rows.weekly.is_empty()).then(|| rate(exits)).flatten(),
            known_by: mean(&known),
            across: contacts.and_then(|found| found.matrices[1].across()),
        }
    }
}
