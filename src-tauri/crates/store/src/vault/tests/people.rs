//! Passphrases, people and keys change; stopped at each step on the way.

use trail_domain::event::keeping::Renewed;
use trail_domain::people::Person;

use super::*;
use crate::ledger::verify::FaultKind;
use crate::vault::migrate::{Between, Step};
use crate::vault::people::passphrase::Exchange;
use crate::vault::people::{Act, Entering, Warrant};

mod barred;

fn nobody() -> PersonId {
    PersonId::from_bytes([0xaa; 16])
}

fn new_person(number: u8, letters: &str, passphrase: &str) -> NewPerson {
    NewPerson {
        id: person(number),
        name: "Someone New".to_owned(),
        position: "Senior staff".to_owned(),
        initials: initials(letters),
        standing: Standing::Senior,
        passphrase: Passphrase::new(passphrase.to_owned()),
        form_key_pkcs8: Zeroizing::new(vec![0x77; 138]),
    }
}

fn enrolled(number: u8, letters: &str) -> Event {
    let person = Person {
        id: person(number),
        name: words("Someone New"),
        position: words("Senior staff"),
        initials: initials(letters),
        standing: Standing::Senior,
        certificate: Hash::of(b"certificate"),
    };
    Event::PersonEnrolled { person, certificate: "MIIB".to_owned() }
}

fn renewed(number: u8) -> Event {
    let renewed = Renewed {
        person: person(number),
        certificate: Hash::of(b"new"),
        der: "MIIB".to_owned(),
        reason: words("Forgot"),
    };
    Event::PersonRenewed { renewed }
}

fn removed(number: u8) -> Event {
    Event::PersonRemoved { person: person(number), reason: words("Left the school") }
}

fn join(vault: &mut Vault<Open>, number: u8) {
    vault.join(&person(number), &pass(number), Some(&device())).unwrap();
}

fn act<'a>(event: &'a Event, warrant: &'a Warrant<'a>, by: &'a PersonId) -> Act<'a> {
    Act { event, warrant, at: AT, by, entropy: &Dice }
}

fn sign_in(ground: &Ground, number: u8, passphrase: &str) -> Result<Vault<Open>, StoreError> {
    let pass = Passphrase::new(passphrase.to_owned());
    ground.locked().unlock(&person(number), &pass, Some(&device())).map_err(|(_, error)| error)
}

fn old_words(number: u8) -> String {
    format!("lantern quilt harbour {number}")
}

