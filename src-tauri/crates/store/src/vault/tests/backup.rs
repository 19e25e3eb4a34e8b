//! Backups: whole or not there, opened by nobody else, and none while a case is halted.

use super::*;
use crate::{BackupAbout, BackupFolder, BackupMade, BackupStep};

pub(super) const ABOUT: BackupAbout = BackupAbout { serial: 3, at: AT };

/// A store with a case in it, backed up.
pub(super) struct Backed {
    pub(super) ground: Ground,
    medium: TempDir,
    pub(super) made: BackupMade,
}

impl Backed {
    pub(super) fn new() -> Self {
        let ground = Ground::new();
        let vault = worked_case(&ground);
        let medium = tempfile::tempdir().unwrap();
        let made = vault.back_up(medium.path(), &ABOUT, &Dice, &AtomicBool::new(false), &mut |_| {}).unwrap();
        Self { ground, medium, made }
    }

    pub(super) fn read(&self) -> Result<BackupFolder, StoreError> {
        BackupFolder::read(&self.made.folder)
    }
}

fn names_in(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_one_folder_with_four_files_and_nothing_in_clear() {
    let ground = Ground::new();
    let vault = worked_case(&ground);
    let medium = tempfile::tempdir().unwrap();
    let mut steps = Vec::new();
    let made =
        vault.back_up(medium.path(), &ABOUT, &Dice, &AtomicBool::new(false), &mut |step| steps.push(step)).unwrap();
    assert_eq!(made.name, "Evidence Trail backup 3 2026-11-18");
    assert_eq!(names_in(medium.path()), [made.name.as_str()]);
    assert_eq!(names_in(&made.folder), ["READ ME.txt", "backup.json", "keys.json", "ledger.db"]);
    assert_eq!(Some(made.head), vault.head().unwrap());
    assert_eq!(made.entries, made.head.0.0);
    let size = |name: &str| fs::metadata(made.folder.join(name)).unwrap().len();
    assert_eq!(made.bytes, size("ledger.db") + size("keys.json"));
    assert!(matches!(steps[0], BackupStep::Copying { .. }));
    let copied = steps.iter().rfind(|step| matches!(step, BackupStep::Copying { .. })).unwrap();
    assert!(matches!(copied, BackupStep::Copying { done, of } if done == of && *of > 0));
    assert!(steps.contains(&BackupStep::CheckingPages));
    assert!(steps.iter().any(|step| matches!(step, BackupStep::Checking { done, of } if done == of)));
    assert_eq!(steps.last(), Some(&BackupStep::Finishing));
    for (name, bytes) in files_in(&made.folder) {
        for canary in [PICTURE, b"SQLite format 3", b"A report", b"placeholder volume", case(0).as_str().as_bytes()] {
            assert!(!holds(&bytes, canary), "{name:?}");
        }
    }
    let read = BackupFolder::read(&made.folder).unwrap();
    assert_eq!((read.about().serial, read.about().made, read.about().head), (3, AT, made.head));
    assert_eq!((read.about().school.as_str(), read.people().len()), ("Hollybrook School", 4));
    // The same again is refused, and the first one stands.
    assert!(matches!(
        vault.back_up(medium.path(), &ABOUT, &Dice, &AtomicBool::new(false), &mut |_| {}),
        Err(StoreError::AlreadyThere)
    ));
    assert_eq!(names_in(medium.path()), [made.name]);
}

#[test]
fn none_is_made_while_any_case_is_halted_hidden_ones_too() {
    let ground = Ground::new();
    let mut vault = worked_case(&ground);
    vault.open_case(&case(1), &[person(1)], AT, &person(1), &[note("hidden from Jo")], &Dice).unwrap();
    vault.append(Some(&case(1)), &[halted()], AT, &Signer::Person(&person(1)), &Dice).unwrap();
    drop(vault);
    let vault = ground.open();
    assert!(!vault.may_open(&case(1)));
    let medium = tempfile::tempdir().unwrap();
    assert!(matches!(
        vault.back_up(medium.path(), &ABOUT, &Dice, &AtomicBool::new(false), &mut |_| {}),
        Err(StoreError::Halted)
    ));
    assert_eq!(names_in(medium.path()), [""; 0]);
}

#[test]
fn a_copy_that_does_not_hold_never_gets_its_name() {
    // Each: what happens to the copy between two steps.
    type Break = fn(&Path);
    let breaks: [(&str, Break); 3] = [
        ("a flipped bit", |partial| {
            let path = partial.join("ledger.db");
            let mut bytes = fs::read(&path).unwrap();
            let at = bytes.len() - 7000;
            bytes[at] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
        ("cut", |partial| {
            let path = partial.join("ledger.db");
            let bytes = fs::read(&path).unwrap();
            fs::write(path, &bytes[..bytes.len() - 16384]).unwrap();
        }),
        ("the stick is pulled", |partial| fs::remove_dir_all(partial).unwrap()),
    ];
    for (name, breaks) in breaks {
        let ground = Ground::new();
        let mut vault = worked_case(&ground);
        // The last pages are free: nobody reads them, and only their checksums tell.
        vault.put_draft(&person(0), "long", &"words ".repeat(60_000), &Dice).unwrap();
        vault.drop_draft(&person(0), "long").unwrap();
        let medium = tempfile::tempdir().unwrap();
        let dir = medium.path().to_owned();
        let answer = vault.back_up(&dir, &ABOUT, &Dice, &AtomicBool::new(false), &mut |step| {
            assert_eq!(names_in(&dir).len(), 1);
            assert!(names_in(&dir)[0].starts_with(".partial-"), "{name}: it has its name already");
            if step == BackupStep::CheckingPages {
                breaks(&dir.join(&names_in(&dir)[0]));
            }
        });
        assert!(answer.is_err(), "{name}");
        assert_eq!(names_in(&dir), [""; 0], "{name}");
    }
}

#[test]
fn a_backup_that_is_told_to_stop_goes_no_further_and_leaves_nothing() {
    let ground = Ground::new();
    let mut vault = worked_case(&ground);
    // More than is copied at a time.
    vault.put_draft(&person(0), "long", &"words ".repeat(600_000), &Dice).unwrap();
    let at = ["copying", "checking pages", "checking", "finishing"];
    let name_of = |step: &BackupStep| match step {
        BackupStep::Copying { .. } => at[0],
        BackupStep::CheckingPages => at[1],
        BackupStep::Checking { .. } => at[2],
        BackupStep::Finishing => at[3],
    };
    for name in at {
        let is_at = |step: &BackupStep| name_of(step) == name;
        let medium = tempfile::tempdir().unwrap();
        let stop = AtomicBool::new(false);
        let mut steps = Vec::new();
        let answer = vault.back_up(medium.path(), &ABOUT, &Dice, &stop, &mut |step| {
            stop.store(stop.load(Ordering::SeqCst) || is_at(&step), Ordering::SeqCst);
            steps.push(step);
        });
        assert!(matches!(answer, Err(StoreError::Stopped)), "{name}: {answer:?}");
        let at = steps.iter().position(is_at).unwrap();
        let unlike_it = steps[at..].iter().filter(|step| !is_at(step)).count();
        assert_eq!(unlike_it, 0, "{name}: it went on to {:?}", steps.last());
        assert!(name != "copying" || steps.len() == 1, "{name}: {steps:?}");
        assert_eq!(names_in(medium.path()), [""; 0], "{name}");
    }
}

#[test]
fn a_record_that_does_not_hold_is_not_backed_up() {
    let ground = Ground::new();
    let vault = worked_case(&ground);
    let key = vault.state.data_key.clone();
    drop(vault);
    ground.intruder(&key).execute("UPDATE entry SET at = at + 1 WHERE seq = 1", ()).unwrap();
    let [one, two] = codes();
    let vault = ground.locked().open_with_recovery(&one, &two).map_err(|(_, error)| error).unwrap();
    let medium = tempfile::tempdir().unwrap();
    let answer = vault.back_up(medium.path(), &ABOUT, &Dice, &AtomicBool::new(false), &mut |_| {});
    assert!(matches!(answer, Err(StoreError::BadBackup { .. })), "{answer:?}");
    assert_eq!(names_in(medium.path()), [""; 0]);
}

#[test]
fn a_backup_that_was_touched_is_not_opened() {
    let backed = Backed::new();
    let whole = files_in(&backed.made.folder);
    let [one, two] = codes();
    let into = backed.medium.path().join("new store");
    let opened = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        for (file, bytes) in &whole {
            let mut bytes = bytes.clone();
            if file == name {
                change(&mut bytes);
            }
            fs::write(backed.made.folder.join(file), bytes).unwrap();
        }
        let answer = backed.read().and_then(|folder| folder.open(&one, &two, &into, &Dice));
        assert!(!into.exists());
        answer.map(|_| ())
    };
    opened("", &|_| {}).unwrap();
    for at in [20, 5000, 40_000] {
        let answer = opened("ledger.db", &|bytes| bytes[at] ^= 1);
        assert!(matches!(answer, Err(StoreError::BadBackup { .. })), "{at}: {answer:?}");
    }
    let answer = opened("ledger.db", &|bytes| bytes.truncate(bytes.len() - 1));
    assert!(matches!(answer, Err(StoreError::BadBackup { .. })));
    let edit = |from: &'static str, to: &'static str| {
        move |bytes: &mut Vec<u8>| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert!(text.contains(from), "{from}");
            *bytes = text.replacen(from, to, 1).into();
        }
    };
    for (from, to) in
        [("\"serial\": 3", "\"serial\": 4"), ("Hollybrook School", "Hollybrook Schule"), ("false", "true")]
    {
        let answer = opened("backup.json", &edit(from, to));
        assert!(matches!(answer, Err(StoreError::BadBackup { .. })), "{from}: {answer:?}");
    }
    let answer = opened("keys.json", &edit("Jo Stirling", "Jo Stirlink"));
    assert!(matches!(answer, Err(StoreError::BadBackup { .. })), "{answer:?}");
    let answer = opened("backup.json", &edit("\"version\": 1", "\"version\": 2"));
    assert!(matches!(answer, Err(StoreError::NewerVersion)));
    let answer = opened("backup.json", &edit("evidence-trail-backup", "something-else"));
    assert!(matches!(answer, Err(StoreError::NotOurs { .. })));
    let answer = opened("backup.json", &edit("\"serial\": 3", "\"serial\": 3, \"more\": 1"));
    assert!(matches!(answer, Err(StoreError::BadBackup { .. })));
    let answer = opened("backup.json", &|bytes| bytes.resize(70_000, b' '));
    assert!(matches!(answer, Err(StoreError::NotOurs { .. })));
    opened("", &|_| {}).unwrap();
    fs::remove_file(backed.made.folder.join("keys.json")).unwrap();
    assert!(matches!(backed.read(), Err(StoreError::BadBackup { .. })));
}

#[test]
fn no_bytes_make_a_parser_panic() {
    let backed = Backed::new();
    let header = fs::read(backed.made.folder.join("backup.json")).unwrap();
    assert!(crate::parse_backup_header(&header).is_ok());
    let body = crate::ledger::body_of(&case_opened(&case(0), "A report")).unwrap();
    assert!(crate::parse_ledger_body(&body).is_ok());
    assert!(crate::parse_ledger_body(&[&body[..], b" "].concat()).is_err(), "not canonical");
    for whole in [header, body.to_vec()] {
        for at in 0..whole.len() {
            assert!(crate::parse_backup_header(&whole[..at]).is_err());
            assert!(crate::parse_ledger_body(&whole[..at]).is_err());
            let mut flipped = whole.clone();
            flipped[at] ^= 0x11;
            let _ = (crate::parse_backup_header(&flipped), crate::parse_ledger_body(&flipped));
        }
    }
    for hostile in [
        "[".repeat(100_000),
        format!("{{\"backup\":{}1", "{\"x\":".repeat(10_000)),
        "{\"backup\":{\"format\":\"evidence-trail-backup\",\"version\":-1}}".to_owned(),
    ] {
        assert!(crate::parse_backup_header(hostile.as_bytes()).is_err());
        assert!(crate::parse_ledger_body(hostile.as_bytes()).is_err());
    }
}
