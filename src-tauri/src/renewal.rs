//! **A lock leaves no web view behind.** What stood in its memory goes with it: the window is destroyed and made anew
//! under the same label, with the same rights, where it was before. The program goes on in between.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, ExitRequestApi, Manager, PhysicalPosition, PhysicalSize, WebviewWindowBuilder};
use trail_app::App;

use crate::freed;

/// The label of the one window.
const MAIN: &str = "main";
/// The pauses after which freed memory is overwritten again: WebKit lets go of a page in its own time.
const AGAIN: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(6)];

/// Makes the window anew after each lock.
#[derive(Default)]
pub(crate) struct Renewal {
    handle: OnceLock<AppHandle>,
    /// How many locks the window has seen.
    seen: AtomicU64,
    /// The window is being destroyed so that another takes its place.
    under_way: AtomicBool,
    stood: Mutex<Option<Stood>>,
}

/// Where the window stood.
struct Stood {
    size: Option<PhysicalSize<u32>>,
    position: Option<PhysicalPosition<i32>>,
    is_maximized: bool,
}

impl Renewal {
    /// Takes charge of the program's window.
    pub(crate) fn of(&self, handle: &AppHandle) {
        // Set once, when the program starts; a second time nothing would change.
        drop(self.handle.set(handle.clone()));
    }

    /// After a call into the application: destroys the window where the application was locked since.
    pub(crate) fn after(&self, app: &App) {
        if self.seen.swap(app.locks(), Ordering::SeqCst) == app.locks() {
            return;
        }
        let Some(window) = self.handle.get().and_then(|handle| handle.get_webview_window(MAIN)) else { return };
        if self.under_way.swap(true, Ordering::SeqCst) {
            return;
        }
        let stood = Stood {
            size: window.inner_size().ok(),
            position: window.outer_position().ok(),
            is_maximized: window.is_maximized().unwrap_or(false),
        };
        *self.stood.lock().unwrap_or_else(PoisonError::into_inner) = Some(stood);
        if window.destroy().is_err() {
            // The window is gone already: the program ends, and its memory with it.
            self.under_way.store(false, Ordering::SeqCst);
        }
    }

    /// When the last window is gone: makes the new one, where it went for that.
    pub(crate) fn instead_of_exit(&self, handle: &AppHandle, api: &ExitRequestApi) {
        if !self.under_way.swap(false, Ordering::SeqCst) {
            return;
        }
        let stood = self.stood.lock().unwrap_or_else(PoisonError::into_inner).take();
        if build(handle, stood).is_ok() {
            api.prevent_exit();
            overwrite_freed(handle);
        }
    }
}

/// Overwrites what the old window's libraries freed: now, and when they have let go of the rest of it.
fn overwrite_freed(handle: &AppHandle) {
    freed::overwrite();
    let handle = handle.clone();
    std::thread::spawn(move || {
        for pause in AGAIN {
            std::thread::sleep(pause);
            // Where the program has ended meanwhile, so has its memory.
            let _ = handle.run_on_main_thread(freed::overwrite);
        }
    });
}

fn build(handle: &AppHandle, stood: Option<Stood>) -> tauri::Result<()> {
    let config = handle.config().app.windows.iter().find(|window| window.label == MAIN).cloned().unwrap_or_default();
    let window = WebviewWindowBuilder::from_config(handle, &config)?.build()?;
    let Some(Stood { size, position, is_maximized }) = stood else { return Ok(()) };
    if let Some(size) = size {
        window.set_size(size)?;
    }
    if let Some(position) = position {
        window.set_position(position)?;
    }
    if is_maximized { window.maximize() } else { Ok(()) }
}
