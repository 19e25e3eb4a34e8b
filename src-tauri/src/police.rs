//! `evidence-trail open --read-only STORE [--extract FOLDER]`: a store read with both recovery codes, for the police on
//! their own image of the disk. Nothing is written to STORE. It says what is there and whether the record holds;
//! with a folder it writes each case's entries and files there. **A halted case's pictures are named by their hash, and
//! never written.**
//!
//! Exit status: 0 where the record holds, 1 where it does not, 2 where it could not be read or the words were wrong.

use std::ffi::OsString;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use trail_store::{ReadOnly, RecoveryCode, read_only};
use zeroize::Zeroizing;

mod extract;
mod report;

/// The word that the program is started with.
pub const OPEN: &str = "open";

const USAGE: &str = "Use: evidence-trail open --read-only STORE [--extract FOLDER]\n\
    STORE is the folder with ledger.db and keys.json. FOLDER must be new or empty, and not within STORE.\n\
    Both recovery codes are asked for; when standard input is not a terminal, one is read from each of its first two lines.";

/// What was asked for.
struct Asked {
    store: PathBuf,
    extract: Option<PathBuf>,
}

/// Reads a store, as the words after `open` say.
pub fn run(words: impl Iterator<Item = OsString>) -> ExitCode {
    // A program with windows has no console of its own. One that was started from none tells nobody.
    #[cfg(windows)]
    let _ = trail_windows::console::join_callers();
    let Some(asked) = parse(words) else {
        complain(USAGE);
        return ExitCode::from(2);
    };
    match read(&asked, &mut io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(what) => {
            complain(&what);
            ExitCode::from(2)
        }
    }
}

/// Whether the record holds.
fn read(asked: &Asked, out: &mut impl Write) -> Result<bool, String> {
    if let Some(folder) = &asked.extract {
        extract::refuse(folder, &asked.store)?;
    }
    let (one, other) = codes()?;
    #[allow(
        clippy::disallowed_methods,
        reason = "only the store as it lies there, sealed, is copied, in a folder of its own"
    )]
    let scratch = std::env::temp_dir();
    let store = read_only(&asked.store, &one, &other, &scratch).map_err(|error| error.to_string())?;
    drop((one, other));
    let holds = tell(&store, out)?;
    if let Some(folder) = &asked.extract {
        let told = extract::all(&store, folder)?;
        writeln!(out, "\n{told}").map_err(failed)?;
    }
    Ok(holds)
}

fn tell(store: &ReadOnly, out: &mut impl Write) -> Result<bool, String> {
    let verdict = store.verify(|_| {}).map_err(|error| error.to_string())?;
    let text = report::text(store, &verdict).map_err(|error| error.to_string())?;
    out.write_all(text.as_bytes()).map_err(failed)?;
    Ok(verdict.holds())
}

fn parse(words: impl Iterator<Item = OsString>) -> Option<Asked> {
    let words: Vec<OsString> = words.collect();
    let store = |word: &OsString| PathBuf::from(word);
    match &words[..] {
        [first, at] if first == "--read-only" => Some(Asked { store: store(at), extract: None }),
        [first, at, third, into] if first == "--read-only" && third == "--extract" => {
            Some(Asked { store: store(at), extract: Some(store(into)) })
        }
        _ => None,
    }
}

fn codes() -> Result<(RecoveryCode, RecoveryCode), String> {
    let code = |which: &str| {
        let typed = ask(&format!("{which} recovery code: "))?;
        RecoveryCode::parse(&typed).map_err(|error| format!("{which} recovery code: {error}"))
    };
    Ok((code("First")?, code("Second")?))
}

/// One line, not shown while it is typed where this is a terminal.
fn ask(question: &str) -> Result<Zeroizing<String>, String> {
    let terminal = io::stdin().is_terminal();
    if terminal {
        let mut told = io::stderr().lock();
        told.write_all(question.as_bytes()).and_then(|()| told.flush()).map_err(failed)?;
    }
    let mut line = Zeroizing::new(String::with_capacity(128));
    let hidden = if terminal { Hidden::begin() } else { None };
    let read = io::stdin().lock().read_line(&mut line);
    if hidden.is_some() {
        drop(hidden);
        complain("");
    }
    match read {
        Ok(0) => Err("Two recovery codes are needed. Nothing was read.".to_owned()),
        Ok(_) => Ok(line),
        Err(error) => Err(failed(error)),
    }
}

/// What is typed is not shown until this is dropped.
#[cfg(unix)]
struct Hidden(rustix::termios::Termios);

#[cfg(unix)]
impl Hidden {
    fn begin() -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok()?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &quiet).ok()?;
        Some(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Hidden {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // A terminal that is gone shows nothing anyway.
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.0);
    }
}

#[cfg(windows)]
use trail_windows::console::Hidden;

fn failed(error: io::Error) -> String {
    format!("It could not be written: {error}.")
}

#[allow(clippy::print_stderr, reason = "this mode has a terminal and no window")]
fn complain(words: &str) {
    eprintln!("{words}");
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::parse;

    #[test]
    fn only_these_words_are_taken() {
        let taken = |words: &[&str]| parse(words.iter().map(OsString::from)).is_some();
        assert!(taken(&["--read-only", "STORE"]));
        assert!(taken(&["--read-only", "STORE", "--extract", "OUT"]));
        for words in [&[][..], &["STORE"], &["--read-only"], &["--read-only", "S", "--extract"], &["--write", "S"]] {
            assert!(!taken(words), "{words:?}");
        }
    }
}
