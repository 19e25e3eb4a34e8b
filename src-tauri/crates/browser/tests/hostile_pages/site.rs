//! The hostile site: a real server on the loopback address, with a page for each row of the table.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::case::{Case, Serve};

/// What a download carries, and what is searched for on the disk.
pub(crate) const CANARY: &str = "canary-of-a-hostile-page-7c31";

const PROBE: &str = include_str!("probe.js");

/// The site while it is served.
pub(crate) struct Site {
    pub(crate) host: String,
    shared: Arc<Shared>,
}

struct Shared {
    pages: HashMap<String, Serve>,
    /// Case and what it told.
    told: Mutex<Vec<(String, String)>>,
    over: AtomicBool,
    open: AtomicUsize,
    fill: Vec<(&'static str, String)>,
    host: String,
}

impl Site {
    pub(crate) fn serve(cases: &[Case], mut fill: Vec<(&'static str, String)>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let host = listener.local_addr().unwrap().to_string();
        fill.push(("{host}", host.clone()));
        fill.push(("{site}", format!("http://{host}")));
        let pages = cases.iter().map(|case| (case.slug(), case.serve.clone())).collect();
        let shared = Arc::new(Shared {
            pages,
            told: Mutex::default(),
            over: AtomicBool::new(false),
            open: AtomicUsize::new(0),
            fill,
            host: host.clone(),
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if serving.over.load(Ordering::Acquire) {
                    return;
                }
                if serving.open.load(Ordering::Relaxed) < 200 {
                    serving.open.fetch_add(1, Ordering::Relaxed);
                    let shared = Arc::clone(&serving);
                    std::thread::spawn(move || {
                        // A visitor that goes in the middle is what hostile pages have.
                        let _gone = shared.answer(stream);
                        shared.open.fetch_sub(1, Ordering::Relaxed);
                    });
                }
            }
        });
        Self { host, shared }
    }

    pub(crate) fn address(&self, case: &Case) -> String {
        match &case.serve {
            Serve::At(address) => self.shared.filled(address, &case.slug()),
            Serve::Page(_) | Serve::Raw(_) => format!("http://{}/p/{}", self.host, case.slug()),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    /// What this case told so far.
    pub(crate) fn told(&self, case: &Case) -> Vec<String> {
        let slug = case.slug();
        self.shared.told.lock().unwrap().iter().filter(|(at, _)| *at == slug).map(|(_, told)| told.clone()).collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Release);
        // Wakes the listener.
        let _woken = TcpStream::connect(&self.host);
    }
}

impl Shared {
    fn filled(&self, text: &str, case: &str) -> String {
        let mut text = text.replace("{case}", case);
        for (name, value) in &self.fill {
            text = text.replace(name, value);
        }
        text
    }

    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.set_write_timeout(Some(Duration::from_secs(10)))?;
        let Some((method, path, body)) = read(&mut stream)? else { return Ok(()) };
        let (route, query) = path.split_once('?').unwrap_or((&path, ""));
        let html = |page: &str| reply(200, "Content-Type: text/html; charset=utf-8\r\n", page.as_bytes());
        if let Some(case) = route.strip_prefix("/report/") {
            if method == "POST" {
                self.told.lock().unwrap().push((case.to_owned(), String::from_utf8_lossy(&body).into_owned()));
            }
            return stream.write_all(&reply(204, "Access-Control-Allow-Origin: *\r\n", b""));
        }
        if let Some(case) = route.strip_prefix("/p/") {
            return match self.pages.get(case) {
                Some(Serve::Page(page)) => stream.write_all(&html(&self.with_probe(page, case))),
                Some(Serve::Raw(raw)) => stream.write_all(self.filled(raw, case).as_bytes()),
                Some(Serve::At(_)) | None => stream.write_all(&reply(404, "", b"")),
            };
        }
        match route {
            // For frames and windows: the probe again, telling for the case in the query.
            "/frame" => stream.write_all(&html(&self.with_probe("<title>frame</title>frame", query))),
            "/calm" => stream.write_all(&html("<!doctype html><title>calm</title><p>Calm.")),
            "/worker.js" | "/sw.js" => {
                let script = self.filled(WORKER, query);
                stream.write_all(&reply(200, "Content-Type: text/javascript\r\n", script.as_bytes()))
            }
            "/attached" => stream.write_all(&reply(
                200,
                &format!("Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{query}\"\r\n"),
                CANARY.as_bytes(),
            )),
            "/unknown" => stream.write_all(&reply(200, "Content-Type: application/x-unheard-of\r\n", CANARY.as_bytes())),
            "/sign-in" => stream.write_all(&reply(401, "WWW-Authenticate: Basic realm=\"Evidence Trail\"\r\n", b"")),
            "/events" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"),
            "/loop" => stream.write_all(&moved(302, &format!("/loop?{}", query.parse::<u64>().unwrap_or(0) + 1))),
            "/chain" => match query.parse::<u32>() {
                Ok(left) if left > 0 => stream.write_all(&moved(302, &format!("/chain?{}", left - 1))),
                _ => stream.write_all(&html("<title>end of the chain</title>")),
            },
            "/to" => stream.write_all(&moved(302, &self.filled(&percent_decoded(query), ""))),
            "/late" => {
                std::thread::sleep(Duration::from_millis(400));
                stream.write_all(&html("late"))
            }
            "/drip" => drip(&mut stream, &self.over),
            "/huge" => huge(&mut stream),
            _ => stream.write_all(&reply(404, "Content-Type: text/plain\r\n", b"nothing here")),
        }
    }

