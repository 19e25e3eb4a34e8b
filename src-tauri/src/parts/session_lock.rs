//! Tells when this computer is locked or goes to sleep: from logind, over the system's message bus.
//!
//! Listens to `org.freedesktop.login1`: `Manager.PrepareForSleep(true)`, and `Session.Lock` of any session object. A lock
//! of another person's session locks too; that costs a sign-in, and missing one would cost more.
//!
//! Sleep waits for the lock: a *delay* inhibitor of logind is held (`Manager.Inhibit`), let go once everything is
//! locked, and taken anew after waking. logind waits for it for a few seconds at most (`InhibitDelayMaxSec`).

use std::fmt;

/// Why nobody tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTold(String);

impl fmt::Display for NotTold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotTold {}

/// Somebody tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Whether sleep waits until `locked` has come back; else why it does not.
    pub sleep_waits: Result<(), NotTold>,
}

/// Calls `locked` whenever the computer is locked or goes to sleep, until the program ends. `address` is the bus to
/// listen on; the system's own where none is given (which `DBUS_SYSTEM_BUS_ADDRESS` names).
///
/// # Errors
/// - If there is no such bus, or it refuses.
/// - If this system has none.
#[cfg(target_os = "linux")]
pub fn listen(address: Option<&str>, locked: impl Fn() + Send + 'static) -> Result<Heard, NotTold> {
    logind::listen(address, locked).map_err(|error| NotTold(error.to_string()))
}

/// Nobody tells here yet.
///
/// # Errors
/// - Always: this system's way of telling is not listened to.
#[cfg(not(target_os = "linux"))]
pub fn listen(_address: Option<&str>, _locked: impl Fn() + Send + 'static) -> Result<Heard, NotTold> {
    Err(NotTold("this version listens on Linux only".to_owned()))
}

#[cfg(target_os = "linux")]
mod logind {
    use std::sync::{Arc, Mutex, PoisonError};
    use std::time::Duration;

    use zbus::blocking::connection::Builder;
    use zbus::blocking::{Connection, MessageIterator, fdo::DBusProxy};
    use zbus::zvariant::OwnedFd;
    use zbus::{MatchRule, Message, message::Type};

    use super::{Heard, NotTold};

    const LOGIND: &str = "org.freedesktop.login1";
    const ROOT: &str = "/org/freedesktop/login1";
    const SESSION: &str = "org.freedesktop.login1.Session";
    const MANAGER: &str = "org.freedesktop.login1.Manager";

    /// Longest wait for an answer of logind.
    const ANSWER: Duration = Duration::from_secs(10);

    /// What holds sleep up, while it is held.
    type Held = Arc<Mutex<Option<OwnedFd>>>;

    /// What a message tells.
    enum Told {
        Lock,
        Sleeps,
        Woke,
        Else,
    }

    pub(super) fn listen(address: Option<&str>, locked: impl Fn() + Send + 'static) -> zbus::Result<Heard> {
        let builder = match address {
            Some(address) => Builder::address(address)?,
            None => Builder::system()?,
        };
        let connection = builder.method_timeout(ANSWER).build()?;
        let messages = MessageIterator::from(&connection);
        let bus = DBusProxy::new(&connection)?;
        for (interface, member) in [(MANAGER, "PrepareForSleep"), (SESSION, "Lock")] {
            bus.add_match_rule(rule(interface, member)?)?;
        }
        let (held, sleep_waits) = match delay(&connection) {
            Ok(held) => (Some(held), Ok(())),
            Err(error) => (None, Err(NotTold(error.to_string()))),
        };
        std::thread::Builder::new()
            .name("session-lock".to_owned())
            .spawn(move || follow(&connection, messages, &Arc::new(Mutex::new(held)), locked))
            .map_err(|error| zbus::Error::InputOutput(error.into()))?;
        Ok(Heard { sleep_waits })
    }

    /// Asks logind to wait with sleep for as long as what it answers with is open.
    fn delay(connection: &Connection) -> zbus::Result<OwnedFd> {
        let asks = ("sleep", "Evidence Trail", "Locks the record before this computer sleeps", "delay");
        let answer = connection.call_method(Some(LOGIND), ROOT, Some(MANAGER), "Inhibit", &asks)?;
        answer.body().deserialize()
    }

    fn follow(connection: &Connection, messages: MessageIterator, held: &Held, locked: impl Fn()) {
        for message in messages.flatten() {
            match read(&message) {
                Told::Lock => locked(),
                Told::Sleeps => {
                    locked();
                    // Everything is locked: now it may sleep.
                    set(held, None);
                }
                Told::Woke => hold_again(connection.clone(), Arc::clone(held)),
                Told::Else => {}
            }
        }
    }

    /// Asks again after waking, beside the listening: the next lock must not wait for logind's answer. Where it is
    /// refused this time, the next sleep does not wait; it is told all the same.
    fn hold_again(connection: Connection, held: Held) {
        let asking = std::thread::Builder::new().name("sleep-delay".to_owned());
        drop(asking.spawn(move || set(&held, delay(&connection).ok())));
    }

    fn set(held: &Held, to: Option<OwnedFd>) {
        *held.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }

    fn rule(interface: &'static str, member: &'static str) -> zbus::Result<MatchRule<'static>> {
        Ok(MatchRule::builder().msg_type(Type::Signal).interface(interface)?.member(member)?.build())
    }

    fn read(message: &Message) -> Told {
        let header = message.header();
        let (Some(interface), Some(member)) = (header.interface(), header.member()) else { return Told::Else };
        match (interface.as_str(), member.as_str(), message.message_type()) {
            (SESSION, "Lock", Type::Signal) => Told::Lock,
            // The signal comes twice: `true` before the computer sleeps, `false` after it woke.
            (MANAGER, "PrepareForSleep", Type::Signal) => match message.body().deserialize::<bool>() {
                Ok(false) => Told::Woke,
                Ok(true) | Err(_) => Told::Sleeps,
            },
            _ => Told::Else,
        }
    }
}
