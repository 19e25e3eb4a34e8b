//! Room for a halt on a full disk: a ballast that is given up for it, and a page on which it is noted in place.
//!
//! What stands on the page binds as soon as the store is found, before anybody has signed in. It is a case's opaque id
//! and a time, in clear, because there is no key yet; it goes again when the entry is written.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use trail_domain::ids::{CaseId, Hash};
use trail_domain::time::Moment;

use super::{Grounds, Open, Vault};
use crate::error::StoreError;
use crate::folder::{Folder, sync_dir};

const PAGE: usize = 64 << 10;
const BALLAST: usize = 1 << 20;
/// Within one sector of a disk, which is written whole or not at all.
const SLOT: usize = 128;
const MARK: &[u8; 8] = b"ET-HALT1";
/// Mark, id, time; the checksum follows.
const SUMMED: usize = 8 + 32 + 8;

impl Vault<Open> {
    /// Halts that are in force and not in the record: kept beside it, also when the app ends. Only those of cases that
    /// somebody signed in is admitted to; they are written down by appending [`trail_domain::event::Event::Halted`].
    #[must_use]
    pub fn unwritten_halts(&self) -> Vec<(CaseId, Moment)> {
        let unwritten =
            self.grounds.unwritten.iter().filter(|(case, _)| {
                self.any_case_key(case).is_some() && !self.is_halted_on_disk(case).unwrap_or(false)
            });
        unwritten.map(|(case, at)| (case.clone(), *at)).collect()
    }

    /// Whether any case is halted, those that nobody signed in is admitted to among them. No backup is made then.
    ///
    /// # Errors
    /// - If it cannot be read.
    pub fn any_halt_stands(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM halted) OR EXISTS (SELECT 1 FROM entry WHERE kind = 'halted')";
        let mut statement = self.state.connection.prepare_cached(sql)?;
        let recorded: bool = statement.query_row((), |row| row.get(0))?;
        Ok(recorded || !self.grounds.halts.is_empty())
    }
}

impl Grounds {
    /// Binds what the page says, and makes page and ballast where they are missing and there is room.
    pub(super) fn take_reserve(&mut self) {
        self.unwritten = noted(&self.folder);
        self.halts.extend(self.unwritten.keys().cloned());
        prepare(&self.folder);
    }

    /// Gives the ballast up. False where there was none.
    pub(super) fn give_ballast_up(&self) -> bool {
        fs::remove_file(self.folder.ballast()).is_ok()
    }

    /// Notes a halt that the record does not take. It binds in memory whatever becomes of the note.
    pub(super) fn note_halt(&mut self, case: &CaseId, at: Moment) {
        self.unwritten.entry(case.clone()).or_insert(at);
        let _ = note(&self.folder, case, at);
    }

    /// The halt is in the record: the note of it goes, and the ballast comes back where there is room.
    pub(super) fn halt_is_written(&mut self, case: &CaseId) {
        if self.unwritten.remove(case).is_some() {
            let _ = clear(&self.folder, case);
        }
        prepare(&self.folder);
    }
}

/// Makes page and ballast where they are missing. A full disk must not keep anybody out: what does not fit is made
/// another time.
pub(super) fn prepare(folder: &Folder) {
    for (path, size) in [(folder.reserve(), PAGE), (folder.ballast(), BALLAST)] {
        if fs::metadata(&path).map_or(0, |there| there.len()) < size as u64 && make(&path, size).is_err() {
            let _ = fs::remove_file(path.with_extension("new"));
        }
    }
}

/// The halts noted on the page; nothing where there is none.
pub(super) fn noted(folder: &Folder) -> BTreeMap<CaseId, Moment> {
    slots(folder).unwrap_or_default().into_iter().flatten().collect()
}

/// Written full, with bytes that no file system leaves out.
fn make(path: &Path, size: usize) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(&filling(size))?;
    file.sync_all()?;
    drop(file);
    fs::rename(&fresh, path)?;
    path.parent().map_or(Ok(()), sync_dir)
}

/// Bytes without a pattern that compresses (xorshift).
fn filling(size: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut out = Vec::with_capacity(size);
    while out.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.extend(state.to_le_bytes());
    }
    out.truncate(size);
    out
}

