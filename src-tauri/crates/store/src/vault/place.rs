//! Where a store may lie: on a disk of this computer, in a folder that nothing copies elsewhere.
//!
//! On a network the write-ahead log is unsafe, because two computers cannot share its index; a folder that is copied
//! leaves the computer, and a copy taken between two writes is a broken store.

use std::path::{Component, Path, PathBuf};

use crate::error::StoreError;

/// Kinds of file systems that are on a network.
#[cfg(any(target_os = "linux", test))]
const NETWORK: [&str; 15] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "glusterfs",
    "9p",
    "davfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.ceph",
];

/// How the folders of services that copy begin, and what the services are called.
const SYNCED: [(&str, &str); 7] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("icloud", "iCloud"),
];

/// Refuses a place where no store may lie.
pub(crate) fn refuse(dir: &Path) -> Result<(), StoreError> {
    let real = real(dir);
    if let Some(what) = synced_by(dir).or_else(|| synced_by(&real)) {
        return Err(StoreError::Synced { what });
    }
    match network_of(dir).or_else(|| network_of(&real)) {
        Some(what) => Err(StoreError::OnNetwork { what }),
        None => Ok(()),
    }
}

/// The service that copies this folder elsewhere, going by the names in its path.
#[must_use]
pub fn synced_by(path: &Path) -> Option<&'static str> {
    path.components().find_map(|component| {
        let Component::Normal(name) = component else { return None };
        let name = name.to_string_lossy().to_lowercase();
        SYNCED.iter().find(|(begins, _)| name.starts_with(begins)).map(|(_, what)| *what)
    })
}

/// The path without links, as far as it is there.
fn real(dir: &Path) -> PathBuf {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    for there in whole.ancestors() {
        if let (Ok(real), Ok(rest)) = (there.canonicalize(), whole.strip_prefix(there)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    whole
}

#[cfg(target_os = "linux")]
fn network_of(path: &Path) -> Option<String> {
    // Where the system does not tell, nothing is known against the place.
    let mounts = std::fs::read("/proc/self/mountinfo").unwrap_or_default();
    network_mount(&mounts, path)
}

#[cfg(windows)]
fn network_of(path: &Path) -> Option<String> {
    use std::path::Prefix;
    let Some(Component::Prefix(prefix)) = path.components().next() else { return None };
    match prefix.kind() {
        Prefix::UNC(server, _) | Prefix::VerbatimUNC(server, _) => {
            Some(format!("a share of {}", server.to_string_lossy()))
        }
        Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => {
            let letter = char::from(letter);
            trail_windows::drive::is_of_the_network(letter).then(|| format!("the network drive {letter}:"))
        }
        Prefix::Verbatim(_) | Prefix::DeviceNS(_) => None,
    }
}

#[cfg(not(any(target_os = "linux", windows)))]
fn network_of(_: &Path) -> Option<String> {
    None
}

/// The network file system that holds the path, by the text of `/proc/self/mountinfo` (proc(5)): the mount whose point
/// is the longest that the path begins with; of two at the same point, the later one covers the earlier.
#[cfg(any(target_os = "linux", test))]
fn network_mount(mounts: &[u8], path: &Path) -> Option<String> {
    let mut best: Option<(PathBuf, String)> = None;
    for line in mounts.split(|byte| *byte == b'\n') {
        let mut fields = line.split(|byte| *byte == b' ');
        let Some(point) = fields.nth(4).map(unescaped) else { continue };
        let Some(kind) = fields.skip_while(|field| *field != b"-").nth(1) else { continue };
        let is_longer = best.as_ref().is_none_or(|(held, _)| point.as_os_str().len() >= held.as_os_str().len());
        if path.starts_with(&point) && is_longer {
            best = Some((point, String::from_utf8_lossy(kind).into_owned()));
        }
    }
    let (point, kind) = best?;
    NETWORK.contains(&kind.as_str()).then(|| format!("{kind} at {}", point.display()))
}

/// Spaces and the like stand in the table as a backslash and three octal digits.
#[cfg(any(target_os = "linux", test))]
fn unescaped(field: &[u8]) -> PathBuf {
    let mut out = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, behind)) = rest.split_first() {
        let octal =
            behind.get(..3).filter(|digits| *first == b'\\' && digits.iter().all(|d| (b'0'..=b'7').contains(d)));
        if let Some(digits) = octal {
            let value = digits.iter().fold(0_u32, |value, digit| value * 8 + u32::from(*digit - b'0'));
            out.push(u8::try_from(value).unwrap_or(b'?'));
            rest = &behind[3..];
        } else {
            out.push(*first);
            rest = behind;
        }
    }
    #[cfg(unix)]
    return PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(out));
    #[cfg(not(unix))]
    return PathBuf::from(String::from_utf8_lossy(&out).into_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &[u8] = b"27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
        30 27 0:30 / /home/jo/School\\040share rw shared:1 - cifs //server/share rw\n\
        31 27 0:31 / /mnt/usb rw - fuse.ntfs-3g /dev/sdb1 rw\n\
        32 27 0:32 / /net rw master:2 propagate_from:1 - nfs4 server:/export rw\n\
        33 32 0:33 / /net/local rw - ext4 /dev/vdb rw\n\
        34 27 0:34 / /srv rw - ext4 /dev/vdc rw\n\
        35 27 0:35 / /srv rw - fuse.sshfs host:/ rw\n\
        not a line\n";

    #[test]
    fn the_longest_mount_tells_whether_it_is_a_network() {
        let on = |path: &str| network_mount(MOUNTS, Path::new(path));
        assert_eq!(on("/home/jo/School share/store").as_deref(), Some("cifs at /home/jo/School share"));
        assert_eq!(on("/net/x").as_deref(), Some("nfs4 at /net"));
        assert_eq!(on("/srv/store").as_deref(), Some("fuse.sshfs at /srv"), "the later mount covers the earlier");
        assert_eq!(on("/net/local/store"), None, "a local disk below a share");
        assert_eq!(on("/mnt/usb/store"), None, "a stick through FUSE");
        assert_eq!(on("/home/jo/School sharers/store"), None, "another folder that begins the same");
        assert_eq!(on("/network"), None);
        assert_eq!(network_mount(b"", Path::new("/x")), None);
    }

    #[test]
    fn a_folder_that_is_copied_is_known_by_its_name() {
        for (path, what) in [
            ("/home/jo/OneDrive - Hollybrook School/store", Some("OneDrive")),
            ("/home/jo/Dropbox/store", Some("Dropbox")),
            ("/home/jo/Google Drive/My Drive/store", Some("Google Drive")),
            ("/home/jo/Library/Mobile Documents/iCloud~store", Some("iCloud")),
            ("/home/jo/nextcloud/store", Some("Nextcloud")),
            ("/home/jo/my-onedrive-notes/store", None),
            ("/home/jo/store", None),
        ] {
            assert_eq!(synced_by(Path::new(path)), what, "{path}");
        }
    }

    #[test]
    fn a_link_into_a_copied_folder_is_followed() {
        #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
        let temp = tempfile::tempdir().unwrap();
        let copied = temp.path().join("Dropbox");
        std::fs::create_dir(&copied).unwrap();
        assert!(matches!(refuse(&copied.join("not there yet")), Err(StoreError::Synced { what: "Dropbox" })));
        assert!(refuse(temp.path()).is_ok());
        #[cfg(unix)]
        {
            let link = temp.path().join("plain");
            std::os::unix::fs::symlink(&copied, &link).unwrap();
            assert!(matches!(refuse(&link.join("store")), Err(StoreError::Synced { .. })));
        }
    }
}
