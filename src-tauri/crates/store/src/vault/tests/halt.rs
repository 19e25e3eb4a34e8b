//! HALT: no picture is kept, shown or bound from then on; each refusal on its own.

use super::*;

fn halted_case(ground: &Ground) -> Vault<Open> {
    let mut vault = ground.reviewing();
    keep(&mut vault, &case(0), 1, b"kept before").unwrap();
    put(&mut vault, DocumentKind::Volume, b"volume").unwrap();
    put(&mut vault, DocumentKind::Record, b"record").unwrap();
    assert_eq!(vault.get_document_with(&case(0), &Hash::of(b"volume"), true).unwrap().bytes(), b"volume");
    assert!(matches!(vault.get_document(&case(0), &Hash::of(b"volume"), None), Err(StoreError::NotAdmitted)));
    vault.append(Some(&case(0)), &[halted()], AT, &Signer::Session(&session(0)), &Dice).unwrap();
    vault
}

#[test]
fn after_halt_no_picture_is_kept_or_read_and_words_still_are() {
    let ground = Ground::new();
    let mut vault = halted_case(&ground);
    for _ in 0..2 {
        assert!(vault.is_halted(&case(0)));
        assert!(!vault.is_halted(&case(1)));
        assert!(matches!(keep(&mut vault, &case(0), 2, b"after"), Err(StoreError::Halted)));
        assert!(matches!(vault.read_file_of(&case(0), &Hash::of(b"kept before")), Err(StoreError::Halted)));
        assert!(matches!(put(&mut vault, DocumentKind::Volume, b"another"), Err(StoreError::Halted)));
        let volume = vault.get_document_with(&case(0), &Hash::of(b"volume"), true);
        assert!(matches!(volume, Err(StoreError::Halted)));
        assert_eq!(vault.get_document(&case(0), &Hash::of(b"record"), None).unwrap().bytes(), b"record");
        vault.append(Some(&case(0)), &[note("words")], AT, &Signer::Person(&person(0)), &Dice).unwrap();
        let verdict = vault.verify(|_| {}).unwrap();
        assert!(verdict.holds() && verdict.unread_files >= 3, "{verdict:?}");
        put(&mut vault, DocumentKind::Referral, b"referral").unwrap_or_else(|error| panic!("{error}"));
        drop(vault);
        vault = ground.open();
        vault.join(&person(1), &pass(1), Some(&device())).unwrap();
    }
}

#[test]
fn the_trigger_refuses_by_itself() {
    let ground = Ground::new();
    let vault = halted_case(&ground);
    let connection = &vault.state.connection;
    let seq = vault.last_seq(&case(0)).unwrap().unwrap().0;
    let file = connection.execute(
        "INSERT INTO exhibit_file (case_id, name, seq, sealed) VALUES (?1, x'00', ?2, x'00')",
        (case(0).as_str(), seq),
    );
    assert!(matches!(file.map_err(StoreError::from), Err(StoreError::Halted)));
    let insert = "INSERT INTO document (case_id, name, seq, holds_pictures, sealed) VALUES (?1, x'00', ?2, ?3, x'00')";
    let volume = connection.execute(insert, (case(0).as_str(), seq, true));
    assert!(matches!(volume.map_err(StoreError::from), Err(StoreError::Halted)));
    assert_eq!(connection.execute(insert, (case(0).as_str(), seq, false)).unwrap(), 1);
    let other = connection.execute(
        "INSERT INTO exhibit_file (case_id, name, seq, sealed) VALUES (?1, x'00', ?2, x'00')",
        (case(1).as_str(), seq),
    );
    assert_eq!(other.unwrap(), 1);
}

