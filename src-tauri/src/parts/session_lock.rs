//! Tells when this computer is locked or goes to sleep: from logind, over the system's message bus.
//!
//! Listens to `org.freedesktop.login1`: `Manager.PrepareForSleep(true)`, and `Session.Lock` of any session object. A lock
//! of another person's session locks too; that costs a sign-in, and missing one would cost more.

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

/// Calls `locked` whenever the computer is locked or goes to sleep, until the program ends. `address` is the bus to
/// listen on; the system's own where none is given (which `DBUS_SYSTEM_BUS_ADDRESS` names).
///
/// # Errors
/// - If there is no such bus, or it refuses.
/// - If this system has none.
#[cfg(target_os = "linux")]
pub fn listen(address: Option<&str>, locked: impl Fn() + Send + 'static) -> Result<(), NotTold> {
    logind::listen(address, locked).map_err(|error| NotTold(error.to_string()))
}

/// Nobody tells here yet.
///
/// # Errors
/// - Always: this system's way of telling is not listened to.
#[cfg(not(target_os = "linux"))]
pub fn listen(_address: Option<&str>, _locked: impl Fn() + Send + 'static) -> Result<(), NotTold> {
    Err(NotTold("this version listens on Linux only".to_owned()))
}

#[cfg(target_os = "linux")]
mod logind {
    use zbus::blocking::connection::Builder;
    use zbus::blocking::{Connection, MessageIterator, fdo::DBusProxy};
    use zbus::{MatchRule, Message, message::Type};

    const SESSION: &str = "org.freedesktop.login1.Session";
    const MANAGER: &str = "org.freedesktop.login1.Manager";

    pub(super) fn listen(address: Option<&str>, locked: impl Fn() + Send + 'static) -> zbus::Result<()> {
        let builder = match address {
            Some(address) => Builder::address(address)?,
            None => Builder::system()?,
        };
        let connection = builder.build()?;
        let messages = MessageIterator::from(&connection);
        let bus = DBusProxy::new(&connection)?;
        for (interface, member) in [(MANAGER, "PrepareForSleep"), (SESSION, "Lock")] {
            bus.add_match_rule(rule(interface, member)?)?;
        }
        std::thread::Builder::new()
            .name("session-lock".to_owned())
            .spawn(move || follow(connection, messages, locked))
            .map_err(|error| zbus::Error::InputOutput(error.into()))?;
        Ok(())
    }

    fn follow(connection: Connection, messages: MessageIterator, locked: impl Fn()) {
        for message in messages.flatten() {
            if is_lock(&message) {
                locked();
            }
        }
        drop(connection);
    }

    fn rule(interface: &'static str, member: &'static str) -> zbus::Result<MatchRule<'static>> {
        Ok(MatchRule::builder().msg_type(Type::Signal).interface(interface)?.member(member)?.build())
    }

    fn is_lock(message: &Message) -> bool {
        let header = message.header();
        let (Some(interface), Some(member)) = (header.interface(), header.member()) else { return false };
        match (interface.as_str(), member.as_str()) {
            (SESSION, "Lock") => true,
            // The signal comes twice: `true` before the computer sleeps, `false` after it woke.
            (MANAGER, "PrepareForSleep") => message.body().deserialize::<bool>().unwrap_or(true),
            _ => false,
        }
    }
}
