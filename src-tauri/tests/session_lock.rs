//! The computer's own lock and sleep reach the application over a real message bus.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, PipeReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use evidence_trail::parts::session_lock;
use zbus::blocking::connection::{Builder, Connection};
use zbus::zvariant::OwnedFd;

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

/// An inhibitor that was asked for: of what, in which mode, and when it is let go.
struct Taken {
    what: String,
    mode: String,
    let_go: Receiver<()>,
}

/// logind's own way with inhibitors: one end of a pipe is handed out, and the other tells when it is closed.
struct Inhibitors {
    taken: Mutex<Sender<Taken>>,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Inhibitors {
    fn inhibit(&self, what: &str, _who: &str, _why: &str, mode: &str) -> OwnedFd {
        let (reader, writer) = std::io::pipe().unwrap();
        let taken = Taken { what: what.to_owned(), mode: mode.to_owned(), let_go: closed(reader) };
        self.taken.lock().unwrap().send(taken).unwrap();
        OwnedFd::from(std::os::fd::OwnedFd::from(writer))
    }
}

fn closed(mut reader: PipeReader) -> Receiver<()> {
    let (tell, told) = channel();
    std::thread::spawn(move || {
        reader.read_to_end(&mut Vec::new()).unwrap();
        // Nobody may be listening any more.
        let _ = tell.send(());
    });
    told
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
fn sleep_waits_until_everything_is_locked_and_the_next_one_too() {
    let bus = Bus::start();
    let (send, taken) = channel();
    let logind = Builder::address(bus.address.as_str())
        .unwrap()
        .name("org.freedesktop.login1")
        .unwrap()
        .serve_at("/org/freedesktop/login1", Inhibitors { taken: Mutex::new(send) })
        .unwrap()
        .build()
        .unwrap();
    let (tell, told) = channel();
    let (go_on, wait) = channel::<()>();
    let wait = Mutex::new(wait);
    let heard = session_lock::listen(Some(&bus.address), move || {
        tell.send(()).unwrap();
        wait.lock().unwrap().recv().unwrap();
    });
    assert_eq!(heard.unwrap().sleep_waits, Ok(()));
    let first: Taken = taken.recv_timeout(ON_ITS_WAY).unwrap();
    assert_eq!((first.what.as_str(), first.mode.as_str()), ("sleep", "delay"));
    sleeps(&logind, true);
    told.recv_timeout(ON_ITS_WAY).unwrap();
    // It is being locked, and not done yet.
    assert_eq!(first.let_go.recv_timeout(Duration::from_millis(300)), Err(RecvTimeoutError::Timeout));
    go_on.send(()).unwrap();
    first.let_go.recv_timeout(ON_ITS_WAY).expect("it may sleep once everything is locked");
    assert!(taken.try_recv().is_err(), "nothing holds sleep up until it has woken");
    sleeps(&logind, false);
    let second = taken.recv_timeout(ON_ITS_WAY).expect("the next sleep is waited for too");
    assert!(second.let_go.try_recv().is_err());
}

#[test]
fn without_logind_it_is_told_that_sleep_does_not_wait() {
    let bus = Bus::start();
    let heard = session_lock::listen(Some(&bus.address), || {}).unwrap();
    assert!(!heard.sleep_waits.unwrap_err().to_string().is_empty());
}

#[test]
fn no_bus_says_so() {
    let told = session_lock::listen(Some("unix:path=/nowhere/at/all"), || {});
    assert!(!told.unwrap_err().to_string().is_empty());
}
