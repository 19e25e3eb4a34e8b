//! Whether the pages of the file are the ones that were written: each page's own checksum (HMAC-SHA512, SQLCipher 4),
//! and how they hang together. An old page put back has a good checksum: the ledger's chain is what shows that.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use ring::{hmac, pbkdf2};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::PAGE_BYTES;
use super::stopping::go_on;
use crate::error::StoreError;
use crate::keys::Key;

const SALT: usize = 16;
const SUM: usize = 64;
/// SQLite leaves the page at this offset out.
const LOCK_BYTE: u64 = 1 << 30;

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
    let mut sum_key = None;
    for at in 0..bytes / page_bytes {
        go_on(stop)?;
        read(&mut file, at, &mut page).map_err(reading())?;
        let sum_key = sum_key.get_or_insert_with(|| sum_key_of(key, &page));
        let is_left_out = at == LOCK_BYTE / page_bytes;
        // A page may just be being written: it is looked at again.
        if !is_left_out && !is_sealed(sum_key, at, &page) {
            std::thread::sleep(std::time::Duration::from_millis(50));
            read(&mut file, at, &mut page).map_err(reading())?;
            if !is_sealed(sum_key, at, &page) {
                return Ok(false);
            }
        }
        if at % 64 == 63 || at + 1 == bytes / page_bytes {
            on(at + 1, bytes / page_bytes);
        }
    }
    Ok(true)
}

/// Whether this is the first page of a database with this key, unaltered.
pub(super) fn is_first(key: &Key, page: &[u8]) -> bool {
    is_sealed(&sum_key_of(key, page), 0, page)
}

fn read(file: &mut File, at: u64, page: &mut [u8]) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(at * PAGE_BYTES.unsigned_abs()))?;
    file.read_exact(page)
}

/// SQLCipher's key for checksums: PBKDF2-HMAC-SHA512, two rounds, of the raw key and the masked salt of the file.
fn sum_key_of(key: &Key, first_page: &[u8]) -> hmac::Key {
    let salt: Vec<u8> = first_page.iter().take(SALT).map(|byte| byte ^ 0x3a).collect();
    let mut out = Zeroizing::new([0; 32]);
    let rounds = NonZeroU32::MIN.saturating_add(1);
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA512, rounds, &salt, key.bytes(), &mut *out);
    hmac::Key::new(hmac::HMAC_SHA512, &*out)
}

fn is_sealed(sum_key: &hmac::Key, at: u64, page: &[u8]) -> bool {
    let from = if at == 0 { SALT } else { 0 };
    let Some((sealed, sum)) = page.split_at_checked(page.len().saturating_sub(SUM)) else { return false };
    let number = u32::try_from(at + 1).unwrap_or(0).to_le_bytes();
    let summed = [sealed.get(from..).unwrap_or_default(), &number].concat();
    hmac::verify(sum_key, &summed, sum).is_ok()
}
