#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use super::bounded::{Address, LONGEST_ADDRESS, LONGEST_TEXT, Text};
use super::frame::{FrameFault, LONGEST_HEADER, read_message, write_message};
use super::{CaptureKind, CaptureRequest, FromBrowser, Navigate, ToBrowser, VERSION};

fn wire(message: &ToBrowser) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_message(&mut bytes, message, &[]).unwrap();
    bytes
}

fn header(json: &str) -> Vec<u8> {
    let mut bytes = u32::try_from(json.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend_from_slice(json.as_bytes());
    bytes
}

#[test]
fn messages_come_back_as_they_went() {
    let longest = Address::new(&"\u{1}".repeat(LONGEST_ADDRESS)).unwrap();
    for message in [
        ToBrowser::Stop,
        ToBrowser::Navigate(Navigate::Open(longest)),
        ToBrowser::Navigate(Navigate::Reveal { seconds: 30 }),
        ToBrowser::Capture(CaptureRequest { id: 7, what: CaptureKind::WholePage }),
    ] {
        let (read, pictures) = read_message::<ToBrowser>(&mut wire(&message).as_slice()).unwrap();
        assert_eq!(read, message);
        assert!(pictures.is_empty());
    }
}

#[test]
fn pictures_follow_their_header() {
    let mut bytes = Vec::new();
    let message = FromBrowser::Crash { reason: Text::new("no display") };
    write_message(&mut bytes, &message, &[vec![1, 2, 3], vec![], vec![4]]).unwrap();
    let (read, pictures) = read_message::<FromBrowser>(&mut bytes.as_slice()).unwrap();
    assert_eq!(read, message);
    assert_eq!(pictures, [vec![1, 2, 3], vec![], vec![4]]);
}

#[test]
fn a_cut_message_is_never_read() {
    let whole = wire(&ToBrowser::Navigate(Navigate::Reload));
    for end in 1..whole.len() {
        let fault = read_message::<ToBrowser>(&mut &whole[..end]).unwrap_err();
        assert!(matches!(fault, FrameFault::Broken(_)), "{end}: {fault}");
    }
    assert!(matches!(read_message::<ToBrowser>(&mut &[][..]), Err(FrameFault::Closed)));
}

#[test]
fn lengths_beyond_the_bound_are_refused_before_they_are_read() {
    let mut bytes = u32::try_from(LONGEST_HEADER + 1).unwrap().to_be_bytes().to_vec();
    bytes.extend_from_slice(b"{}");
    assert!(matches!(read_message::<ToBrowser>(&mut bytes.as_slice()), Err(FrameFault::TooLong)));
    let many = header(&format!(r#"{{"v":{VERSION},"message":"stop","pictures":513}}"#));
    assert!(matches!(read_message::<ToBrowser>(&mut many.as_slice()), Err(FrameFault::TooLong)));
}

#[test]
fn another_version_and_rubbish_are_unreadable() {
    let said = |version: u32, rest: &str| format!(r#"{{"v":{version},"message":{rest}}}"#);
    assert!(read_message::<ToBrowser>(&mut header(&said(VERSION, r#""stop","pictures":0"#)).as_slice()).is_ok());
    for json in [
        said(VERSION + 1, r#""stop","pictures":0"#),
        said(VERSION - 1, r#""stop","pictures":0"#),
        said(VERSION, r#""explode","pictures":0"#),
        said(VERSION, r#""stop""#),
        "[]".to_owned(),
        "\u{0}\u{0}".to_owned(),
    ] {
        let fault = read_message::<ToBrowser>(&mut header(&json).as_slice()).unwrap_err();
        assert!(matches!(fault, FrameFault::Unreadable), "{json}");
    }
}

#[test]
fn a_reader_checks_lengths_the_writer_did_not() {
    let long = "x".repeat(LONGEST_TEXT + 1);
    let json = format!(r#"{{"v":{VERSION},"message":{{"crash":{{"reason":{{"text":"{long}"}}}}}},"pictures":0}}"#);
    let fault = read_message::<FromBrowser>(&mut header(&json).as_slice()).unwrap_err();
    assert!(matches!(fault, FrameFault::Unreadable));
}

#[test]
fn a_long_text_is_cut_at_a_character_and_says_so() {
    let text = Text::new(&"é".repeat(LONGEST_TEXT));
    assert!(text.is_cut() && text.as_str().len() <= LONGEST_TEXT);
    assert!(text.as_str().chars().all(|c| c == 'é'));
    assert!(!Text::new("short").is_cut());
    assert!(Address::new(&"a".repeat(LONGEST_ADDRESS + 1)).is_err());
    assert!(Address::observed(&"a".repeat(LONGEST_ADDRESS + 1)).is_cut());
}
