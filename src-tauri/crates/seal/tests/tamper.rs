//! Files that somebody changed, each refused for its own reason. The cases are data.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support module serves several tests")]

#[path = "support/document.rs"]
mod document;
#[path = "support/forgery.rs"]
mod forgery;

use document::{School, THREE};
use forgery::Ground;
use trail_seal::verify::{Expectation, State, Wholeness, verify};

const CASES: &str = include_str!("../../../../tests/tamper/cases.toml");

#[test]
fn each_change_is_refused_for_the_reason_that_its_case_names() {
    let ground = Ground::of(School::open(false), School::open(false), &THREE);
    let expect = ground.school.card();
    let whole = &ground.whole;
    assert!(verify(whole, &expect).all_holds(), "the unchanged record holds");
    let table: toml::Table = CASES.parse().unwrap();
    let cases = table["case"].as_array().unwrap();
    assert!(cases.len() >= 50);
    let mut wrong = Vec::new();
    for case in cases {
        let [act, fails, wanted] = ["act", "fails", "verdict"].map(|key| case[key].as_str().unwrap());
        let file = forgery::made(act, &ground);
        assert!(&file != whole, "{act} changes nothing");
        let verdict = verify(&file, &expect);
        let refused: Vec<String> = verdict
            .findings()
            .iter()
            .filter(|finding| finding.state() == State::DoesNotHold)
            .map(|finding| finding.code().to_string())
            .collect();
        let found = match verdict.wholeness() {
            Wholeness::Altered => "altered",
            Wholeness::CannotTell => "cannot-tell",
            Wholeness::Intact => "intact",
        };
        if found != wanted || !refused.iter().any(|code| code == fails) || verdict.all_holds() {
            wrong.push(format!("{act}: {wanted} for {fails} was expected, {found} for {refused:?} found"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn random_splices_of_a_signed_file_never_hold_and_never_panic() {
    let school = School::open(false);
    let whole = school.signed(3);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    for _ in 0..400 {
        let (from, length, to) = (next(whole.len()), next(200) + 1, next(whole.len()));
        let piece = whole[from..(from + length).min(whole.len())].to_vec();
        let mut file = whole.clone();
        match next(3) {
            0 => drop(file.splice(to..to, piece)),
            1 => drop(file.splice(to..(to + piece.len()).min(whole.len()), piece)),
            _ => drop(file.drain(from..(from + length).min(whole.len()))),
        }
        if file != whole {
            assert_ne!(verify(&file, &Expectation::default()).wholeness(), Wholeness::Intact);
        }
    }
}

#[test]
fn bytes_that_are_no_document_are_a_verdict_too() {
    let deep = [b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n".as_slice(), &b"[".repeat(100_000)].concat();
    let endless = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<</Length 99999999>>\nstream\n".to_vec();
    let table = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\nxref\n0 9999999999\n".to_vec();
    let wide = [b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<".to_vec(), keys(300_000), b">>\nendobj\n".to_vec()].concat();
    let revisions = [document::record(), b"\nxref\ntrailer\n<<>>\nstartxref\n0\n%%EOF".repeat(1000)].concat();
    for bytes in [wide, b"".to_vec(), b"%PDF-".to_vec(), b"GIF89a".to_vec(), deep, endless, table, revisions] {
        assert_eq!(verify(&bytes, &Expectation::default()).wholeness(), Wholeness::CannotTell);
    }
}

fn keys(count: usize) -> Vec<u8> {
    (0..count).flat_map(|number| format!("/K{number} 1").into_bytes()).collect()
}
