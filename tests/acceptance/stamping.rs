//! Signatures with a time-stamp from outside: the real application, the real asking over HTTP, a real authority.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "stamping/packages.rs"]
mod packages;

use std::time::{Duration, Instant};

use acceptance::doubles::NoKeychain;
use acceptance::house::{Doubles, House, PASSPHRASE, START, default_people, set_up};
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_to};
use acceptance::soak::check::recovered;
use acceptance::time::{Does, TimeServer};
use base64::Engine as _;
use evidence_trail::parts::clock::SystemClock;
use evidence_trail::parts::time_stamps::NetworkTimeStamps;
use serde_json::{Map, json};
use tempfile::TempDir;
use trail_app::wire::time::SetTimeAuthorities;
use trail_domain::event::Event;
use trail_domain::event::document::{DocumentKind, SignatureTime};
use trail_domain::ids::CaseId;
use trail_seal::verify::{Code, Expectation, State, verify};

/// A school that was just set up, with two people signed in and no case yet: by the real clock and with the real
/// asking.
struct School {
    walk: Walk,
    folder: TempDir,
    codes: [String; 2],
}

fn school() -> School {
    let folder = tempfile::tempdir().unwrap();
    let mut doubles = Doubles::new(START, Box::new(NoKeychain));
    // The authority stamps by the real clock.
    doubles.ports.clock = Box::new(SystemClock::start());
    doubles.ports.time_stamps = Box::new(NetworkTimeStamps);
    let mut house = House::given(folder.path(), doubles).unwrap();
    let codes = house.app.set_up(&set_up(&default_people())).unwrap().codes;
    house.learn_people();
    let mut walk = Walk::new(house);
    // Set-up signed the first person in.
    sign_in(&mut walk, &["PA".to_owned()]).unwrap();
    School { walk, folder, codes }
}

impl School {
    fn server(&self, name: &str, does: Does) -> TimeServer {
        TimeServer::start(&self.folder.path().join(name), does)
    }

    fn choose(&mut self, servers: &[&TimeServer]) -> Result<usize, String> {
        let part = |place: usize, part: fn(&TimeServer) -> &String| {
            servers.get(place).map(|server| part(server).clone()).unwrap_or_default()
        };
        let form = SetTimeAuthorities {
            first_address: part(0, |server| &server.address),
            first_root: part(0, |server| &server.root),
            second_address: part(1, |server| &server.address),
            second_root: part(1, |server| &server.root),
            person: self.walk.house.id("JS"),
            passphrase: PASSPHRASE.to_owned(),
        };
        let view = self.walk.house.app.set_time_authorities(&form);
        view.map(|view| view.authorities.len()).map_err(|fault| fault.code().to_owned())
    }

    fn sign(&mut self, field: &str) -> Ended {
        let values: Map<String, serde_json::Value> = [("field".to_owned(), json!(field))].into_iter().collect();
        self.walk.perform("sign-form", values)
    }

    fn form(&mut self) -> Vec<u8> {
        let record = self.walk.view().unwrap().documents.into_iter().find(|one| one.kind == "record").unwrap();
        let case = self.walk.case.clone();
        self.walk.house.app.document(&case, &record.sha256).unwrap().to_vec()
    }

    /// What the sign-off page says of a signature.
    fn says(&self, place: usize) -> String {
        self.walk.view().unwrap().signers[place].signed.clone().unwrap_or_default()
    }

    /// The times of every signature in the record, oldest first; the folder stands as long as it is held.
    fn times(self) -> (Vec<Option<SignatureTime>>, TempDir) {
        let Self { walk, folder, codes } = self;
        let case = CaseId::try_from(walk.case.clone()).unwrap();
        // The application lets go of the store.
        drop(walk);
        let vault = recovered(&folder.path().join("store"), &codes).unwrap();
        let time = |event: Event| {
            let Event::DocumentSigned { signed } = event else { return None };
            (signed.kind == DocumentKind::Record).then_some(signed.time.map(|time| *time))
        };
        let times = vault.events(&case).unwrap().into_iter().filter_map(|entry| time(entry.event)).collect();
        (times, folder)
    }
}

