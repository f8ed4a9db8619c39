//! The tables of mechanisms' shares and of sensitivity.

use crate::analysis::Interval;
use crate::analysis::study::{SensitivityFound, Study};
use crate::experiment::results::{ATTRIBUTION, SENSITIVITY};
use crate::records::{Cell, Table, TableError};

/// Kind, name, value, share, error of sampling.
type Shown<'a> = (
    &'static str,
    &'a str,
    Interval,
    Option<Interval>,
    Option<f64>,
);

/// Shares of mechanisms; none without an ablation.
///
/// # Errors
/// Only if a row does not fit its table, which would be a mistake of this program.
pub(super) fn attribution(study: &Study) -> Result<Option<Table>, TableError> {
    if study.attributions.is_empty() {
        return Ok(None);
    }
    let mut table = Table::new(&ATTRIBUTION);
    for attributed in &study.attributions {
        let found = &attributed.found;
        let players = attributed.mechanisms.iter().zip(&found.players);
        let mut rows: Vec<Shown<'_>> = players
            .map(|(name, p)| ("mechanism", name.as_str(), p.value, p.share, p.sampling))
            .collect();
        rows.push(("remainder", "all off", found.none, found.none_share, None));
        rows.push(("whole", "all on", found.whole, None, None));
        for (kind, name, value, share, sampling) in rows {
            table.push(&[
                study.outcomes[attributed.outcome].name.as_str().into(),
                attributed.of.as_str().into(),
                kind.into(),
                name.into(),
                value.estimate.into(),
                value.lower.into(),
                value.upper.into(),
                share.map(|s| s.estimate).into(),
                share.map(|s| s.lower).into(),
                share.map(|s| s.upper).into(),
                (found.replicates as i64).into(),
                (found.incomplete as i64).into(),
                sampling.into(),
            ])?;
        }
    }
    Ok(Some(table))
}

/// Sensitivity; none without such a section.
///
/// # Errors
/// As [`attribution`].
pub(super) fn sensitivity(study: &Study) -> Result<Option<Table>, TableError> {
    if study.sensitivities.is_empty() {
        return Ok(None);
    }
    let mut table = Table::new(&SENSITIVITY);
    for sensitivity in &study.sensitivities {
        let outcome = study.outcomes[sensitivity.outcome].name.as_str();
        let mut add = |factor: &str,
                       measure: &str,
                       (estimate, interval): (Option<f64>, Option<Interval>),
                       noise: Option<f64>,
                       (used, missing): (usize, usize)| {
            // an interval without ends says nothing: missing
            let end = |value: Option<f64>| Cell::from(value.filter(|value| value.is_finite()));
            table.push(&[
                outcome.into(),
                factor.into(),
                measure.into(),
                estimate.into(),
                end(interval.map(|i| i.lower)),
                end(interval.map(|i| i.upper)),
                noise.into(),
                (used as i64).into(),
                (missing as i64).into(),
            ])
        };
        match &sensitivity.found {
            SensitivityFound::Morris(found) => {
                for (factor, screened) in sensitivity.factors.iter().zip(found) {
                    let Some(s) = screened else {
                        continue;
                    };
                    let used = (s.effects, s.missing);
                    let strength = (Some(s.strength.estimate), Some(s.strength));
                    add(factor, "mu_star", strength, s.expected_of_noise(), used)?;
                    add(factor, "mu", (Some(s.mean), None), s.noise, used)?;
                    add(factor, "sigma", (s.spread, None), s.noise, used)?;
                }
            }
            SensitivityFound::Sobol(found) => {
                for (factor, index) in sensitivity.factors.iter().zip(&found.parameters) {
                    let used = (found.rows, found.dropped);
                    let of = |interval: Interval| (Some(interval.estimate), Some(interval));
                    add(factor, "first", of(index.first), index.first_noise, used)?;
                    add(factor, "total", of(index.total), index.total_noise, used)?;
                }
            }
        }
    }
    Ok(Some(table))
}
