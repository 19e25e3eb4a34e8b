//! The bundled training site, served on the loopback address: Hollybrook School's intranet, an
//! invented school with placeholders only.
//!
//! Besides its pages it answers what a real site may do to a reviewer: `/redirect`, `/slow` (never
//! finishes), `/download`, `/post`, `/status/NNN`.

mod request;
mod site;

use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

const MOST_CONNECTIONS: usize = 64;

/// The training site while it is served. Dropping it ends it.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

/// Serves the training site on a free port of the loopback address.
///
/// # Errors
/// - If no port can be opened on the loopback address.
pub fn serve() -> std::io::Result<Served> {
    serve_with(&[])
}

/// Serves the training site and, before it, these pages: path and HTML. For tests.
///
/// # Errors
/// - If no port can be opened on the loopback address.
pub fn serve_with(more: &[(&str, &str)]) -> std::io::Result<Served> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    let over = Arc::new(AtomicBool::new(false));
    let more: Arc<Vec<(String, String)>> =
        Arc::new(more.iter().map(|(path, page)| ((*path).to_owned(), (*page).to_owned())).collect());
    let seen = Arc::clone(&over);
    let open = Arc::new(AtomicUsize::new(0));
    let listening = std::thread::Builder::new().name("training-site".into()).spawn(move || {
        for stream in listener.incoming() {
            if seen.load(Ordering::Acquire) {
                return;
            }
            let Ok(stream) = stream else { continue };
            if open.fetch_add(1, Ordering::AcqRel) >= MOST_CONNECTIONS {
                open.fetch_sub(1, Ordering::AcqRel);
                continue;
            }
            let (seen, open, more) = (Arc::clone(&seen), Arc::clone(&open), Arc::clone(&more));
            // Without a thread the connection is closed; a visitor asks again.
            let _ = std::thread::Builder::new().name("training-visitor".into()).spawn(move || {
                let _ = answer(stream, &seen, &more);
                open.fetch_sub(1, Ordering::AcqRel);
            });
        }
    })?;
    Ok(Served { address, over, listening: Some(listening) })
}

impl Served {
    /// `host:port`, as the browser's terms want it.
    #[must_use]
    pub fn host_and_port(&self) -> String {
        self.address.to_string()
    }

    /// The address of a page, for a path that begins with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Release);
        // Wakes the listener, which then sees that it is over.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}

fn answer(mut stream: TcpStream, over: &AtomicBool, more: &[(String, String)]) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.set_write_timeout(Some(Duration::from_secs(10)))?;
    let Some(request) = request::read(&mut stream)? else {
        return Ok(());
    };
    if request.path == "/slow" {
        return drip(&mut stream, over);
    }
    let added = more.iter().find(|(path, _)| *path == request.path).map(|(_, page)| page.as_str());
    let reply = added.map_or_else(|| site::reply(&request), site::Reply::page);
    reply.write(&mut stream, request.method == "HEAD")
}

/// A page that never finishes: a little of it, then a dot now and then, for ever.
fn drip(stream: &mut TcpStream, over: &AtomicBool) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n")?;
    stream.write_all(site::SLOW_BEGINNING.as_bytes())?;
    // An engine shows nothing before it has enough to tell what kind of file this is.
    stream.write_all(&[b' '; 2048])?;
    while !over.load(Ordering::Acquire) {
        stream.write_all(b".\n")?;
        stream.flush()?;
        std::thread::sleep(Duration::from_millis(250));
    }
    Ok(())
}
