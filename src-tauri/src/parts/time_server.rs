//! A time server over the network (SNTP version 4: RFC 5905, sections 7.3 and 14). One question to the one server that
//! the school chose, and one answer.
//!
//! The question goes out from a thread of its own, so that HALT waits for nobody; the name is looked up there too.

mod packet;

use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ring::rand::{SecureRandom, SystemRandom};
use trail_app::ports::{NoTime, SECONDS_FOR_THE_TIME, TimeRead, TimeServers};
use trail_domain::procedure::stamping;

use super::at_once::{self, NoAnswer};
use packet::{Asked, Stamp};

/// The port where none is named (RFC 5905, section 7.2).
const PORT: u16 = 123;
/// Room for an answer with extensions, which are not read.
const ROOM: usize = 1_024;

/// The network, as far as time servers are on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct NetworkTime;

impl TimeServers for NetworkTime {
    fn ask(&self, server: &str, stop: &AtomicBool) -> Result<TimeRead, NoTime> {
        let limit = Duration::from_secs(SECONDS_FOR_THE_TIME);
        let server = server.to_owned();
        at_once::or_never(stop, limit, move |given_up| asked(&server, limit, given_up)).unwrap_or_else(|why| {
            Err(match why {
                NoAnswer::Stopped => NoTime::Stopped,
                NoAnswer::TooSlow => NoTime::TooSlow,
                NoAnswer::NotAsked(why) => NoTime::NotReached(why),
                NoAnswer::Ended => NoTime::NotReached("the asking failed".to_owned()),
            })
        })
    }
}

/// One question. Whatever comes from another address than the server's does not arrive at all.
fn asked(server: &str, limit: Duration, given_up: &AtomicBool) -> Result<TimeRead, NoTime> {
    let not_reached = |error: std::io::Error| NoTime::NotReached(error.to_string());
    let begun = Instant::now();
    let address = address(server)?;
    let any: SocketAddr = if address.is_ipv4() { ([0, 0, 0, 0], 0).into() } else { ([0_u16; 8], 0).into() };
    let socket = UdpSocket::bind(any).map_err(not_reached)?;
    socket.connect(address).map_err(not_reached)?;
    let left = limit.checked_sub(begun.elapsed()).filter(|left| !left.is_zero()).ok_or(NoTime::TooSlow)?;
    socket.set_read_timeout(Some(left)).map_err(not_reached)?;
    let mut chance = [0; 8];
    SystemRandom::new().fill(&mut chance).map_err(|_| NoTime::NotReached("no number could be drawn".to_owned()))?;
    // Nobody waits any more: HALT came while the name was looked up.
    if given_up.load(Ordering::SeqCst) {
        return Err(NoTime::Stopped);
    }
    let asked = Asked { chance, at: wall()? };
    let sent = Instant::now();
    socket.send(&asked.question()).map_err(not_reached)?;
    let mut room = [0; ROOM];
    let length = socket.recv(&mut room).map_err(|error| {
        let is_late = matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut);
        if is_late { NoTime::TooSlow } else { NoTime::NotReached(error.to_string()) }
    })?;
    let took = sent.elapsed();
    asked.judge(room.get(..length).unwrap_or_default(), took).map_err(NoTime::NotTaken)
}

/// Where it is asked: a name or an address, with its port where it is another than [`PORT`].
fn address(server: &str) -> Result<SocketAddr, NoTime> {
    let not_reached = |error: std::io::Error| NoTime::NotReached(error.to_string());
    let (host, port) = stamping::server(server).unwrap_or((server, None));
    let mut found = (host, port.unwrap_or(PORT)).to_socket_addrs().map_err(not_reached)?;
    found.next().ok_or_else(|| NoTime::NotReached("its name has no address".to_owned()))
}

/// The wall clock. From here on the steady clock counts, so that a clock which is set meanwhile changes no figure.
#[allow(clippy::disallowed_methods, reason = "the clock of this computer is what is compared")]
fn wall() -> Result<Stamp, NoTime> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map(Stamp::since_1970).map_err(|_| NoTime::NotReached("this computer’s clock is before 1970".to_owned()))
}

#[cfg(test)]
mod tests;
