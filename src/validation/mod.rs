//! The model against the evidence: one line a fact, with an interval over seeds.
//!
//! ```text
//! conditions ──► observe (one run, watched) ──► facts (sums of each run) ──► estimate over seeds ──► report
//! ```
//!
//! A fact is a small function of one watched run, or of two runs with the same seed of which one has something
//! different (`facts/`). Bands, kinds and the strength of the evidence are those of the project's list of evidence.
//! Facts that cannot be measured are listed with the reason.

pub mod ablation;
pub mod conditions;
pub mod fact;
pub mod facts;
pub mod observe;
pub mod observed;
pub mod organisations;
pub mod published;
pub mod report;
mod tie_watch;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use conditions::{Condition, firm};
use fact::{Estimate, Fact, Measure, Sums, estimate};
use observe::{Look, observe};
use observed::Observed;
use published::{Efficiencies, Setting};

use crate::scenario::Scenario;

/// Runs of one kind: firms of `people` over `years`, one for each of `seeds` seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// People.
    pub people: u32,
    /// Years recorded.
    pub years: u32,
    /// Seeds, from 1.
    pub seeds: u64,
}

/// How much the suite runs.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The default firm, at several sizes.
    pub firms: Vec<Runs>,
    /// Each condition of the contrasts.
    pub contrasts: Runs,
    /// The long run.
    pub long: Runs,
    /// The published model of promotions, which says itself how many people it has.
    pub published: Runs,
    /// Everything else about the firm: as a rule the defaults.
    pub base: Scenario,
}

impl Suite {
    /// Enough seeds for intervals that mean something; minutes on two cores.
    pub fn full() -> Self {
        let runs = |people, years, seeds| Runs {
            people,
            years,
            seeds,
        };
        Self {
            firms: vec![runs(150, 20, 40), runs(500, 20, 30), runs(1000, 20, 10)],
            contrasts: runs(300, 5, 60),
            long: runs(1000, 50, 3),
            published: runs(160, 350, 4),
            base: Scenario::default(),
        }
    }

    /// The same with another number of seeds, but for the long run and the published model, which keep their own.
    pub fn reseed(&mut self, seeds: u64) {
        for runs in &mut self.firms {
            runs.seeds = seeds;
        }
        self.contrasts.seeds = seeds;
    }

    /// Every line once with few seeds, to see that nothing is broken; seconds.
    pub fn quick() -> Self {
        let runs = |people, years, seeds| Runs {
            people,
            years,
            seeds,
        };
        Self {
            firms: vec![runs(150, 8, 3), runs(500, 8, 2)],
            contrasts: runs(120, 5, 3),
            long: runs(150, 20, 1),
            published: runs(160, 80, 2),
            base: Scenario::default(),
        }
    }
}

/// What the suite found about one fact.
#[derive(Clone)]
pub struct Finding {
    /// Topic.
    pub topic: &'static str,
    /// The fact.
    pub fact: Fact,
    /// Estimates: for a firm one for each size of the suite, else one.
    pub estimates: Vec<(u32, Option<Estimate>)>,
}

impl Finding {
    /// The estimate on which the band is judged: that of the fact's size, or of the nearest there is.
    pub fn judged(&self) -> Option<Estimate> {
        self.estimates
            .iter()
            .min_by_key(|(people, _)| people.abs_diff(self.fact.size))
            .and_then(|(_, estimate)| *estimate)
    }

    /// Whether the value lies in its band; none without a value.
    pub fn holds(&self) -> Option<bool> {
        self.judged().map(|e| self.fact.holds(e.value))
    }

    /// Whether the whole interval lies on the same side of the band's ends as the value.
    pub fn is_clear(&self) -> bool {
        self.judged().is_some_and(|e| {
            let (low, high) = self.fact.band;
            let side = |x: f64| (x >= low, x <= high);
            side(e.lower) == side(e.value) && side(e.upper) == side(e.value)
        })
    }
}

/// One thing to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Job {
    Firm(Runs, u64),
    Contrast(u64),
    Long(u64),
    Published(u64),
}

impl Job {
    fn work(self, suite: &Suite) -> u64 {
        let one = |runs: Runs| u64::from(runs.people) * u64::from(runs.years + 3);
        match self {
            Self::Firm(runs, _) => one(runs),
            Self::Contrast(_) => one(suite.contrasts) * Condition::ALL.len() as u64,
            Self::Long(_) => one(suite.long),
            // nobody relates there: a year costs a fiftieth
            Self::Published(_) => one(suite.published) * Setting::all().len() as u64 / 50,
        }
    }
}

