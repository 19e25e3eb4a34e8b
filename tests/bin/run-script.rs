//! Runs one script, and ends with status 0 only if all that it expects holds.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use acceptance::script::Script;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        return tell("Name a script: cargo xtask script FILE.toml", 2);
    };
    match Script::read(Path::new(&path)) {
        Err(wrong) => tell(&wrong, 2),
        Ok(script) => match script.run() {
            Ok(_) => tell(&format!("holds: {}", script.title()), 0),
            Err(wrong) => tell(&format!("does not hold: {}\n  {wrong}", script.title()), 1),
        },
    }
}

fn tell(words: &str, status: u8) -> ExitCode {
    if writeln!(std::io::stdout(), "{words}").is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::from(status)
}
