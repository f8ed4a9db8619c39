//! From runs to tables: outcomes, runs, arms, and the summary with intervals and paired differences.

use crate::analysis::statistics::{holm, mean_interval, paired, variance};
use crate::experiment::planning::{Level, Plan};
use crate::experiment::results::{ARMS, OUTCOMES, RUNS, Results, SUMMARY, enter};
use crate::records::{Cell, Table, TableError};

/// The tables of an experiment over its first `replicates`: outcomes, runs, arms, summary.
///
/// # Errors
/// Only if a row does not fit its table, which would be a mistake of this program.
pub fn tables(plan: &Plan, results: &Results, replicates: u32) -> Result<[Table; 4], TableError> {
    let mut outcomes = Table::new(&OUTCOMES);
    let mut runs = Table::new(&RUNS);
    for arm in 0..plan.arms.len() {
        for replicate in 1..=replicates {
            enter(plan, results, (arm, replicate), &mut outcomes, &mut runs)?;
        }
    }
    Ok([
        outcomes,
        runs,
        arms(plan)?,
        summary(plan, results, replicates)?,
    ])
}

fn arms(plan: &Plan) -> Result<Table, TableError> {
    let mut table = Table::new(&ARMS);
    for arm in &plan.arms {
        let levels: Vec<Level> = if arm.levels.is_empty() {
            let level = |setting: &crate::scenario::Setting| {
                let value = setting.value();
                Level {
                    factor: setting.key().to_owned(),
                    value: value.to_string(),
                    number: value.as_float().or(value.as_integer().map(|n| n as f64)),
                }
            };
            arm.settings.iter().map(level).collect()
        } else {
            arm.levels.clone()
        };
        if levels.is_empty() {
            table.push(&[
                arm.name.as_str().into(),
                Cell::Missing,
                Cell::Missing,
                Cell::Missing,
            ])?;
        }
        for level in levels {
            table.push(&[
                arm.name.as_str().into(),
                level.factor.as_str().into(),
                Some(level.value.as_str()).filter(|v| !v.is_empty()).into(),
                level.number.into(),
            ])?;
        }
    }
    Ok(table)
}

fn summary(plan: &Plan, results: &Results, replicates: u32) -> Result<Table, TableError> {
    let confidence = plan.file.confidence.get();
    let mut table = Table::new(&SUMMARY);
    for (o, outcome) in plan.outcomes.iter().enumerate() {
        for (a, arm) in plan.arms.iter().enumerate() {
            let column = results.column(a, o, replicates);
            let values: Vec<f64> = column.iter().copied().flatten().collect();
            // a run that was never meant to be is not missing
            let missing = (1..=replicates)
                .filter(|&replicate| {
                    results.run(a, replicate).is_some() && results.value(a, replicate, o).is_none()
                })
                .count();
            let interval = mean_interval(&values, confidence);
            let estimate = crate::analysis::statistics::mean(&values);
            table.push(&[
                "arm".into(),
                arm.name.as_str().into(),
                outcome.name.as_str().into(),
                arm.name.as_str().into(),
                Cell::Missing,
                (values.len() as i64).into(),
                (missing as i64).into(),
                estimate.into(),
                interval.as_ref().map(|i| i.lower).into(),
                interval.as_ref().map(|i| i.upper).into(),
                variance(&values).map(f64::sqrt).into(),
                Cell::Missing,
                Cell::Missing,
                Cell::Missing,
                Cell::Missing,
                Cell::Missing,
            ])?;
        }
    }
    let mut compared = Vec::new();
    for o in 0..plan.outcomes.len() {
        for (name, arm, reference) in &plan.contrasts {
            let pairs = results.pairs((*arm, *reference), o, replicates);
            compared.push((
                o,
                name,
                *arm,
                *reference,
                pairs.len(),
                paired(&pairs, confidence),
            ));
        }
    }
    let tested: Vec<f64> = compared
        .iter()
        .filter_map(|row| row.5.as_ref()?.p)
        .collect();
    let mut corrected = holm(&tested).into_iter();
    for (o, name, arm, reference, pairs, difference) in &compared {
        let d = difference.as_ref();
        let p = d.and_then(|d| d.p);
        let of = |read: fn(&crate::analysis::statistics::PairedDifference) -> Option<f64>| {
            Cell::from(d.and_then(read).filter(|value| value.is_finite()))
        };
        table.push(&[
            "contrast".into(),
            name.as_str().into(),
            plan.outcomes[*o].name.as_str().into(),
            plan.arms[*arm].name.as_str().into(),
            plan.arms[*reference].name.as_str().into(),
            (d.map_or(0, |d| d.pairs) as i64).into(),
            (d.map_or(*pairs, |d| d.incomplete) as i64).into(),
            of(|d| Some(d.difference.estimate)),
            of(|d| Some(d.difference.lower)),
            of(|d| Some(d.difference.upper)),
            of(|d| Some(d.deviation)),
            of(|d| d.effect),
            of(|d| d.effect_paired),
            of(|d| d.variance_reduction),
            p.into(),
            p.and_then(|_| corrected.next()).into(),
        ])?;
    }
    Ok(table)
}