/// Runs the suite on `threads` threads. `progress` hears how much of the work is done; `stop` ends it early.
///
/// The result does not depend on the number of threads. None when stopped.
pub fn validate(
    suite: &Suite,
    threads: usize,
    progress: &(dyn Fn(u64, u64) + Sync),
    stop: &AtomicBool,
) -> Option<Vec<Finding>> {
    let facts: Vec<(&'static str, Fact)> = facts::all()
        .into_iter()
        .flat_map(|(topic, facts)| facts.into_iter().map(move |fact| (topic, fact)))
        .collect();
    let mut jobs: Vec<Job> = Vec::new();
    jobs.extend((1..=suite.long.seeds).map(Job::Long));
    for &runs in suite.firms.iter().rev() {
        jobs.extend((1..=runs.seeds).map(|seed| Job::Firm(runs, seed)));
    }
    jobs.extend((1..=suite.contrasts.seeds).map(Job::Contrast));
    jobs.extend((1..=suite.published.seeds).map(Job::Published));
    // the longest first, so that the threads end together
    jobs.sort_by_key(|job| std::cmp::Reverse(job.work(suite)));
    let of_jobs = in_parallel(
        &jobs,
        threads,
        |job| job.work(suite),
        progress,
        stop,
        |job| {
            let own: Vec<Option<Sums>> = match job {
                Job::Firm(runs, seed) => {
                    let seen = observe(
                        firm(&suite.base, runs.people, runs.years, seed),
                        Look {
                            traced: 8,
                            spells: true,
                        },
                    );
                    sums(&facts, |measure| match measure {
                        Measure::Firm(f) => f(&seen),
                        _ => None,
                    })
                }
                Job::Long(seed) => {
                    let look = Look {
                        traced: 2,
                        spells: false,
                    };
                    let seen = observe(
                        firm(&suite.base, suite.long.people, suite.long.years, seed),
                        look,
                    );
                    sums(&facts, |measure| match measure {
                        Measure::Long(f) => f(&seen),
                        _ => None,
                    })
                }
                Job::Contrast(seed) => contrasts(suite, seed, &facts),
                Job::Published(seed) => {
                    let found = Efficiencies::of(suite.published, seed);
                    sums(&facts, |measure| match measure {
                        Measure::Published(f) => f(&found),
                        _ => None,
                    })
                }
            };
            own
        },
    )?;
    Some(
        facts
            .iter()
            .enumerate()
            .map(|(i, &(topic, fact))| {
                let of = |kind: &dyn Fn(&Job) -> bool| {
                    let runs: Vec<Sums> = jobs
                        .iter()
                        .zip(&of_jobs)
                        .filter(|(job, _)| kind(job))
                        .filter_map(|(_, sums)| sums[i])
                        .collect();
                    estimate(fact.combine, &runs)
                };
                let estimates = match fact.measure {
                    Measure::Firm(_) => suite
                        .firms
                        .iter()
                        .map(|&size| {
                            let own =
                                |job: &Job| matches!(job, Job::Firm(runs, _) if *runs == size);
                            (size.people, of(&own))
                        })
                        .collect(),
                    Measure::Contrast(..) => {
                        let own = |job: &Job| matches!(job, Job::Contrast(_));
                        vec![(suite.contrasts.people, of(&own))]
                    }
                    Measure::Long(_) => {
                        let own = |job: &Job| matches!(job, Job::Long(_));
                        vec![(suite.long.people, of(&own))]
                    }
                    Measure::Published(_) => {
                        let own = |job: &Job| matches!(job, Job::Published(_));
                        vec![(suite.published.people, of(&own))]
                    }
                    Measure::Not(_) => Vec::new(),
                };
                Finding {
                    topic,
                    fact,
                    estimates,
                }
            })
            .collect(),
    )
}

fn sums(
    facts: &[(&'static str, Fact)],
    of: impl Fn(&Measure) -> Option<Sums>,
) -> Vec<Option<Sums>> {
    facts
        .iter()
        .map(|(_, fact)| of(&fact.measure).filter(|sums| sums.iter().all(|x| x.is_finite())))
        .collect()
}

/// All conditions with one seed, and what they add to the contrasts.
fn contrasts(suite: &Suite, seed: u64, facts: &[(&'static str, Fact)]) -> Vec<Option<Sums>> {
    let runs = suite.contrasts;
    let all: Vec<(Condition, Observed)> = Condition::ALL
        .iter()
        .map(|&condition| {
            let scenario = condition.scenario(&suite.base, runs.people, runs.years, seed);
            let look = Look {
                traced: runs.years as i32 * 4,
                spells: false,
            };
            (condition, observe(scenario, look))
        })
        .collect();
    let of = |condition: Condition| all.iter().find(|(c, _)| *c == condition).map(|(_, o)| o);
    sums(facts, |measure| match measure {
        Measure::Contrast(treated, control, f) => f(of(*treated)?, of(*control)?),
        _ => None,
    })
}

/// Does `work` for every job, each on one thread; results in the order of the jobs. None when stopped.
pub(crate) fn in_parallel<J: Copy + Sync, R: Send>(
    jobs: &[J],
    threads: usize,
    weight: impl Fn(&J) -> u64 + Sync,
    progress: &(dyn Fn(u64, u64) + Sync),
    stop: &AtomicBool,
    work: impl Fn(J) -> R + Sync,
) -> Option<Vec<R>> {
    let all: u64 = jobs.iter().map(&weight).sum();
    let done = Mutex::new((0_u64, (0..jobs.len()).map(|_| None).collect::<Vec<_>>()));
    let next = AtomicUsize::new(0);
    let lock = || match done.lock() {
        Ok(guard) => guard,
        // a worker that died takes the program with it below; what is there is still whole
        Err(poisoned) => poisoned.into_inner(),
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                // small firms run best on one thread each
                let own = rayon::ThreadPoolBuilder::new().num_threads(1).build();
                while !stop.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&job) = jobs.get(at) else { break };
                    let result = match &own {
                        Ok(pool) => pool.install(|| work(job)),
                        Err(_) => work(job),
                    };
                    let mut done = lock();
                    done.0 += weight(&job);
                    done.1[at] = Some(result);
                    progress(done.0, all);
                }
            });
        }
    });
    let mut done = lock();
    std::mem::take(&mut done.1).into_iter().collect()
}
