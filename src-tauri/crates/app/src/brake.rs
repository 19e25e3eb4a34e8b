//! HALT's way round every lock: it kills the browser, voids a capture that is under way and stops a backup, before
//! anything waits.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError};

use crate::ports::Kill;
use crate::sync::Mutex;
use crate::sync::atomic::{AtomicU64, Ordering};

/// Shared between the application and whoever may press HALT.
#[derive(Clone, Default)]
pub struct Brake {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    pressed: AtomicU64,
    answered: AtomicU64,
    kill: Mutex<Option<Kill>>,
    stop: Mutex<Option<Arc<AtomicBool>>>,
}

impl Brake {
    /// Kills the browser, if one runs, and stops what takes long; until the application has answered, nothing that was
    /// begun before or begins now lets a picture out. Never waits for the application. Says how often it was pressed.
    pub fn press(&self) -> u64 {
        let presses = self.inner.pressed.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(stop) = self.inner.stop.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            stop.store(true, Ordering::SeqCst);
        }
        if let Some(kill) = self.inner.kill.lock().unwrap_or_else(PoisonError::into_inner).take() {
            kill();
        }
        presses
    }

    /// Whether it was pressed and the application has not answered yet: HALT is on its way.
    #[must_use]
    pub fn is_pressed(&self) -> bool {
        self.inner.pressed.load(Ordering::SeqCst) != self.inner.answered.load(Ordering::SeqCst)
    }

    /// The application has done what this press, and any before it, asked for.
    pub(crate) fn answer(&self, presses: u64) {
        self.inner.answered.fetch_max(presses, Ordering::SeqCst);
    }

    /// The same for every press until now.
    pub(crate) fn answer_all(&self) {
        self.answer(self.inner.pressed.load(Ordering::SeqCst));
    }

    /// Takes charge of a browser that was just started.
    pub(crate) fn hold(&self, kill: Kill) {
        *self.inner.kill.lock().unwrap_or_else(PoisonError::into_inner) = Some(kill);
    }

    /// What takes long looks at this flag: it is set by the next press, and set already where one was not answered yet.
    /// One thing at a time takes long; the flag of the one before is let go.
    pub(crate) fn stops(&self) -> Arc<AtomicBool> {
        let stop = Arc::new(AtomicBool::new(false));
        *self.inner.stop.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&stop));
        // A press that came before the flag was there is not lost.
        if self.is_pressed() {
            stop.store(true, Ordering::SeqCst);
        }
        stop
    }

    /// The browser ended in good order: there is nothing left to kill.
    pub(crate) fn release(&self) {
        *self.inner.kill.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(all(test, not(racing)))]
mod tests {
    use std::sync::atomic::Ordering;

    use super::Brake;

    #[test]
    fn a_press_stops_what_was_begun_before_it_and_what_begins_until_it_is_answered() {
        let brake = Brake::default();
        let stop = brake.stops();
        assert!(!stop.load(Ordering::SeqCst) && !brake.is_pressed());
        let first = brake.press();
        assert!(stop.load(Ordering::SeqCst) && brake.is_pressed());
        assert!(brake.stops().load(Ordering::SeqCst), "a press that came before the flag is not lost");
        let second = brake.press();
        brake.answer(first);
        assert!(brake.is_pressed(), "the second press is still to be answered");
        brake.answer(second);
        brake.answer(first);
        assert!(!brake.is_pressed() && !brake.stops().load(Ordering::SeqCst));
    }
}