    fn with_probe(&self, page: &str, case: &str) -> String {
        let probe = PROBE.replace("{site}", &format!("http://{}", self.host)).replace("{case}", case);
        format!("<!doctype html><script>{probe}</script>{}", self.filled(page, case))
    }
}

/// A worker looks for us too.
const WORKER: &str = "const found=Object.getOwnPropertyNames(self).filter(n=>/tauri|wry|evidence|ipc|__trail/i.test(n));\
const post=t=>fetch('{site}/report/{case}',{method:'POST',mode:'no-cors',body:t}).catch(()=>{});\
post(found.length?'FOUND '+found.join(' '):'worker ran');self.onconnect=()=>post('shared worker ran');\
self.addEventListener('fetch',()=>post('intercepted'));self.addEventListener('install',()=>self.skipWaiting&&self.skipWaiting());\
for(const u of ['ipc://localhost/x','tauri://localhost/','file:///etc/hostname','asset://localhost/x','http://{closed}/'])\
fetch(u,{mode:'no-cors'}).then(()=>post('ESCAPED worker fetched '+u)).catch(()=>{});";

fn reply(status: u16, head: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("HTTP/1.1 {status} Hostile\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len())
            .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn moved(status: u16, to: &str) -> Vec<u8> {
    reply(status, &format!("Location: {to}\r\n"), b"")
}

fn drip(stream: &mut TcpStream, over: &AtomicBool) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<title>drips</title>")?;
    stream.write_all(&[b' '; 2048])?;
    while !over.load(Ordering::Acquire) {
        stream.write_all(b"<p>.")?;
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// 20 MB of page.
fn huge(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<title>huge</title>")?;
    let block = "<p>Placeholder text of a very long page.".repeat(2560);
    for _ in 0..200 {
        stream.write_all(block.as_bytes())?;
    }
    Ok(())
}

fn percent_decoded(text: &str) -> String {
    text.replace("%3A", ":").replace("%2F", "/").replace("%7B", "{").replace("%7D", "}")
}

type Asked = (String, String, Vec<u8>);

fn read(stream: &mut TcpStream) -> std::io::Result<Option<Asked>> {
    let mut bytes = Vec::new();
    let mut chunk = [0_u8; 16 * 1024];
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        let read = stream.read(&mut chunk)?;
        if read == 0 || bytes.len() > 64 * 1024 {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk[..read]);
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut words = head.split_whitespace();
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse::<usize>().ok())
        .unwrap_or(0)
        .min(64 * 1024);
    let mut body = bytes[end..].to_vec();
    while body.len() < length {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        body.extend_from_slice(&chunk[..read]);
    }
    Ok(Some((method.to_owned(), path.to_owned(), body)))
}
