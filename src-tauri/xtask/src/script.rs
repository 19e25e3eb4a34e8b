//! `cargo xtask script FILE.toml`: one case written as data.

use crate::cargo::hand_over_to;
use crate::example;
use crate::place::{Place, Profile};
use crate::prepare;
use crate::steps::Steps;
use crate::stop::Stop;
use std::path::Path;

/// # Errors
/// - If there is no such file.
/// - If something is missing and is not installed in this call, or a build fails.
/// - If the script does not hold; the exit status is passed on.
pub(crate) fn run(place: &Place, yes: bool, file: &str) -> Result<(), Stop> {
    let file = Path::new(file);
    let script = std::path::absolute(file).ok().filter(|file| file.is_file()).ok_or_else(|| {
        Stop::new(
            format!("there is no file {}.", file.display()),
            "Name a case file, for example one of those in tests/scripts/.",
        )
    })?;
    let mut steps = Steps::default();
    steps.step("What the computer needs", || prepare::system(&[], yes))?;
    steps.step("The screens", || prepare::screens(place))?;
    steps.step("The script runner (cargo build)", || example::build(place, Profile::Debug))?;
    steps.step(&format!("The script {}", file.display()), || {
        hand_over_to(example::program(place, Profile::Debug, "run-script").arg(&script))
    })
}
