//! Pay: raises, levels, outside hires.

use std::collections::BTreeMap;

use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person};
use crate::measures::regression::{least_squares, standardised};
use crate::world::EventKind;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, HeldOut};
    use Measure::Firm;
    vec![
        fact(
            "E1",
            "growth of pay in the year of a promotion less growth without one",
            Calibrated,
            "V-press",
            (0.12, 0.22),
            Firm(raise),
        )
        .combined(Combine::Difference),
        fact(
            "E12",
            "mean pay of a level over that of the level below",
            HeldOut,
            "V-note",
            (1.3, 1.9),
            Firm(|o| {
                let ratios = level_ratios(o);
                once(ratios.iter().sum::<f64>() / ratios.len() as f64)
            }),
        ),
        fact(
            "E12",
            "the same less the growth of pay at a promotion",
            HeldOut,
            "V-note",
            (1.0001, 1.9),
            Firm(|o| {
                let ratios = level_ratios(o);
                let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
                once(mean - Combine::Difference.value(raise(o)?)?)
            }),
        ),
        fact(
            "E22",
            "pay in the first year in management, outside over inside",
            HeldOut,
            "V-press",
            (1.1, 1.25),
            Firm(outside_pay),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E29",
            "growth of pay in three years for +1 sd calls to people known, value received equal [sd]",
            HeldOut,
            "V-abs, V-press",
            (0.001, 1.0),
            Firm(|o| once(networking_and_pay(o)?[1])),
        ),
        fact(
            "E29",
            "that slope less the slope on value received",
            HeldOut,
            "V-abs, V-press",
            (0.001, 1.0),
            Firm(|o| {
                let slopes = networking_and_pay(o)?;
                once(slopes[1] - slopes[2])
            }),
        ),
    ]
}

/// Slopes of the growth of pay on keeping up contacts (calls of one's own choice to colleagues known before), using
/// contacts (practical value received), level and tenure; all standardised.
fn networking_and_pay(o: &Observed) -> Option<Vec<f64>> {
    let (mut rows, mut growth) = (Vec::new(), Vec::new());
    for year in (1..o.years.len().saturating_sub(3)).step_by(3) {
        let later: BTreeMap<u32, f64> = o.years[year + 3]
            .iter()
            .filter_map(|p| Some((p.id, p.pay?)))
            .collect();
        for p in &o.years[year] {
            if let (Some(pay), Some(then)) = (p.pay, later.get(&p.id)) {
                rows.push([p.upkeep, p.help, f64::from(p.level), p.tenure]);
                growth.push(libm::log(then / pay));
            }
        }
    }
    let column = |which: usize| {
        let values: Vec<f64> = rows.iter().map(|row| row[which]).collect();
        standardised(&values)
    };
    let columns = [column(0)?, column(1)?, column(2)?, column(3)?];
    let rows: Vec<Vec<f64>> = (0..growth.len())
        .map(|i| columns.iter().map(|c| c[i]).collect())
        .collect();
    least_squares(&rows, &standardised(&growth)?)
}

fn raise(o: &Observed) -> Option<Sums> {
    let mut sums = [0.0; 4];
    for years in o.years.windows(2) {
        let before: BTreeMap<u32, &Person> = years[0].iter().map(|p| (p.id, p)).collect();
        for p in &years[1] {
            if let Some(known) = before.get(&p.id)
                && let (Some(old), Some(new)) = (known.pay, p.pay)
            {
                match p.promotions - known.promotions {
                    0.0 => {
                        sums[2] += new / old - 1.0;
                        sums[3] += 1.0;
                    }
                    1.0 => {
                        sums[0] += new / old - 1.0;
                        sums[1] += 1.0;
                    }
                    _ => {}
                }
            }
        }
    }
    Some(sums)
}

fn level_ratios(o: &Observed) -> Vec<f64> {
    let means: Vec<f64> = (0..o.levels.len())
        .map(|level| {
            let pay: Vec<f64> = o.years[1..]
                .iter()
                .flatten()
                .filter(|p| usize::from(p.level) == level)
                .filter_map(|p| p.pay)
                .collect();
            pay.iter().sum::<f64>() / pay.len() as f64
        })
        .collect();
    means.windows(2).map(|w| w[1] / w[0]).collect()
}

fn outside_pay(o: &Observed) -> Option<Sums> {
    // first managers in the panel that follows their entry, by where they came from
    let first = o.first_manager();
    let mut since: BTreeMap<u32, (usize, bool)> = BTreeMap::new();
    for e in &o.events {
        if let (Some(id), Some(level)) = (e.employee, e.to_level)
            && level == first
        {
            let year = e.week as usize / 52 + 1;
            match e.kind {
                EventKind::Hired => drop(since.insert(id, (year, true))),
                EventKind::Promoted => drop(since.insert(id, (year, false))),
                _ => {}
            }
        }
    }
    let mut sums = [0.0; 4];
    for (year, people) in o.years.iter().enumerate() {
        for p in people.iter().filter(|p| p.level == first) {
            if let (Some(&(entered, outside)), Some(pay)) = (since.get(&p.id), p.pay)
                && entered == year
            {
                let at = if outside { 0 } else { 2 };
                sums[at] += pay;
                sums[at + 1] += 1.0;
            }
        }
    }
    Some(sums)
}
