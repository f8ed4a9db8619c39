//! Ctrl-C: asks the run to stop, so that no folder is left half written.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that Ctrl-C (or a termination signal) sets. A second one ends the program at once.
pub(super) fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    // where no handler can be set, Ctrl-C ends the program at once; the unfinished folder is then marked as such
    drop(ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::abort();
        }
    }));
    flag
}