fn expect(server: &TimeServer) -> Expectation {
    let root = trail_seal::stamp::Root::from_pem(&server.root).unwrap().certificate().fingerprint();
    Expectation { time_authorities: vec![root], ..Expectation::default() }
}

/// The value of the last signature in a form, as the authority was asked for it.
fn last_value(pdf: &[u8]) -> Vec<u8> {
    let marker = b"/Contents <";
    let at = pdf.windows(marker.len()).rposition(|found| found == marker).unwrap() + marker.len();
    let end = at + pdf[at..].iter().position(|byte| *byte == b'>').unwrap();
    let cms = hex::decode(&pdf[at..end]).unwrap();
    // ecdsa-with-SHA256 without parameters, then the value as an octet string; the two certificates end otherwise.
    let algorithm = [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02, 0x04];
    let at = cms.windows(algorithm.len()).position(|found| found == algorithm).unwrap() + algorithm.len();
    cms[at + 1..at + 1 + usize::from(cms[at])].to_vec()
}

#[test]
fn a_form_is_stamped_by_the_first_authority_and_the_whole_reply_is_kept() {
    let mut school = school();
    let (first, second) = (school.server("first", Does::Stamp), school.server("second", Does::Stamp));
    assert_eq!(school.choose(&[&first, &second]), Ok(2));
    walk_to(&mut school.walk, Some("form")).unwrap();
    let volumes = first.asked();
    assert!(volumes > 0, "each volume of exhibits is stamped too");
    assert_eq!(school.sign("first"), Ended::Done);
    assert_eq!((first.asked(), second.asked()), (volumes + 1, 0));
    assert!(school.says(0).contains("Time-stamped by Time tsa"), "{}", school.says(0));
    let form = school.form();
    let verdict = verify(&form, &expect(&first));
    let states = |code: Code| verdict.findings().iter().find(|found| found.code() == code).unwrap().state();
    assert_eq!((states(Code::Time), states(Code::TimeAuthority)), (State::Holds, State::Holds));
    let digest = ring::digest::digest(&ring::digest::SHA256, &last_value(&form)).as_ref().try_into().unwrap();
    let (mut times, _folder) = school.times();
    let Some(Some(SignatureTime::Authority { reply, address, .. })) = times.pop() else {
        panic!("the record says nothing of the authority");
    };
    assert_eq!(address, first.address);
    let reply = base64::engine::general_purpose::STANDARD.decode(reply).unwrap();
    assert!(first.vouches(&digest, &reply), "openssl ts -verify is content with the kept reply");
    assert!(!second.vouches(&digest, &reply), "and not under another root");
}

#[test]
fn the_second_is_asked_where_the_first_gives_none_and_the_record_says_why_where_neither_does() {
    let mut plain = school();
    walk_to(&mut plain.walk, Some("form")).unwrap();
    assert!(!volume(&plain).contains("ime-stamp"), "nobody is asked at first");
    let wrong = [
        (Does::StampExpired, "was not valid at the time"),
        (Does::StampForOther, "is not for time-stamping alone"),
        (Does::Refuse, "it refused, with status 2"),
        (Does::OtherNonce, "is to another question"),
        (Does::OtherHash, "is for another signature"),
        (Does::Cut, "cannot be read as a time-stamp"),
        (Does::Hang, "did not answer within 4 seconds"),
        (Does::Elsewhere, "with status 302 of HTTP"),
        (Does::Page, "something that is no time-stamp"),
        (Does::Flood, "longer than 64 KiB"),
    ];
    for (does, says) in wrong {
        let mut school = school();
        let (server, good) = (school.server("wrong", does), school.server("good", Does::Stamp));
        school.choose(&[&server]).unwrap();
        let before = Instant::now();
        walk_to(&mut school.walk, Some("form")).unwrap();
        assert!(before.elapsed() < Duration::from_secs(60), "signing waits for nobody for long");
        let said = volume(&school);
        assert!(said.contains("Time by this computer's clock, compared with") && said.contains(says), "{said}");
        let asked = server.asked();
        school.choose(&[&server, &good]).unwrap();
        assert_eq!(school.sign("first"), Ended::Done);
        assert!(server.asked() > asked && school.says(0).contains("Time-stamped by Time tsa"), "{}", school.says(0));
    }
    // Both wrong: the record gives both reasons.
    let mut school = school();
    let (one, two) = (school.server("one", Does::Refuse), school.server("two", Does::Cut));
    school.choose(&[&one, &two]).unwrap();
    walk_to(&mut school.walk, Some("form")).unwrap();
    let said = volume(&school);
    assert!(said.contains("with status 2") && said.contains("cannot be read as a time-stamp"), "{said}");
}

