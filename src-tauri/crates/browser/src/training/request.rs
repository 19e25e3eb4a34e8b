//! Reads what a browser asks of the training site.

use std::io::{Read, Result};
use std::net::TcpStream;

const LONGEST_HEAD: usize = 64 * 1024;
const LONGEST_BODY: usize = 1024 * 1024;

pub(super) struct Request {
    pub(super) method: String,
    /// Without the query.
    pub(super) path: String,
}

/// Reads a request and its body, which nobody looks at. `None` if it is none.
pub(super) fn read(stream: &mut TcpStream) -> Result<Option<Request>> {
    let mut bytes = Vec::new();
    let mut chunk = [0_u8; 4096];
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        let read = stream.read(&mut chunk)?;
        if read == 0 || bytes.len() > LONGEST_HEAD {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk[..read]);
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let body = content_length(&head).min(LONGEST_BODY);
    let left = body.saturating_sub(bytes.len() - end) as u64;
    std::io::copy(&mut stream.take(left), &mut std::io::sink())?;
    let mut words = head.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let path = target.split(['?', '#']).next().unwrap_or("/");
    Ok(Some(Request { method: method.to_owned(), path: path.to_owned() }))
}

fn content_length(head: &str) -> usize {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse().ok())
        .unwrap_or(0)
}
