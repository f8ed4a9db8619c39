//! Writing to the terminal: a closed pipe (`| head`) is a reader who has seen enough, not an error.

use std::io::{self, ErrorKind, Write};

use crate::scenario::{Look, Problems};

/// Exit code: all went well.
pub(super) const FINE: u8 = 0;
/// Exit code: it could not be done, or results differ, and the input is not to blame.
pub(super) const FAILED: u8 = 1;
/// Exit code: the input is wrong.
pub(super) const WRONG_INPUT: u8 = 2;
/// Exit code: interrupted by Ctrl-C or a termination signal.
pub(super) const INTERRUPTED: u8 = 130;

/// Writes text to standard output.
///
/// # Errors
/// When the terminal cannot be written to for another reason than a closed pipe.
pub(super) fn print(text: &str) -> io::Result<()> {
    quiet_when_closed(write_all(&mut anstream::stdout().lock(), text))
}

/// Writes text to standard error.
///
/// # Errors
/// As [`print`].
pub(super) fn print_error(text: &str) -> io::Result<()> {
    quiet_when_closed(write_all(&mut anstream::stderr().lock(), text))
}

/// Writes problems to standard error, in colour where the terminal allows it.
///
/// # Errors
/// As [`print`].
pub(super) fn print_problems(problems: &Problems) -> io::Result<()> {
    // The stream takes the colours out again where nobody can see them.
    print_error(&problems.render(Look::Colour))
}

fn write_all(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn quiet_when_closed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
        assert!(quiet_when_closed(Err(ErrorKind::BrokenPipe.into())).is_ok());
        assert!(quiet_when_closed(Err(ErrorKind::StorageFull.into())).is_err());
    }
}
