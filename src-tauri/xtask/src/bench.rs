//! `cargo xtask bench`: the measurements, each beside another program's in the same run.

use crate::cargo::hand_over_to;
use crate::display;
use crate::example;
use crate::install;
use crate::needs;
use crate::place::{Place, Profile};
use crate::prepare;
use crate::python;
use crate::steps::Steps;
use crate::stop::Stop;

/// # Errors
/// - If something is missing and is not installed in this call.
/// - If a build fails.
/// - If a measurement fails; the exit status is passed on.
pub(crate) fn run(place: &Place, yes: bool, only: Option<&str>) -> Result<(), Stop> {
    let mut steps = Steps::default();
    steps.step("What the computer needs", || {
        prepare::system(&[example::display_needs(), needs::PAPER, needs::PYTHON], yes)?;
        // Measurements go on without Chromium: it is only one of those compared with.
        if let Err(stop) = install::ensure(needs::COMPARISON, yes) {
            println!("{stop}   Chromium is left out of the comparison.");
        }
        Ok(())
    })?;
    steps.step("The programs compared with (pip)", || python::ensure(place, &[python::JUDGES, python::COMPARISON]))?;
    steps.step("The screens", || prepare::screens(place))?;
    steps.step("The app and the measurements (cargo build --release)", || example::build(place, Profile::Release))?;
    steps.step("The measurements", || {
        let display = display::where_needed()?;
        let mut bench = example::program(place, Profile::Release, "bench");
        bench.env("PYTHON", python::program(place, "python")).env("PYHANKO", python::program(place, "pyhanko"));
        if let Some(only) = only {
            bench.args(["--only", only]);
        }
        if let Some(display) = &display {
            display.lend_to(&mut bench);
        }
        hand_over_to(&mut bench)
    })?;
    println!("{}", steps.table());
    Ok(())
}
