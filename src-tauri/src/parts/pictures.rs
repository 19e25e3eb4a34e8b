//! Pictures that others made: decoded by this very program in a mode of its own, one process for each, which ends
//! within its time or is ended.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
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
        let said = ask(task, shapes);
        let mut child = Command::new(&self.program)
            .arg(MODE)
            .arg((said.len() + file.len()).to_string())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(not_run)?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else {
            end(&mut child);
            return Err(NoPicture::NotRun("it has no pipes".to_owned()));
        };
        let (ended, answer) = std::thread::scope(|scope| {
            scope.spawn(move || {
                // A process that ended early takes no more: how it ended is told below.
                let _ = stdin.write_all(&said).and_then(|()| stdin.write_all(file));
            });
            let read = scope.spawn(move || {
                let mut answer = Zeroizing::new(Vec::new());
                stdout.take(LARGEST_ANSWER).read_to_end(&mut answer).map(|_| answer)
            });
            (wait(&mut child, until, stop), read.join())
        });
        ended?;
        let answer = answer.map_err(|_| NoPicture::NotRun("its answer was lost".to_owned()))?.map_err(not_run)?;
        // A process that had no memory left died without a word.
        if answer.is_empty() { Err(NoPicture::Memory) } else { told(&answer) }
    }
}

/// Waits until the process has ended, or ends it: for HALT at once, and when its time is over.
fn wait(child: &mut Child, until: Instant, stop: &AtomicBool) -> Result<(), NoPicture> {
    loop {
        match child.try_wait() {
            Ok(Some(_)) => return Ok(()),
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
