//! Time-stamp authorities on this computer alone: a real `openssl ts` behind a small real HTTP server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[path = "../../src-tauri/crates/seal/tests/support/stamper.rs"]
#[allow(dead_code, reason = "it serves the seal's own tests too")]
mod stamper;

use stamper::{Flaw, Stamper};

/// What an authority does when it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// It stamps.
    Stamp,
    /// It stamps with a certificate that has ended.
    StampExpired,
    /// It stamps with a certificate for something else.
    StampForOther,
    /// It refuses.
    Refuse,
    /// It answers the question before this one: another number used once.
    OtherNonce,
    /// It stamps another hash under the same number.
    OtherHash,
    /// It sends the first half of its answer.
    Cut,
    /// It takes the question and does not answer.
    Hang,
    /// It sends the asker to another address.
    Elsewhere,
    /// It says what it answers is a page.
    Page,
    /// It answers with more than a reply has.
    Flood,
}

/// An authority that is asked over HTTP on the loopback address.
pub struct TimeServer {
    /// Where it is asked.
    pub address: String,
    /// Its root certificate.
    pub root: String,
    asked: Arc<AtomicUsize>,
    stamper: Arc<Stamper>,
}

impl TimeServer {
    /// Makes its keys in this folder and serves it.
    #[must_use]
    pub fn start(folder: &Path, does: Does) -> Self {
        let flaw = match does {
            Does::StampExpired => Flaw::Expired,
            Does::StampForOther => Flaw::Purpose,
            Does::Refuse => Flaw::Refuses,
            Does::Stamp
            | Does::OtherNonce
            | Does::OtherHash
            | Does::Cut
            | Does::Hang
            | Does::Elsewhere
            | Does::Page
            | Does::Flood => Flaw::None,
        };
        let stamper = Arc::new(Stamper::make(folder, flaw));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/stamp", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let (count, at) = (Arc::clone(&asked), Arc::clone(&stamper));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (count, at) = (Arc::clone(&count), Arc::clone(&at));
                serve(stream.unwrap(), does, &at, &count);
            }
        });
        Self { root: stamper.root_pem(), address, asked, stamper }
    }

    /// How often it was asked.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Whether `openssl ts -verify` is content with this reply for this hash under its root.
    #[must_use]
    pub fn vouches(&self, digest: &[u8; 32], reply: &[u8]) -> bool {
        self.stamper.is_verified_for(digest, reply)
    }
}

fn serve(mut stream: TcpStream, does: Does, stamper: &Stamper, asked: &AtomicUsize) {
    let Some(mut question) = question(&stream) else { return };
    asked.fetch_add(1, Ordering::SeqCst);
    if does == Does::Hang {
        // Longer than anybody waits.
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_secs(30));
            drop(stream);
        });
        return;
    }
    if does == Does::OtherNonce || does == Does::OtherHash {
        let mark: &[u8] = if does == Does::OtherNonce { &[0x02, 0x08] } else { &[0x04, 0x20] };
        let at = question.windows(2).position(|found| found == mark).unwrap() + 2;
        question[at + 1] ^= 1;
    }
    let mut reply = stamper.reply(&question);
    if does == Does::Cut {
        reply.truncate(reply.len() / 2);
    }
    if does == Does::Flood {
        reply.resize(65 * 1024, 0);
    }
    let kind = if does == Does::Page { "text/html" } else { "application/timestamp-reply" };
    let status = if does == Does::Elsewhere { "302 Found\r\nLocation: http://127.0.0.1:9/" } else { "200 OK" };
    let length = reply.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    // Whoever asked may be gone by now.
    drop(stream.write_all(&[head.as_bytes(), &reply].concat()));
}

/// The body of a request, if it is a question as RFC 3161 sends it.
fn question(stream: &TcpStream) -> Option<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length, mut is_query) = (String::new(), 0, false);
    reader.read_line(&mut line).ok()?;
    assert!(line.starts_with("POST /stamp HTTP/1.1"), "{line}");
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let lower = line.trim().to_ascii_lowercase();
        if lower.is_empty() {
            break;
        }
        is_query |= lower == "content-type: application/timestamp-query";
        if let Some(given) = lower.strip_prefix("content-length:") {
            length = given.trim().parse().ok()?;
        }
    }
    assert!(is_query, "it is not sent as a question");
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}
