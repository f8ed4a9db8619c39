//! Managers: who rises, and whose people yield more.

use std::collections::BTreeMap;

use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person};
use crate::measures::correlation::pearson;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::HeldOut;
    use Measure::Firm;
    vec![
        fact(
            "E11",
            "correlation of output before the first post in management with output of the reports after",
            HeldOut,
            "V-press, V-abs (sign)",
            (-0.5, 0.05),
            Firm(doers_as_managers),
        ),
        fact(
            "E32",
            "networking hours, top third of managers by promotions a year over the rest",
            HeldOut,
            "V-press; shares M-high",
            (1.3, 2.0),
            Firm(successful_hours),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E32",
            "correlation of a manager's networking hours with the output of the reports",
            HeldOut,
            "V-press; shares M-high",
            (-0.5, 0.15),
            Firm(unit_output),
        ),
        fact(
            "E32",
            "overlap of the top thirds of successful and effective managers",
            HeldOut,
            "V-press; shares M-high",
            (0.0, 0.5),
            Firm(overlap_of_thirds),
        ),
    ]
}

struct Manager<'a> {
    person: &'a Person,
    success: f64,
    unit: f64,
}

/// Managers below the head with at least three reports in the last panel.
fn managers(o: &Observed) -> Vec<Manager<'_>> {
    let mut units: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for p in &o.people {
        if let Some(manager) = p.manager {
            let unit = units.entry(manager).or_default();
            unit.0 += p.output;
            unit.1 += 1.0;
        }
    }
    let top = o.levels.len() as u8 - 1;
    o.people
        .iter()
        .filter(|p| p.level < top && p.tenure >= 2.0)
        .filter_map(|person| {
            let (output, reports) = units.get(&person.id)?;
            (*reports >= 3.0).then(|| Manager {
                person,
                success: person.promotions / person.tenure.min(o.length()),
                unit: output / reports,
            })
        })
        .collect()
}

fn successful_hours(o: &Observed) -> Option<Sums> {
    let mut managers = managers(o);
    managers.sort_by(|a, b| {
        b.success
            .total_cmp(&a.success)
            .then(a.person.id.cmp(&b.person.id))
    });
    let third = managers.len() / 3;
    let mut sums = [0.0; 4];
    for (i, m) in managers.iter().enumerate() {
        let at = if i < third { 0 } else { 2 };
        sums[at] += m.person.hours;
        sums[at + 1] += 1.0;
    }
    Some(sums)
}

fn unit_output(o: &Observed) -> Option<Sums> {
    let managers = managers(o);
    once(pearson(managers.iter().map(|m| (m.person.hours, m.unit)))?)
}

fn overlap_of_thirds(o: &Observed) -> Option<Sums> {
    let managers = managers(o);
    let third = managers.len() / 3;
    let top = |by: fn(&Manager<'_>) -> f64| {
        let mut order: Vec<usize> = (0..managers.len()).collect();
        order.sort_by(|&a, &b| {
            by(&managers[b])
                .total_cmp(&by(&managers[a]))
                .then(a.cmp(&b))
        });
        order.truncate(third);
        order
    };
    let (successful, effective) = (top(|m| m.success), top(|m| m.unit));
    let both = successful.iter().filter(|i| effective.contains(i)).count();
    Some([both as f64, third as f64, 0.0, 0.0])
}

fn doers_as_managers(o: &Observed) -> Option<Sums> {
    let first = o.first_manager();
    let mut pairs = Vec::new();
    for year in 1..o.years.len().saturating_sub(2) {
        let mut units: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for p in &o.years[year + 2] {
            if let Some(manager) = p.manager {
                let unit = units.entry(manager).or_default();
                unit.0 += p.output;
                unit.1 += 1.0;
            }
        }
        let after: BTreeMap<u32, &Person> = o.years[year + 1].iter().map(|p| (p.id, p)).collect();
        for p in o.years[year].iter().filter(|p| p.level < first) {
            let promoted = after.get(&p.id).is_some_and(|next| next.level >= first);
            if let (true, Some((output, reports))) = (promoted, units.get(&p.id))
                && *reports >= 2.0
            {
                pairs.push((p.output, output / reports));
            }
        }
    }
    once(pearson(pairs.iter().copied())?)
}
