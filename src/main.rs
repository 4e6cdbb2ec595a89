//! The `deskbell` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    deskbell::cli::run()
}
