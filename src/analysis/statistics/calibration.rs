//! Adaptive approximate Bayesian computation: which parameters make the model do what was observed.
//!
//! Each round has N particles. After the first, drawn from the prior, the best α N are kept; the largest of their distances
//! is the tolerance ε; (1 − α) N new ones are drawn by moving kept ones (chosen by weight) with normal steps of twice
//! their weighted variance; a new one weighs prior over the density of being proposed, and the best α N of
//! all are kept again. It ends when few of the new ones were good enough to be kept, so ε has nearly stopped to fall.
//! A round needs a fixed number of runs, so it can be planned, run in parallel and resumed like any design.
//!
//! Distance: root mean square over targets of (mean outcome − target) / scale. Distances of a stochastic model have luck
//! in them: the posterior is wider than that of the exact likelihood, never narrower on purpose.
//!
//! Source: Lenormand, Jabot and Deffuant 2013, Comput. Stat. 28:2777 (with α = 0.5 and diagonal steps); Beaumont et al.
//! 2009, Biometrika 96:983 (weights, twice the variance).

use serde::{Deserialize, Serialize};

use super::distributions::normal_probability;
use super::streams::Streams;

/// A parameter vector on the unit cube (the prior is uniform there), with what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Particle {
    /// Its place.
    pub at: Vec<f64>,
    /// Distance of its outcomes from the targets.
    pub distance: f64,
    /// Weight: prior over the density with which it was proposed, so those of all rounds are on one scale.
    pub weight: f64,
}

/// The kept particles after a round.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Population {
    /// Kept, in order of distance.
    pub particles: Vec<Particle>,
    /// Largest distance kept.
    pub tolerance: f64,
    /// Share of the round's new particles that are among the kept.
    pub accepted: f64,
}

/// Distance of outcomes from targets, each in its own scale; none where an outcome is missing.
pub fn distance(outcomes: &[Option<f64>], targets: &[(f64, f64)]) -> Option<f64> {
    let mut sum = 0.0;
    for (outcome, (target, scale)) in outcomes.iter().zip(targets) {
        let gap = (outcome.as_ref()? - target) / scale;
        sum += gap * gap;
    }
    Some((sum / targets.len() as f64).sqrt())
}

impl Population {
    /// Places of the particles that the next round runs: from the prior in the first, by moving kept ones after.
    /// A pure function of the population and the round, so a resumed calibration proposes the same.
    pub fn propose(
        &self,
        parameters: usize,
        count: usize,
        round: u64,
        streams: &Streams,
    ) -> Vec<Vec<f64>> {
        let steps = self.steps(parameters);
        (0..count as u64)
            .map(|i| {
                let mut stream = streams.stream(round << 32 | i);
                if self.particles.is_empty() {
                    return (0..parameters).map(|_| stream.uniform()).collect();
                }
                loop {
                    let from = &self.particles[self.chosen(stream.uniform())];
                    let at: Vec<f64> = from
                        .at
                        .iter()
                        .zip(&steps)
                        .map(|(x, step)| x + step * stream.normal())
                        .collect();
                    // outside the ranges the prior is zero: such a particle would weigh nothing
                    if at.iter().all(|x| (0.0..=1.0).contains(x)) {
                        return at;
                    }
                }
            })
            .collect()
    }

    /// Takes in the round's particles (distance none where a run is missing: not kept) and keeps the best.
    #[must_use]
    pub fn update(&self, round: Vec<(Vec<f64>, Option<f64>)>, keep: usize) -> Self {
        let steps = self.steps(round.first().map_or(0, |particle| particle.0.len()));
        let tried = round.len();
        let mut all: Vec<(Particle, bool)> = self
            .particles
            .iter()
            .map(|particle| (particle.clone(), false))
            .collect();
        for (at, distance) in round {
            let Some(distance) = distance.filter(|d| d.is_finite()) else {
                continue;
            };
            let weight = 1.0 / self.density(&at, &steps);
            all.push((
                Particle {
                    at,
                    distance,
                    weight,
                },
                true,
            ));
        }
        // stable: of equal distances the older stays, in the order of the runs
        all.sort_by(|a, b| a.0.distance.total_cmp(&b.0.distance));
        all.truncate(keep);
        let fresh = all.iter().filter(|(_, new)| *new).count();
        let particles: Vec<Particle> = all.into_iter().map(|(particle, _)| particle).collect();
        Self {
            tolerance: particles
                .last()
                .map_or(f64::INFINITY, |particle| particle.distance),
            accepted: if tried == 0 {
                0.0
            } else {
                fresh as f64 / tried as f64
            },
            particles,
        }
    }

    /// Weighted mean and standard deviation of a parameter.
    pub fn moments(&self, parameter: usize) -> (f64, f64) {
        let total = self.total();
        let mean = self.sum(|p| p.at[parameter]) / total;
        let variance = self.sum(|p| (p.at[parameter] - mean) * (p.at[parameter] - mean)) / total;
        (mean, variance.max(0.0).sqrt())
    }

