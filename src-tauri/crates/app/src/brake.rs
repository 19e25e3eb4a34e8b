//! HALT's way round every lock: it kills the browser, voids a capture that is under way and stops a backup, before
//! anything waits.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::ports::Kill;

/// Shared between the application and whoever may press HALT.
#[derive(Clone, Default)]
pub struct Brake {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    pressed: AtomicU64,
    kill: Mutex<Option<Kill>>,
    stop: Mutex<Option<Arc<AtomicBool>>>,
}

impl Brake {
    /// Kills the browser, if one runs, voids any capture begun before now, and stops what takes long. Never waits for
    /// the application.
    pub fn press(&self) {
        self.inner.pressed.fetch_add(1, Ordering::SeqCst);
        if let Some(stop) = self.inner.stop.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            stop.store(true, Ordering::SeqCst);
        }
        if let Some(kill) = self.inner.kill.lock().unwrap_or_else(PoisonError::into_inner).take() {
            kill();
        }
    }

    /// How often it was pressed. A capture compares the count before and after.
    #[must_use]
    pub fn presses(&self) -> u64 {
        self.inner.pressed.load(Ordering::SeqCst)
    }

    /// Takes charge of a browser that was just started.
    pub(crate) fn hold(&self, kill: Kill) {
        *self.inner.kill.lock().unwrap_or_else(PoisonError::into_inner) = Some(kill);
    }

    /// What takes long and was begun at this count looks at this flag: it is set by the next press, and set already
    /// where one came since. One thing at a time takes long; the flag of the one before is let go.
    pub(crate) fn stops(&self, begun_at: u64) -> Arc<AtomicBool> {
        let stop = Arc::new(AtomicBool::new(false));
        *self.inner.stop.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&stop));
        // A press that came before the flag was there is not lost.
        if self.presses() != begun_at {
            stop.store(true, Ordering::SeqCst);
        }
        stop
    }

    /// The browser ended in good order: there is nothing left to kill.
    pub(crate) fn release(&self) {
        *self.inner.kill.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::Brake;

    #[test]
    fn a_press_stops_what_was_begun_before_it_and_not_what_comes_after() {
        let brake = Brake::default();
        let begun = brake.presses();
        let stop = brake.stops(begun);
        assert!(!stop.load(Ordering::SeqCst));
        brake.press();
        assert!(stop.load(Ordering::SeqCst));
        assert!(brake.stops(begun).load(Ordering::SeqCst), "a press that came before the flag is not lost");
        assert!(!brake.stops(brake.presses()).load(Ordering::SeqCst));
    }
}
