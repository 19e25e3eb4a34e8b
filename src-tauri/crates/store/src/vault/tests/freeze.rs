//! The frozen computer: what the database takes from a HALT on, in every case, and what a release opens.

use trail_domain::event::keeping::PolicyAdopted;
use trail_domain::event::{Recorded, Turn};

use super::*;

fn two_cases(ground: &Ground) -> Vault<Open> {
    let mut vault = ground.reviewing();
    keep(&mut vault, &case(0), 1, b"kept before").unwrap();
    let people = [0, 1, 2].map(person);
    vault.open_case(&case(1), &people, AT, &person(0), &[case_opened(&case(1), "another")], &Dice).unwrap();
    vault
}

fn append(vault: &mut Vault<Open>, of: Option<u8>, event: Event) -> Result<Vec<Recorded>, StoreError> {
    let id = of.map(case);
    vault.append(id.as_ref(), &[event], AT, &Signer::Person(&person(0)), &Dice)
}

fn retained() -> Event {
    Event::Retained { review_on: "2032-11-22".to_owned(), rule: words("six years") }
}

fn adopted() -> Event {
    let adopted = PolicyAdopted { pack: pack(), version: 1, before: pack(), reason: words("agreed") };
    Event::PolicyAdopted { adopted }
}

fn release() -> Event {
    Event::Turn(Turn::ComputerReleased { release: turns::computer() })
}

#[test]
fn from_a_halt_on_the_store_takes_in_every_case_only_what_has_to_be_recorded() {
    let ground = Ground::new();
    let mut vault = two_cases(&ground);
    append(&mut vault, Some(1), retained()).unwrap();
    assert!(!vault.is_frozen().unwrap());
    append(&mut vault, Some(0), halted()).unwrap();
    for _ in 0..2 {
        assert!(vault.is_frozen().unwrap());
        let head = vault.head().unwrap();
        for of in [0, 1] {
            assert!(matches!(append(&mut vault, Some(of), retained()), Err(StoreError::Frozen)), "{of}");
        }
        let opened = vault.open_case(&case(2), &[person(0)], AT, &person(0), &[case_opened(&case(2), "a")], &Dice);
        assert!(matches!(opened, Err(StoreError::Frozen)), "{opened:?}");
        let gone = Event::BackupGone { serial: 1, how: words("wiped") };
        assert!(matches!(append(&mut vault, None, gone), Err(StoreError::Frozen)));
        assert!(matches!(append(&mut vault, None, adopted()), Err(StoreError::Frozen)));
        assert_eq!(vault.head().unwrap(), head, "a refused entry left something");
        append(&mut vault, Some(1), note("words")).unwrap();
        append(&mut vault, None, Event::SignedOut { person: person(0) }).unwrap();
        drop(vault);
        vault = ground.open();
        vault.join(&person(1), &pass(1), Some(&device())).unwrap();
    }
    append(&mut vault, Some(0), release()).unwrap();
    assert!(!vault.is_frozen().unwrap());
    append(&mut vault, Some(1), retained()).unwrap();
    assert!(vault.is_halted(&case(0)), "the case stays sealed");
    append(&mut vault, Some(1), halted()).unwrap();
    assert!(vault.is_frozen().unwrap(), "another HALT freezes again");
}

#[test]
fn the_trigger_of_the_freeze_refuses_by_itself() {
    let ground = Ground::new();
    let mut vault = two_cases(&ground);
    append(&mut vault, Some(0), halted()).unwrap();
    let insert = "INSERT INTO entry SELECT max(seq) + 1, case_id, at, ?1, body_hash, prev, hash, session, key, signature FROM entry";
    let tried = |kind: &str| vault.state.connection.execute(insert, [kind]).map_err(StoreError::from);
    assert!(matches!(tried("retained"), Err(StoreError::Frozen)));
    assert!(matches!(tried("policy-adopted"), Err(StoreError::Frozen)));
    assert!(matches!(tried("store/admitted"), Err(StoreError::Frozen)));
    assert!(tried("custody-recorded").is_ok());
}

#[test]
fn a_halt_beside_the_record_freezes_too() {
    let ground = Ground::new();
    let mut vault = two_cases(&ground);
    vault.grounds.note_halt(&case(0), AT);
    assert!(vault.is_frozen().unwrap());
    append(&mut vault, Some(0), halted()).unwrap();
    append(&mut vault, Some(0), release()).unwrap();
    assert!(!vault.is_frozen().unwrap());
}

#[test]
fn only_a_released_case_gives_its_unsealed_files_back() {
    let ground = Ground::new();
    let mut vault = two_cases(&ground);
    append(&mut vault, Some(0), halted()).unwrap();
    assert!(matches!(vault.refuse_unless_released(&case(0)), Err(StoreError::Halted)));
    append(&mut vault, Some(0), release()).unwrap();
    assert!(matches!(vault.refuse_unless_released(&case(0)), Err(StoreError::Halted)), "the computer alone");
    append(&mut vault, Some(0), Event::Turn(Turn::CaseReleased { release: turns::case() })).unwrap();
    assert!(vault.refuse_unless_released(&case(0)).is_ok());
    assert!(matches!(vault.refuse_unless_released(&case(1)), Err(StoreError::Halted)), "it was not halted");
    assert!(matches!(keep(&mut vault, &case(0), 2, b"after"), Err(StoreError::Halted)), "nothing is kept any more");
    append(&mut vault, Some(0), halted()).unwrap();
    assert!(matches!(vault.refuse_unless_released(&case(0)), Err(StoreError::Halted)), "halted again");
}
