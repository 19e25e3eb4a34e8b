//! Reading a store without touching it, as the police read their image of the disk.

#[cfg(unix)]
use std::process::{Command, Stdio};
use std::time::SystemTime;

use super::*;
use crate::ledger::verify::FaultKind;
use crate::read_only;

/// Everything that can be seen of a folder from outside.
fn seen(dir: &Path) -> Vec<(OsString, u64, SystemTime, Hash)> {
    let mut seen: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let about = entry.metadata().unwrap();
            let hash = Hash::of(&fs::read(entry.path()).unwrap());
            (entry.file_name(), about.len(), about.modified().unwrap(), hash)
        })
        .collect();
    seen.sort();
    seen.push((OsString::from("."), 0, fs::metadata(dir).unwrap().modified().unwrap(), Hash::of(b"")));
    seen
}

fn reads_all(dir: &Path, scratch: &Path) {
    let [one, two] = codes();
    let store = read_only(dir, &two, &one, scratch).unwrap();
    assert_eq!((store.school(), store.people().len(), store.is_practice()), ("Hollybrook School", 4, false));
    assert_eq!(store.cases().unwrap(), [case(0)]);
    let verdict = store.verify(|_| {}).unwrap();
    assert!(verdict.holds() && verdict.files == 3, "{verdict:?}");
    assert_eq!(store.head().unwrap(), verdict.head);
    assert!(matches!(store.store_events().unwrap()[0].event, Event::StoreMade { .. }));
    assert!(store.events(&case(0)).unwrap().iter().any(|told| matches!(told.event, Event::NoteAdded { .. })));
    let files = store.files(&case(0)).unwrap();
    assert_eq!(files.len(), 3);
    assert_eq!((files[0].media_type.as_str(), files[0].bytes), ("image/png", PICTURE.len() as u64));
    assert_eq!(store.read_file(&case(0), &files[0].sha256).unwrap().bytes(), PICTURE);
    assert_eq!(store.read_file(&case(0), &files[1].sha256).unwrap().bytes(), b"placeholder volume");
    assert!(matches!(store.read_file(&case(0), &Hash::of(b"none")), Err(StoreError::NoFile)));
    assert!(matches!(store.events(&case(5)), Err(StoreError::NotAdmitted)));
}

#[test]
fn a_store_that_was_closed_is_read_where_it_lies() {
    let ground = Ground::new();
    drop(worked_case(&ground));
    let scratch = tempfile::tempdir().unwrap();
    assert!(!ground.dir.join("ledger.db-wal").exists());
    let before = seen(&ground.dir);
    reads_all(&ground.dir, &scratch.path().join("not there: nothing is copied"));
    assert_eq!(seen(&ground.dir), before);
}

#[test]
fn a_rule_that_was_taken_away_is_a_finding_and_the_rest_is_read() {
    let ground = Ground::new();
    let vault = worked_case(&ground);
    let key = vault.state.data_key.clone();
    drop(vault);
    drop(ground.intruder(&key).triggers.remove(0));
    let scratch = tempfile::tempdir().unwrap();
    let [one, two] = codes();
    let store = read_only(&ground.dir, &one, &two, scratch.path()).unwrap();
    let verdict = store.verify(|_| {}).unwrap();
    assert_eq!(verdict.faults.iter().map(|fault| fault.what).collect::<Vec<_>>(), [FaultKind::OtherRules]);
    assert_eq!(store.files(&case(0)).unwrap().len(), 3);
}

#[test]
fn what_is_in_the_log_is_read_from_a_copy() {
    let ground = Ground::new();
    let vault = worked_case(&ground);
    // As after a power cut: the folder while the log is full.
    let cut = Ground::of(&files_in(&ground.dir).into_iter().filter(|(name, _)| name != "ledger.db-shm").collect());
    drop(vault);
    assert!(fs::metadata(cut.dir.join("ledger.db-wal")).unwrap().len() > 0);
    let scratch = tempfile::tempdir().unwrap();
    let before = seen(&cut.dir);
    reads_all(&cut.dir, scratch.path());
    assert_eq!(seen(&cut.dir), before);
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0, "the copy goes away");
    let [one, two] = codes();
    let answer = read_only(&cut.dir, &one, &two, &scratch.path().join("absent"));
    assert!(matches!(answer, Err(StoreError::Io { .. })));
}

