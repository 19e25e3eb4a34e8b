//! Heads in the keychain: as the record goes on, without anybody waiting, and for practice too.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::school::{School, copy};
use trail_app::wire::Answer;

/// Longest that a head may take on its way.
const ON_ITS_WAY: Duration = Duration::from_secs(20);

/// The head that the keychain keeps: the number of an entry and its hash.
fn kept(school: &School) -> Option<Vec<u8>> {
    let held = school.held.lock().unwrap();
    held.iter().find(|(name, _)| name.ends_with("/head")).map(|(_, kept)| kept.clone())
}

fn head(school: &School) -> Vec<u8> {
    let (seq, hash) = school.app.head().unwrap();
    [&seq.0.to_be_bytes()[..], &hash.bytes()[..]].concat()
}

fn comes_to_be_kept(school: &School) -> bool {
    let until = Instant::now() + ON_ITS_WAY;
    while kept(school) != Some(head(school)) {
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    true
}

#[test]
fn halt_is_anchored_and_does_not_wait_for_the_keychain() {
    let mut school = School::new().both();
    let case = school.open_case(None);
    let before = kept(&school);
    let slow = Arc::clone(&school.slow);
    let silent = slow.lock().unwrap();
    // Would it wait, this would not end: the keychain answers nobody now.
    assert!(matches!(school.app.halt(Some(&case)).unwrap(), Some(Answer::Halted { .. })));
    assert_eq!(kept(&school), before);
    drop(silent);
    assert!(comes_to_be_kept(&school), "HALT came to no anchor");
}

#[test]
fn what_is_added_is_anchored_without_a_lock() {
    let mut school = School::new().both();
    school.open_case(None);
    assert_ne!(kept(&school), Some(head(&school)));
    school.app.note_head();
    assert!(comes_to_be_kept(&school));
}

#[test]
fn an_entry_cut_off_after_halt_is_missed_although_nobody_locked() {
    let school = School::new().both();
    let mut school = school;
    let case = school.open_case(None);
    school.app.lock();
    school.sign_in(0);
    let before = school.dir.path().join("before");
    copy(&school.store(), &before);
    school.app.halt(Some(&case)).unwrap();
    assert!(comes_to_be_kept(&school));
    // The process ends without a lock, and the files of before HALT are put back.
    let mut school = school.again(|dir| {
        fs::remove_dir_all(dir.join("store")).unwrap();
        copy(&dir.join("before"), &dir.join("store"));
    });
    school.sign_in(0);
    assert!(school.app.view().broken_anchor.is_some(), "a HALT was cut off, and nobody was told");
}

#[test]
fn practice_keeps_its_head_under_a_name_of_its_own() {
    let mut school = School::new();
    let real = kept(&school);
    school.app.begin_practice().unwrap();
    let passphrase = school.app.view().practice_passphrase.unwrap();
    let jo = school.id(0);
    school.app.sign_in(&jo, &passphrase).unwrap();
    school.app.lock();
    copy(&school.dir.path().join("practice"), &school.dir.path().join("old"));
    school.app.sign_in(&jo, &passphrase).unwrap();
    let named: Vec<String> = school.held.lock().unwrap().keys().cloned().collect();
    let practice: Vec<&String> = named.iter().filter(|name| name.starts_with("practice/")).collect();
    assert_eq!(practice.len(), 1, "{named:?}");
    assert!(school.app.check_record().unwrap().anchor.contains("goes on from where it ended"));
    school.app.lock();
    // Rehearsed as in earnest: an old copy is put back, and told.
    let mut school = school.again(|dir| {
        fs::remove_dir_all(dir.join("practice")).unwrap();
        copy(&dir.join("old"), &dir.join("practice"));
    });
    school.app.begin_practice().unwrap();
    school.app.sign_in(&jo, &passphrase).unwrap();
    assert!(school.app.view().broken_anchor.is_some());
    school.app.leave_practice();
    school.sign_in(0);
    assert!(school.app.view().broken_anchor.is_none(), "the school's own record is not touched by practice");
    assert!(kept(&school).is_some() && real.is_some());
}
