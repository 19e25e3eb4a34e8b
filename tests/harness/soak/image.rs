//! Disks as files: made, mounted, and recorded through `outagefs`.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::outside::root;

/// The file system's size.
const DISK: u64 = 20 << 20;
/// Behind it, out of its sight: where acknowledgements are marked.
const MARKS: u64 = 4096;
/// What is looked at for being empty.
const CHUNK: usize = 4096;
const EMPTY: [u8; CHUNK] = [0; CHUNK];

/// Why power cuts cannot be tried on this computer; none where they can.
#[must_use]
pub fn why_not() -> Option<String> {
    if !rustix::process::geteuid().is_root() {
        return Some("mounting a disk needs root".to_owned());
    }
    if !Path::new("/dev/fuse").exists() || !Path::new("/dev/loop-control").exists() {
        return Some("there is no /dev/fuse or no loop device".to_owned());
    }
    if !outagefs().is_file() {
        return Some("outagefs is not installed; `cargo xtask soak store` does it".to_owned());
    }
    None
}

fn outagefs() -> PathBuf {
    root().join("target/tools/bin/outagefs")
}

/// Where the marks begin.
#[must_use]
pub fn marks_at() -> usize {
    DISK as usize
}

/// Makes an empty disk with an ext4 file system.
///
/// # Errors
/// - If it cannot be made.
pub fn make(path: &Path) -> Result<(), String> {
    let file = File::create(path).map_err(|error| error.to_string())?;
    file.set_len(DISK + MARKS).map_err(|error| error.to_string())?;
    let blocks = (DISK / 1024).to_string();
    let options = "lazy_itable_init=0,lazy_journal_init=0,nodiscard";
    run(Command::new("mkfs.ext4")
        .args(["-q", "-F", "-b", "1024", "-m", "0", "-J", "size=1", "-E", options])
        .arg(path)
        .arg(blocks))
}

/// Writes a disk to a file, leaving out what is empty: most of a disk is.
///
/// # Errors
/// - If it cannot be written.
pub fn write(path: &Path, disk: &[u8]) -> std::io::Result<()> {
    let file = File::create(path)?;
    file.set_len(disk.len() as u64)?;
    for (number, part) in disk.chunks(CHUNK).enumerate() {
        if *part != EMPTY[..part.len()] {
            file.write_all_at(part, (number * CHUNK) as u64)?;
        }
    }
    Ok(())
}

/// A disk that is mounted, until this is dropped.
pub struct Mounted(PathBuf);

impl Mounted {
    /// Mounts the disk in this file at `at`.
    ///
    /// # Errors
    /// - If it cannot be mounted.
    pub fn new(disk: &Path, at: &Path) -> Result<Self, String> {
        std::fs::create_dir_all(at).map_err(|error| error.to_string())?;
        run(Command::new("mount").args(["-t", "ext4", "-o", "loop"]).arg(disk).arg(at))?;
        Ok(Self(at.to_owned()))
    }

    /// Mounts a disk of this many KiB in memory.
    ///
    /// # Errors
    /// - If it cannot be mounted.
    pub fn memory(kib: u64, at: &Path) -> Result<Self, String> {
        std::fs::create_dir_all(at).map_err(|error| error.to_string())?;
        run(Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={kib}k"), "tmpfs"]).arg(at))?;
        Ok(Self(at.to_owned()))
    }

    /// Its root.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Unmounts it.
    ///
    /// # Errors
    /// - If something still uses it.
    pub fn off(self) -> Result<(), String> {
        let mut tries = 0;
        loop {
            match run(Command::new("umount").arg(&self.0)) {
                Ok(()) => break,
                // A program that another thread is just starting may hold our files for a moment.
                Err(_) if tries < 100 => tries += 1,
                Err(wrong) => return Err(wrong),
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        std::mem::forget(self);
        Ok(())
    }

    /// Gives a disk in memory this many KiB.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn resize(&self, kib: u64) -> Result<(), String> {
        run(Command::new("mount").args(["-o", &format!("remount,size={kib}k")]).arg(&self.0))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).stderr(Stdio::null()).status();
    }
}

/// A disk whose writes are recorded.
pub struct Recorder {
    child: Child,
    dest: PathBuf,
    changes: PathBuf,
}

impl Recorder {
    /// Begins: `base` shows up as the file that [`Recorder::disk`] names.
    ///
    /// # Errors
    /// - If `outagefs` cannot be started, or does not mount.
    pub fn begin(base: &Path, aside: &Path) -> Result<Self, String> {
        let (dest, changes) = (aside.with_extension("disk"), aside.with_extension("changes"));
        let _ = std::fs::remove_file(&changes);
        std::fs::write(&dest, b"").map_err(|error| error.to_string())?;
        let child = Command::new(outagefs())
            .args(["mount", "--record", "--base"])
            .arg(base)
            .arg("--changes")
            .arg(&changes)
            .arg("--dest")
            .arg(&dest)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("outagefs: {error}"))?;
        let mut recorder = Self { child, dest, changes };
        let start = Instant::now();
        while !is_there(&recorder.dest) {
            if start.elapsed() > Duration::from_secs(10) || recorder.child.try_wait().is_ok_and(|ended| ended.is_some())
            {
                return Err("outagefs did not mount the disk".to_owned());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(recorder)
    }

    /// The disk, as a file.
    #[must_use]
    pub fn disk(&self) -> &Path {
        &self.dest
    }

    /// Marks a moment in what is recorded.
    ///
    /// # Errors
    /// - If the disk does not take it.
    pub fn mark(&self, number: u32) -> Result<(), String> {
        let file = OpenOptions::new().write(true).open(&self.dest).map_err(|error| error.to_string())?;
        file.write_all_at(&mark(number), DISK).map_err(|error| error.to_string())
    }

    /// Ends, and answers what was recorded.
    ///
    /// # Errors
    /// - If `outagefs` fails, or left nothing.
    pub fn end(mut self) -> Result<Vec<u8>, String> {
        if let Some(mut stdin) = self.child.stdin.take() {
            let _ = stdin.write_all(b"\n");
        }
        let status = self.child.wait().map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        let read = File::open(&self.changes).and_then(|mut file| file.read_to_end(&mut bytes));
        match read {
            Ok(_) if status.success() => Ok(bytes),
            Ok(_) => Err(format!("outagefs ended with {status}")),
            Err(error) => Err(format!("outagefs left no changes: {error}")),
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Whether the disk can be read by now, to its end. Its metadata must not be asked for: outagefs ends at a question it
/// does not know, and the one for a file's birth (statx) is such a one.
fn is_there(disk: &Path) -> bool {
    let mut last = [0];
    File::open(disk).and_then(|file| file.read_exact_at(&mut last, DISK + MARKS - 1)).is_ok()
}

/// How a mark of this number reads.
#[must_use]
pub fn mark(number: u32) -> [u8; 8] {
    let mut mark = *b"MARK\0\0\0\0";
    mark[4..].copy_from_slice(&number.to_le_bytes());
    mark
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}
