//! `cargo xtask run`: from a fresh machine to the open app.

use crate::cargo::{cargo, hand_over_to, run as run_program};
use crate::display;
use crate::example;
use crate::front_end;
use crate::place::{Place, Profile};
use crate::prepare;
use crate::steps::Steps;
use crate::stop::Stop;
use std::process::Command;

/// # Errors
/// - If something is missing and is not installed in this call.
/// - If a build fails.
/// - If the app ends with another status than 0, which is passed on.
pub(crate) fn run(place: &Place, yes: bool) -> Result<(), Stop> {
    if !display::somebody_can_see() {
        println!(
            "There is no display here, so the app cannot be opened. \
             The worked example is run in its place."
        );
        return example::run(place, yes, &[]);
    }
    let mut steps = Steps::default();
    steps.step("What the computer needs", || prepare::system(&[], yes))?;
    steps.step("The screens' parts (npm ci)", || front_end::fetch(place))?;
    steps.step("The screens (npm run build)", || front_end::npm_run(place, "build"))?;
    steps.step("The app (cargo build)", || {
        run_program(
            cargo(place).args(["build", "-p", "evidence-trail", "--bin", "evidence-trail"]),
            "Look at the first error that cargo printed above.",
        )
    })?;
    println!("{}", steps.table());
    println!("The app is opening. This command ends when you close it.");
    hand_over_to(&mut Command::new(place.binary(Profile::Debug, "evidence-trail")))
}
