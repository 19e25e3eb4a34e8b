//! Media that are plugged in: what Linux mounts under the folders that desktops and people use for them.

use std::fs;
use std::path::{Path, PathBuf};

use trail_app::ports::Medium;

/// Where media are mounted.
const UNDER: [&str; 3] = ["/media", "/run/media", "/mnt"];

/// The media that are mounted now.
pub(super) fn media() -> Result<Vec<Medium>, String> {
    let table = fs::read_to_string("/proc/self/mountinfo").map_err(|error| error.to_string())?;
    let medium = |(path, device): (PathBuf, String)| {
        let label = path.file_name()?.to_string_lossy().into_owned();
        let free_bytes = fs4::available_space(&path).ok()?;
        Some(Medium { is_removable: is_removable(&device), path, label, free_bytes })
    };
    Ok(mounted(&table).into_iter().filter_map(medium).collect())
}

/// Mount points for media, each with its device as `major:minor`. A line of the table is `id parent device root point
/// options...` (proc(5)); blanks in a path are written as octal numbers.
fn mounted(table: &str) -> Vec<(PathBuf, String)> {
    let point = |line: &str| {
        let mut words = line.split(' ').skip(2);
        let device = words.next()?.to_owned();
        let path = PathBuf::from(unescaped(words.nth(1)?));
        UNDER.iter().any(|under| path.starts_with(under) && path != Path::new(under)).then_some((path, device))
    };
    let mut found: Vec<(PathBuf, String)> = Vec::new();
    for (path, device) in table.lines().filter_map(point) {
        // What is mounted over another mount hides it.
        found.retain(|(known, _)| *known != path);
        found.push((path, device));
    }
    found
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..3).and_then(|code| u8::from_str_radix(code, 8).ok());
        match (code, part.get(3..)) {
            (Some(code), Some(rest)) => {
                path.push(char::from(code));
                path.push_str(rest);
            }
            (Some(_) | None, _) => {
                path.push('\\');
                path.push_str(part);
            }
        }
    }
    path
}

/// Whether the system says so of the device, or of the disk that it is a part of.
fn is_removable(device: &str) -> bool {
    let Ok(folder) = fs::canonicalize(format!("/sys/dev/block/{device}")) else { return false };
    let says = |folder: &Path| fs::read_to_string(folder.join("removable")).is_ok_and(|text| text.trim() == "1");
    says(&folder) || folder.parent().is_some_and(says)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::mounted;

    #[test]
    fn media_are_told_from_other_mounts() {
        let table = "\
            22 1 8:2 / / rw - ext4 /dev/sda2 rw\n\
            31 22 8:17 / /media/jo/USB\\040stick\\0402 rw,nosuid - vfat /dev/sdb1 rw\n\
            32 22 0:5 / /media rw - tmpfs tmpfs rw\n\
            33 22 8:33 / /mnt/stick rw - ext4 /dev/sdc1 rw\n\
            34 33 8:49 / /mnt/stick rw - ext4 /dev/sdd1 rw\n\
            35 22 0:9 / /mediation rw - tmpfs tmpfs rw\n\
            broken\n";
        let found = mounted(table);
        let paths: Vec<(&Path, &str)> = found.iter().map(|(path, device)| (path.as_path(), device.as_str())).collect();
        assert_eq!(paths, [(Path::new("/media/jo/USB stick 2"), "8:17"), (Path::new("/mnt/stick"), "8:49")]);
    }
}
