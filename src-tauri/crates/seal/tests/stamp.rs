//! Time-stamps of a real authority (`openssl ts`) in signed documents, judged by ours and by programs that nobody here
//! wrote; and everything that an authority, or somebody between, can get wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support modules serve several tests")]
#![allow(clippy::disallowed_methods, reason = "the authority stamps by the real clock")]

#[path = "support/document.rs"]
mod document;
#[path = "support/judge.rs"]
mod judge;
#[path = "stamp/packages.rs"]
mod packages;
#[path = "support/parcel.rs"]
mod parcel;
#[path = "support/stamped.rs"]
mod stamped;
#[path = "support/stamper.rs"]
mod stamper;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::TimeDelta;
use document::{School, build, record};
use stamped::{now, root, school, signed, stamped_by};
use stamper::{Flaw, Stamper};
use trail_seal::sign::Signer;
use trail_seal::stamp::{Question, Root, StampFault, receive};
use trail_seal::verify::{Code, Expectation, Finding, State, Verdict, Wholeness, verify};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stamp").join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn about(verdict: &Verdict, code: Code) -> Vec<&Finding> {
    verdict.findings().iter().filter(|finding| finding.code() == code).collect()
}

fn states(verdict: &Verdict, code: Code) -> Vec<State> {
    about(verdict, code).iter().map(|finding| finding.state()).collect()
}

#[test]
fn a_form_with_three_time_stamps_holds_for_us_and_for_them() {
    for flaw in [Flaw::None, Flaw::Rsa] {
        let folder = folder(&format!("three-{flaw:?}"));
        let (school, stamper) = (school(), Stamper::make(&folder.join("authority"), flaw));
        let pdf = (0..3).fold(record(), |pdf, place| signed(&school, &pdf, place, stamped_by(&stamper, &school)));
        let expect =
            Expectation { time_authorities: vec![root(&stamper).certificate().fingerprint()], ..school.card() };
        let verdict = verify(&pdf, &expect);
        assert!(verdict.all_holds(), "{:#?}", verdict.findings());
        assert_eq!(states(&verdict, Code::Time), [State::Holds; 3]);
        assert_eq!(states(&verdict, Code::TimeAuthority), [State::Holds; 3]);
        assert!(verdict.signatures().iter().all(|one| one.stamp.as_ref().unwrap().by == "Time tsa"));
        let unknown = verify(&pdf, &Expectation { time_authorities: vec![[7; 32]], ..expect.clone() });
        assert_eq!(states(&unknown, Code::TimeAuthority), [State::DoesNotHold; 3]);
        assert!(unknown.wholeness() == Wholeness::Intact && !unknown.all_holds());
        let open = verify(&pdf, &Expectation { time_authorities: Vec::new(), ..expect });
        assert_eq!(states(&open, Code::TimeAuthority), [State::NotChecked; 3]);
        judged(&folder, &pdf, &school, &stamper);
    }
}

/// `pdfsig`, `qpdf`, and pyHanko with both roots: it finds a time-stamp in each signature and trusts it.
fn judged(folder: &Path, pdf: &[u8], school: &School, stamper: &Stamper) {
    let (path, pem) = (folder.join("record.pdf"), folder.join("ca.pem"));
    std::fs::write(&path, pdf).unwrap();
    std::fs::write(&pem, school.authority.certificate().pem()).unwrap();
    judge::poppler(&path, 3);
    judge::qpdf(&path);
    let roots = stamper.root_path();
    let mut arguments: Vec<&OsStr> = ["sign", "validate", "--pretty-print", "--trust"].map(OsStr::new).to_vec();
    arguments.extend([pem.as_os_str(), OsStr::new("--trust"), roots.as_os_str(), path.as_os_str()]);
    let (said, content) = judge::ask(judge::pyhanko_program(), &arguments);
    assert!(content, "{said}");
    assert_eq!(said.matches("The signature is judged VALID.").count(), 3, "{said}");
    assert_eq!(said.matches("The TSA certificate is trusted.").count(), 3, "{said}");
    assert_eq!(said.matches("signing and form filling operations").count(), 2, "{said}");
}