#[cfg(unix)]
#[test]
fn a_medium_that_takes_no_writing_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let ground = Ground::new();
    drop(worked_case(&ground));
    let scratch = tempfile::tempdir().unwrap();
    fs::set_permissions(&ground.dir, fs::Permissions::from_mode(0o500)).unwrap();
    let before = seen(&ground.dir);
    reads_all(&ground.dir, scratch.path());
    assert_eq!(seen(&ground.dir), before);
    fs::set_permissions(&ground.dir, fs::Permissions::from_mode(0o700)).unwrap();
    // Root may write in spite of that: a mount that nobody may write to.
    let image = scratch.path().join("image % ? of a disk");
    fs::create_dir(&image).unwrap();
    let run = |command: &mut Command| command.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !run(Command::new("mount").arg("--bind").arg(&ground.dir).arg(&image)) {
        return;
    }
    let is_closed = run(Command::new("mount").args(["-o", "remount,bind,ro"]).arg(&image));
    let answer = std::panic::catch_unwind(|| {
        assert!(is_closed && fs::write(image.join("x"), "x").is_err());
        reads_all(&image, scratch.path());
    });
    run(Command::new("umount").arg(&image));
    answer.unwrap();
}

#[test]
fn a_halted_cases_pictures_are_listed_and_never_read() {
    for noted_only in [false, true] {
        let ground = Ground::new();
        let mut vault = worked_case(&ground);
        if noted_only {
            vault.grounds.note_halt(&case(0), AT);
        } else {
            vault.append(Some(&case(0)), &[halted()], AT, &Signer::Person(&person(0)), &Dice).unwrap();
        }
        drop(vault);
        let scratch = tempfile::tempdir().unwrap();
        let [one, two] = codes();
        let store = read_only(&ground.dir, &one, &two, scratch.path()).unwrap();
        assert!(store.is_halted(&case(0)));
        let files = store.files(&case(0)).unwrap();
        assert_eq!(files.iter().map(|file| file.readable).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(files[0].sha256, Hash::of(PICTURE));
        for file in &files {
            let answer = store.read_file(&case(0), &file.sha256);
            assert_eq!(answer.is_ok(), file.readable);
            assert!(file.readable || matches!(answer, Err(StoreError::Halted)));
        }
        let verdict = store.verify(|_| {}).unwrap();
        assert!(verdict.holds() && verdict.unread_files == 3 && verdict.files == 0, "{verdict:?}");
    }
}

#[test]
fn what_is_no_store_or_damaged_is_told_apart() {
    let scratch = tempfile::tempdir().unwrap();
    let [one, two] = codes();
    let why = |dir: &Path, one: &RecoveryCode| read_only(dir, one, &two, scratch.path()).map(|_| ()).unwrap_err();
    assert!(matches!(why(scratch.path(), &one), StoreError::NotOurs { .. }));
    let ground = Ground::new();
    assert!(matches!(why(&ground.dir, &two), StoreError::WrongCodes));
    let path = ground.dir.join("ledger.db");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 16384]).unwrap();
    assert!(matches!(why(&ground.dir, &one), StoreError::Cut { .. }));
    let mut flipped = whole.clone();
    flipped[3] ^= 1;
    fs::write(&path, flipped).unwrap();
    assert!(matches!(why(&ground.dir, &one), StoreError::Damaged { .. }));
    let before = seen(&ground.dir);
    let _ = why(&ground.dir, &one);
    assert_eq!(seen(&ground.dir), before);
}

#[test]
fn a_store_of_version_1_is_read_from_a_copy_that_is_brought_to_this_version() {
    let database = include_bytes!("../../../fixtures/v1/ledger.db");
    let keys = include_bytes!("../../../fixtures/v1/keys.json");
    let ground = Ground::of(&vec![("ledger.db".into(), database.to_vec()), ("keys.json".into(), keys.to_vec())]);
    let scratch = tempfile::tempdir().unwrap();
    let before = seen(&ground.dir);
    let [one, two] = ["R3HR-15PP-4Z92-P11H-S7Z9-E0NV-0E63-BEW5-FKS1", "JSJM-FKX0-74V4-7VNH-68CE-TSJ6-PMC7-CWJF-QN5R"]
        .map(|code| RecoveryCode::parse(code).unwrap());
    let store = read_only(&ground.dir, &one, &two, scratch.path()).unwrap();
    let verdict = store.verify(|_| {}).unwrap();
    assert!(verdict.holds() && verdict.entries == 15 && verdict.files == 2, "{verdict:?}");
    assert_eq!(store.events(&case(0)).unwrap().len(), 5);
    drop(store);
    assert_eq!(seen(&ground.dir), before);
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
}