/// What the sign-off page says of the newest volume's signature.
fn volume(school: &School) -> String {
    let documents = school.walk.view().unwrap().documents;
    documents.into_iter().find(|one| one.kind == "volume").unwrap().signed.join("; ")
}

#[test]
fn halt_ends_the_asking_at_once_and_nothing_is_signed() {
    let mut school = school();
    let slow = school.server("slow", Does::Hang);
    walk_to(&mut school.walk, Some("form")).unwrap();
    school.choose(&[&slow]).unwrap();
    let brake = school.walk.house.app.brake();
    let pressing = std::thread::spawn(move || {
        while slow.asked() == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        brake.press();
        Instant::now()
    });
    let ended = school.sign("first");
    let pressed = pressing.join().unwrap();
    assert!(pressed.elapsed() < Duration::from_secs(1), "HALT waited {:?}", pressed.elapsed());
    assert!(matches!(&ended, Ended::Trouble(code, _) if code == "capture-void"), "{ended:?}");
    assert_eq!(school.walk.perform("halt", Map::new()), Ended::Done);
    assert!(school.times().0.is_empty(), "nothing was signed");
}

#[test]
fn under_halt_nobody_is_asked_and_the_referral_record_says_so() {
    let mut school = school();
    let server = school.server("server", Does::Stamp);
    school.choose(&[&server]).unwrap();
    walk_to(&mut school.walk, Some("review")).unwrap();
    assert_eq!(school.walk.perform("halt", Map::new()), Ended::Done);
    assert_eq!(school.walk.perform("make-referral", Map::new()), Ended::Done);
    assert_eq!(server.asked(), 0);
    let referral = school.walk.view().unwrap().documents.into_iter().find(|one| one.kind == "referral").unwrap();
    assert!(referral.signed[0].contains("HALT stands, so no authority was asked"), "{:?}", referral.signed);
}

#[test]
fn the_authorities_are_chosen_by_two_people_and_what_cannot_be_used_is_said() {
    let mut school = school();
    let server = school.server("server", Does::Stamp);
    assert_eq!(school.choose(&[&server, &server]), Err("time-address-twice".to_owned()));
    assert_eq!(school.choose(&[&server]), Ok(1));
    assert_eq!(school.choose(&[&server]), Err("time-unchanged".to_owned()));
    assert_eq!(school.choose(&[]), Ok(0));
    let id = school.walk.house.id("JS");
    let form = |address: &str, root: &str| SetTimeAuthorities {
        first_address: address.to_owned(),
        first_root: root.to_owned(),
        second_address: String::new(),
        second_root: String::new(),
        person: id.clone(),
        passphrase: PASSPHRASE.to_owned(),
    };
    for (address, root, code) in [
        ("ftp://time.example", server.root.as_str(), "time-address-bad"),
        ("http://", server.root.as_str(), "time-address-bad"),
        ("https://name:word@time.example/", server.root.as_str(), "time-address-bad"),
        ("http://time.example/a b", server.root.as_str(), "time-address-bad"),
        ("", server.root.as_str(), "time-address-bad"),
        ("http://time.example/", "", "time-root-not-one"),
        ("http://time.example/", "words", "time-root-not-one"),
    ] {
        let fault = school.walk.house.app.set_time_authorities(&form(address, root)).unwrap_err();
        assert_eq!(fault.code(), code, "{address}");
    }
    school.walk.house.app.lock();
    sign_in(&mut school.walk, &["JS".to_owned()]).unwrap();
    assert_eq!(school.choose(&[&server]), Err("two-needed-now".to_owned()));
}
