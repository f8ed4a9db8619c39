//! A run in a few numbers, and the differences of paired runs: what a decision changed.

use super::reader::{ReadError, Reader, each};
use super::statistics::{PairedDifference, paired};
use crate::records::Table;

/// Confidence of the intervals.
const CONFIDENCE: f64 = 0.95;

/// What a number says about a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Promotions per 100 employee-years of the people of a strategy.
    Promotions(String),
    /// Share of those affected by restructurings who ended with a less desirable post or none [percent], by strategy.
    WorseOff(String),
    /// People who left or were dismissed, per 100 employee-years.
    Exits,
    /// Output a week and head.
    Output,
    /// Contacts between departments, of all contacts [percent].
    AcrossDepartments,
    /// Promotions of a persona.
    PersonaPromotions(String),
}

/// The numbers of one run; none where the run has nothing to count.
pub type Headline = Vec<(Count, Option<f64>)>;

/// The tables that the numbers are counted from.
#[derive(Debug, Clone, Copy)]
pub struct HeadlineTables<'t> {
    /// Table `events`.
    pub events: &'t Table,
    /// Table `placements`.
    pub placements: &'t Table,
    /// Table `weekly`.
    pub weekly: &'t Table,
    /// Table `employees`.
    pub employees: &'t Table,
}

/// The numbers of a run, for the strategies and personas named, in this order.
///
/// Employee-years of a strategy are the mean of the heads at the year's beginning and end, summed over years.
///
/// # Errors
/// When a table has a cell that no version of the program writes.
pub fn headline(
    tables: HeadlineTables<'_>,
    strategies: &[String],
    personas: &[String],
) -> Result<Headline, ReadError> {
    let events: Vec<(String, Option<u32>, Option<String>)> = each(tables.events, |row| {
        if row.needed::<i32>("week")? < 0 {
            return Ok(None);
        }
        let kind = row.needed_text("kind")?;
        Ok(Some((kind, row.whole("employee")?, row.owned("strategy")?)))
    })?;
    let people: Vec<(u32, String)> = each(tables.employees, |row| {
        if row.has_left()? {
            return Ok(None);
        }
        Ok(Some((row.needed("year")?, row.needed_text("strategy")?)))
    })?;
    let named: Vec<(u32, String)> = each(tables.employees, |row| {
        if row.truth("persona")? != Some(true) {
            return Ok(None);
        }
        let id = row.needed("employee")?;
        Ok(row.owned("name")?.map(|name| (id, name)))
    })?;
    let placed: Vec<(String, String)> = each(tables.placements, |row| {
        Ok(Some((
            row.needed_text("strategy")?,
            row.needed_text("outcome")?,
        )))
    })?;
    let weeks: Vec<[f64; 4]> = each(tables.weekly, |row: &Reader<'_>| {
        let count = |column| row.whole::<i64>(column).map(|n| n.unwrap_or(0) as f64);
        let output = row.real("output")?.unwrap_or(0.0);
        Ok(Some([
            count("headcount")?,
            output,
            count("contacts")?,
            count("contacts_cross_department")?,
        ]))
    })?;
    let last = people.iter().map(|row| row.0).max().unwrap_or(0);
    let years = |strategy: Option<&str>| -> f64 {
        let heads = |year: u32| {
            people
                .iter()
                .filter(|row| row.0 == year && strategy.is_none_or(|s| s == row.1))
                .count() as f64
        };
        (0..last)
            .map(|year| f64::midpoint(heads(year), heads(year + 1)))
            .sum()
    };
    let promoted = |of: &dyn Fn(Option<u32>, Option<&str>) -> bool| {
        events
            .iter()
            .filter(|event| event.0 == "promoted" && of(event.1, event.2.as_deref()))
            .count() as f64
    };
    let ratio = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
    let mut found = Headline::new();
    for strategy in strategies {
        let part = promoted(&|_, s| s == Some(strategy)) * 100.0;
        let rate = ratio(part, years(Some(strategy)));
        found.push((Count::Promotions(strategy.clone()), rate));
    }
    for strategy in strategies {
        let of = |worse: bool| {
            placed
                .iter()
                .filter(|row| row.0 == *strategy)
                .filter(|row| !worse || matches!(row.1.as_str(), "less_desirable" | "dismissed"))
                .count() as f64
        };
        let share = ratio(of(true) * 100.0, of(false));
        found.push((Count::WorseOff(strategy.clone()), share));
    }
    let gone = events
        .iter()
        .filter(|event| matches!(event.0.as_str(), "left" | "laid_off" | "retired"))
        .count() as f64;
    found.push((Count::Exits, ratio(gone * 100.0, years(None))));
    let sum = |column: usize| -> f64 { weeks.iter().map(|week| week[column]).sum() };
    found.push((Count::Output, ratio(sum(1), sum(0))));
    found.push((Count::AcrossDepartments, ratio(sum(3) * 100.0, sum(2))));
    for name in personas {
        let id = named.iter().find(|row| row.1 == *name).map(|row| row.0);
        let count = id.map(|id| promoted(&|employee, _| employee == Some(id)));
        found.push((Count::PersonaPromotions(name.clone()), count));
    }
    Ok(found)
}