#[test]
fn the_core_refuses_by_itself() {
    let ground = Ground::new();
    let vault = halted_case(&ground);
    let key = vault.state.data_key.clone();
    drop(vault);
    let mut vault = ground.open();
    vault.join(&person(1), &pass(1), Some(&device())).unwrap();
    // A frozen computer takes no session at all.
    let release = Event::Turn(trail_domain::event::Turn::ComputerReleased { release: turns::computer() });
    vault.append(Some(&case(0)), &[release], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    vault.begin_session(&case(0), &session(1), &person(0), &person(1), AT, &Dice).unwrap();
    // The app was started anew, and then no trigger is left.
    ground.intruder(&key).triggers.clear();
    let (event, files) = exhibit(2, b"after");
    let (mark, case) = leave(&case(0), 2);
    let leave = Leave { case: &case, kind: ExhibitKind::Page, mark: &mark, position: Seq(1) };
    let kept = vault.keep_with(&leave, &[event], &files, AT, &Signer::Session(&session(1)), &Dice);
    assert!(matches!(kept, Err(StoreError::Halted)));
    assert!(matches!(put(&mut vault, DocumentKind::Volume, b"another"), Err(StoreError::Halted)));
}

#[test]
fn the_table_of_halts_fills_itself_and_cannot_be_emptied() {
    let ground = Ground::new();
    let vault = halted_case(&ground);
    let key = vault.state.data_key.clone();
    let count = "SELECT count(*) FROM halted";
    assert_eq!(vault.state.connection.query_row(count, (), |row| row.get::<_, u64>(0)).unwrap(), 1);
    drop(vault);
    // A connection with the key and without the authorizer: the triggers alone.
    let connection = crate::database::open(&ground.dir.join("ledger.db"), &key).unwrap();
    for sql in
        ["DELETE FROM halted", "UPDATE halted SET case_id = 'x'", "INSERT OR REPLACE INTO halted SELECT * FROM halted"]
    {
        assert!(connection.execute(sql, ()).is_err(), "{sql}");
    }
}

#[test]
fn a_halt_taken_out_of_its_table_binds_still_and_is_noticed() {
    let ground = Ground::new();
    let vault = halted_case(&ground);
    let key = vault.state.data_key.clone();
    drop(vault);
    ground.intruder(&key).execute("DELETE FROM halted", ()).unwrap();
    let (locked, error) = ground.locked().unlock(&person(0), &pass(0), Some(&device())).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }));
    drop(locked);
    let [one, two] = codes();
    let vault = ground.locked().open_with_recovery(&one, &two).map_err(|(_, error)| error).unwrap();
    assert!(vault.is_halted(&case(0)));
    assert!(matches!(vault.read_file_of(&case(0), &Hash::of(b"kept before")), Err(StoreError::Halted)));
}

#[test]
fn a_halt_that_cannot_be_written_binds_in_memory_also_after_locking() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    keep(&mut vault, &case(0), 1, b"kept before").unwrap();
    // A disk that takes nothing more.
    vault.state.connection.authorizer(Some(refuse_writing)).unwrap();
    vault.state.connection.flush_prepared_statement_cache();
    let answer = vault.append(Some(&case(0)), &[halted()], AT, &Signer::Person(&person(0)), &Dice);
    assert!(matches!(answer, Err(StoreError::HaltNotWritten { .. })), "{answer:?}");
    crate::database::guard(&mut vault.state.connection).unwrap();
    assert!(!vault.is_halted_on_disk(&case(0)).unwrap());
    let still_bound = |vault: &mut Vault<Open>| {
        assert!(vault.is_halted(&case(0)));
        assert!(matches!(vault.read_file_of(&case(0), &Hash::of(b"kept before")), Err(StoreError::Halted)));
        assert!(matches!(keep(vault, &case(0), 2, b"after"), Err(StoreError::Halted)));
    };
    still_bound(&mut vault);
    let unlocked = vault.lock().unlock(&person(0), &pass(0), Some(&device()));
    let mut vault = unlocked.map_err(|(_, error)| error).unwrap();
    still_bound(&mut vault);
    // Recorded as soon as it can be.
    vault.append(Some(&case(0)), &[halted()], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    assert!(vault.is_halted_on_disk(&case(0)).unwrap());
}

#[test]
fn a_halt_is_written_when_its_session_is_gone_or_its_company_cannot_be() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    vault.leave(&person(1));
    let recorded = vault.append(Some(&case(0)), &[halted()], AT, &Signer::Session(&session(0)), &Dice).unwrap();
    assert_eq!((recorded[0].by.clone(), recorded[0].session.clone()), (person(0), None));
    drop(vault);

    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let (with_picture, _) = exhibit(1, b"never kept");
    let both = [halted(), with_picture];
    let answer = vault.append(Some(&case(0)), &both, AT, &Signer::Person(&person(0)), &Dice);
    assert!(matches!(answer, Err(StoreError::OnlyHaltKept { .. })), "{answer:?}");
    assert!(vault.is_halted_on_disk(&case(0)).unwrap());
    assert!(vault.verify(|_| {}).unwrap().holds());
}

#[test]
fn one_who_is_admitted_may_halt_beside_one_who_is_not() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    vault.join(&person(3), &pass(3), Some(&device())).unwrap();
    assert!(!vault.may_open(&case(0)));
    vault.append(Some(&case(0)), &[halted()], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    assert!(vault.is_halted_on_disk(&case(0)).unwrap());
}

fn refuse_writing(asked: rusqlite::hooks::AuthContext<'_>) -> rusqlite::hooks::Authorization {
    if matches!(asked.action, rusqlite::hooks::AuthAction::Insert { .. }) {
        rusqlite::hooks::Authorization::Deny
    } else {
        rusqlite::hooks::Authorization::Allow
    }
}
