//! `cargo xtask macos`: what needs none of Apple's own files is type-checked for macOS, from any system. Nothing is
//! linked.
//!
//! Left out is all that compiles C on the way (the store, the seal, what stands on them, and the core for its hashes):
//! that asks for Apple's headers, which are to be had on a Mac. It is no part of `cargo xtask test`, and installs
//! nothing.

use crate::cargo::{cargo, run, said};
use crate::place::Place;
use crate::steps::Steps;
use crate::stop::Stop;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is checked for. The other Macs, of Intel's making, see the same sources.
const TARGET: &str = "aarch64-apple-darwin";
/// What compiles no C. With the browser comes `trail-macos`, with the engine's part of it.
const PACKAGES: [&str; 4] = ["trail-macos", "trail-browser", "trail-picture", "xtask"];

/// # Errors
/// - If the standard library for macOS is missing: it names how to get it.
/// - If something does not type-check, or only with a warning.
pub(crate) fn run_it(place: &Place) -> Result<(), Stop> {
    let mut steps = Steps::default();
    steps.step("The standard library for macOS", || {
        let folder = said(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
        is_there(folder.map(|folder| PathBuf::from(folder.trim())).as_deref())
    })?;
    steps.step("What compiles no C, type-checked for macOS (cargo check)", || {
        let mut check = cargo(place);
        check.args(["check", "--locked", "--target", TARGET, "--target-dir"]).arg(place.root().join("target/macos"));
        check.args(PACKAGES.iter().flat_map(|package| ["-p", package]));
        // A warning that only this system has would be seen by nobody otherwise.
        check.env("RUSTFLAGS", "-D warnings");
        run(&mut check, "Mend what cargo names above: it holds on this system and not on macOS.")
    })?;
    println!("{}\n   Nothing was linked and nothing was run: that needs a Mac.", steps.table());
    Ok(())
}

fn is_there(library: Option<&Path>) -> Result<(), Stop> {
    if library.is_some_and(Path::is_dir) {
        return Ok(());
    }
    Err(Stop::new(
        "Rust's standard library for macOS is missing.",
        format!("Run `rustup target add {TARGET}`. It needs nothing of Apple's."),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::is_there;
    use std::path::Path;

    #[test]
    fn a_library_that_is_missing_is_named_with_how_to_get_it() {
        for nowhere in [None, Some(Path::new("not there"))] {
            let said = is_there(nowhere).unwrap_err().to_string();
            assert!(said.contains("rustup target add aarch64-apple-darwin"), "{said}");
        }
        is_there(Some(Path::new(env!("CARGO_MANIFEST_DIR")))).unwrap();
    }
}
