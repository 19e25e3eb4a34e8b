//! Somebody with the key and another tool: each change is refused on the open store, or found by the check.

use super::*;
use crate::ledger::verify::{Fault, FaultKind};

/// A store with a case, a session, some notes and an exhibit; its data key and its head.
fn worked() -> (Ground, Key, (Seq, Hash)) {
    static MODEL: OnceLock<(Files, Key, (Seq, Hash))> = OnceLock::new();
    let (files, key, head) = MODEL.get_or_init(work);
    (Ground::of(files), key.clone(), *head)
}

fn work() -> (Files, Key, (Seq, Hash)) {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    for text in ["one", "two", "three"] {
        vault.append(Some(&case(0)), &[note(text)], AT, &Signer::Session(&session(0)), &Dice).unwrap();
    }
    keep(&mut vault, &case(0), 1, b"placeholder picture").unwrap();
    let (key, head) = (vault.state.data_key.clone(), vault.head().unwrap().unwrap());
    drop(vault);
    (files_in(&ground.dir), key, head)
}

/// Opened without the check at unlocking, so that the full one can be looked at.
fn verdict(ground: &Ground) -> Vec<Fault> {
    let [one, two] = codes();
    let vault = ground.locked().open_with_recovery(&one, &two).map_err(|(_, error)| error).unwrap();
    vault.verify(|_| {}).unwrap().faults
}

#[test]
fn the_open_store_refuses_to_change_or_drop_anything() {
    let (ground, key, _) = worked();
    let vault = ground.open();
    let attempts = [
        "UPDATE entry SET kind = 'x'",
        "DELETE FROM entry WHERE seq = 2",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 2",
        "INSERT OR IGNORE INTO entry SELECT * FROM entry WHERE seq = 2",
        "INSERT INTO entry SELECT seq + 5, case_id, at, kind, body_hash, prev, hash, session, key, signature \
         FROM entry ORDER BY seq DESC LIMIT 1",
        "UPDATE body SET sealed = x'00'",
        "INSERT OR REPLACE INTO body SELECT * FROM body",
        "DELETE FROM body",
        "DELETE FROM exhibit_file",
        "INSERT OR REPLACE INTO exhibit_file SELECT * FROM exhibit_file",
        "INSERT OR REPLACE INTO exhibit_file (id, case_id, name, seq, sealed) VALUES (1, 'x', x'00', 1, x'00')",
        "UPDATE document SET holds_pictures = 0",
        "DELETE FROM document",
        "UPDATE case_access SET holder = 'x'",
        "DELETE FROM case_access",
        "DELETE FROM store",
    ];
    let guarded_only = [
        "DROP TRIGGER entry_stays",
        "DROP TABLE entry",
        "ALTER TABLE entry RENAME TO other",
        "ATTACH DATABASE ':memory:' AS other",
        "PRAGMA writable_schema = ON",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "DELETE FROM own_case_key",
        "DELETE FROM held_key",
        "CREATE TABLE other (x)",
        "DELETE FROM sqlite_schema",
    ];
    // There is no document in this store: nothing to delete, so nothing to refuse.
    for sql in attempts.iter().chain(&guarded_only).filter(|sql| **sql != "DELETE FROM document") {
        assert!(vault.state.connection.execute_batch(sql).is_err(), "guarded: {sql}");
    }
    assert!(vault.verify(|_| {}).unwrap().holds());
    drop(vault);
    // The triggers alone, without the authorizer.
    let bare = crate::database::open(&ground.dir.join("ledger.db"), &key).unwrap();
    bare.pragma_update(None, "recursive_triggers", "OFF").unwrap();
    bare.pragma_update(None, "foreign_keys", "OFF").unwrap();
    bare.execute("INSERT INTO document VALUES (1, 'x', x'00', 1, 0, x'00')", ()).unwrap();
    for sql in attempts {
        assert!(bare.execute_batch(sql).is_err(), "bare: {sql}");
    }
    assert!(bare.execute_batch("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema").is_err(), "defensive");
}

