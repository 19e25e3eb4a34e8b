//! What the engine tells of a document, and what it is taken for. What is not told is not guessed.
#![cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "elsewhere it is here for its tests alone"))]

use base64::Engine;

use crate::engine::picture::Pixels;
use crate::protocol::bounded::{List, Text};
use crate::protocol::facts::{Certificate, Fact, Response};

/// What is said where the engine is silent.
pub(super) const SILENT: &str = "the engine does not tell";
const IN_THE_CHAIN: &str = "the engine does not tell; it stands in the certificates themselves";

/// Documents that the engine shows with buttons that save them and open them in other programs.
const WITH_BUTTONS: [&str; 2] = ["application/pdf", "application/postscript"];

/// Whether a document is one to be saved, and not one to be shown here.
pub(super) fn is_to_save(media_type: Option<&str>, headers: &[(String, String)], can_show: bool) -> bool {
    let is_attached = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-disposition") && kind(value).eq_ignore_ascii_case("attachment")
    });
    let has_buttons = media_type.is_some_and(|it| WITH_BUTTONS.iter().any(|one| kind(it).eq_ignore_ascii_case(one)));
    !can_show || is_attached || has_buttons
}

/// A header's value without its parameters.
fn kind(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim()
}

/// A document's answer. `None` where there was no status, as with what came from no server.
pub(super) fn response(
    status: Option<u16>,
    media_type: Option<&str>,
    headers: &[(String, String)],
) -> Option<Response> {
    let mut list = List::default();
    for (name, value) in headers {
        list.push((Text::new(name), Text::new(value)));
    }
    let media_type = Fact::from_option(media_type.map(Text::new), "the engine names no media type");
    status.map(|status| Response { status, media_type, headers: list })
}

/// A server's certificate from its chain in DER, each made PEM (RFC 7468).
pub(super) fn certificate(subject: Option<&str>, chain: &[Vec<u8>], faults: &str) -> Certificate {
    let mut list = List::default();
    for der in chain {
        list.push(Text::new(&pem(der)));
    }
    let not_told = if chain.is_empty() { SILENT } else { IN_THE_CHAIN };
    Certificate {
        subject: Fact::from_option(subject.map(Text::new), not_told),
        issuer: Fact::NotTold(Text::new(not_told)),
        expires: Fact::NotTold(Text::new(not_told)),
        chain: list,
        faults: Text::new(faults),
    }
}

fn pem(der: &[u8]) -> String {
    let body = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<&str> = (0..body.len()).step_by(64).filter_map(|at| body.get(at..body.len().min(at + 64))).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// Pixels of four bytes each, of which the last says nothing.
///
/// # Errors
/// - If there are not as many as the size says, or none.
pub(super) fn opaque(width: u32, height: u32, bytes: &[u8]) -> Result<Pixels, String> {
    let rgb = bytes.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Pixels::of_rgb(width, height, rgb).ok_or_else(|| "the engine gave an empty picture".to_owned())
}

/// The address of a document that was on its way to one and answered from another. An answer names no place within it.
pub(super) fn document_address<'a>(on_way_to: &'a str, answered: &'a str) -> &'a str {
    let whole = |address: &'a str| address.split('#').next().unwrap_or_default();
    if answered.is_empty() || whole(on_way_to) == whole(answered) { on_way_to } else { answered }
}

/// Whether an address is one of this very computer, to which macOS goes past every proxy.
pub(super) fn is_of_this_computer(address: &str) -> bool {
    let host = url::Url::parse(address).ok().and_then(|url| url.host().map(|host| host.to_owned()));
    match host {
        Some(url::Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(url::Host::Ipv4(ip)) => ip.is_loopback() || ip.is_unspecified(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback() || ip.is_unspecified(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str, value: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), value.to_owned())]
    }

    #[test]
    fn what_is_to_be_saved_is_not_shown() {
        assert!(!is_to_save(Some("text/html"), &[], true));
        assert!(!is_to_save(None, &header("Content-Disposition", "inline; filename=attachment"), true));
        assert!(is_to_save(Some("text/html"), &header("content-disposition", "Attachment; filename=\"a.html\""), true));
        assert!(is_to_save(Some("application/zip"), &[], false));
        assert!(is_to_save(Some("Application/PDF; x=1"), &[], true), "its buttons open it elsewhere");
        assert!(!is_to_save(Some("image/png"), &header("X-Other", "attachment"), true));
    }

    #[test]
    fn an_answer_without_a_status_is_none() {
        assert_eq!(response(None, Some("text/html"), &header("a", "b")), None);
        let told = response(Some(404), None, &header("a", "b"));
        assert_eq!(told.as_ref().map(|told| (told.status, told.headers.entries().len())), Some((404, 1)));
        assert!(told.is_some_and(|told| told.media_type.observed().is_none()));
    }

    #[test]
    fn a_chain_is_written_in_lines_and_what_the_system_does_not_read_is_not_told() {
        let der = vec![vec![7; 100], vec![8; 3]];
        let told = certificate(Some("board.example"), &der, "");
        assert_eq!(told.chain.entries().len(), 2);
        let first = told.chain.entries()[0].as_str();
        assert!(
            first.lines().all(|line| line.len() <= 64) && first.ends_with("-----END CERTIFICATE-----\n"),
            "{first}"
        );
        assert_eq!(told.subject.observed().map(Text::as_str), Some("board.example"));
        assert!(told.issuer.observed().is_none() && told.expires.observed().is_none());
        assert!(certificate(None, &[], "expired").subject.observed().is_none());
    }

    #[test]
    fn pixels_lose_the_byte_that_says_nothing() {
        let pixels = opaque(2, 1, &[1, 2, 3, 255, 4, 5, 6, 0]);
        assert_eq!(pixels.map(|pixels| pixels.grey_squares(1).2.len()), Ok(2));
        assert!(opaque(2, 2, &[0; 8]).is_err() && opaque(0, 0, &[]).is_err());
    }

    #[test]
    fn a_place_within_a_document_stays_in_its_address() {
        let on_way_to = "https://a.example/x#y";
        assert_eq!(document_address(on_way_to, "https://a.example/x"), on_way_to);
        assert_eq!(document_address(on_way_to, "https://a.example/z"), "https://a.example/z");
        assert_eq!(document_address(on_way_to, ""), on_way_to);
    }

    #[test]
    fn addresses_of_this_computer_are_known() {
        for here in
            ["http://127.0.0.1:8/", "https://localhost./", "http://a.localhost/", "http://[::1]/", "http://0.0.0.0/"]
        {
            assert!(is_of_this_computer(here), "{here}");
        }
        for there in ["http://board.example/", "http://192.168.1.1/", "http://localhost.example/", "about:blank"] {
            assert!(!is_of_this_computer(there), "{there}");
        }
    }
}
