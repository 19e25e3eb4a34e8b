//! Pictures that others made: decoded by this very program in a mode of its own, one process for each, which ends
//! within its time or is ended.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use trail_app::ports::Pictures;
use trail_picture::child::MODE;
use trail_picture::message::{Drawn, LARGEST_ANSWER, NoPicture, Shape, Task, ask, told};
use zeroize::Zeroizing;

/// The longest that a picture of others may take.
const SHOW: Duration = Duration::from_secs(1);
/// The longest that drawing over a picture of ours may take, which may be a whole long page.
const DRAW: Duration = Duration::from_secs(10);
/// Between two looks at the process.
const EVERY: Duration = Duration::from_millis(2);
/// Bytes of the process's complaints that are read at most.
const MOST_WORDS: u64 = 4096;
/// What the standard library says before it ends a process that is given no more memory. The signal alone, SIGABRT,
/// does not tell: a process ends so for other reasons too.
const NO_MEMORY: &str = "memory allocation of ";

/// What the process is told of its surroundings. On Windows a program whose manifest names a library of the system's is
/// started only where it is told where the system lies.
const PASSED_ON: &[&str] = if cfg!(windows) { &["SystemRoot"] } else { &[] };

/// The process that decodes, started anew for each picture.
#[derive(Debug)]
pub struct PictureProcess {
    program: PathBuf,
}

impl PictureProcess {
    /// Run by this program in its mode for pictures.
    #[must_use]
    pub fn run_by(program: PathBuf) -> Self {
        Self { program }
    }
}

impl Pictures for PictureProcess {
    fn draw(&self, task: Task, shapes: &[Shape], file: &[u8], stop: &AtomicBool) -> Result<Drawn, NoPicture> {
        let not_run = |error: std::io::Error| NoPicture::NotRun(error.to_string());
        let limit = match task {
            Task::Show => SHOW,
            Task::Draw => DRAW,
        };
        let until = Instant::now() + limit;
        let said = ask(task, shapes)?;
        let mut child = Command::new(&self.program)
            .arg(MODE)
            .arg((said.len() + file.len()).to_string())
            .env_clear()
            .envs(PASSED_ON.iter().filter_map(|name| Some((name, std::env::var_os(name)?))))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(not_run)?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut stdin), Some(stdout), Some(stderr)) = pipes else {
            end(&mut child);
            return Err(NoPicture::NotRun("it has no pipes".to_owned()));
        };
        let (ended, answer, words) = std::thread::scope(|scope| {
            scope.spawn(move || {
                // A process that ended early takes no more: how it ended is told below.
                let _ = stdin.write_all(&said).and_then(|()| stdin.write_all(file));
            });
            let read = scope.spawn(move || {
                let mut answer = Zeroizing::new(Vec::new());
                stdout.take(LARGEST_ANSWER).read_to_end(&mut answer).map(|_| answer)
            });
            let complaints = scope.spawn(move || {
                let mut words = Vec::new();
                stderr.take(MOST_WORDS).read_to_end(&mut words).map(|_| words)
            });
            (wait(&mut child, until, stop), read.join(), complaints.join())
        });
        let ended = ended?;
        if !ended.success() {
            // Words that are lost tell nothing: then only how it ended is known.
            let words = words.ok().and_then(Result::ok).unwrap_or_default();
            return Err(why(ended, &String::from_utf8_lossy(&words)));
        }
        told(&answer.map_err(|_| NoPicture::NotRun("its answer was lost".to_owned()))?.map_err(not_run)?)
    }
}

/// Why a process gave no picture that did not end as it should. Whatever it had answered is not taken.
fn why(ended: ExitStatus, words: &str) -> NoPicture {
    if words.lines().any(|line| line.starts_with(NO_MEMORY)) {
        return NoPicture::Memory;
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&ended) {
        return NoPicture::NotRun(format!("signal {signal} ended it"));
    }
    NoPicture::NotRun(match ended.code() {
        Some(code) => format!("it ended with code {code}"),
        None => "it ended, and the system does not tell how".to_owned(),
    })
}

/// Waits until the process has ended, or ends it: for HALT at once, and when its time is over.
fn wait(child: &mut Child, until: Instant, stop: &AtomicBool) -> Result<ExitStatus, NoPicture> {
    loop {
        match child.try_wait() {
            Ok(Some(ended)) => return Ok(ended),
            Ok(None) if stop.load(Ordering::SeqCst) => {
                end(child);
                return Err(NoPicture::Stopped);
            }
            Ok(None) if Instant::now() >= until => {
                end(child);
                return Err(NoPicture::Late);
            }
            Ok(None) => std::thread::sleep(EVERY),
            Err(error) => {
                end(child);
                return Err(NoPicture::NotRun(error.to_string()));
            }
        }
    }
}

fn end(child: &mut Child) {
    // One that ended by itself meanwhile is what was wanted.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::io::Write;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::sync::atomic::AtomicBool;

    use trail_app::ports::Pictures;
    use trail_picture::message::{Drawn, NoPicture, Task};

    use super::PictureProcess;

    /// The answer of a picture of one by two pixels, without the end of its PNG.
    const CUT: &str = r"printf '\0\1\0\0\0\2\0\0\0\1\0\0\0\2\0\0\0\211PNG\r\n\32\n'";
    const END: &str = r"printf '\0\0\0\0IEND\256\102\140\202'";

    /// What comes of a process that does this.
    fn came(folder: &Path, does: &str) -> Result<Drawn, NoPicture> {
        let at = folder.join("process");
        // Written by another process: a file that this one has open for writing cannot be run.
        let mut writer = Command::new("sh")
            .args(["-c", "cat > \"$0\" && chmod 700 \"$0\""])
            .arg(&at)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        writer.stdin.take().unwrap().write_all(format!("#!/bin/sh\n{does}\n").as_bytes()).unwrap();
        assert!(writer.wait().unwrap().success());
        PictureProcess::run_by(at).draw(Task::Draw, &[], b"file", &AtomicBool::new(false))
    }

    #[test]
    fn how_the_process_ended_decides_what_is_said_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let came = |does: &str| came(folder.path(), does);
        let not_run = |why: &str| Err(NoPicture::NotRun(why.to_owned()));
        assert_eq!(came(&format!("{CUT}; {END}")).unwrap().size, (1, 2));
        assert_eq!(came(CUT), not_run("its picture is not whole"));
        assert_eq!(came("exit 0"), not_run("its answer cannot be read"));
        assert_eq!(came("exit 3"), not_run("it ended with code 3"));
        assert_eq!(came(&format!("{CUT}; {END}; exit 3")), not_run("it ended with code 3"));
        assert_eq!(came(&format!("{CUT}; kill -KILL $$")), not_run("signal 9 ended it"));
        assert_eq!(came(&format!("{CUT}; {END}; kill -KILL $$")), not_run("signal 9 ended it"));
        assert_eq!(came("kill -ABRT $$"), not_run("signal 6 ended it"));
        let no_memory = "echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$";
        assert_eq!(came(no_memory), Err(NoPicture::Memory));
    }
}
