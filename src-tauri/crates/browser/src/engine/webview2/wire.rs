//! The developer's protocol: what is read of its messages. What is not there is not guessed.
//!
//! Source: the Chrome DevTools Protocol, domains *Network*, *Page* and *Runtime*.
#![cfg_attr(not(windows), allow(dead_code, reason = "elsewhere it is here for its tests alone"))]

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::engine::picture::Pixels;
use crate::protocol::bounded::{List, Text};
use crate::protocol::facts::{Certificate, Fact, Response};

/// The events that are told, by their names.
pub(super) const EVENTS: [&str; 4] = [REQUEST, RESPONSE, FRAME_NAVIGATED, FILE_CHOOSER];
pub(super) const REQUEST: &str = "Network.requestWillBeSent";
pub(super) const RESPONSE: &str = "Network.responseReceived";
pub(super) const FRAME_NAVIGATED: &str = "Page.frameNavigated";
pub(super) const FILE_CHOOSER: &str = "Page.fileChooserOpened";

/// What is said where the engine is silent.
pub(super) const SILENT: &str = "the engine does not tell";

/// `Network.requestWillBeSent`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    #[serde(default)]
    pub(super) frame_id: String,
    #[serde(default, rename = "type")]
    kind: String,
    request: Asked,
    redirect_response: Option<Answer>,
}

#[derive(Debug, Deserialize)]
struct Asked {
    url: String,
}

/// `Network.responseReceived`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Received {
    #[serde(default)]
    pub(super) frame_id: String,
    #[serde(default, rename = "type")]
    kind: String,
    pub(super) response: Answer,
}

/// An answer of a server.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Answer {
    pub(super) url: String,
    status: u16,
    mime_type: String,
    headers: Headers,
    protocol: Option<String>,
    security_details: Option<Security>,
}

/// How the connection was secured.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Security {
    protocol: String,
    cipher: String,
    subject_name: String,
    issuer: String,
    valid_to: f64,
}

/// Names and values in the order of the message.
#[derive(Debug, Clone, Default)]
struct Headers(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Headers;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("headers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Headers, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    all.push(entry);
                }
                Ok(Headers(all))
            }
        }
        from.deserialize_map(Each)
    }
}

impl Request {
    pub(super) fn is_document(&self) -> bool {
        self.kind == "Document"
    }

    /// From where to where a server sent it on, and with which status.
    pub(super) fn redirected(&self) -> Option<(&str, &str, Option<u16>)> {
        let before = self.redirect_response.as_ref()?;
        Some((&before.url, &self.request.url, Some(before.status).filter(|status| *status != 0)))
    }
}

impl Received {
    pub(super) fn is_document(&self) -> bool {
        self.kind == "Document"
    }
}

impl Answer {
    pub(super) fn response(&self) -> Response {
        let mut headers = List::default();
        for (name, value) in &self.headers.0 {
            headers.push((Text::new(name), Text::new(value)));
        }
        let media_type = Some(&self.mime_type).filter(|kind| !kind.is_empty());
        Response {
            status: self.status,
            media_type: Fact::from_option(media_type.map(|kind| Text::new(kind)), "the engine names no media type"),
            headers,
        }
    }

    /// HTTP version, and for an encrypted connection TLS version and cipher.
    pub(super) fn protocol(&self) -> Option<Text> {
        let tls = self.security_details.as_ref().map(|tls| format!("{}, {}", tls.protocol, tls.cipher));
        let said: Vec<String> = self.protocol.iter().cloned().chain(tls).filter(|said| !said.is_empty()).collect();
        (!said.is_empty()).then(|| Text::new(&said.join(", ")))
    }

    /// The certificate, with this chain in PEM. `None` if the connection was not encrypted.
    pub(super) fn certificate(&self, chain: List<Text>) -> Option<Certificate> {
        let tls = self.security_details.as_ref()?;
        let told = |text: &str| Fact::from_option(Some(text).filter(|text| !text.is_empty()).map(Text::new), SILENT);
        Some(Certificate {
            subject: told(&tls.subject_name),
            issuer: told(&tls.issuer),
            expires: Fact::from_option(iso_8601(tls.valid_to).map(|at| Text::new(&at)), SILENT),
            chain,
            faults: Text::default(),
        })
    }
}

