//! The evidence browser alone, for the tests of this crate.

use std::process::ExitCode;

fn main() -> ExitCode {
    trail_browser::run()
}
