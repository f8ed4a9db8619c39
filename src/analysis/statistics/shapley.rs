//! Which mechanism did it: Shapley values of switches over paired runs.
//!
//! v(S) is the contrast when only the mechanisms in S are on. A mechanism's value is what it adds to those already
//! on, averaged over all orders in which they could have been switched on; the values add up to v(all) − v(none),
//! interactions shared out equally. Replicate r has the same luck in every coalition, so each replicate gives a whole
//! set of values, and their spread over replicates gives the t interval. A share is a value over v(all), a ratio of
//! means; its interval is a bootstrap over replicates.
//!
//! Up to [`EXACT`] mechanisms all 2^k coalitions are run. Above that, each replicate walks a few orders of its own,
//! each also backwards (the errors of the two partly cancel): the estimate stays unbiased in each replicate, and the
//! interval over replicates includes the luck of the orders. Walk with at least as many replicates as would be wanted
//! anyhow.
//!
//! Sources: Shapley 1953; Castro, Gómez and Tejada 2009, Comput. Oper. Res. 36:1726 (sampled orders); Owen 2014, SIAM/
//! ASA J. Uncertain. Quantif. 2:245 (use for attribution); Mitchell et al. 2022, J. Mach. Learn. Res. 23:43
//! (antithetic orders).

use serde::Serialize;

use super::super::Interval;
use super::bootstrap::{Bootstrap, bootstrap};
use super::means::{mean, mean_interval, variance};
use super::streams::Streams;

/// Mechanisms up to which all coalitions are run.
pub const EXACT: usize = 6;

/// Mechanisms that are on, one bit each.
pub type Coalition = u32;

/// Values of all mechanisms.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribution {
    /// One for each mechanism, in their order.
    pub players: Vec<Player>,
    /// The contrast with all on.
    pub whole: Interval,
    /// The contrast that is left with all off: nobody's.
    pub none: Interval,
    /// That remainder as a share of the whole; none when the whole may be zero.
    pub none_share: Option<Interval>,
    /// Replicates used.
    pub replicates: usize,
    /// Replicates with a run missing, which count in nothing here.
    pub incomplete: usize,
}

/// What one mechanism does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Player {
    /// Its Shapley value, in the outcome's unit.
    pub value: Interval,
    /// Its share of the whole contrast; none when that may be zero, since shares of nothing mean nothing.
    pub share: Option<Interval>,
    /// Standard error of the value that comes from sampling orders alone, part of what its interval shows; none where
    /// all coalitions were run, or with a single pair of orders a replicate.
    pub sampling: Option<f64>,
}

/// The coalitions of an exact attribution: all subsets.
pub fn all_coalitions(players: usize) -> Vec<Coalition> {
    (0..1 << players).collect()
}

/// The orders that replicate `replicate` walks: `pairs` of them, each also backwards.
pub fn orders(streams: &Streams, players: usize, pairs: usize, replicate: u64) -> Vec<Vec<usize>> {
    let mut stream = streams.stream(replicate);
    (0..pairs)
        .flat_map(|_| {
            let order = stream.order(players);
            let mut back = order.clone();
            back.reverse();
            [order, back]
        })
        .collect()
}