#[test]
fn without_a_stamp_the_file_is_as_it_is_without_an_authority() {
    let school = school();
    let pdf = signed(&school, &record(), 0, |_| None);
    let signer = Signer { at: now(), ..school.signer(0) };
    let plain = trail_seal::sign::sign(&record(), "first", &signer, &school.fonts, &school.rng).unwrap();
    let length = |pdf: &[u8]| {
        let at = pdf.windows(11).position(|found| found == b"/Contents <").unwrap();
        pdf[at..].iter().position(|byte| *byte == b'>')
    };
    assert_eq!(length(&pdf), length(&plain), "the room for the signature is the same");
    let verdict = verify(&pdf, &Expectation::default());
    let time = about(&verdict, Code::Time);
    assert_eq!(time.len(), 1);
    assert_eq!(time[0].says(), "The times are those of the signing computer's clock. Nobody else vouches for them.");
}

#[test]
fn one_stamped_and_one_not_are_told_apart() {
    let folder = folder("mixed");
    let (school, stamper) = (school(), Stamper::make(&folder, Flaw::None));
    let first = signed(&school, &record(), 0, stamped_by(&stamper, &school));
    let verdict = verify(&signed(&school, &first, 1, |_| None), &Expectation::default());
    assert_eq!(states(&verdict, Code::Time), [State::Holds, State::NotChecked]);
    assert!(about(&verdict, Code::Time)[0].says().contains("time-stamped by Time tsa"));
    assert!(
        about(&verdict, Code::Time)[1].says().starts_with("Signature 2: the time is that of the signing computer's")
    );
}

#[test]
fn the_kept_reply_is_verified_by_openssl_and_another_is_not() {
    let stamper = Stamper::make(&folder("kept"), Flaw::None);
    let school = school();
    let question = Question::of(b"a signature value", &school.rng).unwrap();
    let reply = stamper.reply(question.der());
    receive(&question, &reply, &root(&stamper), now()).unwrap();
    assert!(stamper.is_verified(question.der(), &reply));
    let other = Question::of(b"another value", &school.rng).unwrap();
    assert!(!stamper.is_verified(other.der(), &reply));
}

#[test]
fn every_bad_reply_is_refused_by_its_name() {
    let school = school();
    let question = Question::of(b"a signature value", &school.rng).unwrap();
    let asked = |flaw: Flaw| {
        let stamper = Stamper::make(&folder(&format!("bad-{flaw:?}")), flaw);
        receive(&question, &stamper.reply(question.der()), &root(&stamper), now()).map(|_| ()).unwrap_err()
    };
    assert_eq!(asked(Flaw::Expired), StampFault::Expired);
    assert_eq!(asked(Flaw::Purpose), StampFault::Purpose);
    assert_eq!(asked(Flaw::NotCritical), StampFault::Purpose);
    assert!(matches!(asked(Flaw::Refuses), StampFault::Refused { status: 2, .. }));
    let stamper = Stamper::make(&folder("bad"), Flaw::None);
    let good = stamper.reply(question.der());
    let held = |reply: &[u8]| receive(&question, reply, &root(&stamper), now()).map(|_| ());
    assert_eq!(held(&good), Ok(()));
    let other = Question::of(b"a signature value", &school.rng).unwrap();
    assert_eq!(held(&stamper.reply(other.der())), Err(StampFault::Nonce), "another number used once");
    // The same number, for another hash: somebody between changed the question.
    let mut changed = question.der().to_vec();
    let at = changed.windows(2).position(|found| found == [0x04, 0x20]).unwrap() + 2;
    changed[at] ^= 1;
    assert_eq!(held(&stamper.reply(&changed)), Err(StampFault::Imprint));
    assert_eq!(held(&[good.as_slice(), &[0]].concat()), Err(StampFault::Unreadable), "a byte more");
    assert_eq!(held(&vec![0x30; 64 * 1024 + 1]), Err(StampFault::TooLong));
    let stranger = Stamper::make(&folder("stranger"), Flaw::None);
    assert_eq!(held(&stranger.reply(question.der())), Err(StampFault::Chain));
    for apart in [-11, 11] {
        let late = receive(&question, &good, &root(&stamper), now() + TimeDelta::minutes(apart));
        assert!(matches!(late, Err(StampFault::Time { .. })), "{late:?}");
    }
    for length in 0..good.len() {
        assert!(held(&good[..length]).is_err(), "the first {length} bytes");
    }
}

