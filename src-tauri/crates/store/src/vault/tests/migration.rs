//! The store of version 1 that is kept as a fixture, brought to this version; stopped at each step on the way.

use std::sync::atomic::AtomicBool;

use super::*;
use crate::database::pages::Sums;
use crate::vault::migrate::Step;
use crate::vault::people::Warrant;

const DATABASE: &[u8] = include_bytes!("../../../fixtures/v1/ledger.db");
const KEYS: &[u8] = include_bytes!("../../../fixtures/v1/keys.json");
const CODES: [&str; 2] =
    ["R3HR-15PP-4Z92-P11H-S7Z9-E0NV-0E63-BEW5-FKS1", "JSJM-FKX0-74V4-7VNH-68CE-TSJ6-PMC7-CWJF-QN5R"];
const HEAD: &str = "fc657d12424511b3aeaf2fdf66f2d87713d709aa1163050ebea633e534c310ad";
const PICTURE: &str = "89504e470d0a1a0a0000000d4948445200000004000000040802000000269309290000001049444154";

fn old() -> Ground {
    Ground::of(&vec![("ledger.db".into(), DATABASE.to_vec()), ("keys.json".into(), KEYS.to_vec())])
}

fn open(ground: &Ground, number: u8) -> Vault<Open> {
    ground.locked().unlock(&person(number), &pass(number), None).map_err(|(_, error)| error).unwrap()
}

fn version_of(ground: &Ground) -> String {
    let text = fs::read_to_string(ground.dir.join("keys.json")).unwrap();
    text.lines().find(|line| line.contains("\"version\"")).unwrap().trim().to_owned()
}

/// Everything that was there is there, holds, and can be gone on with.
fn works(ground: &Ground) {
    let mut vault = open(ground, 1);
    assert_eq!(version_of(ground), "\"version\": 2,");
    let head = (Seq(15), serde_json::from_value::<Hash>(HEAD.into()).unwrap());
    assert!(vault.compare(head).is_ok());
    assert_eq!(vault.cases().unwrap(), [case(0)]);
    let events = vault.events(&case(0)).unwrap();
    assert_eq!(events.len(), 5);
    assert_eq!(events[1].event, note("one"));
    let Event::ExhibitKept { exhibit, .. } = &events[3].event else { panic!("no exhibit") };
    let picture = vault.read_file_of(&case(0), &exhibit.files[0].sha256).unwrap();
    assert!(hex::encode(picture.bytes()).starts_with(PICTURE));
    let record = Hash::of(b"placeholder record");
    assert_eq!(vault.get_document(&case(0), &record, None).unwrap().bytes(), b"placeholder record");
    vault.append(Some(&case(0)), &[note("three")], AT, &Signer::Person(&person(1)), &Dice).unwrap();
    vault.join(&person(2), &pass(2), None).unwrap();
    assert_eq!(**vault.authority_key(&Warrant::TwoPeople).unwrap(), [0xa0; 138]);
    let held: u64 = vault.state.connection.query_row("SELECT count(*) FROM held_key", (), |row| row.get(0)).unwrap();
    assert_eq!(held, 0, "nobody opens the authority's key alone any more");
    assert!(vault.verify(|_| {}).unwrap().holds());
    let (path, key) = (ground.dir.join("ledger.db"), vault.state.data_key.clone());
    assert_eq!(Sums::of(&path, &key), Some(Sums::Sha512), "a file keeps the sums that it was made with");
    let checker = vault.checker().unwrap();
    assert!(checker.run(&AtomicBool::new(false), |_| {}).unwrap().holds());
    assert_eq!(**vault.form_key(&person(2), &pass(2), None).unwrap(), [2; 138]);
    drop(vault);
    for number in 0..3 {
        assert_eq!(open(ground, number).events(&case(0)).unwrap().len(), 6);
    }
    let [one, two] = CODES.map(|code| RecoveryCode::parse(code).unwrap());
    let (locked, error) = ground.locked().open_with_recovery(&one, &one).unwrap_err();
    assert!(matches!(error, StoreError::WrongCodes));
    let vault = locked.open_with_recovery(&two, &one).map_err(|(_, error)| error).unwrap();
    assert_eq!(vault.events(&case(0)).unwrap().len(), 6);
    assert_eq!(**vault.authority_key(&Warrant::Codes(&one, &two)).unwrap(), [0xa0; 138]);
}

