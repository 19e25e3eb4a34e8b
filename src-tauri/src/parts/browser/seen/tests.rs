#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use trail_browser::client::Observed;
use trail_browser::known;
use trail_browser::protocol::bounded::{Address, List, Text};
use trail_browser::protocol::facts::{Certificate, Fact, Response};
use trail_browser::protocol::observation::{Engine, Observation, Refused};
use trail_domain::event::review::{SelfTest, VisitKind};
use trail_domain::ids::Hash;
use trail_domain::time::Moment;
use trail_domain::words::Noted;

use super::Seen;
use super::measure::MOST;

const PAGE: &str = "https://club-board.example/topic/1";

fn told(seen: &mut Seen, at: i64, what: Observation) {
    seen.take_in(&Observed { received_at: at, seen_at: at, what });
}

fn address(text: &str) -> Address {
    Address::observed(text)
}

fn visits(seen: &mut Seen) -> Vec<VisitKind> {
    seen.glance().visits.into_iter().map(|visit| visit.what).collect()
}

#[test]
fn a_start_says_the_engine_its_sandbox_and_what_private_places_are_let_in() {
    let mut seen = Seen::of(None, &["10.0.0.7:8080".to_owned()], None);
    let engine = Engine {
        name: Text::new("Engine"),
        version: Text::new("2"),
        user_agent: Fact::Observed(Text::new("agent")),
        sandbox: Fact::NotTold(Text::new("off: bubblewrap is not installed")),
        known_page: Fact::Observed(Text::new(&known::colours())),
    };
    told(&mut seen, 1, Observation::Ready(engine));
    let began = VisitKind::Began {
        engine: "Engine 2".to_owned(),
        sandbox: Noted::NotRecorded("off: bubblewrap is not installed".to_owned()),
        private: vec!["10.0.0.7:8080".to_owned()],
        program: Noted::NotRecorded("the program's file could not be read".to_owned()),
        self_test: Noted::Observed(SelfTest::Passed { sha256: Hash::new(known::SHA256) }),
    };
    assert_eq!(visits(&mut seen), [began]);
}

#[test]
fn an_answer_is_recorded_with_its_headers_and_certificate() {
    let mut seen = Seen::of(None, &[], None);
    let mut headers = List::default();
    headers.push((Text::new("Server"), Text::new("placeholder")));
    let response = Response { status: 404, media_type: Fact::NotTold(Text::new("none")), headers };
    let certificate = Certificate {
        subject: Fact::Observed(Text::new("CN=club-board.example")),
        issuer: Fact::NotTold(Text::new("the engine does not tell")),
        expires: Fact::Observed(Text::new("2027-01-01")),
        chain: List::default(),
        faults: Text::new(""),
    };
    told(&mut seen, 1, Observation::Responded { address: address(PAGE), response });
    told(&mut seen, 2, Observation::Secured { address: address(PAGE), certificate: Fact::Observed(certificate) });
    let told = visits(&mut seen);
    let [VisitKind::Answered { status: 404, headers, certificate: Noted::Observed(certificate) }] = told.as_slice()
    else {
        panic!("no answer was recorded")
    };
    assert_eq!(headers, &[("Server".to_owned(), "placeholder".to_owned())]);
    assert!(certificate.contains("CN=club-board.example") && certificate.contains("not recorded, because"));
}

#[test]
fn hosts_forms_and_a_page_that_hangs_are_recorded() {
    let mut seen = Seen::of(None, &[], None);
    let (host, remote) = (Text::new("pictures.example:443"), Text::new("192.0.2.1:443"));
    told(&mut seen, 1, Observation::Connected { host, remote });
    told(
        &mut seen,
        2,
        Observation::NotConnected { host: Text::new("gone.example:80"), why: Text::new("no such name") },
    );
    told(&mut seen, 3, Observation::FormPost { address: address(PAGE), let_through: false });
    told(&mut seen, 4, Observation::FormPost { address: address(PAGE), let_through: true });
    told(&mut seen, 5, Observation::Unresponsive);
    let expected = [
        VisitKind::Reached { remote: "192.0.2.1:443".to_owned() },
        VisitKind::NotReached { because: "no such name".to_owned() },
        VisitKind::FormHeld,
        VisitKind::FormSent,
        VisitKind::Silent,
    ];
    assert_eq!(visits(&mut seen), expected);
}

#[test]
fn a_page_cannot_fill_the_record_and_what_it_did_more_is_counted() {
    let mut seen = Seen::of(None, &[], None);
    seen.asked(PAGE);
    for at in 0..5000 {
        told(&mut seen, 1_000_000 + at, Observation::Refused { what: Refused::Dialog, concerning: address("again") });
    }
    let first = visits(&mut seen);
    assert_eq!(first.len() as u64, MOST);
    assert!(visits(&mut seen).is_empty(), "a look adds nothing by itself");
    told(&mut seen, 2_000_000, Observation::NotTold { count: 7 });
    told(&mut seen, 2_000_001, Observation::Revealed { seconds: 30 });
    let left_out = 5000 - MOST + 7;
    assert_eq!(visits(&mut seen), [VisitKind::LeftOut { count: left_out }, VisitKind::Revealed]);
    told(&mut seen, 3_000_000, Observation::FormPost { address: address(PAGE), let_through: false });
    assert_eq!(visits(&mut seen), [VisitKind::FormHeld], "after somebody acted it counts anew");
}

#[test]
fn long_addresses_are_bounded_together_and_a_pages_own_words_are_cut() {
    let mut seen = Seen::of(None, &[], None);
    seen.asked(PAGE);
    let long = format!("http://club-board.example/?{}", "x".repeat(1_900_000));
    for _ in 0..50 {
        told(&mut seen, 1, Observation::AddressChanged(address(&long)));
    }
    let kept = seen.glance().visits;
    assert!(kept.len() < 6 && kept.iter().all(|visit| visit.address == long), "{}", kept.len());
    seen.asked(PAGE);
    told(&mut seen, 2, Observation::Refused { what: Refused::Dialog, concerning: address(&"y".repeat(1_000_000)) });
    let said = seen.glance().visits;
    let said = &said.last().unwrap().address;
    assert!(said.len() < 5000 && said.ends_with("(cut here: 1000000 bytes in all)"));
}

#[test]
fn what_halt_leaves_on_the_disk_is_named() {
    let mut seen = Seen::of(None, &[], None);
    seen.kept(Moment::from_micros(5), std::path::Path::new("/run/user/1/evidence-browser-9-0"));
    let kept = VisitKind::FolderKept { folder: "/run/user/1/evidence-browser-9-0".to_owned() };
    assert_eq!(visits(&mut seen), [kept]);
}
