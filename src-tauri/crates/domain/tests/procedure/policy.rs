//! Taking a policy into use: who may, what is recorded, and which policy a case about whom is opened under.

use trail_domain::event::{Event, Recorded};
use trail_domain::ids::Seq;
use trail_domain::pack::PolicyPack;
use trail_domain::procedure::policy::adopt;
use trail_domain::refusal::RefusalCode;
use trail_domain::register::Register;
use trail_domain::time::Moment;

use crate::world::{School5, pack, person, registered, words};

const AT: Moment = Moment::from_micros(1_795_338_000_000_000);

/// A copy that the school made of its policy.
fn own() -> PolicyPack {
    PolicyPack::parse("our-school.toml", &pack().copied_as("our-school").unwrap()).unwrap()
}

/// What this person records where they take a policy into use, alone.
fn by(school: &School5, number: usize, policy: &PolicyPack) -> Result<Vec<Event>, RefusalCode> {
    let here = [person(number)];
    adopt(policy, words("The governors agreed it"), &school.now(AT, &here[0], &here)).map_err(|refusal| refusal.code())
}

/// The register after these entries by this person.
fn after(mut log: Vec<Recorded>, events: Vec<Event>, number: usize) -> (Vec<Recorded>, Register) {
    for event in events {
        let seq = Seq(log.last().map_or(1, |entry| entry.seq.0 + 1));
        log.push(Recorded { seq, at: AT, by: person(number), session: None, event });
    }
    let register = Register::replay(&log);
    (log, register)
}

#[test]
fn only_the_head_or_who_stands_in_takes_a_policy_into_use() {
    let (school, own) = (School5::with(pack()), own());
    for number in [0, 1, 3] {
        assert_eq!(by(&school, number, &own).unwrap_err(), RefusalCode::HeadOnly);
    }
    for number in [2, 4] {
        let kinds: Vec<&str> = by(&school, number, &own).unwrap().iter().map(Event::kind).collect();
        assert_eq!(kinds, ["pack-kept", "policy-adopted"]);
    }
    assert_eq!(by(&school, 2, &pack()).unwrap_err(), RefusalCode::AlreadyDone, "it is in use");
    let (head, others) = (person(2), [person(0)]);
    let away = adopt(&own, words("Because"), &school.now(AT, &head, &others)).unwrap_err();
    assert_eq!(away.code(), RefusalCode::NotSignedIn);
    let here = [person(2)];
    let frozen = adopt(&own, words("Because"), &school.frozen(AT, &head, &here)).unwrap_err();
    assert_eq!(frozen.code(), RefusalCode::Frozen);
}

#[test]
fn the_policy_that_was_taken_into_use_last_is_for_new_cases() {
    let (school, own) = (School5::with(pack()), own());
    let (log, register) = after(registered(&pack().reference()), by(&school, 2, &own).unwrap(), 2);
    assert_eq!(register.pack(), Some(&own.reference()));
    assert_eq!(register.adopted()[0].by, person(2));
    let unkept = by(&school, 2, &own).unwrap().into_iter().filter(|event| event.kind() == "policy-adopted").collect();
    let (_, without) = after(registered(&pack().reference()), unkept, 2);
    assert_eq!(without.pack(), Some(&pack().reference()), "a text that nobody kept is no policy");
    let next = PolicyPack::parse("our-school.toml", &own.next_text()).unwrap();
    let (_, later) = after(log, by(&school, 4, &next).unwrap(), 4);
    assert_eq!(later.pack(), Some(&next.reference()));
}

#[test]
fn nobody_is_looked_into_under_a_policy_that_they_signed() {
    let (school, own) = (School5::with(pack()), own());
    let (log, register) = after(registered(&pack().reference()), by(&school, 2, &own).unwrap(), 2);
    assert_eq!(register.pack_about(Some(&person(2))), Some(&pack().reference()));
    assert_eq!(register.pack_about(Some(&person(0))), Some(&own.reference()));
    assert_eq!(register.pack_about(None), Some(&own.reference()));
    let next = PolicyPack::parse("our-school.toml", &own.next_text()).unwrap();
    let (_, later) = after(log, by(&school, 4, &next).unwrap(), 4);
    assert_eq!(later.pack_about(Some(&person(4))), Some(&own.reference()), "the one before, by somebody else");
    assert_eq!(later.pack_about(Some(&person(2))), Some(&next.reference()));
}
