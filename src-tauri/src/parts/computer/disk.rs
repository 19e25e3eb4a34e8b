//! Whether the disk under a folder is encrypted, as Linux tells it: the layers between the file system and the disk.

use std::fs;
use std::path::{Path, PathBuf};

/// Layers that are looked through at most.
const DEEPEST: u32 = 8;

/// A mounted file system (proc(5), `mountinfo`).
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    numbers: String,
    at: PathBuf,
    kind: String,
    source: String,
}

/// Whether what lies in this folder is encrypted on its disk.
///
/// # Errors
/// - If it is not known: why. A disk that encrypts by itself tells nobody, so *no* is never said.
pub(super) fn encrypted(folder: &Path) -> Result<bool, String> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let told =
        fs::read_to_string("/proc/self/mountinfo").map_err(|error| format!("the system did not tell ({error})"))?;
    encrypted_in(&mounts(&told), &folder, Path::new("/sys"))
}

fn encrypted_in(mounts: &[Mount], folder: &Path, sys: &Path) -> Result<bool, String> {
    // Of two that are mounted at one place, the later one is seen: the last of equals.
    let under = mounts.iter().filter(|mount| folder.starts_with(&mount.at));
    let mount = under.max_by_key(|mount| mount.at.components().count());
    let mount = mount.ok_or_else(|| "the system does not say which disk the record lies on".to_owned())?;
    if mount.kind == "ecryptfs" || mount.kind == "fuse.gocryptfs" {
        return Ok(true);
    }
    let by_number = sys.join("dev/block").join(&mount.numbers);
    let name = Path::new(&mount.source).file_name();
    let by_name = name.filter(|_| mount.source.starts_with("/dev/")).map(|name| sys.join("class/block").join(name));
    let device = [Some(by_number), by_name].into_iter().flatten().find(|device| device.exists());
    match device {
        Some(device) if is_encrypted(&device, 0) => Ok(true),
        Some(_) => {
            Err("this system names no encryption under the record; a disk that encrypts by itself is not told"
                .to_owned())
        }
        None => Err(format!("the record lies on {}, which is no disk that this system names", mount.kind)),
    }
}

/// A layer of dm-crypt, or one whose every part lies on such layers.
fn is_encrypted(device: &Path, depth: u32) -> bool {
    let is_crypt = fs::read_to_string(device.join("dm/uuid")).is_ok_and(|uuid| uuid.starts_with("CRYPT-"));
    if is_crypt || depth >= DEEPEST {
        return is_crypt;
    }
    let parts: Vec<PathBuf> =
        fs::read_dir(device.join("slaves")).into_iter().flatten().flatten().map(|part| part.path()).collect();
    !parts.is_empty() && parts.iter().all(|part| is_encrypted(part, depth + 1))
}

fn mounts(told: &str) -> Vec<Mount> {
    told.lines().filter_map(mount).collect()
}

fn mount(line: &str) -> Option<Mount> {
    let (before, after) = line.split_once(" - ")?;
    let mut before = before.split(' ').skip(2);
    let (numbers, at) = (before.next()?, before.nth(1)?);
    let mut after = after.split(' ');
    let (kind, source) = (after.next()?, after.next()?);
    let at = at.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    Some(Mount { numbers: numbers.to_owned(), at: at.into(), kind: kind.to_owned(), source: source.to_owned() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::fs;
    use std::path::Path;

    use super::{Mount, encrypted_in, mount, mounts};

    const TOLD: &str = "22 1 253:1 / / rw - ext4 /dev/mapper/root rw\n\
        23 22 8:1 / /plain rw - ext4 /dev/sda1 rw\n\
        24 22 253:3 / /home\\040of rw shared:1 - ext4 /dev/mapper/home rw\n\
        25 22 0:40 @ /subvolume rw - btrfs /dev/dm-1 rw\n\
        26 22 0:41 / /share rw - nfs4 server:/x rw\n\
        27 22 8:1 / /twice rw - ext4 /dev/sda1 rw\n\
        28 27 253:3 / /twice rw - ext4 /dev/mapper/home rw\n\
        29 22 253:3 / /hidden rw - ext4 /dev/mapper/home rw\n\
        30 29 8:1 / /hidden rw - ext4 /dev/sda1 rw\n";

    fn sys(at: &Path) {
        let device = |name: &str, uuid: Option<&str>, under: &[&str]| {
            let folder = at.join("class/block").join(name);
            fs::create_dir_all(folder.join("slaves")).unwrap();
            if let Some(uuid) = uuid {
                fs::create_dir_all(folder.join("dm")).unwrap();
                fs::write(folder.join("dm/uuid"), uuid).unwrap();
            }
            for part in under {
                std::os::unix::fs::symlink(at.join("class/block").join(part), folder.join("slaves").join(part))
                    .unwrap();
            }
        };
        device("sda1", None, &[]);
        device("dm-1", Some("CRYPT-LUKS2-aa-root\n"), &["sda1"]);
        device("dm-3", Some("LVM-bb\n"), &["dm-1"]);
        fs::create_dir_all(at.join("dev/block")).unwrap();
        for (numbers, name) in [("8:1", "sda1"), ("253:1", "dm-1"), ("253:3", "dm-3")] {
            std::os::unix::fs::symlink(at.join("class/block").join(name), at.join("dev/block").join(numbers)).unwrap();
        }
    }

    #[test]
    fn layers_of_encryption_are_seen_and_their_lack_is_not_called_no() {
        let folder = tempfile::tempdir().unwrap();
        sys(folder.path());
        let mounts = mounts(TOLD);
        let ask = |at: &str| encrypted_in(&mounts, Path::new(at), folder.path());
        assert_eq!(ask("/var/store"), Ok(true));
        assert_eq!(ask("/home of/me"), Ok(true), "a layer on an encrypted one");
        assert_eq!(ask("/subvolume/me"), Ok(true), "found by its name");
        assert!(ask("/plain/store").unwrap_err().contains("names no encryption"));
        assert_eq!(ask("/twice/store"), Ok(true), "of two at one place the later one is seen");
        assert!(ask("/hidden/store").unwrap_err().contains("names no encryption"), "an encrypted one under another");
        assert!(ask("/share/store").unwrap_err().contains("nfs4"));
        assert!(encrypted_in(&[], Path::new("/x"), folder.path()).is_err());
    }

    #[test]
    fn a_line_of_mountinfo_is_read() {
        let read = mount("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue");
        let (numbers, at, kind, source) =
            ("98:0".to_owned(), "/mnt2".into(), "ext3".to_owned(), "/dev/root".to_owned());
        assert_eq!(read, Some(Mount { numbers, at, kind, source }));
        assert_eq!(mount("36 35 98:0 /mnt1"), None);
    }
}
