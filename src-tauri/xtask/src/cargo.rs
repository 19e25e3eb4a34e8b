//! Running programs, cargo above all, and saying in words how they ended.

use crate::place::Place;
use crate::steps::flush;
use crate::stop::Stop;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// The cargo that called us.
pub(crate) fn cargo(place: &Place) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(place.root());
    command
}

/// # Errors
/// - If the program cannot be started.
/// - If it ends with another status than 0: `next` says what to do then.
pub(crate) fn run(command: &mut Command, next: &str) -> Result<(), Stop> {
    flush();
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(Stop::new(ended(command, status), next)) }
}

/// Runs the program the person asked for, and passes its exit status on.
///
/// # Errors
/// - If the program cannot be started.
/// - If it ends with another status than 0; it has then said why itself.
pub(crate) fn hand_over_to(command: &mut Command) -> Result<(), Stop> {
    flush();
    let status = command.status().map_err(|error| not_started(command, &error))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => Err(Stop::silent(u8::try_from(code).unwrap_or(1))),
        None => Err(Stop::new(ended(command, status), "Look at what it printed above.")),
    }
}

/// What the program printed, if it could be started and ended with status 0.
pub(crate) fn said(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(crate) fn not_started(command: &Command, error: &std::io::Error) -> Stop {
    Stop::new(
        format!("{} could not be started: {error}.", name_of(command)),
        "Look whether it is installed and may be run.",
    )
}

pub(crate) fn ended(command: &Command, status: ExitStatus) -> String {
    format!("{} ended with {status}.", name_of(command))
}

/// The program's name without its folder, with what it was told to do.
fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    format!("`{line}`")
}
