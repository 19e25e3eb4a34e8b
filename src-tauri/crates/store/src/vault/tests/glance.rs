//! Short looks over all cases tell what the long ones tell.

use super::*;

#[test]
fn short_looks_agree_with_the_whole_record() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let by = person(0);
    assert_eq!(vault.halted_cases().unwrap(), []);
    let register = trail_domain::register::Register::replay(&vault.register_events().unwrap());
    assert_eq!(register, trail_domain::register::Register::replay(&vault.store_events().unwrap()));
    let signer = Signer::Person(&by);
    vault.append(None, &[Event::SignedIn { person: by.clone() }], AT, &signer, &Dice).unwrap();
    let kinds = |events: Vec<trail_domain::event::Recorded>| {
        events.iter().map(|recorded| recorded.event.kind()).collect::<Vec<_>>()
    };
    assert!(!kinds(vault.register_events().unwrap()).contains(&"signed-in"));
    assert!(kinds(vault.store_events().unwrap()).contains(&"signed-in"));
    assert_eq!(vault.events_for_halt(&case(0)).unwrap(), vault.events(&case(0)).unwrap());
    let opened = Event::SessionOpened {
        session: session(0),
        operator: person(0),
        observer: person(1),
        check: super::round_trip::check(),
    };
    vault.append(Some(&case(0)), &[opened], AT, &signer, &Dice).unwrap();
    assert_eq!(vault.unfinished_sessions().unwrap(), [case(0)]);
    let ended = Event::SessionEnded { session: session(0), how: trail_domain::event::review::SessionEnd::Ended };
    vault.append(Some(&case(0)), &[ended], AT, &signer, &Dice).unwrap();
    assert_eq!(vault.unfinished_sessions().unwrap(), []);
    vault.append(Some(&case(0)), &[halted()], AT, &signer, &Dice).unwrap();
    assert_eq!(vault.halted_cases().unwrap(), [case(0)]);
}
