//! The whole of the browser's side: the main function of browser mode.

use std::process::ExitCode;

/// The environment variable in which the client hands over the [`crate::address::Terms`], as JSON.
pub(crate) const TERMS_VARIABLE: &str = "EVIDENCE_BROWSER_TERMS";

/// Runs the evidence browser: reads messages on standard input, writes on standard output, and
/// ends with the first of *stop*, HALT, a closed window and a closed pipe.
#[must_use]
pub fn run() -> ExitCode {
    here::run()
}

#[cfg(all(feature = "engine", any(target_os = "linux", target_os = "macos", windows)))]
mod here {
    use std::io::{Read, Write};
    use std::process::ExitCode;

    use crate::address::Terms;
    use crate::engine::Engine;
    use crate::mouth::{Mouth, end_now};
    use crate::protocol::ToBrowser;
    use crate::protocol::frame::read_message;

    #[cfg(target_os = "linux")]
    use crate::engine::webkit::WebKit as OurEngine;
    #[cfg(windows)]
    use crate::engine::webview2::WebView2 as OurEngine;
    #[cfg(target_os = "macos")]
    use crate::engine::wkwebview::WkWebView as OurEngine;

    pub(super) fn run() -> ExitCode {
        let Ok((input, output)) = take_pipes() else {
            return ExitCode::FAILURE;
        };
        let Ok(mouth) = Mouth::speaking_to(output) else {
            return ExitCode::FAILURE;
        };
        tell_panics(&mouth);
        let Some(terms) = terms() else {
            mouth.crash("the terms of this session cannot be read; start the evidence browser from the application");
        };
        let (orders, coming) = futures_channel::mpsc::unbounded();
        let listening = std::thread::Builder::new().name("listener".into()).spawn(move || listen(input, &orders));
        if listening.is_err() {
            mouth.crash("no thread could be started; close other programs and try again");
        }
        let reason = OurEngine::run(terms, &mouth, coming);
        mouth.crash(&reason)
    }

    /// Takes the two pipes away from where the engine's own processes would inherit them: a page
    /// that broke out of its process could otherwise speak as this one.
    #[cfg(windows)]
    fn take_pipes() -> std::io::Result<(std::fs::File, std::fs::File)> {
        trail_windows::console::take_pipes()
    }

    /// Takes the two pipes away from where the engine's own processes would inherit them: a page
    /// that broke out of its process could otherwise speak as this one.
    #[cfg(unix)]
    fn take_pipes() -> std::io::Result<(std::fs::File, std::fs::File)> {
        use std::os::fd::{AsFd, OwnedFd};
        let input: OwnedFd = std::io::stdin().as_fd().try_clone_to_owned()?;
        let output: OwnedFd = std::io::stdout().as_fd().try_clone_to_owned()?;
        let nothing = std::fs::OpenOptions::new().read(true).write(true).open("/dev/null")?;
        rustix::stdio::dup2_stdin(&nothing)?;
        rustix::stdio::dup2_stdout(&nothing)?;
        Ok((input.into(), output.into()))
    }

    fn terms() -> Option<Terms> {
        let terms = std::env::var(super::TERMS_VARIABLE).ok()?;
        serde_json::from_str(&terms).ok()
    }

    /// *Stop*, a closed pipe and a message that cannot be read end the process from this thread: it
    /// works also while the window is busy.
    fn listen(mut input: impl Read, orders: &futures_channel::mpsc::UnboundedSender<ToBrowser>) {
        loop {
            match read_message::<ToBrowser>(&mut input) {
                Ok((order @ (ToBrowser::Navigate(_) | ToBrowser::Capture(_)), _)) => {
                    if orders.unbounded_send(order).is_err() {
                        end_now();
                    }
                }
                Ok((ToBrowser::Stop, _)) | Err(_) => end_now(),
            }
        }
    }

    fn tell_panics(mouth: &Mouth) {
        let mouth = mouth.clone();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = writeln!(std::io::stderr(), "{panic}");
            let place = panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
            mouth.crash(&format!("a fault inside the evidence browser{place}"));
        }));
    }
}

#[cfg(not(all(feature = "engine", any(target_os = "linux", target_os = "macos", windows))))]
mod here {
    use std::process::ExitCode;

    use crate::protocol::FromBrowser;
    use crate::protocol::bounded::Text;
    use crate::protocol::frame::write_message;

    pub(super) fn run() -> ExitCode {
        let reason = Text::new("there is no web engine for this system yet; use another computer for pages");
        // Nobody to tell is nothing to tell.
        let _ = write_message(&mut std::io::stdout(), &FromBrowser::Crash { reason }, &[]);
        ExitCode::FAILURE
    }
}
