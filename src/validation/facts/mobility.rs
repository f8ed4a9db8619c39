//! Coming, going and the chains of moves between.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fact::{Combine, Fact, Kind, Measure, Sums, fact, once};
use super::super::observed::{Observed, Person};
use crate::measures::regression::solve;
use crate::world::EventKind;

/// The facts.
pub(super) fn facts() -> Vec<Fact> {
    use Kind::{Calibrated, HeldOut, Identity};
    use Measure::Firm;
    vec![
        fact(
            "E6",
            "demoted a year outside restructurings, share of headcount",
            HeldOut,
            "V-note",
            (0.0, 0.02),
            Firm(demotions),
        ),
        fact(
            "E6",
            "share of levels below the head that outside hires enter",
            HeldOut,
            "V-abs",
            (1.0, 1.0),
            Firm(levels_entered),
        ),
        fact(
            "E6",
            "largest over smallest yearly rate of exit by level",
            HeldOut,
            "V-abs",
            (1.0, 3.0),
            Firm(exit_spread),
        ),
        fact(
            "E18",
            "quits a year",
            Calibrated,
            "V-press (vendor page)",
            (0.08, 0.17),
            Firm(|o| Some([o.count(EventKind::Left), o.person_years(), 0.0, 0.0])),
        ),
        fact(
            "E18",
            "quits a year, bottom level",
            Calibrated,
            "V-press (vendor page)",
            (0.1, 0.15),
            Firm(|o| exits(o, &[EventKind::Left], 0, 1)),
        ),
        fact(
            "E18",
            "quits a year, top two levels",
            Calibrated,
            "V-press (vendor page)",
            (0.03, 0.06),
            Firm(|o| {
                let levels = o.levels.len() as u8;
                exits(o, &[EventKind::Left], levels - 2, levels)
            }),
        ),
        fact(
            "E18",
            "dismissed a year",
            Calibrated,
            "V-press (vendor page)",
            (0.02, 0.06),
            Firm(|o| Some([o.count(EventKind::LaidOff), o.person_years(), 0.0, 0.0])),
        ),
        fact(
            "E19",
            "median tenure [years]",
            HeldOut,
            "V-note",
            (3.0, 7.0),
            Firm(|o| {
                let mut tenures: Vec<f64> = o.people.iter().map(|p| p.tenure).collect();
                tenures.sort_by(f64::total_cmp);
                once(*tenures.get(tenures.len() / 2)?)
            }),
        ),
        fact(
            "E19",
            "share with at most a year of tenure",
            HeldOut,
            "V-note",
            (0.12, 0.25),
            Firm(|o| {
                let new = o.people.iter().filter(|p| p.tenure <= 1.0).count();
                Some([new as f64, o.people.len() as f64, 0.0, 0.0])
            }),
        ),
        fact(
            "E20",
            "moves per vacancy over what the chances of moving imply",
            Identity,
            "V-note",
            (0.95, 1.05),
            Firm(chain_identity),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E20",
            "moves per manager vacancy",
            Calibrated,
            "V-note",
            (1.5, 3.0),
            Firm(manager_chains),
        ),
        fact(
            "E21",
            "promotions a year over what exits and inside shares imply",
            Identity,
            "V-rep",
            (0.95, 1.05),
            Firm(pyramid_identity),
        ),
        fact(
            "E23",
            "promotion in four years, chosen lateral movers over stayers",
            HeldOut,
            "V-abs (sign); V-press",
            (1.05, 1.4),
            Firm(lateral_movers),
        )
        .combined(Combine::RatioOfRatios),
        fact(
            "E25",
            "quits of those whose team mate was promoted over others of the level",
            HeldOut,
            "V-press",
            (1.02, 1.25),
            Firm(passed_over),
        ),
    ]
}

fn demotions(o: &Observed) -> Option<Sums> {
    let down = o.events.iter().filter(|e| {
        e.restructuring.is_none()
            && matches!((e.from_level, e.to_level), (Some(from), Some(to)) if to < from)
    });
    Some([down.count() as f64, o.person_years(), 0.0, 0.0])
}

