//! Time-stamp authorities: chosen by two, at most two, and not on a frozen computer.

use trail_domain::event::keeping::TimeAuthority;
use trail_domain::event::{Event, Recorded, Turn};
use trail_domain::ids::{Hash, Seq};
use trail_domain::procedure::stamping::set;
use trail_domain::refusal::RefusalCode;
use trail_domain::register::Register;
use trail_domain::time::Moment;

use crate::world::{School5, pack, person};

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
