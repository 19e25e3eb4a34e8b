//! Making, opening, joining, leaving; who may open what; what is refused.

use super::*;
use crate::vault::anchor::Anchored;

#[test]
fn what_was_appended_is_there_after_reopening() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let by_session = Signer::Session(&session(0));
    let recorded = vault.append(Some(&case(0)), &[note("one"), note("two")], AT, &by_session, &Dice).unwrap();
    keep(&mut vault, &case(0), 1, b"placeholder picture").unwrap();
    assert_eq!(recorded[1].by, person(0));
    assert_eq!(recorded[1].session, Some(session(0)));
    let (before, head) = (vault.events(&case(0)).unwrap(), vault.head().unwrap().unwrap());
    assert_eq!(before.len(), 4);
    assert_eq!(before[1..3], recorded);
    drop(vault);

    let mut vault = ground.open_as(1);
    assert_eq!(vault.events(&case(0)).unwrap(), before);
    assert_eq!(vault.compare(head).unwrap(), Anchored::There);
    assert_eq!(
        vault.read_file_of(&case(0), &Hash::of(b"placeholder picture")).unwrap().bytes(),
        b"placeholder picture"
    );
    assert_eq!(vault.store_events().unwrap()[0].event, store_made());
    assert_eq!(vault.store_events().unwrap()[0].seq, Seq(1));
    vault.append(None, &[Event::SignedIn { person: person(1) }], AT, &Signer::Person(&person(1)), &Dice).unwrap();
    assert_eq!(vault.compare(head).unwrap(), Anchored::Since(1));
    let verdict = vault.verify(|_| {}).unwrap();
    assert!(verdict.holds(), "{verdict:?}");
    assert_eq!((verdict.files, verdict.closed_bodies), (1, 0));
    assert_eq!(verdict.entries, verdict.bodies);
}

#[test]
fn the_sign_in_page_is_told_who_may_sign_in() {
    let vault = Ground::new();
    let vault = vault.locked();
    assert_eq!(vault.labels().iter().map(|label| label.name.as_str()).collect::<Vec<_>>().len(), 4);
    assert_eq!(vault.labels()[2].standing, Standing::Head);
    assert_eq!(vault.school(), "Hollybrook School");
    assert!(vault.needs_device_secret() && !vault.is_practice());
}

#[test]
fn a_wrong_passphrase_is_counted_also_across_starts() {
    let ground = Ground::new();
    let wrong = Passphrase::new("not it".to_owned());
    let mut vault = ground.locked();
    for times in 1..=3 {
        let (back, error) = vault.unlock(&person(0), &wrong, Some(&device())).unwrap_err();
        assert!(matches!(error, StoreError::WrongPassphrase { times: counted, .. } if counted == times), "{error:?}");
        vault = back;
    }
    drop(vault);
    let (back, error) = ground.locked().unlock(&person(0), &wrong, Some(&device())).unwrap_err();
    assert!(matches!(error, StoreError::WrongPassphrase { times: 4, wait } if wait.as_secs() == 2), "{error:?}");
    drop(back);
    assert_eq!(ground.open_as(1).wrong_before(), 0);
    assert_eq!(ground.open().wrong_before(), 4);
    assert_eq!(ground.open().wrong_before(), 0);
}

#[test]
fn the_keychains_secret_is_needed_and_must_be_this_stores() {
    let ground = Ground::new();
    let (vault, error) = ground.locked().unlock(&person(0), &pass(0), None).unwrap_err();
    assert!(matches!(error, StoreError::NeedsDeviceSecret));
    let other = DeviceSecret::new([1; 32]);
    let (vault, error) = vault.unlock(&person(0), &pass(0), Some(&other)).unwrap_err();
    assert!(matches!(error, StoreError::WrongDeviceSecret));
    let (_, error) = vault.unlock(&PersonId::from_bytes([99; 16]), &pass(0), Some(&device())).unwrap_err();
    assert!(matches!(error, StoreError::UnknownPerson));
}

