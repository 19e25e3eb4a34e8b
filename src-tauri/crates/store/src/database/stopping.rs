//! Work in the database that can be told to stop: what takes long in SQLite itself is interrupted.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::StoreError;

/// How often somebody looks whether to stop what SQLite does.
const LOOK: Duration = Duration::from_millis(20);

/// Does this work on the connection; once `stop` is set, whatever the connection does ends within a moment, with
/// [`StoreError::Stopped`].
pub(crate) fn stoppable<T>(connection: &Connection, stop: &AtomicBool, work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    let interrupt = connection.get_interrupt_handle();
    thread::scope(|scope| {
        let watch = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                if stop.load(Ordering::Relaxed) {
                    interrupt.interrupt();
                }
                thread::park_timeout(LOOK);
            }
        });
        let answer = work();
        done.store(true, Ordering::Relaxed);
        watch.thread().unpark();
        answer
    })
}

/// Goes on, unless it was told to stop.
///
/// # Errors
/// - If it was: [`StoreError::Stopped`].
pub(crate) fn go_on(stop: &AtomicBool) -> Result<(), StoreError> {
    if stop.load(Ordering::Relaxed) { Err(StoreError::Stopped) } else { Ok(()) }
}
