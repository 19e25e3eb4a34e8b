//! What WebKitGTK tells of an answer and a certificate.

use gio::prelude::*;
use webkit2gtk::{URIResponse, URIResponseExt};

use crate::protocol::bounded::{List, Text};
use crate::protocol::facts::{Certificate, Fact, Response};

pub(crate) fn response_facts(response: &URIResponse) -> Response {
    let mut headers = List::default();
    if let Some(all) = response.http_headers() {
        all.foreach(|name, value| headers.push((Text::new(name), Text::new(value))));
    }
    let media_type = response.mime_type().filter(|kind| !kind.is_empty());
    Response {
        status: u16::try_from(response.status_code()).unwrap_or(0),
        media_type: Fact::from_option(media_type.map(|kind| Text::new(&kind)), "the engine names no media type"),
        headers,
    }
}

pub(crate) fn certificate_facts(certificate: &gio::TlsCertificate, faults: gio::TlsCertificateFlags) -> Certificate {
    let mut chain = List::default();
    let mut next = Some(certificate.clone());
    // A chain may name itself as its issuer.
    for _ in 0..10 {
        let Some(this) = next else { break };
        if let Some(pem) = this.certificate_pem() {
            chain.push(Text::new(&pem));
        }
        next = this.issuer();
    }
    let expires = certificate.not_valid_after().and_then(|at| at.format_iso8601().ok());
    let text = |text: Option<gtk::glib::GString>| {
        Fact::from_option(text.map(|text| Text::new(&text)), "the engine does not tell")
    };
    Certificate {
        subject: text(certificate.subject_name()),
        issuer: text(certificate.issuer_name()),
        expires: text(expires),
        chain,
        faults: Text::new(&faults_in_words(faults)),
    }
}

fn faults_in_words(faults: gio::TlsCertificateFlags) -> String {
    use gio::TlsCertificateFlags as F;
    let words = [
        (F::UNKNOWN_CA, "not signed by an authority this computer knows"),
        (F::BAD_IDENTITY, "made out to another name"),
        (F::NOT_ACTIVATED, "not valid yet"),
        (F::EXPIRED, "expired"),
        (F::REVOKED, "revoked"),
        (F::INSECURE, "made by a method that is not safe"),
        (F::GENERIC_ERROR, "not valid"),
    ];
    words.iter().filter(|(flag, _)| faults.contains(*flag)).map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
}
