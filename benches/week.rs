//! A week of the whole model at several sizes, and each phase of it.
//!
//! `cargo bench --bench week` runs 1,000 and 10,000 people; `ALLIES_BENCH_LARGE=1` adds 100,000 and 1,000,000.
//! Criterion's throughput is in employee-weeks. One thread unless `ALLIES_BENCH_THREADS` says otherwise.

#![allow(clippy::print_stdout)] // the share of each phase is for people

use std::time::{Duration, Instant};

use allies::model::{Model, PHASES, build};
use allies::scenario::Scenario;
use allies::units::{Headcount, Weeks};
use allies::world::World;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// A firm that has run for `weeks` weeks.
fn firm(employees: u32, weeks: u32) -> (Model, World) {
    let mut scenario = Scenario {
        burn_in: Weeks::new(weeks),
        ..Scenario::default()
    };
    scenario.organisation.employees = Headcount::new(employees);
    let (mut model, mut world, _) = build(scenario, None);
    while world.week < 0 {
        model.advance(&mut world, &mut |_, _| {});
    }
    (model, world)
}

fn pool() -> rayon::ThreadPool {
    let threads = std::env::var("ALLIES_BENCH_THREADS")
        .ok()
        .and_then(|t| t.parse().ok());
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.unwrap_or(1))
        .build()
        .expect("threads")
}

fn week(criterion: &mut Criterion) {
    let large = std::env::var_os("ALLIES_BENCH_LARGE").is_some();
    let sizes: &[(u32, u32)] = if large {
        &[(1_000, 104), (10_000, 104), (100_000, 30), (1_000_000, 20)]
    } else {
        &[(1_000, 104), (10_000, 104)]
    };
    let pool = pool();
    for &(employees, weeks) in sizes {
        let (mut model, mut world) = pool.install(|| firm(employees, weeks));
        let mut group = criterion.benchmark_group("week");
        group
            .sample_size(10)
            .throughput(Throughput::Elements(u64::from(employees)));
        group.measurement_time(Duration::from_secs(if employees > 50_000 { 20 } else { 5 }));
        group.bench_function(BenchmarkId::from_parameter(employees), |bencher| {
            bencher.iter(|| pool.install(|| model.advance(&mut world, &mut |_, _| {})));
        });
        group.finish();

        // each phase by itself, timed within whole weeks so that the state moves on as in a run
        let mut spent = vec![Duration::ZERO; PHASES.len()];
        let rounds = if employees > 50_000 { 13 } else { 52 };
        for _ in 0..rounds {
            pool.install(|| {
                for (phase, spent) in PHASES.iter().zip(&mut spent) {
                    let clock = Instant::now();
                    (phase.run)(&mut model, &mut world);
                    *spent += clock.elapsed();
                }
                world.week += 1;
            });
        }
        let all: Duration = spent.iter().sum();
        for (phase, spent) in PHASES.iter().zip(&spent) {
            let each = spent.as_secs_f64() / f64::from(rounds) / f64::from(employees) * 1e9;
            let share = spent.as_secs_f64() / all.as_secs_f64() * 100.0;
            println!(
                "phase {employees:>8} {:<15} {each:8.1} ns/employee-week {share:5.1} %",
                phase.name
            );
        }
    }
}

criterion_group!(benches, week);
criterion_main!(benches);
