//! The application's core in a process of its own, whose memory a test looks through: it works, waits, locks, and
//! waits again. It knows nothing of what is looked for but what the work itself needs.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use acceptance::memory::{Seeded, doubles, work};
use acceptance::soak::line::{Ack, Teller};
use trail_app::ports::Keychain;
use zeroizing_alloc::ZeroAlloc;

/// As in the app itself.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, line] = words.as_slice() else { return tell("usage: memory-child FOLDER LINE") };
    match watched(Path::new(folder), Path::new(line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => tell(&wrong),
    }
}

fn watched(folder: &Path, line: &Path) -> Result<(), String> {
    let teller = Teller::call(line).map_err(|error| error.to_string())?;
    let asked = |name: &str| {
        let answer = teller.read(name).map_err(|fault| fault.to_string())?;
        answer.ok_or_else(|| format!("nobody told {name}"))
    };
    let seed: [u8; 16] = asked("seed")?.as_slice().try_into().map_err(|_| "the seed has 16 bytes".to_owned())?;
    let mut walk = {
        let words = asked("words")?;
        let words = std::str::from_utf8(&words).map_err(|error| error.to_string())?;
        work(folder, doubles(Seeded::from(seed), Box::new(teller.clone())), words, |_| {})?
    };
    teller.ready();
    walk.house.app.lock();
    // As the app's shell does after each call: what lies unused in the frames of the lock itself goes too.
    trail_app::wipe_stack();
    teller.done(Ack { act: "lock".to_owned(), ..Ack::default() });
    teller.end();
    Ok(())
}

fn tell(words: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{words}");
    ExitCode::FAILURE
}
