//! A display without a screen, where the caller has none.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// An Xvfb of our own. It ends when this value does, also after a panic.
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts one where `DISPLAY` names none.
    #[must_use]
    pub fn where_needed() -> Option<Self> {
        let set = std::env::var_os("DISPLAY").is_some_and(|name| !name.is_empty());
        (!set).then(Self::start)
    }

    /// Its name, as `DISPLAY` wants it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Starts one.
    #[must_use]
    pub fn start() -> Self {
        // By `-noreset` it does not begin anew when nobody uses it, and cuts nobody off who comes just then.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is needed where there is no display; `cargo xtask test` installs it");
        let out = server.stdout.take();
        let mut display = Self { server, name: String::new() };
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = out.map(|out| BufReader::new(out).read_line(&mut line));
            // After the wait nobody listens any more.
            let _ = tell.send(read.and_then(Result::ok).map(|_| line.trim().to_owned()));
        });
        let number = told.recv_timeout(Duration::from_secs(20)).ok().flatten().unwrap_or_default();
        assert!(number.parse::<u32>().is_ok(), "Xvfb did not say which display it opened");
        display.name = format!(":{number}");
        display
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        super::processes::end(&[self.server.id()]);
        // It was asked to end, and made to.
        let _ = self.server.wait();
    }
}
