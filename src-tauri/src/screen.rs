//! The window, and what stands behind it: one application behind one lock, with HALT's way round it.

use std::process::ExitCode;
use std::time::Duration;

use tauri::Manager;
use trail_app::door::Door;
use trail_app::phrases::Phrases;
use trail_app::progress::Progress;
use trail_app::wire::store::ProgressView;
use trail_app::wire::{Answer, Trouble};
use trail_app::{App, Fault, SessionLock, Stop, wipe_stack};

use crate::parts::session_lock;
use crate::renewal::Renewal;
use crate::{commands, exhibit_scheme, framed, parts, start};

/// Seconds after which the keychain takes note of what was added to the record.
const HEAD_SECONDS: u64 = 10;

/// What the commands act on.
pub(crate) struct Shell {
    door: Door,
    progress: Progress,
    phrases: Phrases,
    renewal: Renewal,
}

impl Shell {
    fn new(app: App) -> Self {
        Self {
            progress: app.progress(),
            phrases: app.phrases().clone(),
            door: Door::of(app),
            renewal: Renewal::default(),
        }
    }

    /// One call into the application; what went wrong comes back in words.
    pub(crate) fn ask<T>(&self, call: impl FnOnce(&mut App) -> Result<T, Fault>) -> Result<T, Trouble> {
        self.call(call).map_err(|fault| fault.in_words(&self.phrases))
    }

    /// An import: its form, and the bytes of the file behind it.
    pub(crate) fn import(&self, request: &tauri::ipc::Request<'_>) -> Result<Answer, Trouble> {
        let (import, file) = framed::import(request).map_err(|fault| fault.in_words(&self.phrases))?;
        self.ask(|app| app.import_file(&import.case, &import.form, file))
    }

    /// A file that was dropped on the page where documents are verified.
    pub(crate) fn verify_file(
        &self,
        request: &tauri::ipc::Request<'_>,
    ) -> Result<trail_app::wire::verifying::VerifyView, Trouble> {
        let (dropped, file) = framed::dropped(request).map_err(|fault| fault.in_words(&self.phrases))?;
        self.ask(|app| app.verify_file(file, &dropped.fingerprint))
    }

    /// One call that may be refused by the procedure.
    pub(crate) fn fetch<T>(&self, call: impl FnOnce(&mut App) -> Result<T, Stop>) -> Result<T, Trouble> {
        self.call(call).map_err(|stop| self.in_words(stop))
    }

    /// Fetches a picture and hands it over before another call can come in.
    pub(crate) fn give<T>(
        &self,
        fetch: impl FnOnce(&mut App) -> Result<T, Stop>,
        give: impl FnOnce(Result<T, Trouble>),
    ) {
        self.door.give(|app| self.followed(app, fetch), |fetched| give(fetched.map_err(|stop| self.in_words(stop))));
        wipe_stack();
    }

    /// HALT: the browser is dead before anything waits for the application.
    pub(crate) fn halt(&self, case: Option<&str>) -> Result<Option<Answer>, Trouble> {
        let halted = self.door.stop_and_call(|app| self.followed(app, |app| app.halt(case)));
        wipe_stack();
        halted.map_err(|fault| fault.in_words(&self.phrases))
    }

    /// How far something that takes long has come. Waits for nothing.
    pub(crate) fn progress(&self) -> Option<ProgressView> {
        self.progress.now()
    }

    /// Locks, because the computer was locked or sleeps. The browser is dead before anything waits.
    fn lock_now(&self) {
        self.door.stop_and_call(|app| self.followed(app, App::lock));
        wipe_stack();
    }

    /// Locks where nobody acted for too long, and tidies. Waits for nothing: what is busy is not idle.
    fn quiet_moment(&self) {
        self.door.call_if_free(|app| self.followed(app, App::quiet_moment));
    }

    /// Has the keychain take note of where the record ends. Waits for nothing.
    fn note_head(&self) {
        self.door.call_if_free(|app| app.note_head());
    }

    fn call<T>(&self, call: impl FnOnce(&mut App) -> T) -> T {
        let answer = self.door.call(|app| self.followed(app, call));
        // The next call may come on another thread, and so may the lock.
        wipe_stack();
        answer
    }

    /// A call, and what the window does after it.
    fn followed<T>(&self, app: &mut App, call: impl FnOnce(&mut App) -> T) -> T {
        let answer = call(app);
        self.renewal.after(app);
        answer
    }

    fn in_words(&self, stop: Stop) -> Trouble {
        match stop {
            Stop::Fault(fault) => fault.in_words(&self.phrases),
            Stop::Refused(refusal) => Trouble {
                code: refusal.code().as_str().to_owned(),
                happened: self.phrases.say(&format!("refusal.{}.happened", refusal.code()), &[]),
                todo: self.phrases.say(&format!("refusal.{}.todo", refusal.code()), &[]),
                field: None,
            },
        }
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
            handle.state::<Shell>().door.call(App::lock);
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
