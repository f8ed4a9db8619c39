//! What can go wrong with results, in words that say what to do.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

/// Whose fault it is; the command line makes its exit code of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The user named something that cannot be used: exit code 2.
    WrongInput,
    /// The machine, or the program, failed: exit code 1.
    Failed,
}

/// A failure to write or read results.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the message of each says it")]
pub enum Error {
    #[error("{} exists; choose another --out or add --force", .path.display())]
    Exists { path: PathBuf },
    #[error("{} is a file, not a folder; choose another --out", .path.display())]
    FileInTheWay { path: PathBuf },
    #[error(
        "{} was not written by allies (there is no manifest.json of ours in it), so --force does \
         not replace it; choose another --out or remove it yourself", .path.display()
    )]
    NotOurs { path: PathBuf },
    #[error("{}: a results folder needs a name of its own; choose another --out", .path.display())]
    NoName { path: PathBuf },
    #[error("{}: {reason}; choose another --out", .path.display())]
    CannotWriteThere { path: PathBuf, reason: String },
    #[error(
        "{}: no space is left on the disk; free some, or choose an --out on another disk",
        .path.display()
    )]
    DiskFull { path: PathBuf },
    #[error("{}: cannot write: {source}", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error(
        "the results are complete in {}, but cannot be moved to {}: {reason}; move the folder \
         there yourself", .kept.display(), .path.display()
    )]
    NotInPlace {
        path: PathBuf,
        kept: PathBuf,
        reason: String,
    },
    #[error("{}: cannot read: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: the encoder failed: {reason}; please report it", .path.display())]
    Encode { path: PathBuf, reason: String },

    #[error("{}: no such folder; give the folder that `allies run` wrote", .path.display())]
    NoFolder { path: PathBuf },
    #[error("{} is not a results folder: it has no manifest.json; give the folder that `allies run` wrote", .path.display())]
    NotResults { path: PathBuf },
    #[error(
        "{} is incomplete: the run that wrote it did not finish; remove it and run again",
        .path.display()
    )]
    Incomplete { path: PathBuf },
    #[error("{}: not a manifest of allies: {reason}", .path.display())]
    ForeignManifest { path: PathBuf, reason: String },
    #[error("{}: damaged: {reason}; run again to replace the results", .path.display())]
    GarbledManifest { path: PathBuf, reason: String },
    #[error(
        "{}: results of version {found}, this program reads version {expected}; use the version \
         of allies that wrote them, or run again", .path.display()
    )]
    OtherVersion {
        path: PathBuf,
        found: String,
        expected: &'static str,
    },
    #[error("{}: table `{table}` is not there; run again with it, or restore the file", .path.display())]
    NoTable { path: PathBuf, table: String },
    #[error(
        "{}: changed since the run wrote it (its hash is another); restore it or run again",
        .path.display()
    )]
    Changed { path: PathBuf },
    #[error("{}: {reason}; restore it or run again", .path.display())]
    Garbled { path: PathBuf, reason: String },
    #[error("{}, line {line}: {reason}; restore the file or run again", .path.display())]
    GarbledLine {
        path: PathBuf,
        line: u64,
        reason: String,
    },
}

impl Error {
    /// Whose fault it is.
    pub fn fault(&self) -> Fault {
        match self {
            Self::DiskFull { .. }
            | Self::Write { .. }
            | Self::Encode { .. }
            | Self::NotInPlace { .. } => Fault::Failed,
            _ => Fault::WrongInput,
        }
    }

    /// A failure to write a file or folder.
    pub fn write(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::Write { path, source },
        }
    }

    /// A failure to read a file or folder.
    pub fn read(path: &Path, source: io::Error) -> Self {
        Self::Read {
            path: path.to_owned(),
            source,
        }
    }

    /// A file that cannot be understood.
    pub(super) fn garbled(path: &Path, reason: impl Display) -> Self {
        Self::Garbled {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }
}