/// What the folder would hold if the process died between two steps: without the shared memory of the log.
fn snapshots(ground: &Ground, run: impl FnOnce(Between<'_>)) -> Vec<(Step, Ground)> {
    let mut taken = Vec::new();
    run(&mut |step| {
        let files = files_in(&ground.dir).into_iter().filter(|(name, _)| name != "ledger.db-shm").collect();
        taken.push((step, Ground::of(&files)));
        Ok(())
    });
    taken
}

#[test]
fn a_changed_passphrase_opens_and_the_old_one_does_not() {
    let ground = Ground::new();
    let kept = fs::read(ground.dir.join("keys.json")).unwrap();
    let mut vault = ground.reviewing();
    let new = Passphrase::new("copper meadow violin".to_owned());
    let wrong = vault.change_passphrase(&person(0), &new, &new, Some(&device()), KdfCost::FLOOR, AT, &Dice);
    assert!(matches!(wrong, Err(StoreError::WrongPassphrase { times: 1, .. })), "{wrong:?}");
    let absent = vault.change_passphrase(&person(2), &pass(2), &new, Some(&device()), KdfCost::FLOOR, AT, &Dice);
    assert!(matches!(absent, Err(StoreError::NotSignedIn)));
    let recorded =
        vault.change_passphrase(&person(0), &pass(0), &new, Some(&device()), KdfCost::FLOOR, AT, &Dice).unwrap();
    assert_eq!((recorded.event, recorded.by), (Event::PassphraseChanged { person: person(0) }, person(0)));
    drop(vault);
    assert!(matches!(sign_in(&ground, 0, &old_words(0)), Err(StoreError::WrongPassphrase { .. })));
    let mut vault = sign_in(&ground, 0, "copper meadow violin").unwrap();
    assert_eq!(vault.events(&case(0)).unwrap().len(), 1);
    assert_eq!(**vault.form_key(&person(0), &new, Some(&device())).unwrap(), [0; 138]);
    assert!(vault.verify(|_| {}).unwrap().holds());
    assert_eq!(vault.labels().len(), 4);
    drop(vault);
    // An old key file put back does not bring the old passphrase back.
    fs::write(ground.dir.join("keys.json"), kept).unwrap();
    let error = sign_in(&ground, 0, &old_words(0)).unwrap_err();
    assert!(matches!(&error, StoreError::Damaged { what } if what.contains("older than its record")), "{error:?}");
    let mut vault = ground.open_as(1);
    assert!(matches!(vault.join(&person(0), &pass(0), Some(&device())), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_passphrase_change_that_stops_leaves_one_passphrase() {
    let ground = Ground::new();
    let mut vault = ground.open();
    let new = Passphrase::new("copper meadow violin".to_owned());
    let (old, device) = (pass(0), device());
    let exchange = Exchange { old: &old, new: &new, device: Some(&device), cost: KdfCost::FLOOR };
    let taken = snapshots(&ground, |between| {
        vault.exchange_passphrase(&person(0), &exchange, AT, &Dice, between).unwrap();
    });
    assert_eq!(taken.iter().map(|(step, _)| *step).collect::<Vec<_>>(), [Step::Pending, Step::Recorded]);
    for (step, ground) in taken {
        // Somebody signs in, and what was begun is ended or taken back.
        drop(ground.open_as(1));
        let (opens, shut) = if step == Step::Pending {
            (old_words(0), "copper meadow violin".to_owned())
        } else {
            ("copper meadow violin".to_owned(), old_words(0))
        };
        assert!(matches!(sign_in(&ground, 0, &shut), Err(StoreError::WrongPassphrase { .. })), "{step:?}");
        assert!(sign_in(&ground, 0, &opens).unwrap().verify(|_| {}).unwrap().holds(), "{step:?}");
    }
}

#[test]
fn a_further_person_is_enrolled_by_two() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let two = Warrant::TwoPeople;
    let enrol = |vault: &mut Vault<Open>, warrant: &Warrant<'_>, event: &Event, letters: &str| {
        let new = new_person(7, letters, "amber thistle canoe");
        vault.enrol(new, event, warrant, Some(&device()), KdfCost::FLOOR, AT, &person(0), &Dice)
    };
    let before = vault.head().unwrap();
    assert!(matches!(enrol(&mut vault, &two, &enrolled(6, "SN"), "SN"), Err(StoreError::NotDone { .. })));
    assert!(matches!(enrol(&mut vault, &two, &enrolled(7, "PA"), "PA"), Err(StoreError::NotDone { .. })));
    let [one, other] = codes();
    let twice = Warrant::Codes(&one, &one);
    assert!(matches!(enrol(&mut vault, &twice, &enrolled(7, "SN"), "SN"), Err(StoreError::WrongCodes)));
    vault.leave(&person(1));
    assert!(matches!(enrol(&mut vault, &two, &enrolled(7, "SN"), "SN"), Err(StoreError::TwoNeeded)));
    assert_eq!(vault.head().unwrap(), before);
    assert_eq!(vault.labels().len(), 4);
    join(&mut vault, 1);
    enrol(&mut vault, &two, &enrolled(7, "SN"), "SN").unwrap();
    vault.admit(&case(0), &person(7), AT, &person(0), &Dice).unwrap();
    drop(vault);
    let mut vault = sign_in(&ground, 7, "amber thistle canoe").unwrap();
    assert_eq!(vault.events(&case(0)).unwrap().len(), 1);
    vault.append(Some(&case(0)), &[note("from me")], AT, &Signer::Person(&person(7)), &Dice).unwrap();
    join(&mut vault, 2);
    assert_eq!(**vault.authority_key(&two).unwrap(), [0xa0; 138]);
    assert_eq!(**vault.authority_key(&Warrant::Codes(&other, &one)).unwrap(), [0xa0; 138]);
    assert!(vault.verify(|_| {}).unwrap().holds());
}

#[test]
fn enrolling_that_stops_leaves_the_person_in_or_out() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let (event, device) = (enrolled(7, "SN"), device());
    let taken = snapshots(&ground, |between| {
        let new = new_person(7, "SN", "amber thistle canoe");
        let entering = Entering { new, device: Some(&device), cost: KdfCost::FLOOR, is_again: false };
        vault.take_in(&entering, &act(&event, &Warrant::TwoPeople, &person(0)), between).unwrap();
    });
    for (step, ground) in taken {
        let vault = ground.open();
        let is_in = step == Step::Recorded;
        assert_eq!(vault.labels().len(), if is_in { 5 } else { 4 }, "{step:?}");
        assert!(vault.verify(|_| {}).unwrap().holds());
        drop(vault);
        match sign_in(&ground, 7, "amber thistle canoe") {
            Ok(_) => assert!(is_in, "{step:?}"),
            Err(error) => assert!(!is_in && matches!(error, StoreError::UnknownPerson), "{step:?}: {error:?}"),
        }
    }
}

#[test]
fn new_keys_for_a_forgotten_passphrase_revoke_the_old_ones() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    // A case that neither of the two holds, and the third does.
    vault.open_case(&case(1), &[person(3)], AT, &person(0), &[case_opened(&case(1), "Another")], &Dice).unwrap();
    vault.admit(&case(0), &person(3), AT, &person(0), &Dice).unwrap();
    drop(vault);
    let theirs = ground.open_as(3).state.people[0].ledger.clone();
    for (with_codes, cases) in [(false, vec![case(0)]), (true, vec![case(0), case(1)])] {
        let ground = Ground::of(&files_in(&ground.dir));
        let mut vault = ground.open();
        let [one, other] = codes();
        let warrant = if with_codes { Warrant::Codes(&one, &other) } else { Warrant::TwoPeople };
        if !with_codes {
            join(&mut vault, 1);
        }
        let new = new_person(3, "TO", "willow anchor drum");
        vault.renew(new, &renewed(3), &warrant, Some(&device()), KdfCost::FLOOR, AT, &person(0), &Dice).unwrap();
        drop(vault);
        assert!(matches!(sign_in(&ground, 3, &old_words(3)), Err(StoreError::WrongPassphrase { .. })));
        for _ in 0..2 {
            let vault = sign_in(&ground, 3, "willow anchor drum").unwrap();
            assert_eq!(vault.cases().unwrap(), cases);
            assert!(vault.verify(|_| {}).unwrap().holds());
        }
        let mut vault = ground.open();
        join(&mut vault, 1);
        vault.join(&person(3), &Passphrase::new("willow anchor drum".to_owned()), Some(&device())).unwrap();
        vault.leave(&person(0));
        assert_eq!(**vault.authority_key(&Warrant::TwoPeople).unwrap(), [0xa0; 138]);
        // The old key signs once more, by hand.
        let id = person(3);
        let pen = crate::ledger::Pen { key: &theirs, by: &id, session: None };
        vault.write_events(&pen, None, &vault.state.store_key, &[note("late")], AT, &Dice).unwrap();
        let faults = vault.verify(|_| {}).unwrap().faults;
        assert_eq!(faults.iter().map(|fault| fault.what).collect::<Vec<_>>(), [FaultKind::UnknownSigner]);
    }
}

