//! Checkpoints: the state of a run between two weeks, in a file from which it goes on exactly as if it had run through.
//!
//! Magic, form, length and BLAKE3 of what follows, then zstd of postcard of the state: plain data, checked before it
//! is read, and nothing in it is run. The form has no names of fields, so a file is read by the build that wrote it
//! and by no other.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::identity::{burn_in_identity, run_identity};
use super::single_run::Start;
use crate::experiment::machine::{build, write_bytes};
use crate::model::State;
use crate::records::Error;
use crate::scenario::Scenario;

const MAGIC: &[u8; 12] = b"allies-state";

/// Raised with every change of the form around the state.
const FORM: u32 = 1;

/// Bytes before the packed state: magic, form, length, checksum.
const HEAD: usize = 12 + 4 + 8 + 32;

/// Largest state that is unpacked: a firm of some ten million people [bytes].
const LARGEST: u64 = 1 << 38;

/// How hard it is packed: quick, since a state is written while a run waits.
const LEVEL: i32 = 3;

/// Why a file is no checkpoint for a run.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the message of each says it")]
pub enum CheckpointError {
    #[error("{} is no checkpoint of allies", .0.display())]
    Foreign(PathBuf),
    #[error("{} is damaged: its checksum does not match; write it again with --checkpoint-at", .0.display())]
    Damaged(PathBuf),
    #[error(
        "{} was written by another build of allies ({found}; this is {own}); run that build, or \
         write it again with --checkpoint-at", .path.display()
    )]
    OtherBuild {
        path: PathBuf,
        found: String,
        own: String,
    },
    #[error("{} belongs to another run: {what}", .path.display())]
    OtherRun { path: PathBuf, what: String },
    #[error(transparent)]
    Records(#[from] Error),
}

/// What stands beside the state.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct About {
    build: String,
    week: i32,
    seed: u64,
    /// What the scenario is known by up to the end of its burn-in.
    burn_in: String,
    /// What the scenario is known by, but for the length of the run and what is recorded.
    run: String,
}

/// Writes the state of a run, whole or not at all.
///
/// # Errors
/// Where it cannot be written.
pub fn write_checkpoint(path: &Path, scenario: &Scenario, state: &State) -> Result<(), Error> {
    let about = About {
        build: build(),
        week: state.world.week,
        seed: scenario.seed,
        burn_in: burn_in_identity(scenario),
        run: run_identity(scenario),
    };
    let failed = |reason: String| Error::write(path, io::Error::other(reason));
    let plain = postcard::to_stdvec(&(&about, state)).map_err(|e| failed(e.to_string()))?;
    let packed = zstd::bulk::compress(&plain, LEVEL).map_err(|e| failed(e.to_string()))?;
    let mut bytes = Vec::with_capacity(HEAD + packed.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&FORM.to_le_bytes());
    bytes.extend_from_slice(&(plain.len() as u64).to_le_bytes());
    bytes.extend_from_slice(blake3::hash(&packed).as_bytes());
    bytes.extend_from_slice(&packed);
    write_bytes(path, &bytes)
}

/// Reads a state for a run of a scenario: its own, or a burn-in that it shares.
///
/// # Errors
/// Where the file is not such a state.
pub fn read_checkpoint(path: &Path, scenario: &Scenario) -> Result<Start, CheckpointError> {
    let bytes = fs::read(path).map_err(|source| Error::read(path, source))?;
    let foreign = || CheckpointError::Foreign(path.to_owned());
    let damaged = || CheckpointError::Damaged(path.to_owned());
    if bytes.get(..12) != Some(MAGIC) {
        return Err(foreign());
    }
    let head = bytes.get(..HEAD).ok_or_else(damaged)?;
    if head[12..16] != FORM.to_le_bytes() {
        return Err(CheckpointError::OtherBuild {
            path: path.to_owned(),
            found: "another form".to_owned(),
            own: build(),
        });
    }
    let mut length = [0; 8];
    length.copy_from_slice(&head[16..24]);
    let length = u64::from_le_bytes(length);
    let packed = &bytes[HEAD..];
    if blake3::hash(packed).as_bytes()[..] != head[24..] || length > LARGEST {
        return Err(damaged());
    }
    // the checksum does not cover the length, and room for it is made before anything is unpacked
    let holds = zstd::zstd_safe::get_frame_content_size(packed)
        .ok()
        .flatten();
    if holds != Some(length) {
        return Err(damaged());
    }
    let plain = zstd::bulk::decompress(packed, length as usize).map_err(|_| damaged())?;
    let (about, rest): (About, &[u8]) = postcard::take_from_bytes(&plain).map_err(|_| damaged())?;
    let own = build();
    if about.build != own {
        return Err(CheckpointError::OtherBuild {
            path: path.to_owned(),
            found: about.build,
            own,
        });
    }
    let other = |what: String| CheckpointError::OtherRun {
        path: path.to_owned(),
        what,
    };
    if about.seed != scenario.seed {
        return Err(other(format!(
            "its seed is {}, not {}",
            about.seed, scenario.seed
        )));
    }
    let state = |rest| postcard::from_bytes::<State>(rest).map_err(|_| damaged());
    if about.run == run_identity(scenario) {
        return Ok(Start::Resume(state(rest)?));
    }
    if about.week > 0 {
        return Err(other(
            "the scenario differs in more than its length and what is recorded; a state past week 0 \
             belongs to one scenario alone"
                .to_owned(),
        ));
    }
    if about.burn_in != burn_in_identity(scenario) {
        return Err(other(
            "the scenario differs in something that acts during the burn-in (all but restructurings, \
             their rule, programmes, years and records does)"
                .to_owned(),
        ));
    }
    Ok(Start::Branch(state(rest)?))
}
