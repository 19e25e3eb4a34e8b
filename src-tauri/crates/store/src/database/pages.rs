//! Whether the pages of the file are the ones that were written: each page's own checksum (an HMAC of SQLCipher 4), and
//! how they hang together. An old page put back has a good checksum: the ledger's chain is what shows that.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use ring::{hmac, pbkdf2};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::PAGE_BYTES;
use super::stopping::go_on;
use crate::error::StoreError;
use crate::keys::Key;

const SALT: usize = 16;
/// The initialisation vector, before the checksum.
const VECTOR: usize = 16;
/// SQLite leaves the page at this offset out.
const LOCK_BYTE: u64 = 1 << 30;
/// How long a page that may just be being written is left alone.
const AGAIN: Duration = Duration::from_millis(50);

/// How the pages of a file are summed. A file keeps the sums that it was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sums {
    /// What new files are made with: current processors have instructions for it.
    Sha256,
    /// What SQLCipher takes by itself, and what the first stores were made with.
    Sha512,
}

impl Sums {
    /// Both, those of new files first.
    pub(super) const EITHER: [Self; 2] = [Self::Sha256, Self::Sha512];

    /// Those of the file; none where its first page is not whole or the key is another.
    pub(crate) fn of(path: &Path, key: &Key) -> Option<Self> {
        let mut page = vec![0; usize::try_from(PAGE_BYTES).unwrap_or(SALT)];
        let first = File::open(path).and_then(|mut file| file.read_exact(&mut page));
        first.ok().and_then(|()| Self::of_first(key, &page))
    }

    /// Those of this first page; none where it is not whole or the key is another.
    pub(super) fn of_first(key: &Key, page: &[u8]) -> Option<Self> {
        Self::EITHER.into_iter().find(|sums| sums.key(key, page).is_sealed(0, page))
    }

    /// What SQLCipher calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "HMAC_SHA256",
            Self::Sha512 => "HMAC_SHA512",
        }
    }

    /// How many bytes at the end of a page are not SQLite's: the initialisation vector and the checksum.
    pub(super) fn reserve(self) -> usize {
        VECTOR + self.bytes()
    }

    fn bytes(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    /// SQLCipher's key for checksums: PBKDF2-HMAC-SHA512, two rounds, of the raw key and the masked salt of the file.
    fn key(self, key: &Key, first_page: &[u8]) -> SumKey {
        let salt: Vec<u8> = first_page.iter().take(SALT).map(|byte| byte ^ 0x3a).collect();
        let mut out = Zeroizing::new([0; 32]);
        let rounds = NonZeroU32::MIN.saturating_add(1);
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA512, rounds, &salt, key.bytes(), &mut *out);
        let algorithm = match self {
            Self::Sha256 => hmac::HMAC_SHA256,
            Self::Sha512 => hmac::HMAC_SHA512,
        };
        SumKey { key: hmac::Key::new(algorithm, &*out), sums: self }
    }
}

/// What the checksums of one file are made with.
struct SumKey {
    key: hmac::Key,
    sums: Sums,
}

impl SumKey {
    fn is_sealed(&self, at: u64, page: &[u8]) -> bool {
        let from = if at == 0 { SALT } else { 0 };
        let end = page.len().saturating_sub(self.sums.bytes());
        let Some((sealed, sum)) = page.split_at_checked(end) else { return false };
        let number = u32::try_from(at + 1).unwrap_or(0).to_le_bytes();
        let summed = [sealed.get(from..).unwrap_or_default(), &number].concat();
        hmac::verify(&self.key, &summed, sum).is_ok()
    }
}

/// Whether SQLCipher's own check and SQLite's find nothing.
pub(crate) fn hold(connection: &Connection) -> Result<bool, StoreError> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    let is_sealed = statement.query(())?.next()?.is_none();
    Ok(is_sealed && hang_together(connection)?)
}

/// Whether SQLite's check of the structure finds nothing.
pub(crate) fn hang_together(connection: &Connection) -> Result<bool, StoreError> {
    let said: Result<String, _> = connection.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0));
    match said.map_err(StoreError::from) {
        Ok(said) => Ok(said == "ok"),
        Err(StoreError::Damaged { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The same check of every page's checksum as `cipher_integrity_check`, which cannot be stopped and tells no progress.
pub(crate) fn are_sealed(
    path: &Path,
    key: &Key,
    stop: &AtomicBool,
    mut on: impl FnMut(u64, u64),
) -> Result<bool, StoreError> {
    let reading = || StoreError::io("Reading the database");
    let mut file = File::open(path).map_err(reading())?;
    let bytes = file.metadata().map_err(reading())?.len();
    let page_bytes = PAGE_BYTES.unsigned_abs();
    if bytes == 0 || bytes % page_bytes != 0 {
        return Ok(false);
    }
    let mut page = vec![0; usize::try_from(page_bytes).unwrap_or(SALT)];
    let Some(sum_key) = first_key(&mut file, key, &mut page).map_err(reading())? else { return Ok(false) };
    for at in 0..bytes / page_bytes {
        go_on(stop)?;
        read(&mut file, at, &mut page).map_err(reading())?;
        let is_left_out = at == LOCK_BYTE / page_bytes;
        // A page may just be being written: it is looked at again.
        if !is_left_out && !sum_key.is_sealed(at, &page) {
            thread::sleep(AGAIN);
            read(&mut file, at, &mut page).map_err(reading())?;
            if !sum_key.is_sealed(at, &page) {
                return Ok(false);
            }
        }
        if at % 64 == 63 || at + 1 == bytes / page_bytes {
            on(at + 1, bytes / page_bytes);
        }
    }
    Ok(true)
}

/// The key that the first page is summed with; none where it is not whole, also not when looked at again.
fn first_key(file: &mut File, key: &Key, page: &mut [u8]) -> std::io::Result<Option<SumKey>> {
    read(file, 0, page)?;
    if Sums::of_first(key, page).is_none() {
        thread::sleep(AGAIN);
        read(file, 0, page)?;
    }
    Ok(Sums::of_first(key, page).map(|sums| sums.key(key, page)))
}

fn read(file: &mut File, at: u64, page: &mut [u8]) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(at * PAGE_BYTES.unsigned_abs()))?;
    file.read_exact(page)
}
