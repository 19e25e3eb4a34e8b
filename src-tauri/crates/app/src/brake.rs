//! HALT's way round every lock: it kills the browser and voids a capture that is under way, before anything waits.

use std::sync::atomic::{AtomicU64, Ordering};
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
}

impl Brake {
    /// Kills the browser, if one runs, and voids any capture begun before now. Never waits for the application.
    pub fn press(&self) {
        self.inner.pressed.fetch_add(1, Ordering::SeqCst);
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

    /// The browser ended in good order: there is nothing left to kill.
    pub(crate) fn release(&self) {
        *self.inner.kill.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