fn levels_entered(o: &Observed) -> Option<Sums> {
    let entered: BTreeSet<u8> = o
        .events
        .iter()
        .filter(|e| e.kind == EventKind::Hired)
        .filter_map(|e| e.to_level)
        .collect();
    let below = o.levels.len() - 1;
    let entered = entered.iter().filter(|l| usize::from(**l) < below).count();
    once(entered as f64 / below as f64)
}

/// Exits of some kinds from levels `from..to` a person-year.
fn exits(o: &Observed, kinds: &[EventKind], from: u8, to: u8) -> Option<Sums> {
    let within = |level: u8| (from..to).contains(&level);
    let left = o
        .events
        .iter()
        .filter(|e| kinds.contains(&e.kind) && e.from_level.is_some_and(within));
    let years: usize = o.years[1..]
        .iter()
        .map(|year| year.iter().filter(|p| within(p.level)).count())
        .sum();
    Some([left.count() as f64, years as f64, 0.0, 0.0])
}

const ANY_EXIT: [EventKind; 3] = [EventKind::Left, EventKind::LaidOff, EventKind::Retired];

fn exit_spread(o: &Observed) -> Option<Sums> {
    // levels with enough people for a rate; the top has one or two
    let rates: Vec<f64> = (0..o.levels.len() as u8)
        .filter_map(|level| exits(o, &ANY_EXIT, level, level + 1))
        .filter(|sums| sums[1] >= 200.0)
        .map(|sums| sums[0] / sums[1])
        .collect();
    let most = rates.iter().copied().fold(0.0, f64::max);
    let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
    once(most / least)
}

/// Moves into posts: (level filled, level left behind if from inside).
fn fills(o: &Observed) -> impl Iterator<Item = (usize, Option<usize>, u16)> + '_ {
    o.events.iter().filter_map(|e| {
        let inside = match e.kind {
            EventKind::Hired => false,
            EventKind::Promoted | EventKind::Moved => true,
            _ => return None,
        };
        let from = if inside {
            Some(usize::from(e.from_level?))
        } else {
            None
        };
        Some((usize::from(e.to_level?), from, e.chain?))
    })
}

fn chain_identity(o: &Observed) -> Option<Sums> {
    let n = o.levels.len();
    let mut moves = vec![vec![0.0; n]; n];
    let (mut filled, mut begun) = (vec![0.0; n], vec![0.0; n]);
    let (mut all, mut ended) = (0.0, 0.0);
    for (to, from, chain) in fills(o) {
        filled[to] += 1.0;
        all += 1.0;
        match from {
            Some(from) => moves[to][from] += 1.0,
            None => ended += 1.0,
        }
        if chain == 1 {
            begun[to] += 1.0;
        }
    }
    // (I - Q) x = 1
    let system: Vec<Vec<f64>> = (0..n)
        .map(|l| {
            let mut row: Vec<f64> = (0..n)
                .map(|m| {
                    let q = if filled[l] > 0.0 {
                        moves[l][m] / filled[l]
                    } else {
                        0.0
                    };
                    f64::from(u8::from(l == m)) - q
                })
                .collect();
            row.push(1.0);
            row
        })
        .collect();
    let length = solve(system)?;
    let expected: f64 = begun.iter().zip(&length).map(|(b, x)| b * x).sum();
    Some([all, ended, expected, begun.iter().sum()])
}

fn manager_chains(o: &Observed) -> Option<Sums> {
    // a chain goes down by promotions and ends with the hire that carries its moves: it began one level up for each
    let first = u16::from(o.first_manager());
    let mut sums = [0.0; 4];
    for (to, from, chain) in fills(o) {
        if from.is_none() && to as u16 + chain.saturating_sub(1) >= first {
            sums[0] += f64::from(chain);
            sums[1] += 1.0;
        }
    }
    Some(sums)
}

