//! The process that decodes: this program in a mode of its own, started for one picture. It reads its standard input
//! and writes its standard output, and may do nothing else.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::ExitCode;

use zeroize::Zeroizing;

use crate::message::{NoPicture, heard, tell};

/// The argument that makes the program decode one picture.
pub const MODE: &str = "--decode-picture";

/// Bytes of memory of its own that the process may have: with the program itself, which is shared, 512 MiB at most.
/// Address space is no measure here: the web engine sets aside 500 MB of it in every process that is linked to it.
pub const MEMORY: u64 = 448 * 1024 * 1024;

/// Bytes that are read at most.
const MOST_SAID: usize = 256 * 1024 * 1024;

/// Seconds of processor time, where whoever started it does not end it first.
const SECONDS: u64 = 10;

/// Decodes what stands on standard input, within limits that are set before the first byte is read. The argument after
/// [`MODE`] says how many bytes stand there.
#[must_use]
pub fn run(mut words: impl Iterator<Item = OsString>) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    if limit().is_err() {
        // What cannot be limited is not decoded.
        return ExitCode::FAILURE;
    }
    let length = words.next().and_then(|word| word.to_str()?.parse::<usize>().ok());
    let Some(length) = length.filter(|length| *length <= MOST_SAID) else { return ExitCode::FAILURE };
    // As much as is needed: a place that grows takes twice as much.
    let mut said = Zeroizing::new(vec![0; length]);
    if std::io::stdin().lock().read_exact(&mut said).is_err() {
        return ExitCode::FAILURE;
    }
    let came = heard(&said).ok_or(NoPicture::Malformed).and_then(|(task, shapes, file)| {
        std::panic::catch_unwind(|| crate::decode::decode(task, &shapes, file)).unwrap_or(Err(NoPicture::Malformed))
    });
    let told = Zeroizing::new(tell(&came));
    let mut out = std::io::stdout().lock();
    match out.write_all(&told).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// No memory past [`MEMORY`], no file written, no other process, no core dump.
#[cfg(unix)]
fn limit() -> Result<(), ()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, most) in [
        (Resource::Data, MEMORY),
        (Resource::Cpu, SECONDS),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nproc, 0),
        (Resource::Nofile, 3),
    ] {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).map_err(|_| ())?;
    }
    Ok(())
}

/// No memory past [`MEMORY`], no other process. Windows has no limit on the files that a process writes.
#[cfg(windows)]
fn limit() -> Result<(), ()> {
    let (memory, seconds) = (usize::try_from(MEMORY).map_err(|_| ())?, u32::try_from(SECONDS).map_err(|_| ())?);
    trail_windows::job::limit_this_process(memory, seconds).map_err(|_| ())
}