/// The coalitions along some orders, each once, sorted.
pub fn coalitions_along(orders: &[Vec<usize>]) -> Vec<Coalition> {
    let mut found: Vec<Coalition> = orders.iter().flat_map(|order| along(order)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn along(order: &[usize]) -> impl Iterator<Item = Coalition> {
    std::iter::once(0).chain(order.iter().scan(0, |on, player| {
        *on |= 1 << player;
        Some(*on)
    }))
}

/// What one replicate says.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    values: Vec<f64>,
    /// Variance of each value over the pairs of orders, by their number: empty where it is not known.
    sampling: Vec<f64>,
    whole: f64,
    none: f64,
}

/// Exact values from all coalitions; `value(coalition, replicate)` is the contrast, none where a run is missing.
/// None below two complete replicates.
pub fn exact(
    players: usize,
    replicates: usize,
    value: impl Fn(Coalition, usize) -> Option<f64>,
    how: &Bootstrap,
) -> Option<Attribution> {
    let weights = weights(players);
    let rows: Vec<Row> = (0..replicates)
        .filter_map(|replicate| {
            let v: Vec<f64> = (0..1 << players)
                .map(|coalition| value(coalition, replicate))
                .collect::<Option<_>>()?;
            let values = (0..players)
                .map(|player| {
                    let bit = 1 << player;
                    (0..v.len())
                        .filter(|coalition| coalition & bit == 0)
                        .map(|on| weights[on.count_ones() as usize] * (v[on | bit] - v[on]))
                        .sum()
                })
                .collect();
            Some(Row {
                values,
                sampling: Vec::new(),
                whole: v[v.len() - 1],
                none: v[0],
            })
        })
        .collect();
    summarise(&rows, replicates, how)
}

/// Values from sampled orders, those that [`orders`] gives for these streams and this number of pairs.
pub fn sampled(
    players: usize,
    replicates: usize,
    (streams, pairs): (&Streams, usize),
    value: impl Fn(Coalition, usize) -> Option<f64>,
    how: &Bootstrap,
) -> Option<Attribution> {
    let rows: Vec<Row> = (0..replicates)
        .filter_map(|replicate| {
            let orders = orders(streams, players, pairs, replicate as u64);
            // one row of values a pair: an order and its reverse
            let mut by_pair = vec![vec![0.0; players]; pairs];
            for (number, order) in orders.iter().enumerate() {
                let v: Vec<f64> = along(order)
                    .map(|coalition| value(coalition, replicate))
                    .collect::<Option<_>>()?;
                for (step, player) in order.iter().enumerate() {
                    by_pair[number / 2][*player] += (v[step + 1] - v[step]) / 2.0;
                }
            }
            let of = |player: usize| {
                by_pair
                    .iter()
                    .map(|pair| pair[player])
                    .collect::<Vec<f64>>()
            };
            let values = (0..players)
                .map(|player| mean(&of(player)))
                .collect::<Option<_>>()?;
            let sampling = (0..players)
                .filter_map(|player| Some(variance(&of(player))? / pairs as f64))
                .collect();
            Some(Row {
                values,
                sampling,
                whole: value((1 << players) - 1, replicate)?,
                none: value(0, replicate)?,
            })
        })
        .collect();
    summarise(&rows, replicates, how)
}

/// Weight of a coalition of each size in the average over orders: size! (k − size − 1)! / k!.
fn weights(players: usize) -> Vec<f64> {
    // 1 / (k * binomial(k - 1, size)), built up by ratios
    let mut binomial = 1.0;
    (0..players)
        .map(|size| {
            let weight = 1.0 / (players as f64 * binomial);
            binomial *= (players - 1 - size) as f64 / (size + 1) as f64;
            weight
        })
        .collect()
}

fn summarise(rows: &[Row], replicates: usize, how: &Bootstrap) -> Option<Attribution> {
    let column = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
    let wholes = column(&|row| row.whole);
    let nones = column(&|row| row.none);
    let whole = mean_interval(&wholes, how.confidence)?;
    let clear = whole.lower > 0.0 || whole.upper < 0.0;
    let share = |values: &[f64]| {
        let pairs: Vec<(f64, f64)> = values.iter().copied().zip(wholes.iter().copied()).collect();
        clear
            .then(|| bootstrap(&pairs, how, ratio_of_means))
            .flatten()
    };
    let players = (0..rows.first()?.values.len())
        .map(|player| {
            let values = column(&|row| row.values[player]);
            Some(Player {
                value: mean_interval(&values, how.confidence)?,
                share: share(&values),
                sampling: sampling_error(rows, player),
            })
        })
        .collect::<Option<_>>()?;
    Some(Attribution {
        players,
        whole,
        none: mean_interval(&nones, how.confidence)?,
        none_share: share(&nones),
        replicates: rows.len(),
        incomplete: replicates - rows.len(),
    })
}

/// Standard error of a value's mean over the rows that comes from the orders.
fn sampling_error(rows: &[Row], player: usize) -> Option<f64> {
    let variances: Option<Vec<f64>> = rows
        .iter()
        .map(|row| row.sampling.get(player).copied())
        .collect();
    Some((mean(&variances?)? / rows.len() as f64).sqrt())
}

fn ratio_of_means(pairs: &[(f64, f64)]) -> Option<f64> {
    let part: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
    let whole: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let whole = mean(&whole)?;
    (whole != 0.0).then_some(mean(&part)? / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn how() -> Bootstrap {
        Bootstrap {
            resamples: 500,
            ..Bootstrap::new(Streams::new(1, "shares"))
        }
    }

    /// Three mechanisms: 3 from the first, 1 from the second, 2 more only if first and third are both on;
    /// 0.5 with none on. By hand: 3 + 1, 1, 0 + 1.
    fn made_up(on: Coalition, replicate: usize) -> f64 {
        let on = |player: u32| f64::from(on >> player & 1);
        let luck = Streams::new(4, "luck").stream(replicate as u64).normal();
        0.5 + 3.0 * on(0) * (1.0 + 0.1 * luck) + on(1) + 2.0 * on(0) * on(2) + luck * 0.1
    }

    #[test]
    fn the_weights_of_the_orders() {
        assert_eq!(weights(1), [1.0]);
        for (found, expected) in weights(3).iter().zip([1.0 / 3.0, 1.0 / 6.0, 1.0 / 3.0]) {
            assert!((found - expected).abs() < 1e-15);
        }
        assert_eq!(all_coalitions(2), [0, 1, 2, 3]);
        assert_eq!(coalitions_along(&[vec![1, 0], vec![0, 1]]), [0, 1, 2, 3]);
    }

    #[test]
    fn exact_values_by_hand_without_luck() {
        let v = |on: Coalition, _: usize| Some([0.0, 4.0, 1.0, 8.0][on as usize]);
        let found = exact(2, 6, v, &how()).unwrap();
        // first: (4 - 0 + 8 - 1) / 2; second: (1 - 0 + 8 - 4) / 2
        assert_eq!(found.players[0].value.estimate, 5.5);
        assert_eq!(found.players[1].value.estimate, 2.5);
        assert!((found.players[0].share.unwrap().estimate - 5.5 / 8.0).abs() < 1e-15);
        assert_eq!((found.whole.estimate, found.none.estimate), (8.0, 0.0));
    }

    #[test]
    fn both_ways_find_the_values_and_share_out_the_interaction() {
        let value = |on: Coalition, r: usize| Some(made_up(on, r));
        let by_all = exact(3, 60, value, &how()).unwrap();
        let by_orders = sampled(3, 60, (&Streams::new(9, "orders"), 1), value, &how()).unwrap();
        for found in [&by_all, &by_orders] {
            for (player, truth) in found.players.iter().zip([4.0, 1.0, 1.0]) {
                // four standard errors: an interval is about two on each side
                let reach = (player.value.upper - player.value.lower).max(1e-12);
                assert!((player.value.estimate - truth).abs() <= reach, "{player:?}");
                let share = player.share.unwrap();
                assert!((share.estimate - truth / 6.5).abs() < 0.05, "{share:?}");
            }
            let sum: f64 = found.players.iter().map(|p| p.value.estimate).sum();
            let gap = found.whole.estimate - found.none.estimate;
            assert!((sum - gap).abs() < 1e-12, "the values add up");
        }
        assert!(
            by_all
                .players
                .iter()
                .all(|player| player.sampling.is_none())
        );
        // an interaction of three is shared out by the orders: their error is told apart from that of luck
        let three = |on: Coalition, _: usize| Some(f64::from(u8::from(on == 7)));
        let found = sampled(3, 400, (&Streams::new(9, "orders"), 2), three, &how()).unwrap();
        for player in &found.players {
            let half = (player.value.upper - player.value.lower) / 2.0;
            // without luck the interval is all sampling: half of it is 1.97 standard errors
            assert!(
                (player.sampling.unwrap() * 1.97 / half - 1.0).abs() < 0.15,
                "{player:?}"
            );
            assert!((player.value.estimate - 1.0 / 3.0).abs() < 2.0 * half);
        }
        // A walk and its reverse share out an interaction of two exactly.
        assert!((by_orders.players[2].value.estimate - 1.0).abs() < 1e-9);
    }

    #[test]
    fn incomplete_replicates_are_left_out_and_a_whole_near_zero_has_no_shares() {
        let hole = |on: Coalition, r: usize| (r != 3 || on != 2).then(|| made_up(on, r));
        let found = exact(3, 20, hole, &how()).unwrap();
        assert_eq!((found.replicates, found.incomplete), (19, 1));
        let noise = |on: Coalition, r: usize| {
            Some(f64::from(on & 1) * if r.is_multiple_of(2) { 1.0 } else { -1.0 })
        };
        let found = exact(2, 20, noise, &how()).unwrap();
        assert!(found.players.iter().all(|player| player.share.is_none()));
        assert!(exact(2, 1, |_, _| Some(1.0), &how()).is_none());
    }
}
