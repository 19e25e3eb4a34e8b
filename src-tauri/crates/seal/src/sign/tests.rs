//! What somebody with a good key but a program of their own could write, and the verifier refuses.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::authority::{Authority, Subject};
use crate::verify::{Code, Expectation, State, Wholeness, verify};
use chrono::TimeZone;
use ring::rand::SystemRandom;

struct Desk {
    authority: Authority,
    fonts: Fonts,
    rng: SystemRandom,
}

fn day(year: i32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, 11, 19, 12, 0, 0).unwrap()
}

impl Desk {
    fn new() -> Self {
        let rng = SystemRandom::new();
        Self {
            authority: Authority::create("Hollybrook School", false, day(2026), &rng).unwrap(),
            fonts: Fonts::bundled().unwrap(),
            rng,
        }
    }

    fn certificate(&self, name: &str, key: &FormKey) -> Certificate {
        let subject = Subject { name, position: "Teacher", initials: "T", school: "Hollybrook School" };
        self.authority.issue(&subject, &key.public(), day(2026), &self.rng).unwrap()
    }

    fn add(&self, pdf: &[u8], signer: &Signer<'_>) -> Vec<u8> {
        let seen = inspect(pdf).unwrap();
        add(pdf, &seen, signer, &self.fonts, &self.rng).unwrap()
    }
}

fn signer<'a>(name: &'a str, key: &'a FormKey, certificate: &'a Certificate, authority: &'a Authority) -> Signer<'a> {
    Signer {
        key,
        certificate,
        authority: authority.certificate(),
        name,
        position: "Teacher",
        reason: "Reviewed",
        location: "Hollybrook School",
        at: day(2026),
        time_note: "by this computer’s clock (annex B)",
    }
}

/// A document of one empty page, written by hand.
fn base(names: &[&str]) -> Vec<u8> {
    let fields: Vec<String> = (0..names.len()).map(|place| format!("{} 0 R", place + 6)).collect();
    let fields = fields.join(" ");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[{fields}]>>"),
        format!("<</Fields[{fields}]/SigFlags 3>>"),
        "<</Producer(Evidence Trail 0.1.0)>>".to_owned(),
    ];
    for name in names {
        objects.push(format!("<</Type/Annot/Subtype/Widget/FT/Sig/F 132/P 3 0 R/T({name})/Rect[62 400 244 485]>>"));
    }
    let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (place, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", place + 1).as_bytes());
    }
    let size = objects.len() + 1;
    let end = format!("{table}trailer\n<</Size {size}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{}\n%%EOF", out.len());
    out.extend_from_slice(end.as_bytes());
    out
}

fn failing(pdf: &[u8]) -> Vec<Code> {
    let verdict = verify(pdf, &Expectation::default());
    verdict
        .findings()
        .iter()
        .filter(|finding| finding.state() == State::DoesNotHold)
        .map(crate::verify::Finding::code)
        .collect()
}

#[test]
fn what_is_signed_properly_holds() {
    let desk = Desk::new();
    let key = FormKey::generate(&desk.rng).unwrap();
    let certificate = desk.certificate("Tom Oakes", &key);
    let signed =
        sign_one(&base(&["volume"]), &signer("Tom Oakes", &key, &certificate, &desk.authority), &desk.fonts, &desk.rng);
    assert_eq!(failing(&signed.unwrap()), []);
}

