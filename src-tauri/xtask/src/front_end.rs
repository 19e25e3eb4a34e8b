//! The screens: fetching their parts with npm and building them.

use crate::cargo::{run, said};
use crate::place::Place;
use crate::stop::Stop;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// `npm ci`, only where the lock file is newer than what was fetched.
///
/// # Errors
/// - If npm fails.
pub(crate) fn fetch(place: &Place) -> Result<(), Stop> {
    let ui = place.ui();
    let fetched = changed(&ui.join("node_modules").join(".package-lock.json"));
    if fetched.is_some() && fetched >= changed(&ui.join("package-lock.json")) {
        println!("   The screens' parts are there.");
        return Ok(());
    }
    run(
        npm(place).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]),
        "Look at what npm printed above; often the network is in the way.",
    )
}

/// # Errors
/// - If the script fails.
pub(crate) fn npm_run(place: &Place, script: &str) -> Result<(), Stop> {
    run(
        npm(place).args(["run", "--silent", script]),
        &format!("Put right what is named above, then try `npm run {script}` in ui/."),
    )
}

/// Whether package.json has a script of this name.
pub(crate) fn has_script(place: &Place, script: &str) -> bool {
    let command = format!("scripts.{script}");
    said(npm(place).args(["pkg", "get", &command])).is_some_and(|text| text.trim() != "{}")
}

/// Whether the built screens are missing, or older than something they are made of.
pub(crate) fn is_stale(place: &Place) -> bool {
    let Some(built) = changed(&place.ui().join("dist").join("index.html")) else {
        return true;
    };
    newest(&place.ui()).max(newest(&place.assets())) > Some(built)
}

fn npm(place: &Place) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(place.ui());
    command
}

fn changed(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|it| it.modified()).ok()
}

/// When the newest file below the folder was changed, leaving out what is fetched or built.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?;
    entries
        .flatten()
        .filter(|entry| entry.file_name() != "node_modules" && entry.file_name() != "dist")
        .filter_map(|entry| {
            let path = entry.path();
            if path.is_dir() { newest(&path) } else { changed(&path) }
        })
        .max()
}