fn note(folder: &Folder, case: &CaseId, at: Moment) -> io::Result<()> {
    let slots = slots(folder)?;
    let is_there = slots.iter().flatten().any(|(noted, _)| noted == case);
    let free = slots.iter().position(Option::is_none);
    match free {
        Some(free) if !is_there => write_slot(folder, free, &slot_of(case, at)),
        Some(_) | None => Ok(()),
    }
}

fn clear(folder: &Folder, case: &CaseId) -> io::Result<()> {
    for (at, noted) in slots(folder)?.into_iter().enumerate() {
        if noted.is_some_and(|(noted, _)| noted == *case) {
            write_slot(folder, at, &[0; SLOT])?;
        }
    }
    Ok(())
}

/// In place: no block is asked for that the file does not have.
fn write_slot(folder: &Folder, at: usize, bytes: &[u8; SLOT]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(folder.reserve())?;
    file.seek(SeekFrom::Start((at * SLOT) as u64))?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn slots(folder: &Folder) -> io::Result<Vec<Option<(CaseId, Moment)>>> {
    let mut page = Vec::with_capacity(PAGE);
    File::open(folder.reserve())?.take(PAGE as u64).read_to_end(&mut page)?;
    Ok(page.as_chunks::<SLOT>().0.iter().map(read_slot).collect())
}

fn slot_of(case: &CaseId, at: Moment) -> [u8; SLOT] {
    let mut slot = [0; SLOT];
    slot[..8].copy_from_slice(MARK);
    slot[8..40].copy_from_slice(case.as_str().as_bytes());
    slot[40..SUMMED].copy_from_slice(&at.micros().to_le_bytes());
    let sum = Hash::of(&slot[..SUMMED]);
    slot[SUMMED..SUMMED + 32].copy_from_slice(sum.bytes());
    slot
}

fn read_slot(slot: &[u8; SLOT]) -> Option<(CaseId, Moment)> {
    let sum = Hash::of(&slot[..SUMMED]);
    if slot[..8] != *MARK || slot[SUMMED..SUMMED + 32] != *sum.bytes() {
        return None;
    }
    let case = CaseId::try_from(String::from_utf8(slot[8..40].to_vec()).ok()?).ok()?;
    let at = slot[40..SUMMED].try_into().ok()?;
    Some((case, Moment::from_micros(i64::from_le_bytes(at))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn case(number: u8) -> CaseId {
        CaseId::from_bytes([number; 16])
    }

    #[test]
    fn a_halt_is_noted_in_place_and_goes_again() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::at(temp.path());
        assert!(note(&folder, &case(1), Moment::from_micros(5)).is_err(), "there is no page");
        prepare(&folder);
        assert_eq!(fs::metadata(folder.ballast()).unwrap().len(), BALLAST as u64);
        assert!(noted(&folder).is_empty());
        let before = fs::read(folder.reserve()).unwrap();
        for number in 1..=3 {
            note(&folder, &case(number), Moment::from_micros(number.into())).unwrap();
            note(&folder, &case(number), Moment::from_micros(99)).unwrap();
        }
        let after = fs::read(folder.reserve()).unwrap();
        assert_eq!((before.len(), after.len()), (PAGE, PAGE));
        assert_eq!(before[3 * SLOT..], after[3 * SLOT..], "nothing else is touched");
        let told = |number: u8| (case(number), Moment::from_micros(number.into()));
        assert_eq!(noted(&folder), [told(1), told(2), told(3)].into());
        clear(&folder, &case(2)).unwrap();
        assert_eq!(noted(&folder), [told(1), told(3)].into());
        note(&folder, &case(4), Moment::from_micros(4)).unwrap();
        assert_eq!(noted(&folder), [told(1), told(3), told(4)].into());
    }

    #[test]
    fn a_slot_with_one_wrong_bit_tells_nothing() {
        let slot = slot_of(&case(1), Moment::from_micros(7));
        assert_eq!(read_slot(&slot), Some((case(1), Moment::from_micros(7))));
        for bit in 0..(SUMMED + 32) * 8 {
            let mut flipped = slot;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read_slot(&flipped), None, "bit {bit}");
        }
        for chunk in filling(PAGE).as_chunks::<SLOT>().0 {
            assert_eq!(read_slot(chunk), None);
        }
    }
}
