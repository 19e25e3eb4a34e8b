//! `cargo xtask example`: the whole procedure with the real parts and no hands.

use crate::cargo::{cargo, hand_over_to, run as run_program};
use crate::display;
use crate::needs;
use crate::place::{Place, Profile};
use crate::prepare;
use crate::steps::Steps;
use crate::stop::Stop;
use std::process::Command;

/// # Errors
/// - If something is missing and is not installed in this call.
/// - If a build fails.
/// - If the example fails; its exit status is passed on.
pub(crate) fn run(place: &Place, yes: bool, passed_on: &[String]) -> Result<(), Stop> {
    let mut steps = Steps::default();
    steps.step("What the computer needs", || prepare::system(&[display_needs(), needs::PAPER], yes))?;
    steps.step("The screens", || prepare::screens(place))?;
    steps.step("The app and the example (cargo build)", || build(place, Profile::Debug))?;
    steps.step("The worked example", || {
        let display = display::where_needed()?;
        let mut example = program(place, Profile::Debug, "worked-example");
        if let Some(display) = &display {
            display.lend_to(&mut example);
        }
        hand_over_to(example.args(passed_on))
    })?;
    println!("{}", steps.table());
    Ok(())
}

/// What a command needs that opens windows.
pub(crate) fn display_needs() -> &'static [needs::Need] {
    if display::somebody_can_see() { &[] } else { needs::DISPLAY }
}

/// Builds the app, the verifier and the acceptance programs.
///
/// # Errors
/// - If the build fails.
pub(crate) fn build(place: &Place, profile: Profile) -> Result<(), Stop> {
    let mut command = cargo(place);
    command.args(["build", "-p", "evidence-trail", "-p", "acceptance", "-p", "trail-seal"]);
    match profile {
        Profile::Debug => command.arg("--bins"),
        // Each program is optimised as a whole, which takes minutes: only those that are measured, and what measures.
        Profile::Release => {
            let programs = ["--bin", "evidence-trail", "--bin", "evidence-trail-verify", "--bin", "bench"];
            command.args(["--release", "--features", "acceptance/bench"]).args(programs)
        }
    };
    run_program(&mut command, "Look at the first error that cargo printed above.")
}

/// One of the acceptance programs, told where the app is.
pub(crate) fn program(place: &Place, profile: Profile, name: &str) -> Command {
    let mut command = Command::new(place.binary(profile, name));
    command.current_dir(place.root()).env("EVIDENCE_TRAIL_BIN", place.binary(profile, "evidence-trail"));
    command
}