/// A measure with and without a decision, over pairs of runs with the same seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The measure.
    pub measure: Count,
    /// With the decision, less without.
    pub paired: PairedDifference,
}

/// What changed between runs in the same order of seeds; measures with fewer than two pairs are left out.
pub fn contrasts(without: &[Headline], with: &[Headline]) -> Vec<Contrast> {
    let Some(first) = without.first() else {
        return Vec::new();
    };
    first
        .iter()
        .filter_map(|(measure, _)| {
            let value = |run: &Headline| run.iter().find(|(m, _)| m == measure)?.1;
            let pairs: Vec<(Option<f64>, Option<f64>)> = with
                .iter()
                .zip(without)
                .map(|(a, b)| (value(a), value(b)))
                .collect();
            Some(Contrast {
                measure: measure.clone(),
                paired: paired(&pairs, CONFIDENCE)?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contrast_is_with_less_without_in_pairs() {
        let run = |value: Option<f64>| vec![(Count::Exits, value)];
        let without = [10.0, 20.0, 30.0].map(|v| run(Some(v)));
        let with = [11.0, 22.0, 33.0].map(|v| run(Some(v)));
        let found = contrasts(&without, &with).remove(0).paired;
        assert_eq!((found.pairs, found.first.estimate), (3, 22.0));
        assert_eq!(
            (found.second.estimate, found.difference.estimate),
            (20.0, 2.0)
        );
        let same = contrasts(&without, &without).remove(0).paired;
        assert_eq!((same.difference.lower, same.difference.upper), (0.0, 0.0));
        assert!(!same.is_clear());
        let few = [run(Some(1.0)), run(None)];
        assert!(contrasts(&few, &few).is_empty(), "one pair has no interval");
    }

    #[test]
    fn numbers_are_counted_from_the_rows() {
        use crate::analysis::samples;
        use crate::records::{Results, columns};
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        let rows = samples::firm(71);
        samples::write(&rows, &target);
        let results = Results::open(&target).unwrap();
        let weekly = Table::new(&columns::WEEKLY);
        let tables = HeadlineTables {
            events: &results.table(&columns::EVENTS).unwrap(),
            placements: &results.table(&columns::PLACEMENTS).unwrap(),
            weekly: &weekly,
            employees: &results.table(&columns::EMPLOYEES).unwrap(),
        };
        let found = headline(tables, &["authentic".into()], &["Michael".into()]).unwrap();
        let promoted = rows.events.iter().filter(|e| e.kind == "promoted");
        let michael = promoted.clone().filter(|e| e.employee == Some(0)).count() as f64;
        assert!(found.contains(&(Count::PersonaPromotions("Michael".into()), Some(michael))));
        let heads = |year: u32| {
            let there = rows.employees.iter().filter(|r| r.year == year);
            there.filter(|r| r.strategy == "authentic").count() as f64
        };
        let years: f64 = (0..4).map(|y| f64::midpoint(heads(y), heads(y + 1))).sum();
        let own = promoted
            .filter(|e| e.strategy.as_deref() == Some("authentic"))
            .count() as f64;
        let Some((_, Some(rate))) = found.first() else {
            panic!("{found:?}");
        };
        assert!((rate - 100.0 * own / years).abs() < 1e-9);
        assert!(
            found.contains(&(Count::Output, None)),
            "no weeks, no output"
        );
    }
}
