//! The measurements: `cargo xtask bench [--only NAME]`.

use std::io::Write;
use std::process::ExitCode;

use acceptance::bench;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let only = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => None,
        ["--only", name] => Some((*name).to_owned()),
        ["--child", ..] => {
            return match bench::child(&words[1..]) {
                Ok(line) => tell(&line, 0),
                Err(wrong) => tell(&wrong, 1),
            };
        }
        _ => return tell(&format!("usage: cargo xtask bench [--only {}]", bench::names().join("|")), 2),
    };
    // What cannot be heard any more need not be told.
    let ran = bench::run(only.as_deref(), |line| drop(writeln!(std::io::stderr(), "{line}")));
    match ran {
        Ok(table) => {
            let missed = match table.not_met() {
                0 => "Every target that was measured is met.".to_owned(),
                missed => format!("{missed} not met."),
            };
            tell(&format!("{}{missed} As JSON: target/bench/results.json", table.text()), 0)
        }
        Err(wrong) => tell(&format!("The measurements failed: {wrong}"), 1),
    }
}

fn tell(words: &str, status: u8) -> ExitCode {
    if writeln!(std::io::stdout(), "{words}").is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::from(status)
}
