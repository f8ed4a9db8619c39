//! What this build is known by.

use crate::records::manifest::{Build, hash_file};

/// What this build is known by: version and commit, or the program file itself where the commit is unknown.
pub fn build() -> String {
    let build = Build::current();
    let version = env!("CARGO_PKG_VERSION");
    let source = if build.commit == "unknown" {
        let program = std::env::current_exe().ok();
        let hash = program.and_then(|program| hash_file(&program).ok());
        hash.map_or(build.commit, |hash| format!("program {}", &hash[..16]))
    } else {
        build.commit
    };
    format!("{version}, {source}, {}", build.profile)
}