    /// Weighted quantile of a parameter.
    pub fn quantile(&self, parameter: usize, p: f64) -> Option<f64> {
        let mut sorted: Vec<(f64, f64)> = self
            .particles
            .iter()
            .map(|particle| (particle.at[parameter], particle.weight))
            .collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut sum, total) = (0.0, self.total());
        sorted
            .iter()
            .find(|(_, weight)| {
                sum += weight;
                sum >= (p - 1e-12) * total
            })
            .or(sorted.last())
            .map(|(value, _)| *value)
    }

    /// Places drawn from the population by weight: for the posterior-predictive check.
    pub fn draw(&self, count: usize, streams: &Streams) -> Vec<Vec<f64>> {
        let mut stream = streams.stream(u64::MAX);
        (0..count)
            .map(|_| self.particles[self.chosen(stream.uniform())].at.clone())
            .collect()
    }

    /// Effective number of particles, (Σ w)² / Σ w².
    pub fn effective(&self) -> f64 {
        let squares = self.sum(|p| p.weight);
        if squares > 0.0 {
            self.total() * self.total() / squares
        } else {
            0.0
        }
    }

    fn total(&self) -> f64 {
        self.sum(|_| 1.0)
    }

    /// Weighted sum, in the particles' order.
    fn sum(&self, of: impl Fn(&Particle) -> f64) -> f64 {
        self.particles.iter().map(|p| p.weight * of(p)).sum()
    }

    /// The particle at this share of the weights.
    fn chosen(&self, share: f64) -> usize {
        let mut point = share * self.total();
        for (i, particle) in self.particles.iter().enumerate() {
            point -= particle.weight;
            if point < 0.0 {
                return i;
            }
        }
        self.particles.len() - 1
    }

    /// Standard deviations of the moves.
    fn steps(&self, parameters: usize) -> Vec<f64> {
        (0..parameters)
            .map(|parameter| {
                let spread = self.moments(parameter).1;
                // a population in one point still looks around it
                (core::f64::consts::SQRT_2 * spread).max(1e-3)
            })
            .collect()
    }

    /// Density with which a place is proposed, proposals outside the cube being thrown away; 1 by the prior.
    fn density(&self, at: &[f64], steps: &[f64]) -> f64 {
        if self.particles.is_empty() {
            return 1.0;
        }
        let kernel = |from: &[f64]| -> f64 {
            let of = |((from, at), step): ((&f64, &f64), &f64)| {
                let z = (at - from) / step;
                libm::exp(-0.5 * z * z) / (step * core::f64::consts::TAU.sqrt())
            };
            from.iter().zip(at).zip(steps).map(of).product()
        };
        let inside = |from: &[f64]| -> f64 {
            let of = |(from, step): (&f64, &f64)| {
                normal_probability((1.0 - from) / step) - normal_probability(-from / step)
            };
            from.iter().zip(steps).map(of).product()
        };
        self.sum(|p| kernel(&p.at)) / self.sum(|p| inside(&p.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two outcomes, the parameters themselves with luck of this size.
    fn run(at: &[f64], luck: f64, number: u64) -> Vec<Option<f64>> {
        let mut stream = Streams::new(11, "luck").stream(number);
        at.iter()
            .map(|x| Some(x + luck * stream.normal()))
            .collect()
    }

    fn calibrate(luck: f64, rounds: u64) -> Population {
        let streams = Streams::new(3, "calibration");
        let targets = [(0.3, 0.1), (0.7, 0.1)];
        let mut population = Population::default();
        let mut number = 0;
        for round in 0..rounds {
            let count = if round == 0 { 200 } else { 100 };
            let places = population.propose(2, count, round, &streams);
            let run = places
                .into_iter()
                .map(|at| {
                    number += 1;
                    let distance = distance(&run(&at, luck, number), &targets);
                    (at, distance)
                })
                .collect();
            population = population.update(run, 100);
        }
        population
    }

    #[test]
    fn it_closes_in_on_the_parameters_that_made_the_targets() {
        let first = calibrate(0.0, 1);
        let last = calibrate(0.0, 8);
        assert!(last.tolerance < first.tolerance / 4.0, "{}", last.tolerance);
        for (parameter, truth) in [(0, 0.3), (1, 0.7)] {
            let (mean, spread) = last.moments(parameter);
            assert!(
                (mean - truth).abs() < 0.05 && spread < 0.06,
                "{mean} {spread}"
            );
        }
        assert!(last.effective() > 20.0, "{}", last.effective());
    }

    #[test]
    fn under_luck_the_posterior_is_as_wide_as_the_luck() {
        // one observation with normal luck 0.08 and a flat prior: the posterior's deviation is 0.08, more with a tolerance
        let last = calibrate(0.08, 7);
        for (parameter, truth) in [(0, 0.3), (1, 0.7)] {
            let (mean, spread) = last.moments(parameter);
            assert!((mean - truth).abs() < 0.05, "{mean}");
            assert!((0.06..0.14).contains(&spread), "{spread}");
        }
    }

    #[test]
    fn missing_runs_are_not_kept_and_quantiles_are_weighted() {
        let round = vec![
            (vec![0.1], Some(1.0)),
            (vec![0.2], None),
            (vec![0.9], Some(0.5)),
        ];
        let population = Population::default().update(round, 2);
        assert_eq!(population.particles[0].at, [0.9]);
        assert!((population.accepted - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(population.tolerance, 1.0);
        assert_eq!(population.quantile(0, 0.5), Some(0.1));
        assert_eq!(population.quantile(0, 0.51), Some(0.9));
        assert_eq!(
            distance(&[Some(1.0), None], &[(0.0, 1.0), (0.0, 1.0)]),
            None
        );
        assert_eq!(
            distance(&[Some(3.0), Some(4.0)], &[(0.0, 1.0), (0.0, 1.0)]),
            Some(12.5_f64.sqrt())
        );
    }
}
