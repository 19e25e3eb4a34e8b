//! The training site's pages and answers.

use std::io::{Result, Write};

use super::request::Request;

macro_rules! bundled {
    ($name:literal) => {
        include_str!(concat!("../../../../../assets/practice/", $name))
    };
}

const PAGES: [(&str, &str); 15] = [
    ("/", bundled!("index.html")),
    ("/board", bundled!("board.html")),
    ("/board/topic-1", bundled!("topic-1.html")),
    ("/board/topic-2", bundled!("topic-2.html")),
    ("/board/topic-3", bundled!("topic-3.html")),
    ("/members/k7", bundled!("member.html")),
    ("/gallery", bundled!("tall.html")),
    ("/moved-here", bundled!("moved.html")),
    ("/frames", bundled!("frames.html")),
    ("/frames/left", bundled!("frame-left.html")),
    ("/frames/right", bundled!("frame-right.html")),
    ("/form", bundled!("form.html")),
    ("/probe", bundled!("probe.html")),
    ("/probe-in-frame", bundled!("probe-in-frame.html")),
    ("/thanks", bundled!("thanks.html")),
];

const STYLE: &str = bundled!("style.css");

pub(super) const SLOW_BEGINNING: &str = "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
<title>A page that never finishes</title></head><body><h1>A page that never finishes</h1><p>";

pub(super) struct Reply {
    status: u16,
    kind: &'static str,
    more: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Reply {
    pub(super) fn page(body: &str) -> Self {
        Self { status: 200, kind: "text/html; charset=utf-8", more: Vec::new(), body: body.into() }
    }

    fn other(status: u16, words: &str) -> Self {
        let body = format!(
            "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>{words}</title>\
             <link rel=\"stylesheet\" href=\"/style.css\"></head><body><main><h1>{words}</h1>\
             <p><a href=\"/\">Hollybrook School intranet</a></p></main></body></html>"
        );
        Self { status, ..Self::page(&body) }
    }

    pub(super) fn write(&self, out: &mut impl Write, head_only: bool) -> Result<()> {
        let mut head = format!(
            "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             X-Training-Site: Hollybrook School\r\nConnection: close\r\n",
            self.status,
            reason(self.status),
            self.kind,
            self.body.len()
        );
        for (name, value) in &self.more {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        out.write_all(head.as_bytes())?;
        out.write_all(b"\r\n")?;
        if !head_only {
            out.write_all(&self.body)?;
        }
        out.flush()
    }
}

pub(super) fn reply(request: &Request) -> Reply {
    let path = request.path.as_str();
    if let Some((_, page)) = PAGES.iter().find(|(at, _)| *at == path) {
        return Reply::page(page);
    }
    if let Some(status) = path.strip_prefix("/status/").and_then(|status| status.parse().ok()) {
        return Reply::other(if (200..600).contains(&status) { status } else { 400 }, "An answer of this kind");
    }
    match path {
        "/style.css" => Reply { kind: "text/css; charset=utf-8", ..Reply::page(STYLE) },
        "/redirect" => moved("/redirect-again"),
        "/redirect-again" => moved("/moved-here"),
        "/download" => Reply {
            kind: "application/octet-stream",
            more: vec![("Content-Disposition", "attachment; filename=\"notes.bin\"".to_owned())],
            body: b"Placeholder for a file. There is nothing in it.".to_vec(),
            ..Reply::page("")
        },
        "/post" if request.method == "POST" => {
            Reply { status: 303, more: vec![("Location", "/thanks".to_owned())], ..Reply::page("") }
        }
        _ => Reply::other(404, "There is no such page"),
    }
}

fn moved(to: &str) -> Reply {
    Reply { status: 302, more: vec![("Location", to.to_owned())], ..Reply::page("") }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        303 => "See Other",
        404 => "Not Found",
        _ => "Training",
    }
}
