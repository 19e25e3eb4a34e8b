//! One application behind one lock, with HALT's way round it.

use std::sync::PoisonError;

use crate::app::App;
use crate::brake::Brake;
use crate::fault::{Fault, Stop};
use crate::sync::{Mutex, MutexGuard};

/// The application, for whoever may come from any thread.
pub struct Door {
    app: Mutex<App>,
    brake: Brake,
}

impl Door {
    /// In front of this application.
    #[must_use]
    pub fn of(app: App) -> Self {
        Self { brake: app.brake(), app: Mutex::new(app) }
    }

    /// One call into the application. Waits for the one before.
    pub fn call<T>(&self, call: impl FnOnce(&mut App) -> T) -> T {
        call(&mut self.enter())
    }

    /// One call where the application is free now; else none. Waits for nothing.
    pub fn call_if_free<T>(&self, call: impl FnOnce(&mut App) -> T) -> Option<T> {
        self.app.try_lock().ok().map(|mut app| call(&mut app))
    }

    /// One call before which the browser is dead and what is under way is void, without waiting: HALT, or a lock that
    /// comes from outside.
    pub fn stop_and_call<T>(&self, call: impl FnOnce(&mut App) -> T) -> T {
        self.brake.press();
        self.call(call)
    }

    /// Fetches a picture and gives it to whoever shows it, as one call: once HALT is recorded nothing that was fetched
    /// before is still on its way. Where HALT is pressed in between it is not given.
    pub fn give<T>(&self, fetch: impl FnOnce(&mut App) -> Result<T, Stop>, give: impl FnOnce(Result<T, Stop>)) {
        let mut app = self.enter();
        let fetched = fetch(&mut app);
        give(if self.brake.is_pressed() { Err(Fault::new("capture-void").into()) } else { fetched });
    }

    fn enter(&self) -> MutexGuard<'_, App> {
        // A command that panicked has changed nothing that is not in the ledger; the next one may go on.
        self.app.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
