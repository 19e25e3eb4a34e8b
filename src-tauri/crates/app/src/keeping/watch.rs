//! The check of the whole record, on a thread of its own with keys of its own. Nobody waits for it but what leaves the
//! store; HALT never does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use trail_domain::time::Moment;
use trail_store::{LedgerVerdict, StoreError};

/// How long one wait lasts before it looks whether to give up.
const LOOK: Duration = Duration::from_millis(20);

/// A check that runs, or has run. Dropping it stops it and waits for its end: its keys are wiped by then.
pub(crate) struct Watch {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    /// When it began: what was added to the record since is not in its verdict.
    pub(crate) began: Moment,
}

/// How a check stands.
#[derive(Debug, Clone)]
pub(crate) enum Stand {
    /// It runs: so many hundredths are done.
    Running(u32),
    /// It has ended.
    Ended(Arc<LedgerVerdict>),
    /// It could not be done: why.
    Failed(String),
}

struct Shared {
    stop: AtomicBool,
    stand: Mutex<Stand>,
    changed: Condvar,
}

impl Watch {
    /// Starts a check. `run` gets a flag that asks it to stop, and tells how many hundredths are done.
    pub(crate) fn start(
        began: Moment,
        run: impl FnOnce(&AtomicBool, &mut dyn FnMut(u32)) -> Result<LedgerVerdict, StoreError> + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared {
            stop: AtomicBool::new(false),
            stand: Mutex::new(Stand::Running(0)),
            changed: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("check".to_owned()).spawn(move || {
            let verdict = run(&theirs.stop, &mut |share| *theirs.stand() = Stand::Running(share.min(99)));
            *theirs.stand() = match verdict {
                Ok(verdict) => Stand::Ended(Arc::new(verdict)),
                Err(error) => Stand::Failed(error.to_string()),
            };
            crate::sign_in::wipe_stack();
            theirs.changed.notify_all();
        });
        let thread = match thread {
            Ok(thread) => Some(thread),
            Err(error) => {
                *shared.stand() = Stand::Failed(error.to_string());
                None
            }
        };
        Self { shared, thread, began }
    }

    /// A check that could not even begin.
    pub(crate) fn failed(began: Moment, because: String) -> Self {
        let stand = Mutex::new(Stand::Failed(because));
        let shared = Shared { stop: AtomicBool::new(true), stand, changed: Condvar::new() };
        Self { shared: Arc::new(shared), thread: None, began }
    }

    /// How it stands now.
    pub(crate) fn now(&self) -> Stand {
        self.shared.stand().clone()
    }

    /// Waits for its end: for no longer than `most`, and not once `give_up` says so.
    pub(crate) fn wait(&self, most: Duration, give_up: impl Fn() -> bool) -> Stand {
        let until = Instant::now() + most;
        let mut stand = self.shared.stand();
        while matches!(*stand, Stand::Running(_)) && Instant::now() < until && !give_up() {
            let waited = self.shared.changed.wait_timeout(stand, LOOK);
            stand = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        stand.clone()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            // A check that panicked has dropped its keys on the way, as one that ended.
            drop(thread.join());
        }
    }
}

impl Shared {
    fn stand(&self) -> MutexGuard<'_, Stand> {
        self.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, mpsc};
    use std::time::Duration;

    use trail_domain::time::Moment;
    use trail_store::LedgerVerdict;

    use super::{Stand, Watch};

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn dropping_a_check_stops_it_and_waits_for_its_end() {
        let ended = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&ended);
        let watch = Watch::start(Moment::from_micros(0), move |stop, _| {
            while !stop.load(Ordering::SeqCst) {
                std::thread::yield_now();
            }
            theirs.store(true, Ordering::SeqCst);
            Ok(LedgerVerdict::default())
        });
        assert!(matches!(watch.now(), Stand::Running(0)));
        drop(watch);
        assert!(ended.load(Ordering::SeqCst));
    }

    #[test]
    fn a_wait_ends_with_the_check_or_when_it_is_given_up() {
        let (go_on, wait) = mpsc::channel::<()>();
        let watch = Watch::start(Moment::from_micros(0), move |_, on| {
            on(40);
            // It ends when the sender does.
            let _ = wait.recv();
            Ok(LedgerVerdict::default())
        });
        assert!(matches!(watch.wait(LONG, || true), Stand::Running(_)));
        drop(go_on);
        assert!(matches!(watch.wait(LONG, || false), Stand::Ended(verdict) if verdict.holds()));
    }
}
