//! The computer's own lock and sleep reach the application over a real message bus.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use evidence_trail::parts::session_lock;
use zbus::blocking::connection::{Builder, Connection};

/// Longest that a signal may take on its way.
const ON_ITS_WAY: Duration = Duration::from_secs(20);

/// A bus of our own, that ends with the test.
struct Bus {
    child: Child,
    address: String,
}

impl Bus {
    fn start() -> Self {
        let mut child = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { child, address: address.trim().to_owned() }
    }

    /// Somebody who says what logind says.
    fn logind(&self) -> Connection {
        Builder::address(self.address.as_str()).unwrap().name("org.freedesktop.login1").unwrap().build().unwrap()
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn listening(bus: &Bus) -> Receiver<()> {
    let (tell, told) = channel();
    session_lock::listen(Some(&bus.address), move || tell.send(()).unwrap()).unwrap();
    told
}

fn sleeps(logind: &Connection, begins: bool) {
    let path = "/org/freedesktop/login1";
    logind.emit_signal(None::<&str>, path, "org.freedesktop.login1.Manager", "PrepareForSleep", &(begins,)).unwrap();
}

fn session(logind: &Connection, signal: &str) {
    let path = "/org/freedesktop/login1/session/_31";
    logind.emit_signal(None::<&str>, path, "org.freedesktop.login1.Session", signal, &()).unwrap();
}

#[test]
fn a_locked_session_and_sleep_are_told() {
    let bus = Bus::start();
    let told = listening(&bus);
    let logind = bus.logind();
    session(&logind, "Lock");
    told.recv_timeout(ON_ITS_WAY).unwrap();
    sleeps(&logind, true);
    told.recv_timeout(ON_ITS_WAY).unwrap();
}

#[test]
fn waking_and_unlocking_are_not() {
    let bus = Bus::start();
    let told = listening(&bus);
    let logind = bus.logind();
    sleeps(&logind, false);
    session(&logind, "Unlock");
    // Signals of one sender arrive in their order: when this one is there, the others would have been.
    session(&logind, "Lock");
    told.recv_timeout(ON_ITS_WAY).unwrap();
    assert!(told.try_recv().is_err(), "one lock was told, and nothing else");
}

#[test]
fn no_bus_says_so() {
    let told = session_lock::listen(Some("unix:path=/nowhere/at/all"), || {});
    assert!(!told.unwrap_err().to_string().is_empty());
}