#[test]
fn every_tampering_is_found_and_named() {
    let (_, _, head) = worked();
    let last = head.0.0;
    // Of the last five entries three are notes, one keeps the exhibit; the ones before are the store's own.
    let in_the_middle = last - 2;
    let cases: Vec<(&str, String, FaultKind)> = vec![
        ("kind", format!("UPDATE entry SET kind = 'referred' WHERE seq = {in_the_middle}"), FaultKind::Altered),
        ("time", format!("UPDATE entry SET at = at + 1 WHERE seq = {in_the_middle}"), FaultKind::Altered),
        ("case", format!("UPDATE entry SET case_id = NULL WHERE seq = {in_the_middle}"), FaultKind::Altered),
        (
            "signature",
            format!("UPDATE entry SET signature = zeroblob(64) WHERE seq = {in_the_middle}"),
            FaultKind::BadSignature,
        ),
        (
            "another's key",
            format!("UPDATE entry SET key = zeroblob(32) WHERE seq = {in_the_middle}"),
            FaultKind::UnknownSigner,
        ),
        (
            "session off",
            format!("UPDATE entry SET session = NULL WHERE seq = {in_the_middle}"),
            FaultKind::UnknownSigner,
        ),
        ("chain", format!("UPDATE entry SET prev = zeroblob(32) WHERE seq = {in_the_middle}"), FaultKind::Unchained),
        ("entry gone", format!("DELETE FROM entry WHERE seq = {in_the_middle}"), FaultKind::Gap),
        ("body gone", format!("DELETE FROM body WHERE seq = {in_the_middle}"), FaultKind::BodyMissing),
        (
            "bodies swapped",
            format!(
                "UPDATE body SET sealed = (SELECT sealed FROM body WHERE seq = {}) WHERE seq = {in_the_middle}",
                in_the_middle - 1,
            ),
            FaultKind::BodyAltered,
        ),
        ("file gone", "DELETE FROM exhibit_file".to_owned(), FaultKind::FileMissing),
        ("file altered", "UPDATE exhibit_file SET sealed = zeroblob(60)".to_owned(), FaultKind::FileAltered),
        ("admission gone", format!("DELETE FROM case_access WHERE holder = '{}'", person(2)), FaultKind::BadNote),
        (
            "admission swapped",
            format!("UPDATE case_access SET sealed = zeroblob(80) WHERE holder = '{}'", person(2),),
            FaultKind::BadNote,
        ),
        ("key note", "UPDATE body SET sealed = zeroblob(80) WHERE seq = 2".to_owned(), FaultKind::BadNote),
    ];
    for (name, sql, what) in cases {
        let (ground, key, _) = worked();
        assert_eq!(verdict(&ground), [], "before: {name}");
        assert!(ground.intruder(&key).execute(&sql, ()).unwrap() > 0, "{name}");
        let faults = verdict(&ground);
        assert!(faults.iter().any(|fault| fault.what == what), "{name}: {faults:?}");
    }
}

#[test]
fn a_store_with_a_trigger_less_or_more_does_not_open() {
    let opened = |change: &dyn Fn(&mut Intruder)| {
        let (ground, key, _) = worked();
        let mut intruder = ground.intruder(&key);
        change(&mut intruder);
        drop(intruder);
        let [one, two] = codes();
        ground.locked().open_with_recovery(&one, &two).map(drop).map_err(|(_, error)| error)
    };
    opened(&|_| {}).unwrap();
    let (ground, key, _) = worked();
    for number in 0..ground.intruder(&key).triggers.len() {
        let error = opened(&|intruder| drop(intruder.triggers.remove(number))).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{number}: {error}");
    }
    for more in [
        "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM halted; END",
        "CREATE TABLE more (x TEXT) STRICT",
        "CREATE VIEW more AS SELECT 1",
        "CREATE INDEX more ON entry (at)",
    ] {
        let error = opened(&|intruder| intruder.execute_batch(more).unwrap()).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{more}: {error}");
    }
}

#[test]
fn the_check_at_unlocking_finds_recent_tampering() {
    let (ground, key, head) = worked();
    let sql = format!("UPDATE entry SET at = at + 1 WHERE seq = {}", head.0.0);
    ground.intruder(&key).execute(&sql, ()).unwrap();
    let (_, error) = ground.locked().unlock(&person(0), &pass(0), Some(&device())).unwrap_err();
    assert!(error.to_string().contains(&format!("entry {} ", head.0)), "{error}");
}

