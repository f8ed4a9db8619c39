//! What a run of an experiment costs: 200 people over ten years, read by the outcomes that a study asks for most.
//!
//! `cargo bench --bench experiment`. The aim of 10,000 runs in 10 minutes on two cores is 0.12 CPU-seconds a run. The
//! two arms share a burn-in, so that the second costs less than the first; `whole` is a run by itself.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use allies::experiment::{How, Start, burn_in, run_how};
use allies::records::wanted::{Few, Wanted};
use allies::scenario::Scenario;
use allies::units::{Headcount, Years};
use criterion::{Criterion, criterion_group, criterion_main};

fn scenario() -> Scenario {
    let mut scenario = Scenario {
        years: Years::new(10),
        ..Scenario::default()
    };
    scenario.organisation.employees = Headcount::new(200);
    scenario.complete();
    scenario
}

/// What promotions per 100 employee-years and the fate in restructurings need.
fn wanted() -> Wanted {
    Wanted {
        events: true,
        placements: true,
        employees: Few::Only(vec![0]),
        ..Wanted::NOTHING
    }
}

fn one(start: Start, wanted: Wanted) -> usize {
    let how = How {
        import: None,
        start,
        wanted,
        checkpoint_at: None,
    };
    let never = AtomicBool::new(false);
    let finished = run_how(scenario(), how, &mut |_, _| {}, &never).expect("it runs");
    finished.recorder.tables().len()
}

fn runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("experiment");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    // so few people are one block of the engine, which keeps to the thread that it is called on
    group.bench_function("whole", |b| {
        b.iter(|| one(Start::Beginning, wanted()));
    });
    group.bench_function("everything recorded", |b| {
        b.iter(|| one(Start::Beginning, Wanted::EVERYTHING));
    });
    let never = AtomicBool::new(false);
    let state = burn_in(scenario(), &never).expect("it runs");
    group.bench_function("branched off a burn-in", |b| {
        b.iter(|| one(Start::Branch(state.clone()), wanted()));
    });
    group.finish();
}

criterion_group!(benches, runs);
criterion_main!(benches);