/// `Network.getCertificate`: the chain in DER, each in base64, the server's first. Made PEM (RFC 7468).
pub(super) fn chain(json: &str) -> List<Text> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Told {
        table_names: Vec<String>,
    }
    let mut chain = List::default();
    for der in serde_json::from_str::<Told>(json).map(|told| told.table_names).unwrap_or_default() {
        let lines: Vec<&str> =
            (0..der.len()).step_by(64).filter_map(|at| der.get(at..der.len().min(at + 64))).collect();
        chain.push(Text::new(&format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            lines.join("\n")
        )));
    }
    chain
}

/// `Page.frameNavigated`: the frame, if it is the page itself.
pub(super) fn main_frame(json: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Told {
        frame: Frame,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Frame {
        id: String,
        parent_id: Option<String>,
    }
    let frame = serde_json::from_str::<Told>(json).ok()?.frame;
    frame.parent_id.is_none().then_some(frame.id)
}

/// `Page.createIsolatedWorld`: the world.
pub(super) fn world(json: &str) -> Option<i64> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Told {
        execution_context_id: i64,
    }
    serde_json::from_str::<Told>(json).ok().map(|told| told.execution_context_id)
}

/// What `Runtime.evaluate` asks.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Evaluate<'a> {
    pub(super) expression: &'a str,
    pub(super) context_id: i64,
    pub(super) return_by_value: bool,
}

/// `Runtime.evaluate`: the text that came out, or `None` for anything else.
pub(super) fn evaluated(json: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Told {
        result: Came,
    }
    #[derive(Deserialize)]
    struct Came {
        value: Option<serde_json::Value>,
    }
    match serde_json::from_str::<Told>(json).ok()?.result.value? {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_) => None,
    }
}

/// `Page.captureScreenshot`: the picture, opaque.
pub(super) fn picture(json: &str) -> Result<Pixels, String> {
    use base64::Engine;
    #[derive(Deserialize)]
    struct Told {
        data: String,
    }
    let told: Told = serde_json::from_str(json).map_err(|_| "the engine's answer holds no picture".to_owned())?;
    let png = base64::engine::general_purpose::STANDARD
        .decode(told.data)
        .map_err(|_| "the engine's picture could not be read".to_owned())?;
    opaque(&png)
}

/// Lays a picture onto white and drops the alpha.
fn opaque(png: &[u8]) -> Result<Pixels, String> {
    let fault = |error: png::DecodingError| format!("the engine's picture could not be read ({error})");
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().map_err(fault)?;
    let mut painted = vec![0; reader.output_buffer_size().ok_or("the engine's picture is too large")?];
    let info = reader.next_frame(&mut painted).map_err(fault)?;
    painted.truncate(info.buffer_size());
    let rgb = match (info.color_type, info.bit_depth) {
        (png::ColorType::Rgb, png::BitDepth::Eight) => painted,
        (png::ColorType::Rgba, png::BitDepth::Eight) => {
            let mut rgb = Vec::with_capacity(painted.len() / 4 * 3);
            for pixel in painted.chunks_exact(4) {
                let alpha = u32::from(pixel[3]);
                let laid = |part: u8| ((u32::from(part) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
                rgb.extend(pixel[..3].iter().map(|part| laid(*part)));
            }
            rgb
        }
        (
            png::ColorType::Rgb
            | png::ColorType::Rgba
            | png::ColorType::Grayscale
            | png::ColorType::GrayscaleAlpha
            | png::ColorType::Indexed,
            _,
        ) => return Err("the engine gave a picture in an unknown format".to_owned()),
    };
    Pixels::of_rgb(info.width, info.height, rgb).ok_or_else(|| "the engine gave an empty picture".to_owned())
}

/// Seconds since 1970 as a date and time in UTC. `None` before 1970 and from the year 10000 on.
pub(super) fn iso_8601(seconds: f64) -> Option<String> {
    if !seconds.is_finite() || !(0.0..253_402_300_800.0).contains(&seconds) || seconds == 0.0 {
        return None;
    }
    let seconds = seconds as u64;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Civil from days: years that begin in March, in eras of 400 years.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60))
}

#[cfg(test)]
mod tests;