#[test]
fn a_tail_cut_off_or_an_old_copy_put_back_shows_against_an_anchor_only() {
    let (ground, key, head) = worked();
    let cut = ground.intruder(&key);
    for table in ["exhibit_file", "body", "entry"] {
        cut.execute(&format!("DELETE FROM {table} WHERE seq = {}", head.0.0), ()).unwrap();
    }
    drop(cut);
    let mut vault = ground.open();
    assert!(vault.verify(|_| {}).unwrap().holds(), "a chain cannot see its own tail cut off");
    let error = vault.compare(head).unwrap_err();
    assert!(
        matches!(error, StoreError::RolledBack { expected, found } if expected == head.0 && found.0 + 1 == head.0.0)
    );
    vault.append(Some(&case(0)), &[note("another")], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    assert!(matches!(vault.compare(head), Err(StoreError::Rewritten { at }) if at == head.0));
}

#[test]
fn a_key_that_enrols_itself_is_not_believed() {
    use crate::ledger::{self, Line, Pen, note::Note};
    let (ground, key, _) = worked();
    let under = ground.open().state.store_key.clone();
    let connection = ground.intruder(&key);
    let forged = SigningKey::from_bytes(&[3; 32]);
    let intruder = PersonId::from_bytes([0xee; 16]);
    let digits = hex::encode(forged.verifying_key().to_bytes());
    let enrols =
        Note::KeysEnrolled { person: intruder.clone(), ledger: digits, seal: hex::encode([5; 32]), approval: None };
    let pen = Pen { key: &forged, by: &intruder, session: None };
    let store = StoreId::from_bytes([9; 16]);
    for (kind, body) in
        [(enrols.kind(), enrols.body().unwrap()), ("note-added", ledger::body_of(&note("forged")).unwrap())]
    {
        let line = Line { case: None, at: AT, kind, body: &body, under: &under };
        ledger::write(&connection, &store, &pen, &line, &Dice).unwrap();
    }
    drop(connection);
    let faults = verdict(&ground);
    assert_eq!(faults.iter().filter(|fault| fault.what == FaultKind::UnknownSigner).count(), 2, "{faults:?}");
    assert!(faults.iter().any(|fault| fault.what == FaultKind::BadNote));
}

#[test]
fn an_enrolment_rewritten_in_place_is_not_believed() {
    let (ground, key, _) = worked();
    let under = ground.open().state.store_key.clone();
    let connection = ground.intruder(&key);
    let forged = SigningKey::from_bytes(&[3; 32]).verifying_key();
    let ledger = hex::encode(forged.to_bytes());
    let enrols = crate::ledger::note::Note::KeysEnrolled {
        person: person(3),
        ledger,
        seal: hex::encode([5; 32]),
        approval: None,
    };
    let body = [&[0; 32], enrols.body().unwrap().as_slice()].concat();
    // Tom Oakes stands in the fifth entry. Its body is exchanged, and the hash of the body with it.
    let entry: [u8; 32] = connection.query_row("SELECT hash FROM entry WHERE seq = 5", (), |row| row.get(0)).unwrap();
    let aad = [b"evidence-trail/body/v1\0".as_slice(), &entry].concat();
    let sealed = crate::keys::seal::seal(&under, &aad, &body, &Dice);
    connection.execute("UPDATE body SET sealed = ?1 WHERE seq = 5", [sealed]).unwrap();
    connection.execute("UPDATE entry SET body_hash = ?1 WHERE seq = 5", [Hash::of(&body).bytes()]).unwrap();
    drop(connection);
    let faults = verdict(&ground);
    assert!(faults.contains(&Fault { seq: Seq(5), what: FaultKind::BadNote }), "{faults:?}");
    let (_, error) = ground.locked().unlock(&person(3), &pass(3), Some(&device())).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }));
}

#[test]
fn a_session_certified_by_one_person_alone_is_not_believed() {
    use crate::ledger::{
        self, Line, Pen,
        note::{Certificate, Note},
    };
    let ground = Ground::new();
    let vault = ground.reviewing();
    let key = vault.state.data_key.clone();
    let (mine, under) = (vault.state.people[0].ledger.clone(), vault.state.store_key.clone());
    drop(vault);
    let connection = ground.intruder(&key);
    let certificate = Certificate {
        v: 1,
        store: StoreId::from_bytes([9; 16]),
        case: case(0),
        session: session(5),
        key: hex::encode(SigningKey::from_bytes(&[4; 32]).verifying_key().to_bytes()),
        first: person(0),
        second: person(1),
        at: AT,
    };
    let signature = certificate.sign(&mine).unwrap();
    let note = Note::SessionCertified { certificate, first_signature: signature.clone(), second_signature: signature };
    let (by, case) = (person(0), case(0));
    let pen = Pen { key: &mine, by: &by, session: None };
    let line = Line { case: Some(&case), at: AT, kind: note.kind(), body: &note.body().unwrap(), under: &under };
    ledger::write(&connection, &StoreId::from_bytes([9; 16]), &pen, &line, &Dice).unwrap();
    drop(connection);
    assert!(verdict(&ground).iter().any(|fault| fault.what == FaultKind::BadNote));
}
