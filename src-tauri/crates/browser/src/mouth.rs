//! What the browser process says, and how it ends.
//!
//! One thread writes on the pipe, so that a reader who does not read never holds up the window:
//! what does not fit is counted and left out, and the count is told.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::budget::Budget;
use crate::clock::now;
use crate::protocol::bounded::Text;
use crate::protocol::frame::write_message;
use crate::protocol::observation::Observation;
use crate::protocol::{FromBrowser, Status, Told};

/// How many messages may wait.
const QUEUE: usize = 4096;

/// The way out of the browser process. Clones speak with the same mouth.
#[derive(Debug, Clone)]
pub(crate) struct Mouth {
    queue: SyncSender<Utterance>,
    left_out: Arc<AtomicU64>,
    of_the_page: Arc<Mutex<Budget>>,
}

#[derive(Debug)]
struct Utterance {
    message: FromBrowser,
    pictures: Vec<Vec<u8>>,
    written: Option<SyncSender<()>>,
}

impl Mouth {
    /// Starts the thread that writes.
    pub(crate) fn speaking_to(out: impl Write + Send + 'static) -> std::io::Result<Self> {
        let (queue, waiting) = sync_channel(QUEUE);
        std::thread::Builder::new().name("mouth".into()).spawn(move || write_all(&waiting, out))?;
        let of_the_page = Arc::new(Mutex::new(Budget::full(Instant::now())));
        Ok(Self { queue, left_out: Arc::default(), of_the_page })
    }

    /// Tells something that a page can cause as often and at such length as it likes: beyond a measure it is counted.
    pub(crate) fn observe_of_page(&self, what: Observation) {
        let enough = self.of_the_page.lock().unwrap_or_else(PoisonError::into_inner).spend(what.text(), Instant::now());
        if enough {
            self.observe(what);
        } else {
            self.leave_out(1);
        }
    }

    /// A reviewer acted: what the page causes from now on counts anew.
    pub(crate) fn count_anew(&self) {
        *self.of_the_page.lock().unwrap_or_else(PoisonError::into_inner) = Budget::full(Instant::now());
    }

    /// Tells an observation.
    pub(crate) fn observe(&self, what: Observation) {
        let count = self.left_out.swap(0, Ordering::Relaxed);
        if count > 0 && !self.try_say(told(Told::Observed(Observation::NotTold { count }))) {
            self.left_out.fetch_add(count, Ordering::Relaxed);
        }
        if !self.try_say(told(Told::Observed(what))) {
            self.leave_out(1);
        }
    }

    /// Counts observations that are not told one by one.
    pub(crate) fn leave_out(&self, count: u64) {
        self.left_out.fetch_add(count, Ordering::Relaxed);
    }

    /// Answers a capture. Waits for room, so it is called from a thread of its own.
    pub(crate) fn answer(&self, what: Told, pictures: Vec<Vec<u8>>) {
        let utterance = Utterance { message: told(what), pictures, written: None };
        // A closed pipe ends the process elsewhere.
        let _ = self.queue.send(utterance);
    }

    /// Says a last word and waits a little for it to be written.
    pub(crate) fn last_word(&self, message: FromBrowser, at_most: Duration) {
        let (written, done) = sync_channel(1);
        let utterance = Utterance { message, pictures: Vec::new(), written: Some(written) };
        if self.queue.try_send(utterance).is_ok() {
            let _ = done.recv_timeout(at_most);
        }
    }

    /// Says a last observation and waits a little for it to be written.
    pub(crate) fn last_observation(&self, what: Observation, at_most: Duration) {
        self.last_word(told(Told::Observed(what)), at_most);
    }

    /// Says why the process cannot go on, then ends it.
    pub(crate) fn crash(&self, reason: &str) -> ! {
        let message = FromBrowser::Crash { reason: Text::new(reason) };
        self.last_word(message, Duration::from_millis(200));
        end_now()
    }

    fn try_say(&self, message: FromBrowser) -> bool {
        match self.queue.try_send(Utterance { message, pictures: Vec::new(), written: None }) {
            Ok(()) | Err(TrySendError::Disconnected(_)) => true,
            Err(TrySendError::Full(_)) => false,
        }
    }
}

/// Ends this process, and on Unix every process it has started, without waiting for anything.
///
/// On Unix the client starts the browser as the leader of a process group of its own; killing the group takes the
/// engine's helper processes along, also one that hangs in a page's script. On macOS those are the system's, which ends
/// them when this process is gone. On Windows this ends the browser's own process alone: its helpers end with the job
/// that the client holds.
#[allow(
    clippy::disallowed_methods,
    reason = "this process holds no key that a destructor would wipe, and HALT waits for none"
)]
pub(crate) fn end_now() -> ! {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpgrp, getpid, kill_process_group};
        if getpgrp() == getpid() {
            let _ = kill_process_group(getpgrp(), Signal::KILL);
        }
    }
    std::process::exit(0)
}

fn told(what: Told) -> FromBrowser {
    FromBrowser::Status(Status { seen_at: now(), what })
}

fn write_all(waiting: &Receiver<Utterance>, mut out: impl Write) {
    while let Ok(utterance) = waiting.recv() {
        if write_message(&mut out, &utterance.message, &utterance.pictures).is_err() {
            // Nobody listens any more: a browser without its application must not stay.
            end_now();
        }
        if let Some(written) = utterance.written {
            let _ = written.try_send(());
        }
    }
}