#[test]
fn one_flipped_bit_in_any_byte_of_a_reply_or_of_its_place_in_the_file_never_passes() {
    let stamper = Stamper::make(&folder("flipped"), Flaw::None);
    let school = school();
    let question = Question::of(b"a signature value", &school.rng).unwrap();
    let good = stamper.reply(question.der());
    let root = root(&stamper);
    let kept = receive(&question, &good, &root, now()).unwrap();
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 1 << (at % 8);
        // What stands around the signed part may change; what is taken from it is the same, byte for byte.
        if let Ok(stamp) = receive(&question, &bytes, &root, now()) {
            assert!(stamp == kept, "byte {at}");
        }
    }
    let pdf = signed(&school, &build(&["first"], 0, |_| {}), 0, stamped_by(&stamper, &school));
    assert_eq!(verify(&pdf, &Expectation::default()).wholeness(), Wholeness::Intact);
    let start = pdf.windows(10).position(|found| found == b"/Contents ").unwrap();
    let mut bytes = pdf.clone();
    for at in (start..start + 9000).step_by(5).chain((start + 9000..start + 11 + 2 * 24_576).step_by(97)) {
        let was = bytes[at];
        bytes[at] ^= 1 << (at % 8);
        assert_ne!(verify(&bytes, &Expectation::default()).wholeness(), Wholeness::Intact, "byte {at}");
        bytes[at] = was;
    }
}

#[test]
fn a_swapped_time_stamp_is_altered_with_its_reason_and_nothing_is_signed_after_it() {
    let stamper = Stamper::make(&folder("swapped"), Flaw::None);
    let school = school();
    let mut other = None;
    signed(&school, &record(), 0, |value| {
        other = stamped_by(&stamper, &school)(value);
        other.clone()
    });
    let pdf = signed(&school, &record(), 0, |_| other.clone());
    let verdict = verify(&pdf, &Expectation::default());
    assert_eq!(verdict.wholeness(), Wholeness::Altered);
    let says = about(&verdict, Code::Time)[0].says();
    assert_eq!(says, "Signature 1: its time-stamp does not hold: the time-stamp is for another signature.");
    assert!(!verdict.signatures()[0].holds);
    let signer = Signer { at: now(), ..school.signer(1) };
    let next = trail_seal::sign::sign(&pdf, "second", &signer, &school.fonts, &school.rng);
    assert!(matches!(next, Err(trail_seal::sign::SignError::Broken)), "{:?}", next.map(|_| ()));
}

#[test]
fn a_root_is_one_certificate_that_signed_itself() {
    let folder = folder("roots");
    let stamper = Stamper::make(&folder, Flaw::Rsa);
    assert!(Root::from_pem(&stamper.root_pem()).is_ok());
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    for (name, text) in [
        ("an intermediate", read("middle.pem")),
        ("a stamper's own", read("tsa.pem")),
        ("two", stamper.root_pem() + &read("middle.pem")),
        ("a key", read("root.key")),
        ("words", "no certificate".to_owned()),
    ] {
        assert!(Root::from_pem(&text).is_err(), "{name}");
    }
}

#[test]
fn the_program_says_who_vouches_for_the_time_of_each_signature() {
    let folder = folder("program");
    let (school, stamper) = (school(), Stamper::make(&folder.join("authority"), Flaw::None));
    let pdf = signed(&school, &record(), 0, stamped_by(&stamper, &school));
    let pdf = signed(&school, &pdf, 1, |_| None);
    let pdf = signed(&school, &pdf, 2, stamped_by(&stamper, &school));
    let path = folder.join("record.pdf");
    std::fs::write(&path, pdf).unwrap();
    let say = |more: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_evidence-trail-verify")).arg(&path).args(more).output().unwrap();
        (String::from_utf8([out.stdout, out.stderr].concat()).unwrap(), out.status.code().unwrap())
    };
    let known = hex::encode(root(&stamper).certificate().fingerprint());
    let (said, status) = say(&["--time-authority", &known]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(said.matches("     Time-stamped by Time tsa on ").count(), 2, "{said}");
    assert_eq!(said.matches("     Time by the signer's computer").count(), 1, "{said}");
    assert!(
        said.contains("the time-stamp authority is known: it is one of those that were given. [time-authority]"),
        "{said}"
    );
    let (said, status) = say(&["--time-authority", &"AB".repeat(32)]);
    assert!(status == 1 && said.contains("unknown time-stamp authority"), "{said}");
    let (said, status) = say(&["--json"]);
    let read: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((status, read["signatures"][0]["time_stamp"]["by"].as_str()), (0, Some("Time tsa")));
    assert!(read["signatures"][1]["time_stamp"].is_null());
    let several = ["--time-authority", &"AB".repeat(32), "--time-authority", &known];
    assert_eq!(say(&several).1, 0, "one of them is enough");
    assert_eq!(say(&["--time-authority", "12"]).1, 2);
}
