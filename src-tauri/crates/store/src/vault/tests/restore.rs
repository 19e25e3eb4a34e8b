//! The drill: a computer is lost, and the school goes on from the backup and both codes.

use super::backup::Backed;
use super::*;

fn restored() -> Event {
    use trail_domain::event::keeping::Restored;
    Event::Restored {
        restored: Restored {
            serial: 3,
            made: AT,
            head: (Seq(1), Hash::of(b"head")),
            computer: None,
            reason: words("The computer was lost"),
            custody: words("With the police"),
        },
    }
}

fn nothing_but(dir: &Path, name: &str) {
    let names: Vec<OsString> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|there| there == name), "{names:?}");
}

#[test]
fn a_lost_computer_is_replaced_with_both_codes_and_a_passphrase() {
    let backed = Backed::new();
    let before = backed.ground.open().events(&case(0)).unwrap();
    let new_computer = tempfile::tempdir().unwrap();
    let into = new_computer.path().join("store");
    let [one, two] = codes();
    let restoring = backed.read().unwrap().open(&two, &one, &into, &Dice).unwrap();
    assert!(restoring.needs_device());
    assert_eq!(restoring.device().unwrap().bytes(), device().bytes());
    let cases = restoring.cases();
    assert_eq!((cases.len(), &cases[0].0, &cases[0].1), (1, &case(0), &before));
    let vault = restoring.finish(&person(0), &pass(0), &[], &[restored()], AT, &Dice).unwrap();
    assert_eq!(vault.signed_in(), [person(0)]);
    assert_eq!(vault.events(&case(0)).unwrap(), before);
    assert_eq!(vault.read_file_of(&case(0), &Hash::of(PICTURE)).unwrap().bytes(), PICTURE);
    assert!(matches!(vault.store_events().unwrap().last().unwrap().event, Event::Restored { .. }));
    vault.compare(backed.made.head).unwrap();
    let verdict = vault.verify(|_| {}).unwrap();
    assert!(verdict.holds() && verdict.left_out == 0, "{verdict:?}");
    drop(vault);
    nothing_but(new_computer.path(), "store");
    // From here on it is a store like any other.
    let ground = Ground { _temp: new_computer, dir: into };
    ground.open_as(2).verify(|_| {}).unwrap();
}

#[test]
fn a_case_halted_since_comes_back_without_its_pictures() {
    let backed = Backed::new();
    let new_computer = tempfile::tempdir().unwrap();
    let into = new_computer.path().join("store");
    let [one, two] = codes();
    let restoring = backed.read().unwrap().open(&one, &two, &into, &Dice).unwrap();
    // Tom Oakes is not admitted to the case: the codes are what opens it.
    let events = vec![halted(), left_out()];
    let vault = restoring.finish(&person(3), &pass(3), &[(case(0), events)], &[restored()], AT, &Dice).unwrap();
    assert!(vault.is_halted(&case(0)) && !vault.may_open(&case(0)));
    drop(vault);
    let ground = Ground { _temp: new_computer, dir: into.clone() };
    let vault = ground.open();
    let verdict = vault.verify(|_| {}).unwrap();
    assert!(verdict.holds(), "{verdict:?}");
    assert_eq!(
        (verdict.left_out, verdict.unread_files),
        (2, 1),
        "the picture and the volume; the record in words stays"
    );
    assert!(matches!(vault.read_file_of(&case(0), &Hash::of(PICTURE)), Err(StoreError::Halted)));
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        vault.state.connection.query_row(&sql, (), |row| row.get::<_, u64>(0)).unwrap()
    };
    assert_eq!((count("exhibit_file"), count("document")), (0, 1));
    let told = vault.events(&case(0)).unwrap();
    assert!(told.iter().any(|told| matches!(told.event, Event::ExhibitsLeftOut { .. }) && told.by == person(3)));
    assert_eq!(
        vault.get_document(&case(0), &Hash::of(b"placeholder record"), None).unwrap().bytes(),
        b"placeholder record"
    );
    // Under the encryption, not even the sealed bytes are in the file; in the backup they are.
    let (sealed, key) = (sealed_picture(&backed), vault.state.data_key.clone());
    drop(vault);
    assert!(holds(&plain_pages(&backed.made.folder.join("ledger.db"), &key), &sealed));
    assert!(!holds(&plain_pages(&into.join("ledger.db"), &key), &sealed));
}

/// The picture as the database holds it.
fn sealed_picture(backed: &Backed) -> Vec<u8> {
    let vault = backed.ground.open();
    let sql = "SELECT sealed FROM exhibit_file";
    vault.state.connection.query_row(sql, (), |row| row.get(0)).unwrap()
}

#[test]
fn a_restore_that_does_not_finish_leaves_nothing() {
    let backed = Backed::new();
    let new_computer = tempfile::tempdir().unwrap();
    let into = new_computer.path().join("store");
    let [one, two] = codes();
    let open = || backed.read().unwrap().open(&one, &two, &into, &Dice);
    let nothing = || {
        assert!(!into.exists());
        nothing_but(new_computer.path(), "");
    };
    drop(open().unwrap());
    nothing();
    let wrong = open().unwrap().finish(&person(0), &pass(1), &[], &[restored()], AT, &Dice);
    assert!(matches!(wrong, Err(StoreError::WrongPassphrase { .. })));
    nothing();
    for events in [vec![], vec![halted()], vec![left_out()], vec![halted(), left_out(), note("more")]] {
        let wrong = open().unwrap().finish(&person(0), &pass(0), &[(case(0), events)], &[], AT, &Dice);
        assert!(matches!(wrong, Err(StoreError::BadStart { .. })));
        nothing();
    }
    let unknown = vec![(case(7), vec![halted(), left_out()])];
    let wrong = open().unwrap().finish(&person(0), &pass(0), &unknown, &[], AT, &Dice);
    assert!(matches!(wrong, Err(StoreError::NotAdmitted)));
    nothing();
    let wrong = backed.read().unwrap().open(&one, &one, &into, &Dice);
    assert!(matches!(wrong, Err(StoreError::WrongCodes)));
    nothing();
    let copied = new_computer.path().join("Dropbox").join("store");
    assert!(matches!(backed.read().unwrap().open(&one, &two, &copied, &Dice), Err(StoreError::Synced { .. })));
    nothing();
    // Over a store that is there: refused, and it stays as it was.
    let there = files_in(&backed.ground.dir);
    let wrong = backed.read().unwrap().open(&one, &two, &backed.ground.dir, &Dice);
    assert!(matches!(wrong, Err(StoreError::AlreadyThere)));
    assert_eq!(files_in(&backed.ground.dir), there);
}
