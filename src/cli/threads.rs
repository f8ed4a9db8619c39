//! On how many threads a command works.

use anyhow::Context;

/// The threads asked for, or one for each core.
pub(super) fn cores_or(threads: Option<u16>) -> usize {
    threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    )
}

/// A pool of the threads asked for, or of one for each core.
///
/// # Errors
/// When the machine starts no threads.
pub(super) fn pool(threads: Option<u16>) -> anyhow::Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, usize::from))
        .build()
        .context("cannot start the threads")
}
