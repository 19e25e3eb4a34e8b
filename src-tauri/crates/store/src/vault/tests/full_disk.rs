//! A disk that is really full: a small file system in memory, filled to its last block.
//!
//! Needs the right to mount; where there is none, the tests say so and look at nothing.

use std::io::Write;
use std::process::{Command, Stdio};

use super::*;
use crate::BackupAbout;

/// A file system of a few megabytes; goes away with the test.
struct Small {
    dir: PathBuf,
    _temp: TempDir,
}

impl Small {
    fn of(megabytes: u32) -> Option<Self> {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("disk");
        fs::create_dir(&dir).unwrap();
        let size = format!("size={megabytes}m");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&dir).stderr(Stdio::null()).status();
        if mount.is_ok_and(|status| status.success()) {
            return Some(Self { dir, _temp: temp });
        }
        // Not silently: the reader of the run sees that nothing was looked at.
        writeln!(std::io::stderr(), "NOT LOOKED AT: a full disk. This account may not mount a file system.").unwrap();
        None
    }

    fn store(&self) -> Ground {
        let dir = self.dir.join("store");
        fs::create_dir(&dir).unwrap();
        for (name, bytes) in &model().0 {
            fs::write(dir.join(name), bytes).unwrap();
        }
        Ground { _temp: tempfile::tempdir().unwrap(), dir }
    }

    fn fill(&self) -> PathBuf {
        let path = self.dir.join("filling");
        let mut file = fs::OpenOptions::new().append(true).create(true).open(&path).unwrap();
        for chunk in [64 << 10, 4096, 1] {
            while file.write_all(&vec![7; chunk]).is_ok() {}
        }
        path
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.dir).status();
    }
}

#[test]
fn a_capture_on_a_full_disk_is_refused_and_leaves_nothing() {
    let Some(small) = Small::of(8) else { return };
    let ground = small.store();
    let mut vault = worked_case(&ground);
    let before = (vault.head().unwrap(), vault.verify(|_| {}).unwrap());
    let filling = small.fill();
    let answer = keep(&mut vault, &case(0), 2, &vec![1; 300_000]);
    assert!(matches!(answer, Err(StoreError::DiskFull)), "{answer:?}");
    let answer = vault.append(Some(&case(0)), &[note("words")], AT, &Signer::Person(&person(0)), &Dice);
    assert!(matches!(answer, Err(StoreError::DiskFull)), "{answer:?}");
    assert!(ground.dir.join("ballast").exists(), "it is kept for a halt");
    assert_eq!((vault.head().unwrap(), vault.verify(|_| {}).unwrap()), before);
    // Closed and opened while the disk is full; then there is room again.
    drop(vault);
    let mut vault = ground.open();
    vault.join(&person(1), &pass(1), Some(&device())).unwrap();
    assert_eq!((vault.head().unwrap(), vault.verify(|_| {}).unwrap()), before);
    fs::remove_file(filling).unwrap();
    vault.begin_session(&case(0), &session(1), &person(0), &person(1), AT, &Dice).unwrap();
}

#[test]
fn a_halt_on_a_full_disk_is_recorded_thanks_to_the_ballast() {
    let Some(small) = Small::of(8) else { return };
    let ground = small.store();
    let mut vault = worked_case(&ground);
    let filling = small.fill();
    let told = vault.append(Some(&case(0)), &[halted()], AT, &Signer::Session(&session(0)), &Dice).unwrap();
    assert!(matches!(told[0].event, Event::Halted { .. }));
    assert!(vault.is_halted_on_disk(&case(0)).unwrap());
    assert!(vault.unwritten_halts().is_empty());
    drop(vault);
    let vault = ground.open();
    assert!(vault.is_halted_on_disk(&case(0)).unwrap() && vault.verify(|_| {}).unwrap().holds());
    drop(vault);
    // The ballast comes back with the room.
    fs::remove_file(filling).unwrap();
    drop(ground.open());
    assert_eq!(fs::metadata(ground.dir.join("ballast")).unwrap().len(), 1 << 20);
}

#[test]
fn a_halt_that_no_room_is_left_for_is_noted_binds_the_next_process_and_is_written_later() {
    let Some(small) = Small::of(8) else { return };
    let ground = small.store();
    let mut vault = worked_case(&ground);
    fs::remove_file(ground.dir.join("ballast")).unwrap();
    let filling = small.fill();
    let answer = vault.append(Some(&case(0)), &[halted()], AT, &Signer::Session(&session(0)), &Dice);
    assert!(matches!(answer, Err(StoreError::HaltNotWritten { .. })), "{answer:?}");
    // The process dies: another one finds it before anybody has signed in.
    drop(vault);
    let locked = ground.locked();
    assert_eq!(locked.grounds.halts, [case(0)].into());
    let vault = locked.unlock(&person(0), &pass(0), Some(&device())).map_err(|(_, error)| error).unwrap();
    assert!(!vault.is_halted_on_disk(&case(0)).unwrap());
    assert_eq!(vault.unwritten_halts(), [(case(0), AT)]);
    assert!(vault.is_halted(&case(0)) && vault.any_halt_stands().unwrap());
    assert_eq!(vault.halted_cases().unwrap(), [case(0)]);
    assert!(matches!(vault.read_file_of(&case(0), &Hash::of(PICTURE)), Err(StoreError::Halted)));
    let into = tempfile::tempdir().unwrap();
    let about = BackupAbout { serial: 1, at: AT };
    assert!(matches!(
        vault.back_up(into.path(), &about, &Dice, &AtomicBool::new(false), &mut |_| {}),
        Err(StoreError::Halted)
    ));
    // Somebody else, who may not open the case, is not told of it.
    drop(vault);
    let vault = ground.open_as(3);
    assert!(vault.unwritten_halts().is_empty() && vault.any_halt_stands().unwrap());
    drop(vault);
    // Room: it is written, and the note of it goes.
    fs::remove_file(filling).unwrap();
    let mut vault = ground.open();
    vault.append(Some(&case(0)), &[halted()], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    assert!(vault.is_halted_on_disk(&case(0)).unwrap() && vault.unwritten_halts().is_empty());
    drop(vault);
    assert!(ground.locked().grounds.unwritten.is_empty());
    assert!(ground.dir.join("ballast").exists());
}

#[test]
fn a_backup_on_a_full_medium_is_refused_before_it_begins_and_leaves_nothing() {
    let Some(small) = Small::of(1) else { return };
    let ground = Ground::new();
    let vault = worked_case(&ground);
    let mut steps = 0;
    let answer =
        vault.back_up(&small.dir, &BackupAbout { serial: 1, at: AT }, &Dice, &AtomicBool::new(false), &mut |_| {
            steps += 1
        });
    assert!(matches!(answer, Err(StoreError::DiskFull)), "{answer:?}");
    assert_eq!((steps, fs::read_dir(&small.dir).unwrap().count()), (0, 0));
    // It becomes full while it is written.
    let Some(small) = Small::of(8) else { return };
    let answer =
        vault.back_up(&small.dir, &BackupAbout { serial: 1, at: AT }, &Dice, &AtomicBool::new(false), &mut |_| {
            small.fill();
        });
    assert!(answer.is_err(), "{answer:?}");
    let left: Vec<OsString> = fs::read_dir(&small.dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["filling"]);
}