#[test]
fn a_store_of_version_1_is_brought_to_this_version() {
    let ground = old();
    let vault = open(&ground, 0);
    assert_eq!(vault.migrated(), Some((1, 2)));
    assert_eq!(vault.head().unwrap().unwrap().0, Seq(15));
    drop(vault);
    works(&ground);
}

#[test]
fn the_codes_bring_it_to_this_version_as_well() {
    let ground = old();
    let [one, two] = CODES.map(|code| RecoveryCode::parse(code).unwrap());
    drop(ground.locked().open_with_recovery(&one, &two).map_err(|(_, error)| error).unwrap());
    works(&ground);
}

#[test]
fn a_migration_that_stops_anywhere_goes_on_at_the_next_sign_in() {
    for stop in [Step::Copied, Step::Led, Step::KeyFileMade] {
        let ground = old();
        let mut locked = ground.locked();
        let (keys, _) = locked.grounds.open_slot(&person(0), &pass(0), None).unwrap();
        let mut seen = false;
        let stopped = Open::start(&mut locked.grounds, &keys, None, &mut |step| {
            seen |= step == stop;
            if step == stop { Err(StoreError::DiskFull) } else { Ok(()) }
        });
        assert!(seen && stopped.is_err(), "{stop:?}");
        drop((stopped, locked));
        assert_eq!(open(&ground, 2).migrated(), Some((1, 2)), "{stop:?}");
        works(&ground);
    }
}

#[test]
fn a_first_page_that_was_half_written_is_taken_from_the_log_whatever_its_sums() {
    let ground = old();
    let keys = ground.locked().grounds.open_slot(&person(0), &pass(0), None).unwrap().0;
    let connection = crate::database::open(&ground.dir.join("ledger.db"), &keys[0].data).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    let mut database = fs::read(ground.dir.join("ledger.db")).unwrap();
    let log = fs::read(ground.dir.join("ledger.db-wal")).unwrap();
    assert!(log.len() > 16384, "the log holds the first page");
    drop(connection);
    database[8192..16384].fill(0);
    let torn = vec![("ledger.db".into(), database), ("ledger.db-wal".into(), log), ("keys.json".into(), KEYS.to_vec())];
    let torn = Ground::of(&torn);
    assert_eq!(Sums::of(&torn.dir.join("ledger.db"), &keys[0].data), None);
    assert_eq!(open(&torn, 0).migrated(), Some((1, 2)));
    works(&torn);
}

#[test]
fn the_copy_made_before_opens_and_goes_when_the_migration_is_recorded() {
    let ground = old();
    drop(open(&ground, 0));
    let copy = Ground::of(&vec![
        ("ledger.db".into(), fs::read(ground.dir.join("before-v2.db")).unwrap()),
        ("keys.json".into(), fs::read(ground.dir.join("before-v2.keys.json")).unwrap()),
    ]);
    assert_eq!(fs::read(copy.dir.join("keys.json")).unwrap(), KEYS);
    works(&copy);
    let mut vault = open(&ground, 0);
    assert_eq!(vault.migrated(), Some((1, 2)), "until it is recorded");
    vault.append(None, &[Event::Migrated { from: 1, to: 2 }], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    drop(vault);
    assert_eq!(open(&ground, 1).migrated(), None);
    let left: Vec<_> = files_in(&ground.dir).into_iter().map(|(name, _)| name.into_string().unwrap()).collect();
    assert!(left.iter().all(|name| !name.starts_with("before")), "{left:?}");
}

#[test]
fn what_version_1_said_in_clear_still_cannot_be_changed() {
    let ground = old();
    drop(open(&ground, 0));
    let text = fs::read_to_string(ground.dir.join("keys.json")).unwrap();
    fs::write(ground.dir.join("keys.json"), text.replacen("\"standing\": \"senior\"", "\"standing\": \"head\"", 1))
        .unwrap();
    let (_, error) = ground.locked().unlock(&person(0), &pass(0), None).unwrap_err();
    assert!(matches!(error, StoreError::WrongPassphrase { .. }));
}
