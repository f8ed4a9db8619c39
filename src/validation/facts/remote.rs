//! Office, hybrid and remote work.

use std::collections::BTreeMap;

use super::super::conditions::Condition;
use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact};
use super::super::observed::{Observed, Person};
use crate::measures::Graph;
use crate::measures::clustering::triangles;
use crate::measures::observed::survival;
use crate::measures::regression::least_squares;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, Direction, HeldOut};
    use Measure::{Contrast, Not};
    let within = |condition, measure| Contrast(condition, Condition::Office, measure);
    let remote = |measure| Contrast(Condition::Remote, Condition::Office, measure);
    let ratio = Combine::RatioOfRatios;
    vec![
        fact(
            "E76",
            "promotions a year, remote over office people of one firm",
            HeldOut,
            "V-press",
            (0.55, 0.85),
            within(Condition::HalfRemote, |o, _| promotions(o)),
        )
        .combined(ratio),
        fact(
            "E76b",
            "the same at equal performance and level",
            HeldOut,
            "halving V-press",
            (0.4, 0.85),
            within(Condition::HalfRemote, |o, _| promotions_at_equal_output(o)),
        ),
        fact(
            "E77",
            "quits, hybrid over office people of one firm",
            HeldOut,
            "V-abs",
            (0.55, 0.85),
            within(Condition::HalfHybrid, |o, _| quits(o)),
        )
        .combined(ratio),
        fact(
            "E77",
            "promotions, hybrid over office people of one firm",
            HeldOut,
            "V-abs",
            (0.9, 1.1),
            within(Condition::HalfHybrid, |o, _| promotions(o)),
        )
        .combined(ratio),
        fact(
            "E77",
            "rating, hybrid less office people of one firm [sd]",
            HeldOut,
            "V-abs",
            (-0.05, 0.05),
            within(Condition::HalfHybrid, |o, _| {
                Some(by_presence(o, |p| p.rating))
            }),
        )
        .combined(Combine::Difference),
        fact(
            "E78",
            "share of contacts across departments, all remote over all in the office",
            HeldOut,
            "V-abs; sizes V-note",
            (0.65, 0.85),
            remote(|t, c| {
                let (t, c) = (across(t), across(c));
                Some([t.0, t.1, c.0, c.1])
            }),
        )
        .combined(ratio),
        fact(
            "E78",
            "bridging contacts (pairs across departments in a quarter), all remote over office",
            HeldOut,
            "V-abs; sizes V-note",
            (0.75, 0.95),
            remote(|t, c| Some([bridges(t), 1.0, bridges(c), 1.0])),
        )
        .combined(ratio),
        fact(
            "E78",
            "pairs of a quarter that are new, all remote over office",
            HeldOut,
            "V-abs",
            (0.0, 0.995),
            remote(|t, c| Some([new_pairs(t)?, 1.0, new_pairs(c)?, 1.0])),
        )
        .combined(ratio),
        fact(
            "E78",
            "transitivity inside departments, all remote over office",
            HeldOut,
            "V-abs",
            (1.005, f64::INFINITY),
            remote(|t, c| Some([inside(t)?, 1.0, inside(c)?, 1.0])),
        )
        .combined(ratio),
        fact(
            "E80",
            "chance of contact in a quarter, same site over other site, other department",
            Calibrated,
            "V-press",
            (3.0, 5.0),
            Contrast(Condition::TwoSites, Condition::Default, |o, _| near_far(o)),
        )
        .combined(ratio),
        fact(
            "E81",
            "contacts of juniors with the manager, remote over office people of one firm",
            HeldOut,
            "V-abs/V-press",
            (0.75, 0.9),
            within(Condition::HalfRemote, |o, _| mentoring(o)),
        )
        .combined(ratio),
        fact(
            "E81",
            "growth of juniors' skill when remote",
            HeldOut,
            "V-abs/V-press",
            (0.0, 1.0),
            Not("competence does not grow in the model"),
        ),
        fact(
            "E83",
            "output, all remote over office",
            Direction,
            "conflicts with E77",
            (0.0, 0.9999),
            remote(|t, c| {
                let (t, c) = (output(t), output(c));
                Some([t.0, t.1, c.0, c.1])
            }),
        )
        .combined(ratio),
        fact(
            "E83",
            "output, all hybrid over office (must differ from remote)",
            Direction,
            "conflicts with E77",
            (0.98, 1.02),
            Contrast(Condition::Hybrid, Condition::Office, |t, c| {
                let (t, c) = (output(t), output(c));
                Some([t.0, t.1, c.0, c.1])
            }),
        )
        .combined(ratio),
    ]
}

/// Means of those who come less than every day and of those who come daily.
fn by_presence(o: &Observed, of: impl Fn(&Person) -> Option<f64>) -> Sums {
    let mut sums = [0.0; 4];
    for p in o.years[1..].iter().flatten() {
        if let Some(value) = of(p) {
            let at = if p.days < 5 { 0 } else { 2 };
            sums[at] += value;
            sums[at + 1] += 1.0;
        }
    }
    sums
}

