//! The one way to the network: every connection for a page goes through this gateway.
//!
//! It stands on the loopback address inside the browser process and is the engine's only proxy. It
//! looks names up itself, judges where they lead, and connects to exactly that: a name that leads
//! to this computer or the local network is refused, whatever asks for it (page, picture, script,
//! frame), and cannot change its mind between the look-up and the connection. It tells the remote
//! address, which the engine does not. It never sees inside TLS.

mod sign;

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use url::{Host, Url};

use self::sign::Sign;
use crate::address::{Terms, Verdict};
use crate::mouth::Mouth;
use crate::protocol::bounded::{Address, LONGEST_ADDRESS, Text};
use crate::protocol::observation::{Observation, Refused};

/// How many connections there may be for pages; above it only the host that a reviewer asked for gets one, so that a
/// page cannot keep the next one out.
const MOST_FOR_PAGES: usize = 256;
const MOST_CONNECTIONS: usize = 512;
const STACK: usize = 256 * 1024;
const MOST_REMEMBERED: usize = 1024;
const LONGEST_HEAD: usize = LONGEST_ADDRESS + 256 * 1024;
const PATIENCE: Duration = Duration::from_secs(15);

/// The gateway, while the process lives.
#[derive(Clone)]
pub(crate) struct Gateway {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    terms: Terms,
    mouth: Mouth,
    open: AtomicUsize,
    reached: Mutex<HashMap<String, SocketAddr>>,
    wanted: Mutex<Option<String>>,
    sign: Sign,
    /// Asked before a connection to a host and port is made: whether a page of it is being held.
    keeper: OnceLock<Keeper>,
}

/// What is said of a connection before it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "elsewhere a page is held before anything is asked for")
)]
pub(crate) enum Leave {
    Given,
    /// A page of there is being held. That is told where it is held.
    Withheld,
    /// Nobody said in time whether one is.
    Unsaid,
}

/// What is said of connections to a `host:port` now.
type Keeper = Box<dyn Fn(&str) -> Leave + Send + Sync>;

impl Gateway {
    pub(crate) fn open(terms: Terms, mouth: Mouth) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared {
            terms,
            mouth,
            open: AtomicUsize::new(0),
            reached: Mutex::default(),
            wanted: Mutex::default(),
            sign: Sign::default(),
            keeper: OnceLock::new(),
        });
        let gate = Arc::clone(&shared);
        std::thread::Builder::new().name("gateway".into()).spawn(move || {
            for stream in listener.incoming().flatten() {
                accept(&gate, stream);
            }
        })?;
        Ok(Self { port, shared })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// How it shows that an engine comes this way.
    #[cfg_attr(
        not(target_os = "macos"),
        allow(dead_code, reason = "elsewhere the engine is told its way when it starts")
    )]
    pub(crate) fn sign(&self) -> &Sign {
        &self.shared.sign
    }

    /// A reviewer asked for this address.
    pub(crate) fn wants(&self, address: &str) {
        *self.shared.wanted.lock().unwrap_or_else(PoisonError::into_inner) = host_and_port(address);
    }

    /// Asks this before each connection. Only the first keeper counts.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "elsewhere a page is held before anything is asked for")
    )]
    pub(crate) fn ask(&self, keeper: impl Fn(&str) -> Leave + Send + Sync + 'static) {
        let _ = self.shared.keeper.set(Box::new(keeper));
    }

    /// Where the latest connection to the host of this address went.
    pub(crate) fn reached(&self, address: &str) -> Option<SocketAddr> {
        let key = host_and_port(address)?;
        self.shared.reached.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied()
    }
}

