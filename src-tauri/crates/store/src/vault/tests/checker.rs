//! The check behind the work: the same verdict as the one in front, at one moment, and it stops.

use std::sync::atomic::AtomicBool;
use std::thread;

use super::*;
use crate::database::{self, pages};
use crate::ledger::verify::FaultKind;
use crate::{CheckPart, Checker};

fn go_on() -> AtomicBool {
    AtomicBool::new(false)
}

#[test]
fn it_checks_what_was_there_when_it_began_while_work_goes_on() {
    let ground = Ground::new();
    let mut vault = worked_case(&ground);
    let (head, whole) = (vault.head().unwrap(), vault.verify(|_| {}).unwrap());
    let checker = vault.checker().unwrap();
    let mut parts = Vec::new();
    let verdict = checker.run(&go_on(), |step| {
        assert!(step.done <= step.of);
        if parts.last() != Some(&step.what) {
            parts.push(step.what);
        }
        if step.what == CheckPart::Structure && step.done == 0 {
            vault.append(Some(&case(0)), &[note("meanwhile")], AT, &Signer::Person(&person(0)), &Dice).unwrap();
        }
    });
    let verdict = verdict.unwrap();
    assert_eq!(verdict, whole);
    assert_eq!(verdict.head, head);
    assert_ne!(vault.head().unwrap(), head);
    assert_eq!(parts, [CheckPart::Pages, CheckPart::Structure, CheckPart::Entries, CheckPart::Files]);
}

#[test]
fn it_stops_wherever_it_is() {
    let ground = Ground::new();
    let vault = worked_case(&ground);
    for at in [CheckPart::Pages, CheckPart::Structure, CheckPart::Entries, CheckPart::Files] {
        let stop = go_on();
        let checker: Checker = vault.checker().unwrap();
        let answer = checker.run(&stop, |step| {
            if step.what == at {
                stop.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        });
        // The last step of all is behind everything that could stop.
        assert!(matches!(answer, Err(StoreError::Stopped)) || at == CheckPart::Files, "{at:?}: {answer:?}");
    }
    let stop = AtomicBool::new(true);
    let checker = vault.checker().unwrap();
    let answer = thread::scope(|scope| scope.spawn(|| checker.run(&stop, |_| {})).join().unwrap());
    assert!(matches!(answer, Err(StoreError::Stopped)));
}

#[test]
fn a_flipped_bit_in_any_page_is_found_by_both_checks_of_pages() {
    let ground = Ground::new();
    let vault = worked_case(&ground);
    let key = vault.state.data_key.clone();
    drop(vault);
    let path = ground.dir.join("ledger.db");
    let whole = fs::read(&path).unwrap();
    let sealed = |on: &mut Vec<u64>| pages::are_sealed(&path, &key, &go_on(), |done, _| on.push(done)).unwrap();
    let mut steps = Vec::new();
    assert!(sealed(&mut steps));
    assert_eq!(steps.last(), Some(&(whole.len() as u64 / 16384)));
    assert!(pages::hold(&database::open_unwritten(&path, &key).unwrap()).unwrap());
    for page in 0..whole.len() / 16384 {
        let mut flipped = whole.clone();
        flipped[page * 16384 + 5000 + page] ^= 4;
        fs::write(&path, flipped).unwrap();
        assert!(!sealed(&mut Vec::new()), "page {page}");
        // SQLCipher's own check agrees, where the file can be opened at all.
        if let Ok(connection) = database::open_unwritten(&path, &key) {
            assert!(!pages::hold(&connection).unwrap(), "page {page}");
        }
    }
    let mut cut = whole.clone();
    cut.truncate(whole.len() - 1);
    fs::write(&path, cut).unwrap();
    assert!(!sealed(&mut Vec::new()));
}

#[test]
fn pages_that_do_not_hold_are_in_its_verdict() {
    let ground = Ground::new();
    let vault = worked_case(&ground);
    let checker = vault.checker().unwrap();
    // A free page far behind: nobody reads it in the course of the work.
    let path = ground.dir.join("ledger.db");
    vault.state.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.len() - 100;
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();
    let verdict = checker.run(&go_on(), |_| {}).unwrap();
    assert!(verdict.faults.iter().any(|fault| fault.what == FaultKind::BadPages), "{verdict:?}");
}

#[test]
fn what_is_folded_in_a_quiet_moment_stands_in_the_file_itself() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let big = vec![7; 3 << 20];
    put(&mut vault, DocumentKind::Record, &big).unwrap();
    assert!(vault.fold_log().unwrap() >= 192, "3 MiB are 192 pages");
    assert_eq!(vault.fold_log().unwrap(), 0, "there is nothing left to fold");
    vault.append(Some(&case(0)), &[note("a few pages")], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    assert_eq!(vault.fold_log().unwrap(), 0, "a few pages are not worth it");
    let key = vault.state.data_key.clone();
    let alone = tempfile::tempdir().unwrap();
    let copy = alone.path().join("ledger.db");
    fs::copy(ground.dir.join("ledger.db"), &copy).unwrap();
    let connection = database::open_unwritten(&copy, &key).unwrap();
    let kept: u64 = connection.query_row("SELECT max(length(sealed)) FROM document", (), |row| row.get(0)).unwrap();
    assert!(kept > 3 << 20);
}

#[test]
fn new_files_have_the_sums_that_are_quick_here() {
    let ground = Ground::new();
    let vault = ground.reviewing();
    let key = vault.state.data_key.clone();
    assert_eq!(pages::Sums::of(&ground.dir.join("ledger.db"), &key), Some(pages::Sums::Sha256));
    let medium = tempfile::tempdir().unwrap();
    let about = crate::BackupAbout { serial: 1, at: AT };
    let made = vault.back_up(medium.path(), &about, &Dice, &go_on(), &mut |_| {}).unwrap();
    assert_eq!(pages::Sums::of(&made.folder.join("ledger.db"), &key), Some(pages::Sums::Sha256));
}