/// Calls `f` with each person of a panel and whether the next year brought a promotion.
fn each_year(o: &Observed, mut f: impl FnMut(&Person, bool)) {
    for year in 0..o.years.len() - 1 {
        let promoted = super::promotion::promoted_within(o, year, 1);
        for p in &o.years[year] {
            if let Some(&hit) = promoted.get(&p.id) {
                f(p, hit);
            }
        }
    }
}

fn promotions(o: &Observed) -> Option<Sums> {
    let mut sums = [0.0; 4];
    each_year(o, |p, hit| {
        let at = if p.days < 5 { 0 } else { 2 };
        sums[at] += f64::from(u8::from(hit));
        sums[at + 1] += 1.0;
    });
    Some(sums)
}

fn promotions_at_equal_output(o: &Observed) -> Option<Sums> {
    let (mut rows, mut y) = (vec![], vec![]);
    each_year(o, |p, hit| {
        rows.push(vec![
            f64::from(u8::from(p.days < 5)),
            p.competence,
            f64::from(p.level),
        ]);
        y.push(f64::from(u8::from(hit)));
    });
    let slope = least_squares(&rows, &y)?[1];
    let (office, hits) = rows
        .iter()
        .zip(&y)
        .filter(|(row, _)| row[0] == 0.0)
        .fold((0.0, 0.0), |(n, sum), (_, hit)| (n + 1.0, sum + hit));
    let rate: f64 = hits / office;
    Some([rate + slope, rate, 0.0, 0.0])
}

fn quits(o: &Observed) -> Option<Sums> {
    let mut sums = [0.0; 4];
    for year in 0..o.years.len() - 1 {
        let weeks = year as i32 * 52..(year as i32 + 1) * 52;
        let gone = o.quit_in(weeks);
        for p in &o.years[year] {
            let at = if p.days < 5 { 0 } else { 2 };
            sums[at] += f64::from(u8::from(gone.contains(&p.id)));
            sums[at + 1] += 1.0;
        }
    }
    Some(sums)
}

fn departments(o: &Observed) -> BTreeMap<u32, u16> {
    o.people.iter().map(|p| (p.id, p.department)).collect()
}

/// Contacts of the last year across departments, and all, among people still there.
fn across(o: &Observed) -> (f64, f64) {
    let of = departments(o);
    let n = o.quarters.len();
    let mut sums = (0.0, 0.0);
    for ((a, b), count) in o.pairs(n - 4..n) {
        if let (Some(x), Some(y)) = (of.get(&a), of.get(&b)) {
            sums.0 += f64::from(u8::from(x != y)) * f64::from(count);
            sums.1 += f64::from(count);
        }
    }
    sums
}

fn last_quarter(o: &Observed) -> Vec<(u32, u32)> {
    let n = o.quarters.len();
    o.pairs(n - 1..n).into_keys().collect()
}

fn bridges(o: &Observed) -> f64 {
    let of = departments(o);
    last_quarter(o)
        .iter()
        .filter(|(a, b)| matches!((of.get(a), of.get(b)), (Some(x), Some(y)) if x != y))
        .count() as f64
}

fn new_pairs(o: &Observed) -> Option<f64> {
    let n = o.quarters.len();
    let before: Vec<(u32, u32)> = o.pairs(n - 2..n - 1).into_keys().collect();
    let now = last_quarter(o);
    let kept = survival(&before, &now)? * before.len() as f64;
    Some(now.len() as f64 - kept)
}

fn inside(o: &Observed) -> Option<f64> {
    let of = departments(o);
    let place: BTreeMap<u32, u32> = o.people.iter().zip(0..).map(|(p, i)| (p.id, i)).collect();
    let arcs = last_quarter(o)
        .into_iter()
        .filter(|(a, b)| matches!((of.get(a), of.get(b)), (Some(x), Some(y)) if x == y))
        .filter_map(|(a, b)| Some((*place.get(&a)?, *place.get(&b)?, 1.0)))
        .collect::<Vec<_>>();
    let graph = Graph::from_arcs(o.people.len(), arcs).ok()?;
    triangles(&graph).transitivity()
}

fn near_far(o: &Observed) -> Option<Sums> {
    let of: BTreeMap<u32, (u16, u8)> = o
        .people
        .iter()
        .map(|p| (p.id, (p.department, p.site)))
        .collect();
    let mut sums = [0.0; 4];
    for (i, a) in o.people.iter().enumerate() {
        for b in &o.people[i + 1..] {
            if a.department != b.department {
                sums[if a.site == b.site { 1 } else { 3 }] += 1.0;
            }
        }
    }
    for (a, b) in last_quarter(o) {
        if let (Some(x), Some(y)) = (of.get(&a), of.get(&b))
            && x.0 != y.0
        {
            sums[if x.1 == y.1 { 0 } else { 2 }] += 1.0;
        }
    }
    Some(sums)
}

fn mentoring(o: &Observed) -> Option<Sums> {
    Some(by_presence(o, |p| (p.level == 0).then_some(p.with_manager)))
}

fn output(o: &Observed) -> (f64, f64) {
    o.years[1..]
        .iter()
        .flatten()
        .fold((0.0, 0.0), |(sum, n), p| (sum + p.output, n + 1.0))
}
