//! A page that nobody else has: words, and a picture of noise.

use std::io::{Read, Write};
use std::net::TcpListener;

/// The page, served on this computer until the test ends.
pub(crate) struct Page {
    pub(crate) address: String,
    pub(crate) words: Vec<String>,
    /// The picture's file.
    pub(crate) picture: Vec<u8>,
    /// Its pixels, three bytes each.
    pub(crate) pixels: Vec<u8>,
}

const SIDE: u32 = 96;

pub(crate) fn serve() -> Page {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/canary-board", listener.local_addr().unwrap());
    let words = ["Brindlethwaite77", "Oxterguggle31"].map(ToOwned::to_owned).to_vec();
    let mut state = 0x1234_5678_9abc_def1_u64;
    let pixels: Vec<u8> = (0..SIDE * SIDE * 3)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        })
        .collect();
    let mut picture = Vec::new();
    let mut encoder = png::Encoder::new(&mut picture, SIDE, SIDE);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    let html = format!(
        "<!doctype html><title>{0}</title><h1>{0}</h1><p>{1}</p><img src='/canary.png' alt=''>\
         <script>localStorage.setItem('canary', '{1}'); document.cookie = 'canary={1}; max-age=9999'</script>",
        words[0], words[1]
    );
    let shown = picture.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut asked = [0; 4096];
            let read = stream.read(&mut asked).unwrap_or(0);
            let is_picture = asked[..read].starts_with(b"GET /canary.png");
            let (kind, body) =
                if is_picture { ("image/png", shown.as_slice()) } else { ("text/html", html.as_bytes()) };
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: max-age=86400\r\n\
                 Connection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    Page { address, words, picture, pixels }
}
