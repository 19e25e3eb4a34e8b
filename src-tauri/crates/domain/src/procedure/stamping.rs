//! Who outside the school is asked for the time: time-stamp authorities at a signature, and a time server at the check
//! of the computer. Two people choose them, or that nobody is asked.

use crate::event::keeping::TimeAuthority;
use crate::event::{Event, Turn};
use crate::ids::PersonId;
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};

use super::freeze::not_frozen;
use super::{Now, release};

/// The most authorities: one, and another where the first is not reached.
pub const MOST: usize = 2;

/// What to record where two people choose which authorities are asked for each signature from here on.
///
/// # Errors
/// - If two people who are enrolled are not signed in, or it is one person twice.
/// - If the computer is frozen by a HALT.
/// - If there are more than [`MOST`], or one stands there twice, or they are those that are asked already.
pub fn set(authorities: Vec<TimeAuthority>, with: PersonId, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    release::two_people(&with, now, Stage::SignOff)?;
    not_frozen(now.register)?;
    let is_twice = matches!(authorities.as_slice(), [first, second] if first.address == second.address);
    if authorities.len() > MOST || is_twice || authorities == now.register.time_authorities() {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::SignOff));
    }
    Ok(vec![Event::Turn(Turn::TimeAuthoritiesSet { authorities, with })])
}

/// The longest name of a time server with its port, in characters: a name has at most 253 (RFC 1035, section 3.1).
pub const LONGEST_SERVER: usize = 259;

/// The name or the address of a time server in this text, and its port where it has one: letters of ASCII, digits, dots and
/// hyphens; an address of IPv6 stands in brackets, which are left out. None where it cannot be a time server.
#[must_use]
pub fn server(text: &str) -> Option<(&str, Option<u16>)> {
    let in_brackets = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (host, port) = match in_brackets {
        Some((host, "")) => (host, None),
        Some((host, rest)) => (host, Some(rest.strip_prefix(':')?)),
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let fits = |byte: u8| match in_brackets {
        Some(_) => byte.is_ascii_hexdigit() || byte == b':' || byte == b'.',
        None => is_of_a_name(byte),
    };
    let is_host = !host.is_empty() && !host.starts_with(['-', '.']) && host.bytes().all(fits);
    let number =
        |port: &str| port.parse().ok().filter(|number| *number > 0 && port.bytes().all(|byte| byte.is_ascii_digit()));
    let port = match port {
        Some(port) => Some(number(port)?),
        None => None,
    };
    (text.len() <= LONGEST_SERVER && is_host).then_some((host, port))
}

/// Whether this can be a time server (see [`server`]).
#[must_use]
pub fn is_server(text: &str) -> bool {
    server(text).is_some()
}

fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-'
}

/// What to record where two people choose which time server is asked at each check of the computer from here on.
///
/// # Errors
/// - If two people who are enrolled are not signed in, or it is one person twice.
/// - If the computer is frozen by a HALT.
/// - If it cannot be a time server (see [`is_server`]), or it is the one that is asked already.
pub fn set_server(server: Option<String>, with: PersonId, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    release::two_people(&with, now, Stage::Review)?;
    not_frozen(now.register)?;
    if server.as_deref().is_some_and(|server| !is_server(server)) || server.as_deref() == now.register.time_server() {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::Review));
    }
    Ok(vec![Event::Turn(Turn::TimeServerSet { server, with })])
}