fn pyramid_identity(o: &Observed) -> Option<Sums> {
    // vacancies of a level: its exits, the demotions and the promotions out of it; of these a share is filled from below
    let n = o.levels.len();
    let (mut left, mut promoted, mut filled) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
    for e in &o.events {
        if ANY_EXIT.contains(&e.kind)
            && let Some(level) = e.from_level
        {
            left[usize::from(level)] += 1.0;
        }
    }
    for (to, from, _) in fills(o) {
        // a move within the level fills one vacancy of it and leaves another
        if from == Some(to) {
            continue;
        }
        filled[to] += 1.0;
        match from {
            Some(from) if from < to => promoted[to] += 1.0,
            // one who is moved down fills a vacancy below and leaves one above
            Some(from) => left[from] += 1.0,
            None => {}
        }
    }
    let mut out = 0.0;
    let mut implied = 0.0;
    for level in (0..n).rev() {
        let vacancies = left[level] + out;
        let share = if filled[level] > 0.0 {
            promoted[level] / filled[level]
        } else {
            0.0
        };
        out = share * vacancies;
        implied += out;
    }
    Some([promoted.iter().sum(), implied, 0.0, 0.0])
}

fn lateral_movers(o: &Observed) -> Option<Sums> {
    let moved: Vec<(u32, i32)> = o
        .events
        .iter()
        .filter(|e| {
            e.kind == EventKind::Moved && e.restructuring.is_none() && e.from_level == e.to_level
        })
        .filter_map(|e| Some((e.employee?, e.week)))
        .collect();
    if moved.is_empty() {
        return None;
    }
    let mut sums = [0.0; 4];
    for year in 1..o.years.len().saturating_sub(4) {
        let this_year: BTreeSet<u32> = moved
            .iter()
            .filter(|(_, week)| week / 52 == year as i32 - 1)
            .map(|(id, _)| *id)
            .collect();
        let promoted = super::promotion::promoted_within(o, year, 4);
        // stayers of the levels of the movers, each level in proportion
        let mut level: BTreeMap<u8, [f64; 4]> = BTreeMap::new();
        for p in &o.years[year] {
            if let Some(&hit) = promoted.get(&p.id) {
                let at = if this_year.contains(&p.id) { 0 } else { 2 };
                let entry = level.entry(p.level).or_default();
                entry[at] += f64::from(u8::from(hit));
                entry[at + 1] += 1.0;
            }
        }
        for [hits, movers, others, stayers] in level.into_values() {
            if movers > 0.0 && stayers > 0.0 {
                sums[0] += hits;
                sums[1] += movers;
                sums[2] += others / stayers * movers;
                sums[3] += movers;
            }
        }
    }
    Some(sums)
}

/// Quits in the year after a panel, by identity.
pub(super) fn quits(o: &Observed, year: usize) -> BTreeSet<u32> {
    o.quit_in(year as i32 * 52..(year as i32 + 1) * 52)
}

/// Quits of an exposed group over those that the rates of the others of each level would give.
pub(super) fn exposed(o: &Observed, is_exposed: impl Fn(usize, &Person) -> bool) -> Sums {
    let mut sums = [0.0; 4];
    for year in 1..o.years.len() - 1 {
        let gone = quits(o, year);
        let mut level: BTreeMap<u8, [f64; 4]> = BTreeMap::new();
        for p in &o.years[year] {
            let at = if is_exposed(year, p) { 0 } else { 2 };
            let entry = level.entry(p.level).or_default();
            entry[at] += f64::from(u8::from(gone.contains(&p.id)));
            entry[at + 1] += 1.0;
        }
        for [hits, people, others, rest] in level.into_values() {
            if rest > 0.0 {
                sums[0] += hits;
                sums[1] += others / rest * people;
            }
        }
    }
    sums
}

fn passed_over(o: &Observed) -> Option<Sums> {
    // teams out of which somebody was promoted in the year before the panel
    let team_of: Vec<BTreeMap<u32, u32>> = o
        .years
        .iter()
        .map(|year| year.iter().map(|p| (p.id, p.team)).collect())
        .collect();
    let mut teams: BTreeSet<(usize, u32)> = BTreeSet::new();
    let mut promoted: BTreeSet<(usize, u32)> = BTreeSet::new();
    for e in o.events.iter().filter(|e| e.kind == EventKind::Promoted) {
        let year = e.week as usize / 52;
        if let Some(id) = e.employee {
            promoted.insert((year + 1, id));
            if let Some(&team) = team_of[year].get(&id) {
                teams.insert((year + 1, team));
            }
        }
    }
    Some(exposed(o, |year, p| {
        teams.contains(&(year, p.team)) && !promoted.contains(&(year, p.id))
    }))
}
