#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

const RECEIVED: &str = r#"{"requestId":"7","loaderId":"7","type":"Document","frameId":"A",
    "response":{"url":"https://board.example/topic","status":200,"statusText":"","mimeType":"text/html",
    "headers":{"z-last":"1","content-type":"text/html; charset=utf-8","a-first":"2"},"protocol":"h2",
    "securityDetails":{"protocol":"TLS 1.3","cipher":"AES_128_GCM","subjectName":"board.example","issuer":"A CA",
    "validFrom":1,"validTo":1767225599}}}"#;

#[test]
fn an_answer_is_read_with_its_headers_in_order() {
    let received: Received = serde_json::from_str(RECEIVED).unwrap();
    assert!(received.is_document() && received.frame_id == "A");
    let response = received.response.response();
    assert_eq!(response.status, 200);
    assert_eq!(response.media_type.observed().unwrap().as_str(), "text/html");
    let names: Vec<&str> = response.headers.entries().iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["z-last", "content-type", "a-first"]);
    assert_eq!(received.response.protocol().unwrap().as_str(), "h2, TLS 1.3, AES_128_GCM");
    let certificate = received.response.certificate(List::default()).unwrap();
    assert_eq!(certificate.subject.observed().unwrap().as_str(), "board.example");
    assert_eq!(certificate.expires.observed().unwrap().as_str(), "2025-12-31T23:59:59Z");
}

#[test]
fn what_the_engine_leaves_out_is_not_told() {
    let bare = r#"{"type":"Image","response":{"url":"http://a.example/","status":0}}"#;
    let received: Received = serde_json::from_str(bare).unwrap();
    assert!(!received.is_document());
    assert!(received.response.protocol().is_none() && received.response.certificate(List::default()).is_none());
    assert!(received.response.response().media_type.observed().is_none());
    for rubbish in ["", "{}", "[]", "null", r#"{"response":3}"#] {
        assert!(serde_json::from_str::<Received>(rubbish).is_err());
        assert!(main_frame(rubbish).is_none() && world(rubbish).is_none() && evaluated(rubbish).is_none());
        assert!(picture(rubbish).is_err() && chain(rubbish).entries().is_empty());
    }
}

#[test]
fn a_redirect_names_the_answer_before_it() {
    let sent = r#"{"frameId":"A","type":"Document","request":{"url":"https://b.example/"},
        "redirectResponse":{"url":"http://a.example/","status":301}}"#;
    let request: Request = serde_json::from_str(sent).unwrap();
    assert!(request.is_document());
    assert_eq!(request.redirected(), Some(("http://a.example/", "https://b.example/", Some(301))));
    let first: Request = serde_json::from_str(r#"{"request":{"url":"http://a.example/"}}"#).unwrap();
    assert_eq!(first.redirected(), None);
}

#[test]
fn only_the_page_itself_is_the_main_frame() {
    assert_eq!(main_frame(r#"{"frame":{"id":"A"}}"#).as_deref(), Some("A"));
    assert_eq!(main_frame(r#"{"frame":{"id":"B","parentId":"A"}}"#), None);
    assert_eq!(world(r#"{"executionContextId":12}"#), Some(12));
    assert_eq!(evaluated(r#"{"result":{"type":"string","value":"[1]"}}"#).as_deref(), Some("[1]"));
    assert_eq!(evaluated(r#"{"result":{"type":"number","value":1}}"#), None);
}

#[test]
fn a_chain_becomes_pem() {
    let der = "A".repeat(70);
    let chain = chain(&format!(r#"{{"tableNames":["{der}","QUJD"]}}"#));
    let server = format!("-----BEGIN CERTIFICATE-----\n{}\nAAAAAA\n-----END CERTIFICATE-----\n", "A".repeat(64));
    assert_eq!(chain.entries().len(), 2);
    assert_eq!(chain.entries()[0].as_str(), server);
}

#[test]
fn a_picture_is_laid_onto_white() {
    use base64::Engine;
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 2, 1);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(&[10, 20, 30, 255, 0, 0, 0, 0]).unwrap();
    let data = base64::engine::general_purpose::STANDARD.encode(&png);
    let pixels = picture(&format!(r#"{{"data":"{data}"}}"#)).unwrap();
    assert_eq!((pixels.width, pixels.height), (2, 1));
    let ours = pixels.encode_rows(0, 1).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(ours)).read_info().unwrap();
    let mut out = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut out).unwrap();
    assert_eq!(out, [10, 20, 30, 255, 255, 255]);
}

#[test]
fn seconds_become_a_date() {
    assert_eq!(iso_8601(951_782_400.0).as_deref(), Some("2000-02-29T00:00:00Z"));
    assert_eq!(iso_8601(1_767_225_599.9).as_deref(), Some("2025-12-31T23:59:59Z"));
    for nothing in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e18] {
        assert_eq!(iso_8601(nothing), None);
    }
}
