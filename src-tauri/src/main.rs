//! Evidence Trail. Started with `--evidence-browser` it is the evidence browser, a process of its own that knows no
//! key and no database.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let browser_mode =
        std::env::args_os().nth(1).is_some_and(|word| word == evidence_trail::parts::browser::BROWSER_MODE);
    if browser_mode { trail_browser::run() } else { evidence_trail::run() }
}
