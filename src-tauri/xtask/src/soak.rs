//! `cargo xtask soak store`, `soak procedure` and `soak seal`: the long campaigns, for as long as they are given.

use crate::cargo::{cargo, hand_over_to};
use crate::example;
use crate::needs;
use crate::place::{Place, Profile};
use crate::prepare;
use crate::steps::Steps;
use crate::stop::Stop;
use crate::system::System;

/// # Errors
/// - If this is not Linux.
/// - If something is missing and is not installed in this call.
/// - If a build fails.
/// - If anything acknowledged was lost, or a control did not fail; the exit status is passed on.
pub(crate) fn run(place: &Place, yes: bool, minutes: u32, only: Option<&str>) -> Result<(), Stop> {
    if !System::of_this_computer().is_linux() {
        return Err(Stop::new("the campaigns need Linux: strace, FUSE and loop devices.", "Run them on Linux."));
    }
    let mut steps = Steps::default();
    steps.step("What the computer needs", || prepare::system(&[needs::SOAK], yes))?;
    steps.step("Disks whose power can be cut (cargo install)", || prepare::outagefs(place))?;
    steps.step("The screens", || prepare::screens(place))?;
    steps.step("The campaigns (cargo build)", || example::build(place, Profile::Debug))?;
    steps.step("The campaigns", || {
        let mut soak = example::program(place, Profile::Debug, "soak-store");
        soak.args(["--minutes", &minutes.to_string()]);
        if let Some(only) = only {
            soak.args(["--only", only]);
        }
        hand_over_to(&mut soak)
    })?;
    println!("{}", steps.table());
    Ok(())
}

/// Random sequences of commands against the procedure. Needs nothing but cargo: the core alone is built.
///
/// # Errors
/// - If the build fails.
/// - If a law did not hold, with the sequence that led to it; the exit status is passed on.
pub(crate) fn procedure(place: &Place, minutes: u32, seed: Option<&str>) -> Result<(), Stop> {
    example_of(place, "Random sequences of commands", ["trail-domain", "soak-procedure"], minutes, seed)
}

/// Mutants of forms and packages against the verifier. Needs nothing but cargo.
///
/// # Errors
/// - If the build fails.
/// - If a mutant was not refused, or a clean package was; the exit status is passed on.
pub(crate) fn seal(place: &Place, minutes: u32, seed: Option<&str>) -> Result<(), Stop> {
    example_of(place, "Mutants of forms and packages", ["trail-seal", "soak-seal"], minutes, seed)
}

fn example_of(
    place: &Place,
    what: &str,
    [package, example]: [&str; 2],
    minutes: u32,
    seed: Option<&str>,
) -> Result<(), Stop> {
    let mut steps = Steps::default();
    steps.step(&format!("{what} (cargo run --release)"), || {
        let mut soak = cargo(place);
        soak.args(["run", "--quiet", "--release", "-p", package, "--example", example, "--"]);
        soak.args(["--minutes", &minutes.to_string()]);
        if let Some(seed) = seed {
            soak.args(["--seed", seed]);
        }
        hand_over_to(&mut soak)
    })?;
    println!("{}", steps.table());
    Ok(())
}
