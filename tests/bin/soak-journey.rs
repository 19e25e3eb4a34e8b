//! One journey in a process of its own, to be watched and disturbed: started by the campaigns.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [name, folder, line, case] = words.as_slice() else {
        return tell("usage: soak-journey NAME FOLDER LINE CASE");
    };
    match acceptance::soak::child::run(name, Path::new(folder), Path::new(line), case) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => tell(&wrong),
    }
}

fn tell(words: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{words}");
    ExitCode::FAILURE
}