#[test]
fn renewing_that_stops_leaves_the_old_keys_or_the_new_ones() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let (event, device) = (renewed(3), device());
    let taken = snapshots(&ground, |between| {
        let new = new_person(3, "TO", "willow anchor drum");
        let entering = Entering { new, device: Some(&device), cost: KdfCost::FLOOR, is_again: true };
        vault.take_in(&entering, &act(&event, &Warrant::TwoPeople, &person(0)), between).unwrap();
    });
    for (step, ground) in taken {
        drop(ground.open());
        let (opens, shut) = if step == Step::Pending {
            (old_words(3), "willow anchor drum".to_owned())
        } else {
            ("willow anchor drum".to_owned(), old_words(3))
        };
        assert!(matches!(sign_in(&ground, 3, &shut), Err(StoreError::WrongPassphrase { .. })), "{step:?}");
        assert!(sign_in(&ground, 3, &opens).unwrap().verify(|_| {}).unwrap().holds(), "{step:?}");
    }
}

#[test]
fn somebody_removed_cannot_open_the_store_with_what_they_kept() {
    let ground = Ground::new();
    let kept = fs::read(ground.dir.join("keys.json")).unwrap();
    let mut vault = ground.reviewing();
    join(&mut vault, 3);
    let before = vault.state.data_key.clone();
    vault.remove(&person(3), &removed(3), &Warrant::TwoPeople, AT, &person(0), &Dice).unwrap();
    assert_eq!(vault.signed_in(), [person(0), person(1)]);
    assert_ne!(vault.state.data_key, before);
    keep(&mut vault, &case(0), 1, b"placeholder picture").unwrap();
    assert!(vault.verify(|_| {}).unwrap().holds());
    drop(vault);
    assert!(crate::database::open(&ground.dir.join("ledger.db"), &before).is_err(), "the database has a new key");
    assert!(matches!(sign_in(&ground, 3, &old_words(3)), Err(StoreError::UnknownPerson)));
    for number in [0, 1, 2] {
        let vault = ground.open_as(number);
        assert_eq!(vault.labels().len(), 3);
        assert!(vault.read_file_of(&case(0), &Hash::of(b"placeholder picture")).is_ok());
        assert!(vault.verify(|_| {}).unwrap().holds());
    }
    let [one, other] = codes();
    let vault = ground.locked().open_with_recovery(&one, &other).map_err(|(_, error)| error).unwrap();
    assert!(vault.verify(|_| {}).unwrap().holds());
    assert!(vault.authority_key(&Warrant::Codes(&one, &other)).is_ok());
    drop(vault);
    // The old key file is put back.
    let now = fs::read(ground.dir.join("keys.json")).unwrap();
    fs::write(ground.dir.join("keys.json"), kept).unwrap();
    for number in [0, 3] {
        let error = sign_in(&ground, number, &old_words(number)).unwrap_err();
        assert!(
            matches!(&error, StoreError::Damaged { what } if what.contains("older than its database")),
            "{error:?}"
        );
    }
    fs::write(ground.dir.join("keys.json"), now).unwrap();
    assert!(sign_in(&ground, 0, &old_words(0)).is_ok());
}

