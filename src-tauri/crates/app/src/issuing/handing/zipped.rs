//! A package in one ZIP file, encrypted with AES-256 (AE-2), written file by file so that memory stays flat.
//!
//! It is written and flushed under a temporary name and hashed as it lies on the medium; only then the record is told,
//! and only then it gets its name. Until then nobody has its passphrase.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use trail_domain::ids::Hash;
use trail_seal::package::{Bag, Content, summed};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

use super::write::{failed, taken_away};
use super::{Read, Step};
use crate::fault::{Fault, Stop};
use crate::issuing::save::flush;

/// A ZIP that is whole and has not got its name yet. Dropped, it goes.
pub(super) struct Staged {
    part: PathBuf,
    path: PathBuf,
    folder: PathBuf,
    pub(super) sha256: Hash,
    pub(super) bytes: u64,
}

/// Writes the bag into `NAME.zip.part`, with its files in a folder of the package's name.
///
/// # Errors
/// - If the name is taken, a file cannot be read or written, or `step` ends it; then nothing of it is left.
pub(super) fn stage(
    folder: &Path,
    name: &str,
    bag: &Bag,
    passphrase: &str,
    read: &Read<'_>,
    step: &Step<'_>,
) -> Result<Staged, Stop> {
    let path = folder.join(format!("{name}.zip"));
    if path.exists() {
        return Err(Fault::with("hand-over-taken", "name", format!("{name}.zip")).at("folder").into());
    }
    let part = folder.join(format!("{name}.zip.part"));
    let written = write(&part, name, bag, passphrase, read, step).and_then(|()| step(bag.bytes(), bag.bytes()));
    match written.and_then(|()| as_it_lies(&part).map_err(failed)) {
        Ok((sha256, bytes)) => Ok(Staged { part, path, folder: folder.to_owned(), sha256, bytes }),
        Err(stop) => Err(taken_away(&part, file_away, stop)),
    }
}

impl Staged {
    /// Gives the ZIP its name.
    ///
    /// # Errors
    /// - If it cannot be renamed or flushed; then nothing of it is left.
    pub(super) fn named(self) -> Result<PathBuf, Stop> {
        if self.path.exists() {
            return Err(Fault::with("hand-over-taken", "name", self.path.display().to_string()).at("folder").into());
        }
        fs::rename(&self.part, &self.path).map_err(|error| taken_away(&self.part, file_away, failed(error)))?;
        flush(&self.folder).map_err(|error| taken_away(&self.path, file_away, failed(error)))?;
        Ok(self.path.clone())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Once it has its name this finds nothing. What cannot be taken away opens to nobody: its passphrase is gone.
        drop(fs::remove_file(&self.part));
    }
}

fn file_away(file: &Path) -> std::io::Result<()> {
    fs::remove_file(file)
}

fn write(part: &Path, name: &str, bag: &Bag, passphrase: &str, read: &Read<'_>, step: &Step<'_>) -> Result<(), Stop> {
    // As a stream it keeps to AE-2, which has no checksum of what was not encrypted yet.
    let mut zip = ZipWriter::new_stream(BufWriter::new(File::create(part).map_err(failed)?));
    let mut done = 0;
    for (file, content) in bag.files() {
        step(done, bag.bytes())?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .large_file(content.bytes() >= u64::from(u32::MAX))
            .with_aes_encryption(AesMode::Aes256, passphrase);
        zip.start_file(format!("{name}/{file}"), options).map_err(of_zip)?;
        match content {
            Content::Here(bytes) => zip.write_all(bytes).map_err(failed)?,
            Content::Kept { .. } => zip.write_all(&read(file)?).map_err(failed)?,
        }
        done += content.bytes();
    }
    let written = zip.finish().map_err(of_zip)?;
    let file = written.into_inner().into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)
}

/// The hash and size of what lies on the medium.
fn as_it_lies(path: &Path) -> std::io::Result<(Hash, u64)> {
    let (sum, bytes) = summed(&mut File::open(path)?)?;
    Ok((Hash::new(sum), bytes))
}

fn of_zip(error: ZipError) -> Stop {
    failed(error.into())
}
