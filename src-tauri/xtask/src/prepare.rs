//! What every command that builds does first: look, install, fetch.

use crate::cargo::{cargo, run, said};
use crate::front_end;
use crate::install;
use crate::needs::{self, Need};
use crate::place::Place;
use crate::stop::Stop;
use crate::system::System;
use crate::version::Version;
use std::process::Command;

const RUST: Version = Version::new(1, 90);
const NODE: Version = Version::new(18, 19);

/// System packages and tools, at the versions the project needs.
///
/// # Errors
/// - If something is missing and is not installed in this call.
/// - If Rust or Node is older than the project needs.
pub(crate) fn system(needs: &[&[Need]], yes: bool) -> Result<(), Stop> {
    let wanted = needs.iter().copied().flatten();
    install::ensure(needs::BUILD.iter().chain(needs::shots::SHOTS).chain(wanted), yes)?;
    let rust = said(Command::new("rustc").arg("--version"));
    new_enough(
        "Rust",
        rust.as_deref(),
        RUST,
        "Run `rustup update stable`, or install a newer Rust in the way you installed this one.",
    )?;
    let node = said(Command::new("node").arg("--version"));
    new_enough(
        "Node",
        node.as_deref(),
        NODE,
        &format!("Install a newer one: {}.", System::of_this_computer().install_line(&["nodejs", "npm"])),
    )
}

/// A driver for the real window, built once and kept apart.
///
/// # Errors
/// - If cargo cannot fetch or build it.
pub(crate) fn tauri_driver(place: &Place) -> Result<(), Stop> {
    let driver = place.tools().join("bin").join("tauri-driver");
    if driver.is_file() {
        println!("   tauri-driver is there.");
        return Ok(());
    }
    // Without --debug its build takes three times as long, and it only passes messages on.
    run(
        cargo(place)
            .args(["install", "tauri-driver", "--version", "^2", "--locked"])
            .args(["--quiet", "--debug", "--root"])
            .arg(place.tools()),
        "Look at what cargo printed above; often the network is in the way.",
    )
}

/// Disks that remember what they were told, for power cuts; built once and kept apart.
///
/// # Errors
/// - If cargo cannot fetch or build it.
pub(crate) fn outagefs(place: &Place) -> Result<(), Stop> {
    if place.tools().join("bin").join("outagefs").is_file() {
        println!("   outagefs is there.");
        return Ok(());
    }
    run(
        cargo(place)
            .args(["install", "outagefs", "--version", "0.1.0", "--locked"])
            .args(["--quiet", "--root"])
            .arg(place.tools()),
        "Look at what cargo printed above; often the network is in the way.",
    )
}

/// The screens, where they are missing or older than what they are made of.
///
/// # Errors
/// - If npm cannot fetch the parts, or the build fails.
pub(crate) fn screens(place: &Place) -> Result<(), Stop> {
    if !front_end::is_stale(place) {
        println!("   The screens are built and up to date.");
        return Ok(());
    }
    front_end::fetch(place)?;
    front_end::npm_run(place, "build")
}

fn new_enough(tool: &str, said: Option<&str>, least: Version, next: &str) -> Result<(), Stop> {
    let Some(found) = said.and_then(Version::parse) else {
        return Err(Stop::new(
            format!("{tool} does not say its version."),
            format!("Look whether it works. Version {least} or newer is needed. {next}"),
        ));
    };
    if found < least {
        return Err(Stop::new(format!("{tool} {found} is too old: {least} or newer is needed."), next));
    }
    println!("   {tool} {found} is new enough ({least} is needed).");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{NODE, new_enough};

    #[test]
    fn an_old_tool_stops_the_work_and_says_what_to_do() {
        let stop = new_enough("Node", Some("v16.20.2"), NODE, "Install a newer one.");
        let said = stop.err().map(|stop| stop.to_string()).unwrap_or_default();
        assert!(said.contains("Node 16.20 is too old: 18.19 or newer is needed."));
        assert!(said.contains("Install a newer one."));
    }

    #[test]
    fn the_oldest_that_is_good_enough_passes() {
        assert!(new_enough("Node", Some("v18.19.0"), NODE, "").is_ok());
    }

    #[test]
    fn a_tool_that_says_nothing_is_not_taken_for_a_good_one() {
        assert!(new_enough("Node", None, NODE, "").is_err());
        assert!(new_enough("Node", Some("what?"), NODE, "").is_err());
    }
}
