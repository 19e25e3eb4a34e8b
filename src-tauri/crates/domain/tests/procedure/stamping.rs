//! Time-stamp authorities, the time server and the contacts for support: chosen by two, within their bounds, and not on
//! a frozen computer.

use trail_domain::event::keeping::TimeAuthority;
use trail_domain::event::{Event, Recorded, Turn};
use trail_domain::ids::{Hash, Seq};
use trail_domain::procedure::stamping::{is_server, set, set_server};
use trail_domain::procedure::support;
use trail_domain::refusal::RefusalCode;
use trail_domain::register::Register;
use trail_domain::time::Moment;

use crate::world::{School5, pack, person, words};

const AT: Moment = Moment::from_micros(1_795_338_000_000_000);

fn authority(address: &str) -> TimeAuthority {
    TimeAuthority {
        address: address.to_owned(),
        name: "Root of time".to_owned(),
        root: Hash::of(address.as_bytes()),
        root_certificate: "cm9vdA==".to_owned(),
    }
}

#[test]
fn two_people_choose_the_authorities_and_a_frozen_computer_takes_no_choice() {
    let school = School5::with(pack());
    let [one, two] = ["http://one.example", "http://two.example"].map(authority);
    let asked = |authorities: &[&TimeAuthority], with: usize, here: &[usize]| {
        let here: Vec<_> = here.iter().map(|number| person(*number)).collect();
        let chosen = authorities.iter().map(|authority| (*authority).clone()).collect();
        set(chosen, person(with), &school.now(AT, &here[0], &here)).map_err(|refusal| refusal.code())
    };
    assert_eq!(asked(&[&one], 0, &[0, 1]), Err(RefusalCode::SamePerson));
    assert_eq!(asked(&[&one], 1, &[0]), Err(RefusalCode::TwoSignedIn));
    assert_eq!(asked(&[&one, &one], 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "one twice");
    assert_eq!(asked(&[&one, &two, &one], 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "more than two");
    assert_eq!(asked(&[], 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "nobody is asked already");
    let here = [person(0), person(1)];
    let frozen = set(vec![one.clone()], person(1), &school.frozen(AT, &here[0], &here)).unwrap_err();
    assert_eq!(frozen.code(), RefusalCode::Frozen);
    let events = asked(&[&one, &two], 1, &[0, 1]).unwrap();
    let chosen = vec![one, two];
    let turn = Turn::TimeAuthoritiesSet { authorities: chosen.clone(), with: person(1) };
    assert_eq!(events, [Event::Turn(turn)]);
    let entry = |event: Event| Recorded { seq: Seq(1), at: AT, by: person(0), session: None, event };
    let entries: Vec<Recorded> = events.into_iter().map(entry).collect();
    assert_eq!(Register::replay(&entries).time_authorities(), chosen);
    // Nobody is asked any more; who was chosen once stays known.
    let none = Event::Turn(Turn::TimeAuthoritiesSet { authorities: Vec::new(), with: person(1) });
    let register = Register::replay(&[entries, vec![entry(none)]].concat());
    assert!(register.time_authorities().is_empty());
    assert_eq!(register.time_roots(), chosen.iter().map(|one| one.root).collect::<Vec<_>>());
}

#[test]
fn two_people_choose_the_time_server_and_a_frozen_computer_takes_no_choice() {
    let school = School5::with(pack());
    let asked = |server: Option<&str>, with: usize, here: &[usize]| {
        let here: Vec<_> = here.iter().map(|number| person(*number)).collect();
        let server = server.map(ToOwned::to_owned);
        set_server(server, person(with), &school.now(AT, &here[0], &here)).map_err(|refusal| refusal.code())
    };
    assert_eq!(asked(Some("time.example"), 0, &[0, 1]), Err(RefusalCode::SamePerson));
    assert_eq!(asked(Some("time.example"), 1, &[0]), Err(RefusalCode::TwoSignedIn));
    assert_eq!(asked(Some("http://time.example"), 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "no server");
    assert_eq!(asked(None, 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "nobody is asked already");
    let here = [person(0), person(1)];
    let frozen = set_server(Some("time.example".to_owned()), person(1), &school.frozen(AT, &here[0], &here));
    assert_eq!(frozen.map_err(|refusal| refusal.code()), Err(RefusalCode::Frozen));
    let events = asked(Some("time.example:1123"), 1, &[0, 1]).unwrap();
    assert_eq!(replayed(events).time_server(), Some("time.example:1123"));
}

#[test]
fn a_time_server_is_a_name_or_an_address_and_nothing_else() {
    for fits in
        ["time.example", "ntp-1.school.example:123", "192.0.2.7", "192.0.2.7:65535", "[2001:db8::1]", "[::1]:123"]
    {
        assert!(is_server(fits), "{fits}");
    }
    let long = "a".repeat(260);
    for bad in [
        "",
        " ",
        "time example",
        "http://time.example",
        "time.example/",
        "user@time.example",
        "time.example:0",
        "time.example:65536",
        "time.example:",
        "time.example:+1",
        "2001:db8::1",
        "[::1",
        "[]",
        "[::1]x",
        "[::1]123",
        "[time]:1",
        "-a",
        ".a",
        "t\u{131}me.example",
        &long,
    ] {
        assert!(!is_server(bad), "{bad}");
    }
}

#[test]
fn two_people_say_where_support_is_found_and_within_bounds() {
    let school = School5::with(pack());
    let said = |contacts: &[&str], with: usize, here: &[usize]| {
        let here: Vec<_> = here.iter().map(|number| person(*number)).collect();
        let contacts = contacts.iter().map(|contact| words(contact)).collect();
        support::set(contacts, person(with), &school.now(AT, &here[0], &here)).map_err(|refusal| refusal.code())
    };
    let (longest, longer) = ("c".repeat(support::LONGEST), "c".repeat(support::LONGEST + 1));
    assert_eq!(said(&["A line"], 0, &[0, 1]), Err(RefusalCode::SamePerson));
    assert_eq!(said(&["A line"], 1, &[0]), Err(RefusalCode::TwoSignedIn));
    assert_eq!(said(&["A line"; support::MOST + 1], 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "too many");
    assert_eq!(said(&[&longer], 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "too long");
    assert_eq!(said(&[], 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "there are none already");
    let here = [person(0), person(1)];
    let frozen = support::set(vec![words("A line")], person(1), &school.frozen(AT, &here[0], &here));
    assert_eq!(frozen.map_err(|refusal| refusal.code()), Err(RefusalCode::Frozen));
    let events = said(&[&longest, "Employee assistance, extension 214"], 1, &[0, 1]).unwrap();
    assert_eq!(replayed(events).support(), [words(&longest), words("Employee assistance, extension 214")]);
}

fn replayed(events: Vec<Event>) -> Register {
    let entry = |event: Event| Recorded { seq: Seq(1), at: AT, by: person(0), session: None, event };
    Register::replay(&events.into_iter().map(entry).collect::<Vec<_>>())
}