#[test]
fn a_removal_that_stops_anywhere_leaves_a_store_that_opens() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let event = removed(3);
    let taken = snapshots(&ground, |between| {
        vault.remove_by(&person(3), &act(&event, &Warrant::TwoPeople, &person(0)), between).unwrap();
    });
    let steps: Vec<Step> = taken.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, [Step::Pending, Step::Recorded, Step::Rekeyed]);
    for (step, ground) in taken {
        let [one, other] = codes();
        let by_codes = Ground::of(&files_in(&ground.dir));
        assert!(by_codes.locked().open_with_recovery(&one, &other).is_ok(), "{step:?}");
        // Whoever is being removed cannot undo it.
        let theirs = sign_in(&ground, 3, &old_words(3));
        assert_eq!(theirs.is_ok(), step == Step::Pending, "{step:?}");
        drop(theirs);
        let vault = ground.open_as(2);
        assert_eq!(vault.labels().len(), if step == Step::Pending { 4 } else { 3 }, "{step:?}");
        assert!(vault.verify(|_| {}).unwrap().holds());
        let (epoch, key) = (vault.state.epoch, vault.state.data_key.clone());
        assert_eq!(epoch, if step == Step::Pending { 1 } else { 2 }, "{step:?}");
        drop(vault);
        assert!(crate::database::open(&ground.dir.join("ledger.db"), &key).is_ok());
        assert!(!ground.locked().grounds.keyfile.is_between_epochs(), "{step:?}");
        assert_eq!(sign_in(&ground, 3, &old_words(3)).is_ok(), step == Step::Pending, "{step:?}");
        assert!(ground.open().verify(|_| {}).unwrap().holds());
    }
}

#[test]
fn enough_people_stay_and_nobody_acts_for_themselves() {
    let ground = Ground::new();
    let mut vault = ground.open();
    let two = Warrant::TwoPeople;
    let remove = |vault: &mut Vault<Open>, number: u8, by: u8| {
        vault.remove(&person(number), &removed(number), &two, AT, &person(by), &Dice).map(|_| ())
    };
    join(&mut vault, 3);
    assert!(matches!(remove(&mut vault, 3, 3), Err(StoreError::NotDone { .. })), "oneself");
    assert!(matches!(remove(&mut vault, 3, 0), Err(StoreError::TwoNeeded)), "the one removed is no second");
    join(&mut vault, 1);
    assert!(matches!(remove(&mut vault, 2, 0), Err(StoreError::NotDone { .. })), "the last head");
    assert!(matches!(remove(&mut vault, 9, 0), Err(StoreError::UnknownPerson)));
    let other = vault.remove(&person(3), &removed(1), &two, AT, &person(0), &Dice);
    assert!(matches!(other, Err(StoreError::NotDone { .. })), "recorded about somebody else");
    let absent = vault.remove(&person(3), &removed(3), &two, AT, &nobody(), &Dice);
    assert!(matches!(absent, Err(StoreError::NotSignedIn)));
    remove(&mut vault, 3, 0).unwrap();
    assert!(matches!(remove(&mut vault, 1, 0), Err(StoreError::NotDone { .. })), "two seniors stay");
    let again = vault.enrol(
        new_person(3, "TO", "amber thistle canoe"),
        &enrolled(3, "TO"),
        &two,
        Some(&device()),
        KdfCost::FLOOR,
        AT,
        &person(0),
        &Dice,
    );
    assert!(matches!(again, Err(StoreError::NotDone { .. })), "removed for good");
}

#[test]
fn the_codes_open_the_computers_secret_too() {
    let ground = Ground::new();
    let [one, other] = codes();
    let recovered = ground.locked().grounds.keyfile.recover(&one, &other).unwrap();
    assert_eq!(recovered.device.unwrap().bytes(), device().bytes());
    assert!(ground.locked().grounds.keyfile.recover(&one, &one).is_none());
}

#[test]
fn the_computers_secret_is_kept_for_the_codes_at_the_next_sign_in() {
    let ground = Ground::new();
    let path = ground.dir.join("keys.json");
    let mut file: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    file["recovery"]["device"] = serde_json::Value::Null;
    fs::write(&path, serde_json::to_vec(&file).unwrap()).unwrap();
    let [one, other] = codes();
    let recovered = || ground.locked().grounds.keyfile.recover(&one, &other).unwrap().device;
    assert!(recovered().is_none());
    drop(ground.open_as(2));
    assert_eq!(recovered().unwrap().bytes(), device().bytes());
}