#[test]
fn the_second_person_is_somebody_else() {
    let ground = Ground::new();
    let mut vault = ground.open();
    let again = vault.join(&person(0), &pass(0), Some(&device()));
    assert!(matches!(again, Err(StoreError::SamePerson)));
    let wrong = vault.join(&person(1), &pass(0), Some(&device()));
    assert!(matches!(wrong, Err(StoreError::WrongPassphrase { times: 1, .. })));
    assert!(matches!(vault.authority_key(&Warrant::TwoPeople), Err(StoreError::TwoNeeded)));
    vault.join(&person(1), &pass(1), Some(&device())).unwrap();
    assert_eq!(vault.signed_in(), [person(0), person(1)]);
    assert_eq!(**vault.authority_key(&Warrant::TwoPeople).unwrap(), [0xa0; 138]);
    vault.leave(&person(0));
    assert_eq!(vault.signed_in(), [person(1)]);
}

#[test]
fn a_second_instance_is_kept_out_until_the_first_is_gone() {
    let ground = Ground::new();
    let first = ground.locked();
    assert!(matches!(Vault::find(&ground.dir), Err(StoreError::InUse)));
    let first = first.unlock(&person(0), &pass(0), Some(&device())).map_err(|(_, error)| error).unwrap();
    assert!(matches!(Vault::find(&ground.dir), Err(StoreError::InUse)));
    let first = first.lock();
    assert!(matches!(Vault::find(&ground.dir), Err(StoreError::InUse)));
    drop(first);
    assert!(matches!(Vault::find(&ground.dir), Ok(Found::Locked(_))));
}

#[test]
fn somebody_not_admitted_finds_no_trace_of_a_case() {
    let ground = Ground::new();
    drop(ground.reviewing());
    let mut vault = ground.open_as(3);
    assert_eq!(vault.cases().unwrap(), []);
    assert!(!vault.may_open(&case(0)));
    assert!(matches!(vault.events(&case(0)), Err(StoreError::NotAdmitted)));
    assert!(matches!(
        vault.append(Some(&case(0)), &[note("x")], AT, &Signer::Person(&person(3)), &Dice),
        Err(StoreError::NotAdmitted)
    ));
    let verdict = vault.verify(|_| {}).unwrap();
    assert!(verdict.holds() && verdict.closed_bodies == 1, "{verdict:?}");
    // What is on the screen is seen by both.
    vault.join(&person(0), &pass(0), Some(&device())).unwrap();
    assert_eq!(vault.cases().unwrap(), []);
    vault.leave(&person(3));
    assert_eq!(vault.cases().unwrap(), [case(0)]);
}

#[test]
fn somebody_admitted_later_reads_from_then_on() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    vault.admit(&case(0), &person(3), AT, &person(0), &Dice).unwrap();
    drop(vault);
    for _ in 0..2 {
        // The first time from the seal, the second from the copy under their own key.
        let vault = ground.open_as(3);
        let copies = "SELECT count(*) FROM own_case_key WHERE holder = ?1";
        let copies = vault.state.connection.query_row(copies, [person(3).as_str()], |row| row.get::<_, u64>(0));
        assert_eq!(copies.unwrap(), 1);
        assert_eq!(vault.events(&case(0)).unwrap().len(), 1);
        assert!(vault.verify(|_| {}).unwrap().holds());
    }
}

#[test]
fn a_session_is_certified_by_two_and_ends_with_either() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let twice = vault.begin_session(&case(0), &session(1), &person(0), &person(0), AT, &Dice);
    assert!(matches!(twice, Err(StoreError::SamePerson)));
    let absent = vault.begin_session(&case(0), &session(1), &person(0), &person(2), AT, &Dice);
    assert!(matches!(absent, Err(StoreError::NotSignedIn)));
    let reused = vault.begin_session(&case(0), &session(0), &person(0), &person(1), AT, &Dice);
    assert!(matches!(reused, Err(StoreError::NoSession)));
    vault.leave(&person(1));
    let after = vault.append(Some(&case(0)), &[note("x")], AT, &Signer::Session(&session(0)), &Dice);
    assert!(matches!(after, Err(StoreError::NoSession)));
    let before = vault.events(&case(0)).unwrap().len();
    assert_eq!(before, 1);
}

