//! A further designated computer: registered by two, once, and not on a frozen computer.

use trail_domain::event::{Event, Recorded};
use trail_domain::ids::Seq;
use trail_domain::people::Computer;
use trail_domain::procedure::computer::register;
use trail_domain::refusal::RefusalCode;
use trail_domain::register::Register;
use trail_domain::time::Moment;

use crate::world::{School5, TAG, pack, person, words};

const AT: Moment = Moment::from_micros(1_795_338_000_000_000);

fn laptop(tag: &str) -> Computer {
    Computer {
        name: words("HB-REVIEW-03"),
        asset_tag: words(tag),
        serial: words("5CG0999XYZ"),
        location: words("Deputy's office"),
    }
}

fn asked(school: &School5, tag: &str, with: usize, here: &[usize]) -> Result<Vec<Event>, RefusalCode> {
    let here: Vec<_> = here.iter().map(|number| person(*number)).collect();
    let now = school.now(AT, &here[0], &here);
    register(laptop(tag), person(with), &now).map_err(|refusal| refusal.code())
}

#[test]
fn two_people_register_a_further_computer_once() {
    let school = School5::with(pack());
    assert_eq!(asked(&school, "HB-0999", 0, &[0, 1]), Err(RefusalCode::SamePerson));
    assert_eq!(asked(&school, "HB-0999", 1, &[0]), Err(RefusalCode::TwoSignedIn));
    for tag in [TAG.to_owned(), TAG.to_lowercase(), format!(" {} ", TAG.replace('-', " - "))] {
        assert_eq!(asked(&school, &tag, 1, &[0, 1]), Err(RefusalCode::AlreadyDone), "{tag:?}");
    }
    let here = [person(0), person(1)];
    let frozen = register(laptop("HB-0999"), person(1), &school.frozen(AT, &here[0], &here)).unwrap_err();
    assert_eq!(frozen.code(), RefusalCode::Frozen);
    let events = asked(&school, "HB-0999", 1, &[0, 1]).unwrap();
    assert_eq!(events, [Event::ComputerRegistered { computer: laptop("HB-0999"), with: Some(person(1)) }]);
    let entry = |event: Event| Recorded { seq: Seq(1), at: AT, by: person(0), session: None, event };
    let entries: Vec<Recorded> = events.into_iter().map(entry).collect();
    assert_eq!(Register::replay(&entries).computers(), [laptop("HB-0999")]);
}
