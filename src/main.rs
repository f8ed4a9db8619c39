//! The program: parse, dispatch, print the error once, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(allies::cli::main())
}
