//! A display without a screen, for machines that have none and for tests that must not open
//! windows on a person's desk.

use crate::needs::on_path;
use crate::stop::Stop;
use crate::system::System;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

const WAIT: Duration = Duration::from_secs(20);

/// An Xvfb of our own. It ends when this value does, also after a panic.
pub(crate) struct VirtualDisplay {
    server: Child,
    name: String,
}

impl VirtualDisplay {
    /// Starts Xvfb on a display number that it finds free itself, and waits until it is ready.
    ///
    /// # Errors
    /// - If Xvfb cannot be started.
    /// - If it has not said its number within 20 seconds.
    pub(crate) fn start() -> Result<Self, Stop> {
        let mut command = outlived_by_nobody("Xvfb");
        let mut server = command
            .args(["-displayfd", "1", "-screen", "0", "1600x1200x24"])
            // Without the last the server begins anew when nobody uses it, and cuts off whoever comes just then.
            .args(["-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                Stop::new(format!("Xvfb could not be started: {error}."), "Look whether it is installed.")
            })?;
        let told = server.stdout.take().and_then(first_line);
        // Made before the answer is looked at, so that the server is ended in every case.
        let mut display = Self { server, name: String::new() };
        let number = told.filter(|line| line.parse::<u32>().is_ok());
        display.name = number.map(|number| format!(":{number}")).ok_or_else(|| {
            Stop::new(
                "Xvfb did not say which display it opened.",
                "Run `Xvfb -displayfd 1` yourself and look at what it says.",
            )
        })?;
        println!("   Windows are opened on display {}, which has no screen.", display.name);
        Ok(display)
    }

    /// Starts one on the systems that have Xvfb; nothing on the others.
    ///
    /// # Errors
    /// - If this is such a system and Xvfb does not start.
    pub(crate) fn where_known() -> Result<Option<Self>, Stop> {
        if System::of_this_computer().is_linux() { Self::start().map(Some) } else { Ok(None) }
    }

    /// Makes the program open its windows here and nowhere else.
    pub(crate) fn lend_to(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.name)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XAUTHORITY");
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        // Asked to end, it also removes its lock and its socket.
        let number = self.server.id().to_string();
        let asked = Command::new("kill").arg(number).status();
        if !asked.is_ok_and(|status| status.success()) {
            // Already gone is as good as ended.
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

/// Whether a window could be opened for a person to see.
pub(crate) fn somebody_can_see() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_there(System::of_this_computer(), set)
}

/// A display of our own, where there is none.
///
/// # Errors
/// - If there is none and Xvfb does not start.
pub(crate) fn where_needed() -> Result<Option<VirtualDisplay>, Stop> {
    if somebody_can_see() {
        return Ok(None);
    }
    println!("   There is no display here.");
    VirtualDisplay::start().map(Some)
}

fn is_there(system: System, set: impl Fn(&str) -> bool) -> bool {
    !system.is_linux() || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The kernel ends the program when this one is killed and cannot tidy up.
fn outlived_by_nobody(program: &str) -> Command {
    if on_path("setpriv").is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--", program]);
    command
}

fn first_line(out: ChildStdout) -> Option<String> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        if BufReader::new(out).read_line(&mut line).is_ok() {
            // Nobody listens any more after the wait: then it does not matter.
            let _ = tell.send(line.trim().to_owned());
        }
    });
    told.recv_timeout(WAIT).ok()
}

#[cfg(test)]
mod tests {
    use super::is_there;
    use crate::system::System;

    #[test]
    fn a_linux_without_either_setting_has_no_display() {
        assert!(!is_there(System::Debian, |_| false));
        assert!(is_there(System::Debian, |name| name == "DISPLAY"));
        assert!(is_there(System::Debian, |name| name == "WAYLAND_DISPLAY"));
    }

    #[test]
    fn other_systems_always_have_one() {
        assert!(is_there(System::MacOs, |_| false));
        assert!(is_there(System::Windows, |_| false));
    }
}
