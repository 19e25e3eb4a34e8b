//! The worked example: the whole procedure with the real parts and no hands.

use std::io::Write;
use std::process::ExitCode;

use acceptance::example::{Example, Wanted};

fn main() -> ExitCode {
    let mut wanted = Wanted::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match (word.as_str(), word.starts_with("--url")) {
            ("--keep-store", _) => wanted.keep_store = true,
            ("--out", _) => match words.next() {
                Some(out) => wanted.out = Some(out.into()),
                None => return tell("--out needs a folder", 2),
            },
            ("--values", _) => match words.next().and_then(|file| std::fs::read_to_string(file).ok()) {
                Some(text) => wanted.values = serde_json::from_str(&text).unwrap_or_default(),
                None => return tell("--values needs a file of JSON", 2),
            },
            ("--url", _) => match words.next() {
                Some(url) => wanted.urls.push(url),
                None => return tell("--url needs an address", 2),
            },
            _ => return tell("usage: cargo xtask example [--url URL]... [--keep-store]", 2),
        }
    }
    let mut example = Example::new(wanted);
    let ran = example.run();
    let table = example.table();
    match ran {
        Ok(summary) => tell(&format!("{table}\n{summary}"), 0),
        Err(wrong) => tell(&format!("{table}\nThe worked example failed: {wrong}"), 1),
    }
}

fn tell(words: &str, status: u8) -> ExitCode {
    if writeln!(std::io::stdout(), "{words}").is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::from(status)
}
