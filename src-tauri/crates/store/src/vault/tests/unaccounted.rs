//! Rows that somebody with the key put beside the ledger: each is found and named.

use super::*;
use crate::ledger::verify::FaultKind;

#[test]
fn a_row_that_no_entry_tells_of_is_found_and_named() {
    static MODEL: OnceLock<(Files, Key, u64)> = OnceLock::new();
    let (files, key, last) = MODEL.get_or_init(|| {
        let ground = Ground::new();
        let vault = worked_case(&ground);
        let (key, last) = (vault.state.data_key.clone(), vault.head().unwrap().unwrap().0.0);
        drop(vault);
        (files_in(&ground.dir), key, last)
    });
    let (of_0, of_9) = (case(0), case(9));
    let rows = [
        (
            "a picture",
            "INSERT INTO exhibit_file SELECT 90, case_id, x'00', seq, sealed FROM exhibit_file".to_owned(),
            FaultKind::FileUnaccounted,
        ),
        (
            "a picture of no entry",
            format!("INSERT INTO exhibit_file VALUES (90, '{of_9}', x'00', 999, x'00')"),
            FaultKind::FileUnaccounted,
        ),
        (
            "a picture under a note",
            format!("INSERT INTO exhibit_file VALUES (90, '{of_0}', x'00', 3, x'00')"),
            FaultKind::FileUnaccounted,
        ),
        (
            "a document",
            "INSERT INTO document SELECT id + 90, case_id, x'00', seq, 0, sealed FROM document".to_owned(),
            FaultKind::FileUnaccounted,
        ),
        ("a volume as a record", "UPDATE document SET holds_pictures = 0".to_owned(), FaultKind::FileUnaccounted),
        (
            "a key",
            format!("INSERT INTO case_access VALUES ('{of_0}', '{}', 2, x'00')", person(3)),
            FaultKind::AccessUnaccounted,
        ),
        ("a halt", format!("INSERT INTO halted VALUES ('{of_0}', {last})"), FaultKind::HaltUnaccounted),
        ("a halt of no case", format!("INSERT INTO halted VALUES ('{of_9}', 999)"), FaultKind::HaltUnaccounted),
        (
            "a body behind the head",
            format!("INSERT INTO body VALUES ({}, x'00')", last + 1),
            FaultKind::BodyUnaccounted,
        ),
        ("an erasure", format!("INSERT INTO erased VALUES ({}, {last})", last - 1), FaultKind::ErasureUnaccounted),
    ];
    for (name, sql, what) in rows {
        let ground = Ground::of(files);
        ground.intruder(key).execute_batch(&sql).unwrap();
        let [one, two] = codes();
        let vault = ground.locked().open_with_recovery(&one, &two).map_err(|(_, error)| error).unwrap();
        let faults = vault.verify(|_| {}).unwrap().faults;
        assert!(faults.iter().any(|fault| fault.what == what), "{name}: {faults:?}");
    }
    let ground = Ground::of(files);
    drop(ground.intruder(key));
    let [one, two] = codes();
    let vault = ground.locked().open_with_recovery(&one, &two).map_err(|(_, error)| error).unwrap();
    assert_eq!(vault.verify(|_| {}).unwrap().faults, [], "nothing else is a fault");
}

#[test]
fn an_erasure_that_nobody_signed_is_not_believed() {
    let ground = Ground::new();
    let mut vault = worked_case(&ground);
    let target =
        vault.events(&case(0)).unwrap().iter().find(|told| matches!(told.event, Event::NoteAdded { .. })).unwrap().seq;
    let told = vault.append(Some(&case(0)), &[note("not about it")], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    let key = vault.state.data_key.clone();
    drop(vault);
    let connection = ground.intruder(&key);
    connection.execute("DELETE FROM body WHERE seq = ?1", [target.0]).unwrap();
    connection.execute("INSERT INTO erased VALUES (?1, ?2)", (target.0, told[0].seq.0)).unwrap();
    drop(connection);
    let [one, two] = codes();
    let vault = ground.locked().open_with_recovery(&one, &two).map_err(|(_, error)| error).unwrap();
    let faults = vault.verify(|_| {}).unwrap().faults;
    assert!(faults.iter().any(|fault| fault.seq == target && fault.what == FaultKind::BodyMissing), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.what == FaultKind::ErasureUnaccounted), "{faults:?}");
    assert!(matches!(vault.events(&case(0)), Err(StoreError::Damaged { .. })));
}
