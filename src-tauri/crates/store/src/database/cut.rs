//! Telling a file that was cut from one that is damaged otherwise. SQLite calls both *malformed*, or notices a cut only
//! when it comes to the page that is missing.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use aes::Aes256;
use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};

use super::PAGE_BYTES;
use super::pages::Sums;
use crate::error::StoreError;
use crate::keys::Key;

/// Refuses a file that is shorter than its header says, where no log holds the rest.
pub(super) fn refuse(path: &Path, key: &Key) -> Result<(), StoreError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let has_log = std::fs::metadata(log).is_ok_and(|log| log.len() > 0);
    match said_by_header(path, key).filter(|_| !has_log) {
        Some((found, pages)) => {
            let expected = u64::from(pages).saturating_mul(PAGE_BYTES.unsigned_abs());
            if found < expected { Err(StoreError::Cut { expected, found }) } else { Ok(()) }
        }
        None => Ok(()),
    }
}

/// How long the file is, and how many pages the first page says there are; none where that page is not whole or not
/// ours.
fn said_by_header(path: &Path, key: &Key) -> Option<(u64, u32)> {
    let mut file = File::open(path).ok()?;
    let found = file.metadata().ok()?.len();
    let mut page = vec![0; usize::try_from(PAGE_BYTES).ok()?];
    file.read_exact(&mut page).ok()?;
    let sums = Sums::of_first(key, &page)?;
    // The salt stands in place of the first block. The second one, under CBC, has the page count in its last four bytes
    // (SQLite's file format, 1.3.8).
    let mut block = Array::<u8, _>::try_from(page.get(16..32)?).ok()?;
    Aes256::new(&(*key.bytes()).into()).decrypt_block(&mut block);
    let vector = page.get(page.len() - sums.reserve()..)?;
    let count: Vec<u8> = block.iter().zip(vector).skip(12).map(|(byte, mask)| byte ^ mask).collect();
    Some((found, u32::from_be_bytes(count.try_into().ok()?)))
}
