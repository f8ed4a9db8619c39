//! Our statistics and designs against scipy, SALib and lifelines (tests/fixtures/statistics/make_fixtures.py says
//! which versions, and where they differ).

#![allow(clippy::unwrap_used)]

use allies::analysis::statistics::competing_risks::{Spell, aalen_johansen};
use allies::analysis::statistics::distributions::{normal_quantile, t_quantile, t_two_sided};
use allies::analysis::statistics::variance_indices::indices;
use allies::analysis::statistics::{
    Bootstrap, Streams, bootstrap, elementary_effects, mean, paired,
};
use allies::analysis::{Interval, median};
use allies::experiment::designs::{Outcomes, morris, saltelli, sobol_sequence};
use allies::measures::inequality;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("fixtures/statistics/reference.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap();
    list.iter().map(|number| number.as_f64().unwrap()).collect()
}

fn close(found: f64, expected: f64, relative: f64, what: &str) {
    assert!(
        (found - expected).abs() <= relative * expected.abs().max(1e-3),
        "{what}: {found} is not {expected}"
    );
}

#[test]
fn quantiles_and_tails_agree_with_scipy() {
    let found = &reference()["distributions"];
    for row in found["normal"].as_array().unwrap() {
        let row = numbers(row);
        close(normal_quantile(row[0]), row[1], 1e-10, "normal");
    }
    for row in found["t"].as_array().unwrap() {
        let row = numbers(row);
        close(t_quantile(row[0], row[1]), row[2], 1e-9, "t");
    }
    for row in found["t_two_sided"].as_array().unwrap() {
        let row = numbers(row);
        close(t_two_sided(row[0], row[1]), row[2], 1e-9, "two-sided t");
    }
}

#[test]
fn the_paired_difference_agrees_with_scipy() {
    let found = &reference()["pairs"];
    let pairs: Vec<(Option<f64>, Option<f64>)> = numbers(&found["first"])
        .into_iter()
        .map(Some)
        .zip(numbers(&found["second"]).into_iter().map(Some))
        .collect();
    let difference = paired(&pairs, 0.95).unwrap();
    let number = |name: &str| found[name].as_f64().unwrap();
    close(difference.p.unwrap(), number("p"), 1e-8, "p");
    close(difference.difference.lower, number("lower"), 1e-9, "lower");
    close(difference.difference.upper, number("upper"), 1e-9, "upper");
}

#[test]
fn bootstrap_intervals_lie_near_those_of_scipy() {
    let found = &reference()["skewed"];
    let values = numbers(&found["values"]);
    let how = Bootstrap {
        resamples: 4000,
        ..Bootstrap::new(Streams::new(1, "reference"))
    };
    let check = |name: &str, interval: Interval| {
        let expected = numbers(&found[name]);
        // an end of 4,000 resamples has a standard error of about 2 % of the width; four of them
        let reach = 0.08 * (expected[1] - expected[0]);
        for (end, expected) in [interval.lower, interval.upper].iter().zip(&expected) {
            assert!(
                (end - expected).abs() < reach,
                "{name}: {interval:?} against {expected}"
            );
        }
    };
    check("mean", bootstrap(&values, &how, mean).unwrap());
    check("gini", bootstrap(&values, &how, inequality::gini).unwrap());
    let middle = bootstrap(&values, &how, median).unwrap();
    let expected = numbers(&found["median"]);
    // the median of a resample is one of few values: neighbouring order statistics, not a continuum
    let rank = |value: f64| values.iter().filter(|v| **v < value).count() as i64;
    assert!((rank(middle.lower) - rank(expected[0])).abs() <= 1);
    assert!((rank(middle.upper) - rank(expected[1])).abs() <= 1);
    close(
        inequality::gini(&values).unwrap(),
        found["gini_estimate"].as_f64().unwrap(),
        1e-12,
        "gini",
    );
}

#[test]
fn competing_risks_agree_with_lifelines() {
    let found = &reference()["spells"];
    let (entry, exit) = (numbers(&found["entry"]), numbers(&found["exit"]));
    let spells: Vec<Spell> = numbers(&found["cause"])
        .into_iter()
        .enumerate()
        .map(|(i, cause)| Spell {
            entry: entry[i],
            exit: exit[i],
            cause: (cause as usize).checked_sub(1),
        })
        .collect();
    let risks = aalen_johansen(&spells, 2);
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(risks.times.len(), rows.len());
    for (i, row) in rows.iter().enumerate() {
        let row = numbers(row);
        assert_eq!(risks.times[i], row[0]);
        for cause in 0..2 {
            let curve = &risks.causes[cause];
            close(curve.share[i], row[1 + 2 * cause], 1e-9, "share");
            close(curve.variance[i], row[2 + 2 * cause], 1e-8, "variance");
        }
    }
}

