//! The window, and what stands behind it: one application behind one lock, with HALT's way round it.

use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::Manager;
use trail_app::brake::Brake;
use trail_app::phrases::Phrases;
use trail_app::progress::Progress;
use trail_app::wire::store::ProgressView;
use trail_app::wire::{Answer, Trouble};
use trail_app::{App, Fault, SessionLock, Stop, wipe_stack};

use crate::parts::session_lock;
use crate::renewal::Renewal;
use crate::{commands, exhibit_scheme, parts, start};

/// Seconds after which the keychain takes note of what was added to the record.
const HEAD_SECONDS: u64 = 10;

/// What the commands act on.
pub(crate) struct Shell {
    app: Mutex<App>,
    brake: Brake,
    progress: Progress,
    phrases: Phrases,
    renewal: Renewal,
}

impl Shell {
    fn new(app: App) -> Self {
        Self {
            brake: app.brake(),
            progress: app.progress(),
            phrases: app.phrases().clone(),
            app: Mutex::new(app),
            renewal: Renewal::default(),
        }
    }

    /// One call into the application; what went wrong comes back in words.
    pub(crate) fn ask<T>(&self, call: impl FnOnce(&mut App) -> Result<T, Fault>) -> Result<T, Trouble> {
        self.call(call).map_err(|fault| fault.in_words(&self.phrases))
    }

    /// One call that may be refused by the procedure.
    pub(crate) fn fetch<T>(&self, call: impl FnOnce(&mut App) -> Result<T, Stop>) -> Result<T, Trouble> {
        self.call(call).map_err(|stop| match stop {
            Stop::Fault(fault) => fault.in_words(&self.phrases),
            Stop::Refused(refusal) => Trouble {
                code: refusal.code().as_str().to_owned(),
                happened: self.phrases.say(&format!("refusal.{}.happened", refusal.code()), &[]),
                todo: self.phrases.say(&format!("refusal.{}.todo", refusal.code()), &[]),
                field: None,
            },
        })
    }

    /// HALT: the browser is dead before anything waits for the application.
    pub(crate) fn halt(&self, case: Option<&str>) -> Result<Option<Answer>, Trouble> {
        self.brake.press();
        self.ask(|app| app.halt(case))
    }

    /// How far something that takes long has come. Waits for nothing.
    pub(crate) fn progress(&self) -> Option<ProgressView> {
        self.progress.now()
    }

    /// Locks, because the computer was locked or sleeps. The browser is dead before anything waits.
    fn lock_now(&self) {
        self.brake.press();
        self.call(App::lock);
    }

    /// Locks where nobody acted for too long, and tidies. Waits for nothing: what is busy is not idle.
    fn quiet_moment(&self) {
        if let Ok(mut app) = self.app.try_lock() {
            app.quiet_moment();
            self.renewal.after(&app);
        }
    }

    /// Has the keychain take note of where the record ends. Waits for nothing.
    fn note_head(&self) {
        if let Ok(app) = self.app.try_lock() {
            app.note_head();
        }
    }

    fn call<T>(&self, call: impl FnOnce(&mut App) -> T) -> T {
        let mut app = self.app();
        let answer = call(&mut app);
        self.renewal.after(&app);
        drop(app);
        // The next call may come on another thread, and so may the lock.
        wipe_stack();
        answer
    }

    fn app(&self) -> MutexGuard<'_, App> {
        // A command that panicked has changed nothing that is not in the ledger; the next one may go on.
        self.app.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the window and runs until it is closed.
#[must_use]
pub fn run() -> ExitCode {
    match open() {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            complain(&words);
            ExitCode::FAILURE
        }
    }
}

fn open() -> Result<(), String> {
    if !there_is_a_screen() {
        return Err(no_window("no screen was found"));
    }
    let app = App::start(parts::ports(), start::folders(), start::settings())
        .map_err(|fault| format!("Evidence Trail could not start ({fault}). Install it again."))?;
    let built = window(Shell::new(app))?;
    built.state::<Shell>().renewal.of(built.handle());
    watch(built.handle());
    built.run(|handle, event| {
        if let tauri::RunEvent::ExitRequested { api, code: None, .. } = &event {
            handle.state::<Shell>().renewal.instead_of_exit(handle, api);
        }
        if matches!(event, tauri::RunEvent::Exit) {
            handle.state::<Shell>().app().lock();
        }
    });
    Ok(())
}

/// Locks by itself: when nobody acted for too long, and when the computer is locked or sleeps.
fn watch(handle: &tauri::AppHandle) {
    let idle = handle.clone();
    std::thread::spawn(move || {
        for seconds in 1_u64.. {
            std::thread::sleep(Duration::from_secs(1));
            idle.state::<Shell>().quiet_moment();
            if seconds % HEAD_SECONDS == 0 {
                idle.state::<Shell>().note_head();
            }
        }
    });
    let (asked, locked) = (handle.clone(), handle.clone());
    std::thread::spawn(move || {
        let heard = session_lock::listen(None, move || locked.state::<Shell>().lock_now());
        let told = match heard {
            Ok(heard) => SessionLock::Told { sleep_waits: heard.sleep_waits.map_err(|error| error.to_string()) },
            Err(error) => SessionLock::NotTold { because: error.to_string() },
        };
        asked.state::<Shell>().call(|app| app.told_of_session_lock(told));
    });
}

/// Builds the window. The window system panics where a screen is named and does not answer: that becomes words too.
#[allow(clippy::disallowed_methods, reason = "tauri's own macro ends the process where its assets do not fit")]
fn window(shell: Shell) -> Result<tauri::App, String> {
    let builder = tauri::Builder::default()
        .manage(shell)
        .register_asynchronous_uri_scheme_protocol(exhibit_scheme::NAME, exhibit_scheme::answer)
        .invoke_handler(commands::handler());
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| builder.build(tauri::generate_context!())));
    std::panic::set_hook(told);
    match built {
        Ok(Ok(app)) => Ok(app),
        Ok(Err(error)) => Err(no_window(&error.to_string())),
        Err(_) => Err(no_window("the screen does not answer")),
    }
}

/// Whether the system names a screen. Others than Linux always have one for whoever is signed in.
fn there_is_a_screen() -> bool {
    let named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

fn no_window(why: &str) -> String {
    format!("Evidence Trail could not open its window ({why}). It needs a screen: sign in to a desktop and try again.")
}

#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
fn complain(words: &str) {
    eprintln!("{words}");
}
