//! Destruction: nobody opens what was destroyed, the chain holds, and HALT stands before it, each guard by itself.

use super::*;
use crate::vault::dispose::Ruling;
use trail_domain::event::keeping::DestructionTarget;

fn with_head(ground: &Ground) -> Vault<Open> {
    let mut vault = worked_case(ground);
    vault.join(&person(2), &pass(2), Some(&device())).unwrap();
    vault
}

fn rule<T>(
    vault: &mut Vault<Open>,
    target: DestructionTarget,
    act: impl Fn(&mut Vault<Open>, &Ruling<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let (case, people) = (case(0), [person(0), person(1), person(2)]);
    let position = vault.events(&case)?.last().unwrap().seq;
    let [asked_by, agreed_by, head] = &people;
    act(vault, &Ruling { case: &case, target, asked: Seq(1), asked_by, agreed_by, head, position })
}

fn dispose(vault: &mut Vault<Open>) -> Result<crate::Destroyed, StoreError> {
    rule(vault, DestructionTarget::Case, |vault, ruling| vault.dispose_with(ruling, AT, &Dice))
}

fn erase(vault: &mut Vault<Open>, entry: Seq) -> Result<Vec<trail_domain::event::Recorded>, StoreError> {
    rule(vault, DestructionTarget::Entry { entry }, |vault, ruling| vault.erase_with(ruling, AT, &Dice))
}

fn count(vault: &Vault<Open>, what: &str) -> u64 {
    vault.state.connection.query_row(&format!("SELECT count(*) FROM {what}"), (), |row| row.get(0)).unwrap()
}

fn seq_of(vault: &Vault<Open>, kind: &str) -> Seq {
    vault.events(&case(0)).unwrap().iter().find(|told| told.event.kind() == kind).unwrap().seq
}

#[test]
fn nobody_opens_a_destroyed_case_and_the_chain_holds() {
    let ground = Ground::new();
    let mut vault = with_head(&ground);
    let other = case(1);
    vault.open_case(&other, &[person(0), person(1), person(2)], AT, &person(0), &[note("other")], &Dice).unwrap();
    let before = vault.verify(|_| {}).unwrap();
    let path = ground.dir.join("ledger.db");
    let sql = "SELECT sealed FROM exhibit_file UNION SELECT sealed FROM document \
               UNION SELECT sealed FROM case_access WHERE case_id = ?1 UNION SELECT sealed FROM own_case_key WHERE case_id = ?1";
    let sealed: Vec<Vec<u8>> = vault
        .state
        .connection
        .prepare(sql)
        .unwrap()
        .query_map([case(0).as_str()], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    vault.empty_log();
    let pages = plain_pages(&path, &vault.state.data_key);
    assert!(sealed.len() >= 9 && sealed.iter().all(|sealed| holds(&pages, sealed)));
    let line = dispose(&mut vault).unwrap();
    // Under the encryption, free pages and the log too: nothing is left of files and keys.
    assert_eq!(fs::metadata(ground.dir.join("ledger.db-wal")).unwrap().len(), 0);
    let pages = plain_pages(&path, &vault.state.data_key);
    assert!(!sealed.iter().any(|sealed| holds(&pages, sealed)));
    assert_eq!(Some((line.seq, line.hash)), vault.head().unwrap());
    assert_eq!(line.by, person(2));
    let gone = |vault: &mut Vault<Open>| {
        assert_eq!(vault.cases().unwrap(), [case(1)]);
        assert!(matches!(vault.events(&case(0)), Err(StoreError::NotAdmitted)));
        assert!(vault.any_case_key(&case(0)).is_none());
        let verdict = vault.verify(|_| {}).unwrap();
        assert!(verdict.holds(), "{verdict:?}");
        assert_eq!((verdict.disposed, verdict.files, verdict.closed_bodies), (1, 0, 0));
        assert_eq!(verdict.entries, before.entries + 1);
    };
    gone(&mut vault);
    for table in ["exhibit_file", "document"] {
        assert_eq!(count(&vault, table), 0, "{table}");
    }
    for table in ["case_access", "own_case_key"] {
        assert_eq!(count(&vault, &format!("{table} WHERE case_id = '{}'", case(0))), 0, "{table}");
    }
    assert!(!vault.is_session_open(&session(0)));
    let by = person(0);
    let answer = vault.open_case(&case(0), std::slice::from_ref(&by), AT, &by, &[note("again")], &Dice);
    assert!(matches!(answer, Err(StoreError::CaseExists)));
    drop(vault);
    for number in 0..3 {
        gone(&mut ground.open_as(number));
    }
    let [one, two] = codes();
    gone(&mut ground.locked().open_with_recovery(&one, &two).map_err(|(_, error)| error).unwrap());
}

#[test]
fn nothing_of_a_destroyed_case_can_be_written_again() {
    let ground = Ground::new();
    let mut vault = with_head(&ground);
    let key = vault.case_key(&case(0)).unwrap().clone();
    dispose(&mut vault).unwrap();
    // Somebody kept the key: the trigger refuses by itself.
    vault.state.people[0].cases.insert(case(0), key);
    vault.leave(&person(1));
    vault.leave(&person(2));
    let answer = vault.append(Some(&case(0)), &[note("after")], AT, &Signer::Person(&person(0)), &Dice);
    assert!(matches!(answer, Err(StoreError::Disposed)), "{answer:?}");
}

#[test]
fn an_erased_entry_leaves_its_line_and_nothing_else() {
    let ground = Ground::new();
    let mut vault = with_head(&ground);
    let (exhibit, words) = (seq_of(&vault, "exhibit-kept"), seq_of(&vault, "note-added"));
    let before = vault.events(&case(0)).unwrap().len();
    let sealed: Vec<u8> =
        vault.state.connection.query_row("SELECT sealed FROM exhibit_file", (), |row| row.get(0)).unwrap();
    let told = erase(&mut vault, exhibit).unwrap();
    assert!(!holds(&plain_pages(&ground.dir.join("ledger.db"), &vault.state.data_key), &sealed));
    assert!(matches!(told[0].event, Event::Erased { entry, .. } if entry == exhibit));
    erase(&mut vault, words).unwrap();
    for _ in 0..2 {
        assert_eq!(vault.events(&case(0)).unwrap().len(), before, "two are gone, two tell of it");
        assert!(matches!(vault.read_file_of(&case(0), &Hash::of(PICTURE)), Err(StoreError::NoFile)));
        assert_eq!(count(&vault, "exhibit_file"), 0);
        let verdict = vault.verify(|_| {}).unwrap();
        assert!(verdict.holds() && verdict.erased == 2, "{verdict:?}");
        drop(vault);
        vault = ground.open();
        vault.join(&person(2), &pass(2), Some(&device())).unwrap();
    }
    assert!(matches!(erase(&mut vault, exhibit), Err(StoreError::Database { .. })), "twice");
    // Somebody who may not open the case sees a chain that holds.
    let stranger = ground_without(vault, &ground);
    let verdict = stranger.verify(|_| {}).unwrap();
    assert!(verdict.holds() && verdict.erased == 2, "{verdict:?}");
}

fn ground_without(vault: Vault<Open>, ground: &Ground) -> Vault<Open> {
    drop(vault);
    ground.open_as(3)
}

#[test]
fn a_permit_that_is_not_about_the_case_as_it_is_destroys_nothing() {
    let ground = Ground::new();
    let mut vault = with_head(&ground);
    let entry = seq_of(&vault, "note-added");
    let of_entry = DestructionTarget::Entry { entry };
    let wrong = rule(&mut vault, of_entry, |vault, ruling| vault.dispose_with(ruling, AT, &Dice));
    assert!(matches!(wrong, Err(StoreError::NotAsAgreed { .. })));
    let wrong = rule(&mut vault, DestructionTarget::Case, |vault, ruling| vault.erase_with(ruling, AT, &Dice));
    assert!(matches!(wrong, Err(StoreError::NotAsAgreed { .. })));
    let stale = rule(&mut vault, DestructionTarget::Case, |vault, ruling| {
        vault.append(Some(&case(0)), &[note("a referral came")], AT, &Signer::Person(&person(0)), &Dice).unwrap();
        vault.dispose_with(ruling, AT, &Dice)
    });
    assert!(matches!(stale, Err(StoreError::NotAsAgreed { .. })), "{stale:?}");
    vault.leave(&person(2));
    assert!(matches!(dispose(&mut vault), Err(StoreError::NotSignedIn)));
    assert!(matches!(erase(&mut vault, entry), Err(StoreError::NotSignedIn)));
    let verdict = vault.verify(|_| {}).unwrap();
    assert!(verdict.holds() && verdict.disposed == 0 && verdict.erased == 0);
    assert_eq!(vault.read_file_of(&case(0), &Hash::of(PICTURE)).unwrap().bytes(), PICTURE);
}

#[test]
fn one_person_in_two_places_does_not_destroy() {
    let ground = Ground::new();
    let mut vault = with_head(&ground);
    let (case, position) = (case(0), vault.events(&case(0)).unwrap().last().unwrap().seq);
    let (jo, head) = (person(0), person(2));
    let ruling = Ruling {
        case: &case,
        target: DestructionTarget::Case,
        asked: Seq(1),
        asked_by: &jo,
        agreed_by: &jo,
        head: &head,
        position,
    };
    // The core gives no such permit; were one to come, the record would not hold.
    vault.dispose_with(&ruling, AT, &Dice).unwrap();
    assert!(!vault.verify(|_| {}).unwrap().holds());
}

#[test]
fn a_halted_case_is_neither_destroyed_nor_erased_in_part() {
    let ground = Ground::new();
    let mut vault = with_head(&ground);
    let entry = seq_of(&vault, "exhibit-kept");
    vault.append(Some(&case(0)), &[halted()], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    assert!(matches!(dispose(&mut vault), Err(StoreError::Halted)));
    assert!(matches!(erase(&mut vault, entry), Err(StoreError::Halted)));

    // The triggers alone: the case is halted in the table, and nowhere else.
    let ground = Ground::new();
    let vault = with_head(&ground);
    let entry = seq_of(&vault, "exhibit-kept");
    let pen = vault.pen_of(&person(2)).unwrap();
    let key = vault.case_key(&case(0)).unwrap();
    vault.state.connection.execute("INSERT INTO halted VALUES (?1, ?2)", (case(0).as_str(), entry.0)).unwrap();
    let erased = Event::Erased { asked: Seq(1), entry };
    let answer = vault.write_events(&pen, Some(&case(0)), key, &[erased], AT, &Dice);
    assert!(matches!(answer, Err(StoreError::Halted)), "{answer:?}");
    let note =
        crate::ledger::note::Note::Disposed { asked_by: person(0), agreed_by: person(1), head: person(2), at: AT };
    assert!(matches!(vault.write_note(&pen, &case(0), &note, AT, &Dice), Err(StoreError::Halted)));

    // The core alone: a halt that only binds in memory.
    let ground = Ground::new();
    let mut vault = with_head(&ground);
    let entry = seq_of(&vault, "exhibit-kept");
    vault.grounds.halts.insert(case(0));
    assert!(matches!(dispose(&mut vault), Err(StoreError::Halted)));
    assert!(matches!(erase(&mut vault, entry), Err(StoreError::Halted)));
    assert!(vault.verify(|_| {}).unwrap().holds());
}

#[test]
fn rows_go_only_with_the_entry_that_allows_it() {
    let ground = Ground::new();
    let vault = with_head(&ground);
    for sql in [
        "DELETE FROM body",
        "DELETE FROM exhibit_file",
        "DELETE FROM document",
        "DELETE FROM case_access",
        "DELETE FROM own_case_key",
    ] {
        assert!(vault.state.connection.execute(sql, ()).is_err(), "{sql}");
    }
    let insert = "INSERT INTO erased (entry, seq) VALUES (?1, ?2)";
    let (exhibit, words) = (seq_of(&vault, "exhibit-kept"), seq_of(&vault, "note-added"));
    assert!(vault.state.connection.execute(insert, (exhibit.0, words.0)).is_err(), "a note does not erase");
}