#[test]
fn recovery_reads_everything_and_signs_nothing() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    keep(&mut vault, &case(0), 1, b"placeholder picture").unwrap();
    drop(vault);
    let [one, two] = codes();
    let (locked, error) = ground.locked().open_with_recovery(&one, &one).unwrap_err();
    assert!(matches!(error, StoreError::WrongCodes));
    let mut vault = locked.open_with_recovery(&two, &one).map_err(|(_, error)| error).unwrap();
    assert_eq!(vault.cases().unwrap(), [case(0)]);
    assert_eq!(vault.events(&case(0)).unwrap().len(), 2);
    assert!(vault.read_file_of(&case(0), &Hash::of(b"placeholder picture")).is_ok());
    let signed = vault.append(Some(&case(0)), &[note("x")], AT, &Signer::Person(&person(0)), &Dice);
    assert!(matches!(signed, Err(StoreError::NotSignedIn)));
    assert!(vault.verify(|_| {}).unwrap().holds());
}

#[test]
fn a_vault_may_move_to_another_thread() {
    fn moves<T: Send>() {}
    moves::<Vault<Locked>>();
    moves::<Vault<Open>>();
}

#[test]
fn the_form_key_asks_for_the_passphrase_again() {
    let ground = Ground::new();
    let mut vault = ground.open();
    assert_eq!(**vault.form_key(&person(0), &pass(0), Some(&device())).unwrap(), [0; 138]);
    let wrong = vault.form_key(&person(0), &pass(1), Some(&device()));
    assert!(matches!(wrong, Err(StoreError::WrongPassphrase { times: 1, .. })));
    let absent = vault.form_key(&person(1), &pass(1), Some(&device()));
    assert!(matches!(absent, Err(StoreError::NotSignedIn)));
}

#[test]
fn drafts_are_their_drafters_own() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    vault.put_draft(&person(0), "view", "first words", &Dice).unwrap();
    vault.put_draft(&person(0), "view", "better words", &Dice).unwrap();
    assert_eq!(vault.get_draft(&person(1), "view").unwrap(), None);
    drop(vault);
    let mut vault = ground.open();
    assert_eq!(vault.get_draft(&person(0), "view").unwrap().unwrap().as_str(), "better words");
    vault.drop_draft(&person(0), "view").unwrap();
    assert_eq!(vault.get_draft(&person(0), "view").unwrap(), None);
    assert!(matches!(vault.get_draft(&person(1), "view"), Err(StoreError::NotSignedIn)));
}

#[test]
fn an_exhibit_is_kept_with_exactly_its_files_or_not_at_all() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let before = vault.head().unwrap();
    let (event, files) = exhibit(1, b"one");
    let file = || vec![checked(b"one")];
    let position = vault.last_seq(&case(0)).unwrap().unwrap();
    let (right, wrong) = (mark(1), mark(2));
    let leave = |mark| Leave { case: &CASE, kind: ExhibitKind::Page, mark, position };
    let by = Signer::Session(&SESSION);
    for (mark, events, files) in [
        (&wrong, vec![event.clone()], file()),
        (&right, vec![event.clone()], vec![checked(b"other")]),
        (&right, vec![event.clone()], vec![checked(b"one"), checked(b"other")]),
        (&right, vec![event.clone()], Vec::new()),
        (&right, vec![note("x")], file()),
        (&right, vec![event.clone(), event.clone()], file()),
        (&right, vec![event.clone(), halted()], file()),
    ] {
        let refused = vault.keep_with(&leave(mark), &events, &files, AT, &by, &Dice);
        assert!(matches!(refused, Err(StoreError::Mismatch { .. })), "{refused:?}");
    }
    let bare = vault.append(Some(&case(0)), std::slice::from_ref(&event), AT, &by, &Dice);
    assert!(matches!(bare, Err(StoreError::WithoutBytes)));
    assert_eq!(vault.head().unwrap(), before);
    vault.keep_with(&leave(&right), &[event], &files, AT, &by, &Dice).unwrap();
    assert!(matches!(vault.read_file_of(&case(0), &Hash::of(b"other")), Err(StoreError::NoFile)));
}

static CASE: std::sync::LazyLock<CaseId> = std::sync::LazyLock::new(|| case(0));
static SESSION: std::sync::LazyLock<SessionId> = std::sync::LazyLock::new(|| session(0));