/// Host and port of an address.
pub(crate) fn host_and_port(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

fn accept(shared: &Arc<Shared>, stream: TcpStream) {
    if shared.open.load(Ordering::Relaxed) >= MOST_CONNECTIONS {
        return;
    }
    shared.open.fetch_add(1, Ordering::Relaxed);
    let task = Arc::clone(shared);
    let started = std::thread::Builder::new().name("connection".into()).stack_size(STACK).spawn(move || {
        // A refused or failed connection is closed without a word: an answer of ours must never be
        // taken for the site's.
        let _ = task.carry(stream);
        task.open.fetch_sub(1, Ordering::Relaxed);
    });
    if started.is_err() {
        shared.open.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Request {
    host: Host<String>,
    port: u16,
    /// What to send on first; nothing for a tunnel.
    head: Option<Vec<u8>>,
    rest: Vec<u8>,
}

impl Shared {
    fn carry(&self, mut inner: TcpStream) -> std::io::Result<()> {
        inner.set_read_timeout(Some(PATIENCE))?;
        let Some(request) = read_request(&mut inner)? else {
            return Ok(());
        };
        inner.set_read_timeout(None)?;
        let Some(mut outer) = self.connect(&request.host, request.port) else {
            return Ok(());
        };
        match &request.head {
            None => inner.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?,
            Some(head) => outer.write_all(head)?,
        }
        outer.write_all(&request.rest)?;
        let _ = inner.set_nodelay(true);
        let _ = outer.set_nodelay(true);
        let (mut inner_in, mut outer_out) = (inner.try_clone()?, outer.try_clone()?);
        let upwards = std::thread::Builder::new().name("upwards".into()).stack_size(STACK).spawn(move || {
            let _ = std::io::copy(&mut inner_in, &mut outer_out);
            let _ = outer_out.shutdown(Shutdown::Write);
        })?;
        let _ = std::io::copy(&mut outer, &mut inner);
        let _ = inner.shutdown(Shutdown::Both);
        let _ = outer.shutdown(Shutdown::Both);
        let _ = upwards.join();
        Ok(())
    }

    fn connect(&self, host: &Host<String>, port: u16) -> Option<TcpStream> {
        let name = format!("{host}:{port}");
        if self.sign.is(&name) {
            return None;
        }
        if let Some(refused) = refusal(self.terms.judge_host(host, port)) {
            self.refuse(refused, &name);
            return None;
        }
        match self.keeper.get().map_or(Leave::Given, |keeper| keeper(&name)) {
            Leave::Given => {}
            Leave::Withheld => return None,
            Leave::Unsaid => {
                self.not_connected(&name, "the window was too busy to say whether a page of it is held");
                return None;
            }
        }
        let is_wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(&name);
        if !is_wanted && self.open.load(Ordering::Relaxed) > MOST_FOR_PAGES {
            self.not_connected(&name, "the page asked for more connections at once than are made");
            return None;
        }
        let addresses: Vec<SocketAddr> = match host {
            Host::Ipv4(ip) => vec![SocketAddr::from((*ip, port))],
            Host::Ipv6(ip) => vec![SocketAddr::from((*ip, port))],
            Host::Domain(domain) => match (domain.as_str(), port).to_socket_addrs() {
                Ok(found) => found.collect(),
                Err(error) => {
                    self.not_connected(&name, &format!("the name could not be looked up ({error})"));
                    return None;
                }
            },
        };
        let verdict = |to: &SocketAddr| self.terms.judge_connection(&name, to.ip());
        let Some(first) = addresses.first() else {
            self.not_connected(&name, "the name leads nowhere");
            return None;
        };
        let allowed: Vec<_> = addresses.iter().filter(|to| verdict(to) == Verdict::Allowed).collect();
        if allowed.is_empty() {
            self.refuse(refusal(verdict(first)).unwrap_or(Refused::PrivateAddress), &name);
            return None;
        }
        let mut why = String::new();
        for to in allowed.into_iter().take(4) {
            match TcpStream::connect_timeout(to, PATIENCE) {
                Ok(stream) => {
                    self.connected(&name, *to);
                    return Some(stream);
                }
                Err(error) => why = format!("{to}: {error}"),
            }
        }
        self.not_connected(&name, &why);
        None
    }

    fn connected(&self, host: &str, to: SocketAddr) {
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        if reached.len() >= MOST_REMEMBERED {
            reached.clear();
        }
        let before = reached.insert(host.to_owned(), to);
        drop(reached);
        if before != Some(to) {
            let (host, remote) = (Text::new(host), Text::new(&to.to_string()));
            self.mouth.observe_of_page(Observation::Connected { host, remote });
        }
    }

    fn not_connected(&self, host: &str, why: &str) {
        let (host, why) = (Text::new(host), Text::new(why));
        self.mouth.observe_of_page(Observation::NotConnected { host, why });
    }

    fn refuse(&self, what: Refused, host: &str) {
        let concerning = Address::observed(host);
        self.mouth.observe_of_page(Observation::Refused { what, concerning });
    }
}

/// What is refused by this verdict, if anything is.
pub(crate) fn refusal(verdict: Verdict) -> Option<Refused> {
    match verdict {
        Verdict::Allowed => None,
        Verdict::Scheme | Verdict::Unreadable => Some(Refused::Scheme),
        Verdict::Private => Some(Refused::PrivateAddress),
        Verdict::Outside => Some(Refused::Outside),
    }
}

/// Reads the head of a request. `None` if it is none that a proxy answers.
fn read_request(inner: &mut TcpStream) -> std::io::Result<Option<Request>> {
    let mut bytes = Vec::with_capacity(4096);
    let mut chunk = [0_u8; 8192];
    let end = loop {
        let searched = bytes.len().saturating_sub(3);
        let read = inner.read(&mut chunk)?;
        if read == 0 || bytes.len() > LONGEST_HEAD {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk[..read]);
        let found = bytes[searched..].windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(found) = found {
            break searched + found + 4;
        }
    };
    let rest = bytes.split_off(end);
    Ok(parse_head(&bytes).map(|(host, port, head)| Request { host, port, head, rest }))
}

type Head = (Host<String>, u16, Option<Vec<u8>>);

fn parse_head(head: &[u8]) -> Option<Head> {
    let line_end = head.windows(2).position(|two| two == b"\r\n")?;
    let line = std::str::from_utf8(&head[..line_end]).ok()?;
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || !version.starts_with("HTTP/1.") {
        return None;
    }
    if method == "CONNECT" {
        let url = Url::parse(&format!("http://{target}/")).ok()?;
        let port = url.port_or_known_default()?;
        return Some((url.host()?.to_owned(), port, None));
    }
    let url = Url::parse(target).ok().filter(|url| url.scheme() == "http")?;
    let (host, port) = (url.host()?.to_owned(), url.port_or_known_default()?);
    // The path goes on byte for byte as the engine wrote it.
    let after_scheme = target.get("http://".len()..)?;
    let path = after_scheme.find(['/', '?']).map_or("/", |at| &after_scheme[at..]);
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut onward = format!("{method} {slash}{path} {version}\r\n").into_bytes();
    for line in head[line_end + 2..].split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() || is_of_the_hop(line) {
            continue;
        }
        onward.extend_from_slice(line);
        onward.extend_from_slice(b"\r\n");
    }
    // One request a connection: the next one may be for another host and is judged by itself.
    onward.extend_from_slice(b"Connection: close\r\n\r\n");
    Some((host, port, Some(onward)))
}

fn is_of_the_hop(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    [&b"connection"[..], b"proxy-connection", b"proxy-authorization", b"keep-alive"]
        .iter()
        .any(|hop| name.eq_ignore_ascii_case(hop))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use super::*;

    struct Pipe(std::sync::mpsc::Sender<Vec<u8>>);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.send(bytes.to_vec()).map_err(std::io::Error::other)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_connection_that_nobody_answers_for_is_not_made_and_told() {
        let (pipe, written) = std::sync::mpsc::channel();
        let gateway = Gateway::open(Terms::default(), Mouth::speaking_to(Pipe(pipe)).unwrap()).unwrap();
        gateway.ask(|name| if name.starts_with("held") { Leave::Withheld } else { Leave::Unsaid });
        for host in ["held.example", "board.example"] {
            let mut stream = TcpStream::connect(("127.0.0.1", gateway.port())).unwrap();
            write!(stream, "CONNECT {host}:443 HTTP/1.1\r\n\r\n").unwrap();
            assert_eq!(stream.read(&mut [0; 16]).unwrap(), 0, "{host}: closed without a word");
        }
        let mut told = Vec::new();
        while !String::from_utf8_lossy(&told).contains("too busy") {
            told.extend(written.recv_timeout(PATIENCE).unwrap());
        }
        let told = String::from_utf8_lossy(&told);
        assert!(told.contains("board.example:443") && !told.contains("held.example"), "{told}");
    }

    #[test]
    fn heads_and_where_they_lead() {
        let (host, port, head) = parse_head(b"CONNECT a.example:443 HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert_eq!((host.to_string().as_str(), port, head), ("a.example", 443, None));
        let plain = b"GET http://A.example:8080/x?y=%7e HTTP/1.1\r\nHost: A.example:8080\r\nProxy-Connection: keep-alive\r\nCookie: a=b\r\n\r\n";
        let (host, port, head) = parse_head(plain).unwrap();
        assert_eq!((host.to_string().as_str(), port), ("a.example", 8080));
        let head = String::from_utf8(head.unwrap()).unwrap();
        assert_eq!(head, "GET /x?y=%7e HTTP/1.1\r\nHost: A.example:8080\r\nCookie: a=b\r\nConnection: close\r\n\r\n");
        let bare = parse_head(b"GET http://a.example?q HTTP/1.1\r\n\r\n").unwrap().2.unwrap();
        assert!(bare.starts_with(b"GET /?q HTTP/1.1\r\n"));
        for rubbish in [
            &b"GET /path HTTP/1.1\r\n\r\n"[..],
            b"GET https://a.example/ HTTP/1.1\r\n\r\n",
            b"\r\n\r\n",
            b"CONNECT  HTTP/1.1\r\n\r\n",
            b"CONNECT a:443 SPDY\r\n\r\n",
        ] {
            assert!(parse_head(rubbish).is_none());
        }
    }
}