#[test]
fn the_sobol_sequence_is_that_of_scipy() {
    let reference = reference();
    let points = sobol_sequence::sobol_sequence(64, 50, None).unwrap();
    for (i, expected) in [1, 2, 3, 17, 63]
        .into_iter()
        .zip(reference["sobol_points"].as_array().unwrap())
    {
        assert_eq!(points[i], numbers(expected), "point {i}");
    }
}

type Function = fn(&[f64]) -> f64;

fn ishigami(u: &[f64]) -> f64 {
    use std::f64::consts::PI;
    let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
    let (first, second) = (libm::sin(x[0]), libm::sin(x[1]));
    first + 7.0 * second * second + 0.1 * libm::pow(x[2], 4.0) * first
}

fn g_function(u: &[f64]) -> f64 {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    let term = |(u, a): (&f64, &f64)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a);
    u.iter().zip(&a).map(term).product()
}

fn few() -> Bootstrap {
    Bootstrap {
        resamples: 200,
        ..Bootstrap::new(Streams::new(1, "indices"))
    }
}

#[test]
fn sobol_indices_agree_with_salib() {
    let reference = reference();
    for (name, function, k) in [("ishigami", ishigami as Function, 3), ("g", g_function, 8)] {
        let expected = &reference["sensitivity"][name];
        let n = expected["rows"].as_u64().unwrap() as usize;
        let points = saltelli::saltelli(n, k, None).unwrap();
        let outcomes: Vec<Outcomes> = points.iter().map(|p| vec![Some(function(p))]).collect();
        for (ours, theirs) in outcomes.iter().zip(numbers(&expected["outcomes"])) {
            assert!((ours[0].unwrap() - theirs).abs() < 1e-9, "the same design");
        }
        let found = indices(&saltelli::rows(&outcomes, k), k, &few()).unwrap();
        let (first, total) = (numbers(&expected["first"]), numbers(&expected["total"]));
        for (i, index) in found.parameters.iter().enumerate() {
            assert!((index.first.estimate - first[i]).abs() < 1e-9, "{name} {i}");
            assert!((index.total.estimate - total[i]).abs() < 1e-9, "{name} {i}");
        }
    }
}

#[test]
fn shifted_designs_find_the_indices_known_in_closed_form() {
    // Ishigami with a = 7, b = 0.1 (Sobol and Levitan 1999)
    let shift = Streams::new(2, "design");
    let points = saltelli::saltelli(2048, 3, Some(&shift)).unwrap();
    let outcomes: Vec<Outcomes> = points.iter().map(|p| vec![Some(ishigami(p))]).collect();
    let found = indices(&saltelli::rows(&outcomes, 3), 3, &few()).unwrap();
    let truth = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
    for (index, (first, total)) in found.parameters.iter().zip(truth) {
        assert!((index.first.estimate - first).abs() < 0.02, "{index:?}");
        assert!((index.total.estimate - total).abs() < 0.02, "{index:?}");
    }
}

#[test]
fn elementary_effects_agree_with_salib() {
    let reference = reference();
    for (name, function, k) in [
        ("ishigami_morris", ishigami as Function, 3),
        ("g_morris", g_function, 8),
    ] {
        let expected = &reference["sensitivity"][name];
        let points: Vec<Vec<f64>> = expected["points"]
            .as_array()
            .unwrap()
            .iter()
            .map(numbers)
            .collect();
        let walks: Vec<morris::Trajectory> = points
            .chunks(k + 1)
            .map(|points| morris::Trajectory {
                moves: points
                    .windows(2)
                    .map(|pair| {
                        let moved = (0..k)
                            .find(|i| (pair[0][*i] - pair[1][*i]).abs() > 1e-9)
                            .unwrap();
                        (moved, pair[1][moved] - pair[0][moved])
                    })
                    .collect(),
                points: points.to_vec(),
            })
            .collect();
        let outcomes: Vec<Outcomes> = points.iter().map(|p| vec![Some(function(p))]).collect();
        let effects = morris::effects(&walks, &outcomes, k);
        for (i, effects) in effects.iter().enumerate() {
            let found = elementary_effects::screen(effects, &few()).unwrap();
            let theirs = |name: &str| numbers(&expected[name])[i];
            assert!(
                (found.strength.estimate - theirs("mu_star")).abs() < 1e-9,
                "{name} {i}"
            );
            assert!((found.mean - theirs("mu")).abs() < 1e-9, "{name} {i}");
            assert!(
                (found.spread.unwrap() - theirs("sigma")).abs() < 1e-9,
                "{name} {i}"
            );
        }
    }
}