/// The words of a document, as a reader has them.
fn words_of(pdf: &[u8]) -> String {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut reader =
        Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    reader.stdin.take().unwrap().write_all(pdf).unwrap();
    String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
fn a_signature_shows_a_name_in_every_script_that_a_form_does() {
    let desk = Desk::new();
    for name in ["Zoë Łukasiewicz", "Άννα Παπαδοπούλου", "Ольга Петренко", "سمير حسن", "שרה כהן", "प्रिया शर्मा"]
    {
        let key = FormKey::generate(&desk.rng).unwrap();
        let certificate = desk.certificate(name, &key);
        let signer = signer(name, &key, &certificate, &desk.authority);
        let signed = sign_one(&base(&["volume"]), &signer, &desk.fonts, &desk.rng).unwrap();
        assert_eq!(failing(&signed), []);
        let said = words_of(&signed);
        // A reader marks the direction of what runs from right to left.
        let said = said.replace(['\u{202a}', '\u{202b}', '\u{202c}'], "");
        assert!(said.contains(name) && !said.contains("[U+"), "{name}: {said}");
    }
}

#[test]
fn one_key_under_two_names_is_one_person() {
    let desk = Desk::new();
    let key = FormKey::generate(&desk.rng).unwrap();
    let [one, two] = ["Tom Oakes", "Priya Anand"].map(|name| desk.certificate(name, &key));
    let first = desk.add(&base(&["first", "second", "head"]), &signer("Tom Oakes", &key, &one, &desk.authority));
    let again = signer("Priya Anand", &key, &two, &desk.authority);
    assert!(matches!(sign(&first, "second", &again, &desk.fonts, &desk.rng), Err(SignError::Twice { .. })));
    let second = desk.add(&first, &again);
    assert_eq!(failing(&second), [Code::Complete, Code::People]);
    assert_eq!(verify(&second, &Expectation::default()).wholeness(), Wholeness::Altered);
}

#[test]
fn two_authorities_in_one_document_are_refused() {
    let (desk, other) = (Desk::new(), Desk::new());
    let keys = [FormKey::generate(&desk.rng).unwrap(), FormKey::generate(&desk.rng).unwrap()];
    let one = desk.certificate("Tom Oakes", &keys[0]);
    let two = other.certificate("Priya Anand", &keys[1]);
    let first = desk.add(&base(&["first", "second", "head"]), &signer("Tom Oakes", &keys[0], &one, &desk.authority));
    let next = signer("Priya Anand", &keys[1], &two, &other.authority);
    assert!(matches!(sign(&first, "second", &next, &desk.fonts, &desk.rng), Err(SignError::OtherAuthority)));
    assert_eq!(failing(&desk.add(&first, &next)), [Code::Complete, Code::Authority]);
}

#[test]
fn a_certificate_of_another_time_name_or_authority_is_refused() {
    let (desk, other) = (Desk::new(), Desk::new());
    let key = FormKey::generate(&desk.rng).unwrap();
    let certificate = desk.certificate("Tom Oakes", &key);
    let proper = signer("Tom Oakes", &key, &certificate, &desk.authority);
    let late = Signer { at: day(2031), ..proper };
    let renamed = Signer { name: "Priya Anand", ..proper };
    let stranger = Signer { authority: other.authority.certificate(), ..proper };
    let thief = FormKey::generate(&desk.rng).unwrap();
    let stolen = Signer { key: &thief, ..proper };
    let cases: [(Signer<'_>, Code); 4] =
        [(late, Code::Validity), (renamed, Code::Name), (stranger, Code::Certificate), (stolen, Code::Signature)];
    for (signer, code) in cases {
        let pdf = base(&["volume"]);
        assert!(sign(&pdf, "volume", &signer, &desk.fonts, &desk.rng).is_err(), "{code} was signed");
        assert_eq!(failing(&desk.add(&pdf, &signer)), [code]);
    }
}

#[test]
fn an_appearance_that_reaches_outside_itself_or_holds_a_picture_is_refused() {
    let desk = Desk::new();
    let key = FormKey::generate(&desk.rng).unwrap();
    let certificate = desk.certificate("Tom Oakes", &key);
    let signer = signer("Tom Oakes", &key, &certificate, &desk.authority);
    let pdf = base(&["volume"]);
    let seen = inspect(&pdf).unwrap();
    let (before, field) = (seen.before().unwrap(), seen.next_field().unwrap());
    let words = Words {
        at: day(2026),
        name: "Tom Oakes".into(),
        reason: "Reviewed".into(),
        location: "Hollybrook School".into(),
    };
    let lines = lines("volume", &signer, words.at);
    let proper = appearance::draw(&desk.fonts, &lines, (182.0, 85.0), before.appearance_id()).unwrap();
    let with = |change: &dyn Fn(&mut Vec<Value<'static>>)| {
        let mut parts = proper.clone();
        change(&mut parts);
        let composed = revision::compose(&before, field.id, &field.dict, &words, &parts, ROOM);
        failing(&filled(&pdf, composed, &signer, &desk.rng).unwrap())
    };
    assert_eq!(with(&|_| {}), []);
    let image = || {
        Dict::default()
            .with("Type", Value::name("XObject"))
            .with("Subtype", Value::name("Image"))
            .with("Length", Value::number(1))
    };
    assert_eq!(with(&|parts| parts.push(Value::Stream(image(), Cow::Borrowed(b"x")))), [Code::Revision]);
    assert_eq!(with(&|parts| parts.push(Value::Reference(3))), [Code::Revision]);
    let font = || Dict::default().with("Type", Value::name("Font")).with("Descriptor", Value::Reference(3));
    assert_eq!(with(&|parts| parts.push(Value::Dict(font()))), [Code::Revision]);
    assert_eq!(with(&|parts| parts.truncate(0)), [Code::Revision]);
}
